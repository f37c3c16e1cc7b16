// The text of a checked guide for whoever prints its findings. Of many guides no text is kept: it is read again, and must be the
// same.
import { readFileSync } from 'node:fs';
import { sha256Hex } from '../adapters/index.ts';
import { lineIndex } from '../base/index.ts';
import type { CheckedGuide } from './check-guide.ts';
import { usageError } from './exit-code.ts';
import { describeFileError, type GuideText, shownPath } from './guide-text.ts';
import { printableLine } from './printable-text.ts';

/** A function that gives the text; it throws when the file is another by now. */
export function sourceOf({ file, sha256, text }: CheckedGuide): () => GuideText {
  return () => {
    const given = text ?? readAgain(file, sha256);
    return { file: shownPath(file), text: given, lines: lineIndex(given) };
  };
}

function readAgain(file: string, sha256: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw usageError(`Cannot read \`${printableLine(file)}\` again: ${describeFileError(error)}.`);
  }
  if (sha256Hex(bytes) === sha256) return bytes.toString('utf8');
  throw usageError(`\`${printableLine(file)}\` was changed while it was checked.`, 'check again.');
}
