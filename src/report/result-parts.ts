// What an action gave as the end of a sentence: its rows, its status, or its exit code with the line that it printed. Longer outputs
// are counted here and shown among the outputs.
import { hasNoTable, isAffectedNote, type ActionResult, type ActionView } from '../run/index.ts';
import type { Part } from './report.ts';
import { countWords, resultWords } from './words.ts';

/** A longer line is counted, not quoted. */
const longestQuote = 200;

/** `gave 3 rows`, `gave exit code 0 and the output “disk is 97 percent full”`. */
export function resultParts({ tool, result }: ActionView, verb: 'gave' | 'has given' = 'gave'): readonly Part[] {
  if (!result) return [`${verb} no output`];
  const { text = '', errorText = '', exitCode, notes } = result;
  if (hasNoTable(result)) return [`${verb} `, ...noTableParts(result)];
  if (isCounted(result)) return [`${verb} ${resultWords(result)}`];
  const given: (readonly Part[])[] = [
    exitCode === undefined ? [] : [`exit code ${exitCode}`],
    isEmpty(text) ? [] : outputParts(text, 'output'),
    isEmpty(errorText) ? [] : outputParts(errorText, 'error output'),
  ].filter(({ length }) => length > 0);
  if (given.length > 0) return [`${verb} `, ...listed(given)];
  const byHand = tool === undefined && notes.length > 0;
  return byHand ? ['was done by hand: ', { said: notes.join(' ').replace(/\.$/, '') }] : [`${verb} no output`];
}

/** `no table (1 row affected)`: what a statement that is no question gave. */
export function noTableParts({ notes }: ActionResult): readonly Part[] {
  const affected = notes.find(isAffectedNote);
  return affected === undefined ? ['no table'] : ['no table (', { said: affected.replace(/\.$/, '') }, ')'];
}

/** False for what went well and said nothing. */
export function isWorthTelling(result: ActionResult): boolean {
  const { text = '', errorText = '', exitCode = 0, json, notes } = result;
  if (isCounted(result) || exitCode !== 0 || json !== undefined) return true;
  return !isEmpty(text) || !isEmpty(errorText) || (result.exitCode === undefined && notes.length > 0);
}

/** Rows, the status of an answer and the outcome of a called guide say more than the text that came with them. */
function isCounted({ rows, rowCount, status, outcome }: ActionResult): boolean {
  return (rowCount ?? rows ?? status ?? outcome) !== undefined;
}

const isEmpty = (text: string): boolean => text.trim() === '';

/** The one line that was printed, or how many there are. */
function outputParts(text: string, what: string): readonly Part[] {
  const lines = text.trim().split('\n');
  const [line = ''] = lines;
  return lines.length === 1 && line.length <= longestQuote
    ? [`the ${what} “`, { said: line }, '”']
    : [`${countWords(lines.length, 'line')} of ${what}`];
}

/** One, `a and b`, `a, b and c`. */
function listed(all: readonly (readonly Part[])[]): readonly Part[] {
  return all.flatMap((one, at) => [...(at === 0 ? [] : [at === all.length - 1 ? ' and ' : ', ']), ...one]);
}
