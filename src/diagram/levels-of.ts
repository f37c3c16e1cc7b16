// Which row of the picture each box belongs to, before any library is asked.

/** Longest distance from a box without arrows into it; repeats do not count, and the rest is acyclic. */
export function levelsOf(
  boxes: readonly { readonly id: string }[],
  arrows: readonly { readonly from: string; readonly to: string; readonly kind?: 'edge' | 'repeat' }[],
): ReadonlyMap<string, number> {
  const levels = new Map(boxes.map((box) => [box.id, 0]));
  const waitingFor = new Map(boxes.map((box) => [box.id, 0]));
  const next = new Map<string, string[]>();
  for (const { from, to, kind } of arrows) {
    if (kind === 'repeat' || from === to) continue;
    waitingFor.set(to, (waitingFor.get(to) ?? 0) + 1);
    const list = next.get(from);
    if (list) list.push(to);
    else next.set(from, [to]);
  }
  const ready = boxes.filter((box) => waitingFor.get(box.id) === 0).map((box) => box.id);
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    for (const to of next.get(id) ?? []) {
      levels.set(to, Math.max(levels.get(to) ?? 0, (levels.get(id) ?? 0) + 1));
      const left = (waitingFor.get(to) ?? 0) - 1;
      waitingFor.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  return levels;
}
