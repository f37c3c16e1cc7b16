// Keeps the keys up to date that menus and keys ask for: whether the guide at hand is one, and how its run stands.
import * as vscode from 'vscode';
import type { Guides } from './guides.ts';
import { previewViewType } from './preview/index.ts';
import type { Runs } from './runs.ts';

/** Sets `tsg.isGuide`, `tsg.isTreatedAsGuide` and `tsg.runPhase` for the guide last looked at; in a browser there are no runs. */
export function registerContextKeys(guides: Guides, runs: Runs | null): vscode.Disposable {
  const last = new Map<string, unknown>();
  const set = (key: string, value: unknown): void => {
    if (last.has(key) && last.get(key) === value) return;
    last.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  const update = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    // In a preview the keys are still those of its guide.
    if (!document && previewIsActive()) return;
    const guide = document !== undefined && guides.isGuide(document);
    set('tsg.isGuide', guide);
    // The view of runs stays once there was a guide; it would flicker otherwise.
    if (guide) set('tsg.guideSeen', true);
    set('tsg.isTreatedAsGuide', document !== undefined && guides.isTreated(document.uri));
    const run = guide ? runs?.of(document.uri) : undefined;
    set('tsg.runPhase', run?.active ? run.view().phase : undefined);
  };
  update();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.tabGroups.onDidChangeTabs(update),
    guides.onDidChange(update),
    ...(runs ? [runs.onDidChange(update), runs.onDidClear(update)] : []),
  );
}

function previewIsActive(): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(previewViewType);
}
