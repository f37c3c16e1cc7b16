// Compares the actions of one step in two plans: the same code is the same action, then the same result's name, then the
// likest code.
import { inOrder } from './longest-rising.ts';
import type { Action } from './plan.ts';
import type { ActionField, PlanChange, StepPair } from './plan-diff.ts';
import { likeness } from './word-likeness.ts';

const fields: readonly Exclude<ActionField, 'place'>[] = [
  'language',
  'tool',
  'dialect',
  'resultName',
  'code',
  'effect',
  'timeoutMs',
  'retries',
];

export function* diffActions(step: StepPair, old: readonly Action[], next: readonly Action[]): Generator<PlanChange> {
  const partners = pairActions(old, next);
  for (const [index, action] of old.entries())
    if (!partners.has(index)) yield { kind: 'action-removed', step, old: action };
  const pairs = [...partners].sort(([a], [b]) => a - b);
  const stay = inOrder(pairs.map(([, place]) => place));
  for (const [at, [from, to]] of pairs.entries()) {
    const [a, b] = [old[from], next[to]];
    if (!a || !b) continue;
    for (const field of fields)
      if (a[field] !== b[field] && (a[field] ?? '') !== (b[field] ?? ''))
        yield { kind: 'action-changed', step, field, old: a, new: b };
    if (!stay.has(at)) yield { kind: 'action-changed', step, field: 'place', old: a, new: b };
  }
  const taken = new Set(partners.values());
  for (const [index, action] of next.entries())
    if (!taken.has(index)) yield { kind: 'action-added', step, new: action };
}

/** Index of the partner among the new actions by index of the old one. */
function pairActions(old: readonly Action[], next: readonly Action[]): ReadonlyMap<number, number> {
  const partners = new Map<number, number>();
  const taken = new Set<number>();
  const join = (same: (a: Action, b: Action) => boolean): void => {
    old.forEach((a, from) => {
      if (partners.has(from)) return;
      const to = next.findIndex((b, index) => !taken.has(index) && same(a, b));
      if (to === -1) return;
      partners.set(from, to);
      taken.add(to);
    });
  };
  join((a, b) => a.code === b.code && a.language === b.language);
  join((a, b) => a.code.trim() === b.code.trim());
  join((a, b) => a.resultName !== undefined && a.resultName === b.resultName);
  join((a, b) => a.language === b.language && likeness(linesOf(a), linesOf(b)) >= 0.3);
  // One query rewritten from the ground up is still the step's query when nothing else could be it.
  const free = next.flatMap((action, index) => (taken.has(index) ? [] : [{ action, index }]));
  const left = old.flatMap((action, index) => (partners.has(index) ? [] : [{ action, index }]));
  const [a, b] = [left[0], free[0]];
  if (left.length === 1 && free.length === 1 && a && b && a.action.language === b.action.language)
    partners.set(a.index, b.index);
  return partners;
}

function linesOf(action: Action): readonly string[] {
  return action.code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
