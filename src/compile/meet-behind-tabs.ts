// Behind tabs all ways meet again. What is decided or where one goes there holds for each of them, so it needs a step of its own
// where nothing else is done: beside the tabs it would be one more of them.
import { sentencesOf, type Block } from '../guide/index.ts';
import { branchingIn } from './branching-in.ts';
import { type FlowBuilder } from './flow-builder.ts';
import { isImperative, isMotion } from './imperative.ts';

/** Adds that step before `block`, if the flow has come to the end of tabs and the block only decides. */
export function meetBehindTabs(flow: FlowBuilder, block: Block): void {
  if (flow.last?.kind !== 'choice' || flow.last.tabs !== true) return;
  const [branching] = branchingIn(block);
  if (!branching) return;
  const words = block.kind === 'paragraph' ? block.prose : null;
  const [first] = words ? sentencesOf(words) : [];
  if (first && isImperative(first.text) && !isMotion(first.text)) return;
  const { span: titleSpan } = branching;
  const title = 'Which of these holds';
  flow.addStep({ number: null, kind: 'part', group: 0, title, titleSpan, blocks: [], start: titleSpan.start });
}
