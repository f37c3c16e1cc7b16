// Loads data files into the worker's in-memory database: a table for each file of a folder, or the tables of a database
// file. A file that cannot be read is a fault that names it; the others still load.
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { databaseMessage } from './database-error.ts';
import { betterJson } from './json-types.ts';
import { betterTypes, quoteText, readCsv } from './csv-types.ts';
import { loadSqlite } from './load-sqlite.ts';
import { quoteName } from './quote-name.ts';

export interface LoadedData {
  readonly tables: readonly string[];
  /** One sentence for each file that could not be read. */
  readonly faults: readonly Fault[];
}

export interface Fault {
  /** The table that is missing because of it. */
  readonly table: string;
  readonly message: string;
}

type Format = 'csv' | 'parquet' | 'json' | 'sqlite' | 'duckdb';

const formats: readonly (readonly [RegExp, Format])[] = [
  [/\.(csv|tsv)(\.gz|\.zst)?$/i, 'csv'],
  [/\.parquet$/i, 'parquet'],
  [/\.(json|jsonl|ndjson)(\.gz|\.zst)?$/i, 'json'],
  [/\.(db|sqlite|sqlite3)$/i, 'sqlite'],
  [/\.(duckdb|ddb)$/i, 'duckdb'],
];

/** Loads a folder or one file. Throws with a sentence for people when there is nothing at `path`. */
export async function loadData(connection: DuckDBConnection, path: string, shown: string): Promise<LoadedData> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat)
    throw new Error(`The data \`${shown}\` does not exist; expected a folder of data files or a database file.`);
  const files = stat.isDirectory()
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
        .map((entry) => join(path, entry.name))
        .sort()
    : [path];
  const tables: string[] = [];
  const faults: Fault[] = [];
  for (const file of files) {
    const [pattern, format] = formats.find(([candidate]) => candidate.test(file)) ?? [];
    if (!pattern || !format) {
      if (!stat.isDirectory())
        throw new Error(
          `The data \`${shown}\` is not of a kind that can be read; expected CSV, Parquet, JSON, SQLite or DuckDB.`,
        );
      continue;
    }
    const table = basename(file).replace(pattern, '');
    try {
      const made = await loadFile(connection, file, format, table, new Set(tables));
      tables.push(...made);
    } catch (error) {
      faults.push({
        table,
        message: `\`${basename(file)}\` could not be read: ${databaseMessage(error).message.replaceAll(file, basename(file))}`,
      });
    }
  }
  return { tables, faults };
}

async function loadFile(
  connection: DuckDBConnection,
  file: string,
  format: Format,
  table: string,
  taken: ReadonlySet<string>,
): Promise<readonly string[]> {
  const path = quoteText(file);
  const create = async (source: string): Promise<readonly string[]> => {
    if (taken.has(table)) throw new Error(`another file already gives the table \`${table}\`.`);
    await connection.run(`CREATE TABLE ${quoteName(table)} AS SELECT * FROM ${source}`);
    return [table];
  };
  switch (format) {
    case 'csv': {
      if (statSync(file).size === 0) throw new Error('the file is empty.');
      const made = await create(readCsv(path));
      const better = await betterTypes(connection, path, table);
      if (better.length === 0) return made;
      const types = better.map(([column, type]) => `${quoteText(column)}: '${type}'`);
      await connection.run(
        `CREATE OR REPLACE TABLE ${quoteName(table)} AS SELECT * FROM ${readCsv(path, `types = {${types.join(', ')}}`)}`,
      );
      return made;
    }
    case 'parquet':
      return create(`read_parquet(${path})`);
    case 'json': {
      const made = await create(`read_json(${path})`);
      const better = await betterJson(connection, path, table);
      if (better !== null)
        await connection.run(`CREATE OR REPLACE TABLE ${quoteName(table)} AS SELECT * FROM ${better}`);
      return made;
    }
    case 'sqlite':
      return loadSqlite(connection, file, taken);
    case 'duckdb':
      return attach(connection, path, table, taken);
  }
}

/** A DuckDB file is attached read only; views give its tables their plain names. */
async function attach(connection: DuckDBConnection, path: string, name: string, taken: ReadonlySet<string>) {
  const catalog = quoteName(`file ${name}`);
  await connection.run(`ATTACH ${path} AS ${catalog} (READ_ONLY)`);
  const found = await connection.runAndReadAll(
    `SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = $1
     UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = $1 AND NOT internal ORDER BY ALL`,
    [`file ${name}`],
  );
  const made: string[] = [];
  for (const [schema, table] of found.getRowsJson()) {
    const plain = String(table);
    if (taken.has(plain) || made.includes(plain)) continue;
    await connection.run(
      `CREATE VIEW ${quoteName(plain)} AS SELECT * FROM ${catalog}.${quoteName(String(schema))}.${quoteName(plain)}`,
    );
    made.push(plain);
  }
  return made;
}
