// Everything that can happen in a run. Inputs come from outside (hosts, tools, timers, people); facts are what `decide`
// derives from them. Both are journal lines, so that a person can read a journal without an engine; only inputs are
// needed to rebuild the state, and the same inputs must give the same facts.
import type { EdgeId, Effect, NodeId, Plan } from '../plan/index.ts';
import type { ApprovalRule } from './approval.ts';
import type { JudgeTerms, JudgeVerdict, ModelMessage, ModelUse } from './judge.ts';
import type { ParameterValue, PerformOutcome } from './ports.ts';
import type { ActionFailure, FailureReason } from './result.ts';
import type { DecidedBy, PersonEvent, RunOutcome } from './view.ts';
import type { WorkStep } from './work.ts';

/** The settings of a run with nothing left open. */
export interface FixedSettings {
  readonly maxParallel: number;
  readonly defaultTimeoutMs: number;
  readonly defaultRetries: number;
  readonly held: boolean;
  /** Which of the steps in line starts next; absent, as in journals before it came: the one that came first. */
  readonly order?: 'longest-way';
  /** “Otherwise” is no choice where another condition of the step holds; absent, as in journals before it came: it is one. */
  readonly otherwise?: 'alone';
  /**
   * Whoever runs it is asked where a loop has gone round as often as it may and its condition still holds, instead of an
   * “otherwise” of the guide being taken; absent, as in journals before it came: it is taken.
   */
  readonly bound?: 'asks';
  /** What reads that are under way when the end is reached have found by then is kept; absent, as in journals before it came: it is lost. */
  readonly partial?: 'kept';
  /** Milliseconds that actions took in earlier runs; a way is as long as they are. Absent where nothing is known. */
  readonly expected?: Readonly<Record<string, number>>;
  readonly from?: NodeId;
  /** Name of the environment it was started in; null: in none. Absent in journals before it came: nobody knows. */
  readonly environment?: string | null;
  /** The settings file that its tools come from, with its whole path; null: none. Absent in journals before it came: nobody knows. */
  readonly config?: string | null;
  readonly decisions: Readonly<Record<NodeId, string>>;
  /** Absent where there are none, as in every journal before they came. */
  readonly approvals?: readonly ApprovalRule[];
  /** The model that is asked where no guard decides; absent where there is none. */
  readonly judge?: JudgeTerms;
}

/** The first input. Secret parameters are named in `secrets`; their values are nowhere. */
export interface RunStarted {
  readonly kind: 'run-started';
  readonly run: string;
  readonly by?: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly secrets: readonly string[];
  readonly settings: FixedSettings;
  readonly plan: Plan;
}

/** A later process takes the run up. */
export interface RunResumed {
  readonly kind: 'run-resumed';
  readonly by?: string;
  /** Secret parameters whose values were given again. */
  readonly secrets: readonly string[];
  /** Actions that the journal shows started and not ended: they may have happened. */
  readonly interrupted: readonly string[];
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly decisions: Readonly<Record<NodeId, string>>;
  /** The model from here on; absent when none is asked any more. */
  readonly judge?: JudgeTerms;
  /** The environment from here on, where it is another one than before; absent: it stays. */
  readonly environment?: string | null;
  /** The settings file from here on, where it is another one than before; absent: it stays. */
  readonly config?: string | null;
  /** Rules that this environment adds to those of the start; only where it is another. */
  readonly approvals?: readonly ApprovalRule[];
}

/** A person's event as the journal keeps it: the value of a secret parameter is left out. */
export type PersonInput =
  | Exclude<PersonEvent, { readonly kind: 'parameter-given' | 'stop-requested' }>
  | {
      readonly kind: 'stop-requested';
      readonly by: string;
      /** What the reads under way have found by then is kept: the run waits for them to stop. Absent in journals before it came. */
      readonly keep?: true;
    }
  | {
      readonly kind: 'parameter-given';
      readonly name: string;
      readonly value?: ParameterValue;
      readonly by: string;
    };

export type RunInput = { readonly time: number } & (
  | RunStarted
  | RunResumed
  | PersonInput
  | {
      readonly kind: 'action-prepared';
      readonly action: string;
      readonly tool: string;
      readonly text: string;
      /** The tool's own judgement; the plan's is joined to it by `decide`. */
      readonly effect: Effect;
      readonly because: string;
      readonly hash: string;
      /** What the tool reaches, for whoever approves. Absent for reads, and in journals before it came. */
      readonly where?: string;
    }
  | {
      /** No tool (`no-tool`: the engineer is asked to do it by hand), or one that cannot place the values safely. */
      readonly kind: 'action-not-prepared';
      readonly action: string;
      readonly text: string;
      readonly failure: ActionFailure;
    }
  | {
      /** The tool lets the call wait, since its limits are reached. Until `turn-came` it has not happened. */
      readonly kind: 'turn-awaited';
      readonly action: string;
      readonly attempt: number;
      readonly because: string;
    }
  | {
      /** Written before the call begins: once this line is durable, the action may have happened. */
      readonly kind: 'turn-came';
      readonly action: string;
      readonly attempt: number;
    }
  | {
      readonly kind: 'action-ended';
      readonly action: string;
      readonly attempt: number;
      readonly outcome: PerformOutcome;
    }
  | { readonly kind: 'timer-fired'; readonly timer: string }
  | ({
      /** What a model that works a step wants next, with everything it was sent and said. */
      readonly kind: 'model-worked';
      readonly node: NodeId;
      readonly question: number;
      readonly model: string;
      readonly said: readonly ModelMessage[];
      readonly step: WorkStep;
    } & ModelUse)
  | ({
      /** A model's answer to `question`, with everything it was sent and said. */
      readonly kind: 'model-judged';
      readonly node: NodeId;
      readonly question: number;
      readonly model: string;
      readonly said: readonly ModelMessage[];
      readonly verdict: JudgeVerdict;
    } & ModelUse)
);

export type RunFact =
  | { readonly kind: 'step-started'; readonly node: NodeId }
  | { readonly kind: 'step-succeeded'; readonly node: NodeId }
  | {
      readonly kind: 'step-failed';
      readonly node: NodeId;
      readonly action: string;
      readonly reason: FailureReason;
      readonly message: string;
    }
  | { readonly kind: 'step-skipped'; readonly node: NodeId }
  | { readonly kind: 'step-cancelled'; readonly node: NodeId }
  | {
      /** Written before the tool is called: once this line is durable, the action may have happened. */
      readonly kind: 'action-started';
      readonly action: string;
      readonly attempt: number;
      readonly effect: Effect;
    }
  | {
      readonly kind: 'retry-scheduled';
      readonly action: string;
      readonly afterMs: number;
      readonly message: string;
    }
  | {
      readonly kind: 'question-asked';
      readonly about: 'decision' | 'approval' | 'parameter' | 'unknown-outcome' | 'manual-action';
      readonly node: NodeId;
      readonly action?: string;
      readonly name?: string;
      readonly hash?: string;
      readonly choices?: readonly EdgeId[];
      /** Of an approval that more than one person must give. */
      readonly people?: number;
      readonly because?: string;
    }
  | {
      /** Written before the model is called: once this line is durable, it may have seen what the step found. */
      readonly kind: 'model-asked';
      readonly node: NodeId;
      readonly question: number;
      readonly model: string;
      /** It works the step: it is asked what to look up. */
      readonly work?: true;
    }
  | { readonly kind: 'answer-refused'; readonly because: string }
  | {
      /** An action goes through another guide: the steps whose names begin with the action's are next. */
      readonly kind: 'guide-entered';
      readonly action: string;
      readonly title: string;
      readonly file: string;
      readonly sha256: string;
    }
  | {
      /** That guide came to an end, or (`failed`) could go no further. */
      readonly kind: 'guide-left';
      readonly action: string;
      readonly outcome: string;
      readonly because: string;
    }
  | {
      readonly kind: 'edge-decided';
      readonly edge: EdgeId;
      readonly status: 'enabled' | 'disabled';
      readonly by: DecidedBy;
      readonly because?: string;
    }
  | {
      readonly kind: 'repeat-decided';
      readonly repeat: EdgeId;
      readonly again: boolean;
      /** Rounds begun so far, this one included when `again`. */
      readonly round: number;
      /** `bound`: it would go round again, but the greatest number of rounds is reached. */
      readonly by: DecidedBy | 'bound';
      readonly because?: string;
    }
  | {
      /** The end is decided, but an action that may write is still under way and is let finish. */
      readonly kind: 'end-awaited';
      readonly outcome: RunOutcome;
      readonly reason: string;
    }
  | { readonly kind: 'run-ended'; readonly outcome: RunOutcome; readonly reason: string };

/** What the driver must do. Imperative: nothing of it has happened yet. */
export type RunEffect =
  | { readonly kind: 'prepare-action'; readonly action: string }
  | {
      readonly kind: 'perform-action';
      readonly action: string;
      readonly attempt: number;
      readonly timeoutMs: number;
    }
  /** Its turn has come: the call that waits may begin. */
  | { readonly kind: 'begin-call'; readonly action: string; readonly attempt: number }
  | { readonly kind: 'cancel-action'; readonly action: string }
  | { readonly kind: 'start-timer'; readonly timer: string; readonly afterMs: number }
  | { readonly kind: 'cancel-timer'; readonly timer: string }
  | {
      readonly kind: 'ask-judge';
      readonly node: NodeId;
      readonly question: number;
      /** Calls that may be made for it. */
      readonly maxCalls: number;
      readonly work?: true;
    }
  | { readonly kind: 'cancel-judge'; readonly question: number };
