// Finds what an engineer would tick off and how it hangs together. Headings "Step n" are steps as they stand; else headings
// that say what to do, and the paragraphs and items under headings that only name a part of the guide.
import { Memory, onceFor, sameItems, type Span } from '../base/index.ts';
import {
  documentOf,
  type Block,
  type Guide,
  type Heading,
  type Item,
  type List,
  type Prose,
  type Section,
} from '../guide/index.ts';
import { asidesOf, chartReferences, linksInto, linksOf, ownReferences } from './asides.ts';
import { contentWords, sharedWords } from './content-words.ts';
import { cutParagraph } from './cut-paragraph.ts';
import type { Flow, StepDraft } from './draft.ts';
import { FlowBuilder, paragraphOf, withBlocks } from './flow-builder.ts';
import { headingSlugs, headingStep, repeatForEach } from './heading-step.ts';
import { isBackground, isCase } from './headings.ts';
import { inSections } from './in-sections.ts';
import { leftOut, type LeftOut } from './left-out-steps.ts';
import { isActionList, isChecklist, isMostlyWork, opensWithCondition, type FlowAbout } from './list-kind.ts';
import { hasAction } from './read-actions.ts';
import { liftLabels } from './lift-labels.ts';
import { onceForNames, type IsName } from './names.ts';
import { oneChange } from './one-change.ts';
import { nameBoxes } from './name-boxes.ts';
import { numberingOf, type Numbering } from './section-numbers.ts';
import { isPremise } from './premise.ts';
import { readOrder } from './read-chart.ts';
import { readFlow } from './read-flow.ts';
import { opensWithDeed } from './opens-with-deed.ts';
import { anyLetter } from './read-jump.ts';
import { readLead } from './read-lead.ts';
import { optionsBelow } from './read-cases.ts';
import { readBelow, sectionReader } from './read-sections.ts';
import { slug } from './slug.ts';
import { behindOptional, isOneStep, takeLeftOut } from './take-left-out.ts';
import { takeNamedSections } from './take-named-sections.ts';
import { titleCondition } from './title-condition.ts';

/** The steps of a guide in the order of the text, and how they follow each other. */
export interface Found {
  readonly steps: readonly StepDraft[];
  readonly flow: Flow;
  /** Sections that are reached by links alone, as slugs of their names. */
  readonly asides: ReadonlySet<string>;
  /** All headings in the order of the text, with the number that what stands below each is counted under. */
  readonly numbering: Numbering;
  /** Where the sections stand, by slugs of their names. */
  readonly sections: () => ReadonlyMap<string, Span>;
}

export function findSteps(guide: Guide): Found {
  const root = liftLabels(guide);
  const document = documentOf(guide);
  const last = lastFound.get(document);
  const headings = headingsIn(root);
  const sayings = last && sameItems(last.sayings.headings, headings) ? last.sayings : sayingsOf(headings);
  const again = last?.sayings === sayings ? withOneStepAgain(last, root) : null;
  const { found, isName } = again && last ? { found: again, isName: last.isName } : findAll(root, sayings);
  lastFound.set(document, { root, sayings, isName, found });
  return found;
}

/** What was found in a reading of a document. */
interface Reading {
  readonly root: Section;
  readonly sayings: Sayings;
  readonly isName: IsName;
  readonly found: Found;
}

/** The last reading of each document. */
const lastFound = new Memory<object, Reading>();

/**
 * After most edits nothing is other than the blocks of one section that is a step: when these only belong to the step, as they did
 * before, all else is found as it was.
 */
function withOneStepAgain({ root: before, sayings, isName, found }: Reading, root: Section): Found | null {
  if (before === root) return found;
  if (letteredLists(before).length > 0 !== letteredLists(root).length > 0) return null;
  const { numbered, isOverview } = sayings;
  const change = isWorded(numbered) ? oneChange(before, root) : null;
  const heading = change?.now.heading;
  if (!change || !heading || !numbered.has(heading)) return null;
  const isOnlyStep = (section: Section): boolean =>
    takesOver(isOverview)(section, isName) &&
    whenDone(section, isName) === null &&
    linksOf(section, sayings.isName).length === 0 &&
    ownReferences(section).length === 0;
  if (!isOnlyStep(change.before) || !isOnlyStep(change.now)) return null;
  const place = found.steps.findIndex(({ titleSpan }) => titleSpan === heading.prose.span);
  const draft = found.steps[place];
  const part = found.flow.findIndex((one) => one.kind === 'step' && one.step === draft);
  const own = change.before.blocks;
  if (!draft || part === -1 || !sameItems(own, draft.blocks.slice(0, own.length))) return null;
  const step = withBlocks(draft, [...change.now.blocks, ...draft.blocks.slice(own.length)]);
  const sections = (): ReadonlyMap<string, Span> => sectionsIn(root);
  return {
    ...found,
    steps: found.steps.with(place, step),
    flow: found.flow.with(part, { kind: 'step', step }),
    sections,
  };
}

function isWorded(numbered: ReadonlySet<Heading>): boolean {
  for (const { word } of numbered) if (word !== null) return true;
  return false;
}

function findAll(
  root: Section,
  { isName: names, isOverview, numbered, numbering }: Sayings,
): Pick<Reading, 'found' | 'isName'> {
  const led = linksInto(root, names);
  const ofLinks = asidesOf(root, led, new Set(chartReferences(root)), !isWorded(numbered));
  // A sentence may name an item by its letter.
  const asides = letteredLists(root).length > 0 ? new Set([...ofLinks, slug(anyLetter)]) : ofLinks;
  const isName = withAsides(names, asides);
  const about: FlowAbout = {
    isName,
    groups: { count: 0 },
    isOverview,
    isAside: (heading) => headingSlugs(heading).some((name) => asides.has(name)),
    isLed: (heading) => headingSlugs(heading).some((name) => led.jumpedTo.has(name)),
  };
  const builder = isWorded(numbered) ? byStepHeadings(root, numbered, about) : bySections(root, numbered, about);
  takeLeftOut(builder.parts);
  takeNamedSections(builder.parts, root, (heading) => headingSlugs(heading).some((name) => led.led.has(name)));
  const flow = nameBoxes(builder.build(false, (condition) => isPremise(root, condition)));
  const steps: StepDraft[] = [];
  collect(flow, steps);
  return { isName, found: { steps, flow, asides, numbering, sections: () => sectionsIn(root) } };
}

const letteredLists = inSections(({ blocks }) => blocks.filter((block) => block.kind === 'list' && block.lettered));

const lastAsides = new Memory<IsName, { readonly asides: ReadonlySet<string>; readonly isName: IsName }>();

/** Answers for asides too: the same function as before while they are the same. */
function withAsides(names: IsName, asides: ReadonlySet<string>): IsName {
  const last = lastAsides.get(names);
  if (last?.asides.size === asides.size && [...asides].every((name) => last.asides.has(name))) return last.isName;
  const isName: IsName = (name) => (name.startsWith('#>') ? asides.has(slug(name)) : names(name));
  lastAsides.set(names, { asides, isName });
  return isName;
}

function collect(flow: Flow, steps: StepDraft[]): void {
  for (const part of flow) {
    if (part.kind === 'step') steps.push(part.step);
    else if (part.kind === 'chart') steps.push(...part.nodes);
    else if (part.kind === 'aside') collect(part.flow, steps);
    else for (const option of part.options) collect(option.flow, steps);
  }
}

const sectionsIn = onceFor((root: Section): ReadonlyMap<string, Span> => {
  const found = new Map<string, Span>();
  for (const { name, span } of namedSections(root)) if (!found.has(name)) found.set(name, span);
  return found;
});

const namedSections = inSections(({ heading, span }) =>
  heading ? headingSlugs(heading).map((name) => ({ name, span })) : [],
);

const headingsIn = inSections(({ heading }) => (heading ? [heading] : []));

/** What all headings together say. */
interface Sayings {
  readonly headings: readonly Heading[];
  readonly isName: (name: string) => boolean;
  readonly isOverview: (list: List) => boolean;
  readonly numbered: ReadonlySet<Heading>;
  readonly numbering: Numbering;
}

function sayingsOf(headings: readonly Heading[]): Sayings {
  const numbered = numberedHeadings(headings);
  return {
    headings,
    isName: namesOf(headings),
    isOverview: overviewOf(headings),
    numbered,
    numbering: numberingOf(headings, numbered),
  };
}

function namesOf(headings: readonly Heading[]): (name: string) => boolean {
  const names = new Set(headings.flatMap(headingSlugs));
  const places = new Set(headings.filter((heading) => !isBackground(heading)).flatMap(headingSlugs));
  return (name) => name.startsWith('#>') || (name.startsWith('#') ? places : names).has(slug(name));
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

/** A list whose items say what the headings behind it say again. */
function overviewOf(headings: readonly Heading[]): (list: List) => boolean {
  const announced = headings.filter(({ level }) => level > 1).slice(0, 300);
  /** The titles that have a word. */
  const having = new Map<string, Heading[]>();
  for (const heading of announced)
    for (const word of titleWords(heading)) {
      const known = having.get(word);
      if (known) known.push(heading);
      else having.set(word, [heading]);
    }
  const known = new Memory<List, boolean>();
  const isOverview = (list: List): boolean => {
    if (announced.length === 0 || list.items.length < 2 || list.items.length > 100) return false;
    const isAnnounced = (item: Item): boolean => {
      const first = item.blocks[0];
      if (first?.kind !== 'paragraph' || item.blocks.length > 2 || sendsInCase.test(first.prose.plain)) return false;
      const words = openingWords(first.prose);
      const mayStandAbove = first.prose.links.length > 0;
      const titles = new Set([...words].flatMap((word) => having.get(word) ?? []));
      for (const title of titles)
        if ((mayStandAbove || title.span.start > list.span.start) && alike(words, titleWords(title))) return true;
      return false;
    };
    return list.items.filter(isAnnounced).length * 3 >= list.items.length * 2;
  };
  return (list) => {
    let is = known.get(list);
    if (is === undefined) known.set(list, (is = isOverview(list)));
    return is;
  };
}

const openingWords = onceFor(({ plain }: Prose): ReadonlySet<string> => contentWords(plain.slice(0, 300)));

/** "If the scan fails, go to Scan issues" sends somebody there, and does not only say what stands there. */
const sendsInCase =
  /^\W*(?:if|in\s+case|unless)\b[^.]*\b(?:go|proceed|continue|jump|skip)\s+(?:on\s+)?(?:to|with|at)\b|^[^→]{2,100}\s(?:→|->|=>|⇒)\s.*\b(?:go\s+to|see|proceed|continue|jump|follow)\b/is;

const titleWords = onceFor(({ title }: Heading): ReadonlySet<string> => contentWords(title));

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  let same = 0;
  for (const word of a) if (b.has(word)) same++;
  return same > 0 && same >= 0.6 * Math.max(1, Math.min(a.size, b.size)) && same >= 0.34 * Math.max(a.size, b.size);
}

// Guides whose headings say "Step n".

function byStepHeadings(root: Section, numbered: ReadonlySet<Heading>, about: FlowAbout): FlowBuilder {
  const flow = new FlowBuilder();
  const reader = sectionReader(numbered, about);
  const restarts = new Set([...numbered].map(({ number }) => number)).size < numbered.size;
  const title = root.sections.length === 1 ? root.sections[0] : undefined;
  const visit = (flow: FlowBuilder, section: Section, amongSteps: boolean, group: number): void => {
    const { heading } = section;
    const isStep = heading !== null && (numbered.has(heading) || (amongSteps && isUnnumberedStep(section, numbered)));
    if (heading && isStep) {
      const given = mayDecide(flow) ? whenDone(section, about.isName) : null;
      const from = flow.parts.length;
      const behind = given ? behindOptional(flow.last, given.condition) : undefined;
      const into = given ? flow.addOption(given.condition, given.condition.text, true, behind) : flow;
      const step = headingStep(into, heading, group);
      if (given) {
        step.keepsNumber = true;
        readFlow(into, given.blocks, 'step', about);
      } else readOwn(into, section, about);
      const cases = casesBelow(section, numbered, about);
      const details = section.sections.filter((inner) => !cases.includes(inner) && !holdsStep(inner, numbered));
      into.current?.blocks.push(...details.flatMap((inner) => ownBlocks(inner, numbered)));
      if (cases.length > 0) reader.sectionsFlow(into, cases, group, heading);
      into.closeChoice(false);
      flow.closeChoice(false);
      repeatForEach(flow, heading, from);
    }
    if (!isStep) {
      readOrder(flow, section.blocks, about.isName);
      if (heading && section !== title && !isBackground(heading) && holdsStep(section, numbered))
        readLead(flow, section.blocks, about, { part: heading });
    }
    const siblings = section.sections.some((inner) => inner.heading !== null && numbered.has(inner.heading));
    const innerGroup = restarts && siblings && !isStep ? ++about.groups.count : group;
    const free: Section[] = [];
    const readFree = (): void => {
      if (free.length > 0) reader.sectionsFlow(flow, free.splice(0), innerGroup, heading);
    };
    const options = optionsWithSteps(section.sections, numbered);
    for (const inner of section.sections) {
      if (options.has(inner)) {
        readFree();
        reader.optionFlow(
          flow,
          inner,
          innerGroup,
          holdsStep(inner, numbered)
            ? (into) => {
                visit(into, inner, false, innerGroup);
              }
            : null,
        );
        continue;
      }
      const isOwn = holdsStep(inner, numbered) || (siblings && !isStep && isUnnumberedStep(inner, numbered));
      if (isOwn) {
        readFree();
        visit(flow, inner, siblings && !isStep, innerGroup);
      } else if (!isStep) {
        const blocks = ownBlocks(inner, numbered);
        if (
          flow.parts.some(({ kind }) => kind !== 'chart') ||
          blocks.some((block) => hasAction(block) || isToDo(block, about) || opensWithDeed(block))
        )
          free.push(inner);
        else readOrder(flow, blocks, about.isName);
      }
    }
    readFree();
  };
  visit(flow, root, false, 0);
  return flow;
}

/** "Triage checklist" and numbered things to do, in front of "Step 1". */
function isToDo(block: Block, about: FlowAbout): boolean {
  return block.kind === 'list' && (isChecklist(block) || isActionList(block) || isMostlyWork(block, about));
}

/** "Option 1" and "Option 2", when steps with numbers of their own stand below one of them. */
function optionsWithSteps(sections: readonly Section[], numbered: ReadonlySet<Heading>): ReadonlySet<Section> {
  const cases = sections.filter(
    ({ heading }) => heading !== null && !numbered.has(heading) && !isBackground(heading) && isCase(heading),
  );
  return new Set(cases.length > 1 && cases.some((one) => holdsStep(one, numbered)) ? cases : []);
}

/** "### Scenario A: adapter down" and "### If the driver is old" below a step: what is done in it for one case or another. */
function casesBelow(section: Section, numbered: ReadonlySet<Heading>, about: FlowAbout): readonly Section[] {
  if (section.sections.length < 2 || holdsStep({ ...section, heading: null }, numbered)) return [];
  const cases = section.sections.filter(
    ({ heading, blocks: [first] }) =>
      heading !== null && !isBackground(heading) && (isCase(heading) || opensWithCondition(first)),
  );
  const isWork = ({ blocks: [first, ...rest] }: Section): boolean =>
    opensWithCondition(first) || [first, ...rest].some((block) => block && (hasAction(block) || isToDo(block, about)));
  return cases.length > 1 && cases.some(isWork) ? cases : [];
}

/** True when the last thing read is a step that is done in any case, or another step with a condition for all of it. */
function mayDecide({ last }: FlowBuilder): boolean {
  return last?.kind === 'step' || (last !== undefined && isOneStep(last));
}

/** "## Step 3: Restart the node" and "If the node hangs, restart it.": when the whole step is for, and the words of its first block. */
const openingCondition = onceForNames(({ heading, blocks: [first, ...others] }: Section, isName): LeftOut | null => {
  if (!heading || first?.kind !== 'paragraph') return null;
  const [head, ...rest] = cutParagraph(first.prose, { inItem: false, isName, followed: false });
  if (head?.kind !== 'if' || head.trailing || head.gates || head.condition.kind !== 'if') return null;
  const title = contentWords(heading.title);
  if (title.size < 2 || sharedWords(title, contentWords(head.prose.plain)) * 2 < title.size) return null;
  const paragraphs = [head.prose, ...rest.map(({ prose }) => prose)].map(paragraphOf);
  return { condition: head.condition, blocks: [...paragraphs, ...others] };
});

/** The same, or what its title, or a sentence of its own, says of that; with what there is left to do. */
function whenDone(section: Section, isName: IsName): LeftOut | null {
  const said = leftOut(section.blocks, false) ?? openingCondition(section, isName);
  const condition = section.heading && !said ? titleCondition(section.heading) : null;
  return condition ? { condition, blocks: section.blocks } : said;
}

/** Reads the blocks of a step that was just begun. Most steps only take them over, which is found out once. */
function readOwn(flow: FlowBuilder, section: Section, about: FlowAbout): void {
  const { heading, blocks } = section;
  if (heading && optionsBelow(heading, blocks)) readBelow(flow, heading, blocks, 'step', about);
  else if (takesOver(about.isOverview)(section, about.isName)) flow.current?.blocks.push(...section.blocks);
  else readFlow(flow, section.blocks, 'step', about);
}

/** Tells of a section that is a step whether its blocks make no other step, no choice and no chart. */
const takesOver =
  (isOverview: FlowAbout['isOverview']) =>
  (section: Section, isName: IsName): boolean => {
    let known = takings.get(section);
    if (!known || [...known.lists].some(([list, is]) => isOverview(list) !== is))
      takings.set(section, (known = new Taking()));
    return known.takesOver(section, isName, isOverview);
  };

const nobodyAsked: FlowAbout['isOverview'] = () => {
  throw new Error('Internal error: a list was asked about outside of its reading');
};

/** What was found out of a section while its lists were overviews, or none: asked again only when one of them has become the other. */
class Taking {
  readonly lists = new Map<List, boolean>();
  private isOverview = nobodyAsked;

  takesOver(section: Section, isName: IsName, isOverview: FlowAbout['isOverview']): boolean {
    this.isOverview = isOverview;
    const alone = this.isAlone(section, isName);
    // What it asks holds all headings of a guide, and this may outlive that guide by many edits.
    this.isOverview = nobodyAsked;
    return alone;
  }

  private readonly isAlone = onceForNames((section: Section, isName): boolean => {
    const alone = new FlowBuilder();
    if (section.heading) headingStep(alone, section.heading, 0);
    const groups = { count: 0 };
    const isOverview = (list: List): boolean => {
      const is = this.isOverview(list);
      this.lists.set(list, is);
      return is;
    };
    readFlow(alone, section.blocks, 'step', { isName, isOverview, isAside: () => false, isLed: () => false, groups });
    const [first] = alone.parts;
    if (first?.kind !== 'step' || alone.parts.length > 1 || groups.count > 0) return false;
    const { blocks } = first.step;
    return blocks.length === section.blocks.length && blocks.every((block, at) => block === section.blocks[at]);
  });
}

const takings = new Memory<Section, Taking>();

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

// Guides in sections.

function bySections(root: Section, numbered: ReadonlySet<Heading>, about: FlowAbout): FlowBuilder {
  const flow = new FlowBuilder();
  const reader = sectionReader(numbered, about);
  const inner = new FlowBuilder(0, true);
  const sections = titleSections(root);
  reader.sectionsFlow(inner, sections.inner, 0, sections.title, sections.lead);
  readLead(flow, sections.lead, about, { alone: inner.isEmpty });
  flow.append(inner);
  return flow;
}

/** The sections that a single title of level 1 holds, and what stands before them. */
function titleSections(root: Section): {
  title: Heading | null;
  lead: readonly Block[];
  inner: readonly Section[];
} {
  const [only] = root.sections;
  if (only && root.sections.length === 1 && only.sections.length > 0) {
    return { title: only.heading, lead: [...root.blocks, ...only.blocks], inner: only.sections };
  }
  if (only && root.sections.length === 1) return { title: null, lead: [...root.blocks, ...only.blocks], inner: [] };
  return { title: null, lead: root.blocks, inner: root.sections };
}
