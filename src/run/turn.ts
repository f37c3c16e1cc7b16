// One turn of `decide`: the state being changed, and what has come out of it so far. The small moves that every part
// of the decision makes are here, so that counters and cached views cannot be forgotten.
import { approvalNeeded, approvers, lapsedApprovals } from './approval.ts';
import type { RunEffect, RunFact } from './event.ts';
import { push, type ActionState, type Ending, type NodeState, type RunState, type TimerState } from './state.ts';
import type { NodeId } from '../plan/index.ts';
import type { RunRequest, StepStatus, StepView } from './view.ts';

/** By step: how each of its earlier rounds had ended, the first one first. */
export type Rounds = Map<NodeId, StepView[]>;

export interface Turn {
  readonly state: RunState;
  readonly time: number;
  readonly facts: RunFact[];
  readonly effects: RunEffect[];
  /** Where what steps had come to is put when they are set back; undefined: nobody wants to know. */
  readonly rounds: Rounds | undefined;
  /** Set when a person's event changed nothing. */
  refused: string | undefined;
}

/** Moves a step to another status and keeps the counts that scheduling rests on. */
export function setStatus({ state, time }: Turn, node: NodeState, status: StepStatus): void {
  if (node.status === 'running' && !node.away) state.running--;
  if (status === 'running' && !node.away) state.running++;
  if (status === 'running' || status === 'waiting') {
    state.active.add(node);
    node.startedAt ??= time;
  } else {
    state.active.delete(node);
    if (status !== 'pending') {
      node.endedAt = time;
      if (status !== 'skipped') node.startedAt ??= time;
    }
  }
  node.status = status;
  node.view = undefined;
}

/** The question for an action's approval as it stands: who has said yes so far, and how many must. */
export function approvalRequest({ state, time }: Pick<Turn, 'state' | 'time'>, action: ActionState): RunRequest {
  const { people = 1, expiresAfterMs = Infinity } = approvalNeeded(state, action) ?? {};
  const givenBy = approvers(state, action, time);
  return {
    kind: 'approval',
    node: action.step.node.id,
    action: action.action.id,
    tool: action.tool ?? '',
    ...(action.where !== undefined && { where: action.where }),
    effect: action.effect,
    text: action.text ?? '',
    hash: action.hash ?? '',
    because: [action.because, ...lapsedApprovals(state, action, time)].join('; '),
    ...(people > 1 && { people }),
    ...(expiresAfterMs < Infinity && { expiresAfterMs }),
    ...(givenBy.length > 0 && { givenBy }),
    ...(givenBy.length >= people && { approved: true as const }),
  };
}

/** The action under way in a step. */
export function currentAction(node: NodeState): ActionState | undefined {
  return node.actions[node.at];
}

/** Raises a question; the run goes on around it. */
export function ask(turn: Turn, key: string, request: RunRequest): void {
  if (turn.state.requests.has(key)) return;
  turn.state.requests.set(key, request);
  const { kind: about, node } = request;
  switch (request.kind) {
    case 'decision':
      turn.facts.push({
        kind: 'question-asked',
        about,
        node,
        choices: request.choices.map((choice) => choice.edge),
        because: request.because,
      });
      return;
    case 'approval':
      turn.facts.push({
        kind: 'question-asked',
        about,
        node,
        action: request.action,
        hash: request.hash,
        ...(request.people !== undefined && { people: request.people }),
        because: request.because,
      });
      return;
    case 'parameter':
      turn.facts.push({ kind: 'question-asked', about, node, name: request.name });
      return;
    case 'unknown-outcome':
    case 'manual-action':
      turn.facts.push({ kind: 'question-asked', about, node, action: request.action });
  }
}

/** A waiting step has its answer: it goes on as soon as the limit of parallel steps allows. */
export function resumeStep(turn: Turn, node: NodeState): void {
  if (node.queued) return;
  node.queued = true;
  push(turn.state.resuming, node);
}

/** The first decided ending stands. */
export function decideEnding(state: RunState, ending: Ending): void {
  state.ending ??= ending;
}

/** A timer whose end comes back as `timer-fired`. */
export function startTimer(turn: Turn, afterMs: number, timer: (dueAt: number) => TimerState): void {
  const id = `t${++turn.state.timerCount}`;
  turn.state.timers.set(id, timer(turn.time + afterMs));
  turn.effects.push({ kind: 'start-timer', timer: id, afterMs });
}

/** An action whose tool may be at work right now. */
export function isInFlight(action: ActionState | undefined): boolean {
  return action?.phase === 'performing' || action?.phase === 'stopping' || action?.phase === 'preparing';
}
