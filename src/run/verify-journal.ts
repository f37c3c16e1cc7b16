// Proves a journal whole: every line as it was written and in its place, linked by hash to those before it, and every
// fact following from what came from outside. Names the first line that is not.
import { checkChain, foldJournal, readJournalText } from './read-journal.ts';

/** What can be said of a journal. */
export interface Verification {
  /** `whole`: nothing was changed, left out or put in between its first and its last line. */
  readonly kind: 'whole' | 'broken' | 'unproven';
  /** One sentence: what was found. */
  readonly message: string;
  /** The first line that is not as it was written; null unless broken. */
  readonly line: number | null;
  /** Sound lines. */
  readonly lines: number;
  /** The chain's hash after the last sound line. Kept elsewhere, it proves later that the journal still begins so. */
  readonly chain: string;
  /** True when the last line was cut short by a crash; it was never acknowledged, and is left out. */
  readonly torn: boolean;
  /** The run's end stands in the journal. Where it does not, the run went no further, or what it did then was cut off. */
  readonly ended: boolean;
  /** When the last sound line was written, in milliseconds since 1970; null where there is none. */
  readonly until: number | null;
}

/**
 * Verifies a journal's text. `expected` is a hash that an earlier verification gave: the journal must still lead through it,
 * so that not even somebody who could write the whole file anew, with a chain of its own, can have done so.
 */
export function verifyJournal(text: string, hash: (text: string) => string, expected?: string): Verification {
  const { lines, torn, problem } = readJournalText(text);
  const { end, unchained, problem: unlinked } = checkChain(text, lines, hash);
  const about = {
    lines: end.seq,
    chain: end.chain,
    torn: torn !== '',
    ended: lines.some(({ body }) => body.kind === 'run-ended'),
    until: lines.at(-1)?.time ?? null,
  };
  const broken = (line: number, message: string): Verification => ({ ...about, kind: 'broken', line, message });
  if (unlinked) return broken(unlinked.line, unlinked.message);
  if (problem) return broken(problem.line, problem.message);
  if (lines.length === 0) return broken(1, 'The journal holds no whole line.');
  const folded = foldJournal(text);
  if (folded.problem) return broken(folded.problem.line, folded.problem.message);
  if (expected !== undefined && !lines.some(({ chain }) => chain === expected)) {
    const message = `The journal is linked in itself, but no line of it has the hash \`${expected}\`: lines are cut off behind it, it is another one, or it was written anew.`;
    return { ...about, kind: 'broken', line: null, message };
  }
  if (unchained > 0) {
    const which = unchained === lines.length ? 'its lines have' : `its first ${unchained} lines have`;
    const message = `The journal began in format version 1: ${which} checksums, which find damage, but no chain, which would find changes.`;
    return { ...about, kind: 'unproven', line: null, message };
  }
  return { ...about, kind: 'whole', line: null, message: `All ${lines.length} lines are as they were written.` };
}
