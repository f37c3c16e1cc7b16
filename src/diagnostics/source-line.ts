// One line of a guide as a terminal can show it: tabs expanded, control and direction characters made visible, wide
// characters measured, long lines cut around what matters. Keeps where each UTF-16 unit went, so that carets stand right.

/** A line ready to print. */
export interface SourceLine {
  readonly shown: string;
  /** Cell at which the unit at `column` (counted from 0) is shown; past the line's end: the cell after its last. */
  cellAt(column: number): number;
}

const tabStop = 4;

/** `text` is one line without its ending; `[from, to)` are the columns that must stay in sight. */
export function sourceLine(text: string, from: number, to: number, width: number): SourceLine {
  const { first, last } = window(text, from, to, width);
  const before = first > 0 ? '…' : '';
  const after = last < text.length ? '…' : '';
  const cells: number[] = []; // by column - first
  let shown = before;
  let cell = before.length;
  for (let at = first; at < last;) {
    const point = text.codePointAt(at) ?? 0;
    const piece = point === 9 ? ' '.repeat(tabStop - (cell % tabStop)) : visible(point);
    const units = point > 0xffff ? 2 : 1;
    for (let unit = 0; unit < units; unit++) cells.push(cell);
    shown += piece;
    cell += point === 9 ? piece.length : cellsOf(piece);
    at += units;
  }
  const end = cell;
  return {
    shown: shown + after,
    cellAt: (column) => (column < first ? 0 : (cells[column - first] ?? end + (column > last ? after.length : 0))),
  };
}

/** The columns to show: all of a short line, else a stretch of `width` columns around the start of what matters. */
function window(text: string, from: number, to: number, width: number): { first: number; last: number } {
  if (text.length <= width) return { first: 0, last: text.length };
  const room = Math.max(0, width - Math.min(width, to - from));
  let first = Math.max(0, Math.min(from - Math.floor(room / 2), text.length - width));
  let last = Math.min(text.length, first + width);
  if (isLowSurrogate(text, first)) first--;
  if (isLowSurrogate(text, last)) last++;
  return { first, last };
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Characters that would move the cursor, hide or reorder text are replaced by ones that only show. */
function visible(point: number): string {
  if (point < 0x20) return String.fromCharCode(0x2400 + point);
  if (point === 0x7f) return '␡';
  if (
    (point >= 0x80 && point < 0xa0) ||
    (point >= 0xd800 && point <= 0xdfff) ||
    (point >= 0x202a && point <= 0x202e) ||
    (point >= 0x2066 && point <= 0x2069) ||
    point === 0x2028 ||
    point === 0x2029
  ) {
    return '\uFFFD';
  }
  return String.fromCodePoint(point);
}

function cellsOf(character: string): number {
  if (character <= '\u02ff') return 1;
  if (/^[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0;
  return /^[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u.test(
    character,
  )
    ? 2
    : 1;
}
