// The view "Guide Plan": the steps of the guide at hand with the ways that leave them. It follows the cursor, shows how a run
// stands, and leads to the text.
import * as vscode from 'vscode';
import { nodeAt, planTree, type PlanTreeItem, type PlanTreeStep, type PlanTreeWay } from '../editing/index.ts';
import { type RunView, type StepStatus, withWayNames } from '../run/index.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import { toOffset, toRange } from './to-vscode.ts';

/** What the view needs to know of runs; a browser has none. */
export interface RunStates {
  readonly onDidChange: vscode.Event<{ readonly uri: vscode.Uri }>;
  readonly onDidClear: vscode.Event<vscode.Uri>;
  of(uri: vscode.Uri): { view(): RunView } | undefined;
}

/** When what was to be drawn has been. */
const drawnMs = 100;
const mostRefusals = 20;

export class PlanView implements vscode.TreeDataProvider<PlanTreeItem>, vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #runs: RunStates | null;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<PlanTreeItem>;
  readonly #subscriptions: vscode.Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;
  #shown: { readonly analysis: DocumentAnalysis; readonly items: readonly PlanTreeStep[] } | undefined;
  #run: RunView | undefined;
  readonly #parents = new Map<PlanTreeItem, PlanTreeStep>();
  #again: NodeJS.Timeout | undefined;
  /** How often the view has refused to select a step, one time after the other. */
  #refused = 0;

  constructor(analyses: Analyses, runs: RunStates | null) {
    this.#analyses = analyses;
    this.#runs = runs;
    this.#view = vscode.window.createTreeView('tsg.plan', { treeDataProvider: this, showCollapseAll: true });
    const same = (uri: vscode.Uri): boolean => uri.toString() === this.#shown?.analysis.uri.toString();
    this.#subscriptions = [
      this.#changed,
      this.#view,
      this.#view.onDidChangeVisibility(({ visible }) => visible && this.#take(vscode.window.activeTextEditor)),
      analyses.onDidAnalyse((analysis) => {
        if (isActive(analysis.uri)) this.#take(vscode.window.activeTextEditor);
      }),
      analyses.onDidDrop((uri) => same(uri) && this.#show(undefined)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#take(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#follow(textEditor)),
      ...(runs
        ? [
            runs.onDidChange(({ uri }) => same(uri) && this.#refreshRun()),
            runs.onDidClear((uri) => same(uri) && this.#refreshRun()),
          ]
        : []),
    ];
    this.#take(vscode.window.activeTextEditor);
  }

  getChildren(parent?: PlanTreeItem): PlanTreeItem[] {
    if (!parent) return [...(this.#shown?.items ?? [])];
    return parent.kind === 'step' ? [...parent.children] : [];
  }

  getParent(item: PlanTreeItem): PlanTreeItem | undefined {
    return this.#parents.get(item);
  }

  getTreeItem(item: PlanTreeItem): vscode.TreeItem {
    const result = item.kind === 'step' ? this.#stepItem(item) : this.#wayItem(item);
    const { analysis } = this.#shown ?? {};
    if (analysis) {
      const selection = toRange(analysis.guide.lines, item.span);
      const open: [vscode.Uri, vscode.TextDocumentShowOptions] = [analysis.uri, { selection, preserveFocus: true }];
      result.command = { command: 'vscode.open', title: vscode.l10n.t('Show in Guide'), arguments: open };
    }
    return result;
  }

  /** For tests: what a person reads, indented by level. */
  lines(): readonly string[] {
    const line = (item: PlanTreeItem, level: number): string[] => {
      const { label, description } = this.getTreeItem(item);
      const words = [typeof label === 'string' ? label : (label?.label ?? ''), String(description ?? '')];
      return [
        `${'  '.repeat(level)}${words.join(' | ')}`,
        ...this.getChildren(item).flatMap((child) => line(child, level + 1)),
      ];
    };
    return this.getChildren().flatMap((item) => line(item, 0));
  }

  /** For tests: the step that is selected in the view. */
  get selected(): string | undefined {
    const [item] = this.#view.selection;
    return item?.kind === 'step' ? item.node : undefined;
  }

  dispose(): void {
    clearTimeout(this.#again);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #take(editor: vscode.TextEditor | undefined): void {
    if (!editor) return; // A preview or an output is looked at: the plan stays.
    const analysis = this.#analyses.latest(editor.document.uri);
    this.#show(analysis);
    if (analysis) this.#follow(editor);
  }

  #show(analysis: DocumentAnalysis | undefined): void {
    if (analysis === this.#shown?.analysis && analysis) return;
    const items = analysis ? planTree(analysis) : [];
    this.#refused = 0;
    this.#shown = analysis && { analysis, items };
    this.#parents.clear();
    const note = (step: PlanTreeStep): void => {
      for (const child of step.children) {
        this.#parents.set(child, step);
        if (child.kind === 'step') note(child);
      }
    };
    items.forEach(note);
    this.#view.description = analysis?.plan.guide.title ?? '';
    this.#refreshRun();
  }

  #refreshRun(): void {
    const uri = this.#shown?.analysis.uri;
    this.#run = uri && this.#runs?.of(uri)?.view();
    this.#changed.fire(undefined);
  }

  #follow(editor: vscode.TextEditor): void {
    const { analysis } = this.#shown ?? {};
    if (!this.#view.visible || !analysis || analysis.version !== editor.document.version) return;
    if (analysis.uri.toString() !== editor.document.uri.toString()) return;
    const node = nodeAt(analysis.plan, toOffset(analysis.guide.lines, editor.selection.active))?.id;
    const item = node === undefined ? undefined : find(this.#shown?.items ?? [], node);
    if (!item || this.#view.selection[0] === item) return;
    clearTimeout(this.#again);
    this.#view.reveal(item, { select: true, focus: false }).then(
      () => (this.#refused = 0),
      // VS Code refuses an item that it has not drawn (again) yet, as while a run changes what all of them show.
      () => {
        if (++this.#refused <= mostRefusals) this.#again = setTimeout(() => this.#followActive(), drawnMs);
      },
    );
  }

  #followActive(): void {
    const editor = vscode.window.activeTextEditor;
    if (editor) this.#follow(editor);
  }

  #stepItem(step: PlanTreeStep): vscode.TreeItem {
    const { Expanded, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(step.label, step.children.length > 0 ? Expanded : None);
    const status = this.#run?.steps.find(({ node }) => node === step.node)?.status;
    item.id = step.node;
    item.contextValue = 'step';
    item.iconPath = iconOf(status);
    if (status && status !== 'pending') item.description = statusWord(status);
    const spoken = status && status !== 'pending' ? `${step.label}, ${statusWord(status)}` : step.label;
    item.accessibilityInformation = { label: spoken };
    return item;
  }

  #wayItem(way: PlanTreeWay): vscode.TreeItem {
    const item = new vscode.TreeItem(way.label);
    const state = this.#run?.edges.find(({ edge }) => edge === way.edge);
    item.id = `${way.from} ${way.edge}`;
    item.contextValue = 'way';
    item.accessibilityInformation = { label: vscode.l10n.t('leads to {0}', way.label) };
    item.description = way.condition ?? (way.decided === 'failure' ? vscode.l10n.t('when the step fails') : '');
    const plan = this.#shown?.analysis.plan;
    const because = plan && state?.because !== undefined && withWayNames(plan, state.because);
    item.tooltip = [way.condition, decision(way), because].filter(Boolean).join('\n');
    const icon = {
      always: 'arrow-right',
      guard: 'git-branch',
      else: 'git-branch',
      person: 'person',
      failure: 'warning',
      loop: 'sync',
    };
    item.iconPath =
      state?.status === 'enabled'
        ? new vscode.ThemeIcon('check', new vscode.ThemeColor('testing.iconPassed'))
        : new vscode.ThemeIcon(icon[way.decided]);
    return item;
  }
}

function decision({ decided, guard }: PlanTreeWay): string {
  if (guard !== null) return vscode.l10n.t('Decided by a guard: {0}', guard);
  switch (decided) {
    case 'else':
      return vscode.l10n.t('Taken when no other condition of the step holds.');
    case 'person':
      return vscode.l10n.t('Decided by a person.');
    case 'failure':
      return vscode.l10n.t('Taken when the step fails.');
    case 'loop':
    case 'always':
    case 'guard':
      return '';
  }
}

function find(items: readonly PlanTreeItem[], node: string): PlanTreeStep | undefined {
  for (const item of items) {
    if (item.kind !== 'step') continue;
    const found = item.node === node ? item : find(item.children, node);
    if (found) return found;
  }
  return undefined;
}

function isActive(uri: vscode.Uri): boolean {
  return vscode.window.activeTextEditor?.document.uri.toString() === uri.toString();
}

function statusWord(status: StepStatus): string {
  const words: Readonly<Record<StepStatus, string>> = {
    pending: '',
    running: vscode.l10n.t('running'),
    waiting: vscode.l10n.t('waiting'),
    succeeded: vscode.l10n.t('succeeded'),
    failed: vscode.l10n.t('failed'),
    skipped: vscode.l10n.t('skipped'),
    cancelled: vscode.l10n.t('cancelled'),
    planned: vscode.l10n.t('planned'),
  };
  return words[status];
}

function iconOf(status: StepStatus | undefined): vscode.ThemeIcon {
  const colour = (icon: string, name: string): vscode.ThemeIcon =>
    new vscode.ThemeIcon(icon, new vscode.ThemeColor(name));
  switch (status) {
    case 'running':
      return new vscode.ThemeIcon('sync~spin');
    case 'waiting':
      return colour('question', 'notificationsWarningIcon.foreground');
    case 'succeeded':
      return colour('pass', 'testing.iconPassed');
    case 'failed':
      return colour('error', 'testing.iconFailed');
    case 'skipped':
    case 'cancelled':
      return colour('circle-slash', 'testing.iconSkipped');
    case 'planned':
      return new vscode.ThemeIcon('beaker');
    case 'pending':
    case undefined:
      return new vscode.ThemeIcon('circle-outline');
  }
}
