// Runs for the benches: small plans made in code, with a durable journal in a temporary folder on the disk.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../src/adapters/journal.ts';
import { sha256Hex } from '../src/adapters/sha256.ts';
import { systemClock } from '../src/adapters/system-clock.ts';
import type { Action, Plan, PlanNode } from '../src/plan/index.ts';
import { startLiveRun, type Tool } from '../src/run/index.ts';

/** A step of a bench's plan: its name, those it waits for, and its one action, if it has any. */
export interface BenchStep {
  readonly id: string;
  readonly after: readonly string[];
  readonly code?: string;
}

/** Steps without predecessors follow `start`; those without followers lead to the end. */
export function benchPlan(steps: readonly BenchStep[], language = 'idle'): Plan {
  const followed = new Set(steps.flatMap(({ after }) => after));
  const last = steps.filter(({ id }) => !followed.has(id)).map(({ id }) => id);
  const all: readonly BenchStep[] = [...steps, { id: 'Last', after: last }];
  const edges = all.flatMap(({ id, after }) => (after.length === 0 ? ['start'] : after).map((from) => [from, id]));
  return {
    guide: { title: 'bench', file: 'bench.md', sha256: '', parameters: [] },
    nodes: [
      nodeOf('start', 'start', []),
      ...all.map(({ id, code }) => nodeOf(id, 'step', code === undefined ? [] : [actionOf(id, code, language)])),
      nodeOf('end', 'end', []),
    ],
    edges: [...edges, ['Last', 'end']].map(([from = '', to = '']) => ({
      id: `edge_${from}_${to}`,
      from,
      to,
      condition: null,
    })),
    repeats: [],
    notRead: [],
  };
}

/** Runs a plan to its end; gives the seconds it took. Throws when a step did not succeed. */
export async function benchRun(plan: Plan, tool: Tool, maxParallel: number): Promise<number> {
  return (await benchRunKept(plan, tool, maxParallel)).seconds;
}

/** The same, with the run's journal; `expected` is what is known of its actions' durations. */
export async function benchRunKept(
  plan: Plan,
  tool: Tool,
  maxParallel: number,
  expected: Readonly<Record<string, number>> = {},
): Promise<{ readonly seconds: number; readonly journal: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'tsg-bench-'));
  try {
    const path = join(folder, 'run.jsonl');
    const journal = await openJournal(path);
    const began = performance.now();
    const run = startLiveRun({
      run: 'bench',
      plan,
      maxParallel,
      expected,
      toolbox: { tools: [tool], find: () => tool },
      journal,
      clock: systemClock,
      hash: sha256Hex,
      seal: sha256Hex,
    });
    const view = await run.settled();
    const seconds = (performance.now() - began) / 1000;
    await journal.close();
    if (view.outcome !== 'completed' || view.steps.some(({ status }) => status !== 'succeeded')) {
      throw new Error(`Internal error: the bench's run ended ${String(view.outcome)}: ${view.reason ?? ''}`);
    }
    return { seconds, journal: await readFile(path, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A tool that does what it is told and reads only. */
export function benchTool(perform: (code: string) => Promise<void>): Tool {
  return {
    name: 'bench',
    kind: 'bench',
    languages: ['idle'],
    describe: () => 'bench',
    render: (action, bindings) => ({ action, tool: 'bench', text: action.code, bindings }),
    classify: () => ({ effect: 'read', because: 'it does nothing' }),
    explain: () => Promise.resolve({ kind: 'cannot-explain', because: 'there is nothing to explain' }),
    check: () => Promise.resolve(null),
    perform: async ({ text }) => {
      await perform(text);
      return { kind: 'result', result: { notes: [] } };
    },
    close: () => Promise.resolve(),
  };
}

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function actionOf(id: string, code: string, language: string): Action {
  return {
    id: `${id}.1`,
    language,
    code,
    source: { span: { start: 0, end: 0 }, startLine: 1, endLine: 1 },
    lineOffsets: [0],
    placeholders: [],
    parameters: [],
    effect: 'read',
  };
}

function nodeOf(id: string, kind: PlanNode['kind'], actions: readonly Action[]): PlanNode {
  return { id, kind, title: id, description: '', actions, needsApproval: false, safeToRepeat: false };
}
