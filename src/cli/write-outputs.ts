// Writes one text for each input file: to standard output, to the file the user names, or into a folder under the input's name.
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { usageError } from './exit-code.ts';
import { describeFileError, shownPath } from './guide-text.ts';
import { guideName } from './load-guide.ts';
import { printableLine } from './printable-text.ts';
import type { Terminal } from './terminal.ts';

export interface Outputs {
  readonly output: string | undefined;
  /** What follows the input's name in a folder: `.plandag.json`. */
  readonly ending: string;
  /** What the user is told that several of need a folder. */
  readonly inputs: string;
}

/** Makes each text and writes it before the next is made. */
export async function writeOutputs(
  files: readonly string[],
  { output, ending, inputs }: Outputs,
  terminal: Terminal,
  make: (file: string) => Promise<string>,
): Promise<void> {
  const intoFolder = output !== undefined && (files.length > 1 || (await isFolder(output)));
  if (output === undefined && files.length > 1)
    throw usageError(`Several ${inputs} need a folder to write to.`, 'add `-o FOLDER`.');
  const written = new Map<string, string>();
  for (const input of files) {
    const text = await make(input);
    if (output === undefined) {
      terminal.out(text);
      continue;
    }
    const file = intoFolder ? join(output, guideName(input) + ending) : output;
    const other = written.get(file);
    if (other !== undefined)
      throw usageError(
        `\`${shownPath(other)}\` and \`${shownPath(input)}\` would both be written to \`${shownPath(file)}\`.`,
      );
    written.set(file, input);
    await save(file, text);
  }
}

async function save(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw usageError(`Cannot write \`${printableLine(file)}\`: ${describeFileError(error)}.`);
  }
}

/** A folder that exists, or a path that is clearly meant as one. */
async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found ? found.isDirectory() : /[/\\]$/.test(path);
}
