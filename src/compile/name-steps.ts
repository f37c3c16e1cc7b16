// Gives each step its node name. Names follow the guide's own numbers; steps without one are counted, and two steps of one
// number are told apart by a suffix and reported.
import { makeAgain, Memory, sameItems, type Made } from '../base/index.ts';
import { doubledStep, type Diagnostic } from '../diagnostics/index.ts';
import type { Step, StepDraft } from './draft.ts';
import type { Found } from './find-steps.ts';
import { sectionNumber } from './section-numbers.ts';

interface Named {
  readonly steps: readonly Step[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Naming extends Made<StepDraft, Step> {
  readonly diagnostics: readonly Diagnostic[];
  /** The number of the section that each draft stands in. */
  readonly sections: readonly (string | null)[];
  /** The sections' numbers begin again below several headings, which are counted. */
  readonly anew: boolean;
}

/** What the last reading of each document was given. */
const lastNaming = new Memory<object, Naming>();

/** The steps with unique names, in the same order; the names of the document's last reading while nothing differs that they depend on. */
export function nameSteps({ steps: drafts, numbering }: Pick<Found, 'steps' | 'numbering'>, document: object): Named {
  const last = lastNaming.get(document);
  const sections = drafts.map(({ span }) => sectionNumber(numbering, span.start));
  const anew = numbering[0]?.anew === true;
  const isAlike = last?.anew === anew && isNamedAlike(last.items, drafts) && sameItems(last.sections, sections);
  const named = isAlike ? nameAgain(last, drafts) : nameAll(drafts, sections, anew);
  lastNaming.set(document, named);
  return { steps: named.results, diagnostics: named.diagnostics };
}

function isNamedAlike(before: readonly StepDraft[], drafts: readonly StepDraft[]): boolean {
  if (before.length !== drafts.length) return false;
  for (let at = 0; at < drafts.length; at++) {
    const was = before[at];
    const is = drafts[at];
    if (was === is) continue;
    const isAlike =
      was?.number === is?.number &&
      was?.kind === is?.kind &&
      was?.group === is?.group &&
      was?.titleSpan === is?.titleSpan &&
      was?.inOption === is?.inOption &&
      was?.keepsNumber === is?.keepsNumber;
    if (!isAlike) return false;
  }
  return true;
}

function nameAgain(last: Naming, drafts: readonly StepDraft[]): Naming {
  const made = makeAgain(last, drafts, (draft, order) => asStep(draft, last.results[order]?.id ?? '', order));
  return { ...last, ...made };
}

function nameAll(drafts: readonly StepDraft[], sections: Naming['sections'], anew: boolean): Naming {
  const diagnostics: Diagnostic[] = [];
  const isInside = insideOf(drafts, sections);
  const wanted = wantedNumbers(drafts, sections, isInside);
  const taken = new Map<string, StepDraft>();
  const copies = new Map<string, number>();
  const reserved = new Set(wanted.filter((number) => number !== null));
  if (anew) for (const section of sections) if (section !== null) reserved.add(section.replace(/\..*$/, ''));
  let count = 0;
  let base = '0';
  let letter = 0;
  const steps = drafts.map((draft, order): Step => {
    const section = sections[order] ?? null;
    if (section !== null && section !== sections[order - 1] && section !== base) {
      base = section;
      letter = 0;
    }
    let number = wanted[order] ?? null;
    // What stands between "## 3." and "## 4." is no fourth step.
    const isBetween = number === null && reserved.has(String(count + 1));
    if (isInside[order] === true || isBetween) {
      number = partOf(base, letter++);
      while (taken.has(`Step${number}`) || reserved.has(number)) number = partOf(base, letter++);
    } else {
      if (number === null) number = String(++count);
      else count = Math.max(count, Number.parseInt(number, 10) || 0);
      base = number;
      letter = 0;
    }
    const first = taken.get(`Step${number}`);
    let id = `Step${number}`;
    let copy = copies.get(id) ?? 1;
    while (taken.has(id)) id = `Step${number}_${String(++copy)}`;
    copies.set(`Step${number}`, copy);
    taken.set(id, draft);
    if (first && draft.number !== null) diagnostics.push(duplicate(draft, first, id));
    return asStep(draft, id, order);
  });
  return { items: drafts, results: steps, diagnostics, sections, anew };
}

const named = new Memory<StepDraft, Step>();

/** A draft with its name and place: the same step as before while these are the same. */
function asStep(draft: StepDraft, id: string, order: number): Step {
  const before = named.get(draft);
  if (before?.id === id && before.order === order) return before;
  const step = { ...draft, id, order };
  named.set(draft, step);
  return step;
}

/**
 * Options, and parts of a numbered step that stand behind its options, are named after the step: `Step3a`. So is what has no
 * number in a numbered section, behind its first step.
 */
function insideOf(drafts: readonly StepDraft[], sections: Naming['sections']): readonly boolean[] {
  const numbers = new Set(
    drafts.flatMap(({ kind, number }) => (kind === 'heading' && number !== null ? [number] : [])),
  );
  const lettered = letteredGroups(drafts);
  const within = withinLists(drafts);
  const divided = new Set(sections.flatMap((section) => section?.match(/^.+(?=\.)/)?.[0] ?? []));
  return drafts.map(({ kind, number, group, inOption, keepsNumber }, order) => {
    if (keepsNumber && !lettered.has(group)) return false;
    const section = sections[order] ?? null;
    if (kind === 'heading' && number !== null && isNumberOf(section, number)) return false;
    // "### 2.1" is what 2.1 means, and no item above it.
    if (kind === 'item' && group !== 0 && divided.has(section ?? '')) return true;
    if (number === null && section !== null) return section === sections[order - 1] || numbers.has(section);
    return inOption || within.has(order) || (kind === 'part' && numbers.size > 0);
  });
}

/** The places of what has no number behind an item of a list that goes on below it: it belongs to that item. */
function withinLists(drafts: readonly StepDraft[]): ReadonlySet<number> {
  const lasts = new Map(
    drafts.flatMap(({ kind, group }, order) => (kind === 'item' && group !== 0 ? [[group, order]] : [])),
  );
  const within = new Set<number>();
  let end = -1;
  drafts.forEach(({ kind, group, number }, order) => {
    if (kind === 'item' && group !== 0) end = Math.max(end, lasts.get(group) ?? -1);
    else if (number === null && order < end) within.add(order);
  });
  return within;
}

/** "3" in the section 3, and in the section 1.3 where the numbers begin again below several headings. */
function isNumberOf(section: string | null, number: string): section is string {
  return section !== null && (section === number || section.endsWith(`.${number}`));
}

/** Lists that stand in an option as a whole, so that their items have letters: one with a condition of its own has one, too. */
function letteredGroups(drafts: readonly StepDraft[]): ReadonlySet<number> {
  const items = drafts.filter(({ kind, number, group }) => group !== 0 && kind !== 'heading' && number !== null);
  const lettered = new Set<number>();
  const seen = new Set<number>();
  const outside = new Set(items.flatMap(({ inOption, group }) => (inOption ? [] : [group])));
  items.forEach(({ kind, group, inOption, keepsNumber, number }, at) => {
    if (kind === 'item' && inOption && !keepsNumber) lettered.add(group);
    const above = items[at - 1];
    // "2. If it was deleted:" and a list, of which the first item may stand for the 2.
    const isBelow = above?.group !== group && above?.inOption === true && above.keepsNumber === true;
    if (!seen.has(group) && !outside.has(group) && (number !== '1' || isBelow)) lettered.add(group);
    seen.add(group);
  });
  return lettered;
}

/** What the part at that place of a step is called: `3a`, and `3b1` below the item b of 3. */
function partOf(base: string, index: number): string {
  return `${base}${/[a-z]$/.test(base) ? String(index + 1) : letters(index)}`;
}

function letters(index: number): string {
  return (index < 26 ? '' : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(97 + (index % 26));
}

/**
 * One list, or headings: the author's numbers. Several lists: each is counted as one step of the guide and its items under
 * it (`Step2.1`), because every list starts again at 1.
 */
function wantedNumbers(
  all: readonly StepDraft[],
  sections: Naming['sections'],
  isInside: readonly boolean[],
): (string | null)[] {
  const isOutside = (_: unknown, order: number): boolean => isInside[order] !== true;
  const drafts = all.filter(isOutside);
  const isInSections = sections.some((section) => section !== null);
  const wanted = isInSections ? inSections(drafts, sections.filter(isOutside)) : numbersOf(drafts);
  let at = 0;
  return all.map((_, order) => (isInside[order] === true ? null : (wanted[at++] ?? null)));
}

/** The sections' numbers, and below them those of the items: `Step2.1` is the first of "## 2. Find the cause". */
function inSections(drafts: readonly StepDraft[], sections: Naming['sections']): (string | null)[] {
  const reserved = new Set([...sections, ...drafts.map(({ group, number }) => (group === 0 ? number : null))]);
  /** How many items have been counted below each number. */
  const counts = new Map<string, number>();
  let top = 0;
  let base = '0';
  let offset = 0;
  return drafts.map(({ kind, group, number }, order) => {
    const section = sections[order] ?? null;
    const isHeadings = number !== null && (group === 0 || kind === 'heading') && isNumberOf(section, number);
    const own = isHeadings ? section : group === 0 ? number : null;
    top = Math.max(top, Number.parseInt(own ?? section ?? '', 10) || 0);
    if (own !== null || number === null) return own ?? section;
    if (group !== drafts[order - 1]?.group) {
      // A list above "## 1." has no number that it could be counted as.
      base = section ?? String(reserved.has(String(top + 1)) ? top : ++top);
      offset = counts.get(base) ?? 0;
    }
    const [first = '', ...deeper] = number.split('.');
    // "2b" is the second of the lettered ones below 2.
    const letter = /[a-z]$/.exec(first)?.[0] ?? '';
    const place = offset + (Number.parseInt(first, 10) || 0);
    counts.set(base, Math.max(counts.get(base) ?? 0, place));
    return [base, `${String(place)}${letter}`, ...deeper].join('.');
  });
}

function numbersOf(drafts: readonly StepDraft[]): (string | null)[] {
  const groups = new Set(drafts.map(({ group }) => group));
  const oneKind = groups.size === 1;
  if (oneKind) return drafts.map(({ number }) => number);
  if (drafts.every(({ kind, number }) => kind === 'item' || number !== null) && !groups.has(0))
    return underCount(drafts);
  const restarts =
    new Set(drafts.flatMap(({ group, number }) => (group !== 0 && number === '1' ? [group] : []))).size > 1;
  return drafts.every(({ kind }) => kind === 'heading') && !restarts
    ? drafts.map(({ number }) => number)
    : underCount(drafts);
}

function underCount(drafts: readonly StepDraft[]): string[] {
  let top = 0;
  let inside = 0;
  return drafts.map((draft, index) => {
    const before = drafts[index - 1];
    if (draft.group === 0) {
      inside = 0;
      const own = draft.kind === 'heading' && draft.number !== null ? draft.number : null;
      if (own !== null && !/^\d+$/.test(own)) return own;
      top = Math.max(top + 1, Number(own ?? 0));
      return String(top);
    }
    if (draft.group !== before?.group) {
      inside = 0;
      if (before?.group !== 0) top++;
    }
    inside++;
    return `${String(top)}.${draft.number ?? String(inside)}`;
  });
}

function duplicate(step: StepDraft, first: StepDraft, id: string): Diagnostic {
  const number = step.number ?? '';
  const message = `Step \`${number}\` is written twice; the second is called \`${id}\`, and jumps to \`${number}\` lead to the first.`;
  const label = { span: first.titleSpan, message: 'the first step of this number' };
  return doubledStep(step.titleSpan, message, label, 'Give one of them another number.');
}
