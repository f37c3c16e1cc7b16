// What can be folded beyond what markdown's own folding knows: the front matter, whole steps and `<PLUGIN_n>` blocks.
import type { Span } from '../base/index.ts';
import { flatGuide } from './flat-guide.ts';
import type { Analysis } from './analyze.ts';
import { outline, type OutlineItem } from './outline.ts';

/** From the first to the last of a fold's text; folds of one line are left out. */
export function folds(analysis: Analysis): readonly Span[] {
  const { guide } = analysis;
  const found: Span[] = guide.frontMatter.span ? [guide.frontMatter.span] : [];
  const addSteps = (items: readonly OutlineItem[]): void => {
    for (const { kind, span, children } of items) {
      if (kind === 'step') found.push(span);
      addSteps(children);
    }
  };
  addSteps(outline(analysis));
  for (const code of flatGuide(guide).codes) found.push(code.span);
  return found
    .filter(
      ({ start, end }) => guide.lines.positionAt(start).line < guide.lines.positionAt(Math.max(start, end - 1)).line,
    )
    .sort((a, b) => a.start - b.start || b.end - a.end);
}
