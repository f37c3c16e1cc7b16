// Lets calls of one tool begin only as its limits allow, in the order in which they came. A call that has to wait can leave
// the line at any moment. Time comes from a clock that is given, so that tests move it.
import type { AbortSignalLike, Clock } from '../run/index.ts';
import type { CallLimits } from './call-limits.ts';

const minute = 60_000;

/** Ends a turn, so that the next call may begin. */
export type EndTurn = () => void;

/** The line before one tool. */
export interface Turns {
  /**
   * Resolves when the call may begin, or to null as soon as the signal is raised. `onWait` is called, at once, when the call
   * has to wait, with the limit that holds it: "takes 2 calls at one time".
   */
  take(signal: AbortSignalLike, onWait?: (because: string) => void): Promise<EndTurn | null>;
}

/** A line that nobody stands in yet. */
export function newTurns({ concurrent = Infinity, perMinute = Infinity }: CallLimits, clock: Clock): Turns {
  const line: (() => void)[] = [];
  /** When each of the last `perMinute` calls began. */
  const begun: number[] = [];
  let running = 0;
  let stopClock: (() => void) | null = null;

  /** Milliseconds until the rate allows another call. */
  const untilAllowed = (): number => {
    const [oldest] = begun;
    return oldest === undefined || begun.length < perMinute ? 0 : oldest + minute - clock.now();
  };
  const admit = (): void => {
    while (line.length > 0 && running < concurrent) {
      const wait = untilAllowed();
      if (wait > 0) {
        stopClock ??= clock.after(Math.ceil(wait), () => {
          stopClock = null;
          admit();
        });
        return;
      }
      running++;
      if (perMinute < Infinity) {
        begun.push(clock.now());
        if (begun.length > perMinute) begun.shift();
      }
      line.shift()?.();
    }
    // Nobody waits for the clock any more: it must not keep the program alive.
    if (line.length === 0) {
      stopClock?.();
      stopClock = null;
    }
  };

  return {
    take: (signal, onWait) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(null);
        const begin = (): void => {
          signal.removeEventListener('abort', leave);
          let ended = false;
          resolve(() => {
            if (ended) return;
            ended = true;
            running--;
            admit();
          });
        };
        const leave = (): void => {
          signal.removeEventListener('abort', leave);
          line.splice(line.indexOf(begin), 1);
          resolve(null);
          admit();
        };
        signal.addEventListener('abort', leave);
        line.push(begin);
        admit();
        if (line.includes(begin))
          onWait?.(
            running >= concurrent ? `takes ${calls(concurrent)} at one time` : `takes ${calls(perMinute)} a minute`,
          );
      }),
  };
}

function calls(count: number): string {
  return `${count} ${count === 1 ? 'call' : 'calls'}`;
}
