// Two conditions of which one says that something has stopped, or come back, and the other that it has not: "if errors stop", "if they
// go on"; "if the page opens", "if the page still does not open". Nothing lies between them, so that no otherwise is missing.

/** True for two conditions on one thing, one of which holds when the other does not. */
export function isStoppedOrNot(words: readonly string[]): boolean {
  const [one, other, more] = words.map(bare);
  if (one === undefined || other === undefined || more !== undefined) return false;
  if (isDenied(one) !== isDenied(other)) return without(one) === without(other);
  return pairs.some(
    ([changed, unchanged]) => aboutOne(one, other, changed, unchanged) || aboutOne(other, one, changed, unchanged),
  );
}

function bare(condition: string): string {
  return condition
    .replace(/\([^()]*\)/g, ' ')
    .replace(/^(?:but )?(?:if|when|once|as soon as) /, '')
    .replace(/\b(?:the|an?|all|any|these|those|then|now|both|finally) /g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function isDenied(text: string): boolean {
  return /\bnot\b|n['’]t\b|\bcannot\b|\bno longer\b|\bnever\b/.test(text);
}

/** Without what denies, and without the endings by which a denied verb differs: "page opens", "page does not open". */
function without(text: string): string {
  return text
    .replace(
      /\b(?:does|do|did|can|could|will)(?:not|n['’]t)?\b|\b(?:not|never|still|again|yet|longer|no)\b|n['’]t\b/g,
      ' ',
    )
    .replace(/(?<=\w\w)(?:es|s|ed)\b/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Both begin with one subject, or the second speaks of it as "it"; behind it stands what each says. */
function aboutOne(one: string, other: string, changed: RegExp, unchanged: RegExp): boolean {
  const a = changed.exec(one);
  const b = unchanged.exec(other);
  if (!a || !b) return false;
  const [subject, same] = [one.slice(0, a.index).trim(), other.slice(0, b.index).trim()];
  return subject !== '' && (subject === same || pronoun.test(same) || pronoun.test(subject));
}

const pronoun = /^(?:it|this|that|they|he|she|them|one|there)$/;

/** What has changed, and what has not, each up to the end of the condition. */
const pairs: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\b(?:(?:(?:has|have|is|are) )?(?:stop(?:s|ped)?|end(?:s|ed)?|cease[sd]?|disappear(?:s|ed)?|vanish(?:es|ed)?|clear(?:s|ed)?|go(?:es)? away|gone(?: away)?|over|resolves?|resolved|fixed)(?: again)?)$/,
    /\b(?:go(?:es)? on|continues?|persists?|remains?|recurs?|keeps? on|keeps? (?:coming|happening|firing|failing|occurring)(?: back)?|still (?:fires?|fails?|occurs?|happens?|comes?|appears?|exists?|persists?)|(?:is|are) still (?:there|present|firing|failing|happening|occurring|open|active|visible|shown))$/,
  ],
  [
    /\b(?:(?:is|are|has come|have come|comes?|came) (?:back|up|online|reachable|available|healthy|alive|ready)(?: (?:up|online|again))?|returns?|answers(?: again)?|recovers?)$/,
    /\b(?:(?:is|are|stays?|remains?) (?:still )?(?:gone|missing|down|away|offline|absent|unreachable|unavailable|unhealthy|dead|not (?:ready|back|up))|still (?:fails?|hangs?))$/,
  ],
];
