// The view of runs in the workspace: one line for each journal, newest first, with how it ended. It lists so many lines at
// most, and says so when there are more.
import * as vscode from 'vscode';
import type { RunOutcome } from '../run/index.ts';
import { RunEntries, type RunEntry, type RunSummary } from './run-entries.ts';
import type { Runs } from './runs.ts';

/** Which runs are listed. */
export type RunFilter =
  | { readonly kind: 'open' } // waiting or interrupted
  | { readonly kind: 'failed' }
  | { readonly kind: 'well' }
  | { readonly kind: 'guide'; readonly title: string };

/** The entries that are listed, newest first; `cut` says that there are more, and is undefined when there are not. */
export interface RunList {
  readonly entries: readonly RunEntry[];
  readonly cut: string | undefined;
}

const mostShown = 100;

export class RunsView implements vscode.TreeDataProvider<RunEntry>, vscode.Disposable {
  readonly #runs: Runs;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #entries = new RunEntries();
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
    const { entries, cut } = await this.list();
    const any = entries.length > 0 || this.#filter !== null;
    void vscode.commands.executeCommand('setContext', 'tsg.hasRuns', any);
    this.#tree.message = cut ?? '';
    return [...entries];
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
    this.#tree.description = filter ? words : '';
    this.refresh();
  }

  /** The runs that are listed: the newest of those that the filter lets through. */
  async list(): Promise<RunList> {
    const filter = this.#filter;
    if (filter) {
      const passing = await this.matching(filter);
      const entries = passing.slice(0, mostShown);
      return { entries, cut: cutWords(entries.length, passing.length, filter) };
    }
    // All are let through, so those that are not listed need not be read.
    const files = await this.#entries.files();
    const newest = files.slice(0, mostShown);
    return { entries: await this.#entries.of(newest), cut: cutWords(newest.length, files.length, filter) };
  }

  /** All runs of the workspace that a filter lets through, newest first. */
  async matching(filter: RunFilter | null): Promise<readonly RunEntry[]> {
    const all = await this.#entries.of(await this.#entries.files());
    return all.filter((entry) => passes(entry, filter));
  }

  /** What stands above the list, and how many journals were read until now; for tests of the extension itself. */
  get state(): { readonly message: string | undefined; readonly read: number } {
    return { message: this.#tree.message, read: this.#entries.read };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
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

function cutWords(shown: number, total: number, filter: RunFilter | null): string | undefined {
  if (shown >= total) return undefined;
  return filter
    ? vscode.l10n.t('{0} of {1} runs; older ones are not listed.', shown, total)
    : vscode.l10n.t('{0} of {1} runs; a filter looks through all of them.', shown, total);
}

function standing(view: RunSummary | null): string {
  if (!view) return vscode.l10n.t('not readable');
  return view.phase === 'ended' ? (view.outcome ?? 'ended') : view.requests.length > 0 ? 'waiting' : 'interrupted';
}

function iconOf(view: RunSummary | null, active: boolean): vscode.ThemeIcon {
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
