// Takes a value made before instead of an equal new one, so that what was found out about it can be looked up by its identity.
import { Memory } from './memory.ts';
import { sameItems } from './same-items.ts';

/** Equal by their own fields, field by field; lists item by item. Objects in fields must be the same objects. */
function isAlike(a: object, b: object): boolean {
  const keys = Object.keys(a) as (keyof typeof a)[];
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => {
    const one: unknown = a[key];
    const other: unknown = b[key];
    if (one === other) return true;
    return Array.isArray(one) && Array.isArray(other) && sameItems(one, other);
  });
}

/** Values kept for one key: several when a key stands for several, as an item does that is cut into parts. */
const most = 4;

/** A memory for values by an object that belongs to them; answers with the kept value that is alike, else keeps the new one. */
export function keeper<K extends object, V extends object>(): (key: K, made: V) => V {
  return keeperOf<K, V, V>(isAlike, (made) => made);
}

/** The same for values that are only made when none is kept that `isMadeOf` what is given. */
export function keeperOf<K extends object, W, V extends object>(
  isMadeOf: (kept: V, given: W) => boolean,
  make: (given: W) => V,
): (key: K, given: W) => V {
  const kept = new Memory<K, V[]>();
  return (key, given) => {
    const values = kept.get(key);
    if (values) for (const value of values) if (isMadeOf(value, given)) return value;
    const made = make(given);
    if (!values) kept.set(key, [made]);
    else if (values.length < most) values.push(made);
    else values.splice(0, 1, made);
    return made;
  };
}
