// The sentences of blocks and sections that have branching language, found once for each.
import { onceFor, type Span } from '../base/index.ts';
import { sentencesOf, type Block, type Prose, type Section } from '../guide/index.ts';
import { isBranching } from './branching.ts';

/** Sentences with branching language in the section's own blocks, with where their paragraph begins. */
export const branchingOf = onceFor((section: Section) => section.blocks.flatMap((block) => branchingIn(block)));

/** A sentence with branching language, and where its paragraph begins. */
export interface Branching {
  readonly paragraph: number;
  readonly text: string;
  readonly span: Span;
}

/** Such sentences of one block. */
export const branchingIn: (block: Block) => readonly Branching[] = onceFor((block) => {
  switch (block.kind) {
    case 'paragraph':
      return branchingWords(block.prose);
    case 'table':
      return block.rows.flatMap((row) => row.flatMap(branchingWords));
    case 'list':
      return block.items.flatMap(({ blocks }) => blocks.flatMap(branchingIn));
    case 'quote':
      return block.blocks.flatMap(branchingIn);
    default:
      return [];
  }
});

function branchingWords(prose: Prose): Branching[] {
  return sentencesOf(prose).flatMap(({ text, span }) =>
    isBranching(text) ? [{ paragraph: prose.span.start, text, span }] : [],
  );
}
