// Checks every guide of the workspace when a person asks, and shows what it finds of those that are not open in the Problems view.
// From then on it keeps that true: a guide that is opened has its own analysis, one that is closed or changed on disk is looked at
// again. Texts are checked beside the editor, see text-checker.ts.
import * as vscode from 'vscode';
import { lineIndex } from '../base/index.ts';
import type { AnalyzeAbout } from '../editing/index.ts';
import type { Analyses, KnownSettings } from './analyses.ts';
import { digestOf } from './digest.ts';
import type { Guides } from './guides.ts';
import { reportedOf } from './problems.ts';
import { TextChecker } from './text-checker.ts';
import { toVscodeDiagnostic } from './to-vscode.ts';
import { nameOf } from './uri-name.ts';

/** What a check came to. Counts are those of the Problems view, open guides and findings of guides together included. */
export interface CheckSummary {
  readonly guides: number;
  /** Guides that the settings leave out. */
  readonly ignored: number;
  readonly errors: number;
  readonly warnings: number;
  readonly remarks: number;
  readonly hints: number;
  /** Guides that could not be read or checked, with the reason. */
  readonly failed: readonly { readonly uri: vscode.Uri; readonly why: string }[];
  /** How many were done; fewer than `guides` when a person stopped it. */
  readonly done: number;
}

/** What is known of the places that guides lie in. */
export interface Surroundings {
  /** Resolves when the settings around a guide are known. */
  ready(uri: vscode.Uri): Promise<void>;
  /** Settings, an environment or a baseline may have changed. */
  readonly onDidChangeSettings: vscode.Event<void>;
}

export interface WorkspaceCheckAbout {
  readonly extensionUri: vscode.Uri;
  readonly analyses: Analyses;
  readonly guides: Guides;
  readonly settings: KnownSettings;
  readonly surroundings: Surroundings;
}

/** Guides read at one time. */
const lanes = 8;
/** Milliseconds after which more is shown, and findings that are shown at one time: more would hold the editor up. */
const flushEvery = 50;
const mostAtOnce = 300;
/** Milliseconds after a change before it is followed. */
const wait = 500;

type Progress = vscode.Progress<{ message?: string; increment?: number }>;

type Told = 'checked' | 'open' | 'ignored';

export class WorkspaceCheck implements vscode.Disposable {
  readonly #about: WorkspaceCheckAbout;
  readonly #checker: TextChecker;
  readonly #collection = vscode.languages.createDiagnosticCollection('tsg-workspace');
  readonly #subscriptions: vscode.Disposable[] = [];
  /** Found, but not yet shown. */
  readonly #found = new Map<string, readonly [vscode.Uri, vscode.Diagnostic[]]>();
  /** The next look at what was found; undefined while nothing waits. */
  #flushing: NodeJS.Timeout | undefined;
  readonly #changed = new Map<string, vscode.Uri>();
  #timer: NodeJS.Timeout | undefined;
  /** Settings have changed since the check under way began. */
  #stale = false;
  #running: vscode.CancellationTokenSource | undefined;

  constructor(about: WorkspaceCheckAbout) {
    this.#about = about;
    this.#checker = new TextChecker(about.extensionUri);
  }

  /** Checks all guides with a progress that can be cancelled, and tells what came of it. Undefined when another check took its place. */
  async checkAll(): Promise<CheckSummary | undefined> {
    const summary = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Checking guides'), cancellable: true },
      (progress, token) => this.check(token, progress),
    );
    if (summary) void tellSummary(summary);
    return summary;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#flushing);
    this.#running?.cancel();
    for (const subscription of [this.#collection, this.#checker, ...this.#subscriptions]) subscription.dispose();
  }

  /** Checks all guides; says nothing but how far it is. */
  async check(token?: vscode.CancellationToken, progress?: Progress): Promise<CheckSummary | undefined> {
    this.#running?.cancel();
    const running = new vscode.CancellationTokenSource();
    this.#running = running;
    const stop = token?.onCancellationRequested(() => running.cancel());
    this.#keepTrue();
    try {
      for (;;) {
        this.#stale = false;
        const summary = await this.#checkEach(running.token, progress);
        if (this.#running !== running) return undefined;
        if (!this.#stale || running.token.isCancellationRequested) return summary;
      }
    } finally {
      stop?.dispose();
      if (this.#running === running) this.#running = undefined;
    }
  }

  /** All guides once; ends early when settings changed meanwhile. */
  async #checkEach(token: vscode.CancellationToken, progress?: Progress): Promise<CheckSummary> {
    const uris = await this.#guides(token);
    const present = new Set(uris.map((uri) => uri.toString()));
    const shown: vscode.Uri[] = [];
    this.#collection.forEach((uri) => shown.push(uri));
    for (const uri of shown) if (!present.has(uri.toString())) this.#collection.delete(uri);
    const failed: { uri: vscode.Uri; why: string }[] = [];
    let [done, ignored, told] = [0, 0, 0];
    await inLanes(
      uris,
      () => token.isCancellationRequested || this.#stale,
      async (uri) => {
        try {
          if ((await this.#check(uri)) === 'ignored') ignored++;
        } catch (error) {
          this.#put(uri.toString(), [uri, []]);
          failed.push({ uri, why: error instanceof Error ? error.message : String(error) });
        }
        done++;
        // A hundredth at a time is all that a bar shows.
        if (done - told < uris.length / 100 && done < uris.length) return;
        progress?.report({
          message: vscode.l10n.t('{0} of {1}', done, uris.length),
          increment: ((done - told) * 100) / uris.length,
        });
        told = done;
      },
    );
    await this.#flushAll();
    return { guides: uris.length, ignored, failed, done, ...(await countOf(uris)) };
  }

  /** Guides by their names, the setting and tools files, and those that a person treats as such. */
  async #guides(token: vscode.CancellationToken): Promise<vscode.Uri[]> {
    const files = await this.#about.guides.files(token);
    const known = new Set(files.map((uri) => uri.toString()));
    const treated = this.#about.guides.treated().filter((uri) => !known.has(uri.toString()));
    const there = await Promise.all(
      treated.map(async (uri) => (vscode.workspace.getWorkspaceFolder(uri) && (await isThere(uri)) ? [uri] : [])),
    );
    return [...files, ...there.flat()];
  }

  /** What is found of a guide is shown with the next look at the view. Rejects when it cannot be read. */
  async #check(uri: vscode.Uri): Promise<Told> {
    const key = uri.toString();
    const show = (told: Told, diagnostics: vscode.Diagnostic[] = []): Told => {
      this.#put(key, [uri, diagnostics]);
      return told;
    };
    const { analyses, settings, surroundings } = this.#about;
    await surroundings.ready(uri);
    const { ignored, withoutKnown, ...about } = settings(uri);
    if (ignored) return show('ignored');
    if (analyses.latest(uri)) return show('open');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const known: AnalyzeAbout = { file: nameOf(uri), sha256: digestOf(text), ...about };
    const found = await this.#checker.check({ text, about: known });
    // It may have been opened meanwhile.
    if (analyses.latest(uri)) return show('open');
    const reported = reportedOf(uri, withoutKnown(text, found));
    const lines = lineIndex(text);
    return show(
      'checked',
      reported.map((one) => toVscodeDiagnostic(uri, lines, one)),
    );
  }

  /** Keeps what was found of a guide for the next time that findings are shown, together with what is found until then. */
  #put(key: string, found: readonly [vscode.Uri, vscode.Diagnostic[]]): void {
    this.#found.set(key, found);
    this.#flushing ??= setTimeout(() => {
      this.#flushing = undefined;
      const [first] = this.#flush() ? this.#found : [];
      if (first) this.#put(...first);
    }, flushEvery);
  }

  /** Shows some of what was found; true when there is more. */
  #flush(): boolean {
    const part: [vscode.Uri, vscode.Diagnostic[]][] = [];
    let size = 0;
    for (const [key, found] of this.#found) {
      this.#found.delete(key);
      part.push([...found]);
      if ((size += found[1].length) >= mostAtOnce) break;
    }
    if (part.length > 0) this.#collection.set(part);
    return this.#found.size > 0;
  }

  async #flushAll(): Promise<void> {
    while (this.#flush()) await new Promise((resolve) => setTimeout(resolve));
  }

  /** Follows what changes, from the first check on. */
  #keepTrue(): void {
    if (this.#subscriptions.length > 0) return;
    const { analyses, guides, surroundings } = this.#about;
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.md');
    const all = (): void => this.#again(null);
    this.#subscriptions.push(
      watcher,
      watcher.onDidChange((uri) => this.#again(uri)),
      watcher.onDidCreate((uri) => this.#again(uri)),
      watcher.onDidDelete((uri) => {
        this.#found.delete(uri.toString());
        this.#collection.delete(uri);
      }),
      analyses.onDidAnalyse(({ uri }) => {
        this.#found.delete(uri.toString());
        this.#collection.delete(uri);
      }),
      analyses.onDidDrop((uri) => this.#again(uri)),
      guides.onDidChange(all),
      surroundings.onDidChangeSettings(all),
      vscode.workspace.onDidChangeWorkspaceFolders(all),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('tsg.check') || event.affectsConfiguration('tsg.inferredGuards')) all();
      }),
    );
  }

  /** Checks one guide again, or all of them, when changes have paused. */
  #again(uri: vscode.Uri | null): void {
    if (uri) this.#changed.set(uri.toString(), uri);
    else this.#changed.set('', vscode.Uri.file('/'));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const changed = new Map(this.#changed);
      this.#changed.clear();
      if (changed.has('') && this.#running) {
        this.#stale = true;
        return;
      }
      const done = changed.has('')
        ? vscode.window.withProgress(
            { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Checking guides') },
            (progress) => this.check(undefined, progress),
          )
        : this.#checkChanged(changed);
      done.then(undefined, (error: unknown) => {
        console.error('Internal error: changed guides could not be checked', error);
      });
    }, wait);
  }

  async #checkChanged(changed: ReadonlyMap<string, vscode.Uri>): Promise<void> {
    const { token } = new vscode.CancellationTokenSource();
    const guides = (await this.#guides(token)).filter((uri) => changed.has(uri.toString()));
    const present = new Set(guides.map((uri) => uri.toString()));
    for (const [key, uri] of changed) if (!present.has(key)) this.#collection.delete(uri);
    // One that is gone or cannot be read any more has nothing to show.
    const each = async (uri: vscode.Uri): Promise<void> => {
      await this.#check(uri).catch(() => this.#found.set(uri.toString(), [uri, []]));
    };
    await inLanes(guides, () => false, each);
    await this.#flushAll();
  }
}

/** Does all of them, some at a time, until it is to end. */
async function inLanes(
  uris: readonly vscode.Uri[],
  ended: () => boolean,
  each: (uri: vscode.Uri) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let uri = uris[next++]; uri && !ended(); uri = uris[next++]) await each(uri);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

function isThere(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
}

/** What the Problems view has of guides, counted some at a time. */
async function countOf(uris: readonly vscode.Uri[]) {
  const counts = [0, 0, 0, 0];
  for (const [index, uri] of uris.entries()) {
    if (index % 100 === 99) await new Promise((resolve) => setTimeout(resolve));
    for (const { source, severity } of vscode.languages.getDiagnostics(uri))
      if (source === 'TSG') counts[severity] = (counts[severity] ?? 0) + 1;
  }
  const [errors = 0, warnings = 0, remarks = 0, hints = 0] = counts;
  return { errors, warnings, remarks, hints };
}

/** One message; a person who wants to see more is led to the view. */
async function tellSummary(summary: CheckSummary): Promise<void> {
  const { guides, done, failed, errors, warnings, remarks, hints } = summary;
  if (guides === 0) {
    const open = vscode.l10n.t('Open Settings');
    const message = vscode.l10n.t(
      'There is no guide in this workspace: no *.tsg.md file, and no markdown file that the setting tsg.guides or a tsg.yaml names.',
    );
    if ((await vscode.window.showInformationMessage(message, open)) === open)
      await vscode.commands.executeCommand('workbench.action.openSettings', 'tsg.guides');
    return;
  }
  const checked =
    done < guides
      ? vscode.l10n.t('Stopped: {0} of {1} guides were checked.', done, guides)
      : guides === 1
        ? vscode.l10n.t('1 guide checked.')
        : vscode.l10n.t('{0} guides checked.', guides);
  const counts = [
    counted(errors, vscode.l10n.t('1 error'), (count) => vscode.l10n.t('{0} errors', count)),
    counted(warnings, vscode.l10n.t('1 warning'), (count) => vscode.l10n.t('{0} warnings', count)),
    counted(remarks, vscode.l10n.t('1 remark'), (count) => vscode.l10n.t('{0} remarks', count)),
    counted(hints, vscode.l10n.t('1 hint in the text'), (count) => vscode.l10n.t('{0} hints in the text', count)),
  ].filter((part) => part !== null);
  const [first] = failed;
  const parts = [
    checked,
    counts.length === 0 ? vscode.l10n.t('Nothing was found.') : `${counts.join(', ')}.`,
    first
      ? vscode.l10n.t('{0} could not be checked: {1}', failed.map(({ uri }) => nameOf(uri)).join(', '), first.why)
      : null,
  ].filter((part) => part !== null);
  const show = vscode.l10n.t('Show Problems');
  const tell =
    errors > 0 || failed.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const picked = await (counts.length === 0 ? tell(parts.join(' ')) : tell(parts.join(' '), show));
  if (picked === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

function counted(count: number, one: string, many: (count: number) => string): string | null {
  if (count === 0) return null;
  return count === 1 ? one : many(count);
}
