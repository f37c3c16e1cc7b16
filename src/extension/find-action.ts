// Finds an action of a plan by its id.
import type { Action, Plan, PlanNode } from '../plan/index.ts';

/** The action and its step; undefined when the plan has no such action. */
export function findAction(plan: Plan, id: string): { readonly node: PlanNode; readonly action: Action } | undefined {
  for (const node of plan.nodes) {
    const action = node.actions.find((candidate) => candidate.id === id);
    if (action) return { node, action };
  }
  return undefined;
}
