// Cancelling, in the part of the platform's AbortSignal that the core relies on.
import type { AbortSignalLike } from './ports.ts';

export interface Abort {
  readonly signal: AbortSignalLike;
  abort(): void;
}

/** A signal and the way to raise it, once. */
export function newAbort(): Abort {
  return new Cancelling();
}

/** Both sides in one object: every call of a tool has one, and few are ever listened to. */
class Cancelling implements Abort, AbortSignalLike {
  aborted = false;
  #listeners: Set<() => void> | undefined;

  get signal(): AbortSignalLike {
    return this;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    (this.#listeners ??= new Set()).add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners?.delete(listener);
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    const listeners = [...(this.#listeners ?? [])];
    this.#listeners = undefined;
    for (const listener of listeners) listener();
  }
}
