// Which sections are asides: whoever comes from above goes on behind them, because they are reached by what some words say alone.
import { collect as collectAll, onceFor } from '../base/index.ts';
import { sentencesOf, type Block, type Heading, type Prose, type Section, type Sentence } from '../guide/index.ts';
import { isForAll, isRemedy, isUndo } from './case-headings.ts';
import { headingSlugs } from './heading-step.ts';
import { contentWords, sharedWords } from './content-words.ts';
import { bareTitle, isBackground, isCase } from './headings.ts';
import { inSections } from './in-sections.ts';
import { arrowLines } from './lines-to-do.ts';
import { mentionIn } from './mentioned-sections.ts';
import { onceForNames, type IsName } from './names.ts';
import { conditionOf } from './read-condition.ts';
import { referencesOfChart } from './read-drawn-mermaid.ts';
import { linkAlone, readJump, type JumpPlace } from './read-jump.ts';
import { slug } from './slug.ts';

/** The sections that some words lead to, as slugs. */
export interface Led {
  /** Those that a condition leads to by a link, each with the first place where one does. */
  readonly jumpedTo: ReadonlyMap<string, number>;
  /** The same for those that a condition leads to by their names. */
  readonly named: ReadonlyMap<string, number>;
  /** All that are not only mentioned. */
  readonly led: ReadonlySet<string>;
  /** The table or list of which a section is one case. */
  readonly together: ReadonlyMap<string, Block>;
}

export function linksInto(root: Section, isName: IsName): Led {
  const jumpedTo = new Map<string, number>();
  const named = new Map<string, number>();
  const together = new Map<string, Block>();
  const led = new Set<string>();
  const visit = (section: Section): void => {
    for (const { name, at, how, list } of linksOf(section, isName)) {
      if (how !== 'mentioned') led.add(name);
      if (how === 'named') {
        if (!named.has(name)) named.set(name, at);
        continue;
      }
      if (!jumpedTo.has(name) && list && how !== 'mentioned') together.set(name, list);
      if (!jumpedTo.has(name)) jumpedTo.set(name, at);
    }
    section.sections.forEach(visit);
  };
  visit(root);
  return { jumpedTo, named, led, together };
}

/** A section that some words lead to. */
interface LedTo {
  readonly name: string;
  readonly at: number;
  /** By a link, or by its name; mentioned where they say how something is done, and do not lead away. */
  readonly how: 'linked' | 'named' | 'mentioned';
  /** The table or list in which they are one of several cases. */
  readonly list: Block | null;
}

/** Those of a section's own blocks. */
export const linksOf = onceForNames(({ blocks: own }: Section, isName) => {
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
    if (
      !prose.links.some(({ target }) => target.startsWith('#')) &&
      !mayName.test(prose.plain) &&
      list?.kind !== 'table'
    )
      return;
    for (const sentence of sentencesOf(prose)) {
      const place = readJump(sentence, isName) ?? (list?.kind === 'table' ? linkAlone(sentence, isName) : null);
      const isTarget = (name: string): boolean =>
        place?.jump.targets.some((target) => target.kind === 'name' && slug(target.name) === slug(name)) ?? false;
      for (const name of mentionIn(sentence))
        if (isName(name) && conditionOf(sentence, true) && !isTarget(name))
          found.push({ name: slug(name), at: sentence.span.start, how: 'mentioned', list: null });
      for (const target of place?.jump.targets ?? [])
        if (target.kind === 'name' && (linked.test(target.name) || list?.kind === 'table' || isInCase(sentence, place)))
          found.push({
            name: slug(target.name),
            at: target.span.start,
            how: isMentioned(sentence, target.name) ? 'mentioned' : linked.test(target.name) ? 'linked' : 'named',
            list: list?.kind === 'table' || target.span.start > prose.span.start + 3 ? list : null,
          });
    }
  };
  visitBlocks(own, null);
  return found;
});

const linked = /^(?:#|appendix\b)/i;
const mayName =
  /\s(?:→|->|=>|⇒)\s*(?:see|check|follow|use)\s|\bappendix\b|\b(?:if|otherwise|when|unless|yes|no)\b[^.]*\b(?:go|jump|skip|proceed|continue|move|use|follow|apply|see|refers?\s+to|consult|check)\s/i;

/** "If the errors began with a deployment, go to Rollback.": a condition leads there, as a link would. */
function isInCase(sentence: Sentence, place: JumpPlace | null): boolean {
  const condition = conditionOf(sentence, true);
  return condition !== null && place !== null && !place.jump.back && condition.end <= place.start;
}

/** "(see [Cleaning up](#cleaning-up))": it says how something is done, and does not lead away. */
function isMentioned(sentence: Sentence, name: string): boolean {
  return mentionIn(sentence).some((mentioned) => `#${mentioned}` === name);
}

/** The sections that boxes of drawn charts send to, as slugs. */
export const ownReferences = onceFor(({ blocks }: Section): readonly string[] =>
  collectAll(blocks, (block) => (block.kind === 'code' ? referencesOfChart(block).map(slug) : [])),
);
export const chartReferences = inSections(ownReferences);

/** "Mitigations" whose sections are each led to by links from above: nobody goes from one to the next. */
export function asidesOf(
  root: Section,
  { jumpedTo, named, together }: Led,
  drawn: ReadonlySet<string>,
  /** No heading says "Step 2": a number is no place in an order then, where words say otherwise. */
  isFree: boolean,
): ReadonlySet<string> {
  const found = new Set<string>();
  if (isFree) casesByNumber(root, found);
  if (jumpedTo.size === 0 && named.size === 0 && drawn.size === 0) return found;
  const visit = ({ heading: above, sections }: Section): void => {
    const headings = sections.map(({ heading }) => heading).filter((heading) => heading !== null);
    const isLed = (heading: Heading, from: Heading | null): boolean =>
      heading.number === null &&
      headingSlugs(heading).some((name) => (jumpedTo.get(name) ?? Infinity) < (from?.span.start ?? 0));
    const allLed = headings.length > 1 && headings.every((heading) => isLed(heading, above));
    const led = ledBehind(headings.filter((heading) => !isBackground(heading)));
    const cases = headings.filter((heading) => isLed(heading, heading) && !isBackground(heading) && !isForAll(heading));
    const lists = cases.map((heading) =>
      headingSlugs(heading)
        .map((name) => together.get(name))
        .find((list) => list),
    );
    /** It is one of two or more that a table or a list leads to, case by case. */
    const isOneCase = (heading: Heading): boolean => {
      const list = lists[cases.indexOf(heading)];
      return list !== undefined && lists.filter((other) => other === list).length > 1;
    };
    const place = (heading: Heading): number => Math.min(placeIn(named, heading), placeIn(jumpedTo, heading));
    const byName = headings.filter(
      (heading) => !isBackground(heading) && !isForAll(heading) && place(heading) < heading.span.start,
    );
    const start = byName[0]?.span.start ?? 0;
    const areCases =
      byName.length > 1 &&
      byName.every((heading) => place(heading) < start) &&
      byName.some((heading) => placeIn(named, heading) < start);
    for (const heading of headings) {
      const isLedCase = (isCase(heading) || isRemedy(heading) || isUndo(heading)) && isLed(heading, heading);
      const isLedAppendix =
        /^appendix\b/i.test(heading.prose.plain) && headingSlugs(heading).some((name) => jumpedTo.has(name));
      if (
        allLed ||
        isLedCase ||
        isLedAppendix ||
        led.has(heading) ||
        isOneCase(heading) ||
        (areCases && byName.includes(heading)) ||
        isDrawn(heading)
      )
        for (const name of headingSlugs(heading)) found.add(name);
    }
    sections.forEach(visit);
  };
  /** The last sections, when each is led to from what stands before the first of them. */
  const ledBehind = (headings: readonly Heading[]): ReadonlySet<Heading> => {
    // "Verification" in a row of a table is for all the other rows too.
    const isRow = (heading: Heading): boolean =>
      headingSlugs(heading).some((name) => together.get(name)?.kind === 'table');
    const placeOf = (heading: Heading): number =>
      isForAll(heading) && isRow(heading) ? Infinity : placeIn(jumpedTo, heading);
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
    (headingSlugs(heading).some((name) => drawn.has(name)) ||
      (heading.number !== null && drawn.has(slug(`section ${heading.number}`))));
  visit(root);
  return found;
}

/** "Exit code 1: disk full, see 2." and "## 2. Disk full": two or more items that name what they send to are cases. */
function casesByNumber({ blocks, sections }: Section, found: Set<string>): void {
  const lists = [blocks, ...sections.map((section) => section.blocks)].flatMap((own) =>
    own.filter(({ kind }) => kind === 'list' || kind === 'table'),
  );
  for (const list of lists) {
    const named = pointedAt(list);
    const targets = sections.flatMap(({ heading }) =>
      heading?.number && heading.span.start > list.span.end && named.has(heading.number) ? [heading] : [],
    );
    const alike = targets.filter((heading) => {
      const title = contentWords(bareTitle(heading));
      const shared = sharedWords(title, named.get(heading.number ?? '') ?? new Set());
      return title.size > 0 && (list.kind === 'table' ? shared > 0 : shared === title.size);
    });
    if (alike.length > 1) for (const heading of targets) for (const name of headingSlugs(heading)) found.add(name);
  }
  for (const section of sections) casesByNumber(section, found);
}

const pointsAt =
  /(?:[,:;(]|→|->)\s*(?:please\s+)?(?:see|go\s+to|continue\s+with|proceed\s+to)?\s*(?:step|section)?\s*#?(\d{1,3}[a-z]?)\W*$/i;

/** "Go to section 2" and nothing else, in a cell. */
const cellPointsAt = /^\W*(?:see|go\s+to|continue\s+with|proceed\s+to)\s+(?:the\s+)?section\s+#?(\d{1,3}[a-z]?)\W*$/i;

/** The words of items by the number that they send to. */
const pointedAt = onceFor((list: Block): ReadonlyMap<string, ReadonlySet<string>> => {
  if (list.kind === 'table')
    return new Map(
      list.rows.flatMap((row) => {
        const number = row.map(({ plain }) => cellPointsAt.exec(plain)?.[1]).find((one) => one !== undefined);
        return number === undefined ? [] : [[number, contentWords(row.map(({ plain }) => plain).join(' '))] as const];
      }),
    );
  const items = list.kind === 'list' && list.items.length > 1 ? list.items : [];
  return new Map(
    items.flatMap(({ blocks: [first] }) => {
      const number = first?.kind === 'paragraph' ? pointsAt.exec(first.prose.plain)?.[1] : undefined;
      return first?.kind === 'paragraph' && number !== undefined
        ? [[number, contentWords(first.prose.plain)] as const]
        : [];
    }),
  );
});

/** Where words lead to a section without a number for the first time. */
function placeIn(places: ReadonlyMap<string, number>, heading: Heading): number {
  return heading.number === null
    ? Math.min(...headingSlugs(heading).map((name) => places.get(name) ?? Infinity))
    : Infinity;
}
