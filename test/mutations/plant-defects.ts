// Plants one defect of a known kind into a guide that checks clean. Each kind says where such a defect can stand and what it
// looks like; which of the places is taken, a seed decides. A kind finds its places by the form of the text, never by a guide's
// own words.
import type { DiagnosticCode } from '../../src/diagnostics/index.ts';

/** A guide with its defect: the code that should tell of it, and the 1-based line where it should. */
export interface Planted {
  readonly text: string;
  readonly code: DiagnosticCode;
  readonly line: number;
}

/** One kind of defect; `plant` gives null where the guide has no place for it. */
export interface Kind {
  readonly name: string;
  readonly plant: (text: string, random: () => number) => Planted | null;
}

/** A row of numbers from 0 to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Change = (match: RegExpMatchArray, text: string) => string | null;

/** Replaces one match. The finding is expected where the first changed character stands, `below` lines further. */
export function replace(name: string, code: DiagnosticCode, pattern: RegExp, change: Change, below = 0): Kind {
  return {
    name,
    plant: (text, random) => {
      const places = [...text.matchAll(pattern)].flatMap((match) => {
        const made = change(match, text);
        return made === null || made === match[0] ? [] : [{ at: match.index ?? 0, length: match[0].length, made, old: match[0] }];
      });
      const place = places[Math.floor(random() * places.length)];
      if (!place) return null;
      const { at, length, made, old } = place;
      let same = 0;
      while (same < made.length && made[same] === old[same]) same++;
      const changed = text.slice(0, at) + made + text.slice(at + length);
      return { text: changed, code, line: lineOf(changed, at + same) + below };
    },
  };
}

/** Puts a paragraph at the beginning of one step's words; the finding is expected on the line of `mark` in it. */
export function insert(name: string, code: DiagnosticCode, paragraph: string, mark: string): Kind {
  return {
    name,
    plant: (text, random) => {
      const places = [...text.matchAll(/^## Step \d+ - [^\n]*\n\n/gm)];
      const place = places[Math.floor(random() * places.length)];
      if (!place) return null;
      const at = (place.index ?? 0) + place[0].length;
      const changed = `${text.slice(0, at)}${paragraph}\n\n${text.slice(at)}`;
      return { text: changed, code, line: lineOf(changed, at + paragraph.indexOf(mark)) };
    },
  };
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

export const fenced = (language: string): RegExp => new RegExp(String.raw`(?<=^\x60\x60\x60${language}\b[^\n]*\n)(?:(?!\x60\x60\x60)[^])*?(?=\n\x60\x60\x60)`, 'gm');
export const inCode =
  (pattern: RegExp, by: string): Change =>
  ([code]) =>
    pattern.test(code) ? code.replace(pattern, by) : null;

/** The defect of another kind: `make` gives the changed text and the offset in it where the finding is expected. */
export function custom(name: string, code: DiagnosticCode, make: (text: string, random: () => number) => { text: string; at: number } | null): Kind {
  return {
    name,
    plant: (text, random) => {
      const made = make(text, random);
      return made && { text: made.text, code, line: lineOf(made.text, made.at) };
    },
  };
}

export function pick<T>(list: readonly T[], random: () => number): T | undefined {
  return list[Math.floor(random() * list.length)];
}

/** All kinds. A name is a sentence of what is wrong. */
export const kinds: readonly Kind[] = [
  // Control flow
  replace('a jump leads to no step', 'step.unknown-target', /\bgo to Step \d+/g, () => 'go to Step 97'),
  custom('a step number is left out', 'step.numbering', (text) => {
    const numbers = [...text.matchAll(/^## Step (\d+) - /gm)].map((match) => match[1] ?? '');
    const number = numbers.at(-1) ?? '1';
    if (numbers.length < 3) return null;
    const changed = text.replace(new RegExp(String.raw`\b([Ss]tep[ -]?)${number}\b`, 'g'), `$1${String(Number(number) + 1)}`);
    return { text: changed, at: changed.lastIndexOf('## Step ') };
  }),
  custom('two steps have one number', 'step.duplicate', (text, random) => {
    const number = pick([...text.matchAll(/^## Step (\d+) - /gm)], random)?.[1];
    if (number === undefined) return null;
    const last = [...text.matchAll(/^## Step \d+ - /gm)].at(-1)?.index ?? 0;
    const end = text.indexOf('\n# ', last) < 0 ? text.length : text.indexOf('\n# ', last) + 1;
    const added = `## Step ${number} - Tell the users\n\nTell the users. This ends the guide.\n\n`;
    return { text: `${text.slice(0, end)}${end === text.length ? '\n' : ''}${added}${text.slice(end)}`, at: end + 1 };
  }),
  replace('the limits of two conditions leave a value out', 'branch.gap', /is (\d+) or less/g, ([, limit = '']) => `is below ${limit}`),
  replace('the limits of two conditions overlap', 'branch.overlap', /is (\d+) or less/g, ([, limit = '']) => `is ${String(Number(limit) * 2)} or less`),
  replace('a range overlaps its neighbour', 'branch.overlap', /between (\d+) and \d+(?= %)/g, ([, low = '']) => `between ${low} and 97`),
  replace('nothing is left over for the otherwise', 'branch.dead-otherwise', /(If the [\w ]+ is above (\d+), [^.]*\. If the [\w ]+ is \2 or less, [^.]*\.)/g, ([all]) => `${all} Otherwise, escalate to the owners.`),
  replace('a guard contradicts itself', 'branch.impossible', /`(exitCode|status) (?:[=!><]=?) (\d+)`/g, ([, name = '']) => `\`${name} > 500 && ${name} < 400\``),
  replace('a loop has no end', 'step.endless-loop', /If the command succeeds[^,]*, (go back to Step 1), up to 2 times\. Otherwise, go to Step 4\./g, () => 'Go back to Step 1.'),
  replace('a step is jumped over', 'step.unreachable', /Otherwise, go to Step (\d+)\.(?=\n\n## Step \1 - )/g, ([, number = ''], text) => {
    const next = String(Number(number) + 1);
    const others = text.split(new RegExp(String.raw`go to Step ${number}\b`)).length - 1;
    return others === 1 && text.includes(`## Step ${next} `) ? `Otherwise, go to Step ${next}.` : null;
  }, 2),
  replace('the otherwise is missing', 'branch.gap', /(?<=`status[^`]*`[^.]*\.) Otherwise, (?!if)[^.]*\./g, () => '', 0),
  replace('conditions say nothing of the rest', 'branch.no-otherwise', /If the [\w ]+ is above (\d+), (go to Step \d+)\. If the [\w ]+ is \1 or less, (go to Step \d+)\./g, ([, , one = '', other = '']) => `If it grows, ${one}. If it stands still, ${other}.`),
  custom('a step says nothing', 'step.empty', (text, random) => {
    const step = pick([...text.matchAll(/^(## Step \d+ - [^\n]*\n)\n(?!(?:(?!^#{1,2} )[^])*(?:^If |^```|^<PLUGIN))(?:(?!^#{1,2} )[^])+/gm)], random);
    if (!step) return null;
    const { index } = step;
    return { text: `${text.slice(0, index)}${step[1] ?? ''}\n${text.slice(index + step[0].length)}`, at: index };
  }),
  // Data flow
  replace('a placeholder is misspelt', 'parameter.undefined', /\{(\w{4,})\}/g, ([, name = ''], text) => !/^parameters:|^- `/m.test(text) ? null : `{${name.slice(0, -2)}${name.at(-1) ?? ''}${name.at(-2) ?? ''}}`),
  replace('a parameter is never used', 'parameter.unused', /^parameters:\n/gm, ([all], text) => (/^parameters:\n {2}- name/m.test(text) ? `${all}  - name: max_age\n` : `${all}  max_age: { type: integer }\n`)),
  replace('a parameter is declared twice', 'parameter.duplicate', /^ {2}- name: (\w+)\n(?: {4}[^\n]*\n)*/gm, ([all, name = '']) => (/secret/.test(all) ? null : `${all}  - name: ${name}\n    type: string\n`)),
  replace('a type is misspelt', 'parameter.declaration', /(?<=type: )(?:integer|timestamp|string)\b/g, ([type]) => `${type.slice(0, 3)}x${type.slice(4)}`),
  replace('a default does not fit its type', 'parameter.declaration', /type: integer\n {4}default: \d+/g, () => 'type: integer\n    default: many'),
  replace('a secret is not declared so', 'parameter.not-secret', /(- name: \w*token\w*)\n {4}secret: true/g, ([, name = '']) => name),
  replace('a guard names a column that the query does not give', 'guard.invalid', /(?<=`rows\.exists\(r, r\.)\w+/g, ([column]) => `${column}_pct`),
  replace('a guard is not closed', 'guard.invalid', /(?<=`rows\.exists\([^`]*)\)`/g, () => '`'),
  replace('a status is misspelt in the text', 'result.unknown-value', /(?<=shows )[A-Z]+_[A-Z]+/g, ([word]) => word.slice(0, 3) + word.slice(4)),
  replace('the text tells another limit than the query', 'threshold.mismatch', /(?<=\((?:>|more than ))\d+/g, ([limit]) => String(Number(limit) * 2 + 1)),
  custom('the query has another limit than the text', 'threshold.mismatch', (text) => {
    const found = /(?<=WHEN \w+ > )\d+(?=[^']*'(HIGH_ERRORS|CRITICAL_LATENCY)')/.exec(text);
    if (!found) return null;
    const changed = `${text.slice(0, found.index)}${String(Number(found[0]) * 3)}${text.slice(found.index + found[0].length)}`;
    return { text: changed, at: changed.indexOf(`shows ${found[1] ?? ''}`) };
  }),
  replace('a guard reads a step that has not run', 'result.not-yet', /\(`status >= 500`\)|\(`exitCode != 0`\)/g, (_, text) => (text.includes('## Step 6 - ') ? '(`steps.Step6.rowCount > 0`)' : '(`steps.Step4.rowCount > 0`)')),
  replace('words read a step that has not run', 'result.not-yet', /(?<=^## Step 1 - [^\n]*\n\n)/gm, (_, text) => (text.includes('## Step 4 - ') ? 'Have the result of Step 4 at hand.\n\n' : null)),
  custom('two results have one name', 'result.duplicate-name', (text, random) => {
    const first = / as=(\w+)/.exec(text);
    const place = first && pick([...text.matchAll(/^```(?:sql|http|bash)$/gm)].filter(({ index }) => index > first.index), random);
    if (!first || !place) return null;
    const at = place.index + place[0].length;
    return { text: `${text.slice(0, at)}${first[0]}${text.slice(at)}`, at };
  }),
  // Clarity
  replace('a limit is told as a degree', 'condition.vague', /(?<=If the [\w ]+ is )above \d+ %(?=, go to Step \d+\. Otherwise|, escalate)/g, () => 'high'),
  replace('the announced code is missing', 'reference.missing', /(following (?:query|command):\n\n)```[^]*?\n```\n\n(?=If)/g, ([, words = '']) => words.replace('query', 'script'), 0),
  insert('something above is meant, nobody knows what', 'reference.ambiguous', 'Have the output of the query mentioned above at hand.', 'mentioned'),
  insert('a place is not written yet', 'text.unfinished', 'TODO: say which dashboard.', 'TODO'),
  insert('a step is mentioned that is not there', 'step.unknown-mention', 'The reason is told in step 42.', 'step 42'),
  replace('advice does not say how', 'step.passive', /(?<=^## Step \d+ - [^\n]*\n\n)(?=(?:(?!^## |^```|^<PLUGIN)[^])*(?:^## |(?![^])))/gm, () => 'The logs of the day should be checked.\n\n'),
  replace('a title would fit any step', 'step.title', /^(## Step (\d+) - )[^\n]+/gm, ([, words = '', number = ''], text) => (text.includes(`#step-${number}-`) ? null : `${words}Miscellaneous`)),
  // Query and command
  replace('a bracket is missing in SQL', 'sql.syntax', fenced('sql'), inCode(/\((?=\*|SELECT)/, ' ')),
  replace('the END of a CASE is missing', 'sql.syntax', fenced('sql'), inCode(/(?<=CASE [^\n]*) END(?= AS )/, '')),
  replace('a quote is missing in a command', 'shell.syntax', fenced('bash'), inCode(/"(?=[^"]*$)/, '')),
  replace('a bracket is missing in PromQL', 'promql.syntax', fenced('promql'), inCode(/\)$/, '')),
  replace('a comma is missing in JSON', 'json.syntax', fenced('json'), inCode(/, /, ' ')),
  replace('a bracket is missing in YAML', 'yaml.syntax', fenced('yaml'), inCode(/\](?=[^\]]*$)/, '')),
  replace('a method is misspelt', 'http.syntax', /^(?:GET|POST)(?= http)/gm, ([method]) => method.slice(0, -1)),
  replace('a fixed time takes the place of a parameter', 'query.hard-coded', /(?<=> )'\{start_time\}'/g, ([all], text) => (text.split(all).length > 2 ? "'2024-05-01 10:00:00'" : null)),
  replace('a value becomes the name of a table', 'query.spliced-value', /(?<=\bFROM )[a-z_]+(?= WHERE)/g, () => '{region}'),
  replace('a setting of a code block is misspelt', 'action.attribute', /(?<=^```[^\n]*)\btimeout(?==\d)/gm, () => 'timeuot'),
  insert('a query has no bounds', 'query.unbounded', '```sql\nSELECT id, state FROM all_orders\n```', 'SELECT'),
  // Presentation
  insert('a link leads nowhere', 'link.broken', 'Read [the notes](#notes-of-the-team) first.', '#notes'),
  insert('an image has no text', 'image.no-text', '![](graph.png)', '!['),
  insert('a code block has no language', 'code.no-language', '```\nuptime\n```', '```'),
  replace('a heading skips a level', 'heading.skipped-level', /^## (?=Step \d+ - )/gm, ([all], text) => (/^# /m.test(text) ? `##${all}` : null)),
  custom('a code block is never closed', 'code.unclosed', (text, random) => {
    const block = pick([...text.matchAll(/^```\w[^\n]*\n(?:(?!^```)[^])*?^```(?=\n)/gm)], random);
    if (!block) return null;
    const end = block.index + block[0].length - 4;
    return { text: text.slice(0, end) + text.slice(end + 4), at: block.index };
  }),
  custom('a plugin block is never closed', 'code.unclosed', (text) => {
    const changed = text.replace(/\n<\/PLUGIN_\d>/, '');
    return changed === text ? null : { text: changed, at: changed.indexOf('<PLUGIN_') };
  }),
  replace('a key of the front matter is misspelt', 'guide.unknown-key', /^owner(?=:)/gm, () => 'onwer'),
  replace('the front matter cannot be read', 'guide.front-matter', /(?<=^owner: )\w+$/gm, ([owner]) => `${owner}: "x`),
  // Safety
  replace(
    'a condition stands in a comment',
    'action.condition-in-code',
    /^(?=kubectl rollout undo )|^(?=UPDATE )/gm,
    (match, text) => (text.startsWith('UPDATE', match.index) ? '-- Only if the order is still open:\n' : '# If the new version is at fault, go back\n'),
  ),
  replace('a command destroys', 'action.destructive', /(?<=^## Step \d+ - [^\n]*\n\n)(?!Needs approval)/gm, () => '```bash\nrm -rf /var/lib/shop\n```\n\n', 1),
  replace('the approval of a destructive command is missing', 'action.no-undo', /Needs approval\. Undo: [^.]*\./g, () => 'Needs approval.', 3),
  replace('a change has no condition', 'sql.no-where', fenced('sql'), inCode(/(?<=UPDATE [^]*) WHERE [^]*/, '')),
  insert('a secret stands in the text', 'secret.in-text', 'Use the token ghp_a8Kd02Jf93KsLq7Pz5Xv1Nb6Mw4Rt2Yc0Gh9 for it.', 'ghp_'),
  insert('everyone may write', 'action.privilege', '```bash\nchmod 777 /srv/shop\n```', 'chmod'),
  replace('a change stands under a heading that only looks', 'action.write-in-diagnosis', /(?<=^## Step \d+ - )(?:Close|Remove|Roll back|Move) (?=[^\n]*\n\nNeeds approval[^\n]*\n\n```)/gm, () => 'Investigate ', 5),
]; // prettier-ignore
