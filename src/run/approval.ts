// What an action's approval takes: how many people, for how long, by the rules that a run was started with. A rule can only
// ask for more than one yes of one person, never for less, so that no settings file can wave a write through.
import type { Effect } from '../plan/index.ts';
import type { ActionState, RunState } from './state.ts';

/** One rule of a run's policy. Of several that apply, the strictest counts in each respect. */
export interface ApprovalRule {
  /** Names of tools; absent: every tool. */
  readonly tools?: readonly string[];
  /** Absent: `write` and `unknown`. With `read`, reads are asked for too. */
  readonly effects?: readonly Effect[];
  /** Different people who must say yes; 1 unless told. */
  readonly people?: number;
  /** A yes counts for this long; without end unless told. */
  readonly expiresAfterMs?: number;
}

/** A yes that was given to one exact text. */
export interface Approval {
  readonly hash: string;
  readonly by: string;
  readonly time: number;
}

/** What is asked of an action with this effect and tool; null: nothing. */
export function approvalNeeded(
  state: RunState,
  action: ActionState,
): { readonly people: number; readonly expiresAfterMs: number } | null {
  const rules = (state.settings.approvals ?? []).filter((rule) => ruleApplies(rule, action.tool, action.effect));
  if (!action.step.node.needsApproval && action.effect === 'read' && rules.length === 0) return null;
  return {
    people: Math.max(1, ...rules.map((rule) => rule.people ?? 1)),
    expiresAfterMs: Math.min(Infinity, ...rules.map((rule) => rule.expiresAfterMs ?? Infinity)),
  };
}

/** The people whose yes to the action's present text counts at this time. */
export function approvers(state: RunState, action: ActionState, time: number): readonly string[] {
  const expiresAfterMs = approvalNeeded(state, action)?.expiresAfterMs ?? Infinity;
  const valid = action.approvals.filter((one) => one.hash === action.hash && time - one.time <= expiresAfterMs);
  return [...new Set(valid.map(({ by }) => by))];
}

/** True when the action may be performed at this time. */
export function isApproved(state: RunState, action: ActionState, time: number): boolean {
  const needed = approvalNeeded(state, action);
  return needed === null || approvers(state, action, time).length >= needed.people;
}

/** True when a rule is for an action of this effect on this tool. */
export function ruleApplies({ tools, effects }: ApprovalRule, tool: string | undefined, effect: Effect): boolean {
  if (tools && (tool === undefined || !tools.includes(tool))) return false;
  return (effects ?? ['write', 'unknown']).includes(effect);
}
