// A model works a step whose decision is open and that found nothing itself. Each call that it chooses becomes an action of
// the step, prepared, classified, performed, journalled and shown like one of the guide's; one that is not known to only read is
// refused. No result of such a call is seen by guards.
//
//     decision open -> asked -> call -> prepared -> performed -> asked -> … -> finding -> the judge, or the engineer
//                        |        +-> refused or failed ------------^
//                        +-> unsure -> the engineer
import type { Placeholder } from '../plan/index.ts';
import { askJudgeOrPerson, questionFor, takeAnswer } from './ask-judge.ts';
import type { RunInput } from './event.ts';
import { hasEvidence } from './judge-question.ts';
import { isEnding, newAction, type ActionState, type NodeState, type RunState } from './state.ts';
import { ask, resumeStep, setStatus, type Turn } from './turn.ts';
import type { RunRequest } from './view.ts';
import { plainParameters } from './work-question.ts';
import type { WorkStep } from './work.ts';

type DecisionRequest = Extract<RunRequest, { readonly kind: 'decision' }>;

/** Has the step worked where that is allowed, else asks the judge or the engineer. */
export function askForDecision(turn: Turn, node: NodeState, request: DecisionRequest): void {
  if (mayWork(turn.state, node)) askWorker(turn, node, request);
  else askJudgeOrPerson(turn, node, request);
}

function mayWork({ judge }: RunState, node: NodeState): boolean {
  return judge?.work !== undefined && !node.worked && !node.node.needsApproval && !hasEvidence(node);
}

function askWorker(turn: Turn, node: NodeState, request: DecisionRequest): void {
  const { state } = turn;
  state.working.set(node.node.id, request);
  if (!state.judge?.work) return endWork(turn, node, null);
  const asked = questionFor(turn, node, request, true);
  if (typeof asked === 'string') return endWork(turn, node, asked);
  turn.effects.push({ kind: 'ask-judge', node: node.node.id, work: true, ...asked });
}

/** The model has said what it wants next. */
export function onModelWorked(turn: Turn, event: Extract<RunInput, { readonly kind: 'model-worked' }>): void {
  const node = takeAnswer(turn, event);
  if (!node) return;
  const { step } = event;
  switch (step.kind) {
    case 'call':
      return propose(turn, node, step);
    case 'finding':
      node.finding = { model: event.model, text: step.text, quotes: step.quotes };
      return endWork(turn, node, null);
    case 'unsure':
      return endWork(turn, node, step.because);
  }
}

/** A call has ended, has failed or was refused: the model is told. */
export function continueWork(turn: Turn, action: ActionState): void {
  const { step } = action;
  step.at = step.actions.length;
  step.view = undefined;
  const request = turn.state.working.get(step.node.id);
  if (isEnding(turn.state, step) || !request) return;
  if (step.status !== 'waiting') setStatus(turn, step, 'waiting');
  askWorker(turn, step, request);
}

/** Asks again after the process that asked has died. */
export function takeUpWork(turn: Turn, node: NodeState): void {
  const request = turn.state.working.get(node.node.id);
  turn.state.judging.delete(node.node.id);
  if (request && node.at >= node.actions.length) askWorker(turn, node, request);
}

function propose(turn: Turn, node: NodeState, { tool, language, code }: Extract<WorkStep, { kind: 'call' }>): void {
  const { state } = turn;
  const made = node.actions.filter(({ byModel }) => byModel).length;
  const most = state.judge?.work?.calls ?? 0;
  if (made >= most) return endWork(turn, node, `It wants more than the ${most} calls that it may make.`);
  const placeholders = Object.keys(plainParameters(state)).flatMap((name) => placesOf(code, name));
  // It stands nowhere in the guide: its places are those in its own code.
  const { startLine, endLine } = node.node.source ?? { startLine: 1, endLine: 1 };
  const lineOffsets = [0, ...[...code.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const action = newAction(
    {
      id: `${node.node.id}.model${++node.proposed}`,
      language,
      tool,
      code,
      source: { startLine, endLine, span: { start: 0, end: code.length } },
      lineOffsets,
      placeholders,
      parameters: [...new Set(placeholders.map(({ parameter }) => parameter))],
      effect: 'unknown',
    },
    node,
    true,
  );
  node.actions = [...node.actions, action];
  node.at = node.actions.length - 1;
  node.view = undefined;
  state.actionById.set(action.action.id, action);
  resumeStep(turn, node);
}

function placesOf(code: string, parameter: string): Placeholder[] {
  const hole = `{${parameter}}`;
  const places: Placeholder[] = [];
  for (let at = code.indexOf(hole); at >= 0; at = code.indexOf(hole, at + hole.length))
    places.push({ parameter, span: { start: at, end: at + hole.length } });
  return places;
}

/** The work is over: with a finding the judge decides, without one the engineer, who is told why. */
function endWork(turn: Turn, node: NodeState, because: string | null): void {
  const { state } = turn;
  const request = state.working.get(node.node.id);
  state.working.delete(node.node.id);
  node.worked = true;
  node.view = undefined;
  if (!request) return;
  if (because === null) return askJudgeOrPerson(turn, node, request);
  ask(turn, `decision:${node.node.id}`, { ...request, model: { name: state.judge?.model ?? '', because } });
}
