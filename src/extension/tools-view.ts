// The view of tools: the connections of the current environment, what each reaches, and how it went when it was last tried.
// Nothing is contacted before a person asks for it, and never in a workspace that is not trusted.
import { durationWords } from '../base/index.ts';
import * as vscode from 'vscode';
import type { GuideTools, ToolConnection, ToolConnections } from './guide-tools.ts';
import type { Guides } from './guides.ts';
import { loadEngine } from './load-engine.ts';
import { NotAllowed, requireRunnable } from './trust.ts';

/** How a connection stands: what nobody has tried is unknown. */
export type ToolState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'checking'; readonly waits?: string }
  | { readonly kind: 'ok'; readonly tookMs: number; readonly at: number }
  | { readonly kind: 'failed'; readonly problem: string; readonly tookMs: number; readonly at: number };

/** A line of the view: a tool, or what went wrong with it. */
export type ToolLine =
  | { readonly kind: 'environment'; readonly name: string; readonly color: string | undefined }
  | { readonly kind: 'tool'; readonly tool: ToolConnection }
  | { readonly kind: 'problem'; readonly tool: ToolConnection; readonly text: string };

export class ToolsView implements vscode.TreeDataProvider<ToolLine>, vscode.Disposable {
  readonly #tools: GuideTools;
  readonly #guides: Guides;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #tree: vscode.TreeView<ToolLine>;
  readonly #states = new Map<string, ToolState>();
  readonly #subscriptions: vscode.Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;
  /** The guide whose tools are shown: the one in front, or the last that was. */
  #guide: vscode.Uri | undefined;
  /** The settings that the states are of; others mean other connections. */
  #of = '';
  #checks = new AbortController();

  constructor(tools: GuideTools, guides: Guides) {
    this.#tools = tools;
    this.#guides = guides;
    this.#tree = vscode.window.createTreeView('tsg.tools', { treeDataProvider: this });
    this.#subscriptions = [
      this.#changed,
      this.#tree,
      tools.onDidChange(() => this.#look()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#look()),
    ];
    this.#look();
  }

  /** The tools that are shown; null where a guide has none, or they are not known yet. */
  get connections(): ToolConnections | null {
    return this.#guide ? this.#tools.connections(this.#guide) : null;
  }

  /** How a tool stands. */
  state(name: string): ToolState {
    return this.#states.get(name) ?? { kind: 'unknown' };
  }

  getChildren(parent?: ToolLine): ToolLine[] {
    const shown = this.connections;
    if (!shown) return [];
    if (parent?.kind === 'tool') {
      const state = this.state(parent.tool.name);
      return state.kind === 'failed' ? [{ kind: 'problem', tool: parent.tool, text: state.problem }] : [];
    }
    if (parent) return [];
    const { environment, tools } = shown;
    return [
      ...(environment ? [{ kind: 'environment' as const, name: environment.name, color: environment.color }] : []),
      ...tools.map((tool) => ({ kind: 'tool' as const, tool })),
    ];
  }

  getTreeItem(line: ToolLine): vscode.TreeItem {
    switch (line.kind) {
      case 'environment':
        return environmentItem(line.name, line.color);
      case 'tool':
        return this.#toolItem(line.tool);
      case 'problem': {
        const item = new vscode.TreeItem(line.text);
        item.tooltip = line.text;
        item.iconPath = new vscode.ThemeIcon('info');
        return item;
      }
    }
  }

  /** Shows the view and tries the connection of one tool, or of all. Resolves when every answer is in; throws where nothing may be contacted. */
  async check(name?: string): Promise<void> {
    requireRunnable({ trusted: vscode.workspace.isTrusted, scheme: this.#guide?.scheme ?? 'file' });
    this.#look();
    const shown = this.connections;
    if (!this.#guide || !shown)
      throw new NotAllowed(vscode.l10n.t('There are no tools to check: open a guide whose folder has a tsg.yaml.'));
    await vscode.commands.executeCommand('tsg.tools.focus');
    const engine = await loadEngine();
    const { toolbox } = await this.#tools.open(this.#guide);
    const { signal } = this.#checks;
    const say = (tool: string, state: ToolState): void => {
      // Settings that have changed since are of other connections.
      if (signal.aborted) return;
      this.#states.set(tool, state);
      this.#show();
    };
    try {
      await Promise.all(
        toolbox.tools
          .filter((tool) => name === undefined || tool.name === name)
          .map(async (tool) => {
            say(tool.name, { kind: 'checking' });
            const onWait = (waits: string): void => say(tool.name, { kind: 'checking', waits });
            const { problem, tookMs } = await engine.checkTool(tool, engine.systemClock, { signal, onWait });
            const at = engine.systemClock.now();
            say(
              tool.name,
              problem ? { kind: 'failed', problem: problem.message, tookMs, at } : { kind: 'ok', tookMs, at },
            );
          }),
      );
    } finally {
      await toolbox.close();
    }
  }

  /** Shows where a tool is set up: its name in the tsg.yaml. */
  async openSettings(name?: string): Promise<void> {
    const shown = this.connections;
    if (!shown)
      throw new NotAllowed(vscode.l10n.t('There are no tools here: open a guide whose folder has a tsg.yaml.'));
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(shown.file));
    const editor = await vscode.window.showTextDocument(document);
    const line = name === undefined ? -1 : lineOfTool(document.getText(), name);
    if (line < 0) return;
    const place = new vscode.Position(line, document.lineAt(line).firstNonWhitespaceCharacterIndex);
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** The lines as they are shown; for tests. */
  lines(): readonly string[] {
    const said = (line: ToolLine): string[] => {
      const item = this.getTreeItem(line);
      const words = `${String(item.label)}${item.description === undefined ? '' : ` | ${String(item.description)}`}`;
      return [
        words,
        ...this.getChildren(line)
          .flatMap(said)
          .map((below) => `  ${below}`),
      ];
    };
    return this.getChildren().flatMap(said);
  }

  dispose(): void {
    this.#checks.abort();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #look(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (document && this.#guides.isGuide(document)) this.#guide = document.uri;
    const shown = this.connections;
    const of = JSON.stringify(shown);
    if (shown && of !== this.#of) {
      this.#of = of;
      this.#states.clear();
      this.#checks.abort();
      this.#checks = new AbortController();
    }
    void vscode.commands.executeCommand('setContext', 'tsg.hasTools', shown !== null);
    this.#show();
  }

  #show(): void {
    const failed = [...this.#states.values()].filter(({ kind }) => kind === 'failed').length;
    this.#tree.badge = failed > 0 ? { value: failed, tooltip: vscode.l10n.t('{0} cannot be used', failed) } : undefined;
    this.#changed.fire(undefined);
  }

  #toolItem(tool: ToolConnection): vscode.TreeItem {
    const state = this.state(tool.name);
    const item = new vscode.TreeItem(
      tool.name,
      state.kind === 'failed' ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
    );
    // Its state is a part of what it is, so that a failure opens its reason though the line was there before.
    item.id = `${tool.name} ${state.kind === 'failed' ? 'failed' : ''}`;
    item.description = `${stateWords(state)} \u00b7 ${tool.description}`;
    item.tooltip = [`${tool.name} (${tool.kind})`, tool.description, longWords(state)].join('\n');
    item.iconPath = iconOf(state);
    item.contextValue = 'tool';
    item.accessibilityInformation = { label: `${tool.name}, ${tool.kind}, ${longWords(state)}` };
    return item;
  }
}

function environmentItem(name: string, color: string | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Environment {0}', name));
  item.iconPath = new vscode.ThemeIcon(
    color === 'red' ? 'warning' : 'globe',
    color === undefined ? undefined : new vscode.ThemeColor(`charts.${color}`),
  );
  item.tooltip = vscode.l10n.t('Guides run against the environment {0}.', name);
  item.command = {
    command: 'workbench.action.openSettings',
    title: vscode.l10n.t('Choose another environment'),
    arguments: ['tsg.environment'],
  };
  return item;
}

function stateWords(state: ToolState): string {
  switch (state.kind) {
    case 'unknown':
      return vscode.l10n.t('not checked');
    case 'checking':
      return state.waits === undefined ? vscode.l10n.t('checking') : vscode.l10n.t('waits for its turn');
    case 'ok':
      return vscode.l10n.t('ok in {0}', durationWords(state.tookMs));
    case 'failed':
      return vscode.l10n.t('failed');
  }
}

function longWords(state: ToolState): string {
  switch (state.kind) {
    case 'unknown':
      return vscode.l10n.t('Nobody has checked it yet.');
    case 'checking':
      return state.waits === undefined ? vscode.l10n.t('It is being checked.') : `${state.waits}.`;
    case 'ok':
      return vscode.l10n.t('Checked at {0}, it answered in {1}.', clock(state.at), durationWords(state.tookMs));
    case 'failed':
      return vscode.l10n.t('Checked at {0}, it cannot be used: {1}', clock(state.at), state.problem);
  }
}

function iconOf(state: ToolState): vscode.ThemeIcon {
  switch (state.kind) {
    case 'unknown':
      return new vscode.ThemeIcon('circle-outline');
    case 'checking':
      return new vscode.ThemeIcon('sync~spin');
    case 'ok':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
  }
}

function clock(time: number): string {
  return new Date(time).toLocaleTimeString('en-GB');
}

/** The line of the tool's name below `tools:`, from 0; -1 when it is written in a way of its own. */
function lineOfTool(text: string, name: string): number {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => /^tools\s*:/.test(line));
  const found = lines.findIndex(
    (line, index) =>
      index > from && (/^\s+(?:"([^"]*)"|'([^']*)'|([\w.-]+))\s*:/.exec(line) ?? []).slice(1).includes(name),
  );
  return from < 0 ? -1 : found;
}
