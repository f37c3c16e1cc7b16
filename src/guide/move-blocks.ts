// Blocks at another place of a text: the same words, every span moved by the same distance.
import type { Span } from '../base/index.ts';
import type { Block, CodeText, Item, Prose } from './guide.ts';
import type { Flow } from './read-blocks.ts';

/** `flow` with every offset `by` greater; the given blocks stay as they are. */
export function moveFlow(flow: readonly Flow[], by: number): readonly Flow[] {
  if (by === 0) return flow;
  return flow.map((block) =>
    block.kind === 'heading'
      ? { ...block, prose: moveProse(block.prose, by), span: moveSpan(block.span, by) }
      : moveBlock(block, by),
  );
}

function moveSpan(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}

function moveBlocks(blocks: readonly Block[], by: number): Block[] {
  return blocks.map((block) => moveBlock(block, by));
}

function moveBlock(block: Block, by: number): Block {
  const span = moveSpan(block.span, by);
  switch (block.kind) {
    case 'paragraph':
      return { ...block, prose: moveProse(block.prose, by), span };
    case 'list':
      return {
        ...block,
        items: block.items.map((item): Item => ({
          ...item,
          blocks: moveBlocks(item.blocks, by),
          span: moveSpan(item.span, by),
        })),
        span,
      };
    case 'code':
      return {
        ...block,
        attributes: block.attributes.map((one) => ({ ...one, span: moveSpan(one.span, by) })),
        span,
        ...moveCode(block, by),
      };
    case 'plugin':
      return { ...block, span, ...moveCode(block, by) };
    case 'table':
      return {
        ...block,
        header: block.header.map((cell) => moveProse(cell, by)),
        rows: block.rows.map((row) => row.map((cell) => moveProse(cell, by))),
        span,
      };
    case 'quote':
      return { ...block, blocks: moveBlocks(block.blocks, by), span };
    case 'html':
    case 'comment':
      return { ...block, span };
  }
}

function moveCode(block: CodeText, by: number): Pick<CodeText, 'contentSpan' | 'lineOffsets'> {
  return { contentSpan: moveSpan(block.contentSpan, by), lineOffsets: block.lineOffsets.map((at) => at + by) };
}

function moveProse(prose: Prose, by: number): Prose {
  const moveMark = <M extends { readonly span: Span }>(mark: M): M => ({ ...mark, span: moveSpan(mark.span, by) });
  return {
    plain: prose.plain,
    span: moveSpan(prose.span, by),
    runs: prose.runs.map(({ plain, source }) => ({ plain, source: source + by })),
    codes: prose.codes.map(moveMark),
    links: prose.links.map(moveMark),
    comments: prose.comments.map(moveMark),
    breaks: prose.breaks,
  };
}
