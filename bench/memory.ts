// The memory of `tsg run` over a guide whose commands print 5 GB in all: a hundred steps of 50 MB each, one after the other,
// by the built command line and the real shell tool. The figure is the process's greatest resident size.
// `npx tsx bench/memory.ts` prints it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Figure } from './figure.ts';

const steps = 100;
const bytesEach = 50_000_000;

/** `dist/tsg.mjs` must be built. */
export function benchMemory(): readonly Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'tsg-memory-'));
  try {
    const parts = Array.from({ length: steps }, (_, index) =>
      [`## Step ${index + 1} - Read log ${index + 1}`, '', '```bash', `yes | head -c ${bytesEach}`, '```', ''].join(
        '\n',
      ),
    );
    writeFileSync(join(folder, 'logs.tsg.md'), `# Many logs\n\n${parts.join('\n')}`);
    writeFileSync(join(folder, 'tsg.yaml'), 'tools:\n  here:\n    kind: shell\n');
    const size = join(folder, 'size');
    const probe = join(folder, 'probe.cjs');
    writeFileSync(
      probe,
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(size)}, String(process.resourceUsage().maxRSS)));`,
    );
    const tsg = resolve(import.meta.dirname, '..', 'dist', 'tsg.mjs');
    const args = ['--require', probe, tsg, 'run', 'logs.tsg.md', '--live', '--approve', 'all'];
    execFileSync(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    return [
      {
        name: 'greatest memory of a run whose commands print 5 GB in all',
        value: Number(readFileSync(size, 'utf8')) / 1024,
        limit: 300,
        bound: 'most',
        unit: 'MB',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  for (const { name, value, unit } of benchMemory()) console.log(`${name}: ${value.toFixed(0)} ${unit}`);
}
