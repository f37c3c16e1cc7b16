// A run at one moment, as frames, variables and watches see it: now, or as it stood at an earlier line of its journal.
import type { GuardResult, GuardScope } from '../../guard/index.ts';
import {
  findNode,
  inputEdges,
  type EdgeId,
  type NodeId,
  type Plan,
  type PlanEdge,
  type PlanNode,
  type Repeat,
} from '../../plan/index.ts';
import { toGuardResult, type RunView, type StepView } from '../../run/index.ts';

export interface Moment {
  readonly view: RunView;
  /** What guards of a step can read then. */
  scope(node: NodeId): GuardScope;
}

/** How a step was come to: the edge that led to it and the step it left; nearest first, ending before `start`. */
export function wayTo(
  plan: Plan,
  view: RunView,
  node: NodeId,
): readonly { readonly edge: PlanEdge; readonly from: PlanNode }[] {
  const enabled = new Set(view.edges.filter(({ status }) => status === 'enabled').map(({ edge }) => edge));
  const way: { edge: PlanEdge; from: PlanNode }[] = [];
  const seen = new Set<NodeId>([node]);
  for (let at = node; ;) {
    const edge = inputEdges(plan, at).find((one) => enabled.has(one.id) && !seen.has(one.from));
    const from = edge && findNode(plan, edge.from);
    if (!edge || from?.kind !== 'step') return way;
    way.push({ edge, from });
    seen.add(from.id);
    at = from.id;
  }
}

/**
 * What an expression reads at a step: `rows`, `text` and the other plain names are the step's own result once it has one, and
 * before that the result of the nearest step that led to it, be it back into a loop.
 */
export function scopeAround(plan: Plan, moment: Moment, node: NodeId): GuardScope {
  const scope = moment.scope(node);
  if (hasResult(scope.result)) return scope;
  const back = ledBack(plan, moment.view, node);
  if (back) return { ...scope, result: back };
  for (const { from } of wayTo(plan, moment.view, node)) {
    const result = scope.steps[from.id];
    if (result && hasResult(result)) return { ...scope, result };
  }
  return scope;
}

/** What the step that led back to this one had found, where a loop has begun again with it. */
function ledBack(plan: Plan, { repeats = [], steps }: RunView, node: NodeId): GuardResult | undefined {
  const back = repeats.findLast(({ repeat, again }) => again && findRepeat(plan, repeat)?.to === node);
  const from = back && findRepeat(plan, back.repeat)?.from;
  const found = steps.find((step) => step.node === from)?.earlier?.actions.findLast(({ result }) => result)?.result;
  return found && toGuardResult(found);
}

function findRepeat({ repeats }: Plan, id: EdgeId): Repeat | undefined {
  return repeats.find((repeat) => repeat.id === id);
}

export function hasResult(result: GuardResult): boolean {
  return Object.keys(result).length > 0;
}

export function stepOf(view: RunView, node: NodeId | undefined): StepView | undefined {
  return view.steps.find((step) => step.node === node);
}

/** True for a step that has begun and not ended. */
export function isUnderWay(step: StepView | undefined): boolean {
  return step?.status === 'running' || step?.status === 'waiting';
}
