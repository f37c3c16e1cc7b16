// The net under all rules: branching sentences inside of steps of which neither a way, nor a repeat, nor a mark was made. What a
// rule takes in hand and then puts aside is marked here, so that nothing is dropped silently.
import { collect, remember, type Coverage, type Span } from '../base/index.ts';
import type { Block, Guide } from '../guide/index.ts';
import type { NodeId } from '../plan/index.ts';
import { branchingIn, type Branching } from './branching-in.ts';
import { inSections } from './in-sections.ts';
import { withLetteredLists } from './lettered-lists.ts';
import { isDirective } from './read-directives.ts';

/** A block of a step. */
export interface Owned extends Span {
  readonly id: NodeId;
}

/**
 * Those sentences with the step they stand in. `owned`: the blocks of steps; `said`: sentences that became something; `saysOf`: the
 * conditions of a step's ways.
 */
export function leftOver(
  guide: Guide,
  owned: Coverage<Owned>,
  said: Coverage<Span>,
  saysOf: (node: NodeId) => readonly string[],
): (Branching & { readonly node: string })[] {
  return collect(branchesIn(withLetteredLists(guide.root)), ({ paragraph, text, span, listed }) => {
    // "Open a support case if any of these holds:" is said by the ways of its items.
    if (said.touches(span) || (listed && said.touches(listed))) return [];
    const node = owned.innermost(span.start)?.id;
    if (node === undefined) return [];
    const words = plain(text);
    if (saysOf(node).some((condition) => words.includes(plain(condition)))) return [];
    return [{ paragraph, text, span, node }];
  });
}

/** Branching sentences of paragraphs, with the list that one announces. */
const branchesIn = inSections(({ blocks: own }): readonly (Branching & { readonly listed: Span | null })[] => {
  const found: (Branching & { listed: Span | null })[] = [];
  const visit = (blocks: readonly Block[]): void => {
    blocks.forEach((block, index) => {
      if (block.kind === 'list') for (const item of block.items) visit(item.blocks);
      else if (block.kind === 'quote') visit(block.blocks);
      else if (block.kind === 'paragraph') {
        const next = blocks[index + 1];
        for (const one of branchingIn(block)) {
          if (isDirective(one.text)) continue;
          const announces = /:\s*$/.test(one.text) && next?.kind === 'list';
          found.push({ ...one, listed: announces ? next.span : null });
        }
      }
    });
  };
  visit(own);
  return found;
});

const plain = remember((text) => text.replace(/\s+/g, ' ').toLowerCase(), 2000);
