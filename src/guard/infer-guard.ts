// Reads a condition's words as a guard where they can mean only one thing; precision before recall.
import type { ResultShape } from './scope.ts';

/** A guard that the words of a condition state, and the reason in one phrase. */
export interface InferredGuard {
  readonly cel: string;
  readonly because: string;
}

/** The guard that a condition states, or null when a person must decide. */
export function inferGuard(_condition: string, _shape: ResultShape): InferredGuard | null {
  return null;
}

/** A short reason why no guard follows from a condition. */
export function whyNotDecidable(_condition: string, _shape: ResultShape): string {
  return 'needs judgement';
}
