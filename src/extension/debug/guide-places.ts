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
  type Repeat,
  type Source,
} from '../../plan/index.ts';

/**
 * What a run can be stopped at: a step that is about to start, or one of the ways that a sentence states being taken. There
 * are several steps where the guide is called several times.
 */
export type Place =
  | { readonly kind: 'steps'; readonly nodes: readonly [NodeId, ...NodeId[]] }
  | { readonly kind: 'edges'; readonly edges: readonly [EdgeId, ...EdgeId[]] };

/** The line of a step's name. */
export function stepLine(node: PlanNode | undefined): number {
  return (node?.titleSource ?? node?.source)?.startLine ?? 1;
}

/** The line on which an action's code begins. */
export function actionLine(action: Action): number {
  return action.source.startLine;
}

/** An edge, or what leads back to begin a loop again. */
export type Way = PlanEdge | Repeat;

export function findWay(plan: Plan, id: EdgeId): Way | undefined {
  return findEdge(plan, id) ?? plan.repeats.find((repeat) => repeat.id === id);
}

/** The line of a way's sentence, else that of the step it leaves. */
export function edgeLine(plan: Plan, edge: Way): number {
  return edge.source?.startLine ?? stepLine(findNode(plan, edge.from));
}

/** The line a place stands on. */
export function placeLine(plan: Plan, place: Place): number {
  if (place.kind === 'steps') return stepLine(findNode(plan, place.nodes[0]));
  const edge = findWay(plan, place.edges[0]);
  return edge ? edgeLine(plan, edge) : 1;
}

/**
 * The guides of a run that stand in a file, each as the part of the whole plan that is its own: that of the run, when `file` is
 * null, else one for each call of the guide that has the file.
 */
export function guidesIn(whole: Plan, file: string | null): readonly Plan[] {
  if (file === null) return [ownPlan(whole)];
  return callsOf(whole, file).map((id) => {
    const nodes = whole.nodes.filter(({ within }) => within === id);
    const names = new Set(nodes.map((node) => node.id));
    return {
      ...whole,
      nodes,
      edges: whole.edges.filter(({ from }) => names.has(from)),
      repeats: whole.repeats.filter(({ from }) => names.has(from)),
    };
  });
}

/** The actions of a run that go through the guide that has a file. */
export function callsOf(whole: Plan, file: string): readonly string[] {
  return whole.nodes.flatMap(({ actions }) =>
    actions.filter(({ guide }) => isSameFile(guide?.file, file)).map(({ id }) => id),
  );
}

/**
 * How a run of the guide `own` names the file at `path`: null when it is `own` itself, undefined when the run goes through no
 * such guide. A called guide is known by its real path; the editor may have opened it through a link.
 */
export function fileInRun(
  whole: Plan,
  own: string,
  path: string,
  realPath: (path: string) => string,
): string | null | undefined {
  const real = realPath(path);
  if (isSameFile(path, own) || isSameFile(real, realPath(own))) return null;
  const called = whole.nodes.flatMap(({ actions }) => actions.flatMap(({ guide }) => guide ?? []));
  return called.find(({ file }) => isSameFile(path, file) || isSameFile(real, file))?.file;
}

/**
 * What a breakpoint on a line of a file stops at: the ways that a sentence there states, else the step that the line belongs
 * to, else the next step below; in a guide that is called several times, in each of the calls. Null below the last step, and
 * in a file of no guide of the run. An edge that steps merely follow by order has no sentence.
 */
export function placeAt(whole: Plan, line: number, file: string | null = null): Place | null {
  const plans = guidesIn(whole, file);
  const [edge, ...others] = plans.flatMap((plan) =>
    isTitle(plan, line) ? [] : [...plan.edges, ...plan.repeats].filter(({ source }) => source && isOn(source, line)),
  );
  if (edge) return { kind: 'edges', edges: [edge.id, ...others.map(({ id }) => id)] };
  const [node, ...more] = plans.flatMap((plan) => innermostAt(plan, line) ?? []);
  return node ? { kind: 'steps', nodes: [node.id, ...more.map(({ id }) => id)] } : null;
}

/** The innermost step of the run's own guide that a line belongs to, else the first one below it. */
export function stepAt(whole: Plan, line: number): PlanNode | null {
  return innermostAt(ownPlan(whole), line);
}

/** The same in any guide of the run, in each call of one that is called. */
export function stepsAt(whole: Plan, line: number, file: string | null): readonly PlanNode[] {
  return guidesIn(whole, file).flatMap((plan) => innermostAt(plan, line) ?? []);
}

function innermostAt(plan: Plan, line: number): PlanNode | null {
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

/** Whether two paths name one file, as editors write them. */
function isSameFile(one: string | undefined, other: string): boolean {
  const plain = (path: string): string =>
    path.replaceAll('\\', '/').replace(/^([a-z]):/i, (drive) => drive.toLowerCase());
  return one !== undefined && plain(one) === plain(other);
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
