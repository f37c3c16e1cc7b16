// The guide laid flat, once for all checks: sections with the headings above them, blocks with what follows them, words
// with where they stand. Sentences are cut on demand and remembered.
import { collect, countBelow, keeperOf, onceFor, sameItems, type Span } from '../base/index.ts';
import {
  sentencesOf,
  type Block,
  type Guide,
  type Heading,
  type Prose,
  type Section,
  type Sentence,
  type Table,
} from '../guide/index.ts';

/** A section with its headings from the outermost to its own. */
export interface PlacedSection {
  readonly section: Section;
  readonly headings: readonly Heading[];
}

/**
 * A block wherever it stands. `next` is the block that follows it on its own level, `after` what is read behind it: for the last of
 * an item that is the first of the next item, or what follows the list. `inItem` and `inQuote` hold at any depth.
 */
export interface PlacedBlock {
  readonly block: Block;
  readonly place: PlacedSection;
  readonly next: Block | null;
  readonly after: Block | null;
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

/** One section's own blocks and words, without those of its subsections. The same object while nothing of it has changed. */
export interface SectionFacts {
  readonly place: PlacedSection;
  readonly blocks: readonly PlacedBlock[];
  readonly proses: readonly PlacedProse[];
  /** Sentences of its paragraphs and cells. */
  readonly sentences: () => readonly Sentence[];
}

/** Everything that several checks ask of one guide. */
export interface GuideFacts {
  /** Section by section, in the order of the text; the root comes first. */
  readonly parts: readonly SectionFacts[];
  readonly sections: readonly PlacedSection[];
  readonly blocks: readonly PlacedBlock[];
  readonly tables: readonly Table[];
  readonly proses: readonly PlacedProse[];
  /** Sentences of paragraphs and cells that begin inside the span, in the order of the text. */
  readonly sentencesIn: (span: Span) => readonly Sentence[];
  /** The innermost section that holds the offset. */
  readonly sectionAt: (offset: number) => PlacedSection;
  /** What stands from a section's heading to the next one: all text belongs to one section. */
  readonly ownSpan: (part: SectionFacts) => Span;
}

/** Laid flat once for each guide. */
export const guideFacts = onceFor((guide: Guide): GuideFacts => {
  const parts: SectionFacts[] = [];
  const visit = (section: Section, above: readonly Heading[]): void => {
    const headings = section.heading ? [...above, section.heading] : above;
    parts.push(factsOf(keepPlace(section, { section, headings })));
    for (const inner of section.sections) visit(inner, headings);
  };
  visit(guide.root, []);

  const sections = parts.map(({ place }) => place);
  /** Where each begins; the root, before all offsets. */
  const starts = sections.map(({ section }) => section.heading?.span.start ?? -1);
  let blocks: readonly PlacedBlock[] | null = null;
  let tables: readonly Table[] | null = null;
  let proses: readonly PlacedProse[] | null = null;
  /** How many sections begin before the offset. */
  const sectionsBefore = (offset: number): number => countBelow(starts, offset);
  return {
    parts,
    sections,
    get blocks() {
      return (blocks ??= collect(parts, (part) => part.blocks));
    },
    get tables() {
      return (tables ??= collect(parts, tablesIn));
    },
    get proses() {
      return (proses ??= collect(parts, (part) => part.proses));
    },
    sentencesIn: ({ start, end }) => {
      const found: Sentence[] = [];
      for (let at = Math.max(0, sectionsBefore(start + 1) - 1); at < parts.length && (starts[at] ?? 0) < end; at++)
        for (const one of parts[at]?.sentences() ?? [])
          if (start <= one.span.start && one.span.start < end) found.push(one);
      return found;
    },
    sectionAt: (offset) =>
      sections[Math.max(0, sectionsBefore(offset + 1) - 1)] ?? { section: guide.root, headings: [] },
    ownSpan: ({ place: { section } }) => {
      const start = section.heading?.span.start ?? -1;
      return { start: Math.max(0, start), end: starts[sectionsBefore(start + 1)] ?? guide.root.span.end };
    },
  };
});

const tablesIn = onceFor(({ blocks }: SectionFacts): readonly Table[] =>
  collect(blocks, ({ block }) => (block.kind === 'table' ? [block] : [])),
);

const keepPlace = keeperOf<Section, PlacedSection, PlacedSection>(
  (kept, { headings }) => sameItems(kept.headings, headings),
  (made) => made,
);

const factsOf = onceFor((place: PlacedSection): SectionFacts => {
  const blocks: PlacedBlock[] = [];
  const proses: PlacedProse[] = [];
  const { section } = place;
  const add = (
    list: readonly Block[],
    inItem: boolean,
    inQuote: boolean,
    headingAfter: boolean,
    behind: Block | null,
  ): void => {
    list.forEach((block, index) => {
      const next = list[index + 1] ?? null;
      const after = next ?? behind;
      blocks.push({ block, place, next, after, beforeHeading: next === null && headingAfter, inItem, inQuote });
      if (block.kind === 'paragraph') proses.push({ prose: block.prose, kind: 'paragraph', place });
      else if (block.kind === 'list') {
        block.items.forEach((item, at) => {
          add(item.blocks, true, inQuote, false, block.items[at + 1]?.blocks[0] ?? after);
        });
      } else if (block.kind === 'quote') add(block.blocks, inItem, true, false, after);
      else if (block.kind === 'table') {
        for (const cells of [block.header, ...block.rows])
          for (const prose of cells) proses.push({ prose, kind: 'cell', place });
      }
    });
  };
  if (section.heading) proses.push({ prose: section.heading.prose, kind: 'heading', place });
  add(section.blocks, false, false, section.sections.length > 0, null);
  let cut: readonly Sentence[] | null = null;
  const sentences = (): readonly Sentence[] =>
    (cut ??= collect(proses, ({ prose, kind }) => (kind === 'heading' ? [] : sentencesOf(prose))));
  return { place, blocks, proses, sentences };
});
