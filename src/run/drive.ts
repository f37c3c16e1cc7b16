// The driver: the only asynchronous file of the room. It journals each event before it performs what follows from it.
import type { DryReport, DryRunOptions } from './dry-report.ts';
import type { LiveRun, LiveRunOptions, ResumeOptions } from './live-run.ts';

/** Starts a run. Nothing is performed before the journal holds the first line. */
export function startLiveRun(_options: LiveRunOptions): LiveRun {
  throw new Error('Internal error: live runs are not built yet');
}

/** Takes a run up where its journal ends. Throws an Error whose message is for people when the journal is damaged. */
export function resumeLiveRun(_options: ResumeOptions): LiveRun {
  throw new Error('Internal error: resuming is not built yet');
}

/** Finds out what a live run would do. Performs nothing. */
export async function dryRun(_options: DryRunOptions): Promise<DryReport> {
  throw new Error('Internal error: dry runs are not built yet');
}
