// In a large plan, gives early endings a small end of their own beside their step. With one `end` for all, a hundred
// arrows would run the length of the picture: nobody could follow them, and every layout spends its time on them.
import { metrics, outcomeWord, type SizedArrow, type SizedBox } from './measure-plan.ts';
import { textWidth } from './text-width.ts';

const largePlan = 40;
/** Arrows into `end` over at most so many levels stay. */
const nearLevels = 2;

/** The same arrows; those that end a large plan early have a `terminal`. */
export function separateEndings(boxes: readonly SizedBox[], arrows: readonly SizedArrow[]): readonly SizedArrow[] {
  const end = boxes.find((box) => box.kind === 'end');
  if (!end || boxes.length <= largePlan) return arrows;
  const levels = levelsOf(boxes, arrows);
  const last = levels.get(end.id) ?? 0;
  return arrows.map((arrow) => {
    if (arrow.to !== end.id || arrow.kind === 'repeat' || last - (levels.get(arrow.from) ?? 0) <= nearLevels)
      return arrow;
    const words = arrow.outcome ? `End: ${outcomeWord(arrow.outcome)}` : 'End';
    return { ...arrow, terminal: { w: Math.ceil(textWidth(words, metrics.labelFont)) + 24, h: 26 } };
  });
}

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
