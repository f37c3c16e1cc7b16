// An address may ask for a change although it is only fetched: consoles of servers, build machines and devices take orders by GET.
import { allMatches } from '../base/index.ts';
import { namesThing } from './asked-things.ts';
import { thingVerbs, verbs } from './order-verbs.ts';
import { sqlEffectAnywhere } from './sql/classify-sql.ts';

const order =
  /^(delete|remove|destroy|drop|erase|modify|insert|overwrite|purge|flush|flushall|flushdb|wipe|truncate|clear|reset|restart|reboot|poweroff|reload|shutdown|stop|start|quit|quitquitquit|abortabortabort|exit|kill|terminate|abort|cancel|deploy|redeploy|undeploy|install|uninstall|rollback|disable|enable|revoke|failover|evict|drain|exec|execute|invalidate|unsubscribe|trigger|build|buildwithparameters|create|update|set|write|toggle|on|off)$/;

/** Words that are orders as the last part of a path; further up, or in a query, they name things: `/build/42/status`. */
const onlyLast = /^(build|create|update|set|start|stop|write|on|off|clear|cancel|install|exit)$/;

/** Those of them that are orders too before what they are for: `/stop/nginx`, but not `/update/history`. */
const beforeLast =
  /^(create|update|start|stop|clear|cancel|install|deregister|unregister|acknowledge|ack|cordon|uncordon|ban|unban|mute|unmute|snooze|approve|reject|notify|promote|demote|activate|deactivate|suspend|unsuspend|pause|unpause|resume|retry|rerun|kick|restore|lock|unlock|publish|unpublish|enqueue|dequeue|requeue|add|put|rm|move|rename|grant|impersonate|invoke|dispatch|replay|reprocess|pay|refund|inject|scale|bounce|recycle|evacuate|join|vacuum|optimize)$/;

/** `/set/relay/on`: what is set, and to which value. */
const settingOne = /^(set|put|assign|vote)$/;

/** `rebuild`, `reprocess`: to do something once more. */
const onceMore =
  /^re(build|process|calculate|compute|populate|create|configure|init|initiali[sz]e|scan|mount|connect|play|post|seed|crawl|synchroni[sz]e|name|hash|partition)$/;

/** More words that are orders as the last part of a path, and as an answer to what is to be done; elsewhere they are plain. */
const lastOrder =
  /^(retry|rerun|relaunch|run|launch|fire|pause|unpause|suspend|resume|unload|lock|unlock|seal|unseal|promote|demote|switchover|failback|stepdown|rotate|refresh|reindex|forcemerge|optimize|optimise|compact|expunge|recover|restore|migrate|rebalance|reroute|resync|register|deregister|unregister|activate|deactivate|approve|reject|expire|logout|ban|unban|block|unblock|mute|unmute|silence|ack|acknowledge|clean|cleanup|prune|gc|poweron|powercycle|turnon|turnoff|wakeup|format|factoryreset|leave|forceleave|cordon|uncordon|vacuum|repair|notify|send|resend|publish|unpublish|subscribe|broadcast|enqueue|requeue|redrive|vote|upvote|downvote|eval|heapdump|escalate|snooze|unsnooze|reopen|assign|unassign|resize|takeover|reconcile|undo|revert|upgrade|downgrade|provision|deprovision|decommission|detach|unmount|eject|shrink|rollover|renew|regenerate|reissue|impersonate|fail|kick|acquire|invoke|pull|push|pop|dequeue|sudo|synchroni[sz]e|quietdown|freeosmemory|cutover|bounce|recycle|swap|trip|inject|crash|panic|burn|warmup|prewarm|apply|save|declare|ship|refund|optout|evacuate|interrupt|consume|receive|take|nack|reprocess|replay|dispatch|scaleup|scaledown|shift|force|cycle)$/;

/** `setlevel`, `deleteuser`: an order and what it is for, written as one word. */
const glued =
  /^(set|delete|remove|restart|stop|start|kill|purge|flush|clear|reset|disable|enable|create|update|reload|drop|add|rotate|reboot|cancel|send|run|exec|execute|lock|unlock|trigger|refresh|rebalance|retry|invalidate|apply|commit|push|install)(loglevel|level|users?|service|server|connections?|partitions?|failed|plugins?|iampolicy|config|tables?|topics?|indices|nodes?|jobs?|caches?|all\w*|db|database|index|queue|sessions?|state|mode|value|item|process|app|instance|pod|container|data|logs?|workers?|keys?|token|account|alarm|alert|device|host|vm|tasks?|mail|email|sms|scripts?|sql|cmd|command|password|price|dns|test|flag|role)$/;

/** Words that ask for something only where it is said what for: `/transfer?to=x`, but not `/transfer?page=2`. */
const actsOn =
  /^(add|append|move|rename|copy|clone|merge|invite|grant|pay|charge|refund|transfer|withdraw|purchase|buy|reserve|submit|confirm|accept|decline|join|follow|like|post|upload|import|sync|login|signin|signup|claim|impersonate|attach|link|unlink|untag|pair|unpair|connect|disconnect|apply|swap|switch|change|control|dial|sign|mint|fetch|ingest|stress|sleep|ota|call|new|checkout|verify|shell|cmd|console)$/;

/** Names of a query's parts that only say which part of an answer is wanted, and how. */
const narrowing =
  /^(page|perpage|pagesize|limit|offset|cursor|sort|sortby|order|orderby|fields?|format|pretty|q|query|search|filter|since|until|from|start|end|status|v|verbose|lang|locale|expand|include)$/;

/** Names of a query's parts that hold a program. */
const programs = /^(script|eval|shell|groovy)$/;

/** Names of a query's parts that hold a statement of a database. */
const statementNames = /^(sql|stmt|statement)$/;

/** Names of a query's parts that say what is looked for, and parts of a path that name many things: `/events?type=shutdown`. */
const lookedFor =
  /^(q|query|search|filter|reason|status|state|name|tag|label|level|kind|category|cause|sort|created|updated|fields?)$/;
const manyThings = /(s|search|history|audit|log|list|find|query)$/;

/** Words that are orders about the one thing whose number or name with a number stands before them: `/incidents/3/close`. */
const onItem =
  /^(close|resolve|unresolve|complete|finish|submit|confirm|accept|decline|fail|claim|move|clone|invite|join|follow|like|release)$/;

/** Those of them, and others, that stand before the number of the one thing as well: `/close/3`. */
const onNumber =
  /^(open|close|hide|resolve|unresolve|submit|confirm|accept|decline|join|follow|like|merge|finish|complete)$/;

/** What is opened, closed, held and let go without a number of its own: `/door/open`, `/lock/release`. */
const onThing = /(circuit|breaker)$|^(door|gate|garage|valve|barrier|locks?|leases?|mutex|semaphore|reservation)$/;
const handling = /^(open|close|release|unlock)$/;

/** Words that at the beginning of a name hardly are anything but orders: `send-mail`, `rotate_logs`. */
const firstOrder =
  /^(fail|bounce|recycle|mark|send|resend|notify|publish|unpublish|reopen|requeue|rotate|promote|demote|activate|deactivate|suspend|unsuspend|pause|unpause|retry|rerun|unlock|unblock|unban|unmute|snooze|acknowledge|ack|approve|reject|renew|resync|rebalance|reindex|migrate|deregister|unregister|cordon|uncordon|vacuum|prune|unseal|failback|escalate|assign|unassign)$/;

/** `clear-history`, `reopen_logs`: here the last word is what the order is about, and not what is told of it. */
const emptying =
  /^(reload|apply|save|push|commit|generate|recompute|reset|write|fix|clear|purge|wipe|truncate|rotate|reopen|prune|mark|send|resend|remove|destroy|approve|reject|cancel|replay)$/;
const emptied = /^(config|logs?|history|queue|events?|errors?|stats|metrics|reports?|requests?)$/;
const setting = /^(set|save|write|fix|apply)$/;
const isSet = /^(config|policy|policies|status|state|time|date|timestamp|version|window|schedule)$/;

/** Words that are orders at the beginning of a name where it says no more than whom they are for: `closeTicket`, `refresh-cache`. */
const firstOf = /^(close|expire|refresh|clean|fire)$/;
const isAbout = /^(interval|rate|rates|period|date|dates|time|times|ups?|sale)$/;

/** What is switched by a word in the query: `/vm/3/power?state=off`. */
const switched =
  /^(power|relay|switch|lights?|led|lamp|plug|socket|fan|heater|outlet|output|gpio|valve|pump|maintenance)$/;

/** Names of a query's parts that say how large something is to become: `/scale?replicas=0`. */
const amounts = /^(replicas|instances|count|size|to)$/;

/** Names of a query's parts that say what is to be done. */
const asking = /^(operation|operationname|method|power|verb|task|call|rpc|function|func|fn|procedure|proc)$/;

/** Those of them whose answers are names of what a program can do, and not of what it did. */
const calling = /^(operationname|method|call|rpc|function|func|fn|procedure|proc)$/;

/** Names that hardly have another meaning: what they are given must be known to only ask. */
const ordering = /^(action|act|cmd|cmnd|command|op|do|todo|turn)$/;

/** `switchcmd`, `sub_command`. */
const isOrdering = (name: string): boolean => ordering.test(name) || /(?:cmd|cmnd|command)$/.test(name);

/** `getfilestatus`, `list_shards`, `clusterstatus`, `version`. */
const questions =
  /^(?!.*(?:delete|remove|reset|clear|purge|restart))(?:(?:get|list|show|describe|find|search|query)\w*|ls|display|state|stats?|read|view|open|ping|health|count|check|lookup|metrics|details?|summary|logs?|print|tail|help|\w*(?:status|info|list|stats|version|history))$/;

/** What a name that begins like an order tells of: `restart-policy`, `stop_reason`, `shutdownTime`. */
const toldOf =
  /^(status|state|info|logs?|history|policy|policies|time|times|timestamp|date|count|counts|reasons?|list|metrics?|stats|config|version|events?|ids?|codes?|requests?|errors?|queue|log|report|summary|window|schedule|level|procedures?|guides?|steps|instructions|runbooks?|notes|docs)$/;

/** Orders that are also things, of which the last part of a path may tell: `/deploy/history`, `/shutdown/status`. */
const things = /^(deploy|redeploy|undeploy|rollback|failover|restart|reboot|reload|shutdown)$/;
const toldOfThing = /^(history|status|state|summary|info|count)$/;

/** Words before an order that only say how it is done: `graceful-stop`, `force_leave`, `do-restart`. */
const manner = /^(do|perform|force|forced|hard|soft|graceful|gracefully|safe|clean|quick|emergency|cold|warm)$/;

/** Parts of a path behind which stands the name of a setting or a measurement. */
const namesOnly = /^(metrics?|env|properties|settings?|configprops)$/;

/** What is asked of a check by naming its outcome: `/check/fail/web`. */
const outcome = /^(pass|warn|fail)$/;

/** Names of a query's parts that are verbs and yet often choose what is shown. */
const choosing = /^(edit|install|lock|migrate|mount|obtain|persist|register|repair|upgrade)$/;

/**
 * The word by which an address may ask for more than to be read; null when there is none: it says no order, and what stands at the
 * end of its path is known to name a thing. `…` is what only a run tells.
 */
export function orderIn(address: string): string | null {
  const said = saidOrder(address);
  if (said !== null) return said;
  const written = pathOf(address)
    .split('/')
    .map((part) => part.split(';')[0] ?? '');
  const last = written.findLast((part) => bare(part) !== '');
  const parts = written.map(unescaped).filter((part) => part !== '');
  if (last === undefined || isFile(parts.at(-1) ?? '', parts.length) || namesThing(parts, wordsOf)) return null;
  return bare(last);
}

function pathOf(address: string): string {
  const [written = ''] = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').split(/[?#]/);
  // Some servers take a backslash, an escaped slash, or one that is escaped twice, for a slash.
  return written.replace(/%(25)*2f|\\|%5c/gi, '/');
}

/** The order that an address says; null when it says none in a word that is known. */
export function saidOrder(address: string): string | null {
  const [, query = ''] = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').split(/[?#]/);
  const path = pathOf(address);
  // `/a;action=stop`: what stands behind a semicolon says more about a part, and orders as a query does.
  const steps = path.split('/').map((part) => part.split(';'));
  const parts = withoutNames(steps.map(([part = '']) => part).filter((part) => plainWord(part) !== ''));
  // What a server makes of `/status/../restart` is its own affair.
  if (steps.some(([part = '']) => unescaped(part) === '..')) return '..';
  const jolokia = parts.findIndex((part) => plainWord(part) === 'jolokia');
  const asked = jolokia < 0 ? '' : plainWord(parts[jolokia + 1] ?? '');
  if (/^(write|exec|notification)$/.test(asked)) return asked;
  const script = scriptIn(path);
  if (script !== null) return script;
  const tells = toldOfThing.test(plainWord(parts.at(-1) ?? ''));
  const found = parts.find((part, index) => {
    const isLast = index === parts.length - 1;
    const whole = plainWord(part);
    if (isLast && isFile(part, parts.length)) return false;
    const before = plainWord(parts[index - 1] ?? '');
    if (isLast && asksAtEnd(part, parts.slice(0, index), query)) return true;
    const behind = plainWord(parts[index + 1] ?? '');
    // `/pods/restart-worker-0/log`, `/pipelines/deploy/runs`: one of many, and what became of it.
    if (index === parts.length - 2 && manyThings.test(before) && become.test(behind) && isOneOf(part)) return false;
    if (index === parts.length - 2 && !toldOf.test(behind) && asksBefore(whole, before)) return true;
    if (index === parts.length - 2 && onceMore.test(whole) && emptied.test(behind)) return true;
    if (isLast && isDottedOrder(part) && !namesOnly.test(plainWord(parts[index - 1] ?? ''))) return true;
    if (tells && index === parts.length - 2 && (things.test(whole) || isThing(part))) return false;
    // Further up such a name is that of a thing: `/job/restart-workers/5/console`.
    const mayBeCompound = index >= parts.length - 2;
    if (index === parts.length - 2 && beforeLast.test(whole) && !toldOf.test(plainWord(parts.at(-1) ?? '')))
      return true;
    if (index === parts.length - 2 && before !== 'job' && isServiceOrder(part, parts.at(-1) ?? '')) return true;
    if (isLast && handling.test(whole) && onThing.test(before)) return true;
    if (isLast && whole === 'issue' && /^(tokens?|keys?|cert(ificate)?s?)$/.test(before)) return true;
    if (isLast && whole === 'now' && (isOrder(before) || before === 'sync')) return true;
    if (isLast && onItem.test(whole) && isNumbered(parts[index - 1])) return true;
    if (index === parts.length - 2 && (onNumber.test(whole) || glued.test(whole)) && isNumbered(parts.at(-1)))
      return true;
    if (index === parts.length - 3 && settingOne.test(whole)) return true;
    if (isLast && /^_(open|close)$/.test(bare(part).toLowerCase())) return true;
    if (
      isLast &&
      /^(off|trace|debug|info|warn(ing)?|error|fatal)$/.test(whole) &&
      /^(set)?loglevel$|^set$/.test(before)
    )
      return true;
    if (isLast && /^(accept|confirm|decline|verify|activate|optout|page|call)[-_]/i.test(part) && saysMore(query))
      return true;
    if (isLast && /^test[-_]?(e?mail|sms|alert|notification|page)$/i.test(part)) return true;
    if (isLast && actsOn.test(whole) && saysMore(query)) return true;
    return (isLast ? isOrder(whole) : isPlainOrder(whole)) || (mayBeCompound && isCompoundOrder(part, isLast));
  });
  if (found !== undefined) return plainWord(found);
  for (const pair of [...query.split(/[&;]/), ...steps.flatMap(([, ...more]) => more)]) {
    const [name = '', value = ''] = pair
      .split('=')
      .map((each) => plainWord(unescaped(each).replace(/\[[^[\]]*\]$/, '')));
    const rawName = unescaped(pair.split('=')[0] ?? '');
    // `/audit?action=delete`: which of the things that were done.
    if (name === 'action' && parts.some((part) => /^audit/i.test(part))) continue;
    if (statementNames.test(name) && sqlEffectAnywhere(spoken(pair.slice(pair.indexOf('=') + 1))) !== 'read')
      return name;
    const inner = orderInJson(spoken(pair.slice(pair.indexOf('=') + 1)));
    if (inner !== null) return inner;
    if (/^(1|true|yes|now)$/.test(value) && (isAskedNow(name) || isCompoundOrder(rawName, true))) return name;
    if (/^(set|grant|revoke|assign|make)[A-Z_-]/.test(rawName) || /^(grant|revoke)$/.test(name)) return name;
    if (!pair.includes('=') && /^(on|off|toggle)$/.test(name) && query !== '') return name;
    // `?clear`, `?upstream=web&remove=`: the name alone says it.
    if (value === '' && query !== '' && isOrder(name) && !narrowing.test(name) && !valueless.test(name)) return name;
    if (value !== '' && !/^(0|false|no)$/.test(value) && verbs.has(name) && !choosing.test(name)) return name;
    if (/(method|verb)$/.test(name) && /^(post|put|patch|delete)$/.test(value)) return value;
    if (/^((soft)?commit|sync|backup|import)$/.test(name) && /^(1|true|yes)$/.test(value)) return name;
    if (/^(on|off)$/.test(name) && /^(1|0|true|false)$/.test(value)) return name;
    if (name === 'refresh' && /^(hard|normal|all)$/.test(value)) return name;
    // `spellcheck.build=true`
    if (/\.(build|commit|reload|optimize|delete)$/.test(rawName) && value === 'true') return name;
    if (order.test(value) && !onlyLast.test(value) && !lookedFor.test(name) && !manyThings.test(lastWord(parts)))
      return value;
    if (programs.test(name) && value !== '') return name;
    if (/^(pass|passwd|password)$/.test(name) && value !== '') return name;
    if (name === 'force' && /^(1|true|yes)$/.test(value)) return name;
    if (
      value !== '' &&
      (glued.test(name) || /^(delete|remove|destroy|purge|wipe|kill|terminate)[_-]?(id|ids)$/i.test(rawName))
    )
      return name;
    // What a server is to fetch on somebody's behalf, or to lead somebody to.
    const target = spoken(pair.slice(pair.indexOf('=') + 1));
    if (/^https?:\/\/|^\//.test(target) && leading.test(name) && saidOrder(target.split(/[?#]/)[0] ?? '') !== null)
      return name;
    const asks = asking.test(name) || isOrdering(name);
    if (asks && pair.includes('…')) return name;
    const said = spoken(pair.slice(pair.indexOf('=') + 1));
    if (calling.test(name) && (isCompoundOrder(said, true) || isDottedOrder(said))) return said;
    if (isStatement(said) || isOtherMutation(said)) return said.split(/[\s{(]/)[0] ?? name;
    if (isCommand(pair, query)) return said;
    const last = plainWord(parts.at(-1) ?? '');
    // `/outlet/3`: the thing may have a name or a number of its own.
    if (switched.test(last) || switched.test(plainWord(parts.at(-2) ?? ''))) {
      if (/^(on|off|toggle|cycle|reset)$/.test(value)) return value;
      if (/^(on|off|toggle|cycle)$/.test(name)) return name;
      if (/^(value|level|state|set)$/.test(name) && /^[0-3]$/.test(value)) return name;
    }
    if (
      lastOrder.test(name) &&
      !/^(refresh|format|block|leave|lock|gc)$/.test(name) &&
      /^(1|true|yes|now)$/.test(value)
    )
      return name;
    if (/^(logging|loggers?|loglevel)$/.test(last) && /^(level|set|paths)$/.test(name)) return name;
    if (/^(scale|resize|grow)$/.test(last) && amounts.test(name)) return last;
    if (isOrdering(name) ? !questions.test(value) : asks ? isOrder(value) : isPlainOrder(name))
      return asks && value !== '' ? value : name;
  }
  return null;
}

/** Names of a query's parts that hold an address. */
const leading = /^(ur[il]|to|next|target|redirect\w*|dest\w*|return\w*|goto|callback|continue)$/;

/** Names that without a value say how an answer is to look. */
const valueless = /^(format|refresh|block|write|set|on|off|build|update|create|install|start|stop)$/;

/** True when the last part of a path asks for something to be done by what it says or stands behind. */
function asksAtEnd(part: string, parts: readonly string[], query: string): boolean {
  const whole = plainWord(part);
  const before = plainWord(parts.at(-1) ?? '');
  // `/_snapshot` of Elasticsearch is a list.
  if (namesOnly.test(before) || part.startsWith('_')) return false;
  // `/dags/etl/paused/true`: a state, and what it is to be.
  if (/^(true|false)$/.test(whole) && parts.length > 1) return true;
  if (isOrder(plainWord(unescaped(part).split(':')[0] ?? '')) && part.includes(':')) return true;
  // A hook does something each time it is asked for, and credentials are made for who asks.
  // `/hooks/7f3a` is one, `/hooks/7` and `/repos/shop/hooks/a` are what is known of it.
  if (/(^|[-_])(web)?hook$/i.test(bare(part)) || /^(web)?hook$|^creds$/.test(before)) return true;
  if (parts.length === 1 && /^(web)?hooks$/.test(before) && !/^[\d…]+$/.test(part)) return true;
  if (
    isNumbered(parts.at(-1)) &&
    (thingVerbs.has(whole) || /^(flag|ring|record|report|page|grade|feed|rank)$/.test(whole))
  )
    return true;
  if (before === 'log' && whole === 'level' && /(^|&)(set|level|value)=/i.test(query)) return true;
  if (/^(leader(ship)?|primary|ownership)$/.test(before) && whole === 'transfer') return true;
  // `/apps/checkout` is one of many, `/api/checkout` is not.
  const isNamed = manyThings.test(before) && !/s$/.test(plainWord(parts.at(-2) ?? ''));
  if (isNamed && !/^(address|status|access|process|progress)$/.test(before)) return false;
  const [first = '', ...more] = wordsOf(part);
  return thingVerbs.has(whole)
    ? !/^(schedule|release|change|copy|archive|transfer)$/.test(whole) || saysMore(query)
    : thingVerbs.has(first) && more.length > 0 && !/s$/.test(more.at(-1) ?? '') && !toldOf.test(more.at(-1) ?? '');
}

/** True for an order before what it is about: `/isolate/host-3`, `/check/fail/web`. */
function asksBefore(whole: string, before: string): boolean {
  return (
    ((verbs.has(whole) || whole === 'fire') && !namesOnly.test(before)) || (before === 'check' && outcome.test(whole))
  );
}

/** A value as it is meant. */
function spoken(value: string): string {
  return unescaped(value.replace(/\+/g, ' ')).trim();
}

/** What a statement makes, changes or drops. */
const kinds =
  'table|database|schema|index|view|materialized|user|role|function|procedure|series|measurement|shard|retention|continuous|subscription|keyspace|type|trigger|sequence|dictionary|policy|temporary|or|unique|extension|column|partition|quota|named';

const statements = [
  String.raw`(drop|create|alter|rename|attach|detach|undrop|exchange)\s+(${kinds})\s`,
  String.raw`delete\s+from\s`,
  String.raw`(insert|replace|merge)\s+into\s`,
  String.raw`update\s+\S+\s+set\s`,
  String.raw`truncate\s+\S`,
  String.raw`grant\s+.+\sto\s`,
  String.raw`revoke\s+.+\sfrom\s`,
  String.raw`kill\s+(query|mutation|connection|\d)`,
  String.raw`optimize\s+table\s`,
  String.raw`system\s+(drop|flush|reload|restart|shutdown|kill|start|stop|sync|restore|enable|disable|suspend)\b`,
  String.raw`exec(ute)?\s+(immediate|procedure|[sx]p_\w|\w+\.\w)`,
  String.raw`call\s+[\w.]+\s*\(`,
  String.raw`match\s[^;]*\b(delete|set|create|merge|remove|drop)\s`,
  String.raw`db\.\w+\.(drop|remove|delete\w*|update\w*|insert\w*)\(`,
  String.raw`with\s[\s\S]*\)\s*(delete|update|insert|merge)\s`,
];

const statement = new RegExp(String.raw`(?:^|;)\s*(?:${statements.join('|')})`, 'i');

/** A statement that a database would obey, at the beginning of a value or behind another one: `DROP TABLE orders`. */
function isStatement(value: string): boolean {
  return (
    statement.test(value.replace(/\/\*[^]*?\*\/|--[^\n]*/g, ' ')) ||
    (/^select\s/i.test(value) && sqlEffectAnywhere(value) === 'write') ||
    actingFunction.test(value)
  );
}

/** A function of a database that does something, called in what is asked of it. */
const actingFunction =
  /^(?:select|with|values)\b[^]*\b(?:pg_(?:terminate|cancel|reload|rotate|switch|promote|create|drop|advisory|try_advisory|notify|sleep|file|logical|replication|stat_reset)\w*|dblink\w*|lo_\w+|nextval|setval|set_config|sleep|benchmark|get_lock|sys_exec|sys_eval|load_extension|writefile|executable|query_to_xml\w*)\s*\(/i;

/** A change that GraphQL is asked for, alone or behind a question. */
function isOtherMutation(value: string): boolean {
  return /(?:^|\})\s*mutation\b/.test(value.replace(/#[^\n]*/g, ''));
}

/** What a shell would run if the other side gave it one: `?host=x;rm -r y`, `$(id)`. */
function isCommand(pair: string, query: string): boolean {
  const said = spoken(pair);
  return /\$[({]/.test(said) || (query.includes(';') && /^[a-z]+\s+[\w./~*-]/i.test(said));
}

/** `/cron.php`, `/cgi-bin/clean.sh`: a script that is run by being fetched, and whose name does not say that it only tells. */
function scriptIn(path: string): string | null {
  const name = path.split('/').at(-1) ?? '';
  if (/^((wp-)?cron|setup|install|upgrade|import|migrate)\.(php\d?|aspx?|cgi|jsp|pl)$/i.test(name)) return name;
  if (!/\/cgi-bin\//i.test(path) || name === '') return null;
  return questions.test(plainWord(name)) ? null : name;
}

/** `/service-restart/nginx`: an order at the end of a name, before what it is for. */
function isServiceOrder(part: string, behind: string): boolean {
  return (
    /[-_](restart|reboot|reset|delete|remove|purge|flush|kill|wipe|stop|start|shutdown)$/i.test(bare(part)) &&
    !toldOf.test(plainWord(behind))
  );
}

/** True for a header by which a server may take a fetch for something else: another method, another address, an order. */
export function headerAsks(name: string): boolean {
  const plain = name.trim();
  return (
    /method|override|^x-http-|action$|-target$|^x-(original|rewrite)-ur[il]$|^(upgrade|destination|x-do)$|command|operation/i.test(
      plain,
    ) ||
    (/^x-/i.test(plain) && isOrder(wordsOf(plain).at(-1) ?? ''))
  );
}

/** Why what is sent along with a fetch may be more than a question; null when it is none. Elasticsearch is asked so. */
export function bodyAsks(target: string, body: string): string | null {
  if (body.trim() === '') return null;
  const last = (target.split(/[?#]/)[0] ?? '').split('/').at(-1) ?? '';
  return /^_(search|count|msearch|mget|explain|analyze|validate|field_caps|rank_eval|sql|eql|query|terms_enum|search_shards)$/.test(
    last,
  )
    ? null
    : 'a body may ask for more than to be read';
}

const lastWord = (parts: readonly string[]): string => plainWord(parts.at(-1) ?? '');

/** What is done at once where its name is set to `1`: `?gc=1`, but not `?refresh=true`, which Elasticsearch reads with. */
const isAskedNow = (name: string): boolean =>
  name === 'now' ||
  (isOrder(name) &&
    !narrowing.test(name) &&
    !/^(refresh|format|block|leave|lock|on|off|write|build)$/.test(name) &&
    !choosing.test(name));

/** `{"method": "system.reboot"}`: what a value in JSON tells a server to do. */
function orderInJson(value: string): string | null {
  if (!/^\s*[[{]/.test(value)) return null;
  for (const [, name = '', said = ''] of allMatches(value, /"(\w+)"\s*:\s*"([^"]*)"/g))
    if (
      (asking.test(name.toLowerCase()) || isOrdering(name.toLowerCase())) &&
      (isOrder(plainWord(said)) || isCompoundOrder(said, true) || isDottedOrder(said))
    )
      return said;
  return null;
}

/** A part that names one thing of many: it holds a digit, and is no version. */
const isNumbered = (part: string | undefined): boolean => /^(?!v\d+$).*\d/.test(part ?? '');

/** True when a query says more than which part of an answer is wanted. */
function saysMore(query: string): boolean {
  return query.split(/[&;]/).some((pair) => {
    const name = plainWord(pair.split('=')[0] ?? '');
    return name !== '' && !narrowing.test(name);
  });
}

/** The parts but for the names of jobs where Jenkins is asked about a build: `/job/deploy/lastBuild/api/json`. */
function withoutNames(parts: readonly string[]): readonly string[] {
  const asksBuild = /\/(api\/(json|xml)|consoleText|console|logText\/progressiveText)$/.test(`/${parts.join('/')}`);
  return asksBuild ? parts.filter((_, index) => parts[index - 1] !== 'job') : parts;
}

/** `build.json`, `install.txt`: a file that is fetched. Others, as `toggle.json` and `on.html`, may be what a device obeys. */
const isFile = (part: string, parts: number): boolean =>
  (parts === 1 && /^(build|install)\.(json|xml|txt|html?|sh)$/i.test(part)) || /\.md$/i.test(part);

/** `system.reboot`, `Switch.Set`: a call by the name of its thing. */
function isDottedOrder(part: string): boolean {
  const words = bare(part).split('.');
  const last = words.at(-1) ?? '';
  return (
    words.length > 1 &&
    (isOrder(last.toLowerCase().replace(/[-_]/g, '')) ||
      /^(post|send|add|set|invite|kick|join|leave|open|close|archive|rename|update|delete|remove|create|upload)[A-Z]/.test(
        last,
      ) ||
      // `conversations.archive`
      (/s$/.test(words.at(-2) ?? '') && thingVerbs.has(last.toLowerCase())))
  );
}

/** `reset-tokens`: an order's word before the name of several things. */
const isThing = (part: string): boolean => /^[a-z]+[-_][a-z-_]+s$/i.test(bare(part));

const isOrder = (word: string): boolean =>
  order.test(word) || lastOrder.test(word) || onceMore.test(word) || glued.test(word) || verbs.has(word);
const isPlainOrder = (word: string): boolean => order.test(word) && !onlyLast.test(word);

/** `delete-user`, `stopInstance`, and at the end of a path `cache_flush`: an order among words that are not what it tells of. */
function isCompoundOrder(part: string, isLast: boolean): boolean {
  const words = wordsOf(part);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (words.length < 2 || first === 'how') return false;
  // `add-ons`, `sign-ups`: things.
  if (/^(ons|ins|outs|offs|ups|backs|overs)$/.test(last) || (first === 'add' && last === 'on')) return false;
  if (last === 'now') return true;
  if (isLast && last === 'all' && !/^(get|list|show|find|view|select|of)$/.test(first)) return true;
  if (isLast && /^(make|become|force|resign|take|go|fix)$/.test(first) && !toldOf.test(last)) return true;
  if (toldOf.test(last))
    return (emptying.test(first) && emptied.test(last)) || (setting.test(first) && isSet.test(last));
  if (first === 'run' && !last.endsWith('s')) return true;
  if (manner.test(first) && words.slice(1).some((word) => isOrder(word))) return true;
  if (isLast && first === 'do' && /^do[A-Z_-]/i.test(bare(part))) return true;
  if (firstOf.test(first) && !isAbout.test(last)) return true;
  if (
    verbs.has(first) ||
    firstOrder.test(first) ||
    onceMore.test(first) ||
    (order.test(first) && !/^(build|on|off|write)$/.test(first))
  )
    return true;
  return isLast && (isPlainOrder(last) || /^(cancel|stop|clear)$/.test(last));
}

const become = /^(logs?|status|history|runs?|builds?|executions?|artifacts?|stages|results?)$/;

/** True for the name of one thing among many: it holds a number, or is what is done there each time. */
const isOneOf = (part: string): boolean => /\d/.test(part) || things.test(plainWord(part));

/** The words of a name: `stopInstance`, `delete-user`. */
function wordsOf(part: string): readonly string[] {
  return bare(part)
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_]+/)
    .filter((word) => word !== '');
}

/** `_flush`, `cache:flush`, `Restart.do`: the word that counts. */
function plainWord(part: string): string {
  return bare(part)
    .toLowerCase()
    .replace(/[-_]|[\s.\0]+$/g, '');
}

/** A part without what is around its name: `%2D`, what only a run tells, a place before it, the ending of a file. */
function bare(part: string): string {
  return unescaped(part)
    .replace(/…/g, '')
    .replace(/^[^\w%…]+/, '')
    .replace(/(?<=.)[?#+\s=&!'"()|$@*<>][^]*$/, '')
    .replace(/^.*:|\.(?:do|php\d?|cgi|action|aspx?|as[hm]x|cfm|jspx?|json|html?|xml|py|pl|rb|sh|bat|exe)$/gi, '');
}

function unescaped(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
