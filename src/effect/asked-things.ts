// What the end of an address may ask for: many things (`/orders`), one of many (`/orders/7`, `/services/checkout`), a file, or a
// thing whose word hardly is an order (`/cluster/state`). An end that is none of these may be an order in a word that is not known.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Things by their names in the singular, and words that say which of several is asked for. */
const things = words(`
  about access account activity actuator address admin affinity age agenda agent aggregate alarm alert algorithm alias all amount
  analysis annotation anomaly answer api app appendix apple application archive area argument arg article artifact asset attempt
  attribute audience audio audit author auto autocomplete average avatar availability available backend background backlog
  balance bandwidth bank banner base baseline basic basket batch battery bean behavior benchmark best bgp bill binary bio bitrate board
  body bot box branch brand breadcrumb bridge broker browser bucket budget bug bus business cache calendar camera candidate
  canonical capability capacity card cart cat catalog category ceiling cell center cert certificate chain channel chapter
  character chart chat checksum child choice city class client clock cluster code collection color column command-history
  comment commenter community company comparison component computer concurrency condition conf config config-dump heap-dump thread-dump tls aws os ops configuration conflict
  congestion connection consensus console constant consumer contact container content context contract contributor control-plane
  controller cookie copyright core cost count counter country coupon course coverage cpu credit crl csv cube currency current
  curve customer cycle-time daemon daily dashboard data database dataset date day db df deadline debt debug decision default defect
  definition delay delivery delta demand density department dependency deployment depth description design destination detail
  device dhcp diagnosis dialect dictionary diff difference digest dimension directory disk display distance distribution dns doc
  document documentation domain door download draft driver due duration echo edge edition effect efficiency employee empty-state
  encoding endpoint energy engine entity entry env environment epoch error estimate eta ethernet event evidence example exception
  exchange exclusion executor exercise existence exit-code expense expiration expiry explain explanation explorer export expression
  extension facet fact factor family faq favicon favorite feature federate fee feed feedback field file filter fingerprint firmware
  first flag flavor fleet floor flow folder follower footer footprint forecast form format fragment framework frequency frontend
  fs function future game gap gateway gauge gc-log genre geo geometry goal good goroutine grade grammar graph graphql grid group
  growth guide hardware haproxy hash head header headline health healthcheck healthy healthz heap heartbeat heat height help hint histogram history
  hit-rate home homepage host hostname hour hourly html hub hypervisor icon id idea identity idle image impact inbox incident
  income index indicator info information ingress inode input instance instruction insight integrity interface interval inventory
  invoice ip issuer item jar job jmx journal json jvm jwks kernel key keyspace kind kit knowledge kpi label lag language last last-login
  latency latest layer layout lb leader leaderboard lease ledger legend length lesson level liability libraries library licence
  license life limit line lineage link list listener live liveness livez load loadavg local locale location log logger loglevel
  logo longest machine mailbox main manifest manual map margin market master material matrix maximum md5 me measure measurement
  media median member membership memory menu message meta metadata meter method metric middleware milestone minimum mission mode
  model module moment monitor month monthly motion movie name namespace narrative neighbor net network news node noise note
  notification number object occupancy offer offset oncall on-call openapi operator opinion option order organisation organization
  origin outage outbox outcome outlook output overview owner package packet page paper parameter parent part participant partition
  party password-policy past path pattern peak peer pending people percent performance period permission person personnel phase
  photo picture pid ping pipeline  plan platform player playbook playlist plugin pod point policy pool popular popularity port
  portfolio position postmortem power practice precision prediction preference prefix presence present pressure preview previous
  price primary principal printer priority private problem process producer product productivity profile profit program progress
  project projection prometheus proof property protocol provenance provider proxy public purpose python quality quantity quarter
  query question queue quorum quota quote rack raft rain random range rank ranking rate rating ratio raw reachability readiness
  ready readyz reason recent recipe recipient recommendation record recovery redis region registry relation release-note remainder
  reminder replica reply report repo repository reputation request requirement resolve resource response responsibility result retention
  return-code revenue review revision ring risk road robots role room root route router row rule runbook runtime sale sample
  saturation saving scale scan-result schedule schedule-info schema score screen script seal-status search season seat secondary
  secret section sector security segment select selection sender sensor sentiment sequence serial series server service session
  setting settlement severity shape shard share-price shift shop signature sink site sitemap size skill slack sla sli slo slot
  smart snippet socket software solution source space span speed sprint sql staff stage stale stat state statement statistic
  statistics status  stock stop-reason storage store story strategy stream street strength structure student style subject
  subnet subscription substatus success suggestion suite sum summary supervisor supplier supply support surface survey swagger
  symbol symptom synopsis syntax system tab table tag tail target task tax taxonomy team telemetry temp temperature template tenant
  tenancy term text theme theory thread threaddump threshold throughput ticket tier time timeline timeout timestamp timezone title
  today token tomorrow tool top topic topology total trace traffic  transaction translation trash-size tree trend tsdb turnover
  tutorial type unit update-history upstream uptime uri url usage user utilization v validity value variable variance variant vector
  vehicle vendor verdict version video view virtual-machine visibility vision visitor vlan vm vocabulary voice volume wallet warehouse
  warning watermark weather web website week weekly weight welcome whoami widget width wiki window word worker workflow workload
  workspace world worst xml yaml year yesterday yml zone zookeeper
`);

/** Endings of words that name what is or was; the words that have them and give orders too are among the verbs. */
const naming =
  /(tion|sion|ity|ness|ship|ency|ancy|acy|(?<!^(?:imple|supple|docu|com|experi|incre|decre|aug|seg|frag|ce|la))ment|logy|graphy|meter|ware|able|ible|ical)$/;

/** What is so, or has been done: `pending`, `cancelled`, `unacknowledged`. */
const been = /(ing|ed)$/;
const notBeen =
  /^(ring|ping|bring|swing|fling|string|embed|shed|speed|proceed|exceed|feed|seed|bleed|need|wed|bed|red)$/;

/** Words that ask when they begin a name: `isMaster`, `get-status`. */
const asking = /^(get|list|show|describe|find|search|query|is|has|count|read|view|lookup|download|export|who|what|ls)$/;

/** Names of places behind which stands the name of one thing. */
const places =
  /^(kv|key|name|names|label|tag|topic|service|svc|app|application|job|index|table|host|uid|id|slug|sha|compare|user|group|package|bucket|path|file|object|container|image|project|repo|repository|org|env|environment|region|tenant|team|dashboard|view|page|article|wiki|doc|docs|document|category|product|item|model|metric|series|measurement|dataset|stream|schema|keyspace|collection|namespace|ns|pod|deployment|secret|config|configmap|role|policy|branch|ref|heads|static|public|assets|images|img|css|js|fonts|media|runbook|kb)$/;

/** Places behind which stands a number, although their words are also what is done. */
const numbered =
  /^(api|build|run|commit|pull|tx|block|switch|release|snapshot|backup|mark|transfer|checkout|schedule|deploy|relay|outlet|vm|pr|mr|ticket|issue|case|rev|at|by|for|of|in|web|site|edit|go|proxy|compare|raw|blob|tree|log|date|since|v)$/;

/** Words that end like names of many things and are none. */
const single =
  /^(redis|bios|alias|status|address|access|process|canvas|atlas|kubernetes|postgres|jenkins|prometheus|nexus|class|progress|success|ingress|egress|express|business|wireless|https|focus|nfs|dns|tls|aws|sms|gps|bus|gas)$/;

const isMany = (word: string): boolean => /\w\w[^s]s$|^(ons|ups|ins|outs|offs)$/.test(word) && !single.test(word);

/** `/services/checkout`; but in `/dbs/orders/fork` it is `orders` that is one of many, by its name. */
function isOneOf(parts: readonly string[], wordsOf: (part: string) => readonly string[]): boolean {
  const [place = '', further = ''] = [-2, -3].map((at) => wordsOf(parts.at(at) ?? '').at(-1) ?? '');
  return isMany(place) && !isMany(further);
}

/** True when a place of this name may hold things that have numbers. */
function holdsItems(own: readonly string[]): boolean {
  const last = own.at(-1) ?? '';
  return (
    last.length <= 1 ||
    isMany(last) ||
    things.has(last) ||
    places.test(last) ||
    numbered.test(last) ||
    naming.test(last) ||
    been.test(last)
  );
}

/** Files that only lie there, unlike those that a server may run. */
const lying =
  /\.(txt|ico|js|css|png|jpe?g|gif|svg|webp|md|csv|tsv|ya?ml|log|pdf|map|wasm|woff2?|gz|zip|tar|tgz|jar|rpm|deb|iso|bin|pem|crt|cer|crl|toml|ini|conf|avro|parquet|proto|xsd|wsdl|atom|rss)$/i;

/**
 * True when the last part of a path is known to name what is asked for. `wordsOf` gives a part's words in small letters; parts
 * are as they stand in the path, unescaped.
 */
export function namesThing(parts: readonly string[], wordsOf: (part: string) => readonly string[]): boolean {
  const part = parts.at(-1) ?? '';
  const before = parts.at(-2) ?? '';
  if (lying.test(part) || part.startsWith('_')) return true;
  // `7`, or what only a run tells: `{index}`.
  if (/[\d…]|%|^\*$|^[{<]\w+[}>]$/.test(part))
    return before === '' || /[\d…{<]|^_/.test(before) || holdsItems(wordsOf(before));
  const own = wordsOf(part);
  const [first = '', last = ''] = [own[0], own.at(-1)];
  if (own.length === 0 || last.length === 1) return true;
  if (own.length > 1 && asking.test(first)) return true;
  if (things.has(last) || things.has(own.join('-')) || things.has(own.join(''))) return true;
  // What is one word to its server: `nodestatus`, `buildinfo`.
  if (/(status|info|stats|history|list|version|health|config|count|time|text|trace|state|log)$/.test(last)) return true;
  if (isMany(last) || /^(access|address|process|progress|status|wireless|https|class|loss|success)$/.test(last))
    return true;
  if ((naming.test(last) && last !== 'action') || (been.test(last) && !notBeen.test(last))) return true;
  // `/services/checkout`, `/kv/app`: one of many, by its name.
  const [behind = ''] = wordsOf(before).slice(-1);
  if (/^(healthz?|readyz?|status|check)$/.test(behind)) return true;
  if (parts.length === 1 && /^(up|alive)$/.test(last)) return true;
  return isOneOf(parts, wordsOf) || parts.some((each) => each.startsWith('_')) || places.test(before.toLowerCase());
}
