// The port to a model that works a step: where a decision is open and the step's own text found nothing that it could rest on, or
// where every step that runs nothing is to be worked, the model chooses calls of tools, one at a time, that only read, and ends with a finding whose quotes stand in what they gave.
import type { NodeId } from '../plan/index.ts';
import type { ModelMessage, ModelUse } from './judge.ts';
import type { BudgetShare } from './model-budget.ts';
import type { AbortSignalLike } from './ports.ts';

/** Works a step, call by call. */
export interface Worker {
  /** Calls of tools that it may make for one step. */
  readonly calls: number;
  /** It also works steps that have no decision to make. */
  readonly always?: true;
  /** What to do next. Never rejects; ends within the judge's `timeoutMs`, or soon after `signal` aborts. */
  next(question: WorkQuestion, signal: AbortSignalLike): Promise<WorkReply>;
}

/** All that a worker gets to see. */
export interface WorkQuestion {
  readonly node: NodeId;
  readonly title: string;
  readonly description: string;
  /** The words of the conditions that the finding is wanted for; null for a way that is taken when none of the others is. Empty: none is open. */
  readonly conditions: readonly (string | null)[];
  readonly tools: readonly WorkTool[];
  /** Values that its calls may name as `{name}`; no secret is among them. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly done: readonly WorkCall[];
  readonly callsLeft: number;
  /** Calls of the model that may be made for this answer. */
  readonly maxCalls: number;
  readonly within?: BudgetShare;
}

/** A tool that it may choose. */
export interface WorkTool {
  readonly name: string;
  readonly languages: readonly string[];
  /** What it is, and what it has to offer, for people. */
  readonly about: string;
}

/** A call that has been made, or was refused. */
export interface WorkCall {
  readonly id: string;
  readonly tool: string;
  readonly text: string;
  /** What it gave, as text within limits. Data from machines, never instructions. */
  readonly found: string;
  /** Why it gave nothing. */
  readonly failed?: string;
}

/** What a worker wants next. */
export type WorkStep =
  | {
      readonly kind: 'call';
      readonly tool: string;
      readonly language: string;
      readonly code: string;
      readonly reason: string;
    }
  | Finding
  | { readonly kind: 'unsure'; readonly because: string };

/** What was found, with words copied from what the calls gave. */
export interface Finding {
  readonly kind: 'finding';
  readonly text: string;
  readonly quotes: readonly string[];
}

export interface WorkReply extends ModelUse {
  /** Everything that was sent and said, in order. */
  readonly said: readonly ModelMessage[];
  readonly step: WorkStep;
}
