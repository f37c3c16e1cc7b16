// Stepping through a guide at the terminal: before each step stands what it says, and it begins when the person says so.
import { findNode } from '../plan/index.ts';
import type { LiveRun, RunView } from '../run/index.ts';
import type { AskedAbout } from './ask-person.ts';
import { printableLine, printableText } from './printable-text.ts';
import type { Terminal } from './terminal.ts';
import { oneOf, openReader, understood } from './terminal-reader.ts';

/** Lines of a step's words that are shown. */
const mostLines = 12;

/**
 * Asks whether a held run's next step is to begin, and lets it, or lets all of them when they need no more asking. False when the run
 * is left where it stands. The guide's own start, which says nothing, is not asked about.
 */
export async function askToBegin(
  run: LiveRun,
  view: RunView,
  { plan, by, leaving }: AskedAbout,
  terminal: Terminal,
): Promise<boolean> {
  if (view.phase !== 'held') return false;
  const [next] = view.next;
  const node = next === undefined ? undefined : findNode(plan, next);
  if (node && node.kind !== 'step') return run.submit({ kind: 'step-released', by }).accepted;
  if (node) {
    terminal.err(`\n${terminal.styled('bold', `Next: ${node.id}`)}  ${printableLine(node.title)}\n`);
    for (const line of wordsOf(node.description, node.title)) terminal.err(`    | ${line}\n`);
  }
  const reader = openReader(leaving);
  try {
    const question = '  Begin it? (Enter to begin, all to go on without stopping, Ctrl-C to leave the run here) ';
    const said = await understood(reader.ask, question, 'Enter or all', oneOf(['', 'y', 'yes', 'all']), terminal);
    if (said === null || leaving.aborted) return false;
    return run.submit({ kind: said === 'all' ? 'run-continued' : 'step-released', by }).accepted;
  } finally {
    reader.close();
  }
}

/** The step's words but for those that its title says. */
function wordsOf(description: string, title: string): readonly string[] {
  const lines = printableText(description).trim().split('\n');
  const isTitle = (line: string): boolean => line.replace(/[.:!]+$/, '') === title.replace(/[.:!]+$/, '');
  const shown = lines.slice(0, mostLines).filter((line) => line.trim() !== '' && !isTitle(line));
  return lines.length > mostLines ? [...shown, '\u2026'] : shown;
}
