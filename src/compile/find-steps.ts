// Finds what an engineer would tick off. A guide with numbered headings has those as its steps; one without has the items
// of its numbered lists, and the sections that say what to do. Background sections are not steps.
import type { Block, Guide, Heading, Item, List, Section } from '../guide/index.ts';
import { sentencesOf } from '../guide/index.ts';
import type { StepDraft } from './draft.ts';
import { hasAction } from './read-actions.ts';
import { isBackground } from './background.ts';

/** The steps of a guide, in the order of the text. */
export function findSteps(guide: Guide): StepDraft[] {
  const numbered = numberedHeadings(guide.root);
  return numbered.size > 0 ? stepsByHeading(guide.root, numbered) : stepsByOrder(guide);
}

/** Headings that carry a step's number: all that say `Step n`, or else at least two bare numbers. */
function numberedHeadings(root: Section): Set<Heading> {
  const worded: Heading[] = [];
  const bare: Heading[] = [];
  visitHeadings(root, (heading) => {
    if (heading.number === null) return;
    (heading.word === null ? bare : worded).push(heading);
  });
  if (worded.length > 0) {
    const levels = Math.min(...worded.map(({ level }) => level));
    return new Set([
      ...worded,
      ...bare.filter(({ number, level }) => number?.includes('.') === true && level > levels),
    ]);
  }
  return new Set(bare.length >= 2 ? bare : []);
}

function visitHeadings(section: Section, visit: (heading: Heading) => void): void {
  if (section.heading) visit(section.heading);
  for (const inner of section.sections) visitHeadings(inner, visit);
}

function stepsByHeading(root: Section, numbered: ReadonlySet<Heading>): StepDraft[] {
  const steps: StepDraft[] = [];
  const restarts = numbersRestart(numbered);
  let groups = 0;
  const visit = (section: Section, amongSteps: boolean, group: number): void => {
    const { heading } = section;
    const isStep = heading !== null && (numbered.has(heading) || (amongSteps && isUnnumberedStep(section, numbered)));
    if (heading && isStep) steps.push(headingStep(heading, ownBlocks(section, numbered), group));
    const siblings = section.sections.some((inner) => inner.heading !== null && numbered.has(inner.heading));
    const innerGroup = restarts && siblings && !isStep ? ++groups : group;
    for (const inner of section.sections) {
      if (!isStep || holdsStep(inner, numbered)) visit(inner, siblings && !isStep, innerGroup);
    }
  };
  visit(root, false, 0);
  return steps;
}

/** `### 1.` under Diagnosis and again under Mitigation: bare numbers count within their section, and name no step twice. */
function numbersRestart(numbered: ReadonlySet<Heading>): boolean {
  const headings = [...numbered];
  if (headings.some(({ word }) => word !== null)) return false;
  return new Set(headings.map(({ number }) => number)).size < headings.length;
}

/** Beside numbered steps, a section with something to run is a step too, though it has no number. */
function isUnnumberedStep(section: Section, numbered: ReadonlySet<Heading>): boolean {
  if (section.heading === null || isBackground(section.heading) || holdsStep(section, numbered)) return false;
  return ownBlocks(section, numbered).some(hasAction);
}

function holdsStep(section: Section, numbered: ReadonlySet<Heading>): boolean {
  if (section.heading && numbered.has(section.heading)) return true;
  return section.sections.some((inner) => holdsStep(inner, numbered));
}

/** A section's blocks and those of its subsections that are no steps themselves. */
function ownBlocks(section: Section, numbered: ReadonlySet<Heading>): Block[] {
  const blocks: Block[] = [...section.blocks];
  for (const inner of section.sections) {
    if (!holdsStep(inner, numbered)) blocks.push(...ownBlocks(inner, numbered));
  }
  return blocks;
}

function headingStep(heading: Heading, blocks: readonly Block[], group: number): StepDraft {
  return {
    number: heading.number,
    kind: 'heading',
    group,
    title: heading.title || heading.prose.plain,
    titleSpan: heading.prose.span,
    blocks,
    span: { start: heading.span.start, end: lastWords(blocks)?.span.end ?? heading.span.end },
  };
}

/** A comment after the last step belongs to no step's text. */
function lastWords(blocks: readonly Block[]): Block | undefined {
  return blocks.findLast((block) => block.kind !== 'comment');
}

function stepsByOrder(guide: Guide): StepDraft[] {
  const steps: StepDraft[] = [];
  const groups = { count: 0 };
  const visit = (section: Section, background: boolean, isTitle: boolean): void => {
    const { heading } = section;
    const own = heading !== null && isBackground(heading);
    const hidden = background || (own && heading.level > 1);
    if (!hidden && !own) stepsOfSection(section, isTitle, groups, steps);
    for (const inner of section.sections) {
      visit(inner, hidden, heading === null && section.sections.length === 1 && inner.heading?.level === 1);
    }
  };
  visit(guide.root, false, true);
  return steps;
}

/** The items of a section's numbered lists; what stands before them, when it says what to do, under the heading. */
function stepsOfSection(section: Section, isTitle: boolean, groups: { count: number }, steps: StepDraft[]): void {
  const lead: Block[] = [];
  const items: { item: Item; group: number; number: number; blocks: Block[] }[] = [];
  let last = 0;
  for (const block of section.blocks) {
    if (block.kind === 'list' && block.ordered && (block.items.length > 1 || continues(block, last))) {
      if (!continues(block, last)) groups.count++;
      const rising = isRising(block);
      block.items.forEach((item, index) => {
        last = rising ? (item.number ?? block.start + index) : block.start + index;
        items.push({ item, group: groups.count, number: last, blocks: [...item.blocks] });
      });
    } else {
      (items.at(-1)?.blocks ?? lead).push(block);
    }
  }
  const { heading } = section;
  const leads = lead.some(hasAction) || (!isTitle && items.length === 0 && lead.some(hasWords));
  if (leads && heading) steps.push(headingStep(heading, lead, 0));
  else if (leads) steps.push(itemStep(null, 0, lead, lead[0]?.span.start ?? 0));
  for (const { item, group, number, blocks } of items) {
    steps.push(itemStep(String(number), group, blocks, item.span.start));
  }
}

/** A list broken by unindented code goes on with the next number. */
function continues(list: List, last: number): boolean {
  return last > 0 && list.start === last + 1;
}

/** True when the author's own numbers rise through the list, so that they name the items; else the items are counted. */
function isRising(list: List): boolean {
  return list.items.every((item, index) => index === 0 || (item.number ?? 0) > (list.items[index - 1]?.number ?? 0));
}

function hasWords(block: Block): boolean {
  return block.kind === 'paragraph' ? block.prose.plain !== '' : block.kind !== 'comment' && block.kind !== 'html';
}

function itemStep(number: string | null, group: number, blocks: readonly Block[], start: number): StepDraft {
  const first = blocks.find((block) => block.kind === 'paragraph');
  const sentence = first?.kind === 'paragraph' ? sentencesOf(first.prose)[0] : undefined;
  const end = Math.max(start, blocks.at(-1)?.span.end ?? start);
  return {
    number,
    kind: 'item',
    group,
    title: sentence?.text.replace(/[.:;,]+$/, '') ?? '',
    titleSpan: sentence?.span ?? { start, end: Math.min(end, start + 1) },
    blocks,
    span: { start, end },
  };
}
