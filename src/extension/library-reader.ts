// Reads the files of a library in a thread beside the editor, started for the first and ended a while after the last: forty guides
// that appear at once would hold up the editor's host for longer than a keystroke may wait.
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { AlertRule, LibraryGuide } from '../check/index.ts';

export interface LibraryJob {
  /** The file's path in its library; `.md` is a guide, everything else may have alert rules. */
  readonly path: string;
  readonly text: string;
}

/** What a library keeps of a file; null for one that is neither guide nor rule file. */
export type LibraryPart =
  | { readonly kind: 'guide'; readonly guide: LibraryGuide }
  | { readonly kind: 'rules'; readonly rules: readonly AlertRule[] }
  | null;

export type LibraryReply =
  { readonly kind: 'part'; readonly part: LibraryPart } | { readonly kind: 'failure'; readonly message: string };

interface Waiting {
  readonly resolve: (part: LibraryPart) => void;
  readonly reject: (error: Error) => void;
}

/** Milliseconds without a file after which the thread is ended. */
const patience = 5000;

export class LibraryReader implements vscode.Disposable {
  readonly #script: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #index = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(extensionUri: vscode.Uri) {
    this.#script = vscode.Uri.joinPath(extensionUri, 'dist', 'check-worker.cjs').fsPath;
  }

  /** Reads a file; rejects when the thread died of it, and then the next file gets another. */
  read(job: LibraryJob): Promise<LibraryPart> {
    clearTimeout(this.#timer);
    return new Promise((resolve, reject) => {
      const index = this.#index++;
      this.#waiting.set(index, { resolve, reject });
      (this.#worker ??= this.#start()).postMessage({ index, job });
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    this.#failAll(new Error('the reading was ended'));
  }

  #start(): Worker {
    const worker = new Worker(this.#script);
    worker.on('message', (message: { kind: 'ready' } | (LibraryReply & { index: number })) => {
      if (message.kind === 'ready') return;
      const waiting = this.#waiting.get(message.index);
      this.#waiting.delete(message.index);
      if (message.kind === 'failure') waiting?.reject(new Error(message.message));
      else waiting?.resolve(message.part);
      if (this.#waiting.size === 0) this.#timer = setTimeout(() => this.dispose(), patience);
    });
    worker.on('error', (error: Error) => this.#died(worker, error));
    worker.on('exit', () => this.#died(worker, new Error('the thread that reads guides ended')));
    return worker;
  }

  #died(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#failAll(error);
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
