// Ways to name a measure that stand around its number: "is valid for 21 days or more" and "has more than 60 % of the flows" are
// brought into the form of "valid time is 21 days or more" and "share of flows is more than 60 %", which test-of-words.ts reads.

/** The condition with its measure before the number; the line itself where there is no such form. */
export function withPlainMeasure(line: string, previous: string | null): string {
  return withShare(withTime(line, previous), previous);
}

const time = String.raw`(?:(?:milli)?seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b`;
const lasts = new RegExp(
  String.raw`^(.*?) ?\b(?:is|are|was|were|has been|have been|stays|stay|remains|remain)(?: still| now| only| already)? ([a-z-]+) for (?=(?:[a-z≥≤<>= ]+ )?\d[\d.,]* ?${time})`,
);
const comesIn = new RegExp(
  String.raw`^(.*?) ?\b(?:will )?(expires?|ends?|runs? out)(?: only)? in (?=(?:[a-z≥≤<>= ]+ )?\d[\d.,]* ?${time})`,
);

function withTime(line: string, previous: string | null): string {
  const [lasting, who, state] = lasts.exec(line) ?? [];
  if (lasting !== undefined && who !== undefined && state !== undefined)
    return `${named(who, `${state} time`, previous)} is ${line.slice(lasting.length).replace(/ (and|or|but) for (?=[a-z≥≤<>= ]*\d)/g, ' $1 ')}`;
  const [coming, whose, end] = comesIn.exec(line) ?? [];
  if (coming === undefined || whose === undefined || end === undefined) return line;
  const measure = end.startsWith('expire') ? 'time_to_expiry' : 'time_to_end';
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
