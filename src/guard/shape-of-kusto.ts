// What a Kusto query's own text says of its columns: those that its last `summarize`, `project` or `distinct` names, with what
// `extend` and the others behind it add. When unsure, the shape says less: the list is not complete.
import type { ResultShape, ShapeColumn } from './scope.ts';

const open: ResultShape = { members: ['rows', 'columns', 'rowCount'] };

/** The shape of a Kusto query's result, as far as its text shows it. Never throws. */
export function shapeOfKusto(code: string): ResultShape {
  if (code.length > 20_000) return open;
  const bare = code.replace(/("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\/\/[^\n]*/g, (_, text?: string) => text ?? '');
  const statement = splitOutside(bare, ';').findLast((one) => one.trim() !== '') ?? '';
  let columns: ShapeColumn[] | null = null;
  for (const stage of splitOutside(statement, '|').slice(1)) {
    const [, operator = '', rest = ''] = /^\s*([a-z][\w-]*)\b([^]*)$/.exec(stage) ?? [];
    columns = after(operator, rest, columns);
  }
  return columns ? { ...open, columns, complete: true } : open;
}

/** Operators that leave the columns as they are. */
const keeps = /^(?:where|filter|order|sort|top|take|limit|sample|serialize|as|render)$/;

/** The columns behind an operator; null when they are not known. */
function after(operator: string, rest: string, columns: ShapeColumn[] | null): ShapeColumn[] | null {
  if (keeps.test(operator)) return columns;
  if (operator === 'count') return [{ name: 'Count', type: 'number' }];
  if (operator === 'project' || operator === 'distinct') return named(rest);
  if (operator === 'extend') {
    const added = columns && named(rest);
    return columns && added && [...columns.filter(({ name }) => !added.some((one) => one.name === name)), ...added];
  }
  if (operator === 'summarize') {
    const [aggregates = '', by = ''] = rest.split(/\bby\b/);
    const groups = by.trim() === '' ? [] : named(by);
    const made = aggregates.trim() === '' ? [] : named(aggregates);
    return groups && made && [...groups, ...made];
  }
  return null;
}

/** Names of a list of columns; null when one of them is made up by the database. */
function named(list: string): ShapeColumn[] | null {
  const columns: ShapeColumn[] = [];
  for (const part of splitOutside(list, ',')) {
    const item = part.trim();
    const given = /^([A-Za-z_]\w*)\s*=(?![=~])\s*([^]*)$/.exec(item);
    const bin = /^bin\s*\(\s*([A-Za-z_]\w*)\s*,/.exec(item)?.[1];
    const bare = /^[A-Za-z_]\w*$/.exec(item)?.[0];
    const counted = /^count\s*\(\s*\)$/.test(item) ? 'count_' : undefined;
    const name = given?.[1] ?? bin ?? bare ?? counted;
    if (name === undefined) return null;
    const isNumber = counted !== undefined || /^(?:count|dcount|countif|dcountif)\s*\(/.test(given?.[2]?.trim() ?? '');
    const values = valuesOf(given?.[2]?.trim() ?? '');
    columns.push(
      (values ?? isNumber) ? { name, ...(values ? { values, type: 'string' } : { type: 'number' }) } : { name },
    );
  }
  return columns;
}

/** The texts that `case(…)` or `iff(…)` gives, when it gives nothing else. */
function valuesOf(expression: string): readonly string[] | null {
  const [, call, list] = /^(case|iff|iif)\s*\(([^]*)\)$/.exec(expression) ?? [];
  if (list === undefined) return null;
  const parts = splitOutside(list, ',').map((part) => part.trim());
  const results = parts.filter((_, index) => index === parts.length - 1 || index % 2 === 1);
  const texts = (call === 'case' ? results : parts.slice(1)).map((part) => /^["']([^"'\\]*)["']$/.exec(part)?.[1]);
  const known = texts.flatMap((text) => text ?? []);
  return known.length === texts.length && known.length > 1 ? [...new Set(known)] : null;
}

/** Parts between signs that stand in no bracket and in no text. */
function splitOutside(text: string, sign: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const one = text[at] ?? '';
    if (quote !== '') {
      if (one === '\\') at++;
      else if (one === quote) quote = '';
    } else if (one === '"' || one === "'") quote = one;
    else if ('([{'.includes(one)) depth++;
    else if (')]}'.includes(one)) depth--;
    else if (one === sign && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}
