// Guides and tests files that cannot be used: each is told when it is met, and the others are tested all the same, so that one
// broken guide hides no failure of another and reports are always written.
import { CommandError, type ExitCode } from './exit-code.ts';
import type { Unusable } from './find-tests.ts';
import type { Terminal } from './terminal.ts';

export interface Faults {
  readonly all: readonly Unusable[];
  /** What the work gives; undefined when the file cannot be used, which is told. */
  unless<T>(file: string, work: () => Promise<T>): Promise<T | undefined>;
  /** The exit code of a command that would else end with `code`. */
  code(code: ExitCode): ExitCode;
}

/** Begins with the files that could not even be read; tells each. */
export function openFaults(terminal: Terminal, unusable: readonly Unusable[]): Faults {
  const all: Unusable[] = [];
  const said = new Set<string>();
  const add = (one: Unusable): void => {
    all.push(one);
    // Settings that several guides share are told once.
    const lines = errorLines(one.error);
    if (!said.has(lines)) terminal.err(lines);
    said.add(lines);
  };
  unusable.forEach(add);
  return {
    all,
    async unless(file, work) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        add({ file, error });
        return undefined;
      }
    },
    code: (code) => all.reduce<ExitCode>((worst, { error }) => (error.code > worst ? error.code : worst), code),
  };
}

/** An error as the command line tells it. */
export function errorLines({ message, hint }: CommandError): string {
  return `tsg: ${message}\n${hint === undefined ? '' : `Hint: ${hint}\n`}`;
}
