// Ways to name a measure that stand around its number: "is valid for 21 days or more" and "has more than 60 % of the flows" are
// brought into the form of "valid time is 21 days or more" and "share of flows is more than 60 %", which test-of-words.ts reads.
import { numeralOf } from '../guide/index.ts';

/** The condition with its measure before the number; the line itself where there is no such form. */
export function withPlainMeasure(line: string, previous: string | null): string {
  return withShare(withTime(withSpan(withPassive(line)), previous), previous);
}

const few = 'one|two|three|four|five|six|seven|eight|nine|ten';
/** "No series comes back", "three or more brokers respond", "none remains". */
const countedActs = new RegExp(
  String.raw`^((?:there (?:is|are) )?(?:none|(?:no|(?:(?:only|just|exactly|at least|at most|between|(?:more|fewer|less) than) )?(?:\d{1,6}|${few})(?: (?:or|and) (?:more|fewer|less)| ?(?:to|or|and|-|–) ?(?:\d{1,6}|${few}))?)(?: [a-z][a-z-]*){1,3})) (comes? (?:back|out)|came (?:back|out)|(?:shows?|turns?) up|remains?|responds?|answers?|fails?|match(?:es)?|waits?|exists?|appears?)$`,
);
const done: readonly (readonly [RegExp, string])[] = [
  [/^c[oa]mes? /, 'returned'],
  [/ up$|^appear/, 'shown'],
  [/^remain/, 'left'],
];

/** Things that are counted by what they do, as if it was done to them: "no series are returned", "3 or more brokers are respond". */
function withPassive(line: string): string {
  const [, things, verb] = countedActs.exec(line) ?? [];
  if (things === undefined || verb === undefined) return line;
  const state = done.find(([pattern]) => pattern.test(verb))?.[1] ?? verb.replace(/(?<=match)es$|s$/, '');
  const isOne = /\b(?:one|1) \S+$/.test(things) && !/\bor (?:more|fewer|less)\b/.test(things);
  return `${things.replace(fewThings, (word) => String(numeralOf(word)))} ${isOne ? 'is' : 'are'} ${state}`;
}

/** A number in words; "one broker" and "exactly one broker" are read as they stand. */
const fewThings = new RegExp(
  String.raw`(?<=\b(?:at least|at most|between|than|to|or|and|exactly|only|just) |^)(?:${few})\b(?<!^(?:(?:exactly|only|just) )?one)(?! or (?:more|fewer|less)\b)`,
  'g',
);

const amount = String.raw`-?\d[\d,]*(?:\.\d+)?`;
const someUnit = String.raw`(?:\s?(?:%|percent|(?!(?:and|or|up)\b)[a-z]+))?`;
/** "Between 20 and 100 jobs are waiting". */
const manyBetween = new RegExp(
  String.raw`^(there (?:is|are|was|were) )?between (${amount}) and (${amount} [a-z-]+(?: [a-z-]+){0,2} (?:is|are|was|were) )`,
);
/** "From 5 % up", "5 % and upwards". */
const fromUp = new RegExp(
  String.raw`^(.*?)(?:\bfrom )?(${amount}${someUnit})(?:,? (?:and|or))? (?:up|upwards?|onwards?)$`,
);
/** "Expires within 7 days", "is due within an hour". */
const within = new RegExp(String.raw`\b(expires?|ends?|runs? out|lapses?) within (?:the next )?(?=\d)`);
/** "Older than an hour", "is a day old or younger". */
const oneOfTime =
  /\b(than|least|most|above|over|under|below|within|in|is|are|to|after|exceeds?|exactly|for) an? (?=(?:second|minute|hour|day|week|month)\b)/g;
/** "At most 1 pod is ready" is said of pods. */
const single =
  /^((?:at most|at least|exactly|only|just|up to|more than|less than|fewer than|over|under) )1 ([a-z-]{2,}[^s\s]) (?:is|was) /;

/** A span or a single one in the words that the other patterns know. */
function withSpan(line: string): string {
  if (!/\b(?:between|up|upwards?|onwards?|within|1|an?)\b/.test(line)) return line;
  return line
    .replace(oneOfTime, '$1 1 ')
    .replace(manyBetween, '$1$2 to $3')
    .replace(fromUp, (_, who: string, from: string) => `${who.trim()} is ${from} or more`.trim())
    .replace(within, '$1 in at most ')
    .replace(single, '$11 $2s are ');
}

const time = String.raw`(?:(?:milli)?seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b`;
const lasts = new RegExp(
  String.raw`^(.*?) ?\b(?:is|are|was|were|has been|have been|stays|stay|remains|remain)(?: still| now| only| already)? ([a-z-]+) for (?=(?:[a-z≥≤<>= ]+ )?\d[\d.,]* ?${time})`,
);
const comesIn = new RegExp(
  String.raw`^(.*?) ?\b(?:will )?(expires?|ends?|runs? out|lapses?)(?: only)? in (?=(?:[a-z≥≤<>= ]+ )?\d[\d.,]* ?${time})`,
);

function withTime(line: string, previous: string | null): string {
  const [lasting, who, state] = lasts.exec(line) ?? [];
  if (lasting !== undefined && who !== undefined && state !== undefined)
    return `${named(who, `${state} time`, previous)} is ${line.slice(lasting.length).replace(/ (and|or|but) for (?=[a-z≥≤<>= ]*\d)/g, ' $1 ')}`;
  const [coming, whose, end] = comesIn.exec(line) ?? [];
  if (coming === undefined || whose === undefined || end === undefined) return line;
  const measure = /^(?:expire|lapse)/.test(end) ? 'time_to_expiry' : 'time_to_end';
  return `${named(whose, measure, previous)} is ${line.slice(coming.length)}`;
}

/** "Has 40 % of the flows", "takes between 40 % and 60 % of all requests". */
const part = new RegExp(
  String.raw`^(.*?) (?:has|have|had|holds?|takes?|gets?|uses?|receives?|serves?|sends?|causes?|makes? up|accounts? for|is|are) ((?:[a-z≥≤<>=]+ )*?\d.*(?:%|percent)(?: or (?:more|less|fewer))?) of (?:the |all |its |our |their )*([a-z-]+(?: [a-z-]+)?)$`,
);

function withShare(line: string, previous: string | null): string {
  const [, who, amount, whole] = part.exec(line) ?? [];
  if (who === undefined || amount === undefined || whole === undefined) return line;
  // The join of words keeps "of", which names of measures lose.
  return `${named(who, `share_of_${whole.replaceAll(' ', '_')}`, previous)} is ${amount}`;
}

/** "It" is what the condition before was about, when that was measured so; a measure that nobody has stands alone. */
function named(who: string, measure: string, previous: string | null): string {
  if (!/^(?:it|they|this|that)?$/.test(who.trim())) return `${who} ${measure}`;
  return previous?.endsWith(measure.replaceAll('_', ' ')) === true ? 'it' : measure;
}
