// A proposal: what a model makes of one passage that the rules could not read, once it has been checked against the plan.
import type { TextEdit } from '../diagnostics/index.ts';
import type { NodeId, NotRead, Outcome, Plan } from '../plan/index.ts';

/** One way that the passage speaks of. */
export interface ProposedWay {
  readonly from: NodeId;
  readonly to: NodeId;
  /** On ways to `end`. */
  readonly outcome?: Outcome;
  /** The condition's words without "if"; `otherwise`; null when there is none. */
  readonly condition: string | null;
  /** The condition as an expression that checks against the step's result; null when it takes judgement. */
  readonly guard: string | null;
  /** Of a way that leads back to a step before it: how often it may be taken, and whether the model read that. */
  readonly again?: { readonly max: number; readonly said: boolean };
}

/** Words that say the ways so that the rules read them, and the edits that put them into the guide. */
export interface WrittenLine {
  readonly text: string;
  /** Against the text that was analysed; all of them, at once. */
  readonly edits: readonly TextEdit[];
  /** The plan of the edited text. */
  readonly plan: Plan;
}

/** What the model answered, as far as it holds. */
export type PassageAnswer =
  | {
      readonly kind: 'ways';
      readonly ways: readonly ProposedWay[];
      /** Words of the passage that it rests on, copied. */
      readonly quote: string;
      readonly confidence: number;
      readonly reason: string;
    }
  /** The passage says nothing about where to go. */
  | { readonly kind: 'advice'; readonly confidence: number; readonly reason: string }
  | { readonly kind: 'unsure'; readonly reason: string };

export interface Proposal {
  readonly passage: NotRead;
  readonly answer: PassageAnswer;
  /** The plan with the proposal in it. */
  readonly plan: Plan;
  /** Null where no line says it in the guide: the proposal can be looked at, but not accepted. */
  readonly line: WrittenLine | null;
}
