// What a tool says its connection holds: the tables of a database, the metrics of a server. It serves completion and the
// shape of a query's result; nothing is decided by it.

/** One column, with the database's own word for its type. */
export interface SchemaColumn {
  readonly name: string;
  readonly type: string;
}

/** A table or view. */
export interface SchemaTable {
  readonly name: string;
  /** Where it lies, when its name alone would not reach it. */
  readonly schema?: string;
  /** Where it lies, when its name alone reaches it: `public`. Absent where the database does not say. */
  readonly home?: string;
  readonly columns: readonly SchemaColumn[];
}

/** One metric; `help` is what its exporter says of it. */
export interface SchemaMetric {
  readonly name: string;
  readonly help?: string;
}

/** What a connection holds, as names only. `dialect` says how they are quoted. */
export type ToolSchema =
  | {
      readonly kind: 'tables';
      readonly dialect: 'duckdb' | 'postgres' | 'mysql';
      readonly tables: readonly SchemaTable[];
    }
  | { readonly kind: 'metrics'; readonly metrics: readonly SchemaMetric[]; readonly labels: readonly string[] };

/** The table that a query's `name` or `schema.name` means; undefined when there is none. */
export function findTable(schema: ToolSchema | undefined, name: string, owner: string | null): SchemaTable | undefined {
  if (schema?.kind !== 'tables') return undefined;
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  const named = schema.tables.filter((table) => same(table.name, name));
  if (owner === null) return named.find((table) => table.schema === undefined);
  return named.find(({ schema, home }) => same(schema ?? home ?? '', owner));
}
