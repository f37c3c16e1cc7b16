// Makes action failures, and tells them apart from results.
import type { ActionFailure, ActionResult, FailureReason } from '../run/index.ts';
import { describeDuration } from './amounts.ts';

interface FailureDetails {
  readonly at?: { readonly start: number; readonly end: number };
  readonly partial?: ActionResult;
  readonly transient?: boolean;
  readonly retryAfterMs?: number;
}

/** A failure with its reason and message; not transient unless said. */
export function failure(reason: FailureReason, message: string, details: FailureDetails = {}): ActionFailure {
  const { transient = false, ...rest } = details;
  return { reason, message, transient, ...rest };
}

/** What a tool says when its time is up. */
export function timeoutFailure(what: string, ms: number, partial?: ActionResult): ActionFailure {
  return failure('timeout', `${what} did not end within ${describeDuration(ms)} and was stopped.`, {
    ...(partial && { partial }),
    transient: true,
  });
}

/** What a tool says when the run cancelled it. */
export function cancelledFailure(what: string, partial?: ActionResult): ActionFailure {
  return failure('cancelled', `${what} was cancelled.`, partial ? { partial } : {});
}

/** True for a failure, among values that may also be rendered actions, holes or texts. */
export function isFailure(value: unknown): value is ActionFailure {
  return typeof value === 'object' && value !== null && 'reason' in value && 'message' in value && 'transient' in value;
}
