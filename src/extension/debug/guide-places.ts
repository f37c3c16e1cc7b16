// Where a plan's steps, actions and conditions stand in the guide, by line: what breakpoints and frames speak of.
// Lines count from 1.
import {
  findEdge,
  findNode,
  ownPlan,
  type Action,
  type EdgeId,
  type NodeId,
  type Plan,
  type PlanEdge,
  type PlanNode,
  type Source,
} from '../../plan/index.ts';

/** What a run can be stopped at: a step that is about to start, or one of the ways that a sentence states being taken. */
export type Place =
  | { readonly kind: 'step'; readonly node: NodeId }
  | { readonly kind: 'edges'; readonly edges: readonly [EdgeId, ...EdgeId[]] };

/** The line of a step's name. */
export function stepLine(node: PlanNode | undefined): number {
  return (node?.titleSource ?? node?.source)?.startLine ?? 1;
}

/** The line on which an action's code begins. */
export function actionLine(action: Action): number {
  return action.source.startLine;
}

/** The line of an edge's sentence, else that of the step it leaves. */
export function edgeLine(plan: Plan, edge: PlanEdge): number {
  return edge.source?.startLine ?? stepLine(findNode(plan, edge.from));
}

/** The line a place stands on. */
export function placeLine(plan: Plan, place: Place): number {
  if (place.kind === 'step') return stepLine(findNode(plan, place.node));
  const edge = findEdge(plan, place.edges[0]);
  return edge ? edgeLine(plan, edge) : 1;
}

/**
 * What a breakpoint on a line stops at: the ways that a sentence there states, else the step that the line belongs to,
 * else the next step below. Null below the last step. An edge that steps merely follow by order has no sentence.
 */
export function placeAt(whole: Plan, line: number): Place | null {
  const plan = ownPlan(whole);
  const [edge, ...others] = isTitle(plan, line) ? [] : plan.edges.filter(({ source }) => source && isOn(source, line));
  if (edge) return { kind: 'edges', edges: [edge.id, ...others.map(({ id }) => id)] };
  const node = stepAt(plan, line);
  return node && { kind: 'step', node: node.id };
}

/** The innermost step that a line belongs to, else the first one below it. */
export function stepAt(whole: Plan, line: number): PlanNode | null {
  const plan = ownPlan(whole);
  const steps = plan.nodes.filter((node) => node.kind === 'step' && node.source);
  const around = steps.filter((node) => node.source && isOn(node.source, line));
  const innermost = around.reduce<PlanNode | null>(
    (best, node) => (best && size(best) <= size(node) ? best : node),
    null,
  );
  if (innermost) return innermost;
  return steps.reduce<PlanNode | null>(
    (best, node) => (stepLine(node) > line && (!best || stepLine(node) < stepLine(best)) ? node : best),
    null,
  );
}

function isTitle(plan: Plan, line: number): boolean {
  return plan.nodes.some((node) => node.titleSource && isOn(node.titleSource, line));
}

function isOn(source: Source, line: number): boolean {
  return source.startLine <= line && line <= source.endLine;
}

function size(node: PlanNode): number {
  return node.source ? node.source.span.end - node.source.span.start : Infinity;
}
