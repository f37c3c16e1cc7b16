// From a plan to a diagram: measures it, chooses a library and a direction, places it and finishes it.
// The libraries are imported when first needed, so that loading this room costs nothing.
import type { Plan } from '../plan/index.ts';
import type { Diagram, FlowDirection, LayoutEngine } from './diagram.ts';
import { measurePlan, type SizedArrow, type SizedBox } from './measure-plan.ts';
import { levelsOf } from './levels-of.ts';
import { separateEndings } from './separate-endings.ts';
import { finishDiagram, type Place } from './placement.ts';

export interface LayoutOptions {
  /** Default `auto`: dagre for plans up to some two hundred nodes, dot beyond, plain rows for the largest. */
  readonly engine?: LayoutEngine | 'auto';
  /** Default `auto`: whichever lets the plan be read at the larger scale in a panel beside the text. */
  readonly direction?: FlowDirection | 'auto';
}

/** Plans with more nodes than this are not given to dagre by `auto`. */
export const dagreLimit = 200;
/**
 * Layered layouts cut each arrow into one piece per level, and their time grows faster than the number of pieces.
 * Up to these numbers of pieces dagre and dot answer well within a second.
 */
const dagrePieces = 1500;
const dotPieces = 2500;
/** Up to this size both directions are tried; beyond, plans flow down. */
const compareLimit = 80;
/** The panel for which `auto` chooses a direction. */
const panel = { width: 760, height: 900 };

/** Positions a plan. Deterministic: the same plan and options give the same diagram on every machine. */
export async function layoutPlan(plan: Plan, options: LayoutOptions = {}): Promise<Diagram> {
  const sized = measurePlan(plan);
  const measured = { boxes: sized.boxes, arrows: separateEndings(sized.boxes, sized.arrows) };
  const wanted = options.engine ?? 'auto';
  const engine = wanted !== 'auto' ? wanted : engineFor(measured);
  const place = await loadEngine(engine);
  const draw = async (direction: FlowDirection): Promise<Diagram> => {
    const request = { ...measured, direction };
    return finishDiagram(plan.guide.title || plan.guide.file, engine, request, await place(request));
  };
  const direction = options.direction ?? 'auto';
  if (direction !== 'auto') return draw(direction);
  const down = await draw('down');
  if (plan.nodes.length > compareLimit) return down;
  const right = await draw('right');
  return readableScale(right) > readableScale(down) * 1.1 ? right : down;
}

function engineFor({ boxes, arrows }: Measured): LayoutEngine {
  const levels = levelsOf(boxes, arrows);
  const pieces = arrows.reduce((sum, arrow) => {
    const length = arrow.terminal ? 1 : Math.abs((levels.get(arrow.to) ?? 0) - (levels.get(arrow.from) ?? 0));
    return sum + length;
  }, boxes.length);
  if (boxes.length <= dagreLimit && pieces <= dagrePieces) return 'dagre';
  return pieces <= dotPieces ? 'dot' : 'levels';
}

async function loadEngine(engine: LayoutEngine): Promise<Place> {
  switch (engine) {
    case 'dagre':
      return (await import('./place-by-dagre.ts')).placeByDagre;
    case 'dot':
      return (await import('./place-by-dot.ts')).placeByDot;
    case 'levels':
      return (await import('./place-by-levels.ts')).placeByLevels;
    case 'elk':
      return (await import('./place-by-elk.ts')).placeByElk;
  }
}

interface Measured {
  readonly boxes: readonly SizedBox[];
  readonly arrows: readonly SizedArrow[];
}

function readableScale(diagram: Diagram): number {
  return Math.min(1, panel.width / diagram.width, panel.height / diagram.height);
}
