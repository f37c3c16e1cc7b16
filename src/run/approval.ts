// What an action's approval takes: how many people, for how long, or that there is none to be had, by the rules that a run was
// started with. A rule can only ask for more than one yes of one person, never for less, so that no settings file can wave a
// write through.
import type { Effect } from '../plan/index.ts';
import type { ActionState, RunState } from './state.ts';

/** One rule of a run's policy. Of several that apply, the strictest counts in each respect. */
export interface ApprovalRule {
  /** Names of tools; absent: every tool. */
  readonly tools?: readonly string[];
  /** Names of environments; absent: every run, whatever environment it is in. */
  readonly environments?: readonly string[];
  /** Absent: `write` and `unknown`. With `read`, reads are asked for too. */
  readonly effects?: readonly Effect[];
  /** Different people who must say yes; 1 unless told. */
  readonly people?: number;
  /** A yes counts for this long; without end unless told. */
  readonly expiresAfterMs?: number;
  /** It is not performed at all, whoever says yes. */
  readonly deny?: true;
}

/** A yes that was given to one exact text. */
export interface Approval {
  readonly hash: string;
  readonly by: string;
  readonly time: number;
}

/** What an approval takes: so many people, each of whose yes counts so long. */
export interface ApprovalTerms {
  readonly people: number;
  readonly expiresAfterMs: number;
}

/** What is asked of an action with this effect and tool; null: nothing. */
export function approvalNeeded(state: RunState, action: ActionState): ApprovalTerms | null {
  const { tool, effect } = action;
  const rules = rulesFor(state.approvals, { tool, effect, environment: state.environment });
  return approvalTerms(rules, action.step.node.needsApproval || effect !== 'read');
}

/** Whether somebody may be asked for a yes to an action, before its tool's judgement of its effect is joined with the guide's. */
export function mayBeAsked(state: RunState, { step, action }: ActionState, effect: Effect): boolean {
  return effect !== 'read' || action.effect !== 'read' || step.node.needsApproval || state.approvals.length > 0;
}

/** What the rules that apply ask together; null where there are none and nothing `isAsked` anyway. */
export function approvalTerms(rules: readonly ApprovalRule[], isAsked: boolean): ApprovalTerms | null {
  if (!isAsked && rules.length === 0) return null;
  return {
    people: Math.max(1, ...rules.map((rule) => rule.people ?? 1)),
    expiresAfterMs: Math.min(Infinity, ...rules.map((rule) => rule.expiresAfterMs ?? Infinity)),
  };
}

/** The people whose yes to the action's present text counts at this time. */
export function approvers(state: RunState, action: ActionState, time: number): readonly string[] {
  const valid = action.approvals.filter((one) => lapseOf(state, action, one, time) === undefined);
  return [...new Set(valid.map(({ by }) => by))];
}

/** Why a yes does not count for the action as it would be performed at this time; undefined: it counts. */
export function lapseOf(
  state: RunState,
  action: ActionState,
  { hash, time: given }: Pick<Approval, 'hash' | 'time'>,
  time: number,
): 'other' | 'expired' | undefined {
  if (hash !== action.hash) return 'other';
  const expiresAfterMs = approvalNeeded(state, action)?.expiresAfterMs ?? Infinity;
  return time - given <= expiresAfterMs ? undefined : 'expired';
}

/** What became of approvals that were given and do not count at this time, a clause for each person. */
export function lapsedApprovals(state: RunState, action: ActionState, time: number): readonly string[] {
  const counting = approvers(state, action, time);
  const last = new Map(action.approvals.map((one) => [one.by, one]));
  return [...last.values()]
    .filter(({ by }) => !counting.includes(by))
    .map((one) =>
      lapseOf(state, action, one, time) === 'expired'
        ? `the approval of \`${one.by}\` has expired`
        : `what \`${one.by}\` approved was another text or another secret value, or meant for another connection or environment`,
    );
}

/** True when the action may be performed at this time. */
export function isApproved(state: RunState, action: ActionState, time: number): boolean {
  const needed = approvalNeeded(state, action);
  return needed === null || approvers(state, action, time).length >= needed.people;
}

/** Where and how an action would be performed, as far as rules ask. */
export interface RuledAction {
  readonly tool: string | undefined;
  readonly effect: Effect;
  readonly environment: string | null | undefined;
}

/** The rules that are for an action of this effect on this tool in this environment. */
export function rulesFor(rules: readonly ApprovalRule[], about: RuledAction): readonly ApprovalRule[] {
  const { tool, effect, environment } = about;
  return rules.filter(
    (rule) =>
      (!rule.tools || (tool !== undefined && rule.tools.includes(tool))) &&
      (!rule.environments || (typeof environment === 'string' && rule.environments.includes(environment))) &&
      (rule.effects ?? ['write', 'unknown']).includes(effect),
  );
}

/** Why the rules let nobody approve the action, in a sentence; null when they do. */
export function denial(rules: readonly ApprovalRule[], about: RuledAction): string | null {
  if (!rulesFor(rules, about).some(({ deny }) => deny)) return null;
  const what = { read: 'reads', write: 'writes', unknown: 'actions that may write' }[about.effect];
  const tool = about.tool === undefined ? '' : ` with \`${about.tool}\``;
  const where = typeof about.environment === 'string' ? ` in the environment \`${about.environment}\`` : '';
  return `The rules of this run deny ${what}${tool}${where}.`;
}
