// Puts a plan together from what a foreign text says: steps, arrows between them and beginnings, in any order and with
// circles. Gives it names for its edges, a start and an end where the text has none, and bounded loops.
import type { Guard, GuideInfo, NodeId, Outcome, Plan, PlanEdge, PlanNode, Repeat, Source } from './plan.ts';
import { takeLoops, usualRounds } from './take-loops.ts';

/** An arrow before it is known whether it goes forward. */
export interface ArrowDraft {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly condition: string | null;
  readonly timing?: string;
  readonly guard?: Guard;
  readonly outcome?: Outcome;
  readonly onFailure?: boolean;
  /** Present: a way back, whatever its direction. */
  readonly atMost?: number;
  readonly waitMs?: number;
  readonly source?: Source;
}

export interface PlanDraft {
  readonly guide: GuideInfo;
  /** In the order of the plan; `start` and `end` are added at their places when missing. */
  readonly nodes: readonly PlanNode[];
  readonly arrows: readonly ArrowDraft[];
  /** False: what nothing leads to or from is left so, since the text says where it begins and ends. */
  readonly closeOpenEnds: boolean;
}

/** The plan, and the arrows that were found to lead back though the text does not say so. */
export function assemblePlan(draft: PlanDraft): { readonly plan: Plan; readonly loops: readonly ArrowDraft[] } {
  const start = draft.nodes.find(({ kind }) => kind === 'start') ?? bareNode('start', 'start', 'Start');
  const end = draft.nodes.find(({ kind }) => kind === 'end') ?? bareNode('end', 'end', 'End');
  const steps = draft.nodes.filter(({ kind }) => kind === 'step');
  const said = draft.arrows.filter(({ atMost }) => atMost !== undefined);
  const { forward, loops } = takeLoops(
    [start.id, ...steps.map(({ id }) => id), end.id],
    draft.arrows.filter(({ atMost }) => atMost === undefined),
  );
  const arrows = [...forward];
  if (draft.closeOpenEnds) {
    const entered = new Set(forward.map(({ to }) => to));
    const left = new Set(forward.filter(({ onFailure }) => !onFailure).map(({ from }) => from));
    for (const { id } of steps) if (!entered.has(id)) arrows.push({ from: start.id, to: id, condition: null });
    for (const { id } of steps) if (!left.has(id)) arrows.push({ from: id, to: end.id, condition: null });
    if (steps.length === 0 && arrows.length === 0) arrows.push({ from: start.id, to: end.id, condition: null });
  }
  const nodes = [start, ...steps, end];
  return {
    plan: {
      guide: draft.guide,
      nodes,
      edges: toEdges(nodes, arrows),
      repeats: toRepeats([...said, ...loops]),
      notRead: [],
    },
    loops,
  };
}

/** A node with a name and nothing else. */
export function bareNode(kind: PlanNode['kind'], id: NodeId, title: string): PlanNode {
  return { id, kind, title, description: '', actions: [], needsApproval: false, safeToRepeat: false };
}

function toEdges(nodes: readonly PlanNode[], arrows: readonly ArrowDraft[]): PlanEdge[] {
  const byNode = new Map<NodeId, ArrowDraft[]>(nodes.map(({ id }) => [id, []]));
  for (const arrow of arrows) byNode.get(arrow.from)?.push(arrow);
  const nameOf = uniqueNames();
  return [...byNode.values()].flatMap((leaving) =>
    withElse(leaving).map(({ from, to, condition, timing, guard, outcome, onFailure, source }): PlanEdge => ({
      id: nameOf(`edge_${from}_${to}`),
      from,
      to,
      condition,
      ...(condition === null && timing !== undefined && { timing }),
      ...(guard && { guard }),
      ...(outcome && { outcome }),
      ...(onFailure && { onFailure }),
      ...(source && { source }),
    })),
  );
}

/** "Otherwise" beside another condition is decided by that one. */
function withElse(leaving: readonly ArrowDraft[]): readonly ArrowDraft[] {
  const plain = (arrow: ArrowDraft): boolean => /^(?:otherwise|else)[.,!]?$/i.test(arrow.condition ?? '');
  const others = leaving.some((arrow) => arrow.condition !== null && !plain(arrow) && !arrow.onFailure);
  const only = leaving.filter(plain).length === 1;
  if (!others || !only) return leaving;
  return leaving.map((arrow) =>
    plain(arrow) && !arrow.guard && !arrow.onFailure
      ? { ...arrow, guard: { kind: 'else' as const, origin: 'inferred' as const } }
      : arrow,
  );
}

function toRepeats(arrows: readonly ArrowDraft[]): Repeat[] {
  const nameOf = uniqueNames();
  return arrows.map(({ from, to, condition, guard, onFailure, atMost, waitMs, source }) => ({
    id: nameOf(`repeat_${from}_${to}`),
    from,
    to,
    condition,
    ...(guard && { guard }),
    ...(onFailure && { onFailure }),
    max: atMost ?? usualRounds,
    ...(waitMs !== undefined && { waitMs }),
    ...(source && { source }),
  }));
}

/** Gives each name once; a second asker gets `name_2`. */
export function uniqueNames(taken: Iterable<string> = []): (name: string) => string {
  const used = new Set(taken);
  const counts = new Map<string, number>();
  return (name) => {
    let unique = name;
    let count = counts.get(name) ?? 1;
    while (used.has(unique)) unique = `${name}_${++count}`;
    counts.set(name, count);
    used.add(unique);
    return unique;
  };
}
