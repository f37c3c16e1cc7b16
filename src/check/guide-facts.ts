// The guide laid flat, once for all checks: sections with the headings above them, blocks with what follows them, words
// with where they stand. Sentences are cut on demand and remembered.
import type { Span } from '../base/index.ts';
import {
  sentencesOf,
  type Block,
  type Guide,
  type Heading,
  type Prose,
  type Section,
  type Sentence,
} from '../guide/index.ts';

/** A section with its headings from the outermost to its own. */
export interface PlacedSection {
  readonly section: Section;
  readonly headings: readonly Heading[];
}

/** A block wherever it stands. `next` is the block that follows it on its own level; `inItem` and `inQuote` hold at any depth. */
export interface PlacedBlock {
  readonly block: Block;
  readonly place: PlacedSection;
  readonly next: Block | null;
  /** True for the last block of its section before a heading of a subsection. */
  readonly beforeHeading: boolean;
  readonly inItem: boolean;
  readonly inQuote: boolean;
}

/** Words of a heading, paragraph or cell. */
export interface PlacedProse {
  readonly prose: Prose;
  readonly kind: 'heading' | 'paragraph' | 'cell';
  readonly place: PlacedSection;
}

/** Everything that several checks ask of one guide. */
export interface GuideFacts {
  /** In the order of the text; the root comes first. */
  readonly sections: readonly PlacedSection[];
  readonly blocks: readonly PlacedBlock[];
  readonly proses: readonly PlacedProse[];
  /** Sentences of paragraphs and cells, in the order of the text. */
  readonly sentences: () => readonly Sentence[];
  /** Those of them that begin inside the span. */
  readonly sentencesIn: (span: Span) => readonly Sentence[];
  /** The innermost section that holds the offset. */
  readonly sectionAt: (offset: number) => PlacedSection;
}

export function guideFacts(guide: Guide): GuideFacts {
  const sections: PlacedSection[] = [];
  const blocks: PlacedBlock[] = [];
  const proses: PlacedProse[] = [];

  const addBlocks = (
    list: readonly Block[],
    place: PlacedSection,
    inItem: boolean,
    inQuote: boolean,
    headingAfter: boolean,
  ): void => {
    list.forEach((block, index) => {
      const next = list[index + 1] ?? null;
      blocks.push({ block, place, next, beforeHeading: next === null && headingAfter, inItem, inQuote });
      if (block.kind === 'paragraph') proses.push({ prose: block.prose, kind: 'paragraph', place });
      else if (block.kind === 'list') {
        for (const item of block.items) addBlocks(item.blocks, place, true, inQuote, false);
      } else if (block.kind === 'quote') addBlocks(block.blocks, place, inItem, true, false);
      else if (block.kind === 'table') {
        for (const cells of [block.header, ...block.rows])
          for (const prose of cells) proses.push({ prose, kind: 'cell', place });
      }
    });
  };
  const visit = (section: Section, above: readonly Heading[]): void => {
    const place = { section, headings: section.heading ? [...above, section.heading] : above };
    sections.push(place);
    if (section.heading) proses.push({ prose: section.heading.prose, kind: 'heading', place });
    addBlocks(section.blocks, place, false, false, section.sections.length > 0);
    for (const inner of section.sections) visit(inner, place.headings);
  };
  visit(guide.root, []);

  let cut: Sentence[] | null = null;
  const sentences = (): readonly Sentence[] =>
    (cut ??= proses.flatMap(({ prose, kind }) => (kind === 'heading' ? [] : sentencesOf(prose))));
  return {
    sections,
    blocks,
    proses,
    sentences,
    sentencesIn: ({ start, end }) => {
      const all = sentences();
      const found: Sentence[] = [];
      for (let at = firstFrom(all, ({ span }) => span.start, start); at < all.length; at++) {
        const sentence = all[at];
        if (!sentence || sentence.span.start >= end) break;
        found.push(sentence);
      }
      return found;
    },
    sectionAt: (offset) => {
      const after = firstFrom(sections, ({ section }) => section.heading?.span.start ?? -1, offset + 1);
      return sections[Math.max(0, after - 1)] ?? { section: guide.root, headings: [] };
    },
  };
}

/** Index of the first entry whose place is not before `offset`. */
function firstFrom<T>(list: readonly T[], placeOf: (entry: T) => number, offset: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = list[middle];
    if (entry !== undefined && placeOf(entry) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
