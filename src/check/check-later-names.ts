// result.unknown-value and result.unknown-column once more: a condition of a later step speaks of what an earlier step's query gave,
// and writes a status or a column of it with a slip of the hand. Certain only where the guide has the word nowhere else, in its code or
// in its words, and where a letter too many, one too few or two that changed places make the name of it.
import { allMatches, collect, keeper, onceFor, type Span } from '../base/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import { shapeOfAction } from '../guard/index.ts';
import { documentOf, sourceSpan, type Sentence } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { reportColumn } from './check-result-columns.ts';
import { unknownValue } from './check-result-values.ts';
import { byAction, bySection } from './scope.ts';
import { spoken } from './side-test.ts';

/** A word of a condition that may be a status or a column. */
interface Candidate {
  readonly word: string;
  readonly span: Span;
  /** The word is set apart, in quotes or as code. */
  readonly isApart: boolean;
  /** The condition's words before it. */
  readonly before: string;
}

/** What the guide's queries give, as far as it is known to be all that they can give. */
interface Given {
  /** Columns with names long enough that a slip of one is told from another word. */
  readonly names: readonly string[];
  readonly values: readonly string[];
  /** The column, as it is spoken, of each of the values. */
  readonly columns: readonly string[];
}

/** What a candidate would be a slip of. */
interface Slip {
  readonly value: string | undefined;
  readonly column: string | undefined;
}

/** Findings in steps whose own query does not give what is named; the others are told by the checks of their step. */
export function checkLaterNames(input: CheckInput, told: readonly Diagnostic[]): readonly Diagnostic[] {
  const columns = knownColumns(input);
  if (columns.length === 0) return [];
  const slipOf = slipsOf(givenBy(sameColumns(documentOf(input.guide), { columns })));
  const known = new Set(told.map(({ span }) => span.start));
  const parameters = new Set(input.plan.guide.parameters.map(({ name }) => name));
  return collect(candidates(input), (candidate) => {
    const { value, column } = slipOf(candidate);
    if (value === undefined && column === undefined) return [];
    const { word, span } = candidate;
    if (known.has(span.start) || parameters.has(word) || !isNowhereElse(input, word, span)) return [];
    if (value !== undefined)
      return [unknownValue(span, `No query of this guide gives \`${word}\`; one gives \`${value}\`.`, value)];
    if (column === undefined) return [];
    const message = `No query of this guide returns a column \`${word}\`; one returns \`${column}\`.`;
    return [reportColumn(span, message, column, '')];
  });
}

/** Columns with their values, each as one text, so that those which say the same are the same. */
const knownColumns = byAction((action): readonly string[] => {
  const { columns = [], complete } = shapeOfAction(action);
  const known = complete === true ? columns : columns.filter(({ values }) => values !== undefined);
  return known.map(({ name, values = [] }) => JSON.stringify([name, ...values]));
});

/** The columns of the guide before its last edit when they are still the same. */
const sameColumns = keeper<object, { readonly columns: readonly string[] }>();

const givenBy = onceFor(({ columns: all }: { readonly columns: readonly string[] }): Given => {
  const columns = [...new Set(all)].map((one) => JSON.parse(one) as readonly [string, ...string[]]);
  const names = [...new Set(columns.map(([name]) => name))].filter((name) => name.length >= 5);
  const valued = columns.filter(([, ...values]) => values.length > 1);
  return {
    names,
    values: collect(valued, ([, ...values]) => values),
    columns: collect(valued, ([name, ...values]) => values.map(() => spoken(name))),
  };
});

/** Tells what a candidate is a slip of where the queries give this; looked for once. */
const slipsOf = onceFor(({ names, values, columns }: Given) => {
  const [smallValues, smallNames] = [inSmallLetters(values), inSmallLetters(names)];
  return onceFor((candidate: Candidate): Slip => {
    const { word, isApart } = candidate;
    const small = word.toLowerCase();
    const isSpokenOf = (_: string, at: number): boolean => spokenBefore(candidate).includes(columns[at] ?? '');
    // Hardly a word is a slip of anything: of what, and whether that is spoken of, is looked for where one is.
    const mayBeOf = (all: readonly string[]): boolean => all.some((one) => isSlip(small, one));
    const isColumn = word.includes('_') && word === small;
    return {
      value:
        !isColumn && mayBeOf(smallValues) ? slipAmong(word, isApart ? values : values.filter(isSpokenOf)) : undefined,
      column: (isApart || word.includes('_')) && mayBeOf(smallNames) ? slipAmong(word, names) : undefined,
    };
  });
});

const inSmallLetters = (texts: readonly string[]): readonly string[] => texts.map((text) => text.toLowerCase());

const spokenBefore = onceFor(({ before }: Candidate) => spoken(before.replace(/[`"']/g, ' ')));

/** The guide's text has the word here only. */
function isNowhereElse({ guide }: CheckInput, word: string, { start, end }: Span): boolean {
  const { text } = guide;
  const isWord = (at: number): boolean => /\w/.test(text.charAt(at));
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
    if ((at < start || at >= end) && !isWord(at - 1) && !isWord(at + word.length)) return false;
  return true;
}

/** The one of the names from which the word differs by a letter too many, one too few, or two that changed places. */
function slipAmong(word: string, names: readonly string[]): string | undefined {
  if (names.some((name) => name.toLowerCase() === word.toLowerCase())) return undefined;
  return names.find((name) => name.length >= 5 && isSlip(word.toLowerCase(), name.toLowerCase()));
}

function isSlip(word: string, name: string): boolean {
  // "Fail" of "Fails", and a word without its first letter, may be meant.
  if (word.charAt(0) !== name.charAt(0) || Math.abs(word.length - name.length) > 1) return false;
  if (word.startsWith(name) || name.startsWith(word)) return false;
  const [longer, shorter] = word.length > name.length ? [word, name] : [name, word];
  let at = 0;
  while (at < shorter.length && longer[at] === shorter[at]) at++;
  if (longer.length === shorter.length + 1) return longer.slice(at + 1) === shorter.slice(at);
  return (
    longer.length === shorter.length &&
    longer[at] === shorter[at + 1] &&
    longer[at + 1] === shorter[at] &&
    longer.slice(at + 2) === shorter.slice(at + 2)
  );
}

const asks = /^\W*(?:(?:otherwise|but|and|then|now),? )*(?:if|when|once|while|until|unless|where)\b/i;

/** Words of conditions that are set apart, that stand behind "is", or that are written as columns are. */
const candidates = bySection((part) =>
  collect(part.sentences(), (sentence) => (asks.test(sentence.text) ? candidatesIn(sentence) : [])),
);

function candidatesIn(sentence: Sentence): readonly Candidate[] {
  const { prose, text, start, codes } = sentence;
  const at = (index: number, word: string, isApart: boolean): Candidate => ({
    word,
    span: sourceSpan(prose, start + index, start + index + word.length),
    isApart,
    before: text.slice(0, index),
  });
  const coded = codes.flatMap((code) => {
    const word = prose.plain.slice(code.start, code.end);
    return /^[A-Za-z]\w{4,60}$/.test(word) && code.start >= start ? [at(code.start - start, word, true)] : [];
  });
  const inCode = (index: number): boolean =>
    codes.some((code) => code.start <= start + index && start + index < code.end);
  const apart = allMatches(text, /(["'“‘])([A-Za-z][\w-]{4,60})["'”’](?!\w)/g)
    .filter(({ index }) => !/\w$/.test(text.slice(0, index)) && !inCode(index + 1))
    .map(({ index, 2: word = '' }) => at(index + 1, word, true));
  const said = allMatches(
    text,
    /\b(?:is|was|are|were|shows?|says?|reads?|equals?) (?:still )?([A-Za-z][\w-]{4,60})(?=[\s,.;:]|$)/g,
  )
    .filter(({ index }) => !inCode(index))
    .map(({ index, 0: whole, 1: word = '' }) => at(index + whole.length - word.length, word, false));
  const snake = allMatches(text, /(?<![\w.'"/{$<`])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w(.'"/>}`])/g)
    .filter(({ index }) => !inCode(index))
    .map(({ index, 0: word }) => at(index, word, false));
  return [...coded, ...apart, ...said, ...snake];
}
