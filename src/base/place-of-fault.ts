// Where a fault of YAML lies: its reader finds what is not closed only where the text ends, and a person looks for its beginning.
import { allMatches } from './all-matches.ts';

/** The offset at which the fault is shown: the quote or bracket that nothing closes, else where the reader stopped. */
export function placeOfFault(
  { message, pos }: { readonly message: string; readonly pos: readonly [number, number] },
  yaml: string,
): number {
  const mark = /^Missing closing (["'])/.exec(message)?.[1];
  if (mark === undefined) return /\bFlow (?:sequence|map)\b/.test(message) ? openList(yaml, pos[0]) : pos[0];
  const open = new RegExp(`^[^#\\n]*?[:\\-[,{][ \\t]*(${mark})(?:(?!${mark})[^\\n])*$`, 'gm');
  const places = allMatches(yaml, open).map(({ index }) => yaml.indexOf(mark, index));
  return places.find((at) => at < pos[0] && !closes(yaml.slice(at + 1, pos[0]), mark)) ?? places[0] ?? pos[0];
}

/** True when the mark stands in the text of a quote, and not as a part of it (`\"`, `''`). */
function closes(text: string, mark: string): boolean {
  return text.replace(mark === '"' ? /\\[^]/g : /''/g, '').includes(mark);
}

/** A `[` or `{` that its own line does not close is missed on the line below it. */
function openList(yaml: string, at: number): number {
  const line = /(?:^|\n)([^\n]*)\n[ \t]*$/.exec(yaml.slice(0, at))?.[1] ?? '';
  const open = Math.max(line.lastIndexOf('['), line.lastIndexOf('{'));
  return open < 0 || /[\]}]/.test(line.slice(open))
    ? at
    : yaml.slice(0, at).trimEnd().length - line.trimEnd().length + open;
}
