// parameter.not-secret: a parameter named like a password or a key that is not declared secret, so its value is written to
// journals and output.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { CheckInput } from './check.ts';

const secretive =
  /(?:^|[_-])(?:password|passwd|pwd|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key|(?:access|auth|bearer|api|refresh)[_-]?token)$/i;

export function checkParameterSecrets({ guide }: CheckInput): readonly Diagnostic[] {
  return guide.frontMatter.parameters.flatMap(({ name, secret, span }) => {
    if (secret !== undefined || !secretive.test(name.replace(/([a-z])([A-Z])/g, '$1_$2'))) return [];
    const message = `Parameter \`${name}\` seems to be a secret, but its value is written to journals and output.`;
    return [
      makeDiagnostic('parameter.not-secret', span, message, {
        hint: 'Add `secret: true` to it, or `secret: false` if anyone may see it.',
      }),
    ];
  });
}
