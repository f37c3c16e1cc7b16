// One item of a list as a list of its own, whole or with other blocks: what a step takes over of a list. And lists that code broke in two.
import { keeper, onceFor } from '../base/index.ts';
import { cutProse, type Block, type Item, type List, type Paragraph } from '../guide/index.ts';
import { paragraphOf, type FlowBuilder, type OpenStep } from './flow-builder.ts';
import { isMostlyWork, isProcedureWithin, type FlowAbout } from './list-kind.ts';

const keepItem = keeper<Item, Item>();
const keepList = keeper<Item, List>();

/** The same list for the same item and blocks. */
export function itemList(list: List, item: Item, blocks: readonly Block[] = item.blocks): List {
  const one = blocks === item.blocks ? item : keepItem(item, { ...item, blocks });
  return keepList(item, { ...list, items: [one], span: item.span });
}

/** "Delete it with …" behind an item "If it is smaller, it can be deleted": what that case permits. */
export function carriesOut({ blocks: [first] }: Item, before: Item | undefined): boolean {
  const [permits] = before?.blocks ?? [];
  if (first?.kind !== 'paragraph' || permits?.kind !== 'paragraph') return false;
  const stem = permission.exec(permits.prose.plain)?.[1]?.toLowerCase();
  const verb = /^\W*(\p{L}+)\s/u.exec(first.prose.plain)?.[1]?.toLowerCase();
  return stem !== undefined && verb !== undefined && (verb === stem || verb === `${stem}e`);
}

const permission =
  /^\W*(?:if|when)\b[^.]*[,\s](?:then\s+)?(?:it|this|that|they|these|the\s+[\w-]+)\s+(?:can|may|could)\s+(?:(?:now|then|safely|also)\s+)*be\s+(\w+?)ed\W*$/i;

/** A paragraph as the one item of a list. */
export const asItem = onceFor((paragraph: Paragraph): List => ({
  kind: 'list',
  ordered: false,
  start: 1,
  items: [{ number: null, blocks: [paragraph], span: paragraph.span }],
  span: paragraph.span,
}));

/** For each block the number that its list or its words begin with; 0 for none. Code amid a list ends it in markdown. */
export function continued(blocks: readonly Block[]): number[] {
  return blocks.map((block) => {
    if (block.kind === 'list') return block.ordered ? block.start : 0;
    if (block.kind !== 'paragraph') return 0;
    return Number(/^(\d{1,3})[.)]\s/.exec(block.prose.plain)?.[1] ?? 0);
  });
}

/** "4. Restart it." as a paragraph behind what ended the list, with what stands below it: an item, and a list for it. */
export function continuing(
  { prose, span }: Paragraph,
  below: readonly Block[],
  number: number,
): { readonly list: List; readonly item: Item } {
  const marker = /^\d+[.)]\s+/.exec(prose.plain)?.[0].length ?? 0;
  const blocks = [paragraphOf(cutProse(prose, marker, prose.plain.length)), ...below];
  return { list: { kind: 'list', ordered: true, start: number, items: [], span }, item: { number, blocks, span } };
}

/** What an item is called in a list inside the item or heading `outer`: `2.1`, and `2a` where the list has letters; without one by its number alone. */
export function numberWithin(outer: string, list: List, place: number): string {
  if (outer === '') return String(place);
  return list.lettered && place <= 26 && /\d$/.test(outer)
    ? `${outer}${String.fromCharCode(96 + place)}`
    : `${outer}.${String(place)}`;
}

/** The numbered item or heading that a list inside it belongs to, when nothing else stands between. */
export function outerItem(flow: FlowBuilder): OpenStep | null {
  const { last } = flow;
  if (last?.kind !== 'step' || last.step.number === null || last.step.kind === 'part') return null;
  return last.step;
}

/** The item or heading that the items of a numbered list are steps of; null where they are its details. */
export function ownerOf(flow: FlowBuilder, list: List, about: FlowAbout): OpenStep | null {
  const outer = list.ordered ? outerItem(flow) : null;
  if (!outer) return null;
  return isProcedureWithin(list) || (isEmptyHeading(outer) && isMostlyWork(list, about)) ? outer : null;
}

/** "## Step 3: Make room" with nothing but numbered items to do: these are the steps, and a jump to the heading leads to the first. */
export function standForHeading(flow: FlowBuilder, step: OpenStep): void {
  if (!isEmptyHeading(step)) return;
  const { number, title, aliases } = step;
  flow.parts.pop();
  for (const name of [...aliases, title, `Step${number ?? ''}`, `step ${number ?? ''} ${title}`]) flow.name(name);
}

/** A numbered heading right below which nothing has been said yet. */
function isEmptyHeading({ kind, number, blocks }: OpenStep): boolean {
  return kind === 'heading' && number !== null && blocks.length === 0;
}
