// Copies the tables of a SQLite file into DuckDB. SQLite's columns hold values of any type, so each column's type is
// taken from the values it really has; declared timestamps and dates become such when every value can.
import { openSync, readSync, closeSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import type * as NodeSqlite from 'node-sqlite3-wasm';
import { quoteName } from './quote-name.ts';

/** Copies every table whose name is not taken; throws when the file is not a SQLite database. */
export async function loadSqlite(
  connection: DuckDBConnection,
  file: string,
  taken: ReadonlySet<string>,
): Promise<readonly string[]> {
  if (!beginsLikeSqlite(file)) throw new Error('it is not a SQLite database.');
  const { default: sqlite } = await import('node-sqlite3-wasm');
  const database = new sqlite.Database(file, { readOnly: true, fileMustExist: true });
  const made: string[] = [];
  try {
    const tables = database.all(
      "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name",
    );
    for (const row of tables) {
      const table = String((row as { name: unknown }).name);
      if (taken.has(table)) continue;
      const columns = columnsOf(database, table);
      const definition = columns.map(({ name, type }) => `${quoteName(name)} ${type}`).join(', ');
      await connection.run(`CREATE TABLE ${quoteName(table)} (${definition})`);
      await copyRows(connection, database, table, columns);
      for (const { name, wanted } of columns) {
        if (!wanted) continue;
        const column = quoteName(name);
        // Values that are no times leave the column as text.
        await connection.run(`ALTER TABLE ${quoteName(table)} ALTER ${column} TYPE ${wanted}`).catch(() => undefined);
      }
      made.push(table);
    }
  } finally {
    database.close();
  }
  return made;
}

type Database = InstanceType<(typeof NodeSqlite)['Database']>;

interface CopiedColumn {
  readonly name: string;
  readonly type: 'BIGINT' | 'DOUBLE' | 'VARCHAR' | 'BLOB';
  /** The type to try once all rows are there. */
  readonly wanted?: 'TIMESTAMP' | 'DATE';
}

function columnsOf(database: Database, table: string): readonly CopiedColumn[] {
  const described = database.all(`SELECT name, type FROM pragma_table_info(${quoteText(table)})`);
  return described.map((row) => {
    const { name, type: declared } = row as unknown as { name: string; type: string };
    const kinds = database.all(`SELECT DISTINCT typeof(${quoteName(name)}) AS t FROM ${quoteName(table)}`);
    const found = new Set(kinds.map((kind) => String((kind as { t: unknown }).t)));
    found.delete('null');
    const only = (...types: string[]): boolean => found.size > 0 && [...found].every((type) => types.includes(type));
    if (only('integer')) return { name, type: 'BIGINT' };
    if (only('integer', 'real')) return { name, type: 'DOUBLE' };
    if (only('blob')) return { name, type: 'BLOB' };
    if (found.size === 0 && /int|bool/i.test(declared)) return { name, type: 'BIGINT' };
    if (found.size === 0 && /real|floa|doub|num|dec/i.test(declared)) return { name, type: 'DOUBLE' };
    if (/timestamp|datetime/i.test(declared)) return { name, type: 'VARCHAR', wanted: 'TIMESTAMP' };
    if (/^date$/i.test(declared)) return { name, type: 'VARCHAR', wanted: 'DATE' };
    return { name, type: 'VARCHAR' };
  });
}

async function copyRows(
  connection: DuckDBConnection,
  database: Database,
  table: string,
  columns: readonly CopiedColumn[],
): Promise<void> {
  const appender = await connection.createAppender(table);
  const statement = database.prepare(`SELECT * FROM ${quoteName(table)}`);
  try {
    for (const row of statement.iterate()) {
      for (const { name, type } of columns) {
        const value = (row as Record<string, unknown>)[name];
        if (value === null || value === undefined) appender.appendNull();
        else if (type === 'BIGINT') appender.appendBigInt(BigInt(value as number | bigint));
        else if (type === 'DOUBLE') appender.appendDouble(Number(value));
        else if (type === 'BLOB') appender.appendBlob(value as Uint8Array);
        else appender.appendVarchar(value instanceof Uint8Array ? `(binary, ${value.length} bytes)` : String(value));
      }
      appender.endRow();
    }
    appender.flushSync();
  } finally {
    statement.finalize();
    appender.closeSync();
  }
}

function beginsLikeSqlite(file: string): boolean {
  const head = Buffer.alloc(16);
  const handle = openSync(file, 'r');
  try {
    const length = readSync(handle, head, 0, 16, 0);
    return length === 0 || head.toString('latin1') === 'SQLite format 3\0';
  } finally {
    closeSync(handle);
  }
}

const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
