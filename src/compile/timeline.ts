// "T+0: acknowledge it", "0-5 min: acknowledge it": items that say when they are done, one after the other.
import { cutProse, type Block, type Item, type List, type Prose } from '../guide/index.ts';
import { paragraphOf } from './flow-builder.ts';
import { beginsWithVerb, isImperative } from './imperative.ts';

const time =
  /^\W*(?:T\s*[+-]\s*\d+\s*[a-z]{0,7}|\d+\s*(?:[-–]\s*\d+|\+)?\s*(?:s|secs?|seconds?|m|mins?|minutes?|h|hours?)\+?|(?:first|next|last|after)\s+\d+\s*(?:mins?|minutes?|hours?))\s*(?:[:–—]|\s-)\s*/i;

/** True for a list of what is done when. Without T, "0-5 min" and words above the list may as well be what was measured. */
export function isTimeline(list: List, above: Block | undefined): boolean {
  const words = list.items.map(({ blocks: [first] }) => (first?.kind === 'paragraph' ? first.prose.plain : ''));
  if (words.length < 2 || !words.every((one) => time.test(one))) return false;
  const asked = words.map((one) => one.slice(time.exec(one)?.[0].length ?? 0));
  if (asked.every((one) => handsOver.test(one))) return true;
  if (
    !words.every((one) => /^\W*T\s*[+-]/i.test(one)) &&
    (above?.kind === 'paragraph' || !/^\W*(?:0\b|first\b)/i.test(words[0] ?? ''))
  )
    return false;
  return (
    asked.filter((one) => isImperative(one) || beginsWithVerb(one) || /^(?:if|when)\b/i.test(one)).length * 2 >=
    words.length
  );
}

/** "15 min: page the lead", "30 min: page the manager": whom to call in when. */
const handsOver =
  /^\W*(?:page|notify|call|escalate|contact|inform|ring|wake|engage|involve|alert)\s+(?:(?:the|an?|your|our|to|in)\s+|@|\p{Lu})/iu;

const times = new WeakMap<Prose, string>();

/** When the step is begun whose words these are, for words that `withoutTimes` made: "at T+15 min", "after 30 min". */
export function timeOf(prose: Prose): string | null {
  return times.get(prose) ?? null;
}

function asTime(label: string): string {
  const words = label.replace(/^[^\p{L}\d]+|[\s:*_–—-]+$/gu, '').replace(/\s+/g, ' ');
  if (/^T\s*[+-]/i.test(words)) return `at ${words}`;
  if (/^(?:first|next|last)\b/i.test(words)) return `in the ${words.toLowerCase()}`;
  if (/^after\b/i.test(words)) return words.toLowerCase();
  return /^0\b|[-–]/.test(words) ? `in ${words}` : `after ${words}`;
}

/** The same items as numbered ones without their times. */
export function withoutTimes(list: List): List {
  const items = list.items.map((item, at): Item => {
    const [first, ...rest] = item.blocks;
    if (first?.kind !== 'paragraph') return item;
    const { plain } = first.prose;
    const label = time.exec(plain)?.[0] ?? '';
    const own = cutProse(first.prose, label.length, plain.length);
    times.set(own, asTime(label));
    return { ...item, number: at + 1, blocks: [paragraphOf(own), ...rest] };
  });
  return { ...list, ordered: true, start: 1, items };
}
