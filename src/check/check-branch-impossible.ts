// branch.impossible: a condition that contradicts itself, so what it leads to is never done.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { examplesFor } from './branch-sides.ts';
import type { CheckInput } from './check.ts';
import { comparisonsIn, holds, type Sample, type SideTest } from './side-test.ts';

export function checkBranchImpossible({ branches }: CheckInput): readonly Diagnostic[] {
  return branches().flatMap((branch) =>
    branch.sides.flatMap(({ test, span, guard }) => {
      if (!test || comparisonsIn(test).length < 2) return [];
      // With several rows, one may meet one part of the condition and another the other. Two parts are inferred only for one row.
      const isAuthors = guard?.kind === 'cel' && guard.origin !== 'inferred';
      if (isAuthors && (guard.cel.match(/\brows\s*\./g) ?? []).length > 1) return [];
      const examples = examplesFor([test], branch);
      const isOne = !examples && isTwoAtOnce(test);
      if (!isOne && (!examples || examples.length === 0 || examples.some((example) => holds(test, example)))) return [];
      return [
        makeDiagnostic('branch.impossible', span, 'This condition contradicts itself, so it never holds.', {
          hint: 'Look at its limits: one excludes the other.',
        }),
      ];
    }),
  );
}

/** One thing that is to equal two words. */
function isTwoAtOnce(test: SideTest): boolean {
  if (test.kind !== 'and') return false;
  const equal = new Map<string, Sample>();
  return test.parts.some((part) => {
    if (part.kind !== 'compare' || part.sign !== '==') return part.kind === 'and' && isTwoAtOnce(part);
    const before = equal.get(part.key);
    equal.set(part.key, part.value);
    return before !== undefined && before !== part.value;
  });
}
