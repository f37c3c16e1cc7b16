// action.privilege: a command that widens rights or takes a protection off, and that nobody remembers to take back.
import { makeDiagnostic } from '../diagnostics/index.ts';
import { perAction } from './scope.ts';
import { wideningIn } from './dangerous-commands.ts';
import { codeSpan } from './diagnose-explanation.ts';

export const checkPrivileges = perAction((action) =>
  wideningIn(action).map(({ what, start, end }) =>
    makeDiagnostic('action.privilege', codeSpan(action, { start, end }), `This command ${what}.`, {
      hint: 'Use the least that is needed, and say in the guide when it is taken back.',
    }),
  ),
);
