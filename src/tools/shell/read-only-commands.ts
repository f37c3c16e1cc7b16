// The commands that are known to only read, each with the arguments under which that holds. What is not listed counts as
// unknown. A rule sees the arguments as written; `null` stands for one that is only known when the command runs.

/** Why the command does not only read; null when it does. */
export type CommandRule = (args: readonly (string | null)[]) => string | null;

/** Whatever its arguments are, the command changes nothing. */
const anything: CommandRule = () => null;

/** An argument that is only known at run time could be an option. */
const unclear = 'an argument is only known when it runs and could be an option';

/** Every option must match; other arguments are free. Arguments known only at run time are not accepted. */
function options(allowed: RegExp, withValue: RegExp = /^$/): CommandRule {
  return (args) => {
    for (let i = 0; i < args.length; i++) {
      const arg = args[i];
      if (arg === null || arg === undefined) return unclear;
      if (arg === '--') return null;
      if (!arg.startsWith('-') || arg === '-') continue;
      if (withValue.test(arg)) i++;
      else if (!allowed.test(arg)) return `the option \`${arg}\` is not known to only read`;
    }
    return null;
  };
}

/** No option may match; other arguments are free. */
function without(denied: RegExp): CommandRule {
  return (args) => {
    for (const arg of args) {
      if (arg === null) return unclear;
      if (denied.test(arg)) return `the argument \`${arg}\` is not known to only read`;
    }
    return null;
  };
}

/** At most `most` arguments that are no options; options must match. */
function atMost(most: number, allowed: RegExp, withValue: RegExp = /^$/): CommandRule {
  const rule = options(allowed, withValue);
  return (args) => {
    let plain = 0;
    let onlyPlain = false;
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] ?? '';
      if (!onlyPlain && arg === '--') onlyPlain = true;
      else if (onlyPlain || arg === '-' || !arg.startsWith('-')) plain++;
      else if (withValue.test(arg)) i++;
    }
    return rule(args) ?? (plain > most ? 'it has an argument more than reading needs' : null);
  };
}

/** The first words must be one of these; options before them and denied arguments are not accepted. */
function subcommands(
  allowed: RegExp,
  denied: RegExp,
  globalWithValue: RegExp = /^$/,
  globalFlag: RegExp = /^$/,
): CommandRule {
  return (args) => {
    const words: string[] = [];
    let beforeWords = true;
    for (let i = 0; i < args.length; i++) {
      const arg = args[i];
      if (arg === null || arg === undefined) return unclear;
      if (beforeWords && globalWithValue.test(arg)) i += arg.includes('=') ? 0 : 1;
      else if (beforeWords && globalFlag.test(arg)) continue;
      else if (denied.test(arg)) return `the argument \`${arg}\` is not known to only read`;
      else {
        if (beforeWords && arg.startsWith('-')) return `the option \`${arg}\` is not known to only read`;
        beforeWords = false;
        words.push(arg);
      }
    }
    const said = words.join(' ');
    return allowed.test(said) ? null : `\`${words.slice(0, 2).join(' ')}\` is not known to only read`;
  };
}

const kubectlRead =
  /^(get|describe|logs|top|explain|version|api-resources|api-versions|cluster-info(?! dump)|events|auth can-i|auth whoami|rollout (status|history)|config (view|get-contexts|current-context|get-clusters))( |$)/;
const kubectlDenied =
  /^--?(kubeconfig|cache-dir|profile|profile-output|as|as-group|token|server|s|insecure.*|client-.*|user|raw|username|password|v|log.*)(=|$)|^-[vs]/;

const gitRead =
  /^(log|show|status|diff|blame|rev-parse|ls-files|ls-tree|cat-file|describe|shortlog|rev-list|grep|merge-base|name-rev|count-objects|whatchanged)( |$)|^branch( (-a|-r|-v|-vv|--list|--all|--remotes|--show-current))*$|^tag( (-l|--list))?$|^remote( -v| show)?$|^stash list$|^reflog( show)?$|^config (--get|--list|-l)( [\w.-]+)?$/;
const gitDenied =
  /^(--output|--ext-diff|--textconv|--open-files-in-pager|--exec|--upload-pack|--filters|--no-index)(=|$)|^--(out|ext|textc|open|exe|up)|^-[a-zA-Z]*O|^-o/;

const dockerRead =
  /^(ps|images|logs|inspect|stats|top|version|info|port|diff|history|events|search|(container|image|volume|network|node|service|stack|system|compose) (ls|list|ps|inspect|logs|df|info|top|images|history))( |$)/;

/** By name, as found in a system folder. */
export const readOnlyCommands: ReadonlyMap<string, CommandRule> = new Map<string, CommandRule>([
  ...'ls cat head tail wc grep egrep fgrep zgrep zcat bzcat xzcat cut tr nl tac rev comm join paste fold expand unexpand column fmt pr od hexdump strings basename dirname realpath readlink stat du df free uptime uname id whoami who w last groups ps pgrep pidof vmstat iostat mpstat lscpu lsblk lspci lsusb lsmod lsns arch nproc cal true false : echo pwd cd type which whereis printenv md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum diff cmp seq sleep expr factor numfmt tsort findmnt ping ping6 dig host nslookup getent traceroute tracepath jq netstat dir vdir shuf_ locale getconf tty logname users exit wait break continue return shift hostid getfacl lsattr namei pathchk nvidia-smi_ ncal sar_ look tzselect_'
    .split(' ')
    .filter((name) => !name.endsWith('_'))
    .map((name): [string, CommandRule] => [name, anything]),
  [
    'sort',
    options(
      /^(-[bdfgiMhnRrVcsuzmC]+|--(reverse|numeric-sort|human-numeric-sort|version-sort|unique|ignore-case|stable|key=.*|field-separator=.*|general-numeric-sort|month-sort|check|zero-terminated))$|^-[bdfginMhrVsuz]*[kt].+$/,
      /^-[bdfginMhrVsuz]*[kt]$|^--(key|field-separator)$/,
    ),
  ],
  [
    'uniq',
    atMost(
      1,
      /^(-[cdDiuz]+|-[fsw]\d+|--(count|repeated|unique|ignore-case|skip-fields=\d+|skip-chars=\d+|check-chars=\d+))$/,
      /^-[fsw]$/,
    ),
  ],
  ['date', dateRule],
  ['hostname', atMost(0, /^-[fsiIdAya]+$|^--(fqdn|short|long|ip-address|all-ip-addresses|domain)$/)],
  ['hostnamectl', subcommands(/^$|^status$/, /^-/)],
  ['timedatectl', subcommands(/^$|^(status|show|timesync-status|list-timezones)( |$)/, /^-H/)],
  ['printf', without(/^-v/)],
  ['file', without(/^(-C|--co.*|-[a-zA-Z]*C[a-zA-Z]*)$/)],
  ['find', without(/^-(delete|exec|execdir|ok|okdir|fprint|fprint0|fprintf|fls|files0-from)$/)],
  ['tree', without(/^(-[a-zA-Z]*o[a-zA-Z]*|--output.*|-R|-[a-zA-Z]*R[a-zA-Z]*)$/)],
  ['env', (args) => (args.length === 0 ? null : 'it runs another command')],
  [
    'top',
    (args) =>
      args[0]?.startsWith('-b') === true
        ? options(/^-[bciHn1S]+\d*$/, /^-[bciHS]*[ndpuoUw]$/)(args)
        : 'it is interactive without `-b`',
  ],
  ['lsof', options(/^[-+][abcCdfFgGhiKlLmMnNoOpPrRsStTuUvVwxXzZ][^D]*$/)],
  [
    'ss',
    options(
      /^-[atulnpmsieo46xwHrSd]+$|^--(all|tcp|udp|listening|numeric|processes|summary|info|extended|options|ipv4|ipv6|unix|no-header)$/,
    ),
  ],
  [
    'ip',
    subcommands(
      /^(a|ad|addr|address|l|link|r|ro|route|n|ne|neigh|rule|maddr|mroute|tunnel)( (sh|show|ls|list|get)( .*)?)?$/,
      /^(-b.*|-n.*|-a.*|exec|add|del.*|set|flush|replace|change|append|save|restore)$/,
      /^$/,
      /^-(4|6|s|d|o|br|brief|j|json|c|color|details|stats|statistics|oneline)$/,
    ),
  ],
  ['ifconfig', atMost(1, /^-[as]$/)],
  [
    'mount',
    (args) => (args.length === 0 || (args.length === 1 && args[0] === '-l') ? null : 'with arguments it mounts'),
  ],
  [
    'dmesg',
    options(
      /^(-[TktxHPLe]+|--(ctime|kernel|human|nopager|decode|reltime|level=.*|facility=.*|since=.*|until=.*|time-format=.*))$/,
      /^(-[lf]|--(level|facility|since|until|time-format))$/,
    ),
  ],
  [
    'journalctl',
    options(
      /^(-[fkbpxerqan]+\d*|-[unptogSU].+|-n\d+|-b-?\d*|--(no-pager|follow|dmesg|catalog|pager-end|reverse|quiet|all|utc|boot(=.*)?|since=.*|until=.*|unit=.*|priority=.*|lines=.*|output=.*|grep=.*|identifier=.*|user-unit=.*|list-boots|disk-usage|no-hostname|system|user|case-sensitive(=.*)?))$/,
      /^(-[ntpuogSU]|-[xerkfqa]*[nup]|--(since|until|unit|priority|lines|output|grep|identifier|user-unit))$/,
    ),
  ],
  [
    'systemctl',
    subcommands(
      /^(status|is-active|is-enabled|is-failed|is-system-running|list-\S+|show|cat|get-default|help)( |$)/,
      /^(-H|--host|-M|--machine|--root|--image|--firmware.*|--now|--force)(=|$)|^-[HM]/,
      /^$/,
      /^(--no-pager|--user|--system|-l|--full|-a|--all|--failed|--no-legend|--plain|-q|--quiet|--type=\S+|--state=\S+)$/,
    ),
  ],
  [
    'service',
    (args) =>
      args.length === 2 && (args[1] === 'status' || args[0] === '--status-all')
        ? null
        : args.length === 1 && args[0] === '--status-all'
          ? null
          : 'it may start or stop a service',
  ],
  [
    'kubectl',
    subcommands(
      kubectlRead,
      kubectlDenied,
      /^(-n|--namespace|--context|--cluster|-l|--selector|--request-timeout)(=|$)/,
      /^(-A|--all-namespaces|-n\S+)$/,
    ),
  ],
  ['oc', subcommands(kubectlRead, kubectlDenied, /^(-n|--namespace|--context)(=|$)/)],
  [
    'helm',
    subcommands(
      /^(list|ls|status|history|version|get (all|values|manifest|notes|hooks|metadata)|search (repo|hub)|show \w+|repo list)( |$)/,
      /^--(kube.*|post-renderer.*|registry-config|repository-.*)(=|$)/,
      /^(-n|--namespace|--kube-context)(=|$)/,
    ),
  ],
  ['docker', subcommands(dockerRead, /^(-H|--host|-c|--context|--config|--tls.*)(=|$)|^-H/)],
  [
    'podman',
    subcommands(
      dockerRead,
      /^(--url|--remote|--root|--runroot|--storage.*|--module|--hooks-dir|--latest|--conmon|--runtime)(=|$)/,
    ),
  ],
  ['git', subcommands(gitRead, gitDenied, /^-C$/, /^--no-pager$/)],
  ['curl', curlRule],
  [
    'wget',
    (args) =>
      /^(-q|-qO-|-qO -|-O-|-O -|--spider)( (-q|-qO-|-qO -|-O-|-O -|--spider|-S|--server-response|-T \d+|--timeout=\d+|--tries=\d+|-t \d+))* (https?:\/\/)?[\w.{][^\s-][^\s]*$/.test(
        args.map((arg) => arg ?? '\0').join(' '),
      ) && /(-q?O ?-|--spider)/.test(args.join(' '))
        ? null
        : 'it writes a file',
  ],
  ['awk', awkRule],
  ['gawk', awkRule],
  ['mawk', awkRule],
  ['sed', sedRule],
  ['test', testRule],
  ['[', testRule],
  [
    'command',
    (args) => ((args[0] === '-v' || args[0] === '-V') && args.length === 2 ? null : 'it runs another command'),
  ],
  [
    'set',
    (args) =>
      /^(-[eux]+|-e?u?x?o pipefail|\+x)( (-[eux]+|-o pipefail))*$/.test(args.join(' '))
        ? null
        : 'it may change how bash reads what follows',
  ],
  ['read', (args) => readNames(args)],
  [
    'ulimit',
    (args) =>
      args.length === 0 || (args.length === 1 && /^-[HS]?a?$/.test(args[0] ?? '')) || args.join(' ') === '-n'
        ? null
        : 'it may set a limit',
  ],
  ['sysctl', without(/^(-w|--write|-p.*|--load.*|--system|-[a-zA-Z]*[wpf][a-zA-Z]*)$|=/)],
  ['crontab', (args) => (args.length === 1 && args[0] === '-l' ? null : 'it may change scheduled jobs')],
  ['iptables', options(/^(-[LSnvx]+|--(list|list-rules|numeric|verbose|exact|line-numbers)(=.*)?)$/, /^(-t|--table)$/)],
  [
    'dpkg',
    (args) =>
      /^(-l|-s|-L|-S|--list|--status|--listfiles|--search)$/.test(args[0] ?? '')
        ? without(/^-/)(args.slice(1))
        : 'it may change packages',
  ],
  [
    'rpm',
    (args) =>
      /^(-q[ailcdfR]*|--query)$/.test(args[0] ?? '')
        ? without(/^-(?![ailcdfR]+$)|^--(eval|define|pipe|root|dbpath|load|rcfile|macros|predefine)/)(args.slice(1))
        : 'it may change packages',
  ],
  ['apt-cache', subcommands(/^(policy|show|search|depends|rdepends|madison|showpkg)( |$)/, /^-/)],
  [
    'aws',
    subcommands(
      /^(?!s3 )[\w-]+ (describe-|list-)[\w-]+( |$)|^s3 ls( |$)|^sts get-caller-identity( |$)|^logs (tail|filter-log-events|get-log-events)( |$)|^cloudwatch get-metric-[\w-]+( |$)/,
      /^--(endpoint-url|cli-input.*|profile|debug|ca-bundle)(=|$)/,
      /^--(region|output)$/,
      /^--(no-cli-pager)$|^--(region|output)=/,
    ),
  ],
  ['base64', without(/^(-[a-zA-Z]*o|--output)/)],
]);

function dateRule(args: readonly (string | null)[]): string | null {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined) return unclear;
    if (/^(-d|--date|-r|--reference)$/.test(arg)) i++;
    else if (
      !/^(\+.*|-[uRj]|--utc|--universal|--rfc-\S+|-I\w*|--iso-8601(=\w+)?|--date=.*|--reference=.*|-d.+|-u?d)$/s.test(
        arg,
      )
    )
      return `the argument \`${arg}\` may set the clock`;
  }
  return null;
}

function curlRule(args: readonly (string | null)[]): string | null {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined) return unclear;
    const next = args[i + 1];
    if (/^(-X|--request)$/.test(arg)) {
      if (next !== 'GET' && next !== 'HEAD') return 'it sends another method than GET';
      i++;
    } else if (/^(-[sSfLkvi]*o|--output)$/.test(arg)) {
      if (next !== '/dev/null') return 'it writes a file';
      i++;
    } else if (/^(-H|--header)$/.test(arg)) {
      if (next === null || next === undefined || /method|^@/i.test(next.split(':')[0] ?? ''))
        return 'a header may change the method';
      i++;
    } else if (/^(-[sSfLkvi]*w|--write-out)$/.test(arg)) {
      if (next === null || next === undefined || /%output|^@/i.test(next)) return 'its format may write a file';
      i++;
    } else if (
      /^(-m|--max-time|--connect-timeout|-u|--user|-A|--user-agent|-e|--referer|--retry|--retry-delay|--retry-max-time|--max-redirs|--resolve|--cacert|-[sSfLkvi]*m)$/.test(
        arg,
      )
    ) {
      if (next === null || next === undefined) return unclear;
      i++;
    } else if (arg.startsWith('-')) {
      if (
        !/^(-[sSfLkviIgG046]+|--(silent|show-error|fail|fail-with-body|location|insecure|verbose|include|head|globoff|compressed|http1\.1|http2|ipv4|ipv6|no-progress-meter|no-buffer|max-time=\d+))$/.test(
          arg,
        )
      )
        return `the option \`${arg}\` is not known to only read`;
    } else if (/^[a-z][a-z0-9+.-]*:/i.test(arg) && !/^(https?:\/\/|[\w.-]+:\d)/i.test(arg))
      return `\`${arg}\` is not an HTTP address`;
  }
  return null;
}

/** A program of pattern and print only: no files, no pipes, no commands. */
function awkRule(args: readonly (string | null)[]): string | null {
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined) return unclear;
    if (/^-[Fv]$/.test(arg)) i++;
    else if (!/^-[Fv]./.test(arg)) break;
  }
  const program = args[i];
  if (program === null || program === undefined || program.startsWith('-')) return 'its program is not known';
  const harmless =
    !/system|getline|close|fflush|@|\\\n|ENVIRON|eval|strftime_|FUNCTAB|SYMTAB|PROCINFO|extension|load/.test(program) &&
    !/(^|[^|])\|($|[^|])/.test(program) &&
    (!/print/.test(program) || !program.slice(program.indexOf('{')).includes('>'));
  if (!harmless) return 'its program may run a command or write a file';
  // A file argument `name=value` sets a variable, which is harmless; one known only at run time is a file name.
  return null;
}

function sedRule(args: readonly (string | null)[]): string | null {
  const scripts: string[] = [];
  let files = 0;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined) return unclear;
    if (arg === '-e') scripts.push(args[++i] ?? 'w');
    else if (/^-[nErsuz]+$|^--(quiet|silent|regexp-extended)$/.test(arg)) continue;
    else if (arg.startsWith('-') && arg !== '-') return `the option \`${arg}\` is not known to only read`;
    else if (scripts.length === 0) scripts.push(arg);
    else files++;
  }
  void files;
  const address = String.raw`(\d+|\$|\/[^/\n\\]*\/)`;
  const simple = new RegExp(String.raw`^(${address}(,${address})?)?!?\s*[pdq=]$`);
  const substitution = /^s([/|#,!])((?!\1)[^\\\n]|\\[^\n])*\1((?!\1)[^\\\n]|\\[^\n])*\1[gIip\d]*$/;
  const fine = scripts.length > 0 && scripts.every((script) => simple.test(script) || substitution.test(script));
  return fine ? null : 'its script may write a file or run a command';
}

/** `[ … ]` reads, but `-v` and `-R` evaluate an index, which may hold a command. */
function testRule(args: readonly (string | null)[]): string | null {
  if (args.some((arg) => arg === '-v' || arg === '-R')) return 'it may evaluate an index';
  return args[0] === null && args.length > 1 && args.some((arg) => arg !== null && /[[`]|\$\(/.test(arg) && arg !== ']')
    ? unclear
    : null;
}

function readNames(args: readonly (string | null)[]): string | null {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined) return unclear;
    if (/^-(d|n|t|u)$/.test(arg)) i++;
    else if (/^-r?s?$/.test(arg)) continue;
    else if (!/^[a-z_][a-z0-9_]*$/.test(arg)) return `it may set \`${arg}\``;
  }
  return null;
}
