// A sixth set of defects, written from the pages of docs/diagnostics alone for guides of other styles, before it was first counted
// (75 % found where they stand, 93 % without others). It holds what the checks did not see then and see now. Two guides came with it.
import { block, noGuard, put, swap } from './plant-passersby.ts';
import type { Kind } from './plant-defects.ts';

/** Steps that ask nobody. */
const careless = (step: string): boolean => !/approv|\bundo\b/i.test(step) && noGuard(step);

/** All kinds. A name is a sentence of what is wrong. */
export const newcomers: readonly Kind[] = [
  // Clarity
  put('how soon and how many is not said', 'condition.vague', ['¦If the service is back after a short while, tell the owner.', '¦If the volume is running low, tell the owner.', '¦If an inordinate number of requests fail, tell the owner.', '¦If the job comes up quickly enough, tell the owner.', '¦If there are not many items, tell the owner.', '¦If the answer takes unusually long, tell the owner.']),
  put('it is necessary, and how is not said', 'step.passive', ['¦It is necessary to verify the certificate.', '¦It is important to check the clock of the host.', '¦The router on site should be checked as well.']),
  put('what was noted elsewhere is not named', 'reference.ambiguous', ['¦Tell them the number you noted above.', '¦Compare it with the output you got earlier.', '¦Attach the aforementioned log.'], (step) => !/```|<PLUGIN/.test(step)),
  put('a place is not written yet, in small letters', 'text.unfinished', ['¦Call the owner (phone: tbd).', '¦The dashboard: tba', '¦Look at <describe the dashboard>.']),
  // Control flow
  swap('limits per second leave a value out', 'branch.gap', [['If the command fails, go to Step 2.2. Otherwise, this mitigates the incident.', '¦If the rate is above 500 per second, go to Step 2.2. If the rate is below 500 per second, go to Step 1.1.']]),
  swap('a step has two otherwise', 'branch.overlap', [['Otherwise, this mitigates the incident.', 'Otherwise, tell the users on their page. ¦Otherwise, this mitigates the incident.']]),
  swap('the last step has a number too high', 'step.numbering', [['### Step 2.2 - Hand over', '### ¦Step 2.3 - Hand over']]),
  swap('a quoted step is not there', 'step.unknown-target', [['If the command fails, go to Step 2.2.', '¦If the command fails, continue with step "Ask the owners".']]),
  swap('a link has the dashes of an old heading', 'link.broken', [['(#is-it-short-of-workers).\n\n##', '(¦#is-it---short-of-workers).\n\n##']]),
  // Data flow
  swap('a guard has one sign too few', 'guard.invalid', [["(`json.status == 'red'`)", "(¦`json.status = 'red'`)"], ['If there are no rows, go to Step 2.2.', 'If there are no rows (¦`result.conns.rowCount == 0`), go to Step 2.2.']]),
  swap('a fixed value stands for the one parameter', 'query.hard-coded', [['-h "{host}"', '-h ¦10.40.2.17']]),
  swap('the owner is left empty', 'guide.unowned', [['owner: database-reliability', '¦owner:'], ['owner: stream-processing', '¦owner:']]),
  // Query and command
  put('a condition of PowerShell has no brackets', 'powershell.syntax', block('powershell', ["if $service.Status -eq 'Stopped' { Write-Output 'stopped' }", 'while $n -lt 5 { $n++ }'])),
  put('Kusto has signs of another language', 'kusto.syntax', block('kusto', ['Logs | where Level == "Error" && Count > 3 | take 5', 'Logs | where Count > 3 | extend Busy == Load > 3 | take 5', 'Logs | where Count > 3 | join kind=inner (Hosts) Name | take 5'])),
  put('words of SQL that others need are misspelt', 'sql.syntax', block('sql', ['SELECT DISTNCT state FROM orders WHERE n > 5 LIMIT 5', 'SELECT o.id FROM orders INER JOIN lines ON lines.id = orders.id WHERE n > 5 LIMIT 5', "SELECT state, COUNT(*) AS n FROM orders WHERE created > now()::date\n¦GROUP state"])),
  put('a script never gets to its then', 'shell.syntax', block('bash', ['n=$(grep -c ERROR app.log)\n¦if [ "$n" -gt 3 ]\n  echo many\nfi', 'kubectl get pods -n {{ namespace }} -o "wide'])),
  put('the body of a request is no JSON', 'json.syntax', block('http', ['GET https://shop.example.internal/api\nContent-Type: application/json\n\n¦{ "full": True }', 'GET https://shop.example.internal/api\nContent-Type: application/json\n\n¦{ "full": true, }'])),
  put('YAML below a comment has a fault', 'yaml.syntax', block('yaml', ['# settings\n¦schedule hourly\nzone: eu', '# settings\nzone: ¦"eu\nreplicas: 3'])),
  put('a query at a MongoDB shell has no bounds', 'query.unbounded', [...block('javascript', ['db.orders.find()', 'db.getSiblingDB("shop").orders.find({})']), ...block('mongosh', ['db.orders.find()'])]),
  put('a value is a part of a name', 'query.spliced-value', block('sql', ['SELECT COUNT(*) AS n FROM ops.{region}_history', 'SELECT COUNT(*) AS n FROM metrics_{region}'])),
  // Safety
  put('data is destroyed at a MongoDB shell', 'action.destructive', block('javascript', ['db.orders.drop()', 'db.getSiblingDB("shop").dropDatabase()', 'db.orders.deleteMany({})']), careless),
  put('objects are removed, options first', 'action.destructive', block('bash', ['aws s3 rm --recursive s3://exports/daily/']), careless),
  put('rights are widened at a MongoDB shell', 'action.privilege', block('mongosh', ['db.grantRolesToUser("oncall", ["root"])'])),
  put('a password is handed to other tools', 'secret.in-text', [...block('bash', ['ldapsearch -x -D cn=sync -w "¦Kx72mQpa91!" -b ou=people', 'sqlcmd -S db1 -U ops -P "¦Kx72mQpa91!"']), '¦The PIN of the safe: 483921.']),
]; // prettier-ignore
