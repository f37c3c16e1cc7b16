// How much of a plan some runs have been through, as a value: what measures it, draws it and tells it share its form.
import type { Plan, PlanEdge } from './plan.ts';

export interface Measure<T> {
  readonly covered: number;
  readonly total: number;
  readonly missing: readonly T[];
}

export interface Coverage {
  readonly steps: Measure<string>;
  readonly edges: Measure<PlanEdge>;
  /** Two for each condition: that it held once, and that it did not hold once. */
  readonly sides: Measure<{ readonly edge: PlanEdge; readonly side: 'held' | 'did not hold' }>;
}

/** What two sets of runs of one plan have been through together. */
export function joinCoverages(one: Coverage, other: Coverage): Coverage {
  return {
    steps: join(one.steps, other.steps, (step) => step),
    edges: join(one.edges, other.edges, ({ id }) => id),
    sides: join(one.sides, other.sides, ({ edge, side }) => `${side} ${edge.id}`),
  };
}

/** Missing is what both miss. */
function join<T>({ total, missing }: Measure<T>, other: Measure<T>, name: (one: T) => string): Measure<T> {
  const missed = new Set(other.missing.map(name));
  const left = missing.filter((one) => missed.has(name(one)));
  return { covered: total - left.length, total, missing: left };
}

/** Everything of a plan that may be taken or left: its edges, and what leads back into its loops. */
export function waysOf({ edges, repeats }: Pick<Plan, 'edges' | 'repeats'>): readonly PlanEdge[] {
  return [...edges, ...repeats.map(({ max: _max, waitMs: _waitMs, ...way }): PlanEdge => way)];
}

/** Whether an edge has a condition with two sides, as they are measured. */
export function hasSides(edge: PlanEdge): boolean {
  return !edge.onFailure && (edge.condition !== null || edge.guard !== undefined);
}
