// What a step says, as lines for whoever is to begin it, to answer what it asks, or to do what no tool does.
import type { PlanNode } from '../plan/index.ts';
import { printableText } from './printable-text.ts';

/** Lines of a step's words that are shown. */
const mostLines = 12;

/** The step's words but for those that its title says. */
export function stepWords({ description, title }: Pick<PlanNode, 'description' | 'title'>): readonly string[] {
  const lines = printableText(description).trim().split('\n');
  const isTitle = (line: string): boolean => line.replace(/[.:!]+$/, '') === title.replace(/[.:!]+$/, '');
  const shown = lines.slice(0, mostLines).filter((line) => line.trim() !== '' && !isTitle(line));
  return lines.length > mostLines ? [...shown, '\u2026'] : shown;
}
