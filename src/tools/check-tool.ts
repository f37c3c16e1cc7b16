// Tries the connection of one tool: for a bounded time, which begins when the tool's limits let the call begin.
import type { ActionFailure, Clock, Tool } from '../run/index.ts';
import { timeoutFailure } from './failure.ts';

/** Longest time that one connection is tried. */
const checkingMs = 30_000;

/** How a check went. */
export interface ToolCheck {
  /** Null when all is well. */
  readonly problem: ActionFailure | null;
  /** Milliseconds that it took, without what it waited for its turn. */
  readonly tookMs: number;
}

/** Tries the connection. `onWait` hears why the check cannot begin yet; raising `signal` ends it. Never rejects. */
export async function checkTool(
  tool: Tool,
  clock: Clock,
  { signal, onWait }: { readonly signal?: AbortSignal; readonly onWait?: (because: string) => void } = {},
): Promise<ToolCheck> {
  const abort = new AbortController();
  const onAbort = (): void => abort.abort();
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort);
  let from = clock.now();
  let timedOut = false;
  const giveUp = (): (() => void) =>
    clock.after(checkingMs, () => {
      timedOut = true;
      abort.abort();
    });
  let stop = giveUp();
  try {
    const problem = await tool.check(abort.signal, {
      waits(because) {
        stop();
        onWait?.(because);
      },
      comes() {
        from = clock.now();
        stop = giveUp();
        return Promise.resolve();
      },
    });
    return {
      problem: timedOut && problem ? timeoutFailure('The check', checkingMs) : problem,
      tookMs: clock.now() - from,
    };
  } finally {
    stop();
    signal?.removeEventListener('abort', onAbort);
  }
}
