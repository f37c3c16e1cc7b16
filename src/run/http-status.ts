// An answer over HTTP that says it is an error is a result where the guide asks what came back, in a condition of the step or of
// a later one. Where nothing asks, it is the step's failure, as the exit code of a command is: nobody would look at it.
import { allMatches, durationWords } from '../base/index.ts';
import type { Plan } from '../plan/index.ts';
import type { PerformOutcome } from './ports.ts';
import { ownName, type ActionState } from './state.ts';

/** What an action's outcome means in its guide. */
export function weighStatus(plan: Plan, action: ActionState, outcome: PerformOutcome): PerformOutcome {
  if (outcome.kind !== 'result' || action.byModel || action.phase === 'stopping') return outcome;
  const { status } = outcome.result;
  if (status === undefined || status < 400 || readsAnswer(plan, action)) return outcome;
  const reason = status >= 500 || status === 429 ? 'unavailable' : 'refused-by-tool';
  const { retryAfterMs } = outcome.result;
  const asked = retryAfterMs === undefined ? '' : ` It asks to wait for ${durationWords(retryAfterMs)}.`;
  const message = `The service answered with status ${status}, and no condition of the guide reads the answer.${asked}`;
  const failure = {
    reason,
    message,
    partial: outcome.result,
    transient: reason === 'unavailable',
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  } as const;
  return { kind: 'failure', failure };
}

/** True when a condition stands at the action's own step, for whoever decides it, or a later guard names its step or result. */
function readsAnswer({ edges, repeats }: Plan, { step, action }: ActionState): boolean {
  const ways = [...edges, ...repeats];
  const own = ({ from, condition, onFailure, guard }: (typeof ways)[number]): boolean =>
    from === step.node.id && condition !== null && !onFailure && guard?.kind !== 'else';
  if (ways.some(own)) return true;
  const names = new Set([
    `steps.${ownName(step)}`,
    ...(action.resultName === undefined ? [] : [`results.${action.resultName}`]),
  ]);
  return ways.some(({ guard }) => guard?.kind === 'cel' && namesIn(guard.cel).some((name) => names.has(name)));
}

function namesIn(cel: string): readonly string[] {
  return allMatches(cel, /\b(steps|results)(?:\.(\w+)|\[\s*["']([^"']+)["']\s*\])/g).map(
    ([, kind, name, bracketed]) => `${kind}.${name ?? bracketed ?? ''}`,
  );
}
