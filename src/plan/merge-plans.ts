// Two plans as one, for a picture that shows both: the new plan, with the steps and arrows that only the old one had put in
// where they stood. Says of each step and arrow what became of it, in the words that describe the difference.
import { describeDiff, type DiffLine } from './describe-diff.ts';
import { diffPlans } from './diff-plans.ts';
import type { NodeId, Plan, PlanEdge, PlanNode, Repeat, Source } from './plan.ts';
import { isRepeat, type PlanChange, type Way } from './plan-diff.ts';

/** What became of a step or an arrow. */
export interface Mark {
  readonly kind: 'added' | 'removed' | 'changed';
  /** One sentence for each difference. */
  readonly words: readonly string[];
}

export interface MergedPlan {
  /** Steps and arrows that are gone have names that begin with `old:`, and no place in the text. */
  readonly plan: Plan;
  readonly nodes: ReadonlyMap<NodeId, Mark>;
  readonly ways: ReadonlyMap<string, Mark>;
  /** Differences that belong to no step: title, parameters, passages that could not be read. */
  readonly others: readonly string[];
}

/** Prefix of what only the old plan has. */
export const oldPrefix = 'old:';

export function mergePlans(old: Plan, next: Plan): MergedPlan {
  const diff = diffPlans(old, next);
  const toNew = new Map(diff.steps.flatMap((step) => (step.old === null ? [] : [[step.old, step.new] as const])));
  const nameOf = (id: NodeId): NodeId => toNew.get(id) ?? `${oldPrefix}${id}`;
  const nodes = new Map<NodeId, { kind: Mark['kind']; words: string[] }>();
  const ways = new Map<string, { kind: Mark['kind']; words: string[] }>();
  const gone: Way[] = [];
  const others: string[] = [];
  for (const line of describeDiff(diff, old, next).flatMap(({ lines }) => lines)) {
    const { change } = line;
    if (!('step' in change)) others.push(`${line.sign} ${line.text}`);
    else if (change.kind === 'step-renumbered') continue;
    else if ('new' in change && isWay(change)) mark(ways, change.new.id, kindOf(change), line);
    else if (isWay(change)) mark(ways, `${oldPrefix}${change.old.id}`, 'removed', line);
    else mark(nodes, change.step.new ?? nameOf(change.step.old ?? ''), kindOf(change), line);
    if (change.kind === 'edge-retargeted') mark(ways, `${oldPrefix}${change.old.id}`, 'removed', line);
    if (change.kind === 'edge-removed' || change.kind === 'edge-retargeted') gone.push(change.old);
  }
  const plan = withGone(old, next, diff.steps, nameOf, gone);
  return { plan, nodes, ways, others };
}

type WayChange = Extract<PlanChange, { readonly old: Way } | { readonly new: Way }>;

function isWay(change: PlanChange): change is WayChange {
  const value = 'new' in change ? change.new : change.old;
  return typeof value === 'object' && 'from' in value && 'condition' in value;
}

function kindOf({ kind }: PlanChange): Mark['kind'] {
  if (kind === 'step-added' || kind === 'edge-added') return 'added';
  return kind === 'step-removed' || kind === 'edge-removed' ? 'removed' : 'changed';
}

function mark(
  marks: Map<string, { kind: Mark['kind']; words: string[] }>,
  id: string,
  kind: Mark['kind'],
  { text }: DiffLine,
): void {
  const known = marks.get(id);
  if (known) known.words.push(text);
  else marks.set(id, { kind, words: [text] });
}

function withGone(
  old: Plan,
  next: Plan,
  steps: readonly { readonly old: NodeId | null; readonly new: NodeId | null }[],
  nameOf: (id: NodeId) => NodeId,
  gone: readonly Way[],
): Plan {
  const oldNodes = new Map(old.nodes.map((node) => [node.id, node]));
  const newNodes = new Map(next.nodes.map((node) => [node.id, node]));
  const nodes = steps.flatMap((step): PlanNode[] => {
    const kept = step.new === null ? undefined : newNodes.get(step.new);
    if (kept) return [kept];
    const removed = step.old === null ? undefined : oldNodes.get(step.old);
    return removed ? [placeless({ ...removed, id: nameOf(removed.id) })] : [];
  });
  const edges: PlanEdge[] = [...next.edges];
  const repeats: Repeat[] = [...next.repeats];
  const leads = reach(edges);
  for (const way of gone) {
    const moved = { ...placeless(way), id: `${oldPrefix}${way.id}`, from: nameOf(way.from), to: nameOf(way.to) };
    if (isRepeat(way)) repeats.push(moved as Repeat);
    // Both plans have no cycle, but the two together may: then the old arrow is drawn as one that leads back.
    else if (leads.from(moved.to, moved.from)) {
      const { outcome: _outcome, onFailure: _onFailure, ...rest } = moved as PlanEdge;
      repeats.push({ ...rest, max: 1 });
    } else {
      edges.push(moved as PlanEdge);
      leads.add(moved.from, moved.to);
    }
  }
  const order = new Map(nodes.map(({ id }, index) => [id, index]));
  edges.sort((a, b) => (order.get(a.from) ?? 0) - (order.get(b.from) ?? 0));
  return { ...next, nodes, edges, repeats };
}

function placeless<T extends { readonly source?: Source; readonly titleSource?: Source }>(value: T): T {
  const { source: _source, titleSource: _titleSource, ...rest } = value;
  return rest as T;
}

/** Which nodes lead to which, as edges are added. */
function reach(edges: readonly PlanEdge[]): {
  from(start: NodeId, goal: NodeId): boolean;
  add(from: NodeId, to: NodeId): void;
} {
  const next = new Map<NodeId, NodeId[]>();
  const add = (from: NodeId, to: NodeId): void => {
    const list = next.get(from);
    if (list) list.push(to);
    else next.set(from, [to]);
  };
  for (const { from, to } of edges) add(from, to);
  return {
    add,
    from(start, goal) {
      const seen = new Set([start]);
      const left = [start];
      for (let id = left.pop(); id !== undefined; id = left.pop()) {
        if (id === goal) return true;
        for (const to of next.get(id) ?? []) {
          if (seen.has(to)) continue;
          seen.add(to);
          left.push(to);
        }
      }
      return false;
    },
  };
}

/** How many steps and arrows differ, in words. */
export function diffCounts({ nodes, ways, others }: Omit<MergedPlan, 'plan'>): string {
  const parts: string[] = [];
  for (const [marks, word] of [
    [nodes, 'step'],
    [ways, 'arrow'],
  ] as const)
    for (const kind of ['added', 'removed', 'changed'] as const) {
      const count = [...marks.values()].filter((one) => one.kind === kind).length;
      if (count > 0) parts.push(`${count} ${word}${count === 1 ? '' : 's'} ${kind}`);
    }
  if (others.length > 0) parts.push(`${others.length} other ${others.length === 1 ? 'difference' : 'differences'}`);
  return parts.length === 0 ? 'nothing differs' : parts.join(', ');
}
