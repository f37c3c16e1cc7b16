// heading.skipped-level: a heading more than one level below the one above it, which breaks outlines and folding.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { CheckInput } from './check.ts';

export function checkHeadingLevels({ facts }: CheckInput): readonly Diagnostic[] {
  return facts.sections.flatMap(({ headings }) => {
    const heading = headings.at(-1);
    const above = headings.at(-2);
    if (!heading || !above || heading.level <= above.level + 1) return [];
    return [
      makeDiagnostic(
        'heading.skipped-level',
        heading.span,
        `The heading \`${heading.prose.plain.slice(0, 60)}\` is of level ${heading.level}, but the one above it is of level ${above.level}.`,
        {
          labels: [{ span: above.prose.span, message: `a heading of level ${above.level}` }],
          hint: `Use level ${above.level + 1}: \`${'#'.repeat(above.level + 1)}\`.`,
        },
      ),
    ];
  });
}
