// branch.dead-otherwise: an "otherwise" after conditions that leave nothing over, so it is never taken. Where rows are
// searched, an empty result is left over; then the otherwise has its use.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { examplesFor, keysOf, type Branch } from './branch-sides.ts';
import type { CheckInput } from './check.ts';
import { holds } from './side-test.ts';

export function checkBranchOtherwise({ branches }: CheckInput): readonly Diagnostic[] {
  return branches().flatMap((branch) => {
    if (!branch.otherwise || !leavesNothing(branch)) return [];
    return [
      makeDiagnostic(
        'branch.dead-otherwise',
        branch.otherwise.span,
        'This "otherwise" is never taken: one of the conditions before it always holds.',
        {
          labels: branch.sides.slice(0, 3).map(({ span }) => ({ span, message: 'a condition before it' })),
          hint: 'Remove it, or narrow the conditions.',
        },
      ),
    ];
  });
}

function leavesNothing(branch: Branch): boolean {
  const tests = branch.sides.flatMap(({ test }) => test ?? []);
  if (tests.length < 2 || tests.length < branch.sides.length || keysOf(tests).size !== 1) return false;
  const searchesRows = branch.sides.some(({ guard }) => guard?.kind === 'cel' && /\brows\b/.test(guard.cel));
  if (searchesRows && !branch.oneRow) return false;
  const examples = examplesFor(tests, branch);
  return (
    examples !== null && examples.length > 0 && examples.every((example) => tests.some((test) => holds(test, example)))
  );
}
