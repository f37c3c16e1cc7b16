// branch.dead-otherwise: an "otherwise" after conditions that leave nothing over, so it is never taken. Where rows are
// searched, an empty result is left over: then the otherwise has its use, and a hint says which.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { examplesFor, testsOfOne, type Branch } from './branch-sides.ts';
import type { CheckInput } from './check.ts';
import { comparisonsIn, holds } from './side-test.ts';

export function checkBranchOtherwise({ branches }: CheckInput): readonly Diagnostic[] {
  return branches().flatMap((branch) => {
    if (!branch.otherwise || !isWhole(branch)) return [];
    const takesEmpty = mayFindNothing(branch);
    // Statuses are given by the query, and "otherwise" is the usual word for none; of numbers authors forget that there may be none.
    if (takesEmpty && !branch.sides.every(isInferredNumber)) return [];
    return [
      makeDiagnostic(
        'branch.dead-otherwise',
        branch.otherwise.span,
        takesEmpty
          ? 'This "otherwise" is taken only when the query returns no rows: a row always meets one of the conditions before it.'
          : 'This "otherwise" is never taken: one of the conditions before it always holds.',
        {
          ...(takesEmpty && { severity: 'hint' as const }),
          labels: branch.sides.slice(0, 3).map(({ span }) => ({ span, message: 'a condition before it' })),
          hint: takesEmpty
            ? 'If that is meant, say "If the query returns no rows, …". If not, remove it, or narrow the conditions.'
            : 'Remove it, or narrow the conditions.',
        },
      ),
    ];
  });
}

/** True when one of the conditions always holds, so that nothing else comes next. */
export function alwaysDecides(branch: Branch): boolean {
  return isWhole(branch) && !mayFindNothing(branch);
}

function isWhole(branch: Branch): boolean {
  return leavesNothing(branch) || isDenied(branch) || isYesOrNo(branch);
}

/** Rows are searched, and there may be none. */
function mayFindNothing(branch: Branch): boolean {
  const searchesRows = branch.sides.some(({ guard }) => guard?.kind === 'cel' && /\brows\b/.test(guard.cel));
  return searchesRows && !branch.oneRow && testsOfOne(branch)?.takesNone !== true;
}

function isInferredNumber({ guard, test }: Branch['sides'][number]): boolean {
  if (guard?.kind !== 'cel' || guard.origin !== 'inferred' || !test) return false;
  return comparisonsIn(test).every(({ value }) => typeof value === 'number');
}

function leavesNothing(branch: Branch): boolean {
  const { tests } = testsOfOne(branch) ?? {};
  if (!tests) return false;
  const examples = examplesFor(tests, branch);
  return (
    examples !== null && examples.length > 0 && examples.every((example) => tests.some((test) => holds(test, example)))
  );
}

/** "Yes: …", "No: …": an answer to one question is one of the two. */
function isYesOrNo({ sides }: Branch): boolean {
  const answers = sides.map(({ words, guard }) =>
    guard ? null : /^\W*(?:if )?(yes|no)\b/i.exec(words)?.[1]?.toLowerCase(),
  );
  return sides.length === 2 && answers.includes('yes') && answers.includes('no');
}

/** "If the service is ready, … If the service is not ready, …": one thing and its denial in the same words leave nothing over. */
function isDenied({ sides }: Branch): boolean {
  const bare = new Map<string, boolean>();
  return sides.some(({ words, guard, test }) => {
    if (guard || test || !/\b(?:is|was|does|did|has|can)\b|n['’]t\b/i.test(words) || ofSeveral.test(words))
      return false;
    const line = words
      .toLowerCase()
      .replace(/^\s*(?:otherwise,? )?(?:but )?(?:if|when)\b|[`*_]/g, ' ')
      .replace(/(\b(?:is|was|does|did|has|can))n['’]t\b/g, '$1 not')
      .replace(/\bcannot\b/g, 'can not');
    const denials = line.match(/\bnot\b/g) ?? [];
    if (denials.length > 1) return false;
    const denied = denials.length === 1;
    const said = line
      .replace(/\bnot\b/g, ' ')
      .replace(/\W+/g, ' ')
      .trim();
    const before = bare.get(said);
    bare.set(said, denied);
    return before !== undefined && before !== denied;
  });
}

/** What may hold for some and not for others, so that "all are" and "all are not" leave something over. */
const ofSeveral =
  /\b(?:all|every|each|any|some|both|either|neither|none|no|only|most|many|few|always|never|it|they|this|that)\b/i;
