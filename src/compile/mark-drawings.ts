// Marks drawings that ask and answer but are not in the plan, with what kept them out.
import { collect, onceFor, type Span } from '../base/index.ts';
import type { Block, Code, Section } from '../guide/index.ts';
import { isBackground } from './headings.ts';
import { chartOf } from './read-chart.ts';

/** A drawing that is not in the plan. */
export interface Undrawn {
  readonly text: string;
  readonly reason: string;
  readonly span: Span;
  /** It stands in a section that explains. */
  readonly explains: boolean;
}

/** The drawings below a section, but for those that begin at one of `read`. */
export function undrawnIn(root: Section, read: ReadonlySet<number>): Undrawn[] {
  return drawingsIn(root).flatMap(({ code, reason, explains }): Undrawn[] => {
    if (read.has(code.span.start)) return [];
    const why = reason ?? (explains ? 'it stands in a section that explains' : 'no step holds it');
    return [{ text: firstWords(code.code), reason: why, span: code.contentSpan, explains }];
  });
}

interface Found {
  readonly code: Code;
  readonly reason: string | null;
  readonly explains: boolean;
}

const drawingsIn: (section: Section) => readonly Found[] = onceFor((section) => {
  const all = [...collect(section.blocks, drawingsOf), ...collect(section.sections, drawingsIn)];
  if (section.heading === null || !isBackground(section.heading)) return all;
  return all.map((found) => ({ ...found, explains: true }));
});

function drawingsOf(block: Block): Found[] {
  if (block.kind === 'list') return block.items.flatMap(({ blocks }) => blocks.flatMap(drawingsOf));
  if (block.kind === 'quote') return block.blocks.flatMap(drawingsOf);
  const reading = block.kind === 'code' ? chartOf(block, () => false) : null;
  if (block.kind !== 'code' || !reading) return [];
  return [{ code: block, reason: 'reason' in reading ? reading.reason : null, explains: false }];
}

/** The first line with a question, else the first with words; without the signs that draw. */
function firstWords(code: string): string {
  const lines = code.split('\n').map((line) => line.replace(/[\s│|┃║├└┌┐┘┬┴┼─━▼+\\`]+/gu, ' ').trim());
  return lines.find((line) => line.endsWith('?')) ?? lines.find((line) => /\p{L}/u.test(line)) ?? '';
}
