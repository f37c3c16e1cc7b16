// Behind tabs, and behind a note that tells cases, all ways meet again. What is decided or run there holds for each of them, so it
// needs a step of its own where nothing else begins one: beside them it would be one more case, below them be that of the last.
import { sentencesOf, type Block, type List, type Prose } from '../guide/index.ts';
import { anaphora, isAnswer, nothingHelped, outlasts } from './antecedent.ts';
import { branchingIn } from './branching-in.ts';
import type { Condition } from './draft.ts';
import { type FlowBuilder, type OpenStep, unnumbered } from './flow-builder.ts';
import { isImperative, isMotion } from './imperative.ts';
import { hasAction } from './read-actions.ts';
import { conditionOf } from './read-condition.ts';

/** The words of a note end: the choice that they offer takes no more options. */
export function endNote(flow: FlowBuilder): void {
  const { choice } = flow;
  if (choice) choice.meets = true;
  flow.closeChoice(false);
}

/**
 * "3. If there are alarms, clear them." as the last item of what is done one after the other, and below the list "If the size is below
 * 80 %, this resolves the incident.": that is asked whether there were alarms or not, and after they were cleared.
 */
export function closesList(list: List, next: Block | undefined): boolean {
  const { items, ordered } = list;
  const [last, before] = [items.at(-1), items.at(-2)];
  if (!ordered || !before || openingIf(before.blocks[0], true) || !openingIf(last?.blocks[0], true)) return false;
  const condition = openingIf(next, false);
  if (!condition) return false;
  const { text } = condition;
  return !isAnswer(condition) && !anaphora(text) && !outlasts(text) && !nothingHelped(text);
}

/** The condition that a paragraph opens with, by "if" or "when"; null for any other block. */
function openingIf(block: Block | undefined, inItem: boolean): Condition | null {
  const [first] = block?.kind === 'paragraph' ? sentencesOf(block.prose) : [];
  const condition = first && /^\W*(?:if|when)\b/i.test(first.text) ? conditionOf(first, inItem) : null;
  return condition?.kind === 'if' ? condition : null;
}

/** Adds that step before `block`, if the flow has come to such a place; true where it stands below a list, whose closing words it holds. */
export function meetBehind(flow: FlowBuilder, block: Block): boolean {
  if (flow.last?.kind !== 'choice' || flow.last.meets === undefined) return false;
  const isBelow = flow.last.meets === 'below-list';
  const { decider } = flow;
  const place = isBelow ? unnumbered : placeBehind(decider);
  const [branching] = branchingIn(block);
  const [first] = block.kind === 'paragraph' ? sentencesOf(block.prose) : [];
  if (first && isImperative(first.text) && !isMotion(first.text)) return false;
  if (branching && !(block.kind === 'quote' && block.note)) {
    const { span: titleSpan } = branching;
    flow.addStep({ ...place, blocks: [], title: 'Which of these holds', titleSpan, start: titleSpan.start });
  } else if (block.kind !== 'list' && hasAction(block)) {
    const { title = '' } = decider ?? {};
    const titleSpan = { start: block.span.start, end: block.span.start + 1 };
    flow.addStep({ ...place, blocks: [], title, titleSpan, start: block.span.start });
  }
  return isBelow;
}

/**
 * "If it is gone, create it. Otherwise, restart it. If a job waits, start the job.": whoever comes from either side has the last
 * condition before him, so that it is no third side of the first. True when a step was added that decides it. In a list
 * "- Otherwise: …" may stand amid the cases.
 */
export function meetBehindElse(flow: FlowBuilder, condition: Condition, inList = false): boolean {
  const last = flow.last?.kind === 'choice' ? flow.last.options.at(-1) : undefined;
  if (last?.condition.kind !== 'else' || !/^(?:if|unless)$/.test(condition.kind)) return false;
  const { prose, start } = last.condition.sentence;
  if (inList && start === 0 && prose !== condition.sentence.prose) return false;
  if (anaphora(condition.text) || isAnswer(condition) || nothingHelped(condition.text)) return false;
  const { span: titleSpan } = condition.sentence;
  const title = 'Which of these holds';
  flow.addStep({ ...placeBehind(flow.decider), blocks: [], title, titleSpan, start: titleSpan.start });
  return true;
}

/** "… Otherwise, restart it. If it does not start, page the owner.": the same for words that lead away. */
export function holdsBehindElse(flow: FlowBuilder, prose: Prose): boolean {
  if (flow.last?.kind !== 'choice') return false;
  const [first] = sentencesOf(prose);
  const condition = first ? conditionOf(first, false) : null;
  return condition !== null && meetBehindElse(flow, condition);
}

/** A step behind the options of a numbered item is a part of that item. */
function placeBehind(decider: FlowBuilder['decider']): Pick<OpenStep, 'number' | 'kind' | 'group'> {
  return decider?.kind === 'item' && decider.number !== null
    ? { number: `${decider.number}.1`, kind: 'item', group: decider.group }
    : unnumbered;
}
