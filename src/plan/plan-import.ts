// What every reader of a foreign plan text answers: a plan with remarks on what was read in a particular way, or all that is
// wrong, each with its place.
import type { Plan } from './plan.ts';

/** A sentence about a place in a text that is not a guide. Line and column count from 1. */
export interface TextRemark {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** `notes` say what was left out or given a meaning that the text does not spell out; a plan without notes says it all. */
export type PlanImport =
  | { readonly plan: Plan; readonly notes: readonly TextRemark[]; readonly problems?: undefined }
  | { readonly problems: readonly TextRemark[]; readonly plan?: undefined };
