// The drawn diagram: three layers of elements, filled a slice per frame so that drawing never blocks the page, and brought
// up to date piece by piece while a run goes on. Of a large plan only what is near the canvas has elements.
import {
  type Arrow,
  type Box,
  type Diagram,
  drawArrow,
  drawBox,
  type EdgePicture,
  type Mark,
  type MarkPicture,
  marksById,
  outgoingCounts,
  overlaps,
  type Rectangle,
  type RunPicture,
  type StepPicture,
} from '../src/diagram/index.ts';
import { drawOverview } from './overview.ts';
import { shapeToElement } from './shape-to-element.ts';

/** Milliseconds of drawing in one frame. */
const slice = 8;
/** Up to so many boxes each is a tab stop; beyond, one is, and keys move it. */
const tabStops = 60;
/** Larger plans have elements only near the canvas. */
const wholeLimit = 400;
/** Below this scale a large plan is drawn as an overview. */
const overviewScale = 0.14;

interface Piece {
  readonly bounds: Rectangle;
  /** Draws anew; the elements go into their layers at once. */
  readonly make: () => readonly SVGElement[];
  readonly stateOf: () => string;
  elements: readonly SVGElement[];
  state: string;
}

export class Scene {
  readonly diagram: Diagram;
  readonly root: SVGElement;
  readonly #layers: Readonly<Record<'lines' | 'labels' | 'boxes', SVGElement>>;
  readonly #pieces: readonly Piece[];
  readonly #nodes = new Map<string, Piece>();
  readonly #outgoing: ReadonlyMap<string, number>;
  readonly #windowed: boolean;
  #steps: ReadonlyMap<string, StepPicture> = new Map();
  #edges: ReadonlyMap<string, EdgePicture> = new Map();
  #run: RunPicture | null = null;
  #window: Rectangle | undefined;
  #overview: SVGElement | undefined;
  #filling: Promise<boolean> | undefined;
  #current: string | null = null;
  #selected: string | null = null;
  #tabStop: string | undefined;
  #abandoned = false;

  #marks: ReturnType<typeof marksById>;

  constructor(diagram: Diagram, run: RunPicture | null, marks: MarkPicture | null) {
    this.#marks = marksById(marks);
    this.diagram = diagram;
    this.#outgoing = outgoingCounts(diagram);
    this.#windowed = diagram.boxes.length > wholeLimit;
    this.#tabStop = diagram.boxes[0]?.id;
    const layer = (name: string): SVGElement => shapeToElement({ tag: 'g', attributes: { class: name }, children: [] });
    this.#layers = { lines: layer('lines'), labels: layer('labels'), boxes: layer('boxes') };
    this.root = layer('scene');
    this.root.append(this.#layers.lines, this.#layers.labels, this.#layers.boxes);
    const boxes = diagram.boxes.map((box) => this.#boxPiece(box));
    const arrows = diagram.arrows.map((arrow) => this.#arrowPiece(arrow));
    // Boxes and arrows by turns, so that a plan appears from its start.
    this.#pieces = Array.from({ length: Math.max(boxes.length, arrows.length) }, (_, i) => [boxes[i], arrows[i]])
      .flat()
      .filter((piece) => piece !== undefined);
    this.#setRun(run);
  }

  /** Draws what is to be seen; resolves to false when the scene was abandoned on the way. */
  draw(): Promise<boolean> {
    this.#filling ??= this.#fill().finally(() => (this.#filling = undefined));
    return this.#filling;
  }

  abandon(): void {
    this.#abandoned = true;
    this.root.remove();
  }

  /** The part of the picture on the canvas has changed. */
  look(seen: Rectangle, scale: number): void {
    if (!this.#windowed) return;
    const far = scale < overviewScale;
    if (far && !this.#overview) {
      this.#overview = this.#drawOverview();
      this.root.prepend(this.#overview);
    } else if (!far && this.#overview) {
      this.#overview.remove();
      this.#overview = undefined;
    }
    const [w, h] = far ? [0, 0] : [seen.w * 2, seen.h * 2];
    this.#window = { x: seen.x - seen.w / 2, y: seen.y - seen.h / 2, w, h };
    void this.draw();
  }

  /** A run's state, or marks in its place. */
  show(run: RunPicture | null, marks: MarkPicture | null): void {
    this.#setRun(run);
    this.#marks = marksById(marks);
    this.#overview?.remove();
    if (this.#overview) this.root.prepend((this.#overview = this.#drawOverview()));
    for (const piece of this.#pieces) {
      if (piece.elements.length === 0 || piece.state === piece.stateOf()) continue;
      const focused = piece.elements.some((element) => element === document.activeElement);
      const before = piece.elements;
      this.#attach(piece);
      for (const [i, element] of before.entries()) {
        const replacement = piece.elements[i];
        if (replacement) element.replaceWith(replacement);
        else element.remove();
      }
      if (focused) piece.elements[0]?.focus({ preventScroll: true });
    }
  }

  /** The step in which the editor's cursor stands. */
  setCurrent(id: string | null): void {
    const before = this.#current;
    this.#current = id;
    this.#markAll([before, id]);
  }

  /** The step whose details are shown. */
  select(id: string | null): void {
    const before = [this.#selected, this.#tabStop ?? null];
    this.#selected = id;
    if (id) this.#tabStop = id;
    this.#markAll([...before, id]);
  }

  boxOf(id: string): Box | undefined {
    return this.diagram.boxes.find((box) => box.id === id);
  }

  focus(id: string): void {
    const piece = this.#nodes.get(id);
    if (piece && piece.elements.length === 0) this.#attach(piece);
    piece?.elements[0]?.focus({ preventScroll: true });
  }

  /** Attaches what is near and lets go of what is far, a slice per frame, until nothing is left to do. */
  async #fill(): Promise<boolean> {
    let window: Rectangle | undefined;
    do {
      window = this.#window;
      let started = performance.now();
      for (const piece of this.#pieces) {
        const wanted = !this.#windowed || (window !== undefined && overlaps(piece.bounds, window));
        if (wanted === piece.elements.length > 0) continue;
        if (wanted) this.#attach(piece);
        else if (!piece.elements.some((element) => element === document.activeElement)) this.#detach(piece);
        if (performance.now() - started < slice) continue;
        await nextFrame();
        if (this.#abandoned) return false;
        started = performance.now();
        if (window !== this.#window) break;
      }
    } while (window !== this.#window);
    return !this.#abandoned;
  }

  #attach(piece: Piece): void {
    piece.elements = piece.make();
    piece.state = piece.stateOf();
  }

  #detach(piece: Piece): void {
    for (const element of piece.elements) element.remove();
    piece.elements = [];
  }

  #boxPiece(box: Box): Piece {
    const make = (): readonly SVGElement[] => {
      const element = shapeToElement(
        drawBox(box, this.#outgoing.get(box.id) ?? 0, this.#steps.get(box.id), this.#marks.boxes.get(box.id)),
      );
      element.setAttribute('role', 'button');
      this.#mark(box.id, element);
      this.#layers.boxes.append(element);
      return [element];
    };
    const piece: Piece = {
      bounds: box,
      make,
      stateOf: () => stateOf(this.#steps.get(box.id), this.#marks.boxes.get(box.id)),
      elements: [],
      state: '',
    };
    this.#nodes.set(box.id, piece);
    return piece;
  }

  #arrowPiece(arrow: Arrow): Piece {
    const make = (): readonly SVGElement[] => {
      const drawn = drawArrow(arrow, this.#edges.get(arrow.id), this.#marks.arrows.get(arrow.id));
      const line = shapeToElement(drawn.line);
      this.#layers.lines.append(line);
      if (!drawn.label) return [line];
      const label = shapeToElement(drawn.label);
      this.#layers.labels.append(label);
      return [line, label];
    };
    return {
      bounds: boundsOf(arrow),
      make,
      stateOf: () => stateOf(this.#edges.get(arrow.id), this.#marks.arrows.get(arrow.id)),
      elements: [],
      state: '',
    };
  }

  #setRun(run: RunPicture | null): void {
    this.#run = run;
    this.#steps = new Map(run?.steps.map((step) => [step.node, step]));
    this.#edges = new Map(run?.edges.map((edge) => [edge.edge, edge]));
  }

  #drawOverview(): SVGElement {
    return drawOverview(this.diagram, this.#run, this.#marks.boxes);
  }

  #markAll(ids: readonly (string | null)[]): void {
    for (const id of ids) {
      const element = id === null ? undefined : this.#nodes.get(id)?.elements[0];
      if (id !== null && element) this.#mark(id, element);
    }
  }

  #mark(id: string, element: SVGElement): void {
    if (id === this.#current) element.setAttribute('aria-current', 'step');
    else element.removeAttribute('aria-current');
    element.classList.toggle('selected', id === this.#selected);
    element.setAttribute('tabindex', this.diagram.boxes.length <= tabStops || id === this.#tabStop ? '0' : '-1');
  }
}

function stateOf(picture: StepPicture | EdgePicture | undefined, mark: Mark | undefined): string {
  return picture || mark ? JSON.stringify([picture, mark]) : '';
}

function boundsOf(arrow: Arrow): Rectangle {
  const xs = arrow.points.map((point) => point.x);
  const ys = arrow.points.map((point) => point.y);
  const ends = [arrow.label, arrow.terminal].filter((rectangle) => rectangle !== undefined);
  const left = Math.min(...xs, ...ends.map((end) => end.x));
  const top = Math.min(...ys, ...ends.map((end) => end.y));
  const right = Math.max(...xs, ...ends.map((end) => end.x + end.w));
  const bottom = Math.max(...ys, ...ends.map((end) => end.y + end.h));
  return { x: left - 1, y: top - 1, w: right - left + 2, h: bottom - top + 2 };
}

/** After the next painting. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
