// Closes every switch over a union: the compiler proves that no case is left, and a lie at run time is told loudly.

/** Throws an internal error; the type `never` makes a forgotten case a compile error. */
export function unreachable(value: never): never {
  throw new Error(`Internal error: unexpected value ${JSON.stringify(value)}`);
}
