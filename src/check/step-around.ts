// The step that a part of it was cut from: "If it is slow, tell the owner." makes a step of its own for what it asks, and what
// stands above it in the step holds for it too.
import { onceFor } from '../base/index.ts';
import { findNode, type NodeId, type Plan, type PlanNode } from '../plan/index.ts';

/** `Step3` for its `Step3a`, where its words stand before the part's; null for a step that is none's part. */
export function stepAround(plan: Plan, node: PlanNode): PlanNode | null {
  const whole = wholeOf(node);
  if (whole === null) return null;
  const found = findNode(plan, whole);
  const { source } = node;
  const isAbove = found?.source && source && found.source.span.start <= source.span.start;
  return found && isAbove ? found : null;
}

const wholeOf = onceFor(({ id }: PlanNode): NodeId | null => /^(.*\d)[a-z]{1,2}$/.exec(id)?.[1] ?? null);
