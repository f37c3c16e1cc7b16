// What is known of an action's result before it runs, by its language.
import { onceFor } from '../base/index.ts';
import type { ResultShape } from './scope.ts';
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
  if (shells.has(language)) {
    const members = ['exitCode', 'text', 'errorText'] as const;
    return hasSeveralCommands(action.code) ? { members, commands: 'several' } : { members };
  }
  if (language === 'http') return { members: ['status', 'text', 'json'] };
  return { members: [] };
}

/** True unless the block is one command line, a pipeline or a chain that stops at the first failure (`set -e`, `&&`). */
function hasSeveralCommands(code: string): boolean {
  if (/^\s*set\s+-\w*e/m.test(code)) return false;
  const lines = code
    .replace(/(?:\\|`|&&|\|\|?)\s*\n/g, ' ')
    .split('\n')
    .map((line) => line.trim().replace(/^(?:[$#>]|PS [^>]*>)\s+/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'));
  return lines.length > 1 || /;\s*\S/.test((lines[0] ?? '').replace(/'[^']*'|"[^"]*"/g, ''));
}
