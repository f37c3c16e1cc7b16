// branch.gap: values for which none of a step's conditions holds, although the conditions are all about one thing. The run
// would stop there. Conditions on several things are branch.no-otherwise's concern.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { examplesFor, inWords, keysOf, type Branch } from './branch-sides.ts';
import type { CheckInput } from './check.ts';
import { comparisonsIn, holds, type SideTest } from './side-test.ts';

export function checkBranchGap({ plan, branches }: CheckInput): readonly Diagnostic[] {
  const unread = new Set(plan.notRead.map(({ node }) => node));
  return collect(branches(), (branch) => {
    const last = branch.sides.at(-1);
    const gap = last && !unread.has(branch.node.id) ? gapOf(branch) : null;
    if (!last || gap === null) return [];
    return [
      makeDiagnostic(
        'branch.gap',
        last.span,
        branch.goesOn
          ? `No condition of this step holds when ${gap}, so the step after it comes next, as if nothing were known.`
          : `No condition of this step holds when ${gap}, so a run would stop here.`,
        {
          labels: branch.sides
            .slice(0, -1)
            .slice(0, 3)
            .map(({ span }) => ({ span, message: 'another condition of the step' })),
          hint: 'Let one condition take in that value, or add "Otherwise, …".',
        },
      ),
    ];
  });
}

/** Words for a value that no side takes; null when there is none, or when nobody can know. */
export function gapOf(branch: Branch): string | null {
  const tests = branch.sides.flatMap(({ test }) => test ?? []);
  if (branch.sides.length < 2 || tests.length < branch.sides.length || keysOf(tests).size !== 1) return null;
  if (branch.goesOn) return branch.implied ? leftOut(tests) : null;
  if (isListed(tests)) return null;
  const missed = examplesFor(tests, branch)?.filter((example) => tests.every((test) => !holds(test, example))) ?? [];
  const example = missed[Math.floor((missed.length - 1) / 2)];
  return example ? inWords(example) : null;
}

/** 0, 1 and 2: whoever lists numbers one by one knows which there are, such as the codes with which a program ends. 0 and 1 are no and yes. */
function isListed(tests: readonly SideTest[]): boolean {
  const listed = tests.flatMap(comparisonsIn);
  if (!listed.every(({ sign, value }) => sign === '==' && typeof value === 'number')) return false;
  const isAnswer = listed.every(({ key, value }) => (value === 0 || value === 1) && !/\b(?:code|status)\b/.test(key));
  return listed.length > 2 || isAnswer;
}

/**
 * "Above 10" and "below 10" leave out 10, and nobody means to: told even where the next step follows. A wider gap may be meant
 * to go on there.
 */
function leftOut(tests: readonly SideTest[]): string | null {
  const [one, other] = tests;
  if (tests.length !== 2 || one?.kind !== 'compare' || other?.kind !== 'compare') return null;
  const signs = `${one.sign}${other.sign}`;
  return typeof one.value === 'number' && one.value === other.value && (signs === '<>' || signs === '><')
    ? inWords(new Map([[one.key, one.value]]))
    : null;
}
