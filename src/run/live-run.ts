// What a host gives to start or resume a run and what it holds while the run goes on. Types only; drive.ts does the work.
import type { GuardScope } from '../guard/index.ts';
import type { NodeId, Plan } from '../plan/index.ts';
import type { ApprovalRule } from './approval.ts';
import type { Judge } from './judge.ts';
import type { Clock, JournalPort, ParameterValue, Tool, Toolbox } from './ports.ts';
import type { Replay } from './replay.ts';
import type { PersonEvent, RunView } from './view.ts';

/** The outside world of a live run. */
export interface RunPorts {
  readonly toolbox: Toolbox<Tool>;
  readonly journal: JournalPort;
  readonly clock: Clock;
  /** Hex SHA-256 of a text's UTF-8 bytes; approvals are bound to it. */
  readonly hash: (text: string) => string;
  /**
   * Hex digest of a text under a key that no journal holds. An approval is bound to the values of secret parameters by it: whoever
   * reads a journal can try out nothing, and a host without the key at a later resumption is asked again.
   */
  readonly seal: (text: string) => string;
  /** A model that is asked where no guard decides, before the engineer is. Without one nobody but the engineer is asked. */
  readonly judge?: Judge;
}

/** How a run goes; recorded in the journal's first line. */
export interface RunSettings {
  /** Steps whose actions run at one time; 8 unless told. */
  readonly maxParallel?: number;
  /** For an action that names no timeout; 60,000 ms unless told. */
  readonly defaultTimeoutMs?: number;
  /** Tries after the first for an action that names none: transient failures of reads only; 2 unless told. */
  readonly defaultRetries?: number;
  /** Milliseconds that actions took in earlier runs, as `actionDurations` gives them: those that take long start early. */
  readonly expected?: Readonly<Record<string, number>>;
  /** Start held: no step starts until `step-released` or `run-continued`. */
  readonly held?: boolean;
  /** Run from here: every node that this one does not lead to is skipped. */
  readonly from?: NodeId;
  /**
   * Decisions given beforehand: node to target node or edge id (`Step9=end`).
   * Each is used only where no guard decided, and recorded as the engineer's.
   */
  readonly decisions?: Readonly<Record<NodeId, string>>;
  /** Name of the environment that the tools are of; null: of none. Never more than the name. */
  readonly environment?: string | null;
  /** The settings file that the tools come from, with its whole path; null: none. A run that is resumed goes on with it. */
  readonly config?: string | null;
  /** What approvals take beyond one yes of one person; see `ApprovalRule`. */
  readonly approvals?: readonly ApprovalRule[];
}

export interface LiveRunOptions extends RunPorts, RunSettings {
  /** The run's identity, made by the host; it is the journal's and every approval's. */
  readonly run: string;
  readonly plan: Plan;
  /** Values by name. Text is read as the parameter's type (`"5"` is a number for a number). */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** Values of secret parameters. A secret given in `parameters` is treated the same. Never journalled or shown. */
  readonly secrets?: Readonly<Record<string, ParameterValue>>;
  /** Who starts the run, for the journal. */
  readonly by?: string;
}

export interface ResumeOptions extends RunPorts {
  /** The journal's whole text; a torn last line is already cut (see `openJournal`) or is left out here. */
  readonly text?: string;
  /** Instead of `text`, what `replayJournal` made of it: then it is not read a second time. Taken up once. */
  readonly replay?: Replay;
  /** Secrets are in no journal: they are given again. Those not given are asked for when an action needs them. */
  readonly secrets?: Readonly<Record<string, ParameterValue>>;
  /** Further values and decisions, recorded at the resumption. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly decisions?: Readonly<Record<NodeId, string>>;
  readonly by?: string;
  /** Name of the environment that the tools are of now; null: of none. Another one than the run's is refused … */
  readonly environment?: string | null;
  /** … unless this says that it changes. Approvals given so far do not count there. */
  readonly changeEnvironment?: boolean;
  /** The settings file that the tools come from now; null: none. */
  readonly config?: string | null;
  /** The rules there. They are added to those of the start where the environment is another; else these alone count. */
  readonly approvals?: readonly ApprovalRule[];
}

/** What became of a person's event. A refused one changed nothing, and `because` says why, in a sentence. */
export type Submitted = { readonly accepted: true } | { readonly accepted: false; readonly because: string };

/** A run under way. It keeps no timer or process alive once it is settled. */
export interface LiveRun {
  readonly run: string;
  /** The run as it stands, an immutable value; cheap enough to ask for on every change. */
  view(): RunView;
  /**
   * What a guard of this step may read as the run stands; `result` is empty while the step has none. To be used at once:
   * it shares the run's own values. Secrets are not in it.
   */
  scope(node: NodeId): GuardScope;
  /** Called after every change, soon but not within `submit`. Returns the function that ends the calls. */
  onChange(listener: () => void): () => void;
  submit(event: PersonEvent): Submitted;
  /**
   * Resolves when the run has ended, or waits or is held with nothing in flight, and the journal is durable.
   * Rejects when the journal cannot be written: the run then performs nothing more.
   */
  settled(): Promise<RunView>;
}
