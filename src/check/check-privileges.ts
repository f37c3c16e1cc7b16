// action.privilege: a command that widens rights or takes a protection off, and that nobody remembers to take back.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { CheckInput } from './check.ts';
import { wideningIn } from './dangerous-commands.ts';
import { codeSpan } from './diagnose-explanation.ts';

export function checkPrivileges({ plan }: CheckInput): readonly Diagnostic[] {
  return plan.nodes.flatMap(({ actions }) =>
    actions.flatMap((action) =>
      wideningIn(action).map(({ what, start, end }) =>
        makeDiagnostic('action.privilege', codeSpan(action, { start, end }), `This command ${what}.`, {
          hint: 'Use the least that is needed, and say in the guide when it is taken back.',
        }),
      ),
    ),
  );
}
