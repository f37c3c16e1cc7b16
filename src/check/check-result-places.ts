// result.not-filled: a code block has `{errors.node}` or `{results.errors.rows[0].node}` in it, as if what an earlier step found were
// put there. Only parameters are; the block would be performed with these very words.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Action } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { codeSpan } from './diagnose-explanation.ts';

/** Languages in which braces with a name and a point in them are code of their own. */
const hasBraces = /^(python|py|javascript|js|typescript|ts|powershell|pwsh|json|yaml)$/i;

export function checkResultPlaces({ plan }: CheckInput): readonly Diagnostic[] {
  const steps = new Set(plan.nodes.filter(({ kind }) => kind === 'step').map(({ id }) => id));
  const results = new Set(plan.nodes.flatMap(({ actions }) => actions.flatMap(({ resultName }) => resultName ?? [])));
  const isResult = (root: string, member: string | undefined): boolean =>
    root === 'steps'
      ? steps.has(member ?? '')
      : root === 'results'
        ? results.has(member ?? '')
        : steps.has(root) || results.has(root);
  return collect(plan.nodes, ({ actions }) =>
    collect(actions, (action) =>
      hasBraces.test(action.language)
        ? []
        : [...action.code.matchAll(reference)].flatMap((found) => {
            const [whole, root = '', member] = found;
            return isResult(root, member) ? [told(action, whole, found.index)] : [];
          }),
    ),
  );
}

/** `{failed.node}`, `{{ results.failed.rows[0].node }}`, `{Step1.rows[0].node}`. */
const reference = /(?<![$\w{])\{{1,2}[ \t]*([A-Za-z_]\w*)(?:\.(\w+)|\[)[^{}\n]{0,80}\}{1,2}/g;

function told(action: Action, whole: string, at: number): Diagnostic {
  const column = /([A-Za-z_]\w*)\W*$/.exec(whole)?.[1] ?? 'value';
  return makeDiagnostic(
    'result.not-filled',
    codeSpan(action, { start: at, end: at + whole.length }),
    `\`${whole}\` is performed as it stands: what a step found is put into no action, only parameters are.`,
    {
      hint: `Write \`{${column}}\`, and above the block "Retrieve the following parameters:" and a list with \`${column}\`: whoever runs the guide is asked for it there, with what was found before.`,
    },
  );
}
