// Settings of a `sql` tool: which engine, over which data or server, and its limits. What may be set depends on `engine`.
import { z } from 'zod';
import { durationSchema, sizeSchema } from '../amounts.ts';

const shared = {
  kind: z.literal('sql'),
  languages: z
    .array(z.string().min(1))
    .min(1)
    .default(['sql'])
    .describe('Languages of code blocks this tool performs.'),
  timeout: durationSchema.default(60_000).describe('Longest time one query may take.'),
  maxRows: z.int().min(1).max(1_000_000).default(10_000).describe('Rows kept of one result; more are counted.'),
};

const duckdbSettings = z.strictObject({
  kind: shared.kind,
  engine: z.literal('duckdb').optional().describe('The database engine; DuckDB runs inside the toolchain.'),
  data: z
    .string()
    .min(1)
    .describe('A folder of CSV, CSV.gz, Parquet or JSON files (one table each), or a SQLite or DuckDB file.'),
  languages: shared.languages,
  timeout: shared.timeout,
  maxRows: shared.maxRows,
  memory: sizeSchema.default(512_000_000).describe('Memory the engine may use.'),
  threads: z.int().min(1).max(64).default(2).describe('Threads the engine may use.'),
});

const server = {
  host: z.string().min(1).default('localhost').describe('Name or address of the server, or the path of its socket.'),
  database: z.string().min(1).describe('Name of the database.'),
  user: z.string().min(1).describe('Who to log in as; give guides a user that may only read, where you can.'),
  password: z.string().optional().describe('By reference only: `${secret:NAME}`.'),
  tls: z
    .enum(['off', 'require', 'verify'])
    .optional()
    .describe(
      '`verify` encrypts and checks the certificate, `require` only encrypts. When absent: `verify`, or `off` on this machine.',
    ),
  ca: z.string().min(1).optional().describe('File with the certificate authority to trust, in PEM form.'),
  maxConnections: z.int().min(1).max(64).default(4).describe('Connections held at one time.'),
};

const port = z.int().min(1).max(65_535);

const postgresSettings = z.strictObject({
  kind: shared.kind,
  engine: z.literal('postgres').describe('A PostgreSQL server.'),
  ...server,
  port: port.default(5432).describe('Port of the server.'),
  languages: shared.languages,
  timeout: shared.timeout,
  maxRows: shared.maxRows,
});

const mysqlSettings = z.strictObject({
  kind: shared.kind,
  engine: z.literal('mysql').describe('A MySQL or MariaDB server.'),
  ...server,
  port: port.default(3306).describe('Port of the server.'),
  languages: shared.languages,
  timeout: shared.timeout,
  maxRows: shared.maxRows,
});

export const sqlSettings = z.discriminatedUnion('engine', [duckdbSettings, postgresSettings, mysqlSettings]);

export type SqlSettings = z.output<typeof sqlSettings>;
export type DuckdbSettings = z.output<typeof duckdbSettings>;
/** Settings of a database server, whichever it is. */
export type ServerSettings = z.output<typeof postgresSettings> | z.output<typeof mysqlSettings>;
