// Takes a run up after its process has died. What has ended stays ended; what may have happened is repeated only when
// it reads or its step is declared safe to repeat, and else put to a person.
import { takeUpDecision } from './settle-step.ts';
import { cancelStep } from './conclude-run.ts';
import { resumeThoseWithValues } from './answer-person.ts';
import type { RunInput } from './event.ts';
import { readParameter } from './parameters.ts';
import { isSecret } from './state.ts';
import { ask, currentAction, resumeStep, setStatus, type Turn } from './turn.ts';
import type { Json } from '../base/index.ts';

/** Said of a read that was told to stop when the process died. */
const lostWords = 'It was told to stop, and what it had found was lost when the run was cut off.';

/** Re-issues every effect that the dead process owed, and asks about each write of unknown outcome. */
export function onResumed(turn: Turn, event: Extract<RunInput, { readonly kind: 'run-resumed' }>): void {
  const { state } = turn;
  const interrupted = new Set(event.interrupted);
  state.secrets = new Set(event.secrets);
  state.judge = event.judge;
  if (event.environment !== undefined) state.environment = event.environment;
  if (event.config !== undefined) state.config = event.config;
  if (event.approvals) state.approvals = [...state.approvals, ...event.approvals];
  giveParameters(turn, event.parameters);
  for (const [node, target] of Object.entries(event.decisions)) state.decisions.set(node, target);
  const active = [...state.active].sort((a, b) => a.index - b.index);
  for (const node of active) {
    const action = currentAction(node);
    if (!action) continue;
    switch (action.phase) {
      case 'performing': {
        setStatus(turn, node, 'waiting');
        const mayRepeat = action.effect === 'read' || node.node.safeToRepeat;
        if (interrupted.has(action.action.id) && !mayRepeat) {
          action.phase = 'unknown';
          ask(turn, `unknown-outcome:${action.action.id}`, {
            kind: 'unknown-outcome',
            node: node.node.id,
            action: action.action.id,
            text: action.text ?? '',
          });
          break;
        }
        action.phase = 'pending';
        resumeStep(turn, node);
        break;
      }
      case 'stopping':
        action.phase = 'cancelled';
        action.failure = { reason: 'cancelled', message: lostWords, transient: false };
        action.endedAt = turn.time;
        cancelStep(turn, node);
        break;
      case 'preparing':
      case 'ready':
      case 'approval':
        // Prepared anew, since tool and text may have changed; an approval holds only while its hash does.
        turn.state.requests.delete(`approval:${action.action.id}`);
        setStatus(turn, node, 'waiting');
        action.phase = 'pending';
        resumeStep(turn, node);
        break;
      case 'pending':
      case 'calling':
      case 'retrying':
      case 'manual':
      case 'unknown':
      case 'succeeded':
      case 'failed':
      case 'cancelled':
        break;
    }
  }
  for (const name of new Set([...event.secrets, ...Object.keys(event.parameters)])) resumeThoseWithValues(turn, name);
  for (const node of active) takeUpDecision(turn, node);
  for (const [timer, { dueAt }] of state.timers) {
    turn.effects.push({ kind: 'start-timer', timer, afterMs: Math.max(0, dueAt - turn.time) });
  }
}

function giveParameters({ state }: Turn, given: Readonly<Record<string, string | number | boolean>>): void {
  for (const [name, value] of Object.entries(given)) {
    if (isSecret(state.plan, name)) continue;
    const parameter = state.plan.guide.parameters.find((one) => one.name === name);
    const read = parameter ? readParameter(parameter, value) : { value, problem: undefined };
    if (read.problem === undefined) {
      state.params[name] = read.value as Json;
      state.invalid.delete(name);
    } else if (state.params[name] === undefined) state.invalid.set(name, read.problem);
  }
}
