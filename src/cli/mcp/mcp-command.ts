// `tsg mcp`: serves the guides of a folder to agents over standard input and output. Read-only unless runs are allowed.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { exitCode, usageError, type ExitCode } from '../exit-code.ts';
import { printableLine } from '../printable-text.ts';
import type { Terminal } from '../terminal.ts';
import { guideServer } from './guide-tools.ts';

export interface McpFlags {
  readonly folder: string;
  readonly allowRuns: boolean;
  readonly config?: string;
}

/** Serves until the client closes standard input. Standard output belongs to the protocol. */
export async function mcpCommand({ folder, allowRuns, config }: McpFlags, terminal: Terminal): Promise<ExitCode> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw usageError(`--folder ${printableLine(folder)}: there is no such folder.`);
  const gone = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const library = {
    folder: resolve(folder),
    allowRuns,
    gone: gone.signal,
    underWay,
    ...(config !== undefined && { config: resolve(config) }),
  };
  const handle = serveStdio(() => guideServer(library), {
    onerror: (error) => terminal.err(`${printableLine(error.message)}\n`),
  });
  await new Promise<void>((done) => {
    process.stdin.once('end', done);
    process.stdin.once('close', done);
    process.once('SIGTERM', done);
    process.once('SIGINT', done);
  });
  // What may write is let finish, and the journals of all runs are closed.
  gone.abort();
  await Promise.allSettled(underWay);
  await handle.close();
  return exitCode.ok;
}
