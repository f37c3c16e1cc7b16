// query.hard-coded: a date, address or identifier of one incident in code that is meant for every incident.
import { textOf } from '../guide/index.ts';
import { allMatches, sift, collect, onceFor, remember, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic, type Fix } from '../diagnostics/index.ts';
import type { Action, Parameter, Plan } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { idleParameters } from './idle-parameters.ts';
import { matchLines } from './line-patterns.ts';

const madeUp = 'a name for examples';

/** What it is, its parameter's name, what such code has in any case, which is found sooner, and the whole of it. */
const rules: readonly (readonly [string, string, RegExp, RegExp])[] = [
  ['a fixed time', 'start_time', /20\d\d-/, /(?<=\b|_)20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?\b/g],
  ['a fixed time', 'start_time', /(?<!\d)20\d\d\b/, /(?<=["'])(?:(?:0?[1-9]|[12]\d|3[01])[/.](?:0?[1-9]|[12]\d|3[01])[/.]20\d\d|(?:0?[1-9]|[12]\d|3[01]) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} 20\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} (?:0?[1-9]|[12]\d|3[01]),? 20\d\d)\b/g],
  ['a fixed time', 'start_time', /1[6-9]\d{8}/, /(?<=(?:[<>=]|\bBETWEEN|\bAND)[ \t]{0,3})1[6-9]\d{8}(?:\d{3})?\b/gi],
  ['a fixed identifier', 'id', /[0-9a-f]{8}-[0-9a-f]{4}-/i, /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi],
  ['a fixed identifier', 'id', /[ \t]--[a-z-]+[ \t=]+["']?\d{5}/, /(?<=[ \t]--(?:[a-z]+-)*(?:tenant|account|customer|user|order|project|org|organi[sz]ation|id|ticket|incident|job|build|pipeline|subscription|session|pid|request|device)(?:[ \t]+|=)["']?)\d{5,}\b(?![.:/-])/g],
  ['a fixed identifier', 'id', /id\s{0,2}=\s{0,2}=?\s{0,2}["']?\d{4}/i, /(?<=\b(?:[a-z]+_)+(?:id|pid|uuid)\s{0,2}={1,2}\s{0,2}["']?)\d{4,}\b(?![.:/-])/gi],
  ['a fixed identifier', 'id', /\bid\s{0,2}=\s{0,2}["']?\d{4}/, /(?<=\b(?:WHERE|AND|OR)\s+(?:\w+\.)?id\s{0,2}=\s{0,2}["']?)\d{4,}\b(?![.:/-])/g],
  ['the number of one process', 'pid', /kill[ \t]/i, /(?<=(?:^|[\n;|]|\bsudo)[ \t]*kill[ \t]+(?:-\S+[ \t]+)?)\d{2,7}(?=[ \t]*(?:$|[\n;|&]))/gi],
  ['the number of one process', 'pid', /\b(?:s?pid|session_id|sid)\s{0,2}=\s{0,2}["']?\d/i, /(?<=\b(?:WHERE|AND|OR)\s+(?:\w+\.)?(?:(?:backend_)?pid|spid|sid|session_id)\s{0,2}=\s{0,2}["']?)(?!1\b)\d{2,7}\b(?![.:/-])/gi],
  ['the number of one process', 'pid', sift(/\b(?:taskkill|Stop-Process|Get-Process|Wait-Process|strace|gdb|jstack|jmap|jcmd|pstack|lsof|perf)\b/i), /(?<=\b(?:taskkill\b[^\n|]{0,40}[ \t]\/PID|(?:Stop|Get|Wait)-Process\b[^\n|]{0,40}[ \t]-Id|(?:strace|gdb|pstack|lsof|perf)\b[^\n|]{0,40}[ \t]-p|(?:jstack|jmap|jcmd|pstack)(?:[ \t]+-\w+)*)[ \t]+)\d{2,7}(?![\w.:/-])/gi],
  ['the number of one process', 'pid', /_backend\s?\(/i, /(?<=\bpg_(?:terminate|cancel)_backend\s?\(\s?)\d{2,7}(?=\s?\))/gi],
  ['the name of one pod', 'pod', /-[bcdfghjklmnpqrstvwxz2456789]{5}\b/, /(?<![\w/.-])[a-z][a-z0-9-]{1,50}-(?=[a-f0-9]*\d)[a-f0-9]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g],
  ['the identifier of one resource', 'resource', /\b(?:i|vol|snap|ami|eni|subnet|sg|vpc|igw|rtb)-[0-9a-f]{8}/, /(?<![\w-])(?:i|vol|snap|ami|eni|subnet|sg|vpc|igw|rtb)-(?=[a-f]*\d)[0-9a-f]{8,17}\b/g],
  ['the name of one host', 'host', sift(/\b(?:ssh|ping|telnet|nslookup|dig|traceroute|mtr|Test-(?:Net)?Connection|Enter-PSSession)|-(?:ComputerName|CimSession|TargetName|Server)|--host|\b(?:psql|pg_isready|mysql|redis-cli|mongosh?)\b/i), /(?<=(?:\b(?:ssh|ping|telnet|nslookup|dig|traceroute|mtr|Test-(?:Net)?Connection|Enter-PSSession)|[ \t]-(?:ComputerName|CimSession|TargetName|Server)|--host[ =]|\b(?:psql|pg_isready|mysql|redis-cli|mongosh?)\b[^\n]{0,60}[ \t]-h)[ \t]*(?:\w+@|["'])?)(?=[\w.-]*\d)[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+\b(?![\w{<-])/gi],
  ['the name of one host', 'host', /=~?\s{0,2}["']/, /(?<=\b(?:instance|host|hostname|node|server)\s{0,2}(?:=~?|==)\s{0,2}["'])(?=[\w.-]*\d)(?=[\w-]*\.)[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+(?=(?::\d+)?["'])/gi],
  ['the name of one host', 'host', /=~?\s{0,2}["']/, /(?<=\b\w{0,40}(?:host|node|server|machine|computer|instance)(?:_?names?)?\s{0,2}(?:==|=~|=)\s{0,2}["'])(?=[\w.-]*\d)[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?=(?::\d+)?["'])/gi],
  ['the name of one host', 'host', /["'](?:https?:\/\/)?[a-z][a-z0-9-]*\.[a-z]/i, /(?<=(?:==?|=~|\blike|\bin\s?\()\s{0,2}["'])(?=[\w./:-]*\d)(?:https?:\/\/)?[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*){1,6}\.(?:internal|local|lan|corp|intra|private|net|com|org|io|cloud|dev)(?=(?::\d+)?["'])/gi],
  ['the name of one host', 'host', /:\/\/[a-z]/i, /(?<=:\/\/(?:[\w.{}$-]{1,60}@)?)[a-z][a-z-]{0,40}[a-z-]\d{1,4}[a-z]?(?:\.[a-z0-9-]{1,63}){0,5}\.(?:internal|local|lan|corp|intra|private)(?<!\.cluster\.local|\.docker\.internal)(?![\w.-])/gi],
  ['the name of one node', 'node', /\b(?:nodes?[ /]|drain|cordon)/, /(?<=\b(?:kubectl|oc)\b[^\n|;&]{0,40}(?:\bnodes?[ \t/]+|\b(?:drain|cordon|uncordon)[ \t]+))(?=[\w.-]*\d)[a-z][a-z0-9]*(?:[.-][a-z0-9]+){2,8}(?![\w.{<-])/g],
  ['the name of one node', 'node', /\bip-\d/, /\bip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b(?:\.[\w-]+)*/g],
  ['a fixed address', 'host', /\d\.\d{1,3}\.\d/, /(?<![\d.:v-]|[^/:]\/|\b\w\/)(?!0\.0\.0\.0|127\.|255\.|169\.254\.|8\.8\.|1\.1\.1\.1)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]|\/\d)/g],
  // A host is told by its number: "--server db-07", "-H web12.shop.lan", "ansible db3.shop.lan -m …", "-connect mail2.shop.lan:443".
  ['the name of one host', 'host', /--?[a-zA-Z-]*(?:host|node|server|machine|instance|target|broker|limit|endpoint|connect|brokers?|vm|addr)/i, /(?<=[ \t]--?(?:[a-z]{1,15}-){0,2}(?:host|hostname|host-name|node|node-name|server|server-name|machine|instance|instance-name|target|broker|bootstrap-server|limit|endpoint|endpoints|connect|vm|vm-name|addr|address|minion)s?(?:[ \t]+|=)["']?(?:https?:\/\/)?)(?=[\w.-]*\d)(?!(?:v?\d|ip-\d|i-[0-9a-f]|lo\d|us-|eu-|ap-|sa-|ca-|me-|af-))[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+(?![\w{<$/-])/gi],
  ['the name of one host', 'host', sift(/\b(?:scp|rsync|sftp|nc|ncat|netcat|ansible|salt|snmp\w+|ipmitool|curl|wget|virsh|ping6?|host|tracert|arping|fping|openssl|lftp|rsh|winrs|net|nmap|ssh-copy-id|mosh|wget|psexec)\b/i), /(?<=(?:^|[\n;|&]|\bsudo|\$)[ \t]*(?:(?:nc|ncat|netcat|ansible|salt|host|tracert|arping|fping|nmap|mosh|lftp|ssh-copy-id|sftp)(?:[ \t]+-{1,2}\w+(?:[ \t]+\d+)?)*[ \t]+["']?(?:\w+@)?|(?:scp|rsync)[ \t][^\n|;&]{0,120}?(?:[ \t]|@)))(?=[\w.-]*\d)[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+(?=[ \t:"']|$|\n)(?![^\s]*\.(?:tar|gz|tgz|zip|sql|log|txt|ya?ml|json|sh|py|conf)\b)/gi],
  ['the name of one host', 'host', sift(/\b(?:gcloud|az|virsh|govc|multipass|lxc|qm|openstack|nova|hcloud|doctl|linode-cli|vagrant|docker-machine)\b/), /(?<=\b(?:gcloud[ \t]+compute[ \t]+(?:instances[ \t]+[a-z-]+|ssh|reset-windows-password)|az[ \t]+vm(?:ss)?[ \t]+[a-z-]+[ \t][^\n|;&]{0,80}?(?:--name|-n)|virsh[ \t]+(?:start|shutdown|reboot|destroy|dominfo|domstate|console|reset|domblklist)|multipass[ \t]+[a-z]+|lxc[ \t]+(?:exec|info|restart|stop|start)|govc[ \t]+vm\.\w+(?:[ \t]+-\w+)*|openstack[ \t]+server[ \t]+[a-z]+|hcloud[ \t]+server[ \t]+[a-z-]+)[ \t]+)(?=[\w.-]*\d)[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*(?![\w{<$/])/g],
  ['a fixed identifier', 'id', /[0-9a-f]{24}/i, /(?<![\w+/=-]|sha\d{3}[:-]|sha\d:|@|["']sha\d{3}-)(?!0123456|1234567|deadbeef|abcdef)(?=[0-9a-f]*[a-f])(?=(?:[a-f]*\d){4})(?:[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})(?![\w+/=-])/gi],
  ['a fixed identifier', 'id', /[0-9A-HJKMNP-TV-Z]{26}|[A-Za-z0-9]{18,}/, sift(/(?<=(?:\b(?:id|uuid|key|ref|lease|trace|span|request|session|order|job|run|execution|task|alloc(?:ation)?|snapshot|message|event|payment|charge)(?:[_-]id)?["']?(?:[ \t]*[:=][ \t]*|[ \t]+)["']?)|\/)(?!0123456|1234567|abcdef)(?=[a-zA-Z]*\d)(?=(?:[A-Za-z0-9]*\d){5})(?=\d*[a-zA-Z])[A-Za-z0-9]{18,64}(?![\w.+/=-])/g)],
  ['a fixed identifier', 'id', /\b[a-zA-Z]{2,6}[-_]\d{4,}\b/, /(?<=[ \t=:"'/])(?:INC|CHG|TICKET|TKT|CASE|PRB|REQ|RITM|CRQ|ORD|ORDER|CUST|ACC|ACCT|JOB|TXN|PAY|INV|USR|USER|RUN|BUILD)[-_]?\d{4,}\b(?![.:/-]\d)/g],
  ['the number of one process', 'pid', sift(/\b(?:KILL|nsenter|pmap|pwdx|renice|ionice|cat|ls|py-spy|rbspy|bpftrace|dotnet-\w+|asprof|ltrace|eu-stack|gcore|prlimit|taskset|scancel|scontrol|bjobs|bkill|qstat|qdel|squeue)\b|\/proc\/\d/), /(?<=(?:^|[;\n])\s*KILL(?:[ \t]+(?:QUERY|CONNECTION|HARD|SOFT))?[ \t]+|\bnsenter[ \t][^\n|]{0,30}-t[ \t]+|\b(?:pmap|pwdx|gcore|eu-stack)[ \t]+(?:-\w+[ \t]+)*|\b(?:renice|ionice|ltrace|taskset|prlimit|py-spy|rbspy|asprof|dotnet-\w+)[ \t][^\n|]{0,40}[ \t](?:-p|--pid|--process-id)[ \t=]*|\/proc\/|\b(?:scancel|bkill|qdel|bjobs)[ \t]+(?:-\w+[ \t]+)*|\bscontrol[ \t]+\w+[ \t]+job(?:[ \t]+|=))\d{3,8}(?![\w.:-])/g],
  // A machine by the shape of its name, wherever it stands as an argument by itself: "sw-core-02", "db-prod-11.shop.lan".
  ['the name of one host', 'host', /-\d{2}|[a-z]\d{2,4}\./, /(?<=^[ \t]*(?:\$ )?(?:sudo[ \t]+)?(?!(?:kubectl|oc|helm|docker|podman|git|apt(?:-get)?|yum|dnf|pip|npm|conda|export|cd|ls|cat)[ \t])[a-z][\w.-]*(?=[ \t])[^\n#]{0,200}?(?:[ \t=@]|:\/\/)["']?)(?=[a-z\d-]*(?<![a-z])(?:web|db|sw|srv|svr|server|vm|node|host|app|api|mq|pg|sql|lb|proxy|rtr|router|fw|core|edge|prod|prd|stg|staging|worker|master|broker|mail|mx|smtp|dns|gw|cache|stor|storage|nas|esx|hv|jump|bastion|build|runner|mon|ldap|dc|backup|bkp|ora|mongo|zk|switch)(?![a-z]))[a-z][a-z]*(?:-[a-z]+\d?)*-?\d{2,4}[a-z]?(?:\.[a-z][a-z0-9-]*)*(?=[ \t"':,;|]|$|\n)/gm],
  ['a fixed identifier', 'id', /--?[a-z-]*-?(?:id|uuid|run|ref|handle|token-accessor)[ \t=]/, /(?<=[ \t]--?(?:[a-z]+-){0,3}(?:id|uuid|handle|accessor)(?:[ \t]+|=)["']?)(?=[\w-]*[a-z])(?=(?:[\w-]*?\d){4})[A-Za-z][\w-]{7,80}(?![\w.:/{<$])/g],
  ['a fixed identifier', 'id', /\b[a-z]{2,6}_[A-Za-z0-9]{14}/, /(?<![\w$])(?!(?:sk|pk|rk|whsec|ghp|gho|pat|token|key|secret)_)[a-z]{2,6}_(?=[A-Za-z]*\d)(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{14,40}(?!\w)/g],
  // Names that are kept for documents (RFC 2606), and companies that manuals made up.
  [madeUp, 'host', /example\.|contoso\.|fabrikam\.com|your-?domain\.|my-?company\.com/i, /(?:(?<=:\/\/)|(?<![\w.@/:-])(?=[\w.-]+(?![\w./-])))(?:[\w-]{1,63}\.){0,4}(?:example\.(?:com|org|net|edu)|contoso\.(?:com|local)|fabrikam\.com|your-?domain\.(?:com|org)|my-?company\.com)\b(?!\.\w|-)/gi],
]; // prettier-ignore

export function checkHardCoded(input: CheckInput): readonly Diagnostic[] {
  const { nodes } = input.plan;
  const compared = comparedWithNames(input.plan);
  if (compared.size === 0 && !nodes.some(({ actions }) => actions.some((action) => valuesIn(action).length > 0)))
    return [];
  const meant = parametersMeant(input, idleParameters(input));
  return collect(nodes, ({ actions }) =>
    collect(actions, (action) =>
      [...valuesIn(action), ...(compared.get(action) ?? []).filter((one) => meant.has(one))].map((fixed) => {
        const { what, value, index } = fixed;
        const span = codeSpan(action, { start: index, end: index + value.length });
        const idle = meant.get(fixed);
        const name = idle ?? fixed.name;
        // A declared name stands in braces in every language.
        const hole = idle === undefined ? placeholder(action, name) : `{${name}}`;
        const message =
          what === madeUp
            ? `\`${value}\` is a name for examples: nothing real is called so.`
            : idle === undefined
              ? `\`${value}\` is ${what}: it fits one incident only.`
              : `\`${value}\` is ${what}: it fits one incident only, and nothing uses the parameter \`${idle}\`.`;
        return makeDiagnostic('query.hard-coded', span, message, {
          // A value that is asked for and then not used is more than a habit.
          ...(idle !== undefined && { severity: 'warning' as const }),
          hint:
            idle === undefined
              ? `Write a parameter such as \`${hole}\`.`
              : `Write \`${hole}\`, or remove the parameter if the value is meant.`,
          fixes: asParameter(input, hole, name, span),
        });
      }),
    ),
  );
}

/**
 * The unused parameter that a fixed value most likely stands for, where there is one value and one parameter of its kind: `since`
 * for a time, `host` for an address.
 */
export function parametersMeant(input: CheckInput, idle: readonly Parameter[]): ReadonlyMap<FixedValue, string> {
  const meant = new Map<FixedValue, string>();
  if (idle.length === 0) return meant;
  const values = collect(input.plan.nodes, ({ actions }) => collect(actions, (action) => valuesIn(action)));
  for (const [kind, called] of kinds) {
    const [value, ...others] = values.filter(({ name, what }) => name === kind && what !== madeUp);
    const [parameter, ...more] = idle.filter(({ name }) => called.test(name.replace(/([a-z])(?=[A-Z])/g, '$1_')));
    if (value && parameter && others.length === 0 && more.length === 0) meant.set(value, parameter.name);
  }
  const names = new Set(idle.map(({ name }) => name));
  for (const name of meant.values()) names.delete(name);
  for (const fixed of [...comparedWithNames(input.plan).values()].flat())
    if (names.has(fixed.name)) meant.set(fixed, fixed.name);
  return meant;
}

/**
 * `shard = 'orders-7'` where the guide declares a parameter `shard` that no action uses: one text with a number that is compared with what
 * is called like it, in one place of the guide. `state = 'open'` may well be meant, and then the parameter is only unused.
 */
const comparedWithNames = onceFor(({ nodes, guide }: Plan): ReadonlyMap<Action, readonly FixedValue[]> => {
  const found = new Map<Action, FixedValue[]>();
  const actions = collect(nodes, (node) => node.actions);
  const used = new Set(collect(actions, (action) => action.parameters));
  for (const { name, origin } of guide.parameters) {
    if (origin !== 'declared' || used.has(name) || !/^[A-Za-z][\w-]{1,60}$/.test(name)) continue;
    const places = collect(actions, (action) => {
      const fixed = comparedIn(action)(name);
      return fixed === null ? [] : [{ action, fixed }];
    });
    const [place, ...others] = places;
    if (place && others.length === 0) found.set(place.action, [...(found.get(place.action) ?? []), place.fixed]);
  }
  return found;
});

/** The one such text that an action's code compares with a name; all other code is as it was at the last keystroke. */
const comparedIn = onceFor((action: Action): ((name: string) => FixedValue | null) =>
  remember((name) => {
    const [first, ...more] = allMatches(action.code, comparisonWith(name));
    const value = first?.[2] ?? '';
    if (!first || more.length > 0 || !/\d/.test(value)) return null;
    const index = first.index + first[0].length - 1 - value.length;
    const known = valuesIn(action).some((one) => one.index <= index && index < one.index + one.value.length);
    return known ? null : { what: 'a fixed value', name, value, index };
  }),
);

const comparisonWith = remember((name): RegExp => {
  const called = name
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    .split(/[_-]/)
    .join('[_-]?');
  return new RegExp(
    String.raw`(?<![\w$-])(?:${called}[ \t]{0,3}(?:==?|=~)[ \t]{0,3}|--${called}(?:[ \t]+|=))(["'])([^"'{}<>$%*\n]{1,80})\1`,
    'gi',
  );
});

/** What parameters are called that hold such a value. */
const kinds: readonly (readonly [string, RegExp])[] = [
  ['start_time', /(?:^|_)(?:time|timestamp|date|day|since|start(?:ed)?|from|until|to|end|begin|after|before|when|at)$|^(?:time|date|start|since)_/i],
  ['id', /(?:^|_)(?:id|uuid|guid|subscription|tenant)$/i],
  ['pid', /(?:^|_)(?:pid|session|process|spid)(?:_id)?$/i],
  ['pod', /(?:^|_)pod(?:_name)?$/i],
  ['resource', /(?:^|_)(?:instance|volume|snapshot|resource|subnet|vpc)(?:_?(?:id|name))?$/i],
  ['host', /(?:^|_)(?:host|hostname|server|node|machine|computer|instance|broker|address|addr|ip|target|resolver|endpoint|gateway|router|switch)(?:_?(?:name|ip|address))?$/i],
  ['node', /(?:^|_)(?:node|host|machine)(?:_name)?$/i],
]; // prettier-ignore

interface FixedValue {
  readonly what: string;
  readonly name: string;
  readonly value: string;
  readonly index: number;
}

/** The first value of each kind; what two kinds have in common is told once. */
const valuesIn = onceFor(({ code }: Action): readonly FixedValue[] => {
  const found: FixedValue[] = [];
  for (const [what, name, mark, pattern] of rules) {
    if (!mark.test(code)) continue;
    const first = firstIn(code, pattern);
    if (
      first &&
      !found.some(({ index, value }) => index < first.index + first.value.length && first.index < index + value.length)
    )
      found.push({ what, name, ...first });
  }
  return found;
});

function firstIn(code: string, pattern: RegExp): { readonly value: string; readonly index: number } | null {
  for (const { match, index } of matchLines(code, pattern)) {
    const [value] = match;
    if (!isSetting(code, index, value)) return { value, index };
  }
  return null;
}

/** In PowerShell braces are blocks. */
function placeholder({ language }: Action, name: string): string {
  return /^(?:powershell|pwsh|ps1?|javascript)$/.test(language) ? `<${name}>` : `{${name}}`;
}

/** The value becomes a placeholder and, where the front matter declares parameters, is declared there. */
function asParameter({ guide, plan }: CheckInput, hole: string, name: string, span: Span): Fix[] {
  const declared = plan.guide.parameters.filter(({ origin }) => origin === 'declared');
  const edits = [{ span, newText: hole }];
  if (declared.length > 0 && !declared.some((one) => one.name === name)) {
    const front = guide.frontMatter.span;
    const words = front ? textOf(guide).slice(front.start, front.end) : '';
    const list = /^parameters:[ \t]*\n(?=([ \t]+)(- name:|\w))/m.exec(words);
    if (!front || !list) return [];
    const at = front.start + list.index + list[0].length;
    const [, indent = '  ', form = ''] = list;
    edits.unshift({
      span: { start: at, end: at },
      newText: `${indent}${form.startsWith('-') ? `- name: ${name}` : `${name}: { type: string }`}\n`,
    });
  }
  return [{ title: `Make it the parameter \`${hole}\``, edits }];
}

/** Versions of interfaces (`apiVersion: …/2024-05-01`, `api-version=`), comments, and all-zero identifiers stay as they are. */
function isSetting(code: string, index: number, value: string): boolean {
  const line = code.slice(code.lastIndexOf('\n', index) + 1, index);
  return (
    /versions?["']?[ \t]*[:= \t][ \t]*["']?[\w./:-]*$|^\s*(?:#|--(?![a-z])|\/\/)/i.test(line) || /^0{8}-/.test(value)
  );
}
