// What a column's name says about its numbers: whether it holds a measure at all, and which direction does harm.
import { singular, wordsOf } from './condition-sentence.ts';
import type { ShapeColumn } from './scope.ts';

const harmfulWhenHigh = new Set(
  `error errors failure failures failed fail failing latency lag timeout timeouts delay duration used usage utilization utilisation
  cpu memory backlog queue queued pending retry retries restart restarts wait waiting loss lost dropped drop rejected
  slow stale saturation throttled blocked crash crashes exception exceptions unavailable consumed burn deviation jitter overdue`
    .trim()
    .split(/\s+/),
);
const harmfulWhenLow = new Set(
  'availability available success successful succeeded uptime free remaining healthy health completion completed hit hits throughput score ready'.split(
    ' ',
  ),
);

const measures = new Set(
  `rate count latency pct percent percentage ratio score usage utilization utilisation lag time duration total average avg
  max min error request failure availability throughput age size depth length number sum value delay uptime load
  replica session connection restart retry attempt velocity delta temperature`
    .trim()
    .split(/\s+/),
);
const units = new Set('ms s sec secs second seconds minutes mins hours byte bytes kb mb gb pct percent'.split(' '));

/** True when a column's name ends in a word for a quantity: `error_rate`, `lag_seconds`; not `availability_zone`. */
export function isMeasure(column: ShapeColumn): boolean {
  const words = wordsOf(column.name);
  const last = words.at(-1) ?? '';
  return measures.has(singular(last)) || units.has(last) || harmfulWhenHigh.has(last);
}

/** Which direction of a column is the harmful one, by the words of its name. */
export function harm(column: ShapeColumn): 'high' | 'low' | null {
  const words = wordsOf(column.name);
  const high = words.some((word) => harmfulWhenHigh.has(word));
  const low = words.some((word) => harmfulWhenLow.has(word));
  return high === low ? null : high ? 'high' : 'low';
}
