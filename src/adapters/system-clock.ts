// The machine's clock, as the run room's port.
import type { Clock } from '../run/index.ts';

/** A timer of Node holds at most this many milliseconds (some 24 days); longer waits are made of several. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      const now = Math.min(left, longestTimer);
      timer = setTimeout(() => (left > now ? wait(left - now) : callback()), now);
    };
    wait(Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};
