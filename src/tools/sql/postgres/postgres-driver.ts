// The PostgreSQL driver: sessions over the `pg` package, which is loaded by the first connection.
import type { Client, FieldDef } from 'pg';
import type { Json } from '../../../base/index.ts';
import type { Column } from '../../../run/index.ts';
import type { BoundStatement } from '../bind-sql.ts';
import type { RowKeeper } from '../server/row-keeper.ts';
import type { ServerAddress, ServerDriver, ServerSession } from '../server/server-driver.ts';
import { faultOfPostgres } from './postgres-fault.ts';
import { knownTypes, toJson, type PostgresType } from './postgres-values.ts';
import { StatementQuery } from './statement-query.ts';

export const postgresDriver: ServerDriver = {
  dialect: 'postgres',
  title: 'PostgreSQL',
  listColumns: `
    SELECT CASE WHEN pg_catalog.pg_table_is_visible(c.oid) THEN NULL ELSE n.nspname END AS "owner", n.nspname AS "home",
           c.relname AS "table", a.attname AS "column", pg_catalog.format_type(a.atttypid, a.atttypmod) AS "type"
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
      AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
      AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
    ORDER BY 1 NULLS FIRST, 2, a.attnum`,
  async connect(address) {
    const session = new PostgresSession(await connectClient(address), address);
    await session.prepare();
    return session;
  },
  faultOf: faultOfPostgres,
};

async function connectClient(address: ServerAddress): Promise<Client> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    host: address.host,
    port: address.port,
    database: address.database,
    user: address.user,
    // A function, because an empty password would be looked for in the environment and in the user's files.
    password: () => address.password,
    ssl: address.tls
      ? { rejectUnauthorized: address.tls.verify, ...(address.tls.ca !== undefined && { ca: address.tls.ca }) }
      : false,
    application_name: 'tsg-studio',
    connectionTimeoutMillis: address.connectMs,
    keepAlive: true,
  });
  // Without a listener a broken connection would end the process; who uses the connection learns of it by its call.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

class PostgresSession implements ServerSession {
  readonly #client: Client;
  readonly #address: ServerAddress;
  readonly #types = new Map<number, PostgresType>(knownTypes);
  #alive = true;
  #described: { readonly sql: string; readonly fields: readonly FieldDef[] | null } | undefined;

  constructor(client: Client, address: ServerAddress) {
    this.#client = client;
    this.#address = address;
    client.on('error', () => (this.#alive = false));
    client.on('end', () => (this.#alive = false));
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** What texts and times look like, whatever the server, the database or the user are set to. */
  async prepare(): Promise<void> {
    await this.#client.query(
      "SET standard_conforming_strings TO on; SET datestyle TO ISO; SET intervalstyle TO postgres; SET bytea_output TO hex; SET client_encoding TO 'UTF8'",
    );
  }

  async begin(readOnly: boolean, timeoutMs: number): Promise<void> {
    // The server's own limit is a little longer: it counts only when nobody is left to stop the statement.
    const limit = Math.ceil(timeoutMs) + 1000;
    await this.#client.query(
      readOnly
        ? `BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout TO ${limit}`
        : `SET statement_timeout TO ${limit}`,
    );
  }

  async describe(statement: BoundStatement): Promise<readonly Column[] | undefined> {
    const fields = await this.#describe(statement);
    return fields?.map((field) => this.#column(field));
  }

  async run(statement: BoundStatement, keeper: RowKeeper): Promise<void> {
    const fields = this.#described?.sql === statement.sql ? this.#described.fields : await this.#describe(statement);
    this.#described = undefined;
    if (fields) keeper.begin(fields.map((field) => this.#column(field)));
    const typeOf = (oid: number): PostgresType | undefined => this.#types.get(oid);
    const query = this.#client.query(
      new StatementQuery(statement.sql, {
        values: statement.values.map(String),
        onRow: (values) => {
          if (!keeper.keeping) return keeper.skip();
          keeper.add(values.map((value, i): Json => toJson(value, fields?.[i]?.dataTypeID ?? 25, typeOf)));
        },
        enough: () => keeper.enough,
      }),
    );
    const { command } = await query.done;
    if (fields) return;
    const count = /^(?:INSERT \d+|UPDATE|DELETE|MERGE|COPY|SELECT|MOVE) (\d+)$/.exec(command)?.[1];
    const notes = /^COPY/.test(command) ? ['What COPY sends is not kept.'] : [];
    keeper.affected(count === undefined ? null : Number(count), notes);
  }

  async rollback(): Promise<void> {
    await this.#client.query('ROLLBACK');
  }

  async cancel(): Promise<void> {
    const other = await connectClient(this.#address);
    try {
      await other.query('SELECT pg_cancel_backend($1)', [(this.#client as unknown as { processID: number }).processID]);
    } finally {
      await other.end().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.#alive = false;
    await this.#client.end();
  }

  destroy(): void {
    this.#alive = false;
    (this.#client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }

  async #describe(statement: BoundStatement): Promise<readonly FieldDef[] | null> {
    const { fields } = await this.#client.query(new StatementQuery(statement.sql, null)).done;
    await this.#learn((fields ?? []).map(({ dataTypeID }) => dataTypeID));
    this.#described = { sql: statement.sql, fields };
    return fields;
  }

  /** Asks the catalogue for types that are not known yet. */
  async #learn(oids: readonly number[]): Promise<void> {
    const unknown = [...new Set(oids)].filter((oid) => !this.#types.has(oid));
    if (unknown.length === 0) return;
    const { rows } = await this.#client.query<{ oid: number; name: string; element: number; array: boolean }>(
      "SELECT oid, pg_catalog.format_type(oid, NULL) AS name, typelem AS element, typcategory = 'A' AS array FROM pg_catalog.pg_type WHERE oid = ANY ($1)",
      [unknown],
    );
    for (const { oid, name, element, array } of rows)
      this.#types.set(oid, { name, ...(array && element !== 0 && { element }) });
    for (const oid of unknown) if (!this.#types.has(oid)) this.#types.set(oid, { name: `type ${oid}` });
    await this.#learn(rows.filter(({ array, element }) => array && element !== 0).map(({ element }) => element));
  }

  #column(field: FieldDef): Column {
    return { name: field.name, type: this.#types.get(field.dataTypeID)?.name ?? `type ${field.dataTypeID}` };
  }
}
