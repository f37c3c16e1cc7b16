// "T+0: acknowledge it", "0-5 min: acknowledge it": items that say when they are done, one after the other.
import { cutProse, type Block, type Item, type List } from '../guide/index.ts';
import { paragraphOf } from './flow-builder.ts';
import { beginsWithVerb, isImperative } from './imperative.ts';

const time =
  /^\W*(?:T\s*[+-]\s*\d+\s*[a-z]{0,7}|\d+\s*(?:[-–]\s*\d+|\+)?\s*(?:s|secs?|seconds?|m|mins?|minutes?|h|hours?)\+?|(?:first|next|last|after)\s+\d+\s*(?:mins?|minutes?|hours?))\s*(?:[:–—]|\s-)\s*/i;

/** True for a list of what is done when. Without T, "0-5 min" and words above the list may as well be what was measured. */
export function isTimeline(list: List, above: Block | undefined): boolean {
  const words = list.items.map(({ blocks: [first] }) => (first?.kind === 'paragraph' ? first.prose.plain : ''));
  if (words.length < 2 || !words.every((one) => time.test(one))) return false;
  if (
    !words.every((one) => /^\W*T\s*[+-]/i.test(one)) &&
    (above?.kind === 'paragraph' || !/^\W*(?:0\b|first\b)/i.test(words[0] ?? ''))
  )
    return false;
  const asked = words.map((one) => one.slice(time.exec(one)?.[0].length ?? 0));
  return (
    asked.filter((one) => isImperative(one) || beginsWithVerb(one) || /^(?:if|when)\b/i.test(one)).length * 2 >=
    words.length
  );
}

/** The same items as numbered ones without their times. */
export function withoutTimes(list: List): List {
  const items = list.items.map((item, at): Item => {
    const [first, ...rest] = item.blocks;
    if (first?.kind !== 'paragraph') return item;
    const { plain } = first.prose;
    const own = cutProse(first.prose, time.exec(plain)?.[0].length ?? 0, plain.length);
    return { ...item, number: at + 1, blocks: [paragraphOf(own), ...rest] };
  });
  return { ...list, ordered: true, start: 1, items };
}
