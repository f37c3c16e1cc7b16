// The ways through a plan from `start` to `end`. There may be more than atoms in a room, so they are made one at a
// time on demand, and counted without being made.
import { findNode, inputEdges, outputEdges, reaching, topologicalOrder } from './graph.ts';
import type { NodeId, Plan, PlanEdge } from './plan.ts';

/** One way through the plan: its edges in order. */
export interface PlanPath {
  readonly nodes: readonly NodeId[];
  readonly edges: readonly PlanEdge[];
}

/** Up to `limit` paths from `start` to `end`, the guide's first choices first. Each is computed when asked for. */
export function* paths(plan: Plan, limit: number): Generator<PlanPath, void, undefined> {
  const useful = reaching(plan, 'end');
  if (!findNode(plan, 'start') || !useful.has('start')) return;
  let given = 0;
  const taken: PlanEdge[] = [];
  const walk = [{ node: 'start', next: 0 }];
  for (let top = walk.at(-1); top && given < limit; top = walk.at(-1)) {
    const edge = top.node === 'end' ? undefined : outputEdges(plan, top.node)[top.next++];
    if (!edge) {
      if (top.node === 'end') {
        given++;
        yield { nodes: walk.map((step) => step.node), edges: [...taken] };
      }
      walk.pop();
      taken.pop();
    } else if (useful.has(edge.to)) {
      taken.push(edge);
      walk.push({ node: edge.to, next: 0 });
    }
  }
}

/** How many paths there are. Exact up to 2^53, then rounded, then Infinity. */
export function countPaths(plan: Plan): number {
  const ways = new Map<NodeId, number>([['start', 1]]);
  for (const node of topologicalOrder(plan)) {
    if (node === 'start') continue;
    let sum = 0;
    for (const edge of inputEdges(plan, node)) sum += ways.get(edge.from) ?? 0;
    ways.set(node, sum);
  }
  return ways.get('end') ?? 0;
}
