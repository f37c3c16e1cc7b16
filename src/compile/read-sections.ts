// Reads the sections of a guide: which headings are steps, which are cases of one choice, and which only name a part of the
// guide whose paragraphs and items are the steps.
import { onceFor, touches } from '../base/index.ts';
import { cutProse, sentencesOf, type Block, type Heading, type Section } from '../guide/index.ts';
import { listsChecks } from './asking-items.ts';
import { optionsBelow, readCases } from './read-cases.ts';
import { findCases, followsAll, isCatalogue, isUndo, offersChoice, saysProblem } from './case-headings.ts';
import { consequentStart, decidesAway } from './cut-paragraph.ts';
import { contentWords, sharedWords } from './content-words.ts';
import { asksMuch, doesMuch, isSaying, itemsIn } from './count-parts.ts';
import type { Condition } from './draft.ts';
import { FlowBuilder, paragraphOf, type OpenPart } from './flow-builder.ts';
import { callByDeed, headingNames, headingStep, repeatForEach, standFor } from './heading-step.ts';
import {
  bareTitle,
  isAppendix,
  isBackground,
  isCase,
  isQuestionOfKnowledge,
  isStepTitle,
  titleExplains,
  isOfRules,
  wordsOf,
} from './headings.ts';
import { explainsInAnotherLanguage, isInAnotherLanguage } from './foreign.ts';
import { leftOut, onlyWhen } from './left-out-steps.ts';
import { isProcedureWithin, type FlowAbout } from './list-kind.ts';
import { hasAction } from './read-actions.ts';
import { readOrder } from './read-chart.ts';
import { failure, ofHeading, onlyCondition, type OnlyCondition } from './only-condition.ts';
import { askedBehind } from './open-option.ts';
import { readFlow } from './read-flow.ts';
import type { Mode } from './read-plain.ts';
import { saysElse } from './read-condition.ts';
import { readJump } from './read-jump.ts';
import { readOutcome } from './read-outcome.ts';
import { readTable } from './read-table.ts';
import { behindOptional } from './take-left-out.ts';
import { titleCondition } from './title-condition.ts';

export interface SectionReader {
  /** Reads sections side by side; `parent` is the heading above them, `above` what stands right below it. */
  sectionsFlow(
    into: FlowBuilder,
    children: readonly Section[],
    group: number,
    parent: Heading | null,
    above?: readonly Block[],
  ): void;
  /** Reads one of several options; `steps` reads those that carry numbers, when there are such below its heading. */
  optionFlow(into: FlowBuilder, section: Section, group: number, steps: ((inside: FlowBuilder) => void) | null): void;
}

/** `numbered` are the headings that carry a step's number. */
export function sectionReader(numbered: ReadonlySet<Heading>, about: FlowAbout): SectionReader {
  /** Titles of the sections read so far. */
  const seen = new Set<string>();
  const restarts = new Set([...numbered].map(({ number }) => number)).size < numbered.size;
  return { sectionsFlow, optionFlow };

  function sectionsFlow(
    into: FlowBuilder,
    all: readonly Section[],
    group: number,
    parent: Heading | null,
    above: readonly Block[] = [],
  ): void {
    const children = withoutHolders(all);
    const { sections: cases, apart } = findCases(children, parent, numbered, above, seen);
    for (const { heading } of children) if (heading) seen.add(bareTitle(heading).toLowerCase());
    const given = conditionalSections(children, cases);
    const innerGroup =
      restarts && children.some(({ heading }) => heading !== null && numbered.has(heading))
        ? ++about.groups.count
        : group;
    let catalogue: (OpenPart & { kind: 'choice' }) | null = null;
    for (const section of children) {
      const { heading } = section;
      if (!heading) continue;
      const isAside = about.isAside(heading);
      const { gate } = into;
      into.gate = null;
      if (isBackground(heading) && !isAside && !tellsWhatToRun(section) && !holdsCauses(section)) {
        const asked = section.sections.filter((inner) => inner.heading !== null && isPlainlyAsked(inner.heading));
        sectionsFlow(into, asked, innerGroup, heading);
        readOrder(into, section.blocks, about.isName);
        continue;
      }
      if (
        heading.word === null &&
        !isAside &&
        (isAppendix(heading) ||
          ((titleExplains(heading) || tellsHowNoticed.test(bareTitle(heading))) && asksNothing(section)))
      )
        continue;
      const skipped =
        (into.last?.kind === 'step' ? leftOut(section.blocks, true) : null) ??
        (into.isEmpty || cases.has(section) ? null : tellsWhen(section));
      if (isAside) {
        const aside = givenStep(section, heading) ?? new FlowBuilder();
        if (aside.isEmpty) {
          aside.open(wordsOf(heading), heading.prose.span);
          sectionFlow(aside, section, heading, innerGroup);
          aside.beginWithStep();
        }
        if (!aside.isEmpty) into.parts.push({ kind: 'aside', flow: aside });
      } else if (skipped) {
        leftOutFlow(into, { ...section, blocks: skipped.blocks }, heading, innerGroup, skipped.condition);
      } else if (isUndo(heading) && into.last?.kind === 'step' && heading.number === null) {
        caseFlow(into, section, heading, innerGroup);
        if (into.choice) into.choice.exhaustive = false;
        into.closeChoice(false);
      } else if (cases.has(section)) {
        caseFlow(into, section, heading, innerGroup);
        if (apart && into.choice) into.choice.apart = true;
      } else if (given.has(section) && (given.size > 1 || isStepTitle(heading) || !into.isEmpty)) {
        givenFlow(into, section, heading, numbered.has(heading) ? innerGroup : 0);
      } else if (
        catalogue &&
        catalogue === into.choice &&
        !numbered.has(heading) &&
        (catalogue.apart || !followsAll(heading))
      ) {
        caseFlow(into, section, heading, innerGroup);
      } else if (gate && !into.isEmpty) {
        leftOutFlow(into, section, heading, innerGroup, gate.condition);
        continue;
      } else if (into.isEmpty && isCatalogue(heading)) {
        sectionFlow(into, section, heading, innerGroup);
        const [first] = into.parts;
        const [choice, ...others] = first?.kind === 'step' && first.step.chooses ? into.parts.slice(1) : into.parts;
        if (choice?.kind === 'choice' && others.length === 0) {
          catalogue = choice;
          choice.closed = false;
        }
      } else {
        sectionFlow(into, section, heading, innerGroup);
        continue;
      }
      // Elsewhere the words are not of this section.
      if (gate?.whole) into.decider?.blocks.push(paragraphOf(gate.whole));
    }
    into.takeFirst();
    into.closeChoice(false);
  }

  /** "1. Methodology" over "1.1 Cabling" and "1.2 Switches", without anything to run. */
  function isChapter({ heading, blocks, sections }: Section): boolean {
    const below = sections.filter((inner) => inner.heading !== null && numbered.has(inner.heading));
    return below.length > 1 && !blocks.some(hasAction) && heading !== null && !isStepTitle(heading);
  }

  function optionFlow(
    into: FlowBuilder,
    section: Section,
    group: number,
    steps: ((inside: FlowBuilder) => void) | null,
  ): void {
    const { heading } = section;
    const [sentence] = heading ? sentencesOf(heading.prose) : [];
    if (!heading || !sentence) return;
    if (!steps) return caseFlow(into, section, heading, group);
    const { plain: text } = heading.prose;
    const inside = new FlowBuilder();
    steps(inside);
    inside.nameFirst(headingNames(heading));
    const option = into.addOption({ kind: 'if', text, start: 0, end: text.length, sentence }, text, false);
    option.append(inside);
    if (into.choice) into.choice.exhaustive = true;
  }

  /** A section that begins with when it is followed says so better than its title, unless that is a case by its own words. */
  function caseFlow(into: FlowBuilder, section: Section, heading: Heading, group: number): void {
    const sentence = sentencesOf(heading.prose)[0];
    if (!sentence) return;
    const own =
      section.sections.length > 0 || (numbered.has(heading) && !isCase(heading))
        ? null
        : onlyCondition(section.blocks, about, !isStepTitle(heading), isCase(heading));
    const inside = own ? insideOf(own, section, heading) : new FlowBuilder();
    const text = (heading.number === null ? heading.prose.plain : heading.title)
      .replace(/^(?:If|When|For|In case|Otherwise)\b/, (word) => word.toLowerCase())
      .replace(/(?<=\w)\s*:\s*$/, '');
    const before = into.choice?.options.at(-1);
    const failed = before ? failure(section.blocks) : null;
    if (own && !failed && !isCase(heading) && !saysProblem(section) && !ofHeading.test(own.option.condition.text)) {
      const { condition, words } = own.option;
      into.addOption(condition, own.lead.length > 0 ? `${text}, ${words}` : words, false).append(inside);
      return;
    }
    const kind = saysElse(text) ? 'else' : 'if';
    const condition: Condition = { kind, text, start: 0, end: text.length, sentence };
    const [first] = inside.parts;
    if (own && !failed && first?.kind === 'step') first.step.given = own.option.condition;
    if (!own) sectionFlow(inside, failed ? withoutCondition(section, failed) : section, heading, group, true);
    if (inside.isEmpty && section.blocks.some(({ kind }) => kind === 'paragraph')) {
      headingStep(inside, heading, 0);
      readFlow(inside, section.blocks, 'step', about);
    }
    if (inside.isEmpty) return;
    callByDeed(inside, heading);
    if (before && failed) {
      before.flow.innermost.addOption(failed, failed.text, true).append(inside);
      before.leads = true;
      return;
    }
    const option = into.addOption(condition, text, false, askedBehind(into.choice?.options ?? [], condition));
    option.open(heading.title || text, heading.prose.span);
    option.append(inside);
    const { choice } = into;
    if (choice) choice.exhaustive = true;
  }

  /** "## AWS" and "## Azure" that only hold sections on what may be wrong: a list of problems, whatever they are sorted by. */
  function withoutHolders(children: readonly Section[]): readonly Section[] {
    const holders = new Set(children.filter(holdsProblems));
    for (const section of children) if (isContents(section)) holders.add(section);
    if (children.some(isContents))
      return children.flatMap((section) => (holders.has(section) ? section.sections : [section]));
    const held = [...holders].reduce((sum, { sections }) => sum + sections.length, 0);
    return held > 1 && held > children.length - holders.size
      ? children.flatMap((section) => (holders.has(section) ? section.sections : [section]))
      : children;
  }

  /** "Contents" with the contents below it. */
  function isContents({ heading, sections }: Section): boolean {
    return (
      heading !== null &&
      /^(?:contents|guide|guides|articles|topics)$/i.test(bareTitle(heading)) &&
      sections.some((one) => !asksNothing(one))
    );
  }

  function holdsProblems(section: Section): boolean {
    const { heading, sections } = section;
    const open = sections.filter((inner) => inner.heading !== null && !isBackground(inner.heading));
    return (
      heading !== null &&
      heading.number === null &&
      !isStepTitle(heading) &&
      !about.isLed(heading) &&
      open.length > 0 &&
      open.every(saysProblem) &&
      asksNothing({ ...section, sections: [] })
    );
  }

  /** "Possible causes" with a section for each that says what to look at or to do, or with a table that says it. */
  function holdsCauses({ heading, blocks, sections }: Section): boolean {
    if (!heading || !/\b(?:causes|errors|failures|issues|symptoms)$/i.test(bareTitle(heading))) return false;
    if (blocks.some((block) => block.kind === 'table' && readTable(new FlowBuilder(), block, about, () => undefined)))
      return true;
    const inner = sections.filter(({ heading: one }) => one !== null && !isBackground(one));
    return inner.length > 0 && inner.some((one) => !asksNothing(one));
  }

  function asksNothing({ blocks, sections }: Section): boolean {
    if (!sections.every(asksNothing) || blocks.some(hasAction)) return false;
    const own = new FlowBuilder();
    readFlow(own, blocks, 'sequence', about);
    return own.isEmpty;
  }

  /**
   * The sections that begin with when they are followed and say nothing of other cases: "### Restart the pods" and "If a pod
   * has failed, delete it". A title that does not say what to do needs another such section beside it, or steps before it.
   */
  function conditionalSections(children: readonly Section[], cases: ReadonlySet<Section>): ReadonlySet<Section> {
    const found = children.filter(
      (section) =>
        section.heading !== null &&
        !cases.has(section) &&
        !(numbered.has(section.heading) && section.heading.word !== null) &&
        !isBackground(section.heading) &&
        !about.isAside(section.heading) &&
        section.sections.length === 0 &&
        onlyCondition(section.blocks, about, false) !== null,
    );
    return new Set(
      found.length > 1
        ? found
        : found.filter(({ heading }) => heading !== null && (isStepTitle(heading) || !followsAll(heading))),
    );
  }

  function givenFlow(into: FlowBuilder, section: Section, heading: Heading, group: number): void {
    const read = onlyCondition(section.blocks, about, false);
    if (!read) return;
    const { option } = read;
    const inside = insideOf(read, section, heading, group);
    const [first] = inside.parts;
    if (numbered.has(heading) && first?.kind === 'step' && first.step.kind === 'heading') first.step.keepsNumber = true;
    into.takeFirst();
    into.addOption(option.condition, option.words, false).append(inside);
  }

  /** "If it came promptly, skip this section.": `section` has these words no more. */
  function leftOutFlow(
    into: FlowBuilder,
    section: Section,
    heading: Heading,
    group: number,
    condition: Condition,
  ): void {
    const inside = new FlowBuilder();
    inside.open(wordsOf(heading), heading.prose.span);
    sectionFlow(inside, section, heading, group);
    if (inside.isEmpty) return;
    for (const part of inside.parts)
      if (part.kind === 'step' && part.step.number !== null) part.step.keepsNumber = true;
    const behind = behindOptional(into.last, condition);
    into.addOption(condition, condition.text, true, behind).append(inside);
    into.closeChoice(false);
  }

  /** A section that is chosen by its title says only once more when: one step, or the steps of its list. */
  function givenStep(section: Section, heading: Heading): FlowBuilder | null {
    if (section.sections.length > 0 || numbered.has(heading)) return null;
    const read = onlyCondition(section.blocks, about, false);
    if (!read) return null;
    const inside = insideOf(read, section, heading);
    const [first] = inside.parts;
    if (first?.kind === 'step') first.step.given = read.option.condition;
    return inside;
  }

  function insideOf(
    { option, lead, said, rest }: OnlyCondition,
    section: Section,
    heading: Heading,
    group = 0,
  ): FlowBuilder {
    const inside = new FlowBuilder();
    for (const name of headingNames(heading)) inside.name(name);
    const [first, ...others] = option.flow.parts;
    if (first?.kind === 'step' && others.length === 0 && rest.some((part) => !looksAtResult(part))) {
      headingStep(inside, heading, group).blocks.push(...lead, ...first.step.blocks, ...said);
      inside.parts.push(...rest);
    } else if (first?.kind === 'step' && others.length === 0) {
      headingStep(inside, heading, group).blocks.push(...lead, ...first.step.blocks, ...said);
      const taken = new Set(first.step.blocks);
      const { start } = option.condition.sentence.span;
      const place = section.blocks.findIndex(({ span }) => touches(span, start));
      readFlow(
        inside,
        section.blocks.slice(place + 1).filter((block) => !taken.has(block)),
        'step',
        about,
      );
    } else {
      inside.append(option.flow);
      inside.parts.push(...rest);
    }
    return inside;
  }

  function sectionFlow(into: FlowBuilder, given: Section, heading: Heading, group: number, chosen = false): void {
    const section = isOfRules(heading) ? withoutRules(given) : given;
    const from = into.parts.length;
    const nested = new FlowBuilder();
    nested.open(wordsOf(heading), heading.prose.span);
    sectionsFlow(nested, section.sections, group, heading, section.blocks);
    const own = new FlowBuilder();
    const readOwn = (mode: Mode): void => {
      own.gate = null;
      readBelow(own, heading, section.blocks, mode, about);
      if (!nested.isEmpty) own.gate ??= announcedBelow(own, section.sections);
    };
    for (const name of headingNames(heading)) own.name(name);
    own.open(wordsOf(heading), heading.prose.span);
    readOwn('sequence');
    const isNumbered = numbered.has(heading) && !(own.isEmpty && isChapter(section));
    const asStep = isNumbered || isStepTitle(heading) || (isCase(heading) && nested.isEmpty);
    const repeated = chosen ? takeRepeated(own, heading) : null;
    if (section.sections.some(isProcedureSection) && own.parts.every(isSaying)) own.parts.length = 0;
    const runs = section.blocks.some(hasAction);
    if (
      isQuestionOfKnowledge(heading) &&
      !about.isLed(heading) &&
      !chosen &&
      !runs &&
      !own.parts.some((part) =>
        part.kind === 'step' ? part.step.kind === 'item' : part.kind === 'choice' && part.options.length > 1,
      )
    )
      own.parts.length = 0;
    const steps = own.parts.filter(({ kind }) => kind === 'step').length;
    const items = itemsIn(own.parts);
    const listed =
      items > 1 && Math.max(items, own.parts.filter((part) => isListed(part, section.blocks)).length) * 2 > steps;
    const sums = asStep && !isNumbered && (doesMuch(own) || asksMuch(own));
    if (asStep && !listed && !sums && (nested.isEmpty || steps > 0 || section.blocks.some(hasAction) || isNumbered)) {
      own.forget();
      for (const name of headingNames(heading)) own.name(name);
      headingStep(own, heading, isNumbered ? group : 0);
      readOwn('step');
      if (nested.isEmpty || isNumbered || section.blocks.length > 0) into.append(own);
    } else if (asStep && /\?$/.test(heading.prose.plain) && listed) {
      const asked = new FlowBuilder();
      for (const name of headingNames(heading)) asked.name(name);
      headingStep(asked, heading, 0);
      into.append(asked);
      into.append(own);
    } else if (steps === 1 && own.parts.length === 1 && nested.isEmpty && !listed) {
      own.forget();
      for (const name of headingNames(heading)) own.name(name);
      headingStep(own, heading, 0);
      readOwn('step');
      into.append(own);
    } else {
      if (isNumbered) standFor(own, heading);
      if (about.isLed(heading)) own.beginWithStep();
      else if (own.parts[0]?.kind === 'step' && own.lead.some((block) => isWayOut(block, about.isName)))
        headingStep(into, heading, isNumbered ? group : 0).blocks.push(...own.lead);
      into.append(own);
    }
    const [head] = own.parts;
    // Code right below the heading is called by it.
    if (head?.kind === 'step' && head.step.title === '')
      Object.assign(head.step, { title: wordsOf(heading), titleSpan: heading.prose.span });
    if (repeated && head?.kind === 'step') head.step.given ??= repeated;
    const isMeant = about.isLed(heading) && section.blocks.some(({ kind }) => kind === 'paragraph' || kind === 'list');
    if (
      own.isEmpty &&
      nested.isEmpty &&
      (isMeant ||
        (!isQuestionOfKnowledge(heading) &&
          (listsChecks(section) || saysWhereToGo(section.blocks, about) || isForeignWork(section))))
    ) {
      headingStep(own, heading, 0);
      readOwn('step');
      into.append(own);
    }
    // "If the queue stays full, escalate." above sections: decided before the first of them.
    if (own.isEmpty && !nested.isEmpty && into.decider) {
      for (const one of section.blocks)
        if (one.kind === 'paragraph' && decidesAway(one.prose, about.isName)) into.giveToDecider(one);
    }
    if (own.isEmpty && nested.parts[0]?.kind === 'choice') {
      const offer = own.lead
        .flatMap((block) => (block.kind === 'paragraph' ? sentencesOf(block.prose) : []))
        .find(({ text }) => offersChoice(text));
      if (offer) nested.offer(offer, own.lead);
    }
    if (own.isEmpty && !nested.isEmpty) nested.nameFirst(headingNames(heading));
    if (own.isEmpty && about.isLed(heading)) nested.beginWithStep();
    if (own.gate && !nested.isEmpty && !into.isEmpty)
      into.addOption(own.gate.condition, own.gate.words, true).append(nested);
    else into.append(nested);
    if (nested.isEmpty) into.gate = own.gate;
    repeatForEach(into, heading, from);
  }
}

/** Reads what stands right below a heading; a list of options is a choice. */
export function readBelow(
  flow: FlowBuilder,
  heading: Heading,
  blocks: readonly Block[],
  mode: Mode,
  about: FlowAbout,
): void {
  const options = optionsBelow(heading, blocks);
  if (options) readCases(flow, options, true, about.isName, (inner, own) => readFlow(inner, own, 'sequence', about, 1));
  readFlow(flow, options ? blocks.slice(1) : blocks, mode, about);
}

/** "Fix alerts before continuing" below "Impact": it does not explain. */
function isPlainlyAsked(heading: Heading): boolean {
  return isStepTitle(heading) && !/\?\W*$/.test(heading.prose.plain);
}

/** "Look for policies that block it.": what the step before it has shown is read. */
function looksAtResult(part: OpenPart): boolean {
  return (
    part.kind === 'step' &&
    /^\W*(?:look\s+(?:for|at)|search\s+for|pay\s+attention|note)\b/i.test(part.step.title) &&
    !part.step.blocks.some(hasAction)
  );
}

/** Two or more numbered items that all ask for something. */
function isOrderedProcedure(block: Block): boolean {
  return block.kind === 'list' && isProcedureWithin(block);
}

/** "### Procedure": it says in full what the words above it sum up. */
function isProcedureSection({ heading }: Section): boolean {
  return heading !== null && /^(?:procedures?|steps|instructions)$/i.test(bareTitle(heading));
}

/**
 * "If a pod does not run, check its details, logs and events" above sections on details, logs and events: it says when they are
 * followed. Takes the option out of `own`.
 */
function announcedBelow(own: FlowBuilder, sections: readonly Section[]): FlowBuilder['gate'] {
  const { last } = own;
  const option = last?.kind === 'choice' && last.options.length === 1 ? last.options[0] : undefined;
  const [only, ...others] = option?.flow.parts ?? [];
  if (option?.condition.kind !== 'if' || only?.kind !== 'step' || others.length > 0) return null;
  const words = contentWords(only.step.title);
  const listed = only.step.blocks.flatMap((block) =>
    block.kind === 'list'
      ? block.items.flatMap(({ blocks: [first] }) =>
          first?.kind === 'paragraph' ? [contentWords(first.prose.plain)] : [],
        )
      : [],
  );
  const titles = sections.flatMap(({ heading }) => (heading ? [contentWords(bareTitle(heading))] : []));
  const isNamed =
    titles.length > 1 && titles.every((title) => title.size > 0 && sharedWords(title, words) * 2 >= title.size);
  const isListed = titles.some((title) =>
    listed.some((item) => title.size > 1 && sharedWords(title, item) === title.size),
  );
  if (!isNamed && !isListed) return null;
  own.parts.pop();
  return { condition: option.condition, words: option.words };
}

/** "### My pod stays pending" and "If a pod is stuck in pending, …": the case is chosen by its heading. */
function takeRepeated(own: FlowBuilder, heading: Heading): Condition | null {
  const [first] = own.parts;
  if (first?.kind !== 'choice' || own.lead.length > 0) return null;
  const [option, ...others] = first.options;
  if (option?.condition.kind !== 'if' || option.flow.isEmpty) return null;
  const title = contentWords(heading.prose.plain);
  const words = contentWords(option.condition.text);
  if (words.size < 2 || sharedWords(words, title) * 5 < words.size * 3) return null;
  if (others.length > 0) first.options.shift();
  else own.parts.shift();
  own.parts.unshift(...option.flow.parts);
  return option.condition;
}

/** True for a step that is an item of a list, or a part of one. */
function isListed(part: OpenPart, blocks: readonly Block[]): boolean {
  if (part.kind !== 'step') return false;
  const { kind, start } = part.step;
  return kind === 'item' || blocks.some((block) => block.kind === 'list' && touches(block.span, start));
}

/** The section without the condition that its first paragraph opens with. */
function withoutCondition(section: Section, condition: Condition): Section {
  const [first, ...rest] = section.blocks;
  if (first?.kind !== 'paragraph') return section;
  const { plain } = first.prose;
  const start = consequentStart(plain, condition.end, plain.length);
  return { ...section, blocks: [paragraphOf(cutProse(first.prose, start, plain.length)), ...rest] };
}

/** What is told in another language cannot be told apart: the section is a step as a whole, unless its title says that it explains. */
function isForeignWork({ heading, blocks: [first] }: Section): boolean {
  return (
    first?.kind === 'paragraph' &&
    isInAnotherLanguage(first.prose.plain.slice(0, 300)) &&
    !(heading && explainsInAnotherLanguage(bareTitle(heading)))
  );
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

/** "If the volume is gone, stop here." above what is to be done. */
const isWayOut = (block: Block, isName: (name: string) => boolean): boolean =>
  block.kind === 'paragraph' && !/:\s*$/.test(block.prose.plain) && decidesAway(block.prose, isName);

/** A section whose title or first words say when it is followed, though these ask for nothing. */
function tellsWhen({ heading, blocks }: Section): ReturnType<typeof onlyWhen> {
  const condition = heading && titleCondition(heading);
  if (condition) return { condition, blocks };
  const found = heading?.number === null ? onlyWhen(blocks) : null;
  return found && heading && (found.blocks !== blocks || !(isStepTitle(heading) || followsAll(heading))) ? found : null;
}

/** "1. Detection" over what raises the alarm: nobody has to do it any more. */
const tellsHowNoticed =
  /^(?:(?:incident|alert|problem|issue)\s+)?detection(?:\s+(?:criteria|signals?|triggers?))?$|^(?:triggers?|signals?)(?:\s+and\s+(?:triggers?|signals?))?$/i;

/** What stands among rules beside their list: "Find the trail first:" and a query. */
const withoutRules = onceFor((section: Section): Section => ({
  ...section,
  blocks: section.blocks.filter(({ kind }) => kind !== 'list'),
}));

/** Symptoms are often told by something to run. */
function tellsWhatToRun(section: Section): boolean {
  const title = section.heading?.title ?? '';
  if (/^(?:important\s+)?notes?$/i.test(title.trim()) && section.blocks.some(isOrderedProcedure)) return true;
  return /^(?:symptoms?|impact)\b|\bcauses?$/i.test(title) && section.blocks.some(hasAction);
}
