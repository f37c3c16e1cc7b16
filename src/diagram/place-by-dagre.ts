// Places a plan with dagre: good pictures for plans up to some two hundred nodes.
import { type EdgeLabel, Graph, layout } from '@dagrejs/dagre';
import { attachToSides, type PlacedLine } from './attach-to-sides.ts';
import { type Placement, type PlacementRequest, thingsToPlace } from './placement.ts';

export async function placeByDagre(request: PlacementRequest): Promise<Placement> {
  const { things, arrows } = thingsToPlace(request);
  const down = request.direction === 'down';
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: down ? 'TB' : 'LR',
    nodesep: down ? 36 : 20,
    edgesep: 14,
    ranksep: down ? 48 : 52,
    ranker: things.length > 120 ? 'tight-tree' : 'network-simplex',
  });
  // dagre keeps nodes in plain objects: a bare `__proto__` would break it, and a bare number would come first.
  const keyOf = (id: string): string => `n:${id}`;
  for (const thing of things) graph.setNode(keyOf(thing.id), { width: thing.w, height: thing.h });
  for (const arrow of arrows) {
    const size = arrow.label ? { width: arrow.label.w, height: arrow.label.h } : {};
    graph.setEdge(keyOf(arrow.from), keyOf(arrow.to), { ...size, labelpos: 'c', weight: arrow.weight }, arrow.id);
  }
  layout(graph);
  const boxes = new Map(
    things.map(({ id }) => {
      const { x = 0, y = 0 } = graph.node(keyOf(id));
      return [id, { x, y }];
    }),
  );
  const placed = arrows.map((arrow): PlacedLine => {
    const { points = [], x, y } = graph.edge(keyOf(arrow.from), keyOf(arrow.to), arrow.id) as EdgeLabel;
    const label = arrow.label && x !== undefined && y !== undefined ? { x, y } : undefined;
    return { arrow, points: points.map((bend) => ({ x: bend.x, y: bend.y })), ...(label && { label }) };
  });
  return attachToSides(things, boxes, placed, request.direction);
}
