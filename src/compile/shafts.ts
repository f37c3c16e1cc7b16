// Signs that stand between a case and what is done in it: "No peers → restart", "No peers = go back to section 2".
import { allMatches } from '../base/index.ts';
import type { Sentence } from '../guide/index.ts';
import { beginsWithVerb, isImperative } from './imperative.ts';
import { readOutcome } from './read-outcome.ts';
import { arrow } from './signs.ts';

/** The first arrow between words; one in code, as in `rowCount => 3`, is a sign of that code. */
export function arrowIn({ text, start, prose, codes }: Sentence): { index: number; 0: string } | null {
  const isInCode = (at: number): boolean =>
    codes.some((mark) => mark.start <= at && at < mark.end && /\S/.test(prose.plain.slice(mark.start, at)));
  return allMatches(text, arrows).find(({ index }) => !isInCode(start + index)) ?? null;
}

const arrows = new RegExp(arrow.source, 'g');

/** "No peers = go back to section 2.", "Everyone = an outage, stop here.": the sign behind the words for those that it is so for. */
export function equalsIn(
  { text, start, codes }: Sentence,
  jumpStart: number | null,
): { index: number; 0: string } | null {
  if (!text.includes(' = ')) return null;
  const right = jumpStart === null ? null : /\s=\s+$/.exec(text.slice(0, jumpStart - start));
  const first = right || codes.length > 0 || readOutcome(text) === null ? null : wordsEqual.exec(text);
  const index = right?.index ?? (first ? first[0].length - 3 : 0);
  const words = text.slice(0, index);
  return index === 0 || isImperative(words) || namesOrder.test(words) ? null : { index, 0: ' = ' };
}

const wordsEqual = /^\W*(?:[\p{L}\d'’-]+\s){0,4}[\p{L}'’-]{3,}\s=\s(?=(?:an?\s|the\s|no\s)?\p{L}{3})/u;

/** "Continued silence → go back to section 2.": words that ask for nothing, and right behind them where to go. */
export function leadsAway({ text, start }: Sentence, index: number, length: number, jumpStart: number | null): boolean {
  const words = text.slice(0, index);
  return (
    jumpStart !== null && jumpStart - start - index - length < 3 && !isImperative(words) && !namesOrder.test(words)
  );
}

/** "Then → go to section 4.", "Next step → …" */
const namesOrder =
  /^\W*(?:(?:and|so)\s+)?(?:then|next|now|finally|lastly|first|second|after|afterwards|done|ready|back|previous|steps?|sections?|phases?|stages?|summary|note|tip|from|to|in\s+short)\b/i;

/** "Navigate to Observe -> Targets": what stands before the arrow is the first part of a path through menus. */
export function isMenuPath(text: string): boolean {
  const opens = opensMenu.exec(text);
  return opens !== null && /^(?:[\p{Lu}*"'`“]|\s*$)/u.test(text.slice(opens[0].length));
}

/** "Pause payouts → `payctl pause`": what to do, and how. */
export function saysHow({ text, start, prose }: Sentence, at: number, length: number): boolean {
  const behind = start + at + length;
  return beginsWithVerb(text.slice(0, at)) && prose.codes.some((code) => code.start === behind);
}

const opensMenu =
  /^\W*(?:(?:then|next|now|please)\b\W*)*(?:(?:navigate|go|browse|switch|head)\s+to|open|(?:(?:right|left|double)-?\s?)?click(?:\s+on)?|select|choose|press|under|expand)(?:\s+(?:the\s+)?|$)/i;
