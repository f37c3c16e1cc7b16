// Finds what can be drawn over time in a result: rows with a value and a time, one line for each set of labels. Prometheus'
// range queries give such rows; any tool whose result has columns of these types is drawn alike.
import type { ActionResult } from '../run/index.ts';
import type { Json } from '../base/index.ts';
import { unitOf, type Unit } from './unit-of.ts';

/** One sample. A value that is no number (`NaN`, nothing at all) is null; an infinite one keeps its sign. */
export interface ChartPoint {
  /** Milliseconds since the Unix epoch. */
  readonly time: number;
  readonly value: number | null;
}

export interface Series {
  /** What tells it from the others, or what they all are where there is one. */
  readonly label: string;
  /** In the order of time. */
  readonly points: readonly ChartPoint[];
}

/** What is drawn. */
export interface Chart {
  readonly series: readonly Series[];
  readonly from: number;
  readonly to: number;
  /** Between two samples; where more than one and a half of it passes, something is missing. */
  readonly step: number;
  readonly unit: Unit;
  /** The result was cut, so that samples or whole series are missing at its end. */
  readonly cut: boolean;
}

/** The chart of a result; null when it has no two times to draw between. `query` tells the unit, where it does. */
export function chartOf(result: ActionResult | undefined, query = ''): Chart | null {
  const { columns = [], rows = [] } = result ?? {};
  const time = columns.find(({ name, type }) => type === 'time' && name === 'time');
  const value = columns.find(({ name, type }) => type === 'number' && name === 'value');
  if (!time || !value) return null;
  const labels = columns.filter((column) => column !== time && column !== value).map(({ name }) => name);
  const found = new Map<string, { readonly labels: readonly Json[]; readonly points: ChartPoint[] }>();
  for (const row of rows) {
    const at = Date.parse(String(row[time.name]));
    if (Number.isNaN(at)) continue;
    const own = labels.map((name) => row[name] ?? null);
    const key = JSON.stringify(own);
    const series = found.get(key) ?? { labels: own, points: [] };
    series.points.push({ time: at, value: numberOf(row[value.name] ?? null) });
    found.set(key, series);
  }
  const all = [...found.values()];
  for (const { points } of all) points.sort((a, b) => a.time - b.time);
  const times = all.flatMap(({ points }) => points.map((point) => point.time));
  const from = times.reduce((a, b) => Math.min(a, b), Infinity);
  const to = times.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(to > from)) return null;
  const differing = labels.filter((_, index) => new Set(all.map((one) => JSON.stringify(one.labels[index]))).size > 1);
  return {
    series: all.map((one) => ({ label: labelOf(labels, differing, one.labels), points: one.points })),
    from,
    to,
    step: stepOf(all.map(({ points }) => points)) ?? to - from,
    unit: unitOf(query),
    cut: result?.rowsCapped ?? false,
  };
}

/** Numbers come as such; `+Inf`, `-Inf` and `NaN` as texts. */
function numberOf(value: Json): number | null {
  if (typeof value === 'number') return value;
  return value === '+Inf' ? Infinity : value === '-Inf' ? -Infinity : null;
}

function labelOf(names: readonly string[], differing: readonly string[], values: readonly Json[]): string {
  const shown = differing.length > 0 ? differing : names;
  const parts = shown.flatMap((name) => {
    const value = values[names.indexOf(name)] ?? null;
    if (value === null) return [];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [shown.length === 1 || name === 'metric' ? text : `${name}=${text}`];
  });
  return parts.length > 0 ? parts.join(', ') : 'value';
}

/** The distance that most samples keep to the one before. */
function stepOf(all: readonly (readonly ChartPoint[])[]): number | null {
  const counts = new Map<number, number>();
  for (const points of all)
    for (let index = 1; index < points.length; index++) {
      const distance = (points[index]?.time ?? 0) - (points[index - 1]?.time ?? 0);
      if (distance > 0) counts.set(distance, (counts.get(distance) ?? 0) + 1);
    }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return most?.[0] ?? null;
}
