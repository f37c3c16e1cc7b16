// The preview as a whole: takes messages, holds what is shown, and connects toolbar, canvas, banner and details.
import type { CoveragePicture, RunPicture } from '../src/diagram/index.ts';
import {
  type ChartPicture,
  type Comparison,
  type FromPreview,
  type PreviewCommand,
  readToPreview,
  type ToPreview,
} from '../src/protocol/index.ts';
import { Canvas } from './canvas.ts';
import { showComparisonBanner } from './comparison-banner.ts';
import { showCoverageBanner } from './coverage-banner.ts';
import { showDetails } from './details.ts';
import { element } from './element.ts';
import { makeLegend } from './legend.ts';
import { showRunBanner } from './run-banner.ts';
import { TimeSlider } from './time-slider.ts';
import { Toolbar } from './toolbar.ts';
import type { Viewport } from './viewport.ts';

/** The editor's side of the page. */
export interface Host {
  post(message: FromPreview): void;
  getState(): unknown;
  setState(state: PreviewState): void;
}

/** What survives when the page is hidden, and the editor restarted. */
export interface PreviewState {
  readonly document: string;
  readonly view?: Viewport;
  readonly selected?: string;
}

type Content = Extract<ToPreview, { kind: 'show-plan' | 'show-empty' }>;
type Numberless<M> = M extends FromPreview ? Omit<M, 'request'> : never;

const emptyTitles = {
  'no-steps': 'No steps found',
  errors: 'No plan yet',
  waiting: 'Reading the guide…',
  failed: 'The plan could not be laid out',
} as const;

export class PreviewApp {
  readonly #host: Host;
  readonly #banner = element('div', 'banner');
  readonly #empty = element('div', 'empty');
  readonly #details = element('aside', 'details');
  readonly #notice = element('div', 'notice');
  readonly #toolbar: Toolbar;
  readonly #slider = new TimeSlider((moment) => this.#post({ kind: 'look-at', moment }));
  readonly #canvas: Canvas;
  #state: PreviewState | undefined;
  #saving: number | undefined;
  #run: RunPicture | null = null;
  #coverage: CoveragePicture | null = null;
  #comparison: Comparison | null = null;
  #trail: readonly string[] = [];
  #charts: Extract<ToPreview, { kind: 'show-charts' }> | undefined;
  /** The step, as it stood, whose charts were asked for last. */
  #chartsOf = '';
  #requests = 0;

  constructor(host: Host, body: HTMLElement) {
    this.#host = host;
    this.#state = readState(host.getState());
    this.#canvas = new Canvas({
      chosen: (node, reveal) => this.#choose(node, reveal),
      arrowChosen: (edge) => this.#post({ kind: 'reveal-edge', edge, focus: false }),
      callChosen: (node, call) => this.#post({ kind: 'open-called', node, call }),
      looked: (view) => this.#remember({ view }),
    });
    this.#toolbar = new Toolbar({
      fit: () => this.#canvas.fit(),
      zoom: (direction) => this.#canvas.zoom(direction),
      command: (command) => this.#post({ kind: 'do-command', command }),
      left: (to) => this.#post({ kind: 'leave-called', to }),
    });
    this.#banner.setAttribute('role', 'status');
    this.#notice.setAttribute('role', 'alert');
    this.#details.setAttribute('aria-label', 'Step details');
    const main = element('main', 'stage', this.#canvas.root, this.#empty, makeLegend());
    for (const part of [this.#banner, this.#details, this.#notice]) part.hidden = true;
    body.append(this.#toolbar.root, this.#banner, this.#slider.root, this.#notice, main, this.#details);
    this.#showEmptyState('waiting', '');
    this.#post({ kind: 'ready' });
  }

  /** A value that arrived from the extension. */
  async receive(value: unknown): Promise<void> {
    const read = readToPreview(value);
    if (read.kind === 'problem') {
      if (read.request !== undefined) this.#host.post({ kind: 'failed', request: read.request, message: read.problem });
      return;
    }
    const { message } = read;
    if (message.kind === 'done') return;
    if (message.kind === 'failed') {
      this.#tell(message.message);
      return;
    }
    const started = performance.now();
    try {
      await this.#perform(message);
      this.#host.post({ kind: 'done', request: message.request, milliseconds: performance.now() - started });
    } catch (error) {
      this.#host.post({
        kind: 'failed',
        request: message.request,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  async #perform(message: Exclude<ToPreview, { kind: 'done' | 'failed' }>): Promise<void> {
    switch (message.kind) {
      case 'show-plan':
      case 'show-empty':
        await this.#showContent(message);
        return;
      case 'show-run':
        this.#run = message.run;
        this.#canvas.showRun(message.run);
        this.#showBanner();
        this.#showSelected();
        return;
      case 'show-coverage':
        this.#coverage = message.coverage;
        this.#canvas.showCoverage(message.coverage);
        this.#showBanner();
        this.#showSelected();
        return;
      case 'show-charts':
        this.#charts = message;
        this.#showSelected();
        return;
      case 'show-moments':
        this.#slider.show(message.moments, message.at);
        return;
      case 'light-node':
        this.#canvas.light(message.node, message.scroll);
        return;
      case 'set-abilities':
        this.#toolbar.allowRunning(message.running);
        return;
    }
  }

  async #showContent(content: Content): Promise<void> {
    this.#notice.hidden = true;
    const restored = this.#state?.document === content.document ? this.#state : undefined;
    if (!restored) this.#state = { document: content.document };
    if (content.kind === 'show-empty') {
      this.#comparison = null;
      this.#showBanner();
      this.#canvas.clear();
      this.#toolbar.show('', content.problems, false);
      this.#trail = [];
      this.#details.hidden = true;
      this.#showEmptyState(content.reason, content.message);
      this.#remember({});
      return;
    }
    const { diagram } = content;
    this.#empty.hidden = true;
    document.body.classList.add('has-plan');
    const trail = content.trail ?? [];
    // Steps of another guide have the same names.
    if (trail.join('\n') !== this.#trail.join('\n')) this.#remember({ selected: undefined });
    this.#trail = trail;
    this.#toolbar.show(diagram.title, content.problems, true, trail);
    const view = this.#canvas.diagram ? (content.keepViewport ? 'keep' : 'first') : (restored?.view ?? 'first');
    this.#comparison = content.comparison ?? null;
    this.#showBanner();
    const drawing = this.#canvas.show(diagram, view, this.#comparison?.changes ?? null);
    this.#showSelected();
    await drawing;
  }

  #showBanner(): void {
    const command = (command: PreviewCommand): void => this.#post({ kind: 'do-command', command });
    if (this.#comparison) showComparisonBanner(this.#banner, this.#comparison, command);
    else if (this.#coverage) showCoverageBanner(this.#banner, this.#coverage, () => command('end-coverage'));
    else showRunBanner(this.#banner, this.#run, () => command('answer'));
  }

  #showEmptyState(reason: keyof typeof emptyTitles, message: string): void {
    document.body.classList.remove('has-plan');
    this.#empty.hidden = false;
    this.#empty.replaceChildren(element('h2', '', emptyTitles[reason]), message ? element('p', '', message) : '');
  }

  #choose(node: string, reveal: 'none' | 'show' | 'focus'): void {
    if (this.#state?.selected !== node) {
      this.#remember({ selected: node });
      this.#showSelected();
      this.#canvas.bringInto(node);
    }
    if (reveal !== 'none') this.#post({ kind: 'reveal-node', node, focus: reveal === 'focus' });
  }

  #showSelected(): void {
    const { diagram } = this.#canvas;
    const selected = this.#state?.selected;
    const box = diagram?.boxes.find((candidate) => candidate.id === selected);
    this.#canvas.select(box?.id ?? null);
    this.#details.hidden = !box;
    if (!diagram || !box) return;
    const shown = this.#comparison?.changes ?? this.#coverage ?? this.#run;
    showDetails(this.#details, diagram, box, shown, this.#chartsFor(box.id), {
      arrowChosen: (edge) => this.#post({ kind: 'reveal-edge', edge, focus: false }),
      callChosen: (node, call) => this.#post({ kind: 'open-called', node, call }),
      nodeChosen: (node) => this.#post({ kind: 'reveal-node', node, focus: true }),
      closed: () => {
        this.#remember({ selected: undefined });
        this.#showSelected();
        this.#canvas.focusQuietly(box.id);
      },
    });
  }

  /** The charts of a step of the run, as far as they are there; they are asked for when the step has come further. */
  #chartsFor(node: string): readonly ChartPicture[] {
    const step = this.#run?.steps.find((candidate) => candidate.node === node);
    if (!step || step.status === 'pending') return [];
    const state = JSON.stringify([this.#run?.run, this.#trail, step]);
    if (state !== this.#chartsOf) {
      this.#chartsOf = state;
      this.#charts = undefined;
      this.#post({ kind: 'want-charts', node });
    }
    return this.#charts?.node === node ? this.#charts.charts : [];
  }

  #remember(change: { readonly view?: Viewport; readonly selected?: string | undefined }): void {
    if (!this.#state) return;
    const { selected, ...rest } = { ...this.#state, ...change };
    this.#state = { ...rest, ...(selected !== undefined && { selected }) };
    this.#saving ??= window.setTimeout(() => {
      this.#saving = undefined;
      if (this.#state) this.#host.setState(this.#state);
    }, 150);
  }

  #tell(message: string): void {
    this.#notice.textContent = message;
    this.#notice.hidden = false;
  }

  #post(message: Numberless<FromPreview>): void {
    this.#host.post({ ...message, request: ++this.#requests });
  }
}

function readState(value: unknown): PreviewState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { document, view, selected } = value as { document?: unknown; view?: Partial<Viewport>; selected?: unknown };
  if (typeof document !== 'string') return undefined;
  const seen =
    view && [view.x, view.y, view.scale].every((n) => typeof n === 'number' && Number.isFinite(n)) ? view : undefined;
  return { document, ...(seen && { view: seen as Viewport }), ...(typeof selected === 'string' && { selected }) };
}
