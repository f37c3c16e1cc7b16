// Array.prototype.flatMap as a plain loop: the built-in one adds each element by a call into the engine, which is
// felt in what is gone through at every keystroke.

/** What `find` gives for each of the items, in one list. */
export function collect<T, R>(items: readonly T[], find: (item: T, at: number) => readonly R[]): R[] {
  const all: R[] = [];
  for (let at = 0; at < items.length; at++) {
    const found = find(items[at] as T, at);
    // By index: most items give none or one.
    for (let each = 0; each < found.length; each++) all.push(found[each] as R);
  }
  return all;
}
