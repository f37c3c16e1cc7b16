// Analyses one large text in a thread of its own, so that the editor goes on meanwhile; see analyze-apart.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { analyze, type AnalyzeAbout } from '../editing/index.ts';

/** What the thread is given. */
export interface AnalysisJob {
  readonly text: string;
  readonly about: AnalyzeAbout;
}

const { text, about } = workerData as AnalysisJob;
const { guide, plan, diagnostics } = analyze(text, about);
// The text and its line index are where the answer goes; functions cannot be sent.
parentPort?.postMessage({ guide: { ...guide, text: '', lines: null }, plan, diagnostics });
