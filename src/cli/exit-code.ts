// How the command line ends: the exit codes it promises, and the error that stops a command with one of them and a
// sentence for the user. Anything else that is thrown is our fault and becomes 70 in main.ts.

/** What each exit code says to a script. */
export const exitCode = {
  /** Ended as planned; for `check` and `compile`: no errors. */
  ok: 0,
  /** Errors in the guide. */
  guide: 1,
  /** For `diff`: the two plans differ. */
  different: 1,
  /** The command line or `tsg.yaml` is wrong. */
  usage: 2,
  /** Stopped for a decision, an approval or a parameter. */
  waiting: 3,
  /** A step failed, or no branch fits, and the plan could not go on. */
  failed: 4,
  /** A fault of ours. */
  internal: 70,
  /** Stopped by Ctrl-C, as shells expect it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Ends a command with a message for the user: no stack, no blame on us. */
export class CommandError extends Error {
  readonly code: ExitCode;
  /** What to do next, printed as `Hint: …`. */
  readonly hint: string | undefined;

  constructor(code: ExitCode, message: string, hint?: string) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.hint = hint;
  }
}

/** A wrong flag, file name or setting: exit 2. */
export function usageError(message: string, hint?: string): CommandError {
  return new CommandError(exitCode.usage, message, hint);
}
