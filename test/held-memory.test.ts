// What the editor holds on to while somebody types for hours: the last reading of a guide, and none of those before it.
import { strict as assert } from 'node:assert';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { analyze, reanalyze, reanalyzeInPortions, type LiveAnalysis } from '../src/editing/index.ts';

const about = { file: 'guide.md', sha256: 'a', languages: ['sql'] } as const;

const section = (number: number): string =>
  `## Step ${number} - Check part ${number}\n\n1. Run \`df -h\` on part ${number}.\n2. Read what it says.\n\n` +
  `If part ${number} is full, go to Step ${number + 2}. Otherwise, continue.\n\n`;
const guide = (parts: number): string =>
  `# Disk\n\nThe disk is full.\n\n${Array.from({ length: parts }, (_, index) => section(index + 1)).join('')}`;

/** A letter more, at a place that comes everywhere in time; none of the text before is a part of it. */
function typed(text: string, stroke: number): string {
  const at = Math.floor(((stroke * 0.618034) % 1) * text.length);
  return Buffer.from(`${text.slice(0, at)}x${text.slice(at)}`).toString();
}

function allPortions(live: LiveAnalysis | null, text: string): LiveAnalysis {
  const portions = reanalyzeInPortions(live, text, about);
  for (;;) {
    const next = portions.next();
    if (next.done === true) return next.value;
  }
}

async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round++) {
    // Whoever has asked a weak reference holds what it gave until the turn ends.
    await new Promise((resolve) => setTimeout(resolve));
    collect();
  }
}

describe('what is held while typing', () => {
  it('is the last reading of the guide alone', async () => {
    const strokes = 200;
    let text = guide(30);
    let live = reanalyze(null, text, about);
    const readings: WeakRef<object>[] = [];
    const sections: WeakRef<object>[] = [];
    for (let stroke = 0; stroke < strokes; stroke++) {
      text = typed(text, stroke);
      live = reanalyze(live, text, about);
      readings.push(new WeakRef(live.reading.loose));
      sections.push(new WeakRef(live.reading.loose.root));
    }
    assert.ok(live.plan.nodes.length > 0);
    await collectGarbage();
    const held = (all: readonly WeakRef<object>[]): number => all.filter((one) => one.deref() !== undefined).length;
    assert.ok(held(readings) <= 3, `${held(readings)} of ${strokes} readings are held`);
    assert.ok(held(sections) <= 6, `the sections of ${held(sections)} of ${strokes} readings are held`);
  }).timeout(60_000);

  it('is let go of entirely once in a while, and nothing changes by it', () => {
    let text = guide(2);
    let live: LiveAnalysis | null = null;
    let afresh = 0;
    for (let stroke = 0; stroke < 2100; stroke++) {
      text = typed(text, stroke % 300);
      const next = allPortions(live, text);
      if (live && next.edits <= live.edits) {
        afresh++;
        assert.deepEqual(next.plan, analyze(text, about).plan);
      }
      live = next;
      if (text.length > 3000) text = guide(2);
    }
    assert.equal(afresh, 2);
  }).timeout(60_000);
});
