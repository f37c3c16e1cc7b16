// Reads who a condition is about: "any region", "no flag", "all of the zones", "the latest version". Only words that
// the query itself knows are let through, for a word it does not know may pick some rows and leave out others.
import { mentioned, type Sentence, singular } from './condition-sentence.ts';
import type { ShapeColumn } from './scope.ts';

/** `bare`: neither "any" nor "all" is said. */
export type Quantifier = 'some' | 'none' | 'every' | 'not-every' | 'bare';

/** A subject that was read wholly. */
export interface Subject {
  readonly quantifier: Quantifier;
  /** "the latest …": about the first row of a ranking. */
  readonly first: boolean;
  /** The column the subject ends in: `assessment` of "the version's assessment". */
  readonly column: ShapeColumn | null;
  readonly explicit: boolean;
}

const determiners: readonly (readonly [RegExp, Quantifier])[] = [
  [/^(?:not all|not every)(?: of)?(?: the| these| those)? /, 'not-every'],
  [/^(?:none of|no) (?:the |these |those )?/, 'none'],
  [/^(?:at least one|one or more|any|some|one|at least #one)(?: of)?(?: the| these| those)? /, 'some'],
  [/^(?:all|every|each)(?: of)?(?: the| these| those)? /, 'every'],
  [/^(?:a|an) /, 'some'],
  [/^(?:the|this|that|its|their|these|those|your|our) /, 'bare'],
];
/** "This region", "your zone", "its status": one that was spoken of before, which the query's rows do not single out. */
const pointing =
  /^(?:(?:its|their|your|our) |(?:this|that|these|those) (?!(?:results?|query|output|check|analysis|data|step|response)\b))/;
const superlatives = /^(?:latest|newest|most recent|first|top|top-ranked|highest-ranked) /;

/** Reads a subject, with its determiner; null when a word in it could restrict the rows. */
export function readSubject(sentence: Sentence, words: string): Subject | null {
  let rest = `${words.trim()} `.replace(/ 's /g, "'s ");
  if (rest.trim() === '') return { quantifier: 'bare', first: false, column: null, explicit: false };
  if (sentence.shape.rows === undefined && pointing.test(rest)) return null;
  let quantifier: Quantifier = 'bare';
  for (const [pattern, meaning] of determiners) {
    if (!pattern.test(rest)) continue;
    quantifier = meaning;
    rest = rest.replace(pattern, '');
    break;
  }
  const first = superlatives.test(rest);
  if (first) rest = rest.replace(superlatives, '');
  const parts = rest
    .trim()
    .split(' ')
    .filter((part) => part !== '');
  if (parts.length === 0 || parts.length > 6) return null;
  let column: ShapeColumn | null = null;
  let explicit = false;
  for (const [index, part] of parts.entries()) {
    const bare = part.replace(/'s$/, '');
    if (/^@\d+$/.test(bare)) {
      const found = mentioned(sentence, bare);
      if (found?.kind !== 'column') return null;
      if (index < parts.length - 1) continue;
      ({ column, explicit } = found);
    } else if (
      !/^[a-z]+(?:-[a-z]+)?$/.test(bare) ||
      !bare.split('-').every((word) => sentence.nouns.has(singular(word)))
    ) {
      return null;
    }
  }
  return { quantifier, first, column, explicit };
}

const quantifiers: ReadonlyMap<string, Exclude<Quantifier, 'not-every'>> = new Map([
  ...['a', 'an', 'any', 'some', 'at least one'].map((word) => [word, 'some'] as const),
  ...['all', 'every'].map((word) => [word, 'every'] as const),
  ['no', 'none'],
]);

/** The quantifier that one word says; `bare` for an article, or for none. */
export function quantifierOf(word: string | undefined): Exclude<Quantifier, 'not-every'> {
  return quantifiers.get(word ?? '') ?? 'bare';
}

/** A test of the row `r`, asked of a list of them. Without "any" or "all" it must be so of all of them or of none, and else a person decides. */
export function overRows(
  list: 'rows' | 'listed(text)',
  quantifier: Exclude<Quantifier, 'not-every'>,
  test: string,
): string {
  switch (quantifier) {
    case 'some':
      return `${list}.exists(r, ${test})`;
    case 'none':
      return `!${list}.exists(r, ${test})`;
    case 'every':
      // An output in which nothing is listed is an error already.
      return list === 'rows' ? `rowCount > 0 && rows.all(r, ${test})` : `${list}.all(r, ${test})`;
    case 'bare':
      return `same(${list}.map(r, ${test}))`;
  }
}
