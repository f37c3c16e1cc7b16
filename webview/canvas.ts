// The canvas: shows a scene through a viewport and turns mouse, wheel and keys into panning, zooming and choosing.
import type { Diagram, MarkPicture, RunPicture } from '../src/diagram/index.ts';
import { element } from './element.ts';
import { moveForKey, moveFrom } from './navigate.ts';
import { nextFrame, Scene } from './scene.ts';
import { shapeToElement } from './shape-to-element.ts';
import {
  bounded,
  bringInto,
  firstLook,
  fitAcross,
  fitAll,
  goesOnAt,
  type Size,
  type Viewport,
  zoomAbout,
} from './viewport.ts';

export interface CanvasListener {
  /** A node was chosen; `reveal` says how far its text should come forward. */
  chosen(node: string, reveal: 'none' | 'show' | 'focus'): void;
  arrowChosen(edge: string): void;
  /** A guide that a step calls is to be looked at; where there is nothing to open, it is absent. */
  callChosen?(node: string, call: number): void;
  looked(view: Viewport): void;
}

/** Below this scale only names of steps are drawn, larger. */
const farScale = 0.4;
const panStep = 60;
const zoomStep = 1.25;
const dragStart = 4;

export class Canvas {
  readonly root = element('div', 'canvas');
  readonly #svg = shapeToElement({ tag: 'svg', attributes: { class: 'picture' }, children: [] });
  readonly #listener: CanvasListener;
  #scene: Scene | undefined;
  #view: Viewport = { x: 0, y: 0, scale: 1 };
  /** True while the plan is seen as at first: nobody has panned, zoomed or chosen since. */
  #isFirstLook = false;
  #run: RunPicture | null = null;
  /** The marks of a comparison, or of coverage: where there are some, no run is drawn over them. */
  #changes: MarkPicture | null = null;
  #coverage: MarkPicture | null = null;
  #current: string | null = null;
  /** True while the page itself moves the focus: that is no choice of the reader. */
  #quiet = false;

  constructor(listener: CanvasListener) {
    this.#listener = listener;
    this.root.tabIndex = 0;
    this.root.setAttribute('role', 'application');
    this.root.setAttribute('aria-roledescription', 'plan diagram');
    this.root.append(this.#svg);
    this.root.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.root.addEventListener('pointerdown', (event) => this.#press(event));
    this.root.addEventListener('keydown', (event) => this.#key(event));
    this.root.addEventListener('focusin', (event) => {
      const node = nodeOf(event.target);
      if (node && !this.#quiet) this.#focused(node);
    });
    // A panel may get its size only after its plan.
    new ResizeObserver(() => (this.#isFirstLook ? this.lookFirst() : this.#move(this.#view))).observe(this.root);
  }

  get diagram(): Diagram | undefined {
    return this.#scene?.diagram;
  }

  /** Draws a diagram in place of the last. Resolves once it is painted, to false when another came in between. */
  async show(
    diagram: Diagram,
    view: Viewport | 'keep' | 'first',
    changes: MarkPicture | null = null,
  ): Promise<boolean> {
    const focused = nodeOf(document.activeElement);
    this.#scene?.abandon();
    this.#changes = changes;
    const scene = new Scene(diagram, ...this.#shown());
    this.#scene = scene;
    scene.setCurrent(this.#current);
    this.#svg.append(scene.root);
    const steps = diagram.boxes.filter((box) => box.kind === 'step').length;
    this.root.setAttribute(
      'aria-label',
      `${diagram.title}: plan of ${steps} ${steps === 1 ? 'step' : 'steps'}. Arrow keys move, Enter shows the text.`,
    );
    if (view === 'first') this.lookFirst();
    else if (view === 'keep') this.#move(this.#view, this.#isFirstLook);
    else this.#move(view);
    const drawn = await scene.draw();
    if (!drawn) return false;
    if (focused) this.focusQuietly(focused);
    await nextFrame();
    return true;
  }

  clear(): void {
    this.#scene?.abandon();
    this.#scene = undefined;
  }

  showRun(run: RunPicture | null): void {
    this.#run = run;
    this.#redraw();
  }

  showCoverage(coverage: MarkPicture | null): void {
    this.#coverage = coverage;
    this.#redraw();
  }

  light(node: string | null, scroll: boolean): void {
    this.#current = node;
    this.#scene?.setCurrent(node);
    if (node && scroll) this.bringInto(node);
  }

  select(node: string | null): void {
    this.#scene?.select(node);
  }

  bringInto(node: string): void {
    const box = this.#scene?.boxOf(node);
    if (!box) return;
    const view = bringInto(this.#view, this.#size(), box);
    if (view.x !== this.#view.x || view.y !== this.#view.y) this.#move(view);
  }

  /** Gives a node the focus without choosing it. */
  focusQuietly(node: string): void {
    this.#quiet = true;
    this.#scene?.focus(node);
    this.#quiet = false;
  }

  /** All of the plan; once more, all of its breadth. */
  fit(): void {
    const diagram = this.#scene?.diagram;
    if (!diagram) return;
    const all = bounded(fitAll(diagram, this.#size()), diagram, this.#size());
    const { x, y, scale } = this.#view;
    const isThere = Math.abs(x - all.x) + Math.abs(y - all.y) < 1 && Math.abs(scale / all.scale - 1) < 0.01;
    this.#move(isThere ? fitAcross(diagram, this.#size(), this.#start(diagram), diagram.direction === 'right') : all);
  }

  zoom(direction: 1 | -1): void {
    const { width, height } = this.#size();
    this.#move(zoomAbout(this.#view, zoomStep ** direction, { x: width / 2, y: height / 2 }));
  }

  lookFirst(): void {
    const diagram = this.#scene?.diagram;
    if (!diagram) return;
    this.#move(firstLook(diagram, this.#size(), this.#start(diagram), diagram.direction === 'right'), true);
  }

  /** Where the plan begins. */
  #start({ boxes, direction }: Diagram): { readonly x: number; readonly y: number } {
    const start = boxes.find((box) => box.kind === 'start') ?? boxes[0];
    if (!start) return { x: 0, y: 0 };
    return {
      x: start.x + (direction === 'down' ? start.w / 2 : 0),
      y: start.y + (direction === 'right' ? start.h / 2 : 0),
    };
  }

  #shown(): [RunPicture | null, MarkPicture | null] {
    const marks = this.#changes ?? this.#coverage;
    return marks ? [null, marks] : [this.#run, null];
  }

  #redraw(): void {
    this.#quiet = true;
    this.#scene?.show(...this.#shown());
    this.#quiet = false;
  }

  #size(): Size {
    return { width: this.root.clientWidth || 1, height: this.root.clientHeight || 1 };
  }

  #move(view: Viewport, isFirstLook = false): void {
    const diagram = this.#scene?.diagram;
    if (!diagram) return;
    this.#isFirstLook = isFirstLook;
    this.#view = bounded(view, diagram, this.#size());
    const { x, y, scale } = this.#view;
    this.#scene?.root.setAttribute('transform', `translate(${x} ${y}) scale(${scale})`);
    this.#svg.classList.toggle('far', scale < farScale);
    const { width, height } = this.#size();
    this.root.dataset['goesOn'] = goesOnAt(this.#view, diagram, { width, height }).join(' ');
    this.#scene?.look({ x: -x / scale, y: -y / scale, w: width / scale, h: height / scale }, scale);
    this.#listener.looked(this.#view);
  }

  #pan(dx: number, dy: number): void {
    this.#move({ ...this.#view, x: this.#view.x + dx, y: this.#view.y + dy });
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? 18 : this.#size().height;
    if (event.ctrlKey || event.metaKey) {
      const { left, top } = this.root.getBoundingClientRect();
      const factor = Math.exp(Math.max(-60, Math.min(60, -event.deltaY * unit)) * 0.005);
      this.#move(zoomAbout(this.#view, factor, { x: event.clientX - left, y: event.clientY - top }));
    } else if (event.shiftKey && event.deltaX === 0) this.#pan(-event.deltaY * unit, 0);
    else this.#pan(-event.deltaX * unit, -event.deltaY * unit);
  }

  /** A press that moves pans; one that does not is a click. */
  #press(event: PointerEvent): void {
    if (event.button !== 0 && event.button !== 1) return;
    const pressed = event.target;
    let last = { x: event.clientX, y: event.clientY };
    let dragging = false;
    const end = new AbortController();
    const move = (now: PointerEvent): void => {
      const [dx, dy] = [now.clientX - last.x, now.clientY - last.y];
      if (!dragging && Math.hypot(dx, dy) < dragStart) return;
      if (!dragging) this.root.setPointerCapture(event.pointerId);
      dragging = true;
      this.root.classList.add('dragging');
      last = { x: now.clientX, y: now.clientY };
      this.#pan(dx, dy);
    };
    const release = (): void => {
      end.abort();
      this.root.classList.remove('dragging');
      if (dragging || event.button !== 0) return;
      const node = nodeOf(pressed);
      const edge = edgeOf(pressed);
      const call = pressed instanceof Element ? pressed.closest('[data-call]')?.getAttribute('data-call') : null;
      if (node && call !== null && call !== undefined && this.#listener.callChosen)
        this.#listener.callChosen(node, Number(call));
      else if (node) this.#listener.chosen(node, 'show');
      else if (edge) this.#listener.arrowChosen(edge);
    };
    this.root.addEventListener('pointermove', move, { signal: end.signal });
    this.root.addEventListener('pointerup', release, { signal: end.signal });
    this.root.addEventListener('pointercancel', () => end.abort(), { signal: end.signal });
  }

  #key(event: KeyboardEvent): void {
    const scene = this.#scene;
    if (!scene || event.altKey || (event.ctrlKey && !'+-=0'.includes(event.key))) return;
    if (this.#zoomKey(event.key)) event.preventDefault();
    else if (this.#nodeKey(scene, event.key, nodeOf(event.target))) event.preventDefault();
  }

  #zoomKey(key: string): boolean {
    if (key === '+' || key === '=') this.zoom(1);
    else if (key === '-') this.zoom(-1);
    else if (key === '0') this.fit();
    else if (key === '1') {
      const { width, height } = this.#size();
      this.#move(zoomAbout(this.#view, 1 / this.#view.scale, { x: width / 2, y: height / 2 }));
    } else return false;
    return true;
  }

  #nodeKey(scene: Scene, key: string, node: string | undefined): boolean {
    if (node === undefined) {
      const pan = {
        ArrowUp: [0, panStep],
        ArrowDown: [0, -panStep],
        ArrowLeft: [panStep, 0],
        ArrowRight: [-panStep, 0],
      }[key];
      if (pan) this.#pan(pan[0] ?? 0, pan[1] ?? 0);
      else if (key === 'Enter') scene.focus(this.#current ?? scene.diagram.boxes[0]?.id ?? '');
      else return false;
      return true;
    }
    if (key === 'Enter' || key === ' ') {
      this.#listener.chosen(node, key === 'Enter' ? 'focus' : 'show');
      return true;
    }
    if (key === 'o' && this.#listener.callChosen && (scene.boxOf(node)?.calls?.length ?? 0) > 0) {
      this.#listener.callChosen(node, 0);
      return true;
    }
    if (key === 'Escape') {
      this.root.focus();
      return true;
    }
    const move = moveForKey(key, scene.diagram.direction);
    if (!move) return false;
    const target = moveFrom(scene.diagram, node, move);
    if (target) scene.focus(target.id);
    return true;
  }

  #focused(node: string): void {
    this.bringInto(node);
    this.#listener.chosen(node, 'none');
  }
}

function nodeOf(target: EventTarget | null): string | undefined {
  return target instanceof Element
    ? (target.closest('[data-node]')?.getAttribute('data-node') ?? undefined)
    : undefined;
}

function edgeOf(target: EventTarget | null): string | undefined {
  return target instanceof Element
    ? (target.closest('[data-edge]')?.getAttribute('data-edge') ?? undefined)
    : undefined;
}
