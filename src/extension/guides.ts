// Which documents are guides: every `*.tsg.md`, markdown files matched by the setting `tsg.guides`, and files that a person
// asked to treat as one. Their language stays `markdown`, so everything that works on markdown goes on working.
import * as vscode from 'vscode';

const treatedKey = 'tsg.treatedAsGuide';

/** Knows which documents are guides and says when that changes. */
export class Guides implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #memory: vscode.Memento;
  readonly #subscriptions: vscode.Disposable[];
  /** The set of guides may have changed: a setting, or a person's word. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#subscriptions = [
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('tsg.guides')) this.#changed.fire();
      }),
      this.#changed,
    ];
  }

  /** Texts that the extension itself has made are not. */
  canBeGuide(document: vscode.TextDocument): boolean {
    return !document.uri.scheme.startsWith('tsg');
  }

  isGuide(document: vscode.TextDocument): boolean {
    if (!this.canBeGuide(document)) return false;
    if (document.uri.path.endsWith('.tsg.md')) return true;
    if (document.languageId !== 'markdown') return false;
    return this.isTreated(document.uri) || matchesSetting(document);
  }

  /** True when a person asked for it; the setting and the file name do not count. */
  isTreated(uri: vscode.Uri): boolean {
    return this.#treated().includes(uri.toString());
  }

  /** Those that a person asked for. */
  treated(): readonly vscode.Uri[] {
    return this.#treated().map((uri) => vscode.Uri.parse(uri));
  }

  async treat(uri: vscode.Uri, asGuide: boolean): Promise<void> {
    const others = this.#treated().filter((treated) => treated !== uri.toString());
    await this.#memory.update(treatedKey, asGuide ? [...others, uri.toString()] : others);
    this.#changed.fire();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #treated(): readonly string[] {
    return this.#memory.get<readonly string[]>(treatedKey) ?? [];
  }
}

function matchesSetting(document: vscode.TextDocument): boolean {
  const globs = vscode.workspace.getConfiguration('tsg', document.uri).get<unknown>('guides');
  if (!Array.isArray(globs) || globs.length === 0) return false;
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  return globs.some((glob) => {
    if (typeof glob !== 'string' || glob === '') return false;
    const pattern = folder ? new vscode.RelativePattern(folder, glob) : glob;
    return vscode.languages.match({ pattern }, document) > 0;
  });
}
