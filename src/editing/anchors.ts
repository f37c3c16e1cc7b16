// The anchors that markdown renderers make of headings, and which heading an anchor leads to.
import { allMatches, type Span } from '../base/index.ts';
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

/** All of them, in the order of the text, those that a line of its own defines too (`[runbook]: #check-the-disk`). */
export function anchorLinks(guide: Guide): readonly AnchorLink[] {
  const written = flatGuide(guide).proses.flatMap(({ links }) =>
    links.flatMap(({ target, span }): AnchorLink[] => {
      const heading = /^#./.test(target) ? headingOfAnchor(guide, target) : undefined;
      const at = heading ? placeOf(guide.text.slice(span.start, span.end), target) : -1;
      if (!heading || at < 0) return [];
      const start = span.start + at + 1;
      return [{ heading, place: { start, end: start + target.length - 1 } }];
    }),
  );
  const defined = definitions(guide);
  return defined.length === 0 ? written : [...written, ...defined].sort((a, b) => a.place.start - b.place.start);
}

/** Where a link's target stands in its source: `(#look)`, `(<#look>)`, `href="#look"`; below zero where it is spelt otherwise. */
function placeOf(source: string, target: string): number {
  for (const opener of ['(', '(<', '="', "='"]) {
    const at = source.lastIndexOf(opener + target);
    if (at >= 0) return at + opener.length;
  }
  return -1;
}

/** `[owner]: #call-the-owner` on a line of its own, and in no code. */
function definitions(guide: Guide): AnchorLink[] {
  const { codes } = flatGuide(guide);
  return allMatches(guide.text, /^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*<?(#[^\s>]+)/gm).flatMap(
    ({ 0: whole, 1: target = '', index }) => {
      const heading = headingOfAnchor(guide, target);
      const isCode = codes.some(({ span }) => span.start <= index && index < span.end);
      const end = index + whole.length;
      return heading && !isCode ? [{ heading, place: { start: end - target.length + 1, end } }] : [];
    },
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
