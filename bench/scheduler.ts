// What scheduling costs: runs of plans whose nodes do nothing, 64 side by side, with a durable journal on the disk.
// `npx tsx bench/scheduler.ts` prints the figures; `npm run bench` holds them against their limits.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../src/adapters/journal.ts';
import { sha256Hex } from '../src/adapters/sha256.ts';
import { systemClock } from '../src/adapters/system-clock.ts';
import type { Action, Plan, PlanEdge, PlanNode } from '../src/plan/index.ts';
import { startLiveRun, type Tool } from '../src/run/index.ts';
import type { Figure } from './figure.ts';
import { median } from './median.ts';

const side = 64;

/** Nodes a second at 10,000 nodes, and what a node costs at 100,000 against one at 10,000. */
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
  ];
}

async function secondsFor(count: number, withTool: boolean): Promise<number> {
  const plan = layers(count, withTool);
  const folder = await mkdtemp(join(tmpdir(), 'tsg-bench-'));
  try {
    const journal = await openJournal(join(folder, 'run.jsonl'));
    const began = performance.now();
    const run = startLiveRun({
      run: 'bench',
      plan,
      maxParallel: side,
      toolbox: { tools: [idle], find: () => idle },
      journal,
      clock: systemClock,
      hash: sha256Hex,
    });
    const view = await run.settled();
    const seconds = (performance.now() - began) / 1000;
    await journal.close();
    if (view.outcome !== 'completed' || view.steps.some(({ status }) => status !== 'succeeded')) {
      throw new Error(`Internal error: the bench's run ended ${String(view.outcome)}: ${view.reason ?? ''}`);
    }
    return seconds;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const idle: Tool = {
  name: 'idle',
  kind: 'idle',
  languages: ['idle'],
  describe: () => 'does nothing',
  render: (action, bindings) => ({ action, tool: 'idle', text: action.code, bindings }),
  classify: () => ({ effect: 'read', because: 'it does nothing' }),
  explain: () => Promise.resolve({ kind: 'cannot-explain', because: 'there is nothing to explain' }),
  check: () => Promise.resolve(null),
  perform: () => Promise.resolve({ kind: 'result', result: { notes: [] } }),
  close: () => Promise.resolve(),
};

/** Layers of 64 nodes; each node but the first layer's waits for two of the layer above, the end for all of the last. */
function layers(count: number, withTool: boolean): Plan {
  const source = { span: { start: 0, end: 0 }, startLine: 1, endLine: 1 };
  const nodes: PlanNode[] = [nodeOf('start', 'start', [])];
  const edges: PlanEdge[] = [];
  const link = (from: string, to: string): number =>
    edges.push({ id: `edge_${from}_${to}`, from, to, condition: null });
  for (let n = 0; n < count; n++) {
    const id = `Step${n + 1}`;
    const action: Action = {
      id: `${id}.1`,
      language: 'idle',
      code: 'nothing',
      source,
      lineOffsets: [0],
      placeholders: [],
      parameters: [],
      effect: 'read',
    };
    nodes.push(nodeOf(id, 'step', withTool ? [action] : []));
    if (n < side) link('start', id);
    else {
      const above = n - side;
      link(`Step${above + 1}`, id);
      link(`Step${above - (above % side) + ((above + 1) % side) + 1}`, id);
    }
  }
  nodes.push(nodeOf('Last', 'step', []));
  for (let n = Math.max(0, count - side); n < count; n++) link(`Step${n + 1}`, 'Last');
  link('Last', 'end');
  nodes.push(nodeOf('end', 'end', []));
  return {
    guide: { title: 'bench', file: 'bench.md', sha256: '', parameters: [] },
    nodes,
    edges,
    repeats: [],
    notRead: [],
  };
}

function nodeOf(id: string, kind: PlanNode['kind'], actions: readonly Action[]): PlanNode {
  return { id, kind, title: id, description: '', actions, needsApproval: false, safeToRepeat: false };
}

if (process.argv[1] === import.meta.filename) {
  for (const { name, value, unit } of await benchScheduler()) console.log(`${name}: ${value.toFixed(2)} ${unit}`);
}
