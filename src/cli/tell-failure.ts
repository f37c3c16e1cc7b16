// Tells why a command, or its work on one guide, could not be done: a sentence and a hint for what the user can correct, and
// what to report for a fault of ours.
import { CommandError, exitCode, type ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';
import { readVersion } from './version.ts';

/** A failure as plain data, which also crosses from a worker. */
export interface Failure {
  readonly code: ExitCode;
  readonly message: string;
  readonly hint?: string;
  /** Where in our code; only of a fault of ours. */
  readonly stack?: string;
}

/** What was thrown, as plain data. `about` is what was worked on when it is not plain from the message. */
export function failureOf(error: unknown, about?: string): Failure {
  if (error instanceof CommandError)
    return { code: error.code, message: error.message, ...(error.hint !== undefined && { hint: error.hint }) };
  const { stack, message } = error instanceof Error ? error : new Error(String(error));
  const told = about === undefined ? message : `\`${about}\`: ${message}`;
  return { code: exitCode.internal, message: told, stack: stack ?? message };
}

/** Prints a failure on the error output and gives its exit code. */
export function tellFailure({ code, message, hint, stack }: Failure, terminal: Terminal): ExitCode {
  terminal.err(
    stack === undefined
      ? `tsg: ${message}\n${hint === undefined ? '' : `Hint: ${hint}\n`}`
      : `tsg: this is our fault, not the guide's: ${message}\n` +
          `Please report it with the command you ran and these lines:\n` +
          `  tsg ${readVersion()} on Node ${process.version}, ${process.platform} ${process.arch}\n` +
          `${stack.replace(/^/gm, '  ')}\n`,
  );
  return code;
}
