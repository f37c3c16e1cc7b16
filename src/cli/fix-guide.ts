// `tsg check --fix`: repairs what is certain in a guide's file. A file that is not the text we read is left alone.
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { sha256Hex } from '../adapters/index.ts';
import { fixAll, type AnalyzeAbout } from '../editing/index.ts';
import { usageError } from './exit-code.ts';
import { describeWriteError, readText } from './guide-text.ts';
import { printableLine } from './printable-text.ts';

/** Repairs a guide and tells how many findings went. Bytes that are no UTF-8 would not survive, so such a file is not written. */
export async function fixGuide(file: string, about: Omit<AnalyzeAbout, 'file' | 'sha256'>): Promise<number> {
  const { text, sha256 } = readText(file);
  if (sha256Hex(Buffer.from(text, 'utf8')) !== sha256) return 0;
  const result = fixAll(text, { ...about, file: resolve(file), sha256 });
  if (result.text === text) return 0;
  await writeFile(file, result.text).catch((error: unknown) => {
    throw usageError(`Cannot write \`${printableLine(file)}\`: ${describeWriteError(error)}.`);
  });
  return result.fixed;
}
