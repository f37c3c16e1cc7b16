// Keeps one line for each tool of a program, so that two runs of one editor share the limits of the tool they both call.
import type { Clock } from '../run/index.ts';
import type { CallLimits } from './call-limits.ts';
import { newTurns, type Turns } from './turns.ts';

/** Finds the line before a tool. */
export interface TurnKeeper {
  /** `place` is whatever makes it the same tool: the folder of its settings, its name and what it is set to. */
  turnsOf(place: string, limits: CallLimits): Turns;
}

/** A keeper whose lines are empty. */
export function newTurnKeeper(clock: Clock = steadyClock): TurnKeeper {
  const kept = new Map<string, Turns>();
  return {
    turnsOf(place, limits) {
      const turns = kept.get(place) ?? newTurns(limits, clock);
      kept.set(place, turns);
      return turns;
    },
  };
}

/** A minute is a minute even where the time of day is set back. */
const steadyClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
