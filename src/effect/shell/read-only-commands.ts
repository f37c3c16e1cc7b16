// The commands that are known to only read, each with the arguments under which that holds. What is not listed counts as
// unknown.
import { classifyKubectl } from '../classify-kubectl.ts';
import { orderIn } from '../change-address.ts';
import { awkRule, curlRule, dateRule, printfRule, readNames, sedRule, testRule } from './argument-rules.ts';
import {
  awsRule,
  clickhouseRule,
  cloudOptions,
  cloudRule,
  ghRule,
  kafkaRule,
  mysqlRule,
  pgIsReadyRule,
  psqlRule,
  redisRule,
  wordsOf,
} from './client-rules.ts';
import { dockerRead, dockerRule, gitRule, jsonToolRule } from './place-rules.ts';
import { opensslRule } from './openssl-rule.ts';
import { reachesHost } from './reaching-commands.ts';
import { cdRule, isOddPlace, readsDevice } from './odd-places.ts';
import { plainVariable } from './plain-variable.ts';
import { serviceCommands } from './service-commands.ts';
import { systemCommands } from './system-commands.ts';
import {
  anything,
  atMost,
  exactly,
  needing,
  options,
  subcommands,
  unclear,
  without,
  type CommandRule,
} from './command-rules.ts';

/** kubectl's own rules, on arguments that are known before it runs. */
const kubectlRule: CommandRule = (args) => {
  const known = args.filter((arg) => arg !== null);
  if (known.length < args.length) return unclear;
  const { effect, because } = classifyKubectl(known);
  return effect === 'read' ? null : because;
};

const startsServer = 'without a question it starts the server';
const obeysInput = 'without a question it does what its input says';

/** By name, as found in a system folder. */
const readOnlyCommands: ReadonlyMap<string, CommandRule> = new Map<string, CommandRule>([
  ...'cat head tail wc grep egrep fgrep cut nl tac rev comm join paste fold od hexdump strings md5sum sha1sum sha256sum sha512sum cksum sum cmp diff'
    .split(' ')
    .map((name): [string, CommandRule] => [name, anything]),
  ...'ls zgrep zcat bzcat xzcat tr expand unexpand column fmt pr basename dirname realpath readlink stat du df free uptime uname id whoami who w last groups ps pgrep pidof vmstat iostat mpstat lscpu lsblk lsusb lsmod lsns arch nproc cal true false : echo pwd type which whereis printenv sha224sum sha384sum b2sum seq expr factor numfmt tsort findmnt host getent traceroute tracepath jq netstat dir vdir locale getconf tty logname users exit break continue return shift hostid getfacl lsattr namei pathchk ncal look pstree lastb sestatus getenforce ipcs lsipc pwdx lsscsi showmount lsfd ntpstat'
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
  // Some shells calculate what `%d` is given, and an index may hold a command.
  ['printf', printfRule],
  ['export', exportRule],
  ['cd', cdRule],
  ['wait', exactly(/^(\d+|%\d+|-n)$/)],
  ['jps', options(/^-[qmvlV]+$/)],
  ['pmap', options(/^(-[xXdqp]+|--(extended|device|quiet|show-path))$/)],
  ['file', without(/^(-C|--co.*|-[a-zA-Z]*C[a-zA-Z]*)$/)],
  ['find', findRule],
  [
    'tree',
    options(
      /^(-[adlfxipugshDFtcUrACnqNQXJS]+|--(noreport|dirsfirst|filesfirst|du|si|prune|gitignore|inodes|device|ignore-case|matchdirs|fromfile|metafirst|sort=\w+|timefmt=.*|filelimit=?\d*))$/,
      /^-[adlfxipugshDFtcUrACnqNQ]*[LPI]$/,
    ),
  ],
  ['env', (args) => (args.length === 0 ? null : 'it runs another command')],
  [
    'top',
    (args) =>
      args.some((arg) => /^-[ciHS]*b/.test(arg ?? ''))
        ? options(/^-[bciHn1S]+\d*$/, /^-[bciHS]*[ndpuoUw]$/)(args)
        : 'it is interactive without `-b`',
  ],
  ['kubectl', kubectlRule],
  ['oc', (args) => (wordsOf(args) === 'status' ? null : kubectlRule(args))],
  [
    'helm',
    subcommands(
      /^(list|ls|status|history|version|get (all|values|manifest|notes|hooks|metadata)|search (repo|hub)|show \w+|repo list)( |$)/,
      /^--(kube.*|post-renderer.*|registry-config|repository-.*)(=|$)/,
      /^(-n|--namespace|--kube-context)(=|$)/,
    ),
  ],
  ['docker', dockerRule],
  ...['podman', 'nerdctl'].map((name): [string, CommandRule] => [
    name,
    subcommands(
      dockerRead,
      /^-(?!(a|q|aq|f|n|t|l|-(all|quiet|format|filter|tail|since|until|timestamps|no-trunc|no-stream|size|noheading|names|human|digests|follow|type|stream|verbose|no-reset|limit))(=|$))|…/,
    ),
  ]),
  ['git', gitRule],
  ['curl', curlRule],
  [
    'wget',
    (args) =>
      /^(-q|-qO-|-qO -|-O-|-O -|-qO \/dev\/null|--spider)( (-q|-qO-|-qO -|-O-|-O -|--spider|-S|--server-response|-T \d+|--timeout=\d+|--tries=\d+|-t \d+))* (https?:\/\/)?[\w.{][^\s-][^\s]*$/.test(
        args.map((arg) => arg ?? '\0').join(' '),
      ) &&
      /(-q?O ?(-|\/dev\/null)|--spider)/.test(args.join(' ')) &&
      orderIn((args.at(-1) ?? '').replace(/^(?!https?:)/, 'http://')) === null
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
  ...['python', 'python3'].map((name): [string, CommandRule] => [name, jsonToolRule]),
  ['pg_lsclusters', anything],
  ['jmap', exactly(/^(-histo|\d+)$/)],
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
        ? exactly(
            /^(-[ailcdfR]+|--(last|list|info|changelog|scripts|provides|requires|docfiles|configfiles|state|whatprovides|whatrequires)|[^-].*)$/,
          )(args.slice(1))
        : 'it may change packages',
  ],
  ['varnishstat', exactly(/^-[1jl]$/)],
  [
    'argocd',
    subcommands(
      /^app (get|list|history|resources)( |$)/,
      /^-(?!([oNlp]|-(output|show-params|show-operation|app-namespace|selector|project|grpc-web|orphaned|cluster|repo)(=[\w./=-]+)?)$)/,
    ),
  ],
  [
    'flux',
    subcommands(
      /^(get|check|stats|tree|version)( |$)/,
      /^-(?!([nAlw]|-(namespace|all-namespaces|status-selector|label-selector|no-header|watch|components|compact|output)(=[\w./=-]+)?)$)/,
    ),
  ],
  ...['kcat', 'kafkacat'].map((name): [string, CommandRule] => [name, (args) => kafkaReader(args)]),
  ['apt-cache', subcommands(/^(policy|show|search|depends|rdepends|madison|showpkg)( |$)/, /^-/)],
  [
    'aws',
    awsRule(
      subcommands(
        /^(?!s3 |[\w-]+ describe-[\w-]*thumbnail)[\w-]+ (describe-|list-)[\w-]+( |$)|^s3 ls( |$)|^sts get-caller-identity( |$)|^logs (tail|filter-log-events|get-log-events)( |$)|^cloudwatch get-metric-[\w-]+( |$)|^(sqs get-queue-(attributes|url)|ecs get-task-protection|lambda get-(function-concurrency|account-settings)|s3api (head-(object|bucket)|get-bucket-(location|versioning|lifecycle-configuration|logging))|elb get-[\w-]+-health|dynamodb get-item|rds get-[\w-]+-status|eks get-[\w-]+-status|cloudtrail lookup-events|health get-[\w-]+|ec2 get-console-output|ce get-cost-and-usage|xray get-(trace-summaries|service-graph)|iam get-(user|role|policy|account-summary)|(?!s3|appconfig)[\w-]+ get-[\w-]+-(configuration|state|health|statistics|metadata|summary|metrics|limits))( |$)/,
        // What a file or an address holds may stand in the place of any value: `--x=file://a`, `Values@=file://a`.
        /^--(en(d|$|=)(?!-time|-date|-index)|endp|cli-[ai]|prof|deb|ca|no-verify)|(^|[=,[ ])(file|fileb|https?):\/\//,
        /^--(region|output)$/,
        /^--(no-cli-pager)$|^--(region|output)=/,
      ),
    ),
  ],
  ['base64', without(/^(-[a-zA-Z]*o|--output)/)],
  ['lastlog', options(/^-[tubh].*$/, /^-[tub]$/)],
  ['dmidecode', options(/^-[qsth].*$/, /^-[st]$/)],
  ['lshw', exactly(/^-(short|businfo|json|xml|html|class|C|quiet|numeric|sanitize)$|^[a-z]+$/)],
  ['nfsstat', options(/^-[34cnmrsol]+$/)],
  ['sleep', exactly(/^\d+(\.\d+)?[smh]?$/)],
  [
    'dig',
    // Letters without a value may stand before the one that names a file: `-4f`.
    (args) =>
      args.some((arg) => arg === null || /^-[46dhimnruv]*[fk]/.test(arg)) ? 'it may send what a file holds' : null,
  ],
  ['nslookup', (args) => (args.length > 0 ? exactly(/^(?!-$).+$/s)(args) : 'it is interactive')],
  ['ping', pingRule],
  ['ping6', pingRule],
  ['sar', options(/^(-[ABbdFHhpqrSuvWwy]+|-[nPfse].*)$/, /^-[nPfse]$/)],
  ['pidstat', options(/^-[dhHIlrRsuUvw]+$|^-[pCGT].*/, /^-[pCGT]$/)],
  ['tar', tarRule],
  ['xxd', atMost(1, /^-[abeipuE]+$|^-[lscgo]\S+$/, /^-[lscgo]$/)],
  ['nc', (args) => (args.some((arg) => /^-[46nuv]*z/.test(arg ?? '')) ? netcatRule(args) : 'it may send data')],
  ['openssl', opensslRule],
  // `-q` asks a name server and keeps what it says, `-A` and `-H` choose how the machine is touched.
  ['lspci', options(/^-(v+|n+|k|m+|t|x|D|P+|b|[vnkmtDPb]+)$/, /^-[vnkmtDPb]*[sd]$/)],
  [
    'bash',
    // Whether somebody answers, as `nc -z` asks: nothing is sent or read.
    (args) =>
      /^-c (: ?)?<\s*\/dev\/tcp\/[\w.-]+\/\d+$/.test(wordsOf(args)) ? null : 'what the script does is not known',
  ],
  ['java', exactly(/^(-version|-XX:\+PrintFlagsFinal)$/)],
  ['sudo', (args) => (args.length === 1 && args[0] === '-l' ? null : 'it runs another command as someone else')],
  ['history', (args) => (args.length === 0 ? null : exactly(/^\d+$/)(args))],
  ['jstat', options(/^-[a-z]+$|^-[th]\d*$/)],
  ['pg_isready', pgIsReadyRule],
  [
    'mysqladmin',
    subcommands(
      /^(status|ping|processlist|extended-status|version|variables)$/,
      /^-/,
      /^(-[hPuS]|--(host|port|user|socket))$/,
      /^(-[hPuS]\S+|--(host|port|user|socket)=\S+)$/,
    ),
  ],
  [
    'redis-cli',
    redisRule(
      subcommands(
        /^(ping|info|get|mget|ttl|pttl|exists|type|strlen|llen|lrange|lindex|scard|smembers|sismember|hget|hgetall|hlen|hkeys|hexists|zcard|zrange|zscore|zrank|dbsize|scan|memory (usage|doctor|stats)|slowlog (get|len)|client (list|info|getname|id)|config get|cluster (info|nodes|slots|shards)|latency (latest|history|doctor)|lastsave|time|object (encoding|freq|idletime)|xlen|xinfo|xrange|xpending|zcount|zrevrange|zrangebyscore|hvals|hmget|getrange|role|command count|pubsub (channels|numsub))( |$)/i,
        /^(store|-x|--eval|--pipe|--rdb|--cluster)$/i,
        /^(-[hpna]|--user|--pass)$/,
        /^--(raw|no-raw|csv|tls|no-auth-warning)$/,
      ),
    ),
  ],
  [
    'crictl',
    subcommands(
      /^(ps|pods|images|img|logs|inspect|inspectp|inspecti|stats|statsp|version|info)( |$)/,
      /^(-c|--config|-r|--runtime-endpoint|-i|--image-endpoint)(=|$)/,
    ),
  ],
  [
    'iotop',
    (args) =>
      args[0]?.startsWith('-b') === true
        ? options(/^-[boPakqt]+$/, /^-[boPakqt]*[ndpu]$/)(args)
        : 'it is interactive without `-b`',
  ],
  ['slabtop', (args) => (/^(-o|--once)( -s [a-z])?$/.test(wordsOf(args)) ? null : 'it is interactive without `-o`')],
  ['vm_stat', exactly(/^$/)],
  ['nvidia-smi', exactly(/^(-L|-q|--list-gpus|--query|--query-(gpu|compute-apps)=[\w.,]+|--format=[\w,]+)$/)],
  [
    'ceph',
    subcommands(
      /^$|^(status|health( detail)?$|df|versions|mon (stat|dump)|osd (tree|df|stat|status|perf|dump|pool (ls|stats))|pg (stat|dump_stuck)|fs (status|ls)|mgr services|quorum_status|time-sync-status|crash ls)( |$)/,
      /^-(?!(-format(=\w+)?|f|-format-pretty|s|-status|w)$)/,
      /^$/,
      /^(-s|--status)$/,
    ),
  ],
  [
    'nomad',
    subcommands(
      /^(status|job (status|inspect|history)|node status|alloc (status|logs)|server members|version|deployment (status|list)|eval status|operator raft list-peers)( |$)/,
      /^-(?!(verbose|short|json|stderr|tail|n=\d+|self|stats|allocs|namespace=[\w-]+|region=[\w-]+)$)/,
    ),
  ],
  [
    'gsutil',
    subcommands(
      /^(ls|du|stat|version|(lifecycle|versioning|iam|logging|cors|label) get)( |$)/,
      /^-(?![lLrRahbsced]+$)|secret/i,
      /^$/,
      /^-[mq]$/,
    ),
  ],
  [
    'promtool',
    subcommands(
      /^(check (config|rules|healthy|ready|web-config)|query (instant|range|labels|series))( |$)/,
      /^--(http\.config\.file|write|output)/,
      /^$/,
    ),
  ],
  [
    'amtool',
    subcommands(
      /^(alert( query)?|silence( query)?|config( (show|routes( (show|test))?))?|check-config|cluster( show)?)( (?!add|expire|import|update)|$)/,
      // Options may stand before the word that says what is done.
      /^--(config\.file|http\.config\.file)|^(add|expire|import|update)$/,
      /^--alertmanager\.url$/,
      /^--alertmanager\.url=/,
    ),
  ],
  [
    'gh',
    ghRule(
      subcommands(
        /^((pr|issue|run|workflow|release|repo|cache|ruleset|label) (list|view)|pr (status|checks|diff)|issue status|status|auth status)( |$)/,
        /^-[a-zA-Z]*[wt][a-zA-Z]*$|^--(web|show-token)/,
      ),
    ),
  ],
  ['chronyc', needing(/^\w/, obeysInput, exactly(/^(-n|tracking|sources|sourcestats|activity|ntpdata|-v)$/))],
  ['ntpq', needing(/^-[n46]*p[n46]*$/, obeysInput, exactly(/^-[pn46]+$/))],
  [
    'terraform',
    (args) =>
      /^(-?-?version|show|state list|state show [\w.[\]"-]+|workspace (list|show)|providers|validate|fmt -check( -(diff|recursive))*)( -(json|no-color))*$/.test(
        wordsOf(args),
      )
        ? null
        : 'it may change or show more',
  ],
  [
    'vault',
    (args) =>
      /^(status|version|(secrets|auth|policy|audit) list|operator raft list-peers)( -format=(json|yaml|table))?$/.test(
        wordsOf(args),
      )
        ? null
        : 'it may change or show a secret',
  ],
  [
    'istioctl',
    subcommands(
      /^(proxy-status|ps|version|analyze|(proxy-config|pc) (clusters?|listeners?|routes?|endpoints?|bootstrap))( |$)/,
      /^-(?!(n|o|A|-all-namespaces|-namespace=[\w-]+)$)/,
    ),
  ],
  ['jstack', exactly(/^(-l|\d+)$/)],
  [
    'jcmd',
    (args) =>
      /^\d+ (VM\.(flags|version|uptime|command_line|system_properties|native_memory|info)|Thread\.print|GC\.heap_info|help)$/.test(
        wordsOf(args),
      )
        ? null
        : 'it may change or pause the program',
  ],
  ['nginx', needing(/^-q*[tTV]/, startsServer, exactly(/^-[tTqV]+$/))],
  ['sshd', needing(/^-[tT]$/, startsServer, exactly(/^-[tT]$/))],
  ['pg_controldata', exactly(/^[^-]/)],
  [
    'patronictl',
    (args) =>
      /^(-c \/etc\/(?!.*\.\.)[\w./-]+ )?(list|topology|history|version|show-config)( [\w-]+)?$/.test(wordsOf(args))
        ? null
        : 'it may change the cluster',
  ],
  ['apachectl', needing(/./, startsServer, exactly(/^(-[StMV]|configtest)$/))],
  ['httpd', needing(/./, startsServer, exactly(/^-[StMVvlL]$/))],
  ['haproxy', needing(/^(-c|-vv?)$/, startsServer, exactly(/^(-c|-V|-vv?|-f|\/etc\/haproxy\/[\w-]+\.cfg)$/))],
  [
    'yq',
    options(
      /^(-[rPCMNejny]+|-o=?\w+|--(raw-output|prettyPrint|no-colors|colors|unwrapScalar|null-input|output-format=\w+|input-format=\w+))$/,
      /^(-o|-p|--output-format|--input-format)$/,
    ),
  ],
  [
    'mtr',
    (args) =>
      /^-\w*r|^--report$/.test(args[0] ?? '')
        ? options(
            /^(-[rwbzn46T]+c?\d*|--(report|report-wide|no-dns|show-ips|tcp))$/,
            /^(-[rwbzn46T]*[ciP]|--(report-cycles|port))$/,
          )(args)
        : 'it is interactive without `-r`',
  ],
  ['psql', psqlRule],
  ['clickhouse-client', clickhouseRule],
  ['mysql', mysqlRule],
  ['mariadb', mysqlRule],
  [
    'apt',
    subcommands(/^(list|show|search|policy|depends|rdepends)( |$)/, /^-(?!-(installed|upgradable|all-versions)$)/),
  ],
  ['pip', subcommands(/^(list|show|freeze|check)( |$)/, /^-(?!-(outdated|format=\w+)$)/)],
  ['pip3', subcommands(/^(list|show|freeze|check)( |$)/, /^-(?!-(outdated|format=\w+)$)/)],
  ['npm', subcommands(/^(ls|list|outdated)( |$)/, /^-(?!-(depth=\d+|all|json|long|parseable|global)$|g$)/)],
  [
    'yum',
    subcommands(/^(list( (installed|available|updates))?|info|history( (list|info))?$|check-update$)( |$)/, /^-/),
  ],
  [
    'dnf',
    subcommands(/^(list( (installed|available|updates))?|info|history( (list|info))?$|check-update$)( |$)/, /^-/),
  ],
  ['az', cloudRule(/^(list(-[a-z-]+)?|show(-[a-z-]+)?|tail|get-instance-view)$/)],
  [
    'gcloud',
    (args) =>
      (args[0] === 'logging' && args[1] === 'read') || wordsOf(args) === 'config list'
        ? cloudOptions(args.slice(2))
        : cloudRule(/^(list|describe|get-iam-policy|get-health|get-server-config)$/)(args),
  ],
  ['kafka-topics.sh', kafkaRule],
  ['kafka-topics', kafkaRule],
  ['kafka-consumer-groups.sh', kafkaRule],
  ['kafka-consumer-groups', kafkaRule],
  [
    'rabbitmqctl',
    subcommands(
      /^(status|cluster_status|list_\w+|node_health_check|ping|report|environment)( |$)/,
      /^-(?!p$|q$)/,
      /^(-n|--node)$/,
      /^(-q|--quiet|-s|--silent)$/,
    ),
  ],
  [
    'rabbitmq-diagnostics',
    subcommands(
      /^(status|cluster_status|list_\w+|ping|check_\w+|memory_breakdown|alarms|listeners)( |$)/,
      /^-(?!p$|q$)/,
      /^(-n|--node)$/,
      /^(-q|--quiet|-s|--silent)$/,
    ),
  ],
  [
    'nodetool',
    subcommands(
      /^(status|info|tpstats|ring|netstats|compactionstats|tablestats|cfstats|gossipinfo|describecluster|proxyhistograms|version)( |$)/,
      /^$/,
      /^(-h|-p|--host|--port)$/,
    ),
  ],
  [
    'etcdctl',
    subcommands(
      /^(get|endpoint (health|status)|member list|alarm list|version)( |$)/,
      /^$/,
      /^--(endpoints|cacert|cert|key)$/,
      /^--(endpoints|cacert|cert|key)=/,
    ),
  ],
  [
    'consul',
    subcommands(
      /^(members|info|catalog \w+|kv get|monitor|operator raft list-peers|version)( |$)/,
      /^-(?!-?(detailed|recurse|keys|wan|stale|separator|(status|segment|node|service|log-level|datacenter|format|filter)=[\w.=" -]+)$)/,
    ),
  ],
  ['supervisorctl', subcommands(/^(status|avail|version)( |$)/, /^-/)],
  ['zpool', subcommands(/^(status|list|iostat|get|history)( |$)/, /^-[a-zA-Z]*c/)],
  ['zfs', subcommands(/^(list|get)( |$)/, /^$/)],
  ['xargs', xargsRule],
  ...systemCommands,
  ...serviceCommands,
]);

/** Programs that tell their version and do nothing else when asked for it alone. */
const tellsVersion =
  /^(java|javac|python[23]?(\.\d+)?|node|npm|psql|mysql|mariadb|mongosh|redis-server|ruby|go|php|perl|mvn|gradle|gcc|g\+\+|make|cmake|nginx|apachectl|httpd|haproxy|envoy|terraform|ansible|docker|podman|helm|git|bash|openssl|ssh|curl|wget|jq|yq|aws|az|gcloud|systemctl|postgres|etcd|vault|nomad|consul|istioctl|dotnet|rustc|cargo|uname|ls|kafka-topics\.sh|pgbouncer|patronictl|prometheus|grafana-server|htop|tmux|redis-cli|etcdctl|containerd|runc|spark-submit|proxysql|pgbackrest|kafkacat|kcat|istiod|traefik|caddy|varnishd|rabbitmqctl|mongod|mysqld|clickhouse-client|logcli|promtool|amtool|velero|linkerd|cilium|kustomize|skopeo|buildah|crictl|nerdctl|ctr|rclone|rsync|zstd|tar|sed|grep|awk|find)$/;

/** Why a command does not only read; null when it does, undefined when the command is not known at all. */
export function judgeCommandRule(name: string, args: readonly (string | null)[]): string | null | undefined {
  if (args.length === 1 && tellsVersion.test(name) && /^(--version|-version)$/.test(args[0] ?? '')) return null;
  if (args.length === 1 && /^(nginx|node)$/.test(name) && args[0] === '-v') return null;
  const why = readOnlyCommands.get(name)?.(args);
  return why === null ? readsDevice(name, args) : why;
}

/** What is known of a broker, or messages from it; without a group (`-G`) nobody's place in them is moved. */
function kafkaReader(args: readonly (string | null)[]): string | null {
  return args.some((arg) => /^-[LC]/.test(arg ?? ''))
    ? options(/^-(L|C|e|q|u|J|LJ|Lj|o-?\d+)$/, /^-[btopcf]$/)(args)
    : 'without a question it sends its input';
}

/** Lists an archive of this machine: nothing is unpacked and no helper runs. */
function tarRule(args: readonly (string | null)[]): string | null {
  const [mode, ...rest] = args;
  if (mode === null || mode === undefined || !/^-?[vzjJa]*t[vzjJa]*f$/.test(mode)) return 'only `tar -tf` only reads';
  if (rest.some((arg) => arg === null || arg.startsWith('-'))) return 'an option may run a command';
  return rest[0]?.includes(':') === true || rest[0] === undefined ? 'the archive may be on another machine' : null;
}

/** Sets plain names for the commands that follow, or shows what is set. */
function exportRule(args: readonly (string | null)[]): string | null {
  const odd = args.find((arg) => arg === null || (arg !== '-p' && !plainVariable.test(arg.replace(/=.*$/s, ''))));
  return odd === undefined ? null : odd === null ? unclear : `it sets \`${odd}\``;
}

/** Without a flood: as often as anybody may ask. */
function pingRule(args: readonly (string | null)[]): string | null {
  const every = args.map((arg, at) => (arg === '-i' ? args[at + 1] : /^-i(.+)$/.exec(arg ?? '')?.[1]));
  if (every.some((one) => one !== undefined && !(Number(one) >= 0.2))) return 'it asks without a pause';
  return options(/^-([cWwistIMQ].+|[46nqDOv]+)$/, /^-[cWwistIMQ]$/)(args);
}

function netcatRule(args: readonly (string | null)[]): string | null {
  return options(/^-[46nuvz]+$|^-w\d+$/, /^-[46nuvz]*w$/)(args);
}

/** What find runs for each file is judged with an argument that is only known then. */
function findRule(args: readonly (string | null)[]): string | null {
  const own: (string | null)[] = [];
  let opens = false;
  for (let i = 0; i < args.length; i++) {
    if (args[i] !== '-exec') {
      own.push(args[i] ?? null);
      continue;
    }
    const end = args.findIndex((arg, at) => at > i && (arg === ';' || (arg === '+' && args[at - 1] === '{}')));
    const [name, ...given] = args.slice(i + 1, end < 0 ? i + 1 : end);
    const why =
      name === undefined
        ? unclear
        : judgeGiven(
            name,
            given.map((arg) => (arg?.includes('{}') === true ? null : arg)),
          );
    if (why !== null) return why;
    i = end;
    opens = true;
  }
  const anywhere = own.find((arg) => arg !== null && (/^\/+$/.test(arg) || isOddPlace(arg)));
  if (opens && anywhere !== undefined && !own.some((arg, at) => arg === '-type' && own[at + 1] === 'f'))
    return 'what it opens may be a device; `-type f` leaves those out';
  return without(/^-(delete|execdir|ok|okdir|fprint|fprint0|fprintf|fls|files0-from)$/)(own);
}

/** A command that another one runs, with what is given to it; null: only reads. */
function judgeGiven(name: string | null, given: readonly (string | null)[]): string | null {
  if (name === null || !/^[a-z][\w.-]*$/.test(name)) return 'which command it runs is only known then';
  if (reachesHost(name)) return `\`${name}\` would send what it is given`;
  const why = judgeCommandRule(name, given);
  return why === undefined ? `\`${name}\` is not known to only read` : why;
}

/** What xargs runs is judged with an argument that is only known then behind it. */
function xargsRule(args: readonly (string | null)[]): string | null {
  let i = 0;
  let place: string | undefined;
  for (; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined) return unclear;
    if (/^-[nLPds]$/.test(arg)) i++;
    else if (/^-I./.test(arg)) place = arg.slice(2);
    else if (arg === '-I') place = args[++i] ?? undefined;
    else if (!/^(-[0rtx]+|-[nLPs]\d+|-d.+|--null|--no-run-if-empty|--verbose)$/.test(arg)) break;
  }
  const name = args[i];
  if (name === undefined) return null;
  if (name === null || !/^[a-z][\w.-]*$/.test(name) || name === place)
    return 'which command it runs is only known then';
  const given = args.slice(i + 1).map((arg) => (place !== undefined && arg?.includes(place) === true ? null : arg));
  return judgeGiven(name, place === undefined ? [...given, null] : given);
}
