// What tools said of a guide's queries, as findings at the characters that they pointed to.
import { diagnoseExplanation } from '../check/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { DryReport } from '../run/index.ts';
import type { DocumentAnalysis } from './analyses.ts';
import { findAction } from './find-action.ts';

/** A finding for each action that its tool refuses. */
export function explainedProblems({ guide, plan }: DocumentAnalysis, report: DryReport): readonly Diagnostic[] {
  return report.steps.flatMap((step) =>
    step.actions.flatMap((shown) => {
      const action = findAction(plan, shown.id)?.action;
      const { explanation } = shown;
      return action && explanation?.kind === 'refused' ? [diagnoseExplanation(guide, action, explanation.failure)] : [];
    }),
  );
}
