// parameter.unused: a declared parameter that no action, guard or sentence uses, so whoever runs the guide is asked for
// nothing. A guide without actions is left alone: there the engineer uses the values by hand. Where a fixed value stands in its
// place, query.hard-coded tells both.
import { slice } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { textOf, type Guide } from '../guide/index.ts';
import type { Parameter } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { parametersMeant } from './check-hard-coded.ts';
import { idleParameters } from './idle-parameters.ts';

export function checkUnusedParameters(input: CheckInput): readonly Diagnostic[] {
  const { guide } = input;
  const idle = idleParameters(input);
  if (idle.length === 0) return [];
  const meant = new Set(parametersMeant(input, idle).values());
  return idle.flatMap((parameter) => {
    const { name, source } = parameter;
    if (!source || meant.has(name)) return [];
    const message = `Parameter \`${name}\` is declared, but no action, condition or sentence uses it.`;
    return [
      makeDiagnostic('parameter.unused', nameSpan(guide, parameter) ?? source.span, message, {
        hint: 'Use it in an action, or remove it.',
      }),
    ];
  });
}

/** Only the name inside the declaration, when it stands there as declared. */
function nameSpan(guide: Guide, { name, source }: Parameter): { start: number; end: number } | null {
  if (!source) return null;
  const at = slice(textOf(guide), source.span).indexOf(name);
  return at < 0 ? null : { start: source.span.start + at, end: source.span.start + at + name.length };
}
