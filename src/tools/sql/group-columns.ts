// Makes tables of the flat list of columns that every database gives of itself.
import type { ToolSchema } from '../../run/index.ts';

/** More columns than this are not listed: nobody reads on that far, and the list must stay light. */
export const mostColumns = 20_000;

/**
 * One column as a database lists it. `owner` is the schema of a table that its name alone would not reach, else null, and then `home`
 * is the schema of the table.
 */
export interface ListedColumn {
  readonly home: string | null;
  readonly owner: string | null;
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** The tables, in the order in which their first columns come. */
export function groupColumns(
  dialect: Extract<ToolSchema, { kind: 'tables' }>['dialect'],
  columns: readonly ListedColumn[],
): ToolSchema {
  const tables = new Map<string, Table>();
  for (const { owner, home, table, column, type } of columns) {
    const key = JSON.stringify([owner, table]);
    const known = tables.get(key) ?? {
      name: table,
      ...(owner !== null ? { schema: owner } : home !== null && { home }),
      columns: [],
    };
    known.columns.push({ name: column, type });
    tables.set(key, known);
  }
  return { kind: 'tables', dialect, tables: [...tables.values()] };
}

interface Table {
  readonly name: string;
  readonly schema?: string;
  readonly home?: string;
  readonly columns: { name: string; type: string }[];
}
