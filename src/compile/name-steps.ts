// Gives each step its node name. Names follow the guide's own numbers; steps without one are counted, and two steps of one
// number are told apart by a suffix and reported.
import { type Diagnostic, makeDiagnostic } from '../diagnostics/index.ts';
import type { Step, StepDraft } from './draft.ts';

/** The steps with unique names, in the same order. */
export function nameSteps(drafts: readonly StepDraft[]): { steps: Step[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const wanted = wantedNumbers(drafts);
  const taken = new Map<string, StepDraft>();
  const copies = new Map<string, number>();
  const reserved = new Set(wanted.filter((number) => number !== null));
  let count = 0;
  const steps = drafts.map((draft, order): Step => {
    let number = wanted[order] ?? null;
    if (number === null) {
      do count++;
      while (reserved.has(String(count)));
      number = String(count);
    } else {
      count = Math.max(count, Number.parseInt(number, 10) || 0);
    }
    const first = taken.get(`Step${number}`);
    let id = `Step${number}`;
    let copy = copies.get(id) ?? 1;
    while (taken.has(id)) id = `Step${number}_${String(++copy)}`;
    copies.set(`Step${number}`, copy);
    taken.set(id, draft);
    if (first && draft.number !== null) diagnostics.push(duplicate(draft, first, id));
    return { ...draft, id, order };
  });
  return { steps, diagnostics };
}

/**
 * One list, or headings: the author's numbers. Several lists: each is counted as one step of the guide and its items under
 * it (`Step2.1`), because every list starts again at 1.
 */
function wantedNumbers(drafts: readonly StepDraft[]): (string | null)[] {
  const groups = new Set(drafts.map(({ group }) => group));
  const oneKind = groups.size === 1;
  if (oneKind) return drafts.map(({ number }) => number);
  if (drafts.every(({ kind, number }) => kind === 'item' || number !== null) && !groups.has(0))
    return underCount(drafts);
  return drafts.every(({ kind }) => kind === 'heading') ? drafts.map(({ number }) => number) : underCount(drafts);
}

function underCount(drafts: readonly StepDraft[]): string[] {
  let top = 0;
  let inside = 0;
  return drafts.map((draft, index) => {
    const previous = drafts[index - 1];
    if (draft.group === 0) {
      inside = 0;
      return String(++top);
    }
    if (draft.group !== previous?.group) {
      inside = 0;
      if (previous?.group !== 0) top++;
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
