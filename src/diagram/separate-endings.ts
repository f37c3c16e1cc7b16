// In a large plan, gives early endings a small end of their own beside their step. With one `end` for all, a hundred
// arrows would run the length of the picture: nobody could follow them, and every layout spends its time on them.
import { levelsOf } from './levels-of.ts';
import { metrics, outcomeWord, type SizedArrow, type SizedBox } from './measure-plan.ts';
import { textWidth } from '../base/index.ts';

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
