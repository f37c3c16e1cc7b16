// Reads a condition in plain words as a demand on one number: "if the error rate is above 10 %", "if more than 5 pods are
// down", "between 10 and 20". Anything else is not read: an example that rests on a guess would convince nobody.
import { numeralOf } from '../guide/index.ts';
import { withPlainMeasure } from './plain-measure.ts';
import { testOfMany, type WordTest } from './said-of-many.ts';
import { spoken, type SideTest, type Sign } from './side-test.ts';

const signs: readonly (readonly [RegExp, Sign])[] = [
  [/^(?:(?:is |are )?(?:greater|more|higher) than or equal to|at least|no(?:t)? (?:less|fewer|lower) than|>=|≥)$/, '>='],
  [/^(?:(?:less|fewer|lower) than or equal to|at most|no(?:t)? (?:more|greater|higher) than|does not exceed|do not exceed|up to|<=|≤)$/, '<='],
  [/^(?:greater than|more than|higher than|larger than|longer than|older than|later than|above|over|exceeds?|exceeding|beyond|>)$/, '>'],
  [/^(?:less than|fewer than|lower than|smaller than|shorter than|younger than|newer than|sooner than|below|under|<)$/, '<'],
  [/^(?:exactly|equals|equal to|=|==)$/, '=='],
]; // prettier-ignore
const words =
  '(?:greater|more|higher|less|fewer|lower) than or equal to|at least|at most|not? (?:less|fewer|lower|more|greater|higher) than|do(?:es)? not exceed|up to|(?:greater|more|higher|larger|less|fewer|lower|smaller|longer|shorter|older|younger|newer|later|sooner) than|above|over|below|under|exceeds?|exceeding|beyond|exactly|equals|equal to|>=|<=|==|[≥≤><=]';
const be =
  '(?: (?:is|are|was|were|be|stays|remains|lies|sits|ranges|reads|gets|goes|rises|climbs|drops|falls|stands|reaches|has|have|shows?|at))*';
const number = String.raw`(-?\d+(?:,\d{3})*(?:\.\d+)?)`;
/** "500 per second", "20 messages a minute": the time belongs to the unit. */
const perTime = '(?:per|an?|each) (?:second|minute|hour|day|week|month)';
const unit = String.raw`(?:\s?((?:(?:%|percent|[a-z]+(?:/[a-z]+)?)\s)?${perTime}|%|percent|[a-z]+(?:/[a-z]+)?))?(?: (?:left|remaining|free|old|long|ago))?`;
const orMore =
  '(?: (?:or|and) (?:more|less|higher|lower|above|below|over|under|up|fewer|greater|older|younger|newer|longer|shorter)|\\+)';
const compared = new RegExp(`^(.*?)${be} ?(${words}) ?${number}${unit}(${orMore}?)$`);
const bare = new RegExp(`^(.*?) (?:is|are|be|equals|equal to|of) ${number}${unit}(${orMore})?$`);
/** "Has 30 days left or less", "holds 200 messages or fewer": what something has is compared only where more or less is said. */
const having = new RegExp(
  `^(.*?(?: (?:holds?|contains?|lists?|counts?|reports?|returns?|prints?|serves?|sends?|receives?|keeps?|uses?|carr(?:y|ies)|runs?|drops?|loses?|misses))?)(?: (?:has|have|takes?|lasts?|needs?|shows?))? ${number}${unit}(${orMore})$`,
);
/** "Waits for 30 minutes or less" of what was said to wait before. */
const itDoes = new RegExp(
  `^((?:it|they|this|that) [a-z]{3,}s?(?: (?:for|in|within|after|at|by))?) ${number}${unit}(${orMore})$`,
);
/** "Holds 200 or fewer messages", which is 200 messages or fewer. */
const numberFirst = new RegExp(`(?<= |^)(\\d[\\d,.]*)((?: or (?:more|less|fewer))) ([a-z]+)$`);
/** "80 % of the disk or more is used", which is 80 % or more of it. */
const partOrMore = new RegExp(
  `^(\\d[\\d,.]*) ?(?:%|percent) (of (?:(?:the|its|their|all|a|an) )?[a-z-]+(?: [a-z-]+)?)(${orMore}) ((?:is|are|was|were) )`,
);
/** "One screen" beside "two or more screens": so many of them. "15 min" says when. */
const soMany = new RegExp(
  `^(?:(?:exactly|only|just) )?(\\d{1,2}) (?!(?:sec|second|min|minute|hour|day|week|month)s?$)([a-z]{3,})$`,
);
/** "5 % or more": a cell of a table, or the second half of a comparison. */
const only = new RegExp(`^()${number}${unit}(${orMore})$`);
const range = new RegExp(`^(.*?)${be} ?between ${number}${unit} and ${number}${unit}$`);
/** "1000 to 9999", "is from 5 to 20", "7 to 30 days are left". */
const fromTo = new RegExp(
  String.raw`^(.*?)${be} ?(?:from )?${number}${unit} ?(?:to|-|–|—|\.\.) ?${number}${unit}(?: (?:is|are|was|were) ((?:still )?[a-z][a-z-]*(?: [a-z-]+){0,3}))?$`,
);
/** "70 % to below 90 %": the second number does not belong to it. */
const fromToBelow = new RegExp(
  String.raw`^(.*?)${be} ?(?:from )?${number}${unit} ?(?:(?:up )?to|-|–|—) ?(?:just )?(?:below|under|less than|<) ?${number}${unit}$`,
);
/** "10 to 50 bad items were found". */
const manyThings = new RegExp(
  String.raw`^(?:there (?:is|are) )?(?:from )?${number} ?(?:to|-|–|—|\.\.) ?${number} ([a-z][a-z-]*(?: [a-z][a-z-]*){1,2}) (?:is|are|was|were) ((?:still )?[a-z][a-z-]*)$`,
);
/** "More than 50 and fewer than 10 items are left". */
const twoLimits = new RegExp(`^(${words}) (\\d[\\d,.]*) (?:and|but|yet) (${words}) (\\d[\\d,.]*) ([a-z][a-z -]*)$`);
/** "Is not 0". */
const notThis = new RegExp(`^(.*?) (?:is|are|was|does|did) ?(?:not|n't) (?:equal (?:to )?)?${number}${unit}$`);
/** "Is 0 or 1", "is 2, 3 or 4". */
const oneOf = new RegExp(`^(.*?) (?:is|are|was|equals) (-?\\d+(?:, -?\\d+)*,? or -?\\d+)$`);

/** "More than 5 pods are down": a number of things. */
const counted = new RegExp(`^(?:there (?:is|are|was|were) )?(${words}) ${number} ([a-z][a-z-]*(?: [a-z-]+){1,6})$`);
/** "Fewer than 30 days are left", "5 or more accounts are locked", and "5 or more are locked" of what was counted before. */
const told = new RegExp(
  `^(?:there (?:is|are) )?(?:(${words}) )?${number}(?: ?(%))?(${orMore})? ((?:[a-z][a-z-]* ){0,3}?)(?:is|are|was|were) ((?:still )?[a-z][a-z-]*(?: [a-z-]+){0,3})$`,
);
const toldAgain = new RegExp(
  `^(?:there (?:is|are) )?${number} ([a-z][a-z-]*(?: [a-z][a-z-]*){0,2}?)(${orMore}) (?:is|are|was|were) ((?:still )?[a-z][a-z-]*(?: [a-z-]+){0,3})$`,
);
/** "0 is printed", "1 or more is printed". */
const shownNumber = new RegExp(
  `^(?:(${words}) )?${number}(${orMore})? (?:is|are|was|were) (printed|shown|returned|displayed|reported)$`,
);
/** "1 or 2 tasks are listed". */
const someThings =
  /^(?:there (?:is|are) )?(\d{1,4}(?:, \d{1,4}){0,6},? or \d{1,4}) ([a-z][a-z-]*) (?:is|are|was|were) ((?:still )?[a-z][a-z-]*(?: [a-z-]+){0,3})$/;
/** "It prints 0", "the command returns 1 or more". */
const showsNumber = new RegExp(
  `^(?:it|this|that|the (?:command|script|query|call)) (print|show|return|give|report|display)s? (?:a (?:number|value|count) (?:of )?)?(?:(${words}) ?)?${number}(${orMore})?$`,
);
/** "Fewer than 50 wait" behind "more than 50 jobs wait". */
const fewerAgain = new RegExp(`^(${words}) ${number} ([a-z][a-z-]*)$`);
/** "50 or fewer wait" behind "more than 50 jobs wait". */
const sameAgain = new RegExp(`^${number}(${orMore}) ([a-z][a-z-]*(?: [a-z-]+){0,2})$`);
const measures = /^(?:%|percent|seconds?|minutes?|hours?|days?|weeks?|months?|[kmgt]i?b|bytes?)$/;
/** What makes a number of things a number of something else. */
const limitsMore =
  /\b(?:and|or|but|if|when|within|in|for|over|during|per|each|every|last|since|than|not|no|other|another|left|remaining|free|old|ago)\b/;

/** "Above 2000 in a zone": where it is so does not matter to how much it is. */
const inSomePlace =
  / (?:in|for|on|at) (?:an?|any|one|some) (?!(?:row|minute|hour|day|week|month|second|moment|time|while|period)\b)[a-z-]{3,}$/;

/** "Stays at 80 % or above" is 80 % or above. */
const beforeMore = new RegExp(
  `(?<=\\S) (?:is|are|was|were|stays?|remains?|lies|sits|stands|drops|falls|rises|goes|climbs)(?: (?:at|to|back))+ (?=${number}${unit}${orMore}$)`,
);

/** "Above 20 % and below 10 %": two demands on one thing. */
const compound = new RegExp(
  `^(.*\\d.*?),? (and|but|yet|or)(?: also| still)?((?:${be})? ?(?:${words}) ?-?\\d[\\d,.]*(?:\\s?(?:(?:(?:%|percent|[a-z]+) )?${perTime}|%|percent|[a-z]+))?)$`,
);

/** The demand and the words that name what it is on; null when the condition says anything else or more. */
export function testOfWords(condition: string, previousSubject: string | null): WordTest | null {
  const said = condition
    .toLowerCase()
    .replace(/[`*_]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^\s*(?:otherwise,? )?(?:if|when|whenever|in case|once|should)\s/, '')
    .replace(/^so:\s/, '')
    .replace(/[,.:;?]?\s*(?:then)?\s*$/, '')
    .trim();
  if (
    said.length > 160 ||
    !/\d|\ban? (?:second|minute|hour|day|week|month)\b|zero|ten|nine|eight|seven|six|five|four|three|two|one|several|nothing|^(?:there (?:is|are) )?no /.test(
      said,
    )
  )
    return null;
  const alone = aloneOf(said, previousSubject);
  if (alone) return alone;
  return testOfMany(said, (one) => testOfOne(one, null)) ?? testOfOne(said, previousSubject);
}

/** "None", "One", "Several" as answers to how many there are, and "it returns none" behind what it returns. */
function aloneOf(said: string, previous: string | null): WordTest | null {
  const none =
    /^(?:it|this|that|they|the (?:query|command|search)) (?:returns?|lists?|shows?|gives?|finds?) (?:none|nothing)$/;
  if (previous === 'row count' && none.test(said))
    return { test: { kind: 'compare', key: previous, sign: '==', value: 0 }, subject: previous };
  // "Non-zero exit code" beside "exit code 0".
  if (/^(?:an? )?non-?zero (?:exit |return )?(?:code|status)$/.test(said))
    return { test: { kind: 'compare', key: 'answer', sign: '!=', value: 0 }, subject: 'answer' };
  const codes = answer
    .exec(said)?.[1]
    ?.split(/[^\d]+/)
    .map(Number);
  if (codes) {
    const parts = codes.map((one): SideTest => ({ kind: 'compare', key: 'answer', sign: '==', value: one }));
    const [only] = parts;
    return { test: only && parts.length === 1 ? only : { kind: 'or', parts }, subject: 'answer' };
  }
  if (/^\d{1,6}$/.test(said))
    return { test: { kind: 'compare', key: '', sign: '==', value: value(said) }, subject: '' };
  if (/^\d{1,4}(?:, \d{1,4}){0,8},? or \d{1,4}$/.test(said)) {
    const parts = said
      .split(/[^\d]+/)
      .map((one): SideTest => ({ kind: 'compare', key: '', sign: '==', value: Number(one) }));
    return { test: { kind: 'or', parts }, subject: '' };
  }
  const found = alones.find(([pattern]) => pattern.test(said));
  return found ? { test: { kind: 'compare', key: '', sign: found[1], value: found[2] }, subject: '' } : null;
}

/** "HTTP 200", "Status 403 or 407", "A 200 or 201 means that it was taken", "Exit code 1". */
const answer =
  /^(?:an? |http |(?:http |exit |return )?(?:status|code)(?: code)? )(\d{1,3}(?:(?:, or | or |, )\d{1,3})*)(?:(?<=^(?:an?|http) .*) means .*)?$/;

const alones: readonly (readonly [RegExp, Sign, number])[] = [
  [/^(?:none|zero|none at all)$/, '==', 0],
  [/^(?:(?:only|just|exactly) )?(?:one|a single one)$/, '==', 1],
  [/^(?:(?:only|just|exactly) )?(?:two|both)$/, '==', 2],
  [/^(?:several|more than one|multiple)$/, '>=', 2],
];

function testOfOne(said: string, previousSubject: string | null): WordTest | null {
  const line = withPlainMeasure(said, previousSubject)
    .replace(
      /^(?:there (?:is|are) )?no ([a-z-]{2,}?)s? (?:is|are|was|were) (?!not\b|(?:more|longer|other)\b)/,
      '0 or fewer $1s are ',
    )
    .replace(/^(?:there (?:is|are) )?no ([a-z-]{3,})$/, '0 $1')
    .replace(
      /^(?:(?:only|just|exactly) )?one ([a-z-]{2,}) (?:is|was) (?!not\b)/,
      (_, thing: string) => `1 or fewer ${thing.replace(/(?<=[^aeiou])y$/, 'ie').replace(/s?$/, 's')} are `,
    )
    .replace(
      /(?<=^|\b(?:than|least|most|exactly) )(one|two|three|four|five|six|seven|eight|nine|ten) (?=or (?:more|fewer|less)\b|[a-z]+$)/,
      (_, word: string) => `${numeralOf(word)} `,
    )
    .replace(
      /(?<=^|\bbetween )(one|two|three|four|five|six|seven|eight|nine) (or|to|and) (two|three|four|five|six|seven|eight|nine|ten) (?=[a-z])/,
      (_, one: string, joint: string, other: string) => `${numeralOf(one)} ${joint} ${numeralOf(other)} `,
    )
    .replace(partOrMore, '$1 %$3 $2 $4')
    .replace(numberFirst, (whole, amount: string, more: string, thing: string, at: number) =>
      // "50 or fewer wait" is what the things do that were counted before.
      at === 0 && previousSubject?.endsWith(` ${thing}`) === true ? whole : `${amount} ${thing}${more}`,
    )
    .replace(/ in (?:the|an|one) (second|minute|hour|day|week)$/, ' per $1')
    .replace(/ reach(?:es)? (?=-?\d)/, ' is at least ')
    .replace(inSomePlace, '')
    .replace(beforeMore, ' ')
    .replace(/\bnon-?zero\b/, 'not 0')
    .replace(/\bzero\b/, '0')
    .trim();
  if (!/\d|^none /.test(line)) return null;
  const both = compound.exec(line);
  const first = both && testOfOne(both[1] ?? '', previousSubject);
  const second = first && testOfOne(`it ${both[3] ?? ''}`, first.subject);
  if (both && first && second) {
    const parts = [first.test, second.test];
    return { test: { kind: /or/.test(both[2] ?? '') ? 'or' : 'and', parts }, subject: first.subject };
  }
  const limits = twoLimits.exec(line);
  if (limits) {
    const [, one = '', low = '', other = '', high = '', things = ''] = limits;
    const parts = [`${one} ${low} ${things}`, `${other} ${high} ${things}`].map((half) =>
      testOfOne(half, previousSubject),
    );
    const [from, to] = parts;
    if (from && to && from.subject === to.subject)
      return { test: { kind: 'and', parts: [from.test, to.test] }, subject: from.subject };
  }
  const between = range.exec(line);
  if (between) {
    const [, who = '', low = '', first, high = '', last] = between;
    const named = subjectOf(who, previousSubject, last ?? first);
    if (named === null) return null;
    const { key, subject } = named;
    const parts: SideTest[] = [
      { kind: 'compare', key, sign: '>=', value: value(low) },
      { kind: 'compare', key, sign: '<=', value: value(high) },
    ];
    return { test: { kind: 'and', parts }, subject };
  }
  const listed = ofSpan(line, previousSubject) ?? ofValues(line, previousSubject);
  if (listed) return listed;
  const things = ofThings(line, previousSubject);
  if (things) return things;
  const [, exact, thing] = soMany.exec(line) ?? [];
  if (exact !== undefined && thing !== undefined && !measures.test(thing)) {
    const key = `(${oneUnit(thing)})`;
    return { test: { kind: 'compare', key, sign: '==', value: value(exact) }, subject: '' };
  }
  const many = counted.exec(line);
  if (many && !limitsMore.test(many[3] ?? '')) {
    const sign = signs.find(([pattern]) => pattern.test(many[1] ?? ''))?.[1];
    const key = spoken((many[3] ?? '').replace(/\b(?:is|are|was|were|the|a|an|of)\b/g, ' '));
    if (sign !== undefined && key !== '') {
      // "Fewer than 50 wait" behind "more than 50 jobs wait".
      const whole = previousSubject?.endsWith(` ${key}`) === true ? previousSubject : `count of ${key}`;
      return { test: { kind: 'compare', key: whole, sign, value: value(many[2] ?? '') }, subject: whole };
    }
  }
  const match = compared.exec(line);
  const is = match ? null : (bare.exec(line) ?? having.exec(line) ?? only.exec(line) ?? itDoes.exec(line));
  const [, who = '', sign, amount = '', of, more] = match ?? (is ? [is[0], is[1], '=', is[2], is[3], is[4]] : []);
  if (!match && !is) return null;
  const meant = moreOf(more) ?? signs.find(([pattern]) => pattern.test(sign ?? ''))?.[1];
  const named = subjectOf(who, previousSubject, of);
  if (meant === undefined || named === null) return null;
  return { test: { kind: 'compare', key: named.key, sign: meant, value: value(amount) }, subject: named.subject };
}

type Read = WordTest | null;

/** From one number to another, ends included. */
function ofSpan(line: string, previous: string | null): Read {
  const [, from, to, items = '', found = ''] = manyThings.exec(line) ?? [];
  const many = from === undefined ? null : ofThings(`${to ?? ''} ${items} or more are ${found}`, previous);
  const open = from === undefined ? fromToBelow.exec(line) : null;
  const [, who = '', low = '', first, high = '', last, state] =
    many && from !== undefined && to !== undefined
      ? ['', '', from, undefined, to, items, found]
      : (open ?? fromTo.exec(line) ?? []);
  if (low === '' || value(low) >= value(high)) return null;
  const unitWord = last ?? first;
  const things =
    many ?? (state === undefined ? null : ofThings(`${high} ${unitWord ?? ''} or more are ${state}`, previous));
  const named = things ? { key: things.subject, subject: things.subject } : subjectOf(who, previous, unitWord);
  if (named === null || (state !== undefined && !things)) return null;
  const { key, subject } = named;
  const parts: SideTest[] = [
    { kind: 'compare', key, sign: '>=', value: value(low) },
    { kind: 'compare', key, sign: open ? '<' : '<=', value: value(high) },
  ];
  return { test: { kind: 'and', parts }, subject };
}

/** "Is not 0", "is 2, 3 or 4". */
function ofValues(line: string, previous: string | null): Read {
  const [, whose, amount, unitWord] = notThis.exec(line) ?? [];
  const [, of, several] = whose === undefined ? (oneOf.exec(line) ?? []) : [];
  const named = subjectOf(whose ?? of ?? '', previous, unitWord);
  if (named === null) return null;
  const { key, subject } = named;
  if (amount !== undefined) return { test: { kind: 'compare', key, sign: '!=', value: value(amount) }, subject };
  const values = several?.split(/[^\d-]+/).map(Number) ?? [];
  const parts = values.map((one): SideTest => ({ kind: 'compare', key, sign: '==', value: one }));
  return parts.length > 1 ? { test: { kind: 'or', parts }, subject } : null;
}

const passives = new Map(
  Object.entries({
    print: 'printed',
    show: 'shown',
    return: 'returned',
    give: 'given',
    report: 'reported',
    display: 'displayed',
  }),
);

/** How many things are something. Where none is named, those that were counted before are meant. */
function ofThings(line: string, previous: string | null): Read {
  const active = showsNumber.exec(line);
  const [, sort, shown, atLeast, verb] = active
    ? ['', active[2], active[3], active[4], passives.get(active[1] ?? '')]
    : (shownNumber.exec(line) ?? []);
  if (shown !== undefined) {
    const sign =
      sort === undefined
        ? atLeast === undefined || atLeast === ''
          ? '=='
          : moreOf(atLeast)
        : signs.find(([pattern]) => pattern.test(sort))?.[1];
    const subject = `number ${verb ?? ''}`;
    return sign === undefined ? null : { test: { kind: 'compare', key: subject, sign, value: value(shown) }, subject };
  }
  const [, listed, things, doing] = someThings.exec(line) ?? [];
  if (listed !== undefined && !limitsMore.test(`${things ?? ''} ${doing ?? ''}`)) {
    const key = `count of ${spoken(things ?? '')} ${doing ?? ''}`;
    const parts = listed
      .split(/[^\d]+/)
      .map((one): SideTest => ({ kind: 'compare', key, sign: '==', value: Number(one) }));
    return { test: { kind: 'or', parts }, subject: key };
  }
  const bareAgain = sameAgain.exec(line);
  if (bareAgain && previous?.endsWith(` ${bareAgain[3] ?? ''}`) === true) {
    const sign = moreOf(bareAgain[2]);
    if (sign !== undefined)
      return { test: { kind: 'compare', key: previous, sign, value: value(bareAgain[1] ?? '') }, subject: previous };
  }
  const fewer = fewerAgain.exec(line);
  if (fewer && previous?.endsWith(` ${fewer[3] ?? ''}`) === true) {
    const sign = signs.find(([pattern]) => pattern.test(fewer[1] ?? ''))?.[1];
    if (sign !== undefined)
      return { test: { kind: 'compare', key: previous, sign, value: value(fewer[2] ?? '') }, subject: previous };
  }
  // "If none is returned" behind "at least one row is returned".
  const none = /^none (?:is|are|was|were) ([a-z-]+)$/.exec(line)?.[1];
  if (none !== undefined && previous?.endsWith(` ${none}`) === true)
    return { test: { kind: 'compare', key: previous, sign: '==', value: 0 }, subject: previous };
  const again = toldAgain.exec(line);
  const first = again ? null : told.exec(line);
  const [how, amount, of, more, thing, state] = first
    ? [first[1], first[2], first[3], first[4], first[5], first[6]]
    : again
      ? [undefined, again[1], undefined, again[3], again[2], again[4]]
      : [];
  if (amount === undefined || (how === undefined) === (more === undefined)) return null;
  const sign = moreOf(more) ?? signs.find(([pattern]) => pattern.test(how ?? ''))?.[1];
  const what = (state ?? '').replace(/^still /, '');
  const name = spoken((of ?? thing ?? '').replace(/\b(?:the|a|an|of)\b/g, ' '));
  if (sign === undefined) return null;
  const unitWord = name === '%' ? 'percent' : name;
  const key =
    name === ''
      ? previous?.endsWith(` ${what}`) === true
        ? previous
        : null
      : measures.test(name)
        ? `${unitWord.replace(/(?<=\w{2})s$/, '')}s ${what}`
        : `count of ${unitWord} ${what}`;
  if (key === null || limitsMore.test(`${name} ${what}`.replace(/ (?:left|remaining|free)$/, ''))) return null;
  return { test: { kind: 'compare', key, sign, value: value(amount) }, subject: key };
}

/** `seconds`, `second`, `sec` and `s` are one unit. */
function oneUnit(word: string): string {
  const time = /^(s|m|h|d)(?:ec(?:ond)?|in(?:ute)?|our|r|ay)?s?$/.exec(word)?.[1];
  return time !== undefined && !/^ms$/.test(word) ? time : word.replace(/(?<=\w{2})s$/, '');
}

function moreOf(more: string | undefined): Sign | undefined {
  if (more === undefined || more === '') return undefined;
  return /more|higher|above|over|up|\+|greater|older|longer/.test(more) ? '>=' : '<=';
}

function value(text: string): number {
  return Number(text.replaceAll(',', ''));
}

/** What the number is of. "It" and nothing at all mean what the condition before was about. */
function subjectOf(
  who: string,
  previous: string | null,
  unitWord: string | undefined,
): { key: string; subject: string } | null {
  const named = spoken(
    who
      .replace(/ for$/, '')
      .replace(
        /\b(?:the|a|an|its|their|this|that|these|those|there|value|values|of|total|current|currently|now|still|only|is|are|was|were)\b/g,
        ' ',
      ),
  );
  const bare = named.replace(/^(?:it|they) (?=\w)/, '');
  // "It holds 50 or fewer" behind "the queue holds more than 50 messages".
  const again = named !== bare && bare !== '' && previous?.endsWith(` ${bare}`) === true;
  const pronoun = named === '' || again || /^(?:it|they|result)$/.test(named);
  const unitName = unitWord === undefined || unitWord === '%' || unitWord === 'percent' ? '' : oneUnit(unitWord);
  if (
    /\b(?:and|or|any|some|all|every|each|no|not|n't|another|other|both|either|none|if|when|but|while|for|since|until|after|before|within|last|first)\b|^one\b/.test(
      named,
    )
  )
    return null;
  const subject = pronoun ? (previous ?? '') : bare;
  return { key: unitName === '' ? subject : `${subject} (${unitName})`.trim(), subject };
}
