// What begins at a place of a line: marks of quotes and items, headings, fences, plugins.
import type { Span } from '../base/index.ts';
import { isBlankUnit, type BlockLine } from './block-line.ts';
import { boxMark, indentedBox } from './box-marks.ts';

const exclamation = 33;
const numberSign = 35;
const parenthesis = 40;
const closingParenthesis = 41;
const asterisk = 42;
const plus = 43;
const hyphen = 45;
const dot = 46;
const percent = 37;
const zero = 48;
const nine = 57;
const colon = 58;
const equals = 61;
const greaterThan = 62;
const questionMark = 63;
const capitalT = 84;
const bracket = 91;
const caret = 94;
const brace = 123;
const keycap = 0x20e3;
const emojiForm = 0xfe0f;
const tilde = 126;

/** The mark of an item. `width` is by how many columns it indents; `isEmpty` says that nothing follows on its line. */
export interface ItemMark {
  readonly start: number;
  readonly ordered: boolean;
  readonly first: number;
  readonly marker: number;
  readonly width: number;
  readonly isEmpty: boolean;
}

/** What the marks of a list have in common. */
type MarkOfList = Pick<ItemMark, 'ordered' | 'marker'>;

/** Steps over the `>` of a quote. */
export function takeQuoteMark(line: BlockLine): boolean {
  const { place } = line;
  line.skipBlanks(3);
  if (line.unit === greaterThan) {
    line.skip(1);
    line.skipBlanks(1);
    return true;
  }
  line.goTo(place);
  return false;
}

/** Steps over the line, or the mark, that opens a box whose body is indented; null, and no step, when there is none. */
export function takeBoxHead(line: BlockLine): { readonly head: Span; readonly width: number } | null {
  if (!isBlankUnit(line.unit) && !opensBox(line.unit)) return null;
  const { place } = line;
  const indent = line.skipBlanks(3);
  const { text, at, end, unit } = line;
  const next = text.charCodeAt(at + 1);
  const mayOpen = opensBox(unit) && next === (unit === bracket ? caret : unit);
  const length = mayOpen ? indentedBox(text.slice(at, Math.min(end, at + longestMark)), end - at) : -1;
  if (length === -1) {
    line.goTo(place);
    return null;
  }
  line.skip(length);
  line.skipBlanks(1);
  return { head: { start: at, end: at + length }, width: indent + 4 };
}

function opensBox(unit: number): boolean {
  return unit === bracket || unit === exclamation || unit === questionMark || unit === equals;
}

/** True when the line is one that opens or closes a box and holds none of its words. */
export function isMarkOfBox({ text, at, end, unit }: BlockLine): boolean {
  if (unit !== colon && unit !== brace && unit !== bracket && unit !== parenthesis) return false;
  const next = text.charCodeAt(at + 1);
  const may =
    unit === colon
      ? next === colon
      : unit === brace
        ? next === percent || next === brace || next === colon
        : unit === parenthesis
          ? end - at < 110 && text[end - 1] === '='
          : next === bracket || next === exclamation || (next & ~32) === capitalT;
  return may && end - at < longestLine && boxMark(text.slice(at, end), at) !== null;
}

const longestMark = 80;
/** A longer line is text, so that looking at it costs no more than its length. */
const longestLine = 1000;

/** Steps over the mark of an item, of `list` or of a new one; null, and no step, when there is none. */
export function takeItemMark(line: BlockLine, list: MarkOfList | null, interrupts: boolean): ItemMark | null {
  const { place } = line;
  const indent = line.skipBlanks(3);
  const mark = itemMark(line, list, indent, interrupts);
  if (!mark) line.goTo(place);
  return mark;
}

function itemMark(line: BlockLine, list: MarkOfList | null, indent: number, interrupts: boolean): ItemMark | null {
  const { at: start, unit } = line;
  const ordered = unit >= zero && unit <= nine;
  if (!ordered && unit !== hyphen && unit !== asterisk && unit !== plus) return null;
  if (list && list.ordered !== ordered) return null;
  let length = 1;
  let first = 1;
  let marker = unit;
  if (ordered) {
    while (length < 10 && isDigit(line.text.charCodeAt(start + length)) && start + length < line.end) length++;
    const digits = line.text.slice(start, start + length);
    const sign = keycapSign(line.text, start + length);
    marker = sign > 0 ? keycap : line.text.charCodeAt(start + length);
    if (start + length + Math.max(1, sign) > line.end) return null;
    if (sign === 0 && (length === 10 || (marker !== dot && marker !== closingParenthesis))) return null;
    if (interrupts && digits !== '1') return null;
    first = Number(digits);
    length += Math.max(1, sign);
  } else if (unit !== plus && line.isRuleFrom(start)) return null;
  if (list && list.marker !== marker) return null;
  line.skip(length);
  if (line.isBlank) {
    return interrupts ? null : { start, ordered, first, marker, width: indent + length + 1, isEmpty: true };
  }
  const { place } = line;
  let blanks = line.skipBlanks(4);
  if (blanks === 0) return null;
  if (isBlankUnit(line.unit)) {
    line.goTo(place);
    blanks = line.skipBlanks(1);
  }
  return { start, ordered, first, marker, width: indent + length + blanks, isEmpty: false };
}

/** How many units make a keycap of the digit before `at`, as in 1️⃣; 0 when it is none. */
function keycapSign(text: string, at: number): number {
  if (text.charCodeAt(at) === keycap) return 1;
  return text.charCodeAt(at) === emojiForm && text.charCodeAt(at + 1) === keycap ? 2 : 0;
}

/** How many number signs open a heading at `at`; 0 when none is opened. */
export function headingLevel(line: BlockLine, at: number): number {
  const end = line.endOfRun(numberSign, at);
  return end - at <= 6 && (end === line.end || isBlankUnit(line.text.charCodeAt(end))) ? end - at : 0;
}

/** The words of a heading behind its number signs, without those that close it. */
export function headingWords(line: BlockLine, from: number): Span | null {
  const { text: body } = line;
  let start = from;
  let end = line.end;
  while (start < end && isBlankUnit(body.charCodeAt(start))) start++;
  const trim = (): void => {
    while (end > start && isBlankUnit(body.charCodeAt(end - 1))) end--;
  };
  trim();
  let signs = end;
  while (signs > start && body.charCodeAt(signs - 1) === numberSign) signs--;
  if (signs < end && (signs === start || isBlankUnit(body.charCodeAt(signs - 1)))) {
    end = signs;
    trim();
  }
  return start < end ? { start, end } : null;
}

/** How many marks open a fence at `at`; 0 when none is opened. */
export function fenceLength(line: BlockLine, at: number): number {
  const mark = line.text.charCodeAt(at);
  const end = line.endOfRun(mark, at);
  if (end - at < 3) return 0;
  if (mark === tilde) return end - at;
  const next = line.text.indexOf('`', end);
  return next === -1 || next >= line.end ? end - at : 0;
}

const opensPlugin = /<(PLUGIN_\w{1,40})>[ \t]*(?=\r|\n|$)/y;

/**
 * Finds plugins in a text of which the part from `base` on is parsed: the offset in the whole text behind the closing tag of the one
 * that opens at an offset of the part; -1 when none does.
 */
export function pluginTags(text: string, base: number): (at: number) => number {
  const lastClosings = new Map<string, number>();
  return (at) => {
    const from = at + base;
    if (!text.startsWith('<PLUGIN_', from)) return -1;
    opensPlugin.lastIndex = from;
    const name = opensPlugin.exec(text)?.[1];
    if (name === undefined) return -1;
    const closing = `</${name}>`;
    let last = lastClosings.get(name);
    if (last === undefined) lastClosings.set(name, (last = text.lastIndexOf(closing)));
    return last < from ? -1 : text.indexOf(closing, from) + closing.length;
  };
}

function isDigit(unit: number): boolean {
  return unit >= zero && unit <= nine;
}
