// Blocks of a chapter that was read again: those above the edit stay the same objects, so that what was found out about them
// holds on. The section they stand in is another all the same, because what belongs to it has changed.
import { commonStart } from '../base/index.ts';
import type { Chapter } from './chapter.ts';
import type { Flow } from './read-blocks.ts';

/** `flow`, read from `text`, with the blocks that the chapter at its place had before, from the first to the last before the edit. */
export function keepBlocks(flow: readonly Flow[], text: string, before: Chapter | undefined): readonly Flow[] {
  // Where a chapter holds several sections, one of them could have changed between its blocks without any of them showing it.
  if (!before || flow.some(({ kind }, at) => kind === 'heading' && at > 0)) return flow;
  const end = before.place + commonStart(before.text, text);
  let same = 0;
  for (const block of before.flow) {
    if (block.span.end > end || !isSame(block, flow[same])) break;
    same++;
  }
  return same === 0 || same === flow.length ? flow : [...before.flow.slice(0, same), ...flow.slice(same)];
}

/** Equal plain data. Blocks nest no deeper than the reader follows them. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, at) => isSame(item, b[at]));
  const keys = Object.keys(a) as (keyof typeof a)[];
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}
