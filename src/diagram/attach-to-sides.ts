// Lets arrows leave a box on the side towards the plan's flow and enter on the opposite one, spread along that side in the
// order of where they come from. Libraries aim at the middle of a box, so many arrows would meet in one point or on a corner.
import type { FlowDirection, Point } from './diagram.ts';
import type { PlacedArrow, PlacedThing, Placement } from './placement.ts';

/** An arrow as a library placed it, in the direction in which the library was given it. */
export interface PlacedLine {
  readonly arrow: PlacedArrow;
  readonly points: readonly Point[];
  readonly label?: Point;
}

interface End {
  readonly line: number;
  readonly last: boolean;
  /** Where the arrow comes from across the flow. */
  readonly from: number;
}

const spacing = 16;
/** How far an arrow runs straight before it bends, so that its head points along the flow. */
const straight = 13;

/** The placement with attached arrows, turned back where they had been turned. */
export function attachToSides(
  things: readonly PlacedThing[],
  boxes: ReadonlyMap<string, Point>,
  lines: readonly PlacedLine[],
  direction: FlowDirection,
): Placement {
  const down = direction === 'down';
  const points = lines.map((line) => [...line.points]);
  const ends = new Map<string, End[]>();
  for (const [i, { arrow, points: bends }] of lines.entries()) {
    if (arrow.from === arrow.to || bends.length < 2) continue;
    for (const last of [false, true]) {
      const neighbour = bends[last ? bends.length - 2 : 1];
      const key = `${last ? 'in' : 'out'} ${last ? arrow.to : arrow.from}`;
      const list = ends.get(key) ?? [];
      list.push({ line: i, last, from: neighbour ? (down ? neighbour.x : neighbour.y) : 0 });
      ends.set(key, list);
    }
  }
  for (const thing of things) {
    const centre = boxes.get(thing.id);
    if (!centre) continue;
    const [along, across] = down ? [thing.h, thing.w] : [thing.w, thing.h];
    for (const side of ['in', 'out'] as const) {
      const list = ends.get(`${side} ${thing.id}`)?.sort((a, b) => a.from - b.from) ?? [];
      const step = Math.min(spacing, (across * 0.8) / Math.max(1, list.length));
      for (const [i, end] of list.entries()) {
        const offset = (i - (list.length - 1) / 2) * step;
        const reach = side === 'in' ? -along / 2 : along / 2;
        const at = down ? { x: centre.x + offset, y: centre.y + reach } : { x: centre.x + reach, y: centre.y + offset };
        const bends = points[end.line];
        if (bends) points[end.line] = attached(bends, at, end.last, down);
      }
    }
  }
  return {
    boxes,
    arrows: new Map(
      lines.map(({ arrow, label }, i) => {
        const bends = points[i] ?? [];
        if (arrow.turned) bends.reverse();
        return [arrow.id, { points: bends, ...(label && { label }) }];
      }),
    ),
  };
}

/** The bends with one end at `at`, a straight piece before it, and none of the library's own bends in that piece. */
function attached(bends: readonly Point[], at: Point, last: boolean, down: boolean): Point[] {
  const reach = last ? -straight : straight;
  const stub = down ? { x: at.x, y: at.y + reach } : { x: at.x + reach, y: at.y };
  const beyond = (point: Point): boolean => {
    const distance = down ? point.y - at.y : point.x - at.x;
    return last ? distance < reach : distance > reach;
  };
  const ordered = last ? bends.toReversed() : bends;
  const rest = ordered.slice(1);
  const kept = rest.filter((point, i) => i === rest.length - 1 || beyond(point));
  const made = [at, stub, ...kept];
  return last ? made.reverse() : made;
}
