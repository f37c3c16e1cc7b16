// "If the CPU is busy, go to step 4. If the disk is full, go to step 5." and below it step 2, to which nothing leads: whoever finds neither
// goes on reading. Where one condition sends elsewhere this is so in any case (link-steps.ts); of several only where the step below
// would be lost, and where the conditions leave something open.
import { areVariants, leaveNothingOpen } from '../guide/index.ts';
import type { EdgeDraft, Step } from './draft.ts';
import type { Links } from './link-steps.ts';

/** The arrows with those added that lead on to such steps; the same list where there are none. */
export function withFallThrough(
  steps: readonly Step[],
  { edges, unread, next }: Links,
  starts: readonly Step[],
): readonly EdgeDraft[] {
  const reached = new Set<string>(starts.map(({ id }) => id));
  for (const { from, to } of edges) if (from !== to) reached.add(to);
  const added: EdgeDraft[] = [];
  let byStep: ReadonlyMap<string, readonly EdgeDraft[]> | null = null;
  for (const [at, step] of steps.entries()) {
    const below = steps[at + 1];
    if (!below || reached.has(below.id) || step.number === null || below.number === null) continue;
    if (next(step) !== below.id) continue;
    byStep ??= grouped(edges);
    const ways = byStep.get(step.id) ?? [];
    const said = ways.flatMap(({ condition }) => (condition && condition.kind !== 'else' ? [condition.text] : []));
    if (said.length < 2 || said.length < ways.length || ofOneThing(said)) continue;
    if (areVariants(said) || leaveNothingOpen(said) || unread.some(({ node, quiet }) => node === step.id && !quiet))
      continue;
    const way = { from: step.id, to: below.id, condition: null, back: false, passage: null } as const;
    added.push({ ...way, words: 'otherwise', otherwise: 'inferred' });
  }
  return added.length === 0 ? edges : [...edges, ...added];
}

const amounts =
  /\b(?:more|less|fewer|greater|higher|lower|larger|smaller|above|below|over|under|exceeds?|at|least|most|than|or|equals?|equal|to|exactly|between|and)\b|\b\d[\d.,]*\w*|[<>=≥≤%]+/gi;

/** "It is above 10", "it is 10 or less": what lies between them, if anything, is the author's to say. */
function ofOneThing(conditions: readonly string[]): boolean {
  const things = conditions.map((text) => text.toLowerCase().replace(amounts, ' ').replace(/\W+/g, ' ').trim());
  return conditions.some((text) => /\d/.test(text)) && new Set(things).size < things.length;
}

/** What is taken when a step succeeds, by the step. */
function grouped(edges: readonly EdgeDraft[]): ReadonlyMap<string, readonly EdgeDraft[]> {
  const ways = new Map<string, EdgeDraft[]>();
  for (const edge of edges) {
    if (edge.onFailure === true) continue;
    const known = ways.get(edge.from);
    if (known) known.push(edge);
    else ways.set(edge.from, [edge]);
  }
  return ways;
}
