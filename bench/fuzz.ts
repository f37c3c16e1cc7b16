// `npx tsx bench/fuzz.ts [MUTANTS] [--from SEED] [--minutes N]`: reads, compiles and checks mutants of the public guides beside the
// repository (of the samples where those are absent), and asks completion and hover at random places of one in ten. Exits 1 when
// one throws, takes over two seconds, or gives a span outside of its text; such a mutant can be made again by its seed.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mutant, seeded } from '../test/support/mutate-lines.ts';
import { whatBreaks } from '../test/support/survive.ts';

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const wanted = Number(/^\d+$/.exec(process.argv[2] ?? '')?.[0] ?? 100_000);
const first = option('--from', 0);
const until = performance.now() + option('--minutes', 600) * 60_000;
const root = resolve(import.meta.dirname, '..');
const corpus = resolve(root, '../shared/corpus/guides');
const folder = existsSync(corpus) ? corpus : resolve(root, 'samples');
const guides = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .sort()
  .map((name) => readFileSync(join(folder, name), 'utf8'));

let done = 0;
let slowest = 0;
let faults = 0;
for (let seed = first; seed < first + wanted && performance.now() < until; seed++) {
  const text = mutant(guides, seed);
  const pick = seeded(seed + 1);
  const offsets = seed % 10 === 0 ? [0, pick(text.length + 1), pick(text.length + 1), text.length] : [];
  const before = process.cpuUsage();
  const broken = whatBreaks(text, offsets);
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  slowest = Math.max(slowest, seconds);
  done++;
  if (broken === null && seconds <= 2) continue;
  faults++;
  const file = join(tmpdir(), `tsg-mutant-${String(seed)}.md`);
  writeFileSync(file, text);
  console.log(`seed ${String(seed)} (${file}), ${seconds.toFixed(2)} s: ${broken ?? 'takes too long'}`);
}
console.log(
  `${String(done)} mutants of ${String(guides.length)} guides: ${String(faults)} faults; the slowest took ${slowest.toFixed(2)} s`,
);
if (faults > 0 || done < wanted) process.exitCode = 1;
