// Completion inside of PromQL: metrics where a series may begin, labels between braces and after `by (`.
import type { ToolSchema } from '../guard/index.ts';
import type { Completion } from './completion.ts';

/** `code` is the query up to the cursor. */
export function completePromql(
  code: string,
  offset: number,
  { metrics, labels }: ToolSchema & { readonly kind: 'metrics' },
  asked: boolean,
): Completion[] {
  const inside = insideOf(code);
  if (inside === null || inside === '[') return [];
  const written = /[A-Za-z_:][\w:]*$/.exec(code)?.[0] ?? '';
  const before = code.slice(0, code.length - written.length);
  const span = { start: offset - written.length, end: offset };
  const last = /(\S)\s*$/.exec(before)?.[1] ?? '';
  if (inside === '{' || inside === 'labels') {
    if (!/[{(,]/.test(last)) return [];
    return labels.map((label) => ({
      kind: 'label',
      label,
      insert: /^[A-Za-z_]\w*$/.test(label) ? label : JSON.stringify(label),
      span,
    }));
  }
  const begins = last === '' || /[(,+\-*/%^=<>!]/.test(last) || /(?:^|[\s)])(?:and|or|unless|bool)\s+$/i.test(before);
  if (!begins || (!asked && last !== '(')) return [];
  return metrics.map(({ name, help }) => ({
    kind: 'metric',
    label: name,
    ...(help !== undefined && { detail: help }),
    insert: /^[A-Za-z_:][\w:]*$/.test(name) ? name : `{${JSON.stringify(name)}}`,
    span,
  }));
}

/** The bracket that is open at the end, `labels` for one that lists labels; '' outside of all; null in a text or comment. */
function insideOf(code: string): string | null {
  const open: string[] = [];
  for (let index = 0; index < code.length; index++) {
    const sign = code[index] ?? '';
    if (sign === '#') {
      const end = code.indexOf('\n', index);
      if (end < 0) return null;
      index = end;
    } else if (sign === '"' || sign === "'" || sign === '`') {
      index++;
      while (index < code.length && code[index] !== sign) index += code[index] === '\\' && sign !== '`' ? 2 : 1;
      if (index >= code.length) return null;
    } else if (sign === '(') {
      const lists = /\b(?:by|without|on|ignoring|group_left|group_right)\s*$/i.test(code.slice(0, index));
      open.push(lists ? 'labels' : '(');
    } else if (sign === '{' || sign === '[') open.push(sign);
    else if (sign === ')' || sign === '}' || sign === ']') open.pop();
  }
  return open.at(-1) ?? '';
}
