// "a) Stop it. b) Clean the disk.", paragraphs that begin with "a.", "b.", … or with "Step 1." and sentences: lists that markdown does not know,
// because their items have letters or words, or because they stand in one line. They are read as the numbered lists that their authors mean.
import { allMatches, onceFor, remember, sameItems } from '../base/index.ts';
import {
  cutProse,
  type Block,
  type Item,
  type List,
  type Paragraph,
  type Prose,
  type Section,
} from '../guide/index.ts';
import { paragraphOf } from './flow-builder.ts';
import { isFinding } from './findings.ts';
import { beginsWithVerb, isImperative, isMotion } from './imperative.ts';
import { asksWhich } from './finding-items.ts';
import { mayBeFound, namesPart, saysElse } from './read-condition.ts';
import { readOutcome } from './read-outcome.ts';
import { isTimeline, withoutTimes } from './timeline.ts';

/** The section with such lists as lists; the same section where there are none. */
export const withLetteredLists = onceFor((section: Section): Section => {
  const blocks = withDottedSteps(listsIn(section.blocks), section.heading?.number ?? null);
  const sections = section.sections.map(withLetteredLists);
  return blocks === section.blocks && sameItems(sections, section.sections)
    ? section
    : { ...section, blocks, sections };
});

function listsIn(blocks: readonly Block[]): readonly Block[] {
  const inside = blocks.flatMap((block, at) =>
    block.kind === 'list' && isTimeline(block, blocks[at - 1]) ? withInner(withoutTimes(block)) : withInner(block),
  );
  const same = sameItems(inside, blocks) ? blocks : inside;
  const lettered = same.some((block) => letterOf(block) === 'a') ? joined(same) : same;
  return withWordedSteps(lettered);
}

/** "Step 1. Look at it.", "Step 2. If it is full, …": paragraphs that each say more than a title would, with what stands below them. */
function withWordedSteps(blocks: readonly Block[]): readonly Block[] {
  return blocks.some((block) => worded.test(wordsOf(block)) && saysMore(block)) ? counted(blocks, worded) : blocks;
}

const worded = /^step\s+(\d{1,2})\s*[:.)–—-]\s*(?=\S)/i;

/**
 * "7.1 Check the node.", "7.2 If it does not answer, reset it." below "## 7. Recover the node": paragraphs, or lines of one, that go on
 * counting where the heading began.
 */
function withDottedSteps(blocks: readonly Block[], heading: string | null): readonly Block[] {
  if (heading === null || !/^\d{1,2}(?:\.\d{1,2}){0,2}$/.test(heading)) return blocks;
  const sign = dotted(heading);
  const first = blocks.map((block) => sign.exec(wordsOf(block))?.[1]).find((number) => number !== undefined);
  if (Number(first) !== 1) return blocks;
  const apart = blocks.flatMap((block) => linesApart(block, sign));
  const list = counted(apart, sign);
  return list === apart ? blocks : list;
}

const dotted = remember(
  (heading) => new RegExp(String.raw`^${heading.replaceAll('.', '\\.')}\.(\d{1,2})(?:[.):]|\s[–—-])?\s+(?=\S)`),
);

/** A paragraph of which lines begin with the sign, as a paragraph for each of them. */
function linesApart(block: Block, sign: RegExp): readonly Block[] {
  if (block.kind !== 'paragraph' || !sign.test(block.prose.plain)) return [block];
  const { prose } = block;
  const starts = [0, ...prose.breaks.map((at) => at + 1).filter((start) => sign.test(prose.plain.slice(start)))];
  if (starts.length === 1) return [block];
  return starts.map((start, at) => paragraphOf(cutProse(prose, start, (starts[at + 1] ?? prose.plain.length + 1) - 1)));
}

/** Two or more paragraphs that the sign counts, one after the other, as the list they are; the same blocks where they are none. */
function counted(blocks: readonly Block[], sign: RegExp): readonly Block[] {
  const found = blocks.flatMap((block, at) => {
    const number = sign.exec(wordsOf(block))?.[1];
    return number === undefined ? [] : [{ at, number: Number(number) }];
  });
  const [first] = found;
  if (!first || found.length < 2 || !found.every(({ number }, place) => number === first.number + place)) return blocks;
  const bodies = found.map(({ at }, place) => [
    ...bodyOf(blocks[at], sign),
    ...blocks.slice(at + 1, found[place + 1]?.at),
  ]);
  return [...blocks.slice(0, first.at), listOf(bodies, first.number)];
}

function wordsOf(block: Block): string {
  return block.kind === 'paragraph' ? block.prose.plain : '';
}

/** More than one sentence, or a condition. */
function saysMore(block: Block | undefined): boolean {
  if (block?.kind !== 'paragraph') return false;
  const words = block.prose.plain.replace(worded, '');
  return opensIf.test(words) || /[.!?]\s+\S/.test(words);
}

const withInner = onceFor((block: Block): readonly Block[] => {
  if (block.kind === 'paragraph') return cutAtLetters(block) ?? labelledLines(block) ?? linesOfParts(block);
  if (block.kind !== 'list') return [block];
  const items = block.items.map((item): Item => {
    const blocks = listsIn(item.blocks);
    return blocks === item.blocks ? item : { ...item, blocks };
  });
  return [sameItems(items, block.items) ? block : { ...block, items }];
});

/** "Up: continue with step 2" and "Down: restart it" on lines of one paragraph, as the list they are; null for anything else. */
function labelledLines(block: Paragraph): readonly Block[] | null {
  const { prose } = block;
  if (prose.breaks.length === 0 || !(prose.plain.includes(': ') || answers.test(prose.plain))) return null;
  const starts = [0, ...prose.breaks.map((at) => at + 1)];
  const lines = starts.map((start, at) => cutProse(prose, start, (starts[at + 1] ?? prose.plain.length + 1) - 1));
  const from = lines.findIndex(({ plain }) => labelled.test(plain));
  const cases = from === -1 ? [] : lines.slice(from);
  if (cases.length < 2 || !cases.every(({ plain }) => labelled.test(plain))) return null;
  if (cases.filter(({ plain }) => isCaseOf(plain)).length * 2 < cases.length) return null;
  const lead = from === 0 ? [] : [paragraphOf(cutProse(prose, 0, (starts[from] ?? 1) - 1))];
  const items = cases.map((line): Item => ({ number: null, blocks: [paragraphOf(line)], span: line.span }));
  const span = { start: items[0]?.span.start ?? block.span.start, end: block.span.end };
  return [...lead, { kind: 'list', ordered: false, start: 1, items, span }];
}

/** "Symptoms: …", "Do: …", "Escalate if: …" on lines of one paragraph: each is said by itself. */
function linesOfParts(block: Paragraph): readonly Block[] {
  return block.prose.breaks.length === 0 ? [block] : linesApart(block, partLabel);
}

/** What parts of a guide are called everywhere. */
const partLabel =
  /^(?:symptoms?|signs?|indicators?|detect(?:ion|ed\s+by)?|(?:(?:likely|possible|probable|root|common)\s+)?causes?|inspect|check|verify|verification|validation|diagnos(?:e|is)|(?:quick\s+|permanent\s+)?fix|do(?:\s+not|n['’]t)?|(?:immediate\s+)?actions?|response|resolution|remediation|mitigation|solution|workaround|recovery?|roll\s?back|undo|escalat(?:e|ion)(?:\s+(?:if|when|to))?|expected(?:\s+(?:result|output))?|prevention)\s*:\s/i;

const labelled = /^(?:([^:.?!]{1,60}):\s+|\W*(?:yes|no)\s*[-–—]\s*)(?=\S)/i;
/** "YES - go to 4" */
const answers = /(?:^|\s)(?:yes|no)\s*[-–—]\s/i;

/** What was found, and what to do then or where to go. */
function isCaseOf(line: string): boolean {
  if (/^\W*(?:yes|no)\s*[-–—:,]\s+\S/i.test(line)) return true;
  const [whole = '', label = ''] = labelled.exec(line) ?? [];
  const isNamed = /^\W*(?:yes|no)\b/i.test(label) || (mayBeFound(label) && (isFinding(label) || saysElse(label)));
  return isNamed && leadsOn(line.slice(whole.length));
}

function leadsOn(rest: string): boolean {
  return isMotion(rest) || readOutcome(rest) !== null || isImperative(rest) || beginsWithVerb(rest);
}

const marker = /(?<=^|\s)\(?([a-hA-H]|[1-9])[.)](?=\s+\S)/g;

interface Place {
  readonly start: number;
  readonly end: number;
}

/** A paragraph that holds two or more of such items, as the words before them and the list; null for any other. */
function cutAtLetters(block: Paragraph): readonly Block[] | null {
  const { prose } = block;
  const places = placesIn(prose);
  const [first] = places;
  if (!first || places.length < 2) return null;
  const items = places.map(({ end }, at) => cutProse(prose, end, trimmed(prose.plain, places[at + 1]?.start)));
  const before = prose.plain.slice(0, first.start);
  const areKinds = asksWhich(before) && items.every(({ plain }) => isKind(plain));
  const asked = items.filter(
    ({ plain }) => isImperative(plain) || beginsWithVerb(plain) || opensIf.test(plain) || isCaseOf(plain),
  );
  if (!areKinds && asked.length * 2 < items.length) return null;
  if (!prose.breaks.includes(first.start - 1) && !asksForAll.test(before)) return null;
  const lead =
    prose.plain.slice(0, first.start).trim() === ''
      ? []
      : [paragraphOf(cutProse(prose, 0, lastOf(prose.plain, first.start)))];
  const isLettered = /[a-h]/i.test(prose.plain.slice(first.start, first.end));
  const list = listOf(
    items.map((item) => [paragraphOf(item)]),
    1,
    isLettered,
  );
  // "a. The disk is full: clean it.", "b. It is broken: replace it.": what may be found, and not one after the other.
  const areCases = areKinds || items.every(({ plain }) => isCaseOf(plain));
  return [...lead, areCases ? { ...list, ordered: false } : list];
}

/** "Access: export the data": what it may be, and what to do or where to go then. */
function isKind(line: string): boolean {
  const [whole = '', label] = labelled.exec(line) ?? [];
  const isName = label !== undefined && !namesPart(label) && (mayBeFound(label) || /^\W*\p{L}+$/u.test(label));
  return isName && leadsOn(line.slice(whole.length));
}

/** "Do the following:", "to recover,", "then:": the items in one line are what to do, and no reasons. */
const asksForAll =
  /^\W*$|(?:\b(?:do|steps?|then|following|try|run|perform|follow|must|should|need\s+to|procedure|actions?)\b[^.:,;]{0,40}|(?:^|[.!?]\s)\W*to\s[^.:;]{2,80})[:,]\s*$/i;
const opensIf = /^\W*(?:if|when|unless|in\s+case)\b/i;

/** Where the markers stand that count on from the first: at the beginning, on a line, or behind a sign that ends what is before them. */
function placesIn({ plain, breaks }: Prose): readonly Place[] {
  if (!mayCount.test(plain)) return [];
  const found: Place[] = [];
  for (const match of allMatches(plain, marker)) {
    const [whole, sign = ''] = match;
    const start = match.index;
    if (sign.toLowerCase() !== signAt(found.length, sign)) continue;
    const isAtLine = start === 0 || breaks.includes(start - 1);
    if (!isAtLine && !(behindSign.test(plain.slice(0, start)) && (whole.endsWith(')') || sign === sign.toLowerCase())))
      continue;
    if (/\d/.test(sign) && !whole.endsWith(')')) continue;
    found.push({
      start,
      end: start + whole.length + (/^\s+/.exec(plain.slice(start + whole.length))?.[0].length ?? 0),
    });
  }
  return found;
}

const mayCount = /(?:^|\s)\(?(?:a[.)]\s.*\s\(?b[.)]|1\)\s.*\s\(?2\))\s/is;
const behindSign = /[:;,.!?](?:\s+(?:and|then|or))*\s+$/;

/** The `place`-th sign of the row that `sign` belongs to. */
function signAt(place: number, sign: string): string {
  return /\d/.test(sign) ? String(place + 1) : String.fromCharCode('a'.charCodeAt(0) + place);
}

/** Without the sign, and the "and", before the next item. */
function trimmed(plain: string, next: number | undefined): number {
  const words = plain.slice(0, next ?? plain.length);
  return next === undefined ? words.length : words.replace(/(?:[\s,;]+(?:and|then|or)(?=\s*$))?[\s,;]*$/i, '').length;
}

function lastOf(plain: string, start: number): number {
  return plain.slice(0, start).trimEnd().length;
}

/** The letter that a paragraph begins with. */
function letterOf(block: Block | undefined): string | null {
  const match = block?.kind === 'paragraph' ? /^\(?([a-hA-H])[.)]\s+\S/.exec(block.prose.plain) : null;
  return match?.[1]?.toLowerCase() ?? null;
}

/** Paragraphs that count on from "a.", each with the blocks up to the next; the last with the code right behind it. */
function joined(blocks: readonly Block[]): readonly Block[] {
  const made: Block[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const starts = letterOf(blocks[at]) === 'a' ? startsFrom(blocks, at) : [];
    const last = starts.at(-1);
    const block = blocks[at];
    if (last === undefined || starts.length < 2) {
      if (block) made.push(block);
      continue;
    }
    let end = last + 1;
    while (isRun(blocks[end])) end++;
    made.push(
      listOf(
        starts.map((start, place) => [
          ...bodyOf(blocks[start], /^\(?\w[.)]\s+/),
          ...blocks.slice(start + 1, starts[place + 1] ?? end),
        ]),
        1,
        true,
      ),
    );
    at = end - 1;
  }
  return made;
}

function isRun(block: Block | undefined): boolean {
  return block?.kind === 'code' || block?.kind === 'plugin' || block?.kind === 'list';
}

function startsFrom(blocks: readonly Block[], from: number): readonly number[] {
  const starts = [from];
  for (let at = from + 1; at < blocks.length; at++)
    if (letterOf(blocks[at]) === signAt(starts.length, 'a')) starts.push(at);
  return starts;
}

/** A paragraph without its letter or number. */
function bodyOf(block: Block | undefined, sign: RegExp): readonly Block[] {
  if (block?.kind !== 'paragraph') return [];
  const { plain } = block.prose;
  return [paragraphOf(cutProse(block.prose, sign.exec(plain)?.[0].length ?? 0, plain.length))];
}

function listOf(bodies: readonly (readonly Block[])[], first = 1, isLettered = false): List {
  const items = bodies.map((blocks, at): Item => {
    const start = blocks[0]?.span.start ?? 0;
    return { number: at + first, blocks, span: { start, end: blocks.at(-1)?.span.end ?? start } };
  });
  const span = { start: items[0]?.span.start ?? 0, end: items.at(-1)?.span.end ?? 0 };
  return { kind: 'list', ordered: true, start: first, items, ...(isLettered && { lettered: true as const }), span };
}
