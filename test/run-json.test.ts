// `run --json`, `resume --json` and `replay --json` tell every round of a loop, not the last alone.
import assert from 'node:assert/strict';
import { toDryJson, toRunJson, roundsOf } from '../src/cli/run-json.ts';
import { dryRun, replayJournal, startLiveRun, type DryTool, type Toolbox } from '../src/run/index.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld, type World } from './support/puppets.ts';

const plan = readPlanText(`
step Look
  action read: look
step Act
  action read: act
edge start -> Look
edge Look -> Act
edge Act -> end if "done" guard text == 'done'
repeat Act -> Look max=5 else
`);

/** What the action that runs now gives. */
async function say(world: World, action: string, text: string): Promise<void> {
  await idle();
  world.end(action, { kind: 'result', result: { text, notes: [] } });
}

interface Told {
  readonly steps: readonly {
    readonly node: string;
    readonly status: string;
    readonly actions: readonly { readonly text: string | null; readonly error: { readonly message: string } | null }[];
    readonly earlier?: readonly {
      readonly status: string;
      readonly actions: readonly { readonly text: string | null }[];
    }[];
  }[];
  readonly repeats?: readonly object[];
}

function told(world: World): Told {
  const replay = replayJournal(world.text());
  const { view } = replay;
  const about = { plan, lines: null, journal: 'run.jsonl', ...roundsOf(view, () => replay) };
  return toRunJson(view, about) as unknown as Told;
}

/** What a step gave, round by round, the last one last. */
const textsOf = ({ steps }: Told, node: string): readonly (string | null)[] =>
  steps
    .filter((step) => step.node === node)
    .flatMap(({ earlier = [], actions }) => [...earlier, { actions }])
    .flatMap(({ actions }) => actions.map(({ text }) => text));

describe('the JSON of a run with a loop', () => {
  it('has what each round gave, how often it began again, and why it went on', async () => {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan });
    for (const [look, act] of [
      ['a', 'not yet'],
      ['b', 'nor now'],
      ['c', 'done'],
    ] as const) {
      await say(world, 'Look.1', look);
      await say(world, 'Act.1', act);
    }
    assert.equal((await live.settled()).outcome, 'completed');
    const json = told(world);
    assert.deepEqual(textsOf(json, 'Look'), ['a', 'b', 'c']);
    assert.deepEqual(textsOf(json, 'Act'), ['not yet', 'nor now', 'done']);
    assert.deepEqual(json.repeats, [
      {
        repeat: 'repeat_Act_Look',
        from: 'Act',
        to: 'Look',
        again: true,
        rounds: 2,
        decidedBy: 'else',
        because: 'no other condition held',
      },
    ]);
  });

  it('has the round that failed, and what a run that was cut off within a round had found before', async () => {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan });
    await say(world, 'Look.1', 'a');
    await say(world, 'Act.1', 'not yet');
    await idle();
    const json = told(world);
    assert.equal(live.view().phase, 'running');
    assert.deepEqual(textsOf(json, 'Look'), ['a', null]);
    assert.deepEqual(textsOf(json, 'Act'), ['not yet', null]);
    assert.deepEqual(
      json.steps.map(({ node, status }) => [node, status]),
      [
        ['Look', 'running'],
        ['Act', 'pending'],
      ],
    );
  });

  it('tells what was done before a person set the next step back', async () => {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan, held: true });
    // The start, then the step.
    for (const by of ['ann', 'ann']) live.submit({ kind: 'step-released', by });
    await say(world, 'Look.1', 'a');
    await idle();
    live.submit({ kind: 'next-step-set', node: 'Look', by: 'ann' });
    live.submit({ kind: 'step-released', by: 'ann' });
    await say(world, 'Look.1', 'b');
    await idle();
    assert.deepEqual(textsOf(told(world), 'Look'), ['a', 'b']);
  });

  it('is as it was where nothing began again', async () => {
    const world = newWorld();
    startLiveRun({ ...world, run: 'r', plan });
    await say(world, 'Look.1', 'a');
    await say(world, 'Act.1', 'done');
    await idle();
    assert.equal(replayJournal(world.text()).earlierRounds().size, 0);
    const json = told(world);
    assert.ok(json.steps.every((step) => !('earlier' in step)));
    assert.ok(!('repeats' in json) || json.repeats?.length === 1);
  });
});

describe('the view of a run whose loop has set an edge back', () => {
  it('says how it had been decided in the round before', async () => {
    const world = newWorld();
    const live = startLiveRun({
      ...world,
      run: 'r',
      plan: readPlanText(`
        step Look
          action read: look
        step Act
          action read: act
        step Other
        edge start -> Look
        edge Look -> end if "empty" guard text == 'empty'
        edge Look -> Act else
        edge Act -> Other if "odd" guard text == 'odd'
        repeat Act -> Look max=5 else
      `),
    });
    for (const [action, text] of [
      ['Look.1', 'full'],
      ['Act.1', 'even'],
      ['Look.1', 'empty'],
    ] as const) {
      await say(world, action, text);
    }
    const { edges } = await live.settled();
    const odd = edges.find(({ edge }) => edge === 'edge_Act_Other');
    assert.deepEqual(odd, {
      edge: 'edge_Act_Other',
      status: 'pending',
      earlier: { status: 'disabled', decidedBy: 'guard', because: '`text == \'odd\'` is false (text = "even")' },
    });
    assert.equal(edges.find(({ edge }) => edge === 'edge_Look_Act')?.earlier?.status, 'enabled');
  });
});

describe('the JSON of a dry run', () => {
  it('holds the ways back with what would decide them, and what has no value', async () => {
    const asking = readPlanText(`
      param pool string required
      step Look
        action read: look {pool}
      edge start -> Look
      edge Look -> end if "done" guard text == 'done'
      repeat Look -> Look max=5 wait=1000 if "still slow"
    `);
    const report = await dryRun({ plan: asking, toolbox: newWorld().toolbox as unknown as Toolbox<DryTool> });
    const json = toDryJson(report, { plan: asking, lines: null, journal: null }) as Readonly<Record<string, unknown>>;
    assert.deepEqual(json['repeats'], [
      {
        repeat: 'repeat_Look_Look',
        from: 'Look',
        to: 'Look',
        condition: 'still slow',
        max: 5,
        waitMs: 1000,
        decidedBy: 'engineer',
        because: 'needs judgement: the run asks',
      },
    ]);
    assert.deepEqual(json['missingParameters'], ['pool']);
    assert.equal(json['outcome'], 'planned');
  });
});
