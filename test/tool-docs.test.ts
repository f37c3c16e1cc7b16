// The pages on tools and settings and the definitions that validate say the same: every setting has a row on its kind's page and
// a description in the schema, every row is a setting that exists, and every kind runs the contract of tools.
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsJsonSchema } from '../src/adapters/index.ts';
import { toolKinds } from '../src/tools/index.ts';

const root = join(import.meta.dirname, '..');
const page = (path: string): string => readFileSync(join(root, 'docs', path), 'utf8');

interface Schema {
  readonly description?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

const optionsOf = (schema: Schema): readonly Schema[] =>
  [schema, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(optionsOf)].filter(
    ({ properties }) => properties,
  );

/** Settings that a page names in the first column of its tables. */
function rowsOf(text: string): ReadonlySet<string> {
  const cells = [...text.matchAll(/^\| setting \|.*\n\|[-|]+\n((?:\|.*\n?)+)/gm)].flatMap(([, rows = '']) =>
    rows.split('\n').map((row) => /^\|([^|]*)\|/.exec(row)?.[1] ?? ''),
  );
  return new Set(cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)));
}

describe('pages on tools', () => {
  const schema = settingsJsonSchema() as unknown as Schema;
  const all = optionsOf((schema.properties?.['tools'] as { additionalProperties?: Schema }).additionalProperties ?? {});

  for (const { kind } of toolKinds) {
    const own = all.filter(({ properties }) => properties?.['kind']?.const === kind);
    const settings = new Map(own.flatMap(({ properties = {} }) => Object.entries(properties)));
    // What every kind has is told once, in settings.md.
    for (const shared of ['kind', 'limits']) settings.delete(shared);

    it(`of ${kind} have a row for each setting, and no other`, () => {
      assert.ok(settings.size > 0);
      assert.deepEqual([...rowsOf(page(`tools/${kind}.md`))].sort(), [...settings.keys()].sort());
    });
    it(`of ${kind} are not all: editors get a description of each setting too`, () => {
      const silent = own.flatMap(({ properties = {} }) =>
        Object.entries(properties).filter(([name, one]) => name !== 'kind' && !one.description),
      );
      assert.deepEqual(
        silent.map(([name]) => name),
        [],
      );
    });
    it(`of ${kind} tell values and effects, and stand in the list of settings.md`, () => {
      for (const word of ['Values', 'Results', 'Effects'])
        assert.ok(new RegExp(`^## ${word}$|\\b${word.toLowerCase()}\\b`, 'im').test(page(`tools/${kind}.md`)), word);
      assert.ok(page('settings.md').includes(`[${kind}](tools/${kind}.md)`));
    });
    it(`of ${kind} rest on the contract that its tests run`, () => {
      const tests = readdirSync(join(root, 'test'))
        .filter((name) => /^tools-.*\.test\.ts$/.test(name))
        .map((name) => readFileSync(join(root, 'test', name), 'utf8'));
      const named = new RegExp(`toolContract\\(\\s*['\`]${kind}\\b`);
      // Or a loop over kinds, of which this is one.
      const looped = new RegExp(`toolContract\\(\\s*kind,`);
      const key = new RegExp(`^\\s+${kind}: \\{|'${kind}'`, 'm');
      assert.ok(tests.some((text) => named.test(text) || (looped.test(text) && key.test(text))));
    });
  }

  it('have a row in settings.md for each key of the file, and no other', () => {
    const keys = Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
      const inner = Object.keys(one.properties ?? {});
      return inner.length > 0 && name !== 'model' ? inner.map((each) => `${name}.${each}`) : [name];
    });
    const [, rows = ''] = /^\| key \|.*\n\|[-|]+\n((?:\|.*\n?)+)/m.exec(page('settings.md')) ?? [];
    const told = [...rows.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, name]) => name);
    assert.deepEqual([...told].sort(), keys.filter((key) => key !== '$schema').sort());
  });
});
