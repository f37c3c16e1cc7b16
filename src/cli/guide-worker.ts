// The thread that a pool starts: does one job after the other, in the order in which they come, and answers each.
import { parentPort, workerData } from 'node:worker_threads';
import type { FromGuideWorker, ToGuideWorker } from './guide-pool.ts';
import { openWork, type WorkKind } from './guide-work.ts';
import { failureOf } from './tell-failure.ts';

const port = parentPort;
if (port === null) throw new Error('Internal error: the guide worker was started as a program of its own');

const work = await openWork((workerData as { kind: WorkKind }).kind);
let turn = Promise.resolve();
port.on('message', ({ index, job }: ToGuideWorker<WorkKind>) => {
  turn = turn.then(async () => {
    const answer = await work(job as never).then(
      (value) => ({ kind: 'answer', index, value }) satisfies FromGuideWorker<WorkKind>,
      (error: unknown) =>
        ({ kind: 'failure', index, failure: failureOf(error, job.file) }) satisfies FromGuideWorker<WorkKind>,
    );
    port.postMessage(answer);
  });
});
port.postMessage({ kind: 'ready' } satisfies FromGuideWorker<WorkKind>);
