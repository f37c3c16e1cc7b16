// Everything that can be said of a guide once it is compiled. Each check is a file of its own, named after its code;
// what reading and compiling find out by themselves is reported there and not here.
import type { Diagnostic } from '../diagnostics/index.ts';
import type { Guide } from '../guide/index.ts';
import type { Plan } from '../plan/index.ts';
import { checkNoSteps } from './check-no-steps.ts';
import { checkNoTool } from './check-no-tool.ts';
import { checkUndefinedParameters } from './check-undefined-parameters.ts';
import { checkUnreachableSteps } from './check-unreachable-steps.ts';
import { checkUnusedParameters } from './check-unused-parameters.ts';

/** What is known of the place where the guide would run. */
export interface CheckAbout {
  /** Languages that the configured tools speak; null when the tools are not known. */
  readonly languages: readonly string[] | null;
  /** Names of the configured tools, when they are known. */
  readonly tools?: readonly string[];
}

/** What a check looks at. */
export interface CheckInput {
  readonly guide: Guide;
  readonly plan: Plan;
  readonly about: CheckAbout;
}

/** Findings in the order of the checks; pure, never throws on any guide. */
export function check(guide: Guide, plan: Plan, about: CheckAbout): readonly Diagnostic[] {
  const input: CheckInput = { guide, plan, about };
  return [
    ...checkNoSteps(input),
    ...checkUnreachableSteps(input),
    ...checkUndefinedParameters(input),
    ...checkUnusedParameters(input),
    ...checkNoTool(input),
  ];
}
