// The author's numbers of sections, which the items of a list below are named after: "## 2. Find the cause" and its items 2.1, 2.2.
import { countBefore } from '../base/index.ts';
import type { Heading } from '../guide/index.ts';

/** All headings in the order of the text; the number is that of the nearest section with one that the heading opens or stands in. */
export type Numbering = readonly { readonly heading: Heading; readonly number: string | null }[];

/** `numbered` are the headings whose numbers count steps. Nothing is numbered where two of them share a number: they count anew. */
export function numberingOf(headings: readonly Heading[], numbered: ReadonlySet<Heading>): Numbering {
  if (new Set([...numbered].map(({ number }) => number)).size < numbered.size) return [];
  const open: { level: number; number: string | null }[] = [];
  return headings.map((heading) => {
    const { level } = heading;
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    const number = numbered.has(heading) ? heading.number : (open.at(-1)?.number ?? null);
    open.push({ level, number });
    return { heading, number };
  });
}

/** The number of the section that a place stands in; null where none has one. */
export function sectionNumber(numbering: Numbering, place: number): string | null {
  const above = countBefore(numbering.length, (at) => (numbering[at]?.heading.span.start ?? Infinity) <= place);
  return numbering[above - 1]?.number ?? null;
}
