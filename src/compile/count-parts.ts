// Counts what the parts of a flow hold: how much of it is a list, and how much is asked for.
import type { FlowBuilder, OpenPart } from './flow-builder.ts';
import { saysOneWorks } from './list-kind.ts';
import { hasAction } from './read-actions.ts';

/** Steps that are items, those of a list included of which each is done unless the one before has helped. */
export function itemsIn(parts: readonly OpenPart[]): number {
  const isTried = parts.some(
    (part) => part.kind === 'choice' && part.options.some(({ condition }) => saysOneWorks(condition)),
  );
  return parts.reduce((sum, part) => {
    if (part.kind === 'step') return sum + (part.step.kind === 'item' ? 1 : 0);
    if (part.kind !== 'choice' || !isTried) return sum;
    return part.options.reduce((inner, { flow }) => inner + itemsIn(flow.parts), sum);
  }, 0);
}

/** What one part of a flow asks for at least. */
export function stepsIn(part: OpenPart): number {
  if (part.kind === 'chart') return part.nodes.length;
  return part.kind === 'choice' ? part.options.length : 1;
}

/** A step of words alone. */
export function isSaying(part: OpenPart): boolean {
  return part.kind === 'step' && !part.step.blocks.some(hasAction);
}

/** Several things to run, one after the other: the title sums up what the steps below it do. */
export function doesMuch({ parts }: FlowBuilder): boolean {
  const steps = parts.flatMap((part) => (part.kind === 'step' ? [part.step] : []));
  return steps.length > 2 && steps.filter(({ blocks }) => blocks.some(hasAction)).length > 1;
}

/** Two or more paragraphs that each ask for something. */
export function asksMuch({ parts }: FlowBuilder): boolean {
  return parts.filter((part) => part.kind === 'step' && part.step.kind === 'part').length > 1;
}
