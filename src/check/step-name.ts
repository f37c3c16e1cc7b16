// A step's name in messages: the author's words where they are known.
import { slice } from '../base/index.ts';
import { textOf, type Guide } from '../guide/index.ts';
import type { PlanNode } from '../plan/index.ts';

export function stepName(guide: Guide, node: PlanNode): string {
  const words = node.titleSource ? slice(textOf(guide), node.titleSource.span) : node.id;
  const line = words.replace(/\s+/g, ' ').replaceAll('`', '').trim();
  if (line === '') return node.id;
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
