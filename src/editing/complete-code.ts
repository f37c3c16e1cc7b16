// Completion inside of a code block, by its language: what its tool says that there is, and what its latest result had.
import { isSqlLanguage } from '../guard/index.ts';
import type { Analysis } from './analyze.ts';
import { completePromql } from './complete-promql.ts';
import { completeSql } from './complete-sql.ts';
import type { CompletionAbout } from './complete.ts';
import { toolFor, type Completion } from './completion.ts';
import { actionAt } from './places.ts';
import type { Dialect } from './sql-names.ts';
import type { TextRegion } from './text-region.ts';

/** `at` is the cursor in the analysed text. */
export function completeCode(
  region: TextRegion & { readonly kind: 'code' },
  text: string,
  offset: number,
  { plan }: Analysis,
  at: number,
  { tools, schema: schemaOf, lastResult, asked }: CompletionAbout,
): Completion[] {
  const action = actionAt(plan, at);
  const language = region.language === 'plugin' ? (action?.language ?? '') : region.language;
  const tool = toolFor(tools, { language, tool: setting(region.info, 'tool') });
  const schema = tool && schemaOf?.(tool.name);
  const code = text.slice(region.start, region.end);
  const place = offset - region.start;
  if (schema?.kind === 'metrics') return completePromql(code.slice(0, place), offset, schema, asked);
  const inPlaceholder = /\{[ \t]*[\w-]*$/.test(code.slice(0, place));
  if (!isSqlLanguage(language) || inPlaceholder) return [];
  const dialect =
    schema?.kind === 'tables' ? schema.dialect : dialectOf(setting(region.info, 'dialect') ?? language.toLowerCase());
  const last = action && lastResult?.(action.id);
  return completeSql(code, place, region.start, { dialect, schema, last, asked });
}

function setting(info: string, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}=(\\S+)`).exec(info)?.[1];
}

function dialectOf(word: string): Dialect {
  if (/^(?:postgres|postgresql|pgsql)$/.test(word)) return 'postgres';
  return /^(?:mysql|mariadb)$/.test(word) ? 'mysql' : 'duckdb';
}
