// Which files a guide's tests depend on besides its own: the guides that its steps call, and those that these call. Whatever
// keeps a called guide from being gone through, its file counts, because saving it may be what mends it.
import * as vscode from 'vscode';
import type { GuideCall } from '../../plan/index.ts';
import { callPlace } from '../join-called.ts';
import { loadEngine } from '../load-engine.ts';
import { analyzeGuide, textOf } from './tests-file.ts';

export class CalledFiles {
  /** What a guide calls, by its path, with the text that says so. */
  readonly #known = new Map<string, { readonly text: string; readonly calls: readonly GuideCall[] }>();

  /** The real paths of all guides that a guide leads to, itself among them. Never rejects. */
  async of(guide: vscode.Uri): Promise<ReadonlySet<string>> {
    const { findCalled } = await loadEngine();
    const { own, root } = await callPlace(guide);
    const files = new Set([own]);
    // What is added while it is gone through is come to as well.
    for (const file of files) {
      for (const { path } of await this.#calls(file)) {
        const found = await findCalled(root, file, path);
        if (found.kind === 'found') files.add(found.file);
      }
    }
    return files;
  }

  async #calls(file: string): Promise<readonly GuideCall[]> {
    const uri = vscode.Uri.file(file);
    try {
      const text = await textOf(uri);
      const known = this.#known.get(file);
      if (known?.text === text) return known.calls;
      const { plan } = await analyzeGuide(uri, null);
      const calls = plan.nodes.flatMap((node) => node.calls ?? []);
      this.#known.set(file, { text, calls });
      return calls;
    } catch {
      return []; // Gone, or no text.
    }
  }
}
