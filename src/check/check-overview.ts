// step.overview: a list above the steps that plainly repeats their headings, and names one that is not there or in another order.
// Said only where most items are headings word for word, and nothing between their headings could be meant by the item that is left.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { readNumbering, type Block, type Heading, type Item, type List, type Section } from '../guide/index.ts';
import type { CheckInput } from './check.ts';

/** More steps than anyone lists. */
const most = 60;

export function checkOverview({ guide }: CheckInput): readonly Diagnostic[] {
  const headings = stepHeadings(guide.root);
  const [first] = headings;
  if (!first || headings.length < 2 || headings.length > most) return [];
  const found: Diagnostic[] = [];
  const named = new Set(allHeadings(guide.root).map(({ title }) => wordsOf(title)));
  const visit = (section: Section): void => {
    if (section.span.start >= first.span.start) return;
    if (section.heading === null || !headings.includes(section.heading))
      for (const list of listsOf(section.blocks))
        if (list.span.end <= first.span.start) found.push(...disagreements(list, headings, named));
    section.sections.forEach(visit);
  };
  visit(guide.root);
  return found;
}

function allHeadings({ heading, sections }: Section): readonly Heading[] {
  const below = collect(sections, allHeadings);
  return heading ? [heading, ...below] : below;
}

/** Headings with a whole number, all of one word and on one level. */
function stepHeadings(root: Section): readonly Heading[] {
  const found = allHeadings(root).filter(({ number, level }) => /^\d+$/.test(number ?? '') && level > 1);
  const [first] = found;
  return found.filter(({ level, word }) => level === first?.level && word === first.word);
}

function listsOf(blocks: readonly Block[]): readonly List[] {
  return collect(blocks, (block) =>
    block.kind === 'list' && block.items.length > 2 && block.items.length <= most ? [block] : [],
  );
}

interface Entry {
  readonly item: Item;
  readonly words: string;
  /** What the item's own words say: "Step 3: …". */
  readonly number: string | null;
  /** Its heading, by place. */
  readonly at: number;
}

function disagreements(list: List, headings: readonly Heading[], named: ReadonlySet<string>): readonly Diagnostic[] {
  const titles = headings.map(({ title }) => wordsOf(title));
  const taken = new Set<number>();
  const entries = list.items.flatMap((item): Entry[] => {
    const [only, ...rest] = item.blocks;
    if (only?.kind !== 'paragraph' || rest.some(({ kind }) => kind !== 'list')) return [];
    const { number, title } = readNumbering(only.prose.plain);
    const words = wordsOf(title);
    const at = words === '' ? -1 : titles.findIndex((one, place) => one === words && !taken.has(place));
    if (at >= 0) taken.add(at);
    return [{ item, words: title, number, at }];
  });
  if (entries.length < list.items.length || taken.size < 2 || taken.size * 3 < entries.length * 2) return [];
  const [first] = headings;
  const missing = entries.filter(
    ({ words }, place) =>
      (isMissing(entries, place, headings.length) || isReplaced(entries, place, titles)) && !named.has(wordsOf(words)),
  );
  if (missing.length > 0)
    return missing.map(({ item, words }) =>
      report(item, `This list names the steps, but no heading is \`${short(words)}\`.`, first, 'the steps begin here'),
    );
  for (const [place, { item, words, at }] of entries.entries()) {
    const before = entries.slice(0, place).findLast((one) => one.at >= 0);
    const heading = headings[at];
    if (!heading) continue;
    if (before && at < before.at) {
      const message = `\`${short(words)}\` comes behind \`${short(before.words)}\` in this list, but before it among the headings.`;
      return [report(item, message, heading, 'its heading')];
    }
  }
  const isShort = lacksOne(list, entries, headings);
  for (const [place, { item, words, number: said, at }] of entries.entries()) {
    const heading = headings[at];
    const number = said ?? (isShort ? String(list.start + place) : null);
    if (heading && number !== null && number !== heading.number)
      return [
        report(item, `This list has \`${short(words)}\` as ${number}, but its heading says ${String(heading.number)}.`, heading, 'its heading'), // prettier-ignore
      ];
  }
  return [];
}

/** All items of a numbered list are headings, of which one alone is left out, so that those behind it have another number there. */
function lacksOne(list: List, entries: readonly Entry[], headings: readonly Heading[]): boolean {
  return (
    list.ordered &&
    entries.length === headings.length - 1 &&
    entries.every(({ at }) => at >= 0) &&
    entries[0]?.at === 0 &&
    headings[0]?.number === String(list.start)
  );
}

/** No heading stands where one for the entry would, between those of its neighbours. */
function isMissing(entries: readonly Entry[], place: number, count: number): boolean {
  if (entries[place]?.at !== -1) return false;
  const before = entries[place - 1];
  const after = entries[place + 1];
  if (before?.at === -1 || after?.at === -1) return false;
  return (after?.at ?? count) === (before?.at ?? -1) + 1;
}

/** All others are headings word for word, three or more, and the one that stands where its heading would has no word in common with it. */
function isReplaced(entries: readonly Entry[], place: number, titles: readonly string[]): boolean {
  const entry = entries[place];
  if (entry?.at !== -1 || entries.length !== titles.length || entries.length < 4) return false;
  if (!entries.every(({ at }, other) => at === (other === place ? -1 : other))) return false;
  // A heading that was copied from another step is told there.
  if (titles.filter((title) => title === titles[place]).length > 1) return false;
  const stems = new Set(titles[place]?.split(' ').map((word) => word.slice(0, 4)));
  const words = wordsOf(entry.words).split(' ');
  return words.length > 1 && stems.size > 1 && words.every((word) => word.length < 4 || !stems.has(word.slice(0, 4)));
}

function report(item: Item, message: string, heading: Heading | undefined, label: string): Diagnostic {
  const [first] = item.blocks;
  return makeDiagnostic('step.overview', first?.kind === 'paragraph' ? first.prose.span : item.span, message, {
    labels: heading ? [{ span: heading.span, message: label }] : [],
    hint: 'Make the list and the headings say the same, so that nobody leaves out a step.',
  });
}

function short(words: string): string {
  const one = words.replace(/\s+/g, ' ').replaceAll('`', '');
  return one.length > 60 ? `${one.slice(0, 59)}…` : one;
}

/** The words without signs, articles and case. */
function wordsOf(title: string): string {
  return (title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !/^(?:the|an?)$/.test(word)).join(' ');
}
