// Items that name what may be wrong and then say what to do: "VMs stopped, start them", "You have no secret. Create one." under
// "Common issues:", "`permission denied` - The user may not write. Check its group."
import { onceFor } from '../base/index.ts';
import { cutProse, sentencesOf, type Item, type List, type Prose } from '../guide/index.ts';
import { asksForWork } from './asks-for-work.ts';
import { wholeCase, type IfPiece } from './cut-paragraph.ts';
import type { Condition } from './draft.ts';
import { comparesNumber, isTrouble, saysWrong } from './findings.ts';
import { isImperative, isMotion } from './imperative.ts';
import { isOpen, mayBeFound, namesPart } from './read-condition.ts';
import { readOutcome } from './read-outcome.ts';

/** "VMs stopped, start them": no word says that it is a condition, and it is one. */
export const findingCase = onceFor((prose: Prose): IfPiece[] | null => {
  const match = /^([^,:;.?!]{4,120}),\s+(?=\S)/.exec(prose.plain);
  const [whole, clause] = match ?? [];
  if (whole === undefined || clause === undefined || !saysWrong(clause) || !isFact(clause) || isOpen(clause))
    return null;
  const rest = prose.plain.slice(whole.length);
  if (isMotion(rest) || readOutcome(rest) !== null) return null;
  return isImperative(rest) || refers.test(rest) ? caseOf(prose, clause, whole.length) : null;
});

/** "The queue is full: purge it.", "More than 100 messages – purge the queue." as a paragraph: what was found, and what to do then. */
export const statedCase = onceFor((prose: Prose): IfPiece[] | null => {
  const [whole, label] = /^\W*([^:.?!;]{4,80}?)(?::|\s[–—-])\s+(?=\S)/.exec(prose.plain) ?? [];
  if (whole === undefined || label === undefined || !isFact(label) || !mayBeFound(label) || countsKinds.test(label))
    return null;
  if (
    !saysWrong(label) &&
    !comparesNumber.test(label) &&
    !(/:\s*$/.test(whole) && isStated.test(label) && !explains.test(label))
  )
    return null;
  const [first] = sentencesOf(cutProse(prose, whole.length, prose.plain.length));
  if (!first || !isImperative(first.text) || isMotion(first.text) || readOutcome(first.text) !== null) return null;
  return caseOf(prose, label, whole.length);
});

/** "Three independent failure modes – diagnose in parallel:": how many there are, and not what was found. */
const countsKinds =
  /^\W*(?:(?:the|these)\s+)?(?:two|three|four|five|six|seven|\d|several|some|many|multiple|various|common|possible|likely|typical|known)\s(?!.*\b(?:is|are|was|were|has|have)\b).*\b(?:modes|causes|reasons|ways|options|possibilities|scenarios|cases|kinds|types|classes|categories|sources|symptoms|patterns|paths|factors|culprits|suspects|explanations)\W*$/i;

/** "It is preferred because it allows you to: …": words on what stands before. */
const explains = /\b(?:because|so\s+that|to|which|that|allows?|means?|as\s+follows|following|this|these|below)\b/i;
const isStated = /^(?:the|an?|no|all|some|any)\s.*\b(?:is|are|has|have)\s+\S|\S\s(?:is|are)\s+\S/i;

/** True for a list of what may be wrong, each time with what to do: below "Common issues:", or by the messages one may see. */
export function isCauseList(list: List, lead: Prose | null): boolean {
  if (list.ordered) return false;
  return lead !== null && (causes.test(lead.plain) || asksWhich(lead.plain)) ? asksMostly(list) : isMessageList(list);
}

/** "Determine the kind of request:", "What is its carrier?", "It depends on where they come from.": one of several answers follows. */
export function asksWhich(words: string): boolean {
  return which.test(words);
}

const which =
  /\b(?:determine|identify|establish|find\s+out|decide|check)\s+(?:on\s+)?(?:the|its|their)\s+(?:kind|type|sort|class|category)\s+of\s+[^.?!:]{2,60}:\s*$|(?:^|[.:!]\s+)(?:what|which|who|where)\s+[^.?!]{2,100}\?\s*$|\bdepend(?:s|ing)?\s+on\s+(?:what|which|where|who|the|its|their)\s[^.?!:]{2,120}[.:]\s*$/i;

/** An item of such a list as a case; null when it asks for nothing. */
export const causeCase = onceFor((prose: Prose): IfPiece[] | null => {
  const { plain } = prose;
  const [first, second] = sentencesOf(prose);
  if (!first) return null;
  const label = labelEnd(prose) ?? /^[^:.?!]{3,80}:\s+(?=\S)/.exec(plain)?.[0].length;
  const clause =
    /,\s+(?:and\s+)?(?=(?:(?:therefore|so|thus)\s+)?(?:you\s+)?(?:must|should|need\s+to|consider|check|use|see)\b)/i;
  const comma = clause.exec(first.text);
  const start = label ?? (comma ? first.start + comma.index + comma[0].length : second?.start);
  if (start === undefined) return null;
  const text = plain
    .slice(0, start)
    .replace(/[\s,.:–—-]+$/, '')
    .replace(/,\s+and$/, '');
  const isNamed = label !== undefined && text.split(/\s+/).length <= 3 && !namesPart(text);
  const from = start + (soMust.exec(plain.slice(start))?.[0].length ?? 0);
  const rest = `${from > start ? 'please ' : ''}${plain.slice(from)}`;
  return (isNamed || isFact(text)) && asksSomewhere(rest) ? caseOf(prose, text, from) : null;
});

/** "You use a proxy, and therefore must set its address" */
const soMust = /^(?:(?:therefore|so|thus)\s+)?(?:must|should|need\s+to|have\s+to)\s+(?!not\b|be\b|have\b)/i;

const causes =
  /\b(?:issues|problems|errors|reasons|causes|mistakes|pitfalls)(?:\s+(?:include|are|(?:for|of|with|behind)\s+(?:this|it|that)))*\s*:\s*$|\b(?:cause|reason|problem|issue|culprit)s?\b[^.?!:]*\bone\s+of\s+(?:these|the\s+following|them)\b[^.?!:]*:\s*$|^\W*(?:depending\s+on|according\s+to|based\s+on|by)\s+(?:the|its|this|that|what|which)\s+[^.?!:]{2,60}:\s*$|\bwhich\s+(?:kind|type|sort|class|category|one|of)\b[^.?!:]*:\s*$/i;

const refers = /^\W*(?:please\s+)?(?:see|refer\s+to|consult)\b/i;
const readsMore = /\b(?:for|to\s+(?:get|find|learn|see))\s+(?:more|further|additional)\b/i;
const notFact =
  /^\W*(?:optional(?:ly)?\W+)?(?:if|when|whenever|unless|otherwise|else|once|after|before|as|because|since|while|to|in|on|at|for|from|with|without|by|during|until|although|though|even|despite|due|given|depending|first|then|next|finally|also|note|please|yes|no(?=\s*(?:[:,.;–—-]|$))|and|or|but|where|which|that|like|such|is|are|do|does|did|has|have|can|example)\b/i;

/** "The pods are down": said as it is, not asked or asked for. */
function isFact(words: string): boolean {
  return !notFact.test(words) && !/\?/.test(words) && !isImperative(words);
}

/** True when a sentence asks for something, or a part of it does; so does "See the manual". */
function asksSomewhere(words: string): boolean {
  return words.split(/(?<=[.;,])\s+/).some((part) => !readsMore.test(part) && (asksForWork(part) || refers.test(part)));
}

function caseOf(prose: Prose, words: string, start: number): IfPiece[] | null {
  const sentence = sentencesOf(prose)[0];
  if (!sentence) return null;
  const condition: Condition = { kind: 'if', text: words.replace(/^\W+/, ''), start: 0, end: words.length, sentence };
  return wholeCase(prose, condition, start);
}

const firstProse = ({ blocks: [first] }: Item): Prose | null => (first?.kind === 'paragraph' ? first.prose : null);

const asksMostly = onceFor(({ items }: List): boolean => {
  const cases = items.filter((item) => {
    const prose = firstProse(item);
    return prose !== null && causeCase(prose) !== null;
  });
  return cases.length > 1 && cases.length * 2 >= items.length;
});

/** Most items begin with a message in code and a dash, and one of them says what to do. */
const isMessageList = onceFor(({ items }: List): boolean => {
  if (items.length < 2) return false;
  const messages = items.flatMap((item) => {
    const prose = firstProse(item);
    const end = prose && labelEnd(prose);
    return prose && end !== null && (isTrouble(prose.plain.slice(0, end)) || errorCode.test(prose.plain))
      ? [prose]
      : [];
  });
  return messages.length * 3 >= items.length * 2 && messages.some((prose) => causeCase(prose) !== null);
});

/** Where the words behind a message in code begin: "`permission denied` - "; or behind a code that is a number: "429 (too many requests): ". */
function labelEnd({ plain, codes: [code] }: Prose): number | null {
  const numbered = errorCode.exec(plain);
  if (numbered) return numbered[0].length;
  if (code?.start !== 0 || !/\S\s+\S/.test(plain.slice(0, code.end))) return null;
  const dash = /^\s*[-–—:]\s+(?=\S)/.exec(plain.slice(code.end));
  return dash && code.end + dash[0].length;
}

const errorCode =
  /^(?:(?:[Hh][Tt]{2}[Pp]|[Ee]rror|[Ee]xit|[Ss]tatus|[Rr]eturn)\s+(?:(?:code|status|error)\s+)?\d{1,5}|[45]\d\d|[A-Z]{2,8}-\d{2,6}|0x[0-9A-Fa-f]{2,8})(?:\s+\([^()]{2,60}\)|\s+[A-Z][\w ]{2,40})?(?::|\s+[-–—])\s+(?=\S)/;
