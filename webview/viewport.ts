// What part of the picture is seen, as plain numbers: panning, zooming about a point, fitting. No page here.

/** A point p of the picture is seen at `p * scale + (x, y)` of the canvas. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const smallest = 0.02;
const largest = 4;
/** Below this scale titles cannot be read: a first look then shows a part of the picture. */
const readable = 0.5;
/** A first look at a part of the picture is no larger than this, so that what follows can be seen, too. */
const comfortable = 0.78;
/** Pixels of the picture that always stay on the canvas. */
const keptInside = 60;

/** Zooms so that the point of the canvas keeps showing the same point of the picture. */
export function zoomAbout(view: Viewport, factor: number, at: { readonly x: number; readonly y: number }): Viewport {
  const scale = Math.min(largest, Math.max(smallest, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/** All of the picture, centred, never larger than life. */
export function fitAll(picture: Size, canvas: Size): Viewport {
  const scale = Math.max(smallest, Math.min(1, canvas.width / picture.width, canvas.height / picture.height));
  return { scale, x: (canvas.width - picture.width * scale) / 2, y: (canvas.height - picture.height * scale) / 2 };
}

/** All of its breadth, at a scale no larger than life, with `start` in view: of a long plan more can be read so than of all of it. */
export function fitAcross(
  picture: Size,
  canvas: Size,
  start: { readonly x: number; readonly y: number },
  right: boolean,
): Viewport {
  const margin = 16;
  const [room, length] = right ? [canvas.height, picture.height] : [canvas.width, picture.width];
  const scale = Math.max(smallest, Math.min(1, room / (length + 2 * margin)));
  const across = (room - length * scale) / 2;
  return right ? { scale, x: margin - start.x * scale, y: across } : { scale, x: across, y: margin - start.y * scale };
}

/**
 * The first look: everything when it can be read so, else all of its breadth, so that no way out of a step is out of sight; where
 * that cannot be read either, as much as can. `start` is in view, in the middle of a breadth that is not all seen.
 */
export function firstLook(
  picture: Size,
  canvas: Size,
  start: { readonly x: number; readonly y: number },
  right: boolean,
): Viewport {
  const all = fitAll(picture, canvas);
  if (all.scale >= readable) return all;
  const across = right ? canvas.height / picture.height : canvas.width / picture.width;
  const scale = Math.max(readable, Math.min(comfortable, across));
  const fits = { x: picture.width * scale <= canvas.width, y: picture.height * scale <= canvas.height };
  const alongX = right ? 40 : canvas.width / 2;
  const alongY = right ? canvas.height / 2 : 40;
  return {
    scale,
    x: fits.x ? (canvas.width - picture.width * scale) / 2 : alongX - start.x * scale,
    y: fits.y ? (canvas.height - picture.height * scale) / 2 : alongY - start.y * scale,
  };
}

/** Keeps some of the picture on the canvas. */
export function bounded(view: Viewport, picture: Size, canvas: Size): Viewport {
  const bound = (at: number, length: number, room: number): number =>
    Math.min(room - keptInside, Math.max(keptInside - length * view.scale, at));
  return {
    scale: view.scale,
    x: bound(view.x, picture.width, canvas.width),
    y: bound(view.y, picture.height, canvas.height),
  };
}

export type Side = 'left' | 'right' | 'above' | 'below';

/** Pixels of the picture's own margin: as much may be out of sight with nothing hidden. */
const ownMargin = 12;

/** The sides of the canvas beyond which the picture goes on. */
export function goesOnAt({ x, y, scale }: Viewport, picture: Size, canvas: Size): readonly Side[] {
  const slack = ownMargin * scale;
  const hidden: Readonly<Record<Side, number>> = {
    left: -x,
    right: x + picture.width * scale - canvas.width,
    above: -y,
    below: y + picture.height * scale - canvas.height,
  };
  return (['left', 'right', 'above', 'below'] as const).filter((side) => hidden[side] > slack);
}

/** Moves no further than needed for the rectangle, with a margin, to be seen. */
export function bringInto(
  view: Viewport,
  canvas: Size,
  target: { readonly x: number; readonly y: number; readonly w: number; readonly h: number },
): Viewport {
  const margin = 24;
  const shift = (start: number, length: number, room: number): number => {
    if (length + 2 * margin > room) return margin - start;
    if (start < margin) return margin - start;
    return Math.min(0, room - margin - (start + length));
  };
  const { scale } = view;
  return {
    scale,
    x: view.x + shift(target.x * scale + view.x, target.w * scale, canvas.width),
    y: view.y + shift(target.y * scale + view.y, target.h * scale, canvas.height),
  };
}
