// guide.unowned: front matter without an owner, so nobody is asked when the guide no longer works. A guide without any front
// matter is left alone.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { CheckInput } from './check.ts';

export function checkOwner({ guide }: CheckInput): readonly Diagnostic[] {
  const { span, owner, title, alerts, verified } = guide.frontMatter;
  if (!span || owner !== undefined || (title === undefined && alerts.length === 0 && verified === undefined)) return [];
  if (guide.diagnostics.some(({ code }) => code === 'guide.front-matter')) return [];
  return [
    makeDiagnostic('guide.unowned', { start: span.start, end: span.start + 3 }, 'The front matter names no owner.', {
      hint: 'Add `owner:` with a team or a person.',
    }),
  ];
}
