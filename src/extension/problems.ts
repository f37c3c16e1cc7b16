// The Problems of a guide: what the analysis found, what its tools refuse when asked, and what failed in a run. The last two
// belong to the text as it was and are cleared by the next edit.
import * as vscode from 'vscode';
import type { LineIndex } from '../base/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import { quoted } from './quoted.ts';
import { toVisibleRange, toVscodeDiagnostic } from './to-vscode.ts';
import type { RunProblem } from './run-problems.ts';

/** Publishes diagnostics; a finding of ours can be found again from VS Code's by its place and code. */
export class Problems implements vscode.Disposable {
  readonly #analysis = vscode.languages.createDiagnosticCollection('tsg');
  readonly #explained = vscode.languages.createDiagnosticCollection('tsg-queries');
  readonly #runs = vscode.languages.createDiagnosticCollection('tsg-run');
  readonly #subscriptions: vscode.Disposable[];

  constructor(analyses: Analyses) {
    this.#subscriptions = [
      this.#analysis,
      this.#explained,
      this.#runs,
      analyses.onDidAnalyse((analysis) => this.#publish(analysis)),
      analyses.onDidDrop((uri) => {
        for (const collection of [this.#analysis, this.#explained, this.#runs]) collection.delete(uri);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        this.#explained.delete(document.uri);
        this.#runs.delete(document.uri);
      }),
    ];
  }

  /** Replaces what the tools said about the queries of a guide. */
  showExplained(uri: vscode.Uri, lines: LineIndex, diagnostics: readonly Diagnostic[]): void {
    this.#explained.set(
      uri,
      diagnostics.map((diagnostic) => toVscodeDiagnostic(uri, lines, diagnostic)),
    );
  }

  /** Replaces what failed in the latest run of a guide. An explained problem at the same place would say it twice. */
  showRun(uri: vscode.Uri, lines: LineIndex, problems: readonly RunProblem[]): void {
    const shown = problems.map((problem) => {
      const range = toVisibleRange(lines, problem.span);
      const result = new vscode.Diagnostic(range, quoted(problem.message), vscode.DiagnosticSeverity.Error);
      result.source = `TSG run, ${problem.action}`;
      result.code = problem.reason;
      return result;
    });
    this.#runs.set(uri, shown);
    const rest = (this.#explained.get(uri) ?? []).filter(
      (one) => !shown.some((other) => other.range.intersection(one.range)),
    );
    this.#explained.set(uri, rest);
  }

  clearRun(uri: vscode.Uri): void {
    this.#runs.delete(uri);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #publish(analysis: DocumentAnalysis): void {
    const { uri, guide, diagnostics } = analysis;
    this.#analysis.set(
      uri,
      reportedOf(uri, diagnostics).map((diagnostic) => toVscodeDiagnostic(uri, guide.lines, diagnostic)),
    );
  }
}

/** The findings of a guide that its Problems show. */
export function reportedOf(uri: vscode.Uri, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const setting = vscode.workspace.getConfiguration('tsg', uri).get<string>('inferredGuards');
  return diagnostics.filter(({ code }) => code !== 'guard.inferred' || setting !== 'off');
}
