// result.duplicate-name: two code blocks give their results one name (`as=errors`), so the first is lost once the second has run.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Attribute } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { bySection } from './scope.ts';

export function checkResultNames(input: CheckInput): readonly Diagnostic[] {
  const first = new Map<string, Attribute>();
  return namedResults(input).flatMap((named) => {
    const before = first.get(named.value);
    if (!before) first.set(named.value, named);
    if (!before) return [];
    return [
      makeDiagnostic(
        'result.duplicate-name',
        named.span,
        `Another result is already called \`${named.value}\`; this one takes its place.`,
        {
          labels: [{ span: before.span, message: 'the first result of this name' }],
          hint: 'Give one of them another name.',
        },
      ),
    ];
  });
}

const namedResults = bySection(({ blocks }) =>
  blocks.flatMap(({ block }) => {
    const named = block.kind === 'code' ? block.attributes.find(({ name }) => name === 'as') : undefined;
    return named ? [named] : [];
  }),
);
