// What an edit leaves of a guide: mostly all but the blocks of one section.
import { sameItems } from '../base/index.ts';
import type { Section } from '../guide/index.ts';

/** One section before and after an edit; its heading and what stands below it are the same. */
export interface Change {
  readonly before: Section;
  readonly now: Section;
}

/** The one section whose own blocks differ, when all else is the same; null when there is none or more than one. */
export function oneChange(before: Section, now: Section): Change | null {
  if (before.heading !== now.heading || before.sections.length !== now.sections.length) return null;
  const blocks = sameItems(before.blocks, now.blocks);
  let place = -1;
  for (let at = 0; at < now.sections.length; at++) {
    if (before.sections[at] === now.sections[at]) continue;
    if (place !== -1) return null;
    place = at;
  }
  if (place === -1) return blocks ? null : { before, now };
  const [was, is] = [before.sections[place], now.sections[place]];
  return blocks && was && is ? oneChange(was, is) : null;
}
