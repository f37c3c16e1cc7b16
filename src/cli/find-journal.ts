// Finds the journal that a user means: a file, or a run by a part of its journal's name, in the nearest folder of runs.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { usageError } from './exit-code.ts';
import { shownPath } from './guide-text.ts';
import { printableLine } from './printable-text.ts';

/** The journal's path. A name that fits no journal, or several, is a usage error that says which there are. */
export function findJournal(named: string, from = process.cwd()): string {
  if (existsSync(named) && statSync(named).isFile()) return named;
  const folder = nearestRuns(from);
  if (folder === null)
    throw usageError(`There is no journal \`${printableLine(named)}\`, and no folder .tsg/runs here or above.`);
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const fitting = names.includes(named) ? [named] : names.filter((name) => isPartOf(name, named));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return join(folder, only);
  const shown = (fitting.length > 0 ? fitting : names)
    .sort()
    .slice(-5)
    .map((name) => `\`${printableLine(name)}\``);
  throw usageError(
    `${fitting.length === 0 ? 'No journal' : `${fitting.length} journals`} in ${shownPath(folder)} ${fitting.length === 0 ? 'fits' : 'fit'} \`${printableLine(named)}\`.`,
    shown.length === 0 ? undefined : `the latest of them: ${shown.join(', ')}.`,
  );
}

/**
 * A part is one of a name's own pieces, or begins with one. The file `b.jsonl` that is not there is no part of `…-4eb6b.jsonl`: a
 * yes must not reach another run.
 */
function isPartOf(name: string, part: string): boolean {
  if (part === '' || /[\\/]|\.jsonl$/.test(part)) return false;
  const stem = name.replace(/\.jsonl$/, '');
  for (let at = stem.indexOf(part); at >= 0; at = stem.indexOf(part, at + 1))
    if (at === 0 || /[^A-Za-z0-9]/.test(stem[at - 1] ?? '')) return true;
  return false;
}

function nearestRuns(from: string): string | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const runs = join(folder, '.tsg', 'runs');
    if (existsSync(runs)) return runs;
    if (folder === dirname(folder)) return null;
  }
}
