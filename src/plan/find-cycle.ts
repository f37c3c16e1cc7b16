// Finds a cycle among edges that are not yet known to make a plan: those of a file, or of a guide being compiled.
import type { NodeId } from './plan.ts';

/** As much of an edge as a cycle needs. */
export interface Arrow {
  readonly from: NodeId;
  readonly to: NodeId;
}

/**
 * The arrows of one cycle, in walking order and starting at its earliest node, or null when there is none.
 * Deterministic: the cycle found first when nodes and arrows are tried in their given order. Linear; works on any depth.
 */
export function findCycle<A extends Arrow>(nodes: readonly NodeId[], arrows: readonly A[]): readonly A[] | null {
  const outputs = new Map<NodeId, A[]>(nodes.map((node) => [node, []]));
  for (const arrow of arrows) outputs.get(arrow.from)?.push(arrow);
  const rank = new Map(nodes.map((node, index) => [node, index]));
  const done = new Set<NodeId>();
  const open = new Map<NodeId, number>(); // node to its place on the walk
  for (const root of nodes) {
    if (done.has(root)) continue;
    const walk: { node: NodeId; next: number; by: A | null }[] = [{ node: root, next: 0, by: null }];
    open.set(root, 0);
    for (let top = walk.at(-1); top; top = walk.at(-1)) {
      const arrow = outputs.get(top.node)?.[top.next++];
      if (!arrow) {
        open.delete(top.node);
        done.add(top.node);
        walk.pop();
        continue;
      }
      const back = open.get(arrow.to);
      if (back !== undefined) {
        const cycle = [...walk.slice(back + 1).flatMap((step) => step.by ?? []), arrow];
        return rotate(cycle, rank);
      }
      if (!done.has(arrow.to) && outputs.has(arrow.to)) {
        open.set(arrow.to, walk.length);
        walk.push({ node: arrow.to, next: 0, by: arrow });
      }
    }
  }
  return null;
}

function rotate<A extends Arrow>(cycle: readonly A[], rank: ReadonlyMap<NodeId, number>): readonly A[] {
  const place = (arrow: A): number => rank.get(arrow.from) ?? 0;
  let first = 0;
  cycle.forEach((arrow, index) => {
    const best = cycle[first];
    if (best && place(arrow) < place(best)) first = index;
  });
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
