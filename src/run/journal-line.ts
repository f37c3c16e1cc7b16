// The journal's lines: JSON objects with a sequence number, a time, the hash of the chain of lines so far and a checksum
// over what stands before it. Writes version 2 and reads version 1 too, which had no chain. docs/journal-format.md
// describes them for people. Converts between lines and the run's events; it reads text and makes text, and leaves files
// to the host.
import { readPlanDag, toPlanDag } from '../plan/index.ts';
import { crc32, sumText } from './crc32.ts';
import type { RunFact, RunInput } from './event.ts';

/** Written into every line; a reader that does not know it says so and stops. */
export const journalVersion = 2;

/** What the first line of a journal is chained to. */
export const chainStart = '0'.repeat(64);

/** A line that has been read and found sound. `body` is what the line says besides version, number, time and sum. */
export interface JournalLine {
  readonly seq: number;
  readonly time: number;
  readonly body: { readonly kind: string } & Readonly<Record<string, unknown>>;
  /** The chain's hash up to this line; null in lines of version 1. */
  readonly chain: string | null;
}

/** Why a line cannot be used. */
export interface LineFault {
  readonly kind: 'damaged' | 'unknown-version';
  readonly message: string;
}

const sumTail = /,"sum":"([0-9a-f]{8})"\}$/;
/** Length of `,"sum":"01234567"}`. */
const tailLength = 18;

/** Where a journal ends: what its next line follows. */
export interface JournalEnd {
  readonly seq: number;
  readonly chain: string;
}

/**
 * Makes lines with consecutive numbers and one chain. Times repeat within a turn, so the last one's text is kept. `checksum` is the
 * host's own CRC-32, when it has one.
 */
export function lineWriter(
  end: JournalEnd,
  hash: (text: string) => string,
  checksum?: (text: string) => number,
): (time: number, body: RunInput | RunFact) => string {
  let { seq, chain } = end;
  let lastTime = NaN;
  let timeText = '';
  return (time, body) => {
    if (time !== lastTime) {
      lastTime = time;
      timeText = new Date(time).toISOString();
    }
    const head = `{"v":${journalVersion},"seq":${++seq},"time":"${timeText}",${membersOf(body)}`;
    chain = linkOf(chain, head, hash);
    const linked = `${head},"chain":"${chain}"`;
    return `${linked},"sum":"${checksum ? sumText(checksum(linked)) : crc32(linked)}"}`;
  };
}

/** The members of a body as JSON, without the time, which a line has in its own form. */
function membersOf(body: RunInput | RunFact): string {
  return JSON.stringify(toWire(body)).slice(1, -1);
}

/** The chain's hash with one more line: over the hash before it and the line's text up to its own. */
function linkOf(before: string, head: string, hash: (text: string) => string): string {
  return hash(before + head);
}

/** True when a line of version 2 follows, by its chain, from what stands before it. */
export function isLinked(text: string, line: JournalLine, before: string, hash: (text: string) => string): boolean {
  const head = text.slice(0, text.lastIndexOf(',"chain":"'));
  return line.chain !== null && linkOf(before, head, hash) === line.chain;
}

/** Reads one line without its line ending. */
export function readLine(text: string): JournalLine | LineFault {
  const sum = sumTail.exec(text.length > tailLength ? text.slice(-tailLength) : text)?.[1];
  if (sum === undefined || crc32(text, text.length - tailLength) !== sum) {
    return { kind: 'damaged', message: 'its checksum does not fit its text' };
  }
  const parsed = JSON.parse(text) as Record<string, unknown>;
  const { v, seq, time, chain, sum: _sum, ...body } = parsed;
  if (v !== journalVersion && v !== 1) {
    return {
      kind: 'unknown-version',
      message: `it is of format version ${String(v)}, and this program reads 1 to ${journalVersion}`,
    };
  }
  return {
    seq: seq as number,
    time: Date.parse(time as string),
    body: body as JournalLine['body'],
    chain: v === 1 ? null : String(chain),
  };
}

const inputKinds: ReadonlySet<string> = new Set<RunInput['kind']>([
  'run-started',
  'run-resumed',
  'action-prepared',
  'action-not-prepared',
  'turn-awaited',
  'turn-came',
  'action-ended',
  'timer-fired',
  'model-judged',
  'model-worked',
  'decision-given',
  'approval-given',
  'approval-refused',
  'parameter-given',
  'action-settled',
  'run-held',
  'step-released',
  'action-released',
  'next-step-set',
  'run-continued',
  'stop-requested',
]);

/** True for lines that come from outside the engine; all others follow from them. */
export function isInput(line: JournalLine): boolean {
  return inputKinds.has(line.body.kind);
}

/** Why the run did not take the answer that a line holds: the next one says so. Undefined when it did. */
export function refusalOf(lines: readonly Pick<JournalLine, 'body'>[], at: number): string | undefined {
  const next = lines[at + 1]?.body;
  return next?.kind === 'answer-refused' ? String(next['because']) : undefined;
}

/** The input that a line holds. Throws with a sentence when its plan cannot be read. */
export function toInput(line: JournalLine): RunInput {
  if (line.body.kind !== 'run-started') return { time: line.time, ...line.body } as unknown as RunInput;
  const { plan: wire, ...rest } = line.body;
  const reading = readPlanDag(JSON.stringify(wire));
  if (!reading.plan) throw new Error(`The plan in the journal cannot be read: ${reading.problems[0]?.message ?? ''}`);
  return { time: line.time, ...rest, plan: reading.plan } as unknown as RunInput;
}

/**
 * True when a line says what was found again. Sentences for people (`because`, messages, the reason of an ending) may be
 * worded otherwise by another release; everything that decides must be equal.
 */
export function saysFact(line: JournalLine, fact: RunFact): boolean {
  return JSON.stringify(line.body) === JSON.stringify(fact) || decisive(line.body) === decisive(fact);
}

function decisive(body: { readonly kind: string }): string {
  const { because: _because, message: _message, ...rest } = body as Record<string, unknown>;
  if (body.kind === 'run-ended' || body.kind === 'end-awaited') delete rest['reason'];
  return JSON.stringify(rest);
}

/** A member without a value is not written. */
function toWire(body: RunInput | RunFact): object {
  if (!('time' in body)) return body;
  if (body.kind !== 'run-started') return { ...body, time: undefined };
  return { ...body, time: undefined, plan: withoutSecretDefaults(toPlanDag(body.plan)) };
}

/** A secret's default value is a secret: the plan in the journal does not hold it. */
function withoutSecretDefaults(plan: ReturnType<typeof toPlanDag>): ReturnType<typeof toPlanDag> {
  const { guide } = plan;
  if (!guide?.parameters.some((parameter) => parameter.secret && parameter.default !== undefined)) return plan;
  const parameters = guide.parameters.map((parameter) => {
    if (!parameter.secret) return parameter;
    const { default: _default, ...rest } = parameter;
    return rest;
  });
  return { ...plan, guide: { ...guide, parameters } };
}
