// A small part of bench/fuzz.ts, with fixed seeds: mutants of guides throw nothing and give no span outside of their text.
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { mutant, seeded } from './support/mutate-lines.ts';
import { whatBreaks } from './support/survive.ts';

describe('fuzz', () => {
  const root = resolve(import.meta.dirname, '..');
  const guides = ['samples', 'test/guides'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  );

  it('makes the same mutant of the same seed', () => {
    assert.ok(guides.length > 10);
    assert.equal(mutant(guides, 7), mutant(guides, 7));
    assert.notEqual(mutant(guides, 7), mutant(guides, 8));
  });

  for (const part of [0, 1, 2, 3]) {
    it(`reads, compiles and checks mutants ${String(part * 100)} to ${String(part * 100 + 99)}`, () => {
      for (let seed = part * 100; seed < part * 100 + 100; seed++) {
        const text = mutant(guides, seed);
        const offsets = seed % 20 === 0 ? [seeded(seed)(text.length + 1)] : [];
        assert.equal(whatBreaks(text, offsets), null, `seed ${String(seed)}`);
      }
    }).timeout(120_000);
  }
});
