// "Did you mean …?": the known name nearest to one that is not known, when it is near enough to be a slip of the hand.

/** The nearest of `names`, or undefined when none is within a third of the longer one's length. Letter case counts for nothing; the first of equals wins. */
export function nearName(name: string, names: readonly string[]): string | undefined {
  if (name.length > longest) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of names) {
    const bound = Math.min(Math.floor(Math.max(name.length, candidate.length) / 3), least - 1);
    if (candidate.length > longest || Math.abs(name.length - candidate.length) > bound) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bound);
    if (distance <= bound) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

const longest = 100;

/** Least number of characters to insert, remove, replace or swap with a neighbour; gives up above `bound`. */
function editDistance(a: string, b: string, bound: number): number {
  let older: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
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
      least = Math.min(least, cost);
    }
    if (least > bound) return bound + 1;
    older = above;
    above = current;
  }
  return above[b.length] ?? 0;
}
