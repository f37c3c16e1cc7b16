// Text inside Mermaid labels, both ways: written so that no character can be taken for Mermaid or HTML, and read from labels
// of any diagram. Also the marks in parentheses at the end of an arrow's label, which keep what Mermaid has no sign for.
import type { Outcome } from './plan.ts';

/** One line of author text as label text without its quotes; every sign that means something elsewhere is an entity. */
export function encodeLabel(text: string): string {
  return oneLine(text)
    .replace(/[^\p{L}\p{M}\p{N} .,:()_/%=+-]/gu, (sign) => `#${sign.codePointAt(0)};`)
    .replace(/\b(fa[a-z]?):(?=fa-)/g, '$1#58;');
}

/** The words of a label: entities, line breaks, plain formatting tags, Markdown strings and icons are taken for what they show. */
export function decodeLabel(raw: string): string {
  const plain = raw
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(formatting, '')
    .replace(/\bfa[a-z]?:fa-[\w-]+/g, '')
    .replace(/^\s*`([^`]*)`\s*$/, (_, words: string) => words.replace(/\*\*|__/g, ''))
    .replace(/[#&](?:#?(\d{1,7})|([a-z]{2,8}));/gi, (whole, code: string | undefined, name: string | undefined) => {
      if (code !== undefined) return Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : whole;
      return entities[name?.toLowerCase() ?? ''] ?? whole;
    });
  return oneLine(plain);
}

const formatting = /<\/?(?:b|i|u|em|strong|small|sub|sup|code|span|div|p|font|center)(?:\s[^<>]*)?>/gi;

const entities: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  semi: ';',
  colon: ':',
  lpar: '(',
  rpar: ')',
};

/** What an arrow says besides its condition. */
export interface ArrowMarks {
  readonly outcome?: Outcome;
  readonly onFailure?: boolean;
  /** Present on a way back: the greatest number of repetitions. */
  readonly atMost?: number;
}

/** Label text of an arrow: its condition, then its marks. Empty when there is nothing to say. */
export function encodeArrow(condition: string | null, marks: ArrowMarks): string {
  const { outcome, onFailure, atMost } = marks;
  return [
    hideMarks(encodeLabel(condition ?? '')),
    outcome === undefined ? '' : `(${outcome})`,
    onFailure ? '(on failure)' : '',
    atMost === undefined ? '' : `(repeat at most ${atMost} ${atMost === 1 ? 'time' : 'times'})`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** The condition and the marks of an arrow's label, the inverse of `encodeArrow`; the condition is null when no words are left. */
export function decodeArrow(raw: string): { readonly condition: string | null; readonly marks: ArrowMarks } {
  let words = oneLine(raw);
  let marks: ArrowMarks = {};
  for (let found = mark.exec(words); found; found = mark.exec(words)) {
    const [whole, outcome, onFailure, atMost] = found;
    words = words.slice(0, words.length - whole.length);
    marks = {
      ...(outcome !== undefined && { outcome: outcome as Outcome }),
      ...(onFailure !== undefined && { onFailure: true }),
      ...(atMost !== undefined && { atMost: Math.max(1, Number(atMost)) }),
      ...marks,
    };
  }
  const condition = decodeLabel(words);
  return { condition: condition === '' ? null : condition, marks };
}

const mark =
  / *\((?:(resolved|mitigated|escalated|not-applicable|completed)|(on failure)|repeat at most (\d{1,6}) times?)\) *$/;

/** An author's own words that look like a mark stay words. */
function hideMarks(encoded: string): string {
  const found = mark.exec(encoded);
  if (!found) return encoded;
  const at = encoded.lastIndexOf('(');
  return `${encoded.slice(0, at)}#40;${encoded.slice(at + 1)}`;
}

/** Runs of white space, line ends among them, become one space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
