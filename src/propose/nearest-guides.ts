// Finds the guides of a library that are nearest to a text, by their words: examples for a draft.
import MiniSearch from 'minisearch';

/** A guide of the library. */
export interface LibraryGuide {
  readonly file: string;
  readonly text: string;
}

/** Words of a long text that are looked for. */
const mostWords = 400;

/** The nearest first; guides that share no word are left out. Ties keep the library's order. */
export function nearestGuides(library: readonly LibraryGuide[], text: string, count: number): readonly LibraryGuide[] {
  const index = new MiniSearch<{ id: number; title: string; text: string }>({
    fields: ['title', 'text'],
    // Words of one or two letters stand in every guide.
    processTerm: (term) => (term.length > 2 ? term.toLowerCase() : null),
  });
  index.addAll(
    library.map((guide, id) => ({ id, title: /^#\s+(.*)$/m.exec(guide.text)?.[1] ?? guide.file, text: guide.text })),
  );
  const words = text.split(/\s+/).slice(0, mostWords).join(' ');
  return index
    .search(words, { boost: { title: 3 }, combineWith: 'OR' })
    .sort((a, b) => b.score - a.score || Number(a.id) - Number(b.id))
    .slice(0, count)
    .flatMap(({ id }) => library[Number(id)] ?? []);
}
