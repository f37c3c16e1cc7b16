// Finds what an engineer would tick off and how it hangs together. Headings "Step n" are steps as they stand; else headings
// that say what to do, and the paragraphs and items under headings that only name a part of the guide.
import { collect as collectAll, Memory, onceFor, sameItems, type Span } from '../base/index.ts';
import {
  documentOf,
  sentencesOf,
  type Block,
  type Guide,
  type Heading,
  type List,
  type Prose,
  type Section,
  type Sentence,
} from '../guide/index.ts';
import { isForAll, isRemedy, isUndo } from './case-headings.ts';
import { contentWords, sharedWords } from './content-words.ts';
import { cutParagraph } from './cut-paragraph.ts';
import type { Condition, Flow, StepDraft } from './draft.ts';
import { FlowBuilder, paragraphOf, withBlocks } from './flow-builder.ts';
import { headingNames, headingStep, repeatForEach } from './heading-step.ts';
import { isBackground, isCase } from './headings.ts';
import { inSections } from './in-sections.ts';
import { leftOut, takeLeftOut } from './left-out-steps.ts';
import type { FlowAbout } from './list-kind.ts';
import { hasAction } from './read-actions.ts';
import { liftLabels } from './lift-labels.ts';
import { onceForNames, type IsName } from './names.ts';
import { oneChange } from './one-change.ts';
import { arrowLines } from './lines-to-do.ts';
import { mentionIn } from './mentioned-sections.ts';
import { nameBoxes } from './name-boxes.ts';
import { isPremise } from './premise.ts';
import { readOrder } from './read-chart.ts';
import { referencesOfChart } from './read-drawn-mermaid.ts';
import { readFlow } from './read-flow.ts';
import { readJump } from './read-jump.ts';
import { readLead } from './read-lead.ts';
import { sectionReader } from './read-sections.ts';
import { slug } from './slug.ts';
import { takeNamedSections } from './take-named-sections.ts';

/** The steps of a guide in the order of the text, and how they follow each other. */
export interface Found {
  readonly steps: readonly StepDraft[];
  readonly flow: Flow;
  /** Sections that are reached by links alone, as slugs of their names. */
  readonly asides: ReadonlySet<string>;
  /** Where the sections stand, by slugs of their names. */
  readonly sections: () => ReadonlyMap<string, Span>;
}

export function findSteps(guide: Guide): Found {
  const root = liftLabels(guide);
  const sayings = sayingsOf(headingsIn(root));
  const document = documentOf(guide);
  const last = lastFound.get(document);
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
  const { numbered, isOverview } = sayings;
  const change = isWorded(numbered) ? oneChange(before, root) : null;
  const heading = change?.now.heading;
  if (!change || !heading || !numbered.has(heading)) return null;
  const isOnlyStep = (section: Section): boolean =>
    takesOver(isOverview)(section, isName) &&
    openingCondition(section, isName) === null &&
    leftOut(section.blocks, false) === null &&
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

function findAll(root: Section, { isName: names, isOverview, numbered }: Sayings): Pick<Reading, 'found' | 'isName'> {
  const { jumpedTo, led, together } = linksInto(root, names);
  const asides = asidesOf(root, jumpedTo, together, new Set(chartReferences(root)));
  const isName = withAsides(names, asides);
  const about: FlowAbout = {
    isName,
    groups: { count: 0 },
    isOverview,
    isAside: (heading) => slugsOf(heading).some((name) => asides.has(name)),
    isLed: (heading) => slugsOf(heading).some((name) => jumpedTo.has(name)),
  };
  const builder = isWorded(numbered) ? byStepHeadings(root, numbered, about) : bySections(root, numbered, about);
  takeLeftOut(builder.parts);
  takeNamedSections(builder.parts, root, (heading) => slugsOf(heading).some((name) => led.has(name)));
  const flow = nameBoxes(builder.build(false, (condition) => isPremise(root, condition)));
  const steps: StepDraft[] = [];
  collect(flow, steps);
  return { isName, found: { steps, flow, asides, sections: () => sectionsIn(root) } };
}

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
  heading ? slugsOf(heading).map((name) => ({ name, span })) : [],
);

const headingsIn = inSections(({ heading }) => (heading ? [heading] : []));

/** What all headings together say. */
interface Sayings {
  readonly headings: readonly Heading[];
  readonly isName: (name: string) => boolean;
  readonly isOverview: (list: List) => boolean;
  readonly numbered: ReadonlySet<Heading>;
}

const known = new Memory<Heading, Sayings>();

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
  const places = new Set(headings.filter((heading) => !isBackground(heading)).flatMap(slugsOf));
  return (name) => name.startsWith('#>') || (name.startsWith('#') ? places : names).has(slug(name));
}

const slugsOf = onceFor((heading: Heading): readonly string[] => headingNames(heading).map(slug));

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

/**
 * The headings that some condition leads to by a link, each with the first place where one does; `led` are those to which one does that
 * not only mentions them, `together` those that are cases of one table or list.
 */
function linksInto(
  root: Section,
  isName: IsName,
): {
  readonly jumpedTo: ReadonlyMap<string, number>;
  readonly led: ReadonlySet<string>;
  readonly together: ReadonlyMap<string, Block>;
} {
  const jumpedTo = new Map<string, number>();
  const together = new Map<string, Block>();
  const led = new Set<string>();
  const visit = (section: Section): void => {
    for (const { name, at, mentioned, list } of linksOf(section, isName)) {
      if (!jumpedTo.has(name) && list && !mentioned) together.set(name, list);
      if (!jumpedTo.has(name)) jumpedTo.set(name, at);
      if (!mentioned) led.add(name);
    }
    section.sections.forEach(visit);
  };
  visit(root);
  return { jumpedTo, led, together };
}

/** A section that some words lead to. */
interface LedTo {
  readonly name: string;
  readonly at: number;
  /** They say how something is done, and do not lead away. */
  readonly mentioned: boolean;
  /** The table or list in which they are one of several cases. */
  readonly list: Block | null;
}

/** Those of a section's own blocks. */
const linksOf = onceForNames(({ blocks: own }: Section, isName) => {
  const found: LedTo[] = [];
  const visitBlocks = (blocks: readonly Block[], list: Block | null): void => {
    for (const block of blocks) {
      if (block.kind === 'list') for (const item of block.items) visitBlocks(item.blocks, list ?? block);
      else if (block.kind === 'quote') visitBlocks(block.blocks, list);
      else if (block.kind === 'table')
        for (const row of block.rows)
          row.forEach((cell) => {
            visitProse(cell, block);
          });
      else if (block.kind === 'paragraph') {
        const lines = arrowLines(block);
        if (lines) visitBlocks([lines], list);
        else visitProse(block.prose, list);
      }
    }
  };
  const visitProse = (prose: Prose, list: Block | null): void => {
    if (!prose.links.some(({ target }) => target.startsWith('#')) && !/\bappendix\b/i.test(prose.plain)) return;
    for (const sentence of sentencesOf(prose)) {
      for (const target of readJump(sentence, isName)?.jump.targets ?? [])
        if (target.kind === 'name' && /^(?:#|appendix\b)/i.test(target.name))
          found.push({
            name: slug(target.name),
            at: target.span.start,
            mentioned: isMentioned(sentence, target.name),
            list: list?.kind === 'table' || target.span.start > prose.span.start + 3 ? list : null,
          });
    }
  };
  visitBlocks(own, null);
  return found;
});

/** "(see [Cleaning up](#cleaning-up))": it says how something is done, and does not lead away. */
function isMentioned(sentence: Sentence, name: string): boolean {
  return mentionIn(sentence).some((mentioned) => `#${mentioned}` === name);
}

/** The sections that boxes of drawn charts send to, as slugs. */
const ownReferences = onceFor(({ blocks }: Section): readonly string[] =>
  collectAll(blocks, (block) => (block.kind === 'code' ? referencesOfChart(block).map(slug) : [])),
);
const chartReferences = inSections(ownReferences);

/** "Mitigations" whose sections are each led to by links from above: nobody goes from one to the next. */
function asidesOf(
  root: Section,
  jumpedTo: ReadonlyMap<string, number>,
  together: ReadonlyMap<string, Block>,
  drawn: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set<string>();
  if (jumpedTo.size === 0 && drawn.size === 0) return found;
  const visit = ({ heading: above, sections }: Section): void => {
    const headings = sections.map(({ heading }) => heading).filter((heading) => heading !== null);
    const isLed = (heading: Heading, from: Heading | null): boolean =>
      heading.number === null &&
      slugsOf(heading).some((name) => (jumpedTo.get(name) ?? Infinity) < (from?.span.start ?? 0));
    const allLed = headings.length > 1 && headings.every((heading) => isLed(heading, above));
    const led = ledBehind(headings.filter((heading) => !isBackground(heading)));
    const cases = headings.filter((heading) => isLed(heading, heading) && !isBackground(heading) && !isForAll(heading));
    const lists = cases.map((heading) =>
      slugsOf(heading)
        .map((name) => together.get(name))
        .find((list) => list),
    );
    /** It is one of two or more that a table or a list leads to, case by case. */
    const isOneCase = (heading: Heading): boolean => {
      const list = lists[cases.indexOf(heading)];
      return list !== undefined && lists.filter((other) => other === list).length > 1;
    };
    for (const heading of headings) {
      const isLedCase = (isCase(heading) || isRemedy(heading) || isUndo(heading)) && isLed(heading, heading);
      const isLedAppendix =
        /^appendix\b/i.test(heading.prose.plain) && slugsOf(heading).some((name) => jumpedTo.has(name));
      if (allLed || isLedCase || isLedAppendix || led.has(heading) || isOneCase(heading) || isDrawn(heading))
        for (const name of slugsOf(heading)) found.add(name);
    }
    sections.forEach(visit);
  };
  /** The last sections, when each is led to from what stands before the first of them. */
  const ledBehind = (headings: readonly Heading[]): ReadonlySet<Heading> => {
    const placeOf = (heading: Heading): number =>
      heading.number === null ? Math.min(...slugsOf(heading).map((name) => jumpedTo.get(name) ?? Infinity)) : Infinity;
    let from = headings.length;
    let last = -1;
    while (from > 0) {
      const heading = headings[from - 1];
      const place = heading ? placeOf(heading) : Infinity;
      if (!heading || Math.max(last, place) >= heading.span.start) break;
      last = Math.max(last, place);
      from--;
    }
    return new Set(headings.length - from > 1 ? headings.slice(from) : []);
  };
  const isDrawn = (heading: Heading): boolean =>
    drawn.size > 0 &&
    (slugsOf(heading).some((name) => drawn.has(name)) ||
      (heading.number !== null && drawn.has(slug(`section ${heading.number}`))));
  visit(root);
  return found;
}

/** A list whose items say what the headings behind it say again. */
function overviewOf(headings: readonly Heading[]): (list: List) => boolean {
  const announced = headings.filter(({ level }) => level > 1).slice(0, 300);
  const known = new Memory<List, boolean>();
  return (list) => {
    let is = known.get(list);
    if (is === undefined) {
      const all = announced.map(titleWords);
      const behind = all.filter((_, at) => (announced[at]?.span.start ?? 0) > list.span.start);
      const like = list.items.slice(0, 100).filter((item) => {
        const first = item.blocks[0];
        if (first?.kind !== 'paragraph' || item.blocks.length > 2) return false;
        const words = contentWords(first.prose.plain.slice(0, 300));
        const titles = first.prose.links.length > 0 ? all : behind;
        return words.size > 0 && titles.some((title) => title.size > 0 && alike(words, title));
      });
      is =
        announced.length > 0 &&
        list.items.length > 1 &&
        list.items.length <= 100 &&
        like.length * 3 >= list.items.length * 2;
      known.set(list, is);
    }
    return is;
  };
}

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
      const given = mayDecide(flow) ? openingCondition(section, about.isName) : null;
      const from = flow.parts.length;
      const into = given ? flow.addOption(given.condition, given.condition.text, true) : flow;
      const step = headingStep(into, heading, group);
      if (given) {
        step.keepsNumber = true;
        readFlow(into, [...given.blocks, ...section.blocks.slice(1)], 'step', about);
      } else readOwn(into, section, about);
      into.current?.blocks.push(...ownBlocks(section, numbered).slice(section.blocks.length));
      into.closeChoice(false);
      flow.closeChoice(false);
      repeatForEach(flow, heading, from);
    }
    if (!isStep) {
      readOrder(flow, section.blocks, about.isName);
      if (heading && section !== title && !isBackground(heading) && holdsStep(section, numbered))
        readLead(flow, section.blocks, about, { isPart: true });
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
        if (flow.parts.some(({ kind }) => kind !== 'chart') || blocks.some(hasAction)) free.push(inner);
        else readOrder(flow, blocks, about.isName);
      }
    }
    readFree();
  };
  visit(flow, root, false, 0);
  return flow;
}

/** "Option 1" and "Option 2", when steps with numbers of their own stand below one of them. */
function optionsWithSteps(sections: readonly Section[], numbered: ReadonlySet<Heading>): ReadonlySet<Section> {
  const cases = sections.filter(
    ({ heading }) => heading !== null && !numbered.has(heading) && !isBackground(heading) && isCase(heading),
  );
  return new Set(cases.length > 1 && cases.some((one) => holdsStep(one, numbered)) ? cases : []);
}

/** True when the last thing read is a step that is done in any case, or another step with a condition for all of it. */
function mayDecide({ last }: FlowBuilder): boolean {
  if (last?.kind !== 'choice') return last?.kind === 'step';
  const [only, ...others] = last.options;
  const [first] = only?.flow.parts ?? [];
  return others.length === 0 && first?.kind === 'step' && first.step.keepsNumber === true;
}

/** "## Step 3: Restart the node" and "If the node hangs, restart it.": when the whole step is for, and the words of its first block. */
const openingCondition = onceForNames(
  ({ heading, blocks: [first] }: Section, isName): { condition: Condition; blocks: readonly Block[] } | null => {
    if (!heading || first?.kind !== 'paragraph') return null;
    const [head, ...rest] = cutParagraph(first.prose, { inItem: false, isName, followed: false });
    if (head?.kind !== 'if' || head.trailing || head.gates || head.condition.kind !== 'if') return null;
    const title = contentWords(heading.title);
    if (title.size < 2 || sharedWords(title, contentWords(head.prose.plain)) * 2 < title.size) return null;
    return { condition: head.condition, blocks: [head.prose, ...rest.map(({ prose }) => prose)].map(paragraphOf) };
  },
);

/** Reads the blocks of a step that was just begun. Most steps only take them over, which is found out once. */
function readOwn(flow: FlowBuilder, section: Section, about: FlowAbout): void {
  if (takesOver(about.isOverview)(section, about.isName)) flow.current?.blocks.push(...section.blocks);
  else readFlow(flow, section.blocks, 'step', about);
}

/** Tells of a section that is a step whether its blocks make no other step, no choice and no chart. */
const takesOver = onceFor((isOverview: FlowAbout['isOverview']) =>
  onceForNames((section: Section, isName): boolean => {
    const alone = new FlowBuilder();
    if (section.heading) headingStep(alone, section.heading, 0);
    const groups = { count: 0 };
    readFlow(alone, section.blocks, 'step', { isName, isOverview, isAside: () => false, isLed: () => false, groups });
    const [first] = alone.parts;
    if (first?.kind !== 'step' || alone.parts.length > 1 || groups.count > 0) return false;
    const { blocks } = first.step;
    return blocks.length === section.blocks.length && blocks.every((block, at) => block === section.blocks[at]);
  }),
);

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
  const inner = new FlowBuilder();
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
