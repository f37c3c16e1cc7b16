// Looking up places in a list that is in order, by halving.

/** For how many of `count` places `isBefore` holds, which it does for the first of them alone. */
export function countBefore(count: number, isBefore: (place: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the rising numbers are smaller than `value`. */
export function countBelow(rising: readonly number[], value: number): number {
  return countBefore(rising.length, (place) => (rising[place] ?? 0) < value);
}

/** Index of the last of the rising numbers that is not greater than `value`; 0 when all are. */
export function lastNotAbove(rising: readonly number[], value: number): number {
  return Math.max(0, countBefore(rising.length, (place) => (rising[place] ?? 0) <= value) - 1);
}
