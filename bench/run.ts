// `npm run bench`: every speed figure that the documents state, each as a ratio or against its limit, in one run.
// Prints one line a figure and exits 1 when one misses its limit. Builds first, because two figures are about dist/.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { benchActivation } from './activation.ts';
import { benchDbos } from './dbos.ts';
import type { Figure } from './figure.ts';
import { benchFolder } from './folder.ts';
import { benchMakespan } from './makespan.ts';
import { benchMemory } from './memory.ts';
import { benchPreview } from './preview.ts';
import { benchReading } from './reading.ts';
import { benchScheduler } from './scheduler.ts';

const figures: Figure[] = [];
const only = process.argv.slice(2);
const wanted = (part: string): boolean => only.length === 0 || only.includes(part);

execFileSync(process.execPath, ['esbuild.mjs', '--production'], {
  cwd: resolve(import.meta.dirname, '..'),
  stdio: 'inherit',
});
if (wanted('reading')) figures.push(...(await benchReading()));
if (wanted('folder')) figures.push(...benchFolder());
if (wanted('activation')) {
  const { overMs } = benchActivation();
  figures.push({
    name: 'loading the extension over an empty file',
    value: overMs,
    limit: 30,
    bound: 'most',
    unit: 'ms',
  });
}
if (wanted('scheduler')) figures.push(...(await benchScheduler()));
if (wanted('makespan')) figures.push(...(await benchMakespan()));
if (wanted('dbos')) figures.push(...(await benchDbos()));
if (wanted('memory')) figures.push(...benchMemory());
if (wanted('preview')) figures.push(...(await benchPreview()));

let missed = 0;
for (const { name, value, limit, bound, unit } of figures) {
  const held = bound === 'most' ? value <= limit : value >= limit;
  if (!held) missed++;
  const sign = bound === 'most' ? '<=' : '>=';
  console.log(`${held ? 'ok    ' : 'MISSED'} ${name}: ${value.toFixed(2)} ${unit} (${sign} ${limit} ${unit})`);
}
console.log(`${figures.length - missed} held, ${missed} missed`);
process.exit(missed === 0 ? 0 : 1);
