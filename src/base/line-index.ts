// Offsets to lines and columns and back, for the edges: terminals, editors, JSON for other programs.
import { lastNotAbove } from './sorted.ts';
import type { Span } from './span.ts';

/** A place as people and editors tell it: both numbers start at 1, the column counts UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Line starts of one text; made once, asked often. */
export interface LineIndex {
  readonly lineCount: number;
  /** Position of an offset; offsets outside the text are clamped to it. */
  positionAt(offset: number): Position;
  /** Offset of a 1-based line and column; clamped to the line, then to the text. */
  offsetAt(position: Position): number;
  /** Span of a 1-based line without its line ending. */
  lineSpan(line: number): Span;
}

/** Indexes a text whose lines end in LF, CRLF or CR. */
export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  const startOf = (line: number): number => starts[line - 1] ?? text.length;
  const lineSpan = (line: number): Span => {
    const start = startOf(line);
    let end = line < starts.length ? startOf(line + 1) : text.length;
    while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
    return { start, end };
  };
  return {
    lineCount: starts.length,
    positionAt(offset) {
      const at = Math.max(0, Math.min(offset, text.length));
      const low = lastNotAbove(starts, at);
      return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
    },
    offsetAt({ line, column }) {
      const bounded = Math.max(1, Math.min(line, starts.length));
      const span = lineSpan(bounded);
      return Math.min(span.start + Math.max(0, column - 1), span.end);
    },
    lineSpan,
  };
}
