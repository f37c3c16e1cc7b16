// Which items of a list can stay where they are when the list is put in another order: the most that are already in order.
import { countBefore } from '../base/index.ts';

/** Indices of a longest rising subsequence. */
export function inOrder(places: readonly number[]): ReadonlySet<number> {
  const tails: number[] = []; // for each length, the index of the smallest last place
  const before: (number | undefined)[] = [];
  places.forEach((place, index) => {
    const shorter = countBefore(tails.length, (length) => (places[tails[length] ?? 0] ?? 0) < place);
    before[index] = tails[shorter - 1];
    tails[shorter] = index;
  });
  const kept = new Set<number>();
  for (let at = tails.at(-1); at !== undefined; at = before[at]) kept.add(at);
  return kept;
}
