// The baseline of `tsg check`: which file it is, reading it, leaving out what it knows, and writing it anew.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { makeBaseline, readBaseline, withoutKnown, type Baseline } from '../check/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import { usageError } from './exit-code.ts';
import { describeWriteError, type GuideText, shownPath } from './guide-text.ts';
import { printableLine } from './printable-text.ts';

/** A checked file: a guide, or a file of alert rules. */
export interface CheckedFile {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The text that the findings are about; it may be read anew at each call. */
  readonly source: () => GuideText;
}

/** Writes what is found now, and tells how much that is. */
export function writeBaseline(path: string, checked: readonly CheckedFile[]): number {
  const baseline = makeBaseline(checked.map((one) => findingsOf(path, one)));
  try {
    writeFileSync(path, `${JSON.stringify(baseline, null, 2)}\n`);
  } catch (error) {
    throw usageError(`Cannot write \`${printableLine(shownPath(path))}\`: ${describeWriteError(error)}.`);
  }
  return checked.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
}

/** The files without the findings that the baseline knows, how many those are, and how many it knows that are gone. */
export function applyBaseline<T extends CheckedFile>(
  path: string,
  checked: readonly T[],
): { readonly checked: readonly T[]; readonly known: number; readonly gone: number } {
  const baseline = read(path);
  let known = 0;
  let gone = 0;
  const left = checked.map((one) => {
    const rest = withoutKnown(baseline, findingsOf(path, one));
    known += one.diagnostics.length - rest.left.length;
    gone += rest.gone;
    return { ...one, diagnostics: rest.left };
  });
  return { checked: left, known, gone };
}

function read(path: string): Baseline {
  if (!existsSync(path))
    throw usageError(
      `There is no baseline \`${printableLine(shownPath(path))}\`.`,
      'write one with `--write-baseline`.',
    );
  const baseline = readBaseline(readFileSync(path, 'utf8'));
  if (baseline === null)
    throw usageError(`\`${printableLine(shownPath(path))}\` is no baseline.`, 'write it anew with `--write-baseline`.');
  return baseline;
}

function findingsOf(path: string, { file, source, diagnostics }: CheckedFile): Parameters<typeof withoutKnown>[1] {
  const from = relative(dirname(resolve(path)), resolve(file)).replaceAll('\\', '/');
  return { file: from, text: diagnostics.length === 0 ? '' : source().text, diagnostics };
}
