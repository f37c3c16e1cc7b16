// One item of a list as a list of its own, whole or with other blocks: what a step takes over of a list.
import { keeper } from '../base/index.ts';
import type { Block, Item, List } from '../guide/index.ts';

const keepItem = keeper<Item, Item>();
const keepList = keeper<Item, List>();

/** The same list for the same item and blocks. */
export function itemList(list: List, item: Item, blocks: readonly Block[] = item.blocks): List {
  const one = blocks === item.blocks ? item : keepItem(item, { ...item, blocks });
  return keepList(item, { ...list, items: [one], span: item.span });
}
