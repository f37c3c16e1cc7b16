// What the makers of a report's sentences share: what they know of the run, and how a sentence is put together.
import { findNode, type NodeId, type Plan } from '../plan/index.ts';
import type { RunView } from '../run/index.ts';
import type { JournalEvidence } from './journal-evidence.ts';
import type { Part, Sentence } from './report.ts';

/** A run, and where its journal says what. */
export interface About {
  readonly plan: Plan;
  readonly view: RunView;
  readonly evidence: JournalEvidence;
}

/** A sentence that rests on `evidence`. */
export function say(evidence: Sentence['evidence'], ...parts: readonly Part[]): Sentence {
  return { parts, evidence };
}

/** `Step2 (Read the log) `: how a sentence about a step begins. */
export function headOf(plan: Plan, node: NodeId): readonly Part[] {
  return [{ code: node }, ' (', { said: findNode(plan, node)?.title ?? '' }, ') '];
}
