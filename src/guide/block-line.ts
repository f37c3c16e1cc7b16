// A line of markdown with a cursor that counts in columns: a tab reaches to the next multiple of four, and a mark may use up a part
// of it.

const tab = 9;
const space = 32;

/** Where a cursor stands, to come back to. */
export interface LinePlace {
  readonly at: number;
  readonly column: number;
  readonly rest: number;
}

export class BlockLine {
  readonly text: string;
  /** Number of the line, from 0. */
  number = 0;
  start = 0;
  /** Where its text ends, before the line ending. */
  end = 0;
  /** Offset of the cursor. */
  at = 0;
  #column = 0;
  /** Columns of the tab before the cursor that are not used up. */
  #rest = 0;
  /** The mark that the line's end was last looked at for, and from where on nothing but it and blanks stands there. */
  #ruleMark = -1;
  #ruleFrom = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Goes to the line from `start` to `end`. */
  begin(number: number, start: number, end: number): void {
    this.number = number;
    this.start = this.at = start;
    this.end = end;
    this.#column = this.#rest = 0;
    this.#ruleMark = -1;
  }

  get place(): LinePlace {
    return { at: this.at, column: this.#column, rest: this.#rest };
  }

  goTo({ at, column, rest }: LinePlace): void {
    this.at = at;
    this.#column = column;
    this.#rest = rest;
  }

  /** The unit at the cursor; -1 at the end, and a space within a tab. */
  get unit(): number {
    if (this.#rest > 0) return space;
    return this.at < this.end ? this.text.charCodeAt(this.at) : -1;
  }

  /** True when nothing but blanks follows. */
  get isBlank(): boolean {
    return this.isBlankFrom(this.at);
  }

  /** Steps over a mark of `length` units that holds no tab. */
  skip(length: number): void {
    this.at += length;
    this.#column += length;
  }

  /** Steps over blanks, at most `most` columns of them, and says how many. */
  skipBlanks(most: number): number {
    let skipped = 0;
    while (skipped < most) {
      if (this.#rest > 0) this.#rest--;
      else {
        const unit = this.at < this.end ? this.text.charCodeAt(this.at) : -1;
        if (!isBlankUnit(unit)) break;
        const width = unit === tab ? 4 - (this.#column % 4) : 1;
        this.at++;
        this.#column += width;
        this.#rest = width - 1;
      }
      skipped++;
    }
    return skipped;
  }

  /** The text from the cursor on; what is left of a tab reads as spaces, and a NUL as the character that stands for it. */
  remaining(): string {
    const words = this.text.slice(this.at, this.end).replaceAll('\0', '\ufffd');
    return this.#rest > 0 ? ' '.repeat(this.#rest) + words : words;
  }

  /** Offset behind the units equal to `unit` from `at` on. */
  endOfRun(unit: number, at: number): number {
    let end = at;
    while (end < this.end && this.text.charCodeAt(end) === unit) end++;
    return end;
  }

  /** True when nothing but blanks follows `at`. */
  isBlankFrom(at: number): boolean {
    let end = at;
    while (end < this.end && isBlankUnit(this.text.charCodeAt(end))) end++;
    return end === this.end;
  }
  /** True when three or more of the unit at `at`, and blanks, are all that follows. */
  isRuleFrom(at: number): boolean {
    const { text, end } = this;
    const mark = text.charCodeAt(at);
    if (this.#ruleMark !== mark) {
      this.#ruleMark = mark;
      let from = end;
      while (from > this.start && (text.charCodeAt(from - 1) === mark || isBlankUnit(text.charCodeAt(from - 1))))
        from--;
      this.#ruleFrom = from;
    }
    if (at < this.#ruleFrom) return false;
    let marks = 0;
    for (let next = at; next < end && marks < 3; next++) if (text.charCodeAt(next) === mark) marks++;
    return marks === 3;
  }
}

export function isBlankUnit(unit: number): boolean {
  return unit === space || unit === tab;
}
