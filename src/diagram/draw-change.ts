// The marks of a comparison on boxes and arrows: a disc with a sign, so that none depends on its colour, and the words.
import type { ChangeMark } from './change-picture.ts';
import { type Shape, shape } from '../base/index.ts';

/** Fourteen pixels wide: a plus, a minus or a wave. */
export function changeIcon({ kind }: ChangeMark, x: number, y: number): Shape {
  const d = {
    added: 'M-3.2 0 H3.2 M0 -3.2 V3.2',
    removed: 'M-3.2 0 H3.2',
    changed: 'M-3.6 0.9 C-2.4 -2 -1 -2 0 0 S2.4 2 3.6 -0.9',
  };
  return shape(
    'g',
    { class: 'change-icon', transform: `translate(${x} ${y})`, 'aria-hidden': 'true' },
    shape('circle', { r: 7, class: 'change-shape' }),
    shape('path', { d: d[kind], class: 'change-sign' }),
  );
}

export function changeClass(change: ChangeMark | undefined): string {
  return change ? ` change-${change.kind}` : '';
}

/** To follow the name of a box or an arrow. */
export function changeWords(change: ChangeMark | undefined): string {
  return change ? `; ${change.kind}: ${change.words.join('; ')}` : '';
}
