// What is known of an action's result before it runs, by its language.
import type { ResultShape } from './scope.ts';
import { shapeOfSql } from './shape-of-sql.ts';

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

/** The shape of an action's result. */
export function shapeOfAction(action: { readonly language: string; readonly code: string }): ResultShape {
  const language = action.language.toLowerCase();
  if (dialects.has(language)) return shapeOfSql(action.code);
  if (shells.has(language)) return { members: ['exitCode', 'text'] };
  if (language === 'http') return { members: ['status', 'text', 'json'] };
  return { members: [] };
}
