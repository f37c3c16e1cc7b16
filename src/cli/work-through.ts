// Goes through many guides: in this thread where they are few, in worker threads where they are many. What each gives is taken in
// their order; one that fails is told, and the others go on. Ctrl-C stops between two guides.
import { availableParallelism } from 'node:os';
import { exitCode, type ExitCode } from './exit-code.ts';
import { pooledOutcomes, type Outcome } from './guide-pool.ts';
import { openWork, type AnswerOf, type JobOf, type WorkKind } from './guide-work.ts';
import { progressText } from './status-line.ts';
import { failureOf, tellFailure } from './tell-failure.ts';
import type { Terminal } from './terminal.ts';

export interface ThroughFlags {
  /** How many guides are worked on at one time; by the machine's cores when absent. */
  readonly jobs?: number;
  /** Show no progress. */
  readonly quiet: boolean;
}

/** Starting threads costs about what this many guides do. */
const fewest = 40;
const redrawMs = 100;

/**
 * Does all jobs and gives each answer to `take`, which is waited for. `Checking` is what the progress says. The exit code is that
 * of the gravest failure, `interrupted` after Ctrl-C, and 0 else.
 */
export async function workThrough<K extends WorkKind>(
  kind: K,
  jobs: readonly JobOf<K>[],
  { doing, flags, terminal }: { readonly doing: string; readonly flags: ThroughFlags; readonly terminal: Terminal },
  take: (answer: AnswerOf<K>, index: number) => void | Promise<void>,
): Promise<ExitCode> {
  const workers = jobs.length < fewest && flags.jobs === undefined ? 1 : (flags.jobs ?? availableParallelism());
  const interruption = stopOnInterrupt();
  const { signal } = interruption;
  const progress = jobs.length > 1 && !flags.quiet ? (terminal.status ?? null) : null;
  const told = new Set<string>();
  let worst: ExitCode = exitCode.ok;
  let index = 0;
  const started = performance.now();
  let drawn = started;
  try {
    const outcomes = workers > 1 ? pooledOutcomes(kind, jobs, { workers, signal }) : ownOutcomes(kind, jobs, signal);
    for await (const outcome of outcomes) {
      if (outcome.kind === 'answer') await take(outcome.value, index);
      else {
        const { failure } = outcome;
        worst = failure.code > worst ? failure.code : worst;
        if (!told.has(failure.message)) tellFailure(failure, terminal);
        told.add(failure.message);
      }
      index++;
      const now = performance.now();
      if (progress && now - drawn >= redrawMs) {
        progress(progressText(doing, index, jobs.length, (now - started) / 1000));
        drawn = now;
      }
    }
  } finally {
    progress?.(null);
    interruption.end();
  }
  if (!signal.aborted) return worst;
  terminal.err(`Stopped: ${index} of ${jobs.length} guides were done.\n`);
  return exitCode.interrupted;
}

async function* ownOutcomes<K extends WorkKind>(
  kind: K,
  jobs: readonly JobOf<K>[],
  signal: AbortSignal,
): AsyncGenerator<Outcome<K>, void, void> {
  const work = await openWork(kind);
  for (const job of jobs) {
    // Signals are heard between two guides.
    if (jobs.length > 1) await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return;
    yield await work(job).then(
      (value): Outcome<K> => ({ kind: 'answer', value }),
      (error: unknown): Outcome<K> => ({ kind: 'failure', failure: failureOf(error, job.file) }),
    );
  }
}

/** The first Ctrl-C asks to stop, the second ends the program at once. */
function stopOnInterrupt(): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(exitCode.interrupted);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    end() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
