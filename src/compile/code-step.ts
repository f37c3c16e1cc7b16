// Code to run that belongs to no step yet: a step of its own, with the words right above it.
import type { Block, Code, Plugin } from '../guide/index.ts';
import { titleOf, unnumbered, type OpenStep } from './flow-builder.ts';
import { isDirective } from './read-directives.ts';

/** The step of `blocks[at]`. `isNamed`: the heading above names it where its own words do not; else its first line does. */
export function codeStep(
  blocks: readonly Block[],
  at: number,
  code: Code | Plugin,
  isNamed: boolean,
): Omit<OpenStep, 'aliases'> {
  const from = blocks.slice(0, at).findLastIndex(({ kind }) => kind !== 'quote' && kind !== 'comment');
  const above = blocks[from];
  const { start } = code.span;
  const line = isNamed ? '' : (/\S.*/.exec(code.code)?.[0] ?? '');
  const unnamed = { title: line.trim().slice(0, 80), titleSpan: { start, end: start + 1 } };
  if (above?.kind !== 'paragraph') return { ...unnumbered, ...unnamed, blocks: [code], start };
  // "Needs approval." is said of the step, whose name is that of its heading.
  const named = isDirective(above.prose.plain) ? null : titleOf(above.prose, null);
  const words = blocks.slice(from, at);
  return { ...unnumbered, ...(named ?? unnamed), blocks: [...words, code], start: above.span.start };
}
