// What values of every database have in common: how a decimal becomes JSON, and how much of a text is kept. Apart from DuckDB's
// values, so that reading these does not load its library.
import type { Json } from '../../base/index.ts';

/** Characters kept of one text value. */
export const longestText = 50_000;

/** A decimal is a number when a double holds all its digits. */
export function decimal(text: string): Json {
  const digits = text.replace(/^-?0*\.?0*|\./g, '');
  return digits.replace('-', '').length <= 15 ? Number(text) : text;
}
