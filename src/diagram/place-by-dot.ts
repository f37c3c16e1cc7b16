// Places a plan with Graphviz's dot, compiled to WebAssembly: the fastest of the three on large plans.
import { instance } from '@viz-js/viz';
import { attachToSides, type PlacedLine } from './attach-to-sides.ts';
import type { Point } from './diagram.ts';
import {
  type PlacedArrow,
  type PlacedThing,
  type Placement,
  type PlacementRequest,
  thingsToPlace,
} from './placement.ts';

const pointsPerInch = 72;

/** Sizes are given in points at one pixel each; y is turned around, since Graphviz counts upwards. */
export async function placeByDot(request: PlacementRequest): Promise<Placement> {
  const viz = await instance();
  const { things, arrows } = thingsToPlace(request);
  const names = new Map(things.map((thing, i) => [thing.id, `n${i}`]));
  const rankdir = request.direction === 'down' ? 'TB' : 'LR';
  const text = [
    'digraph {',
    `graph [rankdir=${rankdir}, nodesep=0.45, ranksep=0.5, splines=polyline, ordering=out]`,
    'node [shape=box, fixedsize=true, label=""]; edge [dir=none]',
    ...things.map((thing, i) => `n${i} [width=${inches(thing.w)}, height=${inches(thing.h)}]`),
    ...arrows.map((arrow, i) => {
      const label = arrow.label ? `, label=<${spacer(arrow.label.w, arrow.label.h)}>` : '';
      return `${names.get(arrow.from)} -> ${names.get(arrow.to)} [id="${i}", weight=${arrow.weight}${label}]`;
    }),
    '}',
  ].join('\n');
  const result = viz.render(text, { format: 'json0', engine: 'dot', yInvert: true });
  if (result.status !== 'success')
    throw new Error(`Graphviz could not lay out the plan: ${result.errors[0]?.message ?? 'no reason given'}`);
  return readPlacement(things, arrows, request.direction, JSON.parse(result.output) as DotOutput);
}

interface DotOutput {
  readonly objects?: readonly { readonly name: string; readonly pos?: string }[];
  readonly edges?: readonly { readonly id?: string; readonly pos?: string; readonly lp?: string }[];
}

function readPlacement(
  things: readonly PlacedThing[],
  arrows: readonly PlacedArrow[],
  direction: PlacementRequest['direction'],
  output: DotOutput,
): Placement {
  const positions = new Map((output.objects ?? []).map((object) => [object.name, object.pos]));
  const boxes = new Map(things.map((thing, i) => [thing.id, pointOf(positions.get(`n${i}`) ?? '0,0')]));
  const lines = (output.edges ?? []).flatMap((edge): readonly PlacedLine[] => {
    const arrow = arrows[Number(edge.id)];
    return arrow ? [{ arrow, points: bendsOf(edge.pos ?? ''), ...(edge.lp && { label: pointOf(edge.lp) }) }] : [];
  });
  return attachToSides(things, boxes, lines, direction);
}

/** A polyline comes as Bézier pieces whose third points are the bends; a self-loop is a true curve and keeps all points. */
function bendsOf(pos: string): Point[] {
  const points = pos
    .split(/[ ;]/u)
    .filter((part) => part && !/^[es],/u.test(part))
    .map(pointOf);
  return points.filter((point, i) => i % 3 === 0 && (i === 0 || !same(point, points[i - 3])));
}

function same(a: Point, b: Point | undefined): boolean {
  return b !== undefined && Math.abs(a.x - b.x) < 0.5 && Math.abs(a.y - b.y) < 0.5;
}

function pointOf(text: string): Point {
  const [x, y] = text.split(',');
  return { x: Number(x), y: Number(y) };
}

function inches(pixels: number): string {
  return (pixels / pointsPerInch).toFixed(3);
}

/** An empty table of fixed size: the room dot must leave for a label. */
function spacer(w: number, h: number): string {
  return `<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" WIDTH="${w}" HEIGHT="${h}"><TR><TD></TD></TR></TABLE>`;
}
