// What destroys or widens rights by its words, whatever the tool is: `<tool> … destroy`, `… --purge`, `rake db:drop`,
// `… add-role … admin`. The tables of danger-rules.ts come first, because they say more precisely what is lost.
import { command, type Rule } from './danger-rules.ts';

/** Tools to which such a word is a text, a file or a name, and those that the tables know wholly. */
const notThese = String.raw`(?!(?:e?grep|fgrep|rg|ag|ack|echo|printf|cat|less|more|man|info|help|which|type|cd|ls|ll|find|fd|awk|sed|tr|cut|sort|head|tail|vi|vim|nano|code|open|history|export|read|test|if|while|for|git|hg|svn|npm|yarn|pnpm|pip|cargo|go|make|mvn|gradle|kubectl|oc|docker|podman|curl|wget|http|ssh|scp|rsync|tar|journalctl|logger|mail|date|sleep|alias|apt|apt-get|yum|dnf|brew|snap|psql|mysql|sqlite3|jq|yq|cp|mv|touch|tee|diff|watch|xargs|sudo|nohup|time|env|then|do|else|aws)[ \t])`;
const tool = String.raw`${notThese}(?:[\w.-]{0,30}/){0,6}[a-z][\w.-]{1,40}[ \t]+(?:--?[a-zA-Z][\w-]{0,30}(?:=[^\s;|&]{0,100})?[ \t]+(?:[^\s;|&-][^\s;|&]{0,60}[ \t]+)?){0,3}?`;
const words = String.raw`(?:[a-z][\w-]{0,30}[ \t]+){0,3}?`;
const rest = String.raw`[^\n;|&]*`;

export const destroyingByVerb: readonly Rule[] = [
  {
    what: 'deletes what it names',
    weight: 'grave',
    pattern: command(
      String.raw`${tool}${words}(?:delete|destroy|purge|wipe|erase|obliterate|drop|truncate|expunge|eradicate)(?:-(?!protection|policy|marker|after|lock)[a-z][a-z-]{0,30})?(?=[ \t]+[^\s;|&=]|[ \t]*(?:$|\n))${rest}`,
    ),
  },
  {
    what: 'deletes what it names',
    weight: 'grave',
    pattern: command(
      String.raw`${tool}(?:[^\n;|&]{0,200}[ \t])?--(?:purge|prune|wipe|destroy|erase|delete(?:-(?:all|data|files|extraneous))?|drop|remove-data|wipe-data|delete-data|purge-data|cascade)(?=[ \t]|$|\n)${rest}`,
    ),
  },
  {
    what: 'deletes what it holds',
    weight: 'grave',
    pattern: command(
      String.raw`(?:[\w.-]{0,30}/){0,6}(?:[a-z][\w.-]{1,30}[ \t]+){1,3}?[a-z_:-]{1,40}:(?:drop|reset|destroy|delete|purge|wipe|truncate|fresh|flush|clear|rollback|prune)(?![\w:-])${rest}`,
    ),
  },
  {
    what: 'throws away what it holds',
    weight: 'grave',
    pattern: command(
      String.raw`(?:vault[ \t]+(?:secrets|auth|audit)[ \t]+disable|vault[ \t]+lease[ \t]+revoke[ \t][^\n;|&]*-(?:force|prefix)|nvme[ \t]+(?:format|sanitize)|cryptsetup[ \t]+(?:luksFormat|erase|luksErase)|hdparm[ \t][^\n;|&]*--security-erase|diskutil[ \t]+(?:erase\w*|partitionDisk)|xfs_repair[ \t][^\n;|&]*-L|gluster[ \t]+volume[ \t]+(?:delete|reset)|drbdadm[ \t]+(?:wipe-md|invalidate|create-md)|zpool[ \t]+labelclear|(?:storcli|perccli|megacli)\w*[ \t][^\n;|&]*(?:delete|-CfgLdDel)|ipmitool[ \t][^\n;|&]*\bsel[ \t]+clear|nodetool[ \t][^\n;|&]*\bclearsnapshot|elasticsearch-node[ \t]+(?:unsafe-bootstrap|detach-cluster)|etcdctl[ \t][^\n;|&]*\bsnapshot[ \t]+restore|barman[ \t]+delete|pgbackrest[ \t][^\n;|&]*(?:expire|stanza-delete)|wal-g[ \t]+delete|(?:consul|nomad|vault)[ \t]+operator[ \t]+raft[ \t]+remove-peer|influxd?[ \t][^\n;|&]*\b(?:delete|drop)|mongorestore[ \t][^\n;|&]*--drop|mysqladmin[ \t][^\n;|&]*\bdrop|restic[ \t]+forget|borg[ \t]+(?:delete|prune)|samba-tool[ \t]+\w+[ \t]+delete|ipa[ \t]+\w+-del|ldapmodify[ \t][^\n;|&]*\bdelete|salt-key[ \t]+(?:-\w+[ \t]+)*-[dD]|puppet(?:server)?[ \t]+(?:cert|ca)[ \t]+clean|knife[ \t]+\w+[ \t]+(?:bulk[ \t]+)?delete|pct[ \t]+destroy|qm[ \t]+destroy|esxcli[ \t][^\n;|&]*\bremove|dmsetup[ \t]+remove|swift[ \t]+delete)(?![\w-])${rest}`,
    ),
  },
  {
    what: 'takes out what it names',
    weight: 'light',
    pattern: command(
      String.raw`${tool}${words}(?:uninstall|unregister|deregister|decommission|undeploy|terminate|evict|forget|detach|undefine|revoke|scancel|remove(?:-(?!iam|label|tag)[a-z]+)?)(?=[ \t]+[^\s;|&=])${rest}`,
    ),
  },
];

const mighty = String.raw`(?:admins?|administrators?|superusers?|root|owner|sudo|wheel|superadmin|sysadmin|cluster[-_]admin|global-management|management|all|everyone|\*)`;
export const wideningByVerb: readonly Rule[] = [
  {
    what: 'gives rights',
    weight: 'light',
    pattern: command(
      String.raw`${tool}${words}(?:grant(?:-[a-z-]{1,20})?|add-roles?|assign-roles?|add-(?:iam-policy-binding|permissions?|member-role)|addmembers|group-add-member|set-role|add-acl|allow)[ \t]${rest}`,
    ),
  },
  {
    what: 'gives all rights',
    weight: 'light',
    pattern: command(
      String.raw`${tool}(?:[^\n;|&]{0,200}[ \t])?--?(?:roles?|polic(?:y|ies)|policy-name|group|groups|type|permissions?|privileges?|scope|as)[= \t]["']?${mighty}(?![\w-])["']?${rest}`,
    ),
  },
  {
    what: 'lets somebody become root',
    weight: 'light',
    pattern: command(
      String.raw`(?:setcap[ \t]+\S*cap_(?:sys_admin|setuid|dac_override|net_admin)|(?:echo|printf|cat)[ \t][^\n;|&]*(?:>>?[ \t]*|\|[ \t]*(?:sudo[ \t]+)?tee[ \t]+(?:-a[ \t]+)?)/etc/sudoers\S*|visudo|passwd[ \t]+-d|usermod[ \t][^\n;|&]*-u[ \t]*0\b)${rest}`,
    ),
  },
  {
    what: 'gives all rights',
    weight: 'light',
    pattern: command(
      String.raw`(?:redis-cli[ \t][^\n;|&]*ACL[ \t]+SETUSER[^\n;|&]*(?:\+@all|allcommands)|kafka-acls(?:\.sh)?[ \t][^\n;|&]*--add[^\n;|&]*|mongo(?:sh)?[ \t][^\n;|&]*\bgrantRolesToUser\b|chown[ \t]+(?:-\S+[ \t]+)*(?:nobody|\d*777)|xhost[ \t]+\+)${rest}`,
    ),
  },
  {
    what: 'takes a protection off',
    weight: 'light',
    pattern: command(
      String.raw`(?:nft[ \t]+flush[ \t]+ruleset|pfctl[ \t]+-d|firewall-cmd[ \t][^\n;|&]*(?:--panic-off|--set-default-zone=trusted)|sestatus[ \t]+0|aa-(?:disable|teardown|complain)|mokutil[ \t]+--disable-validation|csrutil[ \t]+disable|sysctl[ \t][^\n;|&]*(?:rp_filter|randomize_va_space)[ \t]*=[ \t]*0|git[ \t]+config[ \t][^\n;|&]*sslVerify[ \t]+false|vault[ \t]+audit[ \t]+disable|systemctl[ \t]+(?:stop|disable|mask)[ \t][^\n;|&]*\b(?:falcon-sensor|auditd|fail2ban|clamav\S*|ufw|nftables|iptables))${rest}`,
    ),
  },
];
