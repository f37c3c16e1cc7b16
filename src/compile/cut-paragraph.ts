// Cuts a paragraph where a condition with something to do of its own begins: "Look at the queues. If one is long, find its
// owner." is a step and an option of it. A condition that names a step or an ending stays in its step: it is an edge.
import { sift, allMatches, type Span } from '../base/index.ts';
import { cutProse, partOfSentence, sentencesOf, type Prose, type Sentence } from '../guide/index.ts';
import { bindWords, ofThatCase } from './antecedent.ts';
import { asksOfReader, concludes, isDeed, oneWord, onlyGoes, readsOn, looksOn } from './asks-for-work.ts';
import { askedCase, isAsked, saidYes } from './asked.ts';
import { isHedged } from './branching.ts';
import { casesInRow } from './cases-in-row.ts';
import { cutAtDeed } from './deed-if-not.ts';
import { tellCaseBefore } from './case-before.ts';
import type { Condition } from './draft.ts';
import { isFinding } from './findings.ts';
import { leavesOut, saysWhenDone } from './left-out-steps.ts';
import { isIdle, keepsCalm } from './idle-sentences.ts';
import {
  asksByPlace,
  asksTwice,
  beginsWithVerb,
  isImperative,
  isMotion,
  isPassiveAsk,
  recommends,
  saysNotTo,
  withoutForbidden,
} from './imperative.ts';
import { onceForNames, type IsName } from './names.ts';
import { otherFinding } from './split-findings.ts';
import { cutAtUnless, unlessTail } from './unless-case.ts';
import { conditionOf, isForTrouble, isOpen, labelOf, whenDone } from './read-condition.ts';
import { isDirective } from './read-directives.ts';
import { perhapsJump, readJump } from './read-jump.ts';
import { endsAfterCount, findOutcome, readOutcome, thenGoes } from './read-outcome.ts';
import { callsBehindStop } from './same-ending.ts';
import { arrowSigns, goingOn, inOtherCases } from './signs.ts';
import { isExample, isWhyRead } from './why-read.ts';
import { variantsIn } from './variant-condition.ts';
import { decidesByItself, saysWhatFollows } from './what-follows.ts';

export interface PlainPiece {
  readonly kind: 'plain';
  readonly prose: Prose;
  /** The first sentence that asks for something; null when all only explain. */
  readonly asks: Sentence | null;
  /** It leads away in a case of its own, beside others. */
  readonly isCase?: true;
}

export interface IfPiece {
  readonly kind: 'if';
  readonly condition: Condition;
  /** What is to be done then, in words of the guide; `whole` has the condition too. */
  readonly prose: Prose;
  readonly whole: Prose;
  /** The words end in a colon: what is to be done follows. */
  readonly leadsIn: boolean;
  /** There are words that say what to do. */
  readonly acts: boolean;
  /** The condition stands behind what to do: "Restart it if it hangs." */
  readonly trailing: boolean;
  /** All that is to be done is what follows: "If it is down, follow the steps below." */
  readonly gates?: true;
}

export type Piece = PlainPiece | IfPiece;

/** All of an item's words: a condition, and from `start` on what to do in its case. */
export function wholeCase(prose: Prose, condition: Condition, start: number): IfPiece[] {
  const rest = cutProse(prose, start, prose.plain.length);
  const leadsIn = rest.plain.trim() === '';
  return [{ kind: 'if', condition, prose: rest, whole: prose, leadsIn, acts: !leadsIn, trailing: false }];
}

/** What the sentences of one prose need of their surroundings. */
export interface CutAbout {
  readonly inItem: boolean;
  readonly isName: (name: string) => boolean;
  /** Something follows that a colon can lead to. */
  readonly followed: boolean;
}

const cheap =
  /(?:^|[.:!?]\s+)for\s|\b(?:if|otherwise|unless|else|when|whenever|in\s+(?:\w+\s+){0,2}(?:cases?|situations?)|provid(?:ed|ing)|as\s+long|so\s+long|assuming|failing|given|where|except|event|should|yes|no|once|versions?|(?:any|all)\s+other)\b|→|->|=>|\?/i;
const speaksOfIt = /^(?:this|that|it|then|these|those)\b/i;

/** A longer paragraph is not prose that anyone follows; it stays whole. */
const mostSentences = 300;

export function cutParagraph(prose: Prose, { inItem, isName, followed }: CutAbout): readonly Piece[] {
  return (inItem ? (followed ? cuts.itemFollowed : cuts.item) : followed ? cuts.followed : cuts.alone)(prose, isName);
}

const cutsOf = (inItem: boolean, followed: boolean): ((prose: Prose, isName: IsName) => readonly Piece[]) =>
  onceForNames((prose, isName) => cut(prose, { inItem, isName, followed }));

const cuts = {
  item: cutsOf(true, false),
  itemFollowed: cutsOf(true, true),
  followed: cutsOf(false, true),
  alone: cutsOf(false, false),
};

function cut(prose: Prose, about: CutAbout): Piece[] {
  const whole = sentencesOf(prose);
  const variants = variantsIn(whole);
  const row = variants ? null : casesInRow(whole);
  if (whole.length > mostSentences || !(variants || row || cheap.test(prose.plain))) return [plain(prose, whole)];
  const excepted = new Set<Sentence>();
  const sentences = whole.flatMap((sentence) => {
    const parts = cutAtUnless(sentence);
    if (parts) excepted.add(parts[1]);
    return parts ? [...atCondition(parts[0], about), parts[1]] : atCondition(sentence, about);
  });
  const standsAlone = (sentence: Sentence | undefined): boolean =>
    sentence !== undefined && (row?.has(sentence) === true || excepted.has(sentence));
  const heads = boundHeads(
    sentences,
    sentences.map((sentence, at) =>
      waitsFor(sentences, at)
        ? null
        : (variants?.get(sentence) ??
          inRow(row, sentence, about) ??
          headOf(sentence, about, sentences[at + 1]) ??
          askedHead(sentence, sentences[at + 1], about)),
    ),
  );
  const pieces: Piece[] = [];
  let from = 0;
  const flush = (to: number): void => {
    const first = sentences[from];
    const last = sentences[to - 1];
    if (first && last && to > from) {
      pieces.push(plain(cutProse(prose, first.start, last.end), sentencesOfRange(prose, sentences, from, to)));
    }
    from = to;
  };
  for (let at = 0; at < sentences.length; at++) {
    const head = heads[at];
    const sentence = sentences[at];
    if (!head && sentence && standsAlone(sentence)) {
      flush(at);
      pieces.push({ ...plain(cutProse(prose, sentence.start, sentence.end), [sentence]), isCase: true });
      from = at + 1;
      continue;
    }
    if (!head || !sentence) continue;
    let to = at + 1;
    // Behind "Restart it if it hangs." stands what is said of everybody, or of it in words of its own.
    while (
      !head.trailing &&
      to < sentences.length &&
      heads[to] === null &&
      !standsAlone(sentences[to]) &&
      !(variants?.has(sentence) && forAll.test(sentences[to]?.text ?? '')) &&
      !isDirective(sentences[to]?.text ?? '') &&
      !opensCase(sentences[to], about) &&
      !decidesByItself(sentences[to]) &&
      !inAnyCase.test(sentences[to]?.text ?? '') &&
      !isAsked(sentences[to]?.text ?? '')
    )
      to++;
    const body = sentences.slice(at + 1, to);
    const piece = casePiece(prose, head, sentence, body, to === sentences.length, about);
    if (!piece) continue;
    flush(at);
    pieces.push(piece);
    from = to;
    at = to - 1;
  }
  flush(sentences.length);
  for (let at = pieces.length - 1; at > 0; at--) {
    const [before, piece] = [pieces[at - 1], pieces[at]];
    const start = before?.kind === 'if' && piece?.kind === 'plain' ? otherFinding(piece.prose, before.condition, before.prose) : null; // prettier-ignore
    if (start === null || !piece) continue;
    const parts = [cutProse(piece.prose, 0, start), cutProse(piece.prose, start, piece.prose.plain.length)];
    pieces.splice(at, 1, ...parts.map((part) => plain(part, sentencesOf(part))));
  }
  pieces.forEach((piece, at) => {
    const before = pieces[at - 1];
    if (piece.kind === 'plain' && before?.kind === 'if') tellCaseBefore(piece.prose, before.condition, before.prose);
  });
  return pieces;
}

/** "Watch the page until the node is gone. When the page says so, …": that is waited for, so that nothing is decided. */
function waitsFor(sentences: readonly Sentence[], at: number): boolean {
  if (at === 0 || !/^\W*when\b/i.test(sentences[at]?.text ?? '')) return false;
  return sentences
    .slice(Math.max(0, at - 2), at)
    .some(({ text }) => /\b(?:wait|watch|monitor)\b[^.]*\buntil\b/i.test(text));
}

/** One of a row of cases, which asks for something. */
function inRow(row: ReturnType<typeof casesInRow>, sentence: Sentence, about: CutAbout): Head | null {
  const condition = row?.get(sentence);
  return condition && !goesAway(sentence, about) ? { condition, trailing: false } : null;
}

/** "Then send it to the owner.": behind variants that is done whichever of them holds. */
const forAll = /^\W*(?:then|afterwards?|after\s+that|finally|next|in\s+(?:both|all|either|any)\s+cases?)\b/i;

/** "Either way, go to Step 4.": said of what was not found, too. */
const inAnyCase =
  /^\W*(?:in\s+(?:any|either|both|every|all)\s+(?:cases?|events?)|at\s+any\s+rate|either\s+way|regardless|irrespective|no\s+matter|whatever\s+(?:you|it|they|the\s+\w+)|whether\s+or\s+not|always)\b/i;

/** "In that case, …" belongs to the condition before it, else the fact before it is its condition. */
function boundHeads(sentences: readonly Sentence[], heads: readonly (Head | null)[]): readonly (Head | null)[] {
  if (!heads.some((head) => head && ofThatCase.test(head.condition.text))) return heads;
  let inCase = false;
  return heads.map((head, at) => {
    const said = sentences[at - 1]?.text;
    const isThat = head !== null && ofThatCase.test(head.condition.text);
    if (isThat && inCase) return null;
    inCase ||= head !== null;
    if (!isThat || said === undefined) return head;
    return { ...head, condition: bindWords(head.condition, null, said).condition };
  });
}

/** The condition of a sentence with what is to be done then, `body` behind it; null when it only explains, or leads away. */
function casePiece(
  prose: Prose,
  { condition, trailing }: Head,
  sentence: Sentence,
  body: readonly Sentence[],
  isLast: boolean,
  about: CutAbout,
): IfPiece | null {
  const { plain: text } = prose;
  const end = body.at(-1)?.end ?? sentence.end;
  const made = { kind: 'if', condition, whole: cutProse(prose, sentence.start, end), trailing } as const;
  if (trailing) {
    const stop = trimEnd(text, condition.start);
    const only = /\s(?:but\s+)?only$/i.exec(text.slice(sentence.start, stop))?.[0].length ?? 0;
    const from = sentence.start + (opensOnly.exec(sentence.text)?.[0].length ?? 0);
    const words = cutProse(prose, from, trimEnd(text, stop - only));
    return { ...made, prose: words, leadsIn: false, acts: true };
  }
  const leaves = (next: Sentence): boolean =>
    (about.inItem || speaksOfIt.test(next.text)) &&
    goesAway(next, about) &&
    !ownCase.test(next.text) &&
    !actsBeforeGoing(next, { start: next.start, end: next.start }, about);
  const start = consequentStart(text, condition.end, sentence.end);
  const rest = text.slice(start, sentence.end);
  const left = body.findIndex(leaves);
  // "If it is down, restart it. Look at the log. This ends the guide.": for everybody.
  const isForAll = !about.inItem && left > 0 && readOutcome(body[left]?.text ?? '') === 'completed';
  if (isForAll || (left !== -1 && ![rest, ...body.slice(0, left).map((one) => one.text)].some(isDeed))) return null;
  // "**If it keeps growing**" on a line of its own, and what to do below it.
  const isAlone =
    rest.trim() === '' && sentence.start === 0 && /[\p{L}\p{N})]\W?$/u.test(text) && !/[.!?,;]\s*$/.test(text);
  const isPromise =
    about.followed && isLast && promises.test(rest) && !body.some(({ text: next }) => isImperative(next));
  const opens = about.followed && isLast && (isAlone || isPromise || /:\s*$/.test(text.slice(0, end)));
  const leadsIn = opens && (about.inItem || body.length < 2);
  const tail = body.length === 0 ? unlessTail(rest) : null;
  const words = cutProse(prose, start, Math.max(start, tail ? start + tail.at : end));
  if (isPromise && leadsIn) return { ...made, prose: cutProse(prose, end, end), leadsIn, acts: false };
  if (!leadsIn && body.length === 0 && gatesBelow.test(rest))
    return { ...made, prose: words, leadsIn, acts: false, gates: true };
  const isPointed = pointsOn.test(text.slice(condition.end, start)) && beginsWithVerb(rest) && !isMotion(rest);
  const told = isExplained.exec(rest)?.[1] ?? '';
  const isTold = (isImperative(told) && !isMotion(told)) || (condition.kind === 'else' && asksByPlace(rest));
  const isWork = (isPointed || isTold || actsIn(prose, start, rest)) && !keepsCalm.test(rest);
  const acts = isWork || actsBehind(body, rest, about) || actsBeforeGoing(sentence, condition, about);
  return acts || leadsIn ? { ...made, prose: words, leadsIn, acts } : null;
}

/** "Blocked: open a change.": what leads away is for a case of its own. */
const ownCase = /^\W*[^:.?!]{1,40}:\s+\S/;

/** Behind "then" and arrows a word that may be a noun elsewhere is a verb: "then pass `--iface`". */
const pointsOn = new RegExp(String.raw`\bthen\b|${arrowSigns}`, 'i');

const amid =
  /(?:(?:(?<!\s)(?:\s+(?:and|but))?\s*[,;:]|\s[–—-]{1,2})\s+(?:(?:and|but|then|or)\s+)?|(?<!\s)\s+(?:and|but)\s+|(?<!\s)\s+or\s+(?=else\b))(?=(?:if|in\s+case|in\s+which\s+case|otherwise|else)\b)/gi;

/** "If all are down, restart them; if only some are, remove these." */
const amidCases =
  /(?<!\s)\s*;\s+(?:(?:and|but)\s+)?(?=(?:if|in\s+case|when)\b)|(?:,\s+(?:and\s+)?(?:then\s+)?|(?<!\s)\s+and\s+(?:then\s+)?)(?=if\b)/gi;

/** "It may be full, in which case you should purge it", "It must be empty; otherwise, purge it". */
const statesCase = sift(
  /,\s+in\s+which\s+case\b|\b(?:must|should|has\s+to|have\s+to|needs?\s+to)\s+(?:not\s+)?(?:be|have|contain|show|match|exist|return|say)\b[^.]*[,;]\s+(?:or\s+)?(?:otherwise|else)\b/i,
);

/** "This should free it, and if it does not come back you can create it anew.": a condition behind words that only tell. */
const tellsAndAsks =
  /\s(?:and|but|so)\s+if\s[^.]*\s(?:you|we)\s+(?:can|could|should|must|may|need|have)\b|^\W*(?:this|that|it|these|they)\s[^.]*[,;]\s+(?:and|but)\s+if\s[^.]*,/i;
const amidTold = /(?<!\s)\s*[,;]?\s+(?:and|but|so)\s+(?:then\s+)?(?=if\b(?!\s+(?:so|not|yes|no)\b))/gi;

/** "Check the queue, and if it is long, find its owner.": something to do, and a condition with something of its own. */
function atCondition(sentence: Sentence, about: CutAbout): Sentence[] {
  const { text, start, end } = sentence;
  const deed = cutAtDeed(sentence);
  if (deed) return deed;
  const opens = opensCondition(sentence) || /^\W*when\b/i.test(text) || (about.inItem && arrowed.test(text));
  const hasFact = statesCase.test(text);
  const asks = isImperative(text) && !isMotion(text);
  if (!opens && !hasFact && !asks && !tellsAndAsks.test(text)) return [sentence];
  for (const match of allMatches(text, opens ? amidCases : asks || hasFact ? amid : amidTold)) {
    const before = text.slice(0, match.index);
    if (match.index === 0 || isOpen(before)) continue;
    if (opens && !match[0].includes(';') && !asksInCase(partOfSentence(sentence, start, start + match.index), about))
      continue;
    const from = start + match.index + match[0].length;
    const second = partOfSentence(sentence, from, end);
    const condition = conditionOf(second, about.inItem);
    if (!condition || condition.start !== from || isHedged(condition.text) || goesAway(second, about)) continue;
    const consequent = consequentStart(sentence.prose.plain, condition.end, end);
    const rest = sentence.prose.plain.slice(consequent, end);
    if (condition.kind === 'else' ? !isImperative(rest) : !actsIn(sentence.prose, consequent, rest)) continue;
    return [partOfSentence(sentence, start, start + match.index), second];
  }
  return [sentence];
}

/** "If it is red, check the queue": something is to be done in its case. */
function asksInCase(sentence: Sentence, about: CutAbout): boolean {
  const condition = conditionOf(sentence, about.inItem);
  if (!condition || goesAway(sentence, about)) return false;
  const { plain } = sentence.prose;
  const from = consequentStart(plain, condition.end, sentence.end);
  return condition.end < sentence.end && actsIn(sentence.prose, from, plain.slice(from, sentence.end));
}

/**
 * Whether the sentences behind a condition are what to do in its case. "If it contains X, the endpoint is blocked. Check the
 * rules.": yes. A paragraph soon speaks of something else, though, so there the first of them must already ask.
 */
function actsBehind(body: readonly Sentence[], rest: string, about: CutAbout): boolean {
  const asks = (sentence: Sentence | undefined): boolean =>
    sentence !== undefined &&
    (isImperative(sentence.text) || (rest.trim() === '' && isImperative(toldBehind.exec(sentence.text)?.[1] ?? ''))) &&
    !onlyGoes.test(sentence.text) &&
    !readsOn.test(sentence.text);
  if (about.inItem || rest.trim() === '') return body.some(asks);
  return asks(body[0]) || (asks(body[1]) && !opensLater.test(body[1]?.text ?? ''));
}

/** "Over 90 %? This is the backup, delete old snapshots.", "That is an attack: block it." */
const toldBehind = /^(?:[^:]{8,80}:|(?:this|that|it|they|the)\b[^,:]{3,80},)\s+(.+)$/is;

/** "Follow the steps below", "the following steps will help": what is to be done stands behind it. */
const gatesBelow =
  /^(?:(?:please|you\s+(?:can|should|must|may|need\s+to))\s+)?(?:follow|use|perform|do|complete|take|execute|apply|try|(?:proceed|continue)\s+with|(?:go|work|run)\s+through)\s+(?:(?:the\s+|these\s+)?(?:below|following|next)\s+(?:\w+\s+)?(?:steps?|instructions|procedure|actions|checks)|the\s+(?:\w+\s+)?(?:steps?|instructions|procedure|actions|checks)\s+(?:below|that\s+follow)|these\s+(?:steps?|instructions|actions|checks)(?=\W*$)|the\s+following(?=\W*$))\b|^(?:the\s+)?(?:(?:following|below|next)\s+(?:steps|checks|instructions|commands)|(?:steps|checks|instructions|commands)\s+below)\s+(?:will|can|may|should|helps?)\b/i;

/** "If it has grown, it can be repaired without loss.": how that is done stands behind it. */
const promises =
  /^(?:it|this|that|they|(?:the|this)\s+[\w-]+)\s+(?:can|may|could)\s+(?:(?:often|usually|easily|safely|simply|sometimes|still)\s+)?be\s+(?:resolved|fixed|corrected|repaired|solved|recovered|remedied|restored|undone|reversed)(?:\s+(?:easily|quickly|manually|safely|in\s+place|as\s+follows|like\s+this|without\s+(?:\w+\s+){0,3}\w+|with\s+(?:minimal|little|no|low|some|less)\s+\w+))*\s*[.:]?\s*$/i;

/** "If it is full, the worker is dead: purge it", "…, so purge it". */
const isExplained = /^[^:;.]{8,160}?(?::|;|\s[–—-]|,\s+so)\s+(?!on\b)(.+)$/is;

const opensLater = /^\W*(?:once|after|as\s+soon\s+as|when|in\s+general|generally|usually|typically)\b/i;

function sentencesOfRange(prose: Prose, all: readonly Sentence[], from: number, to: number): Sentence[] {
  return prose === all[0]?.prose ? all.slice(from, to) : [];
}

function plain(prose: Prose, sentences: readonly Sentence[]): PlainPiece {
  const asks = sentences.find(
    (sentence, at) =>
      (isImperative(sentence.text) || asksFirst.test(sentence.text)) &&
      !isMotion(sentence.text) &&
      !isIdle(sentence) &&
      !isDirective(sentence.text) &&
      !sentences.slice(Math.max(0, at - 1), at).some((before) => callsBehindStop(before, sentence)),
  );
  return { kind: 'plain', prose, asks: asks ?? null };
}

/** "Before you start: make sure that the replica is in sync." */
const asksFirst =
  /^\W*before\s+(?:you\s+(?:start|begin|proceed)|starting|beginning)\s*:\s*(?:please\s+)?(?:make\s+sure|check|verify|confirm|ensure)\b/i;

/** "Only do this if it is part of the design": it narrows what was said before. */
const narrows = /^\W*only\s+\w+\s+(?:this|that|it|these|those|them|so)\b/i;

const conditionWord = new RegExp(
  String.raw`^[-–—•*>\s]*(?:if|otherwise|else|unless|yes|no|${inOtherCases}(?=\s*,)|for(?=\s+[^,.:;]{2,60}\b(?:issues?|problems?|trouble|failures?|errors?|outages?|timeouts?|corruption)\s*,))\b`,
  'i',
);

const arrowed = new RegExp(String.raw`^[^→⇒.?!]{2,120}\s${arrowSigns}\s`);
const putAsQuestion = /^\W*(?!(?:what|which|who|where|how|why)\b)[^→⇒.?!]{2,120}\?\s+(?:→|⇒|->|=>|\p{Lu})/u;

function opensCondition(sentence: Sentence | undefined): boolean {
  return conditionWord.test(sentence?.text ?? '');
}

/** Also "When 10 or more are free, escalate.": a case of its own, whatever the sentence before it asks. */
function opensCase(sentence: Sentence | undefined, about: CutAbout): boolean {
  return (
    opensCondition(sentence) ||
    (sentence !== undefined &&
      (/^\W*when\b/i.test(sentence.text) || endsAfterCount.test(sentence.text)) &&
      goesAway(sentence, about))
  );
}

/** True for words that say only where to go and when: they stay with the step that decides. */
export function decidesAway(prose: Prose, isName: (name: string) => boolean): boolean {
  const [first] = sentencesOf(prose);
  const isLed = arrowed.test(first?.text ?? '') || putAsQuestion.test(prose.plain);
  if (first && leavesInCase(first, isName)) return true;
  if (!first || !(opensCondition(first) || isLed || isFinding(labelOf(first.text) ?? ''))) return false;
  const about = { inItem: true, isName, followed: false };
  if (goesAway(first, about)) return true;
  // "The answer is right → not DNS. Stop here.", "Slow queries? Go to step 4.", "If it has errors, it is the leader. Go to step 4."
  const [, ...more] = sentencesOf(prose);
  const isTold =
    opensCondition(first) &&
    !more.some(opensCondition) &&
    cutParagraph(prose, about).every((one) => one.kind === 'plain' && !one.asks);
  return (isLed || isTold) && more.some((one) => goesAway(one, about));
}

/** "Page the owner if it is yellow.", "Go to step 5 if it is grey.": nothing but where one goes, and when. */
function leavesInCase(sentence: Sentence, isName: IsName): boolean {
  const jump = readJump(sentence, isName);
  const at = jump ? jump.start - sentence.start : (findOutcome(sentence.text)?.start ?? 9);
  const condition = at > 4 ? null : conditionOf(sentence, true);
  if (!condition || !/^(?:if|when|unless)\b/i.test(condition.text)) return false;
  return condition.start > sentence.start + 4 && condition.end >= sentence.end - 1;
}

/** "Databases: go to Step 4": one of the cases of a list, which only says where to go. */
export function sendsCase(prose: Prose, isName: (name: string) => boolean): boolean {
  const [first, more] = sentencesOf(prose);
  return (
    first !== undefined &&
    more === undefined &&
    caseToGo.test(first.text) &&
    goesAway(first, { inItem: true, isName, followed: false })
  );
}

const caseToGo =
  /^\W*(?!(?:note|next|then|finally|afterwards?|now|step|action|result|fix|solution|important|warning|tip|hint|done|when)\b)[^:.?!;,]{2,60}:\s+(?:please\s+)?(?:go|proceed|continue|jump|skip|move)\b/i;

interface Head {
  readonly condition: Condition;
  readonly trailing: boolean;
}

/** The condition that a sentence opens, when the sentence itself leads nowhere else. */
function headOf(sentence: Sentence, about: CutAbout, next?: Sentence): Head | null {
  if (!cheap.test(sentence.text) || isDirective(sentence.text) || saysWhenDone(sentence.text)) return null;
  const away = goesAway(sentence, about) && !(next && thenGoes.test(next.text) && !readJump(sentence, about.isName));
  const condition = conditionOf(sentence, about.inItem);
  if (!condition || isHedged(condition.text)) return null;
  if (away && !actsBeforeGoing(sentence, condition, about)) return null;
  if (whenDone.test(condition.text) || isWhyRead.test(condition.text) || isExample.test(condition.text)) return null;
  if (/^(?:in|for|with|on)\s+(?:all|any|other)\s/i.test(condition.text) && !asksBehind(sentence, condition))
    return null;
  if (/\bfor\s+(?:example|instance)\W*$|\be\.g\.\W*$/i.test(sentence.text.slice(0, condition.start - sentence.start)))
    return null;
  const only = opensOnly.exec(sentence.text)?.[0].length ?? 0;
  if (
    /^when/i.test(condition.text) &&
    !(only > 0 || endsOnly.test(sentence.text.slice(0, condition.start - sentence.start))) &&
    !isForTrouble(sentence.text, condition.start - sentence.start) &&
    !actsIn(sentence.prose, condition.end, sentence.prose.plain.slice(condition.end, sentence.end))
  )
    return null;
  if (
    condition.kind === 'unless' &&
    /^unless\s+(?:otherwise|you\s+know|absolutely|told|instructed|explicitly)\b/i.test(condition.text)
  )
    return null;
  const leading = condition.start - sentence.start < 40;
  const before = sentence.prose.plain.slice(sentence.start, condition.start);
  if (saysNotTo(before)) return null;
  if (leading && !isImperative(before.slice(only))) return { condition, trailing: false };
  if (
    !isImperative(sentence.text.slice(only)) ||
    !/^(?:if|unless)$/.test(condition.kind) ||
    narrows.test(sentence.text)
  )
    return null;
  const clause = sentence.prose.plain.slice(condition.start, sentence.end);
  if (isImperative(/,\s+([^,]*)$/.exec(clause)?.[1] ?? '') || /,\s+\w+\s+(?:them|it|the|this|that)\b/.test(clause))
    return null;
  // "Restart it, or scale up if it is overloaded.": the condition is of the second alone.
  if (orElse.test(before) || saysWhatFollows(before, clause)) return null;
  if (/\b(?:and|but)\W*$/i.test(before)) return null; // "Open the page and if it is empty, then …": done in any case.
  const behind = clause.slice(condition.end - condition.start);
  const saysToWhom = /^\W*escalate\b/i.test(before) && /^\W*(?:[\w@#-]+\W+){0,3}$/.test(`${behind} `);
  return (saysToWhom || condition.end >= sentence.end - 1) && /\S/.test(before) ? { condition, trailing: true } : null;
}

/** "Only purge it if …", "Purge it only when …" */
const opensOnly =
  /^\W*(?:(?:then|but|and|please)\s+)?only\s+(?=\p{L})(?!(?:if|when|proceed|continue|go|move|carry)\b)/iu;
const endsOnly = /\bonly\s*$/i;

const orElse = /\S,?\s+or\s+(?:else\s+)?\p{L}+(?:\s+[^,;.]+)?\s*$/iu;

/** "Is the disk full? Clean it up.", "Is it red? Tell the owner and stop.": the case that the question names. */
function askedHead(sentence: Sentence, next: Sentence | undefined, about: CutAbout): Head | null {
  if (!next || !isAsked(sentence.text)) return null;
  const condition = goesAway(next, about) ? null : askedCase(sentence, next);
  if (condition) return { condition, trailing: false };
  return leavesBehind(next, about) ? { condition: saidYes(sentence), trailing: false } : null;
}

/** Something to do, and one leaves with it or right behind it: nobody leaves a guide for either answer. */
function leavesBehind(sentence: Sentence, about: CutAbout): boolean {
  if (goesAway(sentence, about))
    return actsBeforeGoing(sentence, { start: sentence.start, end: sentence.start }, about);
  const after = sentencesOf(sentence.prose).find(({ start }) => start >= sentence.end);
  return after !== undefined && isDeed(sentence.text) && !looksOn.test(sentence.text) && goesAway(after, about);
}

/** "In all other cases, restart it", and not "In all other cases, it grows". */
function asksBehind({ prose, end }: Sentence, condition: Condition): boolean {
  const start = consequentStart(prose.plain, condition.end, end);
  return actsIn(prose, start, prose.plain.slice(start, end));
}

/** "Restart the pod, then go to Step 4", "pause the update and open a ticket": there is something to do before one goes. */
function actsBeforeGoing(sentence: Sentence, { start: opens, end: from }: Span, about: CutAbout): boolean {
  if (opens - sentence.start >= 40) return false;
  const jump = readJump(sentence, about.isName);
  const leaves = jump?.start ?? sentence.start + (perhapsJump(sentence.text) ?? findOutcome(sentence.text)?.start ?? 0);
  const start = consequentStart(sentence.prose.plain, from, sentence.end);
  if (leaves <= start) return false;
  const before = sentence.prose.plain.slice(start, leaves).replace(/[\s,;]+(?:(?:and|then)[\s,]*)*$/i, '');
  return /\S\s+\S/.test(before) && isDeed(before);
}

/** True for words that lead on whatever was done before: "Proceed to Step 5." */
export function leadsOn(prose: Prose, isName: (name: string) => boolean): boolean {
  return sentencesOf(prose).some((sentence) => goesAway(sentence, { inItem: false, isName, followed: false }));
}

const goesOnAtEnd = new RegExp(
  String.raw`(?:[,;:.–—-]|${arrowSigns})\s*(?:then\s+)?(?:please\s+)?${goingOn}\s*[.!]?$`,
  'i',
);

/** "Stopped: start it. Then escalate.": behind `from` something is to be done before one leaves. */
export function actsAndLeaves(prose: Prose, from: number, isName: IsName): boolean {
  const about = { inItem: true, isName, followed: false };
  const sentences = sentencesOf(prose);
  const left = sentences.findIndex((one) => goesAway(one, about));
  const leaving = sentences[left];
  if (!leaving) return false;
  const before = sentences.slice(0, left).map(({ start, end }) => prose.plain.slice(Math.max(start, from), end));
  return (
    before.some(isDeed) || actsBeforeGoing(leaving, { start: leaving.start, end: Math.max(leaving.start, from) }, about)
  );
}

function goesAway(sentence: Sentence, about: CutAbout): boolean {
  return (
    readJump(sentence, about.isName) !== null ||
    perhapsJump(sentence.text) !== null ||
    readOutcome(sentence.text) !== null ||
    goesOnAtEnd.test(sentence.text) ||
    leavesOut(sentence.text)
  );
}

function trimEnd(text: string, end: number): number {
  let to = end;
  while (to > 0 && /[\s,;:–—-]/.test(text[to - 1] ?? '')) to--;
  return to;
}

/** Past the comma and the "then" behind a condition. */
export function consequentStart(text: string, from: number, to: number): number {
  const lead =
    /^(?:[\s,;:)\]–—→>=-]|\.(?![/\w]))*(?:(?:then|directly|simply|just|either(?!\s+(?:by|way|of|because|an?|the|on|in)\b))\b[\s,:]*)*/i.exec(
      text.slice(from, to),
    );
  return Math.min(to, from + (lead?.[0].length ?? 0));
}

const followsProcedure =
  /\b(?:follow|use|apply|perform)\s+(?:the|these|this)\s+(?:\w+\s+)?(?:steps|instructions|procedure|runbook|guide|process)\b/i;

function actsIn(prose: Prose, start: number, whole: string): boolean {
  if (isMotion(whole)) return false;
  const rest = withoutForbidden(whole);
  if (isImperative(rest) || /^please\b/i.test(rest) || (oneWord.test(rest) && beginsWithVerb(rest))) return true;
  if (prose.links.some((link) => link.start === start)) return true;
  if (prose.codes.some((code) => code.start === start && /\S\s\S/.test(prose.plain.slice(code.start, code.end))))
    return true;
  const told = asksOfReader(rest) || asksTwice(rest) || concludes(rest);
  return told || isPassiveAsk(rest) || followsProcedure.test(rest) || recommends(rest);
}
