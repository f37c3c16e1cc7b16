// "If it is too small, enlarge the volume." above a numbered list of which one item is "Enlarge the volume to the size …": the list
// says how that is done, as if a colon stood before it. Who has read the sentence would else enlarge it twice, and everybody once.
import { sentencesOf, type Block } from '../guide/index.ts';
import { contentWords } from './content-words.ts';
import type { Piece } from './cut-paragraph.ts';
import { isImperative } from './imperative.ts';

/** The pieces of a paragraph; the last of them leads into the list behind it when that says how. */
export function withHow(pieces: readonly Piece[], next: Block | undefined): readonly Piece[] {
  const last = pieces.at(-1);
  if (next?.kind !== 'list' || !next.ordered || next.start !== 1 || last?.kind !== 'if') return pieces;
  const { condition, prose, acts, leadsIn, trailing } = last;
  if (condition.kind !== 'if' || !acts || leadsIn || trailing || sentencesOf(prose).length > 1) return pieces;
  const asked = deed(prose.plain);
  const isRepeated = next.items.some(({ blocks: [first] }) => {
    const own = first?.kind === 'paragraph' && asked !== null ? deed(first.prose.plain) : null;
    return asked !== null && own?.verb === asked.verb && [...asked.thing].every((word) => own.thing.has(word));
  });
  return isRepeated ? [...pieces.slice(0, -1), { ...last, leadsIn: true }] : pieces;
}

/** "expand", "the volume", and no more of "Expand the volume to its size." */
function deed(words: string): { readonly verb: string; readonly thing: ReadonlySet<string> } | null {
  const [, verb, rest] = /^\W*(\p{L}+)\s+([^,.;:()]+)/u.exec(words) ?? [];
  if (verb === undefined || rest === undefined || !isImperative(words)) return null;
  const thing = contentWords(
    rest.split(/\s(?:to|of|in|on|for|with|from|by|into|at|as|and|or|until|so)\s/i, 1)[0] ?? '',
  );
  return thing.size > 0 ? { verb: verb.toLowerCase(), thing } : null;
}
