// Draws one box: its border, names, badges and, during a run, its status as icon, word and colour.
import { describeBox, statusWord } from './describe.ts';
import { type Mark, markClass, markIcon, markWord, markWords } from './draw-mark.ts';
import type { Box } from './diagram.ts';
import { statusIcon } from './icons.ts';
import { metrics } from './measure-plan.ts';
import type { StepPicture } from './run-picture.ts';
import { type Shape, shape } from '../base/index.ts';

/** The group of one box, with an accessible name; `outgoing` is the number of arrows that leave it. */
export function drawBox(box: Box, outgoing: number, step?: StepPicture, mark?: Mark): Shape {
  const name = `${describeBox(box, outgoing, step)}${markWords(mark)}`;
  const status = step && step.status !== 'pending' ? ` status-${step.status}` : '';
  return shape(
    'g',
    {
      class: `node node-${box.kind}${status}${markClass(mark)}`,
      transform: `translate(${box.x} ${box.y})`,
      'data-node': box.id,
      role: 'img',
      'aria-label': name,
    },
    shape('title', {}, name),
    shape('rect', { class: 'focus-ring', x: -4, y: -4, width: box.w + 8, height: box.h + 8, rx: cornerOf(box) + 4 }),
    shape('rect', { class: 'node-shape', width: box.w, height: box.h, rx: cornerOf(box) }),
    box.kind === 'step'
      ? shape('path', { class: 'cursor-mark', d: `M0 5 A5 5 0 0 1 5 0 V${box.h} A5 5 0 0 1 0 ${box.h - 5} Z` })
      : null,
    ...(box.kind === 'step' ? stepParts(box, step, mark) : terminalParts(box, step)),
  );
}

function cornerOf(box: Box): number {
  return box.kind === 'step' ? 5 : box.h / 2;
}

function stepParts(box: Box, step: StepPicture | undefined, mark: Mark | undefined): readonly Shape[] {
  const pad = metrics.boxPadding;
  const parts = [shape('text', { class: 'node-label', x: pad, y: 20 }, box.label)];
  if (mark) {
    parts.push(
      shape('text', { class: 'mark-word', x: box.w - pad - 18, y: 20, 'text-anchor': 'end' }, markWord(mark.kind)),
    );
    parts.push(markIcon(mark, box.w - pad - 7, 16));
  } else if (step && step.status !== 'pending') {
    parts.push(
      shape(
        'text',
        { class: 'status-word', x: box.w - pad - 18, y: 20, 'text-anchor': 'end' },
        statusWord(step.status),
      ),
    );
    parts.push(shape('g', { transform: `translate(${box.w - pad - 7} 16)` }, statusIcon(step.status)));
  }
  for (const [i, line] of box.titleLines.entries())
    parts.push(shape('text', { class: 'node-title', x: pad, y: 39 + i * metrics.titleLine }, line));
  let x: number = pad;
  const y = 30 + box.titleLines.length * metrics.titleLine;
  for (const badge of box.badges) {
    parts.push(
      shape(
        'g',
        {
          class: `badge badge-${badge.kind}`,
          transform: `translate(${x} ${y})`,
          ...(badge.kind === 'guide' && { 'data-call': '0' }),
        },
        shape('title', {}, badge.meaning),
        shape('rect', { class: 'badge-shape', width: badge.w, height: metrics.badgeHeight, rx: 3 }),
        shape('text', { class: 'badge-text', x: badge.w / 2, y: 11, 'text-anchor': 'middle' }, badge.text),
      ),
    );
    x += badge.w + 5;
  }
  return parts;
}

/** Start: one border and a triangle. End: two borders and a square. */
function terminalParts(box: Box, step: StepPicture | undefined): readonly Shape[] {
  const middle = box.h / 2;
  const sign =
    box.kind === 'start'
      ? shape('path', { class: 'terminal-icon', d: `M20 ${middle - 5} L29 ${middle} L20 ${middle + 5} Z` })
      : shape('rect', { class: 'terminal-icon', x: 21, y: middle - 4, width: 8, height: 8 });
  const inner = shape('rect', {
    class: 'inner-border',
    x: 3,
    y: 3,
    width: box.w - 6,
    height: box.h - 6,
    rx: middle - 3,
  });
  const done = step && step.status !== 'pending' && step.status !== 'planned';
  return [
    ...(box.kind === 'end' ? [inner] : []),
    done ? shape('g', { transform: `translate(25 ${middle})` }, statusIcon(step.status)) : sign,
    shape('text', { class: 'terminal-label', x: 38, y: middle + 4.5 }, box.label),
  ];
}
