// The drawn diagram: three layers of elements, filled a slice per frame so that a large plan never blocks the page,
// and brought up to date piece by piece while a run goes on.
import {
  type Arrow,
  type Box,
  type Diagram,
  drawArrow,
  drawBox,
  type EdgePicture,
  outgoingCounts,
  type RunPicture,
  type StepPicture,
} from '../src/diagram/index.ts';
import { shapeToElement } from './shape-to-element.ts';

/** Milliseconds of drawing in one frame. */
const slice = 8;
/** Up to so many boxes each is a tab stop; beyond, one is, and keys move it. */
const tabStops = 60;

export class Scene {
  readonly diagram: Diagram;
  readonly root: SVGElement;
  readonly #layers: Readonly<Record<'lines' | 'labels' | 'boxes', SVGElement>>;
  readonly #boxes = new Map<string, { readonly box: Box; element: SVGElement; state: string }>();
  readonly #arrows = new Map<
    string,
    { readonly arrow: Arrow; line: SVGElement; label: SVGElement | undefined; state: string }
  >();
  readonly #outgoing: ReadonlyMap<string, number>;
  #run: RunPicture | null;
  #current: string | null = null;
  #selected: string | null = null;
  #tabStop: string | undefined;
  #abandoned = false;

  constructor(diagram: Diagram, run: RunPicture | null) {
    this.diagram = diagram;
    this.#run = run;
    this.#outgoing = outgoingCounts(diagram);
    this.#tabStop = diagram.boxes[0]?.id;
    const layer = (name: string): SVGElement => shapeToElement({ tag: 'g', attributes: { class: name }, children: [] });
    this.#layers = { lines: layer('lines'), labels: layer('labels'), boxes: layer('boxes') };
    this.root = shapeToElement({ tag: 'g', attributes: { class: 'scene' }, children: [] });
    this.root.append(this.#layers.lines, this.#layers.labels, this.#layers.boxes);
  }

  /** Draws everything; resolves to false when the scene was abandoned on the way. */
  async draw(): Promise<boolean> {
    const edges = this.#edges();
    const steps = this.#steps();
    const { boxes, arrows } = this.diagram;
    let started = performance.now();
    for (let i = 0; i < Math.max(boxes.length, arrows.length); i++) {
      const box = boxes[i];
      if (box) this.#addBox(box, steps);
      const arrow = arrows[i];
      if (arrow) this.#addArrow(arrow, edges);
      if (performance.now() - started < slice) continue;
      await nextFrame();
      if (this.#abandoned) return false;
      started = performance.now();
    }
    // The run, the cursor or the selection may have moved on while slices were drawn.
    this.#refresh();
    return true;
  }

  abandon(): void {
    this.#abandoned = true;
    this.root.remove();
  }

  showRun(run: RunPicture | null): void {
    this.#run = run;
    this.#refresh();
  }

  /** The step in which the editor's cursor stands. */
  setCurrent(id: string | null): void {
    this.#current = id;
    for (const [name, { element }] of this.#boxes) this.#mark(name, element);
  }

  /** The step whose details are shown. */
  select(id: string | null): void {
    this.#selected = id;
    if (id) this.#tabStop = id;
    for (const [name, { element }] of this.#boxes) this.#mark(name, element);
  }

  boxOf(id: string): Box | undefined {
    return this.diagram.boxes.find((box) => box.id === id);
  }

  focus(id: string): void {
    this.#boxes.get(id)?.element.focus({ preventScroll: true });
  }

  #refresh(): void {
    const steps = this.#steps();
    const edges = this.#edges();
    for (const [id, drawn] of this.#boxes) {
      const step = steps.get(id);
      const state = JSON.stringify(step) ?? '';
      if (state === drawn.state) continue;
      const focused = document.activeElement === drawn.element;
      const element = this.#boxElement(drawn.box, steps);
      drawn.element.replaceWith(element);
      drawn.element = element;
      drawn.state = state;
      if (focused) element.focus({ preventScroll: true });
    }
    for (const [id, drawn] of this.#arrows) {
      const edge = edges.get(id);
      const state = JSON.stringify(edge) ?? '';
      if (state === drawn.state) continue;
      const { line, label } = drawArrow(drawn.arrow, edge);
      const lineElement = shapeToElement(line);
      drawn.line.replaceWith(lineElement);
      drawn.line = lineElement;
      const labelElement = label ? shapeToElement(label) : undefined;
      if (labelElement) drawn.label?.replaceWith(labelElement);
      drawn.label = labelElement;
      drawn.state = state;
    }
  }

  #addBox(box: Box, steps: ReadonlyMap<string, StepPicture>): void {
    const element = this.#boxElement(box, steps);
    this.#boxes.set(box.id, { box, element, state: JSON.stringify(steps.get(box.id)) ?? '' });
    this.#layers.boxes.append(element);
  }

  #boxElement(box: Box, steps: ReadonlyMap<string, StepPicture>): SVGElement {
    const element = shapeToElement(drawBox(box, this.#outgoing.get(box.id) ?? 0, steps.get(box.id)));
    element.setAttribute('role', 'button');
    this.#mark(box.id, element);
    return element;
  }

  #addArrow(arrow: Arrow, edges: ReadonlyMap<string, EdgePicture>): void {
    const edge = edges.get(arrow.id);
    const drawn = drawArrow(arrow, edge);
    const line = shapeToElement(drawn.line);
    const label = drawn.label ? shapeToElement(drawn.label) : undefined;
    this.#layers.lines.append(line);
    if (label) this.#layers.labels.append(label);
    this.#arrows.set(arrow.id, { arrow, line, label, state: JSON.stringify(edge) ?? '' });
  }

  #mark(id: string, element: SVGElement): void {
    if (id === this.#current) element.setAttribute('aria-current', 'step');
    else element.removeAttribute('aria-current');
    element.classList.toggle('selected', id === this.#selected);
    element.setAttribute('tabindex', this.diagram.boxes.length <= tabStops || id === this.#tabStop ? '0' : '-1');
  }

  #steps(): ReadonlyMap<string, StepPicture> {
    return new Map(this.#run?.steps.map((step) => [step.node, step]));
  }

  #edges(): ReadonlyMap<string, EdgePicture> {
    return new Map(this.#run?.edges.map((edge) => [edge.edge, edge]));
  }
}

/** After the next painting. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
