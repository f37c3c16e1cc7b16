// "### Mitigation" below "## Pool saturated" and below "## Primary lost": steps that two headings of one name open are told apart by
// the headings above them.
import { Memory, onceFor } from '../base/index.ts';
import type { Guide, Section } from '../guide/index.ts';
import type { PlanNode } from '../plan/index.ts';
import { wordsOf } from './headings.ts';
import { liftLabels } from './lift-labels.ts';

interface Told {
  readonly above: string;
  readonly node: PlanNode;
}

const told = new Memory<PlanNode, Told>();

/** The nodes with the heading above before a title that another step has, too: "Pool saturated: Mitigation". */
export function tellApart(guide: Guide, nodes: readonly PlanNode[]): readonly PlanNode[] {
  const seen = new Set<string>();
  const double = new Set<string>();
  for (const { title } of nodes) (seen.has(title) ? double : seen).add(title);
  double.delete('');
  if (double.size === 0) return nodes;
  const places = namesAbove(liftLabels(guide));
  const aboveOf = ({ title, titleSource }: PlanNode): string | undefined =>
    titleSource && double.has(title) ? places.get(titleSource.span.start) : undefined;
  const first = new Map<string, string>();
  const differing = new Set<string>();
  for (const node of nodes) {
    const above = aboveOf(node);
    if (above === undefined) continue;
    const before = first.get(node.title);
    if (before === undefined) first.set(node.title, above);
    else if (before !== above) differing.add(node.title);
  }
  return nodes.map((node) => {
    const above = differing.has(node.title) ? aboveOf(node) : undefined;
    if (above === undefined) return node;
    let made = told.get(node);
    if (made?.above !== above) told.set(node, (made = { above, node: { ...node, title: `${above}: ${node.title}` } }));
    return made.node;
  });
}

/** By the place of each heading's words the name of the heading that it stands below; the title of the guide is no such name. */
const namesAbove = onceFor((root: Section): ReadonlyMap<number, string> => {
  const found = new Map<number, string>();
  const walk = (section: Section, above: string | null): void => {
    for (const below of section.sections) {
      const { heading } = below;
      if (heading && above !== null) found.set(heading.prose.span.start, above);
      walk(below, heading === null || heading.level === 1 ? above : wordsOf(heading));
    }
  };
  walk(root, null);
  return found;
});
