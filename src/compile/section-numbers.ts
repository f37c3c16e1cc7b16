// The author's numbers of sections, which the items of a list below are named after: "## 2. Find the cause" and its items 2.1, 2.2.
import { countBefore } from '../base/index.ts';
import type { Heading } from '../guide/index.ts';

/**
 * All headings in the order of the text; the number is that of the nearest section with one that the heading opens or stands in.
 * `anew`: numbers begin again below several headings ("### 1." below "Diagnosis" and below "Mitigation"), so that each is counted
 * below its heading: 1.1, 1.2, 2.1. A heading without a number is counted itself.
 */
export type Numbering = readonly {
  readonly heading: Heading;
  readonly number: string | null;
  readonly anew: boolean;
}[];

/** `numbered` are the headings whose numbers count steps. Nothing is numbered where two of them below one heading share a number. */
export function numberingOf(headings: readonly Heading[], numbered: ReadonlySet<Heading>): Numbering {
  const anew = new Set([...numbered].map(({ number }) => number)).size < numbered.size;
  const open: { heading: Heading; number: string | null }[] = [];
  /** The headings that have numbers below them and none themselves, in the order of the text. */
  const counted = new Set<Heading | null>();
  const taken = new Set<string | null>();
  let isClear = true;
  const found = headings.map((heading) => {
    while ((open.at(-1)?.heading.level ?? 0) >= heading.level) open.pop();
    const above = open.at(-1);
    let number = above?.number ?? null;
    if (numbered.has(heading)) {
      const own = heading.number;
      if (anew && own?.includes('.') === false) {
        if (number === null) counted.add(above?.heading ?? null);
        number = `${number ?? String(counted.size)}.${own}`;
      } else number = own;
      isClear &&= !taken.has(number);
      taken.add(number);
    }
    open.push({ heading, number });
    return { heading, number, anew };
  });
  return isClear ? found : [];
}

/** The number of the section that a place stands in; null where none has one. */
export function sectionNumber(numbering: Numbering, place: number): string | null {
  const above = countBefore(numbering.length, (at) => (numbering[at]?.heading.span.start ?? Infinity) <= place);
  return numbering[above - 1]?.number ?? null;
}
