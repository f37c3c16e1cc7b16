// Finds the journal that a user means: a file, or a run by a part of its journal's name, in the nearest folder of runs.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { usageError } from './exit-code.ts';
import { shownPath } from './guide-text.ts';
import { printableLine } from './printable-text.ts';

/**
 * The journal's path: of the nearest folder of runs here or above, else of those right below, where runs lie that were started with
 * settings there. A name that fits no journal, or several, is a usage error that says which there are.
 */
export function findJournal(named: string, from = process.cwd()): string {
  if (existsSync(named) && statSync(named).isFile()) return named;
  const nearest = nearestRuns(from);
  const near = nearest === null ? [] : fittingIn(nearest, named);
  const fitting = near.length > 0 ? near : runsBelow(from).flatMap((folder) => fittingIn(folder, named));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const latest = (paths: readonly string[], shown: (path: string) => string): string | undefined =>
    paths.length === 0
      ? undefined
      : `the latest of them: ${[...paths]
          .sort((a, b) => (basename(a) < basename(b) ? -1 : 1))
          .slice(-5)
          .map((path) => `\`${printableLine(shown(path))}\``)
          .join(', ')}.`;
  const name = printableLine(named);
  if (near.length > 0 && nearest !== null)
    throw usageError(`${near.length} journals in ${shownPath(nearest)} fit \`${name}\`.`, latest(near, basename));
  if (fitting.length > 0)
    throw usageError(`${fitting.length} journals below this folder fit \`${name}\`.`, latest(fitting, shownPath));
  if (nearest === null)
    throw usageError(
      `There is no journal \`${name}\`, and no folder .tsg/runs here or above.`,
      latest(runsBelow(from).flatMap(journalsIn), shownPath),
    );
  throw usageError(`No journal in ${shownPath(nearest)} fits \`${name}\`.`, latest(journalsIn(nearest), basename));
}

function journalsIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(folder, name));
}

function fittingIn(folder: string, named: string): readonly string[] {
  const journals = journalsIn(folder);
  const exact = journals.filter((path) => basename(path) === named);
  return exact.length > 0 ? exact : journals.filter((path) => isPartOf(basename(path), named));
}

/** Folders of runs in the folders right below this one. */
function runsBelow(from: string): readonly string[] {
  return readdirSync(from, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => join(from, name, '.tsg', 'runs'))
    .filter((folder) => existsSync(folder));
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
