// A plan whose places are told in another text: the same nodes and edges, every span led over and every line counted anew.
import { onceFor, type Span } from '../base/index.ts';
import type { Action, Guard, Parameter, Plan, PlanEdge, PlanNode, Source } from './plan.ts';

/** How places are led over. */
export interface Move {
  /** The place in the new text of a span in the old one, its lines counted from 1. */
  readonly place: (span: Span) => Source;
}

/** An earlier plan of the same guide and what it was moved to. Places before `until` are led over now as they were then. */
export interface MovedBefore {
  readonly plan: Plan;
  readonly moved: Plan;
  readonly until: number;
}

/** The plan with all its places led over; the given one stays as it is. What was moved `before` is taken again. */
export function movePlan(plan: Plan, move: Move, before: MovedBefore | null = null): Plan {
  const { parameters } = plan.guide;
  return {
    ...plan,
    guide: { ...plan.guide, parameters: parameters.map((one): Parameter => withSource(one, move)) },
    nodes: plan.nodes.map((node, at) => {
      const isSame = before && node === before.plan.nodes[at] && endOfNode(node) < before.until;
      return (isSame ? before.moved.nodes[at] : null) ?? moveNode(node, move);
    }),
    edges: plan.edges.map((edge, at): PlanEdge => {
      const isSame = before && edge === before.plan.edges[at] && endOfWay(edge) < before.until;
      return (isSame ? before.moved.edges[at] : null) ?? withGuard(edge, move);
    }),
    repeats: plan.repeats.map((repeat) => withGuard(repeat, move)),
    notRead: plan.notRead.map((one) => withSource(one, move)),
  };
}

/** Where the last of a node's places ends. */
const endOfNode = onceFor(({ source, titleSource, actions, uses = [], calls = [] }: PlanNode): number =>
  Math.max(
    ...[source, titleSource, ...[...actions, ...uses, ...calls].map((one) => one.source)].map(
      (one) => one?.span.end ?? 0,
    ),
  ),
);

function endOfWay({ source, guard }: PlanEdge): number {
  const ofGuard = guard?.kind === 'cel' ? guard.source?.span.end : undefined;
  return Math.max(source?.span.end ?? 0, ofGuard ?? 0);
}

/** A copy whose places can still be set: a guide has many, and each is copied once. */
type Open<T> = { -readonly [K in keyof T]: T[K] };

function withSource<T extends { readonly source?: Source }>(value: T, { place }: Move): T {
  if (!value.source) return value;
  const moved: Open<T> = { ...value };
  moved.source = place(value.source.span);
  return moved;
}

function withGuard<T extends { readonly guard?: Guard; readonly source?: Source }>(value: T, move: Move): T {
  const { guard, source } = value;
  const placed = guard?.kind === 'cel' && guard.source !== undefined;
  if (!source && !placed) return value;
  const moved: Open<T> = { ...value };
  if (source) moved.source = move.place(source.span);
  if (placed) moved.guard = withSource(guard, move);
  return moved;
}

function moveNode(node: PlanNode, move: Move): PlanNode {
  const { source, titleSource, actions, uses, calls } = node;
  const moved: Open<PlanNode> = { ...node };
  if (source) moved.source = move.place(source.span);
  if (titleSource) moved.titleSource = move.place(titleSource.span);
  if (actions.length > 0) moved.actions = actions.map((action) => moveAction(action, move));
  if (uses) moved.uses = uses.map((use) => withSource(use, move));
  if (calls) moved.calls = calls.map((call) => withSource(call, move));
  return moved;
}

/** Code is never torn apart, so all of it moves by the same distance. */
function moveAction(action: Action, { place }: Move): Action {
  const source = place(action.source.span);
  const by = source.span.start - action.source.span.start;
  const moved: Open<Action> = { ...action };
  moved.source = source;
  if (by !== 0) {
    moved.lineOffsets = action.lineOffsets.map((at) => at + by);
    moved.placeholders = action.placeholders.map(({ parameter, span: { start, end } }) => ({
      parameter,
      span: { start: start + by, end: end + by },
    }));
  }
  return moved;
}
