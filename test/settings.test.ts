// Settings files: each folder of test/settings holds a `tsg.yaml` and what reading it says, with places. Also finding the
// nearest file, and the JSON Schema in schemas/, which must be the one the definition gives.
import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Validator, type Schema } from '@cfworker/json-schema';
import { parse } from 'yaml';
import {
  describeSettingsProblem,
  findSettings,
  loadSettings,
  readSettings,
  settingsJsonSchema,
} from '../src/adapters/index.ts';
import { openTools } from '../src/tools/index.ts';

const cases = resolve(import.meta.dirname, 'settings');
const schema = settingsJsonSchema();

/** What a settings file reads as, in text. */
function reading(text: string): string {
  const result = readSettings(text, 'tsg.yaml');
  if (result.kind === 'problems')
    return `${result.problems.map((problem) => describeSettingsProblem({ ...problem, file: 'tsg.yaml' })).join('\n')}\n`;
  const { tools, run, approvals, parameters, secrets, guides, check, model } = result.settings;
  const shown = { tools, run, ...(approvals.length > 0 && { approvals }), parameters, secrets, guides, check, model };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

describe('settings', () => {
  for (const name of readdirSync(cases))
    it(name, async () => {
      const text = readFileSync(join(cases, name, 'tsg.yaml'), 'utf8');
      const expected = join(cases, name, 'expected.txt');
      const said = reading(text);
      if (process.env['UPDATE_SNAPSHOTS'] === '1') writeFileSync(expected, said);
      assert.equal(said, readFileSync(expected, 'utf8'));
      assert.doesNotMatch(said, /canary/);
      const result = readSettings(text, join(cases, name, 'tsg.yaml'));
      if (result.kind === 'problems') {
        const lines = text.split('\n');
        for (const { line, column, endLine, endColumn } of result.problems) {
          assert.ok(line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] ?? '').length + 1);
          assert.ok(endLine > line || (endLine === line && endColumn >= column));
        }
        return;
      }
      // What we accept, an editor with the JSON Schema accepts too, and every tool opens.
      const valid = new Validator(schema as Schema, '2020-12').validate(parse(text, { merge: true }) ?? {});
      assert.ok(valid.valid, JSON.stringify(valid.errors));
      const toolbox = await openTools(result.settings, { env: {} });
      assert.deepEqual(
        toolbox.tools.map((tool) => tool.name),
        Object.keys(result.settings.tools),
      );
      await toolbox.close();
    });

  it('have a JSON Schema that is up to date', () =>
    assert.equal(
      readFileSync(resolve(import.meta.dirname, '../schemas/tsg-yaml.schema.json'), 'utf8'),
      `${JSON.stringify(schema, null, 2)}\n`,
    ));

  it('are found upward, not above the stop', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsg-settings-'));
    try {
      mkdirSync(join(folder, 'a/b/c'), { recursive: true });
      assert.equal(findSettings(join(folder, 'a/b/c'), folder), null);
      writeFileSync(join(folder, 'tsg.yaml'), '');
      assert.equal(findSettings(join(folder, 'a/b/c'), folder), join(folder, 'tsg.yaml'));
      assert.equal(findSettings(join(folder, 'a/b/c'), join(folder, 'a')), null);
      writeFileSync(join(folder, 'a/b/tsg.yml'), '');
      assert.equal(findSettings(join(folder, 'a/b/c'), folder), join(folder, 'a/b/tsg.yml'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('that cannot be read are a problem, not a throw', () => {
    const result = loadSettings(join(cases, 'nowhere.yaml'));
    assert.equal(result.kind, 'problems');
    assert.match(result.kind === 'problems' ? result.problems[0].message : '', /cannot be read/);
    assert.ok(existsSync(cases));
  });

  it('of any size and nesting are read without a throw', () => {
    for (const text of [
      '['.repeat(50_000),
      'a: '.repeat(20_000),
      `x: ${'y'.repeat(2_000_000)}`,
      '\0'.repeat(1000),
      '&a '.repeat(1000),
      '? '.repeat(5000),
    ])
      assert.ok(readSettings(text, 'tsg.yaml').kind.length > 0);
  });
});
