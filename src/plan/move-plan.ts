// A plan whose places are told in another text: the same nodes and edges, every span led over and every line counted anew.
import type { Span } from '../base/index.ts';
import type { Action, Guard, Parameter, Plan, PlanEdge, PlanNode, Source } from './plan.ts';

/** How places are led over: offsets to offsets, and offsets of the new text to its lines, from 1. */
export interface Move {
  readonly offset: (offset: number) => number;
  readonly line: (offset: number) => number;
}

/** The plan with all its places led over; the given one stays as it is. */
export function movePlan(plan: Plan, move: Move): Plan {
  return {
    ...plan,
    guide: { ...plan.guide, parameters: plan.guide.parameters.map((one): Parameter => withSource(one, move)) },
    nodes: plan.nodes.map((node) => moveNode(node, move)),
    edges: plan.edges.map((edge): PlanEdge => withGuard(withSource(edge, move), move)),
    repeats: plan.repeats.map((repeat) => withGuard(withSource(repeat, move), move)),
    notRead: plan.notRead.map((one) => ({ ...one, source: moveSource(one.source, move) })),
  };
}

function moveSource({ span }: Source, { offset, line }: Move): Source {
  const start = offset(span.start);
  const end = offset(span.end);
  return { span: { start, end }, startLine: line(start), endLine: line(Math.max(start, end - 1)) };
}

function withSource<T extends { readonly source?: Source }>(value: T, move: Move): T {
  return value.source ? { ...value, source: moveSource(value.source, move) } : value;
}

function withGuard<T extends { readonly guard?: Guard }>(value: T, move: Move): T {
  const { guard } = value;
  return guard?.kind === 'cel' && guard.source ? { ...value, guard: withSource(guard, move) } : value;
}

function moveNode(node: PlanNode, move: Move): PlanNode {
  const moved = withSource(node, move);
  return {
    ...moved,
    actions: node.actions.map((action) => moveAction(action, move)),
    ...(node.titleSource && { titleSource: moveSource(node.titleSource, move) }),
    ...(node.uses && { uses: node.uses.map((use) => withSource(use, move)) }),
    ...(node.calls && { calls: node.calls.map((call) => ({ ...call, source: moveSource(call.source, move) })) }),
  };
}

/** Code is never torn apart, so all of it moves by the same distance. */
function moveAction(action: Action, move: Move): Action {
  const source = moveSource(action.source, move);
  const by = source.span.start - action.source.span.start;
  const moveSpan = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  return {
    ...action,
    source,
    lineOffsets: by === 0 ? action.lineOffsets : action.lineOffsets.map((at) => at + by),
    placeholders: action.placeholders.map((one) => ({ ...one, span: moveSpan(one.span) })),
  };
}
