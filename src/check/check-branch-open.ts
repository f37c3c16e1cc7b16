// branch.no-otherwise: a step with conditions only, and no word on what to do when none holds. A run stops there and asks.
import { collect, onceFor } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { areVariants, leaveNothingOpen, numberedTitle, stepToShow, type List } from '../guide/index.ts';
import { examplesFor, keysOf, type Branch } from './branch-sides.ts';
import { gapOf } from './check-branch-gap.ts';
import type { CheckInput } from './check.ts';
import type { GuideFacts, SectionFacts } from './guide-facts.ts';
import { holds, spoken, type SideTest } from './side-test.ts';
import { vagueAfter } from './vague-words.ts';

export function checkBranchOpen({ guide, plan, branches, facts }: CheckInput): readonly Diagnostic[] {
  const places = plan.nodes
    .slice(-25)
    .flatMap(({ id, titleSource }) => (titleSource ? [{ id, span: titleSource.span }] : []));
  const nameOf = ({ id, span }: (typeof places)[number]) => ({ id, ...numberedTitle(guide, span) });
  let named: readonly ReturnType<typeof nameOf>[] | null = null;
  // An "otherwise" that could not be read is told as that.
  const isUnread = new Set(
    plan.notRead.flatMap(({ node, text }) => (/^\W*(?:otherwise|else)\b/i.test(text) ? [node] : [])),
  );
  return branches().flatMap((branch) => {
    const last = branch.sides.at(-1);
    if (
      !last ||
      branch.goesOn ||
      gapOf(branch) !== null ||
      isComplete(branch) ||
      leaveNothingOpen(branch.sides.map(({ words }) => words)) ||
      isUnread.has(branch.node.id) ||
      areTabs(branch, tabsOf(facts)) ||
      areVariants(branch.sides.map(({ words }) => words)) ||
      areWays(branch) ||
      namesAll(branch) ||
      hasDegree(branch)
    )
      return [];
    const target = stepToShow((named ??= places.map(nameOf)).filter(({ id }) => id !== branch.node.id));
    return [
      makeDiagnostic(
        'branch.no-otherwise',
        last.span,
        'The guide does not say where to go when no condition of this step holds; a run stops there.',
        {
          hint:
            target === null
              ? 'Add "Otherwise, escalate."'
              : `Add "Otherwise, go to ${target}." or "Otherwise, escalate."`,
        },
      ),
    ];
  });
}

/** "Option 1: restart it" and "Option 2: roll back", "Alternatively, roll back": whoever has a choice of ways takes one of them. */
function areWays({ sides }: Branch): boolean {
  return sides.every(({ words }) => countedWay.test(words)) || sides.some(({ words }) => otherWay.test(words));
}

const countedWay =
  /^(?:option|method|approach|alternative|workaround|solution|way|choice)\s+#?(?:\d{1,2}|[a-h]|one|two|three|four|five)\b/i;
const otherWay = /^(?:or\s+)?alternatively,?\s+\S|^as\s+an\s+alternative\b|^or\s+(?!else\b)\S/i;

/** "Almost full" beside "below 80 %": what is left over depends on the number that it lacks, which is condition.vague. */
function hasDegree({ sides }: Branch): boolean {
  const open = sides.filter(({ test }) => test === null);
  const isDegree = (words: string): boolean => vagueAfter.test(words) || vagueAfter.exec(`is ${words}`)?.index === 0;
  return open.length > 0 && open.length < sides.length && open.every(({ words }) => isDegree(words));
}

/** Tabs: a reader sees one of them, whichever it is. */
function areTabs({ sides }: Branch, lists: readonly List[]): boolean {
  return lists.some(({ items }) =>
    sides.every(({ span }) =>
      items.some(({ blocks: [label] }) => label?.span.start === span.start && label.span.end >= span.end),
    ),
  );
}

/** The lists of a guide that are drawn as tabs: few guides have one. */
const tabsOf = onceFor(({ parts }: GuideFacts): readonly List[] => collect(parts, tabsIn));

const tabsIn = onceFor(({ blocks }: SectionFacts): readonly List[] =>
  collect(blocks, ({ block }) => (block.kind === 'list' && block.tabs === true ? [block] : [])),
);

/** True when one of the conditions always holds: of those on one thing, whatever the others are about. */
function isComplete(branch: Branch): boolean {
  const byKey = new Map<string, SideTest[]>();
  for (const { test } of branch.sides) {
    const [key, more] = test ? keysOf([test]) : [];
    if (test && key !== undefined && more === undefined) byKey.set(key, [...(byKey.get(key) ?? []), test]);
  }
  return [...byKey.values()].some(
    (tests) =>
      tests.length > 1 &&
      (examplesFor(tests, branch)?.every((example) => tests.some((test) => holds(test, example))) ?? false),
  );
}

/** `| Verdict | Next |` with a row, or a list with an item, for each word that the query's CASE gives. */
function namesAll({ sides, values }: Branch): boolean {
  return [...values].some(([key, given]) => {
    const said = new Set(
      sides
        .map(({ words }) => /^(?:if )?(?:(.+) is )?(\S+)$/i.exec(words.replace(/[`'"]/g, '')))
        .map((found) =>
          found && (found[1] === undefined ? key : spoken(found[1].replace(/^the /i, ''))) === key
            ? found[2]
            : undefined,
        ),
    );
    return given.length > 1 && given.every((value) => said.has(value));
  });
}
