// "7.1 Check the node.", "7.2 If it does not answer, reset it." below "## 7. Recover the node": paragraphs, or lines of one, that go on
// counting where the heading began. Markdown knows no such list; they are read as the numbered one that their author means.
import { cutProse, type Block, type Paragraph } from '../guide/index.ts';
import { paragraphOf } from './flow-builder.ts';

/** One paragraph of those, with its number behind the heading's. */
export interface Dotted {
  readonly at: number;
  readonly number: number;
  readonly body: Paragraph;
}

const sign = /^(\d{1,2}(?:\.\d{1,2}){0,2})\.(\d{1,2})(?:[.):]|\s[–—-])?\s+(?=\S)/;

/** The blocks with a line that begins such a paragraph as a paragraph of its own. */
function linesApart(block: Block, parent: string): readonly Block[] {
  if (block.kind !== 'paragraph' || numberOf(block, parent) === null) return [block];
  const { prose } = block;
  const starts = [0, ...prose.breaks.map((at) => at + 1)].filter(
    (start, at) => at === 0 || sign.exec(prose.plain.slice(start))?.[1] === parent,
  );
  if (starts.length === 1) return [block];
  return starts.map((start, at) => paragraphOf(cutProse(prose, start, (starts[at + 1] ?? prose.plain.length + 1) - 1)));
}

/** What counts on below a heading with this number, from 1 and one after the other; null where fewer than two do. */
export function dottedIn(
  blocks: readonly Block[],
  parent: string,
): { readonly blocks: readonly Block[]; readonly dotted: readonly Dotted[] } | null {
  if (!blocks.some((block) => numberOf(block, parent) === 1)) return null;
  const apart = blocks.flatMap((block) => linesApart(block, parent));
  const dotted = apart.flatMap((block, at): readonly Dotted[] => {
    const number = numberOf(block, parent);
    if (number === null || block.kind !== 'paragraph') return [];
    const { prose } = block;
    return [
      { at, number, body: paragraphOf(cutProse(prose, sign.exec(prose.plain)?.[0].length ?? 0, prose.plain.length)) },
    ];
  });
  return dotted.length > 1 && dotted.every(({ number }, at) => number === at + 1) ? { blocks: apart, dotted } : null;
}

function numberOf(block: Block, parent: string): number | null {
  const match = block.kind === 'paragraph' ? sign.exec(block.prose.plain) : null;
  return match?.[1] === parent ? Number(match[2]) : null;
}
