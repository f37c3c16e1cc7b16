// Conditions that compare a column with a number: "error_rate above 8%", "any region's p95 latency exceeds 2000 ms",
// "availability drops below 99.9 %". Where a result has several rows and the words leave open which, the harmful
// direction asks for one row and the harmless one for all; where neither direction is harmful, nothing is inferred.
import { celColumn, mentioned, type Sentence, singular, wordsOf } from './condition-sentence.ts';
import { harm, isMeasure } from './column-measure.ts';
import type { InferredGuard } from './infer-guard.ts';
import { readSubject, type Subject } from './row-quantifier.ts';
import type { ShapeColumn } from './scope.ts';

type Comparison = '>' | '>=' | '<' | '<=' | '==' | '!=';

const opposite: Readonly<Record<Comparison, Comparison>> = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '==': '!=',
  '!=': '==',
};

const comparisons: readonly (readonly [string, Comparison])[] = [
  ['greater than or equal to', '>='],
  ['more than or equal to', '>='],
  ['less than or equal to', '<='],
  ['equal to or greater than', '>='],
  ['equal to or less than', '<='],
  ['at least', '>='],
  ['no less than', '>='],
  ['not less than', '>='],
  ['at most', '<='],
  ['no more than', '<='],
  ['not more than', '<='],
  ['no greater than', '<='],
  ['greater than', '>'],
  ['more than', '>'],
  ['higher than', '>'],
  ['larger than', '>'],
  ['bigger than', '>'],
  ['above', '>'],
  ['over', '>'],
  ['exceeding', '>'],
  ['exceeds', '>'],
  ['exceed', '>'],
  ['exceeded', '>'],
  ['less than', '<'],
  ['lower than', '<'],
  ['fewer than', '<'],
  ['smaller than', '<'],
  ['below', '<'],
  ['under', '<'],
  ['equal to', '=='],
  ['equals', '=='],
  ['equal', '=='],
  ['exactly', '=='],
  ['not equal to', '!='],
  ['>=', '>='],
  ['≥', '>='],
  ['<=', '<='],
  ['≤', '<='],
  ['>', '>'],
  ['<', '<'],
  ['==', '=='],
  ['=', '=='],
  ['!=', '!='],
  ['≠', '!='],
  ['<>', '!='],
];
/** Comparing words by their meaning. */
export const comparisonOf: ReadonlyMap<string, Comparison> = new Map(comparisons);
/** All comparing words as one alternative of a pattern, the longest first. */
export const comparisonWords = [...comparisons.map(([words]) => words)]
  .sort((a, b) => b.length - a.length)
  .map((words) => words.replace(/[=<>!]/g, '\\$&'))
  .join('|');

/**
 * The sign of a comparison that a pattern has found: its comparing words (`compare`), "or more" (`more`), and whether it is denied (`not`).
 * Where nothing compares, the number is to be equal, or exceeded. Null where the words do not fit together.
 */
export function signSaid(
  { compare: words, more, not }: Readonly<Record<string, string | undefined>>,
  exceeds: boolean,
): Comparison | null {
  if (more !== undefined)
    return words !== undefined || not !== undefined ? null : /^(?:more|higher|greater|above)$/.test(more) ? '>=' : '<=';
  if (words === undefined) return not !== undefined ? '!=' : exceeds ? '>' : '==';
  const sign = comparisonOf.get(words) ?? null;
  return not === undefined || sign === null ? sign : opposite[sign];
}

const be =
  '(?:is|are|was|were|be|goes|rises|climbs|drops|drop|falls|fall|gets|stays|remains|has risen|has dropped|has fallen)';
const not =
  "(?<not>(?:is|are|was|were|does|do|did) not(?: drop| fall| rise| go)?|(?:is|are|was|were|does|do|did)n't(?: drop| fall| rise| go)?)";
const unit = '(?: (?<unit>%|percent|[a-z]+))?';
const scope = String.raw`(?: (?:in|for|on|across|of|at) (?<scope>(?:any|some|at least one|one or more|all|every|each|no) .+?))?`;
const found = String.raw`(?: (?:is|are|exists?|was|were)(?: (?:found|present|returned|reported|detected|shown|listed|seen))?)?`;
const whole = new RegExp(
  String.raw`^(?<before>.*?)(?<column>@\d+)(?: values?)?(?: (?:${not}|${be}|of|has|have))?(?: (?<compare>${comparisonWords}))? (?<number>#\d+)${unit}(?: or (?<more>more|higher|above|greater|over|less|lower|below|fewer|under))?${scope}${found}$`,
);
const between = new RegExp(
  String.raw`^(?<before>.*?)(?<column>@\d+)(?: values?)?(?: ${be}| of)? between (?<low>#\d+)(?: (?:%|percent|[a-z]+))? and (?<high>#\d+)${unit}${scope}$`,
);

/** The guard of a threshold, or null. */
export function inferThreshold(sentence: Sentence): InferredGuard | null {
  if (sentence.parentheses.length > 0) return null;
  const range = between.exec(sentence.line)?.groups;
  if (range) return inferRange(sentence, range);
  const groups = whole.exec(sentence.line)?.groups;
  if (!groups) return null;
  const read = readPlace(sentence, groups);
  const compare = comparison(groups);
  const written = numberOf(sentence, groups['number']);
  const number = read && inUnitOf(read.column, written, groups['unit']);
  if (!read || compare === null || number === null) return null;
  const cel = thresholdGuard(read, compare, number, sentence);
  return cel === null ? null : { cel, because: `\`${read.column.name}\` is the one column that the words name` };
}

interface Place {
  readonly column: ShapeColumn;
  readonly subject: Subject;
  readonly negated: boolean;
}

type Groups = Readonly<Record<string, string | undefined>>;

/** Which column, and of which rows. */
function readPlace(sentence: Sentence, groups: Groups): Place | null {
  const mention = mentioned(sentence, groups['column'] ?? '');
  if (mention?.kind !== 'column') return null;
  const { column } = mention;
  if (column.values || (column.type !== undefined && column.type !== 'number')) return null;
  let subject: Subject | null = { quantifier: 'bare', first: false, column: null, explicit: false };
  const before = (groups['before'] ?? '').trim();
  const linked =
    /^(?:there (?:is|are) )?(?<who>.+?)(?: (?:has|have|having|with|shows?|reports?|whose)(?: (?:a|an|the|its|their))?|'s)$/.exec(
      before,
    );
  // "any region is above 8" is about regions, not about a number called region.
  const measure = mention.explicit || isMeasure(column);
  if (linked) {
    subject = readSubject(sentence, linked.groups?.['who'] ?? '');
    if (subject?.column && subject.explicit) return null;
    // "all regions with an error rate above 8" names some of the regions and says nothing yet of them.
    if (/(?:with|having|whose)(?: \w+)?$/.test(before) && /^(?:every|not-every)$/.test(subject?.quantifier ?? ''))
      return null;
  } else if (measure && /^(?:any|no|every|all|each|some)$/.test(before)) {
    subject = readSubject(sentence, `${before} row`);
  } else if (!measure || !/^(?:the|a|an|its|their|this|that)?$/.test(before)) {
    return null;
  } else if (sentence.shape.rows === undefined && /^(?:a|an|its|their|this|that)$/.test(before)) {
    return null;
  }
  if (!subject) return null;
  if (groups['scope'] !== undefined) {
    const scoped = readSubject(sentence, groups['scope']);
    if (!scoped || subject.quantifier !== 'bare' || scoped.first || (scoped.column && scoped.explicit)) return null;
    const denied = groups['not'] !== undefined;
    // "does not exceed 8 % in any region" is about all of them.
    if (denied && scoped.quantifier !== 'some') return null;
    subject = denied ? { ...scoped, quantifier: 'none' } : scoped;
  }
  const settled = groups['scope'] !== undefined && groups['not'] !== undefined;
  return { column, subject, negated: groups['not'] !== undefined && !settled };
}

function comparison(groups: Groups): Comparison | null {
  const { compare, more } = groups;
  if (more !== undefined) {
    if (compare !== undefined && compare !== '=' && compare !== '==') return null;
    return /^(?:more|higher|above|greater|over)$/.test(more) ? '>=' : '<=';
  }
  if (compare !== undefined) return comparisonOf.get(compare) ?? null;
  // Without a comparing word the sentence says "is 5" or "is not 5".
  return '==';
}

/** A number as CEL writes it; null when it is not one. */
export function numberOf(sentence: Sentence, sign: string | undefined): number | null {
  const mention = sign === undefined ? undefined : mentioned(sentence, sign);
  return mention?.kind === 'number' && Number.isFinite(mention.value) ? mention.value : null;
}

const unitNames: Readonly<Record<string, string>> = {
  '%': 'pct',
  percent: 'pct',
  percentage: 'pct',
  pct: 'pct',
  ms: 'ms',
  msec: 'ms',
  millisecond: 'ms',
  milliseconds: 'ms',
  s: 's',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  min: 'min',
  mins: 'min',
  minute: 'min',
  minutes: 'min',
  hour: 'h',
  hours: 'h',
  byte: 'bytes',
  bytes: 'bytes',
  kb: 'kb',
  mb: 'mb',
  gb: 'gb',
};
const shares = new Set(
  'rate pct percent percentage usage utilization utilisation availability share cpu memory disk uptime saturation'.split(
    ' ',
  ),
);

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };

/** A number in the unit of the column: "5 minutes" are 300 of `lag_seconds`. Null where that cannot be told. */
function inUnitOf(column: ShapeColumn, number: number | null, written: string | undefined): number | null {
  if (number === null || unitFits(column, written)) return number;
  const from = milliseconds[unitNames[written ?? ''] ?? ''];
  const to = milliseconds[ownUnit(column) ?? ''];
  return from === undefined || to === undefined ? null : Number(((number * from) / to).toPrecision(12));
}

/** The unit that a column's name ends in. */
function ownUnit({ name }: ShapeColumn): string | undefined {
  return wordsOf(name)
    .slice(1)
    .map((word) => unitNames[word])
    .find((unit) => unit !== undefined);
}

/** Whether a number with this unit can be compared with the column as it stands. */
function unitFits(column: ShapeColumn, written: string | undefined): boolean {
  if (written === undefined) return true;
  const words = wordsOf(column.name);
  const own = ownUnit(column);
  const named = unitNames[written];
  if (named === undefined) return words.some((word) => singular(word) === singular(written));
  if (own !== undefined) return own === named;
  return named === 'pct' && column.fraction !== true && words.some((word) => shares.has(word));
}

function thresholdGuard(
  { column, subject, negated }: Place,
  compare: Comparison,
  number: number,
  sentence: Sentence,
): string | null {
  const what = celColumn(column);
  const test = (sign: Comparison): string => `${what} ${sign} ${number}`;
  const some = (sign: Comparison): string => `rows.exists(r, ${test(sign)})`;
  const every = (sign: Comparison): string => `rowCount > 0 && rows.all(r, ${test(sign)})`;
  if (sentence.shape.rows !== undefined) {
    if (subject.quantifier === 'none' || subject.quantifier === 'not-every')
      return negated ? null : some(opposite[compare]);
    return some(negated ? opposite[compare] : compare);
  }
  if (subject.first) return null;
  switch (subject.quantifier) {
    case 'some':
      return some(negated ? opposite[compare] : compare);
    case 'none':
      return negated ? null : `!${some(compare)}`;
    case 'every':
      return negated ? null : every(compare);
    case 'not-every':
      return negated ? null : some(opposite[compare]);
    case 'bare': {
      if (compare === '==' || compare === '!=') return null;
      const upward = compare === '>' || compare === '>=';
      const direction = harm(column);
      if (direction === null) return null;
      const harmful = (direction === 'high') === upward;
      if (!negated) return harmful ? some(compare) : every(compare);
      return harmful ? every(opposite[compare]) : some(opposite[compare]);
    }
  }
}

function inferRange(sentence: Sentence, groups: Groups): InferredGuard | null {
  const read = readPlace(sentence, groups);
  const low = read && inUnitOf(read.column, numberOf(sentence, groups['low']), groups['unit']);
  const high = read && inUnitOf(read.column, numberOf(sentence, groups['high']), groups['unit']);
  if (!read || low === null || high === null || low >= high) return null;
  const { column, subject } = read;
  const what = celColumn(column);
  const inside = `${what} >= ${low} && ${what} <= ${high}`;
  const because = `\`${column.name}\` is the one column that the words name`;
  const oneRow = sentence.shape.rows !== undefined;
  if (subject.first && !oneRow) return null;
  if (subject.quantifier === 'some' || (oneRow && subject.quantifier === 'bare')) {
    return { cel: `rows.exists(r, ${inside})`, because };
  }
  if (subject.quantifier === 'none') return { cel: `!rows.exists(r, ${inside})`, because };
  if (subject.quantifier === 'every') return { cel: `rowCount > 0 && rows.all(r, ${inside})`, because };
  const direction = subject.quantifier === 'bare' ? harm(column) : null;
  // The worst row lies in the range: one row reaches it, and none passes it.
  if (direction === 'high')
    return { cel: `rows.exists(r, ${what} >= ${low}) && rows.all(r, ${what} <= ${high})`, because };
  if (direction === 'low')
    return { cel: `rows.exists(r, ${what} <= ${high}) && rows.all(r, ${what} >= ${low})`, because };
  return null;
}
