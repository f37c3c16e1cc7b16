// The plan as a Mermaid flowchart, for places that draw Mermaid (wikis, pull requests). Author text goes only into
// quoted labels, with every character that Mermaid or HTML could take for its own written as an entity.
// read-mermaid.ts reads it back: nodes, titles, edges, conditions, outcomes and loops; not actions, guards and places.
import { encodeArrow, encodeLabel } from './mermaid-text.ts';
import type { NodeId, Plan, PlanEdge, PlanNode } from './plan.ts';

/** Mermaid text with a last line ending. The same plan gives the same bytes. */
export function writeMermaid(plan: Plan): string {
  const names = mermaidNames(plan);
  const name = (id: NodeId): string => names.get(id) ?? '';
  const lines = [
    'flowchart TD',
    ...plan.nodes.map((node) => `  ${name(node.id)}${shape(node)}`),
    ...plan.edges.map((edge) => `  ${name(edge.from)} ${arrow(edge)} ${name(edge.to)}`),
    ...plan.repeats.map(({ from, to, condition, max, onFailure }) => {
      const label = encodeArrow(condition, { ...(onFailure && { onFailure }), atMost: max });
      return `  ${name(from)} -. "${label}" .-> ${name(to)}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

/** The name of a node without the number that tells it from others of the same letters. */
export function mermaidName(id: NodeId): string {
  return `n_${id.replace(/[^A-Za-z0-9]+/g, '_')}`;
}

/** Names of the two nodes that every plan has; no step is given them. */
export const mermaidStart = 'n_start_';
export const mermaidEnd = 'n_end_';

/** Names that no Mermaid keyword or arrow can be mistaken for: letters, digits and `_`, told apart by a number. */
function mermaidNames(plan: Plan): Map<NodeId, string> {
  const names = new Map<NodeId, string>();
  const used = new Set([mermaidStart, mermaidEnd]);
  for (const node of plan.nodes) {
    if (node.kind !== 'step') {
      names.set(node.id, node.kind === 'start' ? mermaidStart : mermaidEnd);
      continue;
    }
    const plain = mermaidName(node.id);
    let unique = plain;
    for (let i = 2; used.has(unique); i++) unique = `${plain}_${i}`;
    used.add(unique);
    names.set(node.id, unique);
  }
  return names;
}

function shape(node: PlanNode): string {
  if (node.kind !== 'step') return `(["${encodeLabel(node.title) || encodeLabel(node.id)}"])`;
  return `["${encodeLabel(node.title === node.id ? node.id : `${node.id}: ${node.title}`) || ' '}"]`;
}

function arrow(edge: PlanEdge): string {
  const label = encodeArrow(edge.condition, {
    ...(edge.outcome && { outcome: edge.outcome }),
    ...(edge.onFailure && { onFailure: true }),
  });
  const line = edge.onFailure ? '-.->' : '-->';
  return label === '' ? line : `${line}|"${label}"|`;
}
