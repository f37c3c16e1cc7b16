// What differs between two plans, as plain data: one change per fact, in the order of the new plan. Numbers of steps and
// names of edges are not compared as such: a step is the same step when its words or its actions are (match-steps.ts).
import type { Action, GuideInfo, NodeId, NotRead, Parameter, PlanEdge, PlanNode, Repeat } from './plan.ts';

/** An arrow of a plan, forward or back. */
export type Way = PlanEdge | Repeat;

/** Where a change belongs: the step of the old plan and of the new one that it concerns, as far as each has one. */
export interface StepPair {
  readonly old: NodeId | null;
  readonly new: NodeId | null;
}

export type GuideField = 'title' | 'owner' | 'alerts' | 'verified';
export type ParameterField = Exclude<keyof Parameter, 'name' | 'source' | 'origin'>;
export type StepField = 'description' | 'needsApproval' | 'safeToRepeat' | 'undo' | 'verify';
export type ActionField =
  'code' | 'language' | 'tool' | 'effect' | 'resultName' | 'dialect' | 'timeoutMs' | 'retries' | 'place';

/** `old` is from the old plan, `new` from the new one. */
export type PlanChange =
  | { readonly kind: 'guide-changed'; readonly field: GuideField; readonly old: GuideInfo; readonly new: GuideInfo }
  | { readonly kind: 'parameter-added'; readonly new: Parameter }
  | { readonly kind: 'parameter-removed'; readonly old: Parameter }
  | {
      readonly kind: 'parameter-changed';
      readonly field: ParameterField;
      readonly old: Parameter;
      readonly new: Parameter;
    }
  | { readonly kind: 'step-added'; readonly step: StepPair; readonly new: PlanNode }
  | { readonly kind: 'step-removed'; readonly step: StepPair; readonly old: PlanNode }
  /** Its title has changed. */
  | { readonly kind: 'step-renamed'; readonly step: StepPair; readonly old: PlanNode; readonly new: PlanNode }
  /** Only its number has changed. */
  | { readonly kind: 'step-renumbered'; readonly step: StepPair; readonly old: PlanNode; readonly new: PlanNode }
  /** It stands elsewhere among the steps that both plans have; `after` is the one before it now. */
  | {
      readonly kind: 'step-moved';
      readonly step: StepPair;
      readonly old: PlanNode;
      readonly new: PlanNode;
      readonly after: NodeId;
    }
  | {
      readonly kind: 'step-changed';
      readonly step: StepPair;
      readonly field: StepField;
      readonly old: PlanNode;
      readonly new: PlanNode;
    }
  | { readonly kind: 'action-added'; readonly step: StepPair; readonly new: Action }
  | { readonly kind: 'action-removed'; readonly step: StepPair; readonly old: Action }
  /** `place`: it is done earlier or later in its step. */
  | {
      readonly kind: 'action-changed';
      readonly step: StepPair;
      readonly field: ActionField;
      readonly old: Action;
      readonly new: Action;
    }
  | { readonly kind: 'edge-added'; readonly step: StepPair; readonly new: Way }
  | { readonly kind: 'edge-removed'; readonly step: StepPair; readonly old: Way }
  | { readonly kind: 'edge-retargeted'; readonly step: StepPair; readonly old: Way; readonly new: Way }
  | { readonly kind: 'condition-changed'; readonly step: StepPair; readonly old: Way; readonly new: Way }
  | { readonly kind: 'guard-changed'; readonly step: StepPair; readonly old: Way; readonly new: Way }
  | { readonly kind: 'outcome-changed'; readonly step: StepPair; readonly old: PlanEdge; readonly new: PlanEdge }
  /** Taken on failure now, or no longer. */
  | { readonly kind: 'failure-changed'; readonly step: StepPair; readonly old: PlanEdge; readonly new: PlanEdge }
  /** A loop's greatest number of rounds or its pause. */
  | { readonly kind: 'limit-changed'; readonly step: StepPair; readonly old: Repeat; readonly new: Repeat }
  | { readonly kind: 'not-read-added'; readonly new: NotRead }
  | { readonly kind: 'not-read-removed'; readonly old: NotRead };

export interface PlanDiff {
  /** True when nothing differs that a reader, a run or a check could tell apart. */
  readonly equal: boolean;
  /** Every step of both plans: with its partner, or alone. In the order of the new plan, removed steps where they stood. */
  readonly steps: readonly StepPair[];
  readonly changes: readonly PlanChange[];
}

/** True for a loop. */
export function isRepeat(way: Way): way is Repeat {
  return 'max' in way;
}
