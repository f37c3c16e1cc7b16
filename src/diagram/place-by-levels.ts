// Places very large plans in time that grows with their size alone: one row per level, boxes near their predecessors,
// labels in the gaps between rows, and long arrows in lanes beside the rows. Plainer than dagre or dot, never slow.
import type { Point } from './diagram.ts';
import {
  type PlacedArrow,
  type PlacedThing,
  type Placement,
  type PlacementRequest,
  thingsToPlace,
} from './placement.ts';
import { levelsOf } from './levels-of.ts';

const besideGap = 32;
const betweenRows = 30;
const laneGap = 12;

interface Cell {
  readonly w: number;
  readonly h: number;
  x: number;
}
interface Row {
  readonly cells: Cell[];
  y: number;
  h: number;
}

/** Rows alternate: boxes of a level, then the labels of the arrows that leave it. */
export async function placeByLevels(request: PlacementRequest): Promise<Placement> {
  const shared = thingsToPlace(request);
  const across = request.direction === 'right';
  const turn = <T extends { readonly w: number; readonly h: number }>(size: T): T =>
    across ? { ...size, w: size.h, h: size.w } : size;
  const things = shared.things.map(turn);
  const arrows = shared.arrows.map((arrow) => (arrow.label ? { ...arrow, label: turn(arrow.label) } : arrow));
  const placement = placeDown(things, arrows);
  if (!across) return placement;
  const swap = (point: Point): Point => ({ x: point.y, y: point.x });
  return {
    boxes: new Map([...placement.boxes].map(([id, point]) => [id, swap(point)])),
    arrows: new Map(
      [...placement.arrows].map(([id, { points, label }]) => [
        id,
        { points: points.map(swap), ...(label && { label: swap(label) }) },
      ]),
    ),
  };
}

function placeDown(things: readonly PlacedThing[], arrows: readonly PlacedArrow[]): Placement {
  const levels = levelsOf(
    things,
    arrows.filter((arrow) => !arrow.turned),
  );
  const levelOf = (id: string): number => levels.get(id) ?? 0;
  const cells = new Map(things.map((thing) => [thing.id, { w: thing.w, h: thing.h, x: 0 }]));
  const cellOf = (id: string): Cell => cells.get(id) ?? { w: 0, h: 0, x: 0 };
  const rows: Row[] = [];
  const rowAt = (i: number): Row => {
    while (rows.length <= i) rows.push({ cells: [], y: 0, h: 0 });
    return rows[i] ?? { cells: [], y: 0, h: 0 };
  };
  for (const thing of things) rowAt(2 * levelOf(thing.id)).cells.push(cellOf(thing.id));
  const isShort = (arrow: PlacedArrow): boolean => levelOf(arrow.to) - levelOf(arrow.from) === 1;
  settleBoxes(rows, arrows.filter(isShort), cellOf);

  const labels = new Map<string, Cell>();
  for (const arrow of arrows) {
    if (!arrow.label) continue;
    const from = cellOf(arrow.from).x;
    const label = { ...arrow.label, x: isShort(arrow) ? (from + cellOf(arrow.to).x) / 2 : from };
    labels.set(arrow.id, label);
    rowAt(2 * levelOf(arrow.from) + 1).cells.push(label);
  }
  for (const [i, row] of rows.entries()) if (i % 2 === 1) spread(row.cells);
  let y = 0;
  for (const row of rows) {
    row.h = Math.max(0, ...row.cells.map((cell) => cell.h));
    row.y = y;
    y += row.h + betweenRows;
  }
  const rowOf = (id: string): Row => rowAt(2 * levelOf(id));
  const centreOf = (id: string): Point => ({ x: cellOf(id).x, y: rowOf(id).y + rowOf(id).h / 2 });
  const lanes = new Lanes(
    Math.max(0, ...rows.flatMap((row) => row.cells.map((cell) => cell.x + cell.w / 2))) + besideGap,
  );

  return {
    boxes: new Map(things.map((thing) => [thing.id, centreOf(thing.id)])),
    arrows: new Map(
      arrows.map((arrow) => {
        const label = labels.get(arrow.id);
        const gap = rowAt(2 * levelOf(arrow.from) + 1);
        const at = label && { x: label.x, y: gap.y + gap.h / 2 };
        const source = cellOf(arrow.from);
        const target = cellOf(arrow.to);
        const start = { x: source.x, y: centreOf(arrow.from).y + source.h / 2 };
        const finish = { x: target.x, y: centreOf(arrow.to).y - target.h / 2 };
        const through =
          label && at
            ? [
                { x: at.x, y: at.y - label.h / 2 },
                { x: at.x, y: at.y + label.h / 2 },
              ]
            : [];
        const points = [start, ...through];
        if (!isShort(arrow)) {
          const below = gap.y + gap.h + betweenRows / 2;
          const above = rowOf(arrow.to).y - betweenRows / 2;
          const lane = lanes.take(Math.min(below, above), Math.max(below, above));
          const last = points[points.length - 1] ?? start;
          points.push({ x: last.x, y: below }, { x: lane, y: below }, { x: lane, y: above }, { x: finish.x, y: above });
        }
        points.push(finish);
        if (arrow.turned) points.reverse();
        return [arrow.id, { points, ...(at && { label: at }) }];
      }),
    ),
  };
}

/** Downwards boxes go under the middle of their predecessors, upwards over the middle of their successors. */
function settleBoxes(rows: readonly Row[], arrows: readonly PlacedArrow[], cellOf: (id: string) => Cell): void {
  const before = new Map<Cell, Cell[]>();
  const after = new Map<Cell, Cell[]>();
  const add = (map: Map<Cell, Cell[]>, key: Cell, value: Cell): void => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };
  for (const arrow of arrows) {
    add(before, cellOf(arrow.to), cellOf(arrow.from));
    add(after, cellOf(arrow.from), cellOf(arrow.to));
  }
  for (const row of rows) spread(row.cells);
  for (const [list, neighbours] of [
    [rows, before],
    [rows.toReversed(), after],
    [rows, before],
  ] as const) {
    for (const row of list) {
      for (const cell of row.cells) {
        const near = neighbours.get(cell);
        if (near) cell.x = near.reduce((sum, other) => sum + other.x, 0) / near.length;
      }
      spread(row.cells);
    }
  }
}

/** Moves cells apart so that none overlaps, each as near as possible to where it wants to be on the whole. */
function spread(cells: Cell[]): void {
  cells.sort((a, b) => a.x - b.x);
  let edge = -Infinity;
  let moved = 0;
  for (const cell of cells) {
    const x = Math.max(cell.x, edge + cell.w / 2);
    moved += x - cell.x;
    cell.x = x;
    edge = x + cell.w / 2 + besideGap;
  }
  for (const cell of cells) cell.x -= moved / Math.max(1, cells.length);
}

/** Vertical lanes right of everything; a lane is used again where the arrow in it has ended. */
class Lanes {
  readonly #left: number;
  readonly #busy: { readonly from: number; readonly to: number }[][] = [];

  constructor(left: number) {
    this.#left = left;
  }

  take(from: number, to: number): number {
    let lane = this.#busy.findIndex((spans) => spans.every((span) => span.to < from || to < span.from));
    if (lane < 0) lane = this.#busy.push([]) - 1;
    this.#busy[lane]?.push({ from, to });
    return this.#left + lane * laneGap;
  }
}
