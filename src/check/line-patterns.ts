// Looks for patterns line by line, in the beginning of each line only: a pattern that scans ahead costs the square of what it
// may scan, and nobody reads a command of more than a few hundred characters.
import { allMatches } from '../base/index.ts';

/** Longest part of a line that is looked at. */
const widest = 500;

/** All matches of a global pattern that needs no more than one line; `index` counts in the whole text. */
export function* matchLines(
  text: string,
  pattern: RegExp,
): Generator<{ readonly match: RegExpMatchArray; readonly index: number }> {
  for (let start = 0; start <= text.length;) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    const line = text.slice(start, Math.min(end, start + widest));
    for (const match of allMatches(line, pattern)) yield { match, index: start + match.index };
    start = end + 1;
  }
}
