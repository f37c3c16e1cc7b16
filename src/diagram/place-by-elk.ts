// Places a plan with the Eclipse Layout Kernel, for those who choose it in the settings: orthogonal, tidy, slower.
import ElkConstructor, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { type Placement, type PlacementRequest, thingsToPlace } from './placement.ts';

/** Labels take part in the layered layout, so ELK leaves room for them. */
export async function placeByElk(request: PlacementRequest): Promise<Placement> {
  const { things, arrows } = thingsToPlace(request);
  const elk = new ElkConstructor();
  const down = request.direction === 'down';
  const graph: ElkNode = {
    id: 'plan',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': down ? 'DOWN' : 'RIGHT',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.edgeLabels.placement': 'CENTER',
      'elk.edgeLabels.inline': 'true',
      'elk.spacing.nodeNode': '28',
      'elk.spacing.edgeNode': '18',
      'elk.spacing.edgeEdge': '12',
      'elk.spacing.edgeLabel': '4',
      'elk.layered.spacing.nodeNodeBetweenLayers': '40',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.nodePlacement.strategy': things.length > 200 ? 'BRANDES_KOEPF' : 'NETWORK_SIMPLEX',
      ...(things.length > 200 && { 'elk.layered.thoroughness': '3' }),
    },
    children: things.map((thing) => ({ id: `n:${thing.id}`, width: thing.w, height: thing.h })),
    edges: arrows.map((arrow) => ({
      id: `e:${arrow.id}`,
      sources: [`n:${arrow.from}`],
      targets: [`n:${arrow.to}`],
      layoutOptions: { 'elk.layered.priority.shortness': String(arrow.weight) },
      ...(arrow.label && { labels: [{ text: ' ', width: arrow.label.w, height: arrow.label.h }] }),
    })),
  };
  const root = await elk.layout(graph);
  const boxes = new Map(
    (root.children ?? []).map((child) => [
      child.id.slice(2),
      { x: (child.x ?? 0) + (child.width ?? 0) / 2, y: (child.y ?? 0) + (child.height ?? 0) / 2 },
    ]),
  );
  const placed = new Map((root.edges ?? []).map((edge) => [edge.id.slice(2), edge]));
  return {
    boxes,
    arrows: new Map(
      arrows.map((arrow) => {
        const edge = placed.get(arrow.id);
        const points = (edge?.sections ?? []).flatMap((s) => [s.startPoint, ...(s.bendPoints ?? []), s.endPoint]);
        if (arrow.turned) points.reverse();
        const label = edge?.labels?.[0];
        if (label?.x === undefined || label.y === undefined) return [arrow.id, { points }];
        const centre = { x: label.x + (label.width ?? 0) / 2, y: label.y + (label.height ?? 0) / 2 };
        return [arrow.id, { points, label: centre }];
      }),
    ),
  };
}
