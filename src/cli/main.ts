#!/usr/bin/env node
// The entry of `tsg`: runs one command and turns whatever comes of it into an exit code. The one boundary where a fault of
// ours is caught: it is told with what to send us, and exits 70.
import { CommanderError } from 'commander';
import { CommandError, exitCode } from './exit-code.ts';
import { buildProgram } from './program.ts';
import { flushOutput, openTerminal, type Terminal } from './terminal.ts';
import { readVersion } from './version.ts';

async function main(): Promise<number> {
  const terminal = openTerminal();
  let code: number = exitCode.ok;
  // A command under way keeps the process alive, also while all that it waits for are processes that would not.
  const alive = setTimeout(() => undefined, 2 ** 31 - 1);
  try {
    const program = buildProgram(terminal, (ended) => {
      code = ended;
    });
    await program.parseAsync(process.argv);
  } catch (error) {
    code = explain(error, terminal);
  }
  await flushOutput();
  clearTimeout(alive);
  return code;
}

function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  if (error instanceof CommandError) {
    terminal.err(`tsg: ${error.message}\n${error.hint === undefined ? '' : `Hint: ${error.hint}\n`}`);
    return error.code;
  }
  const { stack, message } = error instanceof Error ? error : new Error(String(error));
  terminal.err(
    `tsg: this is our fault, not the guide's: ${message}\n` +
      `Please report it with the command you ran and these lines:\n` +
      `  tsg ${readVersion()} on Node ${process.version}, ${process.platform} ${process.arch}\n` +
      `${(stack ?? message).replace(/^/gm, '  ')}\n`,
  );
  return exitCode.internal;
}

process.exit(await main());
