// The script of an exported HTML page: the preview's canvas beside the guide's text, with no editor behind it. A step and its
// lines light up together, whichever of the two is chosen, by mouse or by keyboard.
import type { Diagram } from '../src/diagram/index.ts';
import { Canvas } from './canvas.ts';
import { element } from './element.ts';
import { shapeToElement } from './shape-to-element.ts';

type LineRange = readonly [number, number];

interface PageData {
  readonly diagram: Diagram;
  readonly nodes: Readonly<Record<string, LineRange>>;
  readonly edges: Readonly<Record<string, LineRange>>;
}

const data = JSON.parse(document.getElementById('plan')?.textContent ?? '{}') as PageData;
const guide = only('.guide');
const canvas = new Canvas({
  chosen: (node, reveal) => choose(node, data.nodes[node], reveal),
  arrowChosen: (edge) => light(data.edges[edge], 'show'),
  looked: () => undefined,
});

only('.stage').replaceChildren(canvas.root);
only('.buttons').append(
  button('Zoom out (-)', 'M3 8h10', () => canvas.zoom(-1)),
  button('Zoom in (+)', 'M8 3v10 M3 8h10', () => canvas.zoom(1)),
  button('Fit (0), again: fit the breadth', 'M2 6V2h4 M10 2h4v4 M14 10v4h-4 M6 14H2v-4', () => canvas.fit()),
);
document.body.classList.add('has-plan');
void canvas.show(data.diagram, 'first');

guide.addEventListener('click', (event) => {
  // Selecting text is not choosing a step.
  if (getSelection()?.isCollapsed === false) return;
  const line = lineOf(event.target);
  if (line !== null) chooseAt(line);
});
guide.addEventListener('keydown', (event) => {
  const line = lineOf(event.target);
  if (line === null) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    const node = chooseAt(line);
    if (node !== null && event.key === 'Enter') canvas.focusQuietly(node);
  }
});

/** `reveal` says whether the text scrolls there (`show`) and takes the focus (`focus`). */
function choose(node: string, range: LineRange | undefined, reveal: 'none' | 'show' | 'focus'): void {
  canvas.select(node);
  light(range, reveal === 'focus' ? 'focus' : 'show');
}

/** Chooses the innermost step that has the line; null when there is none. */
function chooseAt(line: number): string | null {
  let found: string | null = null;
  let length = Infinity;
  for (const [node, [first, last]] of Object.entries(data.nodes)) {
    if (line < first || line > last || last - first >= length) continue;
    found = node;
    length = last - first;
  }
  if (found === null) return null;
  canvas.select(found);
  canvas.light(found, true);
  light(data.nodes[found], 'stay');
  return found;
}

function light(range: LineRange | undefined, reveal: 'stay' | 'show' | 'focus'): void {
  for (const lit of guide.querySelectorAll('.lit')) lit.classList.remove('lit');
  if (!range) return;
  const [first, last] = range;
  for (let line = first; line <= last; line++) document.getElementById(`L${line}`)?.classList.add('lit');
  const target = document.getElementById(`L${first}`);
  if (!target || reveal === 'stay') return;
  const { top, bottom } = target.getBoundingClientRect();
  const seen = guide.getBoundingClientRect();
  if (top < seen.top + 40 || bottom > seen.top + seen.height * 0.7)
    guide.scrollBy({ top: top - seen.top - seen.height * 0.2 });
  if (reveal === 'focus') (target.tabIndex >= 0 ? target : guide).focus({ preventScroll: true });
}

function lineOf(target: EventTarget | null): number | null {
  const line = target instanceof Element ? target.closest('li[id]') : null;
  return line ? Number(line.id.slice(1)) : null;
}

function only(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`Internal error: the page has no ${selector}`);
  return found;
}

function button(label: string, path: string, onClick: () => void): HTMLElement {
  const made = element('button', 'tool');
  made.type = 'button';
  made.title = label;
  made.setAttribute('aria-label', label);
  made.append(
    shapeToElement({
      tag: 'svg',
      attributes: { class: 'tool-icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
      children: [{ tag: 'path', attributes: { d: path }, children: [] }],
    }),
  );
  made.addEventListener('click', onClick);
  return made;
}
