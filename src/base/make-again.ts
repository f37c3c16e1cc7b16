// Makes something of each item of a list that is mostly what it was before: what did not change is told by its identity, and
// costs no more than looking at it.

/** A list and what was made of its items, in their order. */
export interface Made<T, R> {
  readonly items: readonly T[];
  readonly results: readonly R[];
}

/**
 * The results of `make` for the items, those of items that stand where they stood being taken from `last`; the same list of results
 * when all are the same. `make` must give the same for the same item and place as it did for `last`.
 */
export function makeAgain<T, R>(
  last: Made<T, R> | undefined,
  items: readonly T[],
  make: (item: T, at: number) => R,
): Made<T, R> {
  if (last?.items === items) return last;
  if (last?.items.length !== items.length) return { items, results: items.map(make) };
  let changed: R[] | null = null;
  for (let at = 0; at < items.length; at++) {
    if (items[at] === last.items[at]) continue;
    const made = make(items[at] as T, at);
    if (made !== last.results[at]) (changed ??= [...last.results])[at] = made;
  }
  return { items, results: changed ?? last.results };
}
