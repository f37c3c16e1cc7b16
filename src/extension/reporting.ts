// What of a guide's findings is reported, as the editor's settings and the tools file say.
import type { Severities } from '../check/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';

export interface Reporting {
  readonly severities: Severities;
  /** True when the tools file leaves this guide out. */
  readonly ignored: boolean;
  /** Today's date, and how many days a guide's `verified` counts when the settings say so. */
  readonly today: string;
  readonly verifiedWithinDays?: number;
  /** The findings of a text that the baseline does not know. */
  readonly withoutKnown: (text: string, found: readonly Diagnostic[]) => readonly Diagnostic[];
}

const weights: readonly unknown[] = ['off', 'hint', 'information', 'warning', 'error'];

function isWeight(value: unknown): value is Severities[string] {
  return weights.includes(value);
}

/** Weights by code, of a value that anybody may have written; what is no weight is left out. */
export function readSeverities(value: unknown): Severities {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, Severities[string]] => isWeight(entry[1])));
}
