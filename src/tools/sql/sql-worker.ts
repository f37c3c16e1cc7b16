// The worker process that holds the embedded database. It loads the data once, then locks the engine's configuration
// with access to files and network off, and answers requests until its parent goes away. A crash here is one failed step.
import { classifySql } from '../../effect/index.ts';
import { rmSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection, type DuckDBPreparedStatement } from '@duckdb/node-api';
import type { Json } from '../../base/index.ts';
import type { Column } from '../../run/index.ts';
import type { BoundStatement } from './bind-sql.ts';
import { databaseMessage, toTextOffset } from './database-error.ts';
import { mostColumns, type ListedColumn } from './group-columns.ts';
import { toJsonValue } from './json-values.ts';
import { loadData, type LoadedData } from './load-data.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';

/** Characters of text kept of one result, so that wide rows cannot fill the memory of whoever asked. */
const largestResult = 16_000_000;
/** How long rows beyond the cap are counted. */
const countingMs = 2000;

const explainPrefix = 'EXPLAIN ';

interface Opened {
  readonly instance: DuckDBInstance;
  readonly data: LoadedData;
}

let opening: Promise<Opened> | undefined;
let scratch: string | undefined;
const running = new Map<number, { connection?: DuckDBConnection; cancelled: boolean }>();

process.on('message', (message: ToWorker) => {
  if (message.kind === 'open') {
    scratch = message.options.scratch;
    opening = open(message.options);
    opening.catch(() => undefined);
  } else if (message.kind === 'cancel') {
    const request = running.get(message.id);
    if (request) request.cancelled = true;
    request?.connection?.interrupt();
  } else void answer(message);
});
// The parent is gone or has let go of us: nothing of ours stays behind.
process.on('disconnect', () => {
  if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
  // A query that runs in the engine's threads could hold an orderly exit up.
  process.kill(process.pid, 'SIGKILL');
});

type Request = Exclude<ToWorker, { kind: 'open' | 'cancel' }>;

async function answer(request: Request): Promise<void> {
  const state: { connection?: DuckDBConnection; cancelled: boolean } = { cancelled: false };
  running.set(request.id, state);
  let reply: FromWorker;
  try {
    if (!opening) throw new Error('Internal error: the worker was asked before it was opened');
    const { instance, data } = await opening;
    if (request.kind === 'describe') {
      reply = {
        kind: 'described',
        id: request.id,
        tables: data.tables,
        faults: data.faults.map(({ message }) => message),
      };
    } else {
      const connection = await instance.connect();
      state.connection = connection;
      try {
        switch (request.kind) {
          case 'explain':
            reply = await explain(connection, request, data);
            break;
          case 'perform':
            reply = await perform(connection, request, data, state);
            break;
          case 'schema':
            reply = { kind: 'schema', id: request.id, columns: await listColumns(connection) };
        }
      } finally {
        connection.closeSync();
      }
    }
  } catch (error) {
    reply = { kind: 'unavailable', id: request.id, message: databaseMessage(error).message };
  }
  running.delete(request.id);
  process.send?.(reply);
}

async function open(options: WorkerOptions): Promise<Opened> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${options.memoryBytes}B`,
    threads: String(options.threads),
    temp_directory: options.scratch,
    max_temp_directory_size: `${options.memoryBytes * 4}B`,
    errors_as_json: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const data = await loadData(connection, options.data, options.shownData);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  connection.closeSync();
  return { instance, data };
}

/** Columns of the tables that were loaded, and of the views that stand for an attached file's. */
async function listColumns(connection: DuckDBConnection): Promise<readonly ListedColumn[]> {
  const found = await connection.runAndReadAll(
    `SELECT table_name, column_name, data_type FROM duckdb_columns()
     WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal
     ORDER BY table_name, column_index LIMIT ${mostColumns}`,
  );
  return found.getRowsJson().map(([table, column, type]) => ({
    owner: null,
    home: 'main',
    table: String(table),
    column: String(column),
    type: String(type),
  }));
}

async function explain(
  connection: DuckDBConnection,
  request: Request & { kind: 'explain' },
  data: LoadedData,
): Promise<FromWorker> {
  let columns: readonly Column[] | undefined;
  const notes: string[] = [];
  for (const [index, statement] of request.statements.entries()) {
    let prefix = 0;
    try {
      const prepared = await connection.prepare(statement.sql);
      columns = preparedColumns(prepared);
      bind(prepared, statement);
      prepared.destroySync();
      // EXPLAIN binds the values too, so that a value of the wrong type is found; it does not run the statement.
      prefix = explainPrefix.length;
      const asked = await connection.prepare(`${explainPrefix}${statement.sql}`);
      bind(asked, statement);
      await asked.run();
    } catch (error) {
      return refusal(request.id, error, index, statement, data, prefix);
    }
    const left = request.statements.length - index - 1;
    if (left > 0 && classifySql(statement.sql).effect !== 'read') {
      notes.push(
        `${left === 1 ? 'One later statement was' : `${left} later statements were`} not explained: they may need what statement ${index + 1} does.`,
      );
      columns = undefined;
      break;
    }
  }
  return { kind: 'accepted', id: request.id, ...(columns && { columns }), notes };
}

/** The columns as far as the database knows them before values are bound. */
function preparedColumns(prepared: DuckDBPreparedStatement): readonly Column[] | undefined {
  const columns: Column[] = [];
  for (let i = 0; i < prepared.columnCount; i++) {
    // Type 0 means that it depends on a value.
    const type = prepared.columnTypeId(i) === 0 ? 'unknown' : prepared.columnType(i).toString();
    columns.push({ name: prepared.columnName(i), type });
  }
  return columns.length > 0 ? columns : undefined;
}

async function perform(
  connection: DuckDBConnection,
  request: Request & { kind: 'perform' },
  data: LoadedData,
  state: { readonly cancelled: boolean },
): Promise<FromWorker> {
  let last: FromWorker = { kind: 'result', id: request.id, columns: [], rows: [], rowCount: 0, notes: [] };
  for (const [index, statement] of request.statements.entries()) {
    try {
      const prepared = await connection.prepare(statement.sql);
      bind(prepared, statement);
      last = await read(prepared, request, state);
    } catch (error) {
      return refusal(request.id, error, index, statement, data, 0);
    }
  }
  return last;
}

async function read(
  prepared: DuckDBPreparedStatement,
  request: Request & { kind: 'perform' },
  state: { readonly cancelled: boolean },
): Promise<FromWorker> {
  const result = await prepared.stream();
  const names = result.deduplicatedColumnNames();
  const columns = names.map((name, i) => ({ name, type: result.columnType(i).toString() }));
  const rows: Record<string, Json>[] = [];
  const notes: string[] = [];
  let count = 0;
  let size = 0;
  let cut = false;
  let keeping = true;
  let stopCounting = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    count += chunk.rowCount;
    if (keeping)
      for (const values of chunk.getRows()) {
        if (rows.length >= request.maxRows || size > largestResult) {
          keeping = false;
          break;
        }
        const row: Record<string, Json> = {};
        for (const [i, name] of names.entries()) {
          const value = toJsonValue(values[i] ?? null, () => (cut = true));
          size +=
            typeof value === 'string'
              ? value.length
              : value !== null && typeof value === 'object'
                ? JSON.stringify(value).length
                : 8;
          row[name] = value;
        }
        rows.push(row);
      }
    if (keeping) continue;
    if (stopCounting === 0) stopCounting = Date.now() + countingMs;
    if (Date.now() > stopCounting || state.cancelled) {
      notes.push(`There are more rows; counting stopped at ${count.toLocaleString('en-US')}.`);
      break;
    }
  }
  if (rows.length < count)
    notes.unshift(
      `Only the first ${rows.length.toLocaleString('en-US')} of ${count.toLocaleString('en-US')} rows are kept${size > largestResult ? ', because they are very large' : ''}.`,
    );
  if (cut) notes.push('Long texts were shortened.');
  return { kind: 'result', id: request.id, columns, rows, rowCount: count, notes };
}

function bind(prepared: DuckDBPreparedStatement, statement: BoundStatement): void {
  for (const [i, value] of statement.values.entries()) {
    if (typeof value === 'string') prepared.bindVarchar(i + 1, value);
    else if (typeof value === 'boolean') prepared.bindBoolean(i + 1, value);
    else if (Number.isSafeInteger(value)) prepared.bindBigInt(i + 1, BigInt(value));
    else prepared.bindDouble(i + 1, value);
  }
}

/** A refusal with its place; `prefix` is what was put before the statement when the error arose there. */
function refusal(
  id: number,
  error: unknown,
  statement: number,
  { sql }: BoundStatement,
  data: LoadedData,
  prefix: number,
): FromWorker {
  const { message, byteOffset } = databaseMessage(error);
  const lost = data.faults.find(({ table }) =>
    new RegExp(`\\bname "?${escapeRegExp(table)}"? does not exist`, 'i').test(message),
  );
  const told = lost ? `${message}\n${lost.message}` : message;
  const offset = byteOffset === undefined ? undefined : toTextOffset(sql, Math.max(0, byteOffset - prefix));
  return { kind: 'refused', id, message: told, statement, ...(offset !== undefined && { offset }) };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
