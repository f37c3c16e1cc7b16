// Reads the condition of a sentence: "If X, …", "Otherwise, …", "Otherwise, if X, …", "… if X", "Unless X, …", "X → …",
// "Yes: …". Only the range of the words is found here; what they decide is the guard room's concern.
import { hedgeIn } from './branching.ts';
import { sift, allMatches } from '../base/index.ts';
import type { Prose, Sentence } from '../guide/index.ts';
import type { Condition, Passage } from './draft.ts';
import { comparesNumber, isFinding, isTrouble } from './findings.ts';
import { asksPlainly, isImperative } from './imperative.ts';
import { endsAfterCount, findOutcome, readOutcome } from './read-outcome.ts';
import { kindBefore, kindBehind } from './for-kind.ts';
import { introduced, rangeOf } from './introduced.ts';
import { arrowIn, equalsIn, isMenuPath, leadsAway, saysHow } from './shafts.ts';
import { onlyThen, turned } from './over-steps.ts';
import { inOtherCases, lead, looksUpIn } from './signs.ts';
import { eitherCase, inWhichCase, unlessTail } from './unless-case.ts';

/** "If not all pods are ready" has a subject and a verb of its own. */
const ofNotAll = String.raw`\s+(?:all|every|both|each|enough|everything|every(?:one|body))\b[^,.;:]{0,80}\b(?:is|are|was|were|has|have|had|can|could|does|do|did|will|would|shows?|match(?:es)?|reports?|exists?|responds?|answers?|runs?|works?|succeeds?|succeeded|fits?|finish(?:es|ed)?|complete[sd]?)\b`;
/** "If none of these is the case", "if neither applies". */
const holdsTrue = String.raw`(?:apply|applies|match(?:es)?|fits?|holds?(?:\s+true)?|(?:is|are)\s+(?:true|so|met|the\s+case))`;
const opensElse = new RegExp(
  lead +
    String.raw`(otherwise|(?:or\s+)?else|${inOtherCases}(?=\s*,)|(?:with|for|on)\s+(?:all|any)\s+other\s+(?:\w+\s+)?(?:answers?|results?|status(?:es)?|codes?|states?|values?|outputs?|responses?|errors?|messages?|reasons?|causes?)(?=\s*,)|if\s+not(?!${ofNotAll})(?!\s+(?:(?:already|yet|currently|all)\s+)?(?!then\b|please\b)[\w-]+(?:\s+(?:yet|already|there|(?:in|on|to|at)\s+[\w-]+))?\s*,)|if\s+no(?=\s*[,:]|\s+(?:go|skip|jump|proceed|continue|page|escalate|stop)\b)|if\s+none(?:\s+of\s+(?:the\s+)?(?:above|these|those|them)(?:\s+${holdsTrue})?)?(?=\s*[,:])|if\s+neither(?:\s+of\s+(?:these|those|them|the\s+two))?\s+${holdsTrue}(?=\s*[,:])|if\s+it\s+is\s+neither(?=\s*[,:])|if\s+(?:this|that)\s+is(?:\s+not|n['’]t)\s+(?:the\s+case|so|true)(?=\s*[,:]))(?=[\s,:;.]|$)`,
  'i',
);
const elseIf = /^[\s,;:–—-]*(?:and\s+)?if\b(?!\s+(?:not|needed|necessary|required|possible)\s*[,.])/i;
const opensIf = new RegExp(
  lead +
    String.raw`(if|unless|in\s+(?:the\s+)?case(?:\s+(?:of|when|where|that))?|in\s+(?:some|certain|rare)\s+(?:cases|situations)(?=\s+(?:when|where|that|the|an?|it|this)\b[^.:]{5,300},\s+(?:you|please)\b)|when(?:ever)?(?!\s+to\b)|except\s+(?:if|when|in\s+case)|where(?=\s+(?:the|an?|this|that|these|those|there|it)\b[^,.?]{3,120},\s)|failing\s+(?:that|this)(?=\s*,)|given\s+that|provid(?:ed|ing)\s+(?:that|(?=(?:the|an?|no|it|there|this|all|both|you|nothing|none)\b[^,.?]{3,120},\s))|suppos(?:e|ing)\s+(?:that|(?=(?:the|an?|no|it|there|this|all|you|nothing|none)\b[^,.?]{3,120},\s))|(?:as|so)\s+long\s+as|assuming\s+(?:that|the|an?|it|there|you)|in\s+the\s+event\s+(?:of|that)|after(?=\s+(?:\d{1,2}|two|three|four|five|several|multiple)\s+(?:failed\s+|unsuccessful\s+)?(?:attempts|tries|retries|failures)\b[^,]{0,40},)|should(?=\s+(?:the|an?|any|every|each|all|both|some|neither|either|none|nothing|more|fewer|this|that|these|those|there|it|they|you|one|two|no)\b[^,.?]{3,120},\s[^?]+$)|should(?=\s+(?!i\s)(?:[\w.\x60'’-]+\s+){1,4}?(?:be|not|have|fail|show|remain|stay|still|return|report|keep|become|get|need|run|stop|exceed|drop|rise|grow|persist|continue|occur|happen|appear|contain)\b[^,.?]{0,120},\s[^?]+$))\b`,
  'i',
);
const opensThatCase = new RegExp(
  lead +
    String.raw`(in\s+(?:that|this|these|those|which|such(?:\s+an?)?)\s+cases?)(?=\s*,|\s+(?:you|we|please|it|page|escalate|contact|call|go|skip|stop)\b|\s+(?:the|this)\s)`,
  'i',
);
const yesNo =
  /^[-–—•*\s]*(yes|no(?!\s+matter\b))\b(?:\s*[-–—]\s|(?:\s*\([^)]{0,80}\))?(?:,?\s+[^:.→>]{0,80}?)?\s*(?::|→|->|[-–—]\s|,)|\.(?=\s+\p{L}))/iu;
const finite =
  /(?:[<>=≥≤!]|\b(?:it|that|there|this|what|he|she)['’]s\s|\b(?:they|you|we)['’]re\s|\b(?:is|are|was|were|be|been|am|has|have|had|having|does|do|did|can|could|cannot|can't|isn't|aren't|wasn't|don't|doesn't|didn't|hasn't|haven't|won't|will|would|should|may|might|must|shows?|fails?|failed|exists?|exceeds?|contains?|returns?|returned|reports?|reported|match(?:es)?|persists?|remains?|appears?|occurs?|occurred|happens?|happened|sees?|finds?|found|needs?|wants?|wish|indicates?|indicated|detected|identif(?:y|ies|ied)|detects?|says?|looks?|seems?|stays?|keeps?|works?|gives?|gets?|uses?|runs?|starts?|stops?|drops?|rises?|increases?|decreases?|passes|succeed(?:s|ed)?|helps?|helped|worked|fixe[sd]|resolve[sd]|solve[sd]|recover(?:s|ed)|changes?|comes?|goes|lists?|prints?|outputs?|receives?|cause[sd]?|so|none|nothing|no|not|empty|above|below|over|under|greater|less|more|fewer|present|absent|missing|needed|true|false|yes)\b)/i;
/** "it finished": whatever word follows a pronoun is its verb. */
const ofPronoun = /^(?:it|they|you|we)\s+\p{L}/iu;
const whether =
  /\b(?:check|checks|checking|see|seeing|verify|verifies|verifying|determine|determines|determining|know|knowing|tell|test|testing|confirm|confirms|confirming|ask|asking|identifying|investigating|evaluating|validating|deciding|analyze|analyse|evaluate|assess|identify|investigate|decide|find\s+out|sure|wonder|even|as|only|make\s+sure|look|validate|understand|whether)(?:\s+\w+)?\s*$/i;
const looksUpWhere = new RegExp(`${looksUpIn}$`, 'iu');
const asksSomebody = /\b(?:ask|asking|inquire|enquire|clarify)\b(?:\s+[\w'’-]+){1,5}\s*$/i;
/** "Still failing?", "Pod stuck?": a finding, put as a question, behind which stands what to do. */
const elliptical = sift(
  /^\W*(?!(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|which|what|why|how|who|whose|whom|where|when|will|would|should|shall|if)\b|(?:yes|no)\?)(?:[\w'’/<>=≤≥-]+\s+){0,5}(?:[\w'’/-]+|\d+(?:[.,]\d+)?\s?%?)["”’`]?\?$/i,
);
/** "All green but the report is old?" opens an item. */
const asksInItem =
  /^\W*(?!(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|which|what|why|how|who|whose|whom|where|when|will|would|should|shall|if|in|on|for|to|did)\b|(?:yes|no)\?)(?:[\w'’/<>=≤≥-]+\s+){6,9}[\w'’/-]+\?$/i;
/** "Still …?", "One shop with …?" in the middle of a paragraph. */
const asksHowMany = /\bstill\b|^\W*(?:no|one|two|several|more|fewer|less|any|some)\b/i;
const trailing = sift(
  /\b(if|unless|in\s+case|(?<!\bexcept\s+)when|except\s+(?:if|when)|(?:provid(?:ed|ing)|assuming)(?=\s+(?:that|(?:the|it|there|no|none|nothing|all|you)\s[^,;.:]{3,80}[.!]?$))):?\s+(?=\S)/gi,
);
const isNegative = /^(?:unless|except)/;
const clauseStart = /^\s*(?:and|or|nor|but)\b(?!\s+(?:go|proceed|continue|skip|jump|return)\b)/i;

const inSomeCases = /\bin\s+(?:some|many|most|certain|rare|few|several|a\s+few)\s+(?:\w+\s+)?cases\b/i;

/** "When it finishes, …": it will, so that nothing is decided. */
export const whenDone =
  /^when\s+(?:done|finished|completed?|ready)$|^when(?:ever)?\s+(?:it|this|that|they|all|everything|the\s+\w+)\s+(?:(?:has|have|is|are|was)\s+)?(?:finish(?:es|ed)?|complet(?:es|ed?)|arriv(?:es|ed)|done|ready|over)$/i;

/** The condition of a sentence by itself, as one that something is to be done in. */
export function conditionOf(sentence: Sentence, inItem: boolean): Condition | null {
  return readCondition({ sentence, paragraph: 0, inItem, leadsToAction: false, lastAction: null }, null, true);
}

/** The condition of `sentence`; `jumpStart` is where its jump begins in the prose, when it has one. */
export function readCondition(passage: Passage, jumpStart: number | null, hasEffect: boolean): Condition | null {
  const found = findCondition(passage, jumpStart, hasEffect);
  const condition = found && ofLabel(found);
  return condition && jumpStart !== null && onlyThen(passage.sentence.text) ? turned(condition) : condition;
}

function findCondition(passage: Passage, jumpStart: number | null, hasEffect: boolean): Condition | null {
  const { sentence, inItem } = passage;
  const { text } = sentence;
  const other = opensElse.exec(text);
  // "In all other cases, data may be lost" tells what happens, and not what to do; "In some cases …. In other cases, …" sorts nothing.
  const tells =
    /^in\s/i.test(other?.[1] ?? '') && (!hasEffect || inSomeCases.test(sentence.prose.plain.slice(0, sentence.start)));
  if (other?.[1] !== undefined && !tells) return elseCondition(sentence, other[0].length, other[1], jumpStart);
  const thatCase = hasEffect && text.includes(' case') ? opensThatCase.exec(text) : null;
  if (thatCase?.[1] !== undefined) {
    const end = sentence.start + thatCase[0].length;
    return { kind: 'if', text: thatCase[1].toLowerCase(), start: end - thatCase[1].length, end, sentence };
  }
  const answer = yesNo.exec(text);
  if (answer?.[1] !== undefined && sentence.start === 0) {
    const words = answer[0]
      .replace(/[\s:.→,–—>-]+$/, '')
      .replace(/^[-–—•*\s]+/, '')
      .replace(/^(?:YES|NO)\b/, (said) => said.toLowerCase());
    return {
      kind: 'if',
      text: words.toLowerCase() === words ? words : words.charAt(0).toLowerCase() + words.slice(1),
      start: sentence.start,
      end: sentence.start + answer[0].length,
      sentence,
    };
  }
  if (
    elliptical.test(text) ||
    (((inItem && sentence.start === 0) || asksHowMany.test(text)) && asksInItem.test(text))
  ) {
    const words = text.replace(/^[\s*•>–—-]+/, '');
    if (saysElse(words.replace(/\?\W*$/, '')))
      return { kind: 'else', text: 'otherwise', start: sentence.start, end: sentence.end, sentence };
    const asked = /^\p{Lu}\p{Lu}/u.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);
    return { kind: 'if', text: asked, start: sentence.start, end: sentence.end, sentence };
  }
  const either = hasEffect ? eitherCase(sentence) : null;
  if (either) return either;
  const opening = opensIf.exec(text);
  if (opening?.[1] !== undefined) {
    const word = opening[1].toLowerCase();
    if (/^(?:when|where|given)/.test(word) && !hasEffect) return null;
    const start = sentence.start + opening[0].length - opening[1].length;
    const end = conditionEnd(sentence, start, jumpStart);
    if (word === 'when' && whenDone.test(sentence.prose.plain.slice(start, end).replace(/[\s,]+$/, ''))) return null;
    if (/^(?:unless|except)/.test(word)) {
      const excepted = inWhichCase(sentence, start, end);
      if (excepted) return excepted;
    }
    const exception = word === 'if' ? unlessTail(sentence.prose.plain.slice(end, sentence.end)) : null;
    if (exception) {
      const made = makeIf(sentence, 'if', start, end);
      return { ...made, text: `${made.text}, ${exception.words}` };
    }
    return makeIf(sentence, /^(?:unless|except)/.test(word) ? 'unless' : 'if', start, end);
  }
  const kind = kindBefore(text, hasEffect, jumpStart !== null);
  if (kind) {
    const start = sentence.start + kind.start;
    return { ...makeIf(sentence, 'if', start, start + kind.words.length), text: kind.text };
  }
  const bracketed = inBrackets.exec(text);
  if (bracketed?.[1] !== undefined && hasEffect) {
    const start = sentence.start + text.indexOf(bracketed[1]);
    return makeIf(sentence, /^unless/i.test(bracketed[1]) ? 'unless' : 'if', start, start + bracketed[1].length);
  }
  const shaft = arrowIn(sentence) ?? equalsIn(sentence, jumpStart);
  if (
    shaft &&
    shaft.index > 0 &&
    shaft.index < 300 &&
    (sentence.start === 0 || shaft[0] === ' = ' || jumpStart !== null) &&
    (inItem ||
      comparesNumber.test(text.slice(0, shaft.index)) ||
      saysElse(text.slice(0, shaft.index)) ||
      shaft[0] === ' = ' ||
      leadsAway(sentence, shaft.index, shaft[0].length, jumpStart)) &&
    !isMenuPath(text.slice(0, shaft.index)) &&
    !saysHow(sentence, shaft.index, shaft[0].length)
  ) {
    const made = makeIf(sentence, 'if', sentence.start, sentence.start + shaft.index);
    return saysElse(made.text) ? { ...made, kind: 'else' } : made;
  }
  const within = hasEffect ? rangeOf(text) : null;
  if (within?.[1] !== undefined) {
    const start = sentence.start + within[0].length - within[1].length;
    return makeIf(sentence, 'if', start, start + within[1].length);
  }
  const effect = jumpStart ?? (hasEffect ? sentence.start + (findOutcome(text)?.start ?? 0) : sentence.start);
  const phrase = introduced(text, effect - sentence.start, jumpStart !== null);
  if (phrase) {
    const made = makeIf(sentence, 'if', sentence.start + phrase.start, sentence.start + phrase.end);
    return /^\p{Lu}{2}/u.test(made.text)
      ? made
      : { ...made, text: made.text.charAt(0).toLowerCase() + made.text.slice(1) };
  }
  return (
    countCondition(sentence, jumpStart) ??
    trailingCondition(sentence, jumpStart) ??
    untilCondition(sentence, jumpStart) ??
    kindBehind(sentence, jumpStart) ??
    (hasEffect
      ? (labelCondition(sentence, inItem, jumpStart) ?? (inItem ? dashCondition(sentence, jumpStart) : null))
      : null)
  );
}

/** "`DROPPED` - go to Step 3" as an item: what stands before the dash is the case, where what stands behind it leads away. */
function dashCondition(sentence: Sentence, jumpStart: number | null): Condition | null {
  const [whole, label] = /^[-–—•*\s]*([^.?!;:–—]{1,60}?)\s+(?:[–—-]|--)\s+(?=\S)/.exec(sentence.text) ?? [];
  if (sentence.start !== 0 || whole === undefined || label === undefined || !mayBeFound(label)) return null;
  const leaves = jumpStart === null ? findOutcome(sentence.text)?.start : jumpStart - sentence.start;
  return leaves === undefined || leaves < whole.length || leaves > whole.length + (jumpStart === null ? 60 : 30)
    ? null
    : namedCase(label, sentence);
}

/** "(If the queue is full) Purge it." */
const inBrackets = /^\W*?[([]\s*((?:if|when|unless|in\s+case)\b[^()[\]]{3,120})[)\]]\s*[:,–—-]?\s+\p{L}/iu;

/** "Repeat steps 2 and 3 until the queue is empty": round and round unless that holds. */
function labelCondition(sentence: Sentence, inItem: boolean, jumpStart: number | null): Condition | null {
  const label = labelOf(sentence.text);
  if (label === null || !((inItem && sentence.start === 0) || (alone.test(label) && isFinding(label)))) return null;
  // Behind a jump anything before the colon is the case that it is for: "`rate_limited`: go to step 2".
  if (!isFinding(label) && (jumpStart === null || jumpStart - sentence.start > label.length + 8)) return null;
  const leaves = jumpStart === null ? findOutcome(sentence.text)?.start : jumpStart - sentence.start;
  // "No rows: nothing is blocked any more, so stop here." says why before it ends.
  const most = label.length + (jumpStart === null ? 60 : 30);
  if (leaves === undefined || leaves < label.length || leaves > most) return null;
  const start = sentence.start + sentence.text.indexOf(label);
  const made = makeIf(sentence, 'if', start, start + label.length);
  return saysElse(label) ? { ...made, kind: 'else' } : made;
}

/** "Memory: if it is above 90 %": the words in front, which open the item or paragraph, say what "it" is. */
function ofLabel(condition: Condition): Condition {
  if (condition.start === 0 || condition.start > 70 || !pronounAtOnce.test(condition.text)) return condition;
  const label = /^((?:(?!\b(?:is|are|was|were)\b)[^:.?!;]){2,60}):\s*$/.exec(
    condition.sentence.prose.plain.slice(0, condition.start),
  )?.[1];
  if (label === undefined || !mayBeFound(label)) return condition;
  return { ...condition, text: condition.text.replace(pronounAtOnce, `$1 (${label})`) };
}

const pronounAtOnce = /^((?:if|when|in\s+case|unless)\s+(?:it|they))\b/i;

/** "Over 95 %: skip to step 6", "`C:\\Temp` is first: …": words before a colon that name what was found; null when they name a part of the guide. */
export function labelOf(text: string): string | null {
  const label = /^(?:[-–—•*\s]|>(?!=?\s*\d))*(\d|(?:[^:.?!;]|[.:](?=\S)){2,80}):\s+\S/.exec(text)?.[1];
  return label === undefined || !mayBeFound(label) ? null : label;
}

/** The condition that `words` name which stand in `place`; `sentence` is what they are a condition of. */
export function namedCase(words: string, place: Sentence, sentence = place): Condition {
  const start = place.start + place.text.indexOf(words);
  return { kind: saysElse(words) ? 'else' : 'if', text: words, start, end: start + words.length, sentence };
}

/** "Note", "Next steps", "Solution": words before a colon that name a part of the guide. */
export function namesPart(label: string): boolean {
  return noFinding.test(label);
}

/** False for words before a colon or dash that name a part of the guide, or ask for something. */
export function mayBeFound(label: string): boolean {
  // "Queue length > 100" begins with a word that may be a verb; nobody is asked to do a number.
  return !noFinding.test(label) && (!isImperative(label) || comparesNumber.test(label));
}

const alone = /^(?:(?:exit|return|status)\s+code\s+\d+$|no|any|some|empty|none|zero|non-?\w+|[<>≤≥=]|\d)\b|^[<>≤≥=]/i;
const noFinding =
  /^(?:notes?|important|warning|caution|tips?|hints?|attention|actions?|next(?:\s+steps?)?|then|finally|first(?:ly)?|second(?:ly)?|third(?:ly)?|resolutions?|solutions?|fix(?:es)?|todo|escalations?|mitigations?|workarounds?|results?|remember|optional|examples?|e\.g|step\b.*|outcomes?|responses?|recommend.*|expected.*|why|how\b.*|what|who|where|when\s+to.*|impact|summary|details?|see(?:\s+also)?|info(?:rmation)?|reminder|contacts?|owners?|links?|commands?|goal|purpose|also|undo|verify|severity.*|priority|slack|email|phone|tools?|if|when|otherwise|else|yes|no)$/i;

function untilCondition(sentence: Sentence, jumpStart: number | null): Condition | null {
  if (jumpStart === null) return null;
  const from = jumpStart - sentence.start;
  const match = /\b(?:until|till)\s+(?=\S)/i.exec(sentence.text.slice(from));
  if (
    !match ||
    !/^(?:repeat|redo|retry|re-?run|loop|go|return|continue|stay|remain)\b/i.test(sentence.text.slice(from))
  )
    return null;
  return makeIf(sentence, 'unless', jumpStart + match.index, sentence.end);
}

/** "Anything else": what none of the cases before names. */
export function saysElse(text: string): boolean {
  return /^(?:(?:any(?:thing|one)?|some(?:thing|one)|all|everything)\s+(?:else|others?)(?:\s+\w+){0,2}|others?|otherwise|in\s+(?:all\s+)?other\s+cases|else|none\s+of\s+(?:the\s+above|these)|neither(?:\s+of\s+(?:these|them|the\s+two))?|default)[.:]?$/i.test(
    text,
  );
}

function elseCondition(sentence: Sentence, length: number, word: string, jumpStart: number | null): Condition {
  const from = sentence.start + length;
  const rest = sentence.text.slice(length);
  const inner = elseIf.exec(rest);
  if (inner && /^(?:otherwise|else)$/i.test(word)) {
    const start = from + inner[0].length - 2;
    const end = conditionEnd(sentence, start, jumpStart);
    return { ...makeIf(sentence, 'if', start, end), kind: 'else-if' };
  }
  const start = from - word.length;
  return {
    kind: 'else',
    text: word
      .toLowerCase()
      .replace(/^or\s+/, '')
      .replace(/\s+/g, ' '),
    start,
    end: from,
    sentence,
  };
}

function makeIf(sentence: Sentence, kind: 'if' | 'unless', start: number, end: number): Condition {
  const { prose } = sentence;
  let to = end;
  while (to > start && /[\s,;:.–—]/.test(prose.plain[to - 1] ?? '')) to--;
  if (prose.plain.slice(to - 2, to) === ' -') to -= 2;
  const tail =
    /[\s,]+(?:(?:please|just|then|you|we|simply|directly)\s*(?:(?:can|may|should|must|could|need\s+to|have\s+to)\s*)?)$/i;
  const cut = tail.exec(prose.plain.slice(Math.max(start, to - 40), to));
  const kept = prose.plain.slice(start, to - (cut?.[0].length ?? 0));
  // "If it looks odd to you, go on.": it belongs to the word before it, and what is to be done begins behind the comma.
  const isObject =
    /\b(?:to|for|with|by|from|of|about|on)$/i.test(kept) && /^\s*(?:[,;:→]|->|then\b)/i.test(prose.plain.slice(to));
  // "If you must, page the owner first.": the words before the comma are all that it says.
  if (cut && !isObject && !/^(?:if|unless|when)$/i.test(kept)) to -= cut[0].length;
  const words = prose.plain
    .slice(start, to)
    .replace(/\s+/g, ' ')
    .replace(/^(if|when|unless|in case):/i, '$1');
  const text =
    /^(?:If|Unless|Until|When|Whenever|In case|In the case|In some|In certain|In rare|Provided|Providing|As long|So long|Assuming|In the event|After|Should|Where|Except|Given|Failing|Suppos(?:e|ing)|On|Upon|For|With|Without|In|Using)\b/.test(
      words,
    )
      ? words.charAt(0).toLowerCase() + words.slice(1)
      : words;
  return { kind, text, start, end: to, sentence };
}

/** "if:" */
const opensOnly = /^(?:if|when|unless|in\s+case)$/i;

const mostCommas = 60;

/**
 * Where the condition that opens at `start` ends: at "then" or an arrow, or at the first comma outside brackets, quotes and
 * code before which a verb has been said and after which no "and" or "or" goes on; without one, at the jump.
 */
function conditionEnd(sentence: Sentence, start: number, jumpStart: number | null): number {
  const { prose } = sentence;
  const limit = jumpStart !== null && jumpStart > start ? jumpStart : sentence.end;
  const thing = ofThing.exec(prose.plain.slice(start, limit));
  if (thing) return start + thing[0].length;
  if (/^(?:if|when)\s+(?:not|so)\s*[,:]/i.test(prose.plain.slice(start, start + 12))) return start + 6;
  let depth = 0;
  let quoted = false;
  let firstComma = -1;
  let commas = 0;
  for (let at = start; at < limit; at++) {
    const code = prose.codes.find((mark) => mark.start <= at && at < mark.end);
    if (code) {
      at = code.end - 1;
      continue;
    }
    const unit = prose.plain[at] ?? '';
    if (unit === '"' || unit === '“' || unit === '”') quoted = !quoted;
    else if (unit === '(' || unit === '[') depth++;
    else if (unit === ')' || unit === ']') depth = Math.max(0, depth - 1);
    if (depth > 0 || quoted) continue;
    if ((unit === '→' || unit === '⇒') && at > start) return at;
    if (unit === '-' && prose.plain[at + 1] === '>' && prose.plain[at - 1] === ' ') return at;
    if (unit === ' ' && /^\s+then\b/i.test(prose.plain.slice(at, at + 6))) return at;
    if (unit === ' ' && asksBehindDash(prose.plain.slice(start, at), prose.plain.slice(at, sentence.end))) return at;
    if (unit === ':' && /\s/.test(prose.plain[at + 1] ?? ' ') && !opensOnly.test(prose.plain.slice(start, at)))
      return (
        mainClause(prose.plain, start, at) ??
        runsBelow(prose.plain, start, at) ??
        asksBefore(prose, firstComma, at) ??
        at
      );
    if (unit !== ',' && unit !== ';') continue;
    // Nobody's condition has so many parts, and each costs a look at all before it.
    if (++commas > mostCommas) break;
    if (!/\s/.test(prose.plain[at + 1] ?? ' ')) continue;
    if (prose.plain.slice(at, limit).trim().length === 1) break;
    const next = prose.plain.slice(at + 1, at + 24);
    // "If, after 5 minutes, it is still red, …"
    if (opensOnly.test(prose.plain.slice(start, at))) {
      at = Math.max(at, prose.plain.slice(0, limit).indexOf(',', at + 1));
      continue;
    }
    if (clauseStart.test(next) || amplifies.test(next)) continue;
    if (firstComma === -1) firstComma = at;
    const earlier = mainClause(prose.plain, start, at);
    if (earlier !== null) return earlier;
    // "If it still fails open a ticket with the vendor, priority 1.": nothing is asked for behind the comma.
    const asked = asksBehind.test(prose.plain.slice(at + 1, limit)) ? null : imperativeClause(prose.plain, start, at);
    if (asked !== null) return asked;
    const hasCode = prose.codes.some((mark) => mark.start >= start && mark.end <= at);
    const clause = prose.plain.slice(start, at).replace(/^\w+\s/, '');
    const isAsked =
      /\S\s+\S/.test(clause) && asksPlainly(prose.plain.slice(at + 1, Math.min(limit, at + 60)).trimStart());
    if (
      hasCode ||
      isAsked ||
      finite.test(clause) ||
      ofPronoun.test(clause) ||
      asksYou.test(prose.plain.slice(at + 1, at + 40))
    )
      return endOfEnumeration(prose.plain, at, limit) ?? at;
  }
  if (firstComma !== -1) return firstComma;
  return mainClause(prose.plain, start, limit) ?? imperativeClause(prose.plain, start, limit) ?? limit;
}

/** "If it hangs - restart it.": a clause before the dash, and something to do behind it. */
function asksBehindDash(before: string, behind: string): boolean {
  const dash = /^\s(?:[–—-]|--)\s+/.exec(behind)?.[0];
  if (dash === undefined) return false;
  const clause = before.replace(/^\w+\s/, '');
  const rest = behind.slice(dash.length);
  return (finite.test(clause) || ofPronoun.test(clause)) && (isImperative(rest) || asksYou.test(` ${rest}`));
}

/** "If it is full, e.g. after an outage, purge it": it says more of the condition. */
const amplifies =
  /^\s*(?:e\.\s?g\.|i\.\s?e\.|for\s+(?:example|instance)\b(?!\W*(?:if|when|you|we)\b)|such\s+as\b|even\s|especially\b|including\b|particularly\b|like\s)/i;

/** "In the case of a primary branch it is best to …": a thing is named, and no comma ends it. */
const ofThing =
  /^in\s+(?:the\s+)?case\s+of\s+[^,;:.]{2,80}?(?=\s(?:it\s+is|you\s+(?:can|may|should|must|need|have)|please)\b)/i;

/** "If it has made a, changed b, or deleted c, restore them": the comma behind the last of them, when the first is `comma`. */
function endOfEnumeration(text: string, comma: number, limit: number): number | null {
  const rest = text.slice(comma + 1, limit);
  if (isImperative(rest)) return null;
  const match = /^[^,;:.?!]{2,80},\s+(?:and|or)\s+[^,;:.?!]{2,80}(?=,\s+(\S[^,]*))/i.exec(rest);
  return match && isImperative(match[1] ?? '') ? comma + 1 + match[0].length : null;
}

/** "If the address is wrong update it": a verb in its base form, and what it is done to, where no comma says so. */
function imperativeClause(text: string, start: number, limit: number): number | null {
  const words = text.slice(start, limit);
  for (const match of allMatches(words, /\s(?=[a-z][a-z-]+\s)/g)) {
    const before = words.slice(0, match.index);
    if (notBefore.test(before) || !finite.test(before.replace(/^\w+\s/, ''))) continue;
    const rest = words.slice(match.index + 1);
    if (asksPlainly(rest) || makesSure.test(rest)) return start + match.index;
  }
  return null;
}

/** "If a leak is suspected, capture a heap dump: …": what is asked for behind the first comma is no part of the condition. */
function asksBefore({ plain }: Prose, comma: number, colon: number): number | null {
  return comma !== -1 && isImperative(plain.slice(comma + 1, colon).trimStart()) ? comma : null;
}

/** "If it is full run the following as root:": the words in front of a colon that say what stands below it. */
function runsBelow(text: string, start: number, limit: number): number | null {
  const match =
    /\s(?=(?:run|execute|use|try|do|perform|issue|enter)\s+(?:the\s+following|this|these)\b[^,.:;]{0,40}$)/i.exec(
      text.slice(start, limit),
    );
  return match && finite.test(text.slice(start, start + match.index).replace(/^\w+\s/, ''))
    ? start + match.index
    : null;
}

const makesSure = /^(?:make\s+sure|(?:check|verify|ensure|confirm)\s+(?:if|whether|that|for))\s+\S/;

/** ", you can dig further": whatever stands before that comma is the condition. */
const asksYou = /^\s+(?:then\s+)?(?:(?:you|we)\s+(?:can|could|may|should|must|need|have|will|want|might)\b|please\s)/i;

/** Words that may be what is to be done. */
const asksBehind =
  /^\s*(?:(?:please|then|you|we)\b|(?:\p{L}+ly\s+)?\p{L}+\s+(?:the|an?|all|your|it|them|this|that|to|into|on|up|down|out|off|with|for|from|in|[`"“]))/u;

/** Words that a main clause in the imperative does not stand right behind. */
const notBefore =
  /(?:^|\s)(?:the|an?|this|that|these|those|your|our|its|their|his|any|all|each|every|some|no|not|to|can|could|will|would|may|might|must|should|shall|do|does|did|don['’]t|doesn['’]t|didn['’]t|can['’]t|won['’]t|cannot|and|or|but|nor|that|which|who|whether|if|when|where|what|how|because|as|than|you|we|they|i|it|he|she|let|helps?|makes?|above|below|of|in|on|for|with|at|by|from|is|are|was|were|be|been|has|have|had|still|also|even|only|new|another|other|more|most|first|last|next|same|pending|failed|(?:\w+ly)|[\w.-]+['’]s)$/i;

function mainClause(text: string, start: number, end: number): number | null {
  const match = withoutComma.exec(text.slice(start, end));
  return match && finite.test(text.slice(start, start + match.index).replace(/^\w+\s/, ''))
    ? start + match.index
    : null;
}

/** "If a webhook blocks it you can delete it": where the main clause begins when no comma says so. */
const withoutComma =
  /(?<!\b(?:and|or|but|that|which|who|whether|if|when|where|what|how|because|as|than))\s(?=(?:you|we)\s+(?:can|could|may|might|should|must|need\s+to|have\s+to|will)\b|(?:you\s+are|you['’]re)\s+(?:done|finished)\W*$|the\s+(?:[\w-]+\s+){1,3}(?:needs?\s+to|must|should|can|could|has\s+to|have\s+to)\s+be\s+\w+ed\b|(?:may|might|could|can|will|would)\s+(?:indicate|mean|suggest|imply)\b|it\s+(?:(?:may|might|could|can|will|would|does|is|usually|probably|very|most|quite|likely)\s+)*(?:indicates?|means?|suggests?|implies|requires?|needs?|likely|probable|possible\s+that|safe\s+to|be\s+(?:necessary|needed|required|an?\s+(?:symptom|sign|indication)|due\s+to|caused\s+by|because|helpful|useful|worth|best|better))\b)/i;

/** "Close the ticket after two reminders.", "Escalate after 30 minutes.": an ending that one comes to then, and not at once. */
function countCondition(sentence: Sentence, jumpStart: number | null): Condition | null {
  const match = jumpStart === null ? endsAfterCount.exec(sentence.text) : null;
  const words = match?.[1];
  if (!match || words === undefined || match.index < 4 || readOutcome(sentence.text) === null) return null;
  const start = sentence.start + match.index + match[0].indexOf(words);
  return { kind: 'if', text: words.toLowerCase(), start, end: start + words.length, sentence };
}

/** "Go to Step 4 if X.", but not "check if X". */
function trailingCondition(sentence: Sentence, jumpStart: number | null): Condition | null {
  const { text } = sentence;
  const closing = closingBracket.exec(text);
  if (closing?.[1] !== undefined && closing.index > 0 && !hedgeIn(closing[1]) && !waits.test(text)) {
    const kind = /^unless/i.test(closing[1]) ? 'unless' : 'if';
    return { kind, text: closing[1], start: sentence.start + closing.index, end: sentence.end, sentence };
  }
  for (const match of allMatches(text, trailing)) {
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    const word = (match[1] ?? '').toLowerCase();
    const isOnly =
      onlyThen(text) ||
      /\bonly\s*$|^\W*(?:(?:then|but|and|please)\s+)?only\s+\p{L}+\s/iu.test(text.slice(0, match.index));
    if (whether.test(before) && !isOnly) continue;
    if (word === 'if' && looksUpWhere.test(text.slice(Math.max(0, match.index - 80), match.index))) continue;
    if (match.index === 0 || isOpen(text.slice(0, match.index))) continue;
    if (
      word === 'when' &&
      !isOnly &&
      jumpStart === null &&
      readOutcome(text) === null &&
      !isForTrouble(text, match.index)
    )
      continue;
    if (asksSomebody.test(before)) continue;
    if (word === 'assuming' && !/,\s*$/.test(before) && !/^\w+\s+that\b/.test(text.slice(match.index))) continue;
    if (nextTime.test(text.slice(match.index)) && writesDown.test(text.slice(0, match.index))) continue;
    if (/\bor\s+not\s*[.?]?$/i.test(text)) continue;
    if (hedgeOfOneClause.test(text.slice(match.index))) continue;
    if (jumpStart !== null && sentence.start + match.index < jumpStart) {
      const start = sentence.start + match.index;
      return makeIf(sentence, isNegative.test(word) ? 'unless' : 'if', start, conditionEnd(sentence, start, jumpStart));
    }
    const start = sentence.start + match.index;
    const lead = text.slice(0, match.index);
    const isLabelled = (match.index < 40 && (!isImperative(lead) || labelOfWords.test(lead))) || ofItsOwn.test(lead);
    return makeIf(
      sentence,
      isNegative.test(word) ? 'unless' : 'if',
      start,
      isLabelled || /^if\s+(?:not|so)\s*,/i.test(text.slice(match.index))
        ? conditionEnd(sentence, start, null)
        : beforeArrow(sentence, start),
    );
  }
  return null;
}

/** "Escalate if both are paid → refund one": what one does then is no part of the condition. */
function beforeArrow({ prose, end }: Sentence, start: number): number {
  const at = prose.plain.slice(start, end).search(/\s(?:→|⇒|-+>|=>)\s/);
  return at === -1 || prose.codes.some((code) => code.start <= start + at && start + at < code.end) ? end : start + at;
}

/** "Restart it (only if the queue is full)." */
const closingBracket =
  /\s\((?:(?:and|but)\s+)?(?:only\s+)?((?:if|unless)\s+(?!so\b|not\b|in\s+doubt\b|you\s+(?:want|like|wish|prefer)\b)[^(),;:]{4,120})\)[.!:\s]*$/i;

/** "Wait for the rollout to finish (if one was started)": for nothing, nobody waits. */
const waits = /^\W*(?:(?:then|now|next|please)\W+)*wait\b/i;

/** "Compare them, and if …", "Compare them - if …": behind it stands what follows from the condition. */
const ofItsOwn = /(?:[,;]\s+(?:and|but)|\s[–—-]{1,2}|[:;])\s+$/i;
/** "Note the fix in the wiki to find it if this happens again": what it is written down for, and not when. */
const nextTime =
  /^(?:if|when|in\s+case)\s[^,.;:]{2,60}\b(?:(?:happens?|occurs?|appears?|arises?|fails?|comes?\s+(?:up|back))\s+again|recurs?|reoccurs?)\b/i;
const writesDown =
  /^\W*(?:(?:then|also|finally|please)\b\W*)*(?:update|document|record|note|write|add|save|keep|store|log|describe|extend)\b.*\b(?:to|for|so\s+that|so)\s+\S/i;

/** "Rollback: if anything goes wrong, …": a word that may be a verb names what it is about. */
const labelOfWords = /^\W*[\w-]+(?:\s+[\w-]+)?:\s*$/;

/** "Restart the pod when it is stuck": something done about a state; not "send the report when it is done". */
export function isForTrouble(text: string, when: number): boolean {
  const before = text.slice(0, when);
  const clause = text.slice(when);
  return ofState.test(clause) && isTrouble(clause) && isImperative(before) && !onlyLooks.test(before);
}

const ofState =
  /^when\s+(?:(?:it|they|this|that|one|any|the|an?|your)\b|[\w-]+\s+(?:is|are|has|have|does|do|cannot)\b)[^,;:]+$/i;
/** What is said of a time, or looked at, is not done because of it. */
const onlyLooks =
  /^\W*(?:(?:please|then|also|always)\s+)*(?:note|see|check|look|observe|watch|monitor|understand|know|learn|record|determine|find|identify|verify|review|ask|avoid|be|keep|expect|remember|confirm|ensure|make\s+sure|alert|log)\b|\b(?:time|moment|point|date|what|how|why|cases?|happens|even|especially|except)\s*$/i;

/** "Pause it if possible, and open a ticket": the hedge is about the first of two things to do. */
const hedgeOfOneClause =
  /^(?:if|when)\s+(?:possible|needed|necessary|required|applicable)\s*,\s*(?:and|then|but)\s+\w/i;

/** True when a bracket or quotation is still open at the end of `text`. */
export function isOpen(text: string): boolean {
  return text.split('(').length > text.split(')').length || (text.split('"').length - 1) % 2 === 1;
}
