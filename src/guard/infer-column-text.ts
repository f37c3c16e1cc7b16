// Conditions that name a column and, in back-ticks or quotes, a text that it may hold: "`state` is `streaming`", "the dependency is
// "payments"". The query does not tell all that the column can hold, so that only the author's own words say what is meant: a value in
// which the text stands among others, or in other letters, goes to a person.
import { isMeasure } from './column-measure.ts';
import { celColumn, celText, mentioned, type Sentence } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { readSubject } from './row-quantifier.ts';
import type { ShapeColumn } from './scope.ts';
import { wholeLine } from './whole-line.ts';

const value = String.raw`(?:"\d+|true|false)`;
const values = String.raw`(?:either )?(?<values>${value}(?:(?: , or| ,| or) ${value})*)`;
const is = String.raw`(?:is|are|was|were|equals?|reads|shows?|says|=|==|(?:is|are|was|were) (?:set to|equal to|now|exactly))`;
const isNot = String.raw`(?:is not|are not|isn't|aren't|was not|!=|<>|does not equal|doesn't equal|is (?:anything|something) other than)`;
const form = `(?<subject>.+?) (?:(?<not>${isNot})|${is})(?: the (?:value|text|string))? ${values}`;

/** The guard of such a condition, or null. */
export function inferColumnText(sentence: Sentence): InferredGuard | null {
  const { shape, parentheses, line } = sentence;
  if (!shape.members.includes('rows') || parentheses.length > 0) return null;
  const groups = wholeLine(form).exec(line)?.groups;
  const subject = groups && readSubject(sentence, groups['subject'] ?? '');
  const column = subject?.column;
  // What the query's own CASE gives is a closed set, and a measure is a number: a word for it is a judgement.
  if (!groups || !subject || !column || column.values || isMeasure(column)) return null;
  const signs = groups['values']?.match(/"\d+|true|false/g) ?? [];
  const tests = signs.map((sign) => testOf(column, sign, sentence));
  if (tests.includes(null)) return null;
  const holds = tests.join(' || ');
  const fails = tests.length === 1 ? `!${holds}` : `!(${holds})`;
  const test = groups['not'] === undefined ? holds : fails;
  const made = { because: `the words are about a text that \`${column.name}\` holds`, column: column.name };
  if (subject.first && shape.rows === undefined) return null;
  switch (subject.quantifier) {
    case 'some':
      return { cel: `rows.exists(r, ${test})`, ...made };
    case 'none':
      return groups['not'] === undefined ? { cel: `!rows.exists(r, ${holds})`, ...made } : null;
    case 'every':
      return groups['not'] === undefined ? { cel: `rowCount > 0 && rows.all(r, ${holds})`, ...made } : null;
    case 'not-every':
      return groups['not'] === undefined ? { cel: `rows.exists(r, ${fails})`, ...made } : null;
    case 'bare':
      return { cel: `same(rows.map(r, ${test}))`, ...made };
  }
}

function testOf(column: ShapeColumn, sign: string, sentence: Sentence): string | null {
  const what = celColumn(column);
  const quoted = sign.startsWith('"') ? mentioned(sentence, sign) : undefined;
  const word = quoted?.kind === 'quoted' ? quoted.text : sign;
  if (/^(?:true|false)$/i.test(word)) return `${what} == ${word.toLowerCase()}`;
  // A placeholder, a pattern, nothing at all, and a number, which may be one or a text.
  if (/^(?:|null|none|nil|empty|-?[\d.,]+%?)$|[<>{}*…$\n]|\.\.\./i.test(word) || word.length > 80) return null;
  return `${what}.reads(${celText(word)})`;
}
