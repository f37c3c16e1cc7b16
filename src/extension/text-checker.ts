// Checks texts of guides beside the editor, in worker threads that are started for the first and ended after the last of them.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { WorkerPool } from '../adapters/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { AnalyzeAbout } from '../editing/index.ts';
import { loadEngine } from './load-engine.ts';

export interface TextJob {
  readonly text: string;
  readonly about: AnalyzeAbout;
}

export type CheckReply =
  | { readonly kind: 'answer'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'failure'; readonly message: string };

/** Milliseconds without a text after which the threads are ended. */
const patience = 5000;

export class TextChecker implements vscode.Disposable {
  readonly #script: string;
  #pool: Promise<WorkerPool<TextJob, CheckReply>> | undefined;
  #open = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(extensionUri: vscode.Uri) {
    this.#script = vscode.Uri.joinPath(extensionUri, 'dist', 'check-worker.cjs').fsPath;
  }

  /** The findings of a text; rejects when its thread died of it. */
  async check(job: TextJob): Promise<readonly Diagnostic[]> {
    clearTimeout(this.#timer);
    this.#open++;
    try {
      const end = await (await (this.#pool ??= this.#start())).do(job);
      if (end.kind === 'broken') throw end.error;
      if (end.kind !== 'reply') throw new Error(end.kind === 'died' ? end.why : 'the check was ended');
      if (end.reply.kind === 'failure') throw new Error(end.reply.message);
      return end.reply.diagnostics;
    } finally {
      this.#open--;
      if (this.#open === 0) this.#timer = setTimeout(() => this.dispose(), patience);
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    void this.#pool?.then((pool) => pool.close());
    this.#pool = undefined;
  }

  async #start(): Promise<WorkerPool<TextJob, CheckReply>> {
    const { WorkerPool } = await loadEngine();
    // One core is left to the editor.
    const workers = Math.max(1, Math.min(4, availableParallelism() - 1));
    return new WorkerPool<TextJob, CheckReply>({ workers, start: () => new Worker(this.#script) });
  }
}
