// A run in the middle of its work on any plan, showing every status: for pictures and tests of the preview.
import type { RunPicture, StepPicture } from '../../src/diagram/index.ts';
import type { Coverage, Plan } from '../../src/plan/index.ts';

const statuses: readonly StepPicture['status'][] = [
  'succeeded',
  'succeeded',
  'failed',
  'running',
  'waiting',
  'skipped',
  'cancelled',
  'planned',
  'pending',
];

/** The steps of the plan take the statuses in turn; arrows follow from their first node. */
export function sampleRun(plan: Plan): RunPicture {
  const steps = plan.nodes
    .filter((node) => node.kind === 'step')
    .map((node, i): StepPicture => {
      const status = statuses[i % statuses.length] ?? 'pending';
      return {
        node: node.id,
        status,
        ...(status === 'succeeded' && { durationMs: 240 + i * 130, summary: `${i * 9} rows` }),
        ...(status === 'failed' && {
          durationMs: 80,
          summary: 'Binder Error: Ambiguous reference to column name "zone"',
        }),
      };
    });
  const statusOf = new Map(steps.map((step) => [step.node, step.status]));
  const waiting = steps.find((step) => step.status === 'waiting');
  return {
    run: 'run-1',
    mode: 'live',
    phase: 'waiting',
    steps,
    edges: plan.edges.map((edge, i) => {
      const status = edge.from === 'start' ? 'succeeded' : statusOf.get(edge.from);
      if (status === 'succeeded')
        return edge.condition === null
          ? { edge: edge.id, status: 'enabled', decidedBy: 'none' }
          : i % 2 === 0
            ? { edge: edge.id, status: 'enabled', decidedBy: 'guard', because: 'error_rate was 9.2' }
            : { edge: edge.id, status: 'disabled', decidedBy: 'engineer' };
      if (status === 'failed' || status === 'skipped')
        return { edge: edge.id, status: 'disabled', decidedBy: 'upstream' };
      return { edge: edge.id, status: 'pending' };
    }),
    questions: waiting ? [{ node: waiting.node, text: 'Which way? No guard decides this condition.' }] : [],
  };
}

/** Coverage of a plan's first half; of its conditions every second was only seen to hold. */
export function sampleCoverage(plan: Plan): Coverage {
  const steps = plan.nodes.filter(({ kind }) => kind === 'step').map(({ id }) => id);
  const run = new Set(['start', ...steps.slice(0, Math.ceil(steps.length / 2))]);
  const conditional = plan.edges.filter(
    ({ condition, guard, onFailure }) => !onFailure && (condition !== null || guard),
  );
  const sides = conditional.flatMap((edge, index) => [
    { edge, side: 'held' as const, seen: run.has(edge.from) },
    { edge, side: 'did not hold' as const, seen: run.has(edge.from) && index % 2 === 0 },
  ]);
  const measure = <T>(all: readonly T[], missing: readonly T[]) => {
    return { covered: all.length - missing.length, total: all.length, missing };
  };
  return {
    steps: measure(
      steps,
      steps.filter((id) => !run.has(id)),
    ),
    edges: measure(
      plan.edges,
      plan.edges.filter(({ from }) => !run.has(from)),
    ),
    sides: measure(
      sides,
      sides.filter(({ seen }) => !seen),
    ),
  };
}
