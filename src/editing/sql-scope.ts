// What a place in a query asks for - a table, a column, a word that goes on - and the tables that are in reach there, from the
// innermost query outward.
import type { Piece } from './sql-pieces.ts';

/** A table of a FROM clause, by name, or a query in brackets in its place. */
export interface SqlSource {
  /** What its columns are qualified with; null when it has no name. */
  readonly alias: string | null;
  readonly table: { readonly name: string; readonly owner: string | null } | null;
  /** The text of the query that stands for it. */
  readonly query: string | null;
}

/** A query that WITH gives a name; `text` is all of it, `name AS (…)`. */
export interface NamedQuery {
  readonly name: string;
  readonly text: string;
}

export type SqlPlace =
  /** At the start of a statement or of brackets. */
  | 'start'
  | 'table'
  /** Where an expression begins. */
  | 'column'
  /** The columns of INSERT INTO and of USING: names alone. */
  | 'names'
  /** Behind something complete. */
  | 'after';

export interface SqlScope {
  readonly place: SqlPlace;
  /** The word that begins the clause: `SELECT`, `FROM`, `ON`, `WHERE`, `GROUP`, … ; empty at a start. */
  readonly clause: string;
  /** The word right before the cursor, in capitals. */
  readonly word: string;
  /** Innermost query first. */
  readonly levels: readonly (readonly SqlSource[])[];
  readonly ctes: readonly NamedQuery[];
  /** Names that the query's own select items have. */
  readonly itemNames: readonly string[];
  /** A CASE is open before the cursor. */
  readonly inCase: boolean;
  /** Keywords of this query are written in small letters. */
  readonly small: boolean;
}

const clauseWords = new Set(
  'SELECT FROM JOIN ON USING WHERE GROUP ORDER HAVING QUALIFY WINDOW LIMIT OFFSET FETCH SET UPDATE INTO VALUES RETURNING TABLE DESCRIBE'.split(
    ' ',
  ),
);
const beforeTable = new Set('FROM JOIN INTO UPDATE TABLE DESCRIBE LATERAL ONLY'.split(' '));
const beforeOperand = new Set(
  'SELECT DISTINCT ALL WHERE AND OR NOT ON BY HAVING QUALIFY WHEN THEN ELSE CASE IN BETWEEN LIKE ILIKE SET RETURNING'.split(
    ' ',
  ),
);
const setWords = new Set(['UNION', 'EXCEPT', 'INTERSECT']);
const joinWords = new Set('INNER LEFT RIGHT FULL CROSS NATURAL OUTER ASOF SEMI ANTI POSITIONAL'.split(' '));
/** Where nothing of ours belongs. */
const silentClauses = new Set(['LIMIT', 'OFFSET', 'FETCH', 'VALUES', 'WINDOW']);

/** The scope of the cursor in a statement; null where nothing can be said. */
export function scopeOf(statement: readonly Piece[]): SqlScope | null {
  const queries = queriesAround(statement);
  const [inner] = queries;
  if (!inner) return null;
  const at = inner.findIndex(holdsCursor);
  const before = inner.slice(0, at);
  const begins = before.findLastIndex((_, index) => clauseAt(before, index) !== null);
  const clause = wordAt(before, begins);
  if (silentClauses.has(clause)) return null;
  const last = before.at(-1);
  const word = last?.kind === 'token' ? last.word : '';
  const place = placeAfter(before, clause);
  if (place === null) return null;
  const apart = queries.findIndex((pieces, index) => index > 0 && standsApart(pieces));
  const inReach = queries.slice(0, apart < 0 ? undefined : apart);
  const first = statement.find((piece) => piece.kind === 'token' && piece.word !== '');
  return {
    place,
    clause,
    word,
    levels: inReach.map((pieces) => sourcesOf(pieces)),
    ctes: [...queries].reverse().flatMap((pieces) => ctesOf(pieces)),
    itemNames: itemNamesOf(inner),
    inCase: countWords(before.slice(begins + 1), 'CASE') > countWords(before.slice(begins + 1), 'END'),
    small: first?.kind === 'token' && first.text === first.text.toLowerCase(),
  };
}

/** True when the query in brackets cannot see the tables of the one outside: as a table, or behind a name of WITH. */
function standsApart(outside: readonly Piece[]): boolean {
  const before = outside.slice(0, outside.findIndex(holdsCursor));
  const begins = before.findLastIndex((_, index) => clauseAt(before, index) !== null);
  const word = wordAt(before, before.length - 1);
  if (begins < 0) return true;
  return (
    word === 'FROM' ||
    word === 'JOIN' ||
    (isSign(before.at(-1), ',') && ['FROM', 'JOIN', 'ON'].includes(wordAt(before, begins)))
  );
}

function holdsCursor(piece: Piece): boolean {
  return piece.kind === 'cursor' || (piece.kind === 'group' && piece.holdsCursor);
}

/**
 * The queries around the cursor, the innermost first, each without what UNION joins to it. Brackets around anything but a
 * query count as part of the query outside.
 */
function queriesAround(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const open: Piece[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind !== 'group' || !piece.holdsCursor) {
      open.push(piece);
      continue;
    }
    if (isQuery(piece.inside))
      return [...queriesAround(piece.inside), armAround([...open, piece, ...pieces.slice(index + 1)])];
    return queriesAround([...open, sign('('), ...piece.inside, sign(')'), ...pieces.slice(index + 1)]);
  }
  return [armAround(open)];
}

function sign(text: string): Piece {
  return { kind: 'token', word: '', name: null, text };
}

function isQuery(inside: readonly Piece[]): boolean {
  const first = inside.find(({ kind }) => kind === 'token');
  return first?.kind === 'token' && ['SELECT', 'WITH'].includes(first.word);
}

function armAround(pieces: readonly Piece[]): readonly Piece[] {
  const at = pieces.findIndex(holdsCursor);
  const cuts = (piece: Piece): boolean => piece.kind === 'token' && setWords.has(piece.word);
  const from = pieces.slice(0, at).findLastIndex(cuts) + 1;
  const length = pieces.slice(at).findIndex(cuts);
  const arm = pieces.slice(from, length < 0 ? undefined : at + length);
  // What WITH names at the front is in reach of every arm.
  return from === 0 || !isQueryWith(pieces) ? arm : [...pieces.slice(0, withEnd(pieces)), ...arm];
}

function isQueryWith([first]: readonly Piece[]): boolean {
  return first?.kind === 'token' && first.word === 'WITH';
}

/** The index behind the named queries of WITH. */
function withEnd(pieces: readonly Piece[]): number {
  const at = pieces.findIndex(
    (piece) => piece.kind === 'token' && ['SELECT', 'INSERT', 'UPDATE', 'DELETE'].includes(piece.word),
  );
  return at < 0 ? pieces.length : at;
}

function wordAt(pieces: readonly Piece[], index: number): string {
  const piece = pieces[index];
  return piece?.kind === 'token' ? piece.word : '';
}

function isSign(piece: Piece | undefined, text: string): boolean {
  return piece?.kind === 'token' && piece.text === text;
}

function clauseAt(pieces: readonly Piece[], index: number): string | null {
  const word = wordAt(pieces, index);
  if (!clauseWords.has(word)) return null;
  if (wordAt(pieces, index - 1) === 'AS') return null;
  if (word === 'FROM' && wordAt(pieces, index - 1) === 'DISTINCT') return null; // a IS DISTINCT FROM b
  return word;
}

function placeAfter(before: readonly Piece[], clause: string): SqlPlace | null {
  const last = before.at(-1);
  if (!last) return 'start';
  if (last.kind !== 'token') return 'after';
  const { word, text } = last;
  if (word === 'AS') return null;
  if (beforeTable.has(word) && clause !== 'SELECT') return 'table';
  if (setWords.has(word) || (word === 'ALL' && clause === '')) return 'start';
  if (beforeOperand.has(word)) return 'column';
  if (text === '(') {
    const opener = wordAt(before, before.length - 2);
    if (opener === 'EXISTS' || opener === 'AS' || opener === 'FROM' || opener === 'JOIN') return 'start';
    if (clause === 'USING' || clause === 'INTO') return 'names';
    return clause === '' ? 'start' : 'column';
  }
  if (text === ',') {
    if (clause === 'FROM') return openBrackets(before) > 0 ? 'column' : 'table';
    if (clause === 'USING' || clause === 'INTO') return openBrackets(before) > 0 ? 'names' : 'table';
    return clause === 'JOIN' || clause === '' ? null : 'column';
  }
  if (text === '*') {
    const star = before.at(-2);
    return !star ||
      isSign(star, '.') ||
      isSign(star, ',') ||
      isSign(star, '(') ||
      wordAt(before, before.length - 2) === 'SELECT'
      ? 'after'
      : 'column';
  }
  if (last.name === null && /^[-+/%<>=!|&^~]$/.test(text)) return clause === '' ? null : 'column';
  return clause === '' ? null : 'after';
}

/** Brackets opened around the cursor, which stand in the query's own pieces. */
function openBrackets(before: readonly Piece[]): number {
  return before.filter((piece) => isSign(piece, '(')).length;
}

function countWords(pieces: readonly Piece[], word: string): number {
  return pieces.filter((piece) => piece.kind === 'token' && piece.word === word).length;
}

/** The tables of FROM and JOIN, or the one that is changed. */
function sourcesOf(pieces: readonly Piece[]): readonly SqlSource[] {
  const sources: SqlSource[] = [];
  let clause = '';
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index];
    const here = clauseAt(pieces, index);
    clause = here ?? clause;
    const starts =
      here !== null
        ? here === 'FROM' || here === 'JOIN' || here === 'UPDATE' || here === 'INTO'
        : isSign(piece, ',') && (clause === 'FROM' || clause === 'JOIN' || clause === 'ON');
    if (!starts) continue;
    const source = sourceAt(pieces, index + 1);
    if (source) sources.push(source);
  }
  return sources;
}

function sourceAt(pieces: readonly Piece[], start: number): SqlSource | null {
  let at = start;
  while (['LATERAL', 'ONLY'].includes(wordAt(pieces, at))) at++;
  const first = pieces[at];
  let table: SqlSource['table'] = null;
  let query: string | null = null;
  if (first?.kind === 'group') {
    if (!first.holdsCursor && isQuery(first.inside)) query = first.text;
    at++;
  } else {
    const names: string[] = [];
    for (;;) {
      const piece = pieces[at];
      if (piece?.kind !== 'token' || piece.name === null || clauseWords.has(piece.word)) break;
      names.push(piece.name);
      at++;
      if (!isSign(pieces[at], '.')) break;
      at++;
    }
    const name = names.at(-1);
    if (name === undefined) return null;
    if (pieces[at]?.kind === 'group')
      at++; // A function that gives rows: nobody knows which.
    else table = { name, owner: names.at(-2) ?? null };
  }
  if (wordAt(pieces, at) === 'AS') at++;
  const alias = pieces[at];
  const named = alias?.kind === 'token' && alias.name !== null && !isNoAlias(alias.word) ? alias.name : null;
  return { alias: named ?? table?.name ?? null, table, query };
}

function isNoAlias(word: string): boolean {
  return clauseWords.has(word) || joinWords.has(word) || setWords.has(word) || word === 'TABLESAMPLE';
}

/** What WITH names before the cursor, as far as it is written to its end. */
function ctesOf(pieces: readonly Piece[]): readonly NamedQuery[] {
  if (!isQueryWith(pieces)) return [];
  const found: NamedQuery[] = [];
  for (let index = 1; index < pieces.length; index++) {
    const body = pieces[index];
    if (body?.kind !== 'group' || wordBeforeBody(pieces, index) !== 'AS') continue;
    if (body.holdsCursor) break;
    const as = pieces.slice(0, index).findLastIndex((_, at) => wordAt(pieces, at) === 'AS');
    const columns = pieces[as - 1];
    const named = pieces[columns?.kind === 'group' ? as - 2 : as - 1];
    if (named?.kind !== 'token' || named.name === null) continue;
    const list = columns?.kind === 'group' ? ` (${columns.text})` : '';
    found.push({ name: named.name, text: `${named.text}${list} AS (${body.text})` });
    if (!isSign(pieces[index + 1], ',')) break;
  }
  return found;
}

function wordBeforeBody(pieces: readonly Piece[], index: number): string {
  let at = index - 1;
  while (['MATERIALIZED', 'NOT'].includes(wordAt(pieces, at))) at--;
  return wordAt(pieces, at);
}

/** `AS name` of the select items; ORDER BY and its like may use them. */
function itemNamesOf(pieces: readonly Piece[]): readonly string[] {
  const from = pieces.findIndex((_, index) => clauseAt(pieces, index) === 'SELECT');
  const rest = pieces.slice(from + 1).findIndex((_, index) => clauseAt(pieces, from + 1 + index) !== null);
  const items = from < 0 ? [] : pieces.slice(from + 1, rest < 0 ? undefined : from + 1 + rest);
  return items.flatMap((piece, index) =>
    piece.kind === 'token' && piece.name !== null && wordAt(items, index - 1) === 'AS' ? [piece.name] : [],
  );
}
