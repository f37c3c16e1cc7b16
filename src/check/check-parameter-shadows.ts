// parameter.shadowed: code gives a value of its own to a variable that is called like a declared parameter, so in this block the
// value of the run counts for nothing. Handing the parameter over (`region="{region}"`) is no shadow.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { CheckInput } from './check.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { matchLines } from './line-patterns.ts';
import { byAction } from './scope.ts';

const posix =
  /(?<=^|[;&|(]|\b(?:export|local|readonly|declare))[ \t]*\b([A-Za-z_]\w*)=(?!=)("[^"]*"|'[^']*'|[^\s;&|]*)/g;
const windows =
  /(?<=^|[;{(])[ \t]*(?:\[[\w.]{1,60}(?:\[\])?\][ \t]*)?\$(?:script:|global:)?([A-Za-z_]\w*)[ \t]*=(?!=)[ \t]*([^;\n]*)/g;

const windowsShells = /^(?:powershell|pwsh|ps1?)$/;

export function checkParameterShadows(input: CheckInput): readonly Diagnostic[] {
  const { plan } = input;
  const declared = new Map(
    plan.guide.parameters.flatMap((parameter) =>
      parameter.origin === 'declared' && parameter.source ? [[parameter.name, parameter.source.span] as const] : [],
    ),
  );
  if (declared.size === 0) return [];
  const named = new Map([...declared].map(([name, span]) => [name.toLowerCase(), span]));
  return collect(assignedIn(input), ({ action, name, start }) => {
    // To PowerShell, `$Region` and `$region` are one.
    const isWindows = windowsShells.test(action.language);
    const span = (isWindows ? named.get(name.toLowerCase()) : undefined) ?? declared.get(name);
    if (!span) return [];
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
}

/**
 * Variables that are set to a value of their own: not made of a parameter, of another variable, or of what a command says. In one
 * action, each name once.
 */
const assignedIn = byAction((action) => {
  const { language, code } = action;
  const pattern = /^(?:bash|sh|shell|zsh)$/.test(language) ? posix : windowsShells.test(language) ? windows : null;
  if (!pattern) return [];
  const found = new Map<string, number>();
  for (const { match, index } of matchLines(code, pattern)) {
    const [whole, name = '', value = ''] = match;
    if (value !== '' && !/[{<$`(]/.test(value) && !found.has(name)) found.set(name, index + whole.indexOf(name));
  }
  return Array.from(found, ([name, start]) => ({ action, name, start }));
});
