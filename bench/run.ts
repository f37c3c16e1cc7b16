// `npm run bench`: every speed figure that the documents state, each as a ratio or against its limit, in one run.
// Prints one line a figure as soon as it is measured and exits 1 when one misses its limit or cannot be measured. Builds first,
// because two figures are about dist/.
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

type Part = () => readonly Figure[] | Promise<readonly Figure[]>;

const parts: Readonly<Record<string, Part>> = {
  reading: benchReading,
  folder: benchFolder,
  activation: () => [
    {
      name: 'loading the extension over an empty file',
      value: benchActivation().overMs,
      limit: 30,
      bound: 'most',
      unit: 'ms',
    },
  ],
  scheduler: benchScheduler,
  makespan: benchMakespan,
  dbos: benchDbos,
  memory: benchMemory,
  preview: benchPreview,
};

const only = process.argv.slice(2);
const unknown = only.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`No part of the bench is called ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

execFileSync(process.execPath, ['esbuild.mjs', '--production'], {
  cwd: resolve(import.meta.dirname, '..'),
  stdio: 'inherit',
});

const counts = { held: 0, missed: 0, unmeasured: 0 };
for (const [name, measure] of Object.entries(parts)) {
  if (only.length > 0 && !only.includes(name)) continue;
  try {
    for (const figure of await measure()) print(figure);
  } catch (cause) {
    counts.unmeasured++;
    console.log(`NONE   ${name}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
console.log(`${counts.held} held, ${counts.missed} missed, ${counts.unmeasured} parts not measured`);
process.exit(counts.missed + counts.unmeasured === 0 ? 0 : 1);

function print({ name, value, limit, bound, unit }: Figure): void {
  const held = bound === 'most' ? value <= limit : value >= limit;
  counts[held ? 'held' : 'missed']++;
  const sign = bound === 'most' ? '<=' : '>=';
  console.log(`${held ? 'ok    ' : 'MISSED'} ${name}: ${value.toFixed(2)} ${unit} (${sign} ${limit} ${unit})`);
}
