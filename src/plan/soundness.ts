// What a schema cannot say of a PlanDAG: names are unique, every edge has both ends, start and end are there, no cycle.
import { findCycle } from './find-cycle.ts';
import type { PlanDag, WireEdge } from './plandag.ts';
import type { Fault } from './schema-problem.ts';

/** All faults, in the order of the file; a cycle is only looked for when the edges are complete. */
export function soundness(dag: PlanDag): readonly Fault[] {
  const faults: Fault[] = [];
  const report = (message: string, ...path: PropertyKey[]): void => void faults.push({ message, path });

  const nodes = new Map<string, number>();
  dag.nodes.forEach(({ node }, index) => {
    const first = nodes.get(node);
    if (first === undefined) nodes.set(node, index);
    else report(`Two nodes are named \`${node}\`, items ${first + 1} and ${index + 1}.`, 'nodes', index, 'node');
  });
  for (const name of ['start', 'end']) if (!nodes.has(name)) report(`No node is named \`${name}\`.`, 'nodes');

  const outputs = new Map<string, { from: string; edge: WireEdge; path: PropertyKey[] }>();
  dag.nodes.forEach((node, index) => {
    node.output_edges.forEach((edge, at) => {
      const path = ['nodes', index, 'output_edges', at, 'edge'];
      const other = outputs.get(edge.edge);
      if (other)
        report(
          `Edge \`${edge.edge}\` leaves \`${other.from}\` ${other.from === node.node ? 'twice' : `and \`${node.node}\``}; edge names are unique.`,
          ...path,
        );
      else outputs.set(edge.edge, { from: node.node, edge, path });
      if (node.node === 'end')
        report(`\`end\` has the output edge \`${edge.edge}\`, but nothing follows the end.`, ...path);
    });
  });

  const inputs = new Map<string, string>();
  dag.nodes.forEach((node, index) => {
    node.input_edges.forEach(({ edge }, at) => {
      const path = ['nodes', index, 'input_edges', at, 'edge'];
      const other = inputs.get(edge);
      const output = outputs.get(edge);
      if (other !== undefined)
        report(`Edge \`${edge}\` leads into \`${other}\` and \`${node.node}\`; an edge has one target.`, ...path);
      else inputs.set(edge, node.node);
      if (!output)
        report(`\`${node.node}\` expects the edge \`${edge}\`, but no node has it among its output edges.`, ...path);
      else if (output.edge.to !== undefined && output.edge.to !== node.node && other === undefined) {
        report(`\`${node.node}\` expects the edge \`${edge}\`, but that edge leads to \`${output.edge.to}\`.`, ...path);
      }
      if (node.node === 'start')
        report(`\`start\` has the input edge \`${edge}\`, but nothing comes before the start.`, ...path);
    });
  });

  const arrows: { from: string; to: string; path: PropertyKey[] }[] = [];
  for (const { from, edge, path } of outputs.values()) {
    const to = edge.to ?? inputs.get(edge.edge);
    if (to === undefined) report(`Edge \`${edge.edge}\` of \`${from}\` leads nowhere: no node expects it.`, ...path);
    else if (!nodes.has(to))
      report(`Edge \`${edge.edge}\` of \`${from}\` leads to \`${to}\`, but no node has that name.`, ...path);
    else if (!inputs.has(edge.edge))
      report(`Edge \`${edge.edge}\` leads to \`${to}\`, which does not list it in \`input_edges\`.`, ...path);
    else arrows.push({ from, to, path });
  }

  dag.repeats?.forEach((repeat, index) => {
    for (const side of ['from', 'to'] as const) {
      if (!nodes.has(repeat[side])) {
        report(
          `Repeat \`${repeat.edge}\` names \`${repeat[side]}\`, but no node has that name.`,
          'repeats',
          index,
          side,
        );
      }
    }
  });

  const cycle = faults.length === 0 ? findCycle([...nodes.keys()], arrows) : null;
  const [first] = cycle ?? [];
  if (cycle && first) {
    const way = [first.from, ...cycle.map((arrow) => arrow.to)].map((name) => `\`${name}\``).join(' → ');
    report(
      `The edges form a cycle: ${way}. A plan has none; a loop belongs into \`repeats\`.`,
      ...(cycle.at(-1)?.path ?? []),
    );
  }
  return faults;
}
