// branch.overlap: two conditions of one step that lead to different places can hold at once, shown by a value for which both
// do. Only conditions on the same values are compared: whether two different measures rise together nobody can know.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { outputEdges, type Plan } from '../plan/index.ts';
import { examplesFor, inWords, keysOf, type Branch, type Side } from './branch-sides.ts';
import type { CheckInput } from './check.ts';
import { comparisonsIn, holds, type Sample, type SideTest } from './side-test.ts';

export function checkBranchOverlap({ branches, plan }: CheckInput): readonly Diagnostic[] {
  return branches().flatMap((branch) => {
    if (branch.sides.length > 30) return [];
    const twice = twoOtherwises(branch);
    if (twice) return [twice];
    return branch.sides.flatMap((side, index) => {
      for (const before of branch.sides.slice(0, index)) {
        const example = overlap(before, side, branch, plan);
        if (example !== null) return [report(before, side, example)];
      }
      return [];
    });
  });
}

/** "Otherwise restart it. … Otherwise, go to Step 3.": the second was meant for what the first asks for, and holds together with it. */
function twoOtherwises({ otherwises }: Branch): Diagnostic | null {
  const [first] = otherwises;
  const second = otherwises.find(
    ({ span, to, outcome }) =>
      first && span.start !== first.span.start && (to !== first.to || outcome !== first.outcome),
  );
  if (!first || !second) return null;
  const message =
    'This "otherwise" and the one before it both hold when no condition of the step does, but they lead to different places.';
  return makeDiagnostic('branch.overlap', second.span, message, {
    labels: [{ span: first.span, message: 'the other one' }],
    hint: 'Make what the first one asks for a step of its own, and put the conditions behind it there.',
  });
}

/** Words that say when both hold; null when they do not, or when nobody can know. */
function overlap(a: Side, b: Side, branch: Branch, plan: Plan): string | null {
  if (b.afterOthers || sameTargets(a, b)) return null;
  // Two things that are asked for under one condition are both meant.
  if (plain(a.words) === plain(b.words)) {
    const [one, other] = [leadsTo(a, plan), leadsTo(b, plan)];
    return one !== null && other !== null && one !== other ? 'whenever one of them does' : null;
  }
  if (!a.test || !b.test || ofOneAndOfAll(a.words, b.words) || ofOneAndOfAll(b.words, a.words)) return null;
  const [first, second] = [keysOf([a.test]), keysOf([b.test])];
  if (first.size !== second.size || [...first].some((key) => !second.has(key))) return null;
  const { test: one } = a;
  const { test: other } = b;
  const both = examplesFor([one, other], branch)?.filter((example) => holds(one, example) && holds(other, example));
  const isOpen = !countsInSteps(branch);
  if (isOpen && both?.every((value) => touches(one, other, value) || touches(other, one, value)) === true) return null;
  const example = both?.[Math.floor((both.length - 1) / 2)];
  return example ? `when ${inWords(example)}` : null;
}

/** "Below 80 for one acquirer" beside "below 80 for all of them": whoever says both means one alone by the first. */
function ofOneAndOfAll(one: string, all: string): boolean {
  return (
    /\b(?:one|a single)\b(?! or more\b)/i.test(one) &&
    !/\bat least one\b/i.test(one) &&
    /\b(?:all|every|each|both|several|multiple|many|most|more than one)\b/i.test(all)
  );
}

/** Where a side sends; null where it asks for something to be done instead. An item that only says where to go is a step of its own. */
function leadsTo(side: Side, plan: Plan): string | null {
  const [to] = side.targets;
  if (!side.asks) return `${side.targets.join(' ')} ${side.outcome ?? ''}`;
  const step = to === undefined ? undefined : plan.nodes.find(({ id }) => id === to);
  if (!step || step.actions.length > 0 || !onlyJumps.test(step.description)) return null;
  const [on, ...others] = outputEdges(plan, step.id);
  return on?.condition === null && others.length === 0 ? `${on.to} ${on.outcome ?? ''}` : null;
}

const onlyJumps = /^\W*(?:then |please )?(?:go|continue|proceed|jump|skip|move|return|head)\b[^.;:]*\.?\s*$/i;

/** "5 or more" and "between 1 and 5": whoever says "between" leaves open on which side the bound itself is. */
function touches(range: SideTest, other: SideTest, example: ReadonlyMap<string, Sample>): boolean {
  const bounds = range.kind === 'and' && range.parts.length === 2 ? comparisonsIn(range) : [];
  const isAt = ({ key, value }: { key: string; value: Sample }): boolean => example.get(key) === value;
  return (
    bounds.some(({ sign }) => sign === '>=') &&
    bounds.some(({ sign }) => sign === '<=') &&
    bounds.some(isAt) &&
    comparisonsIn(other).some(isAt)
  );
}

/** "0", "1 to 4" and "4 or more": whose case ends at one whole number where another begins at the next counts both ends in. */
function countsInSteps({ sides }: Branch): boolean {
  const all = sides.flatMap(({ test }) => (test ? comparisonsIn(test) : []));
  const ends = (signs: RegExp): readonly number[] =>
    all.flatMap(({ sign, value }) => (signs.test(sign) && Number.isInteger(value) ? [Number(value)] : []));
  const begins = new Set(ends(/^>=$|^==$/));
  return ends(/^<=$|^==$/).some((value) => begins.has(value + 1));
}

function sameTargets(a: Side, b: Side): boolean {
  return (
    a.outcome === b.outcome &&
    a.targets.length === b.targets.length &&
    a.targets.every((target) => b.targets.includes(target))
  );
}

function plain(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}<>=]+/gu, ' ')
    .trim();
}

function report(before: Side, side: Side, example: string): Diagnostic {
  const message = `This condition and the one before it both hold ${example}, but they lead to different places.`;
  return makeDiagnostic('branch.overlap', side.span, message, {
    labels: [{ span: before.span, message: 'the other condition' }],
    hint: 'Set the limits apart, or begin the second one with "Otherwise, if".',
  });
}
