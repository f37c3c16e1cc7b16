// Finds for each step of an old plan the same step in a new one, whatever its number: first by equal words and actions, then
// by likeness of both, then by place between steps that are already known.
import type { NodeId, Plan, PlanNode } from './plan.ts';
import { likeness, tellingWords } from './word-likeness.ts';

/** New names by old names, `start` and `end` among them. Steps without a partner are missing. */
export function matchSteps(old: Plan, next: Plan): ReadonlyMap<NodeId, NodeId> {
  const matching = new Matching(sketch(old), sketch(next));
  matching.byKey(({ title, code }) => `${title}\n${code}`);
  matching.byKey(({ title }) => title);
  matching.byKey(({ code }) => code);
  matching.byLikeness();
  matching.byPlace();
  const pairs = new Map(matching.pairs().map(([a, b]) => [a.node.id, b.node.id]));
  for (const kind of ['start', 'end'] as const) {
    const a = old.nodes.find((node) => node.kind === kind);
    const b = next.nodes.find((node) => node.kind === kind);
    if (a && b) pairs.set(a.id, b.id);
  }
  return pairs;
}

/** A step as matching sees it. */
interface Sketch {
  readonly node: PlanNode;
  readonly index: number;
  readonly title: string;
  readonly words: readonly string[];
  readonly description: readonly string[];
  readonly code: string;
  readonly lines: readonly string[];
}

function sketch(plan: Plan): readonly Sketch[] {
  return plan.nodes
    .filter(({ kind }) => kind === 'step')
    .map((node, index) => {
      const words = tellingWords(node.title);
      const code = node.actions.map((action) => action.code.trim()).join('\n');
      const lines = code.split('\n').map((line) => line.trim());
      return {
        node,
        index,
        title: words.join(' '),
        words,
        description: tellingWords(node.description.slice(0, 2000)),
        code,
        lines: lines.filter((line) => line !== ''),
      };
    });
}

/** Pairs less alike than this are two steps. */
const leastLikeness = 0.4;
/** Enough for a step that stands where the other stood. */
const leastInPlace = 0.25;
/** Up to so many pairs all are compared; beyond, only steps that share a rare word or line. */
const mostPairs = 200_000;
const rareUses = 24;

class Matching {
  readonly #old: readonly Sketch[];
  readonly #next: readonly Sketch[];
  readonly #toNext = new Map<Sketch, Sketch>();
  readonly #toOld = new Map<Sketch, Sketch>();

  constructor(old: readonly Sketch[], next: readonly Sketch[]) {
    this.#old = old;
    this.#next = next;
  }

  pairs(): readonly (readonly [Sketch, Sketch])[] {
    return this.#old.flatMap((a) => {
      const b = this.#toNext.get(a);
      return b ? [[a, b] as const] : [];
    });
  }

  /** Equal keys are the same step; of several with one key, first those of one name, then in order. */
  byKey(keyOf: (step: Sketch) => string): void {
    const groups = new Map<string, { old: Sketch[]; next: Sketch[] }>();
    const groupOf = (step: Sketch): { old: Sketch[]; next: Sketch[] } => {
      const key = keyOf(step);
      const group = groups.get(key) ?? { old: [], next: [] };
      groups.set(key, group);
      return group;
    };
    for (const step of this.#freeOld()) groupOf(step).old.push(step);
    for (const step of this.#freeNext()) groupOf(step).next.push(step);
    for (const [key, group] of groups) {
      if (key.trim() === '' || group.old.length === 0 || group.next.length === 0) continue;
      // More of them than before, and nothing tells which is new: likeness and place decide.
      if (group.old.length !== group.next.length && group.old.length > 1 && group.next.length > 1) {
        const byName = new Map(group.next.map((step) => [step.node.id, step]));
        for (const a of group.old) {
          const b = byName.get(a.node.id);
          if (b) this.#join(a, b);
        }
        continue;
      }
      group.old.forEach((a, index) => {
        const b = group.next[index];
        if (b) this.#join(a, b);
      });
    }
  }

  byLikeness(): void {
    const candidates: { a: Sketch; b: Sketch; score: number }[] = [];
    for (const [a, b] of this.#candidates()) {
      const score = alike(a, b);
      if (score < leastLikeness) continue;
      candidates.push({ a, b, score: score + (a.node.id === b.node.id ? 0.02 : 0) });
    }
    const distance = ({ a, b }: { a: Sketch; b: Sketch }): number => Math.abs(a.index - b.index);
    candidates.sort((x, y) => y.score - x.score || distance(x) - distance(y) || x.a.index - y.a.index);
    for (const { a, b } of candidates) if (!this.#toNext.has(a) && !this.#toOld.has(b)) this.#join(a, b);
  }

  /** As many new steps as old ones between the same two neighbours, and nothing speaks against it: the same, reworded. */
  byPlace(): void {
    let oldRun: Sketch[] = [];
    let from = -1;
    for (const a of [...this.#old, null]) {
      const b = a && this.#toNext.get(a);
      if (a && !b) {
        oldRun.push(a);
        continue;
      }
      const to = b ? b.index : this.#next.length;
      const nextRun = this.#next.slice(from + 1, Math.max(from + 1, to));
      if (oldRun.length === nextRun.length && nextRun.every((step) => !this.#toOld.has(step))) {
        oldRun.forEach((one, index) => {
          const other = nextRun[index];
          if (other && !contrary(one, other)) this.#join(one, other);
        });
      }
      oldRun = [];
      from = to;
    }
  }

  *#candidates(): Generator<readonly [Sketch, Sketch]> {
    const old = this.#freeOld();
    const next = this.#freeNext();
    if (old.length * next.length <= mostPairs) {
      for (const a of old) for (const b of next) yield [a, b];
      return;
    }
    const uses = new Map<string, Sketch[]>();
    for (const step of next) {
      for (const sign of new Set([...step.words, ...step.lines])) {
        const known = uses.get(sign);
        if (known) known.push(step);
        else uses.set(sign, [step]);
      }
    }
    for (const a of old) {
      const near = new Set<Sketch>();
      for (const sign of [...a.words, ...a.lines]) {
        const found = uses.get(sign) ?? [];
        if (found.length <= rareUses) for (const b of found) near.add(b);
      }
      for (const b of near) yield [a, b];
    }
  }

  #freeOld(): readonly Sketch[] {
    return this.#old.filter((step) => !this.#toNext.has(step));
  }

  #freeNext(): readonly Sketch[] {
    return this.#next.filter((step) => !this.#toOld.has(step));
  }

  #join(a: Sketch, b: Sketch): void {
    this.#toNext.set(a, b);
    this.#toOld.set(b, a);
  }
}

/** Titles and actions weigh the same where both steps have actions. */
function alike(a: Sketch, b: Sketch): number {
  const title = likeness(a.words, b.words);
  const description = likeness(a.description, b.description);
  if (a.lines.length > 0 && b.lines.length > 0)
    return 0.45 * title + 0.45 * likeness(a.lines, b.lines) + 0.1 * description;
  if (a.lines.length > 0 || b.lines.length > 0) return 0.6 * title + 0.2 * description;
  return 0.75 * title + 0.25 * description;
}

/** Steps with actions that have next to nothing in common are two steps, even in one place. */
function contrary(a: Sketch, b: Sketch): boolean {
  return (a.lines.length > 0 || b.lines.length > 0) && alike(a, b) < leastInPlace;
}
