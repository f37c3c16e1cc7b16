// Goes through a called guide: its steps start when the action that calls it is begun, and when they have come to their end
// the action ends with their outcome. Meanwhile the calling step takes no place among those at work.
//
//     performing the step -> calling -> [its steps run] -> an edge into its end -> ending -> the action has its result
//                                                       -> nothing left to run  -> the action has failed
import type { ActionResult } from './result.ts';
import { cancelSteps, whyStuck } from './conclude-run.ts';
import { failAction, startStep, succeedAction } from './advance-step.ts';
import { push, type ActionState, type NodeState, type RunState, type ScopeState } from './state.ts';
import { setStatus, type Turn } from './turn.ts';

/** Begins the first step of the guide that an action calls. */
export function enterGuide(turn: Turn, action: ActionState, scope: ScopeState): void {
  const { state } = turn;
  const [first] = scope.members;
  const { guide } = action.action;
  if (!first || !guide) throw new Error(`Internal error: ${action.action.id} calls no guide`);
  action.phase = 'calling';
  action.startedAt ??= turn.time;
  action.step.view = undefined;
  leavePlace(state, action.step);
  scope.ending = undefined;
  scope.awaited = false;
  state.calls.add(scope);
  turn.facts.push({ kind: 'guide-entered', action: action.action.id, ...guide });
  startStep(turn, first);
  for (const node of scope.members) if (node !== first && node.undecided === 0) push(state.decided, node);
}

/** Ends every call whose guide has come to its end, or can go no further. True when one did: more may follow from it. */
export function concludeCalls(turn: Turn): boolean {
  const { state } = turn;
  if (state.calls.size === 0 || state.ending) return false;
  // A guide that was called last is inside those called before it.
  for (const scope of [...state.calls].reverse()) {
    const { caller, ending } = scope;
    if (!caller || (!ending && isUnderWay(state, scope))) continue;
    if (!ending) {
      const message = `The guide “${caller.action.guide?.title ?? ''}” could not go on. ${whyStuck(state, scope)}`;
      leave(turn, scope, caller, 'failed', message);
      failAction(turn, caller, { reason: 'guide-failed', message, transient: false });
      return true;
    }
    const inside = everyScope(scope);
    for (const inner of inside.slice(1)) {
      inner.ending ??= ending;
      state.calls.delete(inner);
    }
    const members = inside.flatMap((one) => one.members);
    // Once: what is repeated after a crash, because it may have been writing then, is let finish too.
    if (!scope.awaited) cancelSteps(turn, members);
    scope.awaited = true;
    if (members.some(isActive)) continue; // A write under way is let finish.
    const result: ActionResult = { outcome: ending.outcome, notes: [ending.reason] };
    leave(turn, scope, caller, ending.outcome, ending.reason);
    succeedAction(turn, caller, result);
    return true;
  }
  return false;
}

function leave(turn: Turn, scope: ScopeState, caller: ActionState, outcome: string, because: string): void {
  turn.state.calls.delete(scope);
  turn.facts.push({ kind: 'guide-left', action: caller.action.id, outcome, because });
  setStatus(turn, caller.step, 'waiting');
  caller.step.away = false;
}

/** Other steps may use the place while the guide is gone through. */
function leavePlace(state: RunState, step: NodeState): void {
  if (step.away) return;
  step.away = true;
  if (step.status === 'running') state.running--;
}

/** A called guide, and those that it calls. */
function everyScope(scope: ScopeState): readonly ScopeState[] {
  return [
    scope,
    ...scope.members.flatMap(({ actions }) => actions.flatMap(({ called }) => (called ? everyScope(called) : []))),
  ];
}

function isUnderWay(state: RunState, scope: ScopeState): boolean {
  if (scope.members.some((node) => isActive(node) || node.queued)) return true;
  return [...state.timers.values()].some((timer) => timer.kind === 'repeat' && timer.to.scope === scope);
}

function isActive({ status }: NodeState): boolean {
  return status === 'running' || status === 'waiting';
}
