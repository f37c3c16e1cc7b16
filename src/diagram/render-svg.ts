// A diagram as a standalone SVG file: for the export, the command line and documents. Without scripts or links.
import { marksById, type MarkPicture } from './draw-mark.ts';
import { type ColourName, diagramStyle } from './diagram-style.ts';
import type { Diagram } from './diagram.ts';
import { drawArrow } from './draw-arrow.ts';
import { drawBox } from './draw-box.ts';
import type { RunPicture } from './run-picture.ts';
import { type Shape, shape, shapeToText } from '../base/index.ts';
import { type SvgTheme, svgThemes, themeColour } from './svg-themes.ts';

export interface RenderOptions {
  /** Default `light`. `page`: colours by name, for a page that says by `themeVariables` what they are. */
  readonly theme?: SvgTheme | 'page';
  /** Statuses to draw on the plan. */
  readonly run?: RunPicture;
  /** What differs from another plan, or what tests have covered. */
  readonly marks?: MarkPicture;
}

/** The whole picture as SVG text, ending with a line break. */
export function renderSvg(diagram: Diagram, options: RenderOptions = {}): string {
  const { theme = 'light' } = options;
  const colour = theme === 'page' ? themeColour : (name: ColourName): string => svgThemes[theme][name];
  const steps = diagram.boxes.filter((box) => box.kind === 'step').length;
  const root = shape(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: diagram.width,
      height: diagram.height,
      viewBox: `0 0 ${diagram.width} ${diagram.height}`,
      role: 'group',
      'aria-label': `${diagram.title}: ${steps} ${steps === 1 ? 'step' : 'steps'}`,
      'font-family': "'Segoe UI', system-ui, -apple-system, Ubuntu, 'Noto Sans', Helvetica, Arial, sans-serif",
    },
    shape('title', {}, diagram.title),
    shape('style', {}, diagramStyle(colour)),
    shape('rect', { width: diagram.width, height: diagram.height, fill: colour('page') }),
    ...drawDiagram(diagram, options),
  );
  return `${shapeToText(root)}\n`;
}

/** The three layers of a drawing, from below: lines, labels, boxes. */
function drawDiagram(diagram: Diagram, { run, marks }: RenderOptions): readonly Shape[] {
  const marked = marksById(marks);
  const steps = new Map(run?.steps.map((step) => [step.node, step]));
  const edges = new Map(run?.edges.map((edge) => [edge.edge, edge]));
  const outgoing = outgoingCounts(diagram);
  const arrows = diagram.arrows.map((arrow) => drawArrow(arrow, edges.get(arrow.id), marked.arrows.get(arrow.id)));
  return [
    layer(
      'lines',
      arrows.map((arrow) => arrow.line),
    ),
    layer(
      'labels',
      arrows.flatMap((arrow) => arrow.label ?? []),
    ),
    layer(
      'boxes',
      diagram.boxes.map((box) => drawBox(box, outgoing.get(box.id) ?? 0, steps.get(box.id), marked.boxes.get(box.id))),
    ),
  ];
}

/** Not through `shape`, whose children are arguments: a layer may hold more of them than a call takes. */
function layer(name: string, children: readonly Shape[]): Shape {
  return { tag: 'g', attributes: { class: name }, children };
}

/** How many arrows leave each box. */
export function outgoingCounts(diagram: Diagram): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const arrow of diagram.arrows) counts.set(arrow.from, (counts.get(arrow.from) ?? 0) + 1);
  return counts;
}
