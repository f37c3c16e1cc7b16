// The decision function: an event goes in, the changed state, the facts that follow and the effects to perform come
// out. No input or output, no clock, no tool: the same events give the same facts, which is what resume and replay
// rest on.
//
//     start -> [ready -> step -> its edges are decided -> nodes become ready or are skipped]* -> ending -> ended
import { reachableFrom } from '../plan/index.ts';
import { unreachable } from '../base/index.ts';
import { answerPerson } from './answer-person.ts';
import { onEnded, onNotPrepared, onPrepared, onTurn, continueStep, prepareAgain, startStep } from './advance-step.ts';
import type { RunEffect, RunFact, RunInput } from './event.ts';
import { concludeCalls } from './call-guide.ts';
import { concludeIfDone } from './conclude-run.ts';
import { queueAgain } from './repeat-loop.ts';
import { takeNext } from './next-step.ts';
import { onResumed } from './resume-state.ts';
import { onModelJudged, skipStep } from './settle-step.ts';
import { initialState, push, queueSize, shift, type RunState } from './state.ts';
import type { Rounds, Turn } from './turn.ts';
import { onModelWorked } from './work-step.ts';

export interface Decided {
  readonly state: RunState;
  /** What follows from the event, in order; journalled after it. */
  readonly facts: readonly RunFact[];
  /** To be performed once event and facts are durable. */
  readonly effects: readonly RunEffect[];
  /** Why a person's event changed nothing; undefined when it was taken. */
  readonly refused?: string;
}

/**
 * Decides what follows from an event. `state` is null for `run-started` alone; `rounds` gets what steps that are set back had
 * come to.
 * **Ownership:** the state given is changed and returned; whoever calls must forget the old one.
 */
export function decide(state: RunState | null, event: RunInput, rounds?: Rounds): Decided {
  if (event.kind === 'run-started') {
    if (state) throw new Error('Internal error: a run was started twice');
    const turn = newTurn(initialState(event, event.time), event.time, rounds);
    begin(turn);
    return settle(turn);
  }
  if (!state) throw new Error(`Internal error: ${event.kind} before run-started`);
  const turn = newTurn(state, event.time, rounds);
  state.view = undefined;
  if (state.ended) {
    return { state, facts: [], effects: [], refused: 'The run has ended.' };
  }
  take(turn, event);
  if (turn.refused !== undefined) turn.facts.push({ kind: 'answer-refused', because: turn.refused });
  return settle(turn);
}

function newTurn(state: RunState, time: number, rounds: Rounds | undefined): Turn {
  return { state, time, facts: [], effects: [], rounds, refused: undefined };
}

function settle(turn: Turn): Decided {
  do schedule(turn);
  while (concludeCalls(turn));
  concludeIfDone(turn);
  const { state, facts, effects, refused } = turn;
  return { state, facts, effects, ...(refused !== undefined && { refused }) };
}

function take(turn: Turn, event: Exclude<RunInput, { readonly kind: 'run-started' }>): void {
  switch (event.kind) {
    case 'action-prepared':
      return onPrepared(turn, event);
    case 'action-not-prepared':
      return onNotPrepared(turn, event);
    case 'turn-awaited':
    case 'turn-came':
      return onTurn(turn, event);
    case 'action-ended':
      return onEnded(turn, event);
    case 'timer-fired':
      return onTimer(turn, event.timer);
    case 'model-judged':
      return onModelJudged(turn, event);
    case 'model-worked':
      return onModelWorked(turn, event);
    case 'run-resumed':
      return onResumed(turn, event);
    case 'decision-given':
    case 'approval-given':
    case 'approval-refused':
    case 'parameter-given':
    case 'action-settled':
    case 'run-held':
    case 'step-released':
    case 'action-released':
    case 'next-step-set':
    case 'run-continued':
    case 'stop-requested':
      turn.refused = answerPerson(turn, event);
      return;
    default:
      unreachable(event);
  }
}

/** The first node is put in line; what no edge leads to, or the person starts behind, is skipped. */
function begin(turn: Turn): void {
  const { state } = turn;
  const { from } = state.settings;
  const first = (from === undefined ? undefined : state.nodeById.get(from)) ?? state.nodes[0];
  if (!first) return;
  queueAgain(turn, first);
  if (from !== undefined) {
    const within = reachableFrom(state.plan, first.node.id);
    for (const node of state.nodes) {
      if (within.has(node.node.id) || node.node.kind === 'end' || node.scope.caller) continue;
      skipStep(turn, node);
    }
    return;
  }
  for (const node of state.nodes) if (node.undecided === 0 && !node.scope.caller) push(state.decided, node);
}

function onTimer(turn: Turn, id: string): void {
  const timer = turn.state.timers.get(id);
  if (!timer) return;
  turn.state.timers.delete(id);
  if (timer.kind === 'repeat') queueAgain(turn, timer.to);
  else prepareAgain(turn, timer.action);
}

/** Starts and skips all that can be started and skipped. Each node passes once, so the cost is that of its edges. */
function schedule(turn: Turn): void {
  const { state } = turn;
  for (;;) {
    if (state.ending === undefined) {
      const node = shift(state.decided);
      if (node) {
        if (node.status !== 'pending' || node.queued || node.undecided > 0 || node.node.kind === 'end') continue;
        if (node.scope.ending) continue;
        if (node.enabled === 0) skipStep(turn, node);
        else {
          node.queued = true;
          push(state.ready, node);
        }
        continue;
      }
    }
    if (state.running >= state.settings.maxParallel) return;
    const answered = shift(state.resuming);
    if (answered) {
      if (answered.status === 'waiting') continueStep(turn, answered);
      continue;
    }
    if (state.ending !== undefined) return;
    if (state.held && (state.releases === 0 || queueSize(state.ready) === 0)) return;
    const next = takeNext(state);
    if (!next) return;
    if (next.scope.ending) continue;
    if (state.held) {
      state.releases--;
      next.entered = state.into;
      state.into = false;
    }
    startStep(turn, next);
  }
}
