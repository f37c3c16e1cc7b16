// Guides that call guides: what is joined to one plan and what stays with the engineer, and runs of files through the command line.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calledPlan, callTrail, joinGuides, ownPlan, readPlanDag, toPlanDag, type Plan } from '../src/plan/index.ts';
import { sha256Hex } from '../src/adapters/index.ts';
import { pictureRun } from '../src/diagram/index.ts';
import { makeReport } from '../src/report/index.ts';
import { readJournalText, replayJournal, startLiveRun, verifyJournal } from '../src/run/index.ts';
import { temporaryFolder, tsg, jsonOf } from './cli/tsg.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld } from './support/puppets.ts';

const caller = (parameters: string, calls = 'calls=b.md'): Plan =>
  readPlanText(
    `${parameters}\nstep Step1 needs-approval ${calls}\n  action read: look\nedge start -> Step1\nedge Step1 -> end\n`,
  );
const called = (parameters: string, calls = ''): Plan =>
  readPlanText(`${parameters}\nstep Step1 ${calls}\n  action read: see {p}\nedge start -> Step1\nedge Step1 -> end\n`);

function joined(main: Plan, guides: Readonly<Record<string, Plan>>): ReturnType<typeof joinGuides> {
  return joinGuides(main, 'a.md', (_, path) => {
    const plan = path === 'a.md' ? main : guides[path];
    return Promise.resolve(
      plan ? { kind: 'opened', id: path, plan } : { kind: 'refused', because: `There is no guide \`${path}\`.` },
    );
  });
}

describe('the picture of a run', () => {
  it('names a way by where it leads, as people say it', () => {
    const plan = caller('');
    const [into, out] = plan.edges;
    assert.ok(into && out);
    const because = `\`${into.id}\` was taken before \`${out.id}\`, and \`edge_x\` is none`;
    const run = pictureRun(
      {
        run: 'r',
        mode: 'live',
        phase: 'running',
        steps: [],
        edges: [{ edge: out.id, status: 'disabled', decidedBy: 'else', because }],
        requests: [],
        next: [],
        modelCalls: 0,
      },
      plan,
    );
    assert.equal(run.edges[0]?.because, '`Step 1` was taken before `end`, and `edge_x` is none');
  });
});

describe('guides joined to one plan', () => {
  it('keep their steps under the name of the action that calls them, and the plan stays sound', async () => {
    const { plan, unjoined } = await joined(caller('', 'calls=b.md calls=b.md'), { 'b.md': called('') });
    assert.deepEqual(unjoined, []);
    assert.deepEqual(
      plan.nodes.map(({ id, within }) => `${within ?? '-'} ${id}`),
      [
        '- start',
        '- Step1',
        'Step1.b Step1.b/start',
        'Step1.b Step1.b/Step1',
        'Step1.b Step1.b/end',
        'Step1.b-2 Step1.b-2/start',
        'Step1.b-2 Step1.b-2/Step1',
        'Step1.b-2 Step1.b-2/end',
        '- end',
      ],
    );
    const ids = plan.nodes.find(({ id }) => id === 'Step1')?.actions.map(({ id }) => id);
    assert.deepEqual(ids, ['Step1.1', 'Step1.b', 'Step1.b-2']);
    assert.ok(plan.nodes.find(({ id }) => id === 'Step1.b/Step1')?.needsApproval, 'what asks for approval asks inside');
    assert.deepEqual(readPlanDag(JSON.stringify(toPlanDag(plan))).plan, plan);
    assert.deepEqual(
      ownPlan(plan).nodes.map(({ id }) => id),
      ['start', 'Step1', 'end'],
    );
  });

  it('are found again as plans of their own, by the names that they have themselves', async () => {
    const inner = called('', 'calls=c.md');
    const { plan } = await joined(caller(''), { 'b.md': inner, 'c.md': called('') });
    const deep = 'Step1.b/Step1.c';
    assert.deepEqual(
      callTrail(plan, deep).map(({ id, guide }) => `${id} ${guide?.title ?? ''}`),
      ['Step1.b Case', `${deep} Case`],
    );
    for (const [action, original] of [
      ['Step1.b', inner],
      [deep, called('')],
    ] as const) {
      const found = calledPlan(plan, action) ?? assert.fail(action);
      const shapeOf = ({ nodes, edges, repeats }: Plan): object => ({
        nodes: nodes.map(({ id, kind, title, actions }) => [
          id,
          kind,
          title,
          actions.filter(({ language }) => language !== 'guide').map(({ id: name, code }) => [name, code]),
        ]),
        edges,
        repeats,
      });
      assert.deepEqual(shapeOf(found), shapeOf(original));
      assert.ok(found.nodes.every(({ within }) => within === undefined));
    }
    assert.equal(calledPlan(plan, 'Step1.1'), undefined);
    assert.deepEqual(callTrail(plan, 'nowhere'), []);
  });

  it('are drawn with a run\u2019s state at each level, questions and progress told where they are', async () => {
    const { plan } = await joined(caller(''), { 'b.md': called('', 'calls=c.md'), 'c.md': called('param p string') });
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'drawn', plan, parameters: { p: 'x' } });
    const approve = (): void => {
      for (const request of live.view().requests)
        if (request.kind === 'approval')
          live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'x' });
    };
    const end = async (action: string): Promise<void> => {
      await idle();
      approve();
      await idle();
      world.end(action, { kind: 'result', result: { rowCount: 1, notes: [] } });
      await idle();
    };
    await end('Step1.1');
    const asked = pictureRun(live.view(), plan);
    assert.deepEqual(
      asked.questions.map(({ node, text }) => [node, text.split(':')[0]]),
      [['Step1', 'Step 1']],
    );
    await end('Step1.b/Step1.1');
    await idle();
    approve();
    await idle();
    const [own, inside, deep] = [null, 'Step1.b', 'Step1.b/Step1.c'].map((call) => pictureRun(live.view(), plan, call));
    assert.deepEqual(
      own?.steps.map(({ node, status }) => [node, status]),
      [['Step1', 'running']],
    );
    assert.equal(own.steps[0]?.summary, '“Case”: Step 1 is running, 0 of 1 step done');
    assert.deepEqual(own.steps[0].inside, [
      { title: 'Case', steps: [{ label: 'Step 1', title: 'Step1', status: 'running' }] },
    ]);
    assert.deepEqual(
      inside?.steps.map(({ node, status, summary }) => [node, status, summary]),
      [['Step1', 'running', '“Case”: Step 1 is running, 0 of 1 step done']],
    );
    assert.deepEqual(
      deep?.steps.map(({ node, status }) => [node, status]),
      [['Step1', 'running']],
    );
    assert.deepEqual(
      deep.edges.map(({ edge, status }) => [edge, status]),
      [
        ['edge_start_Step1', 'enabled'],
        ['edge_Step1_end', 'pending'],
      ],
    );
    world.end('Step1.b/Step1.c/Step1.1', { kind: 'result', result: { rowCount: 1, notes: [] } });
    const ended = await live.settled();
    assert.deepEqual(
      [null, 'Step1.b', 'Step1.b/Step1.c'].map((call) =>
        pictureRun(ended, plan, call).steps.map(({ status }) => status),
      ),
      [['succeeded'], ['succeeded'], ['succeeded']],
    );
  });

  it('share parameters by name; one that cannot be the same leaves the call to the engineer', async () => {
    const parametersOf = async (own: string, other: string): Promise<object> => {
      const { plan, unjoined } = await joined(caller(own), { 'b.md': called(other) });
      return unjoined.length > 0 ? unjoined : plan.guide.parameters;
    };
    assert.deepEqual(await parametersOf('param p string default=x', 'param p string secret\nparam q integer'), [
      { name: 'p', type: 'string', default: 'x', required: true, secret: true, origin: 'declared' },
      { name: 'q', type: 'integer', required: true, secret: false, origin: 'declared' },
    ]);
    assert.match(
      JSON.stringify(await parametersOf('param p string', 'param p integer')),
      /`p` is another than the caller's/,
    );
  });

  it('call each other in no circle, not too deeply, and as wholes', async () => {
    const circle = await joined(caller(''), { 'b.md': called('', 'calls=c.md'), 'c.md': called('', 'calls=b.md') });
    assert.deepEqual(circle.unjoined, [
      {
        action: 'Step1.b/Step1.c/Step1.b',
        because: 'The guides call one another in a circle: “Case” → “Case” → “Case”.',
      },
    ]);
    const chain = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`${at}.md`, called('', `calls=${at + 1}.md`)]),
    );
    const deep = await joined(caller('', 'calls=0.md'), chain);
    assert.match(deep.unjoined[0]?.because ?? '', /More than 8 guides call one another/);
    const main = caller('');
    const inside = {
      ...main,
      nodes: main.nodes.map((node) => ({
        ...node,
        ...(node.calls && { calls: node.calls.map((call) => ({ ...call, anchor: 'step-2' })) }),
      })),
    };
    assert.match((await joined(inside, { 'b.md': called('') })).unjoined[0]?.because ?? '', /a place inside `b.md`/);
  });
});

describe('a run through called guides', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const write = (name: string, text: string): void => writeFileSync(join(folder.path, name), text);
  before(() => {
    mkdirSync(join(folder.path, 'guides', 'db'), { recursive: true });
    write('tsg.yaml', 'tools: { sh: { kind: shell, cwd: ., env: [PATH] } }\n');
    write('outside.md', '# Outside\n\n## Step 1. Look\n\n```bash\necho outside\n```\n');
    symlinkSync(join(folder.path, 'outside.md'), join(folder.path, 'guides', 'link.md'));
    write('guides/tsg.yaml', 'tools: { sh: { kind: shell, cwd: ., env: [PATH] } }\n');
    write(
      'guides/main.md',
      "---\nparameters:\n  - name: db\n---\n# Main\n\n## Step 1. Restore\n\nFollow [Restore](db/restore.md).\n\nIf that helped (`outcome == 'resolved'`), this resolves the incident. Otherwise go to step 2.\n\n## Step 2. Others\n\nFollow [it](../outside.md). Follow [it](link.md). Follow [it](/etc/passwd.md). Follow [it](db/wrong.md).\n",
    );
    write('guides/db/wrong.md', '# Wrong\n\n## Step 1. A\n\nGo to step 9.\n');
    write(
      'guides/db/restore.md',
      '# Restore\n\n## Step 1. See\n\n```bash\necho lag of {db}\n```\n\n## Step 2. Fix\n\n```bash\ntouch fixed\n```\n\nThis resolves the incident.\n',
    );
  });
  after(() => {
    folder.remove();
  });

  it('shows them dry, goes through them live, and resumes inside of one; what lies outside stays by hand', async () => {
    const cwd = join(folder.path, 'guides');
    const dry = await tsg(['run', 'main.md', '--dry', '--param', 'db=orders'], { cwd });
    assert.equal(dry.code, 0, dry.err);
    assert.match(
      dry.out,
      /Step1\.restore\/Step1 {2}See[^]*\| echo lag of orders[^]*Step1\.restore\/Step2.*needs approval/,
    );
    for (const reason of [
      /Step2\.outside stays by hand: `\.\.\/outside\.md` lies outside/,
      /Step2\.link stays by hand: `link\.md` lies outside/,
      /Step2\.passwd stays by hand: `\/etc\/passwd\.md` lies outside/,
      /Step2\.wrong stays by hand: `db\/wrong\.md` has errors/,
    ])
      assert.match(dry.err, reason);
    assert.match(
      dry.out,
      /by hand: The run does not go through the guide `db\/wrong\.md`: `db\/wrong\.md` has errors; [^\n]+ A run asks you to do it\.\n/,
    );
    const journal = join(folder.path, 'run.jsonl');
    const live = await tsg(['run', 'main.md', '--live', '--json', '--journal', journal], { cwd });
    assert.deepEqual(jsonOf(live).requests[0]?.['name'], 'db', live.err);
    const given = await tsg(['resume', journal, '--json', '--param', 'db=orders'], { cwd });
    assert.equal(jsonOf(given).requests[0]?.['action'], 'Step1.restore/Step2.1', given.err);
    write('guides/db/restore.md', `${readFileSync(join(cwd, 'db/restore.md'), 'utf8')}\nMore.\n`);
    const shown = await tsg(['approve', journal, 'Step1.restore/Step2.1', '--show'], { cwd });
    assert.match(shown.err, /restore\.md is not what it was when the run began/, shown.out);
    const ended = await tsg(['resume', journal, '--approve', 'all'], { cwd });
    assert.match(ended.err, /restore\.md is not what it was when the run began/);
    assert.match(ended.out, /✓ resolved: `Step1` led to the end/);
    assert.match(ended.out, /✓ Step1\.restore\/Step2[^]*✓ Step1 /, 'who calls ends last');
    const text = readFileSync(journal, 'utf8');
    assert.equal(verifyJournal(text, sha256Hex).kind, 'whole');
    const report = await makeReport(replayJournal(text), readJournalText(text).lines, 'run');
    assert.match(JSON.stringify(report.timeline), /Step1\.restore[^]*goes through[^]*Restore[^]*came to its end/);
    const left = report.outputs.find(({ action }) => action === 'Step1.restore');
    assert.equal(left?.tool, 'another guide', 'nobody did it by hand');
    assert.doesNotMatch(JSON.stringify(report.notChecked), /led to the end/, 'its end is nothing that was left out');
    assert.ok(!report.picture.includes('Step1.restore/Step1'), 'the picture is of the guide itself');
  });

  it('is recorded as a test of the calling guide, which covers that guide alone', async () => {
    const shop = (name: string): string => join(folder.path, 'shop', name);
    mkdirSync(join(folder.path, 'shop'));
    write('shop/tsg.yaml', 'tools:\n  sh: { kind: shell }\n');
    write(
      'shop/main.md',
      "# Shop\n\n## Step 1. Restore\n\nFollow [Restore](restore.md).\n\nIf `outcome == 'resolved'`, go to Step 2. Otherwise, escalate to the owners.\n\n## Step 2. Close\n\nThis resolves the incident.\n",
    );
    write(
      'shop/restore.md',
      '# Restore\n\n## Step 1. See\n\n```bash\ntrue\n```\n\nIf the command fails, escalate to storage. Otherwise, go to Step 2.\n\n## Step 2. Done\n\nThis resolves the incident.\n',
    );
    const journal = shop('run.jsonl');
    const live = await tsg(['run', shop('main.md'), '--live', '--approve', 'all', '--journal', journal]);
    assert.match(live.out, /✓ resolved/, live.err);
    const tests = shop('main.tests.yaml');
    assert.equal((await tsg(['record', journal, '-o', tests, '--name', 'restored'])).code, 0);
    const passed = await tsg(['test', shop(''), '--coverage']);
    assert.equal(passed.code, 0, passed.out);
    assert.match(passed.out, /steps 2 of 2 \(100%\), edges 3 of 4/);
    writeFileSync(tests, readFileSync(tests, 'utf8').replace('exitCode: 0', 'exitCode: 1'));
    const failed = await tsg(['test', shop('')]);
    assert.equal(failed.code, 1, failed.out);
    assert.match(failed.out, /`Step1\.restore\/Step2`, `Step2` did not run[^]*main\.md:7:[^]*outcome = "escalated"/);
    const paths = await tsg(['test', '--all-paths', shop('main.md')]);
    assert.match(paths.out, /1 {2}escalated[^]*1 {2}resolved[^]*every edge is reached/, paths.err);
  });
});
