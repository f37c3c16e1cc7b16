// Conditions about a command: how it ended ("the command fails", "exit code is 2") and what it printed
// ("the output contains `ready`").
import { mentioned, type Sentence } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { outputHas } from './output-test.ts';
import { moodOf } from './status-mood.ts';
import type { ResultShape } from './scope.ts';
import { comparisonOf, comparisonWords, numberOf } from './infer-threshold.ts';
import { wholeLine } from './whole-line.ts';

const command = String.raw`(?:(?:the|this|that|above|shell) )*(?:command|script|cmdlet)`;
const ends = '(?:exits?|exited|returns?|returned|ends?|ended|terminates?|terminated|finish(?:es)?|completes?)';
const code = '(?:(?:exit|return|status|error) (?:code|status)|exit|code|status)';
const nonZero = '(?:non-zero|nonzero|non zero)';

const failed = [
  `${command} (?:fails|failed|does not succeed|doesn't succeed|did not succeed|is not successful|was not successful|is unsuccessful|errors out)`,
  `${command} ${ends}(?: with)? (?:a |an )?(?:${nonZero}(?: ${code})?|error ${code})`,
  `${command} ${ends} with an error`,
  `${command} (?:does not|doesn't|did not) (?:exit|return|end)(?: with)?(?: ${code})? (?:zero|#0)`,
  `(?:the |its )?(?:exit|return) (?:code|status) (?:is|was) (?:not (?:zero|#0)|${nonZero})`,
  `(?:there is )?a ${nonZero} (?:exit|return) (?:code|status)(?: is returned)?`,
];
const succeeded = [
  `${command} (?:succeeds|succeeded|is successful|was successful|does not fail|doesn't fail|did not fail)`,
  `${command} (?:exits?|exited|ends?|ended|completes?|completed|finishes|finished|runs?|ran) (?:successfully|cleanly|without errors?|without an error)`,
];

/** The guard of a condition on how a command ended, or null. */
export function inferExitCode(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses } = sentence;
  if (!shape.members.includes('exitCode') || parentheses.length > 0) return null;
  // Of several commands, and of a pipeline, the exit code tells the last one's ending alone; that of a search, what it found.
  const tellsOther = shape.commands === 'several' || shape.piped === true || shape.printed?.kind === 'search';
  if (tellsOther && !/^(?:the |its )?(?:exit|return) (?:code|status)\b/.test(plain)) return null;
  // "The exit code is 137" behind `kubectl describe` is that of what it shows.
  if (showsOthers(shape.command) && !/\b(?:command|script|cmdlet)\b/.test(plain)) return null;
  const because = 'the words are about how the command ends';
  const isZero = /#\d+/.test(plain) && numberOf(sentence, /#\d+/.exec(plain)?.[0]) === 0;
  const line = isZero ? plain.replace(/#\d+/, '#0') : plain.replace(/#0\b/, '#00');
  if (failed.some((pattern) => wholeLine(pattern).test(line))) return { cel: 'exitCode != 0', because };
  if (succeeded.some((pattern) => wholeLine(pattern).test(line)))
    return hidesFailure(shape.command) ? null : { cel: 'exitCode == 0', because };
  const subject = String.raw`(?:(?:the |its )?(?:exit|return) (?:code|status)|${command}'s (?:exit|return) (?:code|status))`;
  const number = String.raw`(?<first>#\d+)(?: or (?<second>#\d+))?`;
  const patterns = [
    `${subject} (?:(?<not>is not|isn't|was not|!=)|is|was|of|=|==|equals)(?: (?<compare>${comparisonWords}))? ${number}`,
    `${command} (?:(?<not>(?:does not|doesn't) (?:exit|end|return))|${ends}) with(?: an?| the)?(?: (?:exit|return|status|error))? ?(?:code|status)? ${number}`,
    `${command} (?:returns?|returned|gives?) (?:an? |the )?(?:exit|return|status) (?:code|status)(?: of)? ${number}`,
  ];
  for (const pattern of patterns) {
    const groups = wholeLine(pattern).exec(plain)?.groups;
    if (!groups) continue;
    const first = numberOf(sentence, groups['first']);
    const second = groups['second'] === undefined ? undefined : numberOf(sentence, groups['second']);
    const negated = groups['not'] !== undefined;
    if (![first, second ?? 0].every((value) => value !== null && Number.isInteger(value) && Math.abs(value) < 2 ** 32))
      return null;
    const sign = groups['compare'] === undefined ? '==' : comparisonOf.get(groups['compare']);
    if (second !== undefined) {
      const list = `exitCode in [${first}, ${second}]`;
      return sign === '==' ? { cel: negated ? `!(${list})` : list, because } : null;
    }
    if (sign === undefined || (negated && sign !== '==')) return null;
    return { cel: `exitCode ${negated ? '!=' : sign} ${first}`, because };
  }
  return null;
}

/** Commands that end with 0 although what they asked for failed: an HTTP error, a statement of a file, a name that is not there. */
function hidesFailure([program = '', ...args]: readonly string[] = []): boolean {
  const has = (pattern: RegExp): boolean => args.some((word) => pattern.test(word));
  if (program === 'curl') return !has(/^-[a-zA-Z]*f|^--fail/);
  if (program === 'psql') return has(/^-\w*f|^--file/) && !has(/ON_ERROR_STOP/);
  if (program === 'sqlcmd') return !has(/^-b$/);
  return /^(?:dig|redis-cli|valkey-cli|rabbitmqctl)$/.test(program);
}

function showsOthers(command: readonly string[] = []): boolean {
  return (
    /^(?:kubectl|oc|k|docker|podman|crictl|nerdctl|journalctl|nomad|aws|az|gcloud)$/.test(command[0] ?? '') &&
    command.some((word) =>
      /^(?:describe|inspect|logs?|get|ps|events?|top|status|show|list|journalctl|describe-.*)$/.test(word),
    )
  );
}

const printedBy = String.raw`(?:(?:the|this|that|its|above|command|script|cmdlet|standard|response|http|query) )*(?:output|stdout|response|response body|body|command|script|cmdlet)`;
/** Also the log, after a command that shows one. */
const logged = String.raw`(?:${printedBy}|(?:(?:the|this|these|its|pod|pods|container|service|operator|system) )*logs?)`;
const kindOfText =
  '(?:text|string|line|lines|message|messages|error|errors|error message|error messages|warning|word|words|phrase|value|entry|entries|following|output|response|status)';
const texts = String.raw`(?:(?:the|a|an|any|this|following) )*(?:${kindOfText} )*(?<texts>"\d+(?:(?: or| ,| , or) "\d+)*)(?: (?:error|message|status|state|line|response|answer))?`;
const containing = '(?:containing|that contains|that includes|including|with)';
const notIt = "(?:does not|doesn't|did not)";
/** "It" is what was run, where words are about what is printed; "it has" and "it is" may be said of the thing it looks at. */
const itSays = [
  `(?:it|this) (?:(?<not>${notIt} (?:contain|show|mention|print|display|say|return|report|output))|contains|shows|mentions|prints|displays|says|returns|reports|outputs|printed|showed|returned) ${texts}`,
  `${texts} (?:(?<not>(?:is|are|was|were) not|isn't|aren't)|is|are|was|were) (?:shown|printed|returned|displayed|reported|output)`,
];
const says = (printed: string): readonly string[] => [
  `${printed} (?:(?<not>(?:does not|doesn't|do not|did not) (?:contain|include|show|mention|print|have|display|say|list|return))|contains?|includes?|shows?|mentions?|prints?|has|have|displays?|says|lists?|contained|showed|printed) ${texts}`,
  `${printed} (?:returns?|gives?|outputs?|reports?|prints?|shows?) (?:(?:an?|the|any) )*(?:(?:output|text|line|message|error|error message|response|something) ${containing} )${texts}`,
  `${printed} (?:returns?|gives?|outputs?|reports?) ${texts}`,
  `(?:you|we) (?:(?<not>(?:do not|don't) (?:see|find|get|receive))|see|find|get|receive) ${texts} in ${printed}`,
  `(?:there is (?<not>no) |there is )${texts} in ${printed}`,
  `${texts} (?:(?<not>(?:is not|isn't) (?:shown|printed|present|found|listed|in|returned)|does not appear|doesn't appear)|is shown|is printed|is present|is found|is listed|is returned|is|appears?|shows up)(?: in)? ${printed}`,
  `${printed} is (?<not>missing) ${texts}`,
  `(?:you|we) (?:(?<not>(?:do not|don't) (?:see|get|receive))|see|get|receive) (?:(?:the|an?|any|this|following) )*(?:(?:error|message|error message|warning|line|output|text) )?${texts}`,
];

const asksServers = /^(?:.*\/)?(?:curl|wget|https?|xh|Invoke-WebRequest|iwr|Invoke-RestMethod|irm)$/i;

/** The guard of a condition on what was printed or answered, or null. */
export function inferOutput(sentence: Sentence): InferredGuard | null {
  const { shape, parentheses, mentions } = sentence;
  const plain = withoutOccasion(sentence);
  if (!shape.members.includes('text') || shape.members.includes('rows') || parentheses.length > 0) return null;
  const because = 'the words are about the output';
  if (!shape.members.includes('errorText') && wholeLine(`${printedBy} (?:is|was|comes back) empty`).test(plain))
    return { cel: "!text.matches(r'\\S')", because };
  const shows = shape.command?.some((word) => /^(?:logs?|journalctl|dmesg|tail)$|\.log$/.test(word)) === true;
  const printed = printsFile(shape)
    ? `(?:${printedBy}|(?:the |this |that )?(?:configuration |config )?file)`
    : printedBy;
  const patterns = [...says(shows ? logged : printed), ...(shape.command ? itSays : [])];
  for (const pattern of patterns) {
    const groups = wholeLine(pattern).exec(plain)?.groups;
    if (!groups) continue;
    const signs = groups['texts']?.match(/"\d+/g) ?? [];
    const literals = signs.map((sign) => mentioned({ ...sentence, mentions }, sign));
    const wanted = literals.flatMap((found) => (found?.kind === 'quoted' ? [found.text] : []));
    if (wanted.length !== signs.length || wanted.length === 0 || wanted.some(isTemplate)) return null;
    const statuses = wanted.flatMap(
      (text) => /^(?:HTTP\/[\d.]+ )?([1-5]\d\d)(?: [A-Z][A-Za-z' -]*)?$/.exec(text)?.[1] ?? [],
    );
    // The body of an answer does not say its status, nor does HTTP/2 in words.
    if (statuses.length > 0 && shape.command?.some((word) => asksServers.test(word)) === true) {
      if (shape.printed?.kind !== 'head' || statuses.length !== 1 || wanted.length !== 1) return null;
      const sign = groups['not'] === undefined ? '==' : '!=';
      return { cel: `httpStatus(text) ${sign} ${statuses[0]}`, because: 'the words are about the HTTP status' };
    }
    // Of a list of pods "shows `Running`" leaves open whether one is enough.
    const lists = /\b(?:show|showed|shows|displays?)\b/.test(plain) || shape.printed?.kind === 'listing';
    if (lists && wanted.some((text) => moodOf(text) === 'well')) return null;
    // A number of a few digits may be a size, a time or a process as well.
    if (wanted.some((text) => /^\d{1,4}$/.test(text)) && shape.printed?.kind !== 'value') return null;
    return { cel: holding(wanted, groups['not'] !== undefined, plain, shape), because };
  }
  return null;
}

/** `cat FILE`: what the file contains is what is printed. */
function printsFile({ command, piped }: ResultShape): boolean {
  return command?.[0] === 'cat' && !piped && command.filter((word) => !word.startsWith('-')).length === 2;
}

/** "… when running the intercept command" says no more where that is the step's own command. */
function withoutOccasion({ plain, shape }: Sentence): string {
  const [tail, name] =
    / (?:when|after|while|on|from) (?:you run|running|executing) (?:the|this|that)(?: above)?(?: ([a-z][\w-]*))? (?:command|script)$/.exec(
      plain,
    ) ?? [];
  if (tail === undefined || (name !== undefined && !shape.command?.includes(name))) return plain;
  return plain.slice(0, -tail.length);
}

function holding(wanted: readonly string[], negated: boolean, plain: string, shape: ResultShape): string {
  // What a person sees as the output of a command is both of its streams.
  const both = shape.members.includes('errorText') && !/\b(?:stdout|standard output)\b/.test(plain);
  const searches = shape.printed?.kind === 'search';
  const members = both && !searches ? ['text', 'errorText'] : ['text'];
  const tests = wanted.map((text) => outputHas(text, members));
  // Newer ones say "Couldn't connect to server" where older ones said "Connection refused".
  const servers =
    !searches && shape.command?.[0] === 'curl' && wanted.some((text) => /refused|timed? ?out/i.test(text));
  if (servers) tests.push("exitCode in [6, 7, 28] && ask('curl may say it in other words')");
  // A search that lets nothing through ends with code 1, which is an answer; a part of a pipeline that fails gives none.
  if (shape.piped && both && !searches) tests.push("errorText.matches(r'\\S') && ask('the command wrote an error')");
  // What the body of an error does not say, the one that was asked for might have said; that all is well it would have not.
  if (shape.members.includes('status') && wanted.some((text) => moodOf(text) !== 'well'))
    tests.push("status >= 400 && ask('the service answered with an error')");
  const joined = tests.join(' || ');
  const cel = searches ? `found(exitCode, text, errorText) ? ${joined} : false` : joined;
  if (!negated) return cel;
  return /\|\||\?/.test(cel) ? `!(${cel})` : `!${cel}`;
}

/** Text that stands for other text, or is too short to mean one thing. */
function isTemplate(text: string): boolean {
  return text.length < 2 || text.length > 120 || /[<{[*…$]|\.\.\.|\n/.test(text);
}
