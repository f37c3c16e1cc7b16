// The two output streams as the commands see them: how wide, whether colours are wanted, and writing that waits until the
// bytes are out. A reader that goes away (`tsg … | head`) ends the program quietly.
import { type WriteStream } from 'node:tty';
import { exitCode } from './exit-code.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue';

/** What commands print to. `out` carries the result, `err` what happens on the way and what went wrong. */
export interface Terminal {
  /** Cells in a line; 100 when the output is not a terminal. */
  readonly width: number;
  /** True when a person can be asked: both input and error output are terminals. */
  readonly interactive: boolean;
  out(text: string): void;
  err(text: string): void;
  /** The text in a style, or as it is when the stream takes no colours. Symbols and words always carry the meaning too. */
  styled(style: Style, text: string): string;
}

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
};

/** The process's own terminal. */
export function openTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(exitCode.ok);
      throw error;
    });
  }
  const colour = wantsColour(process.stdout);
  return {
    width: process.stdout.isTTY ? Math.max(40, process.stdout.columns) : 100,
    interactive: process.stdin.isTTY && process.stderr.isTTY,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    styled(style, text) {
      const [on, off] = codes[style];
      return colour && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
    },
  };
}

/** Resolves when everything written so far has left the process; exiting earlier would cut a pipe's output. */
export async function flushOutput(): Promise<void> {
  await Promise.all(
    [process.stdout, process.stderr].map(
      (stream) =>
        new Promise<void>((resolve) => {
          if (stream.destroyed || stream.writableLength === 0) resolve();
          else
            stream.write('', () => {
              resolve();
            });
        }),
    ),
  );
}

function wantsColour(stream: WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return true;
  return stream.isTTY && TERM !== 'dumb';
}
