// From a place in the text to what stands there, and from a step to its place. The preview and the cursor follow each
// other by this.
import { contains, touches, type Span } from '../base/index.ts';
import {
  findNode,
  type Action,
  type NodeId,
  type Plan,
  type PlanEdge,
  type PlanNode,
  type Repeat,
} from '../plan/index.ts';

/** The step whose text holds the offset, the innermost of several; undefined outside of every step. */
export function nodeAt(plan: Plan, offset: number): PlanNode | undefined {
  return innermost(plan.nodes, (node) => node.source?.span, offset);
}

/** The action whose code holds the offset. */
export function actionAt(plan: Plan, offset: number): Action | undefined {
  const actions = plan.nodes.flatMap((node) => node.actions);
  return innermost(actions, (action) => action.source.span, offset);
}

/** The edges whose sentence holds the offset: one sentence may state several ("start Steps 2 through 10"). */
export function edgesAt(plan: Plan, offset: number): readonly PlanEdge[] {
  return statedAt(plan.edges, offset);
}

/** The same with those that lead back, which are no edges of the graph: to a reader both are ways that a sentence states. */
export function waysAt(plan: Plan, offset: number): readonly (PlanEdge | Repeat)[] {
  return statedAt<PlanEdge | Repeat>([...plan.edges, ...plan.repeats], offset);
}

function statedAt<T extends Pick<PlanEdge, 'source'>>(ways: readonly T[], offset: number): readonly T[] {
  const first = innermost(ways, (way) => way.source?.span, offset)?.source?.span;
  if (!first) return [];
  return ways.filter(({ source }) => source && contains(source.span, first) && contains(first, source.span));
}

/** All of a step's own text; undefined for `start`, `end` and plans that were read from a file without offsets. */
export function spanOfNode(plan: Plan, node: NodeId): Span | undefined {
  return withText(findNode(plan, node)?.source?.span);
}

/** The step's name in its heading or item, the place to jump to. */
export function titleSpanOfNode(plan: Plan, node: NodeId): Span | undefined {
  const found = findNode(plan, node);
  return withText(found?.titleSource?.span) ?? withText(found?.source?.span);
}

function withText(span: Span | undefined): Span | undefined {
  return span && span.end > span.start ? span : undefined;
}

/** The smallest of those that hold the offset; of equals the first. */
function innermost<T>(items: readonly T[], spanOf: (item: T) => Span | undefined, offset: number): T | undefined {
  let best: T | undefined;
  let least = Infinity;
  for (const item of items) {
    const span = withText(spanOf(item));
    if (span && touches(span, offset) && span.end - span.start < least) {
      best = item;
      least = span.end - span.start;
    }
  }
  return best;
}
