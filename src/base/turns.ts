// Work in turns: whoever asks for it takes one after the other and can attend to other things between them.

/** Work that ends with a value. */
export type Turns<T> = Generator<undefined, T>;

/** All turns at once. */
export function toEnd<T>(turns: Turns<T>): T {
  let next = turns.next();
  while (next.done !== true) next = turns.next();
  return next.value;
}
