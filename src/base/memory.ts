// What was found out about objects, looked up by their identity. It goes with the object, and all of it at once with `forgetAll`: to
// whoever goes through many guides nothing of one is of use to the next, and memories that outlive what they are about keep the
// collector of garbage busy with every entry.

let age = 0;

/** Forgets what all memories know. Answers do not change by it; they are only found out again. */
export function forgetAll(): void {
  age++;
}

/** A memory by object; what it holds must follow from the object and from what is held with it. */
export class Memory<K extends object, V> {
  private known = new WeakMap<K, V>();
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

  private ofNow(): WeakMap<K, V> {
    if (this.of !== age) {
      this.known = new WeakMap();
      this.of = age;
    }
    return this.known;
  }
}
