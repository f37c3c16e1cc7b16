// Values and times as the short words that stand at a chart.
import type { Unit } from './unit-of.ts';

const large = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** `1.2k`, `3.4 MB`, `120 ms`, `∞`: at most three digits that count. */
export function valueWords(value: number | null, unit: Unit): string {
  if (value === null) return 'no number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (unit === 'seconds') {
    if (size > 0 && size < 1e-3) return `${digits(value * 1e6)} µs`;
    if (size > 0 && size < 1) return `${digits(value * 1e3)} ms`;
    if (size >= 86_400) return `${digits(value / 86_400)} d`;
    if (size >= 3600) return `${digits(value / 3600)} h`;
    return size >= 60 ? `${digits(value / 60)} min` : `${digits(value)} s`;
  }
  const [factor, prefix] = large.find(([least]) => size >= least * 0.9995) ?? [1, ''];
  const number = digits(value / factor);
  if (unit === 'bytes' || unit === 'bytes/s') return `${number} ${prefix}B${unit === 'bytes' ? '' : '/s'}`;
  return `${number}${prefix}${unit === 'per second' ? '/s' : ''}`;
}

function digits(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return String(Math.abs(rounded) < 1e-4 && rounded !== 0 ? rounded.toExponential() : rounded).replace('-', '−');
}

/** Minutes that a zone is before UTC at a time: the host knows its viewer's zone, we do not. */
export type Zone = (time: number) => number;

/** The zone that documents without a viewer of their own use. */
export const utc: Zone = () => 0;

/** `2024-05-01`, `12:30` and `12:30:15` in the zone. */
export function timeWords(
  time: number,
  zone: Zone,
): { readonly date: string; readonly minute: string; readonly second: string } {
  const text = new Date(time + zone(time) * 60_000).toISOString();
  return { date: text.slice(0, 10), minute: text.slice(11, 16), second: text.slice(11, 19) };
}

/** `UTC`, `UTC+02:00`. */
export function zoneWords(time: number, zone: Zone): string {
  const minutes = Math.round(zone(time));
  if (minutes === 0) return 'UTC';
  const two = (number: number): string => String(number).padStart(2, '0');
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** From when to when, with the zone: `2024-05-01 12:00 to 13:00 UTC`. */
export function rangeWords(from: number, to: number, zone: Zone): string {
  const [a, b] = [timeWords(from, zone), timeWords(to, zone)];
  const part = to - from < 300_000 ? ('second' as const) : ('minute' as const);
  return `${a.date} ${a[part]} to ${a.date === b.date ? '' : `${b.date} `}${b[part]} ${zoneWords(to, zone)}`;
}
