// A fifth set of defects, written from the pages of docs/diagnostics alone, before the checks were looked at and before it was first
// counted (86.1 % found where they stand, 97.8 % without others). Each kind holds what several people would write, `¦` before the place of the finding. They stand as paragraphs, items,
// quotes and cells; in the guides that were added with them they take the place of words that are right.
import { custom, pick, type Kind } from './plant-defects.ts';

type Code = Parameters<typeof custom>[1];
type Where = (step: string, text: string) => boolean;

const mark = '¦';
const fence = (language: string, code: string): string => `\`\`\`${language}\n${code.includes(mark) ? '' : mark}${code}\n\`\`\``;
export const block = (language: string, lines: readonly string[]): string[] => lines.map((line) => fence(language, line));

/** The text with the marked words in the place of what stands from the offset on; the marked place is where the finding belongs. */
function placed(text: string, from: number, length: number, words: string): { text: string; at: number } {
  const marked = words.indexOf(mark);
  return { text: text.slice(0, from) + words.replace(mark, '') + text.slice(from + length), at: from + Math.max(0, marked) };
}

interface Place {
  readonly at: number;
  readonly indent: string;
}

/** Where a paragraph can begin: before paragraphs and code of the parts that say what to do, with or without the words before the first. */
function places(text: string, where: Where = () => true): Place[] {
  const code = [...text.matchAll(/^( *)(```|~~~)[^]*?^\1\2$|^---\n[^]*?^---$|<PLUGIN[^]*?<\/PLUGIN_\d>/gm)];
  return [...text.matchAll(/(?<=([^\n])\n\n( *))(?=[A-Z]|```\w)/g)].flatMap((match) => {
    const at = match.index;
    if (match[1] === ':' || code.some(({ index, 0: all }) => index < at && at < index + all.length)) return [];
    const from = Math.max(text.lastIndexOf('\n#', at), ...[...text.slice(0, at).matchAll(/^(?:\d+\. |- \[)/gm)].map(({ index }) => index));
    const to = text.slice(at).search(/^(?:#|\d+\. |- \[)/m);
    const step = text.slice(Math.max(0, from), to < 0 ? text.length : at + to);
    const heading = /^#+ .*$/m.exec(text.slice(Math.max(0, text.lastIndexOf('\n#', at))))?.[0] ?? '';
    const explains = /Meaning|Impact|How |agreement|Overview|Prerequisites|What users|Who to/i.test(heading);
    const isTitle = /^[^\n]+\n=+\n/.test(text.slice(at));
    const opens = isTitle || /^(?:# |$)/.test(heading) && /^#{2,} |^\d+\. /m.test(text.slice(at));
    return explains || opens || !where(step, text) ? [] : [{ at, indent: match[2] ?? '' }];
  });
}

/** Guards read the last result of their step, so that code may not come between a result and its guard. */
export const noGuard = (step: string): boolean => !/\(`/.test(step);

/** Puts one of the passages into a guide, at a place where a paragraph can begin. */
export function put(name: string, code: Code, passages: readonly string[], where: Where = () => true): Kind {
  return custom(name, code, (text, random) => {
    const passage = pick(passages, random);
    if (passage === undefined) return null;
    const isCode = passage.includes('```');
    const place = pick(places(text, (step, all) => where(step, all) && (!isCode || noGuard(step))), random);
    if (!place) return null;
    const indented = passage.split('\n').map((line, index) => (line === '' || index === 0 ? line : place.indent + line)).join('\n');
    return placed(text, place.at, 0, `${indented}\n\n${place.indent}`);
  });
}

/** Puts a passage in the place of words that one of the guides has; a pair is of those words and the passage. */
export function swap(name: string, code: Code, pairs: readonly (readonly [old: string, passage: string])[]): Kind {
  return custom(name, code, (text, random) => {
    const pair = pick(pairs.filter(([old]) => text.includes(old)), random);
    return pair ? placed(text, text.indexOf(pair[0]), pair[0].length, pair[1]) : null;
  });
}

const noCode: Where = (step) => !/```|<PLUGIN/.test(step);
const careless = (step: string): boolean => !/approv|Undo/i.test(step);
const cautious: Where = (step, text) => careless(step) && /Needs approval|needs an approval/.test(text);
const looks: Where = (step, text) => /^#+ (?:Diagnosis|Step \d+ - (?:Check|Look|Read))/m.test(text) && /^\n?#+ [^\n]*Diagnosis/.test(step);
const declared = /^parameters:\n(?= {2}- name)/m;
/** Adds a declared parameter, and a use of it so that only the declaration is wrong. */
const declares = (name: string, code: Code, entries: readonly string[]): Kind =>
  custom(name, code, (text, random) => {
    const head = declared.exec(text);
    const entry = pick(entries, random);
    const place = pick(places(text).filter(({ at }) => text.startsWith('```', at)), random);
    if (!head || entry === undefined || !place) return null;
    const parameter = /name: (\w+)/.exec(entry)?.[1] ?? '';
    const used = `${text.slice(0, place.at)}Note the value {${parameter}} in the ticket: \`{${parameter}}\`.\n\n${place.indent}${text.slice(place.at)}`;
    return placed(used, head.index + head[0].length, 0, `${entry}\n`);
  });

const decision = /If the ([\w ]+) is above (\d+)(?: %)?, (go to Step \d+)\. If the \1 is \2 or less, (go to Step \d+)\./;
/** Says the decision between two steps anew; `say` gets its subject, limit and both ways. */
const decide = (name: string, code: Code, ways: readonly ((what: string, limit: number, one: string, other: string) => string)[]): Kind =>
  custom(name, code, (text, random) => {
    const found = decision.exec(text);
    const say = pick(ways, random);
    if (!found || !say) return null;
    const [all, what = '', limit = '', one = '', other = ''] = found;
    return placed(text, found.index, all.length, say(what, Number(limit), one, other));
  });

/** Breaks a guide off in its last paragraph, behind a word that asks for another. */
const cutOff = (name: string, code: Code): Kind =>
  custom(name, code, (text, random) => {
    const last = text.trimEnd().split('\n\n').at(-1) ?? '';
    const word = pick([...last.matchAll(/(?<=\w )(?:the|a|and|or|of the|to the|for the|with the)(?= \w)/g)], random);
    if (!word || /^[`~{!#|<]/.test(last.trimStart())) return null;
    const end = text.trimEnd().length - last.length + word.index + word[0].length;
    return { text: `${text.slice(0, end)}\n`, at: end - 1 };
  });

/** Puts a passage at the end of a guide. */
const atEnd = (name: string, code: Code, passages: readonly string[]): Kind =>
  custom(name, code, (text, random) => {
    const passage = pick(passages, random);
    return passage === undefined || /```\s*$/.test(text) ? null : placed(text, text.length, 0, `\n${passage}\n`);
  });

/** All kinds. A name is a sentence of what is wrong. */
export const passersby: readonly Kind[] = [
  // Clarity
  put('an abbreviation stands in a bracket, an item or a quote', 'abbreviation.undefined', ['Tell the owners of the line ¦(QXR).', '- ¦Open a ticket with the PBRT.\n- Note its number.', '> ¦The XWT has to agree.', '**Note:** ¦only the ZQRT may do this.']),
  put('an abbreviation has an ending of its own', 'abbreviation.undefined', ['¦The QLMs of both sites take part.', '¦Ask for the XWT’s page.', "¦Read what the VKPI's owners say.", '¦Look for it in the PBR-list of the team.']),
  put('a degree has no number', 'condition.vague', ['¦If the latency is unusually high, tell the owner.', '¦If there are too many connections, tell the owner.', '¦When the disk is nearly full, tell the owner.', '¦If the backlog is large, tell the owner.', '¦If CPU usage is elevated, tell the owner.']),
  put('a degree stands in an instruction', 'condition.vague', ['¦Look for hosts with excessive retries.', '¦Find pods with abnormal memory usage.', '- ¦Look for an unusual number of restarts.\n- Note them.', '¦Identify tables with poor cache hit rates.']),
  put('a time has no number', 'condition.vague', ['¦If the query takes too long, tell the owner.', '¦If the page loads slowly, tell the owner.', '¦If it happens often, tell the owner.', '¦Wait a while if the load is still considerable.']),
  put('advice names nobody who does it', 'step.passive', ['¦The team must be informed.', '¦Connectivity needs to be tested.', '¦It should be verified whether the cache is warm.', '¦The configuration has to be validated.']),
  put('advice stands in an item or a quote', 'step.passive', ['- ¦Logs should be reviewed.\n- Look at the graph of the day.', '> ¦The backups should also be verified.', '**Important:** ¦the disk should be monitored.']),
  put('something above is meant in other words', 'reference.ambiguous', ['¦Run the query above again.', '¦Compare it with the aforementioned output.', '¦Use the command from before.', '¦See the previous screenshot.', '¦Repeat the earlier query.', '¦Take the numbers of the preceding table.'], noCode),
  put('announced code is missing, in other words', 'reference.missing', ['¦Execute the following query:\n\nTell the owner what it shows.', '¦Run this command:\n\nTell the owner what it shows.', '¦Use the command below:\n\nTell the owner what it shows.', '¦The following script lists them:\n\nTell the owner what it shows.', '¦Run the query below.\n\nTell the owner what it shows.'], noCode),
  swap('a title is a word for any step', 'step.title', [['## Step 2: Read why it stopped', '## ¦Step 2: Action'], ['## Step 2: Read why it stopped', '## ¦Step 2: Next step'], ['## Step 3: Start it again', '## ¦Step 3: Do it'], ['## Step 3: Start it again', '## ¦Step 3: Fix'], ['## 2. Which errors are they?', '## ¦2. Details'], ['## 3. Was there a release?', '## ¦3. Further steps'], ['## 3. Was there a release?', '## ¦3. Other'], ['## 4. Call the card provider', '## ¦4. TBD']]),
  swap('two titles are one', 'step.same-title', [['## Step 2: Read why it stopped', '## ¦Step 2: Look at the service'], ['## 3. Was there a release?', '## ¦3. Which errors are they?'], ['### Move the pods', '### ¦Free the disk']]),
  // Control flow
  put('a sentence of the flow names no step', 'plan.not-read', ['¦If it looks wrong, proceed as appropriate.', '¦If so, jump to the relevant section.', '¦Depending on the result, continue with the matching step.', '¦If none of this helps, go to the right step.']),
  swap('a jump leads to no step, in other words', 'step.unknown-target', [['go to Step 3.', '¦proceed to step 31.'], ['go to Step 4.', '¦skip to Step 20.'], ['go to step 4.', '¦move on to step 12.'], ['go to step 3.', '¦jump to step 33.'], ['Then go to step 5.', 'Then ¦return to step 18.'], ['go on with step 2', '¦go on with step 22'], ['go to step 2 |', '¦go to step 27 |'], ['Go to Step 5.', '¦Continue at step 55.']]),
  put('a step that is not there is mentioned, in other words', 'step.unknown-mention', ['¦The reason is told in Step 23.', '¦Steps 41 and 42 tell more.', '¦Have the numbers at hand (see step 44).', '- ¦Keep the list for step 39.\n- Note its length.', '> ¦As in step 57, ask first.', '¦This was found by the query of step 61.']),
  decide('nothing is left for the otherwise, in other words', 'branch.dead-otherwise', [(what, n, a, b) => `If the ${what} exceeds ${n}, ${a}. If the ${what} is at most ${n}, ${b}. ¦Otherwise, escalate to the owners.`, (what, n, a, b) => `- If the ${what} is ${n} or more, ${a}.\n- If the ${what} is less than ${n}, ${b}.\n- ¦Otherwise, escalate to the owners.`, (what, n, a, b) => `| ${what} | What to do |\n|---|---|\n| > ${n} | ${a} |\n| <= ${n} | ${b} |\n| ¦otherwise | escalate to the owners |`, (what, n, a, b) => `When the ${what} is greater than ${n}, ${a}. When the ${what} is not greater than ${n}, ${b}. ¦In all other cases, escalate to the owners.`]),
  decide('a value is left out, in other words', 'branch.gap', [(what, n, a, b) => `¦If the ${what} exceeds ${n}, ${a}. If the ${what} is less than ${n}, ${b}.`, (what, n, a, b) => `- ${what} > ${n}: ${a}\n- ¦${what} < ${n}: ${b}`, (what, n, a, b) => `| ${what} | What to do |\n|---|---|\n| > ${n} | ${a} |\n| ¦< ${n} | ${b} |`, (what, n, a, b) => `¦When the ${what} is over ${n}, ${a}. When the ${what} is under ${n}, ${b}.`, (what, n, a, b) => `¦${a.replace('go', 'Go')} if the ${what} is more than ${n}. ${b.replace('go', 'Go')} if the ${what} is fewer than ${n}.`]),
  decide('two conditions hold at once, in other words', 'branch.overlap', [(what, n, a, b) => `¦If the ${what} is ${n} or more, ${a}. If the ${what} is ${n} or less, ${b}.`, (what, n, a, b) => `¦If the ${what} is at least ${n}, ${a}. If the ${what} is at most ${n}, ${b}.`, (what, n, a, b) => `- ${what} >= ${n}: ${a}\n- ¦${what} <= ${n}: ${b}`, (what, n, a, b) => `| ${what} | What to do |\n|---|---|\n| > ${n - 10} | ${a} |\n| ¦< ${n} | ${b} |`, (what, n, a, b) => `¦If the ${what} is between 0 and ${n}, ${a}. If the ${what} is more than ${n - 50}, ${b}.`]),
  decide('nothing is said of the rest, in other words', 'branch.no-otherwise', [(_, __, a, b) => `¦If the load is on one host, ${a}. If it is on all of them, ${b}.`, (_, __, a, b) => `- One host is hot: ${a}\n- ¦All hosts are hot: ${b}`, (_, __, a, b) => `¦${a.replace('go', 'Go')} if the owner answers. ${b.replace('go', 'Go')} if the deputy answers.`]),
  decide('a condition contradicts itself, in other words', 'branch.impossible', [(what, n, a, b) => `If the ${what} is ¦above ${n} and below ${n - 20}, ${a}. Otherwise, ${b}.`, (what, n, a, b) => `If the ${what} is ¦less than ${n - 20} and more than ${n}, ${a}. Otherwise, ${b}.`, (what, n, a, b) => `If the ${what} ¦exceeds ${n} but stays under ${n - 50}, ${a}. Otherwise, ${b}.`]),
  swap('a guard contradicts itself, in other words', 'branch.impossible', [['(`exitCode != 0`)', '¦(`exitCode == 0 && exitCode == 1`)'], ['(`exitCode == 0`)', '¦(`exitCode == 0 && exitCode != 0`)'], ['(`rowCount > 0`)', '¦(`rowCount > 10 && rowCount < 5`)'], ['(`rowCount == 0`)', '¦(`rowCount == 0 && rowCount >= 1`)'], ['(`status >= 500`)', '¦(`status >= 500 && status < 400`)']]),
  swap('a loop has no end, in other words', 'step.endless-loop', [['Then go to step 5.', 'Then ¦start over with step 1.'], ['If `card_declined` leads the list, go to step 4. Otherwise, go to step 3.', '¦Return to step 1.'], ['If event 4012 is in the list, go to Step 4. Otherwise, go to Step 3.', '¦Go back to Step 1.'], ['If event 4012 is in the list, go to Step 4. Otherwise, go to Step 3.', '¦Repeat from Step 1.']]),
  swap('a loop is told', 'step.loop', [['If event 4012 is in the list, go to Step 4.', '¦If event 4012 is in the list, go back to Step 1.'], ['If `card_declined` leads the list, go to step 4.', '¦If `card_declined` leads the list, return to step 1.']]),
  swap('nobody gets to a step', 'step.unreachable', [['- If the output is `Stopped`, go to Step 2.\n- Otherwise, go to Step 3.\n\n', '- Otherwise, go to Step 3.\n\n¦'], ['If the program is the nightly export, go to step 3. Otherwise, go to step 4.\n\n', 'Go to step 4.\n\n¦']]),
  swap('a step has no ending', 'step.no-ending', [['### Move the pods\n\nApproval of the shift lead is needed. To undo it, run `kubectl uncordon "$NODE"`.\n\n```sh\nkubectl drain "$NODE" --ignore-daemonsets\n```\n\nThis mitigates the incident.', '### ¦Move the pods\n\nApproval of the shift lead is needed. To undo it, run `kubectl uncordon "$NODE"`.\n\n```sh\nkubectl drain "$NODE" --ignore-daemonsets\n```'], ['## Step 4: Hand over\n\nEscalate to the endpoint team with the output of Step 1.', '## ¦Step 4: Hand over\n\nWrite down the output of Step 1.'], ['## 4. Call the card provider\n\nEscalate to the on-call engineer of the card provider.', '## ¦4. Call the card provider\n\nCall the card provider.']]),
  swap('a step has nothing to do', 'step.empty', [['### Start the kubelet again\n\n```sh\nssh "$NODE" systemctl status kubelet --no-pager\n```\n\nIf it is not running, hand over to the infrastructure team. Otherwise, this ends the guide.', '### ¦Start the kubelet again'], ['## 4. Call the card provider\n\nEscalate to the on-call engineer of the card provider.', '## ¦4. Call the card provider'], ['## Step 4: Hand over\n\nEscalate to the endpoint team with the output of Step 1.', '## ¦Step 4: Hand over'], ['## Step 4: Hand over\n\nEscalate to the endpoint team with the output of Step 1.', '## ¦Step 4: Hand over\n\n---\n\n<!-- nothing yet -->']]),
  custom('numbers of steps leave one out', 'step.numbering', (text, random) => {
    const titles = [...text.matchAll(/^(?:## (?:Step )?|(?=\d+\. ))(\d+)(?=[:.] )/gm)];
    const last = titles.at(-1);
    const number = last?.[1] ?? '1';
    if (!last || titles.length < 3) return null;
    const by = pick([1, 2], random) ?? 1;
    const moved = text.replace(new RegExp(String.raw`(?<=\b[Ss]tep |^## |^)${number}(?![\d.]*\d)(?=\b)`, 'gm'), String(Number(number) + by));
    return { text: moved, at: Math.max(...[...moved.matchAll(new RegExp(String.raw`^(?:## (?:Step )?)?${Number(number) + by}[:.] `, 'gm'))].map(({ index }) => index)) };
  }),
  swap('two steps have one number, in other forms', 'step.duplicate', [['## Step 4: Hand over', '## ¦Step 3: Tell the users\n\nTell the users what happened. Go to Step 4.\n\n## Step 4: Hand over'], ['## 4. Call the card provider', '## ¦2. Tell the users\n\nTell the users what happened. Go to step 4.\n\n## 4. Call the card provider'], ['## Step 4: Hand over', '## ¦Step 1 - Tell the users\n\nTell the users what happened. Go to Step 4.\n\n## Step 4: Hand over']]),
  custom('a list of the steps disagrees with them', 'step.overview', (text, random) => {
    const titles = [...text.matchAll(/^## (?:Step )?\d+(?: -|:|\.) ([^\n?]+)$/gm)];
    const first = titles[0];
    if (!first || titles.length < 4) return null;
    const items = titles.map(([, title = '']) => title);
    if (random() < 0.5) items.splice(2, 0, 'Tell the users of the shop');
    else items.splice(1, 2, items[2] ?? '', items[1] ?? '');
    const list = items.map((title, index) => `${index + 1}. ${title}`);
    const at = 2;
    return placed(text, first.index, 0, `## Overview\n\n${list.map((line, index) => (index === at ? mark : '') + line).join('\n')}\n\n`);
  }),
  // Data flow
  declares('a type is one of other languages', 'parameter.declaration', ['  - name: since\n    type: ¦date', '  - name: limit_of_rows\n    type: ¦bigint', '  - name: flags\n    type: ¦list', '  - name: ratio\n    type: ¦percentage']),
  declares('a default is not of its type', 'parameter.declaration', ['  - name: limit_of_rows\n    type: integer\n    default: ¦"ten"', '  - name: dry\n    type: boolean\n    default: ¦maybe', '  - name: since\n    type: duration\n    default: ¦soon', '  - name: ratio\n    type: number\n    default: ¦"1,5"', '  - name: limit_of_rows\n    type: integer\n    default: ¦2.5']),
  declares('a default does not fit its pattern', 'parameter.declaration', ['  - name: zone\n    pattern: "^[a-z]+$"\n    default: ¦"42"', '  - name: ticket\n    pattern: "^INC[0-9]+$"\n    default: ¦CHG1']),
  declares('a pattern is none', 'parameter.declaration', ['  - name: zone\n    pattern: ¦"["', '  - name: zone\n    pattern: ¦"(a|b"']),
  declares('a secret has another name', 'parameter.not-secret', ['  - name: ¦db_password', '  - name: ¦client_secret', '  - name: ¦apiToken', '  - name: ¦passphrase', '  - name: ¦private_key', '  - name: ¦access_key']),
  declares('a key of a parameter is misspelt', 'guide.unknown-key', ['  - name: zone\n    ¦defualt: a', '  - name: zone\n    ¦desciption: The zone of the alert', '  - name: zone\n    ¦patern: "^a"', '  - name: zone\n    ¦secert: true']),
  swap('a parameter is declared again', 'parameter.duplicate', [['  - name: max_wait\n', '  - name: ¦database\n  - name: max_wait\n'], ['- `pod`: The name of the pod\n', '- `pod`: The name of the pod\n- ¦`namespace`: Where the pod is\n']]),
  custom('a parameter is asked for too late', 'parameter.late', (text, random) => {
    const fences = places(text).filter(({ at }) => /^```(?:bash|sh|shell|sql)/.test(text.slice(at)));
    const last = fences.at(-1);
    const first = fences[0];
    if (!first || !last || first === last || !declared.test(text)) return null;
    const asked = `${text.slice(0, last.at)}Retrieve the following parameters:\n\n${last.indent}- \`ticket\`: Number of the ticket\n\n${last.indent}${text.slice(last.at)}`;
    return placed(asked, first.at, 0, `${pick([`\`\`\`bash\n${first.indent}¦logger "seen in {ticket}"`, `\`\`\`bash\n${first.indent}¦grep -c {ticket} notes.txt`], random) ?? ''}\n${first.indent}\`\`\`\n\n${first.indent}`);
  }),
  put('a variable hides a parameter', 'parameter.shadowed', block('bash', ['¦database=orders\necho "$database"', '¦export database=orders\necho "$database"', 'for host in a b; do echo "$host"; done\n¦readonly database="orders"\necho "$database"']), (_, text) => text.includes('name: database')),
  put('a variable hides a parameter in PowerShell', 'parameter.shadowed', block('powershell', ['¦$database = "orders"\nGet-Item $database', '¦$Database = "orders"\nGet-Item $Database']), (_, text) => text.includes('name: database')),
  put('a placeholder is nearly a parameter', 'parameter.undefined', [...block('bash', ['grep -c {databse} app.log', 'echo "{datbase}"']), ...block('sql', ["SELECT n FROM t WHERE d = '{database_name}' LIMIT 5"]), ], (_, text) => text.includes('name: database')),
  custom('a parameter is declared for nothing', 'parameter.unused', (text, random) => {
    const head = declared.exec(text);
    return head && placed(text, head.index + head[0].length, 0, `${pick(['  - name: ¦time_window\n', '  - name: ¦threshold\n    type: integer\n    default: 5\n', '  - name: ¦region_of_alert\n    description: Where it is\n'], random) ?? ''}`);
  }),
  swap('a guard is of another language', 'guard.invalid', [['(`exitCode != 0`)', '(`¦exitCode !== 0`)'], ['(`exitCode != 0`)', '(`¦exitCode <> 0`)'], ['(`exitCode == 0`)', '(`¦exitCode = 0`)'], ['(`rowCount > 0`)', '(`¦rows.length > 0`)'], ['(`rowCount > 0`)', '(`¦rowCount > 0 and rowCount < 5`)'], ['(`rowCount == 0`)', '(`¦rowCount is 0`)'], ['(`status >= 500`)', '(`¦status_code >= 500`)']]),
  swap('a guard compares what cannot be', 'guard.invalid', [['(`exitCode != 0`)', '(`¦exitCode == "1"`)'], ['(`rowCount > 0`)', '(`¦rowCount > "0"`)'], ['(`status >= 500`)', '(`¦status >= `)'], ['(`exitCode == 0`)', '(`¦params.nothing == 0`)']]),
  put('a result is named before it is there', 'result.not-yet', ['¦Have the result of Step 4 at hand.', '¦Compare it with the output of Step 4.', '¦Use the numbers that the query of Step 4 gives.'], (step, text) => /^\n## Step 1\b/.test(step) && /^## Step 4\b/m.test(text)),
  swap('a second result has the name of the first', 'result.duplicate-name', [['2. See what the head of the chain does.\n\n   ```sql dialect=tsql', '2. See what the head of the chain does.\n\n   ¦```sql dialect=tsql as=blocked']]),
  put('a column is misspelt in words', 'result.unknown-column', ['```sql\nSELECT host, error_rate, latency_ms FROM hosts LIMIT 10\n```\n\n¦Read the column `eror_rate`.', '```sql\nSELECT host, error_rate, latency_ms FROM hosts LIMIT 10\n```\n\n¦Sort the rows by `latency_sm`.']),
  put('a column is called one that the query does not give', 'result.unknown-column', ['```sql\nSELECT host, error_rate, latency_ms FROM hosts LIMIT 10\n```\n\n¦The `hosts_name` column tells which one it is.', '```sql\nSELECT host, error_rate, latency_ms FROM hosts LIMIT 10\n```\n\n¦Sort by the column `age`.'], noCode),
  put('a status is misspelt in other words', 'result.unknown-value', ["CRITCAL", "CRITICALL", "CIRTICAL"].flatMap((word) => [`\`\`\`sql\nSELECT host, CASE WHEN errors > 10 THEN 'CRITICAL' ELSE 'HEALTHY' END AS health FROM hosts LIMIT 10\n\`\`\`\n\n¦If a host is marked ${word}, tell its owner.`, `\`\`\`sql\nSELECT host, CASE WHEN errors > 10 THEN 'CRITICAL' ELSE 'HEALTHY' END AS health FROM hosts LIMIT 10\n\`\`\`\n\n¦If health is \`${word}\`, tell its owner.`])),
  // Query and command
  put('an attribute of code is not one', 'action.attribute', ['¦```bash time-out=30s\nuptime\n```', '¦```sql retires=2\nSELECT n FROM t LIMIT 5\n```', '¦```bash timeout=soon\nuptime\n```', '¦```bash retries=many\nuptime\n```', '¦```sql dailect=postgres\nSELECT n FROM t LIMIT 5\n```']),
  put('a clause of SQL is not complete', 'sql.syntax', block('sql', ['SELECT id, state FROM orders WHERE (n > 5 LIMIT 5', "SELECT id FROM orders WHERE state = 'open LIMIT 5", 'SELECT id FROM orders WHERE n > 5 AND LIMIT 5', 'SELECT id FROM orders WHERE AND n > 5 LIMIT 5', 'SELECT id FROM orders WHERE n IN (1, 2 LIMIT 5', 'SELECT id FROM orders WHERE n > 5 ORDER BY LIMIT 5', 'SELECT id FROM orders WHERE LIMIT 5'])),
  put('a word of SQL is misspelt', 'sql.syntax', block('sql', ['SELCT id FROM orders LIMIT 5', 'SELECT id FORM orders LIMIT 5', 'SELECT id FROM orders WHER n > 5 LIMIT 5', 'SELECT id FROM orders WHERE n > 5 ODER BY id LIMIT 5', 'SELECT state, COUNT(*) FROM orders WHERE n > 5 GRUOP BY state LIMIT 5'])),
  put('a sign of SQL is one too many', 'sql.syntax', block('sql', ['SELECT id,, state FROM orders LIMIT 5', 'SELECT id FROM orders WHERE n > 5) LIMIT 5', 'SELECT id FROM orders WHERE n > > 5 LIMIT 5', 'SELECT id FROM orders WHERE n > 5 AND AND m > 5 LIMIT 5'])),
  put('a CASE of SQL is not complete', 'sql.syntax', block('sql', ["SELECT CASE WHEN n > 5 THEN 'A' ELSE 'B' AS kind FROM orders LIMIT 5", "SELECT CASE WHEN n > 5 'A' ELSE 'B' END AS kind FROM orders LIMIT 5", "SELECT CASE n > 5 THEN 'A' END AS kind FROM orders LIMIT 5"])),
  put('every row is changed, in other forms', 'sql.no-where', block('sql', ['DELETE FROM sessions', 'delete from sessions;', "UPDATE orders o SET o.state = 'closed'", 'SELECT 1;\n¦DELETE FROM sessions;', "UPDATE orders SET state = 'x' -- WHERE id = 5"])),
  put('a command of a shell is not complete', 'shell.syntax', block('bash', ["grep 'refused app.log", 'kubectl get pods |', 'if true; then\n  echo up', 'for host in a b; do\n  ping -c 1 "$host"', 'echo $(hostname', 'systemctl is-active web &&', 'echo `hostname', 'cat <<EOF\nhello']), (step) => !/```[^]*EOF/.test(step)),
  put('a bracket of a shell is one too many', 'shell.syntax', block('bash', ['echo $(hostname))', 'if [ -f a ]; then echo a; fi; fi', 'done', '(cd /srv; ls))'])),
  put('a part of PowerShell is not closed', 'powershell.syntax', block('powershell', ['Get-Process | Where-Object { $_.CPU -gt 100', 'Write-Output "done', 'if ($x -eq 1) { Write-Output 1 }}', 'Get-ChildItem | ForEach-Object { ($_.Name }', '<# a remark\nGet-Process', "$text = @'\nhello", 'Get-Service |'])),
  put('PromQL is not complete', 'promql.syntax', block('promql', ['sum by (job) (rate(errors_total[5m])', 'errors_total{job="web"', 'errors_total > > 3', 'rate(errors_total{job=web}[5m])', 'sum(rate(errors_total[5m]) by job', 'errors_total{job="web} > 3'])),
  put('PromQL is refused', 'promql.syntax', block('promql', ['increse(errors_total[5m])', 'avg_over_time(up)', 'irate(errors_total)', 'histogram_quantile(rate(latency_bucket[5m]))', 'max(up[5m])', 'rate(sum(errors_total))'])),
  put('LogQL is not complete', 'promql.syntax', block('logql', ['{job="web"} |= error', '{job="web"', 'sum(count_over_time({job="web"}[5m])', '{job="web"} |', 'rate({job="web"})'])),
  put('a part of Kusto is missing, in other forms', 'kusto.syntax', block('kusto', ['Logs | where Level == "Error" |', 'Logs | summarize count() by', 'Logs | where (Level == "Error" | take 5', 'Logs | where Level == "Error | take 5', 'Logs | projct Level | take 5', 'Logs | where Level = "Error" | take 5', 'Logs\n¦where Level == "Error"\n| take 5', 'Logs | extend Day = | take 5', 'Logs | order Time desc | take 5'])),
  put('a request is none', 'http.syntax', block('http', ['PSOT https://shop.example/api', 'GET https:/shop.example/api', 'GET https://shop.example/api\n¦Accept application/json', 'GEThttps://shop.example/api'])),
  put('JSON has a fault', 'json.syntax', block('json', ['{ "a": 1, }', "{ 'a': 1 }", '{ a: 1 }', '{ "a": True }', '{ "a" 1 }', '{ "a": [1, 2 }', '{ “a”: 1 }', '{\n¦  "a": 1\n  "b": 2\n}'])),
  put('YAML has a fault', 'yaml.syntax', block('yaml', ['a: "b', 'a: [1, 2', 'a: b: c', 'a:\n¦\tb: 1', '- a\n¦b: c', 'a: 1\n¦a: 2', 'a: @b', 'a: { b: 1'])),
  put('a value of one incident is left in SQL', 'query.hard-coded', block('sql', ["SELECT n FROM orders WHERE created BETWEEN '2025-11-03' AND '2025-11-04' LIMIT 5", "SELECT n FROM sessions WHERE client = '10.2.33.41' LIMIT 5", "SELECT n FROM orders WHERE id = '3f2504e0-4f89-11d3-9a0c-0305e82c3301' LIMIT 5"])),
  put('a value of one incident is left in a query', 'query.hard-coded', [...block('kusto', ['Logs | where TimeGenerated > datetime(2025-11-03 10:00) | take 5', 'Logs | where OperationId == "3f2504e0-4f89-11d3-9a0c-0305e82c3301" | take 5']), ...block('promql', ['up{instance="10.2.33.41:9100"}']), ...block('logql', ['{pod="web-7d9f8b6c5d-x2x9k"} |= "error"'])]),
  put('a value of one incident is left in a command', 'query.hard-coded', [...block('bash', ['kubectl logs web-7d9f8b6c5d-x2x9k', 'ssh 10.2.33.41 uptime', 'journalctl --since "2025-11-03 10:00:00"', 'aws ec2 describe-instances --instance-ids i-0abc1234def567890', 'kubectl logs deploy/web --since-time=2025-11-03T10:00:00Z']), ...block('powershell', ['Get-WinEvent -FilterHashtable @{ LogName = "System"; StartTime = "2025-11-03 10:00" }'])]),
  put('a value becomes code', 'query.spliced-value', [...block('sql', ['SELECT n FROM {table} WHERE n > 5 LIMIT 5', 'SELECT n FROM orders WHERE n > 5 ORDER BY {column} LIMIT 5', 'SELECT {column} FROM orders WHERE n > 5 LIMIT 5']), ...block('bash', ['bash -c "echo {name}"', 'ssh web "grep {name} app.log"', "python3 -c 'print(\"{name}\")'"])], (_, text) => !declared.test(text) && !/parameters/.test(text)),
  put('a query has no bounds, in other forms', 'query.unbounded', [...block('sql', ['SELECT * FROM orders', 'select o.id, i.name\nfrom orders o join items i on i.id = o.item', 'SELECT id FROM orders ORDER BY id', 'WITH a AS (SELECT id FROM orders)\n¦SELECT id FROM a']), ...block('kusto', ['Logs | where Level == "Error"', 'Logs | project Level, Message']), ...block('mongodb', ['db.orders.find()']), ...block('cypher', ['MATCH (n:Order) RETURN n'])]),
  put('a sentence and its query have other limits', 'threshold.mismatch', ['¦This lists the hosts with an error rate above 5 %.\n\n```sql\nSELECT host FROM hosts WHERE error_rate > 12 LIMIT 5\n```', '¦This finds services with more than 50 errors:\n\n```sql\nSELECT service FROM log WHERE day = 1 GROUP BY service HAVING COUNT(*) > 200 LIMIT 5\n```', '¦It shows sessions that wait longer than 30 seconds.\n\n```sql\nSELECT id FROM sessions WHERE wait_seconds > 90 LIMIT 5\n```', '¦Services whose error rate exceeds 5 % are listed:\n\n```promql\nsum by (service) (rate(errors_total[5m])) / sum by (service) (rate(requests_total[5m])) > 0.2\n```', '¦Find hosts with a cpu usage over 80 %.\n\n```kusto\nPerf | where cpu_usage > 95 | take 5\n```']),
  put('a sentence and the status of its query disagree', 'threshold.mismatch', ["```sql\nSELECT host, CASE WHEN errors > 100 THEN 'CRITICAL' ELSE 'HEALTHY' END AS health FROM hosts LIMIT 10\n```\n\n¦CRITICAL means more than 40 errors.", "```sql\nSELECT host, CASE WHEN errors > 100 THEN 'CRITICAL' ELSE 'HEALTHY' END AS health FROM hosts LIMIT 10\n```\n\n- ¦`CRITICAL`: more than 40 errors\n- `HEALTHY`: anything else", "```sql\nSELECT host, CASE WHEN errors > 100 THEN 'CRITICAL' ELSE 'HEALTHY' END AS health FROM hosts LIMIT 10\n```\n\n| health | meaning |\n|---|---|\n| ¦CRITICAL | > 40 errors |\n| HEALTHY | anything else |"]),
  // Presentation
  put('code has no language, in other forms', 'code.no-language', ['¦```\nkubectl get pods -n shop\n```', '¦~~~\nSELECT id FROM orders LIMIT 5\n~~~', '- Look at the load:\n\n  ¦```\n  uptime\n  ```', '¦````\nGet-Process\n````']),
  atEnd('code is never closed, in other forms', 'code.unclosed', ['¦```bash\nuptime', '¦~~~sql\nSELECT id FROM orders LIMIT 5\n```', '¦````bash\nuptime\n```', '¦```bash\nuptime\n``` That is all.']),
  swap('a heading skips a level, in other forms', 'heading.skipped-level', [['## Triage', '### ¦Triage'], ['### Free the disk', '#### ¦Free the disk'], ['## How badges are made', '#### ¦How badges are made'], ['## Checklist', '### ¦Checklist']]),
  put('an image says nothing, in other forms', 'image.no-text', ['¦![ ](graph.png)', '¦![image](graph.png)', '¦![Screenshot](graph.png)', '¦<img src="graph.png">', '¦![IMG_0123.PNG](IMG_0123.PNG)', '- ¦![](graph.png)\n- Note the peak.', '¦![graph.png](graph.png)', '¦![Screenshot 2025-11-03 at 10.00.00](a.png)']),
  put('a link leads nowhere, in other forms', 'link.broken', ['¦Read [the notes]() first.', '¦Read [the notes](#nothing-of-that-name) first.', '¦Read [the notes][no-such-name] first.', '¦Read [the notes](htp://shop.example) first.', '¦Read [the notes](https:/shop.example/a) first.', '¦Read <a href="#nothing-of-that-name">the notes</a> first.', '| Page | Why |\n|---|---|\n| ¦[Notes](#nothing-of-that-name) | background |', '¦Read [the notes](https://) first.']),
  put('a place is not written yet, in other words', 'text.unfinished', ['¦TBD', '¦FIXME: which dashboard?', '¦XXX add the link', '¦Lorem ipsum dolor sit amet.', '¦(to do)', '- ¦[TODO] add the link\n- Look at the graph.', '¦This section is not written yet.', '¦To be completed.', '¦Look at ???.', '¦_TBA_', '¦Look at the dashboard <fill in the link>.', '¦Add details here.', '¦TODO(bob): say which.']),
  cutOff('a guide is cut off', 'text.unexpected-end'),
  put('a comment silences nothing', 'silence.unknown-code', ['¦<!-- tsg-disable-next-line condition.vauge -->', '¦<!-- tsg-disable step-loop -->', '¦<!-- tsg-disable-line MD013 -->', '¦<!-- tsg-enable step.lop -->']),
  swap('the front matter is no YAML', 'guide.front-matter', [['owner: dba', '¦owner: dba: team'], ['owner: dba', '¦owner: "dba'], ['owner: payments', '¦owner: @payments'], ['owner: payments', 'owner: payments\n¦owner: shop'], ['owner: payments', 'owner: payments\n¦\ttitle: x'], ['title: Blocking sessions', '¦title: [Blocking sessions']]),
  swap('a key of the front matter is misspelt, in other forms', 'guide.unknown-key', [['title: Blocking sessions', '¦titel: Blocking sessions'], ['owner: payments', '¦ownr: payments'], ['verified: 2026-06-01', '¦verifed: 2026-06-01'], ['alerts:\n', '¦alert:\n'], ['parameters:\n  - name: database', '¦paramters:\n  - name: database']]),
  swap('a guide of an alert has no owner', 'guide.unowned', [['---\ntitle: CheckoutErrorBudgetBurn\nowner: payments\n', '¦---\ntitle: CheckoutErrorBudgetBurn\n']]),
  swap('the day of the last check is none', 'guide.not-verified', [['verified: 2026-06-01', '¦verified: last summer'], ['verified: 2026-06-01', '¦verified: 2026-13-40'], ['verified: 2026-06-01', '¦verified: yes']]),
  // Safety
  put('files and devices are destroyed', 'action.destructive', block('bash', ['dd if=/dev/zero of=/dev/sdb bs=1M', 'shred -u /srv/app.db', 'find /var/log -name "*.gz" -delete', 'truncate -s 0 /var/lib/app/data.db', 'sudo rm -r /srv/cache', 'crontab -r', 'mdadm --zero-superblock /dev/sdb']), careless),
  put('containers and clusters are destroyed', 'action.destructive', block('bash', ['docker system prune -af --volumes', 'docker volume rm data', 'helm uninstall shop', 'terraform destroy -auto-approve', 'kubectl delete namespace shop', 'oc delete project shop', 'kubectl -n shop delete pvc --all', 'podman rm -f web', 'docker-compose down -v']), careless),
  put('data of services is destroyed', 'action.destructive', block('bash', ['redis-cli FLUSHALL', 'rabbitmqctl delete_queue orders', 'kafka-topics.sh --bootstrap-server kafka:9092 --delete --topic orders', 'etcdctl del --prefix /shop', 'curl -X DELETE http://search:9200/orders', 'aws s3 rm s3://shop-data --recursive', 'aws rds delete-db-instance --db-instance-identifier shop', 'consul kv delete -recurse shop/', 'psql -c "TRUNCATE orders"']), careless),
  put('data is destroyed in other languages', 'action.destructive', [...block('sql', ['DROP SCHEMA shop CASCADE', 'TRUNCATE TABLE orders', 'ALTER TABLE orders DROP COLUMN state', 'DROP DATABASE shop']), ...block('powershell', ['Get-ChildItem C:\\Logs -Recurse | Remove-Item -Force', 'Format-Volume -DriveLetter D', 'Clear-Disk -Number 1 -RemoveData', 'Remove-Mailbox -Identity bob']), ...block('http', ['DELETE https://search.internal/orders']), ...block('mongodb', ['db.dropDatabase()']), ...block('kusto', ['.drop table Logs']), ...block('cmd', ['rd /s /q C:\\data'])], careless),
  put('a command that destroys stands in words', 'action.destructive', ['¦Remove the old data with `rm -rf /srv/data`.', '- ¦Delete the claim: `kubectl delete pvc data-0`\n- Wait for 1 minute.', '¦Run `docker volume rm data` afterwards.', '1. ¦Execute `DROP TABLE old_orders;`.\n2. Tell the owner.'], careless),
  put('rights are widened', 'action.privilege', block('bash', ['usermod -aG sudo bob', 'chmod -R 0777 /srv/shop', 'chmod a+rwx /srv/shop', 'aws iam attach-user-policy --user-name bob --policy-arn arn:aws:iam::aws:policy/AdministratorAccess', 'gcloud projects add-iam-policy-binding shop --member user:bob@shop.example --role roles/owner', 'az role assignment create --assignee bob --role Owner --scope /', 'oc adm policy add-cluster-role-to-user cluster-admin bob', 'kubectl create clusterrolebinding bob --clusterrole=cluster-admin --user=bob'])),
  put('rights are widened in other languages', 'action.privilege', [...block('sql', ['GRANT ALL PRIVILEGES ON shop.* TO bob', 'ALTER USER bob WITH SUPERUSER', "EXEC sp_addrolemember 'db_owner', 'bob'"]), ...block('powershell', ['Add-LocalGroupMember -Group Administrators -Member bob', "Add-ADGroupMember -Identity 'Domain Admins' -Members bob", 'icacls C:\\data /grant Everyone:F'])]),
  put('a change stands in the diagnosis', 'action.write-in-diagnosis', ['```bash\n¦kubectl rollout restart deployment/web\n```', '```bash\n¦systemctl restart kubelet\n```', '```bash\n¦kubectl scale deployment/web --replicas=0\n```', "```sql\n¦UPDATE jobs SET state = 'new' WHERE id = 5\n```"], looks),
  swap('a heading only looks', 'action.write-in-diagnosis', [['## Step 3: Start it again\n\n> Needs approval by the owner of the server.\n> Undo: `Stop-Service -Name BackupAgent`.\n\n```powershell\n', '## Step 3: Investigate the agent\n\n> Needs approval by the owner of the server.\n> Undo: `Stop-Service -Name BackupAgent`.\n\n```powershell\n¦']]),
  put('a change has no approval while others have', 'action.no-approval', [...block('bash', ['systemctl restart nginx', 'kubectl scale deployment/web --replicas=3', 'kubectl rollout restart deployment/web']), ...block('powershell', ['Restart-Service -Name Spooler']), ...block('sql', ["UPDATE jobs SET state = 'new' WHERE id = 5"])], (step, text) => cautious(step, text) && !/Diagnosis|Check|Look/.test(step)),
  swap('a way back is missing', 'action.no-undo', [[' Undo: pull the images again, which the kubelet does by itself.\n\n```sh\n', '\n\n```sh\n¦'], [' To undo it, run `kubectl uncordon "$NODE"`.\n\n```sh\n', '\n\n```sh\n¦'], ['\n> Undo: `Stop-Service -Name BackupAgent`.\n\n```powershell\n', '\n\n```powershell\n¦'], [' Undo: nothing is needed, the application connects again.\n\n   ```sql dialect=tsql\n', '\n\n   ```sql dialect=tsql\n¦']]),
  swap('a way back is of something else', 'action.no-undo', [['Undo: pull the images again, which the kubelet does by itself.', '¦Undo: restore the invoices from the archive.'], ['Undo: nothing is needed, the application connects again.', '¦Undo: deploy the last release of the shop.']]),
  put('a secret has a known form', 'secret.in-text', ['¦Use the key AKIAQ3EGRTPLM7XZ2VKD for it.', '¦The token is xoxb-2913847561-8374650192-kQ8vN2mXr5Tz7Lw1Yb4Pd6Hs.', '¦glpat-kQ8vN2mXr5Tz7Lw1Yb4P is the token of the job.', '¦-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEAu1kQ8vN2mXr5Tz7Lw1Yb4Pd6HsJ2rXkQ8vN2mXr5Tz7Lw1Yb\n-----END RSA PRIVATE KEY-----', '| System | Key |\n|---|---|\n| ¦Mail | AKIAQ3EGRTPLM7XZ2VKD |', '¦Send it with eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U.']),
  put('a password is told or handed over', 'secret.in-text', ['¦Log in with the password `Kx72mQpa91!`.', '¦The password of the reader is: Kx72mQpa91!', ...block('bash', ['psql postgres://reader:Kx72mQpa91@db.internal/shop', 'PGPASSWORD=Kx72mQpa91 psql -h db', 'export DB_PASSWORD=Kx72mQpa91', 'redis-cli -a Kx72mQpa91z ping', 'curl -H "X-Api-Key: 8f3c1d9e7b2a4c6d8e0f1a2b" https://shop.internal', 'mysql --password=Kx72mQpa91 shop']), ...block('yaml', ['password: Kx72mQpa91']), ...block('powershell', ["$password = 'Kx72mQpa91!'", 'Connect-Db -User sa -Password "Kx72mQpa91!"'])]),
  swap('a file of settings holds a secret', 'secret.in-text', [['"subject": "Test"', '"password": "¦Kx72mQpa91"'], ['subnet: branch', 'subnet: branch\n¦secret: Kx72mQpa91zz']]),
]; // prettier-ignore
