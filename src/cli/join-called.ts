// Finds the guides that a guide's steps call, for a run: files below one folder, links followed, that have no errors. What is
// not found there, or may not be read, stays with the engineer; the reason is told before the run begins.
import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { findCalled, isBelow, sha256Hex } from '../adapters/index.ts';
import { joinGuides, type CalledPlan, type Plan } from '../plan/index.ts';
import { shownPath } from './guide-text.ts';
import { loadGuide, type LoadedGuide } from './load-guide.ts';
import { printableLine } from './printable-text.ts';
import type { Terminal } from './terminal.ts';

/**
 * The guide with the guides that it calls in its plan. They lie below `within`, or else below the nearest folder above the guide
 * that holds the settings or a repository, or in the guide's own folder.
 */
export async function joinCalled(
  loaded: LoadedGuide,
  about: { readonly settings: string | null; readonly within?: string | undefined },
  terminal: Terminal,
): Promise<LoadedGuide> {
  const file = await realpath(loaded.file).catch(() => resolve(loaded.file));
  const root = await realpath(about.within ?? rootOf(file, about.settings)).catch(() => dirname(file));
  const { plan, unjoined } = await joinGuides(loaded.plan, file, (from, path) => openCalled(root, from, path));
  for (const { action, because } of unjoined)
    terminal.err(
      `${terminal.styled('yellow', '!')} ${printableLine(action)} stays by hand: ${printableLine(because)}\n`,
    );
  return { ...loaded, plan };
}

function rootOf(file: string, settings: string | null): string {
  if (settings !== null && isBelow(dirname(settings), file)) return dirname(settings);
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return dirname(file);
  }
}

async function openCalled(root: string, from: string, path: string): Promise<CalledPlan> {
  const refused = (because: string): CalledPlan => ({ kind: 'refused', because });
  const found = await findCalled(root, from, path);
  if (found.kind === 'refused') return found;
  const { file } = found;
  try {
    const { plan, diagnostics } = await loadGuide(file, { languages: null, fileAs: 'path' });
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    if (errors > 0) return refused(`\`${path}\` has errors; \`tsg check ${shownPath(file)}\` lists them.`);
    return { kind: 'opened', id: file, plan };
  } catch (error) {
    return refused(`\`${path}\` cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Says which guides of a run were edited since: what is shown of them, and runs, is how they were then. */
export async function tellChanged(plan: Plan, terminal: Terminal): Promise<void> {
  for (const changed of await changedSince(plan))
    terminal.err(
      `${terminal.styled('yellow', '!')} ${printableLine(shownPath(changed))} is not what it was when the run began; the run goes on with what it began with.\n`,
    );
}

/** Files of the guides in a run's plan that are no longer what they were when it began, its own first. */
async function changedSince({ guide, nodes }: Plan): Promise<readonly string[]> {
  const guides = [guide, ...nodes.flatMap(({ actions }) => actions.flatMap((action) => action.guide ?? []))];
  const changed = new Set<string>();
  for (const { file, sha256 } of guides) {
    if (sha256 === '' || !isAbsolute(file)) continue;
    const bytes = await readFile(file).catch(() => null);
    if (bytes === null || sha256Hex(bytes) !== sha256) changed.add(file);
  }
  return [...changed];
}
