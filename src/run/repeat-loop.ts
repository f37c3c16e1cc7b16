// Goes round a loop again: everything between the loop's first and last step is set back to pending, and so is what
// was only skipped because the loop had not led there yet. What has started outside the loop is never undone.
import { reachableFrom, reaching } from '../plan/index.ts';
import {
  ownName,
  push,
  resetAction,
  type EdgeState,
  type NodeState,
  type RepeatState,
  type RunState,
  type ScopeState,
} from './state.ts';
import { stepView } from './derive-view.ts';
import { withdrawFromModel } from './ask-judge.ts';
import { setStatus, startTimer, type Turn } from './turn.ts';
import type { DecidedBy } from './view.ts';

/** Begins another round; its first step starts at once or after the repeat's wait. */
export function goAgain(turn: Turn, state: RepeatState, by: DecidedBy, because: string | undefined): void {
  state.rounds++;
  recordRepeat(turn, state, true, by, because);
  const members = membersOf(turn.state, state);
  const inside = new Set(members);
  for (const node of members) {
    const ended = node.status === 'succeeded' || node.status === 'failed' ? stepView(turn.state, node) : undefined;
    resetNode(turn, node);
    if (!ended) continue;
    const { earlier: _, ...step } = ended;
    node.earlier = step;
  }
  for (const node of members) {
    for (const edge of node.out) reopenEdge(turn, edge, inside);
    for (const inner of node.repeats) if (inner !== state && inside.has(inner.to)) inner.rounds = 0;
  }
  const { waitMs } = state.repeat;
  if (waitMs === undefined || waitMs === 0) queueAgain(turn, state.to);
  else startTimer(turn, waitMs, (dueAt) => ({ kind: 'repeat', to: state.to, dueAt }));
}

/** Puts the first step of a loop in line. */
export function queueAgain(turn: Turn, node: NodeState): void {
  node.queued = true;
  push(turn.state.ready, node);
}

/** Writes down what was decided about a repeat. */
export function recordRepeat(
  turn: Turn,
  state: RepeatState,
  again: boolean,
  by: DecidedBy | 'bound',
  because: string | undefined,
): void {
  const { repeat, rounds } = state;
  state.view = { repeat: repeat.id, again, rounds, decidedBy: by, ...(because !== undefined && { because }) };
  turn.facts.push({
    kind: 'repeat-decided',
    repeat: repeat.id,
    again,
    round: rounds,
    by,
    ...(because !== undefined && { because }),
  });
}

function membersOf(run: RunState, state: RepeatState): readonly NodeState[] {
  if (state.members) return state.members;
  const after = reachableFrom(run.plan, state.to.node.id);
  const before = reaching(run.plan, state.from.node.id);
  const members = run.nodes.filter(({ node }) => after.has(node.id) && before.has(node.id));
  // A back edge from a node that `to` does not lead to still repeats both of its ends.
  if (members.length === 0) members.push(state.to, ...(state.from === state.to ? [] : [state.from]));
  state.members = members;
  return members;
}

/** Tells whoever wants to know what a step had come to. */
function keepRound({ state, rounds }: Turn, node: NodeState): void {
  if (!rounds || node.node.kind !== 'step' || node.status === 'pending' || node.status === 'skipped') return;
  const { earlier: _, ...step } = stepView(state, node);
  rounds.set(node.node.id, [...(rounds.get(node.node.id) ?? []), step]);
}

/** A step as it was before it first began; its rounds go on counting. */
export function resetNode(turn: Turn, node: NodeState): void {
  keepRound(turn, node);
  withdrawFromModel(turn, node.node.id);
  for (const { action, byModel } of node.actions) if (byModel) turn.state.actionById.delete(action.id);
  node.actions = node.actions.filter(({ byModel }) => !byModel);
  node.worked = false;
  node.finding = undefined;
  for (const action of node.actions) {
    resetAction(action);
    if (action.action.resultName !== undefined)
      Reflect.deleteProperty(node.scope.namedResults, action.action.resultName);
    if (action.called) resetGuide(turn, action.called);
  }
  Reflect.deleteProperty(node.scope.stepResults, ownName(node));
  setStatus(turn, node, 'pending');
  node.at = 0;
  node.round++;
  node.queued = false;
  node.entered = false;
  node.away = false;
  node.note = undefined;
  node.earlier = undefined;
  node.startedAt = undefined;
  node.endedAt = undefined;
  const failed = turn.state.failed.indexOf(node);
  if (failed >= 0) turn.state.failed.splice(failed, 1);
}

/** A called guide as it was before it was first entered. */
function resetGuide(turn: Turn, { members }: ScopeState): void {
  const inside = new Set(members);
  for (const node of members) resetNode(turn, node);
  for (const node of members) {
    for (const edge of node.out) reopenEdge(turn, edge, inside);
    for (const repeat of node.repeats) repeat.rounds = 0;
  }
}

/** Sets an edge back to pending, with everything that was skipped because of it. */
export function reopenEdge(turn: Turn, first: EdgeState, inside: ReadonlySet<NodeState>): void {
  const edges = [first];
  for (const edge of edges) {
    const { to } = edge;
    if (edge.status === 'pending') continue;
    const started = !inside.has(to) && (to.queued || (to.status !== 'pending' && to.status !== 'skipped'));
    if (started) continue;
    if (edge.status === 'enabled') to.enabled--;
    to.undecided++;
    // That its step was only skipped says nothing.
    if (edge.by !== 'upstream' || edge.status === 'enabled') {
      const { status, by, because } = edge;
      edge.earlier = { status, ...(by && { decidedBy: by }), ...(because !== undefined && { because }) };
    }
    edge.status = 'pending';
    edge.by = undefined;
    edge.because = undefined;
    edge.view = undefined;
    if (to.status === 'skipped' && !inside.has(to)) {
      setStatus(turn, to, 'pending');
      to.endedAt = undefined;
      to.startedAt = undefined;
      edges.push(...to.out);
    }
  }
}
