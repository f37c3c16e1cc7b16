// The driver for MySQL and MariaDB: sessions over the `mysql2` package, which is loaded by the first connection.
import type { Connection, FieldPacket, ResultSetHeader, TypedParameterFactory } from 'mysql2';
import type { Column } from '../../../run/index.ts';
import type { BoundStatement } from '../bind-sql.ts';
import type { RowKeeper } from '../server/row-keeper.ts';
import type { ServerAddress, ServerDriver, ServerSession } from '../server/server-driver.ts';
import { faultOfMysql } from './mysql-fault.ts';
import { toJson, typeName } from './mysql-values.ts';

export const mysqlDriver: ServerDriver = {
  dialect: 'mysql',
  title: 'MySQL',
  listColumns: `
    SELECT NULL AS \`owner\`, TABLE_SCHEMA AS \`home\`, TABLE_NAME AS \`table\`, COLUMN_NAME AS \`column\`, COLUMN_TYPE AS \`type\`
    FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION`,
  async connect(address) {
    const { default: mysql } = await import('mysql2');
    const session = new MysqlSession(await connectTo(address), address, mysql.TypedParameter.LONGLONG);
    await session.prepare();
    return session;
  },
  faultOf: faultOfMysql,
};

async function connectTo(address: ServerAddress): Promise<Connection> {
  const { default: mysql } = await import('mysql2');
  const connection = mysql.createConnection({
    ...(address.host.startsWith('/') ? { socketPath: address.host } : { host: address.host, port: address.port }),
    database: address.database,
    user: address.user,
    password: address.password,
    connectTimeout: address.connectMs,
    ...(address.tls && {
      ssl: {
        rejectUnauthorized: address.tls.verify,
        verifyIdentity: address.tls.verify,
        ...(address.tls.ca !== undefined && { ca: address.tls.ca }),
      },
    }),
    charset: 'utf8mb4_general_ci',
    // Times as they are stored; numbers exactly.
    dateStrings: true,
    supportBigNumbers: true,
    jsonStrings: true,
    // The server may ask the client for a file of this machine; nothing is given.
    flags: ['-LOCAL_FILES', '-MULTI_STATEMENTS'],
    connectAttributes: { program_name: 'tsg-studio' },
  });
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.connect((error) => {
      connection.removeListener('error', reject);
      // Without a listener a broken connection would end the process; who uses it learns of it by its call.
      connection.on('error', () => undefined);
      if (error) reject(error);
      else resolve(connection);
    });
  });
}

class MysqlSession implements ServerSession {
  readonly #connection: Connection;
  readonly #address: ServerAddress;
  /** Whole numbers are sent as such, because a LIMIT takes no other. */
  readonly #whole: TypedParameterFactory;
  #alive = true;
  #mariadb = false;

  constructor(connection: Connection, address: ServerAddress, whole: TypedParameterFactory) {
    this.#connection = connection;
    this.#address = address;
    this.#whole = whole;
    connection.on('error', () => (this.#alive = false));
    connection.on('end', () => (this.#alive = false));
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Texts are quoted the way the tool reads them, whatever the server is set to. */
  async prepare(): Promise<void> {
    const [row] = await this.#query('SELECT VERSION() AS version');
    this.#mariadb = /mariadb/i.test(String(row?.['version']));
    await this.#query(
      "SET SESSION sql_mode = REPLACE(REPLACE(REPLACE(@@SESSION.sql_mode, 'ANSI_QUOTES', ''), 'NO_BACKSLASH_ESCAPES', ''), 'IGNORE_SPACE', '')",
    );
  }

  async begin(readOnly: boolean, timeoutMs: number): Promise<void> {
    // The server's own limit is a little longer: it counts only when nobody is left to stop the statement.
    const limit = Math.ceil(timeoutMs) + 1000;
    await this.#query(
      this.#mariadb
        ? `SET SESSION max_statement_time = ${limit / 1000}`
        : `SET SESSION max_execution_time = ${Math.min(limit, 4_294_967_295)}`,
    );
    if (readOnly) await this.#query('START TRANSACTION READ ONLY');
  }

  describe(statement: BoundStatement): Promise<readonly Column[] | undefined> {
    return new Promise((resolve, reject) => {
      this.#connection.prepare(statement.sql, (error, prepared) => {
        if (error) {
          // What cannot be prepared (1295) can still be run; nothing is known of it before.
          if (error.errno === 1295) resolve(undefined);
          else reject(error);
          return;
        }
        const { columns } = prepared as unknown as { columns?: readonly FieldPacket[] };
        prepared.close();
        resolve(columns && columns.length > 0 ? columns.map(columnOf) : undefined);
      });
    });
  }

  run(statement: BoundStatement, keeper: RowKeeper): Promise<void> {
    return new Promise((resolve, reject) => {
      const options = { sql: statement.sql, rowsAsArray: true };
      const values = statement.values.map((value) => (Number.isSafeInteger(value) ? this.#whole(value) : value));
      // Only what has values is prepared: some statements cannot be.
      const query =
        values.length > 0 ? this.#connection.execute({ ...options, values }) : this.#connection.query(options);
      let fields: readonly FieldPacket[] = [];
      let header: ResultSetHeader | undefined;
      let stopping = false;
      // The driver tells a broken connection to the connection alone.
      const broken = (error?: unknown): void => end(() => reject(error ?? new Error('The connection ended.')));
      const end = (settle: () => void): void => {
        if (stopping) return;
        this.#connection.removeListener('error', broken);
        this.#connection.removeListener('end', broken);
        settle();
      };
      this.#connection.once('error', broken);
      this.#connection.once('end', broken);
      query.on('fields', (found: readonly FieldPacket[] | undefined) => {
        if (!found) return;
        fields = found;
        keeper.begin(found.map(columnOf));
      });
      query.on('result', (row: unknown) => {
        if (!Array.isArray(row)) {
          header = row as ResultSetHeader;
          return;
        }
        if (keeper.keeping) keeper.add(row.map((value, i) => toJson(value, fields[i])));
        else keeper.skip();
        if (!keeper.enough || stopping) return;
        // Nobody wants the other rows: the server is told, and this connection is not used again.
        stopping = true;
        void this.cancel()
          .catch(() => undefined)
          .finally(() => {
            this.destroy();
            resolve();
          });
      });
      query.on('error', (error: unknown) => end(() => reject(error as Error)));
      query.on('end', () =>
        end(() => {
          if (header) keeper.affected(header.affectedRows);
          resolve();
        }),
      );
    });
  }

  async rollback(): Promise<void> {
    if (this.#alive) await this.#query('ROLLBACK');
  }

  async cancel(): Promise<void> {
    const other = await connectTo(this.#address);
    await new Promise<void>((resolve) => {
      other.query(`KILL QUERY ${this.#connection.threadId}`, () => resolve());
    });
    other.destroy();
  }

  close(): Promise<void> {
    this.#alive = false;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#connection.destroy();
        resolve();
      }, 1000);
      this.#connection.end(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  destroy(): void {
    this.#alive = false;
    this.#connection.destroy();
  }

  #query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return new Promise((resolve, reject) => {
      this.#connection.query(sql, (error, rows) =>
        error ? reject(error) : resolve(Array.isArray(rows) ? (rows as Readonly<Record<string, unknown>>[]) : []),
      );
    });
  }
}

function columnOf(field: FieldPacket): Column {
  return { name: field.name, type: typeName(field) };
}
