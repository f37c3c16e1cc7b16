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
  /** Where it is what is left: of whose limit in each measure, in words: `the step's budget of 1000 tokens`. */
  readonly of?: Readonly<Partial<Record<Measure, string>>> | undefined;
}

export type Measure = 'tokens' | 'time' | 'cost';

const measures: readonly Measure[] = ['tokens', 'time', 'cost'];

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
  const share: { -readonly [measure in Measure]?: number } = {};
  const of: Partial<Record<Measure, string>> = {};
  for (const measure of measures) {
    const [first, second] = [one[measure], other[measure]];
    const stricter = second === undefined || (first !== undefined && first <= second) ? one : other;
    const limit = stricter[measure];
    if (limit === undefined) continue;
    share[measure] = limit;
    const whose = stricter.of?.[measure];
    if (whose !== undefined) of[measure] = whose;
  }
  return { ...share, of };
}

/** What is left of a share, with the words for the limit that it is left of. */
function namedLeft(
  whose: string,
  share: BudgetShare | undefined,
  spent: Spent,
  currency: string | undefined,
): BudgetShare {
  const of = measures.flatMap((measure) => {
    const words = limitWords(share, measure, currency);
    return words === null ? [] : [[measure, `${whose} budget of ${words}`]];
  });
  return { ...leftOf(share, spent, currency), of: Object.fromEntries(of) as Partial<Record<Measure, string>> };
}

/** What one more question may use up; undefined where no budget is set. */
export function budgetLeft(
  budget: ModelBudget | undefined,
  spent: { readonly step: Spent; readonly run: Spent },
  currency: string | undefined,
): BudgetShare | undefined {
  if (!budget) return undefined;
  return stricterOf(
    namedLeft("the step's", budget.step, spent.step, currency),
    namedLeft("the run's", budget.run, spent.run, currency),
  );
}

/** What a question by itself may use up: it is the only step of its run. */
export function shareOfOne(budget: ModelBudget | undefined): BudgetShare | undefined {
  return budget && stricterOf(budget.step ?? {}, budget.run ?? {});
}

/** The measure of which nothing is left, with its limit in words: `2000 tokens`, `60 s`, `0.5 USD`; null when there is none. */
export function usedUp(share: BudgetShare | undefined, spent: Spent, currency: string | undefined): string | null {
  const gone = measureUsedUp(share, spent, currency);
  return gone === null ? null : limitWords(share, gone, currency);
}

/** The measure of which nothing is left. */
export function measureUsedUp(
  share: BudgetShare | undefined,
  spent: Spent,
  currency: string | undefined,
): Measure | null {
  const left = leftOf(share, spent, currency);
  return measures.find((measure) => left[measure] === 0) ?? null;
}

/** The limit of a share in words; null where it has none. */
export function limitWords(
  share: BudgetShare | undefined,
  measure: Measure,
  currency: string | undefined,
): string | null {
  const limit = share?.[measure];
  if (limit === undefined) return null;
  if (measure === 'tokens') return `${limit} tokens`;
  return measure === 'time' ? `${limit / 1000} s` : `${limit} ${currency ?? ''}`.trim();
}
