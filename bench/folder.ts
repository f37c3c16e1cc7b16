// A folder of 2,000 guides on the machine's cores, by the built command line: how many are compiled in a second, and how long
// checking them takes beside markdownlint-cli2 on the same files; the better of two alternating rounds. Also what it takes of memory
// at its most. `npx tsx bench/folder.ts [COUNT]` prints the figures; `dist/` must be built.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Figure } from './figure.ts';
import { writeManyGuides } from './many-guides.ts';

const root = resolve(import.meta.dirname, '..');

export function benchFolder(count = 2000, rounds = 2): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'tsg-folder-'));
  try {
    writeManyGuides(join(folder, 'guides'), count);
    const size = join(folder, 'size');
    const probe = join(folder, 'probe.cjs');
    writeFileSync(
      probe,
      `if (require('node:worker_threads').isMainThread)
         process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(size)}, String(process.resourceUsage().maxRSS)));`,
    );
    let memory = 0;
    const tsg = (...args: string[]): number => {
      const seconds = timeOf(folder, ['--require', probe, join(root, 'dist/tsg.mjs'), ...args]);
      memory = Math.max(memory, Number(readFileSync(size, 'utf8')) / 1024);
      return seconds;
    };
    const lint = join(root, 'node_modules/markdownlint-cli2/markdownlint-cli2-bin.mjs');
    const compiled: number[] = [];
    const checked: number[] = [];
    const linted: number[] = [];
    for (let round = 0; round < rounds; round++) {
      compiled.push(tsg('compile', 'guides', '-o', 'plans'));
      checked.push(tsg('check', 'guides'));
      linted.push(timeOf(folder, [lint, 'guides/**/*.md']));
    }
    const name = `${count.toLocaleString('en')} guides`;
    return [
      { name: `compiling ${name}`, value: count / Math.min(...compiled), limit: 200, bound: 'least', unit: 'a second' },
      {
        name: `checking ${name} over markdownlint-cli2`,
        value: Math.min(...checked) / Math.min(...linted),
        limit: 0.8,
        bound: 'most',
        unit: 'x',
      },
      { name: `greatest memory over ${name}`, value: memory, limit: 800, bound: 'most', unit: 'MB' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds that a program of Node takes; that it finds something in the guides is no failure. */
function timeOf(cwd: string, args: readonly string[]): number {
  const started = performance.now();
  const { status, error, stderr } = spawnSync(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 30,
  });
  if (error || (status !== 0 && status !== 1))
    throw new Error(
      `${args.join(' ')} ended with ${String(status)}: ${error?.message ?? stderr.toString().slice(-500)}`,
    );
  return (performance.now() - started) / 1000;
}

if (process.argv[1] === import.meta.filename) {
  execFileSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, stdio: 'inherit' });
  for (const { name, value, unit, limit } of benchFolder(Number(process.argv[2] ?? 2000)))
    console.log(`${name}: ${value.toFixed(2)} ${unit} (limit ${limit})`);
}
