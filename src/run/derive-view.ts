// Derives what hosts see from the state. Values are immutable; what has not changed since the last time is the same
// object, so that asking often is cheap and a host can compare by identity.
import { durationWords } from '../base/index.ts';
import { queueSize, type ActionState, type EdgeState, type NodeState, type RunState } from './state.ts';
import type { Spent } from './model-budget.ts';
import { isInFlight, currentAction } from './turn.ts';
import type { ActionStatus, ActionView, EdgeView, ModelUseView, RunRequest, RunView, StepView } from './view.ts';

/** The run as it stands. */
export function deriveView(state: RunState): RunView {
  state.view ??= makeView(state);
  return state.view;
}

function makeView(state: RunState): RunView {
  const phase = phaseOf(state);
  const requests = [...state.requests.values()];
  const stopped = stoppedBefore(state);
  const repeats = [...state.repeatById.values()].flatMap(({ view }) => view ?? []);
  const waits = phase === 'waiting' || (phase === 'held' && requests.length > 0);
  return {
    run: state.run,
    mode: 'live',
    ...(typeof state.environment === 'string' && { environment: state.environment }),
    phase,
    ...(state.ended && state.ending && { outcome: state.ending.outcome, reason: state.ending.reason }),
    ...(!state.ended && waits && { outcome: 'waiting' as const, reason: requests.map(describeRequest).join(' ') }),
    steps: state.nodes.filter(({ node }) => node.kind === 'step').map((node) => stepView(state, node)),
    edges: state.edges.map(edgeView),
    ...(repeats.length > 0 && { repeats }),
    requests,
    next: state.ending ? [] : nextOf(state),
    ...(stopped.length > 0 && { stoppedBefore: stopped }),
    modelCalls: state.spent.calls,
    ...(state.spent.calls > 0 && { modelUse: useOf(state.spent) }),
    startedAt: state.startedAt,
    ...(state.endedAt !== undefined && { endedAt: state.endedAt }),
  };
}

function useOf({ input, output, estimated, ms, costs }: Spent): ModelUseView {
  const spent = Object.entries(costs).map(([currency, amount]) => ({ amount, currency }));
  return {
    input,
    output,
    ...(estimated && { estimated: true as const }),
    ms,
    ...(spent.length > 0 && { costs: spent }),
  };
}

/** What the run is doing. `held` and `waiting`: nothing happens until a person does something. */
export function phaseOf(state: RunState): RunView['phase'] {
  if (state.ended) return 'ended';
  if (state.running > 0 || state.timers.size > 0 || state.judging.size > 0) return 'running';
  if (state.held && (queueSize(state.ready) > 0 || stoppedBefore(state).length > 0)) return 'held';
  return state.requests.size > 0 ? 'waiting' : state.held ? 'held' : 'running';
}

/** Actions that steps which a person stepped into have stopped before. */
function stoppedBefore(state: RunState): readonly string[] {
  if (!state.held) return [];
  return [...state.active].flatMap((node) => {
    const action = currentAction(node);
    return action?.phase === 'ready' ? [action.action.id] : [];
  });
}

/** One question as a sentence. */
export function describeRequest(request: RunRequest): string {
  switch (request.kind) {
    case 'decision':
      return `\`${request.node}\` needs a decision: ${request.choices.map(choiceWords).join(' or ')}.`;
    case 'approval':
      return describeApproval(request);
    case 'parameter':
      return `\`${request.node}\` needs a value for \`${request.name}\`.`;
    case 'unknown-outcome':
      return `Nobody knows whether \`${request.action}\` happened before the run was cut off.`;
    case 'manual-action':
      return `\`${request.action}\` must be done by hand: ${request.because}`;
  }
}

/** `“if it is slow” (Step3)`, `Step4` without a condition, `“it is not up yet” (again from Step1)`, `“otherwise” (end, escalated)`. */
function choiceWords({ to, condition, again, outcome }: DecisionRequest['choices'][number]): string {
  const where = again ? `again from ${to}` : outcome === undefined ? to : `${to}, ${outcome}`;
  return condition === null ? where : `“${condition}” (${where})`;
}

function describeApproval({ action, effect, because, people, givenBy, approved }: Approval): string {
  const by = givenBy?.map((name) => `\`${name}\``).join(' and ') ?? '';
  if (approved) return `\`${action}\` is approved by ${by}; it is performed when the run is resumed.`;
  const missing = people === undefined ? 'an approval' : `approvals of ${people} people`;
  return `\`${action}\` needs ${missing} (${effect}: ${because})${by === '' ? '' : `; ${by} has approved it`}.`;
}

type DecisionRequest = Extract<RunRequest, { readonly kind: 'decision' }>;
type Approval = Extract<RunRequest, { readonly kind: 'approval' }>;

function nextOf(state: RunState): string[] {
  return state.ready.items.slice(state.ready.head).map(({ node }) => node.id);
}

/** A step as it stands. */
export function stepView(run: RunState, state: NodeState): StepView {
  state.view ??= {
    node: state.node.id,
    status: state.status,
    actions: state.actions.map(actionView),
    ...(state.startedAt !== undefined && state.status !== 'skipped' && { startedAt: state.startedAt }),
    ...(state.endedAt !== undefined && state.status !== 'skipped' && { endedAt: state.endedAt }),
    ...noteOf(run, state),
    ...(state.finding && { finding: state.finding }),
    ...(isOnlyWords(state) && { onlyWords: true as const }),
    ...(state.earlier && { earlier: state.earlier }),
  };
  return state.view;
}

function isOnlyWords({ status, actions, finding, out, repeats }: NodeState): boolean {
  if (status !== 'succeeded' || actions.length > 0 || finding) return false;
  const judges = /^(?:engineer|model|guard)$/;
  return ![...out.map(({ by }) => by), ...repeats.map(({ view }) => view?.decidedBy)].some((by) =>
    judges.test(by ?? ''),
  );
}

function noteOf(run: RunState, state: NodeState): Pick<StepView, 'note' | 'delay'> {
  const round = state.round > 0 ? `Round ${state.round + 1}.` : undefined;
  const judging = run.judging.has(state.node.id) ? `The model \`${run.judge?.model ?? ''}\` is asked.` : undefined;
  const delay = delayOf(currentAction(state));
  const note = [round, state.note, judging, delay].filter((one) => one !== undefined).join(' ');
  return { ...(note !== '' && { note }), ...(delay !== undefined && { delay }) };
}

function delayOf(action: ActionState | undefined): string | undefined {
  if (action?.phase === 'performing' && action.awaits !== undefined) return `It waits for its turn: ${action.awaits}.`;
  if (action?.phase !== 'retrying' || !action.again) return undefined;
  const { afterMs, because } = action.again;
  return `It is tried again in ${durationWords(afterMs)}: ${because}`;
}

function actionView(state: ActionState): ActionView {
  return {
    id: state.action.id,
    status: actionStatus(state),
    effect: state.effect,
    ...(state.tool !== undefined && { tool: state.tool }),
    ...(state.text !== undefined && { text: state.text }),
    attempts: state.attempts,
    ...(state.attemptsBefore > 0 && { attemptsBefore: state.attemptsBefore }),
    ...(state.byModel && { byModel: true as const }),
    ...(state.result && { result: state.result }),
    ...(state.failure && { failure: state.failure }),
    ...(state.startedAt !== undefined && { startedAt: state.startedAt }),
    ...(state.endedAt !== undefined && { endedAt: state.endedAt }),
  };
}

function actionStatus(state: ActionState): ActionStatus {
  const { step, phase } = state;
  if (isInFlight(state) || phase === 'retrying' || phase === 'calling') return 'running';
  switch (phase) {
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'unknown':
      return phase;
    case 'approval':
    case 'ready':
    case 'manual':
      return 'waiting';
    default:
      if (step.status === 'waiting' && currentAction(step) === state) return 'waiting';
      if (step.status === 'failed' || step.status === 'skipped' || step.status === 'cancelled') return 'skipped';
      return 'pending';
  }
}

function edgeView(state: EdgeState): EdgeView {
  state.view ??= {
    edge: state.edge.id,
    status: state.status,
    ...(state.by && { decidedBy: state.by }),
    ...(state.because !== undefined && { because: state.because }),
    ...(state.earlier && { earlier: state.earlier }),
  };
  return state.view;
}
