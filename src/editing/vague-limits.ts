// What a vague condition could say instead, by the numbers and words that its column had in the latest run: "high" becomes
// "above 80", and each offer tells how many of the rows seen then would have met it. The author chooses; nothing is guessed.
import { spanOfDegree } from '../check/index.ts';
import type { Json, Span } from '../base/index.ts';
import type { Diagnostic, Fix } from '../diagnostics/index.ts';
import type { Analysis } from './analyze.ts';
import { inlineCode } from './markdown.ts';
import { nodeAt } from './places.ts';

type LastRow = Readonly<Record<string, Json>>;
/** The rows of an action's latest result, as many as were kept; undefined when it has not been run. */
export type LastRows = (action: string) => readonly LastRow[] | undefined;

/** What the latest run says about one vague condition. */
export interface VagueLimit {
  readonly diagnostic: Diagnostic;
  /** What was seen in the column, in markdown. */
  readonly seen: string;
  readonly fixes: readonly Fix[];
}

const mostWords = 6;

/** For each vague condition that touches the range, and whose column's values are known. */
export function vagueLimitsAt(analysis: Analysis, range: Span, rowsOf: LastRows): readonly VagueLimit[] {
  return analysis.diagnostics
    .filter(({ code, span }) => code === 'condition.vague' && span.start <= range.end && range.start <= span.end)
    .flatMap((diagnostic) => limitOf(analysis, diagnostic, rowsOf) ?? []);
}

function limitOf({ guide, plan }: Analysis, diagnostic: Diagnostic, rowsOf: LastRows): VagueLimit | null {
  const { span } = diagnostic;
  const words = guide.text.slice(span.start, span.end);
  const actions = nodeAt(plan, span.start)?.actions.filter(({ source }) => source.span.start < span.start) ?? [];
  const rows = actions.map(({ id }) => rowsOf(id)).findLast((found) => found !== undefined && found.length > 0);
  const column = rows && columnSpokenOf(rows, sentenceUpTo(guide.text, span));
  if (!rows || column === null || column === undefined) return null;
  const cells = rows.map((row) => row[column] ?? null).filter((cell) => cell !== null);
  const numbers = cells.filter((cell) => typeof cell === 'number').sort((a, b) => a - b);
  const place = spanOfDegree(words);
  const degree = words.slice(place.start, place.end);
  const fix = (title: string, said: string): Fix => {
    // "poor health scores" becomes "health scores below 50", "is poor" becomes "is below 50".
    const rest = words.slice(place.end).trim();
    return { title, edits: [{ span, newText: rest === '' ? said : `${rest} ${said}` }] };
  };
  if (numbers.length > 1 && numbers.length === cells.length) {
    const low = isLow(degree, column);
    const fixes = limitsOf(numbers, low).map((limit) => {
      const said = `${low ? 'below' : 'above'} ${String(limit)}`;
      const met = numbers.filter((one) => (low ? one < limit : one > limit)).length;
      return fix(`Say \`${said}\`: ${String(met)} of ${rowCount(numbers.length)} in the latest run`, said);
    });
    return { diagnostic, seen: seenNumbers(column, numbers), fixes };
  }
  const spoken = cells.filter((cell) => typeof cell === 'string');
  const texts = [...new Set(spoken)].filter((text) => text !== '' && text.length < 40);
  if (texts.length === 0 || texts.length > mostWords || spoken.length < cells.length) return null;
  const fixes =
    words.slice(place.end).trim() === '' ? texts.map((text) => fix(`Say \`${text}\`, as in the latest run`, text)) : [];
  const listed = texts.map((text) => inlineCode(text)).join(', ');
  return { diagnostic, seen: `In the latest run ${inlineCode(column)} held ${listed}.`, fixes };
}

/** The words of the sentence up to the end of the span, as far as a person looks back. */
function sentenceUpTo(text: string, { start, end }: Span): string {
  const before = text.slice(Math.max(0, start - 120), start);
  return `${before.split(/[.;:!?]\s|\n\s*\n/).at(-1) ?? ''}${text.slice(start, end)}`;
}

function seenNumbers(column: string, numbers: readonly number[]): string {
  const [least, middle, most] = [numbers[0], at(numbers, 0.5), numbers.at(-1)].map((one) => shown(one ?? 0));
  return `In the latest run ${inlineCode(column)} lay between ${String(least)} and ${String(most)}, half of its ${rowCount(numbers.length)} at ${String(middle)} or below.`;
}

function rowCount(count: number): string {
  return `${String(count)} ${count === 1 ? 'row' : 'rows'}`;
}

/** The middle, and the mark that a quarter of the rows lies beyond; each once. */
function limitsOf(numbers: readonly number[], low: boolean): readonly number[] {
  return [...new Set([shown(at(numbers, low ? 0.25 : 0.75)), shown(at(numbers, 0.5))])];
}

function at(numbers: readonly number[], share: number): number {
  return numbers[Math.floor((numbers.length - 1) * share)] ?? 0;
}

/** As people say it: three digits that count, and whole numbers whole. */
function shown(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
}

const harmful =
  /error|fail|latenc|lag|delay|duration|time|usage|used|util|cpu|memory|queue|backlog|retr|restart|loss|drop/i;

/** "poor" is low for a score and high for a latency. */
function isLow(degree: string, column: string): boolean {
  if (/\b(?:low|lower|too (?:few|little))\b/i.test(degree)) return true;
  return /\b(?:poor|bad|degraded|unacceptabl[ey])\b/i.test(degree) && !harmful.test(column);
}

const units = new Set(
  'ms s sec secs second seconds minutes mins hours bytes kb mb gb pct percent total avg mean'.split(' '),
);

/** The one column all of whose words are said; of several the one with the most words. */
function columnSpokenOf(rows: readonly LastRow[], words: string): string | null {
  const said = new Set(wordsOf(words));
  const fitting = Object.keys(rows[0] ?? {})
    .map((name) => ({ name, own: wordsOf(name).filter((word) => !units.has(word)) }))
    .filter(({ own }) => own.length > 0 && own.every((word) => said.has(word)))
    .sort((a, b) => b.own.length - a.own.length);
  const [first, second] = fitting;
  return first && first.own.length !== second?.own.length ? first.name : null;
}

function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => (word.length > 3 ? word.replace(/(?<!s)s$/, '').replace(/ie$/, 'y') : word));
}
