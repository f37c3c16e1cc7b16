// Tells what a list is for: things to do one by one, options, the details of the item above it, or an explanation.
import { onceFor, remember } from '../base/index.ts';
import {
  sentencesOf,
  type Block,
  type Heading,
  type Item,
  type List,
  type Paragraph,
  type Prose,
  type Quote,
  areVariants,
  variantBefore,
} from '../guide/index.ts';
import { asksBeforeEnd } from './asks-before-end.ts';
import { asksWithCommand, asksToLook, bareAnswer, isAnswer, isAnsweredItem, isQuestionItem } from './asking-items.ts';
import { isHedged } from './branching.ts';
import { bringsAbout } from './brings-about.ts';
import { consequentStart, cutParagraph, leadsOn, wholeCase, type IfPiece } from './cut-paragraph.ts';
import type { Condition } from './draft.ts';
import { findingCase } from './finding-items.ts';
import { comparesNumber, isFinding, isTrouble } from './findings.ts';
import { isInAnotherLanguage } from './foreign.ts';
import { beginsWithVerb, isImperative, isMotion, isWeak, saysNotTo } from './imperative.ts';
import { leavingCase } from './leaving-case.ts';
import { onceForNames, type IsName } from './names.ts';
import { actionLanguage, hasAction, isCommandItem } from './read-actions.ts';
import { conditionOf, mayBeFound, saysElse } from './read-condition.ts';
import { endsCase } from './read-outcome.ts';
import { variantCondition } from './variant-condition.ts';

export interface FlowAbout {
  readonly isName: (name: string) => boolean;
  /** Gives each numbered list its own group. */
  readonly groups: { count: number };
  /** True for lists that only repeat the headings. */
  readonly isOverview: (list: List) => boolean;
  /** True for sections that are reached by links alone. */
  readonly isAside: (heading: Heading) => boolean;
  /** True for headings that a condition leads to by a link. */
  readonly isLed: (heading: Heading) => boolean;
}

/** True for what a colon can lead to; output of a command shown in a fence explains, and is not led to. */
export function leads(block: Block | undefined): boolean {
  if (block === undefined || block.kind === 'html' || block.kind === 'comment') return false;
  return (block.kind !== 'code' && block.kind !== 'plugin') || actionLanguage(block) !== null;
}

/** What a command printed, as against something to run. */
export function isOutput(block: Block | undefined): boolean {
  return block?.kind === 'code' && block.language !== 'mermaid' && actionLanguage(block) === null;
}

const forWhat =
  /^for\s+(?!each\b|every\b|all\b|any\b|example\b|more\b|further\b)(?:the\s+|an?\s+)?[^,:–—]{2,70}?\s*(?:[,:]|\s[–—-]\s)\s*/i;

/** "Error `E1001`: the disk is full. Delete snapshots.": what was found, beside others of its kind. */
const found =
  /^(?:error|alert|code|error\s+code|exit\s+code|status|symptom|problem|message)\s+[^:.?!]{1,60}:\s+(?=\S)/i;
/** "When it fires at night:" */
const whenLabel = /^\W*(?:when|if|in\s+case)\b[^.:?!,]{3,100}:\s*$/i;
/** "When you receive this alert:": in any case. */
const anyCase =
  /^\W*when\s+(?:you\s+(?:receive|get|see|are\s+paged)|this\b|(?:the|an?)\s+(?:alert|alarm|incident|page)\s*(?:fires|is\s+(?:raised|triggered|received))?\s*:)/i;

interface CaseLabel {
  readonly condition: Condition;
  readonly end: number;
  /** The words where they name a system, a version or the like. */
  readonly variant?: string;
  /** They are a case only beside others of their kind. */
  readonly needsOthers?: boolean;
}

/** "For latency issues:" alone, or with what to do behind it: the case, and where that begins. */
export function forLabel(block: Block | undefined): CaseLabel | null {
  return block?.kind === 'paragraph' ? labelOfParagraph(block) : null;
}

const labelOfParagraph = onceFor((block: Paragraph): CaseLabel | null => {
  const { plain } = block.prose;
  if (whenLabel.test(plain) && !anyCase.test(plain)) {
    const condition = forCondition(block.prose, plain);
    return condition && { condition, end: plain.length };
  }
  const labelled = found.exec(plain);
  if (labelled && sentencesOf(block.prose).some(({ text }) => asks(text))) {
    const condition = forCondition(block.prose, labelled[0]);
    return condition && { condition, end: labelled[0].length };
  }
  const variant = variantBefore(`${plain} `);
  const match = forWhat.exec(plain);
  const [sentence] = sentencesOf(block.prose);
  const condition =
    variant && sentence ? variantCondition(variant, sentence, 0) : match && forCondition(block.prose, match[0]);
  if (!condition) return null;
  const end = match?.[0].length ?? Math.min(variant?.end ?? 0, plain.length);
  if (
    end < plain.length
      ? !isImperative(plain.slice(end)) &&
        !(variant && block.prose.codes.some(({ start }) => start === end)) &&
        !/^(?:please\s+)?(?:see|refer|read|consult)\b/i.test(plain.slice(end))
      : !/:\s*$/.test(plain)
  )
    return null;
  return { condition, end, ...(variant && { variant: variant.words, needsOthers: !match }) };
});

/** Behind the last "If it is down:" stands its list; what comes behind that is another condition, or is done in any case. */
export function endOfCase(blocks: readonly Block[], place: number): number {
  const opens = opensWithCondition(blocks[place]);
  for (let at = place + 2; opens && blocks[place + 1]?.kind === 'list' && at < blocks.length; at++)
    if (blocks[at]?.kind === 'paragraph') return at;
  const next = blocks.findIndex((block, at) => at > place + 1 && opens && opensWithCondition(block));
  return next === -1 ? blocks.length : next;
}

function forCondition(prose: Prose, whole: string): Condition | null {
  const sentence = sentencesOf(prose)[0];
  if (!sentence) return null;
  const words = whole.replace(/[\s,:–—-]+$/, '');
  const text = words.charAt(0).toLowerCase() + words.slice(1);
  return { kind: 'if', text, start: 0, end: words.length, sentence };
}

/** "For X issues: do Y", beside others of its kind. */
export function forCase(prose: Prose, list: List): IfPiece[] | null {
  const variant = isVariantList(list) ? variantBefore(prose.plain) : null;
  const [sentence] = sentencesOf(prose);
  if (variant && sentence) return wholeCase(prose, variantCondition(variant, sentence, 0), variant.end);
  const [question, asked] = areDefinedQuestions(list) ? (definedQuestion.exec(prose.plain) ?? []) : [];
  if (question !== undefined && asked !== undefined && sentence) {
    const isElse = saysElse(asked.replace(/\?$/, ''));
    const condition: Condition = { kind: isElse ? 'else' : 'if', text: asked, start: 0, end: asked.length, sentence };
    return wholeCase(prose, condition, question.length);
  }
  const match = forWhat.exec(prose.plain);
  const condition = match && isForList(list) ? forCondition(prose, match[0]) : null;
  if (!match || !condition) return null;
  return wholeCase(prose, condition, match[0].length);
}

const signs = [/^((?:[^:.?!]|[.:](?=\S)){2,80}|\d):\s+(?=\S)/, /^((?:[^:.?!]|[.:](?=\S)){3,80}?)\s+[-–—]\s+(?=\S)/];

/** What stands before a colon, or before a dash where nothing is asked behind the colon, and where the rest begins. */
const labelIn = remember((plain: string): { label: string; end: number; isAsked: boolean } | null => {
  const found = signs.flatMap((sign) => {
    const [whole, label = ''] = sign.exec(plain) ?? [];
    if (whole === undefined) return [];
    const rest = plain.slice(whole.length);
    const isAsked = asks(rest) || (isTrouble(label) && asksLater(rest));
    return [{ label, end: whole.length, isAsked }];
  });
  return found.find(({ isAsked }) => isAsked) ?? found[0] ?? null;
}, 500);

/** "Queue length above 300:" with what to do below it. */
const labelAlone = /^([^:.?!]{3,80}):\s*$/;
/** "Bad deployment: roll it back", beside others that name what is wrong and what to do about it. */
export function troubleCase(prose: Prose, list: List): IfPiece[] | null {
  const found = labelIn(prose.plain);
  const sentence = sentencesOf(prose)[0];
  const alone = labelAlone.exec(prose.plain)?.[1];
  if (sentence && alone !== undefined && mayBeFound(alone) && comparesNumber.test(alone) && isTroubleList(list)) {
    const condition: Condition = { kind: 'if', text: alone, start: 0, end: alone.length, sentence };
    return wholeCase(prose, condition, prose.plain.length).map((piece) => ({ ...piece, leadsIn: true, acts: false }));
  }
  if (!found || !sentence) return null;
  const isLimit = comparesNumber.test(found.label) && namesLimits(list);
  if (!isLimit && (!isTroubleList(list) || (list.ordered && !isScale(list)))) return null;
  const { label: text, end } = found;
  const rest = prose.plain.slice(end);
  if (!mayBeFound(text) || isMotion(rest) || (endsCase(rest) && !asksBeforeEnd(rest))) return null;
  if (/^(?:if|when|else|otherwise|unless|yes|no|for)\b/i.test(text) || !(found.isAsked || namesResults(list)))
    return null;
  const at = { start: 0, end: text.length, sentence };
  const condition: Condition = saysElse(text)
    ? { kind: 'else', text: 'otherwise', ...at }
    : { kind: 'if', text, ...at };
  return wholeCase(prose, condition, end);
}

/** "Connection refused: the database was restarting. Rerun the job." */
function asksLater(words: string): boolean {
  return words
    .split(/(?<=[.!;])\s+/)
    .slice(1)
    .some(
      (part) => isImperative(part) && !isMotion(part) && !/^\W*(?:please\s+)?(?:see|refer|read|consult)\b/i.test(part),
    );
}

/** Behind a finding and a colon a verb that may be a noun is a verb: "post in the channel". */
function asks(words: string): boolean {
  return isImperative(words) || beginsWithVerb(words);
}

/** "Up: read its log", "Empty: wait": nothing but a state. */
const onlyState =
  /^\W*(?:not\s+)?(?:(?:un)?healthy|up|down|ok(?:ay)?|running|stopped|ready|green|yellow|red|empty|(?:in)?active|true|false|enabled|disabled|present|absent|(?:un)?reachable|succe(?:ss(?:ful)?|eds|eded)|pass(?:es|ed)|fail(?:s|ed|ure)|unknown)\W*$/i;

const says = /\b(?:is|are|was|were|has|have|does|do|exists?|shows?|works?)\b/i;

/** Each item begins with a range of one number: "1. Failure rate < 1 %: close it". Such items are no steps, numbered as they may be. */
/** "2. > 4 GB: restart it", "3. 2-4 GB: note it": two or more items of which each is for some values. */
const namesLimits = onceFor((list: List): boolean => list.items.filter(isLimit).length > 1);

function isLimit({ blocks: [first] }: Item): boolean {
  const found = first?.kind === 'paragraph' ? labelIn(first.prose.plain) : null;
  return found !== null && comparesNumber.test(found.label) && mayBeFound(found.label);
}

/** "empty: close it", "\"denied\": fix the key", "anything else: ask": what may come of what was looked at, item by item. */
const namesResults = onceFor((list: List): boolean => {
  if (list.ordered || list.items.length < 2) return false;
  const labels = list.items.map(({ blocks: [first] }) =>
    first?.kind === 'paragraph' ? labelIn(first.prose.plain)?.label : undefined,
  );
  if (!labels.every((label) => label !== undefined && mayBeFound(label) && label.split(/\s+/).length <= 6))
    return false;
  const sure = labels.filter(
    (label = '') => saysElse(label) || /^["“'`]/.test(label) || onlyState.test(label) || comparesNumber.test(label),
  );
  return sure.length > 1 && labels.some((label = '') => saysElse(label));
});

const isScale = onceFor((list: List): boolean =>
  list.items.every(({ blocks: [first] }) => {
    return first?.kind === 'paragraph' && comparesNumber.test(labelIn(first.prose.plain)?.label ?? '');
  }),
);

/** Most items name something wrong and then ask for something. */
export const isTroubleList = onceFor((list: List): boolean => {
  const remedies = list.items.filter(({ blocks: [first, below] }) => {
    if (first?.kind === 'paragraph' && labelAlone.test(first.prose.plain) && below)
      return comparesNumber.test(first.prose.plain);
    if (first?.kind === 'paragraph' && /^\W*(?:otherwise|else)\b/i.test(first.prose.plain)) return true;
    const found = first?.kind === 'paragraph' ? labelIn(first.prose.plain) : null;
    if (first?.kind !== 'paragraph' || !found || !mayBeFound(found.label)) return false;
    const { label, end, isAsked } = found;
    const rest = first.prose.plain.slice(end);
    if (isMotion(rest) || endsCase(rest)) return true;
    return (
      isAsked &&
      (isTrouble(label) ||
        onlyState.test(label) ||
        saysElse(label) ||
        comparesNumber.test(label) ||
        (isFinding(label) && says.test(label)))
    );
  });
  return (remedies.length > 1 && remedies.length * 3 >= list.items.length * 2) || namesResults(list);
});

/** "If X, Y may be at fault." asks for nothing by itself; among items that say what to do in their case it is a case too. */
export function ifCase(prose: Prose, list: List, { isName }: Pick<FlowAbout, 'isName'>): IfPiece[] | null {
  const [sentence] = sentencesOf(prose);
  if (!sentence || !opensIf.test(sentence.text) || !hasCases(list, isName)) return null;
  const condition = conditionOf(sentence, true);
  if (condition?.kind !== 'if' || condition.start - sentence.start > 3 || isHedged(condition.text)) return null;
  if (leadsOn(prose, isName)) return null;
  const start = consequentStart(prose.plain, condition.end, prose.plain.length);
  return /\p{L}/u.test(prose.plain.slice(start)) ? wholeCase(prose, condition, start) : null;
}

const opensIf = /^\W*(?:if|when|in\s+case)\b/i;

/** Most items begin with their condition, and some of them say what to do then. */
const hasCases = onceForNames((list: List, isName): boolean => {
  const opening = list.items.flatMap(({ blocks: [first, next] }) =>
    first?.kind === 'paragraph' && opensIf.test(first.prose.plain) ? [{ prose: first.prose, next }] : [],
  );
  return (
    opening.length > 1 &&
    opening.length * 2 >= list.items.length &&
    opening.some(
      ({ prose, next }) => cutParagraph(prose, { inItem: true, isName, followed: leads(next) })[0]?.kind === 'if',
    )
  );
});

/** "Is it paused?" defined below as what to do then, in two or more definitions. */
const definedQuestion = /^([^?]{3,100}\?)\s*:\s+(?=\S)/;
const areDefinedQuestions = onceFor(
  ({ items }: List): boolean =>
    items.length > 1 &&
    items.every(({ blocks: [first] }) => first?.kind === 'paragraph' && definedQuestion.test(first.prose.plain)),
);

/** "Linux: `ps`" and "Windows: `tasklist`". */
const isVariantList = onceFor(({ items }: List): boolean => {
  const found = items.map(({ blocks: [first] }) =>
    first?.kind === 'paragraph' ? variantBefore(first.prose.plain) : null,
  );
  return areVariants(found.map((variant) => variant?.words ?? ''));
});

const isForList = onceFor((list: List): boolean => {
  const like = list.items.filter(
    ({ blocks: [first] }) => first?.kind === 'paragraph' && forWhat.test(first.prose.plain),
  );
  return like.length > 1 && like.length * 2 >= list.items.length;
});

/** True when an item only names what the list under it asks for step by step. */
export function isHeadingOf(prose: Prose, nested: List, about: FlowAbout): boolean {
  const acting = nested.items.filter((item) => actsInItem(item, about)).length;
  if (acting < 2 && !opensWithIf(nested, about)) return false;
  const text = prose.plain.trim();
  // "4. Is it a flake?" above numbered items: they say how to find out, unless they answer.
  if (/[?]$/.test(text)) return nested.ordered && acting * 2 >= nested.items.length && !nested.items.some(isAnswer);
  if (isPlainChecklist(text, nested)) return false;
  const isLabel =
    /:$/.test(text) || (text.length <= 90 && !/[.!]$/.test(text) && (!isImperative(text) || repeatsVerb(text, nested)));
  if (nested.ordered) return acting * 2 >= nested.items.length;
  return isLabel && acting * 2 >= nested.items.length;
}

/** "Verify the forwarder" over "Verify its address …" and "Verify its certificate …": the item sums up what each of them asks for. */
function repeatsVerb(label: string, { items }: List): boolean {
  const verb = firstOf(label);
  return (
    verb !== '' &&
    items.every(({ blocks: [first] }) => first?.kind === 'paragraph' && firstOf(first.prose.plain) === verb)
  );
}

const firstOf = (words: string): string => /^\W*(\p{L}+)\s/u.exec(words)?.[1]?.toLowerCase() ?? '';

/** "Monitor the resources:" and short bullets without a condition: the item is ticked off as one. */
function isPlainChecklist(label: string, nested: List): boolean {
  if (nested.ordered || !isImperative(label) || label.length > 90) return false;
  return nested.items.every(
    ({ blocks }) =>
      blocks.length === 1 &&
      blocks[0]?.kind === 'paragraph' &&
      blocks[0].prose.plain.length <= 80 &&
      !/[.!]$/.test(blocks[0].prose.plain.trim()) &&
      sentencesOf(blocks[0].prose).length === 1 &&
      !/\b(?:if|when|otherwise|unless)\b/i.test(blocks[0].prose.plain),
  );
}

export function opensWithIf(list: List, about: FlowAbout): boolean {
  const first = list.items[0]?.blocks[0];
  if (first?.kind !== 'paragraph') return false;
  return cutParagraph(first.prose, { inItem: true, isName: about.isName, followed: false })[0]?.kind === 'if';
}

const explainsList =
  /\b(?:reasons?|causes?|conditions?|symptoms?|examples?|means?|include[sd]?|following (?:errors?|messages?|things|issues|information|values|parameters|permissions|requirements|properties|columns|fields|labels|metrics|logs?)|such as|when|because|indicates?|contains?|prerequisites?|requires?|are|is|could be|can be|parameters)\b[^.]{0,60}:\s*$/i;
const asksList =
  /\b(?:do|follow|steps?|perform|try|run|check|verify|need to|actions?|procedure|instructions|options?)\b[^.]{0,60}:\s*$|^\W*(?:once|after|when|then|next|now|finally)\b[^.]*:\s*$/i;

/** "Ensure the following:", "check all of the following:". */
const wantsEach =
  /\b(?:ensure|verify|check|confirm|validate|make\s+sure)\s+(?:that\s+)?(?:all\s+(?:of\s+)?)?(?:the\s+following|these)\b[^.:]{0,40}:\s*$/i;

/** "Ensure the following:" and sentences that can be found true or not: each is looked up. */
export function asksEach({ items }: List, lead: Prose | null): boolean {
  if (lead === null || !wantsEach.test(lead.plain) || items.length < 2) return false;
  return items.every(saysMuch) && items.filter(isClause).length * 2 >= items.length;
}

/** More than the name of something to look at. */
function saysMuch({ blocks: [first] }: Item): boolean {
  return first?.kind === 'paragraph' && /^\W*(?!if\b|when\b)\S+\s+\S+\s+\S/i.test(first.prose.plain);
}

/** "The secret exists in the namespace": a sentence that can be found true or not. */
function isClause({ blocks: [first] }: Item): boolean {
  return first?.kind === 'paragraph' && statement.test(first.prose.plain);
}

const statement =
  /^\W*(?!if\b|when\b)[^.?!]{2,120}?\b(?:is|are|has|have|exists?|matches|contains?|can|runs?|works?|points?|allows?|does|do|must|should|remains?|appears?|reports?|returns?|shows?|identif(?:y|ies))\b/i;

export const example =
  /\b(?:for\s+(?:example|instance)|e\.g\.)[^.]{0,40}:\s*$|^\W*in\s+(?:the|this|that)\s+(?:(?:above|previous|preceding)\s+)?(?:example|command|query|snippet|script)\b[^.]{0,60}:\s*$/i;

/** True when the items of a list are things to do. */
export function isProcedure(list: List, about: FlowAbout, lead: Prose | null): boolean {
  if (about.isOverview(list)) return false;
  if (isChecklist(list)) return true;
  if (lead && (example.test(lead.plain) || bringsAbout(lead.plain))) return false;
  if (isForList(list) || isVariantList(list) || areDefinedQuestions(list)) return true;
  if (asksEach(list, lead) || (lead && doneBy.test(lead.plain) && namesWork(list))) return true;
  const acts = (item: Item): boolean =>
    actsInItem(item, about) || (list.ordered && item.blocks.slice(1).some(hasAction));
  const acting = list.items.some(acts) ? list.items.filter((item) => acts(item) || isCommandItem(item)).length : 0;
  if (lead && explainsList.test(lead.plain) && !asksList.test(lead.plain) && acting < list.items.length) return false;
  if (acting === 0)
    return (
      list.ordered && (list.items.some((item) => item.blocks.some(hasAction)) || isInAnotherLanguage(wordsOf(list)))
    );
  // "Never reboot two nodes at once." among things to do is a caution about them.
  const cautions = list.ordered ? 0 : list.items.filter(isCaution).length;
  if (acting * (list.ordered ? 3 : 2) >= list.items.length - cautions) return true;
  // Among numbered things to do, a verb that may be a noun elsewhere is a verb: "2. Clear browser cache".
  const begin = list.items.filter(
    ({ blocks: [first] }) => first?.kind === 'paragraph' && beginsWithVerb(first.prose.plain),
  );
  const limits = list.items.filter((item) => !begin.includes(item) && isLimit(item));
  return list.ordered && begin.length > 0 && (begin.length + limits.length) * 2 >= list.items.length;
}

const isCaution = ({ blocks: [first] }: Item): boolean => first?.kind === 'paragraph' && saysNotTo(first.prose.plain);

/** `- [ ] Restart it`, `- [ ] One region: fail over`: what is to be ticked off is to be done, where most items say what. */
export function isChecklist({ items }: List): boolean {
  const asking = items.filter(({ task, blocks: [first] }) => {
    if (task !== true || first?.kind !== 'paragraph') return false;
    const { plain } = first.prose;
    const label = /^(?!(?:step|phase|part|section)\b)[^:.?!\d]{2,40}:\s+(?=\S)/i.exec(plain)?.[0].length ?? 0;
    return isImperative(plain.slice(label)) && !isMotion(plain.slice(label));
  });
  return asking.length * 2 > items.length;
}

/** The first words of the items, by which their language is told. */
function wordsOf({ items }: List): string {
  return items
    .slice(0, 20)
    .map(({ blocks: [first] }) => (first?.kind === 'paragraph' ? first.prose.plain.slice(0, 200) : ''))
    .join(' ');
}

const doneBy = /\b(?:by|involves?|steps|procedure|process|(?:as\s+)?follows|following\s+(?:actions|steps))\s*:\s*$/i;

/** "It can be purged by:" and "1. Stopping the member", "2. Moving its data away": each item names what is done. */
function namesWork({ ordered, items }: List): boolean {
  return (
    ordered &&
    items.length > 1 &&
    items.every(
      ({ blocks: [first] }) =>
        first?.kind === 'paragraph' &&
        /^\W*(?!during|something|nothing|anything)\p{L}{2,}ing\s+\S/iu.test(first.prose.plain),
    )
  );
}

const casesLead =
  /\b(?:two|three|four|five|several|multiple|some|different|common|possible|typical|main|following|\d)\s+(?:\w+\s+){0,2}?(?:patterns|cases|scenarios|situations|possibilities|variants|flavou?rs|types|kinds)\b[^.]*:\s*$/i;

/** "There are two common patterns:" and items that each name one, with what to do for it below. */
export function isCaseList(list: List, lead: Prose | null): boolean {
  if (lead === null || !casesLead.test(lead.plain) || list.items.length < 2) return false;
  return list.items.every(
    ({ blocks: [first, ...rest] }) =>
      first?.kind === 'paragraph' &&
      first.prose.plain.length < 160 &&
      rest.length > 0 &&
      !isImperative(first.prose.plain) &&
      !/^\W*(?:if|when|otherwise)\b/i.test(first.prose.plain),
  );
}

const triesUntil =
  /\b(?:try|work\s+through|go\s+through|apply|perform|attempt|do)\b[^.:]*?\b(?:until|stop(?:ping)?\s+(?:as\s+soon\s+as|when|once|after))\s+((?:any\s+|the\s+first\s+)?(?:one|it|any|something|that|this|the\s+\w+)\s+(?:of\s+(?:them|these)\s+)?(?:has\s+|is\s+|have\s+)?(?:work(?:s|ed)?|help(?:s|ed)?|succeed(?:s|ed)?|resolve[sd]|fixe[sd]|solve[sd]|gone|recover(?:s|ed)?|clears?|healthy)(?:\s+(?:it|the\s+\w+))?)\b[^.:]*[.:]?\s*$/i;

/** "Ways to fix it in order of preference:", "In order – each step assumes that the previous one did not help:" */
const inPreference =
  /\bin\s+(?:(?:the|this|descending|decreasing)\s+)?order\s+of\s+(?:preference|(?:increasing|decreasing|descending|least|most)\s+\w+|invasiveness|risk|disruption|likelihood\s+to\s+help)\b[^.:]*[.:]?\s*$|\b(?:each|every|the\s+next)\s+(?:step|one|item|option|action|of\s+them)\s+(?:assumes|only|is\s+only)\b[^.:]*\b(?:previous|before|earlier|last)\b[^.:]*\b(?:help|work|fail|fix|succeed|resolve|solve)\w*[^.:]*[.:]?\s*$/i;

/** True for what `untilOneWorks` gives. */
export function saysOneWorks({ kind, text }: Condition): boolean {
  return kind === 'unless' && oneWorks.test(text);
}

const oneWorks =
  /^unless\s+(?:any\s+|the\s+first\s+)?(?:one|it|any|something|that|this|the\s+\w+)\s+(?:of\s+(?:them|these)\s+)?(?:has\s+|is\s+|have\s+)?(?:work|help|succeed|resolve|fixe|solve|gone|recover|clear|healthy)/i;

/** "Try these in order until one works:": when the next item of the list behind it is done; null for other words. */
export function untilOneWorks(lead: Prose): Condition | null {
  const sentence = sentencesOf(lead).at(-1);
  if (sentence && inPreference.test(sentence.text)) {
    const { start, end } = sentence;
    return { kind: 'unless', text: 'unless one has helped', start, end, sentence };
  }
  const match = sentence && triesUntil.exec(sentence.text);
  if (!sentence || !match?.[1]) return null;
  const start = sentence.start + sentence.text.lastIndexOf(match[1]);
  return { kind: 'unless', text: `unless ${match[1]}`, start, end: start + match[1].length, sentence };
}

/** A list that only repeats the headings: what it says of when is said there, unless most of its items open with it. */
export function namesSections(list: List, about: FlowAbout): boolean {
  return (
    about.isOverview(list) &&
    list.items.filter(({ blocks: [first] }) => opensWithCondition(first)).length * 2 < list.items.length
  );
}

/** A numbered list inside a step, every item of which is something to do: the step has steps of its own. */
export function isProcedureWithin(list: List): boolean {
  return (
    list.ordered &&
    list.items.length > 1 &&
    list.items.some(({ blocks: [first] }) => first?.kind === 'paragraph' && isImperative(first.prose.plain)) &&
    list.items.every(
      (item) =>
        asksToLook(item) ||
        (item.blocks[0]?.kind === 'paragraph' &&
          isImperative(item.blocks[0].prose.plain) &&
          !isMotion(item.blocks[0].prose.plain)),
    )
  );
}

/** A numbered list that is all of a step, where at least half of the items say what to do or what in some case. */
export function isMostlyWork(list: List, about: FlowAbout): boolean {
  const acting = list.items.filter((item) => actsInItem(item, about)).length;
  return list.ordered && acting > 1 && acting * 2 >= list.items.length && !about.isOverview(list);
}

/** Bullets inside a step that are all sentences of their own on what to do: each is ticked off. */
export function isActionList(list: List): boolean {
  return (
    !list.ordered &&
    list.items.length > 2 &&
    list.items.every(({ blocks: [first, ...rest] }) => {
      if (first?.kind !== 'paragraph' || rest.some(({ kind }) => kind === 'list')) return false;
      const words = first.prose.plain.trim();
      return /[.!]$/.test(words) && isImperative(words) && !isMotion(words);
    })
  );
}

function actsInItem(item: Item, about: FlowAbout): boolean {
  const first = item.blocks[0];
  if (first?.kind !== 'paragraph') return item.blocks.some(hasAction);
  if ((isImperative(first.prose.plain) && !isMotion(first.prose.plain)) || findingCase(first.prose)) return true;
  if (asksWithCommand(item)) return true;
  const nested = item.blocks[1];
  if (/\?\s*$/.test(first.prose.plain) && nested?.kind === 'list' && nested.items.every(isAnswer)) return true;
  const pieces = cutParagraph(first.prose, { inItem: true, isName: about.isName, followed: item.blocks.length > 1 });
  if (pieces.some((piece) => piece.kind === 'if' || piece.asks !== null)) return true;
  return item.blocks.some((block) => block.kind === 'list' && hasOptions(block, about));
}

/** True when an item, or one inside it, is a condition with something to do. */
export function hasOptions(list: List, { isName }: Pick<FlowAbout, 'isName'>): boolean {
  return optionsIn(list, isName);
}

const optionsIn = onceForNames((list: List, isName) => holdsOptions(list, isName, 0));

function holdsOptions(list: List, isName: IsName, depth: number): boolean {
  if (depth > 6) return false;
  if (isTroubleList(list) || isVariantList(list) || areDefinedQuestions(list)) return true;
  const isCase = (prose: Prose): boolean =>
    findingCase(prose) !== null || (!list.ordered && leavingCase(prose, isName) !== null);
  if (list.items.some(({ blocks: [one] }) => one?.kind === 'paragraph' && isCase(one.prose))) return true;
  if (list.items.some((item) => isQuestionItem(item) || isAnsweredItem(item) || bareAnswer(item) !== null)) return true;
  return list.items.some((item) =>
    item.blocks.some((block, index) => {
      if (block.kind === 'list') return holdsOptions(block, isName, depth + 1);
      if (block.kind !== 'paragraph') return false;
      const followed = leads(item.blocks[index + 1]);
      return cutParagraph(block.prose, { inItem: index === 0, isName, followed }).some(({ kind }) => kind === 'if');
    }),
  );
}

export function opensWithCondition(block: Block | undefined): boolean {
  return block?.kind === 'paragraph' && /^\W*(?:if|otherwise|else|when|in\s+case|unless)\b/i.test(block.prose.plain);
}

/** "- Make sure that it has memory." with conditions below it or behind it: they are decided by what it asks for. */
export function decidesBelow({ items }: List, at: number, about: FlowAbout): boolean {
  const [first, ...rest] = items[at]?.blocks ?? [];
  if (first?.kind !== 'paragraph' || !isImperative(first.prose.plain) || isMotion(first.prose.plain)) return false;
  if (sentencesOf(first.prose).length > 1 || isWeak(first.prose.plain)) return false;
  return (
    rest.some((block) => block.kind === 'list' && hasOptions(block, about)) ||
    opensWithCondition(items[at + 1]?.blocks[0])
  );
}

/**
 * "> If the node does not answer, …" behind a step. Words or code that follow would belong to the condition then, so that it must
 * be the last, or what follows must be a step of its own.
 */
export function isQuotedCase({ blocks }: Quote, next: Block | undefined, listsSteps: boolean): boolean {
  return (
    (next === undefined || (listsSteps && next.kind === 'list')) &&
    blocks.some(
      (block) => opensWithCondition(block) || (block.kind === 'paragraph' && notedCase.test(block.prose.plain)),
    )
  );
}

/** "Note: If you are in production, …", "Do not start it twice. If it was, …" */
const notedCase =
  /^\W*(?:(?:important|note|warning|caution|tip|attention|danger)\b\W*(?:if|unless|in\s+case)\b|(?:\w+\b\W*)?(?:do\s+not|don['’]t|never|be\s+careful)\b[^.!?]{3,200}[.!]\s+(?:if|unless|in\s+case)\s)/i;
