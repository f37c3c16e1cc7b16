// Checks texts of guides in the browser, where the extension's host is a worker already: in portions, between which it attends to
// other things.
import type * as vscode from 'vscode';
import type { Diagnostic } from '../../diagnostics/index.ts';
import { reanalyzeInPortions } from '../../editing/index.ts';
import type { TextJob } from '../text-checker.ts';

export class TextChecker implements vscode.Disposable {
  /** One text after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #ended = false;

  /** The findings of a text; rejects when the editor is closed. */
  check(job: TextJob): Promise<readonly Diagnostic[]> {
    const done = this.#turn.then(() => this.#check(job));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  dispose(): void {
    this.#ended = true;
  }

  async #check({ text, about }: TextJob): Promise<readonly Diagnostic[]> {
    const portions = reanalyzeInPortions(null, text, about);
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#ended) throw new Error('the check was ended');
      const { value, done } = portions.next();
      if (done === true) return value.diagnostics;
    }
  }
}
