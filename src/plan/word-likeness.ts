// How alike two lists of words or lines are, from 0 to 1, whatever their order.

const plainWords = new Set('a an the of to and or for in on at by with is are be it its this that if'.split(' '));

/** The words of a sentence that tell something, in small letters. */
export function tellingWords(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => !plainWords.has(word));
  return telling.length > 0 ? telling : words;
}

/** Twice the number of common items over the number of all items (Dice); 0 when either list is empty. */
export function likeness(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const left = new Map<string, number>();
  for (const item of a) left.set(item, (left.get(item) ?? 0) + 1);
  let common = 0;
  for (const item of b) {
    const count = left.get(item) ?? 0;
    if (count === 0) continue;
    left.set(item, count - 1);
    common++;
  }
  return (2 * common) / (a.length + b.length);
}
