// Replays a journal without tools: the run as it stood after any line of it.
import type { Plan } from '../plan/index.ts';
import type { RunView } from './view.ts';

/** Why a journal cannot be read to its end. Lines count from 1. */
export interface JournalProblem {
  readonly kind: 'damaged' | 'missing-line' | 'diverged' | 'unknown-version' | 'not-a-journal';
  readonly line: number;
  readonly message: string;
}

export interface Replay {
  readonly run: string;
  readonly plan: Plan;
  /** Sequence number of the last line that was read; numbers start at 1. */
  readonly lastSeq: number;
  /** The run after the last readable line. */
  readonly view: RunView;
  /** The run as it stood after the line `seq` and all that followed from it at once. */
  viewAt(seq: number): RunView;
  /** True when the last line was cut short by a crash; it was never acknowledged. */
  readonly torn: boolean;
  /** What stopped the reading before the end of the text; null when all of it was read. */
  readonly problem: JournalProblem | null;
}

/** Throws an Error whose message is for people when not even the first line can be read. */
export function replayJournal(_text: string): Replay {
  throw new Error('Internal error: replay is not built yet');
}
