// Collects a stream while keeping only its head and its tail, so that gigabytes of output cost a fixed amount of memory.
// What is missing is marked by `…`, where redaction looks for halves of secrets.
import { describeSize } from './amounts.ts';
import { safeText, type SafeText } from './safe-text.ts';

/** A growing stream of which at most `limit` bytes are kept. */
export class CappedBytes {
  readonly #limit: number;
  readonly #head: Uint8Array[] = [];
  #headSize = 0;
  #tail: Uint8Array[] = [];
  #tailSize = 0;
  #total = 0;

  constructor(limit: number) {
    this.#limit = Math.max(2, limit);
  }

  get total(): number {
    return this.#total;
  }

  add(bytes: Uint8Array): void {
    this.#total += bytes.length;
    const half = this.#limit >> 1;
    const room = Math.max(0, half - this.#headSize);
    if (room > 0) {
      this.#head.push(bytes.subarray(0, room));
      this.#headSize += Math.min(room, bytes.length);
    }
    const rest = bytes.subarray(room);
    if (rest.length === 0) return;
    this.#tail.push(rest);
    this.#tailSize += rest.length;
    if (this.#tailSize > this.#limit * 2) this.#trimTail();
  }

  /** Everything, as it came, when it fits; else head and tail with a `…` between them. */
  toWhole(): string {
    this.#trimTail();
    const isCut = this.#headSize + this.#tailSize < this.#total;
    if (!isCut) return Buffer.concat([...this.#head, ...this.#tail]).toString('utf8');
    const [head, tail] = [this.#head, this.#tail].map((part) => Buffer.concat(part).toString('utf8'));
    return `${(head ?? '').replace(/\uFFFD$/, '')}…${(tail ?? '').replace(/^\uFFFD+/, '')}`;
  }

  /** Everything when it fits, else head, a line that says what is left out, and tail. */
  toText(what: string, charset?: string): SafeText {
    this.#trimTail();
    const head = Buffer.concat(this.#head);
    const tail = Buffer.concat(this.#tail);
    const left = this.#total - head.length - tail.length;
    if (left <= 0) return safeText(Buffer.concat([head, tail]), what, charset);
    const first = safeText(head, what, charset);
    const last = safeText(tail, what, charset);
    const note = `The ${what} has ${describeSize(this.#total)}; only its first and last ${describeSize(head.length)} are kept.`;
    if (first.text === '' && first.notes.length > 0)
      return { text: '', notes: [`The ${what} is binary (${describeSize(this.#total)}) and is not shown.`] };
    return {
      text: `${first.text.replace(/\uFFFD$/, '')}\n… ${describeSize(left)} left out …\n${last.text.replace(/^\uFFFD+/, '')}`,
      notes: [note],
    };
  }

  #trimTail(): void {
    const half = this.#limit - (this.#limit >> 1);
    if (this.#tailSize <= half) return;
    const tail = Buffer.concat(this.#tail);
    const kept = Buffer.from(tail.subarray(tail.length - half));
    this.#tail = [kept];
    this.#tailSize = kept.length;
  }
}
