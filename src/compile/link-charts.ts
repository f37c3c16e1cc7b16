// What drawn charts say about where to go: between their own boxes, and between steps of the guide that they name.
import type { Span } from '../base/index.ts';
import type { DrawnArrow, Entry, FlowPart, StepDraft, Target } from './draft.ts';
import { slug } from './slug.ts';

export type Chart = FlowPart & { readonly kind: 'chart' };

type Named = (name: string, near: StepDraft | undefined) => StepDraft | undefined;

/** What is known of the flow, which the charts add to. */
export interface FlowSoFar {
  readonly drafts: readonly StepDraft[];
  readonly after: Map<StepDraft, StepDraft | 'end'>;
  readonly entries: Map<StepDraft, Entry[]>;
  readonly named: Named;
  /** Where the sections stand, by slugs of their names. */
  readonly sections: () => ReadonlyMap<string, Span>;
}

/** An arrow to a step that there is not. */
export interface Missing {
  readonly from: StepDraft;
  readonly words: string;
  readonly target: Target;
}

/** The steps that one comes to at a chart: its roots, but for those that one has passed above it. */
export function entrancesOf(chart: Chart, named: Named): StepDraft[] {
  if (chart.isBehind) return [];
  return rootsOf(chart, named).filter((root) => chart.nodes.includes(root) || root.titleSpan.start > chart.start);
}

/** The steps of a chart that no arrow enters, but for those that lead back to them; in a circle the first. */
export function rootsOf(chart: Chart, named: Named): StepDraft[] {
  const { arrows, nodes } = chart;
  const places = [...new Set([...arrows.map(({ from }) => from), ...nodes.keys()])];
  const order = new Map<unknown, number>(places.map((place, at) => [place, at]));
  const entering = new Map<unknown, unknown[]>();
  const leaving = new Map<unknown, unknown[]>();
  for (const { from, to } of arrows) {
    listIn(entering, to).push(from);
    listIn(leaving, from).push(to);
  }
  const roots = places.filter((place) => {
    const before = entering.get(place) ?? [];
    if (before.length === 0) return true;
    if (before.some((from) => (order.get(from) ?? 0) < (order.get(place) ?? 0)) || arrows.length > mostArrows)
      return false;
    const below = reachedFrom(leaving, place);
    return before.every((from) => below.has(from));
  });
  const open = roots.length > 0 ? roots : places.slice(0, 1);
  return [...new Set(open.flatMap((place) => stepAt(chart, place, named) ?? []))];
}

/** The list of a key, begun when there is none. */
export function listIn<K, V>(lists: Map<K, V[]>, key: K): V[] {
  let list = lists.get(key);
  if (!list) lists.set(key, (list = []));
  return list;
}

/** In more arrows circles are not looked for. */
const mostArrows = 1000;

/** All that arrows lead to from a place, itself with it. */
function reachedFrom(leaving: ReadonlyMap<unknown, readonly unknown[]>, start: unknown): ReadonlySet<unknown> {
  const reached = new Set([start]);
  for (const place of reached) for (const to of leaving.get(place) ?? []) reached.add(to);
  return reached;
}

/** Where a guide begins: its first step, or the roots of a chart that stands before it or leads to it. */
export function startsOf(charts: readonly Chart[], first: StepDraft | undefined, named: Named): StepDraft[] {
  for (const chart of charts) {
    const roots = rootsOf(chart, named);
    const isFirst = first !== undefined && (chart.nodes.includes(first) || roots.includes(first));
    const leads =
      first !== undefined &&
      chart.start < first.titleSpan.start &&
      chart.arrows.some(({ to }) => typeof to === 'string' && named(to, undefined) === first);
    if (roots.length > 0 && (isFirst || leads)) return roots;
  }
  return first ? [first] : [];
}

function stepAt(chart: Chart, place: number | string, named: Named): StepDraft | undefined {
  return typeof place === 'number' ? chart.nodes[place] : named(place, chart.nodes[0]);
}

/** Adds the arrows of charts; `next` is what stands behind a chart. Gives those that lead to no step. */
export function linkCharts(
  charts: readonly { readonly chart: Chart; readonly next: StepDraft | 'end' }[],
  flow: FlowSoFar,
): Missing[] {
  const missing: Missing[] = [];
  if (charts.length === 0) return missing;
  const places = new Map(flow.drafts.map((draft, place) => [draft, place]));
  for (const { chart, next } of charts) {
    const parts = new Map<number | string, Place>();
    const placeOf = (place: number | string): Place | null => {
      const known = parts.get(place);
      if (known) return known;
      const step = stepAt(chart, place, flow.named);
      if (!step) return null;
      const made = { step, members: typeof place === 'string' ? membersOf(chart, place, step, flow, places) : [step] };
      parts.set(place, made);
      return made;
    };
    const arrowsOf = new Map<number | string, DrawnArrow[]>();
    for (const arrow of chart.arrows) listIn(arrowsOf, arrow.from).push(arrow);
    const froms = [...arrowsOf.keys()];
    const names = [
      ...new Set(chart.arrows.flatMap(({ from, to }) => [from, to]).filter((one) => typeof one === 'string')),
    ];
    const ordered = new Set(names.flatMap((name) => placeOf(name)?.members ?? []));
    const exits = new Map([...froms, ...names].map((place) => [place, exitsOf(placeOf(place), flow.after)]));
    const behind = behindAll(next, ordered, flow);
    for (const node of chart.nodes) if (flow.after.get(node) === next) flow.after.set(node, behind);
    const way = (from: StepDraft, arrow: DrawnArrow, isClosed: boolean): void => {
      const { to, condition, implied, span } = arrow;
      const target = to === null ? behind : typeof to === 'object' ? to : placeOf(to)?.step;
      if (!target) {
        const words = String(to);
        const at = span ?? from.titleSpan;
        missing.push({ from, words, target: { kind: 'name', name: words, span: at } });
        return;
      }
      const isPlain = condition === null && (implied === true || target === 'end');
      if (isPlain && (target === 'end' || !('outcome' in target))) {
        flow.after.set(from, target);
        return;
      }
      const entry = {
        condition,
        words: condition?.text ?? null,
        to: target === 'end' ? ({ outcome: 'completed' } as const) : target,
        tail: null,
        exhaustive: isClosed,
      };
      listIn(flow.entries, from).push(entry);
    };
    for (const [from, leaving] of arrowsOf) {
      const isClosed = !leaving.some(({ implied, to }) => implied && (to === null || typeof to !== 'object'));
      const ends = exits.get(from) ?? [];
      for (const exit of ends) {
        // A section goes on where the chart says, and not to the section below it.
        if (typeof from === 'string') flow.after.set(exit, 'end');
        for (const arrow of leaving) way(exit, arrow, isClosed);
      }
    }
    // Behind a section that the chart leads to and not from, the guide goes on below; but not into another that it orders.
    for (const name of names) {
      if (arrowsOf.has(name)) continue;
      for (const exit of exits.get(name) ?? []) {
        const below = flow.after.get(exit);
        if (below !== undefined && below !== 'end' && ordered.has(below)) flow.after.set(exit, behind);
      }
    }
  }
  return missing;
}

/** The step behind the chart and all that it orders. */
function behindAll(next: StepDraft | 'end', ordered: ReadonlySet<StepDraft>, { after }: FlowSoFar): StepDraft | 'end' {
  const passed = new Set<StepDraft>();
  let step = next;
  while (step !== 'end' && ordered.has(step) && !passed.has(step)) {
    passed.add(step);
    step = after.get(step) ?? 'end';
  }
  return step !== 'end' && ordered.has(step) ? 'end' : step;
}

/** A box, or the steps of a section. */
interface Place {
  readonly step: StepDraft;
  readonly members: readonly StepDraft[];
}

/** The steps of the section of that name; of a step that is no section, those that its conditions lead to as well. */
function membersOf(
  chart: Chart,
  name: string,
  step: StepDraft,
  { drafts, sections }: FlowSoFar,
  places: ReadonlyMap<StepDraft, number>,
): readonly StepDraft[] {
  const span = sections().get(slug(name));
  const first = places.get(step) ?? 0;
  // The section that the chart stands in is left by the chart.
  if (span && span.start <= chart.start && chart.start < span.end) return [step];
  const isIn = (draft: StepDraft): boolean =>
    span ? span.start <= draft.titleSpan.start && draft.titleSpan.start < span.end : draft.inOption;
  let end = first + 1;
  for (let draft = drafts[end]; draft && isIn(draft); draft = drafts[++end]);
  return drafts.slice(first, end);
}

function exitsOf(place: Place | null, after: ReadonlyMap<StepDraft, StepDraft | 'end'>): StepDraft[] {
  if (!place) return [];
  const members = new Set(place.members);
  const leaves = place.members.filter((draft) => {
    const next = after.get(draft) ?? 'end';
    return next === 'end' || !members.has(next);
  });
  return leaves.length > 0 ? leaves : [place.step];
}
