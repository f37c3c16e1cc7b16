// What a guide's tools file says of findings, where files are reached through the editor alone. Tools are not opened in the
// browser, so their languages stay unknown and nothing is reported about them.
import * as vscode from 'vscode';
import { parseDocument } from 'yaml';
import { globMatcher } from '../../base/index.ts';
import { readBaseline, withoutKnown, type Baseline } from '../../check/index.ts';
import { readSeverities, type Reporting } from '../reporting.ts';
import { nameOf } from '../uri-name.ts';

interface CheckPart {
  readonly severities: Reporting['severities'];
  readonly ignore: readonly string[];
  readonly verifiedWithinDays?: number;
  /** The findings that `check.baseline` knows, and the path of the folder that its files are named from. */
  readonly baseline: { readonly known: Baseline; readonly folder: string } | null;
  /** Path of the folder that the globs of `ignore` start from. */
  readonly folder: string;
}

export class BrowserTools implements vscode.Disposable {
  readonly #known = new Map<string, CheckPart | null>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #learning = new Map<string, Promise<CheckPart | null>>();
  readonly #settingsChanged = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  /** A tools file may have changed. */
  readonly onDidChangeSettings = this.#settingsChanged.event;
  /** A tools file was read, or may have changed. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher('**/tsg.{yaml,yml}');
    const forget = (): void => {
      this.#known.clear();
      this.#learning.clear();
      this.#settingsChanged.fire();
      this.#changed.fire();
    };
    this.#subscriptions = [
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      this.#changed,
      this.#settingsChanged,
    ];
  }

  /** No tool is opened in the browser. */
  known(): readonly never[] {
    return [];
  }

  /** What of a guide's findings is reported: weights of the editor's settings, over them those of the tools file. */
  reporting(uri: vscode.Uri): Reporting {
    const own = readSeverities(vscode.workspace.getConfiguration('tsg', uri).get<unknown>('check.severities'));
    const check = this.#look(uri);
    const today = new Date().toISOString().slice(0, 10);
    if (!check) return { severities: own, ignored: false, today, withoutKnown: (_text, found) => found };
    const { severities, ignore, verifiedWithinDays, baseline, folder } = check;
    return {
      severities: { ...own, ...severities },
      ignored: globMatcher(ignore)(below(folder, uri)),
      today,
      ...(verifiedWithinDays !== undefined && { verifiedWithinDays }),
      withoutKnown: (text, diagnostics) =>
        baseline
          ? withoutKnown(baseline.known, { file: below(baseline.folder, uri), text, diagnostics }).left
          : diagnostics,
    };
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #look(uri: vscode.Uri): CheckPart | null {
    const folder = vscode.Uri.joinPath(uri, '..');
    const key = folder.toString();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, null);
    void this.#learn(uri).then((found) => found && this.#changed.fire());
    return null;
  }

  /** Resolves when what the settings around a guide say is known. */
  async ready(uri: vscode.Uri): Promise<void> {
    await this.#learn(uri);
  }

  #learn(uri: vscode.Uri): Promise<CheckPart | null> {
    const folder = vscode.Uri.joinPath(uri, '..');
    const key = folder.toString();
    const known = this.#learning.get(key) ?? findCheckPart(folder, vscode.workspace.getWorkspaceFolder(uri)?.uri);
    this.#learning.set(key, known);
    return known.then((found) => {
      // Forgotten meanwhile: whoever asks next reads again.
      if (this.#learning.get(key) === known) this.#known.set(key, found);
      return found;
    });
  }
}

/** From the folder upward to the workspace's. */
async function findCheckPart(start: vscode.Uri, root: vscode.Uri | undefined): Promise<CheckPart | null> {
  for (let folder = start; ; folder = vscode.Uri.joinPath(folder, '..')) {
    for (const name of ['tsg.yaml', 'tsg.yml']) {
      const text = await textOf(vscode.Uri.joinPath(folder, name));
      if (text !== null) return readCheckPart(text, folder);
    }
    if (!root || folder.path === root.path || folder.path === '/' || !folder.path.startsWith(root.path)) return null;
  }
}

async function textOf(uri: vscode.Uri): Promise<string | null> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null; // There is none here.
  }
}

/** A file with faults says nothing; the desktop tells them. */
async function readCheckPart(text: string, folder: vscode.Uri): Promise<CheckPart | null> {
  const document = parseDocument(text);
  if (document.errors.length > 0) return null;
  const value = document.toJS({ maxAliasCount: 100 }) as { readonly check?: Record<string, unknown> } | null;
  const { severities, ignore, verifiedWithinDays: days, baseline } = value?.check ?? {};
  return {
    severities: readSeverities(severities),
    ignore: Array.isArray(ignore) ? ignore.filter((glob): glob is string => typeof glob === 'string') : [],
    ...(typeof days === 'number' && { verifiedWithinDays: days }),
    baseline: typeof baseline === 'string' ? await baselineAt(vscode.Uri.joinPath(folder, baseline)) : null,
    folder: folder.path,
  };
}

async function baselineAt(uri: vscode.Uri): Promise<CheckPart['baseline']> {
  const text = await textOf(uri);
  const read = text === null ? null : readBaseline(text);
  return read && { known: read, folder: vscode.Uri.joinPath(uri, '..').path };
}

/** A file's path from a folder; its name alone when it lies elsewhere. */
function below(folder: string, uri: vscode.Uri): string {
  return uri.path.startsWith(`${folder}/`) ? uri.path.slice(folder.length + 1) : nameOf(uri);
}
