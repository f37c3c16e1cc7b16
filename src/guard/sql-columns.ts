// What a select item says about its column: its name, and the closed set of values that a CASE or a literal allows.
import { isSign, isWord, nameAt, type Range, splitAt, topLevel } from './sql-query.ts';
import type { SqlTokens } from './sql-tokens.ts';

/** What is known of one column of a source or a result. */
export interface ColumnFacts {
  readonly name: string;
  readonly values?: readonly string[];
  readonly elseValue?: string;
  readonly firstRankValues?: readonly string[];
  readonly fraction?: boolean;
  /** Whatever it is made of, it is a number: `COUNT(*)`, `EXTRACT(…)`. */
  readonly type?: 'number';
  /** The column is a row number or a rank. */
  readonly rank?: boolean;
}

/** A select item taken apart. `name` null: the database chooses one. */
export interface SelectItem {
  readonly kind: 'star' | 'expression';
  /** `t` of `t.*`. */
  readonly qualifier: string | null;
  readonly name: string | null;
  readonly expression: Range;
}

const notNames = new Set('END NULL TRUE FALSE ASC DESC AND OR NOT IN IS LIKE BETWEEN OVER'.split(' '));

/** Takes a select item apart; null when its form is not one we know. */
export function readItem(sql: SqlTokens, range: Range): SelectItem | null {
  const { from, to } = range;
  const last = to - 1;
  if (isSign(sql, last, '*') && (last === from || isSign(sql, last - 1, '.'))) {
    return { kind: 'star', qualifier: last === from ? null : nameAt(sql, last - 2), name: null, expression: range };
  }
  let strange = false;
  topLevel(sql, range, (token, index) => {
    if (token.kind === 'hole' && index === last) strange = true;
    if (index === from && token.text === '*' && token.kind === 'symbol') strange = true; // * EXCLUDE (…)
  });
  if (strange) return null;
  const named = (name: string | null, end: number): SelectItem => ({
    kind: 'expression',
    qualifier: null,
    name,
    expression: { from, to: end },
  });
  if (isWord(sql, last - 1, 'AS') && last - 1 > from) {
    const token = sql.tokens[last];
    return named(token?.kind === 'string' ? token.text : nameAt(sql, last), last - 1);
  }
  const final = sql.tokens[last];
  const isName = final?.kind === 'quoted' || (final?.kind === 'word' && !notNames.has(final.text));
  if (!isName) return named(null, to);
  if (last === from || isSign(sql, last - 1, '.')) return named(final.raw, to);
  const before = sql.tokens[last - 1];
  const endsExpression =
    before?.kind === 'number' ||
    before?.kind === 'string' ||
    before?.kind === 'quoted' ||
    (before?.kind === 'symbol' && (before.text === ')' || before.text === ']')) ||
    (before?.kind === 'word' && (before.text === 'END' || (last - 1 === from && !notNames.has(before.text))));
  return endsExpression ? named(final.raw, last) : named(null, to);
}

/** `a`, `t.a` or `s.t.a` as qualifier and name; null for any other expression. */
export function columnReference(
  sql: SqlTokens,
  range: Range,
): { readonly qualifier: string | null; readonly name: string } | null {
  const { from, to } = unwrap(sql, range);
  if ((to - from) % 2 === 0) return null;
  for (let index = from; index < to; index++) {
    const isDot = (index - from) % 2 === 1;
    if (isDot ? !isSign(sql, index, '.') : nameAt(sql, index) === null) return null;
  }
  const name = nameAt(sql, to - 1);
  if (name === null || (to - from === 1 && notNames.has(name.toUpperCase()))) return null;
  return { qualifier: to - from > 1 ? nameAt(sql, to - 3) : null, name };
}

/** Facts that an expression's own text gives, without looking at its sources. `isRank` knows the sources' ranks. */
export function expressionFacts(
  sql: SqlTokens,
  range: Range,
  isRank: (qualifier: string | null, name: string) => boolean,
): Omit<ColumnFacts, 'name'> {
  const inner = unwrap(sql, range);
  const { from, to } = inner;
  const only = to - from === 1 ? sql.tokens[from] : undefined;
  if (only?.kind === 'string' && !only.text.includes('{')) return { values: [only.text] };
  if (isWord(sql, from, 'CASE') && sql.partner[from] === to - 1) {
    const cases = caseValues(sql, inner, isRank);
    if (cases) return cases;
  }
  const ranks = ['ROW_NUMBER', 'RANK', 'DENSE_RANK'].some((name) => isWord(sql, from, name));
  if (ranks && isSign(sql, from + 1, '(')) return { rank: true };
  return { ...(divides(sql, inner) && { fraction: true }), ...(isCount(sql, inner) && { type: 'number' as const }) };
}

const counting = new Set(
  'COUNT EXTRACT DATE_PART DATEDIFF TIMESTAMPDIFF LENGTH CHAR_LENGTH ROUND CEIL CEILING FLOOR ABS'.split(' '),
);

/** A call that gives a number whatever it is handed, with or without what narrows it: `COUNT(*) FILTER (…)`, `COUNT(*) OVER (…)`. */
function isCount(sql: SqlTokens, { from, to }: Range): boolean {
  const name = sql.tokens[from];
  if (name?.kind !== 'word' || !counting.has(name.text) || !isSign(sql, from + 1, '(')) return false;
  const end = (sql.partner[from + 1] ?? to) + 1;
  return (
    end === to || (end < to && (isWord(sql, end, 'FILTER') || isWord(sql, end, 'OVER')) && isSign(sql, to - 1, ')'))
  );
}

/** Takes off brackets around the whole. */
function unwrap(sql: SqlTokens, range: Range): Range {
  let { from, to } = range;
  while (isSign(sql, from, '(') && sql.partner[from] === to - 1 && !isWord(sql, from + 1, 'SELECT')) {
    from++;
    to--;
  }
  return { from, to };
}

function divides(sql: SqlTokens, { from, to }: Range): boolean {
  let slash = false;
  for (let index = from; index < to; index++) {
    const token = sql.tokens[index];
    if (token?.kind === 'number' && /^100(?:\.0*)?$/.test(token.text)) return false;
    if (token?.kind === 'symbol' && token.text === '/') slash = true;
  }
  return slash;
}

const mostValues = 200;

interface CaseFacts {
  readonly values: readonly string[];
  readonly elseValue?: string;
  readonly firstRankValues?: readonly string[];
}

/** The literals of a CASE; null when any of its results is something else. */
function caseValues(
  sql: SqlTokens,
  { from, to }: Range,
  isRank: (qualifier: string | null, name: string) => boolean,
  depth = 0,
): CaseFacts | null {
  if (depth > 5) return null;
  const marks: { readonly word: string; readonly at: number }[] = [];
  topLevel(sql, { from: from + 1, to: to - 1 }, ({ kind, text }, at) => {
    if (kind === 'word' && (text === 'WHEN' || text === 'THEN' || text === 'ELSE')) marks.push({ word: text, at });
  });
  const values: string[] = [];
  const ranked = new Set<string>();
  const unranked = new Set<string>();
  let elseValue: string | undefined;
  let first = false;
  for (const [index, { word, at }] of marks.entries()) {
    const piece = unwrap(sql, { from: at + 1, to: marks[index + 1]?.at ?? to - 1 });
    if (word === 'WHEN') {
      first = demandsFirstRank(sql, piece, isRank);
      continue;
    }
    const literal = sql.tokens[piece.from];
    const isOne = piece.to - piece.from === 1;
    if (isOne && literal?.kind === 'word' && literal.text === 'NULL') continue;
    let found: readonly string[];
    if (isOne && literal?.kind === 'string' && !literal.text.includes('{')) found = [literal.text];
    else if (isWord(sql, piece.from, 'CASE') && sql.partner[piece.from] === piece.to - 1) {
      const nested = caseValues(sql, piece, isRank, depth + 1);
      if (!nested) return null;
      found = nested.values;
    } else return null;
    if (word === 'ELSE' && isOne) elseValue = found[0];
    for (const value of found) {
      values.push(value);
      (word === 'THEN' && first ? ranked : unranked).add(value);
    }
  }
  if (values.length === 0 || values.length > mostValues) return null;
  const firstRankValues = [...ranked].filter((value) => !unranked.has(value));
  return {
    values: [...new Set(values)],
    ...(elseValue !== undefined && { elseValue }),
    ...(firstRankValues.length > 0 && { firstRankValues }),
  };
}

/** True when a WHEN holds only for rank 1: one of its AND-ed parts is `<rank> = 1`, and no OR stands beside it. */
function demandsFirstRank(
  sql: SqlTokens,
  range: Range,
  isRank: (qualifier: string | null, name: string) => boolean,
): boolean {
  let or = false;
  topLevel(sql, range, ({ kind, text }) => {
    if (kind === 'word' && (text === 'OR' || text === 'XOR')) or = true;
  });
  if (or) return false;
  return splitAt(sql, range, ({ kind, text }) => kind === 'word' && text === 'AND').some((part) => {
    const inner = unwrap(sql, part);
    if (sql.tokens[inner.to - 1]?.text !== '1' || !isSign(sql, inner.to - 2, '=')) return false;
    const reference = columnReference(sql, { from: inner.from, to: inner.to - 2 });
    return reference !== null && isRank(reference.qualifier, reference.name);
  });
}
