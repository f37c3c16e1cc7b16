// What failed in a run, as places in the guide: the characters that the tool pointed to, or else the action's first line.
import type { Span } from '../base/index.ts';
import { codeSpan } from '../check/index.ts';
import { findAction } from './find-action.ts';
import type { Action, Plan } from '../plan/index.ts';
import type { ActionFailure, FailureReason, RunView } from '../run/index.ts';

/** One failed action. `span` is in the guide's text. */
export interface RunProblem {
  readonly action: string;
  readonly reason: FailureReason;
  readonly message: string;
  readonly span: Span;
}

/** Failed actions of a run, in the plan's order. Cancelled ones, and those that a person has to do by hand, are no problem of the guide. */
export function runProblems(plan: Plan, view: RunView): readonly RunProblem[] {
  return view.steps.flatMap((step) =>
    step.actions.flatMap((shown) => {
      const { failure } = shown;
      const { node, action } = findAction(plan, shown.id) ?? {};
      // A called guide's failure makes that of the action which calls it, and that one has its place here.
      if (!failure || !action || node?.within !== undefined || isNoProblem(failure.reason)) return [];
      const span = placeOfFailure(action, failure);
      return [{ action: shown.id, reason: failure.reason, message: failure.message, span }];
    }),
  );
}

function isNoProblem(reason: FailureReason): boolean {
  return reason === 'cancelled' || reason === 'no-tool';
}

/** The characters of the guide that a failure points to, else the first line of the action's code. */
export function placeOfFailure(action: Action, failure: Pick<ActionFailure, 'at'>): Span {
  if (failure.at) return codeSpan(action, failure.at);
  const start = Math.max(0, action.code.search(/\S/));
  const rest = action.code.slice(start);
  const length = rest.search(/\s*(?:\r?\n|$)/);
  return codeSpan(action, { start, end: start + Math.max(0, length) });
}
