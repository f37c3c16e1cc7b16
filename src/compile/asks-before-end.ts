// "Run the renewal and close the alert": words that end the guide, behind others that are to be done before.
import { isImperative, isMotion } from './imperative.ts';
import { endsCase } from './read-outcome.ts';

const joints = /[.;,]\s+(?:and\s+|then\s+)*|\s+and\s+(?:then\s+)?/;

/** True when the first of several parts of these words is something to do, and does not end the guide itself. */
export function asksBeforeEnd(words: string): boolean {
  const [first = '', ...others] = words.split(joints);
  return others.length > 0 && isImperative(first) && !isMotion(first) && !endsCase(first);
}
