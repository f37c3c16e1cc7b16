// Behind tabs, and behind a note that tells cases, all ways meet again. What is decided or run there holds for each of them, so it
// needs a step of its own where nothing else begins one: beside them it would be one more case, below them be that of the last.
import { sentencesOf, type Block } from '../guide/index.ts';
import { branchingIn } from './branching-in.ts';
import { type FlowBuilder, unnumbered } from './flow-builder.ts';
import { isImperative, isMotion } from './imperative.ts';
import { hasAction } from './read-actions.ts';

/** The words of a note end: the choice that they offer takes no more options. */
export function endNote(flow: FlowBuilder): void {
  const { choice } = flow;
  if (choice) choice.meets = true;
  flow.closeChoice(false);
}

/** Adds that step before `block`, if the flow has come to such a place. */
export function meetBehind(flow: FlowBuilder, block: Block): void {
  if (flow.last?.kind !== 'choice' || flow.last.meets !== true) return;
  const { decider } = flow;
  const isItem = decider?.kind === 'item' && decider.number !== null;
  const place = isItem
    ? ({ number: `${decider.number ?? ''}.1`, kind: 'item', group: decider.group } as const)
    : unnumbered;
  const [branching] = branchingIn(block);
  const [first] = block.kind === 'paragraph' ? sentencesOf(block.prose) : [];
  if (first && isImperative(first.text) && !isMotion(first.text)) return;
  if (branching && !(block.kind === 'quote' && block.note)) {
    const { span: titleSpan } = branching;
    flow.addStep({ ...place, blocks: [], title: 'Which of these holds', titleSpan, start: titleSpan.start });
  } else if (block.kind !== 'list' && hasAction(block)) {
    const { title = '' } = decider ?? {};
    const titleSpan = { start: block.span.start, end: block.span.start + 1 };
    flow.addStep({ ...place, blocks: [], title, titleSpan, start: block.span.start });
  }
}
