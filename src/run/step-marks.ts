// Finds the moments of a journal at which a person would want to stop when going back: just before each step began.
import { isInput } from './journal-line.ts';
import { readJournalText } from './read-journal.ts';
import type { NodeId } from '../plan/index.ts';

/** A step's beginning. `viewAt(seq)` of the journal's replay is the run just before it; `seq` is 0 for the run's first line. */
export interface StepMark {
  readonly seq: number;
  readonly node: NodeId;
  /** When it began, milliseconds since the epoch. */
  readonly time: number;
}

/** The beginnings of steps in a journal's text, in order; a step that a loop repeats is there once a round. */
export function stepMarks(text: string): readonly StepMark[] {
  const marks: StepMark[] = [];
  const open = new Set<string>();
  let before = 0;
  for (const line of readJournalText(text).lines) {
    if (isInput(line)) before = line.seq - 1;
    const { kind, node } = line.body;
    if (typeof node !== 'string') continue;
    if (kind === 'step-started') {
      open.add(node);
      marks.push({ seq: before, node, time: line.time });
    } else if (kind === 'step-succeeded' || kind === 'step-failed' || kind === 'step-cancelled') {
      // A step without actions succeeds without having started.
      if (!open.delete(node) && node !== 'start') marks.push({ seq: before, node, time: line.time });
    }
  }
  return marks;
}
