// What is known of an action's result before it runs, by its language.
import { onceFor } from '../base/index.ts';
import { singular } from './condition-sentence.ts';
import type { ResultShape } from './scope.ts';
import { commandLines } from './read-command.ts';
import { shapeOfKubectl, shapeOfPowershell, shapeOfShell } from './shape-of-command.ts';
import { shapeOfKusto } from './shape-of-kusto.ts';
import { shapeOfSql } from './shape-of-sql.ts';
import type { ToolSchema } from './tool-schema.ts';

const dialects = new Set([
  'sql',
  'postgres',
  'postgresql',
  'pgsql',
  'mysql',
  'mariadb',
  'sqlite',
  'duckdb',
  'tsql',
  'mssql',
]);
const shells = new Set(['bash', 'sh', 'shell', 'zsh', 'console', 'powershell', 'pwsh', 'ps1', 'cmd', 'bat']);

/** True for the languages whose blocks are read as SQL. */
export function isSqlLanguage(language: string): boolean {
  return dialects.has(language.toLowerCase());
}

interface Written {
  readonly language: string;
  readonly code: string;
}

/** The shape of an action's result, read once for each action; `schema` tells what a `SELECT *` gives. */
export function shapeOfAction(action: Written, schema?: ToolSchema): ResultShape {
  return schema ? shapeOf(action, schema) : shapeAlone(action);
}

const shapeAlone = onceFor((action: Written) => shapeOf(action));

function shapeOf(action: Written, schema?: ToolSchema): ResultShape {
  const language = action.language.toLowerCase();
  if (dialects.has(language)) return shapeOfSql(action.code, schema);
  if (/^(?:powershell|pwsh|ps1)$/.test(language)) {
    // A list of properties goes on behind its commas.
    const code = action.code.replace(/,[ \t]*\n\s*/g, ', ');
    const outside = code.replace(/\{[^{}]*\}/g, '').replace(/\{[^{}]*\}/g, '');
    return shapeOfPowershell(code, hasSeveralCommands(outside));
  }
  if (shells.has(language)) return shapeOfShell(action.code, hasSeveralCommands(action.code));
  if (language === 'kubectl') return shapeOfKubectl(action.code);
  if (language === 'promql') return shapeOfPromql(action.code);
  if (language === 'kusto') return shapeOfKusto(action.code);
  // Its columns are known when it has run.
  if (language === 'logql') return { members: ['rows', 'columns', 'rowCount'] };
  if (language === 'http') return { members: ['status', 'text', 'json'] };
  return { members: [] };
}

/** True unless the block is one command line, a pipeline or a chain that stops at the first failure (`set -e`, `&&`). */
function hasSeveralCommands(code: string): boolean {
  if (/^\s*set\s+-\w*e/m.test(code)) return false;
  const lines = commandLines(code);
  return lines.length > 1 || /;\s*\S/.test((lines[0] ?? '').replace(/'[^']*'|"[^"]*"/g, ''));
}

/** A query of Prometheus: a row for each series, or one alone where it is summed up without `by`. */
function shapeOfPromql(code: string): ResultShape {
  const members = ['rows', 'columns', 'rowCount'] as const;
  const query = code.replace(/^\s*#.*$/gm, '').trim();
  // A block may ask for alerts, rules or a range, whose rows are others.
  if (/^\s*#|^\//m.test(code)) return { members };
  const columns = [
    { name: 'value', type: 'number' },
    { name: 'time', type: 'timestamp' },
  ] as const;
  const of = valuesOf(query);
  return {
    members,
    columns,
    printed: { kind: 'samples', ...(of && { of }), words: wordsOfQuery(query), measured: measuredBy(query) },
    ...(isSummed(query) && { rows: 'at-most-one' as const }),
  };
}

/** None of a query that turns what its names say into something else: a rate of errors is no number of errors. */
function wordsOfQuery(query: string): readonly string[] {
  const isQuantile = /^histogram_quantile ?\(/.test(query);
  const bare = query.replace(/"[^"]*"|\{[^{}]*\}|\[[^[\]]*\]/g, '');
  if (query.length > 4000 || (!isQuantile && turns.test(bare))) return [];
  return [...new Set(query.toLowerCase().match(/[a-z][a-z0-9-]*/g) ?? [])].map(singular);
}

/**
 * What the values of the one metric of a query count, by the last word of its name: of `kube_pod_container_status_restarts_total` the
 * restarts, and no pods. Null where there are several metrics.
 */
function measuredBy(query: string): string | null {
  const bare =
    query.length > 4000 ? '' : query.replace(/"[^"]*"|\{[^{}]*\}|\[[^[\]]*\]|\b(?:by|without) ?\([^()]*\)/g, '');
  const names = new Set(bare.match(/\b[a-z][a-z0-9]*[_:][\w:]*\b(?! ?\()/gi) ?? []);
  const [name = ''] = names;
  if (names.size !== 1) return null;
  const parts = name.toLowerCase().split(/[_:]/);
  const last = parts.findLast(
    (part) => !/^(?:total|count|sum|bucket|seconds|bytes|ratio|percent|current|max|min|avg|)$/.test(part),
  );
  return last === undefined ? null : singular(last);
}

const turns =
  /[*/%^]|\b(?:rate|irate|deriv|i?delta|predict_linear|changes|resets|absent(?:_over_time)?|std(?:dev|var)\w*|time|timestamp|bool|ln|log2|log10|exp|sqrt|rank|quantile\w*|histogram_\w+)\s*\(/;

/** What the values of a query are, as far as it is written plainly. */
function valuesOf(query: string): 'up' | 'share' | 'percent' | null {
  if (query.length > 4000) return null;
  if (/^up\s*(?:\{[^{}]*\})?$/.test(query)) return 'up';
  const bare = query.replace(/"[^"]*"|\{[^{}]*\}|\[[^[\]]*\]/g, '');
  if (/\*\s*100\b|(?<![\w.])100(?:\.0+)?\s*\*/.test(bare)) return 'percent';
  return /\d/.test(bare.replace(/[a-z_:]\w*/gi, '')) || !bare.includes('/') ? null : 'share';
}

/** True for sums over everything and what is computed of them: `sum(rate(a[5m])) / sum(rate(b[5m])) * 100`. */
function isSummed(query: string): boolean {
  if (query.length > 4000 || /\b(?:by|without|on|ignoring|group_left|group_right)\b/.test(query)) return false;
  let inner = query.replace(/"[^"]*"|\{[^{}]*\}|\[[^[\]]*\]/g, '');
  for (let before = ''; before !== inner;) {
    before = inner;
    inner = inner
      .replace(/\b(?:sum|avg|max|min|count|scalar|vector) ?\([^()]*\)/g, '1')
      .replace(/\b[a-z_:][\w:]* ?\([^()]*\)/gi, ' x ');
  }
  return /^[\s\d.()+*/-]+$/.test(inner);
}
