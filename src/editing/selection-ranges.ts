// What "Expand selection" takes in, from the name at the cursor outward: code, sentence, paragraph, block, step, guide.
import type { Span } from '../base/index.ts';
import { sentencesOf } from '../guide/index.ts';
import type { Analysis } from './analyze.ts';
import { flatGuide } from './flat-guide.ts';
import { occurrenceAt } from './occurrences.ts';
import { outline, type OutlineItem } from './outline.ts';

/** Spans that hold the offset, each wholly inside the next. */
export function selectionRangesAt(analysis: Analysis, offset: number): readonly Span[] {
  const { guide } = analysis;
  const holds = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const flat = flatGuide(guide);
  const found: Span[] = [{ start: 0, end: guide.text.length }];
  const name = occurrenceAt(analysis, offset)?.span;
  if (name) found.push(name);
  for (const prose of flat.proses) {
    if (!holds(prose.span)) continue;
    found.push(prose.span, ...prose.codes.map(({ span }) => span), ...prose.links.map(({ span }) => span));
    found.push(...sentencesOf(prose).map(({ span }) => span));
  }
  for (const code of flat.codes) found.push(code.contentSpan);
  found.push(...flat.blocks.map(({ span }) => span), ...flat.sections.map(({ span }) => span));
  if (guide.frontMatter.span) found.push(guide.frontMatter.span);
  const addSteps = (items: readonly OutlineItem[]): void => {
    for (const { span, children } of items) {
      if (!holds(span)) continue;
      found.push(span);
      addSteps(children);
    }
  };
  addSteps(outline(analysis));
  const nested: Span[] = [];
  for (const span of found.filter(holds).sort((a, b) => a.end - a.start - (b.end - b.start))) {
    const inner = nested.at(-1);
    if (!inner) nested.push(span);
    else if (span.start <= inner.start && inner.end <= span.end && span.end - span.start > inner.end - inner.start)
      nested.push(span);
  }
  return nested;
}
