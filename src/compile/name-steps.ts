// Gives each step its node name. Names follow the guide's own numbers; steps without one are counted, and two steps of one
// number are told apart by a suffix and reported.
import { makeAgain, Memory, type Made } from '../base/index.ts';
import { type Diagnostic, makeDiagnostic } from '../diagnostics/index.ts';
import type { Step, StepDraft } from './draft.ts';

interface Named {
  readonly steps: readonly Step[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Naming extends Made<StepDraft, Step> {
  readonly diagnostics: readonly Diagnostic[];
}

/** What the last reading of each document was given. */
const lastNaming = new Memory<object, Naming>();

/** The steps with unique names, in the same order; the names of the document's last reading while nothing differs that they depend on. */
export function nameSteps(drafts: readonly StepDraft[], document: object): Named {
  const last = lastNaming.get(document);
  const named = last && isNamedAlike(last.items, drafts) ? nameAgain(last, drafts) : nameAll(drafts);
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
  return { ...made, diagnostics: last.diagnostics };
}

function nameAll(drafts: readonly StepDraft[]): Naming {
  const diagnostics: Diagnostic[] = [];
  const numbered = drafts.some(({ kind, number }) => kind === 'heading' && number !== null);
  const lettered = letteredGroups(drafts);
  const inside = (draft: StepDraft): boolean => isInside(draft, numbered, lettered);
  const wanted = wantedNumbers(drafts, inside);
  const taken = new Map<string, StepDraft>();
  const copies = new Map<string, number>();
  const reserved = new Set(wanted.filter((number) => number !== null));
  let count = 0;
  let base = '0';
  let letter = 0;
  const steps = drafts.map((draft, order): Step => {
    let number = wanted[order] ?? null;
    if (inside(draft)) {
      number = `${base}${letters(letter++)}`;
      while (taken.has(`Step${number}`) || reserved.has(number)) number = `${base}${letters(letter++)}`;
    } else if (number === null) {
      do count++;
      while (reserved.has(String(count)));
      number = String(count);
    } else {
      count = Math.max(count, Number.parseInt(number, 10) || 0);
    }
    if (!inside(draft)) {
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
  return { items: drafts, results: steps, diagnostics };
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

/** Options, and parts of a numbered step that stand behind its options, are named after the step: `Step3a`. */
function isInside(draft: StepDraft, numbered: boolean, lettered: ReadonlySet<number>): boolean {
  if (draft.keepsNumber && !lettered.has(draft.group)) return false;
  return draft.inOption || (numbered && draft.kind === 'part');
}

/** Lists that stand in an option as a whole, so that their items have letters: one with a condition of its own has one, too. */
function letteredGroups(drafts: readonly StepDraft[]): ReadonlySet<number> {
  const inOptions = drafts.filter(
    ({ kind, inOption, keepsNumber, number, group }) =>
      group !== 0 && kind === 'item' && inOption && !keepsNumber && number !== null,
  );
  return new Set(inOptions.map(({ group }) => group));
}

function letters(index: number): string {
  return (index < 26 ? '' : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(97 + (index % 26));
}

/**
 * One list, or headings: the author's numbers. Several lists: each is counted as one step of the guide and its items under
 * it (`Step2.1`), because every list starts again at 1.
 */
function wantedNumbers(all: readonly StepDraft[], inside: (draft: StepDraft) => boolean): (string | null)[] {
  const drafts = all.filter((draft) => !inside(draft));
  const wanted = numbersOf(drafts);
  let at = 0;
  return all.map((draft) => (inside(draft) ? null : (wanted[at++] ?? null)));
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
  return makeDiagnostic('step.duplicate', step.titleSpan, message, {
    labels: [{ span: first.titleSpan, message: 'the first step of this number' }],
    hint: 'Give one of them another number.',
  });
}
