// A model works a step: one whose decision is open and that found nothing itself, or, where the run allows it, any that runs nothing
// and has no decision to make. Each call that it chooses becomes an action of
// the step, prepared, classified, performed, journalled and shown like one of the guide's; one that is not known to only read is
// refused. No result of such a call is seen by guards.
//
//     decision open -> asked -> call -> prepared -> performed -> asked -> … -> finding -> the judge, or the engineer
//                        |        +-> refused or failed ------------^
//                        +-> unsure -> the engineer
//     begun, no decision -> asked -> … -> finding or unsure -> the step has succeeded
import { allMatches } from '../base/index.ts';
import type { Placeholder } from '../plan/index.ts';
import { askJudgeOrPerson, questionFor, takeAnswer } from './ask-judge.ts';
import type { RunInput } from './event.ts';
import { hasEvidence } from './judge-question.ts';
import { succeedStep } from './settle-step.ts';
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

/** Has a step worked that is about to begin and would run nothing; false where it is not to be. */
export function workWhole(turn: Turn, node: NodeState): boolean {
  const { kind, description } = node.node;
  if (!turn.state.judge?.work?.always || kind !== 'step' || node.actions.length > 0) return false;
  if (description.trim() === '' || !mayWork(turn.state, node)) return false;
  // A decision that nobody can make yet has the step worked when it is open, which is asked with its conditions.
  const ways = [...node.out.map(({ edge }) => edge), ...node.repeats.map(({ repeat }) => repeat)];
  if (ways.some((way) => way.condition !== null && !way.guard && !('onFailure' in way && way.onFailure))) return false;
  setStatus(turn, node, 'waiting');
  turn.facts.push({ kind: 'step-started', node: node.node.id });
  askWorker(turn, node, null);
  return true;
}

function askWorker(turn: Turn, node: NodeState, request: DecisionRequest | null): void {
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
  if (isEnding(turn.state, step) || request === undefined) return;
  if (step.status !== 'waiting') setStatus(turn, step, 'waiting');
  askWorker(turn, step, request);
}

/** Asks again after the process that asked has died. */
export function takeUpWork(turn: Turn, node: NodeState): void {
  const request = turn.state.working.get(node.node.id);
  turn.state.judging.delete(node.node.id);
  if (request !== undefined && node.at >= node.actions.length) askWorker(turn, node, request);
}

function propose(turn: Turn, node: NodeState, { tool, language, code }: Extract<WorkStep, { kind: 'call' }>): void {
  const { state } = turn;
  const made = node.actions.filter(({ byModel }) => byModel).length;
  const most = state.judge?.work?.calls ?? 0;
  if (made >= most) return endWork(turn, node, `It wants more than the ${most} calls that it may make.`);
  const placeholders = Object.keys(plainParameters(state)).flatMap((name) => placesOf(code, name));
  // It stands nowhere in the guide: its places are those in its own code.
  const { startLine, endLine } = node.node.source ?? { startLine: 1, endLine: 1 };
  const lineOffsets = [0, ...allMatches(code, /\n/g).map(({ index }) => index + 1)];
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

/** The work is over: with a finding the judge decides, without one the engineer, who is told why; with nothing to decide the step has succeeded. */
function endWork(turn: Turn, node: NodeState, because: string | null): void {
  const { state } = turn;
  const request = state.working.get(node.node.id);
  state.working.delete(node.node.id);
  node.worked = true;
  node.view = undefined;
  if (request === undefined) return;
  if (request === null) {
    if (because !== null) node.note = `No model has worked it: ${because}`;
    return succeedStep(turn, node);
  }
  if (because === null) return askJudgeOrPerson(turn, node, request);
  ask(turn, `decision:${node.node.id}`, { ...request, model: { name: state.judge?.model ?? '', because } });
}
