// kusto.syntax: a Kusto query with a bracket or quote without its partner, or with an operator that is nearly one of the
// language's. More would need its parser.
import { allMatches, nearName, remember } from '../base/index.ts';
import { makeDiagnostic } from '../diagnostics/index.ts';
import { bracketFault, type CodeFault } from './code-fault.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { perAction } from './scope.ts';

const longest = 50_000;
const operators =
  'as consume count distinct evaluate execute extend externaldata facet filter find fork getschema graph-match invoke join limit lookup make-graph make-series macro-expand mv-apply mv-expand order parse parse-kv parse-where partition print project project-away project-keep project-rename project-reorder range reduce render sample sample-distinct scan search serialize sort summarize take top top-hitters top-nested union where'.split(
    ' ',
  );

export const checkKusto = perAction((action) => {
  const { language, code } = action;
  if (language !== 'kusto' || /\.\.\.|…/.test(code) || code.length > longest) return [];
  const { fault } = faultOf(code);
  if (!fault) return [];
  return [
    makeDiagnostic(
      'kusto.syntax',
      codeSpan(action, fault),
      `\`${action.id}\` is no complete query: ${fault.message}.`,
      {
        hint: 'Correct the query.',
      },
    ),
  ];
});

const faultOf = remember((code: string): { readonly fault: CodeFault | null } => {
  // In verbatim texts (@"C:\", h@'…') a backslash is a letter, and in texts of several lines quotes are: nothing certain is known.
  if (/@["']|```|~~~/.test(code)) return { fault: null };
  const brackets = bracketFault(code.replaceAll('/*', '  '), {
    quotes: `"'`,
    lineComments: ['//'],
    escapes: true,
    onOneLine: `"'`,
  });
  if (brackets) return { fault: brackets };
  for (const { 1: word = '', index, 0: words } of allMatches(bareOf(code), /\|[ \t]*([A-Za-z][\w-]*)(?=[ \t]|$)/gm)) {
    if (operators.includes(word.toLowerCase())) continue;
    const near = word.length < 4 ? withOneMore(word.toLowerCase()) : nearName(word.toLowerCase(), operators);
    const start = index + words.length - word.length;
    if (near !== undefined)
      return {
        fault: {
          message: `\`${word}\` is no operator; \`${near}\` seems to be meant`,
          start,
          end: start + word.length,
        },
      };
  }
  return { fault: missingPart(code) };
});

/** The operator that a short word is but for one letter, where only one is: `tke`, `whre` are too short to be likened otherwise. */
function withOneMore(word: string): string | undefined {
  const found = operators.filter(
    (one) => one.length === word.length + 1 && [...one].some((_, at) => one.slice(0, at) + one.slice(at + 1) === word),
  );
  return word.length > 1 && found.length === 1 ? found[0] : undefined;
}

/** Letters of texts and comments count for nothing; offsets stay. */
function bareOf(code: string): string {
  return code.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*/g, (text) =>
    (text.startsWith('/') ? ' ' : 'x').repeat(text.length),
  );
}

/** An operator without what it needs, an empty pipe, one `=` where two are meant, a line that lost its pipe. */
function missingPart(code: string): CodeFault | null {
  const bare = bareOf(code);
  const rules: readonly (readonly [RegExp, (word: string) => string])[] = [
    [/(\|)\s*(?=\||;|\)|$(?![^]))/, () => 'nothing follows this `|`'],
    [/\|\s*(take|limit|extend|project(?:-away|-keep|-rename|-reorder)?|where|filter|summarize|(?:order|sort)\s+by|top|join|lookup|mv-expand|mv-apply|parse|make-series|sample)\s*(?=\||;|\)|$(?![^]))/, (word) => `nothing follows \`${word}\``],
    [/\|\s*(top)\s+[\w{}<>]+\s*(?=\||;|\)|$(?![^]))/, () => '`top` has no `by`'],
    [/\|\s*(top)\s+[\w{}<>]+\s+(?!by\b)[A-Za-z_]/, () => '`top` has no `by`'],
    [/\|\s*(order|sort)\s+(?!by\b)\w/, (word) => `\`${word}\` has no \`by\``],
    [/\|\s*summarize\b[^|;]*?\)[ \t]+(bin)\s*\(/, () => '`by` is missing before `bin`'],
    [/\b(by)\s*(?=\||;|\)|,|$(?![^]))/, () => 'nothing follows `by`'],
    [/(==|!=|=~|!~|<=|>=|(?<![=!<>~])=|<(?![^<>\n]{0,60}>)|(?<![=<>!~-]|<[^<>\n]{1,60})>|\b!?(?:contains|has|startswith|endswith|in~?)(?:_cs)?(?=\s*\n))\s*(?=\||;|\)|\b(?:and|or)\b|$(?![^]))/, (word) => `nothing follows \`${word}\``],
    [/\b(and|or)\s+(?=(?:and|or)\b|\||;|$(?![^]))/, (word) => `\`${word}\` joins nothing`],
    [/\|\s*(?:where|filter)\s+(and|or)\b/, (word) => `\`${word}\` joins nothing`],
    [/(,)\s*(?=,|\||$(?![^]))/, () => 'nothing follows this `,`'],
    [/\|\s*where\s(?:[^|;()\n]|\([^|;()\n]*\))*?[\w)\]]\s*((?<![=!<>~:])=(?![=~>]))/, () => 'one `=` compares nothing; `==` seems to be meant'],
    [/\|\s*(?:extend|summarize)\s+[A-Za-z_]\w*\s*(==)/, () => '`==` compares; one `=` gives a column its value'],
    [/(&&|(?<!\|)\|\|(?!\|))(?=[ \t]*[\w(])/, (word) => `\`${word}\` joins nothing here; \`${word === '&&' ? 'and' : 'or'}\` seems to be meant`],
    [/\|\s*(join|lookup)\b(?![^|()]*\bon\b)[^|()]*\([^()]*\)\s*(?!\s*on\b)(?:[A-Za-z_$]|(?=\||;|$(?![^])))/, (word) => `\`${word}\` has no \`on\``],
    [/(?<=[\w)\]"'][ \t]*\n[ \t]*)(where|summarize|extend|project|take|(?:order|sort)\s+by)(?=[ \t]+[\w(])/, (word) => `a \`|\` is missing before \`${word}\``],
  ]; // prettier-ignore
  let first: CodeFault | null = null;
  for (const [pattern, message] of rules) {
    const found = pattern.exec(bare);
    const word = found?.[1];
    if (!found || word === undefined) continue;
    const start = found.index + found[0].lastIndexOf(word);
    if (!first || start < first.start)
      first = { message: message(word.replace(/\s+/g, ' ')), start, end: start + word.length };
  }
  return first;
}
