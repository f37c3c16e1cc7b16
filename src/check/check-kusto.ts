// kusto.syntax: a Kusto query with a bracket or quote without its partner, or with an operator that is nearly one of the
// language's. More would need its parser.
import { nearName, remember } from '../base/index.ts';
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
  const brackets = bracketFault(code.replaceAll('/*', '  '), { quotes: `"'`, lineComments: ['//'], escapes: true });
  if (brackets) return { fault: brackets };
  for (const { 1: word = '', index, 0: words } of code.matchAll(/^[ \t]*\|[ \t]*([A-Za-z][\w-]*)(?=[ \t]|$)/gm)) {
    if (operators.includes(word.toLowerCase()) || word.length < 4) continue;
    const near = nearName(word.toLowerCase(), operators);
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
  return { fault: null };
});
