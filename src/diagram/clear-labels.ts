// Moves condition labels that a layout left on top of a box or of another label to the nearest free place along their
// arrow. Libraries reserve room for labels, so this mostly confirms; it makes the promise hold for all of them.
import type { Arrow, Box, Point, Rectangle } from './diagram.ts';

const cell = 256;
const gap = 3;

/** The arrows with labels that cover no box, and no other label where a free place was found. */
export function clearLabels(boxes: readonly Box[], arrows: readonly Arrow[]): readonly Arrow[] {
  const taken = new Occupancy();
  for (const box of boxes) taken.add(box);
  const labels = new Occupancy();
  return arrows.map((arrow) => {
    if (!arrow.label) return arrow;
    const label = arrow.label;
    const candidates = [label, ...alternatives(label, arrow.points)];
    const best =
      candidates.find((place) => !taken.hits(place) && !labels.hits(place)) ??
      candidates.find((place) => !taken.hits(place)) ??
      label;
    labels.add(best);
    return best === label ? arrow : { ...arrow, label: { ...label, x: best.x, y: best.y } };
  });
}

/** Places along the arrow, centred and to either side, then rings around where the label was. */
function alternatives(label: Rectangle, points: readonly Point[]): readonly Rectangle[] {
  const places: Rectangle[] = [];
  const at = (x: number, y: number): void => {
    places.push({ x, y, w: label.w, h: label.h });
  };
  for (const t of [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]) {
    const point = pointAlong(points, t);
    at(point.x - label.w / 2, point.y - label.h / 2);
    at(point.x + gap, point.y - label.h / 2);
    at(point.x - label.w - gap, point.y - label.h / 2);
  }
  for (let ring = 1; ring <= 24; ring++) {
    const [dx, dy] = [ring * 16, ring * 12];
    at(label.x + dx, label.y);
    at(label.x - dx, label.y);
    at(label.x, label.y + dy);
    at(label.x, label.y - dy);
    at(label.x + dx, label.y + dy);
    at(label.x - dx, label.y - dy);
  }
  return places;
}

function pointAlong(points: readonly Point[], t: number): Point {
  const position = t * (points.length - 1);
  const i = Math.min(Math.floor(position), Math.max(0, points.length - 2));
  const a = points[i] ?? { x: 0, y: 0 };
  const b = points[i + 1] ?? a;
  return { x: a.x + (b.x - a.x) * (position - i), y: a.y + (b.y - a.y) * (position - i) };
}

/** True when two rectangles share more than a border. */
export function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** Rectangles by grid cell, so that asking stays cheap with thousands of boxes. */
class Occupancy {
  readonly #cells = new Map<string, Rectangle[]>();

  add(rectangle: Rectangle): void {
    for (const key of keysOf(rectangle)) {
      const list = this.#cells.get(key);
      if (list) list.push(rectangle);
      else this.#cells.set(key, [rectangle]);
    }
  }

  hits(rectangle: Rectangle): boolean {
    return keysOf(rectangle).some((key) => this.#cells.get(key)?.some((other) => overlaps(rectangle, other)));
  }
}

function keysOf(r: Rectangle): readonly string[] {
  const keys: string[] = [];
  for (let x = Math.floor(r.x / cell); x <= Math.floor((r.x + r.w) / cell); x++)
    for (let y = Math.floor(r.y / cell); y <= Math.floor((r.y + r.h) / cell); y++) keys.push(`${x},${y}`);
  return keys;
}
