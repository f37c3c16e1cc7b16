// "If the CPU is busy, go to step 4. If the disk is full, go to step 5." and below it step 2, to which nothing leads: whoever finds neither
// goes on reading. Where one condition sends elsewhere this is so in any case (link-steps.ts); of several only where the step below
// would be lost, and where the conditions leave something open.
import { areVariants, leaveNothingOpen } from '../guide/index.ts';
import { ofNone } from './antecedent.ts';
import type { Condition, Context, EdgeDraft, Step } from './draft.ts';
import type { Links } from './link-steps.ts';

/** The arrows with those added that lead on to such steps; the same list where there are none. */
export function withFallThrough(
  { steps, index }: Context,
  { edges, unread, next }: Links,
  starts: readonly Step[],
): readonly EdgeDraft[] {
  const added: EdgeDraft[] = [];
  let reached: ReadonlySet<string> | null = null;
  // The arrows of a step stand side by side.
  for (let at = 0, end = 0; at < edges.length; at = end) {
    const { from } = edges[at] as EdgeDraft;
    while (edges[end]?.from === from) end++;
    if (end - at < 2) continue;
    const order = index.orders.get(from) ?? -1;
    const [step, below] = [steps[order], steps[order + 1]];
    if (!step || !below || step.number === null || below.number === null || next(step) !== below.id) continue;
    const said = conditionsAlone(edges.slice(at, end));
    if (!said || ofOneThing(said) || areVariants(said) || leaveNothingOpen(said)) continue;
    reached ??= new Set([
      ...starts.map(({ id }) => id),
      ...edges.flatMap((one) => (one.from === one.to ? [] : [one.to])),
    ]);
    if (reached.has(below.id) || unread.some(({ node, quiet }) => node === step.id && !quiet)) continue;
    const way = { from: step.id, to: below.id, condition: null, back: false, passage: null } as const;
    added.push({ ...way, words: 'otherwise', otherwise: 'inferred' });
  }
  return added.length === 0 ? edges : [...edges, ...added];
}

/** Yes and no, "they match" and "they differ", each with its way: nothing is left over. What says that nothing helped asks of more than one thing. */
export function isAnswered(conditions: readonly (Condition | null)[]): boolean {
  const texts = conditions.flatMap((one) => (one === null ? [] : [one.text]));
  const said = (word: RegExp): boolean => texts.some((text) => word.test(text));
  if (said(/^yes\b/i) && said(/^no\b/i)) return true;
  return conditions.length === 2 && texts.length === 2 && !texts.some(ofNone) && leaveNothingOpen(texts);
}

/** What a step's ways on are taken by; null for fewer than two, and where one of them is taken in any case or otherwise. */
function conditionsAlone(ways: readonly EdgeDraft[]): readonly string[] | null {
  const said: string[] = [];
  for (const { condition, onFailure } of ways) {
    if (onFailure === true) continue;
    if (!condition || condition.kind === 'else') return null;
    said.push(condition.text);
  }
  return said.length > 1 ? said : null;
}

const amounts =
  /\b(?:more|less|fewer|greater|higher|lower|larger|smaller|above|below|over|under|exceeds?|at|least|most|than|or|equals?|equal|to|exactly|between|and)\b|\b\d[\d.,]*\w*|[<>=≥≤%]+/gi;

/** "It is above 10", "it is 10 or less": what lies between them, if anything, is the author's to say. */
function ofOneThing(conditions: readonly string[]): boolean {
  const things = conditions.map((text) => text.toLowerCase().replace(amounts, ' ').replace(/\W+/g, ' ').trim());
  return conditions.some((text) => /\d/.test(text)) && new Set(things).size < things.length;
}
