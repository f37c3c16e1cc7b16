// Checks that a model's quote stands in what a step found, and says something of it: our own words around the result
// ("exit code:", "rows:") prove nothing, and neither does a bracket, one digit of a longer number, or the `healthy` in `unhealthy`.
import { allMatches } from '../base/index.ts';

/** What is wrong with a quote. */
export type QuoteFault = 'empty' | 'absent' | 'nothing-said' | 'cut-number' | 'cut-word';

/** A letter of a script that puts spaces between words. */
const letter = String.raw`[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]`;
const [letterFirst, letterLast] = [new RegExp(`^${letter}`, 'u'), new RegExp(`${letter}$`, 'u')];

/** Words that stand around results in a question; the values behind them are the result's. */
const around =
  /^(?:exit code:|HTTP status:|errors:$|\[\d+ characters are left out here\]$|[\w-]+\.[\w.-]+:$|rows:)|, the first \d+ of them:$/gm;

/** Null when the quote counts. `evidence` are the texts in one of which it must stand, character by character. */
export function quoteFault(quote: string, evidence: readonly string[]): QuoteFault | null {
  if (quote.trim() === '') return 'empty';
  const faults = evidence.flatMap((text) => placesOf(quote, text).map((at) => faultAt(quote, text, at)));
  if (faults.length === 0) return 'absent';
  if (faults.includes(null)) return null;
  return (['cut-number', 'cut-word'] as const).find((fault) => faults.includes(fault)) ?? 'nothing-said';
}

function placesOf(quote: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1)) places.push(at);
  return places;
}

function faultAt(quote: string, text: string, at: number): 'nothing-said' | 'cut-number' | 'cut-word' | null {
  const end = at + quote.length;
  let said = quote;
  for (const { index, 0: words } of allMatches(text, around)) {
    const [from, to] = [Math.max(index, at) - at, Math.min(index + words.length, end) - at];
    if (from < to) said = said.slice(0, from) + ' '.repeat(to - from) + said.slice(to);
  }
  if (!/[\p{L}\p{N}]/u.test(said)) return 'nothing-said';
  const cutBefore = /^\d/.test(quote) && /\d[.,]?$/.test(text.slice(0, at));
  const cutBehind = /\d$/.test(quote) && /^[.,]?\d/.test(text.slice(end, end + 2));
  if (cutBefore || cutBehind) return 'cut-number';
  const isCut =
    (letterFirst.test(quote) && letterLast.test(text.slice(Math.max(0, at - 2), at))) ||
    (letterLast.test(quote) && letterFirst.test(text.slice(end, end + 2)));
  return isCut ? 'cut-word' : null;
}

/** A text in which a quote may stand. */
export interface Quotable {
  readonly found: string;
  /** The words of the call that gave it, where a model chose them: what it only had repeated to it (`echo "all is well"`) proves nothing. */
  readonly own?: string;
}

/** The sentence for a person or a model; `where` names the evidence. */
export function quoteProblem(quote: string, from: readonly Quotable[], where: string): string | null {
  const others = from.filter(({ own }) => own === undefined || quoteFault(quote, [own]) !== null);
  const fault = quoteFault(quote, textsOf(others));
  const shown = quote.length > 120 ? `${quote.slice(0, 119)}…` : quote;
  const expected = `expected words copied from ${where}`;
  if (fault !== null && others.length < from.length && quoteFault(quote, textsOf(from)) === null)
    return `The quote “${shown}” stands in the call itself; expected words that only its result holds.`;
  switch (fault) {
    case null:
      return null;
    case 'empty':
      return `The quote is empty; ${expected}.`;
    case 'absent':
      return `The quote “${shown}” does not stand in ${where}; expected words copied from it exactly.`;
    case 'nothing-said':
      return `The quote “${shown}” says nothing of what was found; ${expected}, with a word or a number that the result holds.`;
    case 'cut-word':
      return `The quote “${shown}” is a part of a longer word in ${where}; expected whole words.`;
    case 'cut-number':
      return `The quote “${shown}” is a part of a longer number in ${where}; expected the whole number.`;
  }
}

function textsOf(from: readonly Quotable[]): readonly string[] {
  return from.map(({ found }) => found);
}
