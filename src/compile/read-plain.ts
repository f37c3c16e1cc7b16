// Reads words of a paragraph or item that stand under no condition: they are a step, say more of the step before them, or
// only explain.
import { cutProse, sentencesOf, type Block, type Paragraph, type Prose, type Sentence } from '../guide/index.ts';
import { anaphora, nothingHelped } from './antecedent.ts';
import { cameOf, changesThings, isOfThing } from './came-of.ts';
import { decidesAway, leadsOn, type PlainPiece } from './cut-paragraph.ts';
import type { Condition } from './draft.ts';
import { paragraphOf, titleOf, type FlowBuilder, type OpenStep, unnumbered } from './flow-builder.ts';
import { beginsWithVerb, isMotion, isPassiveAsk, isWeak, restOfImperative } from './imperative.ts';
import { isCauseList } from './finding-items.ts';
import { isProcedure, isTroubleList, type FlowAbout } from './list-kind.ts';
import { holdsBehindElse } from './meet-behind.ts';
import { looksOn } from './asks-for-work.ts';
import { findsSought, holderOfSide, isOtherSide } from './open-option.ts';
import { actionLanguage, hasAction, showsOutput } from './read-actions.ts';
import { drawsPlan } from './read-chart.ts';
import { isChoiceList } from './read-cases.ts';
import { conditionOf } from './read-condition.ts';
import { readJump } from './read-jump.ts';
import { isDirective } from './read-directives.ts';
import { readEach } from './read-rounds.ts';

export type Mode = 'sequence' | 'step';

/** Reads words without a condition: a step of their own, or part of the one before. */
export function readPlain(
  flow: FlowBuilder,
  paragraph: Paragraph,
  piece: PlainPiece,
  after: Block | undefined,
  mode: Mode,
  about: FlowAbout,
): void {
  const { prose } = piece;
  const current = flow.current;
  if (current && flow.last?.kind === 'choice' && decidesAway(prose, about.isName)) {
    if (mode === 'sequence' && nothingHelped(prose.plain)) {
      const start = prose.span.start;
      flow.addStep({ ...unnumbered, ...titleOf(prose, null), blocks: [paragraph], start });
      return;
    }
    const holder = holderOfSide(flow, prose);
    if (holder) return holder.giveToDecider(paragraph);
    const before = flow.choice?.options.at(-1);
    const isOther = before !== undefined && isOtherSide(before, prose);
    const tried = flow.innermost.current;
    if (
      !isOther &&
      (anaphora(prose.plain) ||
        afterIt.test(prose.plain) ||
        findsSought(tried?.title ?? '', prose.plain) ||
        (before !== undefined && cameOfDone(prose, before.condition, tried?.title ?? '')))
    )
      tried?.blocks.push(paragraph);
    else if (!isOther && holdsBehindElse(flow, prose)) flow.current?.blocks.push(paragraph);
    else flow.giveToDecider(paragraph);
    return;
  }
  if (current && /^(?:or|alternatively)\b/i.test(prose.plain) && flow.last?.kind === 'choice') {
    current.blocks.push(paragraph);
    return;
  }
  if (current && flow.last?.kind === 'step' && piece.asks && isLinkAlone(piece.asks, about.isName)) {
    current.blocks.push(paragraph);
    return;
  }
  // "Look for:" above what may stand in what was printed.
  if (
    current?.blocks.some(hasAction) &&
    flow.last?.kind === 'step' &&
    after?.kind === 'list' &&
    looksFor.test(prose.plain)
  ) {
    current.blocks.push(paragraph);
    return;
  }
  const runs = after !== undefined && actionLanguage(after) !== null && !showsOutput(paragraph);
  const opens = /:\s*$/.test(prose.plain) || (after?.kind === 'list' && endsOpen.test(prose.plain));
  // "List clusters you may access:" above code: what may be a noun elsewhere is a verb.
  const wanted =
    piece.asks ??
    ((runs && opens && beginsWithVerb(prose.plain)) || namesRemedy(prose.plain)
      ? sentencesOf(prose).at(-1)
      : sentencesOf(prose).find(showsCommand)) ??
    null;
  const behindChoice = flow.last?.kind === 'choice';
  const isForAll = mode === 'sequence' && behindChoice && forAll.test(prose.plain);
  const asks =
    wanted &&
    (runs ||
      isForAll ||
      (opens && after?.kind === 'list') ||
      !isWeak(wanted.text) ||
      namesCommand(wanted) ||
      isShowing(wanted))
      ? wanted
      : null;
  if (
    mode === 'sequence' &&
    asks &&
    after?.kind === 'list' &&
    (opens || followsBelow.test(prose.plain)) &&
    !isChoiceList(after, prose) &&
    !isCauseList(after, prose) &&
    !isTroubleList(after) &&
    isProcedure(after, about, prose)
  ) {
    const before = askedBefore(prose);
    if (before)
      flow.addStep({
        ...unnumbered,
        ...titleOf(before, null),
        blocks: [paragraphOf(before)],
        start: before.span.start,
      });
    return;
  }
  const inItem = mode === 'step' && flow.decider?.kind === 'item';
  if (inItem && behindChoice && asks && !runs && looksOn.test(asks.text) && current?.blocks.some(hasAction)) {
    current.blocks.push(paragraph);
    return;
  }
  if (mode === 'sequence' && flow.last?.kind === 'step' && /^and\s/i.test(prose.plain) && !runs) {
    const asksMore = flow.last.step.blocks.some(hasAction) && restOfImperative(prose.plain) !== null;
    if (asksMore)
      flow.addStep({ ...unnumbered, ...titleOf(prose, asks), blocks: [paragraph], start: prose.span.start });
    else flow.last.step.blocks.push(paragraph);
    return;
  }
  const direct =
    asks !== null &&
    !isWeak(asks.text) &&
    (asks !== piece.asks ||
      restOfImperative(asks.text) !== null ||
      afterwards.test(asks.text) ||
      mends.test(asks.text));
  if (opens && drawsPlan(after)) return;
  if (asks && !direct && mode === 'sequence') {
    if (runs && current && !current.blocks.some(hasAction)) {
      current.blocks.push(paragraph);
      return;
    }
    if (after?.kind === 'list' && !isChoiceList(after, prose) && isProcedure(after, about, prose)) return;
  }
  const isStep =
    mode === 'sequence'
      ? asks !== null ||
        (runs &&
          (opens || behindChoice || leadsToRun.test(prose.plain) || isPassiveAsk(prose.plain)) &&
          (current === null || current.blocks.some(hasAction)))
      : (asks !== null &&
          (behindChoice || (runs && current !== null && current.kind !== 'item' && current.blocks.some(hasAction)))) ||
        (runs && opens && behindChoice && /^(?:once|after|when|then|finally)\b/i.test(prose.plain));
  if (!isStep) {
    if (behindChoice && leadsOn(prose, about.isName)) flow.giveToDecider(paragraph);
    else if (current) current.blocks.push(paragraph);
    else if (isDirective(prose.plain)) flow.hold(paragraph);
    else flow.explain(paragraph);
    return;
  }
  const start = prose.span.start;
  const title = titleOf(prose, asks);
  if (flow.last?.kind === 'step' && announces(flow.last.step, title.title)) {
    Object.assign(flow.last.step, title).blocks.push(paragraph);
    return;
  }
  const instead = flow.last?.kind === 'step' ? alternative(prose) : null;
  const into = instead ? flow.addOption(instead, instead.text, false) : flow;
  into.addStep({ ...unnumbered, ...title, blocks: [paragraph], start });
}

/** "If it stays red, …" right behind what was done in the case before it; in a paragraph of its own only where it speaks of "it". */
function cameOfDone(prose: Prose, before: Condition, deed: string): boolean {
  const [first] = sentencesOf(prose);
  const next = first ? conditionOf(first, true) : null;
  if (next && isBelow(next, before) && isOfThing(next.text, deed, before.text)) return true;
  if (!next || !changesThings(deed) || !cameOf(next.text, deed, before.text)) return false;
  return next.sentence.span.start - before.sentence.span.end < 200 && (isBelow(next, before) || ofIt.test(next.text));
}

/** In one paragraph, whose pieces are cut out of it. */
function isBelow(next: Condition, before: Condition): boolean {
  return next.sentence.span.start < before.sentence.prose.span.end || next.sentence.prose === before.sentence.prose;
}

const ofIt = /^(?:if|when|should)\s+(?:it|this|that|they)\s/i;

const looksFor =
  /^\W*(?:(?:look|watch|search)\s+(?:out\s+)?for|focus\s+on|pay\s+attention\s+to|keep\s+an\s+eye\s+(?:out\s+)?(?:on|for)|(?:what|things)\s+to\s+(?:look|watch)\s+for)(?:\s+(?:any\s+of\s+)?(?:the\s+following|these))?\s*:\s*$/i;

/** "If it is ready after 5 minutes, …", "If it is up now, …": of what the case before it has done. */
const afterIt =
  /^\W*(?:if|when)\s+(?:it|this|that|they|everything|all|the\s+\w+)\b[^,:;.]*\b(?:after\s+(?:that|this|(?:about\s+)?\d+\s*(?:s|sec|min|minute|hour|h)\w*)|within\s+\d+|by\s+then|afterwards?|then|now|again)\s*,/i;

/** "At this point you can open the gate again": behind cases it is said to whoever came through any of them. */
const forAll = /^\W*(?:at\s+this\s+point|finally|lastly|(?:in|at)\s+the\s+end)\b[\s,]+(?:you|we)\s+can\b/i;

/** "You can see it with one of the following commands", and no sign behind it. */
const endsOpen = /\b(?:following|these|below)\b[^.:?!]*$/i;

/** "List the nodes. For each of them, do the following:": what is done before the list, which the last sentence alone announces. */
function askedBefore(prose: Prose): Prose | null {
  const sentences = sentencesOf(prose);
  const last = sentences.at(-1);
  const [first] = sentences;
  if (!first || !last || first === last || !(readEach(last) || goesOn.test(last.text))) return null;
  return sentences.slice(0, -1).some(({ text }) => restOfImperative(text) !== null && !isMotion(text) && !isWeak(text))
    ? cutProse(prose, first.start, sentences.at(-2)?.end ?? first.end)
    : null;
}

/** The list is not how to do what was asked before it. */
const goesOn = /^\W*(?:then|next|afterwards?|after\s+that|after\s+this|once\s+(?:it|this|that|they)\b)/i;

/** "Alternatively, use single sign-on.": one or the other is done. */
function alternative(prose: Prose): Condition | null {
  const [sentence] = sentencesOf(prose);
  const match = sentence && /^\W*(alternatively)\b/i.exec(sentence.text);
  if (!match) return null;
  const end = sentence.start + match[0].length;
  return { kind: 'if', text: 'alternatively', start: end - 'alternatively'.length, end, sentence };
}

/** "[Take a look at the logs](#logs)" and nothing else, or the other side of a case: where to go, and no step of its own. */
function isLinkAlone(sentence: Sentence, isName: FlowAbout['isName']): boolean {
  const { prose, start, end, text } = sentence;
  // "Otherwise, see the Network map section."
  if (/^\W*(?:otherwise|else)\b/i.test(text)) {
    const jump = readJump(sentence, isName);
    return jump !== null && /^\W*(?:otherwise|else)[\s,]+(?:please\s+)?$/i.test(prose.plain.slice(start, jump.start));
  }
  const [link] = prose.links;
  if (!link || start > 0 || end < prose.plain.length - 1) return false;
  return readJump(sentence, isName)?.start === link.start;
}

/** "You can confirm this by running `kubectl get pods`": the command stands in the sentence. */
export function namesCommand({ text, codes, prose }: Sentence): boolean {
  return (
    !/\b(?:may|might)\s+(?:\w+\s+)?(?:need|want)\b/i.test(text) &&
    /\b(?:run|running|use|using|execute|executing|with)\b/i.test(text) &&
    codes.some(({ start, end }) => /\S\s+\S/.test(prose.plain.slice(start, end)))
  );
}

/** "The logs can be viewed with `journalctl -u etcd`": nobody is named who does it. */
function showsCommand(sentence: Sentence): boolean {
  if (isShowing(sentence)) return true;
  if (/^\W*(?:if|when|unless)\b/i.test(sentence.text) || !namesCommand(sentence)) return false;
  return isPassiveAsk(sentence.text) || seesByRunning(sentence);
}

/** "`git fsck` will give you an outline of the damage": the command itself is who does it. */
function isShowing({ start, end, codes, prose }: Sentence): boolean {
  const [code] = codes;
  if (!code || code.start > start + 1 || !/\S\s+\S/.test(prose.plain.slice(code.start, code.end))) return false;
  return /^\s*(?:will\s+|can\s+)?(?:gives?|shows?|tells?|provides?|lists?)\s+(?:you|us)\s/i.test(
    prose.plain.slice(code.end, end),
  );
}

/** "You can see the log by running `journalctl -u etcd`" */
function seesByRunning({ text, start, codes, prose }: Sentence): boolean {
  return (
    /^\W*(?:you|we)\s+can\s+(?:(?:also|then|now|always)\s+)?(?:see|find|observe|notice)\b/i.test(text) &&
    codes.some((code) => byRunning.test(prose.plain.slice(start, code.start)))
  );
}

const byRunning = /\b(?:running|executing|using|through)\s+(?:the\s+)?(?:(?:following\s+)?command\s+)?$/i;

/** "Fix: Complete verification process": what may be a noun or an adjective elsewhere is a verb. */
function namesRemedy(text: string): boolean {
  const label = remedyLabel.exec(text)?.[0];
  return label !== undefined && beginsWithVerb(text.slice(label.length));
}

const remedyLabel =
  /^\W*(?:quick\s+|permanent\s+)?(?:fix|solution|resolution|remed(?:y|iation)|workaround|mitigation|action)\s*:\s+/i;

/** "Once it has stopped, …": something of its own, as against "To see it, …". */
const afterwards = /^\W*(?:once|after|when|as\s+soon\s+as|before|then|next|finally|lastly)\b/i;

/** "To fix this, run:": a remedy is nothing that shows how to look at what stands before it. */
const mends =
  /^\W*(?:(?:so|and|now|then)\s+)?(?:in\s+order\s+)?to\s+(?:(?:manually|quickly|temporarily|permanently|fully)\s+)?(?:fix|resolve|solve|mitigate|remediate|remedy|repair|recover|work\s+around|clear|unblock)\b/i;

/** "Next, we open a shell" and "And to count them": words that the code behind them carries out. */
const leadsToRun =
  /\b(?:we|you|let['’]s)\b|^(?:and\s+)?(?:to|in\s+order\s+to)\s|\b(?:commands?|quer(?:y|ies)|scripts?)\b/i;

/** "You must unpause the pool." before "Unpause the pool (put its name for $NAME):" is no step of its own. */
function announces({ kind, title, blocks }: OpenStep, next: string): boolean {
  if (kind !== 'part' || blocks.some(({ kind: one }) => one !== 'paragraph' && one !== 'quote')) return false;
  const words = contentOf(title);
  const later = new Set(contentOf(next));
  return words.length > 1 && words.every((word) => later.has(word));
}

const contentOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []).filter(
    (word) =>
      !/^(?:the|an?|in|on|of|to|your|this|that|you|we|must|should|need|have|can|will|please|then|now|first|it)$/.test(
        word,
      ),
  );

/** "Please follow the steps below to prepare": the list behind it says what to do. */
const followsBelow =
  /\b(?:follow|perform|do|use|complete|take|execute)\s+(?:the\s+|these\s+)?(?:(?:below|following|next)\s+)?(?:steps|instructions|procedure|actions)\b|\b(?:as\s+)?(?:described|shown|listed|outlined|explained)\s+below\W*$/i;
