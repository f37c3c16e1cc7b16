// The lines by which two texts differ, in order: `-` only in the old one, `+` only in the new one.

export interface LineChange {
  readonly sign: '-' | '+';
  readonly text: string;
}

/** Larger pairs of texts are told as wholly replaced. */
const mostCells = 1_000_000;

export function diffLines(old: string, next: string): readonly LineChange[] {
  const [a, b] = [old.split('\n'), next.split('\n')];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const before = a.slice(head, a.length - tail);
  const after = b.slice(head, b.length - tail);
  const gone = (text: string): LineChange => ({ sign: '-', text });
  const come = (text: string): LineChange => ({ sign: '+', text });
  if (before.length * after.length > mostCells) return [...before.map(gone), ...after.map(come)];

  // common[i * width + j]: most lines that before[i..] and after[j..] have in common.
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] =
        before[i] === after[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
  const changes: LineChange[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      i++;
      j++;
    } else if (
      j >= after.length ||
      (i < before.length && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    )
      changes.push(gone(before[i++] ?? ''));
    else changes.push(come(after[j++] ?? ''));
  }
  return changes;
}
