// Finds what an engineer would tick off and how it hangs together. Headings "Step n" are steps as they stand; else headings
// that say what to do, and the paragraphs and items under headings that only name a part of the guide.
import { onceFor } from '../base/index.ts';
import type { Block, Guide, Heading, List, Section } from '../guide/index.ts';
import { sentencesOf } from '../guide/index.ts';
import type { Condition, Flow, StepDraft } from './draft.ts';
import { FlowBuilder } from './flow-builder.ts';
import { isBackground, isCase, isQuestionOfKnowledge, isStepTitle } from './headings.ts';
import { hasAction } from './read-actions.ts';
import type { FlowAbout } from './list-kind.ts';
import { readFlow } from './read-flow.ts';
import { readJump } from './read-jump.ts';
import { readOutcome } from './read-outcome.ts';
import { slug } from './slug.ts';

/** The steps of a guide in the order of the text, and how they follow each other. */
export interface Found {
  readonly steps: readonly StepDraft[];
  readonly flow: Flow;
}

export function findSteps(guide: Guide): Found {
  const headings: Heading[] = [];
  visitHeadings(guide.root, (heading) => void headings.push(heading));
  const { isName, isOverview, numbered } = sayingsOf(headings);
  const about: FlowAbout = { isName, groups: { count: 0 }, isOverview };
  const worded = [...numbered].some(({ word }) => word !== null);
  const builder = worded ? byStepHeadings(guide.root, numbered, about) : bySections(guide.root, numbered, about);
  const flow = builder.build(false);
  const steps: StepDraft[] = [];
  collect(flow, steps);
  return { steps, flow };
}

function collect(flow: Flow, steps: StepDraft[]): void {
  for (const part of flow) {
    if (part.kind === 'step') steps.push(part.step);
    else if (part.kind === 'chart') steps.push(...part.nodes);
    else for (const option of part.options) collect(option.flow, steps);
  }
}

function visitHeadings(section: Section, visit: (heading: Heading) => void): void {
  if (section.heading) visit(section.heading);
  for (const inner of section.sections) visitHeadings(inner, visit);
}

/** What all headings together say. */
interface Sayings {
  readonly headings: readonly Heading[];
  readonly isName: (name: string) => boolean;
  readonly isOverview: (list: List) => boolean;
  readonly numbered: ReadonlySet<Heading>;
}

const known = new WeakMap<Heading, Sayings>();

/** Found out once for the same headings; kept with the first of them. */
function sayingsOf(headings: readonly Heading[]): Sayings {
  const [first] = headings;
  const before = first && known.get(first);
  if (before?.headings.length === headings.length && before.headings.every((one, at) => one === headings[at]))
    return before;
  const sayings: Sayings = {
    headings,
    isName: namesOf(headings),
    isOverview: overviewOf(headings),
    numbered: numberedHeadings(headings),
  };
  if (first) known.set(first, sayings);
  return sayings;
}

function namesOf(headings: readonly Heading[]): (name: string) => boolean {
  const names = new Set(headings.flatMap(slugsOf));
  return (name) => names.has(slug(name));
}

const slugsOf = onceFor((heading: Heading): readonly string[] => headingNames(heading).map(slug));

/** What a heading is called elsewhere: `Mitigation 2: Patching`, `Patching`, `Mitigation 2`. */
function headingNames({ prose, title }: Heading): string[] {
  const short = /^(\p{L}[\p{L} ]{1,30}\s(?:\d{1,3}|[A-Z]))\s*[-–—:.)]/u.exec(prose.plain)?.[1];
  return [prose.plain, title, ...(short === undefined ? [] : [short])];
}

/** Headings that carry a step's number: all that say `Step n`, or else at least two bare numbers. */
function numberedHeadings(headings: readonly Heading[]): Set<Heading> {
  const worded = headings.filter(({ number, word }) => number !== null && word !== null);
  const bare = headings.filter(({ number, word }) => number !== null && word === null);
  if (worded.length > 0) {
    const levels = Math.min(...worded.map(({ level }) => level));
    const same = new Set(worded.map(({ level }) => level));
    return new Set([
      ...worded,
      ...bare.filter(({ number, level }) => (number?.includes('.') === true ? level > levels : same.has(level))),
    ]);
  }
  return new Set(bare.length >= 2 ? bare : []);
}

/** A list whose items say again what the headings say. */
function overviewOf(headings: readonly Heading[]): (list: List) => boolean {
  const titles = headings
    .filter(({ level }) => level > 1)
    .slice(0, 300)
    .map(titleWords);
  const known = new WeakMap<List, boolean>();
  return (list) => {
    let is = known.get(list);
    if (is === undefined) {
      const like = list.items.slice(0, 100).filter((item) => {
        const first = item.blocks[0];
        if (first?.kind !== 'paragraph' || item.blocks.length > 2) return false;
        const words = contentWords(first.prose.plain.slice(0, 300));
        return words.size > 0 && titles.some((title) => title.size > 0 && alike(words, title));
      });
      is =
        titles.length > 0 &&
        list.items.length > 1 &&
        list.items.length <= 100 &&
        like.length * 3 >= list.items.length * 2;
      known.set(list, is);
    }
    return is;
  };
}

const titleWords = onceFor(({ title }: Heading): ReadonlySet<string> => contentWords(title));

function contentWords(text: string): Set<string> {
  return new Set(
    (text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []).filter(
      (word) => !/^(?:the|and|of|to|in|on|for|is|are|an|that|it|with|by|or|if|step|your)$/.test(word),
    ),
  );
}

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  let same = 0;
  for (const word of a) if (b.has(word)) same++;
  return same > 0 && same >= 0.6 * Math.max(1, Math.min(a.size, b.size)) && same >= 0.34 * Math.max(a.size, b.size);
}

// Guides whose headings say "Step n".

function byStepHeadings(root: Section, numbered: ReadonlySet<Heading>, about: FlowAbout): FlowBuilder {
  const flow = new FlowBuilder();
  const restarts = new Set([...numbered].map(({ number }) => number)).size < numbered.size;
  const visit = (section: Section, amongSteps: boolean, group: number): void => {
    const { heading } = section;
    const isStep = heading !== null && (numbered.has(heading) || (amongSteps && isUnnumberedStep(section, numbered)));
    if (heading && isStep) {
      headingStep(flow, heading, group);
      readFlow(flow, section.blocks, 'step', about);
      flow.current?.blocks.push(...ownBlocks(section, numbered).slice(section.blocks.length));
      const last = flow.last;
      if (last?.kind === 'choice') last.closed = true;
    }
    const siblings = section.sections.some((inner) => inner.heading !== null && numbered.has(inner.heading));
    const innerGroup = restarts && siblings && !isStep ? ++about.groups.count : group;
    for (const inner of section.sections) {
      if (!isStep || holdsStep(inner, numbered)) visit(inner, siblings && !isStep, innerGroup);
    }
  };
  visit(root, false, 0);
  return flow;
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

function headingStep(flow: FlowBuilder, heading: Heading, group: number): void {
  flow.addStep({
    number: heading.number,
    kind: 'heading',
    group,
    title: heading.title || heading.prose.plain,
    titleSpan: heading.prose.span,
    blocks: [],
    start: heading.span.start,
  });
}

// Guides in sections.

function bySections(root: Section, numbered: ReadonlySet<Heading>, about: FlowAbout): FlowBuilder {
  const flow = new FlowBuilder();
  const restarts = new Set([...numbered].map(({ number }) => number)).size < numbered.size;
  const inner = new FlowBuilder();
  const sections = titleSections(root);
  sectionsFlow(inner, sections.inner, 0);
  leadFlow(flow, sections.lead, inner.isEmpty);
  flow.append(inner);
  return flow;

  /** What stands before the first heading below the title: lists of steps and things to run, else all when nothing follows. */
  function leadFlow(into: FlowBuilder, blocks: readonly Block[], alone: boolean): void {
    const part = new FlowBuilder();
    readFlow(part, blocks, 'sequence', about);
    const steps = part.parts.length;
    const runs = blocks.some(hasAction);
    const listed = blocks.some((block) => block.kind === 'list' && block.ordered && !about.isOverview(block));
    if (alone ? steps > 1 || (steps > 0 && (runs || listed)) : steps > 0 && (runs || (listed && steps > 1)))
      into.append(part);
  }

  function sectionsFlow(into: FlowBuilder, children: readonly Section[], group: number): void {
    const cases = children.filter(({ heading }) => heading !== null && isCase(heading) && !numbered.has(heading));
    const innerGroup =
      restarts && children.some(({ heading }) => heading !== null && numbered.has(heading))
        ? ++about.groups.count
        : group;
    for (const section of children) {
      const { heading } = section;
      if (!heading || (isBackground(heading) && !tellsWhatToRun(section))) continue;
      if (cases.length > 1 && cases.includes(section)) {
        caseFlow(into, section, heading, innerGroup);
      } else {
        sectionFlow(into, section, heading, innerGroup);
      }
    }
    const last = into.last;
    if (last?.kind === 'choice') last.closed = true;
  }

  function caseFlow(into: FlowBuilder, section: Section, heading: Heading, group: number): void {
    const sentence = sentencesOf(heading.prose)[0];
    if (!sentence) return;
    const text = heading.prose.plain;
    const condition: Condition = { kind: 'if', text, start: 0, end: text.length, sentence };
    const inside = new FlowBuilder();
    sectionFlow(inside, section, heading, group);
    if (inside.isEmpty && section.blocks.some(({ kind }) => kind === 'paragraph')) {
      headingStep(inside, heading, 0);
      readFlow(inside, section.blocks, 'step', about);
    }
    if (inside.isEmpty) return;
    const option = into.addOption(condition, text, false);
    option.open(heading.title || text, heading.prose.span);
    option.append(inside);
    const { choice } = into;
    if (choice && choice.options.length > 1) choice.exhaustive = true;
  }

  function sectionFlow(into: FlowBuilder, section: Section, heading: Heading, group: number): void {
    const isNumbered = numbered.has(heading);
    const nested = new FlowBuilder();
    nested.open(heading.title || heading.prose.plain, heading.prose.span);
    sectionsFlow(nested, section.sections, group);
    const own = new FlowBuilder();
    for (const name of headingNames(heading)) own.name(name);
    own.open(heading.title || heading.prose.plain, heading.prose.span);
    const asStep = isNumbered || isStepTitle(heading) || (isCase(heading) && nested.isEmpty);
    readFlow(own, section.blocks, 'sequence', about);
    const runs = section.blocks.some(hasAction);
    if (
      isQuestionOfKnowledge(heading) &&
      !runs &&
      !own.parts.some((part) => part.kind === 'step' && part.step.kind === 'item')
    )
      own.parts.length = 0;
    const steps = own.parts.filter(({ kind }) => kind === 'step').length;
    const items = own.parts.filter((part) => part.kind === 'step' && part.step.kind === 'item').length;
    const listed = items > 1 && items * 2 > steps;
    if (asStep && !listed && (nested.isEmpty || steps > 0 || section.blocks.some(hasAction) || isNumbered)) {
      own.parts.length = 0;
      for (const name of headingNames(heading)) own.name(name);
      headingStep(own, heading, isNumbered ? group : 0);
      readFlow(own, section.blocks, 'step', about);
      if (nested.isEmpty || isNumbered || section.blocks.length > 0) into.append(own);
    } else if (asStep && /\?$/.test(heading.prose.plain) && listed) {
      const asked = new FlowBuilder();
      for (const name of headingNames(heading)) asked.name(name);
      headingStep(asked, heading, 0);
      into.append(asked);
      into.append(own);
    } else if (steps === 1 && own.parts.length === 1 && nested.isEmpty && !listed) {
      own.parts.length = 0;
      for (const name of headingNames(heading)) own.name(name);
      headingStep(own, heading, 0);
      readFlow(own, section.blocks, 'step', about);
      into.append(own);
    } else {
      into.append(own);
    }
    if (own.isEmpty && nested.isEmpty && !isQuestionOfKnowledge(heading) && saysWhereToGo(section.blocks, about)) {
      headingStep(own, heading, 0);
      readFlow(own, section.blocks, 'step', about);
      into.append(own);
    }
    into.append(nested);
  }
}

/** A section that only says where to go, or how it ends, is a step under its heading. */
function saysWhereToGo(blocks: readonly Block[], { isName }: FlowAbout): boolean {
  return blocks.some(
    (block) =>
      block.kind === 'paragraph' &&
      sentencesOf(block.prose).some(
        (sentence) => readJump(sentence, isName) !== null || readOutcome(sentence.text) !== null,
      ),
  );
}

/** Symptoms are often told by something to run. */
function tellsWhatToRun(section: Section): boolean {
  return /^symptoms?\b/i.test(section.heading?.title ?? '') && section.blocks.some(hasAction);
}

/** The sections that a single title of level 1 holds, and what stands before them. */
function titleSections(root: Section): { lead: readonly Block[]; inner: readonly Section[] } {
  const [only] = root.sections;
  if (only && root.sections.length === 1 && only.sections.length > 0) {
    return { lead: [...root.blocks, ...only.blocks], inner: only.sections };
  }
  if (only && root.sections.length === 1) return { lead: [...root.blocks, ...only.blocks], inner: [] };
  return { lead: root.blocks, inner: root.sections };
}
