// What is known of Windows's own programs, by name, and of the two cmdlets that fetch an address: the arguments under which
// they only read. Arguments are seen as written, without their quotes; what an expansion makes of them is not known.
import { orderIn } from '../change-address.ts';
import { judgeCommandRule } from '../shell/read-only-commands.ts';

const names = String.raw`(?!-$)[\w.:-]+`;

const programs: readonly (readonly [string, RegExp])[] = [
  ['ipconfig', /^(\/(all|displaydns))?$/i],
  ['netstat', /^(-[abefnopqrst]+( (tcp|udp|tcpv6|udpv6))?)?$/i],
  ['tasklist', /^(\/(v|svc|m|nh|fo (table|list|csv)|fi [^/|]+)( |$))*$/i],
  ['systeminfo', /^(\/fo (table|list|csv))?$/i],
  ['whoami', /^(\/(all|user|groups|priv|upn|fqdn))?$/i],
  ['hostname', /^$/],
  ['getmac', /^(\/v)?$/i],
  ['quser', /^$/],
  ['qwinsta', /^$/],
  ['query', /^(user|session|process)$/i],
  ['arp', /^-a$/i],
  ['route', /^print( -[46])?$/i],
  ['sc.exe', /^(query|queryex|qc|qfailure|qdescription)( [\w.$-]+)?$/i],
  ['w32tm', /^\/query \/(status|source|peers|configuration)( \/verbose)?$/i],
  ['schtasks', /^\/query( \/(v|nh|fo (table|list|csv)|tn [\w\\ .-]+))*$/i],
  ['nltest', /^\/(dsgetdc|dclist|dsgetsite|sc_query|dcname):?[\w.-]*$/i],
  ['repadmin', /^\/(replsummary|replsum|showrepl|queue|failcache)( [\w.*-]+)?$/i],
  ['driverquery', /^(\/(v|si|fo (table|list|csv))( |$))*$/i],
  // Behind `/f:` and `/g:` stand files, which are only read.
  ['findstr', /^(\/(?!f:|g:|off|a:)\w+(:\S*)? )*[^/]+$/i],
  [
    'wevtutil',
    /^((qe|query-events) [\w ./-]+?( \/((c|count):\d+|(rd|reversedirection):(true|false)|(f|format):(text|xml)|(q|query):[^/]+|(e|element):\w+))*|(el|enum-logs)|(gl|get-log|gli|get-loginfo) [\w./-]+)$/i,
  ],
  ['nslookup', new RegExp(`^(-type=\\w+ )?${names}( ${names})?$`, 'i')],
  ['ping', new RegExp(`^(-(4|6|a|[nwl] \\d+) )*${names}$`, 'i')],
  ['tracert', new RegExp(`^(-(4|6|d|[hw] \\d+) )*${names}$`, 'i')],
  ['pathping', new RegExp(`^(-(4|6|n|[hpqw] \\d+) )*${names}$`, 'i')],
];

const known: ReadonlyMap<string, RegExp> = new Map(programs);

/** Programs that send what they are given to another machine. */
const reachingPrograms = /^(nslookup|ping|tracert|pathping|invoke-webrequest|invoke-restmethod)$/;

/** Programs of every system, which are judged as a shell's are. */
const everywhere = /^(kubectl|oc|helm|docker|git|az|aws|gcloud|crictl|argocd)$/;

const fetching = /^invoke-(webrequest|restmethod)$/;

/** True for a command whose arguments `judgeProgram` knows. */
export function isKnownProgram(name: string): boolean {
  return known.has(name) || everywhere.test(name) || fetching.test(name);
}

/**
 * Why the command does not only read; null when it does. An argument is null where only the run tells it; `piped`: another
 * command's output is its input.
 */
export function judgeProgram(name: string, args: readonly (string | null)[], piped: boolean): string | null {
  const plain = args.filter((arg) => arg !== null);
  if (plain.length < args.length) return 'an argument is only known when it runs';
  if (piped && reachingPrograms.test(name)) return 'it may send what was read to another machine';
  if (fetching.test(name)) return judgeFetch(name, plain);
  if (everywhere.test(name)) return judgeEverywhere(name, plain);
  return known.get(name)?.test(plain.join(' ')) === true ? null : 'its arguments are not known to only read';
}

/**
 * PowerShell hands quotes on in ways of its own and cuts `-a.b` and `-a:b` in two, and a program may be a batch file, whose
 * arguments are read once more: only what means the same to all of them counts.
 */
function judgeEverywhere(name: string, args: readonly string[]): string | null {
  const odd = args.find((arg) => !/^[\w.,:/=@+*?{}$[\]() -]+$/.test(arg) || /^-.*[.:$ ]/.test(arg));
  if (odd !== undefined) return `what becomes of \`${odd}\` is not known`;
  const why = judgeCommandRule(name, args);
  return why === undefined ? 'its arguments are not known to only read' : why;
}

/** A GET of one address. Without `-UseBasicParsing` Windows PowerShell runs what the page says. */
function judgeFetch(name: string, args: readonly string[]): string | null {
  const addresses: string[] = [];
  let basic = name !== 'invoke-webrequest';
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (!arg.startsWith('-')) addresses.push(arg);
    else if (/^-uri$/i.test(arg)) addresses.push(args[++i] ?? '');
    else if (/^-usebasicparsing$/i.test(arg)) basic = true;
    else if (/^-timeoutsec$/i.test(arg)) i++;
    else if (/^-method$/i.test(arg)) {
      if (!/^(get|head)$/i.test(args[++i] ?? '')) return 'it sends another method than GET';
    } else if (!/^-skipcertificatecheck$/i.test(arg)) return `the parameter \`${arg}\` is not known to only read`;
  }
  const [address] = addresses;
  if (address === undefined || addresses.length > 1 || !/^https?:\/\//i.test(address)) return 'it names no one address';
  const order = orderIn(address);
  if (order !== null) return `\`${order}\` in its address may ask for a change`;
  return basic ? null : 'without `-UseBasicParsing` a page may run its scripts';
}
