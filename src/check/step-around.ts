// The step that a part of it was cut from: "If it is slow, tell the owner." makes a step of its own for what it asks, and what
// stands above it in the step holds for it too.
import { onceFor } from '../base/index.ts';
import { findNode, type NodeId, type Plan, type PlanNode } from '../plan/index.ts';
import type { GuideFacts } from './guide-facts.ts';

/** `Step3` for its `Step3a`, where its words stand before the part's; null for a step that is none's part. */
export function stepAround(plan: Plan, node: PlanNode): PlanNode | null {
  const whole = wholeOf(node);
  if (whole === null) return null;
  const found = findNode(plan, whole);
  const { source } = node;
  const isAbove = found?.source && source && found.source.span.start <= source.span.start;
  return found && isAbove ? found : null;
}

/**
 * The step whose words on approval and on the way back hold for this one too: `Step3` for its `Step3.2`, and `Step3.1` where they stood
 * above the list of which both are items. Null where the step has such words itself, or none holds for it.
 */
export function leadOf(plan: Plan, facts: GuideFacts, node: PlanNode): PlanNode | null {
  const [, whole, item] = partOf(node) ?? [];
  if (whole === undefined || !node.source || saysOf(node)) return null;
  const at = node.source.span.start;
  const holds = (found: PlanNode | null | undefined): found is PlanNode => found?.source !== undefined && saysOf(found);
  const step = findNode(plan, whole);
  // The numbers alone prove nothing: a heading without one may stand between.
  const heading = step?.source && facts.sectionAt(step.source.span.start).section.heading;
  if (holds(step) && heading && facts.sectionAt(at).headings.includes(heading)) return step;
  const first = item === '1' ? null : findNode(plan, `${whole}.1`);
  if (!holds(first) || !first.source || first.source.span.start > at) return null;
  return opens.test(first.description.slice(0, Math.max(0, first.description.indexOf(first.title)))) ? first : null;
}

const opens = /\bneeds\s+approval\b|\bsafe\s+to\s+repeat\b|\bundo\s*:/i;

function saysOf({ needsApproval, safeToRepeat, undo }: PlanNode): boolean {
  return needsApproval || safeToRepeat || undo !== undefined;
}

const partOf = onceFor(({ id }: PlanNode) => /^(.*\d)\.(\d+)$/.exec(id));

const wholeOf = onceFor(({ id }: PlanNode): NodeId | null => /^(.*\d)[a-z]{1,2}$/.exec(id)?.[1] ?? null);
