// What `--explain` could not find out: the actions about which their tools said neither yes nor no, by the reason they gave.
import type { DryReport } from '../run/index.ts';

/** Actions of one guide that share a reason. */
export interface NotExplained {
  readonly actions: readonly string[];
  readonly because: string;
}

/** The actions whose tools could not be asked, or cannot say; in the order of the plan, those of one reason together. */
export function notExplained(report: Pick<DryReport, 'steps'>): readonly NotExplained[] {
  const byReason = new Map<string, string[]>();
  for (const { actions } of report.steps) {
    for (const { id, explanation } of actions) {
      if (explanation?.kind !== 'cannot-explain') continue;
      const known = byReason.get(explanation.because);
      if (known) known.push(id);
      else byReason.set(explanation.because, [id]);
    }
  }
  return [...byReason].map(([because, actions]) => ({ actions, because }));
}
