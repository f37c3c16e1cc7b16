// What a question at a step rests on: what the step itself has found, and where it only says in words what to look at, what the steps that
// led to it have found.
import { inputEdges, type NodeId, type Plan } from '../plan/index.ts';
import type { RunView, StepView } from './view.ts';

/**
 * The step itself when it has found something; else the nearest steps on each way to it that have, in the order of the plan. A called
 * guide is a step of the guide that calls it: what stands before it there is not looked for.
 */
export function foundBefore(plan: Plan, { steps, edges }: Pick<RunView, 'steps' | 'edges'>, node: NodeId): StepView[] {
  const taken = new Set(edges.filter(({ status }) => status === 'enabled').map(({ edge }) => edge));
  const byNode = new Map(steps.map((step) => [step.node, step]));
  const found = new Set<NodeId>();
  const seen = new Set<NodeId>([node]);
  const toSee = [node];
  for (let at = toSee.pop(); at !== undefined; at = toSee.pop()) {
    if (hasFound(byNode.get(at))) {
      found.add(at);
      continue;
    }
    for (const { id, from } of inputEdges(plan, at)) {
      if (!taken.has(id) || seen.has(from)) continue;
      seen.add(from);
      toSee.push(from);
    }
  }
  return steps.filter((step) => found.has(step.node));
}

function hasFound(step: StepView | undefined): boolean {
  if (!step) return false;
  return step.finding !== undefined || step.actions.some(({ result, failure }) => (result ?? failure) !== undefined);
}
