// Threads and stacks: every step that is under way or next in line is a thread; its stack is the action under way, the step, and
// the steps that led to it, each with the line that did.
import { findNode, type Action, type EdgeId, type NodeId, type Plan, type PlanNode } from '../../plan/index.ts';
import { nodeName, type RunView, type StepView } from '../../run/index.ts';
import { cleanLine } from '../result-summary.ts';
import { stepTitle } from './describe-progress.ts';
import { actionLine, edgeLine, findWay, stepLine } from './guide-places.ts';
import { isUnderWay, stepOf, wayTo } from './moment.ts';

/** What a frame stands for. */
export type FramePlace =
  | { readonly kind: 'step'; readonly node: NodeId }
  | { readonly kind: 'action'; readonly node: NodeId; readonly index: number }
  | { readonly kind: 'edge'; readonly node: NodeId; readonly edge: EdgeId };

export interface Frame {
  readonly place: FramePlace;
  readonly name: string;
  readonly line: number;
  /** Path of the called guide that the line is in; absent for the run's own. */
  readonly file?: string;
  /** The run has been there and gone on. */
  readonly earlier?: true;
}

/** Steps under way, then those next in line; `stopped` is among them whatever became of it. */
export function threadsOf(
  plan: Plan,
  view: RunView,
  stopped: NodeId | undefined,
): readonly { readonly node: NodeId; readonly name: string }[] {
  const underWay = view.steps.filter(isUnderWay).map(({ node }) => node);
  const next = view.next.filter((node) => findNode(plan, node)?.kind === 'step');
  const nodes = new Set([...underWay, ...next, ...(stopped === undefined ? [] : [stopped])]);
  return [...nodes].map((node) => ({
    node,
    name: `${stepTitle(plan, node)} (${next.includes(node) ? 'next' : (stepOf(view, node)?.status ?? 'next')})`,
  }));
}

/** The stack of a step; `taken` is the way at whose sentence the run has stopped. */
export function framesOf(plan: Plan, view: RunView, node: NodeId, taken: EdgeId | undefined): readonly Frame[] {
  const step = stepOf(view, node);
  const edge = taken === undefined ? undefined : findWay(plan, taken);
  const at = edge?.to === node || edge?.from === node ? edge : undefined;
  const frames: Frame[] = [];
  if (at) {
    const words = cleanLine(`\u2192 ${nodeName(at.to)}: ${at.condition ?? 'always'}`);
    frames.push({ place: { kind: 'edge', node: at.from, edge: at.id }, name: words, line: edgeLine(plan, at) });
  }
  const own = at?.from === node ? [] : [...actionFrame(plan, step, node)];
  frames.push(...own, {
    place: { kind: 'step', node },
    name: stepTitle(plan, node),
    line: stepLine(findNode(plan, node)),
  });
  for (const { edge: by, from } of wayTo(plan, view, node)) {
    if (from.kind !== 'step' && from.within !== undefined) continue;
    const line = by.source ? edgeLine(plan, by) : stepLine(from);
    frames.push({ place: { kind: 'step', node: from.id }, name: stepTitle(plan, from.id), line, earlier: true });
  }
  const caller = callerOf(plan, node);
  if (!caller) return frames;
  const { file } = caller.action.guide ?? {};
  const inside = file === undefined ? frames : frames.map((frame) => ({ ...frame, file }));
  return [...inside, ...framesOf(plan, view, caller.node.id, undefined)];
}

/** The step that calls the guide which a step belongs to, and the action that does; undefined in the run's own guide. */
export function callerOf(plan: Plan, id: NodeId): { readonly node: PlanNode; readonly action: Action } | undefined {
  const within = findNode(plan, id)?.within;
  if (within === undefined) return undefined;
  for (const node of plan.nodes) for (const action of node.actions) if (action.id === within) return { node, action };
  return undefined;
}

/** The action that is under way or waits for an answer, or that failed. */
function actionFrame(plan: Plan, step: StepView | undefined, node: NodeId): readonly Frame[] {
  if (!step) return [];
  const index = step.actions.findIndex(({ status }) => ['running', 'waiting', 'failed', 'unknown'].includes(status));
  const shown = step.actions[index];
  const action = findNode(plan, node)?.actions[index];
  if (!shown || !action) return [];
  const tool = shown.tool === undefined ? '' : ` with ${shown.tool}`;
  const name = cleanLine(`${action.id} ${action.language}${tool} (${shown.status})`);
  return [{ place: { kind: 'action', node, index }, name, line: actionLine(action) }];
}
