// Links that markdown does not know: codes of findings in `<!-- tsg-disable … -->` lead to their pages, inline code that names
// another guide's file leads to it.
import type { Span } from '../base/index.ts';
import { catalogue, type DiagnosticCode } from '../diagnostics/index.ts';
import { silencingComments } from '../check/index.ts';
import type { Analysis } from './analyze.ts';
import { flatGuide } from './flat-guide.ts';

export type GuideLink =
  | { readonly kind: 'code'; readonly code: DiagnosticCode; readonly span: Span }
  /** `path` is relative to the guide's folder, as written. */
  | { readonly kind: 'file'; readonly path: string; readonly span: Span };

export function guideLinks({ guide }: Analysis): readonly GuideLink[] {
  const codes = silencingComments(guide)
    .flatMap((comment) => comment.codes)
    .flatMap(({ code, span }): GuideLink[] => (isCode(code) ? [{ kind: 'code', code, span }] : []));
  const files = flatGuide(guide).proses.flatMap(({ plain, codes: marks, links }) =>
    marks.flatMap(({ start, end, span }): GuideLink[] => {
      const path = plain.slice(start, end);
      const linked = links.some((link) => link.span.start <= span.start && span.end <= link.span.end);
      if (linked || !/^(?:[\w.-]+\/|\.\.?\/)*[\w.-]+\.md$/.test(path)) return [];
      const from = guide.text.indexOf(path, span.start);
      // The name alone, without its back-ticks.
      return [{ kind: 'file', path, span: { start: from, end: from + path.length } }];
    }),
  );
  return [...codes, ...files].sort((a, b) => a.span.start - b.span.start);
}

/** The code of a finding that the offset stands on. */
export function codeAt(
  analysis: Analysis,
  offset: number,
): { readonly code: DiagnosticCode; readonly span: Span } | null {
  const found = guideLinks(analysis).find(
    ({ kind, span }) => kind === 'code' && span.start <= offset && offset <= span.end,
  );
  return found?.kind === 'code' ? found : null;
}

function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(catalogue, code);
}
