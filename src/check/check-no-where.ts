// sql.no-where: a DELETE or UPDATE that changes every row of its table.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { perAction } from './scope.ts';

export const checkNoWhere = perAction((action): readonly Diagnostic[] => {
  if (action.language !== 'sql' || /\.\.\.|…/.test(action.code)) return [];
  const bare = action.code.replace(/--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'|"[^"]*"/g, (text) =>
    /^['"]/.test(text) ? 'x'.repeat(text.length) : ' '.repeat(text.length),
  );
  return [...bare.matchAll(/(?<=^|;)\s*((DELETE\s+FROM|UPDATE)\s+[\w.$"{}[\]]+[^;]*)/gi)].flatMap((match) => {
    const [whole, statement = '', verb = ''] = match;
    const isUpdate = /^update$/i.test(verb);
    if (/\bWHERE\b|\bUSING\b|\bJOIN\b|\bLIMIT\b/i.test(statement) || (isUpdate && !/\bSET\b/i.test(statement)))
      return [];
    const start = match.index + whole.length - statement.length;
    return [
      makeDiagnostic(
        'sql.no-where',
        codeSpan(action, { start, end: start + verb.length }),
        `This \`${verb.replace(/\s+/g, ' ').toUpperCase()}\` has no \`WHERE\`, so it changes every row of the table.`,
        {
          hint: 'Say which rows are meant.',
        },
      ),
    ];
  });
});
