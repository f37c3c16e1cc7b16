// Endings that a guide only mentions, because it goes on behind them.
import type { Entry, Statement } from './draft.ts';
import { closes } from './read-outcome.ts';
import type { Way } from './sort-ways.ts';

/** "Contact support to have it enabled." and "Close the ticket." on the way: the guide goes on, so that it is only asked for. */
export function mentionsHelp({ passage, condition, jump, outcome }: Statement, inOption: boolean): boolean {
  if (condition !== null || jump !== null || outcome === null || inOption) return false;
  const { text } = passage.sentence;
  return outcome === 'escalated' ? !escalates.test(text) : closes(text);
}

/** "Escalate to the owners" hands over, but "Identify --> Escalate --> Fix" tells how work goes on. */
const escalates = /\bescalat(?:e|ion)\b(?!\s*(?:-?->|→))/i;

/** Why such words are not read as an ending. */
export const goesOnBehind = 'it speaks of an ending, and the guide goes on behind it';

/**
 * True where whoever has taken an option goes on by this way too. "It is mostly fine, and you can close the incident. If it failed, read
 * its log.": that ending is not the option's.
 */
export function leadsBehind({ outcome, statement }: Way, options: readonly Entry[]): boolean {
  const { start } = statement.passage.sentence.span;
  const isBefore = ({ condition }: Entry): boolean => condition !== null && condition.sentence.span.start > start;
  return options.length > 0 && (outcome === null || outcome === 'escalated' || !options.every(isBefore));
}
