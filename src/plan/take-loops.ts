// Takes the ways back out of arrows that are not yet known to make a plan, so that the rest has no cycle.
import type { NodeId } from './plan.ts';

/** How often a loop is gone through again when its text does not say. */
export const usualRounds = 3;

/**
 * Arrows that lead back to a node on the way that led to them, walking from the earliest nodes and in the arrows' order,
 * are loops; all others go forward and form no cycle. Linear; works on any depth.
 */
export function takeLoops<A extends { readonly from: NodeId; readonly to: NodeId }>(
  nodes: readonly NodeId[],
  arrows: readonly A[],
): { readonly forward: readonly A[]; readonly loops: readonly A[] } {
  const outputs = new Map<NodeId, A[]>(nodes.map((node) => [node, []]));
  const entered = new Set(arrows.map(({ to }) => to));
  for (const arrow of arrows) outputs.get(arrow.from)?.push(arrow);
  const loops = new Set<A>();
  const state = new Map<NodeId, 'open' | 'done'>();
  // Nodes that nothing leads to come first: a circle is then entered where its author enters it.
  for (const root of [...nodes.filter((node) => !entered.has(node)), ...nodes]) {
    if (state.has(root)) continue;
    state.set(root, 'open');
    const walk = [{ node: root, next: 0 }];
    for (let top = walk.at(-1); top; top = walk.at(-1)) {
      const arrow = outputs.get(top.node)?.[top.next++];
      if (!arrow) {
        state.set(top.node, 'done');
        walk.pop();
      } else if (state.get(arrow.to) === 'open') loops.add(arrow);
      else if (!state.has(arrow.to)) {
        state.set(arrow.to, 'open');
        walk.push({ node: arrow.to, next: 0 });
      }
    }
  }
  return { forward: arrows.filter((arrow) => !loops.has(arrow)), loops: arrows.filter((arrow) => loops.has(arrow)) };
}
