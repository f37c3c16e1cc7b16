// What earlier runs of a guide say of how long its actions take: their journals lie beside that of the new run.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { guideStem, type Plan } from '../plan/index.ts';
import { actionDurations } from '../run/index.ts';

/** Journals that are looked at, the latest of them, and bytes of the largest. */
const mostJournals = 3;
const largestJournal = 20_000_000;

/**
 * Durations for a run whose journal is to be `journal` (`<time>-<guide>-<run>.jsonl`); none where all of the plan's steps may run
 * at once anyway, or nothing is known. Never rejects.
 */
export async function pastDurations(
  journal: string,
  { nodes }: Plan,
  maxParallel: number,
): Promise<Readonly<Record<string, number>>> {
  const guide = nameOf(basename(journal));
  if (guide === undefined || nodes.filter(({ actions }) => actions.length > 0).length <= maxParallel) return {};
  return durationsIn(dirname(journal), guide, basename(journal));
}

/** Milliseconds by action of a guide's file, by the journals of its latest runs in a folder. Never rejects. */
export function guideDurations(folder: string, file: string): Promise<Readonly<Record<string, number>>> {
  return durationsIn(folder, `-${guideInJournals(file)}-`);
}

/** What a guide's file is called in the names of its journals: `Disk full.tsg.md` is `Disk-full`. Empty for a name of nothing else. */
export function guideInJournals(file: string): string {
  const name = guideStem(basename(file));
  return name.replace(/[^\w.-]+/g, '-').slice(0, 60);
}

async function durationsIn(folder: string, guide: string, but?: string): Promise<Readonly<Record<string, number>>> {
  const names = await readdir(folder).catch(() => []);
  const past = names.filter((name) => name !== but && nameOf(name) === guide);
  const texts = await Promise.all(
    past
      .sort()
      .slice(-mostJournals)
      .map(async (name) => {
        const path = join(folder, name);
        const { size } = await stat(path);
        return size > largestJournal ? '' : readFile(path, 'utf8');
      }),
  ).catch(() => []);
  return actionDurations(texts);
}

/** The guide's part of a journal's name. */
function nameOf(file: string): string | undefined {
  return /^[^-]+(-.+-)[0-9a-f]{8}\.jsonl$/.exec(file)?.[1];
}
