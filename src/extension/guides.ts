// Which documents are guides: every `*.tsg.md`, markdown files matched by the setting `tsg.guides` or by `guides` of a tools file,
// and files that a person asked to treat as one. Their language stays `markdown`, so everything that works on markdown goes on working.
import * as vscode from 'vscode';
import { ProjectGuides } from './project-guides.ts';

const treatedKey = 'tsg.treatedAsGuide';

const mostFiles = 5000;

/** Knows which documents are guides and says when that changes. */
export class Guides implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #memory: vscode.Memento;
  readonly #project = new ProjectGuides();
  readonly #subscriptions: vscode.Disposable[];
  /** The set of guides may have changed: a setting, a tools file, or a person's word. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#subscriptions = [
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('tsg.guides')) this.#changed.fire();
      }),
      this.#project,
      this.#project.onDidChange(() => this.#changed.fire()),
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
    return this.isTreated(document.uri) || matchesSetting(document) || this.#project.names(document.uri);
  }

  /** The files of the workspace that are guides by their names, the setting and tools files, in order of their paths. */
  async files(token: vscode.CancellationToken): Promise<vscode.Uri[]> {
    const named = await this.#project.patterns();
    const find = (pattern: vscode.GlobPattern): Thenable<vscode.Uri[]> =>
      vscode.workspace.findFiles(pattern, '**/node_modules/**', mostFiles, token);
    const [certain, possible] = await Promise.all([
      Promise.all(settingPatterns().map(find)),
      Promise.all(named.map(find)),
    ]);
    const isGuide = (uri: vscode.Uri): boolean => uri.path.endsWith('.md') && this.#project.names(uri);
    const all = [...certain.flat(), ...possible.flat().filter(isGuide)];
    return [...new Map(all.map((uri) => [uri.toString(), uri])).values()].sort((a, b) => (a.path < b.path ? -1 : 1));
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

/** `*.tsg.md` and what the setting names, in each folder of the workspace. */
function settingPatterns(): readonly vscode.RelativePattern[] {
  return (vscode.workspace.workspaceFolders ?? []).flatMap((folder) => {
    return ['**/*.tsg.md', ...settingGlobs(folder.uri)].map((glob) => new vscode.RelativePattern(folder, glob));
  });
}

function settingGlobs(uri: vscode.Uri): readonly string[] {
  const globs = vscode.workspace.getConfiguration('tsg', uri).get<unknown>('guides');
  return Array.isArray(globs) ? globs.filter((glob): glob is string => typeof glob === 'string' && glob !== '') : [];
}

function matchesSetting(document: vscode.TextDocument): boolean {
  const globs = settingGlobs(document.uri);
  if (globs.length === 0) return false;
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  return globs.some((glob) => {
    const pattern = folder ? new vscode.RelativePattern(folder, glob) : glob;
    return vscode.languages.match({ pattern }, document) > 0;
  });
}
