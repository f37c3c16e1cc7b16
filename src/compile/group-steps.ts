// "Start Steps 2 through 10 in parallel": which steps a jump means, and where each goes on when it names no next step.
import { onceFor, type Span } from '../base/index.ts';
import type { Jump, Step } from './draft.ts';
import type { StepIndex } from './resolve-target.ts';

/** The steps a jump leads to; `missing` are the places in `targets` that no step has. */
export interface Destination {
  /** Steps that the jump starts, each at once. */
  readonly heads: readonly (Step | 'end')[];
  /** All steps of the range or list, in order; they are what a group is made of. */
  readonly members: readonly Step[];
  readonly missing: readonly number[];
}

export function destination(jump: Jump, step: Step, steps: readonly Step[], index: StepIndex): Destination {
  const members: Step[] = [];
  const missing: number[] = [];
  let end = false;
  jump.targets.forEach((target, place) => {
    const add = (found: Step | undefined): void => {
      if (found) members.push(found);
      else missing.push(place);
    };
    switch (target.kind) {
      case 'number':
        add(index.byNumber(target.number, step, target.of));
        return;
      case 'name':
        add(index.byName(target.name));
        return;
      case 'range': {
        const first = index.byNumber(target.from, step);
        const last = index.byNumber(target.to, step);
        if (!first || !last || last.order < first.order) missing.push(place);
        else members.push(...between(first, last, steps));
        return;
      }
      case 'behind': {
        const last = target.number === null ? skipped(step, target.count, steps) : index.byNumber(target.number, step);
        const first = target.first === null ? last : index.byNumber(target.first, step);
        const isNext = last && last.order >= step.order && first && !hasBetween(step, first, steps);
        const found = isNext ? siblingBehind(last, steps) : undefined;
        if (found === 'end') end = true;
        else add(found);
        return;
      }
      case 'first':
        add(steps[0]);
        return;
      case 'self':
        add(repeated(step, target.span, steps));
        return;
      case 'next':
      case 'end':
        if (target.kind === 'end') end = true;
        return;
    }
  });
  if (end) return { heads: ['end'], members, missing };
  const unique = [...new Set(members)].sort((a, b) => a.order - b.order);
  if (jump.order === 'parallel') return { heads: unique.filter((member) => member !== step), members: unique, missing };
  return { heads: members.slice(0, 1), members: unique, missing };
}

/** "This step". Said by the very words that a step of an option consists of, it is the one that the option belongs to. */
function repeated(step: Step, { start, end }: Span, steps: readonly Step[]): Step {
  const { titleSpan, inOption, order } = step;
  const isAll = inOption && titleSpan.start <= start && end <= titleSpan.end;
  return (isAll ? steps.slice(0, order).findLast((one) => !one.inOption) : undefined) ?? step;
}

/** The last of so many steps behind one. */
function skipped(step: Step, count: number, steps: readonly Step[]): Step | undefined {
  let last: Step | 'end' = step;
  for (let passed = 0; passed < count && last !== 'end'; passed++) last = siblingBehind(last, steps);
  return last === 'end' ? undefined : last;
}

/** Why `target`, which the guide says as `words`, is no place of it. */
export function whyNowhere({ kind }: Jump['targets'][number], words: string): string {
  return kind === 'behind' ? `\`${words}\` leaves out no step that comes next` : `\`${words}\` leads to no step`;
}

/** True when steps of the level of `later` lie between the two, which whoever leaves out only that one still does. */
function hasBetween(step: Step, later: Step, steps: readonly Step[]): boolean {
  return steps
    .slice(step.order + 1, later.order)
    .some((one) => !one.inOption && one.kind === later.kind && one.number !== null && depthOf(one) === depthOf(later));
}

/** The next step that is no part of this one. */
function siblingBehind(step: Step, steps: readonly Step[]): Step | 'end' {
  const found = steps
    .slice(step.order + 1)
    .find((one) => !isUnder(one, step) && (step.kind === 'part' || one.kind !== 'part'));
  return found ?? 'end';
}

/** The steps of a range that stand on the level of its first; `3.1` belongs to `3` and is not started by itself. */
function between(first: Step, last: Step, steps: readonly Step[]): Step[] {
  const deepest = depthOf(first);
  return steps
    .slice(first.order, last.order + 1)
    .filter((step) => step === first || (!step.inOption && step.kind !== 'part' && depthOf(step) <= deepest));
}

/** How many numbers a step's own consists of: 2 for `3.1`. */
const depthOf = onceFor(({ number }: Step): number => (number ?? '').split('.').length);

/** For each step where it goes when it names no next: what follows it in the text, or the join behind its parallel group. */
export function followers(
  steps: readonly Step[],
  groups: readonly (readonly Step[])[],
  after: (step: Step) => Step | 'end',
): (step: Step) => Step | 'end' {
  const joins = new Map<Step, Step | 'end'>();
  for (const members of groups) {
    const last = members.at(-1);
    if (!last) continue;
    const join = steps.slice(last.order + 1).find((step) => !isUnder(step, last)) ?? 'end';
    members.forEach((member, place) => {
      const next = members[place + 1];
      const limit = next ? next.order - 1 : join === 'end' ? steps.length - 1 : join.order - 1;
      let end = member.order;
      while (end < limit && isUnder(steps[end + 1], member)) end++;
      for (const step of steps.slice(member.order, end + 1)) {
        const onward = after(step);
        if (onward === 'end' || onward.order > end) joins.set(step, join);
      }
    });
  }
  return (step) => joins.get(step) ?? after(step);
}

function isUnder(step: Step | undefined, parent: Step): boolean {
  if (step === undefined) return false;
  if (step.inOption) return true;
  return step.group === parent.group && parent.number !== null && (step.number ?? '').startsWith(`${parent.number}.`);
}
