// "Did you mean …?": the known name nearest to one that is not known, when it is near enough to be a slip.

/** As `nearName`, among the same names again and again. Beyond what people write it stops looking: it is only a courtesy. */
export function nearNames(names: readonly string[]): (name: string) => string | null {
  let left = 20_000;
  return (name) => {
    left -= names.length;
    return left < 0 || name.length > 100 ? null : nearName(name, names);
  };
}

/** The nearest of `names`, or null when none is within a third of the longer one's length. The first of equals wins. */
export function nearName(name: string, names: readonly string[]): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const candidate of names) {
    const bound = Math.floor(Math.max(name.length, candidate.length) / 3);
    if (Math.abs(name.length - candidate.length) > bound) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= bound && distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** Least number of characters to insert, remove, replace or swap with a neighbour. */
function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (older[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    older = above;
    above = current;
  }
  return above[b.length] ?? 0;
}
