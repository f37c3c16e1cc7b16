// Conditions that name a column and, in back-ticks or quotes, a text that it may hold: "`state` is `streaming`", "the dependency is
// "payments"". The query does not tell all that the column can hold, so that only the author's own words say what is meant: a value in
// which the text stands among others, or in other letters, goes to a person.
import { isMeasure } from './column-measure.ts';
import { celColumn, mentioned, type Sentence, wordsOf } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { overRows, readSubject } from './row-quantifier.ts';
import { moodOf } from './status-mood.ts';
import { valueTest } from './value-test.ts';
import { wholeLine } from './whole-line.ts';

/** `CAPITALS` stands for the word in capitals, which without quotes is meant as it stands: "status is FAILED". */
const value = String.raw`(?:"\d+|true|false|CAPITALS)`;
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
  const told = loud === undefined ? line : line.replace(/[a-z][a-z0-9_]*$/, 'CAPITALS');
  const groups = wholeLine(form).exec(told)?.groups;
  const subject = groups && readSubject(sentence, groups['subject'] ?? '');
  const column = subject?.column;
  // What the query's own CASE gives is a closed set, and a measure is a number: a word for it is a judgement.
  if (!groups || !subject || !column || column.values || isMeasure(column)) return null;
  const isState = ofState.test(wordsOf(column.name).at(-1) ?? '');
  // "Any region is DOWN" is about the region, and not about what it is called.
  if (!isState && (loud !== undefined || (!subject.explicit && subject.quantifier !== 'bare'))) return null;
  const said = (groups['values']?.match(/"\d+|true|false|CAPITALS/g) ?? []).map((sign) => {
    const quoted = sign.startsWith('"') ? mentioned(sentence, sign) : undefined;
    return quoted?.kind === 'quoted' ? quoted : { text: sign === 'CAPITALS' ? (loud ?? '') : sign };
  });
  if (!isState && said.some((one) => 'kind' in one && moodOf(one.text) !== null)) return null;
  const tests = said.map(({ text }) => valueTest(celColumn(column), text));
  if (tests.includes(null) || (subject.first && shape.rows === undefined)) return null;
  const holds = tests.join(' || ');
  const fails = tests.length === 1 ? `!${holds}` : `!(${holds})`;
  const isDenied = groups['not'] !== undefined;
  const { quantifier } = subject;
  if (isDenied && quantifier !== 'some' && quantifier !== 'bare') return null;
  return {
    cel:
      quantifier === 'not-every'
        ? overRows('rows', 'some', fails)
        : overRows('rows', quantifier, isDenied ? fails : holds),
    because: `the words are about a text that \`${column.name}\` holds`,
    column: column.name,
  };
}

/** The last word of a column that says how something is, and not which one. */
const ofState =
  /^(?:state|status|phase|health|condition|mode|type|kind|role|class|category|reason|result|outcome|level|severity|verdict|assessment|event|action|stage|step|grade|rating|flag|code|enabled|active|ready|primary|connected|paused|locked|valid)s?$/;
