// Cuts a line where samples are missing or are no numbers: what was not measured is not drawn.
import type { ChartPoint } from './series-of.ts';

export interface Sample {
  readonly time: number;
  readonly value: number;
}

/** Runs of numbers with no gap between them. */
export function toSegments(points: readonly ChartPoint[], step: number): readonly (readonly Sample[])[] {
  const segments: Sample[][] = [];
  let before = -Infinity;
  for (const { time, value } of points) {
    if (value === null || !Number.isFinite(value)) {
      before = -Infinity;
      continue;
    }
    if (time - before > step * 1.5) segments.push([]);
    segments.at(-1)?.push({ time, value });
    before = time;
  }
  return segments;
}

/** At most two samples of each column, the least and the greatest, so that no peak is lost; with the first and the last. */
export function thinned(samples: readonly Sample[], columnOf: (time: number) => number): readonly Sample[] {
  const kept: Sample[] = [];
  for (let from = 0; from < samples.length;) {
    const column = columnOf(samples[from]?.time ?? 0);
    let [least, most, to] = [from, from, from];
    for (; to < samples.length && columnOf(samples[to]?.time ?? 0) === column; to++) {
      if ((samples[to]?.value ?? 0) < (samples[least]?.value ?? 0)) least = to;
      if ((samples[to]?.value ?? 0) > (samples[most]?.value ?? 0)) most = to;
    }
    const wanted = new Set([least, most, ...(from === 0 ? [from] : []), ...(to === samples.length ? [to - 1] : [])]);
    for (const index of [...wanted].sort((a, b) => a - b)) {
      const sample = samples[index];
      if (sample) kept.push(sample);
    }
    from = to;
  }
  return kept;
}
