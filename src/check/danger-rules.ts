// The tables of commands that destroy, widen rights or change something, by language. They hold what is certain: a command that is
// not here may be dangerous too, which is why a run asks before anything that is not known to read only.
import { sift } from '../base/index.ts';

/** One way to destroy something or to widen rights. */
export interface Rule {
  readonly what: string;
  /** `grave` cannot be taken back; `light` stops or removes something that is made anew. */
  readonly weight: 'grave' | 'light';
  readonly pattern: RegExp;
}

const grave = (what: string, pattern: RegExp): Rule => ({ what, weight: 'grave', pattern });
const light = (what: string, pattern: RegExp): Rule => ({ what, weight: 'light', pattern });

/** The command begins a line, a pipeline, a substitution or a quoted script, or follows `sudo`, `xargs`, `exec … --` or a variable's setting. */
const at = String.raw`(?<=^|[\n;&|(]|\$ |# |(?:\b(?:sudo|xargs|then|do|nohup|time)|(?<![\w-])(?:--|-exec(?:dir)?)|\bchroot[ \t]\S{1,60})(?: -\S+)*(?=[ \t])|(?:\b(?:ba|z|k)?sh[ \t]+-l?c|\bssh[ \t](?:[^\n"']|"[^\n"']{1,40}"(?=[ \t])|'[^\n"']{1,40}'(?=[ \t])){1,80})[ \t]["']|\bssh(?:[ \t]+-[a-zA-Z]+(?:[ \t]+(?!-)[^\s"']{1,60})?){0,6}[ \t]+(?!-)["']?[\w@{}<>$.:-]{1,80}["']?(?=[ \t])|(?<![\w-])[A-Z_]{2,40}=\S{0,80})[ \t]*`;
/** The words of each pattern alone: most code has none of them, and to look behind every character for where a command begins is dear. */
const wordsOf = new Map<RegExp, RegExp>();

/** What stands between a tool and its order: `helm --kube-context prod -n shop uninstall`, `git -C /srv reset`. */
const options = String.raw`(?:--?[a-zA-Z][\w-]{0,40}(?:=[^\s;|&]{0,200})?(?:[ \t]+(?!-)[^\s;|&]{1,200})?[ \t]+){0,5}?`;
const withOptions =
  /(?<=^|[|(:])(?:git|helm|pulumi|systemctl|\(\?:terraform\|tofu\)|\(\?:docker\|podman\))\[ \\t\]\+(?!\(\?:-\\S)/g;

/** Between the words of a command stands a thousand signs at most: from each of many beginnings to the end of a long line takes too long. */
export function command(words: string): RegExp {
  const near = words
    .replace(withOptions, (tool) => tool + options)
    .replace(/\[\^\\n;\|&\]\*(?!$)/g, '[^\\n;|&]{0,1000}');
  const pattern = new RegExp(`${at}(${near})`, 'g');
  wordsOf.set(pattern, sift(new RegExp(near)));
  return pattern;
}

/** False when a pattern certainly has no match in the code. */
export function mayMatch(pattern: RegExp, code: string): boolean {
  return wordsOf.get(pattern)?.test(code) ?? true;
}

export const shell: readonly Rule[] = [
  grave('removes files for good', command(String.raw`rm[ \t]+(?:-[\w-]+[ \t]+)*-(?:[a-zA-Z]*[rR][a-zA-Z]*|-recursive)(?![\w-])[^\n;|&]*`)),
  grave('removes files for good', command(String.raw`find[ \t][^\n;|&]*[ \t]-delete\b[^\n;|&]*`)),
  light('removes files for good', command(String.raw`rm[ \t]+[^\n;|&]*`)),
  grave('removes files for good', command(String.raw`shred[ \t][^\n;|&]*`)),
  grave('empties a file', command(String.raw`(?:truncate[ \t]+(?:-\S+[ \t]+)*?(?:-s[ \t]*|--size[= ])0\b|(?::|true|cat[ \t]+/dev/null)?[ \t]*(?<![->&])>[ \t]*/(?!dev/)\S)[^\n;|&]*`)),
  grave('removes what the source does not have', command(String.raw`rsync[ \t](?![^\n;|&]*[ \t](?:-n|--dry-run)\b)[^\n;|&]*[ \t]--delete[^\n;|&]*`)),
  grave('removes files for good', /\bexec[ \t][^\n;|&]*[ \t]--[ \t]+(find[ \t][^\n;|&]*[ \t]-delete\b[^\n;|&]*)/g),
  grave('removes what is stored on the device', command(String.raw`(?:(?:lv|vg|pv)remove|wipefs[ \t]+(?:[^\n;|&]*[ \t])?(?:-a|--all)|z(?:pool|fs)[ \t]+destroy|mdadm[ \t][^\n;|&]*--zero-superblock|sgdisk[ \t][^\n;|&]*(?:-Z|--zap-all)|parted[ \t][^\n;|&]*[ \t](?:mklabel|rm)|blkdiscard)\b[^\n;|&]*`)),
  grave('makes a new file system over what is there', command(String.raw`mkfs(?:\.\w+)?[ \t][^\n;|&]*`)),
  grave('overwrites a device', command(String.raw`dd[ \t][^\n;|&]*\bof=/dev/[^\n;|&]*`)),
  grave('deletes all that it holds', command(String.raw`(?:kubectl|oc)[ \t]+${options}delete[ \t]+(?:ns|namespaces?|project|pvc?|persistentvolume(?:claim)?s?|crds?|customresourcedefinitions?)\b[^\n;|&]*`)),
  grave('deletes everything it matches', command(String.raw`(?:kubectl|oc)[ \t][^\n;|&]*\bdelete\b[^\n;|&]*[ \t]--all\b[^\n;|&]*`)),
  grave('deletes what it is handed', /\bxargs[ \t][^\n;|&]*?((?:kubectl|oc)[ \t][^\n;|&]*\bdelete\b[^\n;|&]*)/g),
  light('deletes what is running', command(String.raw`(?:kubectl|oc)[ \t]+${options}delete[ \t]+(?:-\S+[ \t]+[^\s-]\S*[ \t]+)*(?:po|pods?|jobs?|rs|replicasets?|events?)\b[^\n;|&]*`)),
  grave('deletes what nothing makes anew', command(String.raw`(?:kubectl|oc)[ \t]+${options}delete(?:[ \t]+[^\n;|&]*)?`)),
  light('throws away what its pods keep on the node', command(String.raw`(?:kubectl|oc)[ \t]+(?:adm[ \t]+)?drain[ \t][^\n;|&]*--(?:delete-(?:emptydir|local)-data|force)\b[^\n;|&]*`)),
  light('deletes it and makes it anew', command(String.raw`(?:kubectl|oc)[ \t]+(?:-\S+[ \t]+\S+[ \t]+)*replace[ \t][^\n;|&]*--force\b[^\n;|&]*`)),
  grave('removes a release with all that belongs to it', command(String.raw`helm[ \t]+(?:uninstall|delete)[ \t][^\n;|&]*`)),
  grave('destroys what it manages', command(String.raw`(?:terraform|tofu)[ \t]+(?:[^\n;|&]*[ \t])?-?-?destroy\b[^\n;|&]*`)),
  grave('removes containers, images or volumes for good', command(String.raw`(?:docker|podman)[ \t]+(?:(?:system|image|container|builder)[ \t]+prune|volume[ \t]+(?:rm|prune))\b[^\n;|&]*`)),
  grave('removes containers with their volumes', command(String.raw`(?:docker|podman)(?:-|[ \t]+)compose[ \t][^\n;|&]*\bdown[ \t][^\n;|&]*(?:-v|--volumes)\b[^\n;|&]*`)),
  light('removes containers or images', command(String.raw`(?:docker|podman|nerdctl|crictl)[ \t]+(?:container[ \t]+|image[ \t]+)?(?:rmi|rm|rmp)[ \t][^\n;|&]*`)),
  grave('deletes objects for good', command(String.raw`aws[ \t]+s3[ \t]+(?:rm|rb)[ \t](?:[^\n;|&]*[ \t])?(?:--recursive|--force)\b[^\n;|&]*`)),
  grave('deletes objects for good', command(String.raw`(?:gsutil[ \t]+(?:-m[ \t]+)?(?:rm|rb)|gcloud[ \t]+storage[ \t]+rm|mc[ \t]+(?:rm|rb)|s3cmd[ \t]+(?:del|rb)|rclone[ \t]+(?:delete|purge))[ \t][^\n;|&]*`)),
  grave('deletes what the cloud holds', command(String.raw`aws[ \t]+(?:--\S+[ \t]+(?!delete|terminate|purge)\S+[ \t]+)*[a-z][a-z0-9-]*[ \t]+(?:delete|terminate|purge)-[a-z][^\n;|&]*`)),
  grave('deletes a whole group of resources', command(String.raw`az[ \t]+group[ \t]+delete\b[^\n;|&]*`)),
  grave('deletes what it names', command(String.raw`(?:az|gcloud|doctl|eksctl|velero|ibmcloud|oci|hcloud|fly(?:ctl)?|heroku|argocd|vault|consul|kops|k3d|kind|minikube|openstack|nomad|cf|scw)[ \t]+(?:[a-z][\w:-]*[ \t]+){0,4}?(?:[a-z]+[:-])?(?:delete|destroy|purge)(?:-batch)?(?![\w:-])[^\n;|&]*`)),
  grave('deletes what it names', command(String.raw`(?:nomad[ \t]+(?:job[ \t]+)?stop[ \t][^\n;|&]*-purge|etcdctl[ \t][^\n;|&]*\bdel\b|ceph[ \t][^\n;|&]*\b(?:purge|destroy|(?:pool|fs)[ \t]+(?:delete|rm))\b|kafka-topics(?:\.sh)?[ \t][^\n;|&]*--delete\b|rabbitmq(?:ctl|admin)[ \t][^\n;|&]*\b(?:purge_queue|delete_\w+|(?:force_)?reset|(?:purge|delete)[ \t]+(?:queue|exchange|vhost))\b)[^\n;|&]*`)),
  grave('deletes what it names', command(String.raw`(?:pulumi|cdk|vagrant|serverless|sls|helmfile|istioctl|linkerd|flux)[ \t]+(?:[^\n;|&]*[ \t])?(?:destroy|uninstall|purge)\b[^\n;|&]*`)),
  grave('deletes what it names', command(String.raw`(?:virsh[ \t]+(?:undefine|vol-delete|pool-delete)|lxc[ \t]+delete|multipass[ \t]+(?:delete|purge)|gh[ \t]+\w+[ \t]+delete|bq[ \t]+(?:-\S+[ \t]+)*rm|influx[ \t]+(?:\w+[ \t]+)?delete|btrfs[ \t]+subvolume[ \t]+delete|kcadm(?:\.sh)?[ \t]+delete|kafka-(?:delete-records|consumer-groups)(?:\.sh)?[ \t][^\n;|&]*--(?:delete|offset-json-file)|pg_dropcluster|dropuser|(?:docker|podman)[ \t]+(?:stack|service|network|pod)[ \t]+(?:rm|prune)|azcopy[ \t]+(?:rm|remove)|s5cmd[ \t]+(?:[^\n;|&]*[ \t])?rm)\b[^\n;|&]*`)),
  grave('deletes mail that waits', command(String.raw`(?:postsuper[ \t]+(?:-\S+[ \t]+)*-d|exim4?[ \t]+-Mrm)\b[^\n;|&]*`)),
  grave('deletes objects that the source does not have', command(String.raw`aws[ \t]+s3[ \t]+sync[ \t](?![^\n;|&]*--dryrun)[^\n;|&]*--delete\b[^\n;|&]*`)),
  grave('deletes users or their jobs', command(String.raw`(?:userdel|groupdel|deluser|crontab[ \t]+(?:-u[ \t]+\S+[ \t]+)?-r)\b[^\n;|&]*`)),
  grave('throws away the log that the database recovers by', command(String.raw`pg_resetwal[ \t](?![^\n;|&]*-n\b)[^\n;|&]*`)),
  grave('deletes commits that may be nowhere else', command(String.raw`git[ \t]+(?:branch[ \t]+(?:-\w*D\w*|--delete[ \t]+--force)|push[ \t][^\n;|&]*--delete|stash[ \t]+(?:drop|clear))\b[^\n;|&]*`)),
  light('deletes old entries of the journal', command(String.raw`journalctl[ \t][^\n;|&]*--vacuum-\w+[^\n;|&]*`)),
  light('ends a process that can save nothing', command(String.raw`(?:kill|pkill|killall)[ \t]+(?:-\w+[ \t]+)*?-(?:9|(?:SIG)?KILL|s[ \t]*(?:9|(?:SIG)?KILL))\b[^\n;|&]*`)),
  light('deletes what the address names', command(String.raw`curl[ \t][^\n;|&]*(?:-X[ \t]*|--request[ \t=]+)["']?DELETE\b[^\n;|&]*`)),
  grave('rewrites history that others have', command(String.raw`git[ \t]+push[ \t][^\n;|&]*(?:--force(?!-with-lease)|[ \t]-f)\b[^\n;|&]*`)),
  grave('throws away changes that are not committed', command(String.raw`git[ \t]+(?:reset[ \t]+--hard|clean[ \t]+-\w*f)\b[^\n;|&]*`)),
  grave('empties the store', command(String.raw`redis-cli[ \t][^\n;|&]*\b(?:FLUSH(?:ALL|DB)|flush(?:all|db))\b[^\n;|&]*`)),
  grave('deletes keys', command(String.raw`redis-cli[ \t](?:[^\n;|&]*[ \t])?(?:DEL|UNLINK|del|unlink)\b[^\n;|&]*`)),
  grave('deletes what the database holds', /\b((?:psql|mysql|mariadb|sqlcmd|cqlsh|sqlite3|clickhouse-client|duckdb|vsql|snowsql|bq)\b[^\n;|&]*["'][ \t]*(?:DROP|TRUNCATE|DELETE[ \t]+FROM(?![^"'\n]*\bWHERE\b))[ \t][^\n]*)/gi),
  grave('deletes what the database holds', /\b(mongo(?:sh)?\b[^\n|&]*(?:\bdropDatabase\(|\.drop\(|\.(?:deleteMany|remove)\(\{\s*\}\))[^\n]*)/g),
  grave('drops data', command(String.raw`(?:dropdb|mysqladmin[ \t][^\n;|&]*drop)[ \t][^\n;|&]*`)),
  grave('deletes what the search holds', command(String.raw`curl[ \t][^\n;|&]*/_delete_by_query\b[^\n;|&]*`)),
  grave('takes the node out of its cluster for good', command(String.raw`(?:kubeadm[ \t]+reset|nodetool[ \t][^\n;|&]*\b(?:assassinate|removenode|decommission)|docker[ \t]+swarm[ \t]+leave[ \t]+(?:--force|-f)|k3s-(?:agent-)?uninstall\.sh)\b[^\n;|&]*`)),
  grave('removes files for good', command(String.raw`(?:hdfs[ \t]+dfs|hadoop[ \t]+fs)[ \t]+-(?:rm|expunge)\b[^\n;|&]*`)),
  grave('deletes what it names', command(String.raw`(?:ldapdelete|certbot[ \t]+delete|rados[ \t][^\n;|&]*\b(?:rm|rmpool|purge)|rbd[ \t]+(?:rm|remove|snap[ \t]+(?:rm|purge))|gpg[ \t][^\n;|&]*--delete-secret-keys?)\b[^\n;|&]*`)),
  grave('empties the store', /\b((?:echo|printf)[ \t][^\n;|&]*\bflush_all\b[^\n;&]*\|[ \t]*(?:nc|netcat|ncat|telnet)\b[^\n;|&]*)/g),
  grave('restores over what is there', command(String.raw`pg_restore[ \t][^\n;|&]*(?:--clean|[ \t]-\w*c)\b[^\n;|&]*`)),
  light('makes the state forget what is still there', command(String.raw`(?:terraform|tofu)[ \t]+state[ \t]+rm\b[^\n;|&]*`)),
  light('removes packages', command(String.raw`(?:apt(?:-get)?[ \t]+(?:-\S+[ \t]+)*(?:remove|purge|autoremove)|(?:yum|dnf|zypper)[ \t]+(?:-\S+[ \t]+)*(?:remove|erase|rm))\b[^\n;|&]*`)),
  light('stops the machine', command(String.raw`(?:shutdown|reboot|halt|poweroff)(?![\w-])[^\n;|&]*`)),
]; // prettier-ignore

export const sql: readonly Rule[] = [
  grave(
    'drops data',
    /(?<![\w'"`])(DROP\s+(?:TABLE|DATABASE|SCHEMA|KEYSPACE|TABLESPACE|COLUMN|PARTITION|VIEW|MATERIALIZED\s+VIEW|INDEX|USER|ROLE)\b[^;]{0,200})/gi,
  ),
  grave(
    'drops what others may use',
    /(?<=^|;)\s*(DROP\s+(?:FUNCTION|PROCEDURE|SEQUENCE|TRIGGER|EXTENSION|TYPE|SERVER|PUBLICATION|SUBSCRIPTION|LOGIN|EVENT)\b[^;]{0,200})/gi,
  ),
  grave('empties a table', /(?<=^|;)\s*(TRUNCATE\b[^;]{0,200})/gi),
  grave(
    'throws away what replication needs',
    /(?<=^|;)\s*((?:RESET\s+(?:MASTER|(?:REPLICA|SLAVE)\s+ALL|BINARY\s+LOGS)|PURGE\s+(?:BINARY|MASTER)\s+LOGS)\b[^;]{0,200})/gi,
  ),
];

export const powershell: readonly Rule[] = [
  light('removes for good', command(String.raw`Remove-Item[ \t]+(?:-\w+[ \t]+)*["']?\$(?:env:)?\w*(?:te?mp|TE?MP|Te?mp)\w*[^\n;|]*`)),
  grave('removes for good', command(String.raw`Remove-(?!(?:Variable|Job|PS\w*|Module|Event|TypeData|FormatData|CimSession|Alias|ScheduledJob|AppxPackage|ADGroupMember|LocalGroupMember)\b)[A-Z]\w+\b[^\n;|]*`)),
  grave('removes for good', command(String.raw`(?:rm|ri|del|erase|rd|rmdir)[ \t]+(?:[^\n;|]*[ \t])?(?:/s|-r(?:ecurse)?|-rf)\b[^\n;|]*`)),
  grave('removes for good', command(String.raw`Unregister-(?:ScheduledTask|ScheduledJob)\b[^\n;|]*`)),
  grave('empties a log', command(String.raw`(?:Clear-EventLog|wevtutil(?:\.exe)?[ \t]+cl)\b[^\n;|]*`)),
  light('empties a file', command(String.raw`Clear-(?:Content|RecycleBin)\b[^\n;|]*`)),
  grave('deletes what the database holds', /\b(Invoke-Sqlcmd\b[^\n]*["'][ \t]*(?:DROP|TRUNCATE|DELETE[ \t]+FROM(?![^"'\n]*\bWHERE\b))[ \t][^\n]*)/gi),
  light('deletes what the address names', command(String.raw`Invoke-(?:RestMethod|WebRequest)\b[^\n;|]*-Method[ \t]+["']?Delete\b[^\n;|]*`)),
  grave('overwrites a disk', command(String.raw`(?:Format-Volume|Clear-Disk|Initialize-Disk|Reset-PhysicalDisk)\b[^\n;|]*`)),
  grave('deletes what it names', command(String.raw`(?:vssadmin(?:\.exe)?[ \t]+delete|reg(?:\.exe)?[ \t]+delete|sc(?:\.exe)?[ \t]+delete|schtasks(?:\.exe)?[ \t]+/delete|wsl(?:\.exe)?[ \t]+--unregister|bcdedit(?:\.exe)?[ \t]+/delete|diskpart\b[^\n;|]*clean)\b[^\n;|]*`)),
  light('removes what is installed', command(String.raw`Uninstall-(?!Module\b)[A-Z]\w+\b[^\n;|]*`)),
  light('stops the machine', command(String.raw`(?:Stop|Restart)-(?:Computer|VM|ClusterNode)\b[^\n;|]*`)),
]; // prettier-ignore

/** Requests that are written out. */
export const http: readonly Rule[] = [
  light('deletes what the address names', /^[ \t]*(DELETE[ \t]+\S[^\n]*)/gm),
  grave('deletes what the search holds', /^[ \t]*(POST[ \t]+\S*\/_delete_by_query\b[^\n]*)/gm),
];

export const redis: readonly Rule[] = [grave('empties the store', /^[ \t]*(FLUSH(?:ALL|DB)\b[^\n]*)/gim)];

export const cmd: readonly Rule[] = [
  grave('removes for good', /(?<=^|[\n&|>])[ \t]*((?:del|erase|rd|rmdir)[ \t][^\n&|]*)/gi),
  grave('overwrites a disk', /(?<=^|[\n&|>])[ \t]*(format[ \t]+[a-z]:[^\n&|]*)/gi),
  light('stops the machine', /(?<=^|[\n&|>])[ \t]*(shutdown[ \t]+\/[rsp]\b[^\n&|]*)/gi),
];
export const kusto: readonly Rule[] = [grave('drops data', /^[ \t]*(\.(?:drop|clear|purge)[ \t][^\n]*)/gim)];
export const mongo: readonly Rule[] = [
  grave(
    'deletes what the database holds',
    /\b(db(?:\.\w+(?:\([^()\n]*\))?)*\.(?:dropDatabase\(|drop\(|(?:deleteMany|remove)\(\{\s*\})[^\n;]*)/g,
  ),
];
export const wideMongo: readonly Rule[] = [
  light('gives rights', /\b(db(?:\.\w+\([^()\n]*\))?\.(?:grantRolesToUser|grantPrivilegesToRole)\([^\n;]*)/g),
];
/** Calls that certainly change what the database holds or how it runs. */
export const changingMongo =
  /\b((?:db|rs|sh)(?:\.\w+(?:\([^()\n]*\))?)*\.(?:(?:update|insert|delete)(?:One|Many)|replaceOne|findOneAnd(?:Update|Replace|Delete)|bulkWrite|createIndex(?:es)?|dropIndex(?:es)?|renameCollection|killOp|fsyncLock|setProfilingLevel|stepDown|reconfig|freeze|(?:start|stop|enable|disable)Balanc(?:er|ing)|moveChunk|adminCommand\(\s*\{\s*["']?(?:replSet(?!Get)\w+|setParameter|setFeatureCompatibilityVersion|shutdown|compact|flushRouterConfig))\b[^\n;]*)/g;

export const wideShell: readonly Rule[] = [
  light('lets somebody become root', command(String.raw`(?:usermod[ \t][^\n;|&]*-\w*G[ \t]*|gpasswd[ \t]+-a[ \t]+\S+[ \t]+|adduser[ \t]+\S+[ \t]+)(?:\S*,)?(?:sudo|wheel|root|admin|docker)\b[^\n;|&]*`)),
  light('lets somebody become root', /((?:echo|tee|sed)\b[^\n;]*\bNOPASSWD\b[^\n;|&]*)/g),
  light('gives all rights in the cloud', command(String.raw`az[ \t]+role[ \t]+assignment[ \t]+create\b[^\n;|]*["' \t](?:Owner|Contributor|User Access Administrator)\b[^\n;|&]*`)),
  light('gives all rights in the cloud', command(String.raw`aws[ \t]+iam[ \t]+(?:attach|put)-\w+-policy\b[^\n;|]*(?:AdministratorAccess|PowerUserAccess|IAMFullAccess)[^\n;|&]*`)),
  light('gives all rights in the cloud', command(String.raw`gcloud[ \t][^\n;|]*add-iam-policy-binding\b[^\n;|]*roles/(?:owner|editor|iam\.securityAdmin)\b[^\n;|&]*`)),
  light('gives a file the rights of its owner', command(String.raw`chmod[ \t]+(?:-\w+[ \t]+)*(?:[ugo]*\+s|[2467]7\d\d)\b[^\n;|&]*`)),
  light('lets everyone write', command(String.raw`chmod[ \t]+(?:-\w+[ \t]+)*(?:[ugo]*[oa][ugo]*\+r?w|\+w|0?[0-7][0-7][2367][ \t])[^\n;|&]*`)),
  light('gives rights to a file', command(String.raw`setfacl[ \t][^\n;|&]*-\w*m[ \t]*\S*:[r-]?w[^\n;|&]*`)),
  light('lets everyone write', command(String.raw`chmod[ \t]+(?:-\w+[ \t]+)*(?:0?777|a\+rwx|ugo\+rwx)\b[^\n;|&]*`)),
  light('runs a script from the network without a look at it', /((?:curl|wget)[ \t][^\n;|]*\|[ \t]*(?:sudo[ \t]+)?(?:ba|z)?sh\b[^\n;|&]*)/g),
  light('gives all rights in the cluster', /((?:kubectl|oc)[ \t][^\n;]*\b(?:cluster-admin|privileged)\b[^\n;|&]*)/g),
  light('gives rights in the cluster', command(String.raw`(?:kubectl[ \t][^\n;|&]*\bcreate[ \t]+(?:cluster)?rolebinding|oc[ \t]+adm[ \t]+policy[ \t]+add-\S+)[ \t][^\n;|&]*`)),
  light('makes somebody an administrator', command(String.raw`net[ \t]+localgroup[ \t]+["']?[Aa]dministrators\b[^\n;|&]*/add\b[^\n;|&]*`)),
  light('takes a protection off', command(String.raw`(?:setenforce[ \t]+0|ufw[ \t]+disable|iptables[ \t]+-F|systemctl[ \t]+(?:stop|disable)[ \t]+(?:firewalld|apparmor|auditd))\b[^\n;|&]*`)),
  light('opens it to everyone', command(String.raw`aws[ \t]+ec2[ \t]+authorize-security-group-ingress\b[^\n;|]*(?:0\.0\.0\.0/0|::/0)[^\n;|&]*`)),
  light('opens it to everyone', command(String.raw`(?:gcloud[ \t][^\n;|]*firewall-rules[ \t]+(?:create|update)\b[^\n;|]*0\.0\.0\.0/0|az[ \t]+network[ \t]+nsg[ \t]+rule[ \t]+(?:create|update)\b[^\n;|]*--source-address-prefix(?:es)?[ \t]+["']?(?:\*|0\.0\.0\.0/0|Internet|Any)|aws[ \t]+s3api[ \t]+put-(?:bucket|object)-acl\b[^\n;|]*public-read|gsutil[ \t]+iam[ \t]+ch[ \t]+allUsers|iptables[ \t]+-P[ \t]+(?:INPUT|FORWARD)[ \t]+ACCEPT)[^\n;|&]*`)),
  light('gives rights', /\b((?:psql|mysql|mariadb|sqlcmd|cqlsh|sqlplus|clickhouse-client)\b[^\n;|&]*["'][ \t]*GRANT[ \t][^\n]*)/gi),
  light('makes somebody an administrator', command(String.raw`(?:rabbitmqctl[ \t]+set_user_tags[ \t]+\S+[ \t]+administrator|aws[ \t]+iam[ \t]+add-user-to-group\b[^\n;|]*admin|vault[ \t]+token[ \t]+create\b[^\n;|]*-policy[= ]["']?(?:root|admin))\b[^\n;|&]*`)),
  light('gives all rights', command(String.raw`rabbitmqctl[ \t](?:[^\n;|&]*[ \t])?set_permissions[ \t][^\n;|&]*(?:["']\.\*["'][ \t]*){3}[^\n;|&]*`)),
  light('runs a container with all rights of the machine', command(String.raw`docker[ \t]+run[ \t][^\n;|&]*--privileged\b[^\n;|&]*`)),
]; // prettier-ignore
export const wideSql: readonly Rule[] = [
  light('gives all rights', /(?<=^|;)\s*(GRANT\s+ALL\b[^;]{0,200})/gi),
  light('gives rights', /(?<=^|;)\s*(GRANT\s+\w[^;]{0,200})/gi),
  light(
    'gives rights',
    /(?<=^|;)\s*((?:ALTER\s+(?:SERVER\s+)?ROLE\s+\S+\s+ADD\s+MEMBER|EXEC(?:UTE)?\s+sp_add\w*rolemember)\b[^;]{0,200})/gi,
  ),
  light('makes a superuser', /(?<=^|;)\s*((?:ALTER|CREATE)\s+(?:USER|ROLE)\s[^;]{0,200}\bSUPERUSER\b[^;]{0,100})/gi),
];
export const widePowershell: readonly Rule[] = [
  light('makes somebody an administrator', command(String.raw`Add-(?:LocalGroupMember|ADGroupMember)\b[^\n;|]*\b(?:Administrators|Domain Admins|Enterprise Admins)\b[^\n;|]*`)),
  light('gives all rights in the cloud', command(String.raw`New-AzRoleAssignment\b[^\n;|]*\b(?:Owner|User Access Administrator)\b[^\n;|]*`)),
  light('makes somebody an administrator', command(String.raw`net[ \t]+localgroup[ \t]+["']?[Aa]dministrators\b[^\n;|&]*/add\b[^\n;|&]*`)),
  light('makes somebody an administrator', command(String.raw`Add-(?:RoleGroupMember|AzureADDirectoryRoleMember|MgDirectoryRoleMember\w*|RoleMember)\b[^\n;|]*`)),
  light('lets everyone in', command(String.raw`(?:Grant-SmbShareAccess\b[^\n;|]*-AccountName[ \t]+["']?Everyone|Add-MailboxPermission\b[^\n;|]*FullAccess)\b[^\n;|]*`)),
  light('lets everyone in', command(String.raw`icacls[ \t][^\n;|]*/grant(?::r)?[ \t]+["']?(?:Everyone|Users|"Authenticated Users")\b[^\n;|]*`)),
  light('lets any script run', command(String.raw`Set-ExecutionPolicy\b[^\n;|]*\b(?:Unrestricted|Bypass)\b[^\n;|]*`)),
  light('takes a protection off', command(String.raw`(?:Set-NetFirewallProfile\b[^\n;|]*-Enabled[ \t]+\$?False|Set-MpPreference\b[^\n;|]*-Disable\w+[ \t]+\$?true)\b[^\n;|]*`)),
]; // prettier-ignore

/** Commands that certainly change something. */
export const changing: readonly RegExp[] = [
  // A search may be a POST too; an address that says so is left alone.
  command(String.raw`curl[ \t](?![^\n]*(?:_search|query|graphql|token|login|oauth))[^\n;|&]*(?:-X[ \t]*|--request[ \t=]+)(?:POST|PUT|PATCH|DELETE)\b[^\n;|&]*`),
  /\bssh[ \t][^\n]*["'][ \t]*((?:sudo[ \t]+)?(?:systemctl[ \t]+(?:restart|stop|start|disable|enable|reload|mask)|reboot|shutdown|kill)\b[^\n"']*)/g,
  command(String.raw`(?:kubectl|oc)[ \t]+(?:-\S+[ \t]+\S+[ \t]+)*(?:adm[ \t]+)?(?:apply|scale|rollout[ \t]+(?:undo|restart|pause|resume)|patch|edit|cordon|uncordon|drain|label|annotate|set|replace|create|taint)\b[^\n;|&]*`),
  command(String.raw`systemctl[ \t]+(?:restart|stop|start|disable|enable|reload|mask)\b[^\n;|&]*`),
  command(String.raw`helm[ \t]+(?:install|upgrade|rollback)\b[^\n;|&]*`),
  command(String.raw`(?:docker|podman)[ \t]+(?:stop|start|restart|rm|kill|update|service[ \t]+(?:update|scale|rollback)|(?:compose|stack)[ \t](?:[^\n;|&]*[ \t])?(?:up|deploy|restart|stop|start|down))\b[^\n;|&]*`),
  command(String.raw`(?:terraform|tofu)[ \t]+(?:-\S+[ \t]+)*(?:apply|import|taint|untaint)\b[^\n;|&]*`),
  command(String.raw`pulumi[ \t]+up\b[^\n;|&]*`),
  command(String.raw`gcloud[ \t]+(?:[a-z][\w-]*[ \t]+){1,4}?(?:update|create|patch|deploy|resize|reset|restart|start|stop|suspend|resume|failover|restore|import|promote-replica|update-traffic|set-(?!quota)[\w-]+|(?:add|remove)-(?!iam)[\w-]+)(?![\w-])[^\n;|&]*`),
  command(String.raw`az[ \t]+(?:[a-z][\w-]*[ \t]+){1,4}?(?:update|create|start|stop|restart|redeploy|deallocate|scale|upgrade|reset|failover|restore|swap|set|add|remove|enable|disable|regenerate|(?:force-)?reboot|reimage|reapply|redeploy-\w+|import|move|revoke|assign|attach|detach|purge|cancel|terminate|suspend|resume|pause|abort|approve|reject|rotate|renew|flush|rollback|promote|switchover|failover-[\w-]+|rotate-[\w-]+|reset-[\w-]+|restart-[\w-]+|stop-[\w-]+|start-[\w-]+)(?![\w-])[^\n;|&]*`),
  command(String.raw`aws[ \t]+(?:--\S+[ \t]+\S+[ \t]+)*(?!sts|logs|configure|cloudwatch[ \t]+get|ssm[ \t]+start-session)[a-z][a-z0-9-]*[ \t]+(?:update|put|modify|reboot|restore|failover|attach|detach|associate|disassociate|register|deregister|enable|disable|revoke|authorize|set|promote|start-(?:instances|db|stack)|stop)(?:-[a-z][\w-]*)?[^\n;|&]*`),
  command(String.raw`redis-cli[ \t](?:[^\n;|&]*[ \t])?(?:CONFIG[ \t]+(?:SET|REWRITE|RESETSTAT)|SET|HSET|EXPIRE|FAILOVER|REPLICAOF|SLAVEOF|CLUSTER[ \t]+(?:FAILOVER|RESET|FORGET|MEET)|CLIENT[ \t]+KILL|config[ \t]+(?:set|rewrite)|cluster[ \t]+(?:failover|reset|forget|meet)|client[ \t]+kill)\b[^\n;|&]*`),
  command(String.raw`(?:service[ \t]+[\w.@-]+[ \t]+(?:restart|stop|start|reload)|supervisorctl[ \t]+(?:restart|stop|start|reload)|nginx[ \t]+-s[ \t]+\w+|sysctl[ \t]+(?:-\S+[ \t]+)*-w|patronictl[ \t](?:[^\n;|&]*[ \t])?(?:switchover|failover|restart|reinit|reload)|pg_ctl(?:cluster)?[ \t][^\n;|&]*\b(?:promote|restart|stop|start|reload)|rabbitmqctl[ \t]+(?:-\S+[ \t]+\S+[ \t]+)*(?:set_\w+|add_\w+|stop_app|start_app|restart\w*)|kafka-(?:topics|configs)(?:\.sh)?[ \t][^\n;|&]*--alter|kafka-consumer-groups(?:\.sh)?[ \t][^\n;|&]*--reset-offsets[^\n;|&]*--execute|kafka-(?:leader-election|reassign-partitions|preferred-replica-election)(?:\.sh)?[ \t][^\n;|&]*--(?:execute|election-type)|argocd[ \t]+app[ \t]+(?:sync|rollback|set)|flux[ \t]+(?:suspend|resume)|(?:consul|vault)[ \t]+kv[ \t]+put|nomad[ \t]+(?:(?:job|alloc|system)[ \t]+)?(?:restart|stop|run|dispatch|revert|scale|promote|gc)|nomad[ \t]+node[ \t]+(?:drain|eligibility)|vault[ \t]+operator[ \t]+(?:seal|unseal|step-down|rekey|rotate)|consul[ \t]+(?:leave|force-leave)|birdc?6?[ \t]+(?:enable|disable|restart|configure|down)|pm2[ \t]+(?:restart|reload|stop|start|delete|scale)|monit[ \t]+(?:restart|stop|start|unmonitor)|pcs[ \t]+(?:resource|node|cluster)[ \t]+(?:restart|move|cleanup|disable|enable|standby|unstandby|start|stop)|ip[ \t]+(?:-\w+[ \t]+)?(?:link[ \t]+set|(?:addr|address|route|rule|neigh)[ \t]+(?:add|del|delete|flush|replace|change))|etcdctl[ \t][^\n;|&]*\bput)\b[^\n;|&]*`),
]; // prettier-ignore

/** Verbs that change what they name; sessions, jobs, objects and the shell's own state are nothing that anybody has to take back. */
export const changingCmdlet = command(
  String.raw`(?:Set|New|Remove|Start|Stop|Restart|Enable|Disable|Add|Clear|Reset|Suspend|Resume|Install|Uninstall|Update|Grant|Revoke|Move|Rename|Repair)-(?!(?:Sleep|Transcript|Object|TimeSpan|Guid|TemporaryFile|PS\w*|Cim\w*|Variable|Location|StrictMode|Type|Member|Host|FormatData|TypeData|Job|Alias|Content|Item|Az(?:ureRm)?Context|Clipboard|Culture)\b)[A-Z]\w+\b(?![^\n;|]*-WhatIf)[^\n;|]*`,
);
