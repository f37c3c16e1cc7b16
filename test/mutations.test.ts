// Defects of known kinds, planted into guides that check clean: nearly all must be found where they stand, and nearly none may
// bring findings elsewhere. `npx tsx bench/mutations.ts --verbose` tells each one that was not.
import { strict as assert } from 'node:assert';
import { allKinds, cleanGuides, look, runMutations } from './mutations/run-mutations.ts';

describe('planted defects', () => {
  for (const [name, text] of cleanGuides()) {
    it(`${name} checks clean`, () => assert.deepEqual(look(text).diagnostics, []));
  }

  it('95 % are found with the right code on the right line, and 95 % bring no finding elsewhere', () => {
    const outcomes = runMutations(2);
    const planted = new Set(outcomes.map(({ kind }) => kind));
    assert.deepEqual(
      allKinds.filter(({ name }) => !planted.has(name)).map(({ name }) => name),
      [],
      'kinds without a place in any guide',
    );
    const told = outcomes.map(
      ({ kind, guide, planted: { line }, elsewhere }) => `${kind}: ${guide}:${line} ${elsewhere.join(', ')}`,
    );
    const missed = told.filter((_, index) => !outcomes[index]?.found);
    const noisy = told.filter((_, index) => (outcomes[index]?.elsewhere.length ?? 0) > 0);
    assert.ok(missed.length <= outcomes.length * 0.05, missed.join('\n'));
    assert.ok(noisy.length <= outcomes.length * 0.05, noisy.join('\n'));
  }).timeout(240_000);
});
