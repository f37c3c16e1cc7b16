// A run that a person stops: what the reads under way have found by then stays in the journal and in what is made of it,
// without secrets; and stopping waits no longer for a tool than it must.
import assert from 'node:assert/strict';
import { makeReport } from '../src/report/index.ts';
import {
  readJournalText,
  replayJournal,
  resumeLiveRun,
  startLiveRun,
  verifyJournal,
  type LiveRun,
  type PerformOutcome,
  type Tool,
} from '../src/run/index.ts';
import { sha256Hex } from '../src/adapters/sha256.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld, type World } from './support/puppets.ts';

const plan = `
step Look
  action read: look
step Change
  action write: change
edge start -> Look
edge start -> Change
edge Look -> end
edge Change -> end
param token string secret
`;

const partial = { text: 'one row so far, of hush-hush-1234', notes: ['Cut after a megabyte.'] };
const stopped: PerformOutcome = {
  kind: 'failure',
  failure: { reason: 'cancelled', message: 'The command was cancelled.', transient: false, partial },
};

interface Slow {
  readonly world: World;
  readonly live: LiveRun;
  /** Actions that were told to stop. */
  readonly told: readonly string[];
  end(action: string, outcome: PerformOutcome): void;
}

/** A run whose tool takes its time to stop: the test says when a call ends, whether it was told to or not. */
async function begin(world = newWorld(), journal?: string, text = plan): Promise<Slow> {
  const [puppet] = world.toolbox.tools;
  assert.ok(puppet);
  const told: string[] = [];
  const held = new Map<string, (outcome: PerformOutcome) => void>();
  const slow: Tool = {
    ...puppet,
    perform: ({ action }, { signal }) =>
      new Promise((resolve) => {
        held.set(action.id, resolve);
        signal.addEventListener('abort', () => told.push(action.id));
      }),
  };
  const ports = { ...world, toolbox: { tools: [slow], find: () => slow } };
  const secrets = { token: 'hush-hush-1234' };
  const live =
    journal === undefined
      ? startLiveRun({ ...ports, run: 'r', plan: readPlanText(text), secrets })
      : resumeLiveRun({ ...ports, text: journal, secrets });
  await idle();
  return { world, live, told, end: (action, outcome) => held.get(action)?.(outcome) };
}

/** The same, stopped while it reads and nobody has approved its write. */
async function stop(): Promise<Slow> {
  const slow = await begin();
  assert.ok(slow.live.submit({ kind: 'stop-requested', by: 'ann' }).accepted);
  await idle();
  return slow;
}

const kinds = (text: string): readonly string[] => readJournalText(text).lines.map(({ body }) => body.kind);

describe('a run that is stopped', () => {
  it('ends though it was stopped while the line that a read is begun was being written', async () => {
    const world = newWorld();
    const writes: (() => void)[] = [];
    const journal: typeof world.journal = {
      append: async (lines) => {
        await new Promise<void>((resolve) => writes.push(resolve));
        await world.journal.append(lines);
      },
    };
    const live = startLiveRun({ ...world, journal, run: 'r', plan: readPlanText(plan), secrets: {} });
    await idle();
    assert.ok(live.submit({ kind: 'stop-requested', by: 'ann' }).accepted);
    for (let write = writes.shift(); write; write = writes.shift()) {
      write();
      await idle();
    }
    const view = await live.settled();
    assert.equal(view.outcome, 'stopped');
    assert.deepEqual(world.calls, [], 'nothing was begun any more');
    assert.equal(view.steps.find(({ node }) => node === 'Look')?.status, 'cancelled');
    assert.deepEqual(replayJournal(world.text()).view, view);
  });

  it('keeps what a read had found, in its journal and its report, without secrets', async () => {
    const { world, live, told, end } = await stop();
    assert.deepEqual(told, ['Look.1']);
    assert.equal(live.view().phase, 'running');
    end('Look.1', stopped);
    const view = await live.settled();
    assert.equal(view.outcome, 'stopped');
    const look = view.steps.find(({ node }) => node === 'Look');
    assert.equal(look?.status, 'cancelled');
    assert.equal(look?.actions[0]?.status, 'cancelled');
    assert.equal(look?.actions[0]?.failure?.partial?.text, 'one row so far, of ***');
    const text = world.text();
    assert.doesNotMatch(text, /hush-hush/);
    assert.deepEqual(kinds(text).slice(-5), [
      'step-cancelled', // the write that nobody had approved
      'end-awaited',
      'action-ended',
      'step-cancelled',
      'run-ended',
    ]);
    assert.deepEqual(replayJournal(text).view, view);
    assert.equal(verifyJournal(text, sha256Hex).kind, 'whole');

    const report = await makeReport(replayJournal(text), readJournalText(text).lines, 'run.jsonl');
    const output = report.outputs.find(({ action }) => action === 'Look.1');
    assert.equal(output?.result?.text, 'one row so far, of ***');
    const words = report.notChecked.map(({ parts }) =>
      parts.map((part) => (typeof part === 'string' ? part : 'code' in part ? part.code : part.said)).join(''),
    );
    assert.ok(
      words.some((sentence) => /^Look .*What it had given by then was kept/.test(sentence)),
      words.join('\n'),
    );
    assert.ok(words.includes('Look.1: Cut after a megabyte.'), words.join('\n'));
  });

  it('counts a read that was done before it heard of it', async () => {
    const { live, end } = await stop();
    end('Look.1', { kind: 'result', result: { text: 'all', notes: [] } });
    const view = await live.settled();
    assert.equal(view.outcome, 'stopped');
    assert.equal(view.steps.find(({ node }) => node === 'Look')?.status, 'succeeded');
  });

  it('waits ten seconds at most for a tool that does not stop', async () => {
    const { world, live } = await stop();
    world.tick(9_000);
    await idle();
    assert.equal(live.view().phase, 'running');
    world.tick(1_001);
    assert.equal((await live.settled()).outcome, 'stopped');
  });

  it('is over when it is resumed after its process died while it stopped', async () => {
    const { world } = await stop();
    const text = world.text();
    const { live, told } = await begin(newWorld({ text }), text);
    const view = await live.settled();
    assert.equal(view.outcome, 'stopped');
    assert.deepEqual(told, []);
    const failure = view.steps.find(({ node }) => node === 'Look')?.actions[0]?.failure;
    assert.match(failure?.message ?? '', /what it had found was lost/);
  });

  it('lets a write that is under way finish, and keeps what a read beside it had found', async () => {
    const { live, told, end } = await begin();
    const [request] = live.view().requests;
    assert.equal(request?.kind, 'approval');
    if (request?.kind !== 'approval') return;
    live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'ann' });
    await idle();
    live.submit({ kind: 'stop-requested', by: 'ann' });
    await idle();
    assert.deepEqual(told, ['Look.1']);
    end('Look.1', stopped);
    await idle();
    assert.equal(live.view().phase, 'running');
    end('Change.1', { kind: 'result', result: { text: 'changed', notes: [] } });
    const view = await live.settled();
    assert.deepEqual(
      view.steps.map(({ node, status }) => [node, status]),
      [
        ['Look', 'cancelled'],
        ['Change', 'succeeded'],
      ],
    );
  });
});

describe('a run that another way brings to its end', () => {
  const twoWays = `
step Quick
  action read: quick
step Look
  action read: look
  action read: look closer
edge start -> Quick
edge start -> Look
edge Quick -> end
edge Look -> end
param token string secret
`;
  const reachEnd = async (): Promise<Slow> => {
    const slow = await begin(newWorld(), undefined, twoWays);
    slow.end('Quick.1', { kind: 'result', result: { text: 'all clear', notes: [] } });
    await idle();
    return slow;
  };

  it('keeps what the reads beside it had found, and begins no other', async () => {
    const { world, live, told, end } = await reachEnd();
    assert.deepEqual(told, ['Look.1']);
    assert.equal(live.view().phase, 'running');
    end('Look.1', stopped);
    const view = await live.settled();
    assert.equal(view.outcome, 'completed');
    const look = view.steps.find(({ node }) => node === 'Look');
    assert.deepEqual(
      [look?.status, look?.actions.map(({ status }) => status)],
      ['cancelled', ['cancelled', 'skipped']],
    );
    assert.equal(look?.actions[0]?.failure?.partial?.text, 'one row so far, of ***');
    assert.deepEqual(replayJournal(world.text()).view, view);
    const report = await makeReport(replayJournal(world.text()), readJournalText(world.text()).lines, 'run.jsonl');
    assert.equal(report.outputs.find(({ action }) => action === 'Look.1')?.result?.text, 'one row so far, of ***');
  });

  it('begins nothing more of a step whose read was done before it heard of it', async () => {
    const { live, told, end } = await reachEnd();
    end('Look.1', { kind: 'result', result: { text: 'all', notes: [] } });
    const view = await live.settled();
    const look = view.steps.find(({ node }) => node === 'Look');
    assert.equal(look?.actions[0]?.result?.text, 'all');
    assert.deepEqual([told, view.outcome, look?.status], [['Look.1'], 'completed', 'cancelled']);
  });

  it('waits ten seconds at most for a tool that does not stop', async () => {
    const { world, live } = await reachEnd();
    world.tick(10_001);
    assert.equal((await live.settled()).outcome, 'completed');
  });
});
