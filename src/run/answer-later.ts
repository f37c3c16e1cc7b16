// Writes an answer down for a run that is not under way: the lines to add to its journal. Nothing is performed and nothing
// is started; whoever resumes the run finds the answer in it.
import { decide } from './decide.ts';
import { deriveView } from './derive-view.ts';
import { lineWriter } from './journal-line.ts';
import { checkChain } from './read-journal.ts';
import { takeFold, type Replay } from './replay.ts';
import type { PersonEvent, RunView } from './view.ts';

export interface LaterAnswer {
  /** The run as its journal holds it, read for this. Taken: it cannot be answered a second time. */
  readonly replay: Replay;
  readonly event: Extract<PersonEvent, { readonly kind: 'approval-given' | 'approval-refused' }>;
  /** Milliseconds since the Unix epoch. */
  readonly time: number;
  readonly hash: (text: string) => string;
}

/** The lines, and the run with the answer; or why the answer cannot be used, and then nothing is written. */
export type WrittenAnswer =
  | { readonly kind: 'written'; readonly lines: readonly string[]; readonly view: RunView }
  | { readonly kind: 'refused'; readonly because: string };

/** Decides on the answer as the run itself would, up to the point where something would be performed. */
export function answerLater({ replay, event, time, hash }: LaterAnswer): WrittenAnswer {
  const taken = takeFold(replay);
  if (!taken) throw new Error('Internal error: an answer is written to a replay that has been taken already');
  const { folded, text } = taken;
  const { end, problem } = checkChain(text, folded.lines, hash);
  const fault = folded.problem ?? problem;
  if (fault) return { kind: 'refused', because: fault.message };
  const isStill = folded.missing.length === 0 && deriveView(folded.state).phase !== 'running';
  if (!isStill)
    return { kind: 'refused', because: 'The run was cut off while it was under way; it must be resumed first.' };
  const input = event.kind === 'approval-given' ? ({ ...event, later: true, time } as const) : { ...event, time };
  const { state, facts, effects, refused } = decide(folded.state, input);
  if (refused !== undefined) return { kind: 'refused', because: refused };
  if (effects.some(({ kind }) => kind === 'perform-action'))
    throw new Error('Internal error: an answer that is only written down would perform something');
  const line = lineWriter(end, hash);
  return { kind: 'written', lines: [input, ...facts].map((body) => line(time, body)), view: deriveView(state) };
}
