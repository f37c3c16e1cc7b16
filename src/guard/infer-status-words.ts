// Conditions that name a status the step's query can return: "the latest version shows REGRESSION_DETECTED",
// "all regions are HEALTHY", "no zone is CRITICAL or WARNING".
import { allMatches } from '../base/index.ts';
import { isMeasure } from './column-measure.ts';
import { celColumn, celText, mentioned, type Sentence, singular } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { readSubject, type Subject } from './row-quantifier.ts';
import type { ShapeColumn } from './scope.ts';
import { moodOf } from './status-mood.ts';

const values = String.raw`(?:either )?(?<values>\$\d+(?:(?: , or| ,| or| \/) \$\d+)*)`;
const neither = String.raw`neither (?<neither>\$\d+(?: nor \$\d+)+)`;
const article = String.raw`(?:(?:a|an|the|any|of|as|status|state|value|status of|state of|value of) )*`;
const nounWord = String.raw`(?!(?:is|are|was|were|and|or|with|for|in|on|at|but|found|returned)\b)[a-z@][\w@-]*`;
const noun = `(?: (?<noun>${nounWord}(?: ${nounWord})?))?`;
const positive = String.raw`(?:is|are|was|were|be|has|have|had|shows?|showed|reports?|reported|returns?|returned|equals?|indicates?|displays?|contains?|includes?|gives?|reads?|becomes?|=|==|(?:is|are) (?:set to|equal to|marked|marked as|reported as|shown as|flagged as|classified as|in|now)|comes? back as)`;
const negative = String.raw`(?:is not|are not|isn't|aren't|was not|were not|!=|<>|(?:does not|do not|doesn't|don't|did not|didn't) (?:show|report|return|have|equal|indicate|display|contain|include|give|read)|(?:is|are) not (?:in|marked|marked as))`;
const found = String.raw`(?: (?:is|are|was|were|gets?)? ?(?:found|present|returned|reported|detected|shown|listed|seen|there|displayed))`;
const place = String.raw`(?: (?:in|among|by) (?:the|this|these) (?:query |step )?(?:results?|output|rows?|table|query|analysis|check))?`;

const shows = new RegExp(
  `^(?:(?<subject>.+?) )?(?:(?<not>${negative})|${positive}) ${article}(?:${values}|${neither})${noun}${place}$`,
);
const there = new RegExp(
  `^(?<opening>there (?:is|are) |(?:you|we) (?:see|find|get) )?(?<many>no|any|some|a|an|at least one|one or more)? ?${values}${noun}(?<found>${found})?${place}$`,
);
const having = new RegExp(
  `^(?:there (?:is|are) |(?:you|we) (?:see|find|get) )?(?<subject>(?:no|any|some|a|an|at least one|one or more|all|every|each) .+?) (?:with|having|has|have|in|showing|marked|marked as) ${article}(?:(?<column>@\\d+) (?:of |= |== |is |equal to )?)?${values}(?: status| state)?${found}?${place}$`,
);
const reporter =
  /^(?:the |this |that )?(?:query|results?|output|step|check|analysis|table|it|this)(?: results?| output)? (?<not>(?:does not|do not|doesn't|don't) )?(?:shows?|returns?|finds?|reports?|lists?|contains?|gives?|has|have|includes?|identif(?:y|ies))(?: that)? (?<rest>.+)$/;

const scope =
  /^(?<base>.+\$\d+(?: status| state)?) (?:for|in|on|across) (?<scope>(?:any|all|every|each|no|some|at least one|the latest|the newest|the most recent) .+)$/;

interface Reading {
  readonly subject: Subject;
  readonly negated: boolean;
  readonly signs: readonly string[];
}

/** The guard of a status-word condition, or null. */
export function inferStatusWords(sentence: Sentence): InferredGuard | null {
  if (!sentence.line.includes('$') || sentence.parentheses.some((text) => restricts(text, sentence))) return null;
  const reading = readStatus(sentence, sentence.line, true);
  if (!reading) return null;
  const literals = reading.signs.map((sign) => mentioned(sentence, sign));
  const column = oneColumn(
    literals.flatMap((found) => (found?.kind === 'value' ? [found.columns] : [])),
    reading.subject,
  );
  if (!column) return null;
  const words = [...new Set(literals.flatMap((found) => (found?.kind === 'value' ? [found.value] : [])))];
  const cel = guardOf(column, words, reading, sentence);
  if (cel === null) return null;
  const listed = words.map((word) => `\`${word}\``).join(' or ');
  return { cel, because: `${listed} is a value that the query gives as \`${column.name}\`` };
}

function readStatus(sentence: Sentence, line: string, mayNest: boolean): Reading | null {
  const signsOf = (groups: Readonly<Record<string, string | undefined>>): readonly string[] =>
    (groups['values'] ?? groups['neither'] ?? '').match(/\$\d+/g) ?? [];
  const nounFits = (words: string | undefined): boolean =>
    words === undefined || readSubject(sentence, `the ${words}`) !== null;
  const listed = there.exec(line)?.groups;
  const stated = [listed?.['opening'], listed?.['many'], listed?.['found']].some((part) => part !== undefined);
  if (listed && (stated || !mayNest) && nounFits(listed['noun'])) {
    const quantifier = listed['many'] === 'no' ? 'none' : 'some';
    const subject: Subject = { quantifier, first: false, column: null, explicit: false };
    return { subject, negated: false, signs: signsOf(listed) };
  }
  const with_ = having.exec(line)?.groups;
  if (with_) {
    const subject = readSubject(sentence, with_['subject'] ?? '');
    const column = with_['column'] === undefined ? undefined : mentioned(sentence, with_['column']);
    if (subject && subject.quantifier !== 'every' && !subject.explicit) {
      const named = column?.kind === 'column' ? { column: column.column, explicit: true } : { column: null };
      return { subject: { ...subject, ...named }, negated: false, signs: signsOf(with_) };
    }
  }
  const said = shows.exec(line)?.groups;
  if (said && nounFits(said['noun'])) {
    const subject = readOwner(sentence, said['subject'] ?? '');
    const negated = said['not'] !== undefined || said['neither'] !== undefined;
    if (subject && !(said['not'] !== undefined && said['neither'] !== undefined)) {
      return { subject, negated, signs: signsOf(said) };
    }
  }
  const scoped = mayNest ? scope.exec(line)?.groups : undefined;
  if (scoped) {
    const inner = readStatus(sentence, scoped['base'] ?? '', false);
    const subject = readSubject(sentence, scoped['scope'] ?? '');
    if (!inner || !subject || inner.subject.quantifier !== 'bare' || inner.subject.first) return null;
    if (subject.column?.values) return null;
    if (inner.negated) {
      // "does not show CRITICAL in any zone" is about all zones.
      const none: Subject = { ...subject, quantifier: 'none', column: inner.subject.column };
      return subject.quantifier === 'some' ? { ...inner, negated: false, subject: none } : null;
    }
    return { ...inner, subject: { ...subject, column: inner.subject.column, explicit: inner.subject.explicit } };
  }
  const reported = mayNest ? reporter.exec(line)?.groups : undefined;
  if (!reported) return null;
  const inner = readStatus(sentence, reported['rest'] ?? '', false);
  if (!inner || reported['not'] === undefined) return inner;
  const plain = inner.subject.quantifier === 'some' && !inner.negated;
  return plain ? { ...inner, subject: { ...inner.subject, quantifier: 'none' } } : null;
}

/** A subject, also in the form "the status of any region". */
function readOwner(sentence: Sentence, words: string): Subject | null {
  const owned = /^(?:the )?(?:(?<column>@\d+)|status|state|value) (?:of|for) (?<owner>.+)$/.exec(words)?.groups;
  if (!owned) return readSubject(sentence, words);
  const owner = readSubject(sentence, owned['owner'] ?? '');
  const column = owned['column'] === undefined ? undefined : mentioned(sentence, owned['column']);
  if (!owner || column?.kind !== 'column') return owner;
  return { ...owner, column: column.column, explicit: column.explicit };
}

/** The one column that has all the words, or the one the author names. */
function oneColumn(candidates: readonly (readonly ShapeColumn[])[], subject: Subject): ShapeColumn | null {
  const [first, ...others] = candidates;
  const shared = (first ?? []).filter((column) => others.every((columns) => columns.includes(column)));
  if (subject.column && shared.includes(subject.column)) return subject.column;
  // "the error rate is CRITICAL" names a column that holds no such value, though another column does.
  if (subject.column && (subject.column.values || subject.explicit || isMeasure(subject.column))) return null;
  return shared.length === 1 ? (shared[0] ?? null) : null;
}

function guardOf(column: ShapeColumn, words: readonly string[], reading: Reading, sentence: Sentence): string | null {
  const { subject, negated } = reading;
  const [only] = words;
  if (only === undefined) return null;
  const what = celColumn(column);
  const list = `${what} in [${words.map(celText).join(', ')}]`;
  const holds = words.length === 1 ? `${what} == ${celText(only)}` : list;
  const fails = words.length === 1 ? `${what} != ${celText(only)}` : `!(${list})`;
  const oneRow = sentence.shape.rows !== undefined;
  if (subject.first) {
    const ranked = words.every((word) => column.firstRankValues?.includes(word));
    if ((!ranked && !oneRow) || subject.quantifier !== 'bare') return null;
    return negated ? `rowCount > 0 && !rows.exists(r, ${holds})` : `rows.exists(r, ${holds})`;
  }
  switch (subject.quantifier) {
    case 'some':
      return `rows.exists(r, ${negated ? fails : holds})`;
    case 'none':
      return negated ? null : `!rows.exists(r, ${holds})`;
    case 'every':
      return negated ? null : `rowCount > 0 && rows.all(r, ${holds})`;
    case 'not-every':
      return negated ? null : `rows.exists(r, ${fails})`;
    case 'bare': {
      if (oneRow) return `rows.exists(r, ${negated ? fails : holds})`;
      // The value that a CASE gives when all is well stands in most rows: "is HEALTHY" does not say in how many.
      const usual = words.some((word) => word === column.elseValue);
      if (usual || words.some((word) => moodOf(word) === 'well')) return null;
      // One row is enough only for what is wrong; a word that may be either is so when otherwise all is well.
      const otherwiseWell = column.elseValue !== undefined && moodOf(column.elseValue) === 'well';
      if (!otherwiseWell && !words.every((word) => moodOf(word) === 'wrong')) return null;
      return `${negated ? '!' : ''}rows.exists(r, ${holds})`;
    }
  }
}

const durations = /\b(?:second|sec|minute|min|hour|hr|day|week|month|time|row|run|attempt)s?\b|\d\s*[smhd]\b/i;
const places = /\b(?:for|on|at|since|during|within|while|when|if|only|last|past|previous|twice|consecutive)\b/i;

/**
 * True when a parenthesis may say more than what the status stands for: "(>8% error rate)" repeats the query's own
 * threshold, "(for 5 minutes)" and "(in us-east)" do not.
 */
function restricts(parenthesis: string, { nouns }: Sentence): boolean {
  if (!/^\s*(?:[<>≥≤=]|above|below|over|under|more than|less than|greater than|at least|at most)/i.test(parenthesis))
    return true;
  if (durations.test(parenthesis) || places.test(parenthesis)) return true;
  return allMatches(parenthesis, /\bin (?:the )?([a-z-]+)/gi).some(
    ([, word = '']) => !nouns.has(singular(word.toLowerCase())),
  );
}
