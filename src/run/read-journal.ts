// Reads a journal's text and folds it to a state, checking on the way that every line is whole, that none is missing
// and that the engine finds again what the journal says. Reading stops at the first fault; what stands before it holds.
import { decide } from './decide.ts';
import type { RunFact, RunInput } from './event.ts';
import { chainStart, isInput, isLinked, readLine, saysFact, toInput } from './journal-line.ts';
import type { JournalEnd, JournalLine } from './journal-line.ts';
import type { JournalProblem } from './replay.ts';
import type { RunState } from './state.ts';

/** A journal's sound lines. */
export interface JournalText {
  readonly lines: readonly JournalLine[];
  /** Characters after the last whole line: a line cut short, never acknowledged. */
  readonly torn: string;
  readonly problem: JournalProblem | null;
}

/** What an unlinked line is told as. */
export interface ChainProblem {
  readonly kind: 'unlinked';
  readonly line: number;
  readonly message: string;
}

/** Splits and checks the lines. A last line without its line ending counts when it is whole, else it is torn. */
export function readJournalText(text: string): JournalText {
  const lines: JournalLine[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const raw = text.slice(at, end < 0 ? text.length : end);
    const read = readLine(raw);
    const number = lines.length + 1;
    if (!('body' in read)) {
      if (end < 0) return { lines, torn: raw, problem: null };
      const { kind, message } = read;
      return {
        lines,
        torn: '',
        problem: { kind, line: number, message: `Line ${number} of the journal is not as it was written: ${message}.` },
      };
    }
    if (read.seq !== number) {
      const message = `Line ${number} of the journal has number ${read.seq}: ${read.seq > number ? 'lines are missing before it' : 'it stands there twice'}.`;
      return { lines, torn: '', problem: { kind: 'missing-line', line: number, message } };
    }
    lines.push(read);
    at = end < 0 ? text.length : end + 1;
  }
  return { lines, torn: '', problem: null };
}

/**
 * Checks the chain of hashes over a journal's sound lines and gives its end. Lines of version 1 have none: where a journal
 * begins with some, the first line of version 2 is chained to the hash of them all.
 */
export function checkChain(
  text: string,
  lines: readonly JournalLine[],
  hash: (text: string) => string,
): { readonly end: JournalEnd; readonly unchained: number; readonly problem: ChainProblem | null } {
  let chain = chainStart;
  let unchained = 0;
  let at = 0;
  for (const line of lines) {
    const ending = text.indexOf('\n', at);
    const raw = text.slice(at, ending < 0 ? text.length : ending);
    at += raw.length + 1;
    if (line.chain === null && unchained === line.seq - 1) {
      unchained++;
      continue;
    }
    if (unchained > 0 && line.seq === unchained + 1) chain = chainOver(text, at - raw.length - 1, hash);
    if (!isLinked(raw, line, chain, hash)) {
      const how =
        line.chain === null
          ? 'has no hash, and lines before it have one'
          : `does not follow from what stands before it`;
      const message = `Line ${line.seq} of the journal ${how}: it, or a line before it, is not as it was written.`;
      return { end: { seq: line.seq - 1, chain }, unchained, problem: { kind: 'unlinked', line: line.seq, message } };
    }
    chain = line.chain ?? chain;
  }
  if (unchained > 0 && unchained === lines.length) chain = chainOver(text, at, hash);
  return { end: { seq: lines.length, chain }, unchained, problem: null };
}

/** What stands for all lines of version 1 in the chain: their hash, each with its line ending. */
function chainOver(text: string, end: number, hash: (text: string) => string): string {
  const before = text.slice(0, end);
  return hash(before.endsWith('\n') ? before : `${before}\n`);
}

export interface FoldedJournal {
  readonly state: RunState;
  /** Inputs with the number of their line; folding them again gives every earlier state. */
  readonly inputs: readonly { readonly seq: number; readonly input: RunInput }[];
  readonly lastSeq: number;
  /** The sound lines. */
  readonly lines: readonly JournalLine[];
  /** Facts that follow from the last input and that the journal, cut off there, does not hold yet. */
  readonly missing: readonly RunFact[];
  readonly torn: string;
  readonly problem: JournalProblem | null;
}

/** Folds a journal. Throws an Error whose message is for people when not even its first line can be read. */
export function foldJournal(text: string): FoldedJournal {
  const { lines, torn, problem } = readJournalText(text);
  const [first] = lines;
  if (first?.body.kind !== 'run-started') {
    if (problem) throw new Error(problem.message);
    throw new Error(
      lines.length === 0
        ? 'The journal holds no run: it has no whole line.'
        : 'This is not a journal: its first line starts no run.',
    );
  }
  const inputs: { seq: number; input: RunInput }[] = [];
  let state: RunState | null = null;
  let expected: readonly RunFact[] = [];
  let at = 0;
  for (const line of lines) {
    const wrong = (said: string): FoldedJournal => ({
      state: rebuild(inputs),
      inputs,
      lastSeq: line.seq - 1,
      lines,
      missing: [],
      torn,
      problem: { kind: 'diverged', line: line.seq, message: `Line ${line.seq} of the journal ${said}` },
    });
    if (!isInput(line)) {
      const fact = expected[at++];
      if (!fact) return wrong(`says \`${line.body.kind}\`, which does not follow from what stands before it.`);
      if (!saysFact(line, fact)) {
        return wrong(
          `says ${cut(JSON.stringify(line.body))}, but ${cut(JSON.stringify(fact))} follows from what stands before it.`,
        );
      }
      continue;
    }
    if (at < expected.length)
      return wrong(`comes before ${cut(JSON.stringify(expected[at] ?? {}))}, which must stand there.`);
    const input = toInput(line);
    const decided = decide(state, input);
    state = decided.state;
    expected = decided.facts;
    at = 0;
    inputs.push({ seq: line.seq, input });
  }
  if (!state) throw new Error('Internal error: a journal with lines gave no state');
  return { state, inputs, lastSeq: lines.length, lines, missing: expected.slice(at), torn, problem };
}

/** The state after the inputs. */
export function rebuild(inputs: readonly { readonly input: RunInput }[]): RunState {
  let state: RunState | null = null;
  for (const { input } of inputs) state = decide(state, input).state;
  if (!state) throw new Error('Internal error: no input to rebuild a run from');
  return state;
}

function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
