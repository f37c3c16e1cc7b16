// Which items of a list can stay where they are when the list is put in another order: the most that are already in order.

/** Indices of a longest rising subsequence. */
export function inOrder(places: readonly number[]): ReadonlySet<number> {
  const tails: number[] = []; // for each length, the index of the smallest last place
  const before: (number | undefined)[] = [];
  places.forEach((place, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[tails[middle] ?? 0] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    before[index] = tails[low - 1];
    tails[low] = index;
  });
  const kept = new Set<number>();
  for (let at = tails.at(-1); at !== undefined; at = before[at]) kept.add(at);
  return kept;
}
