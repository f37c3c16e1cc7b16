// The guides' tests in VS Code's Test Explorer: a file for each `NAME.tests.yaml`, a test for each of its cases. They run on
// demand, with coverage, under the debugger, and again on each save when the editor asks for continuous runs.
import * as vscode from 'vscode';
import { basename } from 'node:path';
import type { GuideTools } from '../guide-tools.ts';
import { quoted } from '../quoted.ts';
import { realPath } from '../real-path.ts';
import { CalledFiles } from './called-files.ts';
import { debugCases } from './debug-case.ts';
import { GuideCoverage } from './coverage-details.ts';
import { runTests, type CaseOutcome, type TestsOutcome } from './run-tests.ts';
import { readTests, type TestsFile } from './tests-file.ts';

const pattern = '**/*.tests.{yaml,yml}';
const isTests = (uri: vscode.Uri): boolean => uri.scheme === 'file' && /\.tests\.ya?ml$/i.test(uri.path);

export class TestExplorer implements vscode.Disposable {
  readonly #tools: GuideTools;
  readonly #controller = vscode.tests.createTestController('tsg.guides', vscode.l10n.t('Guides'));
  readonly #files = new Map<string, TestsFile>();
  readonly #saved = new vscode.EventEmitter<vscode.Uri>();
  readonly #covered = new vscode.EventEmitter<GuideCoverage>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #called = new CalledFiles();
  readonly #coverages = new Map<string, GuideCoverage>();
  #latest: readonly CaseOutcome[] = [];
  /** Tests have shown how much of a guide they go through. */
  readonly onDidCover = this.#covered.event;

  constructor(tools: GuideTools) {
    this.#tools = tools;
    this.#controller.resolveHandler = async (item) => {
      if (item?.uri) await this.#read(item.uri);
      else if (!item) await this.discover();
    };
    this.#controller.refreshHandler = async () => {
      await this.discover();
    };
    const { Run, Coverage, Debug } = vscode.TestRunProfileKind;
    const profile = (label: string, kind: vscode.TestRunProfileKind): vscode.TestRunProfile =>
      this.#controller.createRunProfile(label, kind, (request, token) => this.#handle(request, token), true);
    const run = profile(vscode.l10n.t('Run'), Run);
    const coverage = profile(vscode.l10n.t('Run with Coverage'), Coverage);
    profile(vscode.l10n.t('Debug'), Debug);
    run.supportsContinuousRun = true;
    coverage.supportsContinuousRun = true;
    coverage.loadDetailedCoverage = async (_, file) => (file instanceof GuideCoverage ? [...file.details] : []);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    this.#subscriptions = [
      this.#controller,
      this.#saved,
      this.#covered,
      watcher,
      watcher.onDidCreate((uri) => this.#read(uri)),
      watcher.onDidChange((uri) => this.#read(uri)),
      watcher.onDidDelete((uri) => this.#forget(uri)),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => isTests(uri) && void this.#read(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document: { uri } }) => isTests(uri) && void this.#read(uri)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#saved.fire(uri)),
    ];
  }

  /** Reads every tests file of the workspace; gives the files that it found. */
  async discover(): Promise<readonly TestsFile[]> {
    const found = await vscode.workspace.findFiles(pattern, '**/node_modules/**');
    const known = new Set(found.map(String));
    for (const { uri } of [...this.#files.values()]) if (!known.has(uri.toString())) this.#forget(uri);
    return Promise.all(found.map((uri) => this.#read(uri)));
  }

  /** What became of the cases that ran last; for tests of the extension itself. */
  get latest(): readonly CaseOutcome[] {
    return this.#latest;
  }

  /** What the tests of a guide have shown to be covered, when they ran with coverage. */
  covered(guide: vscode.Uri): GuideCoverage | undefined {
    return this.#coverages.get(guide.toString());
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #read(uri: vscode.Uri): Promise<TestsFile> {
    const file = await readTests(uri);
    this.#files.set(uri.toString(), file);
    const item =
      this.#controller.items.get(uri.toString()) ??
      this.#controller.createTestItem(uri.toString(), basename(uri.path).replace(/\.tests\.ya?ml$/i, ''), uri);
    item.error = file.problem ? quoted(file.problem.message) : undefined;
    item.children.replace(
      file.tests.map(({ scenario, line }, index) => {
        const child = this.#controller.createTestItem(`${index}`, scenario.name, uri);
        child.range = new vscode.Range(line - 1, 0, line - 1, 0);
        return child;
      }),
    );
    this.#controller.items.add(item);
    return file;
  }

  #forget(uri: vscode.Uri): void {
    this.#files.delete(uri.toString());
    this.#controller.items.delete(uri.toString());
  }

  async #handle(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    if (!request.continuous) return this.#run(request, async () => true);
    const subscription = this.#saved.event((saved) => void this.#run(request, (file) => this.#concerns(saved, file)));
    token.onCancellationRequested(() => subscription.dispose());
  }

  /** Runs what a request asks for, of the files that are wanted. */
  async #run(request: vscode.TestRunRequest, wanted: (file: TestsFile) => Promise<boolean>): Promise<void> {
    const asked = this.#chosen(request);
    const isWanted = await Promise.all(asked.map(([file]) => wanted(file)));
    const chosen = asked.filter((_, index) => isWanted[index]);
    if (chosen.length === 0) return;
    const kind = request.profile?.kind;
    const run = this.#controller.createTestRun(request);
    const latest: CaseOutcome[] = [];
    // A guide may have several files of tests: what they cover is told of it once.
    const coverages = new Map<string, GuideCoverage>();
    try {
      for (const [{ uri }, items] of chosen) {
        // As it stands now: it may have been edited since its cases were listed, or be gone.
        const file = await this.#fresh(uri).catch(() => null);
        if (!file) continue;
        for (const item of items.values()) run.enqueued(item);
        if (kind === vscode.TestRunProfileKind.Debug) await debugCases(run, file, items);
        const outcome = await this.#ran(run, file, items);
        if (!outcome) continue;
        const { coverage } = outcome;
        latest.push(...outcome.cases);
        const guide = coverage.uri.toString();
        coverages.set(guide, coverage.with(coverages.get(guide)));
      }
      if (kind !== vscode.TestRunProfileKind.Coverage) return;
      for (const [guide, coverage] of coverages) {
        run.addCoverage(coverage);
        this.#coverages.set(guide, coverage);
        this.#covered.fire(coverage);
      }
    } finally {
      this.#latest = latest;
      run.end();
    }
  }

  /** A guide or settings that cannot be used are an error of each of its cases. */
  async #ran(
    run: vscode.TestRun,
    file: TestsFile,
    items: ReadonlyMap<number, vscode.TestItem>,
  ): Promise<TestsOutcome | undefined> {
    try {
      return await runTests(run, file, items, this.#tools);
    } catch (error) {
      const message = new vscode.TestMessage(quoted(error instanceof Error ? error.message : String(error)));
      for (const item of items.values()) run.errored(item, message);
      return undefined;
    }
  }

  async #fresh(uri: vscode.Uri): Promise<TestsFile> {
    const file = await readTests(uri);
    this.#files.set(uri.toString(), file);
    return file;
  }

  /** Files with the cases of each that a request names and does not exclude, by their index. */
  #chosen({ include, exclude }: vscode.TestRunRequest): readonly [TestsFile, ReadonlyMap<number, vscode.TestItem>][] {
    const roots: readonly vscode.TestItem[] = include ?? [...this.#controller.items].map(([, item]) => item);
    const excluded = new Set(exclude);
    const byFile = new Map<TestsFile, Map<number, vscode.TestItem>>();
    for (const root of roots) {
      const cases = root.parent ? [root] : [...root.children].map(([, child]) => child);
      for (const item of cases) {
        const parent = item.parent ?? root;
        const file = this.#files.get(parent.id);
        if (!file || excluded.has(item) || excluded.has(parent)) continue;
        const items = byFile.get(file) ?? new Map<number, vscode.TestItem>();
        byFile.set(file, items.set(Number(item.id), item));
      }
    }
    return [...byFile];
  }

  /** A saved file matters to a tests file when it is that file, its guide, a guide that this one leads to, or settings of tools. */
  async #concerns(saved: vscode.Uri, { uri, guide }: TestsFile): Promise<boolean> {
    if (/\/tsg\.ya?ml$/i.test(saved.path)) return true;
    const path = saved.toString();
    if (path === uri.toString() || path === guide?.toString()) return true;
    if (!guide || saved.scheme !== 'file' || !/\.(md|markdown)$/i.test(saved.path)) return false;
    return (await this.#called.of(guide)).has(realPath(saved.fsPath));
  }
}
