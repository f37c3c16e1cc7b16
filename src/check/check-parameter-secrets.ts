// parameter.not-secret: a parameter named like a password or a key that is not declared secret, so its value is written to
// journals and output.
import { allMatches, nearName, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { textOf, type Guide } from '../guide/index.ts';
import { isSecretName } from '../plan/index.ts';
import type { CheckInput } from './check.ts';

export function checkParameterSecrets({ guide }: CheckInput): readonly Diagnostic[] {
  return guide.frontMatter.parameters.flatMap(({ name, secret, span }) => {
    if (secret !== undefined || !isSecretName(name) || saysSecret(guide, span)) return [];
    const message = `Parameter \`${name}\` seems to be a secret, but its value is written to journals and output.`;
    return [
      makeDiagnostic('parameter.not-secret', span, message, {
        hint: 'Add `secret: true` to it, or `secret: false` if anyone may see it.',
      }),
    ];
  });
}

/** The entry has a key that is nearly `secret`, which guide.unknown-key tells. */
function saysSecret(guide: Guide, { end }: Span): boolean {
  const behind = textOf(guide).slice(end, Math.min(end + 600, guide.frontMatter.span?.end ?? end));
  const entry = behind.split(/^[ \t]*- |^\w/m, 1)[0] ?? '';
  return allMatches(entry, /\b(\w+)[ \t]*:/g).some(([, key = '']) => nearName(key, ['secret']) !== undefined);
}
