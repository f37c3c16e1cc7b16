// Moving between boxes with the keyboard: along the arrows in the direction of the plan, and across to neighbours.
import type { Box, Diagram } from '../src/diagram/index.ts';

export type Move = 'forward' | 'back' | 'before' | 'after' | 'next' | 'previous' | 'first' | 'last';

/** What a key does in a plan that flows down or to the right; undefined for other keys. */
export function moveForKey(key: string, direction: Diagram['direction']): Move | undefined {
  const down = direction === 'down';
  switch (key) {
    case 'ArrowDown':
      return down ? 'forward' : 'after';
    case 'ArrowUp':
      return down ? 'back' : 'before';
    case 'ArrowRight':
      return down ? 'after' : 'forward';
    case 'ArrowLeft':
      return down ? 'before' : 'back';
    case 'PageDown':
      return 'next';
    case 'PageUp':
      return 'previous';
    case 'Home':
      return 'first';
    case 'End':
      return 'last';
    default:
      return undefined;
  }
}

/** The box that a move leads to; undefined when there is none that way. */
export function moveFrom(diagram: Diagram, id: string, move: Move): Box | undefined {
  const { boxes } = diagram;
  const index = boxes.findIndex((box) => box.id === id);
  const from = boxes[index];
  if (!from) return undefined;
  switch (move) {
    case 'first':
      return boxes[0];
    case 'last':
      return boxes[boxes.length - 1];
    case 'next':
      return boxes[index + 1];
    case 'previous':
      return boxes[index - 1];
    case 'forward':
    case 'back':
      return nearestLinked(diagram, from, move);
    case 'before':
    case 'after':
      return neighbour(diagram, from, move);
  }
}

function nearestLinked(diagram: Diagram, from: Box, move: 'forward' | 'back'): Box | undefined {
  const linked = new Set(
    diagram.arrows
      .filter((arrow) => arrow.kind === 'edge' && (move === 'forward' ? arrow.from : arrow.to) === from.id)
      .map((arrow) => (move === 'forward' ? arrow.to : arrow.from)),
  );
  const { across, along } = axes(diagram);
  const distance = (box: Box): number => Math.abs(across(box) - across(from)) + Math.abs(along(box) - along(from));
  return least(
    diagram.boxes.filter((box) => linked.has(box.id)),
    distance,
  );
}

/** The nearest box beside this one, among those that lie at about the same height of the plan. */
function neighbour(diagram: Diagram, from: Box, move: 'before' | 'after'): Box | undefined {
  const { across, along, length } = axes(diagram);
  const sign = move === 'after' ? 1 : -1;
  const beside = diagram.boxes.filter(
    (box) =>
      (across(box) - across(from)) * sign > 1 && Math.abs(along(box) - along(from)) < (length(box) + length(from)) / 2,
  );
  return least(beside, (box) => Math.abs(across(box) - across(from)));
}

function axes(diagram: Diagram): Record<'across' | 'along' | 'length', (box: Box) => number> {
  const x = (box: Box): number => box.x + box.w / 2;
  const y = (box: Box): number => box.y + box.h / 2;
  return diagram.direction === 'down'
    ? { across: x, along: y, length: (box) => box.h }
    : { across: y, along: x, length: (box) => box.w };
}

function least(boxes: readonly Box[], cost: (box: Box) => number): Box | undefined {
  let found: Box | undefined;
  for (const box of boxes) if (!found || cost(box) < cost(found)) found = box;
  return found;
}
