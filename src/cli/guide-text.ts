// Files as the user names them: their text, what is wrong with one that cannot be read, how a path is shown, and the text of
// the guide that a plan was compiled from.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { sha256Hex } from '../adapters/index.ts';
import { lineIndex, type LineIndex } from '../base/index.ts';
import type { Plan } from '../plan/index.ts';
import { usageError } from './exit-code.ts';
import { printableLine } from './printable-text.ts';

/** The text that spans point into. */
export interface GuideText {
  /** The path as it is shown to the user. */
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
}

/**
 * Reads a file's text; a file that is not there or cannot be read is the user's to correct. It is read at once: who works on one guide
 * after the other has nothing else to do meanwhile, and the turns of reading it bit by bit took longer than the reading.
 */
export function readText(file: string): { readonly text: string; readonly sha256: string } {
  try {
    const bytes = readFileSync(file);
    return { text: bytes.toString('utf8'), sha256: sha256Hex(bytes) };
  } catch (error) {
    throw usageError(`Cannot read \`${printableLine(file)}\`: ${describeFileError(error)}.`);
  }
}

/** What is wrong with a file, in words; the system's own message when it is none of the usual ones. */
export function describeFileError(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'ENOTDIR') return 'a part of its path is not a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ENOSPC') return 'no space is left';
  return printableLine(message);
}

/** What is wrong with a file that cannot be written: it need not be there, but its folder must. */
export function describeWriteError(error: unknown): string {
  return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'its folder does not exist' : describeFileError(error);
}

/** The guide a plan was compiled from, when it still is the same bytes: beside `file`, some folders above it, or where the plan says. */
export async function findSource(file: string, plan: Plan): Promise<GuideText | null> {
  if (plan.guide.sha256 === '') return null;
  const name = basename(plan.guide.file);
  const folders = ['.', '..', '../..', '../../..'].map((up) => resolve(dirname(file), up));
  for (const path of [...folders.map((folder) => join(folder, name)), plan.guide.file]) {
    const bytes = await readFile(path).catch(() => null);
    if (bytes === null || sha256Hex(bytes) !== plan.guide.sha256) continue;
    const text = bytes.toString('utf8');
    return { file: shownPath(path), text, lines: lineIndex(text) };
  }
  return null;
}

/** A path as people read it: relative to the working folder when it lies below it, with forward slashes. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  const shown = near !== '' && !near.startsWith('..') ? near : path;
  return shown.replaceAll('\\', '/');
}
