// The thread in which plans are laid out for the preview, so that a large one never holds up the editor.
import { parentPort } from 'node:worker_threads';
import { layoutPlan } from '../../diagram/index.ts';
import type { LayoutAnswer, LayoutJob } from './layout-service.ts';

parentPort?.on('message', (job: LayoutJob) => {
  const answer = (message: LayoutAnswer): void => parentPort?.postMessage(message);
  layoutPlan(job.plan, { engine: job.engine }).then(
    (diagram) => answer({ kind: 'diagram', job: job.job, diagram }),
    (error: unknown) =>
      answer({ kind: 'failure', job: job.job, message: error instanceof Error ? error.message : String(error) }),
  );
});
