// Formatting that touches only what it must: blanks at the ends of lines, blanks between a code block's settings, the end of the
// file, and rows of a table that is aligned but for them. Prose is never rewrapped and code never touched.
import { allMatches, type Span } from '../base/index.ts';
import type { TextEdit } from '../diagnostics/index.ts';
import type { Table } from '../guide/index.ts';
import type { Analysis } from './analyze.ts';
import { flatGuide } from './flat-guide.ts';

/** Edits in the order of the text; none overlaps another. With a `range` only those inside of it. */
export function formatEdits(analysis: Analysis, range?: Span): readonly TextEdit[] {
  const { guide } = analysis;
  const { blocks } = flatGuide(guide);
  const tables = blocks.filter((block) => block.kind === 'table');
  const aligned = tables.flatMap((table) => alignTable(guide.text, table));
  const kept: readonly Span[] = [
    ...blocks.flatMap((block) => (isKept(block.kind) ? [block.span] : [])),
    ...(guide.frontMatter.span ? [guide.frontMatter.span] : []),
    ...aligned.map(({ span }) => span),
  ].sort((a, b) => a.start - b.start);
  const edits = [...lineEnds(guide.text, kept), ...fenceSettings(analysis), ...aligned].sort(
    (a, b) => a.span.start - b.span.start,
  );
  return range ? edits.filter(({ span }) => range.start <= span.start && span.end <= range.end) : edits;
}

function isKept(kind: string): boolean {
  return kind === 'code' || kind === 'plugin' || kind === 'html' || kind === 'comment';
}

/** A line that begins so is no further line of a paragraph. */
const another = /^\s*(?:[-*+]\s|\d{1,9}[.)]\s|#{1,6}\s|```|~~~|\||>|$)/;

/** Two blanks or more before another line of a paragraph break the line and are kept. */
function lineEnds(text: string, kept: readonly Span[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  for (const { 0: line, index } of allMatches(text, /[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    if (line === '') break;
    const words = line.replace(/[\r\n]+$/, '');
    const end = index + words.length;
    while ((kept[at]?.end ?? Infinity) < end) at++;
    const block = kept[at];
    if (block && block.start <= index && end <= block.end) continue;
    const trimmed = words.replace(/[ \t]+$/, '');
    if (trimmed === words) continue;
    const next = /^[^\r\n]*/.exec(text.slice(index + line.length))?.[0] ?? '';
    const breaks =
      /(?: {2,}|\t)$/.test(words) &&
      trimmed !== '' &&
      !another.test(next) &&
      !/^\s{0,3}(?:#{1,6}\s|\||(?:```|~~~))/.test(trimmed);
    if (!breaks) edits.push({ span: { start: index + trimmed.length, end }, newText: '' });
  }
  const last = /(?:[ \t]*(?:\r\n|\r|\n))+[ \t]*$/.exec(text);
  const inBlock = kept.some(({ end }) => end === text.length);
  if (inBlock || text.trim() === '') return edits;
  const eol = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  const body = last ? last.index : text.replace(/[ \t]+$/, '').length;
  if (text.slice(body) === eol) return edits;
  return [...edits.filter(({ span }) => span.start < body), { span: { start: body, end: text.length }, newText: eol }];
}

/** ```` ```sql   tool=a  as=b ```` with one blank between its words, where every word is a language or a setting. */
function fenceSettings({ guide }: Analysis): TextEdit[] {
  return flatGuide(guide).codes.flatMap((code): TextEdit[] => {
    if (code.kind !== 'code' || !code.fenced) return [];
    const line = /^[^\r\n]*/.exec(guide.text.slice(code.span.start))?.[0] ?? '';
    const parts = /^(`{3,}|~{3,})([ \t]*)(\S.*?)?[ \t]*$/.exec(line);
    const words = parts?.[3]?.split(/[ \t]+/) ?? [];
    if (!parts || !words.every((word, index) => (index === 0 ? /^[\w+#.-]+$/ : /^\w+=[^\s"'`{}]+$/).test(word)))
      return [];
    const [, mark = ''] = parts;
    const clean = `${mark}${words.join(' ')}`;
    return clean === line
      ? []
      : [{ span: { start: code.span.start, end: code.span.start + line.length }, newText: clean }];
  });
}

/**
 * A table whose author lines up its columns is lined up again. One that is written closely stays as it is, and so does one with
 * signs that editors show in different widths.
 */
function alignTable(text: string, table: Table): TextEdit[] {
  const source = text.slice(table.span.start, table.span.end);
  if (!/^[\x20-\x7e\r\n]*$/.test(source) || /\\\||`[^`\r\n]*\|/.test(source)) return [];
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  const lines = source.split(/\r\n|\n/);
  const rows = lines.map((line) =>
    /^\|(.*)\|[ \t]*$/
      .exec(line)?.[1]
      ?.split('|')
      .map((cell) => cell.trim()),
  );
  const [head, rule] = rows;
  if (!head || !rule || rows.some((row) => row?.length !== head.length)) return [];
  if (!rule.every((cell) => /^:?-+:?$/.test(cell))) return [];
  const same = lines.filter((line) => line.trimEnd().length === lines[0]?.trimEnd().length).length;
  const padded = lines.some((line) => / {2,}\|/.test(line));
  if (!padded || same * 2 < lines.length) return [];
  const widths = head.map((_, column) =>
    Math.max(3, ...rows.map((row, index) => (index === 1 ? 3 : (row?.[column]?.length ?? 0)))),
  );
  const clean = rows
    .map((row, index) => {
      const cells = (row ?? []).map((cell, column) => {
        const width = widths[column] ?? 3;
        if (index !== 1) return ` ${cell.padEnd(width)} `;
        const left = cell.startsWith(':') ? ':' : '';
        const right = cell.endsWith(':') ? ':' : '';
        return ` ${left}${'-'.repeat(width - left.length - right.length)}${right} `;
      });
      return `|${cells.join('|')}|`;
    })
    .join(eol);
  return clean === source ? [] : [{ span: table.span, newText: clean }];
}
