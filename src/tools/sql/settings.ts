// Settings of a `sql` tool: which engine, over which data, and its limits.
import { z } from 'zod';
import { durationSchema, sizeSchema } from '../amounts.ts';

export const sqlSettings = z.strictObject({
  kind: z.literal('sql'),
  engine: z.literal('duckdb').default('duckdb').describe('The database engine; DuckDB runs inside the toolchain.'),
  data: z
    .string()
    .min(1)
    .describe('A folder of CSV, CSV.gz, Parquet or JSON files (one table each), or a SQLite or DuckDB file.'),
  languages: z
    .array(z.string().min(1))
    .min(1)
    .default(['sql'])
    .describe('Languages of code blocks this tool performs.'),
  timeout: durationSchema.default(60_000).describe('Longest time one query may take.'),
  maxRows: z.int().min(1).max(1_000_000).default(10_000).describe('Rows kept of one result; more are counted.'),
  memory: sizeSchema.default(512_000_000).describe('Memory the engine may use.'),
  threads: z.int().min(1).max(64).default(2).describe('Threads the engine may use.'),
});

export type SqlSettings = z.output<typeof sqlSettings>;
