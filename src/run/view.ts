// What hosts see of a run: statuses, results and open questions, as plain data derived from the run's state.
import type { Effect, EdgeId, NodeId, Outcome } from '../plan/index.ts';
import type { ActionFailure, ActionResult } from './result.ts';
import type { Explanation, ParameterValue } from './ports.ts';

export type StepStatus =
  'pending' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'skipped' | 'cancelled' | 'planned';
export type ActionStatus =
  'pending' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'unknown' | 'skipped' | 'planned';
export type EdgeStatus = 'pending' | 'enabled' | 'disabled';

/** Who decided an edge. `none`: it has no condition. `upstream`: its node was skipped, failed or cancelled. */
export type DecidedBy = 'none' | 'guard' | 'else' | 'engineer' | 'model' | 'upstream';

/** How a run ended or why it stands still. */
export type RunOutcome =
  | Outcome
  | 'no-branch-fits' // a step ended and none of its conditions held
  | 'failed' // a step failed and the plan could not go on
  | 'stopped' // a person stopped it
  | 'waiting' // it needs a decision, an approval or a parameter (see `requests`)
  | 'planned'; // a dry run

export interface ActionView {
  readonly id: string;
  readonly status: ActionStatus;
  readonly effect: Effect;
  readonly tool?: string;
  /** The exact text that runs, secrets as `***`. */
  readonly text?: string;
  readonly attempts: number;
  /** Of these, the attempts in earlier rounds of a loop. */
  readonly attemptsBefore?: number;
  readonly result?: ActionResult;
  readonly failure?: ActionFailure;
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** Dry run only. */
  readonly explanation?: Explanation;
  readonly needsApproval?: boolean;
  /** Chosen by a model that worked the step: it stands nowhere in the guide. */
  readonly byModel?: true;
}

/** What a model that worked a step found, with words copied from what its calls gave. */
export interface FindingView {
  readonly model: string;
  readonly text: string;
  readonly quotes: readonly string[];
}

export interface StepView {
  readonly node: NodeId;
  readonly status: StepStatus;
  readonly actions: readonly ActionView[];
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** A sentence for people when the status alone does not say why. */
  readonly note?: string;
  /** Why its call has not begun: it waits for its turn, or is tried again in a while. A part of the note. */
  readonly delay?: string;
  readonly finding?: FindingView;
  /** It has succeeded although nothing was run, found or decided for it: it only says what to do, and nobody said that it was done. */
  readonly onlyWords?: true;
  /** Where a loop has set it back: how it had ended in the round before. */
  readonly earlier?: StepView;
}

/** What was last decided about a loop. */
export interface RepeatView {
  readonly repeat: EdgeId;
  /** It began again; else the way forward was taken. */
  readonly again: boolean;
  /** How often it has begun again so far. */
  readonly rounds: number;
  /** `bound`: it has begun again as often as the plan allows. */
  readonly decidedBy: DecidedBy | 'bound';
  readonly because?: string;
}

export interface EdgeView {
  readonly edge: EdgeId;
  readonly status: EdgeStatus;
  readonly decidedBy?: DecidedBy;
  /** The guard with the values it read, the engineer's note, or the model's reason and quote. */
  readonly because?: string;
  /** Where a loop has set it back: how it had been decided in the round before. */
  readonly earlier?: Omit<EdgeView, 'edge' | 'earlier'>;
}

/** A question only a person (or a configured judge) can answer. */
export type RunRequest =
  | {
      readonly kind: 'decision';
      readonly node: NodeId;
      /** How often its step had been set back when this was asked; absent at first. */
      readonly round?: number;
      /** The edges among which to choose, with the author's words. */
      readonly choices: readonly {
        readonly edge: EdgeId;
        readonly to: NodeId;
        readonly condition: string | null;
        /** How the run ends by this way, where it leads to the end. */
        readonly outcome?: Outcome;
        /** The way is a repeat: what was done is done once more. */
        readonly again?: true;
      }[];
      /** An edge of the step whose condition holds already: the run goes on with it, whatever is chosen. */
      readonly holds?: EdgeId;
      /** Where the run goes on whatever is chosen, also when nothing is: behind ways of the step that have no condition. */
      readonly goesOn?: readonly NodeId[];
      /** Why no guard decided: none was written, or it failed to evaluate. */
      readonly because: string;
      /** What a model that was asked first made of it, in a sentence, and why that does not count. */
      readonly model?: { readonly name: string; readonly because: string };
    }
  | {
      readonly kind: 'approval';
      readonly node: NodeId;
      readonly action: string;
      readonly tool: string;
      /** What the tool reaches, in a line. */
      readonly where?: string;
      readonly effect: Effect;
      readonly text: string;
      /** Hex digest over the exact rendered action; an approval must carry it. */
      readonly hash: string;
      readonly because: string;
      /** How many different people must say yes, when more than one. */
      readonly people?: number;
      /** How long a yes counts, where it does not count without end. */
      readonly expiresAfterMs?: number;
      /** Those who have. */
      readonly givenBy?: readonly string[];
      /** All of them have, while the run was not under way: it goes on when it is resumed. */
      readonly approved?: true;
    }
  | { readonly kind: 'parameter'; readonly name: string; readonly node: NodeId; readonly description?: string }
  | {
      /** The process died while a write was under way: nobody knows whether it happened. */
      readonly kind: 'unknown-outcome';
      readonly node: NodeId;
      readonly action: string;
      readonly text: string;
    }
  | {
      /** No tool speaks the language, or has the name that is asked for: the engineer does it by hand and says how it went. */
      readonly kind: 'manual-action';
      readonly node: NodeId;
      /** How often its step had been set back when this was asked; absent at first. */
      readonly round?: number;
      readonly action: string;
      readonly text: string;
      readonly because: string;
    };

/** Answers and commands from a person. */
export type PersonEvent =
  | {
      readonly kind: 'decision-given';
      readonly node: NodeId;
      readonly edges: readonly EdgeId[];
      readonly by: string;
      readonly note?: string;
    }
  | {
      readonly kind: 'approval-given';
      readonly action: string;
      readonly hash: string;
      readonly by: string;
      readonly note?: string;
      /** Written down while the run is not under way: nothing is performed before it is resumed. */
      readonly later?: true;
    }
  | { readonly kind: 'approval-refused'; readonly action: string; readonly by: string; readonly note?: string }
  | { readonly kind: 'parameter-given'; readonly name: string; readonly value: ParameterValue; readonly by: string }
  | {
      readonly kind: 'action-settled';
      readonly action: string;
      readonly as: 'done' | 'failed' | 'repeat';
      readonly by: string;
      readonly note?: string;
    }
  | { readonly kind: 'run-held'; readonly by: string } // start no further step until stepped or continued
  // Let one more step start; with `into` it stops before each of its actions, whose exact text is then there to be seen.
  | { readonly kind: 'step-released'; readonly by: string; readonly into?: true }
  // Perform the action that such a step has stopped before; with `rest` it stops before no other of them.
  | { readonly kind: 'action-released'; readonly action: string; readonly by: string; readonly rest?: true }
  | { readonly kind: 'next-step-set'; readonly node: NodeId; readonly by: string } // in a held run: go on with this step
  | { readonly kind: 'run-continued'; readonly by: string }
  | { readonly kind: 'stop-requested'; readonly by: string };

/** What a run's calls of models took. */
export interface ModelUseView {
  readonly input: number;
  readonly output: number;
  /** A part of the tokens was estimated, because nobody reported it. */
  readonly estimated?: true;
  readonly ms: number;
  readonly costs?: readonly { readonly amount: number; readonly currency: string }[];
}

/** The whole of a run as a host shows it. */
export interface RunView {
  readonly run: string;
  readonly mode: 'live' | 'dry';
  /** Name of the environment that the run is in; absent where there is none or its journal does not say. */
  readonly environment?: string;
  readonly phase: 'running' | 'held' | 'waiting' | 'ended';
  readonly outcome?: RunOutcome;
  /** One sentence: what decided the ending, or what the run waits for. */
  readonly reason?: string;
  readonly steps: readonly StepView[];
  readonly edges: readonly EdgeView[];
  /** Loops about which something was decided; absent without any. */
  readonly repeats?: readonly RepeatView[];
  readonly requests: readonly RunRequest[];
  /** Steps that would start next; in a held run, what `step` would release. */
  readonly next: readonly NodeId[];
  /** Actions that steps have stopped before, until `action-released`; absent where there are none. */
  readonly stoppedBefore?: readonly string[];
  /** Calls of a model whose answers the run has taken. */
  readonly modelCalls: number;
  /** What those calls took; absent without any. */
  readonly modelUse?: ModelUseView;
  readonly startedAt?: number;
  readonly endedAt?: number;
}
