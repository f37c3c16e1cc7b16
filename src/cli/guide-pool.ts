// Worker threads that do work on many guides. Outcomes come in the order of the jobs, whoever did them; a worker is never far
// ahead of what was taken, so memory stays bounded. The life of a worker:
//
//     started ──ready──> working ──no job left──> ended
//        │ died                │ died: the job it was at failed, those behind it are given to others, another is started
//        └──> no work can be done: the pool throws
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { exitCode } from './exit-code.ts';
import type { AnswerOf, JobOf, WorkKind } from './guide-work.ts';
import { printableLine } from './printable-text.ts';
import type { Failure } from './tell-failure.ts';

export interface ToGuideWorker<K extends WorkKind> {
  readonly index: number;
  readonly job: JobOf<K>;
}

export type FromGuideWorker<K extends WorkKind> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly index: number; readonly value: AnswerOf<K> }
  | { readonly kind: 'failure'; readonly index: number; readonly failure: Failure };

/** What became of one job. */
export type Outcome<K extends WorkKind> =
  { readonly kind: 'answer'; readonly value: AnswerOf<K> } | { readonly kind: 'failure'; readonly failure: Failure };

export interface PoolOptions {
  readonly workers: number;
  readonly signal: AbortSignal;
  /** A worker of the same messages; ours when absent. */
  readonly start?: (kind: WorkKind) => Worker;
}

/** Jobs that are given to a worker at one time: the next is there when one is done. */
const given = 2;
/** Jobs for each worker that may be done before their turn has come. */
const ahead = 16;

/** The outcomes of the jobs, in their order; ends early when the signal is aborted. */
export async function* pooledOutcomes<K extends WorkKind>(
  kind: K,
  jobs: readonly JobOf<K>[],
  options: PoolOptions,
): AsyncGenerator<Outcome<K>, void, void> {
  const pool = new GuidePool(kind, jobs, options);
  try {
    for (let index = 0; index < jobs.length && !options.signal.aborted; index++) {
      const outcome = await pool.take(index);
      if (outcome === null) return;
      yield outcome;
    }
  } finally {
    await pool.close();
  }
}

class GuidePool<K extends WorkKind> {
  readonly #jobs: readonly JobOf<K>[];
  readonly #start: () => Worker;
  readonly #signal: AbortSignal;
  readonly #limit: number;
  /** The jobs that each worker has, in the order in which it does them. */
  readonly #workers = new Map<Worker, number[]>();
  readonly #outcomes = new Map<number, Outcome<K>>();
  /** Jobs of a worker that died before it came to them. */
  #again: number[] = [];
  #next = 0;
  #taken = 0;
  #fault: Error | null = null;
  #closing = false;
  #wake: () => void = () => undefined;

  constructor(kind: K, jobs: readonly JobOf<K>[], { workers, signal, start = startWorker }: PoolOptions) {
    this.#jobs = jobs;
    this.#start = () => start(kind);
    this.#signal = signal;
    this.#limit = ahead * workers;
    signal.addEventListener('abort', () => this.#wake());
    for (let count = Math.min(workers, jobs.length); count > 0; count--) this.#hire();
    this.#feed();
  }

  /** The outcome of a job; jobs are taken one after the other. Null when the signal was aborted. */
  async take(index: number): Promise<Outcome<K> | null> {
    for (;;) {
      if (this.#fault) throw this.#fault;
      if (this.#signal.aborted) return null;
      const outcome = this.#outcomes.get(index);
      if (outcome) {
        this.#outcomes.delete(index);
        this.#taken = index + 1;
        this.#feed();
        return outcome;
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Ends the workers, whatever they are at. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#workers.keys()].map((worker) => worker.terminate()));
  }

  #hire(): void {
    const worker = this.#start();
    const mine: number[] = [];
    let ready = false;
    let complaint = '';
    this.#workers.set(worker, mine);
    worker.on('message', (message: FromGuideWorker<K>) => {
      if (message.kind === 'ready') {
        ready = true;
        return;
      }
      mine.splice(mine.indexOf(message.index), 1);
      this.#settle(message.index, message);
    });
    worker.on('error', (error) => (complaint = error.message));
    worker.on('exit', (code) => {
      this.#workers.delete(worker);
      if (this.#closing) return;
      const why = complaint === '' ? `it ended with code ${code}` : complaint;
      if (ready) this.#replace(mine, why);
      else this.#fail(new Error(`Internal error: a worker thread could not be started: ${why}`));
    });
  }

  /** A worker died: what it was at failed, and another does the rest. */
  #replace([at, ...rest]: readonly number[], why: string): void {
    this.#again = [...this.#again, ...rest].sort((a, b) => a - b);
    if (this.#again.length > 0 || this.#next < this.#jobs.length) this.#hire();
    if (at !== undefined) this.#settle(at, { kind: 'failure', failure: diedAt(this.#jobs[at]?.file ?? '', why) });
    this.#feed();
  }

  #settle(index: number, outcome: Outcome<K>): void {
    this.#outcomes.set(index, outcome);
    this.#feed();
    this.#wake();
  }

  #fail(error: Error): void {
    this.#fault ??= error;
    this.#wake();
  }

  /** Gives jobs to whoever has too few. */
  #feed(): void {
    for (const [worker, mine] of this.#workers) {
      while (mine.length < given) {
        const index = this.#again.shift() ?? (this.#next < this.#taken + this.#limit ? this.#next++ : undefined);
        const job = index === undefined ? undefined : this.#jobs[index];
        if (index === undefined || job === undefined) return;
        mine.push(index);
        worker.postMessage({ index, job } satisfies ToGuideWorker<K>);
      }
    }
  }
}

function diedAt(file: string, why: string): Failure {
  return {
    code: exitCode.internal,
    message: `the thread that worked on \`${printableLine(file)}\` ended before it was done: ${printableLine(why)}`,
    stack: why,
  };
}

/** The worker beside the running bundle, or its source when we run from source. */
function startWorker(kind: WorkKind): Worker {
  const here = import.meta.url;
  for (const place of ['./guide-worker.mjs', '../guide-worker.mjs']) {
    const path = fileURLToPath(new URL(place, here));
    if (existsSync(path)) return new Worker(path, { workerData: { kind } });
  }
  const source = JSON.stringify(new URL('./guide-worker.ts', here).href);
  const tsx = createRequire(here).resolve('tsx/package.json');
  const loader = JSON.stringify(new URL('./dist/esm/api/index.mjs', pathToFileURL(tsx)).href);
  return new Worker(`import(${loader}).then(({ register }) => { register(); return import(${source}); });`, {
    eval: true,
    workerData: { kind },
  });
}
