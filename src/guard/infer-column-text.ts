// Conditions that name a column and, in back-ticks or quotes, a text that it may hold: "`state` is `streaming`", "the dependency is
// "payments"". The query does not tell all that the column can hold, so that only the author's own words say what is meant: a value in
// which the text stands among others, or in other letters, goes to a person.
import { isMeasure } from './column-measure.ts';
import { celColumn, celText, mentioned, type Sentence, wordsOf } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { readSubject } from './row-quantifier.ts';
import type { ShapeColumn } from './scope.ts';
import { moodOf } from './status-mood.ts';
import { wholeLine } from './whole-line.ts';

const value = String.raw`(?:"\d+|true|false)`;
/** Without quotes only capitals say that a word is meant as it stands: "status is FAILED". */
const capitals = /(?<=\s)[A-Z][A-Z0-9_]{2,}$/;
const values = String.raw`(?:either )?(?<values>${value}(?:(?: , or| ,| or) ${value})*)`;
const is = String.raw`(?:is|are|was|were|equals?|reads|shows?|says|=|==|(?:is|are|was|were) (?:set to|equal to|now|exactly))`;
const isNot = String.raw`(?:is not|are not|isn't|aren't|was not|!=|<>|does not equal|doesn't equal|is (?:anything|something) other than)`;
const form = `(?<subject>.+?) (?:(?<not>${isNot})|${is})(?: the (?:value|text|string))? ${values}`;

/** The guard of such a condition, or null. */
export function inferColumnText(sentence: Sentence): InferredGuard | null {
  const { shape, parentheses, line, written } = sentence;
  if (!shape.members.includes('rows') || parentheses.length > 0) return null;
  const loud = capitals.exec(written)?.[0];
  const told = loud === undefined ? line : line.replace(/[a-z][a-z0-9_]*$/, '"loud');
  const groups = wholeLine(form).exec(told.replace('"loud', '"9999'))?.groups;
  const subject = groups && readSubject(sentence, groups['subject'] ?? '');
  const column = subject?.column;
  // What the query's own CASE gives is a closed set, and a measure is a number: a word for it is a judgement.
  if (!groups || !subject || !column || column.values || isMeasure(column)) return null;
  const isState = ofState.test(wordsOf(column.name).at(-1) ?? '');
  // "Any region is DOWN" is about the region, and not about what it is called.
  if (!isState && (loud !== undefined || (!subject.explicit && subject.quantifier !== 'bare'))) return null;
  const signs = groups['values']?.match(/"\d+|true|false/g) ?? [];
  const said = signs
    .map((sign) => mentioned(sentence, sign))
    .flatMap((one) => (one?.kind === 'quoted' ? [one.text] : []));
  if (!isState && said.some((word) => moodOf(word) !== null)) return null;
  const tests = signs.map((sign) => testOf(column, sign === '"9999' ? (loud ?? '') : sign, sentence));
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

/** The last word of a column that says how something is, and not which one. */
const ofState =
  /^(?:state|status|phase|health|condition|mode|type|kind|role|class|category|reason|result|outcome|level|severity|verdict|assessment|event|action|stage|step|grade|rating|flag|code|enabled|active|ready|primary|connected|paused|locked|valid)s?$/;

function testOf(column: ShapeColumn, sign: string, sentence: Sentence): string | null {
  const what = celColumn(column);
  const quoted = sign.startsWith('"') ? mentioned(sentence, sign) : undefined;
  const word = quoted?.kind === 'quoted' ? quoted.text : sign;
  if (/^(?:true|false)$/i.test(word)) return `${what} == ${word.toLowerCase()}`;
  // A placeholder, a pattern, nothing at all, and a number, which may be one or a text.
  if (/^(?:|null|none|nil|empty|-?[\d.,]+%?)$|[<>{}*…$\n]|\.\.\./i.test(word) || word.length > 80) return null;
  return `${what}.reads(${celText(word)})`;
}
