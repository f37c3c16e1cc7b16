// query.unbounded: a query that may return any number of rows: no LIMIT, no condition, no grouping. During an incident it is
// the query that never comes back.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { shapeOfAction } from '../guard/index.ts';
import type { Action } from '../plan/index.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { perAction } from './scope.ts';

export const checkUnboundedQuery = perAction((action): readonly Diagnostic[] => {
  const place = unbounded(action);
  if (place === null) return [];
  return [
    makeDiagnostic(
      'query.unbounded',
      codeSpan(action, place),
      `\`${action.id}\` bounds neither the time nor the number of its rows.`,
      {
        hint:
          action.language === 'kusto'
            ? 'Add `| where timestamp > ago(1h)` or `| take 100`.'
            : /^(?:mongodb|javascript)$/.test(action.language)
              ? 'Add a condition on the time, or `.limit(100)`.'
              : 'Add a `WHERE` on the time, or a `LIMIT`.',
      },
    ),
  ];
});

function unbounded(action: Action): { start: number; end: number } | null {
  const { language, code } = action;
  if (language === 'kusto') {
    const table = /^\s*([A-Za-z_]\w*)\s*\n?\s*(?=\||$(?![^]))/.exec(code);
    if (!table || /\bago\(|\bbetween\b|\b(?:take|limit|sample|getschema)\b|datetime/i.test(code)) return null;
    // What is counted or ranked is few rows, of all that the table has ever got where no condition stands before it.
    if (/\b(?:top|summarize|count|distinct)\b/.test(code) && /\bwhere\b|\{|[Tt]ime/.test(code)) return null;
    const start = table[0].indexOf(table[1] ?? '');
    return { start, end: start + (table[1]?.length ?? 1) };
  }
  if (language === 'mongodb' || language === 'javascript') {
    const find =
      /\bdb(?:\.\w+(?:\([^()\n]*\))?)+?\.(find)\(\s*(?:\{\s*\})?\s*\)(?!\s*\.[^;\n]*\b(?:limit|count|size)\()/.exec(
        code,
      );
    const at = find ? find.index + find[0].indexOf('find(') : -1;
    return at < 0 ? null : { start: at, end: at + 4 };
  }
  if (language === 'cypher') {
    const match = /^\s*(MATCH)\b/i.exec(code);
    if (!match || !/\bRETURN\b/i.test(code) || /\b(?:WHERE|LIMIT|count|collect)\b|\{/i.test(code)) return null;
    return { start: match[0].length - 5, end: match[0].length };
  }
  if (language !== 'sql') return null;
  const first =
    /^\s*(?:--[^\n]*\n\s*)*(SELECT)\b/i.exec(code) ?? /^\s*(?:--[^\n]*\n\s*)*WITH\b[^;]*\)\s*(SELECT)\b/i.exec(code);
  if (!first || !/\bFROM\b/i.test(code)) return null;
  if (
    /\b(?:WHERE|LIMIT|TOP|FETCH|GROUP\s+BY|HAVING)\b|\bJOIN\s*\(|information_schema|pg_\w+|sys\.|\bSHOW\b/i.test(code)
  )
    return null;
  if (shapeOfAction(action).rows !== undefined) return null;
  const start = first[0].length - 6;
  return { start, end: start + 6 };
}
