// Small pictures around their own centre, each distinct in form so that none depends on its colour.
import { unreachable, type Shape, shape } from '../base/index.ts';
import type { Outcome } from '../plan/index.ts';
import type { StepStatus } from '../run/index.ts';
import type { Decider } from './diagram.ts';

/** Fourteen pixels wide. */
export function statusIcon(status: StepStatus): Shape {
  const disc = shape('circle', { r: 7, class: 'icon-disc' });
  const glyph = (d: string): Shape => shape('path', { d, class: 'icon-glyph' });
  const icon = (...parts: Shape[]): Shape => shape('g', { class: 'status-icon', 'aria-hidden': 'true' }, ...parts);
  switch (status) {
    case 'succeeded':
      return icon(disc, glyph('M-3.2 0.2 L-0.9 2.6 L3.4 -2.4'));
    case 'failed':
      return icon(disc, glyph('M-2.6 -2.6 L2.6 2.6 M2.6 -2.6 L-2.6 2.6'));
    case 'waiting':
      return icon(disc, glyph('M-2.1 -2.8 V2.8 M2.1 -2.8 V2.8'));
    case 'running':
      return icon(
        shape('circle', { r: 5.8, class: 'icon-ring faint' }),
        shape('path', { d: 'M0 -5.8 A5.8 5.8 0 0 1 5.8 0', class: 'icon-ring spinner' }),
        shape('path', { d: 'M-1.6 -2.6 L2.6 0 L-1.6 2.6 Z', class: 'icon-solid' }),
      );
    case 'skipped':
      return icon(
        shape('circle', { r: 5.8, class: 'icon-ring' }),
        shape('path', { d: 'M-4 4 L4 -4', class: 'icon-ring' }),
      );
    case 'cancelled':
      return icon(
        shape('circle', { r: 5.8, class: 'icon-ring' }),
        shape('rect', { x: -2.2, y: -2.2, width: 4.4, height: 4.4, class: 'icon-solid' }),
      );
    case 'planned':
      return icon(
        shape('circle', { r: 5.8, class: 'icon-ring dotted' }),
        shape('circle', { r: 2, class: 'icon-solid' }),
      );
    case 'pending':
      return icon(shape('circle', { r: 5.8, class: 'icon-ring faint' }));
    default:
      return unreachable(status);
  }
}

/** Who decides an arrow, ten pixels wide: a full diamond, an open one, a half one, a person; null when nobody needs to. */
export function deciderIcon(decider: Decider): Shape | null {
  const icon = (...parts: Shape[]): Shape =>
    shape('g', { class: `decider decider-${decider}`, 'aria-hidden': 'true' }, ...parts);
  const diamond = 'M0 -5 L5 0 L0 5 L-5 0 Z';
  switch (decider) {
    case 'always':
      return null;
    case 'author':
      return icon(shape('path', { d: diamond, class: 'icon-solid icon-outline' }));
    case 'inferred':
      return icon(shape('path', { d: diamond, class: 'icon-outline' }));
    case 'model':
      return icon(
        shape('path', { d: diamond, class: 'icon-outline' }),
        shape('path', { d: 'M0 -5 L5 0 L0 5 Z', class: 'icon-solid' }),
      );
    case 'person':
      return icon(
        shape('circle', { cy: -2.6, r: 2.4, class: 'icon-solid' }),
        shape('path', { d: 'M-4.6 5 A4.6 4.4 0 0 1 4.6 5 Z', class: 'icon-solid' }),
      );
  }
}

/** The sign of an outcome, ten pixels wide. */
export function outcomeIcon(outcome: Outcome): Shape {
  const d = {
    resolved: 'M-4 0.3 L-1.2 3.2 L4 -3',
    mitigated: 'M-4.5 1 C-3 -3 -1 -3 0 0 S3 3 4.5 -1',
    escalated: 'M0 4 V-4 M-3.4 -0.6 L0 -4 L3.4 -0.6',
    'not-applicable': 'M-4 0 H4',
    completed: 'M-3.5 -3.5 H3.5 V3.5 H-3.5 Z',
  }[outcome];
  return shape('path', { d, class: 'outcome-icon', 'aria-hidden': 'true' });
}
