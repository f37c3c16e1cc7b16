// "Go to Step 2", "Page the owner" in a cell of a table: there is nothing to do on the way, so that the row is a way and no step.
import type { Plan, PlanEdge } from '../plan/index.ts';
import { freeEdgeIds, isBare } from './bare-step.ts';
import type { Step } from './draft.ts';

/** The plan without the steps that only pass on; one of them stays when more hangs on it than one way to it and one from it. */
export function foldPassing(plan: Plan, steps: readonly Step[]): Plan {
  return steps.reduce((folded, { id, passes }) => (passes ? withoutStep(folded, id) : folded), plan);
}

function withoutStep(plan: Plan, id: string): Plan {
  const node = plan.nodes.find((one) => one.id === id);
  const [onward, ...others] = plan.edges.filter(({ from }) => from === id);
  if (!node || !onward || others.length > 0 || onward.condition !== null || onward.to === id) return plan;
  if (!isBare(plan, node)) return plan;
  const idOf = freeEdgeIds(plan);
  const led = (edge: PlanEdge): PlanEdge => {
    const { outcome: _, ...rest } = edge;
    const id = idOf(edge.from, onward.to);
    return { ...rest, id, to: onward.to, ...(onward.outcome && { outcome: onward.outcome }) };
  };
  return {
    ...plan,
    nodes: plan.nodes.filter((one) => one !== node),
    edges: plan.edges.filter((edge) => edge !== onward).map((edge) => (edge.to === id ? led(edge) : edge)),
  };
}
