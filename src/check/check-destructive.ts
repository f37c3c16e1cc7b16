// action.destructive: a command that destroys, in a step that neither asks for approval nor says how to undo it. A run asks in
// any case; this is for whoever follows the guide by hand.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { CheckInput } from './check.ts';
import { destructiveIn } from './dangerous-commands.ts';
import { codeSpan } from './diagnose-explanation.ts';

export function checkDestructive({ plan }: CheckInput): readonly Diagnostic[] {
  return plan.nodes.flatMap(({ actions, needsApproval, undo }) =>
    needsApproval || undo !== undefined
      ? []
      : actions.flatMap((action) =>
          destructiveIn(action).map(({ what, weight, start, end }) => {
            const words = action.code.slice(start, end).replace(/\s+/g, ' ');
            const shown = words.length > 60 ? `${words.slice(0, 59)}…` : words;
            return makeDiagnostic(
              'action.destructive',
              codeSpan(action, { start, end }),
              `\`${shown.replaceAll('`', '')}\` ${what}, and the step asks for no approval.`,
              {
                ...(weight === 'light' && { severity: 'hint' }),
                hint: 'Add "Needs approval." to the step, and "Undo: …" if there is a way back.',
              },
            );
          }),
        ),
  );
}
