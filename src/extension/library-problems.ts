// The Problems that guides of a workspace have with each other, and its alert rules with them: links to guides that moved, two
// guides for one alert, alerts without a guide. They follow a moment after a guide was edited or a file came, went or changed.
import * as vscode from 'vscode';
import { lineIndex } from '../base/index.ts';
import { checkLibrary, settleLibraryFindings, type Severities } from '../check/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { Analyses } from './analyses.ts';
import { LibraryFiles, type LibraryFile } from './library-files.ts';
import { LibraryReader } from './library-reader.ts';
import { quoted } from './quoted.ts';
import { said } from './said.ts';
import { toRange, toVscodeDiagnostic, toWorkspaceEdit } from './to-vscode.ts';

/** What is reported of a file's findings. */
type Reporting = (uri: vscode.Uri) => {
  readonly severities: Severities;
  readonly ignored: boolean;
  readonly withoutKnown: (text: string, found: readonly Diagnostic[]) => readonly Diagnostic[];
};

const wait = 500;

export class LibraryProblems implements vscode.Disposable {
  readonly #files: LibraryFiles;
  readonly #analyses: Analyses;
  readonly #reporting: Reporting;
  readonly #collection = vscode.languages.createDiagnosticCollection('tsg-library');
  readonly #fixes = new Map<string, readonly { readonly range: vscode.Range; readonly action: vscode.CodeAction }[]>();
  readonly #subscriptions: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #running: vscode.CancellationTokenSource | undefined;

  constructor(extensionUri: vscode.Uri, analyses: Analyses, reporting: Reporting) {
    this.#analyses = analyses;
    this.#reporting = reporting;
    const reader = new LibraryReader(extensionUri);
    this.#files = new LibraryFiles(analyses, reader);
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.{md,yaml,yml}');
    const changed = (): void => {
      this.#files.forget();
      this.#schedule();
    };
    this.#subscriptions = [
      this.#collection,
      reader,
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
      analyses.onDidAnalyse(() => this.#schedule()),
      analyses.guides.onDidChange(changed),
      vscode.languages.registerCodeActionsProvider(
        { pattern: '**/*.md' },
        {
          provideCodeActions: ({ uri }, range) =>
            (this.#fixes.get(uri.toString()) ?? []).flatMap((one) =>
              one.range.intersection(range) ? [one.action] : [],
            ),
        },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#running?.cancel();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#running?.cancel();
      const running = new vscode.CancellationTokenSource();
      this.#running = running;
      this.#check(running.token).catch((error: unknown) => {
        console.error('Internal error: the guides of the workspace could not be checked together', error);
      });
    }, wait);
  }

  async #check(token: vscode.CancellationToken): Promise<void> {
    const shown = new Map<string, { uri: vscode.Uri; diagnostics: vscode.Diagnostic[] }>();
    const fixes = new Map<string, { range: vscode.Range; action: vscode.CodeAction }[]>();
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const files = (await this.#files.of(folder, token)).filter(({ uri }) => !this.#reporting(uri).ignored);
      const found = await findingsOf(folder, files);
      for (const file of files) {
        const diagnostics = found.get(file.path);
        if (token.isCancellationRequested) return;
        if (!diagnostics) continue;
        const { lines, settled } = await this.#settle(file, diagnostics);
        const key = file.uri.toString();
        shown.set(key, { uri: file.uri, diagnostics: settled.map((one) => toVscodeDiagnostic(file.uri, lines, one)) });
        fixes.set(
          key,
          settled.flatMap((one) =>
            one.fixes.map((fix) => {
              const action = new vscode.CodeAction(quoted(said(fix.title)), vscode.CodeActionKind.QuickFix);
              action.diagnostics = [toVscodeDiagnostic(file.uri, lines, one)];
              action.edit = toWorkspaceEdit(file.uri, lines, fix.edits);
              action.isPreferred = one.fixes.length === 1;
              return { range: toRange(lines, one.span), action };
            }),
          ),
        );
      }
    }
    if (token.isCancellationRequested) return;
    this.#collection.clear();
    this.#fixes.clear();
    for (const { uri, diagnostics } of shown.values()) this.#collection.set(uri, diagnostics);
    for (const [key, actions] of fixes) this.#fixes.set(key, actions);
  }

  /** What the comments of the guide, the settings and the baseline leave. */
  async #settle(file: LibraryFile, found: readonly Diagnostic[]) {
    const { severities, withoutKnown } = this.#reporting(file.uri);
    if (file.kind === 'rules') {
      const settled = found.flatMap((one) => {
        const severity = severities[one.code] ?? one.severity;
        return severity === 'off' ? [] : [{ ...one, severity }];
      });
      return { lines: file.lines, settled };
    }
    // The guide is not read again: what a library keeps of it has its comments to the checker.
    const text =
      this.#analyses.latest(file.uri)?.guide.text ??
      new TextDecoder().decode(await vscode.workspace.fs.readFile(file.uri));
    const lines = lineIndex(text);
    return { lines, settled: withoutKnown(text, settleLibraryFindings(file.guide, lines, found, severities)) };
  }
}

/** Asks the disk only for files that the first look does not know. */
async function findingsOf(folder: vscode.WorkspaceFolder, files: readonly LibraryFile[]) {
  const guides = files.flatMap((file) => (file.kind === 'guide' ? [file.guide] : []));
  const rules = files.flatMap((file) => (file.kind === 'rules' ? [{ file: file.path, rules: file.rules }] : []));
  const asked = new Set<string>();
  const first = checkLibrary({
    guides,
    rules,
    exists: (path) => {
      asked.add(path);
      return null;
    },
  });
  if (asked.size === 0) return first;
  const there = new Map<string, boolean>();
  for (const path of asked) {
    const uri = vscode.Uri.joinPath(folder.uri, path);
    there.set(
      path,
      await Promise.resolve(vscode.workspace.fs.stat(uri)).then(
        () => true,
        () => false,
      ),
    );
  }
  return checkLibrary({ guides, rules, exists: (path) => there.get(path) ?? null });
}
