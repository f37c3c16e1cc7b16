// The diagram in words: what tooltips show and screen readers say.
import type { DecidedBy, StepStatus } from '../run/index.ts';
import type { Arrow, Box, Decider } from './diagram.ts';
import { nodeLabel, outcomeWord } from './measure-plan.ts';
import type { EdgePicture, StepPicture } from './run-picture.ts';

/** `Step 2, Check service version regression, succeeded, 2 outgoing edges`. */
export function describeBox(box: Box, outgoing: number, step?: StepPicture): string {
  const parts = [box.label];
  if (box.title !== box.label) parts.push(box.title);
  if (step && step.status !== 'pending') parts.push(statusWord(step.status));
  if (step?.summary) parts.push(step.summary);
  parts.push(...box.badges.filter((badge) => badge.kind !== 'language').map((badge) => badge.meaning));
  parts.push(outgoing === 0 ? 'no outgoing edges' : `${outgoing} outgoing ${outgoing === 1 ? 'edge' : 'edges'}`);
  return parts.join(', ');
}

/** `From Step 2 to End: if …; ends as resolved; decided by an inferred guard: …`. */
export function describeArrow(arrow: Arrow, edge?: EdgePicture): string {
  const parts = [
    `From ${nodeLabel(arrow.from)} to ${nodeLabel(arrow.to)}${arrow.condition ? `: ${arrow.condition}` : ''}`,
  ];
  if (arrow.kind === 'repeat') parts.push('repeats earlier steps');
  if (arrow.onFailure) parts.push('taken when the step fails');
  if (arrow.outcome) parts.push(`ends as ${outcomeWord(arrow.outcome)}`);
  const decider = deciderWords(arrow.decider);
  if (decider) parts.push(`${decider}${arrow.guard ? `: ${arrow.guard}` : ''}`);
  if (edge && edge.status !== 'pending') {
    parts.push(`${edge.status}${edge.decidedBy ? ` ${decidedByWords(edge.decidedBy)}` : ''}`);
    if (edge.because) parts.push(edge.because);
  }
  return parts.join('; ');
}

/** How an arrow will be decided; empty when there is nothing to decide. */
export function deciderWords(decider: Decider): string {
  switch (decider) {
    case 'always':
      return '';
    case 'author':
      return 'decided by the author’s guard';
    case 'inferred':
      return 'decided by an inferred guard';
    case 'model':
      return 'decided by a guard that a model proposed';
    case 'person':
      return 'decided by a person';
  }
}

/** How an arrow was decided, to follow `enabled` or `disabled`. */
export function decidedByWords(decidedBy: DecidedBy): string {
  switch (decidedBy) {
    case 'none':
      return 'without a condition';
    case 'guard':
      return 'by its guard';
    case 'else':
      return 'since no other condition held';
    case 'engineer':
      return 'by the engineer';
    case 'model':
      return 'by a model';
    case 'upstream':
      return 'since its step did not succeed';
  }
}

/** The status as it is drawn and said. */
export function statusWord(status: StepStatus): string {
  return status;
}
