// The texts of the guides that a run went through because its guide calls them, for its bundle: each only where a file still holds the
// bytes that the run began with.
import { readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { sha256Hex } from '../adapters/index.ts';
import type { Plan } from '../plan/index.ts';

/** A guide that is called, once for each file. */
export interface CalledSource {
  readonly file: string;
  readonly sha256: string;
  /** Its path in the bundle: as it lies below the guide's folder, or else its name alone below `called`. */
  readonly name: string;
  /** Null where no file holds it any more. */
  readonly text: string | null;
}

/** In the order in which the plan calls them. They are looked for where the plan says, and as they lay to the guide near `journal`. */
export async function calledSources(journal: string, { guide, nodes }: Plan): Promise<readonly CalledSource[]> {
  const called = new Map(
    nodes.flatMap(({ actions }) =>
      actions.flatMap((action) => (action.guide ? [[action.guide.file, action.guide] as const] : [])),
    ),
  );
  const sources: CalledSource[] = [];
  const taken = new Set<string>([basename(guide.file.replaceAll('\\', '/'))]);
  for (const { file, sha256 } of called.values()) {
    const from = relative(dirname(guide.file), file);
    const near = ['.', '..', '../..', '../../..'].map((up) => join(resolve(dirname(journal), up), from));
    const text = await firstWith(sha256, isAbsolute(file) ? [file, ...near] : near);
    const name = freeName(nameOf(from.replaceAll('\\', '/')), taken);
    taken.add(name);
    sources.push({ file, sha256, name, text });
  }
  return sources;
}

/** Never out of the archive. */
function nameOf(from: string): string {
  const isBelow = !isAbsolute(from) && !/^[A-Za-z]:/.test(from) && from.split('/').every((part) => part !== '..');
  return isBelow ? from : `called/${basename(from)}`;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  const stem = name.replace(/(?:\.tsg)?\.[^./]+$/, '');
  for (let copy = 1; ; copy++) {
    const free = copy === 1 ? name : `${stem}-${copy}${name.slice(stem.length)}`;
    if (!taken.has(free)) return free;
  }
}

async function firstWith(sha256: string, paths: readonly string[]): Promise<string | null> {
  if (sha256 === '') return null;
  for (const path of paths) {
    const bytes = await readFile(path).catch(() => null);
    if (bytes !== null && sha256Hex(bytes) === sha256) return bytes.toString('utf8');
  }
  return null;
}
