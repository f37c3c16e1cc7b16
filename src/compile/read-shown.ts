// An error that is shown between the words that it is seen and what to do then.
import type { Block } from '../guide/index.ts';
import { cutParagraph } from './cut-paragraph.ts';
import { FlowBuilder } from './flow-builder.ts';
import { isOutput, opensWithCondition } from './list-kind.ts';
import type { IsName } from './names.ts';
import { openOption } from './open-option.ts';

/**
 * "If you see an error like this:", the error, and then what to do. Reads them as an option; the place of the last block that
 * it took, or `at` when it is no such thing.
 */
export function readShown(
  flow: FlowBuilder,
  blocks: readonly Block[],
  at: number,
  isName: IsName,
  read: (inner: FlowBuilder, blocks: readonly Block[]) => void,
): number {
  const block = blocks[at];
  const behind = blocks[at + 2];
  if (block?.kind !== 'paragraph' || behind?.kind !== 'paragraph' || !isOutput(blocks[at + 1])) return at;
  const pieces = cutParagraph(block.prose, { inItem: false, isName, followed: true });
  const piece = pieces.at(-1);
  if (piece?.kind !== 'if' || !piece.leadsIn || pieces.length > 1 || /\p{L}/u.test(piece.prose.plain)) return at;
  let end = at + 2;
  while (end < blocks.length && !opensWithCondition(blocks[end])) end++;
  const inner = new FlowBuilder(flow.depth + 1);
  read(inner, blocks.slice(at + 2, end));
  if (inner.parts[0]?.kind !== 'step') return at;
  openOption(flow, piece).append(inner);
  return end - 1;
}
