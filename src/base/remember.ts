// Memories for pure functions: a guide is read, compiled and checked at every keystroke, and most of it is what it was before.
// What a function made of an object is looked up by the object's identity and is forgotten with it.
import { Memory } from './memory.ts';

/** The function, which makes its answer to an object once. The function must be pure and its answer must not be changed. */
export function onceFor<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new Memory<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined || made.has(key)) return known as V;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

/** The function with a memory for `size` texts; when that is full, all are forgotten. */
export function remember<T>(read: (text: string) => T, size = 300): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = read(text);
    if (known.size >= size) known.clear();
    known.set(text, made);
    return made;
  };
}
