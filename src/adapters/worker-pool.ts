// Worker threads that do jobs. Each job goes to one of them and ends by its reply, or by the death of the thread. The life of a worker:
//
//     started ──ready──> working ──closed──> ended
//        │ died                │ died: the job it was at is lost, those behind it are given to others, another is started
//        └──> no work can be done: every job ends as `broken`
import type { Worker } from 'node:worker_threads';

/** What a worker is sent. */
export interface ToWorker<Job> {
  readonly index: number;
  readonly job: Job;
}

/** What a worker sends: that it has loaded, then for each job, in any order, a reply with its index. */
export type FromWorker<Reply> = { readonly kind: 'ready' } | (Reply & { readonly index: number });

/** How a job ended. `closed`: the pool was closed before it was done. */
export type JobEnd<Reply> =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'died'; readonly why: string }
  | { readonly kind: 'broken'; readonly error: Error }
  | { readonly kind: 'closed' };

export interface WorkerPoolOptions {
  /** Threads at most; each is started when there is something for it to do. */
  readonly workers: number;
  readonly start: () => Worker;
}

/** Jobs that are given to a worker at one time: the next is there when one is done. */
const given = 2;

interface Waiting<Job, Reply> extends ToWorker<Job> {
  readonly end: (end: JobEnd<Reply>) => void;
}

/** Close it when nothing more is to be done: its threads keep a program alive. */
export class WorkerPool<Job, Reply extends { readonly kind: string }> {
  readonly #workers = new Map<Worker, Waiting<Job, Reply>[]>();
  readonly #options: WorkerPoolOptions;
  #queue: Waiting<Job, Reply>[] = [];
  #index = 0;
  #fault: Error | null = null;
  #closing = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** Does a job; never rejects. Jobs begin in the order in which they came. */
  do(job: Job): Promise<JobEnd<Reply>> {
    return new Promise((end) => {
      this.#queue.push({ index: this.#index++, job, end });
      this.#feed();
    });
  }

  /** Ends the workers, whatever they are at, and with them every job that is not done. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#endAll({ kind: 'closed' });
    await Promise.all([...this.#workers.keys()].map((worker) => worker.terminate()));
  }

  #hire(): void {
    const worker = this.#options.start();
    const mine: Waiting<Job, Reply>[] = [];
    let ready = false;
    let complaint = '';
    this.#workers.set(worker, mine);
    worker.on('message', (message: FromWorker<Reply>) => {
      if (!('index' in message)) {
        ready = true;
        return;
      }
      const at = mine.findIndex(({ index }) => index === message.index);
      const [done] = at < 0 ? [] : mine.splice(at, 1);
      done?.end({ kind: 'reply', reply: message });
      this.#feed();
    });
    worker.on('error', (error) => (complaint = error.message));
    worker.on('exit', (code) => {
      this.#workers.delete(worker);
      if (this.#closing) return;
      const why = complaint === '' ? `it ended with code ${code}` : complaint;
      if (ready) {
        // What it was at is lost; what it had not come to goes first now.
        const [at, ...rest] = mine;
        this.#queue = [...rest, ...this.#queue].sort((a, b) => a.index - b.index);
        at?.end({ kind: 'died', why });
      } else {
        this.#fault ??= new Error(`Internal error: a worker thread could not be started: ${why}`);
        this.#queue = [...mine, ...this.#queue];
      }
      this.#feed();
    });
  }

  /** Gives jobs to whoever has too few. */
  #feed(): void {
    if (this.#closing) return this.#endAll({ kind: 'closed' });
    if (this.#fault) return this.#endAll({ kind: 'broken', error: this.#fault });
    const idle = [...this.#workers.values()].filter((mine) => mine.length === 0).length;
    const wanted = Math.min(this.#options.workers - this.#workers.size, this.#queue.length - idle);
    for (let count = 0; count < wanted; count++) this.#hire();
    for (let fill = 1; fill <= given; fill++)
      for (const [worker, mine] of this.#workers) {
        if (mine.length >= fill) continue;
        const next = this.#queue.shift();
        if (!next) return;
        mine.push(next);
        worker.postMessage({ index: next.index, job: next.job } satisfies ToWorker<Job>);
      }
  }

  #endAll(end: JobEnd<Reply>): void {
    const open = [...[...this.#workers.values()].flatMap((mine) => mine.splice(0)), ...this.#queue.splice(0)];
    for (const one of open) one.end(end);
  }
}
