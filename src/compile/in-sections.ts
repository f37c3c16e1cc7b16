// What is found section by section, gathered for whole parts of a guide: after an edit only the sections that hold it are gone through.
import { collect, onceFor } from '../base/index.ts';
import type { Section } from '../guide/index.ts';

/** What `own` finds in a section itself and then in those below it, in the order of the text; remembered by section. `own` is pure. */
export function inSections<T>(own: (section: Section) => readonly T[]): (section: Section) => readonly T[] {
  const all: (section: Section) => readonly T[] = onceFor((section) => {
    const mine = own(section);
    const below = collect(section.sections, all);
    return below.length === 0 ? mine : mine.length === 0 ? below : [...mine, ...below];
  });
  return all;
}

/** The same for texts, each of which is found once, where it stands first. */
export function textsInSections(own: (section: Section) => readonly string[]): (section: Section) => readonly string[] {
  const all: (section: Section) => readonly string[] = onceFor((section) => {
    const mine = own(section);
    const below = collect(section.sections, all);
    return below.length === 0 && mine.length < 2 ? mine : [...new Set([...mine, ...below])];
  });
  return all;
}
