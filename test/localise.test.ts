// Whatever a person reads can be translated: the manifest names its words by keys, and messages come from a bundle.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { coreFolders, coreMessages, l10nBundle, unlocalised } from '../scripts/l10n-bundle.ts';
import { analyze, hoverAt } from '../src/editing/index.ts';
import { escapeMarkdown } from '../src/editing/markdown.ts';
import { translator } from '../src/extension/translate-said.ts';
import { visitShown } from '../scripts/localise-manifest.mjs';

const root = join(import.meta.dirname, '..');
const read = (name: string): Record<string, string> => JSON.parse(readFileSync(join(root, name), 'utf8'));

describe('localising', () => {
  it('every text of package.json that a person sees is a key of package.nls.json, and every key is used', () => {
    const words = read('package.nls.json');
    const keys = new Set<string>();
    visitShown(read('package.json'), (place: string, text: string) => {
      const key = /^%(.+)%$/.exec(text)?.[1];
      assert.ok(key !== undefined, `${place}: run node scripts/localise-manifest.mjs`);
      assert.equal(typeof words[key], 'string', `package.nls.json has no ${key}, which ${place} names`);
      assert.notEqual(words[key], '', key);
      keys.add(key);
    });
    assert.ok(keys.size > 50, 'the manifest was not read');
    assert.deepEqual(
      Object.keys(words).filter((key) => !keys.has(key)),
      [],
    );
  });

  it('l10n/bundle.l10n.json is what `npx tsx scripts/generate-schemas.ts` gathers from the sources', () => {
    assert.equal(readFileSync(join(root, 'l10n', 'bundle.l10n.json'), 'utf8'), l10nBundle(root));
  });

  it('message boxes and pickers get words from the bundle', () => {
    assert.deepEqual(unlocalised(root), []);
  });

  it('what the core says is put into another language with its values, the words among them too', () => {
    const say = translator({
      'Step {0} jumps to {1}, but no step has that name.': 'Kein Schritt heißt {1} (Sprung in {0}).',
      '{0} is no complete query: {1}.': 'Keine ganze Abfrage in {0}: {1}.',
      'nothing follows {0}': 'auf {0} folgt nichts',
      'Waits for approval.': 'Wartet auf Freigabe.',
    });
    assert.equal(
      say('Step `a` jumps to `b {0}`, but no step has that name.'),
      'Kein Schritt heißt `b {0}` (Sprung in `a`).',
    );
    assert.equal(
      say('`S1` is no complete query: nothing follows `AND`.'),
      'Keine ganze Abfrage in `S1`: auf `AND` folgt nichts.',
    );
    assert.equal(say('**Look** · `Step1`\n\nWaits for approval.'), '**Look** · `Step1`\n\nWartet auf Freigabe.');
    assert.equal(say('The author wrote this.'), 'The author wrote this.');
    assert.equal(translator(undefined)('Waits for approval.'), 'Waits for approval.');
  });

  it('every finding of the cases, its hint, its other places and its fixes are made from messages of the bundle', () => {
    const messages = coreFolders.flatMap((name) => coreMessages(join(root, 'src', name)));
    const say = translator(Object.fromEntries(messages.map((message) => [message, `\u0001${message}`])));
    const cases = readdirSync(join(root, 'test', 'checks'), { recursive: true, encoding: 'utf8' });
    const left = new Set<string>();
    let seen = 0;
    for (const name of cases.filter((one) => one.endsWith('bad.md') && existsSync(join(root, 'test', 'checks', one)))) {
      const text = readFileSync(join(root, 'test', 'checks', name), 'utf8');
      for (const one of analyze(text, { file: 'x.md', sha256: '', languages: [] }).diagnostics) {
        // What a library says of a language is its own.
        if (/^(?:yaml|shell)\.syntax$/.test(one.code)) continue;
        const words = [
          one.message,
          one.hint ?? '',
          ...one.labels.map(({ message }) => message),
          ...one.fixes.map(({ title }) => title),
        ];
        for (const word of words.filter((part) => part !== '' && !/^`[^`]*`$/.test(part))) {
          seen++;
          if (!say(word).startsWith('\u0001')) left.add(`${one.code}: ${word}`);
        }
      }
    }
    assert.ok(seen > 300, `only ${String(seen)} texts were looked at`);
    assert.deepEqual([...left], []);
  });

  it('every line of a hover is made of whole messages: nothing of ours stays English in another language', () => {
    const messages = coreFolders.flatMap((name) => coreMessages(join(root, 'src', name)));
    // In this language every letter of ours is an x.
    const strange = (message: string): string => message.replace(/\p{L}/gu, 'x');
    const say = translator(Object.fromEntries(messages.map((message) => [message, strange(message)])));
    const seen = new Set<string>();
    const left = new Set<string>();
    for (const text of [
      hovered,
      readFileSync(join(root, 'samples/api-availability/api-availability.tsg.md'), 'utf8'),
    ]) {
      const analysis = analyze(text, { file: 'x.md', sha256: '', languages: null });
      for (let offset = 0; offset < text.length; offset += 3) {
        const found = hoverAt(analysis, offset, { parameter: () => 'EU', step: () => undefined });
        if (!found || seen.has(found.markdown)) continue;
        seen.add(found.markdown);
        // What the author wrote stays as it is: titles, descriptions, conditions, code.
        const authors = new Set([
          ...analysis.plan.nodes.flatMap(({ title, description, undo = '', verify = '', uses = [] }) => [
            title,
            description,
            description.slice(0, 299),
            undo,
            verify,
            ...uses.map(({ what }) => what),
          ]),
          ...analysis.plan.guide.parameters.map(({ description = '' }) => description),
          ...analysis.plan.guide.parameters.map(({ type }) => `· ${type} ·`),
        ]);
        let words = say(found.markdown).replace(/`[^`]*`|“[^”]*”/g, ' ');
        for (const one of [...authors].filter((part) => part !== '').sort((a, b) => b.length - a.length))
          words = words.replaceAll(escapeMarkdown(one).replace(/`[^`]*`|“[^”]*”/g, ' '), ' ');
        // Names of columns and parameters stand in the code beside the words.
        const names = [...found.markdown.matchAll(/`[^`]*`/g)].flatMap(([code]) => code.match(/\w{3,}/g) ?? []);
        for (const name of names.sort((a, b) => b.length - a.length))
          words = words.replaceAll(escapeMarkdown(name), ' ');
        for (const [word] of words.matchAll(/\p{L}{3,}/gu))
          if (!/^x+$/.test(word) && !/^[A-Z]+$/.test(word)) left.add(`${word} in: ${found.markdown}`);
      }
    }
    assert.ok(seen.size > 25, `only ${String(seen.size)} hovers were looked at`);
    assert.deepEqual([...left], []);
  });
});

/** One of everything that a hover tells. */
const hovered = `---
parameters:
  - name: region
    type: string
    default: EU
  - name: api_token
    secret: true
---

# A

## Step 1 - B

<!-- tsg-disable step.loop -->

\`\`\`sql tool=telemetry as=errors timeout=30s
SELECT load_pct, CASE WHEN load_pct > 8 THEN 'DOWN' ELSE 'FINE' END AS state FROM t WHERE region = {region} LIMIT 5
\`\`\`

- If \`rowCount == 0 || rows.exists(r, r.load_pct >= 2 && r.state != 'DOWN')\`, go to Step 2.
- If \`!rows.exists(r, r.state in ['DOWN', 'FINE'])\`, go to Step 3.
- If the query shows DOWN, go to Step 4.
- If the customer is angry, go to Step 5.
- If the query fails, escalate to C.

## Step 2 - D

\`\`\`bash
kubectl delete pod {pod} --token {api_token}
\`\`\`

Needs approval. Undo: E. Verify: F.

If \`exitCode == 2 && !text.contains('gone')\`, go back to Step 1, up to 3 times. If \`exitCode == 0\`, this resolves the incident. Otherwise, go to Step 3.

## Step 3 - G

Look at what \`errors\` holds (\`results.errors.rows.size() > 1\`). Once the pod is up, go to Step 4.

## Step 4 - H

Start Steps 5 and 6 in parallel.

## Step 5 - I

This mitigates the incident.

## Step 6 - J

This ends the guide.
`;
