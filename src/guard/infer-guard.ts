// Reads a condition's words as a guard where they can mean only one thing. Precision comes before recall: a guard that
// decides wrongly is the worst fault this product can have, so every word must be read, and doubt gives null.
import { type ClauseWord, readClause } from './condition-clause.ts';
import { type Sentence, writeSentence } from './condition-sentence.ts';
import { inferColumnText } from './infer-column-text.ts';
import { inferDescribed } from './infer-described.ts';
import { inferDisks } from './infer-disks.ts';
import { inferLoad } from './infer-load.ts';
import { inferExitCode, inferOutput } from './infer-command.ts';
import { inferHttpStatus } from './infer-http.ts';
import { inferJsonField } from './infer-json-field.ts';
import { inferKnownCommand, noAnswer } from './infer-known-command.ts';
import { inferLineField } from './infer-line-field.ts';
import { inferListing } from './infer-listing.ts';
import { inferOnlyNumber, inferOnlyWord } from './infer-only-value.ts';
import { inferListingCount } from './infer-listing-count.ts';
import { inferPrinted, inferPrintedNumber, inferReads, inferSample } from './infer-printed.ts';
import { inferRowCount } from './infer-row-count.ts';
import { inferStatusWords } from './infer-status-words.ts';
import { inferThreshold } from './infer-threshold.ts';
import type { ResultShape } from './scope.ts';

/** A guard that the words of a condition state, and the reason in one phrase. */
export interface InferredGuard {
  readonly cel: string;
  readonly because: string;
  /** The column that is meant by its name alone: a parameter that is called so could be meant as well. */
  readonly column?: string;
}

const families: readonly ((sentence: Sentence) => InferredGuard | null)[] = [
  inferStatusWords,
  inferSample,
  inferThreshold,
  inferListing,
  inferListingCount,
  inferColumnText,
  inferRowCount,
  inferExitCode,
  inferKnownCommand,
  inferHttpStatus,
  inferJsonField,
  inferDisks,
  inferLoad,
  inferDescribed,
  inferPrintedNumber,
  inferOnlyNumber,
  inferOnlyWord,
  inferPrinted,
  inferReads,
  inferOutput,
  inferLineField,
];

/**
 * The guard that a condition states about a result of this shape, or null when a person must decide. The condition may
 * still carry its "If" and its consequence ("…, go to Step 4").
 */
export function inferGuard(condition: string, shape: ResultShape): InferredGuard | null {
  const clause = readClause(ofColumn(condition, shape));
  if (clause.kind === 'unclear' || shape.members.length === 0) return null;
  const { parentheses } = clause;
  const words = withCommand(clause.words, shape);
  const whole = inferSentence(writeSentence(words, parentheses, shape));
  if (whole) return whole;
  for (const joint of ['or', 'and'] as const) {
    const at = words.findIndex(({ kind, text }) => kind === 'word' && text.toLowerCase() === joint);
    if (at <= 0) continue;
    const before = words[at - 1]?.text === ',' ? at - 1 : at;
    const left = inferSentence(writeSentence(words.slice(0, before), parentheses, shape));
    const right = inferSentence(writeSentence(words.slice(at + 1), parentheses, shape));
    if (!left || !right) return null;
    // "no region is CRITICAL or above 8 %" may deny both; what is said of all may go on to the second part.
    if (/^!|\.all\(|r\S+ !=|!\(r/.test(left.cel)) return null;
    const whole = ({ cel }: InferredGuard): string => (/\?|&& ask/.test(cel) ? `(${cel})` : cel);
    const column = left.column ?? right.column;
    const made = { because: both(left, right), ...(column !== undefined && { column }) };
    if (joint === 'or') return { cel: `${whole(left)} || ${whole(right)}`, ...made };
    // Two statements about rows may be meant of one and the same row.
    const aboutRows = [left, right].filter(({ cel }) => cel.includes('r.') || cel.includes('r['));
    if (aboutRows.length > 1 && shape.rows === undefined) return null;
    const bracket = ({ cel }: InferredGuard): string => (/\|\||\?/.test(cel) ? `(${cel})` : cel);
    return { cel: `${bracket(left)} && ${bracket(right)}`, ...made };
  }
  return null;
}

const amounts =
  /^(?:if\s+)?(?:there\s+(?:is|are|were)\s+)?(?:((?:more|less|fewer|greater)\s+than|at\s+least|at\s+most|over|under|above|below)\s+(\d[\d.]*)|(\d[\d.]*)\s*(?:to|-|–)\s*(\d[\d.]*))\s+([a-z][\w-]*)$/i;

/** "More than 100 errors", where the query gives one row with a column `errors`: "errors is more than 100". */
function ofColumn(condition: string, { rows, columns }: ResultShape): string {
  const [, sign, limit, from, to, noun = ''] =
    (rows === 'one' && amounts.exec(condition.replace(/,\s[^]*$/, '').trim())) || [];
  const bare = (name: string): string => name.toLowerCase().replace(/s$/, '');
  const named = columns?.filter(({ name }) => bare(name) === bare(noun)) ?? [];
  const [column] = named;
  if (noun === '' || named.length !== 1 || !column) return condition;
  if (from !== undefined && to !== undefined) return `${column.name} is between ${from} and ${to}`;
  return `${column.name} is ${(sign ?? '').toLowerCase().replace('fewer', 'less')} ${limit ?? ''}`;
}

/** "`ceph health` shows …" is said of the command that the block runs: "the command shows …". */
function withCommand(words: readonly ClauseWord[], { command, piped }: ResultShape): readonly ClauseWord[] {
  if (!command) return words;
  const isCommand = ({ kind, text }: ClauseWord): boolean => {
    const said = text.split(/\s+/).filter((word) => word !== '|');
    // A part of a pipeline has an output of its own.
    if (kind !== 'quoted' || (piped && said.length < command.length)) return false;
    return said.length <= command.length && said.every((word, at) => word === command[at]);
  };
  return words.flatMap((word, at): readonly ClauseWord[] => {
    if (!isCommand(word)) return [word];
    const before = words[at - 1]?.text.toLowerCase();
    const name = words[at + 1]?.text.toLowerCase() === 'command' ? [] : ['command'];
    const article = before === 'the' || before === 'this' ? [] : ['the'];
    return [...article, ...name].map((text) => ({ kind: 'word', text }));
  });
}

function inferSentence(sentence: Sentence): InferredGuard | null {
  for (const family of families) {
    const guard = family(sentence);
    if (guard) return sentence.shape.members.includes('rows') ? guard : withCode(ofPrintedTable(guard), sentence.shape);
  }
  return null;
}

/** A command that answers by its exit code, too, has not failed with one of those: a guard that reads it says so. */
function withCode(guard: InferredGuard, { printed }: ResultShape): InferredGuard {
  const open = openCode(printed);
  return open === null || guard.cel.includes('exitCode') ? guard : { ...guard, cel: `${open} : ${guard.cel}` };
}

function openCode(printed: ResultShape['printed']): string | null {
  if (printed?.kind === 'value') return printed.codes ? noAnswer(printed.codes) : null;
  if (printed?.kind !== 'number' || printed.of === undefined) return null;
  return printed.of === 'search'
    ? "exitCode > 1 ? ask('the search failed')"
    : "exitCode > 125 ? ask('the command could not be run')";
}

/** A guard on columns of a result that is a printed table: its cells are texts. */
function ofPrintedTable({ cel, because }: InferredGuard): InferredGuard {
  if (!/\browCount\b|(?<![.\w])rows\./.test(cel)) return { cel, because };
  const made = cel
    .replace(/\browCount\b/g, 'table(text).size()')
    .replace(/(?<![.\w])rows\./g, 'listed(text).')
    .replace(/(r(?:\.\w+|\['[^']*'\])) ([<>]=?|==|!=) (-?\d[\d.]*)/g, 'double($1) $2 $3');
  return { cel: made, because };
}

function both(left: InferredGuard, right: InferredGuard): string {
  return left.because === right.because ? left.because : `${left.because}, and ${right.because}`;
}
