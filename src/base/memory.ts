// What was found out about objects, looked up by their identity. It goes with the object, and all of it at once with `forgetAll`: to
// whoever goes through many guides nothing of one is of use to the next, and memories that outlive what they are about keep the
// collector of garbage busy with every entry.

/** What a memory is kept in. */
interface Known<K, V> {
  readonly get: (key: K) => V | undefined;
  readonly has: (key: K) => boolean;
  readonly set: (key: K, value: V) => unknown;
}

let age = 0;
let holds = false;

/** Forgets what all memories know. Answers do not change by it; they are only found out again. */
export function forgetAll(): void {
  age++;
}

/**
 * From now on memories hold on to what they know of until the next `forgetAll`, which whoever calls this must do after each guide:
 * that costs much less than to let each entry go with its object.
 */
export function holdUntilForgotten(): void {
  holds = true;
  forgetAll();
}

/** A memory by object; what it holds must follow from the object and from what is held with it. */
export class Memory<K extends object, V> {
  private known: Known<K, V> = new WeakMap<K, V>();
  private of = age;

  get(key: K): V | undefined {
    return this.ofNow().get(key);
  }

  has(key: K): boolean {
    return this.ofNow().has(key);
  }

  set(key: K, value: V): void {
    this.ofNow().set(key, value);
  }

  private ofNow(): Known<K, V> {
    if (this.of !== age) {
      this.known = holds ? new Map<K, V>() : new WeakMap<K, V>();
      this.of = age;
    }
    return this.known;
  }
}
