// One preview: a webview panel beside one guide. Sends it what to draw, keeps the last of each so that a page that was
// hidden and comes back gets it again, and passes on what the reader asks for.
import * as vscode from 'vscode';
import { chartImage, chartOf, describeChart } from '../../chart/index.ts';
import {
  type CoveragePicture,
  type Diagram,
  pictureRun,
  renderSvg,
  type RunPicture,
  type SvgTheme,
} from '../../diagram/index.ts';
import type { Plan } from '../../plan/index.ts';
import {
  type Comparison,
  type FromPreview,
  type PreviewCommand,
  type ProblemCounts,
  readFromPreview,
  type ToPreview,
} from '../../protocol/index.ts';
import type { RunView } from '../../run/index.ts';
import { chartStyle } from '../chart-style.ts';
import type { Engine, LayoutService } from './layout-service.ts';
import { previewHtml } from './preview-html.ts';

/** What a panel tells its owner. A rejected promise becomes the answer `failed`. */
export interface PanelListener {
  selected(node: string, focus: boolean): Promise<void>;
  edgeSelected(edge: string, focus: boolean): Promise<void>;
  commanded(command: PreviewCommand): Promise<void>;
  lookedAt(moment: number | null): void;
  /** A guide that a step calls is to be drawn in the place of this plan. */
  calledOpened(node: string, call: number): Promise<void>;
  /** Back to a guide of the trail; 0 is the panel's own. */
  calledLeft(to: number): Promise<void>;
  closed(): void;
}

/** The guide that is drawn in the place of the panel's own: one that it calls, or one that this one calls, and so on. */
export interface Inner {
  /** The action that goes through it, by its name in the joined plan. */
  readonly call: string;
  readonly joined: Plan;
  readonly file: vscode.Uri;
  readonly trail: readonly string[];
}

type Content = Extract<ToPreview, { kind: 'show-plan' | 'show-empty' }>;
/** A message before it has its number. */
type Numberless<M> = M extends ToPreview ? Omit<M, 'request'> : never;

export class PreviewPanel {
  readonly uri: vscode.Uri;
  plan: Plan | undefined;
  readonly #panel: vscode.WebviewPanel;
  readonly #layouts: LayoutService;
  readonly #listener: PanelListener;
  #requests = 0;
  #content: Numberless<Content> | undefined;
  #diagram: Diagram | undefined;
  #run: RunPicture | null = null;
  #shownRun: { readonly view: RunView; readonly plan: Plan | undefined } | null = null;
  #inner: Inner | undefined;
  /** The step whose charts were asked for last. */
  #charted: string | undefined;
  #coverage: CoveragePicture | null = null;
  #comparison: Comparison | undefined;
  #moments: { readonly moments: readonly string[]; readonly at: number | null } = { moments: [], at: null };
  #lit: string | null = null;
  /** The request that last brought a step into view, and the step that the page has said to have there. */
  #scrolling: { readonly request: number; readonly node: string | null } | undefined;
  #scrolled: string | null = null;
  #ready = false;
  /** The request that last sent a plan, and how many boxes the page has said to have drawn. */
  #sent: { readonly request: number; readonly boxes: number } | undefined;
  #drawn = 0;

  constructor(
    panel: vscode.WebviewPanel,
    uri: vscode.Uri,
    root: vscode.Uri,
    layouts: LayoutService,
    listener: PanelListener,
  ) {
    this.uri = uri;
    this.#panel = panel;
    this.#layouts = layouts;
    this.#listener = listener;
    const { webview } = panel;
    const folder = vscode.Uri.joinPath(root, 'dist', 'webview');
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    panel.onDidDispose(() => listener.closed());
    webview.onDidReceiveMessage((value: unknown) => void this.#receive(value));
    webview.html = previewHtml({
      cspSource: webview.cspSource,
      script: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'main.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'style.css')).toString(),
      nonce: btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18)))),
    });
  }

  /** Boxes of the plan that the page has drawn; 0 until it says so. */
  get drawn(): number {
    return this.#drawn;
  }

  /** The step that the page has last brought into view for the cursor; null before it says so. */
  get scrolled(): string | null {
    return this.#scrolled;
  }

  /** The moments on offer, and the steps as they are drawn. */
  get time(): { readonly moments: readonly string[]; readonly steps: readonly string[] } {
    const steps = this.#run?.steps.map(({ node, status }) => `${node} ${status}`) ?? [];
    return { moments: this.#moments.moments, steps };
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  close(): void {
    this.#panel.dispose();
  }

  /** Lays out and draws; a later call before it is done wins. True when the page looks at the beginning of the plan again. */
  async showPlan(
    plan: Plan,
    problems: ProblemCounts,
    engine: Engine,
    { comparison, inner }: { readonly comparison?: Comparison; readonly inner?: Inner } = {},
  ): Promise<boolean> {
    const before = this.plan;
    const sameGuide = this.#inner?.call === inner?.call;
    this.plan = plan;
    this.#inner = inner;
    if (!sameGuide) {
      // Its steps may have the names of those before.
      this.#lit = null;
      this.#drawRun(null);
      this.#drawCoverage();
    }
    if (!plan.nodes.some((node) => node.kind === 'step')) {
      this.#diagram = undefined;
      this.#layouts.drop(this.uri.toString());
      this.#show(emptyContent(this.uri, problems));
      return false;
    }
    try {
      const diagram = await this.#layouts.layout(this.uri.toString(), plan, engine);
      if (!diagram) return false;
      const keepViewport =
        sameGuide && before !== undefined && this.#diagram !== undefined && sameNodes(this.#diagram, diagram);
      this.#diagram = diagram;
      this.#comparison = comparison;
      const document = this.uri.toString();
      this.#show({
        kind: 'show-plan',
        document,
        diagram,
        problems,
        keepViewport,
        ...(comparison && { comparison }),
        ...(inner && { trail: inner.trail }),
      });
      if (!sameGuide) this.#drawRun(this.#shownRun);
      return !keepViewport;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#show({ kind: 'show-empty', document: this.uri.toString(), reason: 'failed', message, problems });
      return false;
    }
  }

  /** `plan` is the run's own, with the guides that it goes through. */
  showRun(view: RunView | null, plan?: Plan): void {
    this.#shownRun = view && { view, plan };
    this.#drawRun(this.#shownRun);
  }

  /** The plan of the run that is shown, when it is known. */
  get runPlan(): Plan | undefined {
    return this.#shownRun?.plan;
  }

  /** The called guide that is drawn, if it is one. */
  get inner(): Inner | undefined {
    return this.#inner;
  }

  /** The file whose steps are drawn. */
  get file(): vscode.Uri {
    return this.#inner?.file ?? this.uri;
  }

  /** Charts that are looked at, again in the theme of now. */
  redrawCharts(): void {
    if (this.#charted !== undefined) this.#sendCharts(this.#charted);
  }

  #sendCharts(node: string): void {
    this.#charted = node;
    const name = this.#inner ? `${this.#inner.call}/${node}` : node;
    const step = this.#run && this.#shownRun?.view.steps.find((candidate) => candidate.node === name);
    const style = chartStyle();
    const charts = (step ? step.actions : []).flatMap(({ id, result, text }) => {
      const chart = chartOf(result, text);
      return chart ? [{ action: id, image: chartImage(chart, style), words: describeChart(chart, style.zone) }] : [];
    });
    this.#send({ kind: 'show-charts', node, charts });
  }

  #drawRun(shown: { readonly view: RunView; readonly plan: Plan | undefined } | null): void {
    // A run whose plan is not known has nothing to say of a called guide.
    const hidden = shown === null || (this.#inner !== undefined && shown.plan === undefined);
    this.#run = hidden ? null : pictureRun(shown.view, shown.plan, this.#inner?.call ?? null);
    this.#send({ kind: 'show-run', run: this.#run });
  }

  /** What the guide's tests cover, in the place of a run; null takes it away. */
  showCoverage(coverage: CoveragePicture | null): void {
    if (coverage === null && this.#coverage === null) return;
    this.#coverage = coverage;
    this.#drawCoverage();
  }

  /** Coverage is measured of the panel's own guide. */
  #drawCoverage(): void {
    this.#send({ kind: 'show-coverage', coverage: this.#inner ? null : this.#coverage });
  }

  /** For tests: the coverage as it is drawn. */
  get coverage(): CoveragePicture | null {
    return this.#coverage;
  }

  showMoments(moments: readonly string[], at: number | null): void {
    if (moments.length === 0 && this.#moments.moments.length === 0) return;
    this.#moments = { moments, at };
    this.#send({ kind: 'show-moments', moments, at });
  }

  light(node: string | null, scroll: boolean): void {
    if (node === this.#lit && !scroll) return;
    this.#lit = node;
    this.#send({ kind: 'light-node', node, scroll });
  }

  allowRunning(running: boolean): void {
    this.#send({ kind: 'set-abilities', running });
  }

  /** The drawing as it stands, as a file; undefined while nothing is drawn. */
  svg(theme: SvgTheme): string | undefined {
    const marks = this.#inner ? null : (this.#comparison?.changes ?? this.#coverage);
    return (
      this.#diagram &&
      renderSvg(this.#diagram, {
        theme,
        ...(marks ? { marks } : this.#run && { run: this.#run }),
      })
    );
  }

  #show(content: Numberless<Content>): void {
    this.#content = content;
    this.#send(content);
  }

  #send(draft: Numberless<ToPreview>): void {
    if (!this.#ready) return;
    const request = ++this.#requests;
    if (draft.kind === 'show-plan') this.#sent = { request, boxes: draft.diagram.boxes.length };
    if (draft.kind === 'show-empty') this.#drawn = 0;
    if (draft.kind === 'light-node' && draft.scroll) this.#scrolling = { request, node: draft.node };
    void this.#panel.webview.postMessage({ ...draft, request });
  }

  async #receive(value: unknown): Promise<void> {
    const read = readFromPreview(value);
    if (read.kind === 'problem') {
      if (read.request !== undefined) this.#answer({ kind: 'failed', request: read.request, message: read.problem });
      return;
    }
    const { message } = read;
    if (message.kind === 'done') {
      if (message.request === this.#sent?.request) this.#drawn = this.#sent.boxes;
      if (message.request === this.#scrolling?.request) this.#scrolled = this.#scrolling.node;
      return;
    }
    if (message.kind === 'failed') {
      void vscode.window.showErrorMessage(vscode.l10n.t('The preview could not be drawn: {0}', message.message));
      return;
    }
    try {
      await this.#perform(message);
      this.#answer({ kind: 'done', request: message.request });
    } catch (error) {
      this.#answer({
        kind: 'failed',
        request: message.request,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  #answer(answer: Extract<ToPreview, { kind: 'done' | 'failed' }>): void {
    void this.#panel.webview.postMessage(answer);
  }

  #perform(message: Exclude<FromPreview, { kind: 'done' | 'failed' }>): Promise<void> | void {
    switch (message.kind) {
      case 'ready':
        return this.#welcome();
      case 'reveal-node':
        return this.#listener.selected(message.node, message.focus);
      case 'reveal-edge':
        return this.#listener.edgeSelected(message.edge, message.focus);
      case 'open-called':
        return this.#listener.calledOpened(message.node, message.call);
      case 'leave-called':
        return this.#listener.calledLeft(message.to);
      case 'do-command':
        return this.#listener.commanded(message.command);
      case 'want-charts':
        return this.#sendCharts(message.node);
      case 'look-at':
        return this.#listener.lookedAt(message.moment);
    }
  }

  /** The page has just been loaded, perhaps for the second time. */
  #welcome(): void {
    const isFirst = !this.#ready;
    this.#ready = true;
    this.allowRunning(vscode.workspace.isTrusted);
    if (this.#content) this.#send(this.#content);
    if (this.#run) this.#send({ kind: 'show-run', run: this.#run });
    if (this.#coverage) this.#drawCoverage();
    if (this.#moments.moments.length > 0) this.#send({ kind: 'show-moments', ...this.#moments });
    if (this.#lit) this.#send({ kind: 'light-node', node: this.#lit, scroll: isFirst });
  }
}

function sameNodes(a: Diagram, b: Diagram): boolean {
  return a.boxes.length === b.boxes.length && a.boxes.every((box, i) => box.id === b.boxes[i]?.id);
}

function emptyContent(uri: vscode.Uri, problems: ProblemCounts): Numberless<Content> {
  const document = uri.toString();
  return problems.errors > 0
    ? {
        kind: 'show-empty',
        document,
        reason: 'errors',
        message: vscode.l10n.t('The guide has errors, and no step could be read from it.'),
        problems,
      }
    : {
        kind: 'show-empty',
        document,
        reason: 'no-steps',
        message: vscode.l10n.t(
          'A step is a heading such as “## Step 1 - Check the dashboard” or an item of a numbered list.',
        ),
        problems,
      };
}
