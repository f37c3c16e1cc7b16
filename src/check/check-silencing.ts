// silence.unknown-code: a comment to the checker names a code that nobody reports, so it silences nothing.
import { nearName } from '../base/index.ts';
import { catalogue, makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { CheckInput } from './check.ts';
import { silencingComments } from './settle-diagnostics.ts';

export function checkSilencing({ guide, facts }: CheckInput): readonly Diagnostic[] {
  return silencingComments(guide, facts).flatMap(({ codes }) =>
    codes.flatMap(({ code, span }) => {
      if (Object.hasOwn(catalogue, code)) return [];
      const near = code.length > 60 ? undefined : nearName(code, Object.keys(catalogue));
      return [
        makeDiagnostic('silence.unknown-code', span, `\`${code}\` is no finding, so this comment silences nothing.`, {
          hint:
            near === undefined ? 'Copy the code from the finding, such as `step.loop`.' : `Did you mean \`${near}\`?`,
          fixes: near === undefined ? [] : [{ title: `Change to \`${near}\``, edits: [{ span, newText: near }] }],
        }),
      ];
    }),
  );
}
