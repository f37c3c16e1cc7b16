// Has a large text analysed in a worker thread. A thread per text: ending it is how a superseded analysis is cancelled.
import { Worker } from 'node:worker_threads';
import { lineIndex } from '../base/index.ts';
import type { Analysis, AnalyzeAbout } from '../editing/index.ts';
import type { AnalysisJob } from './analysis-worker.ts';

/** Texts from this length on (UTF-16 units) take long enough to be felt. */
export const largeText = 100_000;

/** An analysis under way; `cancel` ends its thread, and `done` then never settles. */
export interface ApartAnalysis {
  readonly done: Promise<Analysis>;
  cancel(): void;
}

export function analyzeApart(script: string, text: string, about: AnalyzeAbout): ApartAnalysis {
  const job: AnalysisJob = { text, about };
  const worker = new Worker(script, { workerData: job });
  const done = new Promise<Analysis>((resolve, reject) => {
    worker.once('message', (answer: Analysis) => {
      resolve({ ...answer, guide: { ...answer.guide, text, lines: lineIndex(text) } });
      void worker.terminate();
    });
    worker.once('error', reject);
  });
  return { done, cancel: () => void worker.terminate() };
}
