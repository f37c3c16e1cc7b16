// Says what a condition comes to on a step's result: its guard's verdict with the values it rests on, or that it is
// open and somebody must judge.
import { evaluateGuard, type GuardScope, type Read } from '../guard/index.ts';
import type { Guard, NodeId } from '../plan/index.ts';
import { ownName, type NodeState, type RunState, type ScopeState } from './state.ts';
import type { DecidedBy } from './view.ts';

export type Verdict =
  | { readonly kind: 'yes' | 'no'; readonly by: DecidedBy; readonly because?: string }
  | { readonly kind: 'open'; readonly because: string }
  /** Yes exactly when no other condition of the step is. */
  | { readonly kind: 'else' };

/** The verdict on an edge or a repeat of a step that has succeeded. */
export function judgeEdge(
  state: RunState,
  node: NodeState,
  condition: { readonly condition: string | null; readonly guard?: Guard },
): Verdict {
  const { guard } = condition;
  if (guard?.kind === 'else') return { kind: 'else' };
  if (!guard) {
    if (condition.condition === null) return { kind: 'yes', by: 'none' };
    return { kind: 'open', because: 'No expression states this condition, so it needs judgement.' };
  }
  const verdict = evaluateGuard(guard.cel, scopeAt(state, node.node.id));
  if (verdict.kind === 'error') {
    const told = `\`${guard.cel}\` could not be decided`;
    return {
      kind: 'open',
      because: verdict.message.startsWith(told) ? verdict.message : `${told}: ${verdict.message}`,
    };
  }
  const because = `\`${guard.cel}\` is ${verdict.kind}${showReads(verdict.reads)}`;
  return { kind: verdict.kind === 'true' ? 'yes' : 'no', by: 'guard', because };
}

const nothing: Pick<ScopeState, 'stepResults' | 'namedResults'> = { stepResults: {}, namedResults: {} };

/** Everything that a guard of a step may read as the run stands. */
export function scopeAt(state: RunState, node: NodeId): GuardScope {
  const found = state.nodeById.get(node);
  const { stepResults, namedResults } = found?.scope ?? nothing;
  return {
    result: (found && stepResults[ownName(found)]) ?? {},
    params: state.params,
    secrets: state.secrets,
    steps: stepResults,
    results: namedResults,
  };
}

function showReads(reads: readonly Read[]): string {
  if (reads.length === 0) return '';
  const shown = reads.slice(0, 4).map(({ what, value }) => `${what} = ${cut(JSON.stringify(value))}`);
  return ` (${shown.join(', ')}${reads.length > shown.length ? ', …' : ''})`;
}

function cut(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
