// How far back a query looks, in its code and in words: `ago(6h)`, `INTERVAL '6 hours'`, `--since "6 hours ago"`,
// `(Get-Date).AddHours(-6)`, `count_over_time(…[6h])` and "of the last six hours". Windows that a rate is taken over (`rate(…[5m])`) are no such thing.
import { allMatches, remember } from '../base/index.ts';
import { numeralOf } from '../guide/index.ts';

/** A window with its place in the text that it was read from. */
export interface TimeWindow {
  readonly seconds: number;
  readonly start: number;
  readonly end: number;
  readonly written: string;
}

/** Seconds of the units that queries write. */
export const unitLengths: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const small = 'one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty';
const past = new RegExp(
  String.raw`\b(?:in|of|over|during|within|from|for|covers?|spans?)\s+the\s+(?:last|past|previous)\s+(?:(\d+|${small})\s+)?(minute|hour|day|week)s?\b`,
  'gi',
);
const inCode =
  /\bago\(\s*(\d+)\s*([smhd])\s*\)|\binterval\s+'?\s*(\d+)'?\s+(second|minute|hour|day|week)s?\b|--(?:since|freshness)[ =]["']?(\d+)\s?(s|m|h|d|sec|min|minute|hour|day|week)(?:s?\s+ago)?["']?(?=\s|$)|\b(?:count|sum|avg|min|max|last|present)_over_time\s*\([^[\]]{1,600}\[(\d+)([smhdw])\]|\bincrease\s*\([^[\]]{1,600}\[(\d+)([smhdw])\]|\bdateadd\s*\((?=\s*(?:minute|hour|day|week)s?\s*,\s*-\s*\d)(?=\s*\w+\s*,\s*-\s*(\d+)\s*,)\s*(\w+?)s?\s*,\s*-\s*\d+\s*,|\bearliest=-(\d+)([smhdw])\b|\(Get-Date\)\.Add(?=(?:Minutes|Hours|Days)\(-\d)(?=\w+\(-(\d+)\))(Minute|Hour|Day)s\(-\d+\)/gi;

/** The one window that the words name; null where they name none or several. */
export function windowInWords(text: string): TimeWindow | null {
  if (!/\bthe\s+(?:last|past|previous)\b/i.test(text)) return null;
  const [found, ...others] = allMatches(text, past);
  if (!found || others.length > 0) return null;
  const [written, amount = '1', unit = ''] = found;
  const number = /\d/.test(amount) ? Number(amount) : numeralOf(amount);
  return windowOf(Number(number), unit, found.index, written);
}

/** The one window that a query has, whatever it names besides; null where it has none or several. */
export const windowInCode = remember((code: string): TimeWindow | null => {
  if (
    !/\bago\(|\binterval\b|--since|_over_time|\bincrease\b|--freshness|\bdateadd\b|\bearliest=-|\(Get-Date\)\.Add/i.test(
      code,
    )
  )
    return null;
  const [found, ...others] = allMatches(code, inCode);
  if (!found || others.length > 0 || /\b(?:between|datetime\()/i.test(code)) return null;
  const [whole, ...parts] = found;
  const [amount = '', unit = ''] = parts.filter((part) => part !== undefined);
  const at = whole.endsWith(']') ? whole.lastIndexOf('[') : 0;
  return windowOf(Number(amount), unit, found.index + at, whole.slice(at));
});

/** How long a unit of time is: "hours", `h`. Nought for what is none. */
export function secondsOf(unit: string): number {
  return /^(?:s|sec|seconds?|m|min|minutes?|h|hours?|d|days?|w|weeks?)$/i.test(unit)
    ? (unitLengths[unit.charAt(0).toLowerCase()] ?? 0)
    : 0;
}

function windowOf(amount: number, unit: string, start: number, written: string): TimeWindow | null {
  const seconds = amount * (unitLengths[unit.charAt(0).toLowerCase()] ?? Number.NaN);
  return seconds > 0 ? { seconds, start, end: start + written.length, written } : null;
}
