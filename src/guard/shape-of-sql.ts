// What a query's own text says about its result: columns, and the closed sets of values that its CASEs allow, followed
// through CTEs and subqueries. When unsure, the shape says less: a column is open, or the list is not complete.
import type { ResultShape, ShapeColumn } from './scope.ts';
import { type ColumnFacts, columnReference, expressionFacts, readItem } from './sql-columns.ts';
import {
  isSign,
  isWord,
  nameAt,
  type Query,
  type Range,
  readQuery,
  type SelectCore,
  splitAt,
  statements,
} from './sql-query.ts';
import { topLevel } from './sql-query.ts';
import { type SqlTokens, sqlTokens } from './sql-tokens.ts';
import { findTable, type ToolSchema } from './tool-schema.ts';

const open: ResultShape = { members: ['rows', 'columns', 'rowCount'], complete: false };
const deepest = 20;
const cache = new Map<string, ResultShape>();

/** The shape of a query's result, as far as its text, and the database's tables if they are known, show it. Never throws; linear in the text. */
export function shapeOfSql(code: string, schema?: ToolSchema): ResultShape {
  if (schema) return readShape(code, schema);
  const known = cache.get(code);
  if (known) return known;
  const shape = readShape(code);
  if (cache.size >= 100) cache.clear();
  cache.set(code, shape);
  return shape;
}

function readShape(code: string, schema?: ToolSchema): ResultShape {
  const sql = sqlTokens(code);
  if (!sql?.balanced) return open;
  const last = statements(sql).at(-1);
  if (!last) return open;
  const words = new Set<string>();
  const table = tableOf(sql, last, { ctes: new Map(), schema, words, depth: 0 });
  if (!table) return open;
  for (const { name } of table.columns) addWords(name, words);
  return {
    ...open,
    columns: table.columns.filter(({ name }) => name !== '').map(shapeColumn),
    complete: table.complete,
    words: [...words],
    ...(table.rows !== undefined && { rows: table.rows }),
    ...(table.rows === 'one' && table.placed && table.columns.length === 1 && { single: code.toLowerCase() }),
    ...(table.rowsOf !== undefined && { rowsOf: table.rowsOf }),
  };
}

function shapeColumn({ rank: _rank, ...facts }: ColumnFacts): ShapeColumn {
  return facts.values ? { ...facts, type: 'string' } : facts;
}

/** What is known of a table-valued expression. */
interface Table {
  /** In order; one whose name the database chooses has the name "". */
  readonly columns: readonly ColumnFacts[];
  /** All columns are known by name. */
  readonly complete: boolean;
  /** All columns are known by place. */
  readonly placed: boolean;
  readonly rows?: 'one' | 'at-most-one';
  readonly rowsOf?: string;
}

interface Context {
  /** By lower-case name; null: known to exist, columns unknown. */
  readonly ctes: ReadonlyMap<string, Table | null>;
  readonly schema: ToolSchema | undefined;
  /** Collects the words of table and CTE names. */
  readonly words: Set<string>;
  readonly depth: number;
}

function addWords(name: string, into: Set<string>): void {
  for (const word of name.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[^A-Za-z]+/)) {
    if (word !== '') into.add(word.toLowerCase());
  }
}

function tableOf(sql: SqlTokens, range: Range, context: Context): Table | null {
  if (context.depth > deepest) return null;
  const query = readQuery(sql, range);
  if (!query) return null;
  const ctes = new Map(query.ctes.length > 0 ? context.ctes : []);
  const inner = { ...context, ctes: query.ctes.length > 0 ? ctes : context.ctes, depth: context.depth + 1 };
  for (const { name, columns, body } of query.ctes) {
    addWords(name, context.words);
    const key = name.toLowerCase();
    if (query.recursive) ctes.set(key, null);
    const table = query.recursive ? null : tableOf(sql, body, inner);
    ctes.set(key, table && columns ? renamed(table, columns) : table);
  }
  const [first, ...others] = query.arms.map((arm) => coreTable(sql, arm, inner));
  if (!first) return null;
  return others.length === 0 ? first : combined(first, others, query);
}

function renamed(table: Table, names: readonly string[]): Table {
  if (!table.placed || table.columns.length !== names.length) {
    return { columns: names.map((name) => ({ name })), complete: true, placed: true };
  }
  return {
    ...table,
    columns: table.columns.map((column, index) => ({ ...column, name: names[index] ?? column.name })),
  };
}

/** The columns of a UNION: named by its first arm, closed only where every arm is closed. */
function combined(first: Table, others: readonly Table[], query: Query): Table {
  const alike = others.every(({ columns, placed }) => placed && columns.length === first.columns.length);
  const columns = first.columns.map(({ name, values }, index): ColumnFacts => {
    const sets = [values, ...others.map((other) => other.columns[index]?.values)];
    if (!alike || !query.union || !first.placed || sets.some((set) => set === undefined)) return { name };
    return { name, values: [...new Set(sets.flatMap((set) => set ?? []))] };
  });
  return { columns, complete: first.complete, placed: first.placed };
}

interface Source {
  readonly name: string | null;
  readonly table: Table | null;
}

function coreTable(sql: SqlTokens, core: SelectCore, context: Context): Table {
  const sources = core.from ? readSources(sql, core.from, context) : [];
  const narrowed = sources && core.where ? narrow(sql, core.where, sources) : sources;
  const columns: ColumnFacts[] = [];
  let complete = true;
  let placed = true;
  for (const range of core.items) {
    const item = readItem(sql, range);
    if (!item) {
      complete = false;
      placed = false;
    } else if (item.kind === 'star') {
      for (const { name, table } of narrowed ?? [{ name: null, table: null }]) {
        if (item.qualifier !== null && name?.toLowerCase() !== item.qualifier.toLowerCase()) continue;
        if (!table?.complete) complete = false;
        if (!table?.placed) placed = false;
        columns.push(...(table?.columns ?? []));
      }
    } else {
      if (item.name === null) complete = false;
      columns.push({ ...itemFacts(sql, item.expression, narrowed), name: item.name ?? '' });
    }
  }
  const aggregates = !core.grouped && core.items.some((range) => aggregated(sql, range));
  const rows = aggregates && !core.having ? 'one' : aggregates || core.one ? 'at-most-one' : undefined;
  const only = sources?.length === 1 && !core.grouped && !core.distinct && !aggregates ? sources[0] : undefined;
  const rowsOf = only ? sourceName(sql, core.from) : null;
  return {
    columns: withoutDoubles(columns),
    complete,
    placed,
    ...(rows !== undefined && { rows }),
    ...(rowsOf !== null && { rowsOf }),
  };
}

/** Of two columns with one name nobody knows which a guard reads, so neither keeps its values. */
function withoutDoubles(columns: readonly ColumnFacts[]): readonly ColumnFacts[] {
  const counts = new Map<string, number>();
  for (const { name } of columns) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  return columns.map((column) =>
    column.name === '' || counts.get(column.name.toLowerCase()) === 1 ? column : { name: column.name },
  );
}

function itemFacts(sql: SqlTokens, expression: Range, sources: readonly Source[] | null): Omit<ColumnFacts, 'name'> {
  const reference = columnReference(sql, expression);
  if (reference) return lookUp(reference, sources) ?? {};
  const isRank = (qualifier: string | null, name: string): boolean =>
    lookUp({ qualifier, name }, sources)?.rank === true;
  return expressionFacts(sql, expression, isRank);
}

function lookUp(
  { qualifier, name }: { readonly qualifier: string | null; readonly name: string },
  sources: readonly Source[] | null,
): ColumnFacts | undefined {
  const candidates = (sources ?? []).filter(
    (source) => qualifier === null || source.name?.toLowerCase() === qualifier.toLowerCase(),
  );
  if (candidates.length > 1 && candidates.some(({ table }) => !table?.complete)) return undefined;
  const found = candidates.flatMap(({ table }) =>
    (table?.columns ?? []).filter((column) => column.name.toLowerCase() === name.toLowerCase()),
  );
  return found.length === 1 ? found[0] : undefined;
}

const notAliases = new Set(
  'ON USING WHERE JOIN INNER LEFT RIGHT FULL CROSS NATURAL OUTER LATERAL ASOF POSITIONAL SEMI ANTI GROUP ORDER APPLY WITH TABLESAMPLE USE FORCE'.split(
    ' ',
  ),
);
const reshaping = new Set(['PIVOT', 'UNPIVOT', 'MATCH_RECOGNIZE']);

/** The tables of a FROM clause; null when it holds a form we do not know. */
function readSources(sql: SqlTokens, range: Range, context: Context): readonly Source[] | null {
  const sources: Source[] = [];
  let known = true;
  const starts: number[] = [range.from];
  topLevel(sql, range, ({ kind, text }, index) => {
    if (kind === 'symbol' && text === ',') starts.push(index + 1);
    if (kind === 'word' && (text === 'JOIN' || text === 'APPLY')) starts.push(index + 1);
    if (kind === 'word' && reshaping.has(text)) known = false;
  });
  for (const start of starts) {
    const source = readSource(sql, { from: start, to: range.to }, context);
    if (source) sources.push(source);
    else known = false;
  }
  return known ? sources : null;
}

function readSource(sql: SqlTokens, range: Range, context: Context): Source | null {
  let at = range.from;
  while (isWord(sql, at, 'LATERAL') || isWord(sql, at, 'ONLY')) at++;
  let table: Table | null = null;
  let name: string | null = null;
  if (isSign(sql, at, '(')) {
    const close = sql.partner[at] ?? -1;
    if (!isWord(sql, at + 1, 'SELECT') && !isWord(sql, at + 1, 'WITH')) return null;
    table = tableOf(sql, { from: at + 1, to: close }, { ...context, depth: context.depth + 1 });
    at = close + 1;
  } else {
    const from = at;
    while (nameAt(sql, at) !== null && isSign(sql, at + 1, '.')) at += 2;
    name = nameAt(sql, at);
    if (name === null) return sql.tokens[at]?.kind === 'string' ? { name: null, table: null } : null;
    addWords(name, context.words);
    const cte = at === from ? context.ctes.get(name.toLowerCase()) : undefined;
    table = cte === undefined ? tableInSchema(context.schema, name, at === from ? null : nameAt(sql, at - 2)) : cte;
    at++;
    if (isSign(sql, at, '(')) {
      table = null;
      at = (sql.partner[at] ?? at) + 1;
    }
  }
  if (isWord(sql, at, 'AS')) at++;
  const alias = at < range.to ? nameAt(sql, at) : null;
  if (alias === null || (sql.tokens[at]?.kind === 'word' && notAliases.has(alias.toUpperCase())))
    return { name, table };
  if (isSign(sql, at + 1, '(')) return { name: alias, table: null };
  return { name: alias, table };
}

function tableInSchema(schema: ToolSchema | undefined, name: string, owner: string | null): Table | null {
  const found = findTable(schema, name, owner);
  return found
    ? { columns: found.columns.map((column) => ({ name: column.name })), complete: true, placed: true }
    : null;
}

function sourceName(sql: SqlTokens, from: Range | null): string | null {
  if (!from || isSign(sql, from.from, '(')) return null;
  let at = from.from;
  while (nameAt(sql, at) !== null && isSign(sql, at + 1, '.')) at += 2;
  return isSign(sql, at + 1, '(') ? null : nameAt(sql, at);
}

/** Takes out of closed sets what the WHERE clause's AND-ed parts exclude (`flag_status != 'NORMAL'`). */
function narrow(sql: SqlTokens, where: Range, sources: readonly Source[]): readonly Source[] {
  let or = false;
  let betweens = 0;
  topLevel(sql, where, ({ kind, text }) => {
    if (kind === 'word' && (text === 'OR' || text === 'XOR')) or = true;
    if (kind === 'word' && text === 'BETWEEN') betweens++;
  });
  if (or) return sources;
  let between = false;
  const parts = splitAt(sql, where, ({ kind, text }) => {
    if (kind !== 'word') return false;
    if (text === 'BETWEEN') between = true;
    if (text !== 'AND') return false;
    const cuts = !between;
    between = false;
    return cuts;
  });
  if (betweens > 200) return sources;
  return parts.reduce<readonly Source[]>((before, part) => {
    const demand = readDemand(sql, part);
    if (!demand) return before;
    const target = lookUp(demand, before);
    if (!target?.values) return before;
    const values = target.values.filter((value) => demand.values.includes(value) === demand.keeps);
    return before.map((source) => replaceColumn(source, target, values));
  }, sources);
}

function replaceColumn(source: Source, target: ColumnFacts, values: readonly string[]): Source {
  if (!source.table?.columns.includes(target)) return source;
  const { elseValue, ...rest } = target;
  const kept = elseValue !== undefined && values.includes(elseValue) ? { elseValue } : {};
  const columns = source.table.columns.map((column) => (column === target ? { ...rest, ...kept, values } : column));
  return { ...source, table: { ...source.table, columns } };
}

interface Demand {
  readonly qualifier: string | null;
  readonly name: string;
  readonly values: readonly string[];
  readonly keeps: boolean;
}

/** `col = 'X'`, `col <> 'X'`, `col IN ('X', 'Y')`, `col NOT IN (…)`; null for any other condition. */
function readDemand(sql: SqlTokens, { from, to }: Range): Demand | null {
  const last = sql.tokens[to - 1];
  if (last?.kind === 'string' && !last.text.includes('{')) {
    const sign = sql.tokens[to - 2];
    const reference = columnReference(sql, { from, to: to - 2 });
    if (!reference || sign?.kind !== 'symbol' || !['=', '!=', '<>'].includes(sign.text)) return null;
    return { ...reference, values: [last.text], keeps: sign.text === '=' };
  }
  const start = isSign(sql, to - 1, ')') ? (sql.partner[to - 1] ?? -1) : -1;
  if (start < 0 || !isWord(sql, start - 1, 'IN')) return null;
  const keeps = !isWord(sql, start - 2, 'NOT');
  const reference = columnReference(sql, { from, to: keeps ? start - 1 : start - 2 });
  const values = splitAt(
    sql,
    { from: start + 1, to: to - 1 },
    ({ text, kind }) => kind === 'symbol' && text === ',',
  ).map((part) => (part.to - part.from === 1 ? sql.tokens[part.from] : undefined));
  if (!reference || values.some((value) => value?.kind !== 'string' || value.text.includes('{'))) return null;
  return { ...reference, values: values.map((value) => value?.text ?? ''), keeps };
}

const aggregateNames = new Set(
  'COUNT SUM AVG MIN MAX STDDEV STDDEV_POP STDDEV_SAMP VARIANCE PERCENTILE_CONT PERCENTILE_DISC MEDIAN QUANTILE APPROX_COUNT_DISTINCT STRING_AGG ARRAY_AGG BOOL_AND BOOL_OR'.split(
    ' ',
  ),
);

/** True when a select item aggregates over all rows: an aggregate call without OVER, outside subqueries. */
function aggregated(sql: SqlTokens, { from, to }: Range): boolean {
  for (let index = from; index < to; index++) {
    const close = sql.partner[index] ?? -1;
    if (isSign(sql, index, '(') && (isWord(sql, index + 1, 'SELECT') || isWord(sql, index + 1, 'WITH'))) {
      index = Math.max(close, index);
      continue;
    }
    const token = sql.tokens[index];
    if (token?.kind !== 'word' || !aggregateNames.has(token.text) || !isSign(sql, index + 1, '(')) continue;
    let after = (sql.partner[index + 1] ?? index + 1) + 1;
    if (isWord(sql, after, 'WITHIN')) after = (sql.partner[after + 2] ?? after) + 1;
    if (isWord(sql, after, 'FILTER')) after = (sql.partner[after + 1] ?? after) + 1;
    if (!isWord(sql, after, 'OVER')) return true;
    index = after;
  }
  return false;
}
