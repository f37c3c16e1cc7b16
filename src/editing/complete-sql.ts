// Completion inside of SQL: tables where one belongs, columns of the tables in reach, the words that go on, and in an open text
// the values that its column had in the last run. Tables come from the tool; without one the query's own text still names some.
import { shapeOfSql, findTable, type SchemaTable, type ToolSchema } from '../guard/index.ts';
import type { Span } from '../base/index.ts';
import type { LastColumn } from './complete-guard.ts';
import type { Completion } from './completion.ts';
import { quotedName, sqlName, type Dialect } from './sql-names.ts';
import { sqlAt, type SqlAtCursor, type TextAtCursor } from './sql-pieces.ts';
import { scopeOf, type SqlScope, type SqlSource } from './sql-scope.ts';

/** What is known of the database that a block asks. */
export interface SqlAbout {
  readonly dialect: Dialect;
  readonly schema?: ToolSchema | undefined;
  /** Columns of the block's latest result. */
  readonly last?: readonly LastColumn[] | undefined;
  /** True when a person asked or typed a word. */
  readonly asked: boolean;
}

/** Columns of tables that no FROM names yet, at most. */
const mostUnbound = 300;

/** `code` is the whole block, `offset` the cursor in it, `from` the block's place in the text. */
export function completeSql(code: string, offset: number, from: number, about: SqlAbout): Completion[] {
  const at = sqlAt(code, offset, about.dialect);
  if (at?.kind === 'text')
    return valuesAt(at, code.slice(offset), { start: from + at.start, end: from + offset }, about);
  const scope = at && scopeOf(at.statement);
  if (!at || !scope) return [];
  if (!about.asked && !asksByItself(at, scope)) return [];
  const span = { start: from + at.start, end: from + at.end };
  return offersAt({ at, scope, about }).map((offer) => ({ ...offer, span }));
}

/** Where a blank or a dot is reason enough to offer something. */
function asksByItself({ qualifiers, start, end, quote }: SqlAtCursor, { place, word }: SqlScope): boolean {
  if (qualifiers.length > 0 || quote !== '' || place === 'names') return true;
  return start === end && word !== '' && (place === 'table' || place === 'column');
}

type Offer = Omit<Completion, 'span'>;

interface Here {
  readonly at: SqlAtCursor;
  readonly scope: SqlScope;
  readonly about: SqlAbout;
}

function offersAt(here: Here): Offer[] {
  const { place } = here.scope;
  if (here.at.qualifiers.length > 0) return qualified(here);
  const words = here.about.asked && here.at.quote === '' ? wordsAt(here) : [];
  switch (place) {
    case 'table':
      return [...namedQueries(here), ...tables(here, null)];
    case 'column':
      return [...columnsInReach(here), ...words];
    case 'names':
      return columnsOf(here, inReach(here), here.scope.clause === 'USING' ? 'shared' : 'all');
    case 'start':
    case 'after':
      return words;
  }
}

/** Behind a dot: columns of a source, or tables of a schema. */
function qualified(here: Here): Offer[] {
  const { qualifiers } = here.at;
  const [owner, name] = [qualifiers.at(-2) ?? null, qualifiers.at(-1) ?? ''];
  if (here.scope.place === 'table') return owner === null ? tables(here, name) : [];
  const source = here.scope.levels
    .flat()
    .find(({ alias, table }) =>
      owner === null ? same(alias, name) : same(table?.name, name) && same(table?.owner, owner),
    );
  if (source) return orLast(here, columnsOf(here, [source]));
  const table = findTable(here.about.schema, name, owner);
  return table ? listed(here, table.columns) : [];
}

function tables(here: Here, schema: string | null): Offer[] {
  const listed = listedTables(here);
  if (schema !== null)
    return listed.filter((table) => same(table.schema ?? table.home, schema)).map((table) => tableOffer(here, table));
  const owners = new Set(listed.flatMap((table) => table.schema ?? []));
  return [
    ...listed.map((table) => tableOffer(here, table, true)),
    ...[...owners].map((owner): Offer => nameOffer(here, 'table', owner, 'schema')),
  ];
}

function tableOffer(here: Here, { name, schema, columns }: SchemaTable, qualified = false): Offer {
  const count = columns.length;
  const offer = nameOffer(here, 'table', name, `${String(count)} ${count === 1 ? 'column' : 'columns'}`);
  if (!qualified || schema === undefined || here.at.quote !== '') return offer;
  const { dialect } = here.about;
  return { ...offer, label: `${schema}.${name}`, insert: `${sqlName(schema, dialect)}.${offer.insert}` };
}

function namedQueries(here: Here): Offer[] {
  return here.scope.ctes.map(({ name }) => nameOffer(here, 'table', name, 'from WITH'));
}

/** The tables that the innermost query names; for USING and INSERT that is all there can be. */
function inReach(here: Here): readonly SqlSource[] {
  return here.scope.levels[0] ?? [];
}

function columnsInReach(here: Here): Offer[] {
  const { levels, clause, itemNames } = here.scope;
  const sources = inReach(here);
  const own = ['GROUP', 'ORDER', 'HAVING', 'QUALIFY'].includes(clause)
    ? itemNames.map((name) => nameOffer(here, 'column', name, 'of this query'))
    : [];
  const outer = levels
    .slice(1)
    .flat()
    .flatMap((source) => columnsOf(here, [source]).map((offer) => withPrefix(here, offer, source)));
  const found = [...own, ...(sources.length > 0 ? columnsOf(here, sources, 'apart') : unbound(here)), ...outer];
  return orLast(here, withoutDoubles(found));
}

/** `apart`: columns that several sources have get the source's name before them; `shared`: they alone are wanted. */
function columnsOf(here: Here, sources: readonly SqlSource[], which: 'all' | 'apart' | 'shared' = 'all'): Offer[] {
  const lists = sources.map((source) => ({ source, columns: columnsOfSource(here, source) }));
  const counts = new Map<string, number>();
  for (const { columns } of lists)
    for (const { name } of columns) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  const several = sources.length > 1;
  const isShared = ({ name }: { readonly name: string }): boolean => (counts.get(name.toLowerCase()) ?? 0) > 1;
  const offers = lists.flatMap(({ source, columns }) =>
    columns
      .filter((column) => which !== 'shared' || isShared(column))
      .map((column): Offer => {
        const parts = [several ? source.alias : null, column.detail].filter((part) => part !== null && part !== '');
        const detail = parts.join(': ');
        const offer = nameOffer(here, 'column', column.name, which === 'shared' ? '' : detail);
        return which === 'apart' && isShared(column) ? withPrefix(here, offer, source) : offer;
      }),
  );
  return withoutDoubles(offers);
}

function withPrefix(here: Here, offer: Offer, { alias }: SqlSource): Offer {
  if (alias === null || here.at.quote !== '') return offer;
  return {
    ...offer,
    label: `${alias}.${offer.label}`,
    insert: `${sqlName(alias, here.about.dialect)}.${offer.insert}`,
  };
}

function columnsOfSource(
  here: Here,
  { table, query }: SqlSource,
): readonly { readonly name: string; readonly detail: string }[] {
  const { schema } = here.about;
  const { ctes } = here.scope;
  const named = table?.owner === null ? ctes.findLast(({ name }) => same(name, table.name)) : undefined;
  if (table && !named) {
    // A table written with the name of its schema may be one that is reached without it.
    const found = findTable(schema, table.name, table.owner) ?? findTable(schema, table.name, null);
    return (found?.columns ?? []).map(({ name, type }) => ({ name, detail: type.toLowerCase() }));
  }
  const what = named ? named.name : query === null ? null : `(${query}) x`;
  if (what === null) return [];
  const first = ctes.length > 0 ? `WITH ${ctes.map(({ text }) => text).join(', ')} ` : '';
  const { columns } = shapeOfSql(
    `${first}SELECT * FROM ${named ? quotedName(what, 'duckdb') : what}`,
    schema ?? noTables,
  );
  return (columns ?? []).map(({ name }) => ({ name, detail: '' }));
}

/** Before there is a FROM, every table's columns may be meant. */
function unbound(here: Here): Offer[] {
  const tables = listedTables(here).filter(({ schema }) => schema === undefined);
  const count = tables.reduce((sum, { columns }) => sum + columns.length, 0);
  if (count > mostUnbound) return [];
  return tables.flatMap((table) => table.columns.map(({ name }) => nameOffer(here, 'column', name, table.name)));
}

/** Where no table is known, what the block gave when it ran last. */
function orLast(here: Here, offers: Offer[]): Offer[] {
  if (offers.length > 0) return offers;
  return (here.about.last ?? []).map(({ name }) => nameOffer(here, 'column', name, 'in the latest result'));
}

function listed(here: Here, columns: SchemaTable['columns']): Offer[] {
  return columns.map(({ name, type }) => nameOffer(here, 'column', name, type.toLowerCase()));
}

function listedTables(here: Here): readonly SchemaTable[] {
  const { schema } = here.about;
  return schema?.kind === 'tables' ? schema.tables : [];
}

function nameOffer(here: Here, kind: 'table' | 'column', name: string, detail: string): Offer {
  const { dialect } = here.about;
  const { quote } = here.at;
  const insert = quote === '' ? sqlName(name, dialect) : quotedName(name, dialect);
  const told = detail === '' ? {} : { detail };
  return { kind, label: name, insert, ...told, ...(quote !== '' && { filter: `${quote}${name}` }) };
}

function wordsAt(here: Here): Offer[] {
  const { small } = here.scope;
  return wordsFor(here.scope, here.about.dialect).map((word): Offer => {
    const written = small ? word.toLowerCase() : word;
    return { kind: 'keyword', label: written, insert: written };
  });
}

const noTables: ToolSchema = { kind: 'tables', dialect: 'duckdb', tables: [] };

function same(one: string | null | undefined, other: string | null | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase() && typeof one === 'string';
}

function withoutDoubles(offers: readonly Offer[]): Offer[] {
  const seen = new Set<string>();
  return offers.filter(({ insert }) => !seen.has(insert) && seen.add(insert));
}

/** Few, and only those that can stand there. */
function wordsFor({ place, clause, word, inCase, levels }: SqlScope, dialect: Dialect): readonly string[] {
  if (place === 'start') return ['SELECT', 'WITH'];
  if (place === 'column') {
    if (word === 'CASE') return ['WHEN'];
    if (word === 'SELECT') return ['DISTINCT', 'CASE'];
    return ['WHERE', 'ON', 'HAVING', 'QUALIFY'].includes(clause) ? ['CASE', 'NOT'] : ['CASE'];
  }
  const cases = inCase ? ['WHEN', 'THEN', 'ELSE', 'END'] : [];
  const end = ['ORDER BY', 'LIMIT'];
  const like = dialect === 'mysql' ? ['LIKE'] : ['LIKE', 'ILIKE'];
  const tests = ['AND', 'OR', 'IN', ...like, 'BETWEEN', 'IS NULL', 'IS NOT NULL'];
  const qualify = dialect === 'duckdb' ? ['QUALIFY'] : [];
  switch (clause) {
    case 'SELECT':
      return [...cases, 'FROM', 'AS'];
    case 'FROM':
    case 'USING':
      return ['WHERE', 'JOIN', 'LEFT JOIN', 'GROUP BY', ...end, ...(levels[0]?.length ? ['AS'] : [])];
    case 'JOIN':
      return ['ON', 'USING', 'AS'];
    case 'ON':
      return [...cases, ...tests, 'WHERE', 'JOIN', 'LEFT JOIN', 'GROUP BY', ...end];
    case 'WHERE':
      return [...cases, ...tests, 'GROUP BY', ...end];
    case 'GROUP':
      return word === 'GROUP' ? ['BY'] : ['HAVING', ...qualify, ...end];
    case 'HAVING':
    case 'QUALIFY':
      return [...cases, ...tests, ...end];
    case 'ORDER':
      return word === 'ORDER' ? ['BY'] : ['DESC', 'ASC', ...(dialect === 'mysql' ? [] : ['NULLS LAST']), 'LIMIT'];
    case 'UPDATE':
      return ['SET'];
    case 'SET':
      return ['WHERE'];
    default:
      return [];
  }
}

/** `status = '…`: what stood in that column. */
function valuesAt({ before }: TextAtCursor, rest: string, span: Span, { last }: SqlAbout): Completion[] {
  const list = before.findLastIndex((one) => one === '(');
  const inList =
    before[list - 1]?.toUpperCase() === 'IN' &&
    before.slice(list + 1).every((one) => one === ',' || one.startsWith("'"));
  const operator = inList ? list - 1 : before.length - 1;
  const compares = inList || /^(?:=|<|>|like|ilike)$/i.test(before[operator] ?? '');
  if (!compares) return [];
  let at = operator - 1;
  while (/^(?:!|<|not)$/i.test(before[at] ?? '')) at--;
  const column = (before[at] ?? '').replace(/^["`]|["`]$/g, '');
  const values = last?.find(({ name }) => same(name, column))?.values ?? [];
  const closes = /^[^'\n]*'/.test(rest) ? '' : "'";
  return values.map((label) => ({
    kind: 'value',
    label,
    detail: 'in the latest result',
    insert: `${label.replaceAll("'", "''")}${closes}`,
    span,
  }));
}
