// A finding as text for people, in the manner of a compiler: what is wrong, where, the author's line with carets under
// the words meant, other places with their sentences, and what to do next.
import type { LineIndex, Span } from '../base/index.ts';
import type { Diagnostic } from './diagnostic.ts';
import { sourceLine } from './source-line.ts';

/** Parts that a terminal may colour. */
export type DiagnosticPart = 'error' | 'warning' | 'information' | 'hint' | 'message' | 'frame' | 'label';

export interface RenderOptions {
  /** Columns of a guide's line that are shown before it is cut. Default 100. */
  readonly width?: number;
  /** Colours a part; by default nothing is coloured. */
  readonly paint?: (part: DiagnosticPart, text: string) => string;
}

/**
 * Without a last line ending, for example
 *
 *     error[step.unknown-target]: `Step 9` is jumped to, but no step has that number.
 *       --> api.tsg.md:12:14
 *        |
 *     12 | If so, go to Step 9.
 *        |              ^^^^^^
 *        = hint: the guide has steps 1 to 8.
 */
export function renderDiagnostic(
  file: string,
  text: string,
  lines: LineIndex,
  diagnostic: Diagnostic,
  options: RenderOptions = {},
): string {
  const { width = 100, paint = (_part, shown) => shown } = options;
  const marks = [
    ...marksOf(diagnostic.span, '^', '', diagnostic.severity, lines),
    ...diagnostic.labels.flatMap((label) => marksOf(label.span, '-', label.message, 'label', lines)),
  ].sort((a, b) => a.line - b.line || a.from - b.from || a.to - b.to);

  const gutter = String(Math.max(...marks.map((mark) => mark.line))).length;
  const blank = paint('frame', `${' '.repeat(gutter)} |`);
  const { line, column } = lines.positionAt(diagnostic.span.start);
  const out = [
    `${paint(diagnostic.severity, `${diagnostic.severity}[${diagnostic.code}]`)}: ${paint('message', oneLine(diagnostic.message))}`,
    `${paint('frame', `${' '.repeat(gutter)}-->`)} ${file}:${line}:${column}`,
    blank,
  ];
  let last = 0;
  let lastShown = '';
  for (const mark of marks) {
    const span = lines.lineSpan(mark.line);
    const source = sourceLine(text.slice(span.start, span.end), mark.from, mark.to, width);
    if (mark.line !== last || source.shown !== lastShown) {
      if (last > 0 && mark.line > last + 1) out.push(paint('frame', `${' '.repeat(gutter)} ⋮`));
      const number = String(mark.line).padStart(gutter);
      out.push(`${paint('frame', `${number} |`)} ${source.shown}`.trimEnd());
    }
    last = mark.line;
    lastShown = source.shown;
    const start = source.cellAt(mark.from);
    const signs = mark.sign.repeat(Math.max(1, source.cellAt(mark.to) - start));
    const words = mark.message === '' ? '' : ` ${oneLine(mark.message)}`;
    out.push(`${blank} ${' '.repeat(start)}${paint(mark.part, signs + words)}`);
  }
  if (diagnostic.hint !== undefined) {
    out.push(`${paint('frame', `${' '.repeat(gutter)} =`)} ${paint('hint', 'hint')}: ${oneLine(diagnostic.hint)}`);
  }
  return out.join('\n');
}

/** Signs under one line: columns count from 0 in UTF-16 units. */
interface Mark {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly sign: '^' | '-';
  readonly message: string;
  readonly part: DiagnosticPart;
}

/** A span of several lines is marked on its first and its last one, and says its sentence at the last. */
function marksOf(span: Span, sign: Mark['sign'], message: string, part: DiagnosticPart, lines: LineIndex): Mark[] {
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(Math.max(span.start, span.end - 1));
  const columns = (line: number, from: number, to: number): { line: number; from: number; to: number } => {
    const { start: lineStart, end: lineEnd } = lines.lineSpan(line);
    const length = lineEnd - lineStart;
    return { line, from: Math.min(from, length), to: Math.max(Math.min(from, length), Math.min(to, length)) };
  };
  if (start.line === end.line) {
    return [
      { ...columns(start.line, start.column - 1, start.column - 1 + span.end - span.start), sign, message, part },
    ];
  }
  return [
    { ...columns(start.line, start.column - 1, Infinity), sign, message: '', part },
    { ...columns(end.line, 0, end.column), sign, message, part },
  ];
}

function oneLine(text: string): string {
  return sourceLine(text.replace(/\s+/g, ' ').trim(), 0, 0, Infinity).shown;
}
