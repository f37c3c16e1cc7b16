// Draws a chart as one small SVG: lines with gaps where samples are missing, an axis of values with their unit, an axis of
// time in the zone that is given, and below it what each line is and where it ended. It needs no script and no style sheet.
import { shape, shapeToText, textWidth, type Shape } from '../base/index.ts';
import { chartThemes, dashes, namedColours, type ChartTheme } from './chart-themes.ts';
import { rangeWords, valueWords, type Zone } from './number-words.ts';
import type { Chart, Series } from './series-of.ts';
import { timeTicks, valueAxis } from './ticks.ts';
import { thinned, toSegments } from './to-segments.ts';

export interface DrawOptions {
  /** `page`: colours by name, for a page that says by `chartVariables` what they are. */
  readonly theme: ChartTheme | 'page';
  readonly zone: Zone;
  readonly width?: number;
  /** Without a ground of its own the page's shows through. */
  readonly ground?: boolean;
}

/** Lines that are drawn; of more, those with the highest values. */
export const mostLines = 6;

const font = 11;
const plotHeight = 132;
const legendLine = 17;
const top = 24;
/** Of all samples in so many pixels the least and the greatest are drawn. */
const columnWidth = 3;

/** The chart as a document of its own. */
export function drawChart(chart: Chart, { theme, zone, width = 620, ground = true }: DrawOptions): string {
  const colours = theme === 'page' ? namedColours : chartThemes[theme];
  const drawn = highest(chart.series);
  const finite = drawn.flatMap(({ points }) => points.flatMap(({ value }) => (isFinite(value) ? [value] : [])));
  const range = rangeWords(chart.from, chart.to, zone);
  const axis = valueAxis(finite, chart.unit);
  const words = axis.ticks.map((tick) => valueWords(tick, chart.unit));
  const left = Math.ceil(Math.max(...words.map((word) => textWidth(word, font)))) + 12;
  const right = width - 14;
  const bottom = top + plotHeight;
  const x = (time: number): number => round(left + ((time - chart.from) / (chart.to - chart.from)) * (right - left));
  const y = (value: number): number => round(bottom - ((value - axis.low) / (axis.high - axis.low)) * plotHeight);

  const text = (at: readonly [number, number], said: string, more: Shape['attributes'] = {}): Shape =>
    shape('text', { x: at[0], y: at[1], fill: colours.muted, ...more }, said);
  const grid = axis.ticks.flatMap((tick, index) => [
    line(left, y(tick), right, y(tick), colours.grid),
    text([left - 7, y(tick) + 4], words[index] ?? '', { 'text-anchor': 'end' }),
  ]);
  const times = timeTicks(chart.from, chart.to, Math.floor((right - left) / 78), zone).flatMap(({ time, label }) => [
    line(x(time), bottom, x(time), bottom + 4, colours.muted),
    text([clamp(x(time), left + 14, right - 14), bottom + 16], label, { 'text-anchor': 'middle' }),
  ]);
  const lines = drawn.flatMap((series, index) => {
    const colour = colours.lines[index] ?? colours.text;
    return drawLine(series, chart.step, { x, y, top, bottom, colour, dash: dashes[index] ?? '' });
  });
  const { shapes: legend, height: legendHeight } = drawLegend(drawn, chart, {
    left,
    right,
    from: bottom + 34,
    colours,
  });
  const height = bottom + 26 + legendHeight;
  const root = shape(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'font-family': 'system-ui, -apple-system, Segoe UI, sans-serif',
      'font-size': font,
    },
    shape('title', {}, describeChart(chart, zone)),
    ground ? shape('rect', { width, height, fill: colours.ground }) : null,
    text([left, 13], cutTo(headWords(chart, drawn), right - left - textWidth(range, font) - 12)),
    text([right, 13], range, { 'text-anchor': 'end' }),
    ...grid,
    ...times,
    ...lines,
    ...legend,
  );
  return shapeToText(root);
}

/** What the chart shows, for whoever does not see it. */
export function describeChart(chart: Chart, zone: Zone): string {
  const { series, unit } = chart;
  const each = highest(series).map((one) => {
    const { least, most, last } = extent(one);
    return least === null
      ? `${one.label}: no number`
      : `${one.label}: ${valueWords(least, unit)} to ${valueWords(most, unit)}, last ${valueWords(last, unit)}`;
  });
  const count = series.length === 1 ? 'one line' : `${series.length} lines`;
  return `Chart of ${count} from ${rangeWords(chart.from, chart.to, zone)}. ${each.join('; ')}.`;
}

/** The least, the greatest and the last value of a line; null where it has none. */
export function extent({ points }: Series): {
  readonly least: number | null;
  readonly most: number | null;
  readonly last: number | null;
} {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length === 0) return { least: null, most: null, last: null };
  return {
    least: values.reduce((a, b) => Math.min(a, b)),
    most: values.reduce((a, b) => Math.max(a, b)),
    last: points.at(-1)?.value ?? null,
  };
}

function isFinite(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

/** The lines that are drawn, in their own order. */
function highest(series: readonly Series[]): readonly Series[] {
  if (series.length <= mostLines) return series;
  const kept = new Set(
    [...series].sort((a, b) => (extent(b).most ?? -Infinity) - (extent(a).most ?? -Infinity)).slice(0, mostLines),
  );
  return series.filter((one) => kept.has(one));
}

function headWords(chart: Chart, drawn: readonly Series[]): string {
  const parts = [
    chart.unit,
    drawn.length < chart.series.length ? `${drawn.length} highest of ${chart.series.length}` : '',
    chart.cut ? 'not all samples' : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

interface Canvas {
  x(time: number): number;
  y(value: number): number;
  readonly top: number;
  readonly bottom: number;
  readonly colour: string;
  readonly dash: string;
}

/** A line's segments, a dot for a sample alone, and an arrow head at the edge for one without end. */
function drawLine(series: Series, step: number, { x, y, top, bottom, colour, dash }: Canvas): readonly Shape[] {
  const segments = toSegments(series.points, step).map((whole) => {
    const segment = thinned(whole, (time) => Math.floor(x(time) / columnWidth));
    const [first] = segment;
    if (segment.length === 1 && first)
      return shape('circle', { cx: x(first.time), cy: y(first.value), r: 2.5, fill: colour });
    return shape('polyline', {
      points: segment.map(({ time, value }) => `${x(time)},${y(value)}`).join(','),
      fill: 'none',
      stroke: colour,
      'stroke-width': 1.6,
      'stroke-linejoin': 'round',
      ...(dash !== '' && { 'stroke-dasharray': dash }),
    });
  });
  const endless = series.points.flatMap(({ time, value }) => {
    if (value === null || Number.isFinite(value)) return [];
    const [edge, back] = value > 0 ? [top, 6] : [bottom, -6];
    const at = x(time);
    return [shape('path', { d: `M${at} ${edge}l4 ${back}h-8z`, fill: colour })];
  });
  return [...segments, ...endless];
}

interface LegendPlace {
  readonly left: number;
  readonly right: number;
  readonly from: number;
  readonly colours: { readonly text: string; readonly muted: string; readonly lines: readonly string[] };
}

/** A stroke as the line is drawn, its name, and its last value. */
function drawLegend(
  drawn: readonly Series[],
  { unit }: Chart,
  { left, right, from, colours }: LegendPlace,
): { readonly shapes: readonly Shape[]; readonly height: number } {
  const columns = drawn.length > 1 ? 2 : 1;
  const width = (right - left) / columns;
  const shapes = drawn.flatMap((series, index) => {
    const at = left + (index % columns) * width;
    const base = from + Math.floor(index / columns) * legendLine;
    const last = extent(series).last;
    const value = last === null && extent(series).most !== null ? 'ends without a number' : valueWords(last, unit);
    const room = width - 34 - textWidth(value, font) - 16;
    const dash = dashes[index] ?? '';
    return [
      shape('line', {
        x1: at,
        y1: base - 4,
        x2: at + 22,
        y2: base - 4,
        stroke: colours.lines[index] ?? colours.text,
        'stroke-width': 2,
        ...(dash !== '' && { 'stroke-dasharray': dash }),
      }),
      shape(
        'text',
        { x: at + 28, y: base, fill: colours.text },
        shape('tspan', {}, cutTo(series.label, room)),
        shape('tspan', { fill: colours.muted, dx: 6 }, value),
      ),
    ];
  });
  return { shapes, height: Math.ceil(drawn.length / columns) * legendLine + 4 };
}

function cutTo(label: string, room: number): string {
  const text = label.replace(/\s+/g, ' ');
  if (textWidth(text, font) <= room) return text;
  let end = text.length;
  while (end > 1 && textWidth(`${text.slice(0, end)}…`, font) > room) end--;
  return `${text.slice(0, end)}…`;
}

function line(x1: number, y1: number, x2: number, y2: number, stroke: string): Shape {
  return shape('line', { x1, y1, x2, y2, stroke, 'stroke-width': 1 });
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The chart as the address of an image, for documents that take images and nothing else. */
export function chartImage(chart: Chart, options: DrawOptions): string {
  // All but letters, digits and a few signs are escaped, so that nothing of a label is ever read as markup.
  const escaped = encodeURIComponent(drawChart(chart, options)).replace(/[!'()*]|%2C/g, (sign) =>
    sign === '%2C' ? ',' : `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `data:image/svg+xml;charset=utf-8,${escaped}`;
}
