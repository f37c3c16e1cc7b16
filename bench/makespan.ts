// How long a run of sleeping steps takes against the best list schedule of the same steps: random graphs of 200 steps, eight
// at a time. The schedules it is held against know every duration beforehand, and the best of these is slept through for real, so
// that both meet the same machine. That best one comes within 0.3 % of the time that eight that are never idle need (told as
// the floor), so no better bound is to be had. A first run knows no durations: it goes by the number of actions, and that alone
// costs 2 to 3 % on paper, whatever the overhead; how much depends on the graph, so the mean is taken over many. A second run knows
// what the first one's journal says. A disk that others write to shows in both runs, whose journals are durable, and in nothing else.
// `npx tsx bench/makespan.ts` prints each graph.
import { actionDurations } from '../src/run/index.ts';
import { benchPlan, benchRunKept, benchTool, randomOf, type BenchStep } from './bench-run.ts';
import type { Figure } from './figure.ts';

const count = 200;
const limit = 8;
const graphs = 10;

interface Graph {
  readonly steps: readonly BenchStep[];
  /** Milliseconds, by index of the step. */
  readonly sleeps: readonly number[];
  /** By index, the indexes of the steps it waits for. */
  readonly before: readonly (readonly number[])[];
}

/** The mean over several graphs of makespan through that of the best list schedule, of a first run and of a second. */
export async function benchMakespan(tell: (line: string) => void = () => undefined): Promise<readonly Figure[]> {
  const first: number[] = [];
  const second: number[] = [];
  const paper: number[] = [];
  for (let seed = 1; seed <= graphs; seed++) {
    // Half of them are wide, half of them are long.
    const graph = randomGraph(seed, seed <= graphs / 2 ? count : 20);
    const tool = benchTool((code) => new Promise((resolve) => setTimeout(resolve, Number(code))));
    const plan = benchPlan(graph.steps);
    const unknown = await benchRunKept(plan, tool, limit);
    const known = await benchRunKept(plan, tool, limit, actionDurations([unknown.journal]));
    const { weights, milliseconds } = bestSchedule(graph, seed);
    const best = await sleepThrough(graph, weights);
    first.push(unknown.seconds / best);
    second.push(known.seconds / best);
    const after = followersOf(graph);
    paper.push(
      listSchedule(
        graph,
        after,
        longestWays(graph, () => 1),
      ) / milliseconds,
    );
    const floor = graph.sleeps.reduce((sum, one) => sum + one, 0) / limit;
    const shown = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;
    tell(
      `graph ${seed}: first run ${shown(unknown.seconds * 1000)}, second ${shown(known.seconds * 1000)}, best list schedule ` +
        `${shown(best * 1000)} (${shown(milliseconds)} on paper, floor ${shown(floor)})`,
    );
  }
  tell(`a first run on paper, without any overhead: ${mean(paper).toFixed(3)} x`);
  const name = 'makespan of 200 sleeping steps on random graphs, 8 at a time, over the best list schedule, mean';
  return [
    {
      name: `${name}, durations known from one earlier run`,
      value: mean(second),
      limit: 1.03,
      bound: 'most',
      unit: 'x',
    },
    { name: `${name}, first run`, value: mean(first), limit: 1.03, bound: 'most', unit: 'x' },
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** By index, the longest way from a step to the end, its own length among it. */
function longestWays(graph: Graph, lengthOf: (index: number) => number): number[] {
  const after = followersOf(graph);
  const ways = graph.sleeps.map((_, index) => lengthOf(index));
  for (let at = count - 1; at >= 0; at--)
    ways[at] = lengthOf(at) + Math.max(0, ...(after[at] ?? []).map((one) => ways[one] ?? 0));
  return ways;
}

/** Steps that sleep 100 to 500 ms; each waits for up to two of the `reach` steps before it. */
function randomGraph(seed: number, reach: number): Graph {
  const random = randomOf(seed);
  const sleeps = Array.from({ length: count }, () => 100 + Math.floor(400 * random()));
  const before = sleeps.map((_, index) => {
    const wanted = index === 0 ? 0 : Math.floor(random() * 3);
    const least = Math.max(0, index - reach);
    return [...new Set(Array.from({ length: wanted }, () => least + Math.floor(random() * (index - least))))];
  });
  const steps = sleeps.map((sleep, index) => ({
    id: `Step${index + 1}`,
    after: (before[index] ?? []).map((one) => `Step${one + 1}`),
    code: String(sleep),
  }));
  return { steps, sleeps, before };
}

/** The shortest of many list schedules: by the longest way before each step in time, and that weighed by chance 500 times. */
function bestSchedule(
  graph: Graph,
  seed: number,
): { readonly weights: readonly number[]; readonly milliseconds: number } {
  const { sleeps } = graph;
  const after = followersOf(graph);
  const ways = longestWays(graph, (index) => sleeps[index] ?? 0);
  const random = randomOf(seed + 1000);
  let best = { weights: ways, milliseconds: listSchedule(graph, after, ways) };
  for (let round = 0; round < 500; round++) {
    const weights = ways.map((way) => way * (0.7 + 0.6 * random()));
    const milliseconds = listSchedule(graph, after, weights);
    if (milliseconds < best.milliseconds) best = { weights, milliseconds };
  }
  return best;
}

/** Sleeps through the steps by a list schedule, in this process and with nothing else to do; gives the seconds it took. */
function sleepThrough(graph: Graph, weights: readonly number[]): Promise<number> {
  const after = followersOf(graph);
  const left = graph.before.map((some) => some.length);
  const ready = graph.sleeps.flatMap((_, index) => (left[index] === 0 ? [index] : []));
  let under = 0;
  let ended = 0;
  const began = performance.now();
  return new Promise((resolve) => {
    const start = (): void => {
      ready.sort((a, b) => (weights[a] ?? 0) - (weights[b] ?? 0));
      while (under < limit) {
        const step = ready.pop();
        if (step === undefined) return;
        under++;
        setTimeout(() => end(step), graph.sleeps[step]);
      }
    };
    const end = (step: number): void => {
      under--;
      if (++ended === count) return resolve((performance.now() - began) / 1000);
      for (const one of after[step] ?? []) {
        left[one] = (left[one] ?? 0) - 1;
        if (left[one] === 0) ready.push(one);
      }
      start();
    };
    start();
  });
}

/** By index, the steps that wait for a step. */
function followersOf({ sleeps, before }: Graph): readonly number[][] {
  const after = sleeps.map((): number[] => []);
  before.forEach((some, index) => some.forEach((one) => after[one]?.push(index)));
  return after;
}

/** Milliseconds of the schedule that always starts the ready step of the greatest weight. */
function listSchedule({ sleeps, before }: Graph, after: readonly number[][], weights: readonly number[]): number {
  const left = before.map((some) => some.length);
  const ready = sleeps.flatMap((_, index) => (left[index] === 0 ? [index] : []));
  const under: { readonly step: number; readonly ends: number }[] = [];
  let time = 0;
  for (;;) {
    ready.sort((a, b) => (weights[a] ?? 0) - (weights[b] ?? 0));
    while (under.length < limit) {
      const step = ready.pop();
      if (step === undefined) break;
      under.push({ step, ends: time + (sleeps[step] ?? 0) });
    }
    under.sort((a, b) => b.ends - a.ends);
    const next = under.pop();
    if (!next) return time;
    time = next.ends;
    for (const one of after[next.step] ?? []) {
      left[one] = (left[one] ?? 0) - 1;
      if (left[one] === 0) ready.push(one);
    }
  }
}

if (process.argv[1] === import.meta.filename) {
  for (const { name, value, unit } of await benchMakespan(console.log))
    console.log(`${name}: ${value.toFixed(3)} ${unit}`);
}
