// image.no-text: an image that says nothing to whoever cannot see it: a screen reader, a terminal, a page at 3 a.m. on a phone.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { perSection } from './scope.ts';

export const checkImageText = perSection(({ proses }, text) => {
  const findings: Diagnostic[] = [];
  for (const { prose } of proses) {
    for (const { span, target } of prose.links) {
      if (!/^!\[\s*\]/.test(text.slice(span.start, span.start + 20))) continue;
      findings.push(
        makeDiagnostic('image.no-text', span, `The image \`${target.slice(0, 80)}\` has no text that stands for it.`, {
          hint: 'Say between `![` and `]` what it shows.',
        }),
      );
    }
  }
  return findings;
});
