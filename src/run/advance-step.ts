// Takes a step from action to action: parameters, preparation, approval, performance, result or failure.
import { toGuardResult } from './result.ts';
import type { ActionFailure, ActionResult, FailureReason } from './result.ts';
import type { RunInput } from './event.ts';
import type { PerformOutcome } from './ports.ts';
import { denial, isApproved } from './approval.ts';
import { enterGuide } from './call-guide.ts';
import { cancelStep } from './conclude-run.ts';
import { joinEffects } from './effects.ts';
import { readsExitCode } from './exit-code.ts';
import { failStep, succeedStep } from './settle-step.ts';
import { isEnding, ownName, type ActionState, type NodeState } from './state.ts';
import { continueWork, workWhole } from './work-step.ts';
import { approvalRequest, ask, currentAction, resumeStep, setStatus, startTimer, type Turn } from './turn.ts';

type Input<K extends RunInput['kind']> = Extract<RunInput, { readonly kind: K }>;

/** Starts a step that its edges, the limit and the person allow to start. */
export function startStep(turn: Turn, node: NodeState): void {
  node.queued = false;
  if (node.actions.length === 0) {
    if (!workWhole(turn, node)) succeedStep(turn, node);
    return;
  }
  setStatus(turn, node, 'running');
  turn.facts.push({ kind: 'step-started', node: node.node.id });
  advance(turn, node);
}

/** Goes on with a step whose question has been answered. */
export function continueStep(turn: Turn, node: NodeState): void {
  node.queued = false;
  setStatus(turn, node, 'running');
  advance(turn, node);
}

/** The tool has put the action into words: approval is asked for where it is needed, else it starts. */
export function onPrepared(turn: Turn, event: Input<'action-prepared'>): void {
  const action = turn.state.actionById.get(event.action);
  if (action?.phase !== 'preparing') return;
  action.tool = event.tool;
  action.text = event.text;
  action.hash = event.hash;
  action.where = event.where;
  action.effect = joinEffects(action.action.effect, event.effect);
  action.step.view = undefined;
  const author = action.step.node.needsApproval ? 'the author asks for approval of this step' : undefined;
  action.because = author ?? event.because;
  const { tool, effect } = action;
  const denied = denial(turn.state.approvals, { tool, effect, environment: turn.state.environment });
  if (denied !== null) return failAction(turn, action, { reason: 'denied', message: denied, transient: false });
  if (action.byModel && (action.effect !== 'read' || !isApproved(turn.state, action, turn.time))) {
    const why =
      action.effect === 'read'
        ? 'reads of this tool need an approval here'
        : `this is not known to only read: ${action.because}`;
    const message = `Refused: a model may only read what needs no approval, and ${why.replace(/\.$/, '')}.`;
    return failAction(turn, action, { reason: 'not-approved', message, transient: false });
  }
  if (!isApproved(turn.state, action, turn.time)) return askApproval(turn, action);
  if (!action.step.entered || action.released) return perform(turn, action);
  action.phase = 'ready';
  setStatus(turn, action.step, 'waiting');
}

/** An action that its step has stopped before goes on; its approval is looked at once more. */
export function releaseAction(turn: Turn, action: ActionState): void {
  action.released = true;
  action.phase = 'approval';
  resumeStep(turn, action.step);
}

/** Puts the action's exact text to the people who must say yes to it. */
function askApproval(turn: Turn, action: ActionState): void {
  action.phase = 'approval';
  setStatus(turn, action.step, 'waiting');
  ask(turn, `approval:${action.action.id}`, approvalRequest(turn, action));
}

/** There is no tool for the action, or none that can place its values. */
export function onNotPrepared(turn: Turn, event: Input<'action-not-prepared'>): void {
  const action = turn.state.actionById.get(event.action);
  if (action?.phase !== 'preparing') return;
  action.text = event.text;
  if (event.failure.reason !== 'no-tool' || action.byModel) return failAction(turn, action, event.failure);
  action.phase = 'manual';
  setStatus(turn, action.step, 'waiting');
  ask(turn, `manual-action:${action.action.id}`, {
    kind: 'manual-action',
    node: action.step.node.id,
    ...(action.step.round > 0 && { round: action.step.round }),
    action: action.action.id,
    text: event.text,
    because: event.failure.message,
  });
}

/** The tool lets the action's call wait, or the call's turn has come. */
export function onTurn(turn: Turn, event: Input<'turn-awaited' | 'turn-came'>): void {
  const action = turn.state.actionById.get(event.action);
  if (action?.phase !== 'performing' || action.attempts !== event.attempt) return;
  action.step.view = undefined;
  if (event.kind === 'turn-awaited') {
    action.awaits = event.because;
    return;
  }
  action.awaits = undefined;
  turn.effects.push({ kind: 'begin-call', action: action.action.id, attempt: action.attempts });
}

/** The tool's answer. One that nobody waits for any more (cancelled, an earlier attempt) changes nothing. */
export function onEnded(turn: Turn, event: Input<'action-ended'>): void {
  const action = turn.state.actionById.get(event.action);
  if (action?.attempts !== event.attempt) return;
  const { phase } = action;
  if (phase !== 'performing' && phase !== 'stopping') return;
  action.endedAt = turn.time;
  // Where it was done before it heard that it is to stop, it has ended like any other.
  if (phase === 'stopping' && (action.byModel || event.outcome.kind === 'failure'))
    return onStopped(turn, action, event.outcome);
  if (event.outcome.kind === 'failure') return onFailure(turn, action, event.outcome.failure);
  const { result } = event.outcome;
  const toldBy = result.exitCode !== undefined && result.exitCode !== 0 && !action.byModel;
  if (toldBy && !readsExitCode(turn.state.plan, action)) {
    const message = `The command ended with exit code ${result.exitCode}, and no condition of the guide reads it.`;
    return failAction(turn, action, { reason: 'exit-code', message, partial: result, transient: false });
  }
  succeedAction(turn, action, result);
}

/** A read has stopped, as it was told to: what it had found is kept. */
function onStopped(turn: Turn, action: ActionState, outcome: PerformOutcome): void {
  action.phase = outcome.kind === 'result' ? 'succeeded' : 'cancelled';
  if (outcome.kind === 'result') action.result = outcome.result;
  else action.failure = outcome.failure;
  cancelStep(turn, action.step);
}

/** The action's result is known: the next action of the step follows. */
export function succeedAction(turn: Turn, action: ActionState, result: ActionResult): void {
  const { state } = turn;
  action.phase = 'succeeded';
  action.result = result;
  action.failure = undefined;
  action.endedAt = turn.time;
  if (action.byModel) return continueWork(turn, action);
  const seen = toGuardResult(result);
  const { stepResults, namedResults } = action.step.scope;
  stepResults[ownName(action.step)] = seen;
  const { resultName } = action.action;
  if (resultName !== undefined) namedResults[resultName] = seen;
  action.step.at++;
  action.step.view = undefined;
  if (isEnding(state, action.step)) return closeStep(turn, action.step);
  if (action.step.status === 'waiting') resumeStep(turn, action.step);
  else advance(turn, action.step);
}

/** Reasons of a failure that another round may not have: the action was performed. */
const tried: ReadonlySet<FailureReason> = new Set([
  'refused-by-tool',
  'timeout',
  'crashed',
  'unavailable',
  'guide-failed',
  'exit-code',
]);

/** The action has failed for good, and its step with it. */
export function failAction(turn: Turn, action: ActionState, failure: ActionFailure): void {
  action.phase = 'failed';
  action.failure = failure;
  action.endedAt = turn.time;
  if (action.byModel) return continueWork(turn, action);
  const { step } = action;
  turn.facts.push({
    kind: 'step-failed',
    node: step.node.id,
    action: action.action.id,
    reason: failure.reason,
    message: failure.message,
  });
  if (isEnding(turn.state, step)) {
    setStatus(turn, step, 'failed');
    turn.state.failed.push(step);
    return;
  }
  failStep(turn, step, `\`${step.node.id}\` failed: ${failure.message}`, tried.has(failure.reason));
}

/** The step's current action is begun anew from its preparation: values, tool and text may have changed. */
export function prepareAgain(turn: Turn, action: ActionState): void {
  turn.state.requests.delete(`approval:${action.action.id}`);
  action.phase = 'pending';
  if (action.step.status === 'waiting') resumeStep(turn, action.step);
  else advance(turn, action.step);
}

function advance(turn: Turn, node: NodeState): void {
  const action = currentAction(node);
  if (!action) return succeedStep(turn, node);
  node.view = undefined;
  if (action.phase === 'approval') {
    // It may have waited for the limit of parallel steps until the yes expired.
    if (isApproved(turn.state, action, turn.time)) return perform(turn, action);
    return askApproval(turn, action);
  }
  const invalid = action.action.parameters.find((name) => turn.state.invalid.has(name));
  if (invalid !== undefined) {
    const message = turn.state.invalid.get(invalid) ?? '';
    return failAction(turn, action, { reason: 'invalid-parameter', message, transient: false });
  }
  const missing = missingParameters(turn, action);
  if (missing.length > 0) {
    setStatus(turn, node, 'waiting');
    for (const name of missing) {
      const description = turn.state.plan.guide.parameters.find((parameter) => parameter.name === name)?.description;
      ask(turn, `parameter:${name}`, {
        kind: 'parameter',
        name,
        node: node.node.id,
        ...(description !== undefined && { description }),
      });
    }
    return;
  }
  if (action.called) return enterGuide(turn, action, action.called);
  action.phase = 'preparing';
  turn.effects.push({ kind: 'prepare-action', action: action.action.id });
}

/** Names of the parameters that an action needs and that have no value yet. */
export function missingParameters({ state }: Turn, { action }: ActionState): readonly string[] {
  return action.parameters.filter((name) => !state.secrets.has(name) && state.params[name] === undefined);
}

function perform(turn: Turn, action: ActionState): void {
  const { settings } = turn.state;
  action.phase = 'performing';
  action.awaits = undefined;
  action.again = undefined;
  action.attempts++;
  action.startedAt ??= turn.time;
  turn.facts.push({
    kind: 'action-started',
    action: action.action.id,
    attempt: action.attempts,
    effect: action.effect,
  });
  turn.effects.push({
    kind: 'perform-action',
    action: action.action.id,
    attempt: action.attempts,
    timeoutMs: action.action.timeoutMs ?? settings.defaultTimeoutMs,
  });
}

function onFailure(turn: Turn, action: ActionState, failure: ActionFailure): void {
  const { settings } = turn.state;
  const ending = isEnding(turn.state, action.step);
  const mayRepeat = action.effect === 'read' || action.step.node.safeToRepeat;
  const most = action.action.retries ?? settings.defaultRetries;
  const asked = failure.retryAfterMs ?? 0;
  // Sooner than a service asks for it is not tried again; a wait that is longer than a try may take is not ours to decide.
  const tooLong = asked > (action.action.timeoutMs ?? settings.defaultTimeoutMs);
  if (!failure.transient || !mayRepeat || action.retries >= most || ending || tooLong)
    return failAction(turn, action, failure);
  action.retries++;
  action.phase = 'retrying';
  action.step.view = undefined;
  const afterMs = Math.max(Math.min(500 * 2 ** (action.retries - 1), 30_000), asked);
  action.again = { afterMs, because: failure.message };
  turn.facts.push({ kind: 'retry-scheduled', action: action.action.id, afterMs, message: failure.message });
  startTimer(turn, afterMs, (dueAt) => ({ kind: 'retry', action, dueAt }));
}

/** A step whose run is ending: its last action is done, and no further one is begun. */
function closeStep(turn: Turn, node: NodeState): void {
  if (currentAction(node)) {
    setStatus(turn, node, 'cancelled');
    turn.facts.push({ kind: 'step-cancelled', node: node.node.id });
  } else {
    setStatus(turn, node, 'succeeded');
    turn.facts.push({ kind: 'step-succeeded', node: node.node.id });
  }
}
