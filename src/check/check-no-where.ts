// sql.no-where: a DELETE or UPDATE that changes every row of its table.
import { allMatches } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Action } from '../plan/index.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { matchLines } from './line-patterns.ts';
import { perAction } from './scope.ts';

export const checkNoWhere = perAction((action): readonly Diagnostic[] => {
  if (/\.\.\.|…/.test(action.code)) return [];
  if (action.language !== 'sql') return handed(action);
  const bare = action.code.replace(/--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'|"[^"]*"/g, (text) =>
    /^['"]/.test(text) ? 'x'.repeat(text.length) : ' '.repeat(text.length),
  );
  return allMatches(bare, /(?<=^|;)\s*((DELETE\s+FROM|UPDATE)\s+[\w.$"{}[\]]+[^;]*)/gi).flatMap((match) => {
    const [whole, statement = '', verb = ''] = match;
    const isUpdate = /^update$/i.test(verb);
    if (/\bWHERE\b|\bUSING\b|\bJOIN\b|\bLIMIT\b/i.test(statement) || (isUpdate && !/\bSET\b/i.test(statement)))
      return [];
    return [report(action, match.index + whole.length - statement.length, verb)];
  });
});

const client =
  /\b(?:psql|mysql|mariadb|sqlcmd|sqlite3|clickhouse-client|snowsql|cockroach sql|Invoke-Sqlcmd)\b[^\n]*?(["'])[ \t]*((UPDATE|DELETE[ \t]+FROM)[ \t]+(?:(?!\1)[^\n])+)\1/gi;

/** What a client of a database is handed on its line: `psql -c "UPDATE …"`. */
function handed(action: Action): readonly Diagnostic[] {
  return Array.from(matchLines(action.code, client)).flatMap(({ match, index }) => {
    const [whole, , statement = '', verb = ''] = match;
    const isUpdate = /^update$/i.test(verb);
    if (/\b(?:WHERE|USING|JOIN|LIMIT)\b/i.test(statement) || (isUpdate && !/\bSET\b/i.test(statement))) return [];
    return [report(action, index + whole.indexOf(statement), verb)];
  });
}

function report(action: Action, start: number, verb: string): Diagnostic {
  return makeDiagnostic(
    'sql.no-where',
    codeSpan(action, { start, end: start + verb.length }),
    `This \`${verb.replace(/\s+/g, ' ').toUpperCase()}\` has no \`WHERE\`, so it changes every row of the table.`,
    { hint: 'Say which rows are meant.' },
  );
}
