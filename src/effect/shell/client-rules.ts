// The rules of commands that ask a server: clouds, databases, queues. What they ask is judged in its own language.
import { orderIn } from '../change-address.ts';
import { classifySql, sqlEffectAnywhere } from '../sql/classify-sql.ts';
import { options, unclear, without, type CommandRule } from './command-rules.ts';

/** What the words before the verb may name: another word there could be a verb of its own. */
const cloudGroups = new Set(
  'compute instances disks networks subnets firewall-rules forwarding-rules backend-services health-checks addresses snapshots images zones regions instance-groups container clusters node-pools sql databases operations run services revisions projects pubsub topics subscriptions functions logging logs sinks monitoring dashboards iam log service-accounts dns managed-zones record-sets redis app versions vm vmss aks nodepool webapp functionapp network vnet nsg rule lb public-ip nic group account resource server db storage monitor activity-log metrics alert acr repository cosmosdb disk appservice plan postgres mysql mariadb flexible-server servicebus eventhubs eventhub namespace queue topic subscription containerapp replica frontdoor afd cdn endpoint application-gateway vpn-gateway private-endpoint route-table signalr search apim staticwebapp policies channels spanner dataproc dataflow jobs builds triggers routers vpn-tunnels url-maps ssl-certificates'.split(
    ' ',
  ),
);

/** `group … list`: the words before the options end in a reading verb, and nothing secret is named. */
export function cloudRule(verb: RegExp): CommandRule {
  return (args) => {
    if (args.some((arg) => arg === null)) return unclear;
    const known = args.filter((arg) => arg !== null);
    const until = known.findIndex((arg) => arg.startsWith('-'));
    const words = until < 0 ? known : known.slice(0, until);
    const at = words.findIndex((word) => verb.test(word));
    if (at < 1 || words.slice(0, at).some((word) => !cloudGroups.has(word)))
      return 'its words are not known to only read';
    if (words.some((word) => /secret|credential|key|password|token|auth|login|rest|connection-string/i.test(word)))
      return 'it may show a secret';
    return cloudOptions(known.slice(words.length));
  };
}

export function cloudOptions(args: readonly (string | null)[]): string | null {
  // `@file` stands for what the file holds.
  return without(/^--(impersonate|access-token|flags-file|debug|log-http|file|output-file|yes)|(^|=)@/)(args);
}

export const wordsOf = (args: readonly (string | null)[]): string => args.map((arg) => arg ?? '\0').join(' ');

/** Its own ways to look at a server, beside the commands that it sends. */
export function redisRule(commands: CommandRule): CommandRule {
  return (args) => (looks.test(wordsOf(args)) ? null : commands(args));
}

/** An argument that is known and no option. */
const plain = String.raw`[^\s\0-][^\s\0]*`;
const looks = new RegExp(
  `^(-[hpn] ${plain} )*--(((bigkeys|memkeys|hotkeys|stat|latency|latency-history|latency-dist)( -i \\d+)?)|scan( --(pattern|count|type|quoted-pattern) ${plain})*)( -[hpn] ${plain})*$`,
);

/** The address of a queue is its name: the client sends it and fetches nothing from it. */
export function awsRule(commands: CommandRule): CommandRule {
  return (args) => {
    const at = args[0] === 'sqs' ? args.indexOf('--queue-url') : -1;
    const isQueue = at > 0 && /^https:\/\/sqs\.[\w.-]+\/\d+\/[\w.-]+$/.test(args[at + 1] ?? '');
    return commands(isQueue ? args.filter((_, index) => index !== at + 1) : args);
  };
}

/** Where to connect, in one word: an address or pairs, of whose settings none names a file or asks for more than a connection. */
const connection =
  /^(postgres(ql)?:\/\/([\w.-]+(:[^@/?\s…]*)?@)?[\w.-]+(:\d+)?\/[\w-]+(\?(sslmode|connect_timeout)=[\w-]+)?|((host|port|user|dbname|sslmode|connect_timeout)=[\w.-]+ ?)+)$/;

/** Whether a server answers; where it is may be said in words that name no file. */
export const pgIsReadyRule: CommandRule = (args) => {
  const place = args.map((arg, at) => (arg === '-d' ? args[at + 1] : /^(?:-d|--dbname=)(.+)$/.exec(arg ?? '')?.[1]));
  if (place.some((one) => one !== undefined && one !== null && !/^[\w-]+$/.test(one) && !connection.test(one)))
    return 'its connection may hold more than a name';
  return options(/^-[hpdUt].+|^-q$/, /^-[hpdUt]$/)(args);
};

/**
 * Statements given with `-c` that only read, or a listing of its own; no file is written or sourced but the psqlrc of its user,
 * which is as much his own as what `mysql`, `git` and `curl` begin with.
 */
export function psqlRule(args: readonly (string | null)[]): string | null {
  return statementsRule(args, {
    statement: /^(-[AtxXqw]*c|--command)$/,
    flag: /^(-[AtxXqwWE]+|--(tuples-only|no-align|expanded|no-psqlrc|quiet|no-password|csv))$/,
    withValue: /^(-[hpUd]|--(host|port|username|dbname))$/,
    glued: /^(-[hpUd]\S+|--(host|port|username|dbname)=\S+)$/,
    whole: /^(-[AtxXqw]*l|--list)$/,
    plain: connection,
    reads: (text) =>
      /^\\(d[a-zA-Z]*\+?|l\+?|conninfo)( [\w.*"]+)?$/.test(text) ||
      (!text.includes('\\') && classifySql(text, [], 'postgres').effect === 'read'),
  });
}

/** A line, but the first, that the client may take for itself. */
const mysqlClientLine =
  /\n\s*(system|source|tee|notee|pager|nopager|edit|delimiter|connect|use|warnings|nowarning|charset|rehash|resetconnection|print|go|ego|clear|exit|quit|prompt|status|query_attributes)\b/i;

/** Statements given with `-e` that only read; the client's own commands (`system`, `\\!`) are no statements. */
export function mysqlRule(args: readonly (string | null)[]): string | null {
  return statementsRule(args, {
    statement: /^(-[BNsrt]*e|--execute)$/,
    // `-p` alone asks for the password.
    flag: /^(-[BNsrtE]+|-p|--(batch|silent|skip-column-names|raw|table|vertical))$/,
    withValue: /^(-[hPuDS]|--(host|port|user|database|socket))$/,
    glued: /^(-[hPuDSp]\S+|--(host|port|user|database|socket|password)=\S+)$/,
    reads: (text) => {
      const statement = text.replace(/\\G\s*$/, '');
      return (
        !statement.includes('\\') &&
        !mysqlClientLine.test(statement) &&
        classifySql(statement, [], 'mysql').effect === 'read'
      );
    },
  });
}

/** Statements of ClickHouse, judged as what every database would take them for: its own words are not known. */
export function clickhouseRule(args: readonly (string | null)[]): string | null {
  return statementsRule(args, {
    statement: /^(-q|--query)$/,
    flag: /^(-t|--time|--secure)$/,
    withValue: /^(-[hud]|--(host|port|user|database|format))$/,
    glued: /^--(host|port|user|database|format)=[\w.-]+$/,
    reads: (text) => !text.includes('\\') && sqlEffectAnywhere(text) === 'read',
  });
}

/** `gh api PATH` fetches; with a field, a method or a file it does more. */
export function ghRule(commands: CommandRule): CommandRule {
  return (args) => {
    if (args[0] !== 'api') return commands(args);
    const [path, ...rest] = args.slice(1);
    if (path === null || path === undefined || !/^\/?(?!graphql)[a-z][\w./{}?=&-]*$/.test(path))
      return 'what it asks for is not known';
    const order = orderIn(`http://host/${path}`);
    if (order !== null) return `\`${order}\` in its address may ask for a change`;
    return options(/^--(paginate|slurp)$/, /^(-q|--jq|-t|--template)$/)(rest);
  };
}

interface StatementForms {
  readonly statement: RegExp;
  readonly flag: RegExp;
  readonly withValue: RegExp;
  readonly glued: RegExp;
  /** An option that is a question of its own, without a statement. */
  readonly whole?: RegExp;
  /** What may stand without an option, beside a plain name. */
  readonly plain?: RegExp;
  reads(text: string): boolean;
}

function statementsRule(args: readonly (string | null)[], forms: StatementForms): string | null {
  let statements = 0;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined) return unclear;
    if (forms.statement.test(arg)) {
      const text = args[++i];
      if (text === null || text === undefined || text.includes('…')) return 'its statement is only known when it runs';
      if (!forms.reads(text)) return 'its statement is not known to only read';
      statements++;
    } else if (forms.whole?.test(arg)) statements++;
    else if (forms.withValue.test(arg)) {
      const value = args[++i];
      if (value === null || value === undefined || /[=:/ ]/.test(value))
        return 'its connection may hold more than a name';
    } else if (
      arg.startsWith('-')
        ? !forms.flag.test(arg) && !forms.glued.test(arg)
        : !/^\w+$/.test(arg) && !forms.plain?.test(arg)
    )
      return `the argument \`${arg}\` is not known to only read`;
  }
  return statements > 0 ? null : 'it is interactive without a statement';
}

export function kafkaRule(args: readonly (string | null)[]): string | null {
  const reads = args.some((arg) => arg === '--list' || arg === '--describe');
  return reads
    ? options(
        /^--(list|describe|all-groups|members|state|verbose|offsets|under-replicated-partitions|unavailable-partitions|exclude-internal)$/,
        /^--(bootstrap-server|zookeeper|topic|group|timeout)$/,
      )(args)
    : 'only `--list` and `--describe` only read';
}
