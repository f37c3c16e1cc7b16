// The plan as a Mermaid flowchart, for places that draw Mermaid (wikis, pull requests). Author text goes only into
// quoted labels, with every character that Mermaid or HTML could take for its own written as an entity.
import type { NodeId, Plan, PlanEdge, PlanNode, Repeat } from './plan.ts';

/** Mermaid text with a last line ending. The same plan gives the same bytes. */
export function writeMermaid(plan: Plan): string {
  const names = mermaidNames(plan);
  const name = (id: NodeId): string => names.get(id) ?? '';
  const lines = [
    'flowchart TD',
    ...plan.nodes.map((node) => `  ${name(node.id)}${shape(node)}`),
    ...plan.edges.map((edge) => `  ${name(edge.from)} ${arrow(edge)} ${name(edge.to)}`),
    ...plan.repeats.map((repeat) => `  ${name(repeat.from)} -. ${quoted(repeatLabel(repeat))} .-> ${name(repeat.to)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Names that no Mermaid keyword or arrow can be mistaken for: letters, digits and `_`, told apart by a number. */
function mermaidNames(plan: Plan): Map<NodeId, string> {
  const names = new Map<NodeId, string>();
  const used = new Set<string>();
  for (const node of plan.nodes) {
    const plain = node.kind === 'step' ? `n_${node.id.replace(/[^A-Za-z0-9]+/g, '_')}` : `n_${node.kind}_`;
    let unique = plain;
    for (let i = 2; used.has(unique); i++) unique = `${plain}_${i}`;
    used.add(unique);
    names.set(node.id, unique);
  }
  return names;
}

function shape(node: PlanNode): string {
  const label = quoted(
    node.kind === 'step' && node.title !== node.id ? `${node.id}: ${node.title}` : node.title || node.id,
  );
  return node.kind === 'step' ? `[${label}]` : `([${label}])`;
}

function arrow(edge: PlanEdge): string {
  const words = [edge.condition ?? '', edge.outcome ? `(${edge.outcome})` : ''].filter((part) => part !== '').join(' ');
  const line = edge.onFailure ? '-.->' : '-->';
  return words === '' ? line : `${line}|${quoted(words)}|`;
}

function repeatLabel(repeat: Repeat): string {
  const times = `repeat at most ${repeat.max} ${repeat.max === 1 ? 'time' : 'times'}`;
  return repeat.condition === null ? times : `${repeat.condition} (${times})`;
}

function quoted(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  const safe = plain.replace(/[^\p{L}\p{M}\p{N} .,:()_/%=+-]/gu, (sign) => `#${sign.codePointAt(0)};`);
  return `"${safe === '' ? ' ' : safe}"`;
}
