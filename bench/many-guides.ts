// A folder of many guides, as the library of a large organisation would be: public guides beside the repository (the samples where
// those are absent), each many times over with names of its own, so that no two texts are one.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Writes `count` guides below `folder`, a sub-folder for each round through the originals. */
export function writeManyGuides(folder: string, count: number): void {
  const corpus = resolve(root, '../shared/corpus/guides');
  const from = existsSync(corpus) ? corpus : join(root, 'samples');
  const originals = readdirSync(from, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({ name: basename(name, '.md'), text: readFileSync(join(from, name), 'utf8') }));
  if (originals.length === 0) throw new Error(`Internal error: no guide in ${from}`);
  for (let index = 0; index < count; index++) {
    const round = Math.floor(index / originals.length);
    const { name, text } = originals[index % originals.length] ?? { name: '', text: '' };
    const below = join(folder, `service-${round}`);
    mkdirSync(below, { recursive: true });
    writeFileSync(join(below, `${name}-${round}.md`), ownNames(text, round));
  }
}

function ownNames(text: string, round: number): string {
  return text.replace(/\b(?:service|cluster|node|pod|alert|database|server|team|update|issue)s?\b/gi, `$&-${round}`);
}
