// Analysing again after an edit: guide, plan and findings are those of an analysis from scratch, whatever the guide and the edit.
// 10,000 edits, half of them small ones among numbered steps; TSG_EDITS asks for another number, fast-check's own seed and path repeat one that failed.
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { analyze, reanalyze, reanalyzeInPortions, type Analysis, type LiveAnalysis } from '../src/editing/index.ts';
import type { Guide } from '../src/guide/index.ts';
import { applyEdit, guideUnderEdit, stepsUnderEdit } from './support/hostile-edits.ts';

const count = Number(process.env['TSG_EDITS'] ?? 10_000);
const each = 20;
const about = { file: 'guide.md', sha256: 'a', languages: ['sql'], severities: { 'link.broken': 'error' } } as const;

/** A guide as plain data: its lines told by their spans and by where many an offset is. */
function plain({ lines, ...guide }: Guide): unknown {
  const numbers = Array.from({ length: lines.lineCount + 2 }, (_, line) => line);
  const offsets = Array.from({ length: 200 }, (_, part) => Math.floor((part * (guide.text.length + 2)) / 199));
  return {
    ...guide,
    lines: numbers.slice(1).map((line) => lines.lineSpan(line)),
    offsets: numbers.map((line) => lines.offsetAt({ line, column: 3 })),
    positions: offsets.map((offset) => lines.positionAt(offset)),
  };
}

function assertSame(live: Analysis, text: string): void {
  const fresh = analyze(text, about);
  assert.deepEqual(plain(live.guide), plain(fresh.guide));
  assert.deepEqual(live.plan, fresh.plan);
  assert.deepEqual(live.diagnostics, fresh.diagnostics);
}

describe('analysing again', () => {
  for (const { what, underEdit } of [
    { what: 'any guide', underEdit: guideUnderEdit },
    { what: 'a guide of numbered steps', underEdit: stepsUnderEdit },
  ])
    it(`of ${what} gives what an analysis from scratch gives, after each of ${count / 2} random edits`, () => {
      let edits = 0;
      fc.assert(
        fc.property(underEdit(each), ({ text: first, edits: all }) => {
          let text = first;
          let live = reanalyze(null, text, about);
          assertSame(live, text);
          for (const edit of all) {
            text = applyEdit(text, edit);
            live = reanalyze(live, text, about);
            edits++;
            assertSame(live, text);
          }
        }),
        { numRuns: Math.ceil(count / 2 / each) },
      );
      assert.ok(edits >= count / 2);
    }).timeout(900_000);

  it('gives the plan as written to who asks for it after several edits', () => {
    fc.assert(
      fc.property(stepsUnderEdit(each), ({ text: first, edits }) => {
        let text = first;
        let live = reanalyze(null, text, about);
        edits.forEach((edit, at) => {
          text = applyEdit(text, edit);
          live = reanalyze(live, text, about);
          if (at % 4 === 3) assert.deepEqual(live.plan, analyze(text, about).plan);
        });
      }),
      { numRuns: 50 },
    );
  }).timeout(60_000);

  it('in portions comes to the same, whatever stands before and behind what is new', () => {
    const section = (number: number): string =>
      `## Step ${number} - Check part ${number}\n\nRun \`df -h\`. If part ${number} is full, go to Step ${number + 2}. Otherwise, continue.\n\n`;
    const sections = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, index) => section(from + index)).join('');
    const texts = [
      `# Disk\n\n${sections(1, 400)}`,
      `# Disk\n\n${sections(1, 100)}\`\`\`\n${sections(100, 400)}`,
      `${sections(300, 400)}${sections(1, 100)}`,
      sections(1, 3),
    ];
    let live: LiveAnalysis | null = null;
    let steps = 0;
    for (const text of texts) {
      const portions = reanalyzeInPortions(live, text, about);
      let next = portions.next();
      while (next.done !== true) {
        steps++;
        next = portions.next();
      }
      live = next.value;
      assertSame(live, text);
    }
    assert.ok(steps > 5, `only ${steps} portions`);
  }).timeout(60_000);
});
