// Draws rows as an aligned text table that fits the terminal: numbers to the right, long cells cut with `…`, columns that
// do not fit left out, and what was left out said below.
import type { Json } from '../base/index.ts';
import type { Row } from '../guard/index.ts';
import { displayWidth, fit, pad, printableLine } from './printable-text.ts';

export interface TableOptions {
  /** Cells of the terminal that the table may take. */
  readonly width: number;
  readonly maxRows: number;
  /** Rows there are in all, when more than `rows` holds. */
  readonly rowCount: number;
}

const gap = 2;
/** A column that is cut shows the better part of a number or a time; a narrow terminal has no room for that. */
const narrowestIn = (width: number): number => (width < 60 ? 8 : 12);

/** The table's lines: header, rule, rows, and a line about what is not shown. */
export function renderTable(columns: readonly string[], rows: readonly Row[], options: TableOptions): string[] {
  const shown = rows.slice(0, options.maxRows);
  const cells = shown.map((row) => columns.map((column) => formatValue(row[column] ?? null)));
  const names = columns.map((column) => printableLine(column));
  const natural = names.map((name, index) =>
    Math.max(displayWidth(name), ...cells.map((line) => displayWidth(line[index] ?? '')), 1),
  );
  const [only] = cells;
  if (only && cells.length === 1 && options.rowCount === 1 && totalWidth(natural) > options.width) {
    return renderRecord(names, only, options.width);
  }
  const widths = fitColumns(natural, options.width);
  const numeric = columns.map(
    (column) =>
      shown.some((row) => typeof row[column] === 'number') && shown.every((row) => isNumberOrNull(row[column])),
  );
  const line = (values: readonly string[]): string =>
    widths
      .map((width, index) => pad(fit(values[index] ?? '', width), width, numeric[index] === true ? 'start' : 'end'))
      .join(' '.repeat(gap))
      .trimEnd();
  const left = [
    count(options.rowCount - shown.length, 'more row', 'more rows'),
    count(columns.length - widths.length, 'more column', 'more columns'),
  ].filter((part) => part !== null);
  return [
    line(names),
    widths.map((width) => '─'.repeat(width)).join(' '.repeat(gap)),
    ...cells.map(line),
    ...(left.length > 0 ? [`… and ${left.join(' and ')}`] : []),
  ];
}

/** A value in one cell. Long decimals are rounded; the JSON output keeps them whole. */
export function formatValue(value: Json): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return printableLine(value);
  if (typeof value === 'number' && !Number.isInteger(value) && Math.abs(value) >= 0.0001) return shortDecimal(value);
  return printableLine(JSON.stringify(value));
}

/** Four places, six for what is small; but `0.99996` is not `1`: what would become a whole number stays as it is. */
function shortDecimal(value: number): string {
  const rounded = Number(value.toFixed(Math.abs(value) < 0.01 ? 6 : 4));
  return String(Number.isInteger(rounded) ? value : rounded);
}

function count(number: number, one: string, many: string): string | null {
  if (number <= 0) return null;
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

function isNumberOrNull(value: Json | undefined): boolean {
  return value === null || value === undefined || typeof value === 'number';
}

/** One row that is too wide for a table: a line for each column. */
function renderRecord(names: readonly string[], values: readonly string[], width: number): string[] {
  const nameWidth = Math.min(Math.max(...names.map(displayWidth)), Math.floor(width / 3));
  return names.map((name, index) =>
    fit(`${pad(fit(name, nameWidth), nameWidth)}  ${values[index] ?? ''}`, width).trimEnd(),
  );
}

const totalWidth = (widths: readonly number[]): number =>
  widths.reduce((sum, each) => sum + each, 0) + gap * Math.max(0, widths.length - 1);

/** Widths of the columns that are shown: the widest shrink first, and when all are narrow the last are dropped. */
function fitColumns(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  const narrowest = narrowestIn(width);
  const total = (): number => totalWidth(widths);
  while (total() > width) {
    const widest = Math.max(...widths);
    if (widest > narrowest) {
      const index = widths.indexOf(widest);
      const others = widths.filter((_, other) => other !== index);
      const target = Math.max(narrowest, ...others.filter((each) => each < widest), widest - (total() - width));
      widths[index] = target < widest ? target : widest - 1;
    } else if (widths.length > 1) widths.pop();
    else break;
  }
  return widths;
}
