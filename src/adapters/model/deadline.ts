// The time that is left for a request, and the signal that says that it is over or that nobody waits any more.
import type { AbortSignalLike } from '../../run/index.ts';

export interface Deadline {
  readonly signal: AbortSignal;
  left(): number;
  cancelled(): boolean;
  /** Waits, but not beyond the signal. */
  sleep(ms: number): Promise<void>;
  end(): void;
}

export function newDeadline(timeoutMs: number, outer: AbortSignalLike): Deadline {
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  const over = Date.now() + timeoutMs;
  const timer = setTimeout(stop, timeoutMs);
  outer.addEventListener('abort', stop);
  if (outer.aborted) stop();
  return {
    signal: abort.signal,
    left: () => over - Date.now(),
    cancelled: () => outer.aborted,
    sleep: (ms) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(sleeping);
          abort.signal.removeEventListener('abort', wake);
          resolve();
        };
        const sleeping = setTimeout(wake, ms);
        abort.signal.addEventListener('abort', wake);
        if (abort.signal.aborted) wake();
      }),
    end() {
      clearTimeout(timer);
      outer.removeEventListener('abort', stop);
    },
  };
}
