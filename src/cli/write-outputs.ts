// Writes one text for each input file: to standard output, to the file the user names, or into a folder under the input's name.
import { writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../adapters/index.ts';
import { usageError } from './exit-code.ts';
import { describeWriteError, shownPath } from './guide-text.ts';
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

export interface Input {
  readonly file: string;
  /** Its path below a folder that the user named, which the output has too. */
  readonly below?: string;
}

/** Where the texts of the inputs go. Refuses before anything is written when two of them would go to one file. */
export async function openOutputs(
  inputs: readonly Input[],
  { output, ending, inputs: many }: Outputs,
  terminal: Terminal,
): Promise<{ write(index: number, text: string): Promise<void> }> {
  if (output === undefined) {
    if (inputs.length > 1) throw usageError(`Several ${many} need a folder to write to.`, 'add `-o FOLDER`.');
    return { write: (_, text) => Promise.resolve(terminal.out(text)) };
  }
  const intoFolder = inputs.length > 1 || inputs.some(({ below }) => below !== undefined) || (await isFolder(output));
  const files = inputs.map(({ file, below }) =>
    intoFolder ? join(output, dirname(below ?? ''), guideName(file) + ending) : output,
  );
  const writers = new Map<string, string>();
  for (const [index, { file }] of inputs.entries()) {
    const to = files[index] ?? output;
    const other = writers.get(to);
    if (other !== undefined)
      throw usageError(
        `\`${shownPath(other)}\` and \`${shownPath(file)}\` would both be written to \`${shownPath(to)}\`.`,
      );
    writers.set(to, file);
  }
  const made = new Set<string>();
  return { write: (index, text) => save(files[index] ?? output, text, made) };
}

/** Writes a file; `made` remembers which folders are there. */
async function save(file: string, text: string, made: Set<string>): Promise<void> {
  const folder = dirname(file);
  try {
    if (!made.has(folder)) await makeFolder(folder);
    made.add(folder);
    // At once, as guides are read: there are many small files, and nothing else to do meanwhile.
    writeFileSync(file, text);
  } catch (error) {
    throw usageError(`Cannot write \`${printableLine(file)}\`: ${describeWriteError(error)}.`);
  }
}

/** A folder that exists, or a path that is clearly meant as one. */
async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found ? found.isDirectory() : /[/\\]$/.test(path);
}
