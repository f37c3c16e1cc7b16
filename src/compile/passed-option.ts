// Options that the step behind them comes after in any case: of whoever takes them, and of whoever does not.
import { anaphora } from './antecedent.ts';
import type { Entry, Step, StepDraft } from './draft.ts';

/**
 * "3. If it is still full, extend it." and "4. Start it.", "If that fails, …": whoever has nothing to do in the one item, or has not failed,
 * goes on to the next step. `onward` is undefined where the guide ends.
 */
export function isPassed({ to, condition, oneOf }: Entry, onward: Step | undefined, decider: Step): boolean {
  if ('outcome' in to || !onward) return false;
  if (condition && (decider.inOption ? anaphora(condition.text) : failed.test(condition.text))) return true;
  if (oneOf || to.keepsNumber !== true || to.group === 0) return false;
  return onward.group !== to.group || listOf(to) === listOf(onward);
}

const failed =
  /^(?!.*\b(?:still|persist|remain|continue)).*(?:\b(?:fails?|failed|not\s+(?:work|help|fix|solve|resolve|succeed))\b|n['’]t\s+(?:work|help|fix|solve|resolve|succeed)\b)/i;

/** `3.1.` for the item `3.1.2`, nothing for the item `3`. */
export const listOf = ({ number }: Pick<StepDraft, 'number'>): string | undefined => number?.replace(/[^.]*$/, '');
