// All previews of the window, one for each guide: opens and restores panels, keeps them in step with text, cursor and run,
// and reaches the guide's lines from the picture.
import * as vscode from 'vscode';
import { lineIndex } from '../../base/index.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import {
  type CoveragePicture,
  pictureChanges,
  pictureCoverage,
  renderSvg,
  type SvgTheme,
} from '../../diagram/index.ts';
import { calledPlan, callTrail, mergePlans, type Coverage, type Plan, type Source } from '../../plan/index.ts';
import type { Comparison, PreviewCommand } from '../../protocol/index.ts';
import type { RunView } from '../../run/index.ts';
import { saveTarget } from '../save-target.ts';
import { toRange } from '../to-vscode.ts';
import { nameOf } from '../uri-name.ts';
import { type Engine, LayoutService } from './layout-service.ts';
import { nodeAtLine } from './node-at-line.ts';
import { type Inner, PreviewPanel } from './preview-panel.ts';

/** The view type under which panels are restored. */
export const previewViewType = 'tsg.preview';

/** What the previews need from the rest of the extension. */
export interface PreviewOwner {
  /** Plan and diagnostics of the text as it stands; undefined when the document is no guide. */
  analysis(
    document: vscode.TextDocument,
  ): { readonly plan: Plan; readonly diagnostics: readonly Diagnostic[] } | undefined;
  /** The run to show on a guide that is opened now, if there is one. */
  run?(uri: vscode.Uri): ShownRun | null;
  /** The guide's plan with every guide that it calls; absent where no guide can be run. */
  join?(document: vscode.TextDocument): Promise<Plan | undefined>;
  /** The reader slides through the run's time; null: back to the present. */
  lookAt?(uri: vscode.Uri, moment: number | null): void;
  /** A button of the toolbar; the preview has nothing to do with how. */
  perform(
    command: Exclude<PreviewCommand, 'export-svg' | 'end-coverage'>,
    document: vscode.TextDocument,
  ): Thenable<unknown>;
}

/** A run as it stands, with its plan: that of its guide and of those which are called. */
export interface ShownRun {
  readonly view: RunView;
  readonly plan: Plan;
}

export interface NodeSelection {
  readonly uri: vscode.Uri;
  readonly node: string;
  /** Offset of the node's text in the guide; undefined for `start` and `end`. */
  readonly offset: number | undefined;
}

/** A comparison that a guide's preview shows instead of its plan alone. */
export interface Comparing extends Omit<Comparison, 'changes'> {
  /** The plans of both sides while the guide's own plan is `plan`; null once there is nothing left to compare. */
  sides(plan: Plan): { readonly old: Plan; readonly next: Plan } | null;
}

interface Latest {
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
}

/** Milliseconds in which several updates become one. */
const calm = 60;

export class PreviewController implements vscode.Disposable {
  readonly #root: vscode.Uri;
  readonly #owner: PreviewOwner;
  readonly #layouts: LayoutService;
  readonly #panels = new Map<string, PreviewPanel>();
  readonly #updates = new Map<string, { readonly timer: NodeJS.Timeout; readonly latest: Latest }>();
  readonly #latest = new Map<string, Latest>();
  readonly #comparing = new Map<string, Comparing>();
  /** Kept whether there is a preview or not, for one that is opened later. */
  readonly #coverages = new Map<string, { readonly of: string; readonly picture: CoveragePicture }>();
  /** By panel, the action whose called guide it draws in the place of its own. */
  readonly #inner = new Map<string, string>();
  /** Where the picture itself has sent the cursor. */
  #revealed: { readonly file: string; readonly line: number } | undefined;
  readonly #selected = new vscode.EventEmitter<NodeSelection>();
  readonly #subscriptions: vscode.Disposable[];
  /** A reader chose a node in a preview. Its line has been revealed already. */
  readonly onDidSelect = this.#selected.event;

  constructor(root: vscode.Uri, owner: PreviewOwner) {
    this.#root = root;
    this.#owner = owner;
    this.#layouts = new LayoutService(vscode.Uri.joinPath(root, 'dist', 'layout-worker.mjs').fsPath);
    this.#subscriptions = [
      this.#selected,
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#follow(textEditor)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('tsg.preview.engine'))
          for (const [key, latest] of this.#latest) void this.#draw(key, latest);
      }),
      vscode.window.onDidChangeActiveColorTheme(() => this.#panels.forEach((panel) => panel.redrawCharts())),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#panels.forEach((panel) => panel.allowRunning(true))),
      vscode.window.registerWebviewPanelSerializer(previewViewType, {
        deserializeWebviewPanel: (panel, state) => this.#restore(panel, state),
      }),
    ];
  }

  /** Shows the preview of a guide beside its text, without taking the keyboard. */
  open(document: vscode.TextDocument): void {
    const known = this.#panels.get(document.uri.toString());
    if (known) {
      known.reveal();
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.#adopt(
      vscode.window.createWebviewPanel(previewViewType, titleOf(document.uri), place, { enableScripts: true }),
      document,
    );
  }

  /** Shows a comparison in the guide's preview until it is ended or has no meaning any more. */
  compare(document: vscode.TextDocument, comparing: Comparing): void {
    this.#comparing.set(document.uri.toString(), comparing);
    this.open(document);
    this.#drawAgain(document.uri);
  }

  /** The two plans that are compared at this moment; undefined while there is no comparison. */
  compared(uri: vscode.Uri): { readonly old: Plan; readonly next: Plan } | undefined {
    const latest = this.#latest.get(uri.toString());
    return (latest && this.#comparing.get(uri.toString())?.sides(latest.plan)) ?? undefined;
  }

  endComparison(uri: vscode.Uri): void {
    if (this.#comparing.delete(uri.toString())) this.#drawAgain(uri);
  }

  isOpen(uri: vscode.Uri): boolean {
    return this.#panels.has(uri.toString());
  }

  /** How many boxes the guide's preview has drawn, as its page says; 0 without a preview. */
  drawnBoxes(uri: vscode.Uri): number {
    return this.#panels.get(uri.toString())?.drawn ?? 0;
  }

  /** The step that the guide's preview has last brought into view for the cursor; null when there is none. */
  scrolledTo(uri: vscode.Uri): string | null {
    return this.#panels.get(uri.toString())?.scrolled ?? null;
  }

  /** The guide's text has been read again. Without a preview of it nothing happens. */
  update(uri: vscode.Uri, plan: Plan, diagnostics: readonly Diagnostic[]): void {
    const key = uri.toString();
    for (const panel of this.#panels.values())
      if (panel.inner && panel.file.toString() === key) this.#drawAgain(panel.uri);
    if (!this.#panels.has(key)) return;
    clearTimeout(this.#updates.get(key)?.timer);
    const latest = { plan, diagnostics };
    const timer = setTimeout(() => {
      this.#updates.delete(key);
      void this.#draw(key, latest);
    }, calm);
    this.#updates.set(key, { timer, latest });
  }

  /** Draws a run's state on the guide's plan; null takes it away. */
  setRun(uri: vscode.Uri, view: RunView | null, plan?: Plan): void {
    if (view) this.setCoverage(uri, null);
    const panel = this.#panels.get(uri.toString());
    if (!panel) return;
    const other = panel.runPlan !== plan;
    panel.showRun(view, plan);
    if (other && panel.inner) this.#drawAgain(uri);
  }

  /** Draws the guide that a step of the one drawn calls, in its place. Rejects with a sentence when it cannot be. */
  async openCalled(uri: vscode.Uri, node: string, call: number): Promise<void> {
    const panel = this.#panels.get(uri.toString());
    const joined = panel && (await this.#joined(panel));
    if (!joined) throw new Error(vscode.l10n.t('This guide cannot be opened here.'));
    const within = panel.inner?.call;
    const name = within === undefined ? node : `${within}/${node}`;
    const calls = joined.nodes.find(({ id }) => id === name)?.actions.filter(({ language }) => language === 'guide');
    const action = calls?.[call];
    if (!action?.guide) throw new Error(action?.code ?? vscode.l10n.t('This guide cannot be opened here.'));
    this.#inner.set(uri.toString(), action.id);
    await this.#drawNow(uri);
  }

  /** Back along the trail of called guides; 0 is the preview's own guide. */
  async leaveCalled(uri: vscode.Uri, to: number): Promise<void> {
    const inner = this.#panels.get(uri.toString())?.inner;
    const target = inner && to > 0 ? callTrail(inner.joined, inner.call)[to - 1] : undefined;
    if (target) this.#inner.set(uri.toString(), target.id);
    else this.#inner.delete(uri.toString());
    await this.#drawNow(uri);
  }

  /** The titles on the way to the called guide that is drawn; empty while the preview draws its own. */
  trail(uri: vscode.Uri): readonly string[] {
    return this.#panels.get(uri.toString())?.inner?.trail ?? [];
  }

  /** Marks what tests of the guide as it is in `plan` have covered, until it is another plan, a run begins or it is ended. */
  setCoverage(uri: vscode.Uri, measured: { readonly plan: Plan; readonly coverage: Coverage } | null): void {
    const key = uri.toString();
    const picture = measured && pictureCoverage(measured.plan, measured.coverage);
    if (measured && picture) this.#coverages.set(key, { of: fingerprint(measured.plan), picture });
    else this.#coverages.delete(key);
    this.#panels.get(key)?.showCoverage(picture);
  }

  /** The coverage that the guide's preview shows; null when it shows none. */
  coverage(uri: vscode.Uri): CoveragePicture | null {
    return this.#panels.get(uri.toString())?.coverage ?? null;
  }

  /** What the guide's preview shows of its run's time; undefined without a preview. */
  moments(uri: vscode.Uri): { readonly moments: readonly string[]; readonly steps: readonly string[] } | undefined {
    return this.#panels.get(uri.toString())?.time;
  }

  /** The moments that a run can be slid through; none takes the slider away. */
  setMoments(uri: vscode.Uri, moments: readonly string[], at: number | null): void {
    this.#panels.get(uri.toString())?.showMoments(moments, at);
  }

  /** Lights a node and brings it into view. */
  reveal(uri: vscode.Uri, node: string): void {
    this.#panels.get(uri.toString())?.light(node, true);
  }

  /** Asks where to, then writes the picture. Returns the file, or undefined when the person changed their mind. */
  async exportSvg(document: vscode.TextDocument, to?: string): Promise<vscode.Uri | undefined> {
    const svg = this.#panels.get(document.uri.toString())?.svg(currentTheme()) ?? (await this.#svgOf(document));
    if (svg === undefined) throw new Error(vscode.l10n.t('This document has no plan to export.'));
    const target = await saveTarget(document, { extension: 'svg', kind: vscode.l10n.t('SVG picture') }, to);
    if (!target) return undefined;
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(svg));
    return target;
  }

  dispose(): void {
    for (const { timer } of this.#updates.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const panel of [...this.#panels.values()]) panel.close();
    this.#layouts.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, document: vscode.TextDocument): void {
    const { uri } = document;
    const key = uri.toString();
    const preview = new PreviewPanel(panel, uri, this.#root, this.#layouts, {
      selected: (node, focus) => this.#select(uri, node, focus),
      edgeSelected: (edge, focus) => this.#selectEdge(uri, edge, focus),
      lookedAt: (moment) => this.#owner.lookAt?.(uri, moment),
      calledOpened: (node, call) => this.openCalled(uri, node, call),
      calledLeft: (to) => this.leaveCalled(uri, to),
      commanded: (command) => this.#command(uri, command),
      closed: () => {
        this.#panels.delete(key);
        this.#latest.delete(key);
        this.#comparing.delete(key);
        this.#inner.delete(key);
        clearTimeout(this.#updates.get(key)?.timer);
        this.#updates.delete(key);
      },
    });
    this.#panels.set(key, preview);
    const analysis = this.#owner.analysis(document);
    if (analysis) void this.#draw(key, analysis);
    const run = this.#owner.run?.(uri);
    if (run) preview.showRun(run.view, run.plan);
    preview.showCoverage(this.#coverages.get(key)?.picture ?? null);
  }

  async #restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const document =
      typeof state === 'object' && state !== null ? (state as { readonly document?: unknown }).document : undefined;
    if (typeof document !== 'string') {
      panel.dispose();
      return;
    }
    try {
      this.#adopt(panel, await vscode.workspace.openTextDocument(vscode.Uri.parse(document)));
    } catch {
      // The guide is gone since; a preview of nothing would only be in the way.
      panel.dispose();
    }
  }

  async #draw(key: string, latest: Latest): Promise<void> {
    const panel = this.#panels.get(key);
    if (!panel) return;
    this.#latest.set(key, latest);
    const coverage = this.#coverages.get(key);
    if (coverage && coverage.of !== fingerprint(latest.plan)) this.setCoverage(panel.uri, null);
    const count = (severity: Diagnostic['severity']): number =>
      latest.diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    const problems = { errors: count('error'), warnings: count('warning') };
    const comparing = this.#comparing.get(key);
    const sides = comparing?.sides(latest.plan) ?? null;
    if (comparing && !sides) this.#comparing.delete(key);
    if (!comparing || !sides) {
      const inner = await this.#innerOf(panel);
      // What came meanwhile is drawn by whoever told it.
      if (this.#latest.get(key) !== latest) return;
      const plan = inner ? (calledPlan(inner.joined, inner.call) ?? latest.plan) : latest.plan;
      if (await panel.showPlan(plan, problems, engineFor(panel.uri), inner && { inner })) this.#followAll();
      return;
    }
    const merged = mergePlans(sides.old, sides.next);
    const { title, note, proposal } = comparing;
    const comparison = { title, note, proposal, changes: pictureChanges(merged) };
    await panel.showPlan(merged.plan, problems, engineFor(panel.uri), { comparison });
  }

  #drawAgain(uri: vscode.Uri): void {
    void this.#drawNow(uri);
  }

  async #drawNow(uri: vscode.Uri): Promise<void> {
    const latest = this.#latest.get(uri.toString());
    if (latest) await this.#draw(uri.toString(), latest);
  }

  /** The called guide that a panel is to draw; undefined for its own, and when the call is there no more. */
  async #innerOf(panel: PreviewPanel): Promise<Inner | undefined> {
    const key = panel.uri.toString();
    const call = this.#inner.get(key);
    if (call === undefined) return undefined;
    const joined = await this.#joined(panel).catch(() => undefined);
    const trail = joined ? callTrail(joined, call) : [];
    const file = trail.at(-1)?.guide?.file;
    if (!joined || file === undefined) {
      this.#inner.delete(key);
      return undefined;
    }
    const titles = [joined.guide.title, ...trail.map(({ guide }) => guide?.title ?? '')];
    return { call, joined, file: vscode.Uri.file(file), trail: titles };
  }

  /** The plan of the run that is shown, else of the text as it stands, with the guides that are called. */
  async #joined(panel: PreviewPanel): Promise<Plan | undefined> {
    return panel.runPlan ?? (await this.#owner.join?.(await vscode.workspace.openTextDocument(panel.uri)));
  }

  /** Lights the steps in which the cursors stand and brings them into view: a plan that is drawn anew begins at its start. */
  #followAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.#follow(editor);
  }

  /**
   * Whatever moves the cursor moves the picture with it: keys, a search, a problem that is gone to. Only what the reader chose in
   * the picture itself stays where it is.
   */
  #follow(editor: vscode.TextEditor): void {
    const file = editor.document.uri.toString();
    const { line } = editor.selection.active;
    const isOwn = this.#revealed?.file === file && this.#revealed.line === line;
    this.#revealed = undefined;
    for (const panel of this.#panels.values())
      if (panel.plan && panel.file.toString() === file) panel.light(nodeAtLine(panel.plan, line + 1), !isOwn);
  }

  async #select(uri: vscode.Uri, node: string, focus: boolean): Promise<void> {
    const panel = this.#panels.get(uri.toString());
    const found = panel?.plan?.nodes.find((candidate) => candidate.id === node);
    const source = found?.titleSource ?? found?.source;
    if (panel && source) await this.#revealSource(panel.file, source, focus);
    if (!panel?.inner) this.#selected.fire({ uri, node, offset: source?.span.start });
  }

  async #selectEdge(uri: vscode.Uri, edge: string, focus: boolean): Promise<void> {
    const panel = this.#panels.get(uri.toString());
    const plan = panel?.plan;
    const found = plan && [...plan.edges, ...plan.repeats].find((candidate) => candidate.id === edge);
    if (panel && found?.source) await this.#revealSource(panel.file, found.source, focus);
    else if (found) await this.#select(uri, found.from, focus);
  }

  async #revealSource(uri: vscode.Uri, source: Source, focus: boolean): Promise<void> {
    this.#revealed = { file: uri.toString(), line: source.startLine - 1 };
    await revealSource(uri, source, focus);
  }

  async #command(uri: vscode.Uri, command: PreviewCommand): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    if (command === 'export-svg') await this.exportSvg(document);
    else if (command === 'end-coverage') this.setCoverage(uri, null);
    else await this.#owner.perform(command, document);
  }

  async #svgOf(document: vscode.TextDocument): Promise<string | undefined> {
    const analysis = this.#owner.analysis(document);
    if (!analysis) return undefined;
    const key = `export ${document.uri.toString()}`;
    const diagram = await this.#layouts.layout(key, analysis.plan, engineFor(document.uri));
    return diagram ? renderSvg(diagram, { theme: currentTheme() }) : undefined;
  }
}

/** What a plan's coverage is about: an edit that leaves it as it is leaves the coverage true. */
function fingerprint({ nodes, edges }: Plan): string {
  return JSON.stringify([
    nodes.map(({ id, title, actions }) => [id, title, actions.map(({ code }) => code)]),
    edges.map(({ id, condition, guard, onFailure }) => [
      id,
      condition,
      guard?.kind === 'cel' ? guard.cel : guard?.kind,
      onFailure,
    ]),
  ]);
}

function engineFor(uri: vscode.Uri): Engine {
  const engine = vscode.workspace.getConfiguration('tsg', uri).get<string>('preview.engine');
  return engine === 'dagre' || engine === 'elk' || engine === 'dot' ? engine : 'auto';
}

function currentTheme(): SvgTheme {
  switch (vscode.window.activeColorTheme.kind) {
    case vscode.ColorThemeKind.Dark:
      return 'dark';
    case vscode.ColorThemeKind.HighContrast:
      return 'high-contrast';
    default:
      return 'light';
  }
}

function titleOf(uri: vscode.Uri): string {
  return vscode.l10n.t('Plan: {0}', nameOf(uri));
}

async function revealSource(uri: vscode.Uri, source: Source, focus: boolean): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const range = toRange(lineIndex(document.getText()), source.span);
  const place = vscode.window.visibleTextEditors.find(
    (editor) => editor.document.uri.toString() === uri.toString(),
  )?.viewColumn;
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: place ?? vscode.ViewColumn.One,
    preserveFocus: !focus,
  });
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
