// Conditions about how many rows a query returned: "no rows are returned", "the result is empty", "more than 5 rows".
import type { Sentence } from './condition-sentence.ts';
import { singular, wordsOf } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { comparisonOf, comparisonWords, numberOf } from './infer-threshold.ts';
import { wholeLine } from './whole-line.ts';

const query = String.raw`(?:(?:the|this|that|above) )*(?:sql )?(?:query|search|select|statement|step|it|this|query results?|results?|result set|output)`;
const gives =
  '(?:returns?|returned|gives?|yields?|produces?|finds?|found|has|have|had|contains?|shows?|showed|brings? back|comes? back with)';
const givesNot =
  "(?:does not|do not|doesn't|don't|did not|didn't) (?:return|give|yield|produce|find|have|contain|show)";
const rows = String.raw`(?:(?:matching |result )?(?:rows?|results?|records?|entries|entry|matches|data))`;
const are = '(?:is|are|was|were|gets?|has been|have been)';
const back = '(?:returned|found|present|there|shown|listed|displayed)';

/** The guard of a condition about the number of rows, or null. */
export function inferRowCount(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses } = sentence;
  if (!shape.members.includes('rowCount') || parentheses.length > 0) return null;
  const noun = rowNoun(sentence);
  // A query that always gives one row cannot say anything by the number of its rows.
  if (shape.rows === 'one') return null;
  const thing = noun === null ? rows : `(?:${rows}|${noun})`;
  const because = 'the words are about the number of rows';
  if (isEmpty(plain, thing)) return { cel: 'rowCount == 0', because };
  if (isFilled(plain, thing)) return { cel: 'rowCount > 0', because };
  const counted = count(sentence, plain, thing);
  return counted === null ? null : { cel: counted, because };
}

/** What the query's rows may be called, as a pattern: its table's or CTE's own name ("blocked sessions"). */
function rowNoun({ shape }: Sentence): string | null {
  if (shape.rowsOf === undefined) return null;
  const words = wordsOf(shape.rowsOf).filter((word) => /^[a-z]{3,}$/.test(word));
  const head = words.at(-1);
  if (head === undefined) return null;
  const plural = (word: string): string => `${singular(word).replace(/y$/, '(?:y|ie)')}(?:e?s)?`;
  const full = [...words.slice(0, -1), ''].join(' ') + plural(head);
  return `(?:${full}|${plural(head)})`;
}

function fits(line: string, ...patterns: readonly string[]): boolean {
  return patterns.some((pattern) => wholeLine(pattern).test(line));
}

function isEmpty(line: string, thing: string): boolean {
  return fits(
    line,
    `(?:there ${are} )?no ${thing}(?: ${are}| come| comes)?(?: ${back}| back)?`,
    `${query} ${gives} (?:no ${thing}|nothing|an empty (?:result|result set|set|table)|no ${thing} at all)`,
    `${query} ${givesNot} (?:any ${thing}|anything|${thing})`,
    `(?:the |this )?(?:query )?(?:results?|result set|output) (?:${are}|comes? back) empty`,
    `${query} ${are} empty`,
    `nothing (?:${are} (?:returned|shown|listed|displayed)|comes? back|came back)`,
    `(?:there ${are} )?not any ${thing}`,
  );
}

function isFilled(line: string, thing: string): boolean {
  const some = '(?:any|some|at least one|one or more)';
  return fits(
    line,
    `(?:there ${are} )?${some} ${thing}(?: ${are}(?: ${back})?| come back| exists?)?`,
    `there ${are} ${thing}`,
    `${thing} (?:${are} ${back}|comes? back)`,
    `${query} ${gives} (?:${some} )?(?:${thing}|something|a row)`,
    `(?:the |this )?(?:query )?(?:results?|result set|output) ${are} (?:not empty|non-empty)`,
    `${query} (?:${are} not|isn't) empty`,
    `a (?:matching )?(?:row|record|result|entry) ${are} ${back}`,
  );
}

function count(sentence: Sentence, line: string, thing: string): string | null {
  const compare = `(?<compare>${comparisonWords})`;
  const number = String.raw`(?<number>#\d+)`;
  const amount = `(?:${compare} ${number}|${number.replace('number', 'bare')}(?: or (?<more>more|fewer|less))?)`;
  const many = `${amount} ${thing}`;
  const patterns = [
    `(?:there ${are} )?${many}(?: ${are}(?: ${back})?)?`,
    `${query} ${gives} ${many}`,
    // Whatever the rows are called: what is returned by a query are its rows.
    `(?:there ${are} )?${amount} (?:[a-z]+ )?(?<noun>[a-z]+s) (?:${are} )?(?:returned|listed)`,
    `(?:the )?(?:row count|rowcount|number of (?:rows|results|records)(?: returned)?|count of rows) ${are}(?: ${compare})? ${number}`,
    `(?:the )?(?:row count|rowcount|number of (?:rows|results|records)(?: returned)?|count of rows) (?<direct>exceeds|>|>=|<|<=|==|=|≥|≤) ${number}`,
    `(?:there (?:is|are) |${query} ${gives} )(?<only>exactly one|only one|a single) (?:row|result|record|entry)`,
    `(?:there are |${query} ${gives} )?(?<several>more than one|multiple|several) (?:rows|results|records|entries|row|result|record)(?: ${are} ${back})?`,
  ];
  for (const pattern of patterns) {
    const groups = wholeLine(pattern).exec(line)?.groups;
    if (!groups || isColumn(groups['noun'] ?? /[a-z]+$/.exec(line.replace(returned, ''))?.[0], sentence)) continue;
    if (groups['only'] !== undefined) return 'rowCount == 1';
    if (groups['several'] !== undefined) return sentence.shape.rows === 'at-most-one' ? null : 'rowCount > 1';
    const value = numberOf(sentence, groups['number'] ?? groups['bare']);
    if (value === null || !Number.isInteger(value) || value < 0) return null;
    const { compare: words, direct, more } = groups;
    const sign = comparisonOf.get(words ?? direct ?? '');
    if (more !== undefined) return `rowCount ${more === 'more' ? '>=' : '<='} ${value}`;
    if (sign !== undefined) return `rowCount ${sign} ${value}`;
    // "returns 3 rows" leaves open whether four would do as well; "0 rows" and "the row count is 3" do not.
    return value === 0 || pattern.includes('row count') ? `rowCount == ${value}` : null;
  }
  return null;
}

const returned = new RegExp(`(?: ${are})?(?: ${back})?(?: or (?:more|fewer|less))?$`);

/** "More than 5 errors are returned" of a query with a column `errors` may be about its numbers. */
function isColumn(noun: string | undefined, { shape: { columns = [] } }: Sentence): boolean {
  return (
    noun !== undefined && columns.some(({ name }) => wordsOf(name).some((word) => singular(word) === singular(noun)))
  );
}
