// What a layout library gives back, in one neutral form, and the turning of it into the finished diagram:
// arrows end at borders, labels are moved off boxes, and everything is shifted into a page with a margin.
import type { Arrow, Box, Diagram, FlowDirection, LayoutEngine, Point, Rectangle } from './diagram.ts';
import { clearLabels } from './clear-labels.ts';
import { levelsOf } from './levels-of.ts';
import { metrics, type SizedArrow, type SizedBox } from './measure-plan.ts';

export interface PlacementRequest {
  readonly boxes: readonly SizedBox[];
  readonly arrows: readonly SizedArrow[];
  readonly direction: FlowDirection;
}

/** What a library places: boxes and small ends alike, by id. */
export interface PlacedThing {
  readonly id: string;
  readonly w: number;
  readonly h: number;
}

/** An arrow as a library sees it. Repeats run the other way round, so that they do not pull their loop apart. */
export interface PlacedArrow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly turned: boolean;
  /** How much a short arrow is worth: 1, more from a step to its label, 0 for a repeat. */
  readonly weight: number;
  readonly label?: { readonly w: number; readonly h: number };
}

/**
 * The request in the terms that every library shares. The label of a long arrow becomes a thing of its own, so that it
 * stands next to the step that it belongs to and not halfway down the plan; `joinLines` puts the two halves together.
 */
export function thingsToPlace(request: PlacementRequest): {
  readonly things: readonly PlacedThing[];
  readonly arrows: readonly PlacedArrow[];
} {
  const levels = levelsOf(request.boxes, request.arrows);
  const things: PlacedThing[] = [...request.boxes];
  const arrows: PlacedArrow[] = [];
  for (const arrow of request.arrows) {
    if (arrow.terminal) things.push({ id: terminalId(arrow.id), ...arrow.terminal });
    const end = arrow.terminal ? terminalId(arrow.id) : arrow.to;
    const turned = arrow.kind === 'repeat' && arrow.from !== end;
    const [from, to] = turned ? [end, arrow.from] : [arrow.from, end];
    const label = arrow.label && { w: arrow.label.w, h: arrow.label.h + labelGap };
    const span = (levels.get(to) ?? 0) - (levels.get(from) ?? 0);
    if (label && span > 1 && !arrow.terminal) {
      things.push({ id: labelId(arrow.id), ...label });
      arrows.push({ id: `${arrow.id} before`, from, to: labelId(arrow.id), turned, weight: 4 });
      arrows.push({ id: `${arrow.id} after`, from: labelId(arrow.id), to, turned, weight: 1 });
    } else arrows.push({ id: arrow.id, from, to, turned, weight: turned ? 0 : 1, ...(label && { label }) });
  }
  return { things, arrows };
}

/** The bends and label of an arrow, whether it was placed whole or in two halves. */
function joinLines(
  placement: Placement,
  arrow: SizedArrow,
): { readonly points: readonly Point[]; readonly label?: Point } | undefined {
  const label = placement.boxes.get(labelId(arrow.id));
  if (!label) return placement.arrows.get(arrow.id);
  const halves = [placement.arrows.get(`${arrow.id} before`), placement.arrows.get(`${arrow.id} after`)];
  if (arrow.kind === 'repeat') halves.reverse();
  return { points: halves.flatMap((half) => half?.points ?? []), label };
}

/** Free pixels above and below a label together; who decided is shown there during a run. */
const labelGap = 16;

function labelId(arrow: string): string {
  return `${arrow} label`;
}

function terminalId(arrow: string): string {
  return `${arrow} end`;
}

/** Centres of boxes and labels, and the bends of arrows, in any coordinate frame whose y grows downwards. */
export interface Placement {
  readonly boxes: ReadonlyMap<string, Point>;
  readonly arrows: ReadonlyMap<string, { readonly points: readonly Point[]; readonly label?: Point }>;
}

/** A layout library behind one function; each lives in its own file and is loaded when first asked for. */
export type Place = (request: PlacementRequest) => Promise<Placement>;

/** Mirrors a picture in which steps of one level stand mostly against the guide's order. */
function inReadingOrder(request: PlacementRequest, placement: Placement): Placement {
  const down = request.direction === 'down';
  const along = (point: Point): number => (down ? point.y : point.x);
  const across = (point: Point): number => (down ? point.x : point.y);
  let inOrder = 0;
  for (const [i, box] of request.boxes.entries()) {
    const a = placement.boxes.get(box.id);
    const next = request.boxes[i + 1];
    const b = next && placement.boxes.get(next.id);
    if (a && b && Math.abs(along(a) - along(b)) < (down ? box.h : box.w) / 2)
      inOrder += Math.sign(across(b) - across(a));
  }
  if (inOrder >= 0) return placement;
  const mirror = (point: Point): Point => (down ? { x: -point.x, y: point.y } : { x: point.x, y: -point.y });
  return {
    boxes: new Map([...placement.boxes].map(([id, point]) => [id, mirror(point)])),
    arrows: new Map(
      [...placement.arrows].map(([id, { points, label }]) => [
        id,
        { points: points.map(mirror), ...(label && { label: mirror(label) }) },
      ]),
    ),
  };
}

export function finishDiagram(title: string, engine: LayoutEngine, request: PlacementRequest, raw: Placement): Diagram {
  const placement = inReadingOrder(request, raw);
  const boxes = request.boxes.map((box): Box => {
    const centre = placement.boxes.get(box.id) ?? { x: 0, y: 0 };
    return { ...box, x: centre.x - box.w / 2, y: centre.y - box.h / 2 };
  });
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const arrows = request.arrows.map((arrow): Arrow => {
    const placed = joinLines(placement, arrow);
    const { label, terminal, ...sized } = arrow;
    const end = terminal && placement.boxes.get(terminalId(arrow.id));
    const rest = {
      ...sized,
      ...(terminal && end && { terminal: { ...terminal, x: end.x - terminal.w / 2, y: end.y - terminal.h / 2 } }),
    };
    const points = usablePoints(placed?.points ?? [], byId.get(arrow.from), byId.get(arrow.to));
    if (!label) return { ...rest, points };
    const centre = placed?.label ?? middleOf(points);
    return { ...rest, points, label: { ...label, x: centre.x - label.w / 2, y: centre.y - label.h / 2 } };
  });
  return shifted({ title, engine, direction: request.direction, boxes, arrows: clearLabels(boxes, arrows) });
}

/** An arrow always has two points, whatever the library left out. */
function usablePoints(points: readonly Point[], from: Box | undefined, to: Box | undefined): readonly Point[] {
  const finite = points.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
  if (finite.length >= 2 || !from || !to) return finite;
  return [
    { x: from.x + from.w / 2, y: from.y + from.h },
    { x: to.x + to.w / 2, y: to.y },
  ];
}

/** The point halfway along a polyline. */
export function middleOf(points: readonly Point[]): Point {
  const lengths = points.slice(1).map((point, i) => distance(points[i] ?? point, point));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [i, length] of lengths.entries()) {
    const a = points[i];
    const b = points[i + 1];
    if (!a || !b) break;
    if (left <= length) {
      const t = length === 0 ? 0 : left / length;
      return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
    }
    left -= length;
  }
  return points[0] ?? { x: 0, y: 0 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function shifted(diagram: Omit<Diagram, 'width' | 'height'>): Diagram {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const include = (r: Rectangle): void => {
    left = Math.min(left, r.x);
    top = Math.min(top, r.y);
    right = Math.max(right, r.x + r.w);
    bottom = Math.max(bottom, r.y + r.h);
  };
  for (const box of diagram.boxes) include(box);
  for (const arrow of diagram.arrows) {
    for (const point of arrow.points) include({ ...point, w: 0, h: 0 });
    if (arrow.label) include(arrow.label);
    if (arrow.terminal) include(arrow.terminal);
  }
  if (left > right) return { ...diagram, width: 2 * metrics.margin, height: 2 * metrics.margin };
  const move = <T extends Point>(at: T): T => ({
    ...at,
    x: round(at.x - left + metrics.margin),
    y: round(at.y - top + metrics.margin),
  });
  return {
    ...diagram,
    width: Math.ceil(right - left + 2 * metrics.margin),
    height: Math.ceil(bottom - top + 2 * metrics.margin),
    boxes: diagram.boxes.map(move),
    arrows: diagram.arrows.map((arrow) => ({
      ...arrow,
      points: arrow.points.map(move),
      ...(arrow.label && { label: move(arrow.label) }),
      ...(arrow.terminal && { terminal: move(arrow.terminal) }),
    })),
  };
}

/** Half pixels at most: enough for drawing, and short in messages and files. */
function round(value: number): number {
  return Math.round(value * 2) / 2;
}
