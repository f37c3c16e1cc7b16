// What scheduling costs: runs of plans whose steps do nothing, 64 side by side or one after the other, with a durable journal.
// `npx tsx bench/scheduler.ts` prints the figures; `npm run bench` holds them against their limits.
import { benchPlan, benchRun, benchTool, type BenchStep } from './bench-run.ts';
import type { Figure } from './figure.ts';
import { median } from './median.ts';

const side = 64;

/** Nodes a second at 10,000 nodes, what a node costs at 100,000 against one at 10,000, and what lies between two steps. */
export async function benchScheduler(): Promise<readonly Figure[]> {
  await secondsFor(10_000, false);
  const small: number[] = [];
  const large: number[] = [];
  const called: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 3; i++) small.push(await secondsFor(10_000, false));
    large.push(await secondsFor(100_000, false));
    called.push(await secondsFor(10_000, true));
  }
  return [
    {
      name: 'no-op nodes scheduled, 64 at a time, journal durable',
      value: 10_000 / median(small),
      limit: 30_000,
      bound: 'least',
      unit: 'nodes/s',
    },
    {
      name: 'a node at 100,000 nodes over one at 10,000',
      value: median(large) / 10 / median(small),
      limit: 2,
      bound: 'most',
      unit: 'x',
    },
    {
      name: 'a step that calls a tool which does nothing, 64 at a time, journal durable before each call',
      value: (median(called) / 10_000) * 1000,
      limit: 5,
      bound: 'most',
      unit: 'ms',
    },
    {
      name: 'from the end of one step to the call of the next in a chain, journal durable, median',
      value: await betweenSteps(1000),
      limit: 5,
      bound: 'most',
      unit: 'ms',
    },
  ];
}

async function secondsFor(count: number, withTool: boolean): Promise<number> {
  return benchRun(
    benchPlan(layers(count, side, withTool)),
    benchTool(() => Promise.resolve()),
    side,
  );
}

/** Layers of nodes; each but the first layer's waits for two of the layer above. */
export function layers(count: number, width: number, withTool: boolean): readonly BenchStep[] {
  return Array.from({ length: count }, (_, n): BenchStep => {
    const above = n - width;
    const beside = above - (above % width) + ((above + 1) % width);
    const after = above < 0 ? [] : [...new Set([above, beside])].map((one) => `Step${one + 1}`);
    return { id: `Step${n + 1}`, after, ...(withTool && { code: 'nothing' }) };
  });
}

/** Milliseconds, at the median. */
async function betweenSteps(count: number): Promise<number> {
  const steps = Array.from({ length: count }, (_, n) => ({
    id: `Step${n + 1}`,
    after: n === 0 ? [] : [`Step${n}`],
    code: 'nothing',
  }));
  const calls: number[] = [];
  const tool = benchTool(() => {
    calls.push(performance.now());
    return Promise.resolve();
  });
  await benchRun(benchPlan(steps), tool, 8);
  return median(calls.slice(1).map((time, index) => time - (calls[index] ?? 0)));
}

if (process.argv[1] === import.meta.filename) {
  for (const { name, value, unit } of await benchScheduler()) console.log(`${name}: ${value.toFixed(2)} ${unit}`);
}
