// Scenarios: guides run on answers from a file, recordings of runs that end as the runs did, and coverage. What the command
// prints is in test/cli/guides-under-test.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { sha256Hex } from '../src/adapters/sha256.ts';
import type { Plan } from '../src/plan/index.ts';
import { readJournalText, replayJournal, startLiveRun, type ApprovalRule } from '../src/run/index.ts';
import {
  addToTestsFile,
  backtest,
  checkScenario,
  coverageOf,
  readTestsFile,
  recordScenario,
  rulesOf,
  runScenario,
  scenarioSchema,
  stepsRun,
  testsFileJsonSchema,
  writeTestsFile,
  type Scenario,
} from '../src/scenario/index.ts';
import { root, temporaryFolder, tsg } from './cli/tsg.ts';
import { readPlanText } from './support/plan-text.ts';
import { newWorld } from './support/puppets.ts';
import { playScript } from './support/run-script.ts';

const scenarioOf = (given: object): Scenario => scenarioSchema.parse({ name: 'a case', ...given });
const worldOf = (plan: Plan): { plan: Plan; tools: null; hash: typeof sha256Hex } => ({
  plan,
  tools: null,
  hash: sha256Hex,
});

describe('tests of the samples', function () {
  this.timeout(60_000);
  it('pass, and go through every step, edge and side', async () => {
    const end = await tsg(['test', 'samples', '--coverage', '--json']);
    assert.equal(end.code, 0, end.out + end.err);
    const { failed, guides } = JSON.parse(end.out) as {
      failed: number;
      guides: { guide: string; coverage: Record<string, { covered: number; total: number }> }[];
    };
    assert.equal(failed, 0);
    assert.equal(guides.length, readdirSync(join(root, 'samples')).filter((name) => !name.includes('.')).length);
    for (const { guide, coverage } of guides)
      for (const [what, { covered, total }] of Object.entries(coverage))
        assert.equal(covered, total, `${guide}: ${what}`);
  });

  it('count together where a guide has several files of tests', async () => {
    const folder = temporaryFolder();
    const cwd = folder.path;
    try {
      writeFileSync(
        join(cwd, 'queue.md'),
        "# Queue\n\n## Step 1 - Look\n\n```bash\ncat queue\n```\n\n- If it is full (`text == 'full'`), go to Step 2.\n- Otherwise, this ends the guide.\n\n## Step 2 - Empty it\n\nThis resolves the incident.\n",
      );
      for (const text of ['full', 'short'])
        writeFileSync(
          join(cwd, `${text}.tests.yaml`),
          `version: 1\nguide: queue.md\ntests:\n  - name: ${text}\n    answers:\n      Step1.1: { text: ${text} }\n`,
        );
      const one = await tsg(['test', 'short.tests.yaml', '--coverage'], { cwd });
      assert.match(one.out, /steps 1 of 2 [^]*never run: Step2/, one.err);
      const both = await tsg(['test', '--coverage', '--coverage-svg', 'pictures'], { cwd });
      assert.deepEqual(both.out.match(/ {4}steps .*/g), [
        '    steps 2 of 2 (100%), edges 4 of 4 (100%), sides of conditions 4 of 4 (100%)',
      ]);
      assert.match(both.out, /2 tests of 1 guide: all passed/);
      assert.deepEqual(readdirSync(join(cwd, 'pictures')), ['queue.coverage.svg']);
      const svg = readFileSync(join(cwd, 'pictures', 'queue.coverage.svg'), 'utf8');
      assert.doesNotMatch(svg, /class="[^"]*mark-(partly|not)-covered/);
      const json = await tsg(['test', '--coverage', '--json'], { cwd });
      const { guides } = JSON.parse(json.out) as { guides: { coverage: { steps: { covered: number } } }[] };
      assert.deepEqual(
        guides.map(({ coverage }) => coverage.steps.covered),
        [2, 2],
      );
    } finally {
      folder.remove();
    }
  });

  it('are drawn with what they cover, a picture for each guide', async () => {
    const folder = temporaryFolder();
    try {
      const end = await tsg(['test', 'samples', '--coverage-svg', join(folder.path, 'pictures')]);
      assert.equal(end.code, 0, end.out + end.err);
      const pictures = readdirSync(join(folder.path, 'pictures'));
      assert.equal(pictures.length, readdirSync(join(root, 'samples')).filter((name) => !name.includes('.')).length);
      for (const name of pictures) {
        assert.match(name, /\.coverage\.svg$/);
        const svg = readFileSync(join(folder.path, 'pictures', name), 'utf8');
        assert.match(svg, /class="node node-step mark-covered"/, name);
        assert.doesNotMatch(svg, /class="[^"]*mark-(partly|not)-covered/, name);
      }
    } finally {
      folder.remove();
    }
  });
});

describe('a scenario', () => {
  const loop = readPlanText(`
    step Step1
      action read as=seen: look
    step Step2
      action write: mend
    edge start -> Step1
    edge Step1 -> Step2 guard rowCount > 0
    edge Step1 -> end else | outcome=not-applicable
    edge Step2 -> end outcome=resolved
    repeat Step2 -> Step1 max=3 wait=3600000 guard results.seen.rowCount > 1
  `);

  it('gives several answers in their order, and time passes without waiting', async () => {
    const scenario = scenarioOf({
      answers: { 'Step1.1': [{ rowCount: 5 }, { rowCount: 2 }, { rowCount: 1 }], 'Step2.1': {} },
      expect: { outcome: 'resolved', path: ['Step1', 'Step2'] },
    });
    const run = await runScenario(worldOf(loop), scenario);
    assert.deepEqual(checkScenario(loop, scenario, run), []);
    assert.deepEqual(
      run.calls.map(({ action }) => action).join(' '),
      'Step1.1 Step2.1 Step1.1 Step2.1 Step1.1 Step2.1',
    );
    assert.deepEqual(replayJournal(run.journal).view, run.view);
    assert.equal((run.view.endedAt ?? 0) - (run.view.startedAt ?? 0), 2 * 3_600_000);
  });

  it('retries a read as a live run does, and fails for good after that', async () => {
    const plan = readPlanText('step Step1\n  action read: look\nedge start -> Step1\nedge Step1 -> end\n');
    const failure = { failure: { reason: 'unavailable', transient: true } };
    const mended = await runScenario(worldOf(plan), scenarioOf({ answers: { 'Step1.1': [failure, {}] } }));
    assert.equal(mended.view.outcome, 'completed');
    const broken = await runScenario(worldOf(plan), scenarioOf({ answers: { 'Step1.1': failure } }));
    assert.deepEqual([broken.view.outcome, broken.calls.length], ['failed', 3]);
  });

  it('never holds a secret: one that is not given is invented, and stays out of the text', async () => {
    const plan = readPlanText(
      'param token string secret\nstep Step1\n  action read: call {token}\nedge start -> Step1\nedge Step1 -> end\n',
    );
    const run = await runScenario(worldOf(plan), scenarioOf({ answers: { 'Step1.1': {} } }));
    assert.equal(run.view.outcome, 'completed');
    assert.deepEqual(
      run.calls.map(({ text }) => text),
      ['call ***'],
    );
  });

  it('names what the guide does not have', async () => {
    const scenario = scenarioOf({
      parameters: { zone: 'a' },
      answers: { 'Step9.1': {} },
      decisions: { Step7: 'end', Step1: ['Step2', 'Step9'] },
      expect: { path: ['Stpe1'] },
    });
    const failures = checkScenario(loop, scenario, await runScenario(worldOf(loop), scenario));
    const unknown = failures.filter(({ kind }) => kind === 'unknown-name').map(({ message }) => message);
    assert.deepEqual(unknown, [
      'The guide has no action `Step9.1`.',
      'The guide has no step `Step7`.',
      'The guide has no step `Stpe1`. Did you mean `Step1`?',
      'No way leads from `Step1` to `Step9`.',
      'The guide has no parameter `zone`.',
    ]);
  });

  it('points to the edge at which the run went another way', async () => {
    const scenario = scenarioOf({ answers: { 'Step1.1': { rowCount: 0 } }, expect: { path: ['Step1', 'Step2'] } });
    const [failure] = checkScenario(loop, scenario, await runScenario(worldOf(loop), scenario));
    assert.equal(failure?.message, '`Step2` did not run.');
    assert.deepEqual(
      failure.evidence.map(({ edge, status, because }) => [edge.id, status, because]),
      [['edge_Step1_Step2', 'disabled', '`rowCount > 0` is false (rowCount = 0)']],
    );
  });

  it('expects a way back into a loop to be taken only where it was', async () => {
    const [repeat] = loop.repeats;
    assert.ok(repeat);
    const wanted = (rows: object): Scenario =>
      scenarioOf({ answers: { 'Step1.1': rows }, expect: { edges: [repeat.id] } });
    const once = wanted({ rowCount: 0 });
    const [failure] = checkScenario(loop, once, await runScenario(worldOf(loop), once));
    assert.equal(failure?.message, `Expected the edge \`${repeat.id}\` to be taken.`);
    const round = scenarioOf({
      answers: { 'Step1.1': [{ rowCount: 2 }, { rowCount: 0 }], 'Step2.1': {} },
      expect: { edges: [repeat.id, 'edge_Step1_Step2'] },
    });
    const run = await runScenario(worldOf(loop), round);
    assert.deepEqual(checkScenario(loop, round, run), []);
    const { edges } = coverageOf(loop, [run.lines]);
    assert.ok(
      edges.missing.every(({ id }) => id !== repeat.id),
      'it is covered',
    );
  });

  it('measures what it goes through', async () => {
    const one = await runScenario(worldOf(loop), scenarioOf({ answers: { 'Step1.1': { rowCount: 0 } } }));
    const { steps, edges, sides } = coverageOf(loop, [one.lines]);
    assert.deepEqual([steps.covered, steps.total, steps.missing], [1, 2, ['Step2']]);
    // The way back into the loop is one of them.
    assert.deepEqual([edges.covered, edges.total], [2, 5]);
    assert.deepEqual(
      sides.missing.map(({ edge, side }) => `${edge.id} ${side}`),
      [
        'edge_Step1_Step2 held',
        'edge_Step1_end did not hold',
        'repeat_Step2_Step1 held',
        'repeat_Step2_Step1 did not hold',
      ],
    );
  });
});

describe('what a case tells of a run', () => {
  it('that stopped behind an edge does not blame the edges before it', async () => {
    const plan = readPlanText(`
      step Step1
        action read: look
      step Step2
        action write: mend
      edge start -> Step1
      edge Step1 -> end outcome=not-applicable | guard rowCount == 0
      edge Step1 -> Step2 else
      edge Step2 -> end outcome=resolved
    `);
    const scenario = scenarioOf({
      answers: { 'Step1.1': { rowCount: 1 } },
      approve: 'none',
      expect: { outcome: 'resolved' },
    });
    const failures = checkScenario(plan, scenario, await runScenario(worldOf(plan), scenario));
    assert.deepEqual(
      failures.map(({ kind, evidence }) => [kind, evidence.length]),
      [['outcome', 0]],
    );
    const none = readPlanText(`
      step Step1
        action read: look
      step Step2
        action read: look
      edge start -> Step1
      edge Step1 -> end outcome=not-applicable | guard rowCount == 0
      edge Step1 -> Step2 else
      edge Step2 -> end outcome=resolved | guard rowCount == 0
    `);
    const stuck = scenarioOf({
      answers: { 'Step1.1': { rowCount: 1 }, 'Step2.1': { rowCount: 1 } },
      expect: { outcome: 'resolved' },
    });
    const [failure] = checkScenario(none, stuck, await runScenario(worldOf(none), stuck));
    assert.deepEqual(
      failure?.evidence.map(({ edge }) => edge.from),
      ['Step2'],
    );
  });

  it('that waits for a decision says why no guard decided, and blames no edge before it', async () => {
    const plan = readPlanText(`
      step Step1
        action read: look
      step Step2
        action read: look
      step Step3
        action read: look
      edge start -> Step1
      edge Step1 -> Step3 guard status == 503
      edge Step1 -> Step2 else
      edge Step2 -> Step3 guard rowCount > 2
      edge Step2 -> end else
      edge Step3 -> end outcome=resolved
    `);
    const scenario = scenarioOf({
      answers: { 'Step1.1': { status: 200 }, 'Step2.1': { text: 'none' } },
      expect: { path: ['Step1', 'Step2', 'Step3'], outcome: 'resolved' },
    });
    const [path, outcome] = checkScenario(plan, scenario, await runScenario(worldOf(plan), scenario));
    assert.deepEqual([path?.kind, path?.evidence.length, outcome?.evidence.length], ['path', 0, 0]);
    assert.match(
      outcome?.message ?? '',
      /but it is `waiting`: `Step2` needs a decision: .* No guard decided: .*rowCount/,
    );
  });

  it('counts an “otherwise” that leads on as left out where the loop went round', async () => {
    const plan = readPlanText(`
      step Step1
        action read: look
      edge start -> Step1
      edge Step1 -> end else | outcome=resolved
      repeat Step1 -> Step1 max=3 guard rowCount > 1
    `);
    const scenario = scenarioOf({ answers: { 'Step1.1': [{ rowCount: 2 }, { rowCount: 0 }] } });
    const run = await runScenario(worldOf(plan), scenario);
    assert.equal(run.view.outcome, 'resolved');
    assert.deepEqual(coverageOf(plan, [run.lines]).sides.missing, []);
  });
});

describe('a scenario under rules for approvals', () => {
  const plan = readPlanText(
    'step Step1\n  action write: change\nedge start -> Step1\nedge Step1 -> end outcome=resolved\n',
  );
  const under = async (approvals: readonly ApprovalRule[], environment: string | null = null) => {
    const scenario = scenarioSchema.parse({ name: 'one', answers: { 'Step1.1': {} } });
    const { view } = await runScenario(
      { plan, tools: null, hash: sha256Hex, rules: { approvals, environment } },
      scenario,
    );
    return [view.outcome, view.reason];
  };

  it('has as many people as they ask for', async () => {
    assert.deepEqual((await under([{ people: 3 }]))[0], 'resolved');
  });

  it('fails where they deny what a live run would not do either', async () => {
    assert.deepEqual((await under([{ environments: ['prod'], deny: true }], 'dev'))[0], 'resolved');
    const [outcome, reason] = await under([{ environments: ['prod'], deny: true }], 'prod');
    assert.equal(outcome, 'failed');
    assert.match(reason ?? '', /The rules of this run deny/);
  });
});

describe('a recording', () => {
  it('of a run that was stopped says that what was stopped had not answered', () => {
    const file = join(import.meta.dirname, 'journals', '2', 'stop-keeps-what-reads-had-found.jsonl');
    const text = readFileSync(file, 'utf8');
    const { answers } = recordScenario(replayJournal(text), readJournalText(text).lines, { name: 'stopped' });
    assert.deepEqual(answers, { 'Step1.1': { pending: true } });
  });

  const recorded = (name: string): ReturnType<typeof recordScenario> => {
    const text = readFileSync(join(import.meta.dirname, 'journals', '2', `${name}.jsonl`), 'utf8');
    return recordScenario(replayJournal(text), readJournalText(text).lines, { name });
  };

  it('of a run that came to its end another way says so of reads, too', () => {
    assert.deepEqual(recorded('end-keeps-what-reads-had-found').answers, {
      'Step1.1': {},
      'Step2.1': { pending: true },
      'Step3.1': { text: 'written' },
    });
  });

  it('of a loop says what was decided each time', () => {
    const { decisions } = recorded('loop-decided-anew-each-round');
    assert.deepEqual(decisions, {
      Step1: { each: ['repeat_Step1_Step1', 'repeat_Step1_Step1', 'edge_Step1_Step2'] },
    });
  });

  const twoWays = `
step Step1
step Step2
edge start -> Step1
edge Step1 -> Step2 if "it looks odd"
edge Step1 -> end if "it looks fine"
edge Step2 -> end
`;
  const recordedOf = async (script: string): Promise<Scenario> => {
    const { world } = await playScript(readPlanText(twoWays), script);
    const text = world.text();
    return recordScenario(replayJournal(text), readJournalText(text).lines, { name: 'played' });
  };

  it('leaves out a decision that the run refused', async () => {
    const { decisions } = await recordedOf('choose Step1 no_such_edge\nchoose Step1 edge_Step1_Step2\n');
    assert.deepEqual(decisions, { Step1: 'edge_Step1_Step2' });
  });

  it('has one that was given beforehand', async () => {
    assert.deepEqual((await recordedOf('decide Step1=Step2\n')).decisions, { Step1: 'edge_Step1_Step2' });
  });

  it('says that none of the ways fitted', async () => {
    const { decisions, expect } = await recordedOf('choose Step1\n');
    assert.deepEqual([decisions, expect.outcome], [{ Step1: [] }, 'no-branch-fits']);
  });

  it('forgets what a person went back behind', async () => {
    const { decisions, expect } = await recordedOf(
      'held\nrelease\nchoose Step1 edge_Step1_Step2\nset-next Step1\nrelease\nchoose Step1 edge_Step1_end\n',
    );
    assert.deepEqual([decisions, expect.outcome], [{ Step1: 'edge_Step1_end' }, 'completed']);
  });

  it('of a run in which the rules denied a write ends as it did under these rules', async () => {
    const plan = readPlanText('step Step1\n  action write: change\nedge start -> Step1\nedge Step1 -> end\n');
    const world = newWorld();
    await startLiveRun({ ...world, run: 'r', plan, approvals: [{ deny: true }], environment: 'prod' }).settled();
    const { lines } = readJournalText(world.text());
    const replay = replayJournal(world.text());
    const scenario = recordScenario(replay, lines, { name: 'denied' });
    const rules = rulesOf(replay);
    assert.deepEqual(rules, { approvals: [{ deny: true }], environment: 'prod' });
    const run = await runScenario({ plan, tools: null, hash: sha256Hex, rules }, scenario);
    assert.deepEqual(checkScenario(plan, scenario, run), []);
    // Another environment's rules, which allow it, change nothing of what the guide does.
    assert.equal(
      (await backtest({ ...worldOf(plan), rules: { approvals: [], environment: null } }, replay, lines)).kind,
      'same',
    );
  });

  const cases = join(import.meta.dirname, 'journals', '2');
  // What was chosen there is no choice in runs of today, so no test can say the same.
  const ofOtherRules = 'otherwise-chosen-beside-a-condition-that-holds.jsonl';
  for (const file of readdirSync(cases).filter((name) => name.endsWith('.jsonl') && name !== ofOtherRules)) {
    it(`of ${file} is written, read again, and ends as the run did`, async () => {
      const text = readFileSync(join(cases, file), 'utf8');
      const replay = replayJournal(text);
      const scenario = recordScenario(replay, readJournalText(text).lines, { name: file });
      const written = addToTestsFile(writeTestsFile('case.md', scenario, 'Recorded.'), scenario);
      const reading = readTestsFile(written);
      assert.ok(!reading.problems, JSON.stringify(reading.problems));
      assert.deepEqual(
        reading.tests.map((one) => one.scenario),
        [scenario, scenario],
      );
      assert.match(written, /^# Recorded\.\n/);
      const run = await runScenario(worldOf(replay.plan), scenario);
      assert.deepEqual(checkScenario(replay.plan, scenario, run), []);
      assert.deepEqual(stepsRun(run), scenario.expect.path);
    });
  }

  it('of a guide with variables that its tool gives passes as a test of it', async function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    try {
      const at = (name: string): string => join(folder.path, name);
      writeFileSync(at('given.tsg.md'), '# G\n\n## Step 1. Look\n\n```bash\necho "$REGION"\n```\n');
      writeFileSync(at('tsg.yaml'), 'tools: { sh: { kind: shell, env: [PATH, REGION] } }\n');
      const options = { cwd: folder.path, env: { REGION: 'eu' } };
      const run = await tsg(['run', 'given.tsg.md', '--live', '--journal', 'run.jsonl'], options);
      assert.equal(run.code, 0, run.out + run.err);
      assert.equal((await tsg(['record', 'run.jsonl', '-o', 'given.tests.yaml'], options)).code, 0);
      const tested = await tsg(['test', 'given.tests.yaml'], options);
      assert.equal(tested.code, 0, tested.out + tested.err);
      const past = await tsg(['backtest', 'given.tsg.md', 'run.jsonl'], options);
      assert.match(past.out, /all would end as they did/);
      assert.equal(past.code, 0, past.out + past.err);
    } finally {
      folder.remove();
    }
  });

  it('by the command line goes into a file that passes, with few rows and no secret', async function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    try {
      const journal = join(cases, 'secret-is-bound-and-never-written.jsonl');
      const out = join(folder.path, 'case.tests.yaml');
      for (const name of ['one', 'two']) {
        const end = await tsg(['record', journal, '-o', out, '--name', name]);
        assert.equal(end.code, 0, end.err);
      }
      const text = readFileSync(out, 'utf8');
      assert.doesNotMatch(text, /abc/);
      assert.deepEqual(readTestsFile(text).problems, undefined);
    } finally {
      folder.remove();
    }
  });
});

describe('a backtest', () => {
  const file = join(import.meta.dirname, 'journals', '2', 'no-branch-fits-stops-with-evidence.jsonl');
  const text = readFileSync(file, 'utf8');
  const { lines } = readJournalText(text);

  it('of the same plan ends the same; of an edited one says where it goes otherwise, or what it would need', async () => {
    const replay = replayJournal(text);
    const { plan } = replay;
    assert.equal((await backtest(worldOf(plan), replay, lines)).kind, 'same');
    const guarded = plan.edges.filter(({ guard }) => guard?.kind === 'cel');
    const opened = {
      ...plan,
      edges: plan.edges.map((edge) =>
        edge === guarded[0]
          ? { ...edge, guard: { kind: 'cel' as const, cel: 'true', origin: 'author' as const } }
          : edge,
      ),
    };
    const changed = await backtest(worldOf(opened), replay, lines);
    assert.notEqual(changed.kind, 'same');
    assert.equal(changed.otherwise[0]?.edge.id, guarded[0]?.id);
    const { nodes } = plan;
    const renamed = {
      ...plan,
      nodes: nodes.map((node) => ({
        ...node,
        actions: node.actions.map((action) => ({ ...action, id: `${action.id}x`, code: 'something new' })),
      })),
    };
    const unknown = await backtest(worldOf(renamed), replay, lines);
    assert.equal(unknown.kind, 'unknown');
    assert.match(unknown.needs[0] ?? '', /^an answer to `Step\d\.1x`$/);
  });
});

describe('a tests file', () => {
  it('stays as it is written when a case is added', () => {
    const scenario = scenarioOf({ answers: { 'Step1.1': { text: 'one\n\ntwo\n' } }, expect: { path: ['Step1'] } });
    const added = (text: string): string => {
      const whole = addToTestsFile(text, scenario);
      const reading = readTestsFile(whole);
      assert.ok(!reading.problems, JSON.stringify(reading.problems));
      assert.deepEqual(reading.tests.at(-1)?.scenario.answers, scenario.answers);
      return whole;
    };
    const items = ['version: 1', 'tests:', '  - name:   odd # spaces', "    answers: {'Step1.1':  {text: ''}}"].join(
      '\n',
    );
    for (const end of ['', '\n', '\n\n# at the end\n', '\nguide: other.md\n']) {
      const whole = added(items + end);
      assert.ok(whole.startsWith(`${items}\n`), whole);
      assert.ok(whole.endsWith(end.trimStart()), whole);
    }
    const flush = items.replaceAll('\n  ', '\n');
    assert.ok(added(flush).startsWith(`${flush}\n- name`), added(flush));
    assert.match(added('version: 1\ntests: [{name: one, answers: {}}]\n'), /one/);
  });

  it('tells a quote that is not closed where it begins, behind one that goes over two lines', () => {
    const text = 'version: 1\ntests:\n  - name: "one\n      and more"\n  - name: "two\n    answers: {}\n';
    assert.deepEqual(
      readTestsFile(text).problems?.map(({ line, column }) => [line, column]),
      [[5, 11]],
    );
  });

  it('of any text is read without a throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const reading = readTestsFile(text);
        for (const { line, column } of reading.problems ?? []) assert.ok(line >= 1 && column >= 1);
      }),
    );
  });

  it('has the schema that is generated from its definition', () => {
    const file = join(root, 'schemas', 'tests.schema.json');
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(JSON.stringify(testsFileJsonSchema())));
  });
});
