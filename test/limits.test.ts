// Limits of tools: how many calls run at one time and how many begin in a minute. Time moves when the test moves it, and
// every call is held until the test ends it.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  replayJournal,
  resumeLiveRun,
  startLiveRun,
  type Clock,
  type PerformOutcome,
  type Tool,
} from '../src/run/index.ts';
import { checkTool, openTools } from '../src/tools/index.ts';
import { limitedTool } from '../src/tools/limited-tool.ts';
import { newTurnKeeper } from '../src/tools/turn-keeper.ts';
import { newTurns, type EndTurn } from '../src/tools/turns.ts';
import { actionOf } from './support/action-of.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld } from './support/puppets.ts';

const done: PerformOutcome = { kind: 'result', result: { notes: [] } };
const never = new AbortController().signal;

/** A clock that a test moves; it knows how many timers wait. */
function handClock(): Clock & { tick(ms: number): void; waiting(): number } {
  let now = 0;
  const timers = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    tick(ms) {
      now += ms;
      for (const timer of [...timers]) if (timer.at <= now && timers.delete(timer)) timer.callback();
    },
    waiting: () => timers.size,
  };
}

/** Two steps beside each other, the second of which writes, and a limit of one call. */
const beside = `step Step1
  action read timeout=1000: one
step Step2
  action write timeout=1000: two
edge start -> Step1
edge start -> Step2
edge Step1 -> end
edge Step2 -> end`;

/** The same, where the run goes on behind both. */
const joined = `${beside.replaceAll('-> end', '-> Step3')}\nstep Step3\nedge Step3 -> end`;

/** A run of it in which \`Step2.1\` is approved and waits while \`Step1.1\` is under way. */
async function waitingRun(plan = beside) {
  const world = newWorld({ limits: { concurrent: 1 } });
  const run = startLiveRun({ ...world, run: 'limited', plan: readPlanText(plan) });
  await idle();
  for (const request of run.view().requests)
    if (request.kind === 'approval')
      run.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'ann' });
  await idle();
  assert.deepEqual(world.inFlight(), ['Step1.1']);
  return { world, run };
}

describe('the line before a tool', () => {
  it('lets so many calls run at one time, in the order in which they came', async () => {
    const turns = newTurns({ concurrent: 2 }, handClock());
    const begun: number[] = [];
    const ends: EndTurn[] = [];
    const heard: string[] = [];
    for (const call of [1, 2, 3, 4])
      void turns
        .take(never, (because) => heard.push(`${call} ${because}`))
        .then((end) => {
          begun.push(call);
          if (end) ends.push(end);
        });
    await idle();
    assert.deepEqual(begun, [1, 2]);
    assert.deepEqual(heard, ['3 takes 2 calls at one time', '4 takes 2 calls at one time']);
    ends[1]?.();
    ends[1]?.();
    await idle();
    assert.deepEqual(begun, [1, 2, 3], 'a turn that is ended twice frees one place');
    ends[0]?.();
    await idle();
    assert.deepEqual(begun, [1, 2, 3, 4]);
  });

  it('lets so many calls begin in any minute, and keeps no timer when nobody waits', async () => {
    const clock = handClock();
    const turns = newTurns({ perMinute: 2 }, clock);
    const begun: number[] = [];
    const call = (name: number): Promise<void> =>
      turns.take(never).then((end) => {
        begun.push(name);
        end?.();
      });
    await call(1);
    clock.tick(30_000);
    await call(2);
    void call(3);
    void call(4);
    clock.tick(29_999);
    await idle();
    assert.deepEqual(begun, [1, 2]);
    clock.tick(1);
    await idle();
    assert.deepEqual(begun, [1, 2, 3], 'a minute after the first');
    clock.tick(29_999);
    await idle();
    assert.deepEqual(begun, [1, 2, 3]);
    clock.tick(1);
    await idle();
    assert.deepEqual(begun, [1, 2, 3, 4], 'a minute after the second');
    assert.equal(clock.waiting(), 0);
  });

  it('is left at once by a call that is cancelled', async () => {
    const clock = handClock();
    const turns = newTurns({ perMinute: 1 }, clock);
    await turns.take(never);
    const leaves = new AbortController();
    const waits = turns.take(leaves.signal);
    await idle();
    assert.equal(clock.waiting(), 1);
    leaves.abort();
    assert.equal(await waits, null);
    assert.equal(clock.waiting(), 0);
    assert.equal(await turns.take(AbortSignal.abort()), null);
  });

  it('keeps every limit whatever calls come, end and leave', async () => {
    const moves = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('call' as const) }),
        fc.record({ kind: fc.constant('end' as const), which: fc.nat(20) }),
        fc.record({ kind: fc.constant('leave' as const), which: fc.nat(20) }),
        fc.record({ kind: fc.constant('tick' as const), ms: fc.nat(70_000) }),
      ),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(
        moves,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        async (all, most, rate) => {
          const clock = handClock();
          const turns = newTurns({ concurrent: most, perMinute: rate }, clock);
          const running: EndTurn[] = [];
          const begun: number[] = [];
          const leavers: AbortController[] = [];
          let left = 0;
          let asked = 0;
          for (const move of all) {
            if (move.kind === 'call') {
              const abort = new AbortController();
              leavers.push(abort);
              asked++;
              void turns.take(abort.signal).then((end) => {
                if (end) {
                  begun.push(clock.now());
                  running.push(end);
                } else left++;
              });
            } else if (move.kind === 'end') running.splice(move.which % Math.max(1, running.length), 1)[0]?.();
            else if (move.kind === 'leave') leavers[move.which % Math.max(1, leavers.length)]?.abort();
            else clock.tick(move.ms);
            await idle();
            assert.ok(running.length <= most, `${running.length} at one time`);
            const lately = begun.filter((time) => time > clock.now() - 60_000).length;
            assert.ok(lately <= rate, `${lately} in a minute`);
          }
          // Whoever did not leave has their turn in the end.
          while (begun.length + left < asked) {
            for (const end of running.splice(0)) end();
            clock.tick(60_000);
            await idle();
          }
          assert.equal(clock.waiting(), 0);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a run with a tool that has limits', () => {
  it('says at the step that it waits for its turn', async () => {
    const { world, run } = await waitingRun(joined);
    const [first, second] = run.view().steps;
    assert.equal(first?.note, undefined);
    assert.equal(second?.note, 'It waits for its turn: `puppet` takes 1 call at one time.');
    assert.equal(second?.status, 'running');
    world.end('Step1.1', done);
    await idle();
    assert.equal(run.view().steps[1]?.note, undefined);
    assert.deepEqual(world.inFlight(), ['Step2.1']);
  });

  it('begins no call that the end of the run has made needless', async () => {
    const { world, run } = await waitingRun();
    world.end('Step1.1', done);
    assert.equal((await run.settled()).outcome, 'completed');
    assert.deepEqual(
      world.calls.map(({ action }) => action),
      ['Step1.1'],
    );
  });

  it('begins a call only when the journal says that its turn has come', async () => {
    const { world, run } = await waitingRun(joined);
    world.end('Step1.1', done);
    await idle();
    assert.deepEqual(world.inFlight(), ['Step2.1']);
    const kinds = world
      .text()
      .split('\n')
      .filter((line) => line.includes('"Step2.1"'))
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    assert.deepEqual(kinds.slice(-3), ['action-started', 'turn-awaited', 'turn-came']);
    world.end('Step2.1', done);
    await run.settled();
    assert.deepEqual(replayJournal(world.text()).view, run.view());
  });

  it('counts a timeout from where the call begins', async () => {
    const world = newWorld({ limits: { concurrent: 1 } });
    const plan = readPlanText(`step Step1
  action read timeout=3600000: one
step Step2
  action read timeout=1000 retries=0: two
edge start -> Step1
edge start -> Step2
edge Step1 -> Step3
edge Step2 -> Step3
step Step3
edge Step3 -> end`);
    const run = startLiveRun({ ...world, run: 'limited', plan });
    await idle();
    world.tick(60_000);
    await idle();
    assert.equal(run.view().steps[1]?.status, 'running');
    world.end('Step1.1', done);
    await idle();
    assert.deepEqual(world.inFlight(), ['Step2.1']);
    world.tick(10_999);
    await idle();
    assert.equal(run.view().steps[1]?.status, 'running', 'its own second and the grace are not over');
    world.tick(1);
    await idle();
    assert.equal(run.view().steps[1]?.actions[0]?.failure?.reason, 'timeout');
  });

  it('ends the wait at once when it is stopped: a write that waits has not begun', async () => {
    const { world, run } = await waitingRun();
    run.submit({ kind: 'stop-requested', by: 'ann' });
    const view = await run.settled();
    assert.equal(view.outcome, 'stopped');
    assert.deepEqual(
      view.steps.map(({ status }) => status),
      ['cancelled', 'cancelled'],
    );
    assert.deepEqual(
      world.calls.map(({ action }) => action),
      ['Step1.1'],
    );
    assert.doesNotMatch(world.text(), /turn-came/);
    const awaited = world.text().indexOf('end-awaited');
    assert.ok(world.text().indexOf('"kind":"step-cancelled","node":"Step2"') < awaited, 'the read alone is waited for');
  });

  it('asks nobody about a write that waited when the process died', async () => {
    const { world } = await waitingRun();
    const again = newWorld({ text: world.text(), limits: { concurrent: 1 } });
    const run = resumeLiveRun({ ...again, text: world.text() });
    await idle();
    assert.deepEqual(run.view().requests, []);
    assert.deepEqual(again.inFlight(), ['Step1.1'], 'limits hold for a resumed run');
    assert.match(run.view().steps[1]?.note ?? '', /waits for its turn/);
    again.end('Step1.1', done);
    assert.match(again.text(), /"interrupted":\["Step1.1"\]/);
  });

  it('asks about one whose turn had come', async () => {
    const { world } = await waitingRun(joined);
    world.end('Step1.1', done);
    await idle();
    const again = newWorld({ text: world.text(), limits: { concurrent: 1 } });
    const run = resumeLiveRun({ ...again, text: world.text() });
    await idle();
    assert.deepEqual(
      run.view().requests.map(({ kind }) => kind),
      ['unknown-outcome'],
    );
    assert.deepEqual(again.inFlight(), []);
  });
});

describe('limits in settings', () => {
  const open = async (turns = newTurnKeeper(handClock()), limits: object = { perMinute: 1 }) => {
    const tools = { terminal: { kind: 'shell', limits } };
    const toolbox = await openTools({ folder: import.meta.dirname, tools, secrets: {} }, { env: process.env, turns });
    return toolbox.tools[0] ?? assert.fail();
  };
  const perform = (tool: Tool, signal: AbortSignal = never) => {
    const rendered = tool.render(actionOf('bash', 'echo hi'), []);
    return 'text' in rendered ? tool.perform(rendered, { timeoutMs: 20_000, signal }) : assert.fail();
  };

  it('hold for all runs of a program together, and for its checks', async () => {
    const clock = handClock();
    const keeper = newTurnKeeper(clock);
    const [one, two] = [await open(keeper), await open(keeper)];
    assert.equal((await perform(one)).kind, 'result');
    const heard: string[] = [];
    const checked = checkTool(two, clock, { onWait: (because) => heard.push(because) });
    await idle();
    assert.deepEqual(heard, ['`terminal` takes 1 call a minute']);
    clock.tick(60_000);
    assert.deepEqual(await checked, { problem: null, tookMs: 0 });
    const other = await open(keeper, { perMinute: 2 });
    assert.equal((await perform(other)).kind, 'result', 'a tool with other settings has a line of its own');
  });

  it('let a wait be cancelled, whoever waits', async () => {
    const tool = await open();
    await perform(tool);
    const abort = new AbortController();
    const [performed, checked] = [perform(tool, abort.signal), tool.check(abort.signal)];
    abort.abort();
    const outcome = await performed;
    assert.equal(
      outcome.kind === 'failure' && outcome.failure.message,
      'The call waited for its turn and was cancelled.',
    );
    assert.equal((await checked)?.reason, 'cancelled');
  });

  it('do not hold up what asks nobody', async () => {
    const tool = await open();
    await perform(tool);
    const rendered = tool.render(actionOf('bash', 'echo hi'), []);
    assert.equal('text' in rendered && (await tool.explain(rendered, never)).kind, 'accepted');
  });

  it('hold up a tool that is asked what it holds', async () => {
    const world = newWorld();
    const puppet = { ...(world.toolbox.tools[0] ?? assert.fail()), schema: async () => ({ kind: 'names' }) as never };
    const tool = limitedTool(puppet, newTurns({ perMinute: 1 }, handClock()), true);
    assert.deepEqual(await tool.schema?.(never), { kind: 'names' });
    const abort = new AbortController();
    const waits = tool.schema?.(abort.signal);
    abort.abort();
    assert.equal(((await waits) as { reason?: string } | undefined)?.reason, 'cancelled');
    assert.equal(
      limitedTool(world.toolbox.tools[0] ?? assert.fail(), newTurns({}, handClock()), true).schema,
      undefined,
    );
  });

  it('hold up an explanation that a server must give', async () => {
    const world = newWorld();
    const clock = handClock();
    const tool = limitedTool(world.toolbox.tools[0] ?? assert.fail(), newTurns({ perMinute: 1 }, clock), true);
    const rendered = tool.render({ ...actionOf('puppet', 'x') }, []);
    if (!('text' in rendered)) assert.fail();
    assert.equal((await tool.explain(rendered, never)).kind, 'accepted');
    const abort = new AbortController();
    const waits = tool.explain(rendered, abort.signal);
    abort.abort();
    assert.deepEqual(await waits, {
      kind: 'cannot-explain',
      because: 'The call waited for its turn and was cancelled.',
    });
  });
});
