// result.not-filled: a code block has `{errors.node}` or `{results.errors.rows[0].node}` in it, as if what an earlier step found were
// put there. Only parameters are; the block would be performed with these very words.
import { allMatches, collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Action } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { byAction } from './scope.ts';

/** Languages in which braces with a name and a point in them are code of their own. */
const hasBraces = /^(python|py|javascript|js|typescript|ts|powershell|pwsh|json|yaml)$/i;

export function checkResultPlaces(input: CheckInput): readonly Diagnostic[] {
  const found = referencesIn(input);
  if (found.length === 0) return [];
  const { plan } = input;
  const steps = new Set(plan.nodes.filter(({ kind }) => kind === 'step').map(({ id }) => id));
  const results = new Set(plan.nodes.flatMap(({ actions }) => actions.flatMap(({ resultName }) => resultName ?? [])));
  const isResult = (root: string, member: string | undefined): boolean =>
    root === 'steps'
      ? steps.has(member ?? '')
      : root === 'results'
        ? results.has(member ?? '')
        : steps.has(root) || results.has(root);
  return collect(found, ({ action, whole, root, member, at }) =>
    isResult(root, member) ? [told(action, whole, at)] : [],
  );
}

const referencesIn = byAction((action) =>
  hasBraces.test(action.language)
    ? []
    : allMatches(action.code, reference).map(({ 0: whole, 1: root = '', 2: member, index: at }) => ({
        action,
        whole,
        root,
        member,
        at,
      })),
);

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
