// Where a condition belongs: to the choice before it, to one inside an option of that choice, or to the step it only repeats.
import { sentencesOf, type Block, type Item, type Prose, type Sentence } from '../guide/index.ts';
import { looksOn } from './asks-for-work.ts';
import {
  anaphora,
  bindWords,
  didNotHelp,
  isAnswer,
  ofNone,
  ofThatCase,
  outlasts,
  saysOpposite,
  saysYes,
} from './antecedent.ts';
import { contentWords, sharedWords } from './content-words.ts';
import { isAsked } from './asked.ts';
import { areStates, cameOf, changesThings, isOfThing } from './came-of.ts';
import { cutParagraph, decidesAway, leadsOn, type IfPiece, type Piece } from './cut-paragraph.ts';
import type { Condition, Option } from './draft.ts';
import { paragraphOf, type FlowBuilder, type OpenOption } from './flow-builder.ts';
import { followsUp } from './follow-up.ts';
import { isImperative } from './imperative.ts';
import { meetBehindElse } from './meet-behind.ts';
import type { IsName } from './names.ts';
import { areOpposed } from './opposed.ts';
import { hasAction } from './read-actions.ts';
import { conditionOf } from './read-condition.ts';
import { readOutcome } from './read-outcome.ts';
import { isException } from './unless-case.ts';

/** Deeper than this, blocks are not looked into. */
export const deepest = 40;

/** "3. The volume is pending:" and then "If the volume is pending, …": the step is about nothing else. */
export function repeatsTitle(flow: FlowBuilder, { condition, leadsIn }: IfPiece): boolean {
  if (flow.last?.kind !== 'step' || leadsIn || condition.kind !== 'if') return false;
  const title = new Set(flow.last.step.title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const words =
    condition.text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(1) ?? [];
  const content = words.filter((word) => !/^(?:the|a|an|is|are|in|of|your|this|that)$/.test(word));
  return content.length > 1 && content.every((word) => title.has(word));
}

/** "The duration is shown in the console. Otherwise, query it.": another way to the same, where nothing was asked before. */
export function isInstead(flow: FlowBuilder, { condition, leadsIn }: IfPiece): boolean {
  if (condition.kind !== 'else' || leadsIn || flow.choice || !/^(?:otherwise|else)$/i.test(condition.text))
    return false;
  const own = flow.current?.blocks ?? [];
  const said = lastSentence(own)?.text ?? null;
  if (said === null || isImperative(said) || mayFail.test(said) || readOutcome(said) !== null) return false;
  return lookedAt(own, false) === null;
}

const mayFail = /\?|\b(?:if|when|unless|whether|should|must|expect\w*|need\w*|can|may|might|healthy|successful\w*)\b/i;

/** "4. This should free it, and if it is not freed, …": the first words tell of the step before, and the item is what then is done. */
export function tellsOfBefore(flow: FlowBuilder, [told, then]: readonly Piece[]): boolean {
  return (
    told?.kind === 'plain' &&
    then?.kind === 'if' &&
    told.asks === null &&
    flow.last?.kind === 'step' &&
    /^\W*(?:this|that|it)\s/i.test(told.prose.plain)
  );
}

/** Adds the option of a condition to the choice it belongs to. */
export function openOption(flow: FlowBuilder, piece: IfPiece, isNumbered = false, inList = false): FlowBuilder {
  const choice = flow.choice;
  const before = choice?.options.at(-1);
  if (before && ofThatCase.test(piece.condition.text)) return before.flow.innermost;
  const holder = before ? holderOf(before.flow, piece.condition) : null;
  if (holder) return openOption(holder, piece, isNumbered, inList);
  const decider = flow.decider;
  const said = before ? null : lastSentence(decider?.blocks ?? flow.lead);
  const decided = said && conditionOf(said, false);
  const opens =
    decided?.kind === 'if' && decided.start - decided.sentence.start < 4 && !/\?\W*$/.test(decided.sentence.text);
  // "Usage below 80 %? Done. Otherwise, extend it.": what ends the guide has its condition before it.
  const stands = opens ? decided.text : said && readOutcome(said.text) !== null ? said.text : null;
  const isOther =
    before !== undefined &&
    isBehind(piece.condition, before.condition) &&
    saysOpposite(piece.condition, before.condition);
  const asked = isOther ? { ...piece.condition, kind: 'else' as const, text: 'if not' } : piece.condition;
  const meant =
    said && !stands && isAnswer(asked)
      ? (lookedAt(decider?.blocks ?? flow.lead, saysYes(asked)) ?? said.text)
      : said?.text;
  const bound = bindWords(asked, before?.words ?? stands, meant ?? null);
  const end = before?.flow.innermost;
  const came = before !== undefined && !isOther && !isOpposite(before, piece.condition) && cameOfOption(before, piece);
  const chained =
    (came || anaphora(piece.condition.text)) &&
    !(
      before &&
      (isOther ||
        (!came && sameSubject(before.condition, piece.condition)) ||
        areShares(before.condition, piece.condition) ||
        (inList && isLabel(before.condition) && isLabel(piece.condition)) ||
        isOpposite(before, piece.condition))
    );
  const inSentence = before && isWithin(piece, before) ? before.flow.innermost : null;
  if (inSentence && inSentence.depth < deepest && !inSentence.isEmpty)
    return inSentence.addOption(bound.condition, bound.words, false);
  const behind =
    choice && isNumbered && before && isLeft(piece.condition, before.condition)
      ? 'all'
      : choice && chained
        ? askedBehind(choice.options, piece.condition)
        : undefined;
  if (behind) return flow.addOption(bound.condition, bound.words, false, behind);
  if (end && end.depth < deepest && chained && !ofNone(piece.condition.text))
    return end.addOption(bound.condition, bound.words, true);
  const checked = before && !chained ? decidedBefore(before, piece.condition, decider?.title ?? '') : null;
  if (!checked) meetBehindElse(flow, piece.condition, inList);
  return (checked ?? flow).addOption(bound.condition, bound.words, false);
}

/** "If it is red, restart it. If it stays red, purge it.": right behind what was done in the case before it, and about what came of that. */
function cameOfOption({ condition: before, flow }: OpenOption, { condition, trailing }: IfPiece): boolean {
  const deed = flow.last?.kind === 'step' ? flow.last.step.title : '';
  if (trailing || condition.kind !== 'if' || condition.sentence.prose !== before.sentence.prose) return false;
  if (isOfThing(condition.text, deed, before.text)) return true;
  return (
    !/^after\b/i.test(condition.text) &&
    changesThings(deed) &&
    cameOf(condition.text, deed, before.text) &&
    !leaves.test(deed)
  );
}

/** "Restart it, then go to step 3": whoever did that sees nothing more here. */
const leaves =
  /[,;]?\s+(?:and|then)\s+(?:then\s+)?(?:go|proceed|continue|jump|skip|return)\s+(?:back\s+|on\s+)?(?:to|with|at)\b/i;

/** "- Errors found: restart it" and "- No errors: ask the owner": findings of one look, without a word like "if". */
function isLabel({ kind, text }: Condition): boolean {
  return kind === 'if' && !/^\W*(?:if|when|whenever|should|in\s+case|unless|once|after|while|still)\b/i.test(text);
}

/** "If the relay is silent, restart it; if it refuses, …": the flow whose choice has the other case of the sentence. */
function holderOf(flow: FlowBuilder, condition: Condition): FlowBuilder | null {
  const last = flow.choice?.options.at(-1);
  if (!last) return null;
  return holderOf(last.flow, condition) ?? (areInOneSentence(last.condition, condition) ? flow : null);
}

/** "If the lag is low, promote it. If the lag is high, escalate.": the flow within an option that holds the case right before it. */
export function holderOfSide(flow: FlowBuilder, prose: Prose): FlowBuilder | null {
  const [first] = sentencesOf(prose);
  const condition = first ? conditionOf(first, true) : null;
  let found: FlowBuilder | null = null;
  let inner = condition ? flow.choice?.options.at(-1)?.flow : undefined;
  while (inner && condition) {
    const last: OpenOption | undefined = inner.choice?.options.at(-1);
    if (!last) break;
    const between = condition.sentence.span.start - last.condition.sentence.span.end;
    if (between >= 0 && between < 4 && sameSubject(last.condition, condition)) found = inner;
    inner = last.flow;
  }
  return found;
}

/** "3. If it is still red, …" behind "2. If it is red, purge it.", "4. Still lagging? …": said of all that stands before it. */
function isLeft({ text }: Condition, before: Condition): boolean {
  if (!remains.test(text) || hasEnded.test(before.text)) return false;
  if (leftAtOnce.test(text) || outlasts(text)) return true;
  const words = contentWords(text.replace(/\bstill\s/gi, ''));
  const said = contentWords(before.text);
  return words.size > 0 && words.size === said.size && sharedWords(words, said) === words.size;
}

/** "If it finished, …" and "If it is still running, …": neither is left behind the other. */
const hasEnded =
  /^(?:if|when)\s+(?:it|this|that|they)(?:['’]s|\s+(?:is|are|has|have|was|were))?\s+(?:already\s+)?(?:finished|completed|ended|stopped|done|over|gone)$/i;
const leftAtOnce =
  /^still\b|^(?:if|when)\s+(?:it|this|that|they)(?:['’]s|['’]re|\s+(?:is|are))?\s+still\s+(?:happen|occur|fail|fir|there|present|not\b)/i;

/** "If the problem persists, …" behind two or more options, and "If that does not help, …" in an item of its own. */
export function askedBehind(options: readonly OpenOption[], { text, sentence }: Condition): Option['behind'] {
  const isApart = options.at(-1)?.condition.sentence.prose !== sentence.prose;
  if (outlasts(text)) return 'all';
  if (isApart && remains.test(text) && !ofOne.test(text) && !sharesWith(options, text)) return 'all';
  return didNotHelp(text) && isApart && options.length > 1 ? 'options' : undefined;
}

/** "If it is still pending" is asked of the case that spoke of something pending. */
function sharesWith(options: readonly OpenOption[], text: string): boolean {
  const words = contentWords(text);
  return options.some(({ condition, flow }) => {
    const last = flow.last?.kind === 'step' ? contentWords(flow.last.step.title) : new Set<string>();
    return sharedWords(words, contentWords(condition.text)) + sharedWords(words, last) > 0;
  });
}

const ofOne = /\bbut\s+(?:\w+\s+)?still\b|^(?:if|when)\s+(?:it|they|this|that|these|those)\b/i;

/** "Nothing there? Check the deploys: if one was made today, …": the sentence of a condition begins with what the case before it asks for. */
function isWithin({ condition, trailing }: IfPiece, { condition: before }: OpenOption): boolean {
  const { kind, start, sentence } = condition;
  const { prose } = sentence;
  if (
    trailing ||
    isException(condition) ||
    sameSubject(before, condition) ||
    kind !== 'if' ||
    prose !== before.sentence.prose
  )
    return false;
  const whole = sentencesOf(prose).find((one) => one.start <= start && start < one.end);
  return (
    whole !== undefined &&
    start - whole.start > 3 &&
    (whole.start === before.start || isImperative(prose.plain.slice(whole.start, start))) &&
    whole.start >= before.start &&
    (!/^(?:if|when|in\s)/i.test(before.text) || !/;\s*(?:(?:and|but)\s+)?$/.test(prose.plain.slice(whole.start, start)))
  );
}

/** Nothing stands between the sentences of two conditions. */
function isBehind({ sentence }: Condition, before: Condition): boolean {
  return sentence.prose === before.sentence.prose && sentence.start - before.sentence.end < 3;
}

/** "If the output mentions …": of what was run just before. */
const ofOutput =
  /^(?:if|when)\s+(?:the|its|this|that)\s+(?:(?:above|command|command['’]s|query|resulting)\s+)?(?:outputs?|results?|response|logs?|query|command)\b/i;

/**
 * "If it is slow, check if the traffic has increased. If the traffic has increased as expected, …": the second condition is
 * about what the first one's option checks. The flow of that option, or of one inside it; null when it is not.
 */
function decidedBefore({ condition, flow }: OpenOption, next: Condition, asked: string): FlowBuilder | null {
  if (next.kind !== 'if' || flow.depth >= deepest) return null;
  const words = contentWords(next.text);
  const inner = flow.choice?.options.at(-1);
  if (
    ofOutput.test(next.text) &&
    (inner ? ofOutput.test(inner.condition.text) : flow.last?.kind === 'step' && flow.last.step.blocks.some(hasAction))
  )
    return flow;
  if (inner && ofOutput.test(inner.condition.text) && /^if\s+it\s/i.test(next.text)) return flow;
  if (!inner && flow.last?.kind === 'step' && speaksOfShown(flow.last.step.title, next, condition)) return flow;
  if (inner) {
    const like = sharedWords(words, contentWords(inner.condition.text));
    return like * 2 > words.size && like > sharedWords(words, contentWords(condition.text))
      ? flow
      : decidedBefore(inner, next, asked);
  }
  if (flow.last?.kind !== 'step') return null;
  if (followsUp(flow.last.step.title, next, condition, asked)) return flow;
  if (!looksOn.test(flow.last.step.title)) return null;
  const shared = sharedWords(words, contentWords(flow.last.step.title));
  return shared > 1 && shared * 3 > words.size && shared > sharedWords(words, contentWords(condition.text))
    ? flow
    : null;
}

/** "If it fails, `echo $count`. If it is not 3, …", "…, check the log. If it shows a timeout, …": right behind it "it" is what was shown. */
function speaksOfShown(title: string, next: Condition, before: Condition): boolean {
  if (next.sentence.prose !== before.sentence.prose || sameSubject(before, next)) return false;
  const behind = next.sentence.prose.plain.slice(before.sentence.end, next.sentence.start);
  if (behind.trim().length > 3) return false;
  return echoes.test(title)
    ? ofIt.test(next.text)
    : (looksOn.test(title) && shows.test(next.text)) || findsSought(title, next.text);
}

/** "If it is slow, check for long queries. If you find one, …" */
export function findsSought(title: string, text: string): boolean {
  return finds.test(text) && looksFor.test(title);
}

const looksFor = /^\W*(?:(?:then|and|also|now)\s+)?(?:check|look|search|scan)\s+(?:\S+\s+){0,4}for\s/i;
const finds =
  /^\W*(?:if|when)\s+(?:(?:you|we)\s+(?:happen\s+to\s+)?(?:find|discover|spot)|there\s+(?:is|are))\s+(?:an?|any|one|some|such|none|nothing|it|them|no)\b/i;

const echoes = /^\W*(?:run\s+)?(?:echo|printenv|hostname|whoami|pwd|date|cat|get-content)\b/i;
const ofIt = /^(?:if|when)\s+(?:it|this|that)\s/i;
const shows =
  /^(?:if|when)\s+(?:it|this|that|they)\s+(?:does\s+not\s+|doesn['’]t\s+)?(?:shows?|returns?|contains?|lists?|prints?|reports?|says?|mentions?|indicates?|displays?)\b/i;

/** Items that each open with a case are all that there are, but for what one was asked about ("Is it red? Stop here."). */
export function leaveNone(options: readonly OpenOption[]): boolean {
  return (
    options.length > 1 &&
    options.every(
      ({ behind, condition }) => behind !== 'all' && !isTrailing(condition) && !/^if so:/.test(condition.text),
    )
  );
}

/** "Restart it if it leaks": who does not is left nothing over. */
function isTrailing({ sentence, start }: Condition): boolean {
  return isImperative(sentence.prose.plain.slice(sentence.start, start));
}

/** "If it is full:" as the last words above a list, which says what to do then. */
export function leadsIntoList(pieces: readonly Piece[], next: Block | undefined): boolean {
  const tail = pieces.at(-1);
  return next?.kind === 'list' && tail?.kind === 'if' && tail.leadsIn;
}

/** The place of the first of the pieces behind the first case of an item that is no matter of that case; the end without one. */
export function placeOfBeside(head: IfPiece, others: readonly Piece[], flow: FlowBuilder, isName: IsName): number {
  const at = others.findIndex((one, index) =>
    index === 0 ? isBesideHead(head, one, flow, isName) : isAnotherSide(head, one),
  );
  return at === -1 ? others.length : at;
}

/** "If it is red, restart it. If it stays red, page the owner. If it is yellow, …" */
function isAnotherSide(head: IfPiece, piece: Piece): boolean {
  const prose = 'whole' in piece ? piece.whole : piece.prose;
  const [first] = sentencesOf(prose);
  const next = 'condition' in piece ? piece.condition : first && conditionOf(first, true);
  if (!next || next.kind !== 'if' || isAnswer(next) || !sameSubject(head.condition, next)) return false;
  if (areStates(head.condition.text, next.text)) return true;
  return changesThings(head.prose.plain) && !cameOf(next.text, head.prose.plain, head.condition.text);
}

/** True where what stands right behind the first case of an item is no matter of that case, whose steps are in `flow`. */
function isBesideHead(head: IfPiece, second: Piece | undefined, flow: FlowBuilder, isName: IsName): boolean {
  if (second?.kind === 'if') return standsBeside(head, second);
  if (isOtherSide({ condition: head.condition, words: '', flow }, second?.prose)) return true;
  return second !== undefined && leadsBeside(head, second.prose, isName);
}

/** True where the second of two conditions of an item is no matter of the first one's case. */
function standsBeside(head: IfPiece, second: IfPiece): boolean {
  const { condition, prose } = head;
  const [deed, ...more] = sentencesOf(prose);
  if (deed && more.length === 0 && second.condition.kind === 'if' && !head.trailing && changesThings(deed.text)) {
    if (isBehind(second.condition, condition) && saysOpposite(second.condition, condition)) return true;
    return !cameOf(second.condition.text, deed.text, condition.text) && !/\bthen\b/i.test(second.condition.text);
  }
  const done = sentencesOf(prose).find(({ text }) => changesThings(text));
  if (done && !saysOpposite(second.condition, condition) && cameOf(second.condition.text, done.text, condition.text))
    return leaves.test(prose.plain);
  return (
    second.condition.kind === 'else' || isBeside(head.condition, second.condition) || isAnotherMatter(head, second)
  );
}

/** "2. If it is red, restart it. If it is yellow, page the owner.": another finding, and nothing that came of the restart. */
function leadsBeside(head: IfPiece, prose: Prose, isName: IsName): boolean {
  const [first] = sentencesOf(prose);
  const away = decidesAway(prose, isName) || (head.trailing && leadsOn(prose, isName));
  const next = first && away ? conditionOf(first, true) : null;
  const deed = head.prose.plain;
  if (next && areStates(head.condition.text, next.text)) return true;
  if (
    !next ||
    !changesThings(deed) ||
    (cameOf(next.text, deed, head.condition.text) && !leaves.test(deed)) ||
    followsUp(deed, next, head.condition, '')
  )
    return false;
  return sentencesOf(head.prose).length === 1;
}

/** Where an item goes on with another finding about the thing that its first words are about: "If it is ready, …"; the end without one. */
export function placeBeside(head: IfPiece, blocks: readonly Block[], isName: (name: string) => boolean): number {
  const at = blocks.findIndex((block) => {
    if (block.kind !== 'paragraph') return false;
    const [piece] = cutParagraph(block.prose, { inItem: false, isName, followed: true });
    return piece?.kind === 'if' && !anaphora(piece.condition.text) && sameSubject(head.condition, piece.condition);
  });
  return at === -1 ? blocks.length : at;
}

/** True for two findings about one thing, for the two sides of one finding, and for two cases in one sentence. */
function isBeside(a: Condition, b: Condition): boolean {
  return (
    isException(b) ||
    sameSubject(a, b) ||
    areShares(a, b) ||
    (isBehind(b, a) && saysOpposite(b, a)) ||
    (areInOneSentence(a, b) && !anaphora(b.text))
  );
}

/**
 * "2. If the proxy is down, restart it. If the node is lost, replace it.": the second speaks of a thing that neither the first nor what it
 * asks for has named, and nothing was looked at that could have shown it.
 */
function isAnotherMatter(head: IfPiece, { condition }: IfPiece): boolean {
  const { text } = condition;
  const subject = ofThing.exec(text)?.[1];
  if (condition.kind !== 'if' || subject === undefined || anaphora(text) || head.trailing || /\bthen\b/i.test(text))
    return false;
  const [deed, ...more] = sentencesOf(head.prose);
  if (!deed || more.length > 0 || !acts.test(deed.text) || /\b(?:and|then)\s/i.test(deed.text)) return false;
  return sharedWords(contentWords(subject), contentWords(head.whole.plain)) === 0;
}

const ofThing =
  /^(?:if|when|should)\s+(?:the|an?|any|some)\s+((?:[\w-]+\s+){1,3}?)(?:is|are|has|have|be|does|do|shows?|runs?|hangs?)\b/i;
/** What changes things shows nothing new. */
const acts =
  /^\W*(?:then\s+|please\s+)?(?:re(?:start|boot|place|build|store|set|move|load|pair|deploy|create)|delete|purge|stop|scale|disable|enable|clean|drain|promote|kill|roll|revoke|renew|extend|increase|add|page|call|notify|tell|inform|contact)\b/i;

/** "If it holds all disks, …" and "If some disks are still elsewhere, …" */
function areShares(a: Condition, b: Condition): boolean {
  const whole = ofAll.exec(a.text)?.[1]?.toLowerCase();
  return whole !== undefined && isBehind(b, a) && ofSome.exec(b.text)?.[1]?.toLowerCase() === whole;
}

const ofAll = /\ball\s+(?:the\s+|of\s+the\s+)?([\p{L}\p{N}-]+)/iu;
const ofSome = /\b(?:(?:only\s+)?some|not\s+all|none)\s+(?:of\s+the\s+)?([\p{L}\p{N}-]+)/iu;

/** "If all are down, restart them; if only some are, remove these." */
function areInOneSentence({ sentence: a }: Condition, { sentence: b }: Condition): boolean {
  return (
    a.prose === b.prose && a.end <= b.start && /^\s*;\s+(?:(?:and|but)\s+)?$/.test(a.prose.plain.slice(a.end, b.start))
  );
}

/**
 * "If it finished, …" and "If it is still running, …", "If this is a test system, …" and "If this is a live system, …" are two
 * findings about one thing; neither follows the other.
 */
export function sameSubject(a: Condition, b: Condition): boolean {
  // "Task failed?" and "Task still running?"
  if (
    /\?\W*$/.test(a.text) &&
    /\?\W*$/.test(b.text) &&
    firstWord(a.text) !== null &&
    firstWord(a.text) === firstWord(b.text)
  )
    return true;
  // "If transient, wait. If persistent, restart it."
  if (a.sentence.prose === b.sentence.prose && elliptic.test(a.text) && elliptic.test(b.text)) return true;
  // "In production, page the owner. In staging, restart it."
  if (a.sentence.prose === b.sentence.prose && placed.test(a.text) && placed.test(b.text)) return true;
  // "If the disk can be replaced" and "If the disk cannot be replaced"
  const subject = ({ text }: Condition): string | undefined =>
    /^if\s+((?:it|they)\s\([^)]*\)|it\b|they\b|(?:(?:the|an?|this|that|your)\s+)?\S+\s+\S+)/i
      .exec(text)?.[1]
      ?.toLowerCase()
      .replace(/(?<=\b(?:can|is|are|was|were|does|do|did|has|have))(?:not|n['’]t)$/, '')
      .replace(/\bcan['’]t$/, 'can');
  return (subject(a) !== undefined && subject(a) === subject(b)) || areOpposed(a, b);
}

const placed = /^(?:in|on|for|during|outside|at|with)\s/i;

/** What a short question is about; null for "Still failing?", which is about what was done. */
function firstWord(text: string): string | null {
  return /^(?!still\b|any\b|no\b|all\b)(\w+)\s/i.exec(text)?.[1] ?? null;
}

/** "If the errors are gone, close the incident." and "If problems remain, …": what was tried before both has helped, or not. */
function isOpposite({ condition, flow }: OpenOption, { text }: Condition): boolean {
  if (!remains.test(text) || !over.test(condition.text) || negated.test(condition.text)) return false;
  if (fine.test(condition.text) && stillBad.test(text)) return true;
  return surelyOver.test(condition.text) || (flow.last?.kind === 'step' && wraps.test(flow.last.step.title));
}

const remains = /\b(?:still|persists?|persisting|continues?\s+to|remains?)\b/i;
const surelyOver =
  /\b(?:gone|resolved|fixed|solved|clear(?:s|ed)|recover(?:s|ed)|succeed(?:s|ed)?|successful(?:ly)?|passe[sd]|disappear(?:s|ed)|no\s+(?:longer|more)|back\s+to\s+normal)\b/i;
const over = new RegExp(
  `${surelyOver.source}|\\b(?:healthy|ok(?:ay)?|green|normal|works?|working|running|ready)\\b`,
  'i',
);
/** "Otherwise, …", or "If it still fails, page the owner." behind the case that it works: words that lead away in the other case. */
export function isOtherSide(before: OpenOption, prose: Prose | undefined): boolean {
  const [first] = prose ? sentencesOf(prose) : [];
  if (!first) return false;
  const asked = remains.test(first.text) ? conditionOf(first, true) : null;
  return saysOther.test(first.text) || (asked !== null && isOpposite(before, asked));
}

const saysOther = /^\W*(?:otherwise|else|if\s+(?:this|that)\s+is(?:\s+not|n['’]t)\s+(?:the\s+case|so|true))\b/i;

/** "If persistent", "If isolated to one node": what it is that is so, no word says. */
const elliptic =
  /^if\s+(?!(?:so|not|no|none|any|all|yes|it|they|this|that|there|needed|necessary|possible|applicable|required|still|you|we)\b)(?:\w+ly\s+)?[\p{L}-]+(?:\s+(?:to|for|on|in|across|by|at|within)\s.{2,60}|\s*\([^()]*\))?$/iu;

/** "If it works, …" and "If it still fails, …" */
const fine = /\b(?:works?|working|healthy|ok(?:ay)?|green|normal)\b/i;
const stillBad =
  /\bstill\s+(?:fail(?:s|ing)?|broken|down|red|unhealthy|wrong|errors?|not|(?:does|is|do|are)(?:\s+not|n['’]t))\b|\b(?:does|is|do|are)(?:\s+not|n['’]t)\s+\w+\s+still\b/i;
const negated = /\b(?:not|never|no(?!\s+(?:longer|more)))\b|n['’]t\b/i;
/** What one does when it is over. */
const wraps = /^\W*(?:close|resolve|end|finish|complete|announce|archive|mark|notify|inform|document|record|note)\b/i;

function lastSentence(own: readonly Block[]): Sentence | null {
  return lastSentences(own).at(-1) ?? null;
}

/** The sentences of the last paragraph. */
function lastSentences(own: readonly Block[]): readonly Sentence[] {
  const last = own.at(-1);
  const blocks = last?.kind === 'list' ? last.items.at(-1)?.blocks : own;
  const paragraph = blocks?.findLast((block) => block.kind === 'paragraph');
  return paragraph?.kind === 'paragraph' ? sentencesOf(paragraph.prose) : [];
}

/**
 * "Check if the pod runs. It belongs to the proxy. If not, start it.": the last sentence of the paragraph that looks something up or
 * names a case, which an answer behind it is about, and not the explanation between them. "If so" is about the last sentence alone.
 */
function lookedAt(own: readonly Block[], isSo: boolean): string | null {
  for (const sentence of lastSentences(own).toReversed()) {
    const { text } = sentence;
    const aim = toLearn.exec(text)?.[1];
    if (aim !== undefined) return aim;
    if (isAsked(text) || looksUp.test(text)) return text;
    const condition = conditionOf(sentence, false);
    if (condition?.kind === 'if' && condition.start === sentence.start && /^(?:if|when)\s/i.test(condition.text))
      return condition.text.replace(/^(?:if|when)\s+/i, '');
    if (isSo) return null;
  }
  return null;
}

/** "Compare the files to confirm that their hashes agree" */
const toLearn =
  /\s(?:in\s+order\s+)?to\s+(?:confirm|verify|check|ensure|make\s+sure|see|find\s+out)\s+(?:if\s+|whether\s+|that\s+)?([^,;:]{10,120}\b(?:is|are|was|were|has|have|does|do|can|exists?)\b[^,;:]*?)[.:\s]*$/i;
const looksUp =
  /^\W*(?:(?:then|also|now|first|next|please)[\s,]+)*(?:check|verify|confirm|ensure|make\s+sure|validate|see|find\s+out)\s+(?:if|whether|that|the|all|your|it|they|each|every|no)\b/i;

/** "… Is the pod running? If not, start it.": behind options the question begins another choice, which "if not" is about. */
export function askedAnew(flow: FlowBuilder, { prose }: Piece, next: Piece | undefined): boolean {
  if (flow.choice === null || next?.kind !== 'if' || !isAsked(prose.plain)) return false;
  flow.closeChoice(false);
  flow.giveToDecider(paragraphOf(prose));
  return true;
}

/** "2. If the disk is full, clean it." among items of which each is done unless the one before has helped: the item makes its choice. */
export function openWithItem(flow: FlowBuilder, { blocks: [words] }: Item, number: string, group: number): void {
  if (words?.kind === 'paragraph')
    flow.open(words.prose.plain, words.span, number === '' ? undefined : { number, group });
}

/** Puts the item that makes a choice before it; the options of the choice have its number no more. */
export function beginWithItem(flow: FlowBuilder): void {
  const [choice] = flow.parts;
  if (choice?.kind !== 'choice') return;
  for (const { flow: inner } of choice.options) {
    const [first] = inner.parts;
    if (first?.kind === 'step') Object.assign(first.step, { number: null, keepsNumber: undefined, group: 0 });
  }
  flow.beginWithStep();
}

/** "5. If it is a flake, and below it two cases": the step that makes their choice has the item's number, as any other would. */
export function keepNumber(option: FlowBuilder, number: string, group: number): void {
  option.beginWithStep();
  const [made] = option.parts;
  if (made?.kind === 'step') Object.assign(made.step, { number, group, keepsNumber: true });
}
