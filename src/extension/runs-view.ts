// The view of runs in the workspace: one line for each journal, newest first, with how it ended. Journals are read when the
// view is shown, and again only when they have changed.
import * as vscode from 'vscode';
import type { RunOutcome, RunView } from '../run/index.ts';
import { loadEngine } from './load-engine.ts';
import type { Runs } from './runs.ts';
import { nameOf } from './uri-name.ts';

/** One journal. `view` is null when it cannot be read; `problem` then says why. */
export interface RunEntry {
  readonly journal: vscode.Uri;
  readonly title: string;
  readonly file: string;
  readonly view: RunView | null;
  readonly problem: string | null;
  readonly changed: number;
}

/** Which runs are listed. */
export type RunFilter =
  | { readonly kind: 'open' } // waiting or interrupted
  | { readonly kind: 'failed' }
  | { readonly kind: 'well' }
  | { readonly kind: 'guide'; readonly title: string };

const mostShown = 100;
const largestJournal = 64_000_000;

export class RunsView implements vscode.TreeDataProvider<RunEntry>, vscode.Disposable {
  readonly #runs: Runs;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #known = new Map<string, RunEntry>();
  readonly #subscriptions: vscode.Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #tree: vscode.TreeView<RunEntry>;
  #filter: RunFilter | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(runs: Runs) {
    this.#runs = runs;
    this.#tree = vscode.window.createTreeView('tsg.runs', { treeDataProvider: this, canSelectMany: true });
    const watcher = vscode.workspace.createFileSystemWatcher('**/.tsg/runs/*.jsonl');
    const soon = (): void => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.refresh();
      }, 300);
    };
    this.#subscriptions = [
      this.#changed,
      watcher,
      watcher.onDidCreate(soon),
      watcher.onDidChange(soon),
      watcher.onDidDelete(soon),
      runs.onDidChange((run) => run.journal && soon()),
      this.#tree,
    ];
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(parent?: RunEntry): Promise<RunEntry[]> {
    if (parent) return [];
    const entries = await this.list();
    const any = entries.length > 0 || this.#filter !== null;
    void vscode.commands.executeCommand('setContext', 'tsg.hasRuns', any);
    return entries;
  }

  getTreeItem(entry: RunEntry): vscode.TreeItem {
    const item = new vscode.TreeItem(entry.title);
    const { view } = entry;
    const active = this.#runs.find(view?.run ?? '')?.active ?? false;
    item.id = entry.journal.toString();
    const where = view?.environment === undefined ? '' : ` \u00b7 ${view.environment}`;
    item.description = `${entry.problem ? 'damaged' : standing(view)}${where} \u00b7 ${when(view?.startedAt ?? entry.changed)}`;
    item.iconPath = iconOf(view, active);
    item.tooltip = [view?.reason ?? entry.problem ?? '', vscode.workspace.asRelativePath(entry.journal)]
      .join('\n')
      .trim();
    item.contextValue = view && view.phase !== 'ended' && !active ? 'resumable' : 'run';
    item.command = {
      command: 'tsg.openRun',
      title: vscode.l10n.t('Open Run'),
      arguments: [entry.journal],
    };
    return item;
  }

  /** Lists only those that the filter lets through; null: all. `words` name it above the list. */
  show(filter: RunFilter | null, words: string): void {
    this.#filter = filter;
    if (filter) this.#tree.description = words;
    else delete this.#tree.description;
    this.refresh();
  }

  /** The runs that are listed, newest first. */
  async list(): Promise<RunEntry[]> {
    const filter = this.#filter;
    return (await this.all()).filter((entry) => passes(entry, filter));
  }

  /** All journals of the workspace, newest first. */
  async all(): Promise<RunEntry[]> {
    const files = await vscode.workspace.findFiles('**/.tsg/runs/*.jsonl', '**/node_modules/**');
    const newest = files.sort((a, b) => (nameOf(a) < nameOf(b) ? 1 : -1)).slice(0, mostShown);
    return (await Promise.all(newest.map((file) => this.#read(file)))).filter((entry) => entry !== null);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #read(journal: vscode.Uri): Promise<RunEntry | null> {
    try {
      const { mtime, size } = await vscode.workspace.fs.stat(journal);
      const known = this.#known.get(journal.toString());
      if (known?.changed === mtime) return known;
      const entry = await readEntry(journal, mtime, size);
      this.#known.set(journal.toString(), entry);
      return entry;
    } catch {
      return null; // Deleted since it was found.
    }
  }
}

async function readEntry(journal: vscode.Uri, changed: number, size: number): Promise<RunEntry> {
  const name = nameOf(journal);
  if (size > largestJournal)
    return {
      journal,
      title: name,
      file: '',
      view: null,
      problem: vscode.l10n.t('The journal is too large to list.'),
      changed,
    };
  try {
    const engine = await loadEngine();
    const { plan, view, problem } = engine.replayJournal(await engine.readJournal(journal.fsPath));
    const { title, file } = plan.guide;
    return { journal, title: title || file, file, view, problem: problem?.message ?? null, changed };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { journal, title: name, file: '', view: null, problem, changed };
  }
}

/**
 * The guide of a journal: the open or workspace file of that name whose journal folder this is. When several have the name,
 * the one whose text has the journal's digest.
 */
export async function guideOfJournal(
  journal: vscode.Uri,
  about: { readonly file: string; readonly sha256: string },
  digest: (text: string) => string,
): Promise<vscode.TextDocument | undefined> {
  const folder = vscode.Uri.joinPath(journal, '..', '..', '..');
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, `**/${about.file}`),
    '**/node_modules/**',
    20,
  );
  const documents = await Promise.all(found.map((uri) => vscode.workspace.openTextDocument(uri)));
  return documents.find((document) => digest(document.getText()) === about.sha256) ?? documents[0];
}

function passes({ view, title }: RunEntry, filter: RunFilter | null): boolean {
  if (!filter) return true;
  if (filter.kind === 'guide') return title === filter.title;
  if (filter.kind === 'open') return view !== null && view.phase !== 'ended';
  const failed = view?.outcome === 'failed' || view?.outcome === 'no-branch-fits' || view === null;
  return filter.kind === 'failed' ? failed : !failed && view.phase === 'ended' && view.outcome !== 'stopped';
}

function standing(view: RunView | null): string {
  if (!view) return vscode.l10n.t('not readable');
  return view.phase === 'ended' ? (view.outcome ?? 'ended') : view.requests.length > 0 ? 'waiting' : 'interrupted';
}

function iconOf(view: RunView | null, active: boolean): vscode.ThemeIcon {
  if (active) return new vscode.ThemeIcon('sync~spin');
  if (!view) return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  if (view.phase !== 'ended') return new vscode.ThemeIcon('debug-pause');
  const good: readonly (RunOutcome | undefined)[] = ['resolved', 'mitigated', 'completed', 'not-applicable'];
  if (good.includes(view.outcome)) return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
  if (view.outcome === 'escalated') return new vscode.ThemeIcon('megaphone');
  if (view.outcome === 'stopped') return new vscode.ThemeIcon('debug-stop');
  return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
}

function when(time: number): string {
  return new Date(time).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}
