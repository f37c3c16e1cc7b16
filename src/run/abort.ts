// Cancelling, in the part of the platform's AbortSignal that the core relies on.
import type { AbortSignalLike } from './ports.ts';

export interface Abort {
  readonly signal: AbortSignalLike;
  abort(): void;
}

/** A signal and the way to raise it, once. */
export function newAbort(): Abort {
  let aborted = false;
  const listeners = new Set<() => void>();
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener(_type, listener) {
        listeners.add(listener);
      },
      removeEventListener(_type, listener) {
        listeners.delete(listener);
      },
    },
    abort() {
      if (aborted) return;
      aborted = true;
      for (const listener of [...listeners]) listener();
      listeners.clear();
    },
  };
}
