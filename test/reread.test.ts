// Reading again after an edit: what comes out is what reading from scratch gives, whatever the guide and the edit.
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { asWritten, readGuide, readLoose, rereadLoose, type Guide } from '../src/guide/index.ts';
import { applyEdit, guideUnderEdit } from './support/hostile-edits.ts';

/** A guide as plain data: its lines told by their spans and by where every offset is. */
function plain({ lines, ...guide }: Guide): unknown {
  const numbers = Array.from({ length: lines.lineCount + 2 }, (_, line) => line);
  const offsets = Array.from({ length: guide.text.length + 2 }, (_, offset) => offset);
  return {
    ...guide,
    lines: numbers.slice(1).map((line) => lines.lineSpan(line)),
    offsets: numbers.map((line) => lines.offsetAt({ line, column: 3 })),
    positions: offsets.map((offset) => lines.positionAt(offset)),
  };
}

describe('reading again', () => {
  it('gives what reading from scratch gives, after each of 10,000 random edits', () => {
    let edits = 0;
    fc.assert(
      fc.property(guideUnderEdit(20), ({ text: first, edits: all }) => {
        let text = first;
        let guide = readLoose(text);
        assert.deepEqual(plain(asWritten(guide)), plain(readGuide(text)));
        for (const edit of all) {
          text = applyEdit(text, edit);
          guide = rereadLoose(guide, text);
          edits++;
          assert.deepEqual(plain(asWritten(guide)), plain(readGuide(text)));
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(edits >= 10_000);
  }).timeout(300_000);
});
