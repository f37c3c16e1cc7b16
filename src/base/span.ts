// Spans: half-open ranges of UTF-16 code units in one text, the only way places are told inside the core.
// Lines and columns appear at the edges (see line-index.ts).

/**
 * Half-open range `[start, end)` of UTF-16 offsets.
 *
 *     go to `Step 4`
 *           ^^^^^^^^  a span covers exactly the characters it names, back-ticks included when they belong to it
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** True when `offset` is inside the span or at its end (a cursor after the last character is still "in" it). */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** True when `inner` lies wholly inside `outer`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The smallest span that covers both. */
export function cover(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** A text of which only parts are asked for: a string, or one that is not put together before someone needs all of it. */
export interface Text {
  slice(start: number, end?: number): string;
}

/** The characters of `text` that the span names. */
export function slice(text: Text, span: Span): string {
  return text.slice(span.start, span.end);
}
