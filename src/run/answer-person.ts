// Takes what a person says: decisions, approvals, values, how an action went, and the commands that hold and stop a run.
// An answer to a question that is not open changes nothing and is refused with a reason.
import { unreachable } from '../base/index.ts';
import { failAction, missingParameters, prepareAgain, releaseAction, succeedAction } from './advance-step.ts';
import { stopRun } from './conclude-run.ts';
import type { PersonInput } from './event.ts';
import { readParameter } from './parameters.ts';
import { setNextStep } from './set-next-step.ts';
import { answerDecision } from './settle-step.ts';
import type { ActionState, NodeState } from './state.ts';
import { approvers, isApproved } from './approval.ts';
import { approvalRequest, currentAction, resumeStep, type Turn } from './turn.ts';
import type { Json } from '../base/index.ts';

/** Returns why the answer cannot be used, or undefined when it was. */
export function answerPerson(turn: Turn, event: PersonInput): string | undefined {
  const { state } = turn;
  switch (event.kind) {
    case 'decision-given':
      return answerDecision(turn, event);
    case 'approval-given':
      return approve(turn, event);
    case 'approval-refused':
      return refuse(turn, event);
    case 'parameter-given':
      return giveParameter(turn, event);
    case 'action-settled':
      return settleAction(turn, event);
    case 'run-held':
      if (state.ending) return 'The run is ending.';
      state.held = true;
      state.releases = 0;
      return undefined;
    case 'step-released':
      if (!state.held) return 'The run is not held.';
      if (state.ending) return 'The run is ending.';
      state.releases++;
      if (event.into) state.into = true;
      return undefined;
    case 'action-released':
      return letPerform(turn, event);
    case 'next-step-set':
      return setNextStep(turn, event.node);
    case 'run-continued':
      state.held = false;
      state.releases = 0;
      for (const node of state.active) leaveStep(turn, node);
      return undefined;
    case 'stop-requested':
      stopRun(turn, event);
      return undefined;
    default:
      return unreachable(event);
  }
}

type Event<K extends PersonInput['kind']> = Extract<PersonInput, { readonly kind: K }>;

function letPerform(turn: Turn, event: Event<'action-released'>): string | undefined {
  const action = turn.state.actionById.get(event.action);
  if (action?.phase !== 'ready') return `The run has not stopped before \`${event.action}\`.`;
  if (event.rest) leaveStep(turn, action.step);
  else releaseAction(turn, action);
  return undefined;
}

/** A step that was stepped into goes on by itself. */
function leaveStep(turn: Turn, node: NodeState): void {
  node.entered = false;
  const action = currentAction(node);
  if (action?.phase === 'ready') releaseAction(turn, action);
}

function approve(turn: Turn, event: Event<'approval-given'>): string | undefined {
  const action = turn.state.actionById.get(event.action);
  if (action?.phase !== 'approval') return `\`${event.action}\` does not wait for an approval.`;
  if (event.hash !== action.hash) {
    return `The approval is for another text than the one that would run now; \`${event.action}\` asks again.`;
  }
  const { state, time } = turn;
  const enough = isApproved(state, action, time);
  if (!enough && approvers(state, action, time).includes(event.by)) {
    return `\`${event.by}\` has approved \`${event.action}\` already; somebody else must approve it too.`;
  }
  if (!enough || event.later) action.approvals = [...action.approvals, { hash: event.hash, by: event.by, time }];
  if (event.later || !isApproved(state, action, time)) {
    state.requests.set(`approval:${event.action}`, approvalRequest(turn, action));
    return undefined;
  }
  state.requests.delete(`approval:${event.action}`);
  resumeStep(turn, action.step);
  return undefined;
}

function refuse(turn: Turn, event: Event<'approval-refused'>): string | undefined {
  const action = turn.state.actionById.get(event.action);
  if (action?.phase !== 'approval') return `\`${event.action}\` does not wait for an approval.`;
  if (isApproved(turn.state, action, turn.time) && !turn.state.requests.has(`approval:${event.action}`))
    return `\`${event.action}\` has been approved already.`;
  turn.state.requests.delete(`approval:${event.action}`);
  const message = `Refused by ${event.by}${event.note === undefined ? '' : `: ${event.note}`}.`;
  failAction(turn, action, { reason: 'not-approved', message, transient: false });
  return undefined;
}

function giveParameter(turn: Turn, event: Event<'parameter-given'>): string | undefined {
  const { state } = turn;
  const parameter = state.plan.guide.parameters.find(({ name }) => name === event.name);
  if (event.value === undefined) {
    // A secret, declared or found to be one.
    state.secrets.add(event.name);
    Reflect.deleteProperty(state.params, event.name);
    state.invalid.delete(event.name);
  } else {
    const read = parameter ? readParameter(parameter, event.value) : { value: event.value, problem: undefined };
    if (read.problem !== undefined) return read.problem;
    state.params[event.name] = read.value as Json;
    state.invalid.delete(event.name);
  }
  resumeThoseWithValues(turn, event.name);
  return undefined;
}

/** Steps that waited for this value and now lack none go on. */
export function resumeThoseWithValues(turn: Turn, name: string): void {
  turn.state.requests.delete(`parameter:${name}`);
  for (const node of turn.state.active) {
    const action = currentAction(node);
    if (node.status !== 'waiting' || action?.phase !== 'pending') continue;
    if (missingParameters(turn, action).length === 0) resumeStep(turn, node);
  }
}

function settleAction(turn: Turn, event: Event<'action-settled'>): string | undefined {
  const action = turn.state.actionById.get(event.action);
  if (action?.phase !== 'manual' && action?.phase !== 'unknown') {
    return `\`${event.action}\` does not wait to be told how it went.`;
  }
  if (event.as === 'repeat' && action.phase === 'manual') {
    return `\`${event.action}\` has no tool that could perform it; say \`done\` or \`failed\`.`;
  }
  turn.state.requests.delete(`${action.phase === 'manual' ? 'manual-action' : 'unknown-outcome'}:${event.action}`);
  settleAs(turn, action, event);
  return undefined;
}

function settleAs(turn: Turn, action: ActionState, event: Event<'action-settled'>): void {
  const note = event.note === undefined ? '' : `: ${event.note}`;
  switch (event.as) {
    case 'done':
      return succeedAction(turn, action, { notes: [`Done, says ${event.by}${note}.`] });
    case 'failed': {
      const reason = action.phase === 'manual' ? 'refused-by-tool' : 'crashed';
      return failAction(turn, action, { reason, message: `Failed, says ${event.by}${note}.`, transient: false });
    }
    case 'repeat':
      // Saying so for the text that was shown approves that text once more; another text is asked for again.
      action.approvals = [...action.approvals, { hash: action.hash ?? '', by: event.by, time: turn.time }];
      return prepareAgain(turn, action);
  }
}
