// A fourth set of defects, named before the checks were looked at and kept as they are found now: what a stranger would plant who has only read
// what the checks promise. Signs of word processors in code, commands that destroy within a sentence, console sessions, signs of one
// language in another, limits that lead to a status word, pictures and names that lead nowhere.
import { beside } from './plant-variants.ts';
import { replace, type Kind } from './plant-defects.ts';

const block = (language: string, lines: readonly string[]): string[] => lines.map((line) => `\`\`\`${language}\n${line}\n\`\`\``);
const careless = (step: string): boolean => !/Needs approval|Undo:/.test(step);
const wrong = (name: string, code: Parameters<typeof beside>[1], language: string, lines: readonly string[], mark: RegExp): Kind => beside(name, code, block(language, lines), mark);

/** All kinds. A name is a sentence of what is wrong. */
export const strangers: readonly Kind[] = [
  // Query and command
  wrong('a word processor has changed a quote of a command', 'shell.syntax', 'bash', ['grep “connection refused” app.log', 'kubectl get pods -l ‘app=web’'], /grep|kubectl/),
  wrong('a word processor has changed the dash of an option', 'shell.syntax', 'bash', ['kubectl get pods –all-namespaces', 'df –h', 'journalctl —since today'], /kubectl|df|journalctl/),
  wrong('a word processor has changed a quote of a query', 'sql.syntax', 'sql', ['SELECT id FROM orders WHERE state = ‘open’ LIMIT 5', 'SELECT id FROM orders WHERE state = ’open’ AND kind = ‘new’ LIMIT 5'], /SELECT/),
  wrong('a command of a session is not complete', 'shell.syntax', 'console', ['$ kubectl logs $(kubectl get pods -o name\nweb-1', '$ grep "refused app.log\nrefused: 12'], /\$ /),
  wrong('a sign of another language stands in PowerShell', 'powershell.syntax', 'powershell', ['if ($drive.Free < 10GB) { Write-Output "LOW" }', 'if ($count == 5) { Write-Output "FIVE" }', 'Get-Process | | Sort-Object CPU'], /if|Get/),
  wrong('a comparison of a Kusto query has one side', 'kusto.syntax', 'kusto', ['Logs | where Level == | take 5', 'Logs | where Count > | take 5'], /Logs/),
  wrong('a clause after a parameter has lost its BY', 'sql.syntax', 'sql', ['SELECT id FROM orders WHERE n > {region} ORDER id DESC LIMIT 5'], /SELECT/),
  wrong('a query holds the name of one host', 'query.hard-coded', 'sql', ["SELECT load FROM hosts WHERE host = 'prod-db-17' LIMIT 5", "SELECT load FROM hosts WHERE node_name = 'prd-hv-0042' LIMIT 5"], /SELECT/),
  wrong('a query that reads a version holds one time', 'query.hard-coded', 'sql', ["SELECT version FROM releases WHERE released_at > '2026-03-02 10:00:00' LIMIT 5"], /SELECT/),
  // Safety
  beside('a sentence asks for a command that destroys', 'action.destructive', ['Run `rm -rf /var/lib/jobs` on the host.', 'Delete the pod with `kubectl delete pod web-0`.', 'Then run `Remove-ClusterNode -Name A -Force`.', 'Execute `DROP TABLE old_orders`.'], /Run|Delete|Then|Execute/, careless),
  wrong('a password becomes a secure text', 'secret.in-text', 'powershell', ['$cred = ConvertTo-SecureString "Kx72mQpa91!" -AsPlainText -Force'], /\$cred/),
  // Clarity
  beside('an abbreviation ends a sentence', 'abbreviation.undefined', ['Ask the people of the QXR.', 'Compare it with what stands in the WLM:'], /Ask|Compare/),
  beside('an adverb gives no number', 'condition.vague', ['If the service restarts frequently, tell the owner.', 'If the job fails repeatedly, tell the owner.'], /If/),
  beside('a place is to be written behind a sentence', 'text.unfinished', ['Look at the dashboard. To be documented.', 'Look at the dashboard [insert link here].'], /Look/),
  beside('what must be ensured is not said how', 'step.passive', ['It must be ensured that the cache is warm.'], /It/),
  // Control flow and data flow
  beside('one of several steps that are mentioned is not there', 'step.unknown-mention', ['This needs what steps 1 and 47 have found.', 'This needs what steps 1, 2 and 48 have found.'], /This/, (step) => /^\n## Step/.test(step)),
  beside('a limit that leads to a status is not the query’s', 'threshold.mismatch', ["An error_rate above 12 % is FAILING.\n\n```sql\nSELECT CASE WHEN error_rate > 8 THEN 'FAILING' ELSE 'FINE' END AS health FROM hosts LIMIT 5\n```", "Look for an error_rate above 12 (FAILING).\n\n```sql\nSELECT CASE WHEN error_rate > 8 THEN 'FAILING' ELSE 'FINE' END AS health FROM hosts LIMIT 5\n```"], /An|Look/),
  replace('a condition contradicts itself in two sentences of one thing', 'branch.impossible', /(?<=If the [\w ]+ is above )(\d+)(?=, go to Step \d+\. If the [\w ]+ is \1 or less)/g, ([limit]) => `${limit} and below ${String(Number(limit) - 1)}`),
  // Presentation
  beside('an address has a blank', 'link.broken', ['See [the page](old notes.md).', 'See [the page](./docs/old notes.md#top).'], /See/),
]; // prettier-ignore
