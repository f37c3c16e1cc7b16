// The commands that ask a service of the machine or of its neighbours and are known to only read: mail, print and job queues,
// firewalls, clusters, machines that run machines, and small clients of stores.
import { sqlEffectAnywhere } from '../sql/classify-sql.ts';
import { wordsOf } from './client-rules.ts';
import { anything, exactly, needing, options, subcommands, unclear, type CommandRule } from './command-rules.ts';

/** True when the words, with a space between them, are of one of these forms. */
const said =
  (form: RegExp, why: string): CommandRule =>
  (args) =>
    form.test(wordsOf(args)) ? null : why;

/** `sqlite3 app.db 'SELECT …'`: one statement that only reads, whatever functions the file's programs add. */
const sqliteRule: CommandRule = (args) => {
  const plain: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined || arg.includes('…')) return unclear;
    if (/^--?separator$/.test(arg)) i++;
    else if (!arg.startsWith('-')) plain.push(arg);
    else if (!/^--?(readonly|header|noheader|column|csv|json|line|list|box|table|markdown|bail|batch)$/.test(arg))
      return `the option \`${arg}\` is not known to only read`;
  }
  const [, statement, ...more] = plain;
  if (statement === undefined || more.length > 0) return 'it is interactive without a statement';
  return /^\.(tables|schema|databases|indexes|indices)( [\w%]+)?$/.test(statement) ||
    sqlEffectAnywhere(statement) === 'read'
    ? null
    : 'its statement is not known to only read';
};

/** What a shell of MongoDB is asked: one question of these, and properties of its answer. */
const mongoQuestion =
  /^(rs\.(status|conf|config|hello|isMaster|printReplicationInfo|printSecondaryReplicationInfo)\(\)|sh\.status\(\)|db\.(serverStatus|currentOp|stats|hello|isMaster|version|getProfilingStatus|getCollectionNames|hostInfo)\(\)|db\.(?!admin)\w+\.(countDocuments|estimatedDocumentCount|stats|getIndexes|totalSize|dataSize)\(\)|show (dbs|collections|databases))(\.\w+)*;?$/;

/** Fields with plain values: `{status: "failed", tries: 3}`; nothing in it is a program. */
const mongoFilter = String.raw`\{(\s*(\w+|["'][\w.]+["'])\s*:\s*("[^"\\]*"|'[^'\\]*'|-?\d+|true|false|null)\s*,?)*\s*\}`;

/** What is looked for in a collection, how many of it and in which order. */
const mongoSearch = new RegExp(
  String.raw`^db\.(?!admin)\w+\.(countDocuments|find|findOne)\((${mongoFilter})?\)(\.((limit|skip)\(\d+\)|sort\(${mongoFilter}\)|(count|toArray|pretty)\(\)))*;?$`,
);

/** A list of stages with plain values: no call, no escape, no name that is only known when it runs. */
const mongoStages =
  /^db\.(?!admin)\w+\.aggregate\(\[((?:[[\]{},\s]|(?:[$\w]+|"[^"\\]*"|'[^'\\]*')\s*:|"[^"\\]*"|'[^'\\]*'|-?\d+(?:\.\d+)?(?![\w$])|(?:true|false|null)(?![\w$]))*)\]\)(\.(toArray|pretty)\(\))?;?$/;

/** Stages that write, and those that run a program of their own. */
const mongoActs = /\$(out|merge|function|accumulator|where)\b/i;

function isMongoAggregate(question: string): boolean {
  return mongoStages.test(question) && !mongoActs.test(question);
}

const mongoRule: CommandRule = (args) => {
  let questions = 0;
  let places = 0;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined || arg.includes('…')) return unclear;
    if (arg === '--eval') {
      const question = (args[++i] ?? '').trim();
      if (!mongoQuestion.test(question) && !mongoSearch.test(question) && !isMongoAggregate(question))
        return 'what it evaluates is not known to only read';
      questions++;
    } else if (/^(--(host|port|username|authenticationDatabase)|-u)$/.test(arg)) i++;
    else if (!arg.startsWith('-') && ++places > 1) return 'a file may be run';
    else if (!/^(--(quiet|norc|tls|ssl|json)|mongodb(\+srv)?:\/\/[\w.,:@/?=&%*-]+|\w[\w-]*(\/[\w-]+)?)$/.test(arg))
      return `the argument \`${arg}\` is not known to only read`;
  }
  return questions === 1 ? null : 'it is interactive without one question';
};

const cqlRule: CommandRule = (args) => {
  const at = args.findIndex((arg) => arg === '-e' || arg === '--execute');
  const text = args[at + 1];
  if (at < 0 || text === null || text === undefined) return 'it is interactive without a statement';
  const others = args.filter((_, i) => i !== at && i !== at + 1);
  if (
    !/^((-[upk]|--(username|password|keyspace|request-timeout|connect-timeout)) [\w.-]+ |--ssl |\w[\w.-]* )*$/.test(
      `${wordsOf(others)} `.trimStart(),
    )
  )
    return 'its arguments are not known to only read';
  return /^\s*desc(ribe)? (keyspaces|tables|cluster|schema|(keyspace|table) [\w.]+)\s*;?\s*$/i.test(text) ||
    (/^\s*select\b/i.test(text) && sqlEffectAnywhere(text) === 'read')
    ? null
    : 'its statement is not known to only read';
};

const logcliRule: CommandRule = subcommands(
  /^(query|instant-query|labels|series|stats|volume)( |$)/,
  /^-(?!(-(since|from|to|limit|step)|-(since|from|to|limit|step|addr|org-id|timezone|output)=\S+|-(quiet|no-labels|forward|tail)|[oqf])$)/,
  /^--(addr|org-id)$/,
  /^(--(addr|org-id)=\S+|-q|--quiet)$/,
);

const ipmiRule: CommandRule = (args) => {
  let i = 0;
  for (; i < args.length && /^-[HUPILpEAC]$/.test(args[i] ?? ''); i += args[i] === '-E' ? 1 : 2);
  return said(
    /^(sel( (info|list|elist)( (first|last) \d+| \d+)?)?|sdr( (list|elist|info|type))?( \w+)?|sensor( (list|get \w[\w .+-]*))?|(chassis )?power status|chassis (status|identify status|restart_cause)|mc info|fru( print( \d+)?)?|lan print( \d+)?|user list( \d+)?|dcmi power reading)$/,
    'it may change the machine',
  )(args.slice(i));
};

/** What is asked of a device, and by which name; a file of settings or of definitions is its user's own. */
const snmpRule: CommandRule = options(/^(-v(1|2c|3)|-O[a-zA-Z]+|-r\d+|-t\d+)$/, /^-[vcrtOulaxAX]$/);

/** By name, as found in a system folder. */
export const serviceCommands: readonly (readonly [string, CommandRule])[] = [
  ['sqlite3', sqliteRule],
  ['mongosh', mongoRule],
  ['mongo', mongoRule],
  ['cqlsh', cqlRule],
  ['logcli', logcliRule],
  ['ipmitool', ipmiRule],
  ['gzip', said(/^(-l|--list|-t|--test)( [\w./*?…][\w./*?…-]*)+$/, 'it packs or unpacks files')],
  ['chage', said(/^(-l|--list) \w[\w.-]*$/, 'it may change a password')],
  ['faillock', said(/^--user \w[\w.-]*$/, 'it may reset what it counts')],
  ['aa-status', anything],
  ['tput', exactly(/^(cols|lines|colors)$/)],
  ['rndc', said(/^(-[ps] \w[\w.-]* )*status$/, 'it may change the name server')],
  [
    'hdfs',
    said(
      /^(dfsadmin -(report|safemode get)|dfs -(ls|du|df|count|stat)( -[hsRv]+)*( \/[\w./=-]*)*|fsck \/[\w./=-]*( -(files|blocks|locations|racks|list-corruptfileblocks|openforwrite))*|haadmin -(getServiceState \w+|getAllServiceState))$/,
      'it may change the file system',
    ),
  ],
  ['gluster', said(/^(volume (status|info|list)|peer status|pool list)( [\w-]+)?$/, 'it may change a volume')],
  ['drbdadm', said(/^(status|role|cstate|dstate)( [\w-]+)?$/, 'it may change a device')],
  ['exportfs', said(/^-v$/, 'it may change what is exported')],
  ['bpftool', said(/^(-[jp] )*(prog|map|link|net)( (list|show))?$/, 'it may change a program')],
  ['getcap', said(/^(-[rvn]+ )*\/[\w./-]+( \/[\w./-]+)*$/, 'its arguments are not known to only read')],
  [
    'ipvsadm',
    said(/^-(?=n*[lL])[lLn]+( -n| --(stats|rate|timeout|daemon|numeric))*$/, 'it may change how connections go'),
  ],
  ['rados', said(/^(-p [\w.-]+ )?(df|lspools|ls)( -p [\w.-]+)?( -f json| --format=json)?$/, 'it may change objects')],
  [
    'rbd',
    said(/^(-p [\w.-]+ )?(ls|du|info|status|showmapped|snap ls)( -p [\w.-]+| \w[\w./@-]*)*$/, 'it may change images'),
  ],
  [
    'velero',
    said(/^(backup|restore|schedule) (get|describe)( \w[\w.-]*)*( -[on] \w[\w-]*)*$/, 'it may change backups'),
  ],
  ['linkerd', said(/^(check|viz stat [\w/-]+)( -n [\w-]+)*$/, 'it may change the mesh')],
  ['named-checkconf', said(/^(-[pxz]+)?( ?\/[\w./-]+)?$/, 'its arguments are not known to only read')],
  ['dstat', said(/^(-[acdglmnprsyt]+ ?)*(\d+( \d+)?)?$/, 'it may write a file')],
  ['snmpget', snmpRule],
  ['snmpwalk', snmpRule],
  ['snmptable', snmpRule],
  [
    'tcpdump',
    // Without files to write to, a program to hand them to, or a list of expressions to read; and with an end.
    needing(
      /^-[nvqeXxAtSpKl#]*(c\d*|r)$/,
      'without `-c` it goes on',
      options(
        /^(-[nvqeXxAtSpKl#]+|-[nvqeXxAtSpKl]*[ics]\w+|--(no-promiscuous-mode|immediate-mode|number))$/,
        /^-[nvqeXxAtSpKl]*[icsr]$/,
      ),
    ),
  ],
  [
    'openstack',
    subcommands(
      /^(server|network|subnet|port|router|volume|image|flavor|hypervisor|compute service|network agent|floating ip|availability zone|project|quota|stack|loadbalancer) (list|show)( \w[\w.-]*)?$/,
      /^-(?!([cf]|-(long|format|column|all-projects|status|host)(=\S+)?)$)/,
    ),
  ],
  [
    'bq',
    said(
      /^(--(format|project_id)=[\w-]+ )*(ls|show)( --(format|max_results|project_id)=[\w-]+)*( -j)?( \w[\w.:-]*)?$/,
      'it may change or run something',
    ),
  ],
  [
    'repmgr',
    said(
      /^(-f \/etc\/(?!.*\.\.)[\w./-]+ )?(cluster show|node check|node status|cluster event)( --compact)?$/,
      'it may change the cluster',
    ),
  ],
  ['numastat', options(/^-[cmnpsvz]+$/)],
  [
    'btrfs',
    said(
      /^(filesystem (usage|df|show)|subvolume list|device (stats|usage)|scrub status|balance status|fi (usage|df|show))( -[hkmgtTb]+)?( \/[\w./-]*)?$/,
      'it may change the file system',
    ),
  ],
  ['zkServer.sh', exactly(/^status$/)],
  ['mailq', exactly(/^$/)],
  ['postqueue', exactly(/^-[pj]$/)],
  ['postconf', exactly(/^(-[dnhmMAlPf]+|\w+)$/)],
  ['exim', exactly(/^-bpc?$/)],
  ['atq', anything],
  ['iptables-save', options(/^-c$/, /^-t$/)],
  ['ip6tables-save', options(/^-c$/, /^-t$/)],
  ['ufw', exactly(/^(status|verbose|numbered|show|raw|listening|added|version)$/)],
  [
    'firewall-cmd',
    exactly(
      /^--(state|version|list-(all|all-zones|ports|services|sources|interfaces|rich-rules|forward-ports|icmp-blocks)|get-(active-zones|default-zone|zones|services|zone-of-interface=[\w.-]+)|zone=[\w-]+|permanent|info-(zone|service)=[\w-]+|query-(port|service|masquerade)(=[\w/-]+)?)$/,
    ),
  ],
  ['multipath', said(/^(-v\d )?-ll?( \w+)?$/, 'it may make and remove maps')],
  ['iscsiadm', said(/^-m (session|node|iface|host|discovery)( -P ?\d)?$/, 'it may change sessions')],
  [
    'pcs',
    subcommands(
      /^(status|cluster status|resource (status|config)|stonith (status|config)|quorum (status|config)|config( show)?|property (list|config|show)|constraint( (list|config|show))?)( \w[\w.-]*)?$/,
      /^-(?!-(full|hide-inactive)$)/,
    ),
  ],
  ['crm_mon', (args) => (args.includes('-1') ? exactly(/^-[1rfnAtRoL]+$/)(args) : 'it is interactive without `-1`')],
  ['pm2', subcommands(/^(list|ls|status|jlist|prettylist|(show|info|describe|id) \w[\w-]*)$/, /^-/)],
  ['monit', subcommands(/^(status|summary|report)( \w[\w-]*)?$/, /^-/)],
  [
    'virsh',
    subcommands(
      // With a second word some of them set what they tell with one.
      /^(list|nodeinfo|nodememstats|version|pool-list|net-list|domstats)( --[a-z-]+)*$|^(dominfo|domstate|domstats|domblklist|domiflist|dommemstat|domtime|pool-info|net-info|vol-list|snapshot-list|vcpuinfo|dumpxml)( --[a-z-]+)* \w[\w.-]*( --[a-z-]+)*$/,
      /^-(?!-(all|details|inactive|name|title|table|state-running|state-shutoff)$)/,
    ),
  ],
  [
    'nmcli',
    subcommands(
      /^((general|g)( status)?|(networking|n)( connectivity)?|(radio|r)( (all|wifi|wwan))?|(device|dev|d)( status| show( \w[\w.-]*)?)?|(connection|con|c)( show( \w[\w.-]*)*)?)$/,
      /^-(?!([ft]|-(fields|terse|active)(=[\w.,-]+)?)$)/,
      /^(-f|--fields)$/,
      /^(-t|--terse|--fields=[\w.,-]+)$/,
    ),
  ],
  ['bridge', said(/^(-[sdj] )?(link|fdb|vlan|mdb)( show( (dev|br) \w[\w.-]*)?)?$/, 'it may change the bridge')],
  ['tc', said(/^(-[sdj] )*(qdisc|class|filter)( (show|ls|list)( dev \w[\w.-]*)?)?$/, 'it may change how packets wait')],
  ['whois', options(/^-H$/, /^-[hp]$/)],
  ['ssh-keyscan', options(/^-[46HcD]$/, /^-[tpT]$/)],
  ['blkid', options(/^-(p|o.+|s.+)$/, /^-[os]$/)],
  ['fdisk', said(/^(-l|--list)( \/dev\/[\w/]+)*$/, 'it may change a disk')],
  ['getsebool', exactly(/^(-a|\w+)$/)],
  ['apt-mark', said(/^show(auto|hold|held|manual)( \w[\w.+-]+)*$/, 'it may mark packages')],
  ['snap', subcommands(/^(list|info|services|changes|version|connections)( \w[\w.-]*)*$/, /^-(?!-all$)/)],
  ['jinfo', said(/^(-flags|-sysprops|-flag \w+) \d+$/, 'it may change the program')],
  ['faillog', options(/^-a$/, /^-[u]$/)],
  ['sensors', exactly(/^-[uAfj]$/)],
  ['quota', options(/^-[gugsvpwQ]+$/)],
  ['repquota', options(/^-[augsvpct]+$/)],
  ['lpstat', options(/^-[atdpsrvolucR]+$/)],
  [
    'keytool',
    (args) =>
      args[0] === '-list'
        ? options(/^-(v|rfc)$/, /^-(keystore|storepass|alias|storetype)$/)(args.slice(1))
        : 'it may change the store',
  ],
  ['squeue', anything],
  ['sinfo', anything],
  [
    'sacct',
    options(/^(-[abDelLnpPXT]+|--[a-z-]+=[^/]+|--(allusers|long|noheader|parsable2?|allocations))$/, /^-[AjNorsSEuM]$/),
  ],
  ['qstat', anything],
  [
    'unzip',
    (args) => (/^-(l|v|lv|Z1?|t|tq)$/.test(args[0] ?? '') ? exactly(/^[^-]/)(args.slice(1)) : 'it unpacks files'),
  ],
  ['zipinfo', options(/^-[12smlhvtz]+$/)],
  [
    'scontrol',
    said(
      /^(-[od] )?show (nodes?|jobs?|partitions?|reservations?|config|steps?|hostnames|topology)( [\w=,[\].-]+)?( -[od]+)?$/,
      'it may change the cluster',
    ),
  ],
  [
    'yarn',
    said(
      /^((application|app|node|applicationattempt|container) -(list|status)( \w[\w.:-]*)?( -(appStates|states|all|showDetails)( [A-Z,]+)?)*|queue -status \w[\w.-]*|cluster -lnl|version)$/,
      'it may change or start an application',
    ),
  ],
  [
    'esxcli',
    said(
      /^(system (version|hostname|time|uptime|maintenanceMode|module|settings (advanced|kernel)|syslog config|coredump (partition|network|file))|hardware (cpu|memory|platform|clock|pci|ipmi sel)|network (nic|nic stats|ip interface|ip interface ipv4|ip route ipv4|ip connection|ip neighbor|vswitch standard|vswitch dvs vmware|firewall|firewall ruleset|vm)|storage (core (adapter|device|device stats|path)|filesystem|nfs|vmfs extent|san fc)|vm process|software (vib|profile)|vsan (cluster|health cluster|network|storage)) (list|get)$/,
      'it may change the host',
    ),
  ],
  ['fail2ban-client', said(/^(status( \w[\w-]*)?|ping|version)$/, 'it may change who is let in')],
  ['tailscale', said(/^(status|ip|version)( (--json|--peers=\w+|--self=\w+|-[46]))*$/, 'it may change the network')],
  [
    'wg',
    said(
      /^(show( (all|interfaces|[\w.-]+))?( (public-key|listen-port|fwmark|peers|endpoints|allowed-ips|latest-handshakes|transfer))?)?$/,
      'it may change the network or show a key',
    ),
  ],
  [
    'cilium',
    said(
      /^(status( --(verbose|brief|all-\w+))*|version|(endpoint|identity|node|service) list)$/,
      'it may change the network',
    ),
  ],
  [
    'ctr',
    said(
      /^((-n|--namespace) \w[\w.-]* )?(containers?|c|images?|i|tasks?|t|namespaces?|ns|snapshots?) (list|ls)( -q)?$/,
      'it may change what runs',
    ),
  ],
  ['sssctl', said(/^domain-(list|status \w[\w.-]*)$/, 'it may change what is kept')],
  ['klist', exactly(/^-[eflA]+$/)],
  ['modinfo', options(/^-[adlpn]+$/, /^-F$/)],
  ['hwclock', said(/^(-r|--show|--get)( (-u|--utc|-l|--localtime))?$/, 'it may set the clock')],
  ['rpcinfo', said(/^-[psm]( \w[\w.-]*)?$/, 'it may change what is registered')],
  ['xfs_info', exactly(/^\/[\w./-]*$/)],
  ['tune2fs', said(/^-l \/dev\/[\w/-]+$/, 'it may change the file system')],
  ['dumpe2fs', said(/^-h \/dev\/[\w/-]+$/, 'it tells more than is asked')],
  ['passwd', said(/^(-S|--status) \w[\w.-]*$/, 'it may change a password')],
  [
    'rabbitmqadmin',
    said(
      /^((-[HPupVf]|--(host|port|username|password|vhost|format))[ =][^\s\0-][^\s\0]* )*(list|show) \w+( [\w.]+)*$/,
      'it may change or take messages',
    ),
  ],
  [
    'stern',
    options(
      /^(-A|-t|--(no-follow|all-namespaces|only-log-lines|timestamps))$/,
      /^(-[nslcieo]|--(namespace|since|selector|container|include|exclude|output|tail|context))$/,
    ),
  ],
  [
    'rg',
    options(
      /^(-[niIlcvwxoFHhSsUuPLa0]+|-[niIlcvwxoFHhSsU]*[ABCmgtTd][^-].*|--(line-number|count|count-matches|files|files-with-matches|files-without-match|ignore-case|smart-case|case-sensitive|hidden|no-ignore|no-heading|no-filename|with-filename|fixed-strings|invert-match|word-regexp|only-matching|multiline|stats|json|trim|text|follow|glob=.*|type=\w+|max-count=\d+|max-depth=\d+|color=\w+|context=\d+|after-context=\d+|before-context=\d+|sort=\w+))$/,
      /^(-[niIlcvwxoFHhSsU]*[ABCmgtTedr]|--(glob|type|max-count|max-depth|context|after-context|before-context|regexp|replace|sort))$/,
    ),
  ],
  ...['fd', 'fdfind'].map((name): readonly [string, CommandRule] => [
    name,
    options(
      /^(-[HIsigFapLu0]+|-[HIsigFapL]*(d\d+|t[fdlesp]|S[+-]?\d+\w*)|--(hidden|no-ignore|case-sensitive|ignore-case|glob|fixed-strings|absolute-path|full-path|follow|type=\w+|max-depth=\d+|size=.*|extension=\w+|changed-within=.*|changed-before=.*))$/,
      /^(-[HIsigFapL]*[dteES]|--(type|max-depth|size|extension|exclude|changed-within|changed-before))$/,
    ),
  ]),
  ['ldapsearch', options(/^-(x|L{1,3}|ZZ?|n|v)$/, /^-[HhpbsDwlz]$/)],
  ['xmllint', options(/^--(format|noout|nonet|html|nowarning|recover)$/, /^--xpath$/)],
];
