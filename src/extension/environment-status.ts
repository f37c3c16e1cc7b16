// Shows in the status bar which environment the open guide runs against, in its colour: red on the background that VS Code
// keeps for what needs care.
import * as vscode from 'vscode';
import type { GuideTools } from './guide-tools.ts';
import type { Guides } from './guides.ts';

export class EnvironmentStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('tsg.environment', vscode.StatusBarAlignment.Left, 10);
  readonly #subscriptions: vscode.Disposable[];

  constructor(tools: GuideTools, guides: Guides) {
    const show = (): void => this.#show(tools, guides);
    this.#item.name = vscode.l10n.t('Environment of guides');
    this.#item.command = { command: 'workbench.action.openSettings', arguments: ['tsg.environment'], title: '' };
    this.#subscriptions = [this.#item, tools.onDidChange(show), vscode.window.onDidChangeActiveTextEditor(show)];
    show();
  }

  /** What is shown; for tests. */
  get shown(): string {
    return this.#item.text;
  }

  #show(tools: GuideTools, guides: Guides): void {
    const document = vscode.window.activeTextEditor?.document;
    const environment = document && guides.isGuide(document) ? tools.environment(document.uri) : undefined;
    this.#item.text = environment ? `$(globe) ${environment.name}` : '';
    if (!environment) {
      this.#item.hide();
      return;
    }
    const { name, color } = environment;
    const background = { red: 'statusBarItem.errorBackground', yellow: 'statusBarItem.warningBackground' } as const;
    this.#item.backgroundColor =
      color === 'red' || color === 'yellow' ? new vscode.ThemeColor(background[color]) : undefined;
    this.#item.color = color === 'green' || color === 'blue' ? new vscode.ThemeColor(`charts.${color}`) : undefined;
    this.#item.tooltip = vscode.l10n.t('Guides run against the environment {0}.', name);
    this.#item.show();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
