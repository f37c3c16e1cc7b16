// The chart room: results over time as small charts, drawn as SVG or as lines of a terminal.
export { type Chart, type ChartPoint, chartOf, type Series } from './series-of.ts';
export { chartImage, describeChart, drawChart, type DrawOptions, extent, mostLines } from './draw-chart.ts';
export { type ChartTheme, chartVariables } from './chart-themes.ts';
export { sparkline } from './sparkline.ts';
export { rangeWords, utc, valueWords, type Zone } from './number-words.ts';
export { type Unit, unitOf } from './unit-of.ts';
