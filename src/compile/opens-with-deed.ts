// Whether a paragraph begins with something to do, or a list with nothing but such items.
import { sentencesOf, type Block } from '../guide/index.ts';
import { isDeed } from './asks-for-work.ts';
import { isIdle } from './idle-sentences.ts';
import { isImperative } from './imperative.ts';
import { isCommandItem } from './read-actions.ts';

/** "Look at the graph of free space.", or bullets of which each begins with something to do. */
export function opensWithDeed(block: Block): boolean {
  if (block.kind === 'list')
    return block.items.every((item) => isCommandItem(item) || item.blocks.slice(0, 1).some(opensWithDeed));
  if (block.kind !== 'paragraph' || /:\s*$/.test(block.prose.plain)) return false;
  const [first] = sentencesOf(block.prose);
  return first !== undefined && isImperative(first.text) && isDeed(first.text) && !isIdle(first);
}
