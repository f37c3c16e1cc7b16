// branch.no-otherwise: a step with conditions only, and no word on what to do when none holds. A run stops there and asks.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { areVariants, numberedTitle, stepToShow } from '../guide/index.ts';
import { examplesFor, keysOf, type Branch } from './branch-sides.ts';
import { gapOf } from './check-branch-gap.ts';
import type { CheckInput } from './check.ts';
import type { GuideFacts } from './guide-facts.ts';
import { holds, type SideTest } from './side-test.ts';
import { isStoppedOrNot } from './stopped-or-not.ts';

export function checkBranchOpen({ guide, plan, branches, facts }: CheckInput): readonly Diagnostic[] {
  const places = plan.nodes
    .slice(-25)
    .flatMap(({ id, titleSource }) => (titleSource ? [{ id, span: titleSource.span }] : []));
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
      isAnswered(branch) ||
      isUnread.has(branch.node.id) ||
      areTabs(branch, facts) ||
      areVariants(branch.sides.map(({ words }) => words)) ||
      namesAll(branch)
    )
      return [];
    const others = places.filter(({ id }) => id !== branch.node.id);
    const target = stepToShow(others.map(({ span }) => numberedTitle(guide, span)));
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

/** Tabs: a reader sees one of them, whichever it is. */
function areTabs({ sides }: Branch, { blocks }: GuideFacts): boolean {
  return blocks.some(
    ({ block }) =>
      block.kind === 'list' &&
      block.tabs === true &&
      sides.every(({ span }) =>
        block.items.some(({ blocks: [label] }) => label?.span.start === span.start && label.span.end >= span.end),
      ),
  );
}

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
          found && (found[1]?.toLowerCase().replace(/^the /, '') ?? key) === key ? found[2] : undefined,
        ),
    );
    return given.length > 1 && given.every((value) => said.has(value));
  });
}

/** "If it does not, …" behind a condition: the rest. */
const denied =
  /^(?:but )?(?:if|when) (?:it|this|that|they) (?:does|do|did|is|are|has|have|was|were|can)(?: not|n['’]t)(?::.*)?$/;

/** Yes and no, or a condition and its denial in words. */
function isAnswered({ sides }: Branch): boolean {
  const words = sides.map((side) => side.words.toLowerCase());
  if (words.some((one) => /^(?:if )?yes\b/.test(one)) && words.some((one) => /^(?:if )?no(?:t)?\b/.test(one)))
    return true;
  if (
    words.length > 1 &&
    words.some((one) =>
      /\b(?:any|some|no)thing else\b|\bany other\b|\bneither\b|\bnone of (?:them|these|those|the (?:above|two|three))\b|^(?:if )?(?:there (?:is|are) )?no such\b/.test(
        one,
      ),
    )
  )
    return true;
  if (words.length > 1 && words.some((one) => denied.test(one))) return true;
  const positive = new Set(
    words.map((one) =>
      one
        .replace(/\([^()]*\)/g, ' ')
        .replace(/\b(?:not|no|don't|doesn't|isn't|does|do|cannot|can|an?|any|some|one)\b|n['’]t\b/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  );
  return (
    positive.size < words.length ||
    words.some((one) => isDenialOf(one, words)) ||
    isNothingOrSomething(words) ||
    isOneWithoutOrAllWith(words) ||
    isNoneOneOrSeveral(words) ||
    areOpposites(words) ||
    isSomeOrNone(words) ||
    isMoreOrFewer(words) ||
    isStoppedOrNot(words)
  );
}

/** "If they do not match" behind "if the sums match". */
function isDenialOf(one: string, words: readonly string[]): boolean {
  const verb =
    /^(?:but )?(?:if|when) (?:it|this|that|they|these|both) (?:does|do|did|is|are|was|were)(?: not|n['’]t) (\w{3,})$/.exec(
      one,
    )?.[1];
  return (
    verb !== undefined &&
    words.some(
      (other) => other !== one && new RegExp(`\\b${verb}(?:e?s)?$`).test(other) && !/\bnot\b|n['’]t/.test(other),
    )
  );
}

/** "If nothing is printed, …", "If an instance is printed, …". */
function isNothingOrSomething(words: readonly string[]): boolean {
  return words.some((one) => {
    const rest = /^(?:if )?(?:nothing|none|no [\w-]+) ((?:is|are|was|were|comes?|has|have) .+)$/.exec(one)?.[1];
    const same = rest?.replace(/^(?:is|are)/, '(?:is|are)').replace(/^(?:was|were)/, '(?:was|were)');
    if (same === undefined || /[^\w ():?|]/.test(same)) return false;
    const some = new RegExp(`^(?:if )?(?:an?|any|some|something|anything|one|at least one)\\b.* ${same}$`);
    return words.some((other) => some.test(other));
  });
}

/** "If a consumer has no member, …", "If all consumers have a member, …"; "If a door is open, …", "If all doors are closed, …". */
function isOneWithoutOrAllWith(words: readonly string[]): boolean {
  return words.some((one) => {
    const [, named, isSo] = /^(?:if )?(?:an?|any|one|at least one|some) ([\w-]+?)s? (?:is|are) (\w+)$/.exec(one) ?? [];
    const not =
      isSo === undefined ? undefined : states.find((pair) => pair.includes(isSo))?.find((word) => word !== isSo);
    if (named !== undefined && not !== undefined && /^[\w-]+$/.test(named)) {
      const all = new RegExp(`^(?:if )?(?:all|every|each)(?: of)?(?: the)? ${named}s? (?:is|are) ${not}$`);
      if (words.some((other) => all.test(other))) return true;
    }
    const [, thing, what] =
      /^(?:if )?(?:an?|any|one|at least one|some) ([\w-]+?)s? (?:has|have|shows?|lists?) no (.+)$/.exec(one) ?? [];
    if (thing === undefined || what === undefined || /[^\w -]/.test(`${thing}${what}`)) return false;
    const all = new RegExp(
      `^(?:if )?(?:all|every|each)(?: of)?(?: the)? ${thing}s? (?:has|have|shows?|lists?) (?:(?:an?|the|its|their|some|one) )?${what}$`,
    );
    return words.some((other) => all.test(other));
  });
}

/** Of one thing each, and nothing lies between. */
const states: readonly (readonly [string, string])[] = [
  ['open', 'closed'],
  ['up', 'down'],
  ['on', 'off'],
  ['healthy', 'unhealthy'],
  ['reachable', 'unreachable'],
  ['locked', 'unlocked'],
];

/** "If exactly one is listed, … If several are listed, … If none is listed, …". */
function isNoneOneOrSeveral(words: readonly string[]): boolean {
  return (
    words.some((one) => /\b(?:none|nothing|no [\w-]+)\b/.test(one)) &&
    words.some((one) => /\b(?:one|a single)\b(?! or more)/.test(one) && !/\bmore than one\b/.test(one)) &&
    words.some((one) => /\b(?:several|multiple|more than one|two or more)\b/.test(one))
  );
}

/** "Is there a statement of the batch?", "Is there none?"; "if they list a host", "if they list none". */
function isSomeOrNone(words: readonly string[]): boolean {
  const [one = '', other = ''] = words;
  if (words.length !== 2) return false;
  const [no, sole] = [one, other].map((side) =>
    /^(?:if )?(no|an?|one|some|any|a single|at least one) ([\w-]+)/.exec(side),
  );
  if (no && sole && (no[1] === 'no') !== (sole[1] === 'no') && no[2] === sole[2]) return true;
  const [, verb, thing] = [one, other].map((side) => noSuch.exec(side)).find((found) => found !== null) ?? [];
  if (verb !== undefined && thing !== undefined && words.some((side) => side.endsWith(`${verb} ${thing}`))) return true;
  const none = [one, other].find((side) =>
    /\b(?:there (?:is|are)|is there|are there|lists?|shows?|finds?|gives?|returns?|prints?) (?:none|nothing)\b\W*$/.test(
      side,
    ),
  );
  const some = none === one ? other : one;
  return none !== undefined && !/\b(?:no|not|none|nothing)\b|n['’]t\b|\d/.test(some) && opens(some) === opens(none);
}

/** "More than 100 files in one folder", "Fewer". */
function isMoreOrFewer(words: readonly string[]): boolean {
  const rest = words.length === 2 ? words.find((one) => /^(?:if )?(?:fewer|less|more)$/.test(one)) : undefined;
  const other = words.find((one) => one !== rest);
  if (rest === undefined || other === undefined) return false;
  return /more/.test(rest)
    ? /\b(?:less|fewer|lower|below|under|at most|up to)\b/.test(other)
    : /\b(?:more|greater|higher|above|over|at least)\b/.test(other);
}

/** "If the query returns no intervals", beside "if it returns intervals". */
const noSuch = /\b(returns?|lists?|shows?|finds?|gives?|prints?|there (?:is|are)|has|have) no ([\w-]+(?: [\w-]+)?)$/;

/** The verb of a condition that asks whether there is something. */
function opens(words: string): string | null {
  const verb = /\b(there (?:is|are)|is there|are there|list|show|find|give|return|print)s?\b/.exec(words)?.[1];
  return verb === undefined ? null : /there/.test(verb) ? 'there' : verb;
}

/** Words of which one holds when the other does not. */
const opposites: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:differs?|different|unequal)\b/, /\b(?:the same|identical|equal|match(?:es)?|agrees?)\b/],
  [/\b(?:agrees?|accepts?|approves?)\b/, /\b(?:refuses?|declines?|rejects?|disagrees?)\b/],
  [/\b(?:succeeds?|succeeded|works?|worked|passe[sd])\b/, /\bfail(?:s|ed)?\b/],
  [/\b(?:gone|cleared|resolved)\b/, /\b(?:still|persists?|remains?|unresolved)\b/],
  [/\b(?:true|yes|on|enabled)$/, /\b(?:false|no|off|disabled)$/],
  [/\b(?:open|unlocked)\b/, /\b(?:closed|locked)\b/],
  [/\b(?:healthy|reachable|available)\b/, /\b(?:unhealthy|unreachable|unavailable)\b/],
];

/** "If it works, …", "If it fails, …": of one thing, in words that leave nothing between them. */
function areOpposites(words: readonly string[]): boolean {
  const [one = '', other = ''] = words;
  return (
    words.length === 2 &&
    !/\bnot\b|n['’]t\b/.test(`${one} ${other}`) &&
    opposites.some(([a, b]) => (a.test(one) && b.test(other)) || (b.test(one) && a.test(other)))
  );
}
