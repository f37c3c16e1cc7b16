// "In all other cases, open a ticket." as the last words below sections side by side is about all of them, though markdown puts it
// into the last. It is read as a section of its own beside them, whose heading is its first words.
import { cutProse, type Block, type Heading, type Section } from '../guide/index.ts';
import { consequentStart } from './cut-paragraph.ts';
import { paragraphOf } from './flow-builder.ts';
import { inOtherCases } from './signs.ts';

const opensOther = new RegExp(String.raw`^\W*(${inOtherCases})\s*(?:,|:)\s*(?=\S)`, 'i');
const saysOther = new RegExp(String.raw`^\W*${inOtherCases}\W*$`, 'i');
const decides = /(?:^|[.!?:]\s+)\W*(?:if|when|unless|in\s+(?:some|many|most|certain|rare|few)\s+(?:\w+\s+)?cases)\b/i;

/** True for a heading that was made of such words, or says just as much. */
export function isOfOtherCases({ prose }: Heading): boolean {
  return saysOther.test(prose.plain);
}

/** The sections with those words as one more; the same array where there are none. */
export function withClosingSection(sections: readonly Section[]): readonly Section[] {
  const last = sections.at(-1);
  const words = last?.blocks.at(-1);
  if (sections.length < 2 || !last?.heading || last.sections.length > 0 || words?.kind !== 'paragraph') return sections;
  const found = opensOther.exec(words.prose.plain);
  const own = last.blocks.slice(0, -1);
  if (found?.[1] === undefined || own.length === 0 || own.some(hasCases)) return sections;
  const { plain } = words.prose;
  const start = found[0].indexOf(found[1]);
  const prose = cutProse(words.prose, start, start + found[1].length);
  const { level } = last.heading;
  const heading: Heading = { level, prose, number: null, word: null, title: prose.plain, span: prose.span };
  const rest = cutProse(words.prose, consequentStart(plain, start + found[1].length, plain.length), plain.length);
  const end = own.at(-1)?.span.end ?? last.heading.span.end;
  return [
    ...sections.slice(0, -1),
    { ...last, blocks: own, span: { start: last.span.start, end } },
    { heading, blocks: [paragraphOf(rest)], sections: [], span: words.span },
  ];
}

/** The last section has cases of its own, which the words may be about as well. */
function hasCases(block: Block): boolean {
  if (block.kind === 'list') return block.items.some(({ blocks }) => blocks.some(hasCases));
  return block.kind === 'paragraph' && decides.test(block.prose.plain);
}
