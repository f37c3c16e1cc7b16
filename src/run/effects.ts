// Joins the judgements of an action's effect: the plan's, made from the text alone, and the tool's.
import type { Effect } from '../plan/index.ts';

const rank: Record<Effect, number> = { read: 0, unknown: 1, write: 2 };

/** The worse of both, except that a tool that knows its language may lower the plan's `unknown` to `read`. */
export function joinEffects(plan: Effect, tool: Effect): Effect {
  if (plan === 'unknown' && tool === 'read') return 'read';
  return rank[tool] > rank[plan] ? tool : plan;
}
