// Reports of runs with loops: every round is counted and linked to what it gave, and what was set back is told as what it was.
import assert from 'node:assert/strict';
import { writeMarkdown, type Report } from '../src/report/index.ts';
import { startLiveRun } from '../src/run/index.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld } from './support/puppets.ts';
import { reportOf } from './support/report-of.ts';

describe('the report of a loop', () => {
  it('counts every time, keeps what each gave, and links each line to its own output', async () => {
    const world = newWorld();
    const plan = readPlanText(
      'step Step1\n  action write: change\nstep Step2\n  action read: look\nedge start -> Step1\nedge Step1 -> Step2\n' +
        'edge Step2 -> end outcome=resolved\nrepeat Step2 -> Step1 max=5 if "still" guard rowCount > 0',
    );
    const live = startLiveRun({ ...world, run: 'r', plan });
    for (const rowCount of [2, 1, 0]) {
      await idle();
      const request = live.view().requests[0];
      assert.ok(request?.kind === 'approval');
      live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'ann' });
      await idle();
      world.end('Step1.1', { kind: 'result', result: { notes: [] } });
      await idle();
      world.end('Step2.1', { kind: 'result', result: { notes: [], rowCount } });
      await idle();
    }
    const report = await reportOf(world.text());
    assert.deepEqual(
      report.outputs.map(({ action, result }) => [action, result?.rowCount]),
      [
        ['Step1.1, time 1', undefined],
        ['Step1.1, time 2', undefined],
        ['Step1.1', undefined],
        ['Step2.1, time 1', 2],
        ['Step2.1, time 2', 1],
        ['Step2.1', 0],
      ],
    );
    const linked = report.timeline.flatMap(({ evidence }) => evidence.actions ?? []);
    assert.deepEqual(linked, [
      'Step1.1, time 1',
      'Step2.1, time 1',
      'Step1.1, time 2',
      'Step2.1, time 2',
      'Step1.1',
      'Step2.1',
    ]);
    const text = writeMarkdown(report);
    assert.match(text, /they were performed 6 times, 3 of these a write or possibly one\./);
    assert.match(text, /\(write\): performed 3 times, the last time succeeded /);
    assert.match(text, /`Step2` led back to `Step1` for round 2 — `rowCount > 0` is true \(rowCount = 2\)\./);
  });
});

describe('the report of what a loop has set back', () => {
  const plan = readPlanText(
    'step Look\n  action read: look\nstep Mend\n  action write: mend\nstep Never\n  action read: never\nedge start -> Look\n' +
      'edge Look -> end outcome=resolved if "it is empty" guard rowCount == 0\nedge Look -> Mend else\n' +
      'edge Mend -> Never if "odd" guard rowCount == 99\nrepeat Mend -> Look max=5 if "still" guard rowCount > 0',
  );
  const told = (report: Report): string => writeMarkdown(report);

  it('tells the write that was performed in an earlier round, its approval and what it led to', async () => {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan });
    await idle();
    world.end('Look.1', { kind: 'result', result: { notes: [], rowCount: 4 } });
    await idle();
    const [request] = live.view().requests;
    assert.ok(request?.kind === 'approval');
    live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'ann' });
    await idle();
    world.end('Mend.1', { kind: 'result', result: { notes: [], rowCount: 3 } });
    await idle();
    world.end('Look.1', { kind: 'result', result: { notes: [], rowCount: 0 } });
    assert.equal((await live.settled()).outcome, 'resolved');
    const report = await reportOf(world.text());
    const text = told(report);
    assert.deepEqual(
      report.deeds.map(({ action, status, approvals }) => [action, status, approvals.map(({ by }) => by)]),
      [['Mend.1', 'succeeded', ['ann']]],
    );
    assert.match(text, /2 steps of 3 ran/);
    assert.doesNotMatch(text, /`Mend` \([^)]*\) was not/);
    assert.match(text, /`Never` \([^)]*\) was not begun/);
    assert.match(text, /`Mend` \(Mend\) led back to `Look` 1 time: “still” — `rowCount > 0` is true \(rowCount = 3\)/);
    assert.ok(report.outputs.some(({ action, result }) => action === 'Mend.1' && result?.rowCount === 3));
    // The picture shows it as done, and the edge to it as taken.
    const picture = layoutOf(report.picture, 'Mend');
    assert.match(picture, /succeeded/);
  });

  it('tells that a write was done before where it waits for another yes', async () => {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan });
    for (const rowCount of [4, 3]) {
      await idle();
      world.end('Look.1', { kind: 'result', result: { notes: [], rowCount } });
      await idle();
      const [request] = live.view().requests;
      assert.ok(request?.kind === 'approval');
      if (rowCount === 3) break;
      live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'ann' });
      await idle();
      world.end('Mend.1', { kind: 'result', result: { notes: [], rowCount: 3 } });
    }
    const { deeds } = await reportOf(world.text());
    assert.deepEqual(
      deeds.map(({ status }) => status),
      ['performed 1 time before; this time it waits'],
    );
  });

  const two =
    'step One\n  action read: a\n  action read: b\nstep Two\n  action read: c\nedge start -> One\nedge One -> Two\nedge Two -> end';

  it('says how many outputs of a long loop it leaves to the journal', async () => {
    const world = newWorld();
    const long = readPlanText(
      'step Look\n  action read: look\nedge start -> Look\nedge Look -> end\nrepeat Look -> Look max=60 guard rowCount > 0',
    );
    const live = startLiveRun({ ...world, run: 'r', plan: long });
    for (let left = 55; left >= 0; left--) {
      await idle();
      world.end('Look.1', { kind: 'result', result: { notes: [], rowCount: left } });
    }
    assert.equal((await live.settled()).phase, 'ended');
    const text = told(await reportOf(world.text()));
    assert.match(
      text,
      /The outputs of 5 times that `Look\.1` was performed are not shown here; the journal has them\./,
    );
    assert.match(text, /`Look` \(Look\) led back to `Look` 55 times/);
  });

  it('tells which actions of a failed step were not performed', async () => {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan: readPlanText(two) });
    await idle();
    world.end('One.1', { kind: 'failure', failure: { reason: 'crashed', message: 'No.', transient: false } });
    assert.equal((await live.settled()).outcome, 'failed');
    assert.match(told(await reportOf(world.text())), /`One\.2` was not performed: `One` had failed before it\./);
  });

  it('tells where a person had the run go on', async () => {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan: readPlanText(two), held: true });
    live.submit({ kind: 'step-released', by: 'bob' });
    await idle();
    live.submit({ kind: 'next-step-set', node: 'Two', by: 'bob' });
    live.submit({ kind: 'run-continued', by: 'bob' });
    await idle();
    world.end('Two.1', { kind: 'result', result: { notes: [], rowCount: 0 } });
    await live.settled();
    const text = told(await reportOf(world.text()));
    assert.match(text, /bob had the run go on with `Two`; nothing was undone\./);
    assert.match(text, /`One` \(One\) was not run: bob had the run go on with `Two`\. /);
  });
});

/** The words that the picture has for a step. */
function layoutOf(svg: string, step: string): string {
  return (
    [...svg.matchAll(/<title>([^<]*)<\/title>/g)]
      .map(([, title = '']) => title)
      .find((title) => title.startsWith(step)) ?? ''
  );
}
