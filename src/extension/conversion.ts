// "Convert to Steps": shows a wiki page beside what it would be as a guide, and writes that only when a person says so.
import * as vscode from 'vscode';
import { analyze, convertToSteps } from '../editing/index.ts';
import { said } from './said.ts';
import { digestOf } from './digest.ts';
import type { TextDocuments } from './text-documents.ts';
import { NotAllowed } from './trust.ts';
import { nameOf } from './uri-name.ts';

/** What was last shown, by the address of the page. */
interface Shown {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly text: string;
}

export class Conversions {
  readonly #texts: TextDocuments;
  readonly #shown = new Map<string, Shown>();

  constructor(texts: TextDocuments) {
    this.#texts = texts;
  }

  /** Shows the difference in an editor of its own; nothing is written. */
  async show(document: vscode.TextDocument): Promise<void> {
    const text = document.getText();
    const name = nameOf(document.uri);
    const result = convertToSteps(analyze(text, { file: name, sha256: digestOf(text), languages: null }));
    if ('refusal' in result) throw new NotAllowed(said(result.refusal));
    const key = digestOf(document.uri.toString()).slice(0, 12);
    const converted = this.#texts.keep(`conversion-${key}`, name, result.text);
    this.#shown.set(converted.path, { document, version: document.version, text: result.text });
    const title = vscode.l10n.t('{0} as {1} steps', name, result.steps);
    await vscode.commands.executeCommand('vscode.diff', document.uri, converted, title, { preview: false });
  }

  /** Writes what is shown in the active editor, as one edit that can be undone. */
  async apply(): Promise<vscode.TextDocument> {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    const diff = tab?.input instanceof vscode.TabInputTextDiff ? tab.input : undefined;
    const shown = diff && this.#shown.get(diff.modified.path);
    if (!tab || !shown) throw new NotAllowed(vscode.l10n.t('Convert a page first: the difference must be open.'));
    const { document, version, text } = shown;
    if (document.version !== version)
      throw new NotAllowed(vscode.l10n.t('The page has changed since. Convert it again.'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
    await vscode.window.tabGroups.close(tab);
    await vscode.window.showTextDocument(document);
    return document;
  }
}
