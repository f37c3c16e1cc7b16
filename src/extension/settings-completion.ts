// Completion in `tsg.yaml` of the names that the file itself gives; keys and fixed values come from its JSON Schema.
import * as vscode from 'vscode';
import { loadEngine } from './load-engine.ts';

const selector: vscode.DocumentSelector = [{ scheme: 'file', pattern: '**/tsg.{yaml,yml}' }];

export function registerSettingsCompletion(): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    selector,
    {
      async provideCompletionItems(document, position) {
        const { completeSettings } = await loadEngine();
        const found = completeSettings(document.getText(), document.offsetAt(position));
        if (!found) return [];
        const range = new vscode.Range(document.positionAt(found.start), document.positionAt(found.end));
        const details = {
          environment: vscode.l10n.t('an environment of this file'),
          tool: vscode.l10n.t('a tool of this file'),
          secret: vscode.l10n.t('a secret of this file'),
        };
        return found.names.map(({ name, kind }) => {
          const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.EnumMember);
          return Object.assign(item, { detail: details[kind], range });
        });
      },
    },
    ' ',
    '[',
    ',',
    ':',
  );
}
