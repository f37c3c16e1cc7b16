// Questions about a plan's graph. The index behind them is made once per plan value and kept as long as the plan is,
// so that each question costs what its answer costs.
import { Memory } from '../base/index.ts';
import type { EdgeId, NodeId, Plan, PlanEdge, PlanNode } from './plan.ts';

/** The edges that leave a node, in the guide's order. An unknown node has none. */
export function outputEdges(plan: Plan, node: NodeId): readonly PlanEdge[] {
  return graphOf(plan).outputs.get(node) ?? [];
}

/** The edges that lead into a node, in the guide's order. An unknown node has none. */
export function inputEdges(plan: Plan, node: NodeId): readonly PlanEdge[] {
  return graphOf(plan).inputs.get(node) ?? [];
}

export function findNode(plan: Plan, node: NodeId): PlanNode | undefined {
  return graphOf(plan).nodes.get(node);
}

export function findEdge(plan: Plan, edge: EdgeId): PlanEdge | undefined {
  return graphOf(plan).edges.get(edge);
}

/** The node itself and every node that edges lead to from it. Repeats are not followed: their targets lie behind. */
export function reachableFrom(plan: Plan, node: NodeId): ReadonlySet<NodeId> {
  const { nodes, outputs } = graphOf(plan);
  return nodes.has(node) ? spread(node, outputs, (edge) => edge.to) : new Set();
}

/** The node itself and every node from which edges lead to it. */
export function reaching(plan: Plan, node: NodeId): ReadonlySet<NodeId> {
  const { nodes, inputs } = graphOf(plan);
  return nodes.has(node) ? spread(node, inputs, (edge) => edge.from) : new Set();
}

/**
 * Every node after all nodes that lead to it. Otherwise the guide's own order is kept, so a guide whose jumps all go
 * forward comes out exactly as it is written. Linear in nodes and edges; works on any depth.
 */
export function topologicalOrder(plan: Plan): readonly NodeId[] {
  const { inputs } = graphOf(plan);
  const order: NodeId[] = [];
  const seen = new Set<NodeId>();
  for (const root of plan.nodes) {
    if (seen.has(root.id)) continue;
    seen.add(root.id);
    const stack = [{ node: root.id, next: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = inputs.get(top.node)?.[top.next++];
      if (!edge) {
        order.push(top.node);
        stack.pop();
      } else if (!seen.has(edge.from)) {
        seen.add(edge.from);
        stack.push({ node: edge.from, next: 0 });
      }
    }
  }
  return order;
}

interface Graph {
  readonly nodes: ReadonlyMap<NodeId, PlanNode>;
  readonly edges: ReadonlyMap<EdgeId, PlanEdge>;
  readonly outputs: ReadonlyMap<NodeId, readonly PlanEdge[]>;
  readonly inputs: ReadonlyMap<NodeId, readonly PlanEdge[]>;
}

const graphs = new Memory<Plan, Graph>();

function graphOf(plan: Plan): Graph {
  const known = graphs.get(plan);
  if (known) return known;
  const outputs = new Map<NodeId, PlanEdge[]>(plan.nodes.map((node) => [node.id, []]));
  const inputs = new Map<NodeId, PlanEdge[]>(plan.nodes.map((node) => [node.id, []]));
  for (const edge of plan.edges) {
    outputs.get(edge.from)?.push(edge);
    inputs.get(edge.to)?.push(edge);
  }
  const graph: Graph = {
    nodes: new Map(plan.nodes.map((node) => [node.id, node])),
    edges: new Map(plan.edges.map((edge) => [edge.id, edge])),
    outputs,
    inputs,
  };
  graphs.set(plan, graph);
  return graph;
}

function spread(
  from: NodeId,
  edgesOf: ReadonlyMap<NodeId, readonly PlanEdge[]>,
  other: (edge: PlanEdge) => NodeId,
): Set<NodeId> {
  const found = new Set([from]);
  for (const node of found) for (const edge of edgesOf.get(node) ?? []) found.add(other(edge));
  return found;
}
