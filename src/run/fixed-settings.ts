// What a run begins with for good, as its journal's first line holds it: the host's settings with what counts where it says nothing.
import type { Plan } from '../plan/index.ts';
import type { FixedSettings } from './event.ts';
import type { Judge, JudgeTerms } from './judge.ts';
import type { LiveRunOptions } from './live-run.ts';
import { knownNode } from './state.ts';

/** The settings of a run that a host starts. Throws where it is to begin at a step that the plan does not have. */
export function fixedSettings(plan: Plan, options: LiveRunOptions): FixedSettings {
  return {
    maxParallel: Math.max(1, options.maxParallel ?? 8),
    defaultTimeoutMs: options.defaultTimeoutMs ?? 60_000,
    defaultRetries: options.defaultRetries ?? 2,
    held: options.held ?? false,
    order: 'longest-way',
    otherwise: 'alone',
    bound: 'asks',
    partial: 'kept',
    ...(options.expected && Object.keys(options.expected).length > 0 && { expected: options.expected }),
    ...(options.from !== undefined && { from: knownNode(plan, options.from) }),
    ...(options.environment !== undefined && { environment: options.environment }),
    ...(options.config !== undefined && { config: options.config }),
    decisions: options.decisions ?? {},
    ...(options.approvals && options.approvals.length > 0 && { approvals: options.approvals }),
    ...(options.judge && { judge: termsOf(options.judge) }),
  };
}

/** What a journal holds of a judge: its model and how far it may go, and nothing of how it is reached. */
export function termsOf({ model, confidence, maxCalls, budget, currency, judges, worker }: Judge): JudgeTerms {
  return {
    model,
    confidence,
    maxCalls,
    ...(budget && { budget }),
    ...(currency !== undefined && { currency }),
    ...(judges === false && { judges }),
    ...(worker && { work: { calls: worker.calls, ...(worker.always && { always: true as const }) } }),
  };
}
