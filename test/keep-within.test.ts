// The share of output that one run keeps: what comes beyond it is cut, says so, and leaks no half of a secret.
import assert from 'node:assert/strict';
import { replayJournal, startLiveRun } from '../src/run/index.ts';
import { journalShare, keepWithin } from '../src/run/keep-within.ts';
import { redactor } from '../src/run/redact.ts';
import type { ActionResult, PerformOutcome } from '../src/run/index.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld } from './support/puppets.ts';

const asItIs = redactor([]);
const outcome = (result: Partial<ActionResult>): PerformOutcome => ({
  kind: 'result',
  result: { notes: [], ...result },
});
const kept = (result: Partial<ActionResult>, redact = asItIs): ActionResult => {
  const cut = keepWithin(outcome(result), journalShare, redact);
  return cut.kind === 'result' ? cut.result : assert.fail();
};

describe('what a run keeps of its tools\u2019 output', () => {
  it('is everything until the journal has its share', () => {
    const whole = outcome({ text: 'x'.repeat(100_000) });
    assert.equal(keepWithin(whole, journalShare - 1, asItIs), whole);
  });

  it('beyond that is the beginning and the end of a text, and a note', () => {
    const { text = '', notes } = kept({ text: `begin${'x'.repeat(100_000)}end` });
    assert.match(text, /^begin[^]*\[92008 characters left out\][^]*end$/);
    assert.match(notes.join(), /only the beginning and the end/);
  });

  it('beyond that is the first rows of a table, which is still counted whole', () => {
    const rows = Array.from({ length: 1000 }, (_, n) => ({ n, words: 'some words in a cell' }));
    const cut = kept({ rows });
    assert.ok((cut.rows?.length ?? 0) > 100 && (cut.rows?.length ?? 0) < 1000);
    assert.deepEqual([cut.rowCount, cut.rowsCapped], [1000, true]);
    assert.deepEqual(kept({ json: { n: 1 }, exitCode: 3 }), { json: { n: 1 }, exitCode: 3, notes: [] });
    assert.equal(kept({ json: rows }).json, undefined);
  });

  it('has no half of a secret where it was cut', () => {
    const secret = 'correct-horse-battery';
    const { text = '' } = kept({ text: `${'x'.repeat(3990)}${secret}${'y'.repeat(10_000)}` }, redactor([secret]));
    assert.doesNotMatch(text, /correct/);
  });

  it('is the same in the run and in its journal', async () => {
    const world = newWorld();
    const plan = readPlanText(
      'step Step1\n  action read: one\nstep Step2\n  action read: two\nedge start -> Step1\nedge Step1 -> Step2\nedge Step2 -> end',
    );
    const run = startLiveRun({ ...world, run: 'large', plan });
    await idle();
    world.end('Step1.1', outcome({ text: 'x'.repeat(journalShare) }));
    await idle();
    world.end('Step2.1', outcome({ text: 'y'.repeat(journalShare) }));
    const view = await run.settled();
    const [first, second] = view.steps.map(({ actions }) => actions[0]?.result?.text?.length ?? 0);
    assert.equal(first, journalShare);
    assert.ok((second ?? 0) < 10_000);
    assert.deepEqual(replayJournal(world.text()).view.steps, view.steps);
  });
});
