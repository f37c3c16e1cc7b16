// In a browser guides that are not open are checked in portions; what is found is what one look finds.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../src/editing/index.ts';
import { TextChecker } from '../src/extension/browser/text-checker.ts';

describe('the check of guides that are not open, in a browser', () => {
  const text = readFileSync(join(import.meta.dirname, '../docs/guide-format.md'), 'utf8');
  const about = { file: 'guide.md', sha256: '', languages: null };

  it('finds what one look finds, and lets others have their turn', async () => {
    const checker = new TextChecker();
    let turns = 0;
    const ticking = setInterval(() => turns++);
    const [first, second] = await Promise.all([
      checker.check({ text, about }),
      checker.check({ text: 'Go to Step 9.', about }),
    ]);
    clearInterval(ticking);
    assert.deepEqual(first, analyze(text, about).diagnostics);
    assert.deepEqual(second, analyze('Go to Step 9.', about).diagnostics);
    assert.ok(turns > 1, `${turns} turns`);
  });

  it('ends with the editor', async () => {
    const checker = new TextChecker();
    const checked = checker.check({ text, about });
    checker.dispose();
    await assert.rejects(checked, /was ended/);
  });
});
