// A third set of defects, made without a look at the checks: what other people's tools destroy and give away, parts that queries of
// every kind lose, limits in words that their query does not have, references and links by other words.
import { beside, inFence } from './plant-variants.ts';
import { custom, pick, replace, type Kind } from './plant-defects.ts';

const block = (language: string, lines: readonly string[]): string[] => lines.map((line) => `\`\`\`${language}\n${line}\n\`\`\``);
const careless = (step: string): boolean => !/Needs approval|Undo:/.test(step);
/** Code that no one of the guides runs, at its own place in a step. */
const wrong = (name: string, code: Kind['name'] & Parameters<typeof custom>[1], language: string, lines: readonly string[], mark: RegExp): Kind =>
  beside(name, code, block(language, lines), new RegExp(`(?<=${language}[^\\n]*\\n[^]*)${mark.source}`));

/** All kinds. A name is a sentence of what is wrong. */
export const others: readonly Kind[] = [
  // Safety
  beside('a tool of the cloud destroys', 'action.destructive', block('bash', ['aws ec2 terminate-instances --instance-ids $ID', 'az group delete --name shop --yes', 'gcloud sql instances delete orders', 'eksctl delete cluster --name shop', 'gsutil rm -r gs://shop-backups']), /(?<=bash\n *)\w/, careless),
  beside('a statement within a command destroys', 'action.destructive', block('bash', ['psql -h db -c "DROP TABLE orders"', 'mysql -e "TRUNCATE orders"', 'mongosh shop --eval "db.orders.drop()"']), /(?<=bash\n *)\w/, careless),
  beside('what a command is handed is destroyed', 'action.destructive', block('bash', ['find /data -name core -exec rm -r {} \\;', 'kubectl get pvc -o name | xargs kubectl delete', 'ssh web "rm -rf /srv/data"']), /(?<=bash\n *)\w/, careless),
  beside('a device is overwritten', 'action.destructive', block('bash', ['lvremove -f shop/data', 'wipefs -a /dev/sdb', 'zfs destroy tank/data', 'mkfs.xfs /dev/sdb1']), /(?<=bash\n *)\w/, careless),
  beside('something is removed in PowerShell', 'action.destructive', block('powershell', ['Get-ADUser bob | Remove-ADUser', 'Remove-AzVM -Name web -Force', 'Clear-EventLog -LogName System']), /(?<=powershell\n *)\w/, careless),
  beside('a role is given', 'action.privilege', [...block('sql', ['GRANT SELECT ON orders TO bob', 'ALTER ROLE db_owner ADD MEMBER bob']), ...block('bash', ['kubectl create rolebinding ops --clusterrole=edit --user=ops', 'chmod o+w /etc/shop.conf'])], /(?<=(?:sql|bash)\n *)\w/),
  beside('a password is handed to a tool', 'secret.in-text', block('bash', ['curl -u admin:Kx72mQpa91 https://shop.internal/api', 'sshpass -p Kx72mQpa91z ssh web uptime', 'mysql -u root -pKx72mQpa91 shop']), /(?<=bash\n *)\w/),
  beside('a token stands in a header', 'secret.in-text', ['Send `Authorization: Bearer 8f3c1d9e7b2a4c6d8e0f1a2b3c4d5e6f`.', 'Post it to https://hooks.slack.com/services/T01ABCDEF/B01ABCDEF/a1b2c3d4e5f6g7h8i9j0k1l2 as well.', 'The password is `Tr0ub4d0ur-99x`.'], /Send|Post|The/),
  // Clarity
  beside('a manner has no number', 'condition.vague', ['If the queue is growing too fast, tell the owner.', 'If many requests fail, tell the owner.', 'If the service responds slowly, tell the owner.'], /If/),
  beside('advice in other words says nothing of how', 'step.passive', ['The dashboards ought to be examined.', 'It is recommended that the cache be checked.', 'The backlog should be watched.'], /The|It/),
  beside('a place is still to be written', 'text.unfinished', ['To be written.', '[fill in]', 'Coming soon.'], /\S/),
  // Query and command
  wrong('a clause has lost its BY', 'sql.syntax', 'sql', ['SELECT id FROM orders WHERE n > 1 GROUP id', 'SELECT id FROM orders WHERE n > 1 ORDER id'], /SELECT/),
  wrong('a statement has lost a word', 'sql.syntax', 'sql', ['SELECT id FROM orders WHERE n BETWEEN 1 ORDER BY id', 'SELECT o.id FROM orders o JOIN items i i.id = o.id WHERE n > 1', 'SELECT id FROM orders WHERE n ='], /SELECT/),
  inFence('the last column has a comma behind it', 'sql.syntax', 'sql', /(?<=[\w)])(?=\s+FROM \w)/g, ','),
  wrong('a function of PromQL has no range', 'promql.syntax', 'promql', ['rate(http_requests_total)', 'sum(http_requests_total[5m])', 'topk(up)'], /\w+\(/),
  wrong('a part of a Kusto query is missing', 'kusto.syntax', 'kusto', ['Logs | where Level == "Error" | take', 'Logs | where Level = "Error" | take 5', 'Logs | top 5'], /Logs/),
  wrong('an address of a request is misspelt', 'http.syntax', 'http', ['GET https//shop.example/api', 'GET htps://shop.example/api'], /GET/),
  wrong('a pipe of PowerShell leads nowhere', 'powershell.syntax', 'powershell', ['Get-Process |'], /Get/),
  wrong('a document is asked for without a limit', 'query.unbounded', 'mongodb', ['db.orders.find({})'], /db/),
  wrong('a host stands in a metric', 'query.hard-coded', 'promql', ['up{instance="web17.shop.example:9100"}'], /up/),
  // Data flow
  custom('a filter has another limit than its sentence', 'threshold.mismatch', (text, random) => {
    const place = pick([...text.matchAll(/^```sql[^\n]*\n/gm)], random);
    if (!place) return null;
    const added = 'This lists the hosts with an error rate above 8 %.\n\n```sql\nSELECT host FROM requests WHERE error_rate > 15 LIMIT 5\n```\n\n';
    return { text: text.slice(0, place.index) + added + text.slice(place.index), at: place.index };
  }),
  replace('the guard reads a misspelt result', 'guard.invalid', /(?<=\(`)(rowCount|exitCode)(?= [!=]= \d`\))/g, ([name]) => name.slice(0, 4) + name.slice(5)),
  // Presentation
  beside('a link names what nobody defines', 'link.broken', ['See [the page][runbook-of-old].'], /See/),
  beside('an address has no scheme that there is', 'link.broken', ['See [the page](htps://shop.example/a).', 'See [the page](http//shop.example/a).'], /See/),
  beside('a text of an image says nothing', 'image.no-text', ['![screenshot](a.png)', '![image.png](b.png)'], /!/),
]; // prettier-ignore
