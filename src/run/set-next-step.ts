// Sets the step that a held run goes on with. A step that is about to start anyway is put first; any other is jumped to: it
// and all that follows from it is set back to pending, what lies on no way from it is skipped. Nothing that a tool did is
// undone, and every approval is asked for again.
import { reachableFrom, type NodeId } from '../plan/index.ts';
import { queueAgain, reopenEdge, resetNode } from './repeat-loop.ts';
import { skipStep } from './settle-step.ts';
import type { NodeState } from './state.ts';
import { setStatus, type Turn } from './turn.ts';

/** Returns why it cannot be done, or undefined when it was. */
export function setNextStep(turn: Turn, id: NodeId): string | undefined {
  const { state } = turn;
  const target = state.nodeById.get(id);
  if (target?.node.kind !== 'step') return `The plan has no step \`${id}\` to go on with.`;
  const { caller } = target.scope;
  if (caller) return `\`${id}\` is a step of a called guide; \`${caller.step.node.id}\`, which calls it, can be set.`;
  if (state.ending) return 'The run is ending.';
  if (!state.held) return 'The run is not held.';
  const { ready } = state;
  const waiting = ready.items.slice(ready.head);
  if (waiting.includes(target)) {
    state.ready = { items: [target, ...waiting.filter((node) => node !== target)], head: 0 };
    return undefined;
  }
  if (state.running > 0 || state.active.size > 0 || state.timers.size > 0) {
    return 'Steps are under way; another step can be set when they have ended.';
  }
  if (state.requests.size > 0) return 'The run waits for an answer; another step can be set when it has it.';
  jump(turn, target, waiting);
  return undefined;
}

function jump(turn: Turn, target: NodeState, waiting: readonly NodeState[]): void {
  const { state } = turn;
  const within = reachableFrom(state.plan, target.node.id);
  const inside = new Set(state.nodes.filter(({ node }) => node.kind === 'step' && within.has(node.id)));
  inside.add(target);
  for (const node of waiting) node.queued = false;
  state.ready = { items: [], head: 0 };
  state.decided = { items: [], head: 0 };
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
  for (const node of state.nodes) {
    if (node.status !== 'pending' || node.node.kind === 'end' || inside.has(node) || node.scope.caller) continue;
    skipStep(turn, node);
  }
}
