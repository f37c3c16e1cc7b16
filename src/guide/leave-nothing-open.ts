// Whether conditions, by their words alone, leave no third way: yes and no, "if it works" and "if it fails", none, one and several. What
// numbers and sets of values cover is another matter.
import { isStoppedOrNot } from './stopped-or-not.ts';

/** "If it does not, …" behind a condition: the rest. */
const denied =
  /^(?:but )?(?:if|when) (?:it|this|that|they) (?:does|do|did|is|are|has|have|was|were|can)(?: not|n['’]t)(?::.*)?$/;

/** Whether one of the conditions must hold: yes and no, or a condition and its denial in words. */
export function leaveNothingOpen(conditions: readonly string[]): boolean {
  const words = conditions.map((one) => one.toLowerCase());
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
  if (
    words.length > 1 &&
    words.some((one) => denied.test(one) || (one.startsWith('if not: ') && words.includes(`if ${one.slice(8)}`)))
  )
    return true;
  const positive = new Set(
    words.map((one) =>
      one
        .replace(/\([^()]*\)/g, ' ')
        .replace(/\b(?:not|no|don't|doesn't|isn't|does|do|cannot|can|an?|any|some|one)\b|n['’]t\b/g, ' ')
        // "The owner agrees" beside "the owner does not agree", "there are replies" beside "there is no reply".
        .replace(/\bare\b/g, 'is')
        .replace(/(?<=[a-z]{2})ies\b/g, 'y')
        .replace(/(?<=[a-z]{2}[^s])s\b/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  );
  return (
    positive.size < words.length ||
    words.some((one) => isDenialOf(one, words)) ||
    isNothingOrSomething(words) ||
    isOneWithoutOrAllWith(words) ||
    isOneNotOrAll(words) ||
    isNoneOneOrSeveral(words) ||
    areOpposites(words) ||
    isSomeOrNone(words) ||
    isMoreOrFewer(words) ||
    isEmptyOrHolds(words) ||
    isZeroOrNot(words) ||
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

/** "If a pod is not ready, …", "If all pods are ready, …"; "If one of the replicas does not answer, …", "If every replica answers, …". */
function isOneNotOrAll(words: readonly string[]): boolean {
  return words.some((one) => {
    const [, named, verb, what] =
      /^(?:if |when )?(?:an?|any|some|one(?: or more)?|at least one)(?: of)?(?: (?:the|these|those|its|their))? ([\w-]+(?: [\w-]+){0,2}?) (is|are|was|were|has|have|does|do|did)(?: not|n['’]t) (.+)$/.exec(
        one,
      ) ?? [];
    if (named === undefined || verb === undefined || what === undefined || /[^\w -]/.test(`${named}${what}`))
      return false;
    const does = /^d/.test(verb)
      ? `${what.replace(/^(\w+)/, '$1(?:e?s|ed)?')}`
      : `(?:is|are|was|were|has|have) ${what}`;
    const thing = named.replace(/(?<=\w{2}[^s])s$/, '');
    const all = new RegExp(
      `^(?:if |when )?(?:all|every|each)(?: of)?(?: (?:the|these|those|its|their))? ${thing}s? ${does}$`,
    );
    return words.some((other) => other !== one && all.test(other));
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

/** "Exit code 0", "non-zero exit code". */
function isZeroOrNot(words: readonly string[]): boolean {
  return (
    words.some((one) => /\b(?:code|status)(?: is| of)? (?:0|zero)$|\b(?:0|zero) (?:exit|return) code$/.test(one)) &&
    words.some((one) =>
      /\bnon-?zero (?:(?:exit|return) )?(?:code|status)$|\bcode (?:is )?(?:non-?zero|not 0)$/.test(one),
    )
  );
}

/** "If the list is empty", "if it holds one image or more". */
function isEmptyOrHolds(words: readonly string[]): boolean {
  return (
    words.length === 2 &&
    words.some((one) => /\b(?:is|are|was|were) empty$/.test(one)) &&
    words.some((one) =>
      /\b(?:holds?|has|have|contains?|lists?|shows?|names?) (?:at least (?:one|1)\b|(?:one|1) or more\b|an?y? |some|(?:one|1)\b.{1,30} or more$)/.test(
        one,
      ),
    )
  );
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
  [/\b(?:there|present)$/, /\b(?:missing|absent|gone)$/],
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
