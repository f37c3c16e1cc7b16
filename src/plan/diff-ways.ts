// Compares the arrows of two plans, step by step. An arrow is the same when its condition is or when it leads to the same
// step; what else differs on it is told apart.
import { oneLine } from './mermaid-text.ts';
import type { Guard, NodeId, Plan } from './plan.ts';
import { isRepeat, type PlanChange, type StepPair, type Way } from './plan-diff.ts';
import { likeness, tellingWords } from './word-likeness.ts';

/** Conditions as alike as this are one condition, reworded. */
const leastLikeness = 0.6;

type WayChange = Extract<PlanChange, { readonly step: StepPair }>;

/** Changes of edges and loops, each with the step that the arrow leaves. */
export function diffWays(old: Plan, next: Plan, toNew: ReadonlyMap<NodeId, NodeId>): readonly WayChange[] {
  const toOld = new Map([...toNew].map(([a, b]) => [b, a]));
  const changes: WayChange[] = [];
  for (const list of ['edges', 'repeats'] as const) {
    const before = groupByStart(old[list]);
    const after = groupByStart(next[list]);
    for (const [from, ways] of before) {
      const partner = toNew.get(from) ?? null;
      const others = partner === null ? [] : (after.get(partner) ?? []);
      changes.push(...diffLeaving({ old: from, new: partner }, ways, others, toNew));
    }
    for (const [from, ways] of after) {
      const partner = toOld.get(from) ?? null;
      if (partner !== null && before.has(partner)) continue;
      changes.push(
        ...ways.map((way): WayChange => ({ kind: 'edge-added', step: { old: partner, new: from }, new: way })),
      );
    }
  }
  return changes;
}

function groupByStart(ways: readonly Way[]): ReadonlyMap<NodeId, readonly Way[]> {
  const groups = new Map<NodeId, Way[]>();
  for (const way of ways) {
    const group = groups.get(way.from);
    if (group) group.push(way);
    else groups.set(way.from, [way]);
  }
  return groups;
}

function* diffLeaving(
  step: StepPair,
  old: readonly Way[],
  next: readonly Way[],
  toNew: ReadonlyMap<NodeId, NodeId>,
): Generator<WayChange> {
  const partners = new Map<Way, Way>();
  const taken = new Set<Way>();
  const join = (same: (a: Way, b: Way) => boolean): void => {
    for (const a of old) {
      if (partners.has(a)) continue;
      const b = next.find((way) => !taken.has(way) && same(a, way));
      if (!b) continue;
      partners.set(a, b);
      taken.add(b);
    }
  };
  const sameTarget = (a: Way, b: Way): boolean => toNew.get(a.to) === b.to;
  const sameWords = (a: Way, b: Way): boolean => wordsOf(a) === wordsOf(b);
  join((a, b) => sameTarget(a, b) && sameWords(a, b) && outcomeOf(a) === outcomeOf(b));
  join((a, b) => sameTarget(a, b) && sameWords(a, b));
  join((a, b) => sameWords(a, b) && a.condition !== null);
  join((a, b) => sameTarget(a, b));
  join((a, b) => a.condition === null && b.condition === null);
  join((a, b) => likeness(tellingWords(a.condition ?? ''), tellingWords(b.condition ?? '')) >= leastLikeness);

  for (const a of old) {
    const b = partners.get(a);
    if (!b) yield { kind: 'edge-removed', step, old: a };
    else yield* diffWay(step, a, b, sameTarget(a, b), sameWords(a, b));
  }
  for (const b of next) if (!taken.has(b)) yield { kind: 'edge-added', step, new: b };
}

function* diffWay(step: StepPair, a: Way, b: Way, sameTarget: boolean, sameWords: boolean): Generator<WayChange> {
  if (!sameTarget) yield { kind: 'edge-retargeted', step, old: a, new: b };
  if (!sameWords) yield { kind: 'condition-changed', step, old: a, new: b };
  if (guardText(a.guard) !== guardText(b.guard)) yield { kind: 'guard-changed', step, old: a, new: b };
  if (isRepeat(a) && isRepeat(b)) {
    if (a.max !== b.max || (a.waitMs ?? 0) !== (b.waitMs ?? 0)) yield { kind: 'limit-changed', step, old: a, new: b };
  } else if (!isRepeat(a) && !isRepeat(b) && a.outcome !== b.outcome) {
    yield { kind: 'outcome-changed', step, old: a, new: b };
  }
  if ((a.onFailure ?? false) !== (b.onFailure ?? false)) yield { kind: 'failure-changed', step, old: a, new: b };
}

function wordsOf(way: Way): string | null {
  return way.condition === null ? null : oneLine(way.condition);
}

function outcomeOf(way: Way): string {
  return isRepeat(way) ? '' : (way.outcome ?? '');
}

function guardText(guard: Guard | undefined): string {
  if (!guard) return '';
  return `${guard.origin} ${guard.kind === 'else' ? 'else' : guard.cel}`;
}
