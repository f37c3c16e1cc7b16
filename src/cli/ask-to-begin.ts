// Stepping through a guide at the terminal: before each step stands what it says, and it begins when the person says so.
import { findNode } from '../plan/index.ts';
import type { LiveRun, RunView } from '../run/index.ts';
import type { AskedAbout } from './ask-person.ts';
import { printableLine } from './printable-text.ts';
import { stepWords } from './step-words.ts';
import type { Terminal } from './terminal.ts';
import { oneOf, openReader, understood } from './terminal-reader.ts';

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
    for (const line of stepWords(node)) terminal.err(`    | ${line}\n`);
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
