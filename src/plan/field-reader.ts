// Reads fields of a JSON value whose form is loose, and keeps every fault with its path. A field that is absent is no fault;
// one of a wrong kind is, and counts as absent.
import { type Fault, showValue } from './schema-problem.ts';

/** An object of the file and where it stands. */
export interface Fields {
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: readonly PropertyKey[];
}

export class FieldReader {
  readonly faults: Fault[] = [];

  fault(message: string, path: readonly PropertyKey[]): void {
    this.faults.push({ message, path });
  }

  /** The value as an object; anything else is a fault. */
  fields(value: unknown, path: readonly PropertyKey[], expected = 'an object'): Fields | null {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { value: value as Record<string, unknown>, path };
    const last = path.at(-1);
    const name =
      last === undefined
        ? 'The file'
        : typeof last === 'number'
          ? `Item ${last + 1} of \`${String(path.at(-2))}\``
          : `\`${String(last)}\``;
    this.fault(`${name} is ${showValue(value)}; expected ${expected}.`, path);
    return null;
  }

  within(from: Fields, key: string): Fields | undefined {
    return this.#take(from, key, 'an object', (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? { value: value as Record<string, unknown>, path: [...from.path, key] }
        : undefined,
    );
  }

  text(from: Fields, key: string): string | undefined {
    return this.#take(from, key, 'a text', (value) => (typeof value === 'string' ? value : undefined));
  }

  flag(from: Fields, key: string): boolean | undefined {
    return this.#take(from, key, '`true` or `false`', (value) => (typeof value === 'boolean' ? value : undefined));
  }

  number(from: Fields, key: string, least: number): number | undefined {
    return this.#take(from, key, `a number of at least ${least}`, (value) =>
      typeof value === 'number' && value >= least ? value : undefined,
    );
  }

  whole(from: Fields, key: string, least: number): number | undefined {
    return this.#take(from, key, `a whole number of at least ${least}`, (value) =>
      Number.isInteger(value) && (value as number) >= least ? (value as number) : undefined,
    );
  }

  word<W extends string>(from: Fields, key: string, words: readonly W[]): W | undefined {
    const expected = words.map((word) => `\`${word}\``).join(', ');
    return this.#take(from, key, expected, (value) => words.find((word) => word === value));
  }

  /** The items of a list with their paths; `items` says what an item may be. */
  list(
    from: Fields,
    key: string,
    items: 'anything' | 'text or object' = 'anything',
  ): readonly { readonly value: unknown; readonly path: readonly PropertyKey[] }[] | undefined {
    const expected = items === 'anything' ? 'a list' : 'a list of names or objects';
    const list = this.#take(from, key, expected, (value) => (Array.isArray(value) ? (value as unknown[]) : undefined));
    return list?.map((value, index) => ({ value, path: [...from.path, key, index] }));
  }

  #take<T>(from: Fields, key: string, expected: string, accept: (value: unknown) => T | undefined): T | undefined {
    const value = Object.hasOwn(from.value, key) ? from.value[key] : undefined;
    if (value === undefined || value === null) return undefined;
    const taken = accept(value);
    if (taken === undefined)
      this.fault(`\`${key}\` is ${showValue(value)}; expected ${expected}.`, [...from.path, key]);
    return taken;
  }
}
