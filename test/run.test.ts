// Runs as text cases: a plan and a script of what happens outside give a journal, and a run that is cut off after any
// line of it and resumed ends the same way. See test/support/plan-text.ts and run-script.ts for the two languages.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { joinGuides, type Plan } from '../src/plan/index.ts';
import { dryRun, readParameters, replayJournal, resumeLiveRun, startLiveRun, type Tool } from '../src/run/index.ts';
import { withinCpuTime } from './support/cpu-time.ts';
import { idle, newWorld } from './support/puppets.ts';
import { readJoinedPlan } from './support/joined-plan.ts';
import { readPlanText } from './support/plan-text.ts';
import { playRest, playScript } from './support/run-script.ts';
import { ending, settledSame } from './support/settled-same.ts';

const folder = join(import.meta.dirname, 'runs');

describe('run cases', () => {
  for (const name of readdirSync(folder).sort()) {
    const read = (file: string): string => readFileSync(join(folder, name, file), 'utf8');
    describe(name, () => {
      it('gives the journal', async () => {
        const { world, live } = await playScript((await readJoinedPlan(read('plan.txt'))).plan, read('script.txt'));
        const shown = showJournal(world.text());
        const file = join(folder, name, 'journal.txt');
        if (process.env['UPDATE_SNAPSHOTS'] || !existsSync(file)) writeFileSync(file, shown);
        assert.equal(shown, read('journal.txt'));
        assert.deepEqual(replayJournal(world.text()).view, live.view(), 'a replay shows what the live run showed');
      });

      it('ends the same when cut off after any line and resumed', async () => {
        const script = read('script.txt');
        const { world, view } = await playScript((await readJoinedPlan(read('plan.txt'))).plan, script);
        const lines = world.text().split('\n').filter(Boolean);
        for (let count = 1; count <= lines.length; count++) {
          const prefix = lines
            .slice(0, count)
            .map((line) => `${line}\n`)
            .join('');
          const rest = await playRest(prefix, script, prefix);
          assert.deepEqual(ending(rest.view), ending(view), `cut off after line ${count}: ${lines[count - 1]}`);
          assert.deepEqual(
            replayJournal(rest.world.text()).view,
            rest.view,
            `replay of the resumed run, line ${count}`,
          );
          assert.equal(replayJournal(rest.world.text()).problem, null);
        }
      });
    });
  }
});

describe('a question in a loop', () => {
  it('tells the round, so that each round is another question', async () => {
    const read = (file: string): string => readFileSync(join(folder, 'loop-decided-anew-each-round', file), 'utf8');
    const plan = readPlanText(read('plan.txt'));
    const rounds: (number | undefined)[] = [];
    for (const count of [1, 3, 5]) {
      const { view } = await playScript(plan, read('script.txt').split('\n').slice(0, count).join('\n'));
      const [request] = view.requests;
      rounds.push(request?.kind === 'decision' ? request.round : -1);
    }
    assert.deepEqual(rounds, [undefined, 1, 2]);
  });
});

describe('runs of any plan', () => {
  it('start no step twice, come to an end and replay to the same view', async () => {
    await fc.assert(
      fc.asyncProperty(anyRunPlan(), fc.infiniteStream(fc.nat()), (plan, choices) => runsToItsEnd(plan, choices)),
      { numRuns: 150 },
    );
  });

  it('do so too when their steps call guides, which call others', async () => {
    const calling = (plan: Plan, path: string): Plan => ({
      ...plan,
      nodes: plan.nodes.map((node, index) => {
        if (node.kind !== 'step' || index % 2 === 0) return node;
        const source = { span: { start: 0, end: 0 }, startLine: 1, endLine: 1 };
        return { ...node, calls: [{ path, title: path, after: index % 3 === 0 ? 0 : node.actions.length, source }] };
      }),
    });
    await fc.assert(
      fc.asyncProperty(
        anyRunPlan(),
        anyRunPlan(),
        anyRunPlan(),
        fc.infiniteStream(fc.nat()),
        async (outer, middle, inner, choices) => {
          const guides = new Map([
            ['middle.md', calling(middle, 'inner.md')],
            ['inner.md', inner],
          ]);
          const { plan } = await joinGuides(calling(outer, 'middle.md'), 'outer.md', (_, path) => {
            const found = guides.get(path);
            assert.ok(found);
            return Promise.resolve({ kind: 'opened', id: path, plan: found });
          });
          await runsToItsEnd(plan, choices);
        },
      ),
      { numRuns: 60 },
    );
  });
});

async function runsToItsEnd(plan: Plan, choices: fc.Stream<number>): Promise<void> {
  const next = (): number => choices.next().value ?? 0;
  const world = newWorld();
  const live = startLiveRun({ ...world, run: 'any', plan, maxParallel: 3 });
  for (let turn = 0; turn < 2000; turn++) {
    await idle();
    const view = live.view();
    if (view.phase === 'ended') break;
    const flying = world.inFlight();
    assert.ok(flying.length <= 3, 'the limit of parallel steps holds');
    const request = view.requests[next() % Math.max(1, view.requests.length)];
    const action = flying[next() % Math.max(1, flying.length)];
    if (request?.kind === 'decision' && (flying.length === 0 || next() % 2 === 0)) {
      const edges = request.choices.filter(() => next() % 2 === 0).map(({ edge }) => edge);
      assert.deepEqual(live.submit({ kind: 'decision-given', node: request.node, edges, by: 'x' }), {
        accepted: true,
      });
    } else if (request?.kind === 'approval' && (flying.length === 0 || next() % 2 === 0)) {
      live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'x' });
    } else {
      assert.ok(action, `nothing is in flight and nothing is asked, yet the run goes on: ${view.phase}`);
      if (next() % 4 > 0) world.end(action, { kind: 'result', result: { rowCount: next() % 2, notes: [] } });
      else
        world.end(action, {
          kind: 'failure',
          failure: { reason: 'refused-by-tool', message: 'No.', transient: false },
        });
    }
  }
  await idle();
  const view = live.view();
  assert.equal(view.phase, 'ended');
  const starts = world.calls.map(({ action }) => action);
  assert.deepEqual(starts, [...new Set(starts)], 'no action is performed twice');
  const replay = replayJournal(world.text());
  assert.equal(replay.problem, null);
  assert.deepEqual(replay.view, view);
  await settledSame(world.text(), view);
}

describe('a live run', () => {
  const simple =
    'step Step1\n  action read: select {region}\nedge start -> Step1\nedge Step1 -> end\nparam region string\nparam token string secret\n';

  it('performs nothing before its start is in the journal, and nothing more when the journal fails', async () => {
    const world = newWorld({ failAfter: 0 });
    const live = startLiveRun({ ...world, run: 'r', plan: readPlanText(simple), parameters: { region: 'eu' } });
    await assert.rejects(live.settled(), /The journal cannot be written.*disk full/);
    assert.deepEqual(world.calls, []);
    assert.deepEqual(live.submit({ kind: 'run-held', by: 'x' }).accepted, false);
  });

  it('keeps a secret out of journal and view in every form a tool may show it', async () => {
    const secret = 'pä"ss w0rd/&\'x';
    const plan = readPlanText(simple.replace('{region}', '{token}'));
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan, parameters: { token: secret }, decisions: {} });
    await idle();
    assert.equal(world.calls[0]?.text, `select ${secret}`);
    const forms = [
      secret,
      JSON.stringify({ nested: JSON.stringify(secret) }),
      encodeURIComponent(secret),
      new URLSearchParams({ secret }).toString(),
      Buffer.from(secret).toString('base64'),
      Buffer.from(`user:${secret}`).toString('base64'),
      Buffer.from(`me:${secret}:x`).toString('base64url'),
      Buffer.from(secret).toString('hex'),
      secret.replaceAll("'", "''"),
    ];
    world.end('Step1.1', {
      kind: 'result',
      result: {
        text: forms.join('\n'),
        errorText: secret,
        rows: forms.map((form) => ({ [form]: form })),
        json: { deep: [forms] },
        notes: [secret],
      },
    });
    await live.settled();
    const seen = `${world.text()}${JSON.stringify(live.view())}`;
    assert.equal(live.view().outcome, 'completed');
    assert.ok(seen.includes('***'));
    const parts = [
      secret,
      'w0rd',
      Buffer.from(secret).toString('base64').slice(4, 14),
      Buffer.from(secret).toString('hex'),
    ];
    for (const part of parts) assert.ok(!seen.includes(part), `${part} is in the journal or the view`);
  });

  it('asks again for a secret that a resumption does not bring', async () => {
    const plan = readPlanText(simple.replace('{region}', '{token}'));
    const world = newWorld();
    startLiveRun({ ...world, run: 'r', plan, secrets: { token: 'hush-hush' } });
    await idle();
    const again = newWorld({ text: world.text() });
    const live = resumeLiveRun({ ...again, text: world.text() });
    const view = await live.settled();
    assert.deepEqual(
      view.requests.map(({ kind }) => kind),
      ['parameter'],
    );
    live.submit({ kind: 'parameter-given', name: 'token', value: 'hush-hush', by: 'x' });
    await idle();
    assert.deepEqual(again.calls, [{ action: 'Step1.1', text: 'select hush-hush' }]);
    assert.ok(!again.text().includes('hush-hush'));
  });

  it('gives the same objects for what has not changed, and tells of changes', async () => {
    const world = newWorld();
    const plan = readPlanText(`${simple}step Step2\n  action read: x\nedge start -> Step2\nedge Step2 -> end\n`);
    const live = startLiveRun({ ...world, run: 'r', plan, parameters: { region: 'eu' } });
    let changes = 0;
    live.onChange(() => changes++);
    await idle();
    const before = live.view();
    assert.equal(live.view(), before);
    live.submit({ kind: 'run-held', by: 'x' });
    await idle();
    assert.equal(changes, 1);
    assert.notEqual(live.view(), before);
    assert.equal(live.view().steps[0], before.steps[0]);
  });

  it('gives a call the time that its tool has in the settings, unless the call has its own', async () => {
    const given: number[] = [];
    for (const [own, ofTool] of [
      ['', undefined],
      ['', 1000],
      ['', 300_000],
      [' timeout=500', 300_000],
    ] as const) {
      const world = newWorld();
      const [tool] = world.toolbox.tools;
      assert.ok(tool);
      const patient: Tool = {
        ...tool,
        ...(ofTool !== undefined && { timeoutMs: ofTool }),
        perform: (_, { timeoutMs }) => {
          given.push(timeoutMs);
          return new Promise<never>(() => undefined);
        },
      };
      startLiveRun({
        ...world,
        toolbox: { tools: [patient], find: () => patient },
        run: 'r',
        plan: readPlanText(simple.replace('action read:', `action read${own}:`)),
        parameters: { region: 'eu' },
      });
      await idle();
    }
    assert.deepEqual(given, [60_000, 60_000, 300_000, 500]);
  });

  it('gives up a tool that neither ends nor listens', async () => {
    const world = newWorld();
    const [tool] = world.toolbox.tools;
    assert.ok(tool);
    const deaf = { ...tool, perform: () => new Promise<never>(() => undefined) };
    const live = startLiveRun({
      ...world,
      toolbox: { tools: [deaf], find: () => deaf },
      run: 'r',
      plan: readPlanText(simple),
      parameters: { region: 'eu' },
      defaultTimeoutMs: 1000,
    });
    await idle();
    world.tick(11_000);
    const view = await live.settled();
    assert.equal(view.outcome, 'failed');
    assert.equal(view.steps[0]?.actions[0]?.failure?.reason, 'timeout');
  });
});

describe('a run that died while an action was under way', () => {
  const planOf = (step: string, action: string): Plan =>
    readPlanText(`step Step1 ${step}\n  action ${action}\nedge start -> Step1\nedge Step1 -> end outcome=resolved\n`);

  /** Starts the run, approves its write, and loses the process while the tool is at work. */
  async function diedIn(plan: Plan): Promise<string> {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan });
    await idle();
    const [request] = live.view().requests;
    if (request?.kind === 'approval')
      live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'ann' });
    await idle();
    assert.deepEqual(world.inFlight(), ['Step1.1']);
    return world.text();
  }

  for (const [as, status, outcome] of [
    ['done', 'succeeded', 'resolved'],
    ['failed', 'failed', 'failed'],
  ] as const) {
    it(`asks about a write, and takes "${as}" for an answer`, async () => {
      const text = await diedIn(planOf('', 'write: change'));
      const world = newWorld({ text });
      const live = resumeLiveRun({ ...world, text });
      const waiting = await live.settled();
      assert.deepEqual(
        waiting.requests.map(({ kind }) => kind),
        ['unknown-outcome'],
      );
      assert.equal(waiting.steps[0]?.actions[0]?.status, 'unknown');
      live.submit({ kind: 'action-settled', action: 'Step1.1', as, by: 'ann' });
      const view = await live.settled();
      assert.equal(view.steps[0]?.status, status);
      assert.equal(view.outcome, outcome);
      assert.deepEqual(world.calls, []);
    });
  }

  it('lets a person stop instead of answering, and says what is not known', async () => {
    const text = await diedIn(planOf('', 'write: change'));
    const world = newWorld({ text });
    const live = resumeLiveRun({ ...world, text });
    await live.settled();
    live.submit({ kind: 'stop-requested', by: 'ann' });
    const view = await live.settled();
    assert.equal(view.outcome, 'stopped');
    assert.match(view.reason ?? '', /Whether `Step1` did what it was told is not known/);
    assert.equal(view.steps[0]?.actions[0]?.status, 'unknown');
  });

  it('performs a read again without asking, and a write whose step is safe to repeat', async () => {
    for (const plan of [planOf('', 'read: look'), planOf('safe-to-repeat', 'write: change')]) {
      const text = await diedIn(plan);
      const world = newWorld({ text });
      const live = resumeLiveRun({ ...world, text });
      await idle();
      assert.deepEqual(world.inFlight(), ['Step1.1']);
      world.end('Step1.1', { kind: 'result', result: { notes: [] } });
      assert.equal((await live.settled()).outcome, 'resolved');
    }
  });

  it('asks for approval again when the text that would run has changed meanwhile', async () => {
    const text = await diedIn(planOf('safe-to-repeat', 'write: change'));
    const world = newWorld({ text });
    const [tool] = world.toolbox.tools;
    assert.ok(tool);
    const other: Tool = {
      ...tool,
      render: (action, bindings) => ({ action, tool: 'puppet', text: `${action.code} twice`, bindings }),
    };
    const live = resumeLiveRun({ ...world, toolbox: { tools: [other], find: () => other }, text });
    const view = await live.settled();
    assert.deepEqual(
      view.requests.map((request) => request.kind === 'approval' && request.text),
      ['change twice'],
    );
    assert.deepEqual(world.inFlight(), []);
  });

  it('asks for approval again when the tool is connected to something else meanwhile', async () => {
    const text = await diedIn(planOf('safe-to-repeat', 'write: change'));
    const world = newWorld({ text });
    const [tool] = world.toolbox.tools;
    assert.ok(tool);
    const elsewhere: Tool = { ...tool, connection: 'postgres://prod' };
    const live = resumeLiveRun({ ...world, toolbox: { tools: [elsewhere], find: () => elsewhere }, text });
    const view = await live.settled();
    assert.deepEqual(
      view.requests.map(({ kind }) => kind),
      ['approval'],
    );
    const [request] = view.requests;
    assert.match(
      request?.kind === 'approval' ? request.because : '',
      /approved was another text or another secret value, or meant for another/,
    );
    assert.deepEqual(world.calls, []);
  });

  it('refuses a damaged journal and writes nothing', async () => {
    const text = await diedIn(planOf('', 'read: look'));
    const world = newWorld();
    assert.throws(
      () => resumeLiveRun({ ...world, text: text.replace('"Step1"', '"Step2"') }),
      /is not as it was written/,
    );
    assert.equal(world.text(), '');
  });
});

describe('parameter values', () => {
  const cases: [type: string, given: string | number | boolean, read: string | number | boolean | undefined][] = [
    ['string', 5, '5'],
    ['number', '1.5e3', 1500],
    ['number', '0x10', undefined],
    ['number', '', undefined],
    ['integer', '7', 7],
    ['integer', '7.5', undefined],
    ['boolean', 'Yes', true],
    ['boolean', 'maybe', undefined],
    ['timestamp', '2024-05-31 14:00', '2024-05-31 14:00'],
    ['timestamp', '2024-02-31T99:00:00Z', undefined],
    ['timestamp', 'yesterday', undefined],
    ['duration', '1h30m', '1h30m'],
    ['duration', 'PT30M', 'PT30M'],
    ['duration', 'P', undefined],
  ];
  for (const [type, given, read] of cases) {
    it(`${JSON.stringify(given)} as a ${type} is ${JSON.stringify(read) ?? 'refused'}`, () => {
      const { parameters } = readPlanText(`param p ${type}`).guide;
      const { values, problems } = readParameters(parameters, { p: given });
      assert.deepEqual(values, read === undefined ? {} : { p: read });
      assert.equal(problems.length, read === undefined ? 1 : 0);
    });
  }

  it('are matched in time linear in the value, whatever the pattern', () => {
    const { parameters } = readPlanText('param p string pattern=(a+)+b').guide;
    const read = withinCpuTime(4000, 'matching', () => readParameters(parameters, { p: 'a'.repeat(5000) }));
    assert.equal(read.problems.length, 1);
  });

  it('must match the whole of their pattern', () => {
    const { parameters } = readPlanText('param p string pattern=us-\\w+').guide;
    assert.deepEqual(readParameters(parameters, { p: 'us-east' }).values, { p: 'us-east' });
    assert.match(
      readParameters(parameters, { p: "us-east'; drop" }).problems[0]?.message ?? '',
      /does not match the pattern/,
    );
  });
});

describe('a dry run', () => {
  it('shows actions, deciders, approvals, missing parameters and paths, and calls no tool', async () => {
    const plan = readPlanText(`
      param region string
      param zone string
      step Step1
        action read: select {region}
        action write: delete {zone}
      step Step2
        action read language=manual: look
      edge start -> Step1
      edge Step1 -> end outcome=resolved guard rowCount > 0
      edge Step1 -> Step2 else
      edge Step2 -> end if "it looks well"
      edge Step2 -> end if "it does not" outcome=escalated
    `);
    const world = newWorld();
    const report = await dryRun({ plan, toolbox: world.toolbox, parameters: { region: 'eu' }, explain: true });
    assert.deepEqual(world.calls, []);
    const actions = report.steps.flatMap((step) => step.actions);
    assert.deepEqual(
      actions.map(({ id, text, effect, needsApproval, explanation }) => [
        id,
        text,
        effect,
        needsApproval,
        explanation?.kind,
      ]),
      [
        ['Step1.1', 'select eu', 'read', false, 'accepted'],
        ['Step1.2', undefined, 'write', true, undefined],
        ['Step2.1', 'look', 'read', false, undefined],
      ],
    );
    assert.deepEqual(report.missingParameters, ['zone']);
    assert.deepEqual(
      report.edges.map(({ decidedBy }) => decidedBy),
      ['none', 'guard', 'else', 'engineer', 'engineer'],
    );
    assert.equal(report.pathCount, 3);
    assert.deepEqual(
      report.paths.map(({ outcome }) => outcome),
      ['resolved', 'completed', 'escalated'],
    );
    assert.equal(report.view.outcome, 'planned');
  });
});

/** The journal without what differs between machines and versions: numbers, times, sums and the plan. */
function showJournal(text: string): string {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const {
        v: _v,
        seq: _seq,
        time: _time,
        sum: _sum,
        chain: _chain,
        plan: _plan,
        kind,
        ...rest
      } = JSON.parse(line) as Record<string, unknown>;
      return `${String(kind)} ${JSON.stringify(rest).replace(/("hash":"\w{12})\w{52}"/, '$1"')}\n`;
    })
    .join('');
}

/** Acyclic plans with conditions of every kind; every step is reached by some edge. */
function anyRunPlan(): fc.Arbitrary<Plan> {
  return fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 9 }).map((steps) => {
    const names = steps.map((_, index) => `Step${index + 1}`);
    const lines: string[] = [];
    for (const [index, [, , kind]] of steps.entries()) {
      lines.push(`step ${names[index]}`);
      if (kind > 0) lines.push(`  action ${kind === 3 ? 'write' : 'read'}: do ${index}`);
    }
    const conditions = ['', 'guard rowCount > 0', 'if "it seems so"', 'else', 'on-failure', 'guard nonsense > 0'];
    for (const [index, [from, second, , how]] of steps.entries()) {
      const earlier = ['start', ...names.slice(0, index)];
      const one = earlier[from % earlier.length] ?? 'start';
      const two = earlier[second % earlier.length] ?? 'start';
      lines.push(`edge ${one} -> ${names[index]} ${one === 'start' ? '' : (conditions[(from + how) % 6] ?? '')}`);
      if (two !== one) lines.push(`edge ${two} -> ${names[index]} ${conditions[second % 6] ?? ''}`);
      if (how > 1 || index === steps.length - 1)
        lines.push(`edge ${names[index]} -> end ${conditions[second % 4] ?? ''}`);
    }
    return readPlanText(lines.join('\n'));
  });
}
