// Glob patterns: which paths a pattern means, as a table.
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { globMatcher } from '../src/base/index.ts';

describe('globs', () => {
  for (const [pattern, means, meansNot] of [
    ['archive/**', ['archive/a.md', 'archive/b/c.md'], ['archive.md', 'x/archive/a.md']],
    ['archive/', ['archive/a.md'], ['archive']],
    ['*.draft.md', ['a.draft.md', 'x/y/a.draft.md'], ['a.md', 'adraft.md']],
    ['**/old/*.md', ['old/a.md', 'x/y/old/a.md'], ['old/x/a.md', 'gold/a.md']],
    ['run-books/?.{md,txt}', ['run-books/a.md', 'run-books/b.txt'], ['run-books/ab.md', 'run-books/a.pdf']],
    ['./[ab].md', ['a.md', 'x/b.md'], ['c.md']],
    ['[!ab].md', ['c.md'], ['a.md']],
    ['[z-a].md', [], ['a.md']],
    ['a+(b).md', ['a+(b).md'], ['aab.md']],
  ] as const) {
    it(`\`${pattern}\` means ${means.join(', ') || 'nothing'}`, () => {
      const matches = globMatcher([pattern]);
      assert.deepEqual(
        means.filter((path) => !matches(path)),
        [],
      );
      assert.deepEqual(
        meansNot.filter((path) => matches(path)),
        [],
      );
    });
  }

  it('are read whatever they hold', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, path) => typeof globMatcher([pattern])(path) === 'boolean'),
    );
  });
});
