// step.no-ending: a guide that says of some endings what they mean, and simply stops after a step that it says nothing of. A
// guide that names no ending at all means its last step to be one.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { findNode, inputEdges } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { stepName } from './step-name.ts';

export function checkEndings({ guide, plan }: CheckInput): readonly Diagnostic[] {
  const endings = inputEdges(plan, 'end');
  if (!endings.some(({ source }) => source)) return [];
  const loops = new Set(plan.repeats.map(({ from }) => from));
  return collect(endings, ({ from, source, outcome, guard }) => {
    const node = findNode(plan, from);
    if (
      source ||
      loops.has(from) ||
      outcome !== 'completed' ||
      guard ||
      node?.kind !== 'step' ||
      !node.titleSource ||
      (node.description === '' && node.actions.length === 0)
    )
      return [];
    return [
      makeDiagnostic(
        'step.no-ending',
        node.titleSource.span,
        `The guide stops after \`${stepName(guide, node)}\` without saying how it ends.`,
        {
          hint: 'Add "This resolves the incident.", "Escalate to …" or "This ends the guide."',
        },
      ),
    ];
  });
}
