// What the marks mean, in a corner of the canvas, folded until asked for.
import { type Decider, deciderIcon, deciderWords } from '../src/diagram/index.ts';
import { element } from './element.ts';
import { shapeToElement } from './shape-to-element.ts';

const deciders: readonly Decider[] = ['author', 'inferred', 'model', 'person'];

export function makeLegend(): HTMLElement {
  const rows = deciders.flatMap((decider) => {
    const icon = deciderIcon(decider);
    if (!icon) return [];
    const picture = shapeToElement({
      tag: 'svg',
      attributes: { viewBox: '-7 -7 14 14', class: 'small-icon' },
      children: [icon],
    });
    return [element('li', '', picture, deciderWords(decider))];
  });
  const dashed = shapeToElement({
    tag: 'svg',
    attributes: { viewBox: '-7 -7 14 14', class: 'small-icon arrow-repeat' },
    children: [{ tag: 'path', attributes: { d: 'M-7 0H7', class: 'arrow-line' }, children: [] }],
  });
  const list = element('ul', 'legend-list', ...rows, element('li', '', dashed, 'repeats earlier steps'));
  return element('details', 'legend', element('summary', '', 'Legend'), list);
}
