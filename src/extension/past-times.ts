// How long the actions of open guides took in the runs that are kept beside them, for the one finding that says what it would save.
// Journals are looked for when a guide has that finding, and again when a run of it has ended; nothing is loaded for other guides.
import * as vscode from 'vscode';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import { loadEngine } from './load-engine.ts';

/** Milliseconds by action. */
export type Durations = Readonly<Record<string, number>>;

export class PastTimes {
  readonly #known = new Map<string, Durations>();
  readonly #asked = new Set<string>();
  #analyses: Analyses | undefined;

  of(uri: vscode.Uri): Durations | undefined {
    return this.#known.get(uri.toString());
  }

  /** Looks for journals of guides that `analyses` find something in; what is found makes it look again. */
  follow(analyses: Analyses): vscode.Disposable {
    this.#analyses = analyses;
    return vscode.Disposable.from(
      analyses.onDidAnalyse((analysis) => {
        this.#look(analysis).then(
          (news) => news && analyses.refresh(),
          (error: unknown) => console.error('Internal error: journals could not be looked at', error),
        );
      }),
      analyses.onDidDrop((uri) => this.#asked.delete(uri.toString())),
    );
  }

  /** A run of the guide has ended: where its times are told, they are looked for again. */
  runEnded(uri: vscode.Uri): void {
    if (this.#asked.delete(uri.toString())) this.#analyses?.refresh();
  }

  /** True when durations have changed. */
  async #look({ uri, diagnostics }: DocumentAnalysis): Promise<boolean> {
    const key = uri.toString();
    const known = this.#known.get(key);
    if (this.#asked.has(key) || uri.scheme !== 'file') return false;
    if (known === undefined && !diagnostics.some(({ code }) => code === 'step.serial')) return false;
    this.#asked.add(key);
    const root = vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, '..');
    const folder = vscode.Uri.joinPath(root, '.tsg', 'runs');
    const entries = await Promise.resolve(vscode.workspace.fs.readDirectory(folder)).catch(() => []);
    if (entries.length === 0) return false;
    const durations = await (await loadEngine()).guideDurations(folder.fsPath, uri.fsPath);
    if (JSON.stringify(durations) === JSON.stringify(known ?? {})) return false;
    this.#known.set(key, durations);
    return true;
  }
}
