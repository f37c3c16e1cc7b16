// The author's numbers of sections, which the items of a list below are named after: "## 2. Find the cause" and its items 2.1, 2.2.
import { countBefore } from '../base/index.ts';
import type { Heading } from '../guide/index.ts';

/**
 * All headings in the order of the text; the number is that of the nearest section with one that the heading opens or stands in.
 * `anew`: numbers begin again below several headings ("### 1." below "Diagnosis" and below "Mitigation"), so that each is counted
 * below its heading, which is counted itself: 1.1, 1.2, 2.1.
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
  /** The numbers below each heading that has some, in the order of the text. */
  const counted = new Map<Heading | null, Set<string | null>>();
  let isClear = true;
  const found = headings.map((heading) => {
    while ((open.at(-1)?.heading.level ?? 0) >= heading.level) open.pop();
    let number = open.at(-1)?.number ?? null;
    if (numbered.has(heading)) {
      ({ number } = heading);
      if (anew) {
        const above = open.at(-1)?.heading ?? null;
        const known = counted.get(above) ?? new Set();
        if (known.has(number) || !/^\d+$/.test(number ?? '')) isClear = false;
        counted.set(above, known.add(number));
        number = `${String([...counted.keys()].indexOf(above) + 1)}.${number ?? ''}`;
      }
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
