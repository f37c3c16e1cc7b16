// Tools of each dialect with a few tables and metrics, for cases of completion inside of code blocks.
import type { KnownTool } from '../../src/editing/index.ts';
import type { ToolSchema } from '../../src/guard/index.ts';

const columns = (text: string) =>
  text.split(', ').map((column) => {
    const [name = '', type = ''] = column.split(':');
    return { name, type };
  });

export const knownTools: readonly (KnownTool & { readonly schema: ToolSchema })[] = [
  {
    name: 'telemetry',
    languages: ['sql'],
    schema: {
      kind: 'tables',
      dialect: 'duckdb',
      tables: [
        { name: 'requests', columns: columns('at:TIMESTAMP, service:VARCHAR, Status:INTEGER, order:BIGINT') },
        { name: 'services', columns: columns('service:VARCHAR, owner:VARCHAR') },
        { name: 'log-lines', columns: columns('at:TIMESTAMP, said what:VARCHAR') },
      ],
    },
  },
  {
    name: 'orders',
    languages: ['sql'],
    schema: {
      kind: 'tables',
      dialect: 'postgres',
      tables: [
        { name: 'orders', home: 'public', columns: columns('id:integer, Price:numeric(10,2), user:text') },
        { name: 'Lines', schema: 'audit', columns: columns('at:timestamp with time zone') },
      ],
    },
  },
  {
    name: 'shop',
    languages: ['sql'],
    schema: {
      kind: 'tables',
      dialect: 'mysql',
      tables: [{ name: 'stock', columns: columns('key:int(11), Name:varchar(20), first day:date') }],
    },
  },
  {
    name: 'metrics',
    languages: ['promql'],
    schema: {
      kind: 'metrics',
      metrics: [{ name: 'http_requests_total', help: 'counter: Requests.' }, { name: 'up' }, { name: 'odd.name' }],
      labels: ['code', 'job', 'k8s.pod'],
    },
  },
];

const errors = [
  { name: 'status', values: ['failed', "can't tell"] },
  { name: 'error_count', values: [] },
];

/** What the first actions of each case gave when they ran last. */
export const latestResults: Readonly<Record<string, typeof errors>> = { 'Step1.1': errors, 'Step1.2': errors };
