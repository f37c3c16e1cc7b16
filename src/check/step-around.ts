// The step that a part of it was cut from: "If it is slow, tell the owner." makes a step of its own for what it asks, and what
// stands above it in the step holds for it too.
import { onceFor } from '../base/index.ts';
import type { NodeId, Plan, PlanNode } from '../plan/index.ts';

/** `Step3` for its `Step3a`, where its words stand before the part's; null for a step that is none's part. */
export function stepAround(plan: Plan, { id, source }: PlanNode): PlanNode | null {
  const whole = /^(.*\d)[a-z]{1,2}$/.exec(id)?.[1];
  const found = whole === undefined ? undefined : nodesById(plan).get(whole);
  const isAbove = found?.source && source && found.source.span.start <= source.span.start;
  return found && isAbove ? found : null;
}

const nodesById = onceFor(
  ({ nodes }: Plan): ReadonlyMap<NodeId, PlanNode> => new Map(nodes.map((node) => [node.id, node])),
);
