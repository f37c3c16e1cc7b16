// parameter.not-secret: a parameter named like a password or a key that is not declared secret, so its value is written to
// journals and output.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { isSecretName } from '../plan/index.ts';
import type { CheckInput } from './check.ts';

export function checkParameterSecrets({ guide }: CheckInput): readonly Diagnostic[] {
  return guide.frontMatter.parameters.flatMap(({ name, secret, span }) => {
    if (secret !== undefined || !isSecretName(name)) return [];
    const message = `Parameter \`${name}\` seems to be a secret, but its value is written to journals and output.`;
    return [
      makeDiagnostic('parameter.not-secret', span, message, {
        hint: 'Add `secret: true` to it, or `secret: false` if anyone may see it.',
      }),
    ];
  });
}
