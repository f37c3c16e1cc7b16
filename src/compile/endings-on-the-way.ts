// Endings that a guide only mentions, because it goes on behind them.
import type { Statement, Step } from './draft.ts';
import { closes } from './read-outcome.ts';

/** "Contact support to have it enabled." and "Close the ticket." on the way: the guide goes on, so that it is only asked for. */
export function mentionsHelp({ passage, condition, jump, outcome }: Statement, step: Step): boolean {
  if (condition !== null || jump !== null || outcome === null || step.inOption) return false;
  return outcome === 'escalated' || closes(passage.sentence.text);
}

/** Why such words are not read as an ending. */
export const goesOnBehind = 'it speaks of an ending, and the guide goes on behind it';
