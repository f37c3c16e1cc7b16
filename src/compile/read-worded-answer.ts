// Answers to a question that say what holds in their case, and not where to go: "No: all of it is at fault."
import { cutProse, sentencesOf, type Block, type Item } from '../guide/index.ts';
import { bareAnswer, isQuestionItem } from './asking-items.ts';
import { cutParagraph, leadsOn } from './cut-paragraph.ts';
import { FlowBuilder, paragraphOf, titleOf, unnumbered } from './flow-builder.ts';
import type { FlowAbout } from './list-kind.ts';

/** "No: all of it is at fault.": an answer to a question is a case, whatever its words ask for. */
export function readWordedAnswer(flow: FlowBuilder, item: Item, about: FlowAbout): boolean {
  const [first, ...rest] = item.blocks;
  if (first?.kind !== 'paragraph' || rest.length > 0 || leadsOn(first.prose, about.isName)) return false;
  const { plain } = first.prose;
  const match = /^\W*(yes|no)\b\s*(?:[:.,;→–—-]|->)+\s*(?!(?:if|when)\b)(?=\p{L})/iu.exec(plain);
  const [sentence] = sentencesOf(first.prose);
  if (
    match?.[1] === undefined ||
    !sentence ||
    cutParagraph(first.prose, { inItem: true, isName: about.isName, followed: false }).length > 1
  )
    return false;
  const text = match[1].toLowerCase();
  const inner = flow.addOption({ kind: 'if', text, start: 0, end: match[0].length, sentence }, text, false);
  const words = cutProse(first.prose, match[0].length, plain.length);
  inner.addStep({
    ...unnumbered,
    ...titleOf(words, null),
    blocks: [paragraphOf(words)],
    start: item.span.start,
  });
  return true;
}

/** "- Yes" and what to do then below it, which `read` reads. */
export function readAnswer(
  flow: FlowBuilder,
  item: Item,
  read: (inner: FlowBuilder, own: readonly Block[]) => void,
): boolean {
  const condition = bareAnswer(item);
  if (!condition) return false;
  const inner = flow.addOption(condition, condition.text, false);
  read(inner, item.blocks.slice(1));
  if (inner.isEmpty) {
    const title = { title: condition.text, titleSpan: condition.sentence.span };
    inner.addStep({ ...unnumbered, ...title, blocks: [...item.blocks], start: item.span.start });
  }
  return true;
}

/** A question with what to do below it: the question is the condition. */
export function readQuestion(
  flow: FlowBuilder,
  item: Item,
  read: (inner: FlowBuilder, blocks: readonly Block[]) => void,
): boolean {
  const [first, ...rest] = item.blocks;
  const sentence = first?.kind === 'paragraph' ? sentencesOf(first.prose)[0] : undefined;
  if (!sentence || flow.decider === null || !isQuestionItem(item)) return false;
  const inner = new FlowBuilder(flow.depth + 1);
  read(inner, rest);
  if (inner.parts[0]?.kind !== 'step') return false;
  const { text, start, end } = sentence;
  flow.addOption({ kind: 'if', text, start, end, sentence }, text, false).append(inner);
  return true;
}
