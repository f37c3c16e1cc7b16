// What a model may use up of tokens, time and money, for one step and for a whole run: what has been used is counted in the
// run's state, so a run that is resumed goes on counting where it was.
import type { ModelUse } from './judge.ts';

/** A limit in each measure that is named; the others have none. */
export interface BudgetShare {
  /** Sent and answered together. */
  readonly tokens?: number | undefined;
  /** Milliseconds that a model is waited for, retries included. */
  readonly time?: number | undefined;
  /** In the currency of the model's price. */
  readonly cost?: number | undefined;
}

/** Limits of one step, over all rounds of a loop, and of the whole run. */
export interface ModelBudget {
  readonly step?: BudgetShare | undefined;
  readonly run?: BudgetShare | undefined;
}

/** What has been used. */
export interface Spent {
  calls: number;
  input: number;
  output: number;
  /** Some of the tokens were reported by nobody. */
  estimated: boolean;
  ms: number;
  /** By currency: a run may be resumed with another price. */
  readonly costs: Record<string, number>;
}

export function nothingSpent(): Spent {
  return { calls: 0, input: 0, output: 0, estimated: false, ms: 0, costs: {} };
}

/** Adds what one answer took. Journals from before budgets say nothing of time and cost. */
export function spend(spent: Spent, { calls, tokens, tookMs, cost }: ModelUse): void {
  spent.calls += calls;
  spent.input += tokens.input;
  spent.output += tokens.output;
  spent.estimated ||= tokens.estimated === true;
  spent.ms += tookMs ?? 0;
  if (cost) spent.costs[cost.currency] = (spent.costs[cost.currency] ?? 0) + cost.amount;
}

/** What is left of a share, never below nothing. */
export function leftOf(share: BudgetShare | undefined, spent: Spent, currency: string | undefined): BudgetShare {
  const { tokens, time, cost } = share ?? {};
  return {
    ...(tokens !== undefined && { tokens: Math.max(0, tokens - spent.input - spent.output) }),
    ...(time !== undefined && { time: Math.max(0, time - spent.ms) }),
    ...(cost !== undefined && { cost: Math.max(0, cost - (spent.costs[currency ?? ''] ?? 0)) }),
  };
}

/** The stricter of both in each measure. */
function stricterOf(one: BudgetShare, other: BudgetShare): BudgetShare {
  const share: { tokens?: number; time?: number; cost?: number } = {};
  for (const measure of ['tokens', 'time', 'cost'] as const) {
    const limits = [one[measure], other[measure]].filter((limit) => limit !== undefined);
    if (limits.length > 0) share[measure] = Math.min(...limits);
  }
  return share;
}

/** What one more question may use up; undefined where no budget is set. */
export function budgetLeft(
  budget: ModelBudget | undefined,
  spent: { readonly step: Spent; readonly run: Spent },
  currency: string | undefined,
): BudgetShare | undefined {
  if (!budget) return undefined;
  return stricterOf(leftOf(budget.step, spent.step, currency), leftOf(budget.run, spent.run, currency));
}

/** What a question by itself may use up: it is the only step of its run. */
export function shareOfOne(budget: ModelBudget | undefined): BudgetShare | undefined {
  return budget && stricterOf(budget.step ?? {}, budget.run ?? {});
}

/** The measure of which nothing is left, with its limit in words: `2000 tokens`, `60 s`, `0.5 USD`; null when there is none. */
export function usedUp(share: BudgetShare | undefined, spent: Spent, currency: string | undefined): string | null {
  const left = leftOf(share, spent, currency);
  if (left.tokens === 0) return `${share?.tokens} tokens`;
  if (left.time === 0) return `${(share?.time ?? 0) / 1000} s`;
  if (left.cost === 0) return `${share?.cost} ${currency ?? ''}`.trim();
  return null;
}
