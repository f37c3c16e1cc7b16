// The marks of a comparison or of coverage on boxes and arrows: a disc with a sign, so that none depends on its colour, and
// the words.
import type { ChangeMark, ChangePicture } from './change-picture.ts';
import type { CoverageMark, CoveragePicture } from './coverage-picture.ts';
import { type Shape, shape } from '../base/index.ts';

/** What is drawn on a box or an arrow besides, or in the place of, a run's state. */
export type Mark = ChangeMark | CoverageMark;
export type MarkPicture = ChangePicture | CoveragePicture;

/** The marks by the names of boxes and arrows. */
export function marksById(picture: MarkPicture | null | undefined): {
  readonly boxes: ReadonlyMap<string, Mark>;
  readonly arrows: ReadonlyMap<string, Mark>;
} {
  const byId = (marks: readonly Mark[] = []): Map<string, Mark> => new Map(marks.map((mark) => [mark.id, mark]));
  return { boxes: byId(picture?.boxes), arrows: byId(picture?.arrows) };
}

/** A mark's sign, which tells it apart without its colour. */
export function markSign(kind: Mark['kind']): string {
  const signs = { added: '+', removed: '−', changed: '~', covered: '✓', 'partly-covered': '◐', 'not-covered': '✗' };
  return signs[kind];
}

/** The kind as it is drawn and said. */
export function markWord(kind: Mark['kind']): string {
  return kind.replace('-', ' ');
}

/** Fourteen pixels wide: a plus, a minus, a wave; a tick, a half moon, a cross. */
export function markIcon({ kind }: Mark, x: number, y: number): Shape {
  const signs = {
    added: 'M-3.2 0 H3.2 M0 -3.2 V3.2',
    removed: 'M-3.2 0 H3.2',
    changed: 'M-3.6 0.9 C-2.4 -2 -1 -2 0 0 S2.4 2 3.6 -0.9',
    covered: 'M-3.2 0.2 L-0.9 2.6 L3.4 -2.4',
    'not-covered': 'M-2.6 -2.6 L2.6 2.6 M2.6 -2.6 L-2.6 2.6',
  };
  const sign =
    kind === 'partly-covered'
      ? shape('path', { d: 'M0 -4.6 A4.6 4.6 0 0 1 0 4.6 Z', class: 'mark-half' })
      : shape('path', { d: signs[kind], class: 'mark-sign' });
  return shape(
    'g',
    { class: 'mark-icon', transform: `translate(${x} ${y})`, 'aria-hidden': 'true' },
    shape('circle', { r: 7, class: 'mark-shape' }),
    sign,
  );
}

export function markClass(mark: Mark | undefined): string {
  return mark ? ` mark-${mark.kind}` : '';
}

/** To follow the name of a box or an arrow. */
export function markWords(mark: Mark | undefined): string {
  return mark ? `; ${markWord(mark.kind)}: ${mark.words.join('; ')}` : '';
}
