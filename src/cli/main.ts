#!/usr/bin/env node
// The entry of `tsg`: runs one command and turns whatever comes of it into an exit code. The one boundary where a fault of
// ours is caught: it is told with what to send us, and exits 70.
import { CommanderError } from 'commander';
import { exitCode } from './exit-code.ts';
import { buildProgram } from './program.ts';
import { failureOf, tellFailure } from './tell-failure.ts';
import { flushOutput, openTerminal, type Terminal } from './terminal.ts';

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
  return tellFailure(failureOf(error), terminal);
}

process.exit(await main());
