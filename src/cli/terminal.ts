// The two output streams as the commands see them: how wide, whether colours are wanted, and writing that waits until the
// bytes are out. A reader that goes away (`tsg … | head`) ends the program quietly.
import { type WriteStream } from 'node:tty';
import { exitCode } from './exit-code.ts';
import { type StatusLine, statusLine } from './status-line.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue';

/** How something is printed; plain data, so that a worker can print for a terminal it does not have. */
export interface Look {
  /** Cells in a line; 100 when the output is not a terminal. */
  readonly width: number;
  readonly coloured: boolean;
}

/** What commands print to. `out` carries the result, `err` what happens on the way and what went wrong. */
export interface Terminal extends Look {
  /** True when a person can be asked: both input and error output are terminals. */
  readonly interactive: boolean;
  out(text: string): void;
  err(text: string): void;
  /** The text in a style, or as it is when the stream takes no colours. Symbols and words always carry the meaning too. */
  styled(style: Style, text: string): string;
  /** Shows how far a long command is; absent where nobody watches: in pipes and in continuous integration. */
  readonly status?: StatusLine['show'];
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
      // The terminal was closed: what goes on is in the journal.
      if (error.code === 'EIO') return;
      throw error;
    });
  }
  const coloured = wantsColour(process.stdout);
  const status = process.stderr.isTTY && isUnset(process.env['CI']) ? statusLine(process.stderr) : null;
  const write = (stream: WriteStream, text: string): void => {
    if (status) status.aside(() => void stream.write(text));
    else stream.write(text);
  };
  return {
    width: process.stdout.isTTY ? Math.max(40, process.stdout.columns) : 100,
    coloured,
    interactive: process.stdin.isTTY && process.stderr.isTTY,
    out: (text) => write(process.stdout, text),
    err: (text) => write(process.stderr, text),
    styled: styling(coloured),
    ...(status && { status: status.show }),
  };
}

/** What `print` prints, on either stream, for a terminal that looks like this. */
export function printed(look: Look, print: (terminal: Terminal) => void): string {
  const texts: string[] = [];
  const keep = (text: string): void => void texts.push(text);
  print({ ...look, interactive: false, out: keep, err: keep, styled: styling(look.coloured) });
  return texts.join('');
}

function styling(coloured: boolean): Terminal['styled'] {
  return (style, text) => {
    const [on, off] = codes[style];
    return coloured && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
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
  if (!isUnset(NO_COLOR)) return false;
  if (!isUnset(FORCE_COLOR) && FORCE_COLOR !== '0') return true;
  return stream.isTTY && TERM !== 'dumb';
}

function isUnset(value: string | undefined): boolean {
  return value === undefined || value === '';
}
