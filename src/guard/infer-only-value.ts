// Conditions about the one value that a command prints or a query gives: "it is 0", "the running count is below 2", "there are more than
// 10 errors" behind `grep -c ERROR`, "the reply is `PONG`". What is counted must be found in the command's own words.
import { celText, mentioned, type Sentence, singular } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { comparisonWords, numberOf, signSaid } from './infer-threshold.ts';
import type { ResultShape } from './scope.ts';
import { wholeLine } from './whole-line.ts';

const it =
  '(?:(?:the |this |that |its )?(?:command|query|script|output|result|reply|response|answer|value|count|number|total|sum)|it|this)(?: (?:returned|printed|shown))?';
/** A word of a name: none that says how it compares, whether it does, or when. */
const part = String.raw`(?!(?:is|are|was|were|be|been|has|have|not|no|isn't|aren't|does|doesn't|do|did|above|over|below|under|more|less|fewer|greater|higher|lower|larger|smaller|at|least|most|than|to|exactly|only|equals?|exceeds?|exceeding|returns?|returned|shows?|gives?|prints?|says|reads|reports?|still|again|yet|between|about|around|nearly|almost|roughly|approximately|up|down|and|or|but|for|since|after|before|within|per|every|each|any|all|some|it|this|that|there|when|if|while|until|increases?|decreases?|rises|drops|falls|stays|remains|keeps)(?![\w-]))[a-z][\w-]*`;
const phrase = `${part}(?: ${part}){0,3}`;
const is =
  '(?:is|are|was|were|equals?|returns?|returned|prints?|printed|shows?|gives?|says|reads|outputs?|reports?|answers?|replies)';
const isNot =
  "(?:is not|are not|isn't|was not|(?:does not|doesn't|did not) (?:return|print|show|give|say|read|output|report|answer|reply|equal))";
const number = String.raw`(?<number>#\d+)`;
const compare = `(?<compare>${comparisonWords})`;

const statements = [
  `(?:${it}|(?:the |its )?(?<named>${phrase})) (?:(?:(?<not>${isNot})|${is}|(?<exceeds>exceeds?)) ?)?(?:${compare} )?${number}(?: or (?<more>more|higher|greater|above|less|lower|below|fewer))?`,
  `(?:there (?:is|are|were) |${it} (?:returns?|shows?|gives?|prints?|finds?|counts?) )?${compare} ${number} (?<things>${phrase})(?: (?:is|are|was|were) (?<state>${part}))?`,
];

/** "There are stuck jobs", "no jobs are stuck": whether what is counted is there at all. */
const present = [
  `there (?:is|are|were) (?:(?<none>no|not any) |any |some |an? )?(?<things>${phrase})(?: (?:found|left|listed))?`,
  `(?:(?<none>no)|any|some) (?<things>${phrase}) (?:is|are|was|were) (?<state>${part})`,
];

const leavesOut = /!=|<>|\bnot\b|\bexcept\b/;

function inferPresence({ shape, plain, parentheses }: Sentence): InferredGuard | null {
  const base = baseOf(shape);
  // What is not so is counted, too: by the query's words nobody can tell the two apart.
  if (base === null || parentheses.length > 0 || leavesOut.test(shape.single ?? '')) return null;
  if (wholeLine('there (?:is|are|were) (?:none|no such thing)').test(plain))
    return { cel: `${base} == 0`, because: 'there is one number' };
  for (const pattern of present) {
    const groups = wholeLine(pattern).exec(plain)?.groups;
    const said = [groups?.['things'], groups?.['state']].filter((words) => words !== undefined).join(' ');
    if (!groups || !isAllCounted(said, shape)) continue;
    return { cel: `${base} ${groups['none'] === undefined ? '>' : '=='} 0`, because: 'there is one number' };
  }
  return null;
}

/** The guard of a condition on that one number, or null. */
export function inferOnlyNumber(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses } = sentence;
  const base = baseOf(shape);
  if (base === null || parentheses.length > 0) return null;
  for (const pattern of statements) {
    const groups = wholeLine(pattern).exec(plain)?.groups;
    if (!groups) continue;
    const said = [groups['named'], groups['things'], groups['state']].filter((words) => words !== undefined);
    const which = [...(groups['things'] ?? '').split(' ').slice(0, -1), groups['state'] ?? ''];
    if (!isCounted(said.join(' '), shape, groups['named'] !== undefined, which)) continue;
    const exceeds = groups['exceeds'] !== undefined;
    const sign = exceeds && groups['compare'] !== undefined ? null : signSaid(groups, exceeds);
    const value = numberOf(sentence, groups['number']);
    if (sign === null || value === null) return null;
    return { cel: `${base} ${sign} ${value}`, because: 'there is one number' };
  }
  return inferPresence(sentence);
}

/** Where the one value stands; null where there is more than one, or none. */
function baseOf({ printed, single, members }: ResultShape): string | null {
  if (members.includes('text') && (printed?.kind === 'number' || printed?.kind === 'value'))
    return printed.kind === 'number' && printed.of === 'http-status' ? null : 'number(text, errorText)';
  return single === undefined ? null : 'rows[0][columns[0]]';
}

const fillers = new Set('the a an of in number count total current overall'.split(' '));
const states = /^(?:is|are|was|were|has|have|been|found|returned|there|match|matches|matching|present|left|listed)$/;
const others =
  /^(?:second|sec|minute|min|hour|hr|day|week|month|time|times|percent|customer|user|team|person|people|incident|alert|ticket|complaint)s?$/;

/**
 * What is counted is what the command or query names: all of a command's words must stand in it; of a query's one, where they do not
 * only say that it is a number.
 */
function isCounted(
  said: string,
  { command, single = '', words = [] }: ResultShape,
  isNamed: boolean,
  which: readonly string[] = [],
): boolean {
  const parts = said.split(' ').filter((word) => word !== '' && !fillers.has(word) && !states.test(word));
  if (parts.length === 0) return true;
  if (command) {
    if (countsHead(command)) return false;
    const known = command
      .join(' ')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '');
    const also = command[0] === 'nproc' ? 'cpu cpus core processor' : '';
    return parts.every((word) => isLineOf(word) || `${known} ${also}`.includes(singular(word).replaceAll('-', '')));
  }
  if (isNamed && !/\b(?:number|count|total)\b/.test(said))
    return parts.every((word) => words.includes(singular(word)) || words.includes(word));
  // "More than 10 jobs are running", where stuck ones are counted: what says which of them must be the query's own, and not what it leaves out.
  const told = which.filter((word) => word !== '' && !fillers.has(word) && !states.test(word));
  if (told.length > 0 && (leavesOut.test(single) || !told.every((word) => isIn(single, word)))) return false;
  // Of rows it has one, whatever it counts.
  if (parts.some((word) => isRow.test(word) || others.test(word))) return false;
  return parts.some((word) => word.length > 2 && single.includes(singular(word)));
}

/** `kubectl get pods | wc -l` counts the line of names, too. */
function countsHead(command: readonly string[]): boolean {
  const line = command.join(' ');
  const isTable =
    /^(?:(?:kubectl|oc|k) (?:.* )?(?:get|top)|(?:docker|podman|crictl) (?:.* )?(?:ps|images|ls)|helm (?:.* )?(?:list|ls)|ss|netstat|ps|df|lsof|w|squeue) /;
  const isBare =
    / (?:--no-headers?|-H|-h|-q|--quiet|-o name|-o=name|-o jsonpath)|jsonpath| (?:e?grep|awk|sed|tail|jq) /;
  return / wc -l$/.test(line) && isTable.test(`${line} `) && !isBare.test(line);
}

/** Every word of it that says something stands in the pattern that is counted, or in the query. */
function isAllCounted(said: string, { command, single = '' }: ResultShape): boolean {
  const parts = said.split(' ').filter((word) => !fillers.has(word) && !states.test(word));
  const known = command ? searchedFor(command) : single;
  return parts.length > 0 && known !== null && parts.every((word) => isIn(known, word));
}

/** True for a word that something in a text begins with: "errors" in `error_log`, not "done" in `abandoned`. */
export function isIn(text: string, word: string): boolean {
  const one = singular(word);
  for (let at = text.indexOf(one); one.length > 2 && at !== -1; at = text.indexOf(one, at + 1))
    if (!/[a-z0-9]/.test(text[at - 1] ?? '')) return true;
  return false;
}

/**
 * The one pattern that the last search of a command looks for, in lower case; null where there are several, or one of several
 * sides.
 */
export function searchedFor(command: readonly string[]): string | null {
  const at = command.findLastIndex((word) => /^(?:.*\/)?(?:[ef]?grep|zgrep|rg)$/.test(word));
  const args = at === -1 ? [] : command.slice(at + 1);
  if (args.some((word) => /^-\w*[ef]|^--(?:regexp|file)/.test(word))) return null;
  const pattern = args.find((word) => !word.startsWith('-')) ?? '';
  return pattern === '' || pattern.includes('|') ? null : pattern.toLowerCase();
}

const isRow = /^(?:row|result|record|entry|entries)s?$/;
const isLineOf = (word: string): boolean => /^(?:line|match|result|entry|entries|hit|occurrence)(?:e?s)?$/.test(word);

const word = `(?:(?:${it}|(?:the |its )?(?<named>${phrase})) (?:(?<not>${isNot}|${is} (?:anything|something) other than)|${is})(?: (?:exactly|just|only|with|the value|the text))? (?<word>"\\d+|[a-z]+))`;

/** The guard of a condition by which the one value is a certain word, or null. */
export function inferOnlyWord(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses, written } = sentence;
  if (shape.printed?.kind !== 'value' || !shape.members.includes('text') || parentheses.length > 0) return null;
  const groups = wholeLine(word).exec(plain)?.groups;
  const sign = groups?.['word'];
  if (!groups || sign === undefined) return null;
  const named = groups['named'] ?? '';
  // `systemctl is-active` prints the state of the unit and nothing else.
  const [program = ''] = shape.command ?? [];
  const isState =
    /^(?:systemctl|docker|podman)$/.test(program) &&
    /^(?:(?:service|unit|container)(?:'s)? ?)?(?:state|status)?$/.test(named) &&
    (program !== 'systemctl' || !/container/.test(named));
  if (!isState && !isCounted(named, shape, true)) return null;
  const quoted = sign.startsWith('"') ? mentioned(sentence, sign) : undefined;
  // Without quotes only capitals say that a word is meant as it stands.
  const last = written.split(' ').at(-1) ?? '';
  const said = quoted?.kind === 'quoted' ? quoted.text : /^[A-Z]{2,}$/.test(last) ? last : null;
  if (said === null || said === '' || said.length > 80 || /[<{*…\n]|\.\.\./.test(said)) return null;
  return {
    cel: `${groups['not'] === undefined ? '' : '!'}text.reads(${celText(said)})`,
    because: 'the command prints one value',
  };
}
