// Where the lines of a chart's grid stand: at round values and at round times of the viewer's zone.
import { timeWords, type Zone } from './number-words.ts';
import type { Unit } from './unit-of.ts';

/** The values that a chart spans, and where its lines stand. */
export interface ValueAxis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** An axis around the values: from zero when they are not far from it, else with some air. */
export function valueAxis(values: readonly number[], unit: Unit): ValueAxis {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  // Nothing finite is there to be measured.
  if (least > most) return { low: 0, high: 1, ticks: [0, 1] };
  const isFlat = most - least <= Math.max(Math.abs(most), Math.abs(least)) * 1e-9;
  const air = isFlat ? Math.max(Math.abs(most) * 0.1, most === 0 ? 1 : 0) : 0;
  let [low, high] = [least - air, most + air];
  if (low > 0 && low < high * 0.6) low = 0;
  if (high < 0 && high > low * 0.6) high = 0;
  if (least >= 0) low = Math.max(0, low);
  const step = roundStep((high - low) / 3, unit);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
  return { low: first * step, high: last * step, ticks };
}

function roundStep(step: number, unit: Unit): number {
  if (unit === 'seconds' && step >= 30) {
    const even = [30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400].find(
      (one) => one >= step,
    );
    if (even !== undefined) return even;
  }
  const power = 10 ** Math.floor(Math.log10(step));
  const digit = [1, 2, 2.5, 5, 10].find((one) => one * power >= step * 0.999) ?? 10;
  return digit * power;
}

export interface TimeTick {
  readonly time: number;
  readonly label: string;
}

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;
const timeSteps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * seconds),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minutes),
  ...[1, 2, 3, 6, 12].map((count) => count * hours),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((count) => count * days),
];

/** At most `most` times between two, at round times of the zone. */
export function timeTicks(from: number, to: number, most: number, zone: Zone): readonly TimeTick[] {
  const step = timeSteps.find((one) => (to - from) / one <= most) ?? (to - from) / most;
  const shift = zone(from) * minutes;
  const ticks: TimeTick[] = [];
  for (let local = Math.ceil((from + shift) / step) * step; local - shift <= to; local += step) {
    const time = local - shift;
    const { date, minute, second } = timeWords(time, zone);
    const label = step >= days || minute === '00:00' ? date.slice(5) : step < minutes ? second : minute;
    ticks.push({ time, label });
  }
  return ticks;
}
