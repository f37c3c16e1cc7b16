// Patterns that most texts cannot match, told so before they are tried: whatever `\b(?:reboot|restart)ed by (?:hand|cron)\b` matches
// holds "reboot" or "restart", and to look for those is ten times as fast as to try the pattern at every character. What a pattern
// needs is read from the pattern itself, as the prefilters of RE2 do (Cox, "Regular Expression Matching with a Trigram Index", 2012).
import { RegExpParser, type AST } from '@eslint-community/regexpp';
import { remember } from './remember.ts';

/** The same pattern, which looks for the words that it cannot match without before it is tried. Flags and answers are the same. */
export function sift(pattern: RegExp): RegExp {
  return new Sifted(pattern);
}

class Sifted extends RegExp {
  /** Patterns of this class are run on the engine's slow way, so a plain one is; one that keeps its place must itself. */
  readonly #plain = this.global || this.sticky ? null : new RegExp(this.source, this.flags);
  #needed: readonly string[] | null | undefined;

  override exec(text: string): RegExpExecArray | null {
    if (this.#plain) return this.#mayMatch(text) ? this.#plain.exec(text) : null;
    return this.lastIndex > 0 || this.#mayMatch(text) ? super.exec(text) : null;
  }

  override test(text: string): boolean {
    return this.#plain ? this.#mayMatch(text) && this.#plain.test(text) : this.exec(text) !== null;
  }

  #mayMatch(text: string): boolean {
    if (this.#needed === undefined) this.#needed = neededWords(this);
    if (this.#needed === null) return true;
    const lower = lowerCase(text);
    for (const word of this.#needed) if (lower.includes(word)) return true;
    return false;
  }
}

/** One text is asked by many patterns in turn. */
const lowerCase = remember((text) => text.toLowerCase(), 1);

/** More words than this are looked for no faster than the pattern itself. */
const most = 100;
/** Ways to write one word, as "analyse" and "analyze": more are taken as separate words. */
const mostSpellings = 8;

/** Words in small letters of which each match of the pattern holds one at least; null where no such words can be told. */
export function neededWords(pattern: RegExp): readonly string[] | null {
  const { source, flags } = pattern;
  const unicode = flags.includes('u');
  // Two signs beyond ASCII are an s and a k to such a pattern, and small letters of their own.
  const folds = unicode && flags.includes('i');
  const { alternatives } = new RegExpParser().parsePattern(source, 0, source.length, { unicode });
  const words = [...(wordsOfAny(alternatives, folds) ?? [])].sort((a, b) => a.length - b.length);
  if (words.length === 0) return null;
  return words.filter((word, at) => !words.slice(0, at).some((shorter) => word.includes(shorter)));
}

type Words = ReadonlySet<string> | null;

function wordsOfAny(alternatives: readonly AST.Alternative[], folds: boolean): Words {
  const all = new Set<string>();
  for (const { elements } of alternatives) {
    const words = wordsInRow(elements, folds);
    if (!words) return null;
    for (const word of words) all.add(word);
  }
  return all.size > most ? null : all;
}

/** The best of what any of the elements needs, characters in a row taken together. */
function wordsInRow(elements: readonly AST.Element[], folds: boolean): Words {
  let best: Words = null;
  let row: readonly string[] = [''];
  const endRow = (next: readonly string[]): void => {
    if (!row.includes('')) best = better(best, new Set(row));
    row = next;
  };
  for (const element of elements) {
    const signs = signsOf(element, folds);
    if (signs && row.length * signs.length <= mostSpellings)
      row = row.flatMap((word) => signs.map((sign) => word + sign));
    else if (!isBoundary(element)) {
      endRow(signs ?? ['']);
      if (!signs) best = better(best, wordsOf(element, folds));
    }
  }
  endRow(['']);
  return best;
}

/** It takes no character, and asks for none. */
function isBoundary(element: AST.Element): boolean {
  return element.type === 'Assertion' && (!('alternatives' in element) || element.negate);
}

function wordsOf(element: AST.Element, folds: boolean): Words {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return wordsOfAny(element.alternatives, folds);
    case 'Assertion':
      return 'alternatives' in element && !element.negate ? wordsOfAny(element.alternatives, folds) : null;
    case 'Quantifier':
      return element.min > 0 ? wordsInRow([element.element], folds) : null;
    default:
      return null;
  }
}

/** The characters that an element of one character may be, in small letters; null when they are many, or letters beyond ASCII. */
function signsOf(element: AST.Element, folds: boolean): readonly string[] | null {
  if (element.type === 'Character') return signOf(element, folds);
  if (element.type !== 'CharacterClass' || element.negate || element.elements.length > 4) return null;
  const signs = element.elements.map((one) => (one.type === 'Character' ? signOf(one, folds) : null));
  return signs.every((sign) => sign !== null) && signs.length > 0 ? [...new Set(signs.flat())] : null;
}

function signOf({ value }: AST.Character, folds: boolean): readonly string[] | null {
  const sign = String.fromCodePoint(value);
  const small = sign.toLowerCase();
  const isKnown = value < 128 ? !(folds && /[sk]/.test(small)) : small === sign && sign.toUpperCase() === sign;
  return isKnown ? [small] : null;
}

/** Long words are rare in a text, and few are soon looked for. */
function better(one: Words, other: Words): Words {
  if (!one || !other) return one ?? other;
  return worth(other) > worth(one) ? other : one;
}

function worth(words: ReadonlySet<string>): number {
  return Math.min(4, ...[...words].map((word) => word.length)) * 20 - words.size;
}
