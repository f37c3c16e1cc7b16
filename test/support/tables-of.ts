// The tables that a database tool lists, in a form that is short to compare with.
import { strict as assert } from 'node:assert';
import type { ActionFailure, ToolSchema } from '../../src/run/index.ts';

/** Columns as `name type`, by table; a table that needs its schema stands as `schema.table`. */
export function tablesOf(listed: ToolSchema | ActionFailure | undefined): Record<string, string[]> {
  assert.ok(listed && 'kind' in listed && listed.kind === 'tables', JSON.stringify(listed));
  return Object.fromEntries(
    listed.tables.map(({ name, schema, columns }) => [
      schema === undefined ? name : `${schema}.${name}`,
      columns.map((column) => `${column.name} ${column.type}`),
    ]),
  );
}

/** The schemas of tables that their names alone reach, each once. */
export function homesOf(listed: ToolSchema | ActionFailure | undefined): string[] {
  assert.ok(listed && 'kind' in listed && listed.kind === 'tables', JSON.stringify(listed));
  return [...new Set(listed.tables.flatMap(({ home }) => home ?? []))];
}
