// Marks footnotes that ask for something. They hold wherever words refer to them, which is not where they stand, so nothing
// in them is a step or a way.
import { collect } from '../base/index.ts';
import { sentencesOf, type Block, type Quote } from '../guide/index.ts';
import { isBranching } from './branching.ts';
import { isImperative } from './imperative.ts';
import { inSections } from './in-sections.ts';
import { hasAction } from './read-actions.ts';
import type { Undrawn } from './mark-drawings.ts';

/** Each such footnote below a section, as one mark. */
export const askingFootnotes = inSections(({ blocks }): readonly Undrawn[] =>
  collect(collect(blocks, footnotesIn), (note) => {
    const sentences = collect(note.blocks, sentencesIn);
    if (!note.blocks.some(hasAction) && !sentences.some((text) => isImperative(text) || isBranching(text))) return [];
    return [{ text: sentences.join(' '), reason: 'it stands in a footnote', span: note.span, explains: false }];
  }),
);

function footnotesIn(block: Block): readonly Quote[] {
  if (block.kind === 'list') return collect(block.items, ({ blocks }) => collect(blocks, footnotesIn));
  if (block.kind !== 'quote') return [];
  return block.footnote ? [block] : collect(block.blocks, footnotesIn);
}

function sentencesIn(block: Block): readonly string[] {
  if (block.kind === 'paragraph') return sentencesOf(block.prose).map(({ text }) => text);
  if (block.kind === 'list') return collect(block.items, ({ blocks }) => collect(blocks, sentencesIn));
  return block.kind === 'quote' ? collect(block.blocks, sentencesIn) : [];
}
