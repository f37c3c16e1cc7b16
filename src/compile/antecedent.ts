// "If not", "If so", "If none", "If nothing was found": words that mean what was said before. Tells what they stand for, in
// the author's words.
import type { Condition } from './draft.ts';

const about =
  /\b(?:nothing|no\s+(?:issues?|errors?|problems?|anomal\w+|faults?)|none)\s+(?:\w+\s+){0,2}?(?:found|detected|seen|identified|wrong|discovered|reported)\b|\bno\s+(?:issues?|problems?|errors?)\s*$|^if\s+(?:it|this|that|these|those|they|there|you|we|(?:the|these|those|any\s+of|none\s+of|all)\s+[^,]{1,40}|above|\w+ing(?:\s+(?:it|them|the\s+\w+))?)\s+(?:still\s+)?(?:does|do|did)(?:\s+not|n['’]t)\s+(?:present|show|have|reveal|find|help|work|fix|solve|resolve|succeed|change|reproduce)\b|^(?:if|when)\s+(?:that|this)\s+(?:also\s+|too\s+)?(?:hangs?|stalls?|times?\s+out|errors?(?:\s+out)?|crashes|breaks?|gets\s+stuck|is\s+(?:stuck|refused|denied|rejected))\b|\bneither\b[^,]{0,30}\b(?:help|work|fix|solv|resolv|succe)(?!ers?\b)\w*|^failing\s+(?:that|this)\b|\b(?:still|persists?|persisting|continues?\s+to|remains?)\b|\b(?:that|this|it|these|those|above|previous|step|steps|restart|command|(?:mitigation|option|method|approach|solution|workaround|fix|attempt|resolution|remedy)\s+#?(?:\d{1,2}|[a-z]))\b[^,]{0,40}\b(?:fails?|failed|not\s+(?:work|help|fix|solve|resolve))\b/i;

/** True when the condition speaks of how what was just done came out, so that it follows that and nothing else. */
export function anaphora(text: string): boolean {
  return about.test(text) && !/^in\s+(?:some|certain|rare)\b/i.test(text);
}

/** "If none of the above fixes it": said of all that stands before it, whichever of it was done. */
export function ofNone(text: string): boolean {
  return /\bnone\s+of\s+(?:the\s+above|these|those|them)\b|\bneither\s+(?:of\s+(?:these|those|them)\s+)?(?:ha[sd]\s+)?(?:help|work|fix|did)/i.test(
    text,
  );
}

/** "If nothing helps", "if none of these works", "if all else fails": asked when all that stands before it was tried. */
export function nothingHelped(text: string): boolean {
  return /^\W*if\s+(?:none|nothing|neither)\b[^,]{0,40}\b(?:help|work|fix|solv|resolv|succe)(?!ers?\b)\w*|^\W*if\s+all\s+else\s+fails\b/i.test(
    text,
  );
}

const trouble = '(?:problem|issue|alert|alarm|incident|error|failure|symptom|warning|outage|trouble)s?';
const notOver =
  "(?:not|n['’]t)\\s+(?:been\\s+|yet\\s+)*(?:resolved?|solved?|fixed|gone|cleared?|go\\s+away|disappear(?:ed)?|stop(?:ped)?)";
const lasts = new RegExp(
  `^(?:if|when|should|in\\s+case|unless)\\s+(?:[^,;]{3,60}\\s+(?:and|but)\\s+)?(?:(?:(?:the|this|that|your|these|those|any)\\s+)?(?:[\\w-]+\\s+)?${trouble}\\s+(?:(?:is|are|was|were|does|do|did|has|have)\\s*)?(?:still\\b|persists?\\b|persisting\\b|remains?\\b|continues?\\b|${notOver})|you\\s+(?:are\\s+)?still\\s+(?:have|having|see|seeing|get|getting|experience|experiencing|encounter|encountering)\\s+(?:(?:the|this|that|these|any)\\s+)?(?:same\\s+)?(?:[\\w-]+\\s+)?${trouble}\\b)`,
  'i',
);

/** "If the problem persists": what brings one here is still so, whatever of what stands before it was done. */
export function outlasts(text: string): boolean {
  return lasts.test(text);
}

/** "If that does not help": said of what was done, without a word of what that was. */
export function didNotHelp(text: string): boolean {
  return /^(?:if|when)\s+(?:it|this|that|they|these|those)\s+(?:(?:does|do|did|has|have)(?:\s+not|n['’]t)\s+(?:help|work|fix|solve|resolve)(?:ed|d)?\b|persists?\b|still\s+(?:happens|occurs|does(?:\s+not|n['’]t)\s+(?:help|work)))/i.test(
    text,
  );
}

const bareNot =
  /^if\s+(?:it\s+(?:does|is|was|did)\s+)?not$|^if\s+(?:(?:this|that|it)\s+(?:does|is|was|did|has)|there\s+(?:is|are|was|were)|they\s+(?:are|do|have))(?:\s+not|n['’]t)$|^if\s+(?:no|none)$/i;
/** "In that case": the fact before it is the condition. */
export const ofThatCase = /^in\s+(?:that|this|these|those|which|such(?:\s+an?)?)\s+cases?$/i;
const bareSo =
  /^if\s+(?:so|yes|(?:this|that|it)\s+is\s+the\s+case|(?:it|this|that)\s+(?:is|does|has)|there\s+(?:is|are|was|were)|they\s+(?:are|do|have))$/i;

/** "If not", "otherwise": one side of what was asked before. */
export function isAnswer({ kind, text }: Condition): boolean {
  return kind === 'else' || bareNot.test(text.trim()) || bareSo.test(text.trim());
}

/** "If not", "if it is not": not the case `before`, which is said with it. */
export function denies(condition: Condition, before: string): Condition {
  if (condition.kind === 'else' || !bareNot.test(condition.text.trim())) return condition;
  return { ...condition, text: `if not: ${bare(before)}` };
}

/** "If so", "if that is the case" */
export function saysYes({ kind, text }: Condition): boolean {
  return kind !== 'else' && bareSo.test(text.trim());
}

const negative = /\b(?:not|never|no|none|nothing|nobody)\b|n['’]t\b/i;

/** "If it is full, …" and right behind it "If it isn't, …"; "If it is not up, …" and "If it is, …": the other side. */
export function saysOpposite({ text }: Condition, before: Condition): boolean {
  return (
    before.kind === 'if' &&
    ((negative.test(before.text) ? saysSo : saysNot).test(text.trim()) || saysWhetherItDid(text, before.text))
  );
}

/** "If this works, …" and "If this does not work, …": one verb of one pronoun, and just one of them denies it. */
function saysWhetherItDid(a: string, b: string): boolean {
  const [one, other] = [itDid.exec(a.trim()), itDid.exec(b.trim())];
  if (!one || !other) return false;
  const [, pronoun = '', denied, verb = ''] = one;
  const [, same = '', alsoDenied, sameVerb = ''] = other;
  const isOne = pronoun.toLowerCase() === same.toLowerCase() && areOneVerb(verb, sameVerb);
  return isOne && (denied === undefined) !== (alsoDenied === undefined);
}

const itDid =
  /^(?:if|when)\s+(it|this|that|they|these|those)\s+(?:(?:does|do|did|has|have|is|are|was|were)\s+)?(?:((?<=\b(?:does|do|did|has|have|is|are|was|were)\s)not|(?:does|do|did|has|have|is|are|was|were)n['’]t)\s+)?(?!(?:not|is|are|was|were|has|have|does|do|did)\b)([a-z]+)$/i;

/** "works" and "work", "recovered" and "recover" */
function areOneVerb(a: string, b: string): boolean {
  const forms = (verb: string): readonly string[] => [
    verb,
    verb.replace(/(?:e?s|e?d|ing)$/, ''),
    verb.replace(/[sd]$/, ''),
  ];
  const others = forms(b.toLowerCase());
  return forms(a.toLowerCase()).some((form) => others.includes(form));
}

const saysNot = /^if\s+(?:it|this|that|they|there)\s+(?:is|are|was|were|does|do|did|has|have|can)(?:\s*not|n['’]t)$/i;
const saysSo =
  /^if\s+(?:it|this|that|they|there|some(?:body|one|thing)?|any(?:body|one|thing)?|one)\s+(?:is|are|was|were|does|do|did|has|have|can)$/i;

const noneOfThem = /^if\s+none\b/i;

/**
 * The condition with what it stands for. `before` are the words of the option before it, `said` the sentence before it;
 * "otherwise" stays as it is.
 */
export function bindWords(
  condition: Condition,
  before: string | null,
  said: string | null,
): { condition: Condition; words: string } {
  const text = condition.text.trim();
  if (condition.kind === 'else') {
    if (/^(?:otherwise|else)$/i.test(text)) {
      if (before !== null) return { condition, words: 'otherwise' };
      const words = said === null ? 'otherwise' : `otherwise (not: ${clean(said)})`;
      return { condition: { ...condition, kind: 'if', text: words }, words };
    }
    if (before !== null && (noneOfThem.test(text) || !/^(?:if|when)\b/i.test(text))) return { condition, words: text };
    // "In all other cases, …": no one thing that was looked at is denied by it.
    if (before === null && /^in\s/i.test(text)) return { condition: { ...condition, kind: 'if' }, words: text };
    const stands = before ?? (said === null ? null : clean(said));
    const words = stands === null || /^(?:yes|no)$/i.test(bare(stands)) ? text : `if not: ${bare(stands)}`;
    return { condition: before === null ? { ...condition, kind: 'if', text: words } : condition, words };
  }
  if (condition.kind === 'else-if') return { condition, words: `otherwise, ${text}` };
  const asked =
    bareSo.test(text) || bareNot.test(text) ? /^if\s+(?:not|so):\s+(.+)$/i.exec(before ?? '')?.[1] : undefined;
  if (asked !== undefined) {
    const words = `${text}: ${asked}`;
    return { condition: { ...condition, text: words }, words };
  }
  if (said !== null && (bareSo.test(text) || bareNot.test(text) || ofThatCase.test(text))) {
    const words = `${text}: ${clean(said)}`;
    return { condition: { ...condition, text: words }, words };
  }
  return { condition, words: text };
}

function bare(words: string): string {
  return words.replace(
    /^(?:if|when|unless|once)\s+(?:(?:so|(?:it|this|that|they|there)\s+(?:is|are|was|were|does|do|has|have)):\s+)?/i,
    '',
  );
}

function clean(sentence: string): string {
  const words = sentence.replace(/[.,?!:;\s]+$/, '');
  return words.length > 160 ? `${words.slice(0, 159)}…` : words;
}
