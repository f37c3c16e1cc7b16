// sql.syntax: what no database reads, whatever its dialect: a bracket or quote without its partner, a CASE without its END, a
// misspelt first word, an AND that joins nothing. Everything else is for the configured tool to say (action.invalid-query).
import { nearName } from '../base/index.ts';
import { makeDiagnostic } from '../diagnostics/index.ts';
import { perAction } from './scope.ts';
import { bracketFault, type CodeFault } from './code-fault.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { remember } from './remember.ts';

export const checkSql = perAction((action) => {
  if (action.language !== 'sql' || /\.\.\.|…/.test(action.code)) return [];
  const { fault } = faultOf(action.code);
  if (!fault) return [];
  return [
    makeDiagnostic('sql.syntax', codeSpan(action, fault), `\`${action.id}\` is no complete query: ${fault.message}.`, {
      hint: 'Correct the query.',
    }),
  ];
});

const starts =
  'select with insert update delete merge create alter drop truncate grant revoke explain show describe desc values call exec execute set use begin commit rollback analyze vacuum pragma copy declare if do from table replace refresh reindex kill start end reset'.split(
    ' ',
  );

const faultOf = remember((code: string): { readonly fault: CodeFault | null } => ({ fault: readFault(code) }));

function readFault(code: string): CodeFault | null {
  if (/\$\w*\$|^[ \t]*\\/m.test(code) || code.length > 400_000) return null;
  const comments = /^[ \t]*#/m.test(code) ? ['--', '#'] : ['--'];
  const brackets = bracketFault(code, { quotes: `'"\``, lineComments: comments, escapes: false });
  if (brackets) return brackets;
  // Letters of texts and comments count for nothing from here on; offsets stay.
  const bare = code.replace(/'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|^[ \t]*#[^\n]*|\/\*[^]*?\*\//gm, (text) =>
    /^['"`]/.test(text) ? 'x'.repeat(text.length) : ' '.repeat(text.length),
  );
  const first = /^[\s(;]*([A-Za-z]+)/.exec(bare);
  const word = first?.[1]?.toLowerCase() ?? '';
  if (first && word.length > 3 && !starts.includes(word)) {
    const near = nearName(
      word,
      starts.filter((one) => one.length > 3),
    );
    const start = first[0].length - word.length;
    if (near !== undefined)
      return {
        message: `it begins with \`${first[1] ?? ''}\` where \`${near.toUpperCase()}\` seems to be meant`,
        start,
        end: start + word.length,
      };
  }
  const lonely =
    /\b(AND|OR|WHERE|ON|HAVING)\s+(?=(?:AND|OR|GROUP\s+BY|ORDER\s+BY|LIMIT|HAVING|WHERE)\b|\)|;|$(?![^]))/i.exec(bare);
  if (lonely)
    return {
      message: `nothing follows \`${lonely[1] ?? ''}\``,
      start: lonely.index,
      end: lonely.index + (lonely[1]?.length ?? 1),
    };
  return unclosedCase(bare);
}

/** Scripts have blocks that END closes too; there the count says nothing. */
function unclosedCase(bare: string): CodeFault | null {
  if (/\b(?:BEGIN|LOOP|IF|DECLARE)\b/i.test(bare)) return null;
  const open: number[] = [];
  for (const { 0: word, index } of bare.matchAll(/\b(?:CASE|END)\b(?!\s*\()/gi)) {
    if (word.toUpperCase() === 'CASE') open.push(index);
    else if (open.pop() === undefined) return { message: '`END` closes no CASE', start: index, end: index + 3 };
  }
  const last = open.at(-1);
  return last === undefined ? null : { message: '`CASE` has no `END`', start: last, end: last + 4 };
}
