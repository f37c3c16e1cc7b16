// The order in which steps start when more of them could than may run at once, with and without knowing from earlier runs how long
// their actions take.
import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pastDurations } from '../src/adapters/index.ts';
import { actionDurations, replayJournal, resumeLiveRun, startLiveRun } from '../src/run/index.ts';
import { temporaryFolder, tsg } from './cli/tsg.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld } from './support/puppets.ts';

/** Four steps side by side, and one without actions that waits for them. */
const plan = readPlanText(
  [
    ...[1, 2, 3, 4].map((n) => `step Step${n}\n  action read: look\nedge start -> Step${n}\nedge Step${n} -> Step5`),
    'step Step5\nedge Step5 -> end',
  ].join('\n'),
);
const chain = readPlanText(
  [
    'step Step1\n  action read: a\nstep Step2\n  action read: b\nstep Step3\n  action read: c',
    'edge start -> Step1\nedge start -> Step2\nedge Step2 -> Step3',
  ].join('\n'),
);
/** Four steps one after the other. */
const inARow = readPlanText(
  [1, 2, 3, 4]
    .map((n) => `step Step${n}\n  action read: look\nedge ${n === 1 ? 'start' : `Step${n - 1}`} -> Step${n}`)
    .join('\n'),
);

/** Plays the run to its end, each action taking as long as told; gives the order in which they began and the journal. */
async function play(
  of: typeof plan,
  took: Readonly<Record<string, number>>,
  expected?: Readonly<Record<string, number>>,
) {
  const world = newWorld();
  const live = startLiveRun({ ...world, run: 'r', plan: of, maxParallel: 1, ...(expected && { expected }) });
  for (await idle(); world.inFlight().length > 0; await idle()) {
    const [action = ''] = world.inFlight();
    world.tick(took[action] ?? 0);
    world.end(action, { kind: 'result', result: { notes: [] } });
  }
  assert.deepEqual(replayJournal(world.text()).view, live.view());
  return { order: world.calls.map(({ action }) => action), journal: world.text() };
}

describe('durations of earlier runs', () => {
  const took = { 'Step1.1': 10, 'Step2.1': 500, 'Step3.1': 2000, 'Step4.1': 40 };

  it('are the medians of what journals tell; a failure tells nothing', async () => {
    const first = await play(plan, took);
    assert.deepEqual(actionDurations([first.journal]), took);
    const slow = await play(plan, { ...took, 'Step1.1': 90 });
    const slower = await play(plan, { ...took, 'Step1.1': 70 });
    assert.equal(actionDurations([first.journal, slow.journal, slower.journal])['Step1.1'], 70);
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan });
    await idle();
    world.end('Step1.1', { kind: 'failure', failure: { reason: 'refused-by-tool', message: 'No.', transient: false } });
    live.submit({ kind: 'stop-requested', by: 'ann' });
    await live.settled();
    assert.deepEqual(actionDurations([world.text(), 'torn']), {});
  });

  it('start what takes long first, and what nobody has seen among the middling', async () => {
    const first = await play(plan, took);
    assert.deepEqual(first.order.slice(1, 3), ['Step2.1', 'Step3.1'], 'without them: as they came');
    const known = actionDurations([first.journal]);
    assert.deepEqual((await play(plan, took, known)).order, ['Step3.1', 'Step2.1', 'Step4.1', 'Step1.1']);
    const { 'Step4.1': _unseen, ...some } = known;
    assert.deepEqual((await play(plan, took, some)).order, ['Step3.1', 'Step4.1', 'Step2.1', 'Step1.1']);
  });

  it('measure whole ways: a long step alone goes before two short ones in a row', async () => {
    assert.equal((await play(chain, {})).order[0], 'Step2.1');
    assert.equal((await play(chain, {}, { 'Step1.1': 900, 'Step2.1': 100, 'Step3.1': 100 })).order[0], 'Step1.1');
  });

  it('are kept in the journal, so that a resumed run goes on in the same order', async () => {
    const known = { 'Step1.1': 10, 'Step2.1': 500, 'Step3.1': 2000, 'Step4.1': 40 };
    const { journal, order } = await play(plan, {}, known);
    const lines = journal.trimEnd().split('\n');
    const cut = lines.findIndex((line) => line.includes('"kind":"action-ended"')) + 1;
    const text = `${lines.slice(0, cut).join('\n')}\n`;
    const world = newWorld({ text });
    resumeLiveRun({ ...world, text });
    for (await idle(); world.inFlight().length > 0; await idle())
      world.end(world.inFlight()[0] ?? '', { kind: 'result', result: { notes: [] } });
    assert.deepEqual(
      world.calls.map(({ action }) => action),
      order.slice(1),
    );
  });

  it('are those of the same guide’s latest journals, and none where all steps fit side by side', async () => {
    const folder = temporaryFolder();
    try {
      const runs = join(folder.path, '.tsg', 'runs');
      mkdirSync(runs, { recursive: true });
      const put = (name: string, text: string): void => writeFileSync(join(runs, name), text);
      const { journal } = await play(plan, took);
      put('20250101T000000Z-wide-0000000a.jsonl', journal);
      put('20250102T000000Z-other-wide-0000000b.jsonl', (await play(plan, {})).journal);
      put('20250103T000000Z-wide-0000000c.jsonl', 'no journal');
      const next = join(runs, '20250104T000000Z-wide-0000000d.jsonl');
      put('20250104T000000Z-wide-0000000d.jsonl', '');
      assert.deepEqual(await pastDurations(next, plan, 2), took);
      assert.deepEqual(await pastDurations(next, plan, 4), {});
      assert.deepEqual(await pastDurations(join(runs, 'run.jsonl'), plan, 2), {});
      assert.deepEqual(
        await pastDurations(join(folder.path, 'none', '20250104T000000Z-wide-0000000d.jsonl'), plan, 2),
        {},
      );
    } finally {
      folder.remove();
    }
  });

  it('tell `tsg check` what steps side by side would save', async () => {
    const folder = temporaryFolder();
    try {
      const step = (number: number, table: string): string =>
        `## Step ${number} - Look at ${table}\n\n\`\`\`sql\nSELECT count(*) AS n FROM ${table} WHERE day > 1\n\`\`\`\n`;
      const guide = join(folder.path, 'Slow shop.tsg.md');
      writeFileSync(guide, ['alerts', 'hosts', 'pods', 'queues'].map((table, at) => step(at + 1, table)).join('\n'));
      const check = async (): Promise<string> => {
        const { out } = await tsg(['check', guide, '--format', 'json']);
        const found = JSON.parse(out) as { readonly code: string; readonly hint?: string }[];
        return found.find(({ code }) => code === 'step.serial')?.hint ?? '';
      };
      assert.match(await check(), /^`Step1` can say "Then start Steps 2 and 3 in parallel\."$/);
      const runs = join(folder.path, '.tsg', 'runs');
      mkdirSync(runs, { recursive: true });
      const row = (wait: number): Promise<{ readonly journal: string }> =>
        play(inARow, { 'Step1.1': 10, 'Step2.1': wait, 'Step3.1': 4000, 'Step4.1': 20 });
      writeFileSync(join(runs, '20250101T000000Z-Slow-shop-0000000a.jsonl'), (await row(2500)).journal);
      assert.match(await check(), /^Side by side they would have saved 2\.5 s of 6\.5 s in earlier runs\. `Step1` can/);
      writeFileSync(join(runs, '20250102T000000Z-Slow-shop-0000000b.jsonl'), (await row(200)).journal);
      writeFileSync(join(runs, '20250103T000000Z-Slow-shop-0000000c.jsonl'), (await row(100)).journal);
      assert.equal(await check(), '', 'a fifth of a second is not worth a word');
    } finally {
      folder.remove();
    }
  });
});
