// What the tools files of the workspace name as guides. They are read through the editor alone, so that it is the same in a browser.
import * as vscode from 'vscode';
import { globMatcher } from '../base/index.ts';
import { readGuideGlobs } from '../check/index.ts';

/** The globs of one tools file; none for a file that names no guides or has faults. */
interface Named {
  readonly folder: vscode.Uri;
  readonly globs: readonly string[];
  readonly matches: (path: string) => boolean;
}

const mostFiles = 500;

/** Knows the guides that `guides` of tools files names, and says when that changes. */
export class ProjectGuides implements vscode.Disposable {
  /** By the folder of the tools file. */
  #named: ReadonlyMap<string, Named> = new Map();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #reading: Promise<void>;
  readonly onDidChange = this.#changed.event;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher('**/tsg.{yaml,yml}');
    const again = (): void => void (this.#reading = this.#read());
    this.#subscriptions = [
      watcher,
      watcher.onDidChange(again),
      watcher.onDidCreate(again),
      watcher.onDidDelete(again),
      vscode.workspace.onDidChangeWorkspaceFolders(again),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('tsg.config')) again();
      }),
      this.#changed,
    ];
    this.#reading = this.#read();
  }

  /** True when the tools file that counts for a file names it; false, too, before the files were read. */
  names(uri: vscode.Uri): boolean {
    const named = this.#named.size === 0 ? undefined : this.#nearest(uri);
    return named !== undefined && named.matches(uri.path.slice(named.folder.path.length + 1));
  }

  /** The patterns that may name guides; `names` says which of them a file goes by. */
  async patterns(): Promise<readonly vscode.RelativePattern[]> {
    await this.#reading;
    return [...this.#named.values()].flatMap(({ folder, globs }) =>
      globs.map(
        (glob) => new vscode.RelativePattern(folder, glob.includes('/') ? glob.replace(/^\.?\//, '') : `**/${glob}`),
      ),
    );
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #nearest(uri: vscode.Uri): Named | undefined {
    const config = configOf(uri);
    if (config) return this.#named.get(vscode.Uri.joinPath(config, '..').toString());
    // A text that was never saved lies in no folder.
    const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.path;
    if (root === undefined) return undefined;
    for (let place = vscode.Uri.joinPath(uri, '..'); ; place = vscode.Uri.joinPath(place, '..')) {
      const named = this.#named.get(place.toString());
      if (named || place.path.length <= root.length) return named;
    }
  }

  async #read(): Promise<void> {
    const found = await vscode.workspace.findFiles('**/tsg.{yaml,yml}', '**/node_modules/**', mostFiles);
    const configs = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => configOf(uri) ?? []);
    // Where both endings stand in a folder, `tsg.yaml` counts.
    const files = [...found.sort((a, b) => (a.path < b.path ? 1 : -1)), ...configs];
    const read = await Promise.all(
      files.map(async (file) => [vscode.Uri.joinPath(file, '..'), await globsOf(file)] as const),
    );
    const named = new Map(
      read.map(([folder, globs]) => [folder.toString(), { folder, globs, matches: globMatcher(globs) }]),
    );
    const isOther = saidBy(named) !== saidBy(this.#named);
    this.#named = named;
    if (isOther) this.#changed.fire();
  }
}

function saidBy(named: ReadonlyMap<string, Named>): string {
  return JSON.stringify([...named].map(([folder, { globs }]) => [folder, globs]));
}

/** The file that the setting `tsg.config` names, for a file of a workspace folder. */
function configOf(uri: vscode.Uri): vscode.Uri | undefined {
  const config = vscode.workspace.getConfiguration('tsg', uri).get<string>('config')?.trim();
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!config || !folder) return undefined;
  return /^(?:\/|[a-z]:[\\/])/i.test(config) ? vscode.Uri.file(config) : vscode.Uri.joinPath(folder.uri, config);
}

async function globsOf(file: vscode.Uri): Promise<readonly string[]> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    // Most name none, and reading one loads all that knows guides.
    return text.includes('guides') ? readGuideGlobs(text) : [];
  } catch {
    return []; // Its Problems say what is wrong with it.
  }
}
