// A part of a prose as a prose of its own, so that one paragraph can belong to several steps.
import type { Prose } from './guide.ts';
import { sourceOffset, sourceSpan } from './sentences.ts';

/** The words `plain[start, end)` with their marks; every place still leads back to the guide. */
export function cutProse(prose: Prose, start: number, end: number): Prose {
  if (start <= 0 && end >= prose.plain.length) return prose;
  const inside = <M extends { start: number; end: number }>(marks: readonly M[]): M[] =>
    marks.flatMap((mark) =>
      mark.start < end && mark.end > start
        ? [{ ...mark, start: Math.max(mark.start, start) - start, end: Math.min(mark.end, end) - start }]
        : [],
    );
  const first = { plain: 0, source: sourceOffset(prose, start) };
  const rest = prose.runs.flatMap((run) =>
    run.plain > start && run.plain < end ? [{ plain: run.plain - start, source: run.source }] : [],
  );
  return {
    plain: prose.plain.slice(start, end),
    span: sourceSpan(prose, start, end),
    runs: [first, ...rest],
    codes: inside(prose.codes),
    links: inside(prose.links),
    comments: prose.comments.flatMap((comment) =>
      (comment.at > start || start === 0) && (comment.at <= end || end >= prose.plain.length)
        ? [{ ...comment, at: comment.at - start }]
        : [],
    ),
    breaks: prose.breaks.flatMap((at) => (at >= start && at < end ? [at - start] : [])),
  };
}
