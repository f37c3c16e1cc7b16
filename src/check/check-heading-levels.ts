// heading.skipped-level: a heading more than one level below the one above it, which breaks outlines and folding. Headings side by
// side that all skip it are one finding, at the first.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Heading } from '../guide/index.ts';
import type { CheckInput } from './check.ts';

export function checkHeadingLevels({ facts }: CheckInput): readonly Diagnostic[] {
  const runs = new Map<Heading, Heading[]>();
  for (const { headings } of facts.sections) {
    const heading = headings.at(-1);
    const above = headings.at(-2);
    if (!heading || !above || heading.level <= above.level + 1) continue;
    const run = runs.get(above);
    if (run) run.push(heading);
    else runs.set(above, [heading]);
  }
  return [...runs].flatMap(([above, [heading, ...others]]) => {
    if (!heading) return [];
    return [
      makeDiagnostic(
        'heading.skipped-level',
        heading.span,
        `The heading \`${heading.prose.plain.slice(0, 60)}\` is of level ${heading.level}, but the one above it is of level ${above.level}.`,
        {
          labels: [
            { span: above.prose.span, message: `a heading of level ${above.level}` },
            ...others.slice(0, 20).map(({ span, level }) => ({ span, message: `of level ${level} too` })),
          ],
          hint: `Use level ${above.level + 1}: \`${'#'.repeat(above.level + 1)}\`.`,
        },
      ),
    ];
  });
}
