// Worker threads that do work on many guides. Outcomes come in the order of the jobs, whoever did them; a worker is never far
// ahead of what was taken, so memory stays bounded.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { type FromWorker, type JobEnd, type ToWorker, WorkerPool } from '../adapters/index.ts';
import { exitCode } from './exit-code.ts';
import type { AnswerOf, JobOf, WorkKind } from './guide-work.ts';
import { printableLine } from './printable-text.ts';
import type { Failure } from './tell-failure.ts';

export type ToGuideWorker<K extends WorkKind> = ToWorker<JobOf<K>>;
export type FromGuideWorker<K extends WorkKind> = FromWorker<Outcome<K>>;

/** What became of one job. */
export type Outcome<K extends WorkKind> =
  { readonly kind: 'answer'; readonly value: AnswerOf<K> } | { readonly kind: 'failure'; readonly failure: Failure };

export interface PoolOptions {
  readonly workers: number;
  readonly signal: AbortSignal;
  /** A worker of the same messages; ours when absent. */
  readonly start?: (kind: WorkKind) => Worker;
}

/** Jobs for each worker that may be done before their turn has come. */
const ahead = 16;
/** Nearly all that is made for a guide is garbage with the next one, and costs nothing when it is not collected before. */
const resourceLimits = { maxYoungGenerationSizeMb: 32 };
/**
 * How much a function runs before the optimizing compiler is asked for it: eight times what Node would wait. Each thread has more than
 * a thousand functions optimized for itself, which took a third of all time, and most of them run too seldom to give that back.
 */
const optimizeLater = '--interrupt-budget=1000000';

/** The outcomes of the jobs, in their order; ends early when the signal is aborted. */
export async function* pooledOutcomes<K extends WorkKind>(
  kind: K,
  jobs: readonly JobOf<K>[],
  { workers, signal, start = startWorker }: PoolOptions,
): AsyncGenerator<Outcome<K>, void, void> {
  setFlagsFromString(optimizeLater);
  const pool = new WorkerPool<JobOf<K>, Outcome<K>>({ workers, start: () => start(kind) });
  const stop = (): void => void pool.close();
  signal.addEventListener('abort', stop);
  const begun = new Map<number, Promise<JobEnd<Outcome<K>>>>();
  let next = 0;
  try {
    for (const [index, job] of jobs.entries()) {
      for (; next < Math.min(jobs.length, index + ahead * workers); next++)
        begun.set(next, pool.do(jobs[next] as JobOf<K>));
      const end = await begun.get(index);
      begun.delete(index);
      if (!end || end.kind === 'closed' || signal.aborted) return;
      if (end.kind === 'broken') throw end.error;
      yield end.kind === 'died' ? { kind: 'failure', failure: diedAt(job.file, end.why) } : end.reply;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await pool.close();
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
    if (existsSync(path)) return new Worker(path, { workerData: { kind }, resourceLimits });
  }
  const source = JSON.stringify(new URL('./guide-worker.ts', here).href);
  const tsx = createRequire(here).resolve('tsx/package.json');
  const loader = JSON.stringify(new URL('./dist/esm/api/index.mjs', pathToFileURL(tsx)).href);
  return new Worker(`import(${loader}).then(({ register }) => { register(); return import(${source}); });`, {
    eval: true,
    workerData: { kind },
    resourceLimits,
  });
}
