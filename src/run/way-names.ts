// What a run says of its steps and ways in words that people know.
import { findEdge, type NodeId, type Plan } from '../plan/index.ts';

/** `Step3.1` as people say it: `Step 3.1`. */
export function nodeName(node: NodeId): string {
  return node.replace(/^Step(?=\d)/, 'Step ');
}

/** "`edge_Step1_Step2` was taken" as "`Step 2` was taken": an edge's own id tells a person nothing, so where it leads stands there. */
export function withWayNames(plan: Plan, because: string): string {
  return because.replace(/`([^`\n]*edge_[^`\n]*)`/g, (marked, id: string) => {
    const edge = findEdge(plan, id);
    if (!edge) return marked;
    return `\`${edge.to === 'end' ? (edge.outcome ?? 'end') : nodeName(edge.to)}\``;
  });
}
