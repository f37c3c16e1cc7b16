// Lays plans out in a worker thread, one at a time, newest first for each document. A superseded layout that still runs
// after a moment is ended with its thread; its asker gets null.
import { Worker } from 'node:worker_threads';
import type { Diagram, LayoutOptions } from '../../diagram/index.ts';
import type { Plan } from '../../plan/index.ts';

export type Engine = NonNullable<LayoutOptions['engine']>;

export interface LayoutJob {
  readonly job: number;
  readonly plan: Plan;
  readonly engine: Engine;
}

export type LayoutAnswer =
  | { readonly kind: 'diagram'; readonly job: number; readonly diagram: Diagram }
  | { readonly kind: 'failure'; readonly job: number; readonly message: string };

interface Waiting extends LayoutJob {
  readonly key: string;
  readonly resolve: (diagram: Diagram | null) => void;
  readonly reject: (error: Error) => void;
}

/** Milliseconds that a superseded layout may go on, so that quick ones do not cost a new thread. */
const patience = 400;

export class LayoutService {
  readonly #script: string | URL;
  #worker: Worker | undefined;
  #current: Waiting | undefined;
  #superseded: NodeJS.Timeout | undefined;
  #queue: readonly Waiting[] = [];
  #jobs = 0;

  /** `script` is the bundled layout worker. */
  constructor(script: string | URL) {
    this.#script = script;
  }

  /** The diagram of a plan; null when another call for the same `key` came before it was done, or the service ended. */
  layout(key: string, plan: Plan, engine: Engine): Promise<Diagram | null> {
    this.drop(key);
    return new Promise((resolve, reject) => {
      this.#queue = [...this.#queue, { job: ++this.#jobs, key, plan, engine, resolve, reject }];
      this.#next();
    });
  }

  /** Nobody wants the layouts of this key any more. */
  drop(key: string): void {
    for (const waiting of this.#queue) if (waiting.key === key) waiting.resolve(null);
    this.#queue = this.#queue.filter((waiting) => waiting.key !== key);
    if (this.#current?.key === key) {
      this.#current.resolve(null);
      this.#superseded ??= setTimeout(() => this.#giveUp(), patience);
    }
  }

  dispose(): void {
    for (const waiting of [...this.#queue, ...(this.#current ? [this.#current] : [])]) waiting.resolve(null);
    this.#queue = [];
    this.#finish();
    this.#stop();
  }

  #next(): void {
    const [first, ...rest] = this.#queue;
    if (this.#current || !first) return;
    this.#queue = rest;
    this.#current = first;
    this.#worker ??= this.#start();
    const job: LayoutJob = { job: first.job, plan: first.plan, engine: first.engine };
    this.#worker.postMessage(job);
  }

  #start(): Worker {
    const worker = new Worker(this.#script);
    worker.on('message', (answer: LayoutAnswer) => {
      if (answer.job !== this.#current?.job) return;
      if (answer.kind === 'diagram') this.#current.resolve(answer.diagram);
      else this.#current.reject(new Error(answer.message));
      this.#finish();
      this.#next();
    });
    worker.on('error', (error) => {
      if (this.#worker !== worker) return;
      this.#current?.reject(error instanceof Error ? error : new Error(String(error)));
      this.#finish();
      this.#stop();
      this.#next();
    });
    worker.unref();
    return worker;
  }

  #giveUp(): void {
    this.#finish();
    this.#stop();
    this.#next();
  }

  #finish(): void {
    clearTimeout(this.#superseded);
    this.#superseded = undefined;
    this.#current = undefined;
  }

  #stop(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }
}
