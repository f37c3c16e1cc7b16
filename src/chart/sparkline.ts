// A line of a chart as one line of text: eighths of a block between the least and the greatest value of all lines, a space
// where nothing was measured, an arrow for what has no end.
import type { Chart, Series } from './series-of.ts';

const blocks = '▁▂▃▄▅▆▇█';

/** The series in so many characters; each stands for an equal part of the chart's time. */
export function sparkline(series: Series, chart: Chart, width: number): string {
  const slots: (number[] | undefined)[] = Array.from({ length: width });
  for (const { time, value } of series.points) {
    if (value === null) continue;
    const slot = Math.min(width - 1, Math.floor(((time - chart.from) / (chart.to - chart.from)) * width));
    (slots[slot] ??= []).push(value);
  }
  // Where there are fewer samples than characters, each is held until the next is due.
  const share = (chart.to - chart.from) / width;
  const times = series.points.flatMap(({ time, value }) => (value === null ? [] : [time]));
  let next = 0;
  let last: number[] | undefined;
  const held = slots.map((slot, index) => {
    const middle = chart.from + (index + 0.5) * share;
    while (next < times.length && (times[next] ?? 0) <= middle) next++;
    if (slot) last = [slot.at(-1) ?? 0];
    return slot ?? (middle < (times[next - 1] ?? -Infinity) + chart.step ? last : undefined);
  });
  const finite = chart.series.flatMap(({ points }) =>
    points.flatMap(({ value }) => (value !== null && Number.isFinite(value) ? [value] : [])),
  );
  const least = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const most = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  return held.map((slot) => blockOf(slot, least, most)).join('');
}

/** The greatest of a slot's values: a peak must not vanish in the mean of a quiet hour. */
function blockOf(slot: readonly number[] | undefined, least: number, most: number): string {
  if (!slot) return ' ';
  const value = Math.max(...slot);
  if (!Number.isFinite(value)) return value > 0 ? '↑' : '↓';
  if (most === least) return blocks[3] ?? '';
  return blocks[Math.min(7, Math.floor(((value - least) / (most - least)) * 8))] ?? '';
}
