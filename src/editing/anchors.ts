// The anchors that markdown renderers make of headings, and which heading an anchor leads to.
import type { Span } from '../base/index.ts';
import type { Guide, Heading } from '../guide/index.ts';
import { flatGuide } from './flat-guide.ts';

export interface HeadingAnchor {
  readonly heading: Heading;
  readonly anchor: string;
}

/** The anchor of a heading's words: lower case, blanks to dashes, other signs left out. */
export function anchorOf(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

/** Anchors in the order of the text; of two equal ones the second ends in `-1`. `wordsOf` gives headings other words. */
export function headingAnchors(
  guide: Guide,
  wordsOf: (heading: Heading) => string = ({ prose }) => prose.plain,
): readonly HeadingAnchor[] {
  const counts = new Map<string, number>();
  return flatGuide(guide).headings.map((heading) => {
    const name = anchorOf(wordsOf(heading));
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return { heading, anchor: count === 0 ? name : `${name}-${String(count)}` };
  });
}

/** A link to a heading of its own guide; `place` covers what stands behind the `#`. */
export interface AnchorLink {
  readonly heading: Heading;
  readonly place: Span;
}

/** All of them, in the order of the text. */
export function anchorLinks(guide: Guide): readonly AnchorLink[] {
  return flatGuide(guide).proses.flatMap(({ links }) =>
    links.flatMap(({ target, span }): AnchorLink[] => {
      const heading = /^#./.test(target) ? headingOfAnchor(guide, target) : undefined;
      const at = heading ? guide.text.slice(span.start, span.end).lastIndexOf(`(${target}`) : -1;
      if (!heading || at < 0) return [];
      const start = span.start + at + 2;
      return [{ heading, place: { start, end: start + target.length - 1 } }];
    }),
  );
}

interface AnchorIndex {
  readonly exact: ReadonlyMap<string, Heading>;
  readonly bare: ReadonlyMap<string, Heading>;
}

const made = new WeakMap<Guide, AnchorIndex>();

/** The heading that `#anchor` leads to: exactly, else by its letters and digits alone, as renderers differ. */
export function headingOfAnchor(guide: Guide, target: string): Heading | undefined {
  const name = decode(target.replace(/^#/, '')).toLowerCase();
  const index = indexOf(guide);
  return index.exact.get(name) ?? index.bare.get(bare(name));
}

/** Of several headings with one anchor the first counts. */
function indexOf(guide: Guide): AnchorIndex {
  const known = made.get(guide);
  if (known) return known;
  const backward = [...headingAnchors(guide)].reverse();
  const index = {
    exact: new Map(backward.map(({ anchor, heading }) => [anchor, heading])),
    bare: new Map(backward.map(({ anchor, heading }) => [bare(anchor), heading])),
  };
  made.set(guide, index);
  return index;
}

function bare(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '');
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
