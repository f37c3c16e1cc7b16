// Sets the step that a held run goes on with. A step that is about to start anyway is put first; any other is jumped to: it
// and all that follows from it is set back to pending, what lies on no way from it is skipped. Nothing that a tool did is
// undone, and every approval is asked for again. Inside of a guide that is called, the same happens within it, while it is gone
// through; the steps that call it stay under way.
import { reachableFrom, type NodeId } from '../plan/index.ts';
import { queueAgain, reopenEdge, resetNode } from './repeat-loop.ts';
import { skipStep } from './settle-step.ts';
import { push, type NodeState, type ScopeState, type TimerState } from './state.ts';
import { setStatus, type Turn } from './turn.ts';

/** Returns why it cannot be done, or undefined when it was. */
export function setNextStep(turn: Turn, id: NodeId): string | undefined {
  const { state } = turn;
  const target = state.nodeById.get(id);
  if (target?.node.kind !== 'step') return `The plan has no step \`${id}\` to go on with.`;
  if (state.ending) return 'The run is ending.';
  if (!state.held) return 'The run is not held.';
  const { scope } = target;
  const callers = callersOf(scope);
  const [caller] = callers;
  if (caller && (!state.calls.has(scope) || scope.ending))
    return `\`${id}\` is a step of a guide that is not gone through now; \`${caller.node.id}\`, which calls it, can be set.`;
  const { ready } = state;
  const waiting = ready.items.slice(ready.head);
  if (waiting.includes(target)) {
    state.ready = { items: [target, ...waiting.filter((node) => node !== target)], head: 0 };
    return undefined;
  }
  const timers = [...state.timers.values()];
  const isOwnWait = (timer: TimerState): boolean => timer.kind === 'repeat' && timer.to.scope === scope;
  if (state.running > 0 || state.active.size > callers.length || !timers.every(isOwnWait)) {
    return 'Steps are under way; another step can be set when they have ended.';
  }
  if (state.requests.size > 0) return 'The run waits for an answer; another step can be set when it has it.';
  const isAwaited = timers.some((timer) => timer.kind === 'repeat' && timer.to === target);
  endWaits(turn);
  // The step that a loop waits to begin again with: the wait alone is cut short.
  if (isAwaited) queueAgain(turn, target);
  else jump(turn, target, waiting);
  return undefined;
}

/** Loops wait no more to begin again. */
function endWaits({ state, effects }: Turn): void {
  for (const timer of state.timers.keys()) effects.push({ kind: 'cancel-timer', timer });
  state.timers.clear();
}

/** The steps that lead to a called guide, the one that calls it first; none for the run's own. */
function callersOf({ caller }: ScopeState): readonly NodeState[] {
  return caller ? [caller.step, ...callersOf(caller.step.scope)] : [];
}

function jump(turn: Turn, target: NodeState, waiting: readonly NodeState[]): void {
  const { state } = turn;
  const { scope } = target;
  const within = reachableFrom(state.plan, target.node.id);
  const own = scope.caller ? scope.members : state.nodes.filter((node) => !node.scope.caller);
  const inside = new Set(own.filter(({ node }) => node.kind === 'step' && within.has(node.id)));
  inside.add(target);
  // Within a called guide, what is in line elsewhere stays there.
  const others = scope.caller ? waiting.filter((node) => node.scope !== scope) : [];
  for (const node of waiting) if (!others.includes(node)) node.queued = false;
  const decided = state.decided.items.slice(state.decided.head);
  state.ready = { items: [], head: 0 };
  state.decided = { items: scope.caller ? decided.filter((node) => node.scope !== scope) : [], head: 0 };
  for (const node of inside) {
    if (node.status === 'pending') node.queued = false;
    else if (node.status === 'skipped') {
      setStatus(turn, node, 'pending');
      node.endedAt = undefined;
    } else resetNode(turn, node);
  }
  for (const node of inside) {
    for (const edge of node.out) reopenEdge(turn, edge, inside);
    for (const repeat of node.repeats) repeat.rounds = 0;
  }
  queueAgain(turn, target);
  for (const node of others) push(state.ready, node);
  for (const node of own) {
    if (node.status !== 'pending' || node.node.kind === 'end' || inside.has(node) || others.includes(node)) continue;
    skipStep(turn, node);
  }
}
