// What an approval is bound to besides the text: everything in a tool's settings and surroundings that would make the same
// text act elsewhere, as somebody else, or through another program. It is only ever hashed, never shown.
import type { Tool } from '../run/index.ts';
import { wrapTool } from './wrap-tool.ts';

/** Settings that say how much and how long, not where and as whom. */
const measures =
  /^(limits|timeout|maxRows|maxOutput|maxConnections|memory|threads|languages|trustReadOnlyHints|reads)$/;

/** Variables that differ from one terminal to the next and lead to the same place. */
const surroundings = /^(PATH|LANG|LANGUAGE|LC_\w+|TERM|COLORTERM|TZ|COLUMNS|LINES|SHLVL|PWD|OLDPWD|_)$/;

interface Surroundings {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The tool with a connection that holds its whole entry of the settings, secrets as references, and what the tool itself, as it
 * was opened, says of where it acts.
 */
export function boundTool(
  tool: Tool,
  opened: Tool,
  { entry, settings }: { readonly entry: object; readonly settings: unknown },
  { folder, env }: Surroundings,
): Tool {
  const said = Object.entries(entry)
    .filter(([name]) => !measures.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const names = (settings as { readonly env?: unknown }).env;
  const variables = (Array.isArray(names) ? names.map(String) : [])
    .filter((name) => !surroundings.test(name))
    .sort()
    .map((name) => [name, env[name] ?? null]);
  const connection = () => JSON.stringify([opened.connection ?? opened.describe(), folder, said, variables]);
  return Object.defineProperty(wrapTool(tool, {}), 'connection', { get: connection, enumerable: true });
}
