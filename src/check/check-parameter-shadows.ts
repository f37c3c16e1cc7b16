// parameter.shadowed: code gives a value of its own to a variable that is called like a declared parameter, so in this block the
// value of the run counts for nothing. Handing the parameter over (`region="{region}"`) is no shadow.
import { onceFor } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Action } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { matchLines } from './line-patterns.ts';

const posix =
  /(?<=^|[;&|(]|\b(?:export|local|readonly|declare))[ \t]*\b([A-Za-z_]\w*)=(?!=)("[^"]*"|'[^']*'|[^\s;&|]*)/g;
const windows =
  /(?<=^|[;{(])[ \t]*(?:\[[\w.]{1,60}(?:\[\])?\][ \t]*)?\$(?:script:|global:)?([A-Za-z_]\w*)[ \t]*=(?!=)[ \t]*([^;\n]*)/g;

const windowsShells = /^(?:powershell|pwsh|ps1?)$/;

export function checkParameterShadows({ plan }: CheckInput): readonly Diagnostic[] {
  const declared = new Map(
    plan.guide.parameters.flatMap((parameter) =>
      parameter.origin === 'declared' && parameter.source ? [[parameter.name, parameter.source.span] as const] : [],
    ),
  );
  if (declared.size === 0) return [];
  const named = new Map([...declared].map(([name, span]) => [name.toLowerCase(), span]));
  return plan.nodes.flatMap(({ actions }) =>
    actions.flatMap((action) => {
      const told = new Set<string>();
      // To PowerShell, `$Region` and `$region` are one.
      const isWindows = windowsShells.test(action.language);
      return assignedIn(action).flatMap(({ name, start }) => {
        const span = (isWindows ? named.get(name.toLowerCase()) : undefined) ?? declared.get(name);
        if (!span || told.has(name)) return [];
        told.add(name);
        return [
          makeDiagnostic(
            'parameter.shadowed',
            codeSpan(action, { start, end: start + name.length }),
            `The code sets \`${name}\` itself, so the parameter of that name counts for nothing here.`,
            {
              labels: [{ span, message: 'the parameter' }],
              hint: `Write \`${name}="{${name}}"\`, or give the variable another name.`,
            },
          ),
        ];
      });
    }),
  );
}

/** Variables that are set to a value of their own: not made of a parameter, of another variable, or of what a command says. */
const assignedIn = onceFor(
  ({ language, code }: Action): readonly { readonly name: string; readonly start: number }[] => {
    const pattern = /^(?:bash|sh|shell|zsh)$/.test(language) ? posix : windowsShells.test(language) ? windows : null;
    if (!pattern) return [];
    return [...matchLines(code, pattern)].flatMap(({ match, index }) => {
      const [whole, name = '', value = ''] = match;
      return value === '' || /[{<$`(]/.test(value) ? [] : [{ name, start: index + whole.indexOf(name) }];
    });
  },
);
