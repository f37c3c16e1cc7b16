// Slices code out of the guide by offset: fences, indented blocks and the bodies of `<PLUGIN_n>` blocks. Also takes
// a fence's info string apart.
import { allMatches, narrow } from '../base/index.ts';
import type { Attribute, CodeText } from './guide.ts';

/**
 * The text between offsets `from` and `to`. `value` is what markdown makes of it: its lines are suffixes of ours, which
 * tells how much indentation a list or quote takes away. Without `value` nothing is taken away.
 */
export function readCode(text: string, from: number, to: number, value: string | null): CodeText {
  if (value === null || isContiguous(text, from, to, value)) {
    return {
      code: narrow(text.slice(from, to)),
      contentSpan: { start: from, end: to },
      lineOffsets: lineStarts(text, from, to),
    };
  }
  const wanted = value.split(/\r\n|\r|\n/);
  const starts = lineStarts(text, from, to);
  const lineOffsets: number[] = [];
  const lines: string[] = [];
  starts.forEach((start, index) => {
    const line = lineAt(text, start, starts[index + 1] ?? to, to);
    const inner = wanted[index] ?? '';
    const offset = line.endsWith(inner) ? line.length - inner.length : leadingBlanks(line);
    lineOffsets.push(start + offset);
    lines.push(line.slice(offset));
  });
  const start = lineOffsets[0] ?? from;
  return { code: narrow(lines.join('\n')), contentSpan: { start, end: Math.max(start, to) }, lineOffsets };
}

function isContiguous(text: string, from: number, to: number, value: string): boolean {
  return to - from === value.length
    ? text.startsWith(value, from)
    : text.slice(from, to).replace(/\r\n?/g, '\n') === value;
}

function lineStarts(text: string, from: number, to: number): number[] {
  const starts = [from];
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

function lineAt(text: string, start: number, next: number, to: number): string {
  let end = Math.min(next, to);
  while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
  return text.slice(start, end);
}

function leadingBlanks(line: string): number {
  return /^[ \t>]*/.exec(line)?.[0].length ?? 0;
}

/** Language and attributes of an info string that stands at `offset` in the guide. */
export function readInfo(info: string, offset: number): { language: string | null; attributes: Attribute[] } {
  const attributes: Attribute[] = [];
  let language: string | null = null;
  for (const match of allMatches(info, /([\w-]{1,60})=("[^"]*"|'[^']*'|[^\s{}]+)|[^\s{}]+/g)) {
    const [whole, name, value] = match;
    if (name !== undefined && value !== undefined) {
      const unquoted = /^["']/.test(value) ? value.slice(1, -1) : value;
      const start = offset + match.index;
      attributes.push({ name: name.toLowerCase(), value: unquoted, span: { start, end: start + whole.length } });
    } else if (language === null && match.index === 0) {
      language = whole.replace(/^\./, '').toLowerCase() || null;
    }
  }
  return { language, attributes };
}
