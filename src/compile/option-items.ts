// "- Option 1: restart the pod." and "- Option 2: roll back.", among other items or alone, or as paragraphs with code below them:
// whoever has options takes one of them, and does not do one after the other.
import { onceFor } from '../base/index.ts';
import {
  numeralOf,
  sentencesOf,
  type Block,
  type Item,
  type List,
  type Paragraph,
  type Prose,
} from '../guide/index.ts';
import { asksForWork } from './asks-for-work.ts';
import type { FlowBuilder } from './flow-builder.ts';
import { isImperative } from './imperative.ts';
import { meetBehind } from './meet-behind.ts';
import type { IsName } from './names.ts';
import { keepNumber } from './open-option.ts';
import { hasAction } from './read-actions.ts';
import { readCases } from './read-cases.ts';

const label =
  /^\W*(option|method|approach|alternative|workaround|solution|way|choice|possibility|plan)\s+#?(\d{1,2}|[a-h]|one|two|three|four|five)\b(?:\s*\([^()]{1,60}\))?\s*(?:[:.–—-]|$)\s*/i;

/** What an item says of itself: "Option 2 (slower): roll back" is the second `option`. */
interface Label {
  readonly word: string;
  readonly count: number;
  /** How many characters say so. */
  readonly length: number;
}

function labelOf({ plain }: Prose): Label | null {
  const match = label.exec(plain);
  if (!match?.[1] || !match[2]) return null;
  return { word: match[1].toLowerCase(), count: countOf(match[2]), length: match[0].length };
}

function countOf(text: string): number {
  return /^[a-h]$/i.test(text) ? text.toLowerCase().charCodeAt(0) - 96 : Number(numeralOf(text));
}

/** Part of a list: items that are options of one choice, or others. */
export interface Run {
  readonly list: List;
  readonly offers: boolean;
}

/** The list cut where options begin and end; null when it holds none. */
export const optionRuns = onceFor((list: List): readonly Run[] | null => {
  if (list.tabs) return null;
  const runs: Run[] = [];
  let from = 0;
  for (let at = 0; at < list.items.length; at++) {
    const end = Math.max(endOfOptions(list.items, at), endOfAlternatives(list.items, at));
    if (end - at < 2) continue;
    if (at > from) runs.push({ list: part(list, from, at), offers: false });
    runs.push({ list: part(list, at, end), offers: true });
    from = end;
    at = end - 1;
  }
  if (from === 0) return null;
  if (from < list.items.length) runs.push({ list: part(list, from, list.items.length), offers: false });
  return runs;
});

function part(list: List, from: number, to: number): List {
  const items = list.items.slice(from, to);
  const start = items[0]?.span.start ?? list.span.start;
  const end = items.at(-1)?.span.end ?? list.span.end;
  return { ...list, items, start: list.start + from, span: { start, end } };
}

/** The place behind the last of the options that begin at `at`: they count from one, with one word, and one of them says what to do. */
function endOfOptions(items: readonly Item[], at: number): number {
  let to = at;
  let word: string | undefined;
  let works = false;
  for (; to < items.length; to++) {
    const item = items[to];
    const [first] = item?.blocks ?? [];
    const found = first?.kind === 'paragraph' ? labelOf(first.prose) : null;
    if (!item || !found || found.count !== to - at + 1 || (word !== undefined && found.word !== word)) break;
    works ||= isWork(item, found);
    word = found.word;
  }
  return works ? to : at;
}

/** "2. Restart the pod." and "3. Alternatively, roll back.": the place behind the last of such ways, or `at`. */
function endOfAlternatives(items: readonly Item[], at: number): number {
  const opens = (place: number): string => {
    const [first] = items[place]?.blocks ?? [];
    return first?.kind === 'paragraph' ? first.prose.plain : '';
  };
  if (!instead.test(opens(at + 1)) || instead.test(opens(at)) || !isImperative(opens(at))) return at;
  let to = at + 1;
  while (instead.test(opens(to)) && isImperative(opens(to).replace(instead, ''))) to++;
  return to - at > 1 ? to : at;
}

const instead =
  /^\W*(?:or\s+alternatively|alternatively|as\s+an\s+alternative|or(?:\s+else)?)\b[,:]?\s+(?:you\s+(?:can|could|may)\s+)?/i;

function isWork({ blocks: [first, ...rest] }: Item, { length }: Label): boolean {
  if (first?.kind !== 'paragraph') return false;
  const words = first.prose.plain.slice(length);
  return isImperative(words) || asksForWork(words) || rest.some(hasAction) || rest.some(({ kind }) => kind === 'list');
}

/** "Option A: restart the pod." with code below it, and "Option B: …": as a list of them, and how many blocks they are. */
export function optionParagraphs(blocks: readonly Block[], at: number): (Run & { readonly count: number }) | null {
  if (!isOption(blocks[at])) return null;
  const items: Item[] = [];
  let to = at;
  while (to < blocks.length) {
    const next = blocks.findIndex((block, place) => place > to && isOption(block));
    let end = to + 1;
    while (end < blocks.length && (next === -1 ? isBelow(blocks[end]) : end < next)) end++;
    const own = blocks.slice(to, end);
    const [first] = own;
    const last = own.at(-1);
    if (!first || !last || !isOption(first)) break;
    items.push({ number: null, blocks: own, span: { start: first.span.start, end: last.span.end } });
    to = end;
  }
  if (endOfOptions(items, 0) !== items.length || items.length < 2) return null;
  const span = { start: items[0]?.span.start ?? 0, end: items.at(-1)?.span.end ?? 0 };
  return { list: { kind: 'list', ordered: false, start: 1, items, span }, offers: true, count: to - at };
}

function isOption(block: Block | undefined): block is Paragraph {
  return block?.kind === 'paragraph' && labelOf(block.prose) !== null && sentencesOf(block.prose).length < 4;
}

/** What belongs to the last option, behind which there is none to end it. */
function isBelow(block: Block | undefined): boolean {
  return block !== undefined && (block.kind === 'code' || block.kind === 'list' || block.kind === 'table');
}

/** Items behind options of a step: steps of their own, which have no numbers where the step has one. */
export function asFurther(list: List, mode: 'sequence' | 'step'): List {
  return mode === 'sequence' ? list : { ...list, ordered: false };
}

/** Reads such runs; `groups` count the numbered lists, where numbers name steps; `readOthers` reads the items around the options. */
export function readOptions(
  flow: FlowBuilder,
  runs: readonly Run[],
  groups: { count: number } | null,
  isName: IsName,
  read: (inner: FlowBuilder, blocks: readonly Block[]) => void,
  readOthers?: (list: List, isFirst: boolean) => void,
): void {
  for (const [index, { list, offers }] of runs.entries()) {
    if (!offers) {
      const [first] = list.items[0]?.blocks ?? [];
      if (first) meetBehind(flow, first);
      readOthers?.(list, index === 0);
      continue;
    }
    if (groups && list.ordered && index === 0) groups.count++;
    readCases(flow, list, true, isName, read);
    const { last } = flow;
    if (last?.kind !== 'choice') continue;
    last.oneOf = true;
    last.meets = true;
    if (!groups || !list.ordered) continue;
    for (const [place, { number }] of list.items.entries()) {
      const option = last.options.at(place - list.items.length);
      if (option && number !== null) keepNumber(option.flow, String(number), groups.count);
    }
  }
}
