// Rewrites a clause as a line that patterns can match whole: columns become `@0`, status words `$1`, other quoted text
// `"2`, numbers `#3`, everything else its lower-case word. A pattern that matches the whole line has read every word.
import type { ClauseWord } from './condition-clause.ts';
import type { ResultShape, ShapeColumn } from './scope.ts';

/** A thing that stands for itself in the line. */
export type Mention =
  | { readonly kind: 'column'; readonly column: ShapeColumn; readonly explicit: boolean }
  | { readonly kind: 'value'; readonly value: string; readonly columns: readonly ShapeColumn[] }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number };

/** A clause ready for matching. */
export interface Sentence {
  readonly line: string;
  /** The same with unquoted column words left as words ("row count"), for patterns that are not about columns. */
  readonly plain: string;
  readonly mentions: readonly Mention[];
  /** The words as they are written, quoted ones in «». */
  readonly written: string;
  readonly shape: ResultShape;
  readonly parentheses: readonly string[];
  /** Singular words for what the rows are: the query's names, and words that mean a row or a result anyway. */
  readonly nouns: ReadonlySet<string>;
}

const generic = `row result entry record line query output check analysis data table item value status state assessment
  step response it this that they these those one`
  .trim()
  .split(/\s+/);
const unitSuffix = /_(?:ms|s|sec|secs|seconds|minutes|mins|hours|bytes|kb|mb|gb|pct|percent|percentage)$/;
const numerals = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** The line of a clause. */
export function writeSentence(
  words: readonly ClauseWord[],
  parentheses: readonly string[],
  shape: ResultShape,
): Sentence {
  const mentions: Mention[] = [];
  const parts: string[] = [];
  const plain: string[] = [];
  const mention = (sign: string, made: Mention): void => {
    parts.push(`${sign}${mentions.length}`);
    plain.push(`${sign}${mentions.length}`);
    mentions.push(made);
  };
  const columns = shape.columns ?? [];
  for (let at = 0; at < words.length; at++) {
    const { kind, text } = words[at] ?? { kind: 'sign', text: '' };
    if (kind === 'number') {
      mention('#', { kind: 'number', value: Number(text) });
      continue;
    }
    if (kind === 'sign') {
      parts.push(text);
      plain.push(text);
      continue;
    }
    const having = isStatusWord(kind, text) ? columns.filter(({ values }) => values?.includes(text)) : [];
    const exact = columns.find(({ name }) => name === text);
    const explicit = kind === 'quoted' || /_/.test(text);
    if (exact && explicit) mention('@', { kind: 'column', column: exact, explicit: true });
    else if (having.length > 0) mention('$', { kind: 'value', value: text, columns: having });
    else if (kind === 'quoted' || isLiteral(text)) mention('"', { kind: 'quoted', text });
    else {
      const phrase = columnPhrase(words, at, columns);
      if (phrase) {
        mention('@', { kind: 'column', column: phrase.column, explicit: false });
        if (phrase.possessive) parts.push("'s");
        plain.pop();
        plain.push(...words.slice(at, at + phrase.length).map((word) => word.text.toLowerCase()));
        at += phrase.length - 1;
      } else {
        const numeral = numerals.indexOf(text.toLowerCase());
        if (numeral >= 0 && text.toLowerCase() !== 'one') mention('#', { kind: 'number', value: numeral });
        else {
          parts.push(text.toLowerCase());
          plain.push(text.toLowerCase());
        }
      }
    }
  }
  const nouns = new Set(
    [...generic, ...(shape.words ?? []), ...columns.flatMap(({ name }) => wordsOf(name))].map(singular),
  );
  const written = words.map(({ kind, text }) => (kind === 'quoted' ? `«${text}»` : text)).join(' ');
  return { line: parts.join(' '), plain: plain.join(' '), mentions, written, shape, parentheses, nouns };
}

/** `HEALTH_WARN` is no word of prose: it is meant as it stands. */
function isLiteral(text: string): boolean {
  return /^[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+$/.test(text);
}

/** A status word stands out from prose: quoted, or in capitals. */
function isStatusWord(kind: ClauseWord['kind'], text: string): boolean {
  return kind === 'quoted' || /^(?=.*[A-Z]{2})[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*$/.test(text);
}

interface Phrase {
  readonly column: ShapeColumn;
  readonly length: number;
  readonly possessive: boolean;
}

/** The longest run of plain words that spells exactly one column: "error rate" for `error_rate`. */
function columnPhrase(words: readonly ClauseWord[], at: number, columns: readonly ShapeColumn[]): Phrase | null {
  for (let length = Math.min(5, words.length - at); length >= 1; length--) {
    const run = words.slice(at, at + length);
    if (run.some(({ kind, text }) => kind !== 'word' || /'(?!s$)/.test(text))) continue;
    if (run.slice(0, -1).some(({ text }) => text.endsWith("'s"))) continue;
    const last = run.at(-1)?.text ?? '';
    const possessive = last.endsWith("'s");
    const spelled = run.map(({ text }) => text.toLowerCase().replace(/'s$/, '').replaceAll('-', '_')).join('_');
    const matching = (spells: (name: string) => boolean): readonly ShapeColumn[] =>
      columns.filter(({ name }) => spells(name.toLowerCase()));
    const exact = matching((name) => name === spelled);
    const near =
      exact.length > 0 ? exact : matching((name) => name.replace(unitSuffix, '') === spelled || `${name}s` === spelled);
    const [column] = near;
    if (column && near.length === 1) return { column, length, possessive };
  }
  return null;
}

/** Lower-case words of a name: `p95_latencyMs` gives p95, latency, ms. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** The singular of an English noun, well enough to compare two of them. */
export function singular(word: string): string {
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:xes|ches|shes|sses)$/.test(word)) return word.slice(0, -2);
  return /s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
}

/** The mention that a sign of the line names (`@0`). */
export function mentioned(sentence: Sentence, sign: string): Mention | undefined {
  return sentence.mentions[Number(sign.slice(1))];
}

/** A literal for CEL. */
export function celText(text: string): string {
  const escaped = text
    .replace(/[\\']/g, (character) => `\\${character}`)
    .replace(/[\n\r\t]/g, (character) => (character === '\n' ? '\\n' : character === '\r' ? '\\r' : '\\t'));
  return `'${escaped}'`;
}

/** A column of the row `r` for CEL. */
export function celColumn({ name }: ShapeColumn): string {
  return /^[A-Za-z_]\w*$/.test(name) && !reserved.has(name) ? `r.${name}` : `r[${celText(name)}]`;
}

const reserved = new Set(['in', 'true', 'false', 'null']);
