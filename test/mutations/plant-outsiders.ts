// A seventh set of defects, written from the list of checks alone for guides of sixteen other styles, and counted in three rounds before
// anything was mended (81, 93 and 91 % found where they stand; 96, 99 and 98 % without others). It holds what the checks did not see
// then and see now. Three guides came with it.
import { block, noGuard, put, swap } from './plant-passersby.ts';
import type { Kind } from './plant-defects.ts';

/** Steps that ask nobody. */
const careless = (step: string): boolean => !/approv|\bundo\b/i.test(step) && noGuard(step);

/** All kinds. A name is a sentence of what is wrong. */
export const outsiders: readonly Kind[] = [
  // Clarity
  put('when it was is not said', 'condition.vague', ['¦If a release was made recently, tell the owner.', '¦If the backup is too old, tell the owner.', '¦If very little is printed, tell the owner.']),
  put('it should be done, and how is not said', 'step.passive', ['¦The other side should be contacted.', '¦The workers need to be restarted.']),
  put('an abbreviation stands before a dash', 'abbreviation.undefined', ['Ask the ¦ZQT-team for the number.']),
  // Control flow
  swap('a span leaves a value out beside others', 'branch.gap', [['If decline_rate is below 15, this', '¦If decline_rate is below 10, this'], ['If decline_rate is at least 15 and below 40, go', '¦If decline_rate is above 15 and below 40, go'], ['If 1 or more is printed,', '¦If 2 or more is printed,'], ['If 50 or fewer wait,', '¦If fewer than 50 wait,']]),
  swap('a span takes what another takes', 'branch.overlap', [['If decline_rate is 40 or more, go', '¦If decline_rate is 30 or more, go'], ['If 1 or more is printed,', '¦If 0 or more is printed,'], ['If more than 50 jobs wait,', '¦If more than 40 jobs wait,']]),
  swap('an otherwise stands behind no rows and all values', 'branch.dead-otherwise', [['If decline_rate is below 15, this ends the guide.', '¦If decline_rate is below 15, this ends the guide. Otherwise, go to Step 4.']]),
  swap('a quoted name is no step', 'step.unknown-target', [['go to step 4.\n\n3.', '¦go on with "Flush the cache of the client".\n\n3.'], ['Otherwise, go to Step 5.\n\n### Step 4', '¦Otherwise, continue with "Ask the vendor".\n\n### Step 4']]),
  swap('a step leads to itself for ever', 'step.endless-loop', [['This resolves the incident.\n\n5.', '¦Go back to step 4.\n\n5.']]),
  // Data flow
  swap('a column is not among those of the query', 'result.unknown-column', [['If decline_rate is 40 or more', '¦If failure_share is 40 or more'], ['If decline_rate is 40 or more', 'If ¦`declines` is above 40']]),
  swap('a name of a guard is nearly one', 'guard.invalid', [['If decline_rate is 40 or more,', "¦If decline_rate is 40 or more (`rowz[0].decline_rate >= 40`),"], ['If decline_rate is 40 or more,', "¦If decline_rate is 40 or more (`rows[0].attempts >= 'forty'`),"]]),
  swap('the owner has empty quotes', 'guide.unowned', [['owner: payments-core', '¦owner: ""'], ['owner: payments-core', '¦owner: ~']]),
  // Query and command
  put('SQL has signs the wrong way round', 'sql.syntax', block('sql', ["SELECT CASE WHEN unacked => 50 THEN 'SLOW' ELSE 'FINE' END AS verdict FROM consumers LIMIT 5", 'SELECT s.id FROM sessions AS s\n¦JOIN connections AS c\nWHERE s.id = 3 LIMIT 5', 'SELECT id FROM sessions WHERE a = 1 LIMIT ten', "SELECT CASE\n  WHEN n > 5 THEN 'SLOW'\n  ELSE 'FINE'\n¦AS verdict FROM consumers LIMIT 5"])),
  put('PowerShell compares with the signs of C', 'powershell.syntax', block('powershell', ["if ((Get-Service -Name Spooler).Status != 'Running') { Write-Output 'stopped' }"])),
  put('a request has a method that there is none of', 'http.syntax', block('http', ['FETCH https://shop.internal/health'])),
  put('a bracket inside of JSON is never closed', 'json.syntax', block('json', ['{\n  "index": {\n    ¦"blocks": { "read_only": null\n  }\n}'])),
  put('a host or number of one incident', 'query.hard-coded', block('bash', ['shopctl orders --tenant 8841207']), noGuard),
  put('a host of one incident in a query', 'query.hard-coded', block('sql', ["SELECT lag FROM replicas WHERE application_name = 'pg-r3.prod.shop.internal' LIMIT 5", 'SELECT state FROM sessions WHERE session_id = 48213 LIMIT 5'])),
  // Safety
  put('commands of other tools destroy', 'action.destructive', block('bash', ['ssh db.shop rm -rf /srv/shop/data', 'echo flush_all | nc cache.shop 11211', 'kubeadm reset -f', 'hdfs dfs -rm -r /exports/daily']), careless),
  put('tools of Windows destroy', 'action.destructive', block('powershell', ['vssadmin delete shadows /all', 'schtasks /delete /tn nightly /f']), careless),
  put('a request deletes', 'action.destructive', block('http', ['DELETE https://search.shop/orders']), careless),
  put('a port is opened to everyone', 'action.privilege', block('bash', ['aws ec2 authorize-security-group-ingress --group-id "$SG" --protocol tcp --port 22 --cidr 0.0.0.0/0', 'rabbitmqctl set_user_tags oncall administrator'])),
  put('a key is hex digits', 'secret.in-text', block('bash', ['export SHOP_API_KEY=8f14e45fceea167a5a36dedd4bea2543'])),
  swap('an undo of two words has nothing of the change', 'action.no-undo', [['Undo: switch the flag `active-provider` back to the provider of the alert.', '¦Undo: rotate the keys.'], ['Undo: stop the spooler with `Stop-Service`.', '¦Undo: restore the certificate.']]),
]; // prettier-ignore
