// Texts that belong to no file - full outputs, run reports, texts to approve, compiled plans - as read-only documents.
import * as vscode from 'vscode';
import { digestOf } from './digest.ts';

const scheme = 'tsg-text';
const kept = 40;

/** Opens texts under a name; the oldest are forgotten. */
export class TextDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri) =>
        this.#texts.get(uri.path) ?? vscode.l10n.t('This text is not kept any more. Open it again.\n'),
    });
  }

  /** Keeps a text and gives its address; the name's extension decides its language. */
  keep(folder: string, name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: `/${safe(folder)}/${safe(name)}` });
    this.#texts.delete(uri.path);
    this.#texts.set(uri.path, text);
    for (const path of this.#texts.keys()) {
      if (this.#texts.size <= kept) break;
      this.#texts.delete(path);
    }
    this.#changed.fire(uri);
    return uri;
  }

  /**
   * Keeps a text and shows it beside the active editor. Each text has an address of its own: the editor may still hold a document
   * of that name with its former text, and would show that one for a while.
   */
  async show(folder: string, name: string, text: string): Promise<vscode.TextDocument> {
    const uri = this.keep(`${folder}-${digestOf(text).slice(0, 8)}`, name, text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    return document;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

function safe(name: string): string {
  return name.replace(/[^\w.\- ]/g, '-') || 'text';
}
