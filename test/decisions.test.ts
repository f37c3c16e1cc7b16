// What a decision says of the ways that are open beside it, and what comes of choosing nothing.
import assert from 'node:assert/strict';
import { noneWords } from '../src/cli/print-ending.ts';
import { startLiveRun } from '../src/run/index.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld } from './support/puppets.ts';
import { settledSame } from './support/settled-same.ts';

describe('a decision beside a condition that holds', () => {
  it('names it, and what comes of choosing nothing', async () => {
    const plan = readPlanText(
      'step Look\n  action read: look\nstep Mend\n  action read: mend\nedge start -> Look\n' +
        'edge Look -> Mend guard rowCount > 0\nedge Look -> end if "it smells"\nedge Look -> end else\nedge Mend -> end',
    );
    for (const [rowCount, holds, words] of [
      [1, 'edge_Look_Mend', 'the run goes on with Mend alone, whose condition holds'],
      [0, undefined, 'the run stops there'],
    ] as const) {
      const world = newWorld();
      const live = startLiveRun({ ...world, run: 'r', plan });
      await idle();
      world.end('Look.1', { kind: 'result', result: { rowCount, notes: [] } });
      await idle();
      const [request] = live.view().requests;
      assert.ok(request?.kind === 'decision');
      assert.equal(request.holds, holds);
      assert.equal(noneWords(request, plan), words);
    }
  });
});

describe('a decision beside a way without a condition', () => {
  const plan = readPlanText(
    'step Look\n  action read: look\nstep Mend\nstep Check\nedge start -> Look\n' +
      'edge Look -> Mend if "it smells"\nedge Look -> Check\nedge Mend -> Check\nedge Check -> end',
  );
  const waiting = async (more: Parameters<typeof newWorld>[0] = {}) => {
    const world = newWorld(more);
    const live = startLiveRun({ ...world, run: 'r', plan });
    await idle();
    world.end('Look.1', { kind: 'result', result: { text: 'it smells of roses', notes: [] } });
    await idle();
    return { world, live };
  };

  it('says where the run goes on when nothing is chosen, and the run does', async () => {
    const { live } = await waiting();
    const [request] = live.view().requests;
    assert.ok(request?.kind === 'decision');
    assert.deepEqual(request.goesOn, ['Check']);
    assert.equal(noneWords(request, plan), 'the run goes on with Check');
    live.submit({ kind: 'decision-given', node: 'Look', edges: [], by: 'ann' });
    const view = await live.settled();
    assert.equal(view.outcome, 'completed');
    assert.equal(view.steps.find(({ node }) => node === 'Mend')?.status, 'skipped');
  });

  it('is decided by a model that says, with its quote, that nothing holds', async () => {
    const { world, live } = await waiting({ judgeCalls: 3 });
    world.judged('Look', { kind: 'edge', edge: null, quote: 'roses', confidence: 0.9, reason: 'It smells well.' });
    const view = await live.settled();
    assert.equal(view.outcome, 'completed');
    const edge = view.edges.find(({ edge }) => edge === 'edge_Look_Mend');
    assert.deepEqual([edge?.status, edge?.decidedBy], ['disabled', 'model']);
    await settledSame(world.text(), view);
  });

  it('is left to the engineer when the model only tends to say so', async () => {
    const { world, live } = await waiting({ judgeCalls: 3 });
    world.judged('Look', { kind: 'edge', edge: null, quote: 'roses', confidence: 0.5, reason: 'It may be.' });
    await idle();
    const [request] = live.view().requests;
    assert.ok(request?.kind === 'decision');
    assert.match(request.model?.because ?? '', /^It tends to none of them with confidence 0.5, below/);
  });
});
