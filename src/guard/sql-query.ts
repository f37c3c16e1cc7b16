// Reads a query's structure from its tokens as far as a result's shape needs it: CTEs, select items, sources, and the
// conjuncts of WHERE. Every piece is a range of token indices; nothing is evaluated here.
import type { SqlToken, SqlTokens } from './sql-tokens.ts';

/** Half-open range of token indices. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** One SELECT without its set operations. */
export interface SelectCore {
  readonly items: readonly Range[];
  readonly from: Range | null;
  readonly where: Range | null;
  readonly grouped: boolean;
  readonly having: boolean;
  readonly distinct: boolean;
  /** LIMIT 1, TOP 1 or FETCH FIRST ROW ONLY. */
  readonly one: boolean;
}

/** WITH and what follows it; `arms` are joined by UNION when `union`, else by EXCEPT or INTERSECT. */
export interface Query {
  readonly ctes: readonly { readonly name: string; readonly columns: readonly string[] | null; readonly body: Range }[];
  readonly recursive: boolean;
  readonly arms: readonly SelectCore[];
  readonly union: boolean;
}

const clauseStarts = new Set(
  'FROM WHERE GROUP HAVING ORDER LIMIT UNION INTERSECT EXCEPT MINUS WINDOW QUALIFY FETCH OFFSET FOR INTO OPTION'.split(
    ' ',
  ),
);

/** Walks over a range without entering brackets or CASEs. */
export function topLevel(sql: SqlTokens, { from, to }: Range, visit: (token: SqlToken, index: number) => void): void {
  for (let index = from; index < to; index++) {
    const token = sql.tokens[index];
    if (!token) return;
    visit(token, index);
    const partner = sql.partner[index] ?? -1;
    if (partner > index) index = partner;
  }
}

/** Cuts a range at the top-level tokens for which `cut` holds, leaving those out. */
export function splitAt(
  sql: SqlTokens,
  range: Range,
  cut: (token: SqlToken, index: number) => boolean,
): readonly Range[] {
  const parts: Range[] = [];
  let start = range.from;
  topLevel(sql, range, (token, index) => {
    if (!cut(token, index)) return;
    parts.push({ from: start, to: index });
    start = index + 1;
  });
  parts.push({ from: start, to: range.to });
  return parts;
}

/** True when the token at `index` is the unquoted word. */
export function isWord(sql: SqlTokens, index: number, word: string): boolean {
  const token = sql.tokens[index];
  return token?.kind === 'word' && token.text === word;
}

/** True when the token at `index` is the sign. */
export function isSign(sql: SqlTokens, index: number, sign: string): boolean {
  const token = sql.tokens[index];
  return token?.kind === 'symbol' && token.text === sign;
}

/** The name a token spells, or null when it is no name. */
export function nameAt(sql: SqlTokens, index: number): string | null {
  const token = sql.tokens[index];
  return token && (token.kind === 'quoted' || token.kind === 'word') ? token.raw : null;
}

/** The ranges of a text's statements, empty ones left out. */
export function statements(sql: SqlTokens): readonly Range[] {
  const all = { from: 0, to: sql.tokens.length };
  return splitAt(sql, all, (token) => token.kind === 'symbol' && token.text === ';').filter(
    ({ from, to }) => from < to,
  );
}

/** The structure of a query; null when it is not a SELECT that we can read. */
export function readQuery(sql: SqlTokens, range: Range): Query | null {
  let { from: at } = range;
  const { to } = range;
  const ctes: Query['ctes'][number][] = [];
  let recursive = false;
  if (isWord(sql, at, 'WITH')) {
    at++;
    recursive = isWord(sql, at, 'RECURSIVE');
    if (recursive) at++;
    for (;;) {
      const name = nameAt(sql, at);
      if (name === null) return null;
      at++;
      let columns: string[] | null = null;
      if (isSign(sql, at, '(')) {
        const close = sql.partner[at] ?? -1;
        columns = splitAt(sql, { from: at + 1, to: close }, isComma).map((part) => nameAt(sql, part.from) ?? '');
        at = close + 1;
      }
      if (!isWord(sql, at, 'AS')) return null;
      at++;
      while (isWord(sql, at, 'NOT') || isWord(sql, at, 'MATERIALIZED')) at++;
      const close = sql.partner[at] ?? -1;
      if (!isSign(sql, at, '(') || close < 0) return null;
      ctes.push({ name, columns, body: { from: at + 1, to: close } });
      at = close + 1;
      if (!isSign(sql, at, ',')) break;
      at++;
    }
  }
  const arms: SelectCore[] = [];
  let union = true;
  const operators: number[] = [];
  topLevel(sql, { from: at, to }, ({ kind, text }, index) => {
    if (kind !== 'word' || !['UNION', 'INTERSECT', 'EXCEPT', 'MINUS'].includes(text)) return;
    if (text === 'EXCEPT' && isSign(sql, index + 1, '(') && isSign(sql, index - 1, '*')) return;
    operators.push(index);
    if (text !== 'UNION') union = false;
  });
  let start = at;
  for (const end of [...operators, to]) {
    while (isWord(sql, start, 'ALL') || isWord(sql, start, 'DISTINCT')) start++;
    const core = readCore(sql, { from: start, to: end });
    if (!core) return null;
    arms.push(core);
    start = end + 1;
  }
  return { ctes, recursive, arms, union };
}

function isComma({ kind, text }: SqlToken): boolean {
  return kind === 'symbol' && text === ',';
}

function readCore(sql: SqlTokens, range: Range): SelectCore | null {
  if (isSign(sql, range.from, '(')) {
    const close = sql.partner[range.from] ?? -1;
    return close === range.to - 1 ? readCore(sql, { from: range.from + 1, to: close }) : null;
  }
  if (!isWord(sql, range.from, 'SELECT')) return null;
  let at = range.from + 1;
  let distinct = false;
  let one = false;
  for (;;) {
    if (isWord(sql, at, 'ALL')) at++;
    else if (isWord(sql, at, 'DISTINCT')) {
      distinct = true;
      at++;
      if (isWord(sql, at, 'ON') && isSign(sql, at + 1, '(')) at = (sql.partner[at + 1] ?? at) + 1;
    } else if (isWord(sql, at, 'TOP')) {
      const inBrackets = isSign(sql, at + 1, '(');
      const count = sql.tokens[at + (inBrackets ? 2 : 1)];
      if (count?.kind !== 'number') break;
      at += inBrackets ? 4 : 2;
      const percent = isWord(sql, at, 'PERCENT');
      if (percent) at++;
      const ties = isWord(sql, at, 'WITH') && isWord(sql, at + 1, 'TIES');
      if (ties) at += 2;
      one = count.text === '1' && !percent && !ties;
    } else break;
  }
  const clauses: { readonly name: string; readonly at: number }[] = [];
  topLevel(sql, { from: at, to: range.to }, ({ kind, text }, index) => {
    if (kind !== 'word' || !clauseStarts.has(text)) return;
    if ((text === 'GROUP' || text === 'ORDER') && !isWord(sql, index + 1, 'BY')) return;
    if (text === 'FROM' && isWord(sql, index - 1, 'DISTINCT')) return; // a IS DISTINCT FROM b
    if (isSign(sql, index - 1, '.') || isWord(sql, index - 1, 'AS')) return;
    clauses.push({ name: text, at: index });
  });
  const clause = (name: string): Range | null => {
    const index = clauses.findIndex((found) => found.name === name);
    const found = clauses[index];
    return found ? { from: found.at + 1, to: clauses[index + 1]?.at ?? range.to } : null;
  };
  const itemsRange = { from: at, to: clauses[0]?.at ?? range.to };
  if (itemsRange.from >= itemsRange.to) return null;
  const limit = clause('LIMIT');
  const fetch = clause('FETCH');
  one ||= limit !== null && limit.to - limit.from === 1 && sql.tokens[limit.from]?.text === '1';
  one ||= fetch !== null && isWord(sql, fetch.from + 1, 'ROW');
  one ||= fetch !== null && sql.tokens[fetch.from + 1]?.text === '1' && !isWord(sql, fetch.from + 2, 'PERCENT');
  return {
    items: splitAt(sql, itemsRange, isComma).filter(({ from, to }) => from < to),
    from: clause('FROM'),
    where: clause('WHERE'),
    grouped: clause('GROUP') !== null,
    having: clause('HAVING') !== null,
    distinct,
    one,
  };
}
