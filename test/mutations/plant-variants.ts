// A second set of defects, made before the checks were looked at: other ways to make the mistakes of plant-defects.ts, and mistakes
// that it does not have, in guides of any style. It tells what the checks find of defects that nobody had in mind.
import { custom, fenced, lineOf, pick, replace, type Kind } from './plant-defects.ts';

/** Code blocks that a run would perform, with their indentation and the text before them. */
const actionFence = /^([ ]*)```(?:bash|sql|powershell|promql|kusto)\b[^\n]*\n/gm;

/** Puts lines before a code block of a step, indented as it is; `mark` stands on the line of the finding. */
export function beside(name: string, code: Kind['name'] & Parameters<typeof custom>[1], paragraphs: readonly string[], mark: RegExp, where: (before: string) => boolean = () => true): Kind {
  return custom(name, code, (text, random) => {
    const places = [...text.matchAll(actionFence)].filter(({ index }) => where(stepBefore(text, index)));
    const place = pick(places, random);
    const paragraph = pick(paragraphs, random);
    if (!place || paragraph === undefined) return null;
    const indent = place[1] ?? '';
    const added = `${paragraph.split('\n').map((line) => (line === '' ? line : indent + line)).join('\n')}\n\n`;
    return { text: text.slice(0, place.index) + added + text.slice(place.index), at: place.index + added.search(mark) };
  });
}

/** From the last heading or top-level item above the offset to the next. */
function stepBefore(text: string, offset: number): string {
  const from = Math.max(text.lastIndexOf('\n#', offset), ...[...text.slice(0, offset).matchAll(/^\d+\. /gm)].map(({ index }) => index));
  const to = text.slice(offset).search(/^(?:#|\d+\. )/m);
  return text.slice(Math.max(0, from), to < 0 ? text.length : offset + to);
}

const careless = (step: string): boolean => !/Needs approval|Undo:/.test(step);
const later = (number: string): string => number.replace(/\d+$/, (last) => String(Number(last) + 40));
const swap = (word: string): string => word.slice(0, 1) + (word[2] ?? '') + (word[1] ?? '') + word.slice(3);
/** In code of one language, at the place of a match. */
export const inFence = (name: string, code: Parameters<typeof custom>[1], language: string, pattern: RegExp, by: string | ((...groups: string[]) => string)): Kind =>
  custom(name, code, (text, random) => {
    const places = [...text.matchAll(fenced(language))].flatMap((block) => [...block[0].matchAll(pattern)].map((match) => ({ match, at: block.index + match.index })));
    const place = pick(places, random);
    if (!place) return null;
    const [whole, first = ''] = place.match;
    const made = typeof by === 'string' ? by.replace('$1', first) : by(...place.match);
    const changed = text.slice(0, place.at) + made + text.slice(place.at + whole.length);
    let same = 0;
    while (same < made.length && made[same] === whole[same]) same++;
    if (made[same] === '\n') same++; // a line was added
    return whole === made ? null : { text: changed, at: Math.min(place.at + same, changed.length - 1) };
  });

/** Names of declared parameters that code uses, with the place of their declaration. */
function declared(text: string): { name: string; entry: string; at: number }[] {
  const own = [...text.matchAll(/^(?: {2}- name: (\w+)\n(?: {4}[^\n]*\n)*| {2}(\w+): \{[^\n]*\n|- `(\w+)`: [^\n]*\n)/gm)];
  return own.map((match) => ({ name: match[1] ?? match[2] ?? match[3] ?? '', entry: match[0], at: match.index }));
}
const useOf = (name: string): RegExp => new RegExp(String.raw`[{<]${name}[}>]`, 'g');

/** All kinds. A name is a sentence of what is wrong. */
export const variants: readonly Kind[] = [
  // Control flow
  replace('a jump by number leads too far', 'step.unknown-target', /(?<=(?:go to|continue with|proceed to) [Ss]tep )\d+(?:\.\d+)*/g, ([number]) => later(number)),
  replace('a jump by link leads to no heading', 'link.broken', /(?<=go to \[[^\]]+\]\(#)[\w-]+/g, ([anchor]) => `${anchor}-of-old`),
  replace('an item has the number of the one before', 'step.numbering', /^(\d+)(?=\. )/gm, ([number]) => (number === '1' ? null : String(Number(number) - 1))),
  replace('an item is left out', 'step.numbering', /^(\d+)(?=\. )/gm, ([number]) => (number === '1' ? null : String(Number(number) + 3))),
  custom('a heading has the number of another', 'step.duplicate', (text, random) => {
    const headings = [...text.matchAll(/^(#{2,4} (?:Step |Phase )?)(\d+(?:\.\d+)*)(?=[ .:])/gm)];
    const free = headings.filter(({ 2: number = '' }) => text.split(new RegExp(String.raw`[Ss]tep ${number.replace('.', '\\.')}\b`)).length <= 2 && !number.endsWith('1'));
    const place = pick(free, random);
    if (!place) return null;
    const [whole, words = '', number = ''] = place;
    const before = number.replace(/\d+$/, (last) => String(Number(last) - 1));
    return { text: text.slice(0, place.index) + words + before + text.slice(place.index + whole.length), at: place.index };
  }),
  replace('a limit that included its number leaves it out', 'branch.gap', /(\d+)((?: [a-z]+){0,2}) or less/g, ([, limit = '', unit = '']) => `less than ${limit}${unit}`),
  replace('a range begins later', 'branch.gap', /between (\d+) and (\d+)/g, ([, low = '', high = '']) => `between ${String((Number(low) * 3 + Number(high)) / 4)} and ${high}`),
  replace('two exit codes are one', 'branch.overlap', /exitCode == 2/g, () => 'exitCode == 0'),
  replace('a count is compared with another number', 'branch.overlap', /(?<=rowCount > 0`\), [^\n]*\(`rowCount == )0/g, () => '3'),
  replace('an empty result has no condition any more', 'branch.gap', /`rowCount == 0`(?=\), go to step 5\.$)/gm, () => '`rowCount < 0`'),
  replace('a condition excludes itself', 'branch.impossible', /`rowCount == 0`|`exitCode == 0`/g, ([guard]) => `${guard.slice(0, -1)} && ${guard.slice(1, -1).replace('== 0', '> 3')}\``),
  replace('an otherwise is gone', 'branch.gap', /(?<=(?:exitCode == 2`\))[^.\n]*\.) Otherwise, [^.\n]*\./g, () => ''),
  replace('the way back has no condition', 'step.endless-loop', /^If [^.\n]*\. Otherwise, (?:go to|continue with|proceed to) [Ss]tep \d(?:\.\d)?\.(?=\n\n#+ [^\n]*(?:4|5|1\.3))/gm, (_, text) => (text.includes('Step 1.1') ? 'Go back to Step 1.1.' : 'Go back to Step 1.')),
  custom('nothing leads to a step any more', 'step.unreachable', (text, random) => {
    const headings = [...text.matchAll(/^#{2,4} (?:Step )?(\d+(?:\.\d+)*)[ .:]/gm)];
    const last = headings.at(-1)?.[1] ?? '';
    const found = headings.flatMap((heading) => {
      const number = heading[1] ?? '';
      const jumps = [...text.matchAll(new RegExp(String.raw`(?<=(?:go to|continue with|proceed to) [Ss]tep )${number.replace('.', '\\.')}(?=\.[\s])`, 'g'))];
      const [jump] = jumps;
      const before = headings[headings.indexOf(heading) - 1];
      const between = text.slice(before?.index ?? 0, heading.index);
      return jumps.length === 1 && jump && number !== last && /Otherwise|resolves|mitigate|Escalate/.test(between) ? [{ heading, jump }] : [];
    });
    const place = pick(found, random);
    if (!place) return null;
    const { jump, heading } = place;
    const changed = text.slice(0, jump.index) + last + text.slice(jump.index + jump[0].length);
    return { text: changed, at: heading.index + changed.length - text.length };
  }),
  custom('an ending is not told', 'step.no-ending', (text, random) => {
    const place = pick([...text.matchAll(/(?:Verify: [^.\n]*\. )?(?:This|The incident) (?:resolves the incident|mitigates the incident|is mitigated)\.(?=\n)/g)].filter(({ index }) => !/If /.test(stepBefore(text, index)) && !/^#/m.test(text.slice(index))), random);
    if (!place) return null;
    return { text: `${text.slice(0, place.index)}Tell the users.${text.slice(place.index + place[0].length)}`, at: text.lastIndexOf('\n#', place.index) + 1 };
  }),
  replace('a step has the name of another', 'step.same-title', /(?<=^## (?:Step )?\d+[.:]? (?:- )?([^\n]+)\n(?:(?!^#)[^])*^## (?:Step )?\d+[.:]? (?:- )?)[^\n]+/gm, ([, before = ''], text) => (/\(#(?:step-)?\d/.test(text) ? null : before)),
  // Data flow
  custom('a declaration is gone', 'parameter.undefined', (text, random) => {
    const all = declared(text);
    const place = pick(all.length < 2 ? [] : all.filter(({ name }) => useOf(name).test(text)), random);
    if (!place) return null;
    const changed = text.slice(0, place.at) + text.slice(place.at + place.entry.length);
    return { text: changed, at: changed.search(useOf(place.name)) };
  }),
  custom('a declared name is misspelt', 'parameter.undefined', (text, random) => {
    const all = declared(text);
    const place = pick(all.length < 2 ? [] : all.filter(({ name }) => useOf(name).test(text) && name.length > 3), random);
    if (!place) return null;
    const changed = text.slice(0, place.at) + place.entry.replace(place.name, swap(place.name)) + text.slice(place.at + place.entry.length);
    return { text: changed, at: changed.search(useOf(place.name)) };
  }),
  custom('a value is written where the parameter stood', 'parameter.unused', (text, random) => {
    const place = pick(declared(text).filter(({ name }) => useOf(name).test(text) && !/secret/.test(text)), random);
    return place ? { text: text.replace(useOf(place.name), 'orders'), at: place.at } : null;
  }),
  replace('an example does not fit the pattern', 'parameter.declaration', /(?<=pattern: [^\n]*\n {4}examples: \[)[\w-]+/g, () => 'Orders 2'),
  replace('a pattern is not closed', 'parameter.declaration', /(?<=pattern: ")\[a-z\]/g, () => '([a-z]'),
  replace('a number is misspelt in a default', 'parameter.declaration', /(?<=default: )(\d+)/g, ([number]) => `${number}s`),
  replace('a status is misspelt in the guard', 'guard.invalid', /(?<=`rows\.exists\(r, r\.\w+ == ')[A-Z_]+/g, ([word]) => swap(word)),
  replace('the query gives another status', 'result.unknown-value', /(?<=shows "?)[A-Z_]+(?="? \()|(?<=verdict is )[A-Z]+/g, () => 'OVERLOADED'),
  replace('the query names its column otherwise', 'guard.invalid', /(?<=`rows\.exists\(r, r\.)\w+(?= ==)/g, () => 'severity'),
  replace('a number is compared with a word', 'guard.invalid', /(?<=`(?:rowCount|exitCode) [!=]= )\d+/g, () => "'none'"),
  replace('a guard has one sign too few', 'guard.invalid', /(?<=`(?:rowCount|exitCode) )==/g, () => '='),
  replace('a guard reads a result that has no such name', 'result.not-yet', /`(rowCount|exitCode) (?=[!=]= \d`)/g, ([, what = '']) => `\`results.usage_of_old.${what} `),
  // Query and command
  inFence('a word of SQL is misspelt', 'sql.syntax', 'sql', /\b(?:SELECT|FROM|WHERE|GROUP BY|ORDER BY)\b/g, (word) => swap(word ?? '')),
  inFence('a comma is one too many', 'sql.syntax', 'sql', /(?<=\w)(?=\n(?:FROM pg_stat|WHERE))/g, ','),
  inFence('a THEN is missing', 'sql.syntax', 'sql', / THEN(?= ')/g, ''),
  inFence('a quote is missing in SQL', 'sql.syntax', 'sql', /(?<='[\w{} ]+)'/g, ''),
  inFence('a condition ends too early', 'sql.syntax', 'sql', /(?<=\bAND )[^\n]*$/gm, ''),
  inFence('a loop has no done', 'shell.syntax', 'bash', /\ndone/g, ''),
  inFence('a quote has no partner', 'shell.syntax', 'bash', /(?<="[^"\n]*)"(?=[^"]*$)/g, ''),
  inFence('a pipe leads nowhere', 'shell.syntax', 'bash', /(?<=\w)$/g, ' |'),
  inFence('a brace is missing in PowerShell', 'powershell.syntax' as never, 'powershell', /(?<=["\w]) \}/g, ''),
  inFence('a quote is missing in PowerShell', 'powershell.syntax' as never, 'powershell', /(?<="[\w<>]+)"/g, ''),
  inFence('a bracket is missing in Kusto', 'kusto.syntax' as never, 'kusto', /(?<=datetime\('\{since\}'|max\(Length)\)/g, ''),
  inFence('a range is not closed', 'promql.syntax', 'promql', /(?<=\[\d+m)\]/g, ''),
  inFence('two operators follow each other', 'promql.syntax', 'promql', /(?<=\) )>(?= 0)/g, '> >'),
  inFence('a function of PromQL is misspelt', 'promql.syntax', 'promql', /\b(?:rate|histogram_quantile)(?=\()/g, (word) => swap(word ?? '')),
  inFence('a comma is left at the end in JSON', 'json.syntax', 'json', /(?<=true|\]|2)(?=\s*\})/g, ','),
  inFence('a key has no quotes', 'json.syntax', 'json', /"(\w+)"(?=:)/g, '$1'),
  inFence('a line of YAML begins with a tab', 'yaml.syntax', 'yaml', /(?<=\n) {2}(?=\w)/g, '\t'),
  inFence('a key stands twice in YAML', 'yaml.syntax', 'yaml', /^( *)(memory|storage|kind): ([^\n]*)$/gm, (whole) => `${whole ?? ''}\n${whole ?? ''}`),
  inFence('a host stands in a command', 'query.hard-coded', 'bash', /"[\w$-]*\{\w+\}(?:\.example)?"/g, '"10.31.7.44"'),
  inFence('a day stands in a query', 'query.hard-coded', 'sql', /now\(\)(?= - interval)|'\{start_time\}'(?= AND)/g, "'2025-11-03 04:10:00'"),
  inFence('an identifier stands in a query', 'query.hard-coded', 'sql', /'\{(?:replica|region)\}'/g, "'8d1f4c7e-22ab-4f0e-9d53-b7a1c0e95d11'"),
  replace('a timeout is a word', 'action.attribute', /(?<=^```[^\n]*timeout=)\d+m/gm, () => 'long'),
  replace('a name of a result is no name', 'action.attribute', /(?<= as=)(\w+)/g, ([name]) => `${name}!`),
  inFence('rows are sorted by a value', 'query.spliced-value', 'sql', /(?<=ORDER BY )\w+(?= DESC)/g, (_word) => '{region}'),
  // Presentation
  replace('a code block loses its language', 'code.no-language', /(?<=^ *```)(?:bash|sql|json|yaml|powershell|promql|kusto|http)[^\n]*/gm, () => ''),
  replace('an image loses its text', 'image.no-text', /(?<=!\[)[^\]]+/g, () => ''),
  replace('a heading lies too deep', 'heading.skipped-level', /^##(?= [A-Z])(?=[^\n]*\n(?:(?!^#)[^])*(?:^##? |(?![^])))/gm, () => '####'),
  replace('a link of the contents leads nowhere', 'link.broken', /(?<=^- \[[^\]]+\]\(#)[\w-]+|(?<=\]\(#)who-[\w-]+/gm, ([anchor]) => swap(anchor)),
  replace('a quote in the front matter is not closed', 'guide.front-matter', /(?<=^title: )(?=\w)/gm, () => '"'),
  replace('a key of the front matter has a letter too few', 'guide.unknown-key', /^(?:owner|alerts|verified|parameters)(?=:)/gm, ([key]) => key.slice(0, -2) + key.slice(-1)),
  custom('an indented code block is not closed', 'code.unclosed', (text, random) => {
    const block = pick([...text.matchAll(/^ *```\w[^\n]*\n(?:(?!^ *```)[^])*?(^ *```)(?=\n)/gm)], random);
    if (!block) return null;
    const end = block.index + block[0].length - (block[1]?.length ?? 0) - 1;
    return { text: text.slice(0, end) + text.slice(end + 1 + (block[1]?.length ?? 0)), at: block.index };
  }),
  custom('the file ends in the middle of a sentence', 'text.unexpected-end' as never, (text, random) => {
    const places = [...text.matchAll(/\b(?:to|the|of|and|with|in|from|is|a)(?= [a-z`])/g)].filter(({ index }) => index > text.lastIndexOf('\n#') && !inCode(text, index));
    const place = pick(places, random);
    if (!place) return null;
    const cut = text.slice(0, place.index + place[0].length);
    return { text: `${cut}\n`, at: cut.length - 1 };
  }),
  // Clarity
  replace('a number becomes a degree', 'condition.vague', /(?<=If [^.\n]* (?:is|are) )(?:above|greater than|less than) \d+(?: [%\w]+)?(?=, )/g, () => 'unusually high'),
  beside('advice says nothing of how', 'step.passive', ['The health of the cluster should be verified.', 'It must be confirmed that all is well.'], /should|must/),
  beside('the one before is meant, and there is none', 'reference.ambiguous', ['Compare it with the output of the command above.', 'Keep the previous query at hand.'], /command above|previous/, (step) => (step.match(/```/g) ?? []).length === 2),
  beside('an abbreviation is not explained', 'abbreviation.undefined' as never, ['Ask the QTR whether it is at work.', 'Have the numbers of the ZLB at hand.'], /QTR|ZLB/),
  replace('a title says nothing', 'step.title', /(?<=^#{2,4} Step \d+(?:\.\d+)*(?: -|:) )[^\n]+/gm, () => 'Investigate further'),
  beside('a place is still open', 'text.unfinished', ['TBD', 'FIXME: which dashboard?', '**TODO** describe this.'], /TBD|FIXME|TODO/),
  custom('code is announced and does not come', 'reference.missing', (text, random) => {
    const place = pick([...text.matchAll(/(?<=[.)]\n)\n(?=#+ )/g)], random);
    const words = pick(['Run the script below:', 'Use the following command:', 'Then run the following query.'], random) ?? '';
    return place ? { text: `${text.slice(0, place.index)}\n${words}\n${text.slice(place.index)}`, at: place.index + 2 } : null;
  }),
  // Safety
  beside('a command destroys what nobody brings back', 'action.destructive', ['kubectl delete namespace shop', 'rm -rf /srv/data', 'terraform destroy -auto-approve', 'redis-cli -h cache FLUSHALL', 'aws s3 rm s3://shop-backups --recursive', 'docker volume rm orders', 'dropdb orders'].map((line) => `\`\`\`bash\n${line}\n\`\`\``), /(?<=bash\n *)\w/, careless),
  beside('a statement destroys', 'action.destructive', ['DROP TABLE orders', 'TRUNCATE TABLE orders', 'DROP DATABASE shop'].map((line) => `\`\`\`sql\n${line}\n\`\`\``), /(?<=sql\n *)\w/, careless),
  beside('a cmdlet destroys', 'action.destructive', ['Remove-Item -Recurse -Force C:\\data', 'Remove-VM -Name orders', 'Clear-Disk -Number 2 -RemoveData'].map((line) => `\`\`\`powershell\n${line}\n\`\`\``), /(?<=powershell\n *)\w/, careless),
  replace('an approval is not asked for any more', 'action.no-approval' as never, /Needs approval\. (Undo: [^\n]*\n\n```(?:bash|sql)[^\n]*\n)(?=kubectl|UPDATE)/g, ([, rest = '']) => rest, 3),
  replace('the way back is not told any more', 'action.no-undo', /Needs approval\. Undo: [^\n]*(?=\n\n```(?:bash|sql)[^\n]*\n(?:kubectl|UPDATE))/g, () => 'Needs approval.', 3),
  replace('the way back is that of another step', 'action.no-undo', /(?<=Needs approval\. )Undo: [^.\n]*\.(?=\n\n```(?:bash|sql)[^\n]*\n(?:kubectl|UPDATE))/g, () => 'Undo: open the valve of the boiler again.'),
  beside('all rights are given', 'action.privilege', ['kubectl create clusterrolebinding ops --clusterrole=cluster-admin --user=ops', 'chmod -R 777 /srv', 'usermod -aG sudo ops', 'setenforce 0', 'az role assignment create --role Owner --assignee ops'].map((line) => `\`\`\`bash\n${line}\n\`\`\``), /(?<=bash\n *)\w/),
  beside('a statement gives all rights', 'action.privilege', ['GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA public TO ops', 'ALTER ROLE ops SUPERUSER'].map((line) => `\`\`\`sql\n${line}\n\`\`\``), /(?<=sql\n *)\w/),
  beside('a secret is written down', 'secret.in-text', ['Use `AKIAQ3EGRZ7TLP5WNB2D` for it.', 'Connect to postgres://admin:Kx72mQpa91@db.shop.internal/orders.', 'The password is `password: Tr0ub4d0ur-99x`.', 'Send `Authorization: Bearer eyJhbGciOiJIUzI1NiJ9QQ.eyJzdWIiOiIxMjM0NTYifQQQ.abcDEFghiJKLmnoPQRstu12`.'], /AKIA|postgres:|password:|eyJ/),
  beside('something is changed where readers expect to look', 'action.write-in-diagnosis', ['kubectl rollout restart deployment/orders', 'systemctl restart orders', 'kubectl scale deployment/orders --replicas=0'].map((line) => `\`\`\`bash\n${line}\n\`\`\``), /(?<=bash\n *)\w/, (step) => /^\s*#+ (?:Step [\d.]+[ :-]*|\d+\. )?(?:Diagnos|Check|Look at|Measure|Read the)/.test(step)),
]; // prettier-ignore

function inCode(text: string, at: number): boolean {
  return (text.slice(0, at).match(/```|<\/?PLUGIN/g) ?? []).length % 2 === 1 || lineOf(text, at) < 12;
}
