// Conditions about what a well-known command is run to find out: "the service is not active" behind `systemctl is-active`, "the port is
// open" behind `nc -z`, "the certificate will expire" behind `openssl x509 -checkend`. Each answer is one that the command's manual
// states; what it leaves open (no such unit, a name that does not resolve) goes to a person.
import type { Sentence } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { isContainerUp } from './infer-listing.ts';
import { searchedFor } from './infer-only-value.ts';
import { numberOf } from './infer-threshold.ts';
import { wholeLine } from './whole-line.ts';

/** What is asked, and the guard by which it is so and by which it is not. */
interface Answer {
  readonly yes: string;
  readonly no: string;
  readonly holds: string;
  readonly fails: string;
}

interface Known {
  readonly command: RegExp;
  readonly answers: readonly Answer[];
}

/** A name before the thing, which must stand in the command; no word that would turn or widen what is said. */
const name = String.raw`(?:((?!(?:no|not|any|some|one|other|another|each|every|all|both|either|neither|old|new|more|less|same|only|first|second|next|last) )[\w@.-]+) )?`;
const not = "(?:is not|isn't|is no longer)";

/** With 0 it is so, with the others it is not; any other code is no answer. */
function byCode(yes: string, no: string, others: readonly number[] = [1], more = ''): Answer {
  const open = noAnswer(others);
  return { yes, no, holds: `${open} : ${more}exitCode == 0`, fails: `${open} : ${more}exitCode != 0` };
}

/** How a guard begins that a command answers by its exit code: by 0 and the others alone. */
export function noAnswer(others: readonly number[]): string {
  const isOther = others.length === 0 ? 'exitCode != 0' : `!(exitCode in [${[0, ...others].join(', ')}])`;
  return `${isOther} ? ask('the command gave no answer')`;
}

/** By what the command prints: one text where it is so, another where it is not; with neither it gave no answer. */
function byText(yes: string, no: string, so: string, notSo: string): Answer {
  const open = "ask('the command gave no answer')";
  const holds = `${notSo} ? false : ${so} ? true : ${open}`;
  return { yes, no, holds, fails: `${notSo} ? true : ${so} ? false : ${open}` };
}

/** Where the port of the command is put into a guard. */
const thePort = '{port}';

/** By a line that shows a socket which listens; lines that do not show it leave it open. */
function lists(shown: string, so: string, notSo: string): string {
  return `${shown} ? ${so} : found(exitCode, text, errorText) ? ask('no line shows a socket that listens') : ${notSo}`;
}

function tcpTest(succeeded: string, failed: string): string {
  const shows = (word: string): string => String.raw`text.matches(r'TcpTestSucceeded\s*:\s*${word}')`;
  return `${shows('True')} ? ${succeeded} : ${shows('False')} ? ${failed} : ask('the command gave no answer')`;
}

/** Files that git does not know yet are changes to some and none to others. */
function gitChanges(without: string, having: string): string {
  return String.raw`!printed(text, errorText) ? ${without} : text.matches(r'(?m)^[^?\n]') ? ${having} : ask('there are new files only')`;
}

/** Why a connection was not made, as every `nc` says it. */
function refused(so: 'true' | 'false'): string {
  const has = (words: string): string => `(text.contains('${words}') || errorText.contains('${words}'))`;
  return `${has('refused')} ? ${so} : ${has('timed out')} ? ${so === 'true' ? 'false' : 'true'} : ask('the command gave no reason')`;
}

/** The thing by its name alone, which must be a whole word of the command. */
const byName = String.raw`(?<alone>(?!(?:it|this|that|there|everything|anything|something|nothing|what|which|who) )[a-z][\w@.-]{2,})`;
const unit = `(?:(?:the |this )?${name}(?:service|unit|daemon|process|server|timer)|${byName}|it)`;
const host = `(?:(?:the |this )?${name}(?:host|server|node|machine|address)|${byName}|it)`;
/** Which of several is meant stands in the command. */
const database = `(?:(?:the |this )?${name}(?:database|server|instance|(primary|replica|standby))|postgres(?:ql)?|it)`;
const hostName = `(?:(?:the |this )?${name}(?:name|host name|hostname|host|record|domain)|it)`;
const listening = `(?:something|anything|a process|(?:the |this )?${name}(?:port|service|process)|(?:the |this )?port #\\d+|it)`;
const port = '#\\d+';
const listens = `${listening} (?:is|are) (?:listening|open|in use|bound|listed)(?: on (?:the )?(?:port )?${port})?`;
const listensNot = `(?:nothing|no(?:body| process| one)) is (?:listening|listed)(?: on (?:the )?(?:port )?${port})?|${listening} (?:is not|isn't|is no longer) (?:listening|open|in use|bound|listed)(?: on (?:the )?(?:port )?${port})?`;
/** A local address, and beside it a peer that may be anybody: connections to such a port, and longer ports, are no sign that it listens. */
const socket = String.raw`[:.]${thePort}\s+\S*[:.](\*|0(\s|$))`;
const file = `(?:(?:the |this |that )?${name}(?:file|directory|folder|path)|it)`;
/** How long the certificate may still count, in words; the seconds of the command must say the same. */
const within = String.raw`(?: soon| (?:with)?in (?:the next |less than )?(?<within>(?:#\d+|an?) (?:hour|day|week)s?))?`;
/** A unit that has failed, or is being started, is not what is meant by "stopped". */
const neither = "ask('the unit is neither running nor stopped')";
const address = String.raw`text.matches(r'(?m)^([0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)\s*$')`;
const rollout = '(?:(?:the |this )?(?:rollout|deployment|update|it)|it)';

const commands: readonly Known[] = [
  {
    command: /^Test-Path /i,
    answers: [
      byText(
        `${file} (?:exists|is there|is present)`,
        `${file} (?:(?:does not|doesn't) exist|${not} (?:there|present)|is missing)`,
        "text.reads('True')",
        "text.reads('False')",
      ),
    ],
  },
  {
    command: /^(?:Test-NetConnection|tnc) .*-Port /i,
    answers: [
      {
        yes: `(?:(?:the |this )?(?:${name}port|connection|test)|it) (?:is (?:open|reachable|successful)|succeeds|succeeded)|tcptestsucceeded is true`,
        no: `(?:(?:the |this )?(?:${name}port|connection|test)|it) (?:${not} (?:open|reachable|successful)|is (?:closed|blocked|unreachable)|fails|failed)|tcptestsucceeded is (?:false|not true)`,
        holds: tcpTest('true', 'false'),
        fails: tcpTest('false', 'true'),
      },
    ],
  },
  {
    command: /^systemctl (?:-\S+ )*is-active \S+$/,
    answers: [
      {
        yes: `${unit} is (?:active|running|up)`,
        no: `${unit} (?:${not} (?:active|running|up)|is down)`,
        holds: `${noAnswer([3])} : text.reads('activating') ? ask('the unit is being started') : text.reads('active')`,
        fails: `${noAnswer([3])} : text.reads('activating') ? ask('the unit is being started') : !text.reads('active')`,
      },
      {
        yes: `${unit} is stopped`,
        no: `${unit} ${not} stopped`,
        holds: `${noAnswer([3])} : text.reads('inactive') ? true : text.reads('active') ? false : ${neither}`,
        fails: `${noAnswer([3])} : text.reads('inactive') ? false : text.reads('active') ? true : ${neither}`,
      },
      {
        yes: `${unit} (?:is|has) failed`,
        no: `${unit} (?:${not}|has not) failed`,
        holds: `${noAnswer([3])} : text.reads('failed')`,
        fails: `${noAnswer([3])} : !text.reads('failed')`,
      },
      {
        yes: `${unit} is inactive`,
        no: `${unit} ${not} inactive`,
        holds: `${noAnswer([3])} : text.reads('inactive')`,
        fails: `${noAnswer([3])} : !text.reads('inactive')`,
      },
    ],
  },
  {
    command: /^(?:systemctl (?:-\S+ )*status \S+|service \S+ status)(?: -\S+)*$/,
    answers: [
      byCode(`${unit} is (?:active|running|up)`, `${unit} (?:${not} (?:active|running|up)|is down)`, [3]),
      {
        yes: `${unit} is (?:inactive|stopped)`,
        no: `${unit} ${not} (?:inactive|stopped)`,
        holds: `${noAnswer([3])} : exitCode == 0 ? false : field(text, 'Active').startsWith('inactive') ? true : ${neither}`,
        fails: `${noAnswer([3])} : exitCode == 0 ? true : field(text, 'Active').startsWith('inactive') ? false : ${neither}`,
      },
      {
        yes: `${unit} (?:(?:is|has) failed|is in (?:a |the )?failed state)`,
        no: `${unit} (?:${not}|has not) failed`,
        holds: `${noAnswer([3])} : field(text, 'Active').startsWith('failed')`,
        fails: `${noAnswer([3])} : !field(text, 'Active').startsWith('failed')`,
      },
    ],
  },
  {
    command: /^(?:nc|ncat|netcat) (?:.* )?-\w*z\w*(?: |$)/,
    answers: [
      byCode(
        `(?:(?:the |this )?(?:${name}port|connection)|it) (?:is (?:open|reachable|successful|accepted|established)|succeeds|succeeded|answers|connects)`,
        `(?:(?:the |this )?(?:${name}port|connection)|it) (?:(?:${not} (?:open|reachable|successful|accepted|established))|is (?:closed|unreachable|unsuccessful)|fails|failed|(?:does not|doesn't) (?:succeed|answer|connect))`,
      ),
      {
        yes: `(?:(?:the |this )?${name}connection|it) is refused`,
        no: `(?:(?:the |this )?${name}connection|it) ${not} refused`,
        holds: `${noAnswer([1])} : exitCode == 0 ? false : ${refused('true')}`,
        fails: `${noAnswer([1])} : exitCode == 0 ? true : ${refused('false')}`,
      },
    ],
  },
  {
    command: /^ping6? /,
    answers: [
      byCode(
        `${host} (?:answers|responds|replies|is (?:reachable|up|alive))`,
        `${host} (?:(?:does not|doesn't|do not) (?:answer|respond|reply)|${not} (?:reachable|up|alive)|is (?:unreachable|down))|all packets are lost|there is no (?:answer|reply|response)`,
      ),
      byText(
        'there is (?:any |some )?packet loss|(?:any |some )?packets are (?:being )?lost',
        'there is no packet loss|no packets are (?:being )?lost',
        "text.contains('% packet loss')",
        String.raw`text.matches(r'[^0-9.]0(\.0+)?% packet loss')`,
      ),
    ],
  },
  {
    command: /^(?:redis|valkey)-cli (?:.* )?ping$/i,
    answers: [
      {
        yes: `(?:(?:the |this )?${name}(?:cache|server|node|instance|redis|valkey|command|reply|answer|response|output)|redis|it) (?:answers|replies|responds|returns|prints|says|is)(?: with)? (?:pong|"\\d+)|(?:the |this )?${name}(?:cache|server|redis) (?:answers|responds|replies)`,
        no: `(?:(?:the |this )?${name}(?:cache|server|node|instance|redis|valkey|command|reply|answer|response|output)|redis|it) (?:(?:does not|doesn't) (?:answer|reply|respond|return|print|say)|is not)(?: with)? (?:pong|"\\d+)|(?:the |this )?${name}(?:cache|server|redis) (?:does not|doesn't) (?:answer|respond|reply)|there is no (?:answer|reply|response)`,
        holds: `${noAnswer([1])} : text.reads('PONG')`,
        fails: `${noAnswer([1])} : !text.reads('PONG')`,
      },
    ],
  },
  {
    command: /^pg_isready\b/,
    answers: [
      byCode(
        `${database} (?:is accepting connections|accepts connections|is (?:ready|up|available))`,
        `${database} (?:${not} (?:accepting connections|ready|available)|(?:does not|doesn't) accept connections|rejects connections)`,
        [1, 2],
      ),
      {
        yes: `${database} (?:answers|responds)`,
        no: `${database} (?:(?:does not|doesn't) (?:answer|respond)|${not} up|is (?:down|unavailable))`,
        holds: `${noAnswer([1, 2])} : exitCode == 1 ? ask('the server answers and rejects connections') : exitCode == 0`,
        fails: `${noAnswer([1, 2])} : exitCode == 1 ? ask('the server answers and rejects connections') : exitCode != 0`,
      },
    ],
  },
  {
    command: /^openssl x509 .*-checkend /,
    answers: [
      {
        yes: `(?:the |this |that )?(?:certificate|cert|it) (?:will expire|expires|is about to expire|is expiring)${within}`,
        no: `(?:the |this |that )?(?:certificate|cert|it) (?:will not expire|won't expire|does not expire|doesn't expire|is not about to expire)${within}`,
        holds: `${noAnswer([1])} : text.contains('will not expire') ? false : text.contains('will expire') ? true : ask('openssl says neither')`,
        fails: `${noAnswer([1])} : text.contains('will not expire') ? true : text.contains('will expire') ? false : ask('openssl says neither')`,
      },
    ],
  },
  {
    // Without waiting it ends with 0 whatever the state is.
    command: /^(?!.* (?:--watch|-w)=false)(?:kubectl|oc) (?:.* )?rollout status /,
    answers: [
      byCode(
        `${rollout} (?:succeeds|succeeded|finishes|finished|completes|completed|is (?:complete|completed|finished|successful|done))`,
        `${rollout} (?:(?:does not|doesn't|did not) (?:succeed|finish|complete)|${not} (?:complete|completed|finished|successful|done)|fails|failed|times out|timed out)`,
        [1],
        "errorText.contains('NotFound') ? ask('there is no such object') : ",
      ),
    ],
  },
  {
    command: /^lsof (?:.* )?-i ?:?\S*:?\d/,
    answers: [
      {
        yes: listens,
        no: listensNot,
        holds: lists("text.contains('(LISTEN)')", 'true', 'false'),
        fails: lists("text.contains('(LISTEN)')", 'false', 'true'),
      },
    ],
  },
  {
    command: /^(?:ss|netstat) .*grep /,
    answers: [
      {
        yes: listens,
        no: listensNot,
        holds: lists(String.raw`text.matches(r'${socket}')`, 'true', 'false'),
        fails: lists(String.raw`text.matches(r'${socket}')`, 'false', 'true'),
      },
    ],
  },
  {
    command: /^systemctl (?:list-units )?(?:--no-pager )?--failed(?: --no-pager)?$/,
    answers: [
      byText(
        '(?:any |some |there are (?:any )?)?(?:failed )?units? (?:has|have|are|is|were) (?:failed|listed|shown)|there are (?:any )?failed units',
        'no (?:failed )?units? (?:has|have|are|is|were) (?:failed|listed|shown)|there are no failed units',
        "text.matches(r'(?m)^[1-9][0-9]* loaded units')",
        "text.matches(r'(?m)^0 loaded units')",
      ),
    ],
  },
  {
    command: /^git (?:-C \S+ )?status (?:--porcelain|--short|-s)$/,
    answers: [
      {
        yes: "there are (?:any )?(?:uncommitted|local) changes|the (?:working )?(?:tree|copy|directory) (?:is dirty|(?:is not|isn't) clean)",
        no: 'there are no (?:uncommitted|local) changes|the (?:working )?(?:tree|copy|directory) is clean',
        holds: gitChanges('false', 'true'),
        fails: gitChanges('true', 'false'),
      },
    ],
  },
  {
    command: /^nslookup /,
    answers: [
      byText(
        `${hostName} resolves`,
        `${hostName} (?:does not|doesn't) resolve`,
        "text.matches(r'(?m)^Name:')",
        `text.contains("can't find")`,
      ),
    ],
  },
  {
    command: /^getent hosts /,
    answers: [byCode(`${hostName} resolves`, `${hostName} (?:does not|doesn't) resolve`, [2])],
  },
  {
    command: /^curl (?:.* )?(?:-[a-zA-Z]*f[a-zA-Z]*|--fail)(?: |$)/,
    answers: [
      {
        yes: '(?:the |this )?(?:request|call|curl) (?:succeeds|succeeded|is successful)',
        no: '(?:the |this )?(?:request|call|curl) (?:fails|failed|is not successful|does not succeed)',
        holds: 'exitCode == 0',
        fails: 'exitCode != 0',
      },
    ],
  },
  {
    command: /^dig (?:.* )?\+short(?: |$)/,
    // What it could not ask it says on its output, and an alias is no address.
    answers: [
      {
        yes: `${hostName} resolves|(?:an? )?(?:address|ip address|ip) is (?:returned|found|shown)`,
        no: `${hostName} (?:does not|doesn't) resolve|(?:there is )?no (?:address|ip address|ip)(?: is (?:returned|found|shown))?|(?:it|the command|dig) returns no (?:address|ip address|ip)`,
        holds: `${noAnswer([])} : ${address} ? true : printed(text, errorText) ? ask('there is an alias alone') : false`,
        fails: `${noAnswer([])} : ${address} ? false : printed(text, errorText) ? ask('there is an alias alone') : true`,
      },
      {
        yes: `(?:an? )?(?:record|answer) is (?:returned|found|shown)`,
        no: `(?:there is )?no (?:record|answer)(?: is (?:returned|found|shown))?|(?:it|the command|dig) returns no (?:record|answer)`,
        holds: `${noAnswer([])} : printed(text, errorText)`,
        fails: `${noAnswer([])} : !printed(text, errorText)`,
      },
    ],
  },
  {
    command: /^(?:test|\[) -[efdSL] \S+(?: \])?$/,
    answers: [
      byCode(
        `${file} (?:exists|is there|is present)`,
        `${file} (?:(?:does not|doesn't) exist|${not} (?:there|present)|is missing)`,
      ),
    ],
  },
  {
    command: /^(?:docker|podman) ps(?: (?:--filter|-f)[ =]\S+)*$/,
    answers: [
      {
        yes: '(?:the |a |any )?containers? (?:is|are) (?:listed|shown|found)',
        no: "(?:the )?container (?:is not|isn't) (?:listed|shown|found)|no containers? (?:is|are) (?:listed|shown|found)",
        holds: 'table(text).size() > 0',
        fails: 'table(text).size() == 0',
      },
    ],
  },
  {
    // One that is restarted again and again, or paused, is listed as well; a filter may ask for others than those that run.
    command: /^(?:docker|podman) ps(?: (?:--filter|-f)[ =](?!status|health|exited)\S+)*$/,
    answers: [
      {
        yes: '(?:the |a |any )?containers? (?:is|are) (?:running|up)',
        no: "(?:the )?container (?:is not|isn't) (?:running|up)|no containers? (?:is|are) (?:running|up)",
        holds: `table(text).exists(r, ${isContainerUp})`,
        fails: `!table(text).exists(r, ${isContainerUp})`,
      },
    ],
  },
  {
    command: /^(?:pgrep|ps .*grep .*\[\w\])/,
    answers: [
      {
        yes: `(?:(?:the |a |any )?${name}process(?:es)?|${byName}) (?:is|are) (?:running|found|listed|there|alive)|there (?:is|are) (?:an? |any )?${name}process(?:es)?`,
        no: `(?:(?:the )?${name}process|${byName}) (?:is not|isn't) (?:running|found|listed|there|alive)|no ${name}process(?:es)? (?:is|are) (?:running|found|listed|there)|there (?:is|are) no ${name}process(?:es)?`,
        holds: 'found(exitCode, text, errorText)',
        fails: '!found(exitCode, text, errorText)',
      },
    ],
  },
];

const secondsIn: Readonly<Record<string, number>> = { hour: 3600, day: 86_400, week: 604_800 };

/** "30 days", "a week" in seconds. */
function secondsOf(words: string, sentence: Sentence): number | null {
  const [count = '', unit = ''] = words.split(' ');
  const number = count.startsWith('#') ? numberOf(sentence, count) : 1;
  const seconds = secondsIn[unit.replace(/s$/, '')];
  return number === null || seconds === undefined ? null : number * seconds;
}

/** The guard of a condition on what the block's command answers, or null. */
export function inferKnownCommand(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses, mentions } = sentence;
  const { command, printed } = shape;
  if (!command || parentheses.length > 0 || !shape.members.includes('exitCode')) return null;
  if (shape.piped && printed?.kind !== 'search') return null;
  const line = command.join(' ');
  const bare = line.toLowerCase().replace(/[[\]]/g, '');
  const parts = bare.split(/[^\w@.-]+/).flatMap((part) => [part, part.replace(/\.(?:service|timer|socket)$/, '')]);
  // Quoted is only what the command prints by its manual.
  if (mentions.some((one) => one.kind === 'quoted' && !/^(?:pong|tcptestsucceeded)$/i.test(one.text))) return null;
  // `docker ps` without a filter lists all containers, of which "the container" is none.
  const isOne = !/^(?:docker|podman) ps$/.test(line);
  const isSaid = (pattern: string): boolean => {
    const found = wholeLine(pattern).exec(plain);
    const within = found?.groups?.['within'];
    const names = found?.slice(1).filter((one) => one !== undefined && one !== within) ?? [];
    if (within !== undefined && !command.includes(String(secondsOf(within, sentence)))) return false;
    // A number that is said, of a port, must be the command's own.
    const numbers = mentions.flatMap((one) => (one.kind === 'number' ? [String(one.value)] : []));
    if (within === undefined && !numbers.every((one) => parts.includes(one))) return false;
    const alone = found?.groups?.['alone'];
    const isNamed = names.every((one) => bare.includes(one)) && (alone === undefined || parts.includes(alone));
    return found !== null && isNamed && (isOne || !/^the /.test(plain));
  };
  const because = 'the command is run to find that out';
  for (const { answers } of commands.filter((known) => known.command.test(line)))
    for (const answer of answers) {
      if (isSaid(answer.yes)) return { cel: withPort(answer.holds, command), because };
      if (isSaid(answer.no)) return { cel: withPort(answer.fails, command), because };
    }
  return null;
}

/** The guard with the port that the command's search looks for, or with any port. */
function withPort(cel: string, command: readonly string[]): string {
  const said = /\d{2,5}/.exec(searchedFor(command) ?? '')?.[0];
  return cel.replaceAll(thePort, said ?? '[0-9]+');
}
