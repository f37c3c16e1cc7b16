// The guide laid flat for the features that look at all of it: every block wherever it stands, and all words. Made once a guide.
import type { Block, Code, Guide, Heading, Plugin, Prose, Section } from '../guide/index.ts';

/** In the order of the text. */
export interface FlatGuide {
  readonly sections: readonly Section[];
  readonly headings: readonly Heading[];
  readonly blocks: readonly Block[];
  readonly proses: readonly Prose[];
  readonly codes: readonly (Code | Plugin)[];
}

const made = new WeakMap<Guide, FlatGuide>();

/** The flat form of a guide; remembered. */
export function flatGuide(guide: Guide): FlatGuide {
  const known = made.get(guide);
  if (known) return known;
  const flat = flatten(guide);
  made.set(guide, flat);
  return flat;
}

function flatten(guide: Guide): FlatGuide {
  const sections: Section[] = [];
  const headings: Heading[] = [];
  const blocks: Block[] = [];
  const proses: Prose[] = [];
  const codes: (Code | Plugin)[] = [];
  const addBlock = (block: Block): void => {
    blocks.push(block);
    switch (block.kind) {
      case 'paragraph':
        proses.push(block.prose);
        break;
      case 'list':
        for (const item of block.items) for (const inner of item.blocks) addBlock(inner);
        break;
      case 'quote':
        for (const inner of block.blocks) addBlock(inner);
        break;
      case 'table':
        for (const cells of [block.header, ...block.rows]) for (const cell of cells) proses.push(cell);
        break;
      case 'code':
      case 'plugin':
        codes.push(block);
        break;
      case 'html':
      case 'comment':
        break;
    }
  };
  const visit = (section: Section): void => {
    sections.push(section);
    if (section.heading) {
      headings.push(section.heading);
      proses.push(section.heading.prose);
    }
    for (const block of section.blocks) addBlock(block);
    for (const inner of section.sections) visit(inner);
  };
  visit(guide.root);
  return { sections, headings, blocks, proses, codes };
}
