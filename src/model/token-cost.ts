// What tokens cost, from the price that the settings name.
import type { TokenCount, TokenPrice } from './model.ts';

export interface Cost {
  readonly amount: number;
  readonly currency: string;
}

/** The cost of so many tokens; undefined where no price is known. */
export function costOf({ input, output }: TokenCount, price: TokenPrice | undefined): Cost | undefined {
  if (!price) return undefined;
  return { amount: (input * price.input + output * price.output) / 1_000_000, currency: price.currency };
}

/** `120 tokens sent, 30 answered, 0.0123 USD`; says what of it is an estimate. */
export function useWords({ input, output, estimated }: TokenCount, costs: readonly Cost[]): string {
  const about = estimated ? ' (estimated in part: not all of it was reported)' : '';
  return [`${input} tokens sent, ${output} answered${about}`, ...costs.map(costWords)].join(', ');
}

/** `0.0123 USD`: four digits that count, never in powers of ten. */
export function costWords({ amount, currency }: Cost): string {
  const digits = amount > 0 && amount < 1 ? Math.min(12, 3 - Math.floor(Math.log10(amount))) : 2;
  return `${amount.toFixed(digits)} ${currency}`;
}
