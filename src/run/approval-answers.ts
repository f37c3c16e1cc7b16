// What became of each answer that people gave when an action was asked for: whether a performance rests on it, or why it did not
// count. A run's view has only how things stand; this is how a report tells a yes that held from one that had lapsed.
import { lapseOf } from './approval.ts';
import { decide } from './decide.ts';
import type { RunInput } from './event.ts';
import type { FoldedJournal } from './read-journal.ts';
import type { RunState } from './state.ts';

/** One answer, and where it did not count, why. */
export interface ApprovalAnswer {
  /** Number of its line in the journal. */
  readonly seq: number;
  readonly action: string;
  readonly by: string;
  readonly time: number;
  /** `again`: somebody had an action of unknown outcome performed once more, which is a yes to its text. */
  readonly answer: 'yes' | 'no' | 'again';
  readonly note?: string;
  readonly lapse?: AnswerLapse;
}

/** Why an answer did not count. */
export type AnswerLapse =
  | { readonly kind: 'expired' }
  /** It was given to the text of the line `prepared`, which is not what was to be performed. */
  | { readonly kind: 'other-text'; readonly prepared: number | undefined }
  /** The text is the same, and what an approval is bound to besides is not: round, environment, connection, secret values. */
  | { readonly kind: 'other-circumstances' }
  /** The run refused it as it came. */
  | { readonly kind: 'not-taken'; readonly because: string };

/** Every answer in the order of the journal. Folds the inputs once more. */
export function approvalAnswers(inputs: FoldedJournal['inputs']): readonly ApprovalAnswer[] {
  if (!inputs.some(({ input }) => isAnswer(input))) return [];
  const prepared: Prepared = new Map();
  const all: GivenAnswer[] = [];
  let state: RunState | null = null;
  for (const { seq, input } of inputs) {
    if (input.kind === 'action-prepared') prepared.set(input.hash, { seq, text: input.text });
    const answer = isAnswer(input) ? answerOf(seq, input, state) : undefined;
    const decided = decide(state, input);
    state = decided.state;
    if (answer) all.push({ ...answer, refused: decided.refused });
    for (const fact of decided.facts)
      if (fact.kind === 'action-started') lookAt(state, fact.action, input.time, all, prepared);
  }
  if (state) lookAtOpen(state, inputs.at(-1)?.input.time ?? 0, all, prepared);
  return all.map(toAnswer);
}

type Prepared = Map<string, { readonly seq: number; readonly text: string }>;
type Answering = Extract<RunInput, { readonly kind: 'approval-given' | 'approval-refused' | 'action-settled' }>;

interface GivenAnswer extends Omit<ApprovalAnswer, 'lapse'> {
  readonly hash: string;
  readonly refused: string | undefined;
  /** A performance rests on it. */
  counted?: true;
  lapse?: AnswerLapse;
}

function isAnswer(input: RunInput): input is Answering {
  if (input.kind === 'action-settled') return input.as === 'repeat';
  return input.kind === 'approval-given' || input.kind === 'approval-refused';
}

/** `state` is the one before the answer. */
function answerOf(seq: number, input: Answering, state: RunState | null): Omit<GivenAnswer, 'refused'> {
  const { action, by, time } = input;
  const present = state?.actionById.get(action)?.hash ?? '';
  const about = { seq, action, by, time, ...(input.note !== undefined && { note: input.note }) };
  if (input.kind === 'approval-given') return { ...about, answer: 'yes', hash: input.hash };
  return { ...about, answer: input.kind === 'approval-refused' ? 'no' : 'again', hash: present };
}

/** The action begins: what was said to it before counts, or does not. The first beginning that rests on a yes makes it count. */
function lookAt(state: RunState, id: string, time: number, all: readonly GivenAnswer[], prepared: Prepared): void {
  for (const answer of all) {
    if (answer.action !== id || answer.counted || !saysYes(answer)) continue;
    const lapse = lapseAt(state, answer, time, prepared);
    if (lapse) answer.lapse ??= lapse;
    else {
      answer.counted = true;
      delete answer.lapse;
    }
  }
}

/** What nothing was performed on: it had lapsed when the action came to its end, or has by now where it waits. */
function lookAtOpen(state: RunState, now: number, all: readonly GivenAnswer[], prepared: Prepared): void {
  for (const answer of all) {
    if (answer.counted || answer.lapse || !saysYes(answer)) continue;
    const action = state.actionById.get(answer.action);
    const lapse = lapseAt(state, answer, action?.endedAt ?? action?.step.endedAt ?? now, prepared);
    if (lapse) answer.lapse = lapse;
  }
}

const saysYes = ({ answer, refused }: GivenAnswer): boolean => answer !== 'no' && refused === undefined;

function lapseAt(state: RunState, answer: GivenAnswer, time: number, prepared: Prepared): AnswerLapse | undefined {
  const action = state.actionById.get(answer.action);
  // Without a hash it has been set back, and nothing is to be performed that the answer could be for.
  if (action?.hash === undefined) return undefined;
  const kind = lapseOf(state, action, answer, time);
  if (kind !== 'other') return kind && { kind };
  const meant = prepared.get(answer.hash);
  return meant?.text === action.text ? { kind: 'other-circumstances' } : { kind: 'other-text', prepared: meant?.seq };
}

function toAnswer({ seq, action, by, time, answer, note, refused, lapse }: GivenAnswer): ApprovalAnswer {
  const why: AnswerLapse | undefined = refused === undefined ? lapse : { kind: 'not-taken', because: refused };
  return { seq, action, by, time, answer, ...(note !== undefined && { note }), ...(why && { lapse: why }) };
}
