// "If the file exists, …" and "If the file does not exist, …": the good and the bad side of one thing, of which nobody meets both.
// The bad side first is another matter: "If there are errors, mend them." may well lead to "If there are no errors, …".
import type { Condition } from './draft.ts';
import { isTrouble } from './findings.ts';

/** True where the second condition says that just that is not so, or has failed, of which the first says that it is so. */
export function areOpposed({ kind, text: good }: Condition, { kind: next, text: bad }: Condition): boolean {
  if (kind !== 'if' || next !== 'if' || /\bstill\b/i.test(bad) || negated.test(good)) return false;
  if (negated.test(bad)) return !isTrouble(good) && saySame(good, bad);
  return pairs.some(
    ([ok, wrong]) => ok.test(good) && wrong.test(bad) && saySame(good.replace(ok, ''), bad.replace(wrong, '')),
  );
}

const negated = /\b(?:not|cannot|never|no\s+longer)\b|n['’]t\b/i;

const pairs: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:succeed(?:s|ed)?|(?:is|are|was|were)\s+successful|pass(?:es|ed)?|works?|worked)\b/i, /\bfail(?:s|ed|ing)?\b/i],
  [/\b(?:exists?|present)\b/i, /\b(?:missing|absent)\b/i],
  [/\b(?:up|running|online|healthy)\b/i, /\b(?:down|stopped|offline|unhealthy)\b/i],
  [/\breachable\b/i, /\bunreachable\b/i],
  [/\bavailable\b/i, /\bunavailable\b/i],
  [/\bvalid\b/i, /\b(?:invalid|expired)\b/i],
  [/\benabled\b/i, /\bdisabled\b/i],
  [/\b(?:match(?:es)?|agrees?|same|equal|identical)\b/i, /\b(?:differs?|different|mismatch(?:es)?)\b/i],
  [/\bgreen\b/i, /\b(?:red|yellow)\b/i],
];

function saySame(good: string, bad: string): boolean {
  const words = thingsIn(good);
  const others = thingsIn(bad);
  return words.size > 0 && words.size === others.size && [...words].every((word) => others.has(word));
}

/** What is spoken of, in whatever number and tense. */
function thingsIn(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’]t)?/gu) ?? [];
  return new Set(
    words.filter((word) => !helps.test(word)).map((word) => word.replace(/(?<=\p{L}{2})(?:e?s|ed)$/u, '')),
  );
}

const helps =
  /^(?:if|when|the|an?|this|that|these|those|your|our|its|of|both|all|each|any|some|one|either|at|least|is|are|was|were|be|been|has|have|had|does|do|did|can|could|not|cannot|never|no|longer|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|hasn['’]t|haven['’]t|hadn['’]t|doesn['’]t|don['’]t|didn['’]t|can['’]t|couldn['’]t|t|already)$/;
