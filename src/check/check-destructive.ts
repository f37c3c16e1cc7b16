// action.destructive: a command that destroys, in a step that neither asks for approval nor says how to undo it; one for each
// block of code. A run asks in
// any case; this is for whoever follows the guide by hand.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { textOf } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { destructiveIn } from './dangerous-commands.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { wordsBefore } from './words-before.ts';

/** The author has thought of it: says that it is safe, how to come back, or that the guide itself made what goes. */
const assured =
  /\b(?:safe(?:ly)?|temporar(?:y|ily)|roll(?:ing|ed)?\s?-?back|revert\w*|restor\w+|back\s?-?up|backups?)\b/i;

export function checkDestructive({ guide, plan }: CheckInput): readonly Diagnostic[] {
  return collect(plan.nodes, ({ actions, needsApproval, undo, description }) =>
    needsApproval || undo !== undefined
      ? []
      : collect(actions, (action) =>
          destructiveIn(action)
            .slice(0, 1)
            .map(({ what, weight, start, end }) => {
              const words = action.code.slice(start, end).replace(/\s+/g, ' ');
              const shown = words.length > 60 ? `${words.slice(0, 59)}…` : words;
              return makeDiagnostic(
                'action.destructive',
                codeSpan(action, { start, end }),
                `\`${shown.replaceAll('`', '')}\` ${what}, and the step asks for no approval.`,
                {
                  ...((weight === 'light' ||
                    assured.test(description) ||
                    assured.test(wordsBefore(textOf(guide), action))) && { severity: 'hint' as const }),
                  hint: 'Add "Needs approval." to the step, and "Undo: …" if there is a way back.',
                },
              );
            }),
        ),
  );
}
