// Whatever a person reads can be translated: the manifest names its words by keys, and messages come from a bundle.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { l10nBundle, unlocalised } from '../scripts/l10n-bundle.ts';
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
});
