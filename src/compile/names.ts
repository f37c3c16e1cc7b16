// Readings that ask whether the guide has a step of some name. Such a reading is kept with its questions: it is made again
// only when the guide would answer one of them otherwise, so that a new heading costs no more than it changes.
import { Memory } from '../base/index.ts';

/** True when a step or heading of the guide has the name. */
export type IsName = (name: string) => boolean;

interface Kept<V> {
  readonly value: V;
  readonly asked: ReadonlyMap<string, boolean>;
  /** Who answered last, by number: the same function answers the same, and what it knows of a guide is not held on to. */
  by: number;
}

let last = 0;
const numbers = new Memory<IsName, number>();

function numberOf(isName: IsName): number {
  let number = numbers.get(isName);
  if (number === undefined) numbers.set(isName, (number = ++last));
  return number;
}

/** The function with a memory for each object; it must be pure but for the names it asks for. */
export function onceForNames<K extends object, V>(make: (key: K, isName: IsName) => V): (key: K, isName: IsName) => V {
  const made = new Memory<K, Kept<V>>();
  return (key, isName) => {
    const known = made.get(key);
    const by = numberOf(isName);
    if (known && (known.by === by || holds(known.asked, isName))) {
      known.by = by;
      return known.value;
    }
    const asked = new Map<string, boolean>();
    const value = make(key, (name) => {
      const answer = isName(name);
      asked.set(name, answer);
      return answer;
    });
    made.set(key, { value, asked, by });
    return value;
  };
}

function holds(asked: ReadonlyMap<string, boolean>, isName: IsName): boolean {
  for (const [name, answer] of asked) if (isName(name) !== answer) return false;
  return true;
}
