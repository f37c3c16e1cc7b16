// Conditions about what a well-known command is run to find out: "the service is not active" behind `systemctl is-active`, "the port is
// open" behind `nc -z`, "the certificate will expire" behind `openssl x509 -checkend`. Each answer is one that the command's manual
// states; what it leaves open (no such unit, a name that does not resolve) goes to a person.
import type { Sentence } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
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

/** A name before the thing; no word that would turn or widen what is said. */
const name = String.raw`(?:(?!(?:no|not|any|some|one|other|another|each|every|all|both|either|neither|old|new|more|less|same|only|first|second|next|last) )[\w@.-]+ )?`;
const not = "(?:is not|isn't|is no longer)";

function byCode(yes: string, no: string, open: string | null = null): Answer {
  const or = (cel: string): string => (open === null ? cel : `${open} : ${cel}`);
  return { yes, no, holds: or('exitCode == 0'), fails: or('exitCode != 0') };
}

const unit = `(?:(?:the |this )?${name}(?:service|unit|daemon|process|server|timer)|it)`;
const host = `(?:(?:the |this )?${name}(?:host|server|node|machine|address|gateway|target)|it)`;
const file = `(?:(?:the |this |that )?${name}(?:file|directory|folder|path|socket|lock|lock file|mount)|it)`;
const rollout = '(?:(?:the |this )?(?:rollout|deployment|update|it)|it)';

const commands: readonly Known[] = [
  {
    command: /^systemctl (?:-\S+ )*is-active \S+$/,
    answers: [
      {
        yes: `${unit} is (?:active|running|up)`,
        no: `${unit} (?:${not} (?:active|running|up)|is (?:down|stopped))`,
        holds: "text.reads('activating') ? ask('the unit is being started') : text.reads('active')",
        fails: "text.reads('activating') ? ask('the unit is being started') : !text.reads('active')",
      },
      {
        yes: `${unit} (?:is|has) failed`,
        no: `${unit} (?:${not}|has not) failed`,
        holds: "text.reads('failed')",
        fails: "!text.reads('failed')",
      },
      {
        yes: `${unit} is inactive`,
        no: `${unit} ${not} inactive`,
        holds: "text.reads('inactive')",
        fails: "!text.reads('inactive')",
      },
    ],
  },
  {
    command: /^(?:systemctl (?:-\S+ )*status \S+|service \S+ status)(?: -\S+)*$/,
    answers: [
      byCode(
        `${unit} is (?:active|running|up)`,
        `${unit} (?:${not} (?:active|running|up)|is (?:down|stopped|inactive))`,
        "exitCode == 4 ? ask('there is no such unit')",
      ),
    ],
  },
  {
    command: /^(?:nc|ncat|netcat) (?:.* )?-\w*z\w*(?: |$)/,
    answers: [
      byCode(
        `(?:(?:the |this )?(?:${name}port|connection)|it) (?:is (?:open|reachable|successful|accepted|established)|succeeds|succeeded|answers|connects)`,
        `(?:(?:the |this )?(?:${name}port|connection)|it) (?:(?:${not} (?:open|reachable|successful|accepted|established))|is (?:closed|unreachable|unsuccessful)|fails|failed|(?:does not|doesn't) (?:succeed|answer|connect))`,
      ),
    ],
  },
  {
    command: /^ping6? /,
    answers: [
      byCode(
        `${host} (?:answers|responds|replies|is (?:reachable|up|alive))`,
        `${host} (?:(?:does not|doesn't|do not) (?:answer|respond|reply)|${not} (?:reachable|up|alive)|is (?:unreachable|down))|all packets are lost|there is no (?:answer|reply|response)`,
        "exitCode == 2 ? ask('ping could not be sent')",
      ),
    ],
  },
  {
    command: /^pg_isready\b/,
    answers: [
      byCode(
        `(?:(?:the |this )?${name}(?:database|server|instance|primary|replica)|postgres(?:ql)?|it) (?:is accepting connections|accepts connections|is (?:ready|up|available))`,
        `(?:(?:the |this )?${name}(?:database|server|instance|primary|replica)|postgres(?:ql)?|it) (?:${not} (?:accepting connections|ready|up|available)|(?:does not|doesn't) (?:accept connections|answer|respond)|is (?:down|unavailable)|rejects connections)`,
        "exitCode == 3 ? ask('nothing was asked of the server')",
      ),
    ],
  },
  {
    command: /^openssl x509 .*-checkend /,
    answers: [
      {
        yes: '(?:the |this |that )?(?:certificate|cert|it) (?:will expire|expires|is about to expire)(?: soon)?',
        no: "(?:the |this |that )?(?:certificate|cert|it) (?:will not expire|won't expire|does not expire|doesn't expire|is not about to expire)(?: soon)?",
        holds:
          "text.contains('will not expire') ? false : text.contains('will expire') ? true : ask('openssl says neither')",
        fails:
          "text.contains('will not expire') ? true : text.contains('will expire') ? false : ask('openssl says neither')",
      },
    ],
  },
  {
    command: /^(?:kubectl|oc) (?:.* )?rollout status /,
    answers: [
      byCode(
        `${rollout} (?:succeeds|succeeded|finishes|finished|completes|completed|is (?:complete|completed|finished|successful|done))`,
        `${rollout} (?:(?:does not|doesn't|did not) (?:succeed|finish|complete)|${not} (?:complete|completed|finished|successful|done)|fails|failed|times out|timed out)`,
        "errorText.contains('NotFound') ? ask('there is no such object')",
      ),
    ],
  },
  {
    command: /^dig (?:.* )?\+short(?: |$)/,
    answers: [
      {
        yes: `(?:(?:the |this )?${name}(?:name|host name|hostname|host|record|domain)|it) resolves|(?:an? )?(?:address|ip address|ip|record|answer) is (?:returned|found|shown)`,
        no: `(?:(?:the |this )?${name}(?:name|host name|hostname|host|record|domain)|it) (?:does not|doesn't) resolve|(?:there is )?no (?:address|ip address|ip|record|answer)(?: is (?:returned|found|shown))?|(?:it|the command|dig) returns no (?:address|ip address|ip|record|answer)`,
        holds: 'printed(text, errorText)',
        fails: '!printed(text, errorText)',
      },
    ],
  },
  {
    command: /^(?:test|\[) (?:! )?-[efdSL] \S+(?: \])?$|^ls \/\S+$/,
    answers: [
      byCode(
        `${file} (?:exists|is there|is present)`,
        `${file} (?:(?:does not|doesn't) exist|${not} (?:there|present)|is missing)`,
        "exitCode > 2 ? ask('the command could not be run')",
      ),
    ],
  },
  {
    command: /^(?:docker|podman) ps(?: (?:--filter|-f)[ =]\S+)*$/,
    answers: [
      {
        yes: '(?:the |a |any )?containers? (?:is|are) (?:listed|running|shown|found|up)',
        no: "(?:the )?container (?:is not|isn't) (?:listed|running|shown|found|up)|no containers? (?:is|are) (?:listed|running|shown|found|up)",
        holds: 'table(text).size() > 0',
        fails: 'table(text).size() == 0',
      },
    ],
  },
  {
    command: /^(?:pgrep|ps .*grep .*\[\w\])/,
    answers: [
      {
        yes: `(?:the |a |any )?${name}process(?:es)? (?:is|are) (?:running|found|listed|there|alive)`,
        no: `(?:the )?${name}process (?:is not|isn't) (?:running|found|listed|there|alive)|no ${name}process(?:es)? (?:is|are) (?:running|found|listed|there)`,
        holds: 'found(exitCode, text, errorText)',
        fails: '!found(exitCode, text, errorText)',
      },
    ],
  },
];

/** The guard of a condition on what the block's command answers, or null. */
export function inferKnownCommand({ shape, plain, parentheses }: Sentence): InferredGuard | null {
  const { command, printed } = shape;
  if (!command || parentheses.length > 0 || !shape.members.includes('exitCode')) return null;
  if (shape.piped && printed?.kind !== 'search') return null;
  const line = command.join(' ');
  // `docker ps` without a filter lists all containers, of which "the container" is none.
  const isOne = !/^(?:docker|podman) ps$/.test(line);
  for (const { answers } of commands.filter((known) => known.command.test(line)))
    for (const { yes, no, holds, fails } of answers) {
      const because = 'the command is run to find that out';
      if (wholeLine(yes).test(plain) && (isOne || !/^the /.test(plain))) return { cel: holds, because };
      if (wholeLine(no).test(plain) && (isOne || !/^the /.test(plain))) return { cel: fails, because };
    }
  return null;
}
