// Replays a journal without tools: the run as it stood after any line of it.
import type { GuardScope } from '../guard/index.ts';
import type { NodeId, Plan } from '../plan/index.ts';
import type { ApprovalRule } from './approval.ts';
import { approvalAnswers, type ApprovalAnswer } from './approval-answers.ts';
import { decide } from './decide.ts';
import { deriveView } from './derive-view.ts';
import { scopeAt } from './judge-edge.ts';
import { foldJournal, type FoldedJournal } from './read-journal.ts';
import type { RunState } from './state.ts';
import { approvalRequest, type Rounds } from './turn.ts';
import type { RunRequest, RunView, StepView } from './view.ts';

/** Why a journal cannot be read to its end. Lines count from 1. */
export interface JournalProblem {
  readonly kind: 'damaged' | 'missing-line' | 'diverged' | 'unknown-version';
  readonly line: number;
  readonly message: string;
}

export interface Replay {
  readonly run: string;
  readonly plan: Plan;
  /** Name of the environment that the run is in; null: in none; undefined: its journal does not say. */
  readonly environment: string | null | undefined;
  /** The settings file that the run's tools come from; null: none; undefined: its journal does not say. */
  readonly config: string | null | undefined;
  /** The rules that its approvals follow. */
  readonly approvalRules: readonly ApprovalRule[];
  /** Sequence number of the last line that was read; numbers start at 1. */
  readonly lastSeq: number;
  /** The run after the last readable line. */
  readonly view: RunView;
  /** The run as it stood after the line `seq` and all that followed from it at once. Cheapest when asked in order. */
  viewAt(seq: number): RunView;
  /** The run after the last readable line, its questions for approval as they stand at this time: a yes may have expired meanwhile. */
  viewOn(time: number): RunView;
  /** What a guard of a step could read then; to be used before the next `viewAt` or `scopeAt`. Secrets are not in it. */
  scopeAt(seq: number, node: NodeId): GuardScope;
  /** By step: how each round before its last had ended, the first one first; steps that were begun once are not in it. */
  earlierRounds(): ReadonlyMap<NodeId, readonly StepView[]>;
  /** What people answered when actions were asked for, each with whether it counted. */
  approvals(): readonly ApprovalAnswer[];
  /** True when the last line was cut short by a crash; it was never acknowledged. */
  readonly torn: boolean;
  /** What stopped the reading before the end of the text; null when all of it was read. */
  readonly problem: JournalProblem | null;
}

/** Throws an Error whose message is for people when not even the first line can be read. */
export function replayJournal(text: string): Replay {
  const folded = foldJournal(text);
  const { inputs, lastSeq, problem } = folded;
  const view = deriveView(folded.state);
  let cursor: RunState | null = null;
  let next = 0;
  let earlier: ReadonlyMap<NodeId, readonly StepView[]> | undefined;
  let answers: readonly ApprovalAnswer[] | undefined;
  const replay: Replay = {
    run: folded.state.run,
    plan: folded.state.plan,
    environment: folded.state.environment,
    config: folded.state.config,
    approvalRules: folded.state.approvals,
    lastSeq,
    view,
    viewAt: (seq) => {
      const state = stateAt(seq);
      return state ? deriveView(state) : view;
    },
    viewOn: (time) => ({ ...view, requests: view.requests.map((request) => requestOn(folded.state, time, request)) }),
    scopeAt: (seq, node) => scopeAt(stateAt(seq) ?? folded.state, node),
    earlierRounds: () => (earlier ??= roundsIn(inputs)),
    approvals: () => (answers ??= approvalAnswers(inputs)),
    torn: folded.torn !== '',
    problem,
  };
  folds.set(replay, { folded, text });
  return replay;

  function stateAt(seq: number): RunState | null {
    if (next > 0 && (inputs[next - 1]?.seq ?? 0) > Math.max(1, seq)) next = 0;
    if (next === 0) cursor = null;
    for (let entry = inputs[next]; entry && (entry.seq <= seq || next === 0); entry = inputs[++next]) {
      cursor = decide(cursor, entry.input).state;
    }
    return cursor;
  }
}

function requestOn(state: RunState, time: number, request: RunRequest): RunRequest {
  const action = request.kind === 'approval' ? state.actionById.get(request.action) : undefined;
  return action ? approvalRequest({ state, time }, action) : request;
}

/** Folds the inputs once more and keeps what is set back on the way. */
function roundsIn(inputs: FoldedJournal['inputs']): ReadonlyMap<NodeId, readonly StepView[]> {
  const rounds: Rounds = new Map();
  let state: RunState | null = null;
  for (const { input } of inputs) state = decide(state, input, rounds).state;
  return rounds;
}

const folds = new WeakMap<Replay, { readonly folded: FoldedJournal; readonly text: string }>();

/**
 * The folded state behind a replay, for the driver that goes on with it. Given once: whoever takes it changes it, while the
 * replay's own views stay as they are.
 */
export function takeFold(replay: Replay): { readonly folded: FoldedJournal; readonly text: string } | undefined {
  const fold = folds.get(replay);
  folds.delete(replay);
  return fold;
}
