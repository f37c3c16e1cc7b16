// Puts an open decision to the judge, if the run has one that may still be asked, and takes its answer: edges that it is
// sure of, else the question goes to the engineer with what the model thinks beside it. A decision of the engineer is taken
// at any time; what the model says after it only counts as a call.
import type { NodeId } from '../plan/index.ts';
import type { RunInput } from './event.ts';
import type { ModelUse } from './judge.ts';
import { hasEvidence } from './judge-question.ts';
import { budgetLeft, nothingSpent, spend, usedUp, type BudgetShare } from './model-budget.ts';
import { drop, type NodeState, type RunState } from './state.ts';
import { ask, currentAction, type Turn } from './turn.ts';
import type { RunRequest } from './view.ts';

type DecisionRequest = Extract<RunRequest, { readonly kind: 'decision' }>;

/** One answer and two corrections. */
const mostCallsPerQuestion = 3;

/** Asks the judge, or the engineer where there is none or it may not be asked. */
export function askJudgeOrPerson(turn: Turn, node: NodeState, request: DecisionRequest): void {
  const { judge } = turn.state;
  const key = `decision:${node.node.id}`;
  if (!judge) return ask(turn, key, request);
  if (judge.judges === false || !hasEvidence(node)) {
    const { finding } = node;
    const model = finding && { name: finding.model, because: `It worked the step and found: ${finding.text}` };
    return ask(turn, key, { ...request, ...(model && { model }) });
  }
  const asked = questionFor(turn, node, request, false);
  if (typeof asked === 'string') return ask(turn, key, { ...request, model: { name: judge.model, because: asked } });
  turn.effects.push({ kind: 'ask-judge', node: node.node.id, ...asked });
}

/** Makes a question to the model, or says why it is not asked any more. */
export function questionFor(
  { state, facts }: Turn,
  node: NodeState,
  request: DecisionRequest | null,
  work: boolean,
): { readonly question: number; readonly maxCalls: number } | string {
  const { judge } = state;
  if (!judge) return 'There is no model any more.';
  const reserved = [...state.judging.values()].reduce((sum, { calls }) => sum + calls, 0);
  const calls = Math.min(mostCallsPerQuestion, judge.maxCalls - state.spent.calls - reserved);
  if (calls <= 0) return `It was not asked: the run's ${judge.maxCalls} calls are used up.`;
  const over = overBudget(state, node);
  if (over !== null) return over;
  const question = ++state.questions;
  state.judging.set(node.node.id, { question, request, calls });
  node.view = undefined;
  facts.push({
    kind: 'model-asked',
    node: node.node.id,
    question,
    model: judge.model,
    ...(work && { work: true as const }),
  });
  return { question, maxCalls: calls };
}

/** Why the model is not asked about a step any more, in a sentence; null while its budget lasts. */
export function overBudget({ judge, spent, spentBy }: RunState, { node }: NodeState): string | null {
  const { budget, currency } = judge ?? {};
  const ofStep = usedUp(budget?.step, spentBy.get(node.id) ?? nothingSpent(), currency);
  if (ofStep !== null) return `It was not asked: the step's budget of ${ofStep} is used up.`;
  const ofRun = usedUp(budget?.run, spent, currency);
  return ofRun === null ? null : `It was not asked: the run's budget of ${ofRun} is used up.`;
}

/** What a question about a step may use up; undefined where no budget is set. */
export function shareOfBudget({ judge, spent, spentBy }: RunState, { node }: NodeState): BudgetShare | undefined {
  const step = spentBy.get(node.id) ?? nothingSpent();
  return budgetLeft(judge?.budget, { step, run: spent }, judge?.currency);
}

/** Counts what an answer took, also one that nobody waits for any more. */
function account({ spent, spentBy }: RunState, id: NodeId, use: ModelUse): void {
  const ofStep = spentBy.get(id) ?? nothingSpent();
  spentBy.set(id, ofStep);
  spend(ofStep, use);
  spend(spent, use);
}

/** The decision that is open for a step, whoever has it. */
export function openDecision({ state }: Turn, node: string): DecisionRequest | undefined {
  const request = state.requests.get(`decision:${node}`);
  if (request?.kind === 'decision') return request;
  return state.judging.get(node)?.request ?? state.working.get(node) ?? undefined;
}

/** The decision is no longer open: the question is withdrawn, and a model that is at it is told to stop. */
export function withdrawDecision({ state, effects, time }: Turn, node: string): void {
  state.requests.delete(`decision:${node}`);
  withdrawFromModel({ state, effects, time }, node);
}

/** What a model would say of this step, or look up for it, is wanted no more. */
export function withdrawFromModel(
  { state, effects, time }: Pick<Turn, 'state' | 'effects' | 'time'>,
  id: string,
): void {
  const judging = state.judging.get(id);
  state.judging.delete(id);
  if (judging) effects.push({ kind: 'cancel-judge', question: judging.question });
  const node = state.nodeById.get(id);
  if (!state.working.delete(id) || !node) return;
  const call = currentAction(node);
  if (!call) return;
  if (call.phase === 'performing') effects.push({ kind: 'cancel-action', action: call.action.id });
  for (const [timer, about] of state.timers) {
    if (about.kind !== 'retry' || about.action !== call) continue;
    state.timers.delete(timer);
    effects.push({ kind: 'cancel-timer', timer });
  }
  drop(state.resuming, node);
  node.queued = false;
  call.phase = 'cancelled';
  call.endedAt = time;
  node.at = node.actions.length;
  node.view = undefined;
}

/** Counts what an answer took. Gives its step, or undefined when nobody waits for the answer any more. */
export function takeAnswer({ state }: Turn, event: ModelAnswer): NodeState | undefined {
  account(state, event.node, event);
  const node = state.nodeById.get(event.node);
  if (!node || state.judging.get(event.node)?.question !== event.question) return undefined;
  state.judging.delete(event.node);
  node.view = undefined;
  return node;
}

type ModelAnswer = Extract<RunInput, { readonly kind: 'model-judged' | 'model-worked' }>;

/** Takes the judge's answer. Gives the choice it has made, or undefined when nothing was decided by it. */
export function takeVerdict(
  turn: Turn,
  event: Extract<RunInput, { readonly kind: 'model-judged' }>,
): { readonly node: NodeState; readonly request: DecisionRequest; readonly edges: readonly string[] } | undefined {
  const request = turn.state.judging.get(event.node)?.request;
  const node = takeAnswer(turn, event);
  if (!node || !request) return undefined;
  const { verdict } = event;
  const offered = new Set(request.choices.map(({ edge }) => edge));
  const isChoice = verdict.kind === 'edges' && (verdict.edges.length > 0 || request.goesOn !== undefined);
  if (isChoice && verdict.edges.every((edge) => offered.has(edge))) return { node, request, edges: verdict.edges };
  const because = verdict.kind === 'unsure' ? verdict.because : 'It chose an edge that is not open.';
  ask(turn, `decision:${event.node}`, { ...request, model: { name: event.model, because } });
  return undefined;
}
