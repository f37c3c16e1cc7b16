// A very large plan from very far: all boxes of one status as one path and all arrows as another, since nothing more could
// be told apart and thousands of elements would make the page stutter.
import type { Diagram, RunPicture } from '../src/diagram/index.ts';
import { shapeToElement } from './shape-to-element.ts';

export function drawOverview(diagram: Diagram, run: RunPicture | null): SVGElement {
  const statuses = new Map(run?.steps.map((step) => [step.node, step.status]));
  const paths = new Map<string, string[]>();
  for (const box of diagram.boxes) {
    const status = statuses.get(box.id) ?? 'pending';
    const list = paths.get(status) ?? [];
    list.push(`M${box.x} ${box.y}h${box.w}v${box.h}h${-box.w}z`);
    paths.set(status, list);
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
      ...[...paths].map(([status, pieces]) => ({
        tag: 'g',
        attributes: { class: `overview-boxes${status === 'pending' ? '' : ` status-${status}`}` },
        children: [path('node-shape', pieces)],
      })),
    ],
  });
}
