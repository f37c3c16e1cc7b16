// branch.gap: values for which none of a step's conditions holds, although the conditions are all about one thing. The run
// would stop there. Conditions on several things are branch.no-otherwise's concern.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { examplesFor, inWords, testsOfOne, type Branch, type Side } from './branch-sides.ts';
import type { CheckInput } from './check.ts';
import { comparisonsIn, holds, type Sample, type SideTest } from './side-test.ts';

type Example = ReadonlyMap<string, Sample>;

export function checkBranchGap({ plan, branches }: CheckInput): readonly Diagnostic[] {
  const unread = new Set(plan.notRead.map(({ node }) => node));
  return collect(branches(), (branch) => {
    const last = branch.sides.at(-1);
    const gap = last && !unread.has(branch.node.id) ? gapOf(branch) : null;
    if (!last || gap === null) return [];
    const { at } = gap;
    return [
      makeDiagnostic(
        'branch.gap',
        at.span,
        branch.goesOn
          ? branch.next === 'end'
            ? `No condition of this step holds when ${gap.words}, so the guide ends there, as if nothing were known.`
            : `No condition of this step holds when ${gap.words}, so the step after it comes next, as if nothing were known.`
          : `No condition of this step holds when ${gap.words}, so a run would stop here.`,
        {
          ...(gap.mayBeMeant && { severity: 'hint' as const }),
          labels: branch.sides
            .filter((side) => side !== at)
            .slice(0, 3)
            .map(({ span }) => ({ span, message: 'another condition of the step' })),
          hint: 'Let one condition take in that value, or add "Otherwise, …".',
        },
      ),
    ];
  });
}

interface Gap {
  /** An example of it. */
  readonly words: string;
  /** The condition that it stands before or behind; of two, the one that the author wrote later. */
  readonly at: Side;
  /** The next step follows, and that may be what such a value is meant to lead to. */
  readonly mayBeMeant: boolean;
}

/** A value that no side takes; null when there is none, or when nobody can know. */
export function gapOf(branch: Branch): Gap | null {
  const { tests } = testsOfOne(branch) ?? {};
  if (!tests || (branch.goesOn && !branch.implied) || isListed(tests) || hasTwins(branch)) return null;
  const examples = examplesFor(tests, branch) ?? [];
  const asksForSuccess = tests.flatMap(comparisonsIn).some(({ value }) => value === 0);
  const missed = examples.filter(
    (example) => tests.every((test) => !holds(test, example)) && (asksForSuccess || !isSuccess(example)),
  );
  const example = missed[Math.floor((missed.length - 1) / 2)];
  if (!example) return null;
  const gap = { words: inWords(example), at: besides(branch, examples, example) };
  if (!branch.goesOn || isBoundary(tests, missed)) return { ...gap, mayBeMeant: false };
  // Who names the next step under a condition does not mean it for what is left over.
  if (branch.sides.some(({ targets, asks }) => !asks && branch.next !== null && targets.includes(branch.next)))
    return { ...gap, mayBeMeant: false };
  const inner = missed.filter((value) => isBetween(tests, value));
  const between = inner[Math.floor((inner.length - 1) / 2)];
  return between ? { words: inWords(between), at: besides(branch, examples, between), mayBeMeant: true } : null;
}

/** Two sides of the same words that lead elsewhere: one of them was meant for what is missing, and that is branch.overlap. */
function hasTwins({ sides }: Branch): boolean {
  const first = new Map<string, Side>();
  return sides.some((side) => {
    const words = side.words.toLowerCase().replace(/\W+/g, ' ').trim();
    const before = first.get(words);
    first.set(words, before ?? side);
    return before !== undefined && before.targets.join() !== side.targets.join() && !side.afterOthers;
  });
}

/** A list of codes that a program fails with has no need to name the one of success. */
function isSuccess(example: Example): boolean {
  return [...example].every(([key, value]) => value === 0 && /\bcode$/.test(key));
}

/** The side that takes the next value above or below, whichever stands later in the text. */
function besides({ sides }: Branch, examples: readonly Example[], gap: Example): Side {
  const place = examples.indexOf(gap);
  const takes = (example: Example): Side | undefined => sides.find(({ test }) => test && holds(test, example));
  const around = [examples.slice(place + 1).find(takes), examples.slice(0, place).findLast(takes)].flatMap(
    (example) => (example && takes(example)) ?? [],
  );
  const [first, second] = around;
  const later = first && second && second.span.start > first.span.start ? second : first;
  return later ?? (sides.at(-1) as Side);
}

/** 0, 1 and 2: whoever lists numbers one by one knows which there are, such as the codes with which a program ends. 0 and 1 are no and yes. */
function isListed(tests: readonly SideTest[]): boolean {
  const listed = tests.flatMap(comparisonsIn);
  if (!listed.every(({ sign, value }) => sign === '==' && typeof value === 'number')) return false;
  const isAnswer = listed.every(({ key, value }) => (value === 0 || value === 1) && !/\b(?:code|status)\b/.test(key));
  // Of two codes, such as 404 and 503, nobody thinks that every number between them may come.
  const areCodes = listed.every(({ value }) => typeof value === 'number' && value >= 100);
  return listed.length > 2 || isAnswer || areCodes;
}

/** "Above 10" and "below 10" leave out 10, and nobody means to: told even where the next step follows. */
function isBoundary(tests: readonly SideTest[], missed: readonly Example[]): boolean {
  const limits = new Set(
    tests.flatMap(comparisonsIn).flatMap(({ sign, value }) => (/^[<>]$/.test(sign) ? [value] : [])),
  );
  return missed.every((example) => [...example.values()].every((value) => limits.has(value)));
}

/** Some condition takes a smaller value, and some a greater one. */
function isBetween(tests: readonly SideTest[], example: Example): boolean {
  const [[key, value] = []] = example;
  if (key === undefined || typeof value !== 'number') return false;
  const takes = (more: 1 | -1): boolean =>
    tests.flatMap(comparisonsIn).some((one) => {
      if (typeof one.value !== 'number' || (one.value - value) * more <= 0) return false;
      const nearby = one.sign === '>' || one.sign === '<' ? one.value + (one.sign === '>' ? 0.5 : -0.5) : one.value;
      return tests.some((test) => holds(test, new Map([[key, nearby]])));
    });
  return takes(1) && takes(-1);
}
