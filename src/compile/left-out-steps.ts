// "If the queue is empty, skip this step.": the step, or the section, is an option of what stands before it, for all other cases.
import { onceFor } from '../base/index.ts';
import { cutProse, sentencesOf, type Block, type Paragraph } from '../guide/index.ts';
import { anaphora } from './antecedent.ts';
import { isHedged } from './branching.ts';
import type { Condition } from './draft.ts';
import { paragraphOf } from './flow-builder.ts';
import { isImperative } from './imperative.ts';
import { turned } from './over-steps.ts';
import { conditionOf } from './read-condition.ts';

const saysSo =
  /\bskip\s+(?:over\s+)?(?:this|the\s+(?:current|whole|entire)|all\s+of\s+this)\s+(?:(?:whole|entire)\s+)?(step|section|part|procedure)\b(?:\s+entirely|\s+altogether)?(?!\s+and\b)|^\W*skip\s+(?:this|it)(?=\s+(?:if|when|unless)\b)|\bskip\s+this\W*$/i;

/** True for words that leave out the step or section that they stand in. */
export function leavesOut(text: string): boolean {
  return saysSo.test(text);
}

/** When something is done that is left out in some case, and its words without that. */
export interface LeftOut {
  readonly condition: Condition;
  readonly blocks: readonly Block[];
}

/** What the first paragraphs of a step, or of a section when `ofSection`, say of when it is left out; null for nothing. */
export function leftOut(blocks: readonly Block[], ofSection: boolean): LeftOut | null {
  for (const [at, block] of blocks.slice(0, 3).entries()) {
    const found = block.kind === 'paragraph' ? (inParagraph(block) ?? (at < 2 ? neededIn(block) : null)) : null;
    if (found && (!ofSection || found.ofSection))
      return { condition: found.condition, blocks: blocks.toSpliced(at, 1, ...found.rest) };
  }
  return null;
}

/**
 * When a section is followed by its first words: "Only do this if the messages can be sent again:", which `blocks` have no more, or "If
 * you see one long queue, that is likely a stuck consumer.", where what is to be done stands below. Null for any other.
 */
export const onlyWhen = onceFor((blocks: readonly Block[]): LeftOut | null => {
  const [first, ...rest] = blocks;
  if (
    first?.kind !== 'paragraph' ||
    !/^\W*(?:only|do|use|run|perform|try|apply|follow|if|this|it|these|needed|required|necessary|applicable|relevant|applies)\b/i.test(
      first.prose.plain,
    )
  )
    return null;
  const [sentence, ...others] = sentencesOf(first.prose);
  const condition = sentence && conditionOf(sentence, false);
  if (!sentence || condition?.kind !== 'if' || isHedged(condition.text) || anaphora(condition.text)) return null;
  const { plain } = first.prose;
  if (saysWhenDone(sentence.text)) {
    const words = cutProse(first.prose, sentence.end, plain.length);
    return { condition, blocks: others.length > 0 ? [paragraphOf(words), ...rest] : rest };
  }
  const tells = sees.test(sentence.text) && diagnoses.test(plain.slice(condition.end, sentence.end));
  return tells && rest.length > 0 && !others.some(({ text }) => isImperative(text)) ? { condition, blocks } : null;
});

const part = String.raw`(?:\s+(?:step|section|part|procedure|option|approach|method|fix|workaround|action|check)s?)?`;
const onlyIf = new RegExp(
  String.raw`^\W*(?:only\s+(?:do|use|run|perform|try|apply|follow|take)\s+(?:this|it|these)${part}|(?:do|use|run|perform|try|apply|follow)\s+(?:this|it|these)${part}\s+only|(?:use|do|run|perform|follow|apply)\s+only)\s+(?:if|when|in\s+case)\b`,
  'i',
);
/** "Only needed if the queue is full.", "This step applies only when …" */
const needed = new RegExp(
  String.raw`^\W*(?:(?:this|it|these)${part}\s+(?:(?:is|are)\s+)?)?(?:only\s+(?:(?:needed|required|necessary|applicable|relevant|useful)\s+|appl(?:y|ies)\s+)?|(?:needed|required|necessary|applicable|relevant|appl(?:y|ies))\s+only\s+)(?:if|when|in\s+case)\b`,
  'i',
);

/** True for words that say of all that they stand in when it is done: "Only needed if the queue is full." */
export function saysWhenDone(text: string): boolean {
  return text.includes('nly') && (onlyIf.test(text) || needed.test(text));
}

const neededIn = onceFor(({ prose }: Paragraph) => {
  const [sentence] = sentencesOf(prose);
  if (!sentence || !saysWhenDone(sentence.text)) return null;
  const condition = conditionOf(sentence, false);
  if (condition?.kind !== 'if' || condition.end < sentence.end - 2) return null;
  if (isHedged(condition.text) || anaphora(condition.text)) return null;
  const rest = cutProse(prose, sentence.end, prose.plain.length);
  return { condition, rest: /[\p{L}\p{N}]/u.test(rest.plain) ? [paragraphOf(rest)] : [], ofSection: true };
});

const sees =
  /^\W*if\s+(?:(?:you|we)\s+(?:see|notice|observe|find|suspect|get)\b|it\s+(?:looks|seems|appears)\b|(?:the|your)\s+(?:logs?|graphs?|outputs?|metrics?|dashboards?|alerts?)\s+(?:shows?|says?|reports?|contains?)\b)/i;
const diagnoses =
  /^\W*(?:then\s+)?(?:that(?:['’]s|\s+is)|this|it(?:['’]s|\s+is)?|the|there|you(?:['’]re|\s+are|\s+have)|we(?:['’]re|\s+are|\s+have))\b[^.;]*\b(?:likely|probably|because|means?|indicates?|suggests?|caused|may|might|problem|issue)\b/i;

const inParagraph = onceFor(({ prose }: Paragraph) => {
  if (!/\bskip\b/i.test(prose.plain)) return null;
  const sentence = sentencesOf(prose).find(({ text }) => leavesOut(text));
  const condition = sentence && conditionOf(sentence, false);
  if (!condition || !/^(?:if|unless)$/.test(condition.kind)) return null;
  if (isHedged(condition.text) || anaphora(condition.text)) return null;
  const { start, end } = sentence;
  const rest = [cutProse(prose, 0, start), cutProse(prose, end, prose.plain.length)];
  return {
    condition: turned(condition),
    rest: rest.filter(({ plain }) => /[\p{L}\p{N}]/u.test(plain)).map(paragraphOf),
    ofSection: !/^step$/i.test(saysSo.exec(sentence.text)?.[1] ?? ''),
  };
});
