// Spans to sources: the one place in this room that turns offsets into lines.
import type { Span } from '../base/index.ts';
import type { Guide } from '../guide/index.ts';
import type { Source } from '../plan/index.ts';

/** The source of a span; an empty last line is not counted in. */
export function sourceOf(guide: Guide, span: Span): Source {
  const last = Math.max(span.start, span.end - 1);
  return { span, startLine: guide.lines.positionAt(span.start).line, endLine: guide.lines.positionAt(last).line };
}
