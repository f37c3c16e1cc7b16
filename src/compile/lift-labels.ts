// Many authors write headings as bold lines: "**Step 1: Identify the path**", "**Option B**", or as lines that say "Step 1: …".
// Where two or more such lines of a section carry a number or name a case, they are read as headings one level below it. The
// guide itself stays as it is. Lists with letters are lists here, too.
import { Memory, sameItems, slice } from '../base/index.ts';
import {
  readNumbering,
  sentencesOf,
  type Block,
  type Guide,
  type Heading,
  type List,
  type Section,
  textOf,
  areVariants,
} from '../guide/index.ts';
import { asksWhich } from './case-headings.ts';
import { withClosingSection } from './closing-section.ts';
import { isCase, isCaseTitle } from './headings.ts';
import { withLetteredLists } from './lettered-lists.ts';

const bold = /^\s*(\*\*|__)(?!\s)((?:(?!\1)[^\n])+?)\s*\1\s*[:.]?\s*$/;
/** `1A)`, `Scenario B:` – numbers that headings of markdown would not be given. */
const lettered = /^(\d{1,2}[A-Z]|[A-Z])\s*[).:]\s+/;
/** `Check 2: Are the brokers healthy?` – a number behind any word that names no case. */
const counted =
  /^(?!(?:version|level|tier|port|http|sev|severity|p|phase|part|issue|problem)\b)\p{L}+\s+(\d{1,2})\s*[:.)–—-]\s*(?=\S)/iu;
/** `Step 2: Inspect the events` on a line of its own. */
const saysStep = /^step\s+\d{1,2}\s*[:.)–—-]\s*\S/i;

/** The guide's sections with such lines as headings and such lists as lists; the same section where there are none. */
export function liftLabels(guide: Guide): Section {
  return lift(guide, withLetteredLists(guide.root));
}

/** The same section gives the same one, so that what is remembered by it holds. */
const lifted = new Memory<Section, Section>();

function lift(guide: Guide, section: Section): Section {
  let made = lifted.get(section);
  if (made === undefined) lifted.set(section, (made = liftOne(guide, section)));
  return made;
}

function liftOne(guide: Guide, written: Section): Section {
  const section = withItemsAsBlocks(guide, written);
  const sections = withClosingSection(section.sections.map((inner) => lift(guide, inner)));
  const same = sameItems(sections, section.sections);
  const level = (section.heading?.level ?? 0) + 1;
  const lines = section.blocks.map((block) => headingOf(guide, block, level));
  // Where two or more lines say "Step 2: …", another bold line ("When to use this") is none of them.
  const areSteps = lines.filter((line) => line !== null && saysStep.test(line.prose.plain)).length > 1;
  const headings = areSteps ? lines.map((line) => (line?.number === null ? null : line)) : lines;
  const found = headings.filter((heading) => heading !== null);
  const first = headings.findIndex((heading) => heading !== null);
  const above = section.blocks[first - 1];
  const isAsked = above?.kind === 'paragraph' && asksWhich.test(above.prose.plain);
  if (
    found.length < 2 ||
    !(
      isAsked ||
      found.every(({ number }) => number !== null) ||
      found.every(isCase) ||
      areVariants(found.map(({ title }) => title))
    )
  )
    return same ? section : { ...section, sections };
  const made: Section[] = [];
  let from = first;
  for (let at = first + 1; at <= section.blocks.length; at++) {
    if (at < section.blocks.length && headings[at] === null) continue;
    const heading = headings[from];
    const blocks = section.blocks.slice(from + 1, at);
    const end = blocks.at(-1)?.span.end ?? heading?.span.end ?? 0;
    if (heading) made.push({ heading, blocks, sections: [], span: { start: heading.span.start, end } });
    from = at;
  }
  return { ...section, blocks: section.blocks.slice(0, first), sections: [...made, ...sections] };
}

/** `- [ ] **Step 1: Find the error**` with what to do below it: an item that says it is a step is no less one than a bold line. */
function withItemsAsBlocks(guide: Guide, section: Section): Section {
  const blocks = section.blocks.flatMap((block) =>
    block.kind === 'list' && !block.ordered && areLabelled(guide, block)
      ? block.items.flatMap((item) => item.blocks)
      : [block],
  );
  return sameItems(blocks, section.blocks) ? section : { ...section, blocks };
}

/** Every item begins with such a line, numbered one after the other (a slip in one of them is told by the checks), and most have more below it. */
function areLabelled(guide: Guide, { items }: List): boolean {
  if (items.length < 2 || items.filter(({ blocks }) => blocks.length > 1).length * 2 < items.length) return false;
  const numbers = items.map(({ blocks: [first] }) => Number(first && headingOf(guide, first, 0)?.number));
  const follow = numbers.filter((number, at) => at > 0 && number === (numbers[at - 1] ?? 0) + 1).length;
  return numbers.every((number) => number > 0) && follow * 2 >= numbers.length - 1;
}

function numberingOf(plain: string): { readonly number: string | null; readonly title: string } {
  const numbering = readNumbering(plain);
  const match = numbering.number === null ? counted.exec(plain) : null;
  if (match?.[1] === undefined || isCaseTitle(plain)) return numbering;
  return { number: match[1], title: plain.slice(match[0].length) };
}

function headingOf(guide: Guide, block: Block, level: number): Heading | null {
  if (block.kind !== 'paragraph' || block.span.end - block.span.start > 200) return null;
  const { prose, span } = block;
  const plain = prose.plain.replace(/[:.\s]+$/, '');
  if (!bold.test(slice(textOf(guide), block.span)) && !(saysStep.test(plain) && sentencesOf(prose).length === 1))
    return null;
  const letter = lettered.exec(plain);
  const { number, title } = letter
    ? { number: letter[1] ?? null, title: plain.slice(letter[0].length) }
    : numberingOf(plain);
  return { level, prose, number, word: null, title, span };
}
