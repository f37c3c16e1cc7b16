// "502 only → see **Upstream down**", "503 only → see **Overload**" before anything else: a guide that opens with where to go in which case.
import { sentencesOf, type Block, type List } from '../guide/index.ts';
import { decidesAway } from './cut-paragraph.ts';
import { titleOf, unnumbered, type OpenStep } from './flow-builder.ts';
import type { FlowAbout } from './list-kind.ts';
import { readJump } from './read-jump.ts';

/** True for a list of which two or more items, and most of them, lead to a place of the guide in a case. */
export function isIndex({ items }: List, { isName }: Pick<FlowAbout, 'isName'>): boolean {
  const leading = items.filter(
    ({ blocks: [first] }) =>
      first?.kind === 'paragraph' &&
      decidesAway(first.prose, isName) &&
      sentencesOf(first.prose).some((sentence) => readJump(sentence, isName) !== null),
  );
  return leading.length > 1 && leading.length * 2 > items.length;
}

/** The step that chooses: it is called by the words above the list. */
export function indexStep(list: List, above: Block | undefined): Omit<OpenStep, 'aliases'> {
  const lead = above?.kind === 'paragraph' ? above : null;
  const title = lead
    ? titleOf(lead.prose, sentencesOf(lead.prose).at(-1) ?? null)
    : { title: 'Which of these holds', titleSpan: list.items[0]?.span ?? list.span };
  return { ...unnumbered, ...title, blocks: lead ? [lead, list] : [list], start: (lead ?? list).span.start };
}
