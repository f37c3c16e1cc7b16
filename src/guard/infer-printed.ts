// Conditions about a whole output: that there is one ("the command returns nothing", "there are no matches"), the one number in it
// ("the count is above 5"), and that it is one word ("the command returns True"). Also those about the samples of a Prometheus query.
import { wholeLine } from './whole-line.ts';
import { mentioned, type Sentence, singular } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { overRows, quantifierOf } from './row-quantifier.ts';
import { isIn, searchedFor } from './infer-only-value.ts';
import { comparisonWords, numberOf, signSaid } from './infer-threshold.ts';
import { moodOf } from './status-mood.ts';

const command = String.raw`(?:(?:the|this|that|above|following|preceding|previous|shell|grep|search|kubectl|oc) )*(?:command|script|cmdlet|query|search|pipeline|grep|it|this)`;
const output = String.raw`(?:the |this |its )?(?:command |script |query |search )?(?:output|stdout|result|answer|response|reply)s?(?: (?:of|from) (?:(?:running )?(?:the|this|that|above) )*(?:above )?(?:command|script|query))?`;
const gives =
  '(?:returns?|returned|prints?|printed|shows?|gives?|outputs?|produces?|produced|displays?|yields?|reports?|lists?)';
const givesNot =
  "(?:does not|doesn't|did not|didn't) (?:return|print|show|give|output|produce|display|yield|list|have)";
const are = '(?:is|are|was|were|gets|comes? back)';
const back = '(?:returned|printed|shown|displayed|produced|listed|output)';
const things = '(?:output|results?|lines?|data|text|entries|rows?)';
const hits = '(?:match(?:es)?|hits?|matching (?:lines?|entries|results?))';

const nothing = (thing: string): readonly string[] => [
  `${command} (?:${gives}|comes? back with) (?:nothing|no ${thing}(?: at all)?|an? (?:empty|blank) (?:output|result|string|list|line|response)|empty|blank)`,
  `${command} ${givesNot} (?:anything|any ${thing}|${thing})`,
  `${output} ${are} (?:empty|blank)`,
  `there ${are} (?:no|not any) ${thing}(?: ${back})?(?: (?:from|of|by|to|in) (?:running )?${command})?`,
  `no ${thing}(?: ${are})? ${back}`,
  `nothing ${are} ${back}`,
];
const something = (thing: string): readonly string[] => [
  `${command} ${gives} (?:something|anything|(?:any|some) ${thing}|${thing}|at least one (?:line|row|result|entry))`,
  `${output} ${are} (?:not empty|not blank|non-empty)`,
  `${output} (?:is|are)n't empty`,
  `there ${are} (?:any |some )?${thing}(?: ${back})?(?: (?:from|of|by|to) (?:running )?${command})?`,
  `(?:any |some )?${thing} ${are} ${back}`,
];

const fits = (line: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => wholeLine(pattern).test(line));

const where = '(?: (?:in|to) (?:the|this|these|that|its) (?:[a-z]+ )?(?:logs?|file|output|list))?';
const sought = '(?<things>[a-z][a-z-]*(?: [a-z][a-z-]*){0,3}?)';
/** What a search looks for is there, or not. */
const presence = [
  `there ${are} (?:(?<none>no|not any) |any |some |an? )?${sought}(?: found| ${back})?${where}`,
  `(?:(?<none>no) |any |some |an? )?${sought} ${are} (?:found|logged|seen|there|present|reported|${back})${where}`,
  `(?:you|we) (?:(?<not>do not|don't) )?(?:see|find|get) (?:any |some |an? )?${sought}${where}`,
  `(?:the|this|that) (?:[a-z]+ )?(?:logs?|file) (?:(?<not>do not|don't|does not|doesn't) )?(?:contains?|has|have|shows?|lists?) (?:(?<none>no) |any |some |an? )?${sought}`,
];

/** "There are errors" behind `grep ERROR`: all that is said to be there is what the search looks for. */
function inferSought({ shape, plain, parentheses }: Sentence): InferredGuard | null {
  if (shape.printed?.kind !== 'search' || !shape.command || parentheses.length > 0) return null;
  const pattern = searchedFor(shape.command);
  for (const form of pattern === null ? [] : presence) {
    const groups = wholeLine(form).exec(plain)?.groups;
    const things = groups?.['things'];
    if (!groups || things === undefined) continue;
    const words = things
      .split(' ')
      .filter((word) => !/^(?:the|such|of|these|those|new|lines?|messages?|entries)$/.test(word));
    if (words.length === 0 || !words.every((word) => isIn(pattern ?? '', word))) continue;
    const isNone = (groups['none'] === undefined) !== (groups['not'] === undefined);
    return {
      cel: `${isNone ? '!' : ''}found(exitCode, text, errorText)`,
      because: 'the words are about what the command searches for',
    };
  }
  return null;
}

const isAnswer = /^(?:the |this |its )?(?:(?:command|script|query|search) )?(?:answer|response|reply|result)s? /;

/** `dig` prints its question with the answer, `curl -i` the head with the body. */
function printsMore(command: readonly string[] = []): boolean {
  const flags = command.filter((word) => /^-[A-Za-z]/.test(word)).join('');
  return (
    (command.includes('dig') && !command.includes('+short')) ||
    command.some((word) => /^(?:nslookup|host)$/.test(word)) ||
    (command.includes('curl') &&
      (/[iIv]/.test(flags) || command.some((word) => /^--(?:include|head|verbose)$/.test(word))))
  );
}

/** The guard of a condition on whether a command printed anything, or null. */
export function inferPrinted(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses } = sentence;
  if (!shape.members.includes('errorText') || parentheses.length > 0) return null;
  const { printed } = shape;
  // Of several commands only what is said of the output is said of them all.
  const ofAll = shape.commands === 'several' && new RegExp(`^${output} `).test(plain);
  if (printed?.kind === 'number' || (shape.command === undefined && !ofAll)) return null;
  const searches = printed?.kind === 'search';
  const thing = searches ? `(?:${things}|${hits})` : things;
  const also = searches ? [`(?:nothing|no ${thing})(?: ${are})? found`, `there ${are} no ${thing} found`] : [];
  const alsoNot = searches
    ? [`(?:any |some |a )?${thing} ${are} found`, `${command} finds? (?:something|anything|(?:any |some |a )?${thing})`]
    : [];
  if (searches) also.push(`${command} (?:finds?|found) (?:nothing|no ${thing})`);
  // What a server answered is a part of what these print.
  if (isAnswer.test(plain) && printsMore(shape.command)) return null;
  const isEmpty = fits(plain, [...nothing(thing), ...also]);
  if (!isEmpty && !fits(plain, [...something(thing), ...alsoNot])) return inferSought(sentence);
  const because = 'the words are about whether the command prints anything';
  if (printed?.kind === 'listing') {
    const count = shape.members.includes('rows') ? 'rowCount' : 'table(text).size()';
    return { cel: `${count} ${isEmpty ? '==' : '>'} 0`, because };
  }
  const test = searches ? 'found(exitCode, text, errorText)' : 'printed(text, errorText)';
  return { cel: isEmpty ? `!${test}` : test, because };
}

const compare = `(?<compare>${comparisonWords})`;
const number = String.raw`(?<number>#\d+)`;
const counts = [
  `(?:${output}|${command}|(?:the |this )?(?:count|number|value|total|line count|number of (?:lines|matches|results|entries))(?: (?:returned|printed|shown))?) (?:(?:${are}|${gives}|equals?|exceeds?) ?)?(?<not>not )?(?:${compare} )?${number}(?: (?:or (?<more>more|higher|greater|less|lower|fewer)))?`,
  `(?:there ${are} )?${compare} ${number} (?:lines?|results?|matches|entries)(?: ${are}(?: ${back}| found)?)?`,
];

/** The guard of a condition on the one number that a command prints, or null. */
export function inferPrintedNumber(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses } = sentence;
  if (shape.printed?.kind !== 'number' || !shape.members.includes('text') || parentheses.length > 0) return null;
  for (const pattern of counts) {
    const groups = wholeLine(pattern).exec(plain)?.groups;
    if (!groups) continue;
    const sign = signSaid(groups, /\bexceeds?\b/.test(plain));
    const value = numberOf(sentence, groups['number']);
    if (sign === null || value === null) return null;
    return { cel: `number(text, errorText) ${sign} ${value}`, because: 'the command prints one number' };
  }
  return null;
}

const oneWord = [
  String.raw`(?:the |its )?(?:response(?: body)?|body|answer|reply) (?:(?<not>is not|isn't|does not equal)|is|equals|reads)(?: (?:exactly|just|only|the text|the string))? (?<word>"\d+)`,
  String.raw`(?:${output}|${command}) (?:(?<not>(?:is|does|do|was) not(?: equal| return| print| show| output| read| say)?|isn't|doesn't (?:return|print|show|output|equal|say))|${are}|${gives}|equals|says|reads)(?: (?:exactly|equal to|just|only|the value|the text|the string))? (?<word>"\d+|true|false)`,
];

/** The guard of a condition by which an output is one word and nothing else, or null. */
export function inferReads(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses, written } = sentence;
  if (!shape.members.includes('text') || shape.members.includes('rows') || parentheses.length > 0) return null;
  if (shape.commands === 'several' || shape.printed?.kind === 'listing') return null;
  for (const pattern of oneWord) {
    const groups = wholeLine(pattern).exec(plain)?.groups;
    const sign = groups?.['word'];
    if (groups === undefined || sign === undefined) continue;
    const quoted = sign.startsWith('"') ? mentioned(sentence, sign) : undefined;
    const word = quoted?.kind === 'quoted' ? quoted.text : written.split(' ').at(-1);
    // "Returns an error" and "returns `connection refused`" are of one text among others; "is `[]`" and "returns True" are of all.
    const isWhole =
      /\b(?:is|are|was|equals?|exactly|only|just|reads)\b|isn't/.test(plain) ||
      !sign.startsWith('"') ||
      /^(?:true|false)$/i.test(word ?? '') ||
      // One word by which all is well is the whole of it: a long answer may have an `ok` for each of its parts.
      (moodOf(word ?? '') === 'well' &&
        /^[A-Za-z]+$/.test(word ?? '') &&
        !/\b(?:shows?|displays?|lists?|says)\b/.test(plain));
    if (word === undefined || word === '' || word.length > 80 || !isWhole || /[<{*…\n]|\.\.\./.test(word)) return null;
    const literal = word.includes("'") ? JSON.stringify(word) : `'${word.replaceAll('\\', '\\\\')}'`;
    return {
      cel: `${groups['not'] === undefined ? '' : '!'}text.reads(${literal})`,
      because: 'the words are about the whole output',
    };
  }
  return null;
}

const sampled = [
  `(?:(?<who>all|every|any|some|at least one|no)(?: of them)?|it|they|(?<who2>any|some|all|every|no|at least one) (?:targets?|instances?|time series|lines?|ones?)) (?:${are}) (?<not>not )?(?:${compare} )?${number}`,
  `(?<who>any|some|at least one|all|every|the|this|no)?(?: of the)? ?(?:(?:query|returned) )?(?:values?|results?|query|output|series|ratio|metric|samples?)(?: returned)?(?: (?:of|from|by) (?:the|this) query)? (?:(?:${are}|returns?|shows?|gives?|exceeds|exceed|rises|drops|falls|goes|stays) ?)?(?<not>not )?(?:${compare} )?${number}(?: ?(?<unit>%|percent))?(?: or (?<more>more|higher|greater|above|less|lower|below|fewer))?`,
];

/** True when all words that say what is meant stand in the query. */
function areOf(said: string, { printed }: Sentence['shape']): boolean {
  const known = printed?.kind === 'samples' ? (printed.words ?? []) : [];
  return said.split(' ').every((word) => word === '' || known.includes(singular(word)));
}

/** True when what is said to be counted is what the metric counts, by its name's last word. */
function isMeasured(said: string, { printed }: Sentence['shape']): boolean {
  const measured = printed?.kind === 'samples' ? printed.measured : undefined;
  // What waits in a queue may go without its name.
  return (
    typeof measured === 'string' && said.split(' ').some((word) => word === 'queue' || singular(word) === measured)
  );
}

const sampleWord =
  '(?!(?:is|are|was|were|not|no|any|all|every|each|some|the|this|that|it|they|there|more|less|fewer)\\b)[a-z][a-z-]*';
/** "The lag is above 10000", "there are more than 1000 messages": what the query's own names say it gives. */
const named = [
  `(?:the |its )?(?:(?:number|count|total|sum) of )?(?<said>${sampleWord}(?: ${sampleWord}){0,2}?)(?: count)? (?:(?:is|are|was|were|goes|rises|drops|falls|stays) ?)?(?<exceeds>exceeds? )?(?<not>not )?(?:${compare} )?${number}(?: ?(?<unit>%|percent|[a-z]+))?(?: or (?<more>more|higher|greater|above|less|lower|below|fewer))?`,
  `(?:there (?:is|are|were) )?${compare} ${number} (?<said>${sampleWord}(?: ${sampleWord}){0,2})`,
];

const isUp = new RegExp(
  String.raw`^(?:(?<who>not all|not every|any|some|an|a|at least one|one or more|all|every|no|the|this)(?: of the)? )?(?<names>(?:[a-z][\w-]* ){0,2})(?:targets?|instances?|nodes?|servers?|hosts?|exporters?|replicas?|members?|it|they) ${are} (?<not>not )?(?<state>up|down)$`,
);

/** `up` is 1 for a target that answered, and 0 for one that did not (https://prometheus.io/docs/concepts/jobs_instances/). */
function upOf({ plain, shape }: Sentence): InferredGuard | null {
  const groups = isUp.exec(plain)?.groups;
  if (!groups) return null;
  const { who = '', names = '', state, not: denied } = groups;
  // Whose instances they are must stand in the query.
  if (!areOf(names, shape)) return null;
  // "All are not up" may mean that none is, or that not all are.
  if (denied !== undefined && /^(?:not )?(?:all|every|no)$/.test(who)) return null;
  const isUpSaid = (state === 'up') === (denied === undefined);
  const test = `r.value == ${isUpSaid !== who.startsWith('not ') ? 1 : 0}`;
  const of = /^(?:an?|not \w+)$/.test(who) ? 'any' : who === '' ? undefined : who;
  return {
    cel: `rowCount == 0 ? ask('there is no such target') : ${overRows('rows', quantifierOf(of), test)}`,
    because: 'the words are about which targets answer',
  };
}

/** A number of percent as the query gives it: of a quotient it is a share, of a quotient times 100 it is the number. */
function shared(
  value: number | null,
  unit: string | undefined,
  of: 'up' | 'share' | 'percent' | undefined,
): number | null {
  if (value === null || unit === undefined) return value;
  if (!/^(?:%|percent)$/.test(unit)) return null;
  if (of === 'percent') return value;
  return of === 'share' ? Number((value / 100).toPrecision(12)) : null;
}

/** The guard of a condition on the value that a Prometheus query gives, or null. */
export function inferSample(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses } = sentence;
  if (shape.printed?.kind !== 'samples' || parentheses.length > 0) return null;
  const upness = shape.printed.of === 'up' ? upOf(sentence) : null;
  if (upness) return upness;
  for (const pattern of sampled) {
    const groups = wholeLine(pattern).exec(plain)?.groups;
    if (!groups) continue;
    const sign = signSaid(groups, /\bexceeds?\b/.test(plain));
    const value = shared(numberOf(sentence, groups['number']), groups['unit'], shape.printed.of);
    const bare = groups['compare'] === undefined && groups['more'] === undefined && !/\bexceeds?\b/.test(plain);
    if (sign === null || value === null || (bare && !/\b(?:is|are|returns?|equals?)\b/.test(plain))) return null;
    const because = 'the words are about the value that the query gives';
    const test = `r.value ${sign} ${value}`;
    return { cel: overRows('rows', quantifierOf(groups['who'] ?? groups['who2']), test), because };
  }
  for (const pattern of named) {
    const groups = wholeLine(pattern).exec(plain)?.groups;
    if (!groups || !areOf(groups['said'] ?? '', shape) || !isMeasured(groups['said'] ?? '', shape)) continue;
    const { unit } = groups;
    const isOwn = unit === undefined || areOf(unit, shape);
    const exceeds = groups['exceeds'] !== undefined;
    const sign = signSaid(groups, exceeds);
    const written = numberOf(sentence, groups['number']);
    const value = isOwn ? written : shared(written, unit, shape.printed.of);
    const compares = groups['compare'] !== undefined || groups['more'] !== undefined || exceeds;
    if (sign === null || value === null || !compares || (exceeds && groups['compare'] !== undefined)) return null;
    return {
      cel: overRows('rows', 'bare', `r.value ${sign} ${value}`),
      because: 'the words are the names of what the query gives',
    };
  }
  return null;
}
