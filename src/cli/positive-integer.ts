// Reads a flag whose value counts something.
import { InvalidArgumentError } from 'commander';

/** A whole number of at least 1; anything else is refused with a sentence. */
export function positiveInteger(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Expected a whole number of at least 1.');
  return number;
}
