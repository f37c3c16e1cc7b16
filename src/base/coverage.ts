// Many spans of one text, laid out so that it is quick to ask what covers a place.
import { countBefore as countInOrder } from './sorted.ts';
import type { Span } from './span.ts';

/** What can be asked of a layout of spans. */
export interface Coverage<T extends Span> {
  /** True when a span holds the offset. */
  readonly covers: (offset: number) => boolean;
  /** True when a span shares a character with this one. */
  readonly touches: (span: Span) => boolean;
  /** The span that begins last before the offset, or at it, when it holds it: the innermost of spans that nest. */
  readonly innermost: (offset: number) => T | null;
}

/** Lays out the spans; those that come in the order of the text already, as they mostly do, are not sorted. */
export function coverageOf<T extends Span>(spans: readonly T[]): Coverage<T> {
  const inOrder = reachOf(spans);
  const sorted = inOrder ? spans : [...spans].sort(before);
  const reach = inOrder ?? reachOf(sorted) ?? [];
  /** The last answer: offsets that are asked for mostly come in the order of the text. */
  let near = 0;
  const isBehind = (place: number, offset: number): boolean => (sorted[place]?.start ?? Infinity) >= offset;
  /** How many spans begin before the offset. */
  const countBefore = (offset: number): number => {
    let low = 0;
    let high = sorted.length;
    if (near === 0 || !isBehind(near - 1, offset)) {
      if (isBehind(near, offset)) return near;
      if (isBehind(near + 1, offset)) return ++near;
      low = near + 2;
    } else high = near - 1;
    return (near = low + countInOrder(high - low, (place) => !isBehind(low + place, offset)));
  };
  const reachBefore = (offset: number): number => reach[countBefore(offset) - 1] ?? 0;
  return {
    covers: (offset) => reachBefore(offset + 1) > offset,
    touches: ({ start, end }) => reachBefore(end) > start,
    innermost: (offset) => {
      const last = sorted[countBefore(offset + 1) - 1];
      return last !== undefined && offset < last.end ? last : null;
    },
  };
}

/** How far the spans up to each one reach; null when they are not in order. */
function reachOf(spans: readonly Span[]): readonly number[] | null {
  const reach: number[] = [];
  let farthest = 0;
  let last = -Infinity;
  let lastEnd = 0;
  for (const { start, end } of spans) {
    if (start < last || (start === last && end > lastEnd)) return null;
    if (end > farthest) farthest = end;
    reach.push(farthest);
    last = start;
    lastEnd = end;
  }
  return reach;
}

function before(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}
