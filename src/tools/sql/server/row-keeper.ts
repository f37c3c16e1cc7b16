// Keeps the first rows of a result as they come and counts the others, so that a result of any size costs little memory.
import type { Json } from '../../../base/index.ts';
import { affectedNote, type ActionResult, type Column } from '../../../run/index.ts';
import { longestText } from '../decimal.ts';
import { firstOf } from '../../cut-text.ts';

/** Characters of text kept of one result, so that wide rows cannot fill the memory of whoever asked. */
const largestResult = 16_000_000;
/** How long rows beyond the cap are counted. */
const countingMs = 2000;

/** The rows of one statement. */
export class RowKeeper {
  readonly #maxRows: number;
  readonly #toEnd: boolean;
  readonly #rows: (readonly Json[])[] = [];
  #columns: readonly Column[] | null = null;
  #affected: number | null = null;
  #notes: readonly string[] = [];
  #count = 0;
  #size = 0;
  #cut = false;
  #countUntil = Infinity;
  #stopped = false;

  /** `toEnd`: the statement must not be stopped early, because it writes. */
  constructor(maxRows: number, toEnd: boolean) {
    this.#maxRows = maxRows;
    this.#toEnd = toEnd;
  }

  /** True while a row that comes is kept; later ones need not be converted. */
  get keeping(): boolean {
    return this.#rows.length < this.#maxRows && this.#size <= largestResult;
  }

  /** True when no more rows are wanted. */
  get enough(): boolean {
    if (this.#stopped) return true;
    if (this.#toEnd || this.keeping) return false;
    if (this.#countUntil === Infinity) this.#countUntil = Date.now() + countingMs;
    this.#stopped = Date.now() > this.#countUntil;
    return this.#stopped;
  }

  /** Begins a result with these columns; names that repeat get numbers. */
  begin(columns: readonly Column[]): void {
    const seen = new Map<string, number>();
    this.#columns = columns.map(({ name, type }) => {
      const times = seen.get(name) ?? 0;
      seen.set(name, times + 1);
      return { name: times === 0 ? name : `${name}_${times}`, type };
    });
  }

  /** What a statement without rows did. */
  affected(rows: number | null, notes: readonly string[] = []): void {
    this.#affected = rows;
    this.#notes = notes;
  }

  /** Keeps a row. */
  add(values: readonly Json[]): void {
    this.#count++;
    const kept = values.map((value) => this.#bounded(value));
    for (const value of kept)
      this.#size +=
        typeof value === 'string'
          ? value.length
          : value !== null && typeof value === 'object'
            ? JSON.stringify(value).length
            : 8;
    this.#rows.push(kept);
  }

  /** Counts a row that is not kept. */
  skip(): void {
    this.#count++;
  }

  result(): ActionResult {
    const columns = this.#columns;
    if (!columns) {
      const rows = this.#affected;
      const told = rows === null ? [] : [affectedNote(rows)];
      return { columns: [], rows: [], rowCount: 0, notes: [...told, ...this.#notes] };
    }
    const notes: string[] = [];
    const shown = (count: number): string => count.toLocaleString('en-US');
    if (this.#rows.length < this.#count)
      notes.push(
        `Only the first ${shown(this.#rows.length)} of ${shown(this.#count)} rows are kept${this.#size > largestResult ? ', because they are very large' : ''}.`,
      );
    if (this.#stopped) notes.push(`There are more rows; counting stopped at ${shown(this.#count)}.`);
    if (this.#cut) notes.push('Long texts were shortened.');
    return {
      columns,
      rows: this.#rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null]))),
      rowCount: this.#count,
      ...(this.#rows.length < this.#count && { rowsCapped: true }),
      notes: [...notes, ...this.#notes],
    };
  }

  #bounded(value: Json): Json {
    if (typeof value === 'string') {
      if (value.length <= longestText) return value;
      this.#cut = true;
      return firstOf(value, longestText);
    }
    return value;
  }
}
