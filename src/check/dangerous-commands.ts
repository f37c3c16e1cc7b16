// Commands that destroy or that widen rights, by language. A list of what is certain: a command that is not here may be
// dangerous too, which is why a run asks before anything that is not known to read only.
import { matchLines } from './line-patterns.ts';
import { onceFor } from '../base/index.ts';
import type { Action } from '../plan/index.ts';

/** One place in an action's code. */
export interface Danger {
  readonly what: string;
  /** `grave` cannot be taken back; `light` stops or removes something that is made anew. */
  readonly weight: 'grave' | 'light';
  readonly start: number;
  readonly end: number;
}

interface Rule {
  readonly what: string;
  readonly weight: Danger['weight'];
  readonly pattern: RegExp;
}

const grave = (what: string, pattern: RegExp): Rule => ({ what, weight: 'grave', pattern });
const light = (what: string, pattern: RegExp): Rule => ({ what, weight: 'light', pattern });

/** The command begins a line, a pipeline, a substitution, or follows `sudo`, `xargs` or `exec … --`. */
const at = String.raw`(?<=^|[\n;&|(]|\$ |# |\b(?:sudo|xargs|then|do|--)(?: -\S+)*)[ \t]*`;
const command = (words: string): RegExp => new RegExp(`${at}(${words})`, 'g');

const shell: readonly Rule[] = [
  grave('removes files for good', command(String.raw`rm[ \t]+(?:-[\w-]+[ \t]+)*-(?:[a-zA-Z]*[rR][a-zA-Z]*|-recursive)(?![\w-])[^\n;|&]*`)),
  grave('removes files for good', command(String.raw`find[ \t][^\n;|&]*[ \t]-delete\b[^\n;|&]*`)),
  grave('removes files for good', /\bexec[ \t][^\n;|&]*[ \t]--[ \t]+(find[ \t][^\n;|&]*[ \t]-delete\b[^\n;|&]*)/g),
  grave('makes a new file system over what is there', command(String.raw`mkfs(?:\.\w+)?[ \t][^\n;|&]*`)),
  grave('overwrites a device', command(String.raw`dd[ \t][^\n;|&]*\bof=/dev/[^\n;|&]*`)),
  grave('deletes all that it holds', command(String.raw`(?:kubectl|oc)[ \t]+(?:-\S+[ \t]+(?!delete)\S+[ \t]+)?delete[ \t]+(?:ns|namespaces?|project|pvc?|persistentvolume(?:claim)?s?|crds?|customresourcedefinitions?)\b[^\n;|&]*`)),
  grave('deletes everything it matches', command(String.raw`(?:kubectl|oc)[ \t][^\n;|&]*\bdelete\b[^\n;|&]*[ \t]--all\b[^\n;|&]*`)),
  light('deletes what is running', command(String.raw`(?:kubectl|oc)[ \t]+(?:-\S+[ \t]+(?!delete)\S+[ \t]+)?delete[ \t]+(?:-\S+[ \t]+[^\s-]\S*[ \t]+)*(?:po|pods?|jobs?|rs|replicasets?|events?)\b[^\n;|&]*`)),
  grave('deletes what nothing makes anew', command(String.raw`(?:kubectl|oc)[ \t]+(?:-\S+[ \t]+(?!delete)\S+[ \t]+)?delete[ \t]+[^\n;|&]*`)),
  grave('removes a release with all that belongs to it', command(String.raw`helm[ \t]+(?:uninstall|delete)[ \t][^\n;|&]*`)),
  grave('destroys what it manages', command(String.raw`(?:terraform|tofu)[ \t]+(?:[^\n;|&]*[ \t])?destroy\b[^\n;|&]*`)),
  grave('removes containers, images or volumes for good', command(String.raw`docker[ \t]+(?:system[ \t]+prune|volume[ \t]+(?:rm|prune))\b[^\n;|&]*`)),
  grave('deletes objects for good', command(String.raw`aws[ \t]+s3[ \t]+(?:rm|rb)[ \t][^\n;|&]*(?:--recursive|--force)[^\n;|&]*`)),
  grave('deletes a whole group of resources', command(String.raw`az[ \t]+group[ \t]+delete\b[^\n;|&]*`)),
  grave('rewrites history that others have', command(String.raw`git[ \t]+push[ \t][^\n;|&]*(?:--force(?!-with-lease)|[ \t]-f)\b[^\n;|&]*`)),
  grave('throws away changes that are not committed', command(String.raw`git[ \t]+(?:reset[ \t]+--hard|clean[ \t]+-\w*f)\b[^\n;|&]*`)),
  grave('empties the store', command(String.raw`redis-cli[ \t][^\n;|&]*\bFLUSH(?:ALL|DB)\b[^\n;|&]*`)),
  grave('drops data', command(String.raw`(?:dropdb|mysqladmin[ \t][^\n;|&]*drop)[ \t][^\n;|&]*`)),
  light('stops the machine', command(String.raw`(?:shutdown|reboot|halt|poweroff)(?![\w-])[^\n;|&]*`)),
]; // prettier-ignore

const sql: readonly Rule[] = [
  grave(
    'drops data',
    /(?<![\w'"`])(DROP\s+(?:TABLE|DATABASE|SCHEMA|COLUMN|VIEW|MATERIALIZED\s+VIEW|INDEX|USER|ROLE)\b[^;]{0,200})/gi,
  ),
  grave('empties a table', /(?<=^|;)\s*(TRUNCATE\b[^;]{0,200})/gi),
];

const powershell: readonly Rule[] = [
  light('removes for good', command(String.raw`Remove-Item[ \t]+(?:-\w+[ \t]+)*["']?\$(?:env:)?\w*(?:te?mp|TE?MP|Te?mp)\w*[^\n;|]*`)),
  grave('removes for good', command(String.raw`Remove-(?:Item|VM|VirtualDisk|Volume|Partition|StoragePool|Cluster\w*|AD\w+|Az\w+)\b[^\n;|]*`)),
  grave('overwrites a disk', command(String.raw`(?:Format-Volume|Clear-Disk|Initialize-Disk|Reset-PhysicalDisk)\b[^\n;|]*`)),
  light('stops the machine', command(String.raw`(?:Stop|Restart)-(?:Computer|VM|ClusterNode)\b[^\n;|]*`)),
]; // prettier-ignore

const redis: readonly Rule[] = [grave('empties the store', /^[ \t]*(FLUSH(?:ALL|DB)\b[^\n]*)/gim)];

const wideShell: readonly Rule[] = [
  light('lets somebody become root', command(String.raw`(?:usermod[ \t][^\n;|&]*-\w*G[ \t]*|gpasswd[ \t]+-a[ \t]+\S+[ \t]+|adduser[ \t]+\S+[ \t]+)(?:\S*,)?(?:sudo|wheel|root|admin|docker)\b[^\n;|&]*`)),
  light('lets somebody become root', /((?:echo|tee|sed)\b[^\n;]*\bNOPASSWD\b[^\n;|&]*)/g),
  light('gives all rights in the cloud', command(String.raw`az[ \t]+role[ \t]+assignment[ \t]+create\b[^\n;|]*["' \t](?:Owner|User Access Administrator)\b[^\n;|&]*`)),
  light('gives all rights in the cloud', command(String.raw`aws[ \t]+iam[ \t]+(?:attach|put)-\w+-policy\b[^\n;|]*(?:AdministratorAccess|PowerUserAccess|IAMFullAccess)[^\n;|&]*`)),
  light('gives all rights in the cloud', command(String.raw`gcloud[ \t][^\n;|]*add-iam-policy-binding\b[^\n;|]*roles/(?:owner|editor|iam\.securityAdmin)\b[^\n;|&]*`)),
  light('gives a file the rights of its owner', command(String.raw`chmod[ \t]+(?:-\w+[ \t]+)*(?:[ugo]*\+s|[2467]7\d\d)\b[^\n;|&]*`)),
  light('lets everyone write', command(String.raw`chmod[ \t]+(?:-\w+[ \t]+)*(?:0?777|a\+rwx|ugo\+rwx)\b[^\n;|&]*`)),
  light('runs a script from the network without a look at it', /((?:curl|wget)[ \t][^\n;|]*\|[ \t]*(?:sudo[ \t]+)?(?:ba|z)?sh\b[^\n;|&]*)/g),
  light('gives all rights in the cluster', /((?:kubectl|oc)[ \t][^\n;]*\b(?:cluster-admin|privileged)\b[^\n;|&]*)/g),
  light('takes a protection off', command(String.raw`(?:setenforce[ \t]+0|ufw[ \t]+disable|iptables[ \t]+-F|systemctl[ \t]+(?:stop|disable)[ \t]+(?:firewalld|apparmor|auditd))\b[^\n;|&]*`)),
  light('runs a container with all rights of the machine', command(String.raw`docker[ \t]+run[ \t][^\n;|&]*--privileged\b[^\n;|&]*`)),
]; // prettier-ignore
const wideSql: readonly Rule[] = [
  light('gives all rights', /(?<=^|;)\s*(GRANT\s+ALL\b[^;]{0,200})/gi),
  light('makes a superuser', /(?<=^|;)\s*((?:ALTER|CREATE)\s+(?:USER|ROLE)\s[^;]{0,200}\bSUPERUSER\b[^;]{0,100})/gi),
];
const widePowershell: readonly Rule[] = [
  light('makes somebody an administrator', command(String.raw`Add-(?:LocalGroupMember|ADGroupMember)\b[^\n;|]*\b(?:Administrators|Domain Admins|Enterprise Admins)\b[^\n;|]*`)),
  light('gives all rights in the cloud', command(String.raw`New-AzRoleAssignment\b[^\n;|]*\b(?:Owner|User Access Administrator)\b[^\n;|]*`)),
  light('lets any script run', command(String.raw`Set-ExecutionPolicy\b[^\n;|]*\b(?:Unrestricted|Bypass)\b[^\n;|]*`)),
  light('takes a protection off', command(String.raw`(?:Set-NetFirewallProfile\b[^\n;|]*-Enabled[ \t]+\$?False|Set-MpPreference\b[^\n;|]*-Disable\w+[ \t]+\$?true)\b[^\n;|]*`)),
]; // prettier-ignore

const changing: readonly RegExp[] = [
  // A search may be a POST too; an address that says so is left alone.
  command(String.raw`curl[ \t](?![^\n]*(?:_search|query|graphql|token|login|oauth))[^\n;|&]*(?:-X[ \t]*|--request[ \t=]+)(?:POST|PUT|PATCH|DELETE)\b[^\n;|&]*`),
  /\bssh[ \t][^\n]*["'][ \t]*((?:sudo[ \t]+)?(?:systemctl[ \t]+(?:restart|stop|start|disable|enable|reload|mask)|reboot|shutdown|kill)\b[^\n"']*)/g,
  command(String.raw`(?:kubectl|oc)[ \t]+(?:-\S+[ \t]+\S+[ \t]+)*(?:apply|scale|rollout[ \t]+(?:undo|restart|pause|resume)|patch|edit|cordon|uncordon|drain|label|annotate|set|replace|create|taint)\b[^\n;|&]*`),
  command(String.raw`systemctl[ \t]+(?:restart|stop|start|disable|enable|reload|mask)\b[^\n;|&]*`),
  command(String.raw`helm[ \t]+(?:install|upgrade|rollback)\b[^\n;|&]*`),
  command(String.raw`docker[ \t]+(?:stop|restart|rm|kill)\b[^\n;|&]*`),
]; // prettier-ignore

/** Verbs that change what they name; sessions, jobs, objects and the shell's own state are nothing that anybody has to take back. */
const changingCmdlet = command(
  String.raw`(?:Set|New|Remove|Start|Stop|Restart|Enable|Disable|Add|Clear|Reset|Suspend|Resume|Install|Uninstall|Update|Grant|Revoke|Move|Rename|Repair)-(?!(?:Sleep|Transcript|Object|TimeSpan|Guid|TemporaryFile|PS\w*|Cim\w*|Variable|Location|StrictMode|Type|Member|Host|FormatData|TypeData|Job|Alias|Content|Item)\b)[A-Z]\w+\b(?![^\n;|]*-WhatIf)[^\n;|]*`,
);

/** Where the code certainly changes something, though nothing may be lost: a deployment rolled back, a service restarted. */
export const changeIn = onceFor((action: Action): { readonly start: number; readonly end: number } | null => {
  const [danger] = destructiveIn(action);
  if (danger) return danger;
  if (rulesOf(action.language, { shell, sql: [], powershell: [], redis: [] }).length > 0) {
    const rules = changing.map((pattern): Rule => ({ what: '', weight: 'light', pattern }));
    return find(action, rules)[0] ?? null;
  }
  if (rulesOf(action.language, { shell: [], sql: [], powershell, redis: [] }).length > 0)
    return find(action, [{ what: '', weight: 'light', pattern: changingCmdlet }])[0] ?? null;
  if (action.effect !== 'write') return null;
  const start = Math.max(0, action.code.search(/\S/));
  return { start, end: start + Math.max(1, action.code.slice(start).search(/\s*(?:\n|$)/)) };
});

/** What in the code destroys, each place once, grave before light. */
export const destructiveIn: (action: Action) => readonly Danger[] = onceFor((action) =>
  find(action, rulesOf(action.language, { shell, sql, powershell, redis })),
);

/** What in the code widens rights or takes a protection off. */
export const wideningIn: (action: Action) => readonly Danger[] = onceFor((action) =>
  find(action, rulesOf(action.language, { shell: wideShell, sql: wideSql, powershell: widePowershell, redis: [] })),
);

function rulesOf(
  language: string,
  rules: Readonly<Record<'shell' | 'sql' | 'powershell' | 'redis', readonly Rule[]>>,
): readonly Rule[] {
  if (/^(?:bash|sh|shell|zsh|console)$/.test(language)) return rules.shell;
  if (language === 'sql') return rules.sql;
  if (language === 'powershell') return rules.powershell;
  return language === 'redis' ? rules.redis : [];
}

/** More findings in one block than anyone reads. */
const most = 50;

function find({ code, language }: Pick<Action, 'language' | 'code'>, rules: readonly Rule[]): readonly Danger[] {
  if (rules.length === 0) return [];
  // Comments and, in SQL, texts are blanked out; offsets stay.
  const blank = (text: string): string => ' '.repeat(text.length);
  const bare =
    language === 'sql'
      ? code.replace(/--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'/g, blank)
      : code.replace(/(?<=^|\n)[ \t]*#[^\n]*/g, (text) => (language === 'console' ? text : blank(text)));
  const found: Danger[] = [];
  for (const { what, weight, pattern } of rules) {
    for (const { match, index } of matchLines(bare, pattern)) {
      const words = (match[1] ?? match[0]).trimEnd();
      const start = index + match[0].indexOf(words);
      const end = start + words.length;
      if (/[ \t]--(?:help|dry-run(?!=none))\b/.test(words)) continue;
      if (!found.some((other) => other.start < end && start < other.end)) found.push({ what, weight, start, end });
      if (found.length >= most) break;
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
