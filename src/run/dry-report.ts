// What a dry run reports: everything that a live run would do and ask, found without performing anything.
import type { EdgeId, Effect, NodeId, Outcome, Plan } from '../plan/index.ts';
import type { ApprovalRule } from './approval.ts';
import type { AbortSignalLike, DryTool, Explanation, ParameterValue, Toolbox } from './ports.ts';
import type { ActionFailure } from './result.ts';
import type { RunView } from './view.ts';

export interface DryRunOptions {
  readonly plan: Plan;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly secrets?: Readonly<Record<string, ParameterValue>>;
  /** Tools without a way to perform: that nothing is performed is a matter of types. */
  readonly toolbox: Toolbox<DryTool>;
  readonly decisions?: Readonly<Record<NodeId, string>>;
  /** What approvals take in a live run; a rule may ask for reads too. */
  readonly approvals?: readonly ApprovalRule[];
  /** Name of the environment that the tools are of; rules may be for some alone. */
  readonly environment?: string | null;
  /** Ask each tool whether it would accept the action, or only the actions that read; false unless told. */
  readonly explain?: boolean | 'reads';
  readonly signal?: AbortSignalLike;
  readonly from?: NodeId;
}

export interface DryAction {
  readonly id: string;
  readonly language: string;
  readonly tool?: string;
  /** The exact text that would run, secrets as `***`; absent when a parameter is missing or no tool speaks the language. */
  readonly text?: string;
  readonly effect: Effect;
  readonly because: string;
  readonly needsApproval: boolean;
  /** Different people who must say yes, when more than one. */
  readonly people?: number;
  /** A yes counts this long; absent: without end. */
  readonly expiresAfterMs?: number;
  readonly missingParameters: readonly string[];
  readonly explanation?: Explanation;
  /** Why the action could not be prepared. */
  readonly failure?: ActionFailure;
}

export interface DryStep {
  readonly node: NodeId;
  readonly title: string;
  readonly actions: readonly DryAction[];
  readonly needsApproval: boolean;
}

/** What would decide an edge. */
export interface DryEdge {
  readonly edge: EdgeId;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly condition: string | null;
  /** When the step there is begun: "at T+15 min". It decides nothing. */
  readonly timing?: string;
  readonly decidedBy: 'none' | 'guard' | 'else' | 'engineer' | 'failure';
  /** The guard, or how a person would be asked. */
  readonly because: string;
  readonly outcome?: Outcome;
}

/** A way back, and what would decide that it is taken again. */
export interface DryRepeat {
  readonly repeat: EdgeId;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly condition: string | null;
  readonly decidedBy: DryEdge['decidedBy'];
  readonly because: string;
  /** Times that it goes round at most. */
  readonly max: number;
  readonly waitMs?: number;
}

/** One way through the plan, from start to end. */
export interface DryPath {
  readonly nodes: readonly NodeId[];
  readonly edges: readonly EdgeId[];
  readonly outcome: Outcome;
}

export interface DryReport {
  readonly steps: readonly DryStep[];
  readonly edges: readonly DryEdge[];
  readonly repeats: readonly DryRepeat[];
  /** Parameters that an action needs and that have neither a value nor a default. */
  readonly missingParameters: readonly string[];
  /** Values that do not fit their parameter, one sentence each. */
  readonly invalidParameters: readonly { readonly name: string; readonly message: string }[];
  /** Every path when there are not too many, else the first ones; `pathCount` counts all of them. */
  readonly paths: readonly DryPath[];
  readonly pathCount: number;
  /** The same for `--json` and the preview: mode `dry`, outcome `planned`. */
  readonly view: RunView;
}
