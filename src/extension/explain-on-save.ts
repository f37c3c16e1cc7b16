// Has a guide's reads explained by their tools when it is saved, where `tsg.check.explainOnSave` allows it: a table or column
// that is gone becomes a Problem at its place. Nothing is performed, what may write is not even explained, and the next edit
// ends it, because its answers would belong to a text that is no more.
import * as vscode from 'vscode';
import type { Analyses } from './analyses.ts';
import { explainedProblems } from './explained-problems.ts';
import type { GuideTools } from './guide-tools.ts';
import type { Problems } from './problems.ts';
import type { Runs } from './runs.ts';
import type { RunValues } from './run-values.ts';
import { UnusableSettings } from './unusable-settings.ts';

interface Parts {
  readonly analyses: Analyses;
  readonly tools: GuideTools;
  readonly values: RunValues;
  readonly runs: Runs;
  readonly problems: Problems;
}

export class ExplainOnSave implements vscode.Disposable {
  readonly #parts: Parts;
  readonly #asking = new Map<string, AbortController>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#subscriptions = [
      vscode.workspace.onDidSaveTextDocument((document) => void this.#saved(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#stop(document.uri);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.#stop(document.uri)),
    ];
  }

  dispose(): void {
    for (const abort of this.#asking.values()) abort.abort();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #stop(uri: vscode.Uri): void {
    this.#asking.get(uri.toString())?.abort();
    this.#asking.delete(uri.toString());
  }

  async #saved(document: vscode.TextDocument): Promise<void> {
    const { uri } = document;
    const wanted = vscode.workspace.getConfiguration('tsg', uri).get<boolean>('check.explainOnSave');
    if (!wanted || !vscode.workspace.isTrusted || uri.scheme !== 'file') return;
    this.#stop(uri);
    const abort = new AbortController();
    this.#asking.set(uri.toString(), abort);
    const status = vscode.window.setStatusBarMessage(`$(sync~spin) ${vscode.l10n.t('Explaining queries')}`);
    try {
      await this.#explain(document, abort.signal);
    } catch (error) {
      // A tools file with faults has Problems of its own; nobody asked a question that needs an answer here.
      if (!(error instanceof UnusableSettings)) throw error;
    } finally {
      status.dispose();
      if (this.#asking.get(uri.toString()) === abort) this.#asking.delete(uri.toString());
    }
  }

  async #explain(document: vscode.TextDocument, signal: AbortSignal): Promise<void> {
    const { analyses, tools, values, runs, problems } = this.#parts;
    const analysis = await analyses.ready(document);
    if (!analysis || signal.aborted) return;
    const opened = await tools.open(document.uri);
    try {
      const known = await values.known(document.uri, analysis.plan);
      const report = await runs.explain(analysis, { tools: opened, values: known }, signal, 'reads');
      if (!signal.aborted)
        problems.showExplained(document.uri, analysis.guide.lines, explainedProblems(analysis, report));
    } finally {
      await opened.toolbox.close();
    }
  }
}
