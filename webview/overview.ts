// A very large plan from very far: all boxes of one status or mark as one path and all arrows as another, since nothing more could
// be told apart and thousands of elements would make the page stutter.
import type { Diagram, Mark, RunPicture } from '../src/diagram/index.ts';
import { shapeToElement } from './shape-to-element.ts';

export function drawOverview(diagram: Diagram, run: RunPicture | null, marks: ReadonlyMap<string, Mark>): SVGElement {
  const statuses = new Map(run?.steps.map((step) => [step.node, step.status]));
  const paths = new Map<string, string[]>();
  for (const box of diagram.boxes) {
    const mark = marks.get(box.id);
    const status = statuses.get(box.id) ?? 'pending';
    const look = mark ? ` mark-${mark.kind}` : status === 'pending' ? '' : ` status-${status}`;
    const list = paths.get(look) ?? [];
    list.push(`M${box.x} ${box.y}h${box.w}v${box.h}h${-box.w}z`);
    paths.set(look, list);
  }
  const path = (className: string, pieces: readonly string[]) => ({
    tag: 'path',
    attributes: { class: className, d: pieces.join('') },
    children: [],
  });
  const lines = diagram.arrows.map((arrow) => `M${arrow.points.map((point) => `${point.x} ${point.y}`).join('L')}`);
  return shapeToElement({
    tag: 'g',
    attributes: { class: 'overview', 'aria-hidden': 'true' },
    children: [
      { tag: 'g', attributes: { class: 'arrow' }, children: [path('arrow-line', lines)] },
      ...[...paths].map(([look, pieces]) => ({
        tag: 'g',
        attributes: { class: `overview-boxes${look}` },
        children: [path('node-shape', pieces)],
      })),
    ],
  });
}
