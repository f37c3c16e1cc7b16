// "Yes: delete the old logs and look at the volume:", in front of what was found: that is done first, and then chosen.
import type { Prose } from '../guide/index.ts';
import { askingSentence, isDeed } from './asks-for-work.ts';
import { paragraphOf, titleOf, type FlowBuilder } from './flow-builder.ts';

/** Puts a step in front of a choice, when the words before its list ask for more than to take one of its items. */
export function doBeforeChoice(flow: FlowBuilder, lead: Prose): void {
  const asking = askingSentence(lead);
  if (flow.parts[0]?.kind !== 'choice' || !asking || !isDeed(asking.text) || points.test(asking.text)) return;
  flow.beginWithStep();
  const first = flow.parts.find(({ kind }) => kind === 'step');
  if (first?.kind !== 'step') return;
  Object.assign(first.step, titleOf(lead, asking), { chooses: undefined });
  first.step.blocks.unshift(paragraphOf(lead));
}

const points =
  /\b(?:following|below|these|this|as\s+follows|steps?|actions?|options?|ways?|commands?|instructions|procedure|either|one\s+of)\b/i;
