// The commands that ask the machine itself and are known to only read: its services, journal, network, disks and memory.
// Those that take long options are given lists of what is allowed, because many programs accept any beginning of an option.
import { wordsOf } from './client-rules.ts';
import { atMost, exactly, options, shortened, subcommands, type CommandRule } from './command-rules.ts';

const packetRules = options(
  /^(-[LSnvx]+|--(list|list-rules|numeric|verbose|exact|line-numbers)(=.*)?)$/,
  /^(-t|--table)$/,
);

/** By name, as found in a system folder. */
export const systemCommands: readonly (readonly [string, CommandRule])[] = [
  ['hostnamectl', subcommands(/^$|^status$/, /^-/)],
  [
    'timedatectl',
    subcommands(
      /^$|^(status|show|show-timesync|timesync-status|list-timezones)( |$)/,
      /^-(?!-(no-pager|all|value|property=[\w,]+)$|[ap]$)/,
    ),
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
      /^-(4|6|s|d|o|h|human|br|brief|j|json|c|color|details|stats|statistics|oneline)$/,
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
      /^(-\d+|-[fkbpxerqan]+\d*|-[unptogSU].+|-n\d+|-b-?\d*|--(no-pager|follow|dmesg|catalog|pager-end|reverse|quiet|all|utc|boot(=.*)?|since=.*|until=.*|unit=.*|priority=.*|lines=.*|output=.*|grep=.*|identifier=.*|user-unit=.*|list-boots|disk-usage|no-hostname|system|user|case-sensitive(=.*)?))$/,
      /^(-[ntpuogSU]|-[xerkfqa]*[nup]|--(since|until|unit|priority|lines|output|grep|identifier|user-unit))$/,
    ),
  ],
  [
    'systemctl',
    subcommands(
      /^$|^(status|is-active|is-enabled|is-failed|is-system-running|list-\S+|show|cat|get-default)( |$)/,
      shortened('host machine root image firmware-setup now force', '[HM]'),
      /^$/,
      /^(--no-pager|--user|--system|-l|--full|-a|--all|--failed|--no-legend|--plain|-q|--quiet|--type=\S+|--state=\S+)$/,
    ),
  ],
  [
    'service',
    (args) =>
      args.length === 2 && args[1] === 'status' && /^[\w@][\w@.-]*$/.test(args[0] ?? '')
        ? null
        : args.length === 1 && args[0] === '--status-all'
          ? null
          : 'it may start or stop a service',
  ],
  [
    'sysctl',
    (args) =>
      options(
        /^(-[aAbdeNnqX]+|--(all|binary|deprecated|ignore|names|values|quiet|pattern=.+))$/,
        /^(-r|--pattern)$/,
      )(args) ?? (args.some((arg) => /^(?!-).*=/s.test(arg ?? '')) ? 'with `=` it sets a value' : null),
  ],
  [
    'crontab',
    (args) => (/^(-u [\w.-]+ )?-l( -u [\w.-]+)?$/.test(wordsOf(args)) ? null : 'it may change scheduled jobs'),
  ],
  ['iptables', packetRules],
  ['ip6tables', packetRules],
  [
    'conntrack',
    options(
      /^(-[LSC]|--(list|stats|count))$/,
      /^(-[psdfrqo]|--(proto|src|dst|sport|dport|orig-src|orig-dst|orig-port-src|orig-port-dst|state|family))$/,
    ),
  ],
  ['arp', options(/^-[aenv]+$/, /^-[iH]$/)],
  ['route', exactly(/^-[env46]+$/)],
  ['ethtool', exactly(/^(-[iSkgacl]|[\w.@][\w.@-]*)$/)],
  ['swapon', exactly(/^(-s|--show(=[\w,]+)?|--summary|--noheadings|--bytes)$/)],
  ['numactl', exactly(/^(-H|-s|--hardware|--show)$/)],
  [
    'nft',
    subcommands(
      /^list( |$)/,
      // All arguments are one text, in which several commands may stand.
      /^(-f|-i|-I|-D|-o)$|^--(file|interactive|includepath|define|optimize)|[;\n]/,
      /^$/,
      /^-[anNsjycptT]+$/,
    ),
  ],
  ['mdadm', exactly(/^(-[DQE]+|--(detail|query|examine|scan|brief)|\/dev\/[\w/]+)$/)],
  ...'pvs vgs lvs pvdisplay vgdisplay lvdisplay'
    .split(' ')
    .map((name): [string, CommandRule] => [
      name,
      options(
        /^(-[avS]+|--(all|verbose|noheadings|segments|readonly|aligned|nosuffix|(units|options|reportformat|separator)=\S+))$/,
        /^(-o|--(units|options|reportformat|separator))$/,
      ),
    ]),
  ['resolvectl', subcommands(/^$|^(status|query|statistics|dns|domain)$|^(status|query) /, /^-/)],
  ['smartctl', exactly(/^(-[aHiAx]+|--(all|health|info|attributes|xall)|\/dev\/[\w/]+)$/)],
  ['systemd-analyze', subcommands(/^$|^(time|blame|critical-chain)( [\w@.-]+)?$/, /^-(?!-no-pager$)/)],
  [
    'systemd-cgtop',
    (args) =>
      args.some((arg) => /^(-b|--batch|-n\d+|-n|--iterations=\d+)$/.test(arg ?? ''))
        ? options(/^(-[bpctmirk1]+|-[nd]\d+|--(batch|raw|iterations=\d+|depth=\d+|order=\w+))$/, /^-[nd]$/)(args)
        : 'it is interactive without `-b`',
  ],
  ['coredumpctl', subcommands(/^$|^(list|info)( |$)/, /^-(?!-(no-pager|no-legend|since=.+|until=.+|reverse)$|[1rq]$)/)],
  [
    'loginctl',
    subcommands(
      /^$|^(list-(sessions|users|seats)|(session|user|seat)-status|show-(session|user|seat))( |$)/,
      /^-(?!-(no-pager|no-legend|all|full|value|property=\w+)$|[alp]$)/,
    ),
  ],
  [
    'ausearch',
    options(
      /^(-[ir]|--(interpret|raw|just-one))$/,
      /^(-(m|k|p|ui|ua|ue|ul|pi|pp|c|x|f|hn|sc|sv|n|te?|ts|a)|--(message|key|start|end|pid|uid|comm|file|success))$/,
    ),
  ],
  ['fuser', options(/^(-[vmuac46]+|--(verbose|mount|user|all|ipv4|ipv6))$/, /^(-n|--namespace)$/)],
  [
    'nvme',
    subcommands(
      /^(list|list-subsys|version|(smart-log|error-log|id-ctrl|id-ns) \/dev\/\w+)$/,
      /^-(?!-output-format=\w+$)/,
    ),
  ],
];
