// A plan whose places are told in another text: the same nodes and edges, every span led over and every line counted anew.
import type { Span } from '../base/index.ts';
import type { Action, Guard, Parameter, Plan, PlanEdge, PlanNode, Source } from './plan.ts';

/** How places are led over. */
export interface Move {
  /** The place in the new text of a span in the old one, its lines counted from 1. */
  readonly place: (span: Span) => Source;
}

/** The plan with all its places led over; the given one stays as it is. */
export function movePlan(plan: Plan, move: Move): Plan {
  return {
    ...plan,
    guide: { ...plan.guide, parameters: plan.guide.parameters.map((one): Parameter => withSource(one, move)) },
    nodes: plan.nodes.map((node) => moveNode(node, move)),
    edges: plan.edges.map((edge): PlanEdge => withGuard(edge, move)),
    repeats: plan.repeats.map((repeat) => withGuard(repeat, move)),
    notRead: plan.notRead.map((one) => withSource(one, move)),
  };
}

function withSource<T extends { readonly source?: Source }>(value: T, { place }: Move): T {
  return value.source ? { ...value, source: place(value.source.span) } : value;
}

function withGuard<T extends { readonly guard?: Guard; readonly source?: Source }>(value: T, move: Move): T {
  const { guard } = value;
  const moved = withSource(value, move);
  return guard?.kind === 'cel' && guard.source ? { ...moved, guard: withSource(guard, move) } : moved;
}

function moveNode(node: PlanNode, move: Move): PlanNode {
  return {
    ...withSource(node, move),
    actions: node.actions.map((action) => moveAction(action, move)),
    ...(node.titleSource && { titleSource: move.place(node.titleSource.span) }),
    ...(node.uses && { uses: node.uses.map((use) => withSource(use, move)) }),
    ...(node.calls && { calls: node.calls.map((call) => withSource(call, move)) }),
  };
}

/** Code is never torn apart, so all of it moves by the same distance. */
function moveAction(action: Action, move: Move): Action {
  const source = move.place(action.source.span);
  const by = source.span.start - action.source.span.start;
  const moveSpan = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  return {
    ...action,
    source,
    lineOffsets: by === 0 ? action.lineOffsets : action.lineOffsets.map((at) => at + by),
    placeholders: action.placeholders.map((one) => ({ ...one, span: moveSpan(one.span) })),
  };
}
