// Approvals: bound to one exact text, by as many people and for as long as the rules of the run say, and given while the
// run is under way or written to its journal days later.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../src/adapters/sha256.ts';
import type { Plan } from '../src/plan/index.ts';
import {
  answerLater,
  dryRun,
  replayJournal,
  resumeLiveRun,
  startLiveRun,
  verifyJournal,
  type ApprovalRule,
  type LiveRun,
  type RunRequest,
  type RunView,
} from '../src/run/index.ts';
import { jsonOf, temporaryFolder, tsg } from './cli/tsg.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld, type World } from './support/puppets.ts';

const plan = readPlanText(
  'step Step1\n  action write: change\nedge start -> Step1\nedge Step1 -> end outcome=resolved\n',
);
const done = { kind: 'result', result: { notes: [] } } as const;
type Approval = Extract<RunRequest, { readonly kind: 'approval' }>;

async function started(rules: readonly ApprovalRule[], of: Plan = plan): Promise<{ world: World; live: LiveRun }> {
  const world = newWorld();
  const live = startLiveRun({ ...world, run: 'r', plan: of, approvals: rules });
  await idle();
  return { world, live };
}

function approvalIn(view: RunView): Approval {
  const request = view.requests.find((one): one is Approval => one.kind === 'approval');
  assert.ok(request, `asks for approval: ${JSON.stringify(view.requests)}`);
  return request;
}

function yes(live: LiveRun, by: string): ReturnType<LiveRun['submit']> {
  const { action, hash } = approvalIn(live.view());
  return live.submit({ kind: 'approval-given', action, hash, by });
}

describe('approval rules', () => {
  it('two people: the first is counted, cannot be the second, and nothing runs before both', async () => {
    const { world, live } = await started([{ people: 2 }]);
    assert.equal(approvalIn(live.view()).people, 2);
    assert.deepEqual(yes(live, 'ann'), { accepted: true });
    await idle();
    assert.deepEqual(approvalIn(live.view()).givenBy, ['ann']);
    assert.match(live.view().reason ?? '', /needs approvals of 2 people .*`ann` has approved it/);
    const again = yes(live, 'ann');
    assert.match(again.accepted ? '' : again.because, /`ann` has approved `Step1.1` already/);
    assert.deepEqual(world.inFlight(), []);
    assert.deepEqual(yes(live, 'ben'), { accepted: true });
    await idle();
    assert.deepEqual(world.inFlight(), ['Step1.1']);
    world.end('Step1.1', done);
    const view = await live.settled();
    assert.equal(view.outcome, 'resolved');
    assert.deepEqual(replayJournal(world.text()).view, view);
  });

  it('expiry: a yes that has waited too long is asked for again', async () => {
    const { world, live } = await started([{ expiresAfterMs: 60_000, people: 2 }]);
    yes(live, 'ann');
    world.tick(61_000);
    yes(live, 'ben');
    await idle();
    assert.deepEqual(approvalIn(live.view()).givenBy, ['ben'], "ann's has expired");
    assert.match(approvalIn(live.view()).because, /; the approval of `ann` has expired$/);
    assert.deepEqual(world.inFlight(), []);
    assert.deepEqual(yes(live, 'ann'), { accepted: true });
    await idle();
    assert.deepEqual(world.inFlight(), ['Step1.1']);
  });

  it('expiry: who looks at a run that is left alone sees who has said yes by then, and how long a yes counts', async () => {
    const { world, live } = await started([{ expiresAfterMs: 60_000 }, { people: 2 }]);
    const time = world.clock.now();
    yes(live, 'ann');
    await idle();
    const replay = replayJournal(world.text());
    assert.deepEqual(approvalIn(replay.viewOn(time + 59_000)).givenBy, ['ann']);
    const late = approvalIn(replay.viewOn(time + 61_000));
    assert.deepEqual([late.givenBy, late.expiresAfterMs], [undefined, 60_000]);
    assert.match(late.because, /; the approval of `ann` has expired$/);
    assert.deepEqual(approvalIn(replay.view).givenBy, ['ann'], 'the view of the journal is what it was');
  });

  it('can ask for reads, on the tools they name, in dry runs too', async () => {
    const reads = readPlanText('step Step1\n  action read: look\nedge start -> Step1\nedge Step1 -> end\n');
    const rule: ApprovalRule = { tools: ['puppet'], effects: ['read'] };
    const { live } = await started([rule], reads);
    assert.equal(approvalIn(live.view()).effect, 'read');
    const other = await started([{ ...rule, tools: ['other'] }], reads);
    assert.deepEqual(other.world.inFlight(), ['Step1.1']);
    const report = await dryRun({ plan: reads, toolbox: newWorld().toolbox, approvals: [rule] });
    assert.equal(report.steps[0]?.needsApproval, true);
  });

  it('are for the environments they name, and of several the strictest counts', async () => {
    const rules: readonly ApprovalRule[] = [
      { expiresAfterMs: 60_000 },
      { environments: ['prod'], people: 2 },
      { environments: ['prod', 'staging'], tools: ['other'], people: 3 },
    ];
    const peopleIn = async (environment: string | null): Promise<number> => {
      const live = startLiveRun({ ...newWorld(), run: 'r', plan, approvals: rules, environment });
      return approvalIn(await live.settled()).people ?? 1;
    };
    assert.deepEqual(
      [await peopleIn('prod'), await peopleIn('dev'), await peopleIn('staging'), await peopleIn(null)],
      [2, 1, 1, 1],
    );
  });

  it('deny what nobody may do there: it fails unasked and unperformed, and a dry run says so', async () => {
    const deny: readonly ApprovalRule[] = [{ environments: ['prod'], tools: ['puppet'], deny: true }, { people: 2 }];
    const guarded = readPlanText(
      'step Step1\n  action write: change\nstep Step2\nedge start -> Step1\nedge Step1 -> Step2 on-failure\nedge Step1 -> end\nedge Step2 -> end outcome=escalated\n',
    );
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan: guarded, approvals: deny, environment: 'prod' });
    const view = await live.settled();
    assert.deepEqual([view.outcome, view.requests, world.calls], ['escalated', [], []]);
    const failure = view.steps[0]?.actions[0]?.failure;
    assert.deepEqual(
      [failure?.reason, failure?.message],
      ['denied', 'The rules of this run deny writes with `puppet` in the environment `prod`.'],
    );
    assert.deepEqual(replayJournal(world.text()).view, view);
    const dry = (environment: string): ReturnType<typeof dryRun> =>
      dryRun({ plan: guarded, toolbox: newWorld().toolbox, approvals: deny, environment });
    const action = (await dry('prod')).steps[0]?.actions[0];
    assert.deepEqual([action?.failure?.reason, action?.needsApproval], ['denied', false]);
    assert.equal((await dry('dev')).steps[0]?.actions[0]?.needsApproval, true);
  });

  it('of an environment that a run is changed to are added to those of its start', async () => {
    const world = newWorld();
    const start = { ...world, run: 'r', plan, environment: 'dev', approvals: [{ people: 2 }] };
    await startLiveRun(start).settled();
    const resumed = async (more: Partial<Parameters<typeof resumeLiveRun>[0]>): Promise<RunView> => {
      const next = newWorld({ text: world.text() });
      const view = await resumeLiveRun({ ...next, text: world.text(), approvals: [{ people: 3 }], ...more }).settled();
      assert.deepEqual(replayJournal(next.text()).view, view);
      return view;
    };
    const changed = await resumed({ environment: 'prod', changeEnvironment: true });
    assert.equal(approvalIn(changed).people, 3);
    assert.equal(approvalIn(await resumed({ environment: 'dev' })).people, 2, 'where it stays, so do its rules');
    const fewer = await resumed({ environment: 'prod', changeEnvironment: true, approvals: [] });
    assert.equal(approvalIn(fewer).people, 2, 'none is taken away');
  });

  it('hold for a resumed run, whatever it is resumed with', async () => {
    const { world, live } = await started([{ people: 2 }]);
    yes(live, 'ann');
    await idle();
    const later = newWorld({ text: world.text() });
    const resumed = resumeLiveRun({ ...later, text: world.text() });
    await resumed.settled();
    assert.deepEqual([approvalIn(resumed.view()).people, approvalIn(resumed.view()).givenBy], [2, ['ann']]);
    yes(resumed, 'ben');
    await idle();
    assert.deepEqual(later.inFlight(), ['Step1.1']);
  });
});

describe('the environment of a run', () => {
  const inEnvironment = async (environment: string | null): Promise<{ text: string; live: LiveRun }> => {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan, environment, approvals: [{ people: 2 }] });
    await idle();
    yes(live, 'ann');
    await idle();
    return { text: world.text(), live };
  };
  const resumedIn = async (
    text: string,
    environment: string | null,
    changeEnvironment = false,
  ): Promise<{ world: World; view: RunView }> => {
    const world = newWorld({ text });
    const live = resumeLiveRun({ ...world, text, environment, changeEnvironment });
    return { world, view: await live.settled() };
  };

  it('is in the journal by its name, and a resumption in another one is refused', async () => {
    const { text, live } = await inEnvironment('dev');
    assert.equal(live.view().environment, 'dev');
    assert.equal(replayJournal(text).environment, 'dev');
    assert.equal(replayJournal((await inEnvironment(null)).text).environment, null);
    await assert.rejects(resumedIn(text, 'prod'), /in the environment `dev`.*go on in the environment `prod`/);
    await assert.rejects(resumedIn(text, null), /go on in no environment/);
    const { view } = await resumedIn(text, 'dev');
    assert.deepEqual(approvalIn(view).givenBy, ['ann'], 'what was approved there still counts');
  });

  it('changes when told to, is then journalled, and approvals given elsewhere do not count', async () => {
    const { text } = await inEnvironment('dev');
    const { world, view } = await resumedIn(text, 'prod', true);
    assert.deepEqual([view.environment, approvalIn(view).givenBy], ['prod', undefined]);
    assert.deepEqual(replayJournal(world.text()).view, view);
    assert.equal(verifyJournal(world.text(), sha256Hex).kind, 'whole');
    const back = await resumedIn(world.text(), 'dev', true);
    assert.deepEqual(approvalIn(back.view).givenBy, ['ann'], 'where she gave it, it counts');
  });

  it('is taken from the resumption where an older journal does not say it', async () => {
    const { world } = await started([]);
    assert.equal(replayJournal(world.text()).environment, undefined);
    const { view } = await resumedIn(world.text(), 'prod');
    assert.equal(view.environment, 'prod');
  });
});

describe('an approval given later', () => {
  const later = (text: string, by: string, kind: 'approval-given' | 'approval-refused'): string => {
    const replay = replayJournal(text);
    const { action, hash } = approvalIn(replay.view);
    const event = kind === 'approval-given' ? { kind, action, hash, by } : { kind, action, by };
    const written = answerLater({ replay, event, time: Date.parse('2025-01-03T00:00:00Z'), hash: sha256Hex });
    assert.equal(written.kind, 'written');
    return written.kind === 'written' ? `${text}${written.lines.join('\n')}\n` : text;
  };

  it('performs nothing by itself; the resumed run performs it once and asks nothing', async () => {
    const { world } = await started([]);
    const text = later(world.text(), 'ben', 'approval-given');
    assert.equal(verifyJournal(text, sha256Hex).kind, 'whole');
    const { view } = replayJournal(text);
    assert.equal(approvalIn(view).approved, true);
    assert.match(view.reason ?? '', /is approved by `ben`; it is performed when the run is resumed/);
    const next = newWorld({ text, now: Date.parse('2025-01-05T00:00:00Z') });
    const live = resumeLiveRun({ ...next, text });
    await idle();
    assert.deepEqual(next.inFlight(), ['Step1.1']);
    next.end('Step1.1', done);
    assert.equal((await live.settled()).outcome, 'resolved');
    assert.equal(next.calls.length, 1);
    assert.equal(verifyJournal(next.text(), sha256Hex).kind, 'whole');
  });

  it('of two people, both later, and withdrawn by a refusal', async () => {
    const { world } = await started([{ people: 2 }]);
    const one = later(world.text(), 'ann', 'approval-given');
    assert.equal(approvalIn(replayJournal(one).view).approved, undefined);
    const both = later(one, 'ben', 'approval-given');
    assert.equal(approvalIn(replayJournal(both).view).approved, true);
    const refused = later(both, 'cho', 'approval-refused');
    const { view } = replayJournal(refused);
    assert.equal(view.outcome, 'failed');
    assert.match(view.reason ?? '', /Refused by cho/);
  });

  it('does not count for another text: the resumed run asks again', async () => {
    const { world } = await started([]);
    const text = later(world.text(), 'ben', 'approval-given');
    const next = newWorld({ text });
    const [tool] = next.toolbox.tools;
    assert.ok(tool);
    const changed = {
      ...tool,
      render: (action: Parameters<typeof tool.render>[0]) => ({ action, tool: 'puppet', text: 'other', bindings: [] }),
    };
    const live = resumeLiveRun({ ...next, toolbox: { tools: [changed], find: () => changed }, text });
    await live.settled();
    assert.deepEqual([approvalIn(live.view()).text, approvalIn(live.view()).givenBy], ['other', undefined]);
    assert.deepEqual(next.inFlight(), []);
  });

  it('does not count for another value of a secret parameter, which neither text nor journal shows', async () => {
    const plan = readPlanText(
      'step Change\n  action write: change {token}\nedge start -> Change\nedge Change -> end\nparam token string secret\n',
    );
    const world = newWorld();
    await startLiveRun({ ...world, run: 'r', plan, secrets: { token: 'first-of-two' } }).settled();
    const text = later(world.text(), 'ben', 'approval-given');
    const resumed = async (token: string, changes: Partial<World> = {}) => {
      const next = { ...newWorld({ text }), ...changes };
      const live = resumeLiveRun({ ...next, text, secrets: { token } });
      await idle();
      return { next, live };
    };
    const same = await resumed('first-of-two');
    assert.deepEqual(same.next.inFlight(), ['Change.1']);
    const other = await resumed('second-of-two');
    assert.deepEqual(other.next.inFlight(), []);
    assert.match(approvalIn(other.live.view()).because, /what `ben` approved was another text or another secret value/);
    assert.equal(approvalIn(other.live.view()).text, 'change ***');
    // Who has the journal alone cannot try out values: the same one under another key is another one.
    const foreign = await resumed('first-of-two', { seal: (value) => sha256Hex(`another key ${value}`) });
    assert.deepEqual(foreign.next.inFlight(), []);
  });

  it('is refused for a run that was cut off while it was under way, and for a forged journal', async () => {
    const { world, live } = await started([]);
    const waiting = world.text();
    const { action, hash } = approvalIn(live.view());
    const event = { kind: 'approval-given', action, hash, by: 'ann' } as const;
    live.submit(event);
    await idle();
    const cut = answerLater({ replay: replayJournal(world.text()), event, time: 0, hash: sha256Hex });
    assert.match(cut.kind === 'refused' ? cut.because : '', /was cut off while it was under way/);
    const other = answerLater({
      replay: replayJournal(waiting),
      event,
      time: 0,
      hash: (value) => sha256Hex(`${value}!`),
    });
    assert.match(other.kind === 'refused' ? other.because : '', /is not as it was written/);
  });
});

describe('tsg approve', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  after(() => {
    folder.remove();
  });

  it('shows, refuses a text that is not the one seen, approves, and resume goes on', async () => {
    mkdirSync(folder.path, { recursive: true });
    const guide = '# T\n\n## Step 1 - Do it\n\n```bash\ntouch made\n```\n\nThis resolves the incident.\n';
    writeFileSync(join(folder.path, 't.tsg.md'), guide);
    writeFileSync(join(folder.path, 'tsg.yaml'), 'tools: { sh: { kind: shell, cwd: ., env: [PATH] } }\n');
    const cwd = folder.path;
    const run = jsonOf(await tsg(['run', 't.tsg.md', '--live', '--json'], { cwd }));
    const hash = String(run.requests[0]?.['hash']);
    const shown = await tsg(['approve', 't-', 'Step1', '--show'], { cwd });
    assert.equal(shown.code, 0, shown.err);
    assert.match(shown.out, /^T · begun 20[^]*\| touch made\n {4}runs on sh: bash in \.\n/);
    const wrong = await tsg(['approve', 't-', 'Step1', '--hash', '00'], { cwd });
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /it is another text than the one you saw/);
    const approved = await tsg(['approve', 't-', 'Step1', '--hash', hash.slice(0, 8), '--note', 'as INC-7 says'], {
      cwd,
    });
    assert.equal(approved.code, 0, approved.err);
    assert.match(approved.out, /✓ Step1\.1 is approved\.[\s\S]*tsg resume /);
    const resumed = await tsg(['resume', String(run.journal), '--json'], { cwd });
    assert.equal(jsonOf(resumed).outcome, 'resolved', resumed.out);
    const verified = await tsg(['verify', String(run.journal)], { cwd });
    assert.equal(verified.code, 0, verified.out);
    const report = await tsg(['report', String(run.journal)], { cwd });
    assert.match(report.out, /\n- approved by \S+ at [^\n]*: as INC-7 says /);
    assert.match(report.out, /approved `Step1\.1` \(text with hash `\w+`\): as INC-7 says\. /);
    const ended = await tsg(['approve', 't-', 'Step1'], { cwd });
    assert.equal(ended.code, 2);
    assert.match(ended.err, /does not wait for an approval: it has ended/);
  });

  it('means the action of a name before the step that has the same one', async () => {
    const cwd = folder.path;
    const guide =
      '# N\n\n## Step 1 - Begin\n\nStart Steps 2.1 and 2 in parallel.\n\n## Step 2.1 - First\n\n```bash\ntouch first\n```\n\n' +
      '## Step 2 - Second\n\n```bash\ntouch second\n```\n';
    writeFileSync(join(cwd, 'n.tsg.md'), guide);
    writeFileSync(join(cwd, 'n.yaml'), 'tools: { sh: { kind: shell, cwd: ., env: [PATH] } }\n');
    const run = await tsg(['run', 'n.tsg.md', '--live', '--config', 'n.yaml', '--journal', 'n.jsonl'], { cwd });
    assert.match(run.out + run.err, /tsg approve n\.jsonl Step2\.1\.1\n +tsg approve n\.jsonl Step2\.1\n/);
    assert.match((await tsg(['approve', 'n.jsonl', 'Step2.1', '--show'], { cwd })).out, /\| touch second\n/);
    assert.match((await tsg(['approve', 'n.jsonl', 'Step2.1'], { cwd })).out, /✓ Step2\.1 is approved/);
    assert.match((await tsg(['approve', 'n.jsonl', 'Step2.1.1', '--show'], { cwd })).out, /\| touch first\n/);
  });

  it('names who acts on a database, and does not count for another one', async () => {
    const cwd = join(folder.path, 'users');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'u.tsg.md'), '# U\n\n## Step 1 - Do it\n\n```sql\nDELETE FROM jobs WHERE done\n```\n');
    const settingsOf = (user: string): string =>
      `tools: { db: { kind: sql, engine: postgres, host: 127.0.0.1, port: 9, database: shop, user: ${user} } }\n`;
    writeFileSync(join(cwd, 'tsg.yaml'), settingsOf('reader'));
    await tsg(['run', 'u.tsg.md', '--live', '--journal', 'u.jsonl'], { cwd });
    const yes = await tsg(['approve', 'u.jsonl', 'Step1'], { cwd });
    assert.match(yes.out, /runs on db: PostgreSQL database shop at 127\.0\.0\.1:9 as reader\n/, yes.err);
    writeFileSync(join(cwd, 'tsg.yaml'), settingsOf('owner'));
    const resumed = await tsg(['resume', 'u.jsonl'], { cwd });
    assert.equal(resumed.code, 3, resumed.out + resumed.err);
    assert.match(resumed.out, /runs on db: PostgreSQL database shop at 127\.0\.0\.1:9 as owner\n/);
    assert.match(resumed.out, /meant for another connection/);
  });

  it('does not count where the settings lead elsewhere by then, or act as somebody else', async () => {
    const cwd = folder.path;
    const guide = '# E\n\n## Step 1 - Do it\n\n```bash\ntouch made-there\n```\n';
    const settings = (more: string) => `tools: { sh: { kind: shell, cwd: ., env: [PATH, PLACE], ${more} } }\n`;
    writeFileSync(join(cwd, 'e.tsg.md'), guide);
    for (const [index, { before, after, env }] of [
      { before: 'timeout: 20s', after: 'timeout: 30s', env: 'here' },
      { before: 'timeout: 20s', after: 'timeout: 20s', env: 'elsewhere' },
      { before: 'bash: bash', after: 'bash: /bin/bash', env: 'here' },
      { before: "secretEnv: { T: '${secret:A}' }", after: "secretEnv: { T: '${secret:B}' }", env: 'here' },
    ].entries()) {
      const secrets = 'secrets: { A: { env: PATH }, B: { env: HOME } }\n';
      writeFileSync(join(cwd, 'e.yaml'), secrets + settings(before));
      const journal = `e${index}.jsonl`;
      await tsg(['run', 'e.tsg.md', '--live', '--config', 'e.yaml', '--journal', journal], {
        cwd,
        env: { PLACE: 'here' },
      });
      assert.equal((await tsg(['approve', journal, 'Step1'], { cwd })).code, 0);
      writeFileSync(join(cwd, 'e.yaml'), secrets + settings(after));
      const resumed = await tsg(['resume', journal, '--config', 'e.yaml', '--json'], { cwd, env: { PLACE: env } });
      assert.equal(jsonOf(resumed).requests.length, index === 0 ? 0 : 1, `${after} ${env}: ${resumed.out}`);
    }
  });

  it('takes no second yes of the person who has given one, and does not ask for it without end', async () => {
    const cwd = folder.path;
    writeFileSync(join(cwd, 'p.tsg.md'), '# P\n\n## Step 1 - Do it\n\n```bash\ntouch made-by-two\n```\n');
    writeFileSync(
      join(cwd, 'p.yaml'),
      'approvals: [{ people: 2 }]\ntools: { sh: { kind: shell, cwd: ., env: [PATH] } }\n',
    );
    const all = ['--config', 'p.yaml', '--approve', 'all'];
    const run = await tsg(['run', 'p.tsg.md', '--live', '--journal', 'p.jsonl', ...all], { cwd });
    assert.equal(run.code, 3, run.out + run.err);
    const again = await tsg(['resume', 'p.jsonl', ...all], { cwd });
    assert.equal(again.code, 3, again.out + again.err);
    const refused = readFileSync(join(cwd, 'p.jsonl'), 'utf8').match(/"kind":"approval-given"/g);
    assert.equal(refused?.length, 2);
  });

  it('is not lost where a secret of the tool is missing: the run is left as it was', async () => {
    const cwd = folder.path;
    writeFileSync(join(cwd, 'm.tsg.md'), '# M\n\n## Step 1 - Do it\n\n```bash\ntouch "made-with-$TOKEN"\n```\n');
    writeFileSync(
      join(cwd, 'm.yaml'),
      "secrets: { T: { env: API_TOKEN } }\ntools: { sh: { kind: shell, cwd: ., env: [PATH], secretEnv: { TOKEN: '${secret:T}' } } }\n",
    );
    const config = ['--config', 'm.yaml'];
    const env = { API_TOKEN: 'abcdefgh' };
    await tsg(['run', 'm.tsg.md', '--live', '--journal', 'm.jsonl', ...config], { cwd, env });
    assert.equal((await tsg(['approve', 'm.jsonl', 'Step1'], { cwd })).code, 0);
    const before = readFileSync(join(cwd, 'm.jsonl'), 'utf8');
    const without = await tsg(['resume', 'm.jsonl', ...config], { cwd, env: { API_TOKEN: '' } });
    assert.equal(without.code, 2);
    assert.match(
      without.err,
      /The run was left as it is\. The secret `T` is empty: set the environment variable `API_TOKEN`/,
    );
    assert.equal(readFileSync(join(cwd, 'm.jsonl'), 'utf8'), before);
    assert.equal((await tsg(['resume', 'm.jsonl', ...config], { cwd, env })).code, 0);
  });

  it('does not count for another value of a secret, in another process, and does for the same', async () => {
    const cwd = folder.path;
    const guide =
      '---\nparameters:\n  PLACE: { secret: true }\n---\n# V\n\n## Step 1 - Do it\n\n```bash\ntouch "${PLACE}"\n```\n';
    writeFileSync(join(cwd, 'v.tsg.md'), guide);
    writeFileSync(join(cwd, 'v.yaml'), 'tools: { sh: { kind: shell, cwd: ., env: [PATH] } }\n');
    const options = { cwd, env: { SECRET_PLACE: 'made-secretly' } };
    const first = await tsg(
      ['run', 'v.tsg.md', '--live', '--config', 'v.yaml', '--journal', 'v.jsonl', '--param-env', 'PLACE=SECRET_PLACE'],
      options,
    );
    assert.equal(first.code, 3, first.out + first.err);
    assert.equal((await tsg(['approve', 'v.jsonl', 'Step1'], { cwd })).code, 0);
    const resume = ['resume', 'v.jsonl', '--config', 'v.yaml', '--json', '--param-env', 'PLACE=SECRET_PLACE'];
    const other = jsonOf(await tsg(resume, { cwd, env: { SECRET_PLACE: 'made-elsewhere' } }));
    assert.equal(other.requests[0]?.['kind'], 'approval');
    const same = jsonOf(await tsg(resume, options));
    assert.deepEqual([same.requests, same.outcome], [[], 'completed']);
    assert.doesNotMatch(readFileSync(join(cwd, 'v.jsonl'), 'utf8'), /made-(secretly|elsewhere)/);
  });

  it('names the line of a journal that somebody has changed, instead of finding nothing to approve', async () => {
    const cwd = folder.path;
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(cwd, 'c.tsg.md'), '# C\n\n## Step 1 - Do it\n\n```bash\ntouch made\n```\n');
    writeFileSync(join(cwd, 'c.yaml'), 'tools: { sh: { kind: shell } }\n');
    const journal = join(cwd, 'changed.jsonl');
    await tsg(['run', 'c.tsg.md', '--live', '--config', 'c.yaml', '--journal', journal], { cwd });
    const lines = readFileSync(journal, 'utf8').split('\n');
    writeFileSync(journal, lines.map((line, at) => (at === 2 ? line.replace('enabled', 'disabled') : line)).join('\n'));
    const refused = await tsg(['approve', journal, 'Step1'], { cwd });
    assert.equal(refused.code, 2);
    assert.match(refused.err, /changed\.jsonl:3: Line 3 of the journal is not as it was written/);
    const noHash = await tsg(['verify', journal, '--expect', 'nonsense'], { cwd });
    assert.match(noHash.err, /`nonsense` is no hash of a line\.[^]*the 64 digits/);
  });

  it('tells what led there, where it runs, and who has said yes of how many; a dry run tells the same terms', async () => {
    const cwd = folder.path;
    const guide =
      '# Two\n\n## Step 1 - Look\n\n```bash\necho full\n```\n\nIf the output says `full`, go to Step 2. Otherwise, this ends the guide.\n\n' +
      '## Step 2 - Do it\n\n```bash\ntouch made\n```\n\nUndo: remove it. This resolves the incident.\n';
    writeFileSync(join(cwd, 'two.tsg.md'), guide);
    writeFileSync(
      join(cwd, 'two.yaml'),
      'tools: { sh: { kind: shell, cwd: ., env: [PATH] } }\nenvironments: { prod: {} }\napprovals: [{ people: 2, expires: 8h }]\n',
    );
    const dry = await tsg(['run', 'two.tsg.md', '--dry', '--config', 'two.yaml'], { cwd });
    assert.match(dry.out, /writes \(.*\) {2}! needs approval of 2 people, which counts for 8 h\n/);
    const args = ['--config', 'two.yaml', '--env', 'prod', '--journal', 'two.jsonl'];
    const run = await tsg(['run', 'two.tsg.md', '--live', ...args], { cwd });
    assert.match(
      run.out,
      /--approve all {4}approves it for you, and every write that comes after it; one more person must, too\n/,
    );
    const shown = await tsg(['approve', 'two.jsonl', 'Step2', '--show'], { cwd });
    assert.match(
      shown.out,
      /^Two · begun .* · environment prod\n {2}Step1 led to Step2: “if the output says full” — `.*` is true.*\n\? Step2\.1[^]*Undo: remove it\.\n {4}approved by nobody so far, of 2 people\n/,
    );
    const one = await tsg(['approve', 'two.jsonl', 'Step2'], { cwd });
    assert.equal(one.code, 3, one.err);
    const again = await tsg(['approve', 'two.jsonl', 'Step2', '--show'], { cwd });
    assert.match(again.out, /approved by \S+ so far, of 2 people/);
  });

  /** A folder with settings by the guide, and a run that was started with others and waits: `there` is where these work. */
  async function runWithOtherSettings(name: string): Promise<string> {
    const cwd = join(folder.path, name);
    for (const place of ['here', 'there']) mkdirSync(join(cwd, place), { recursive: true });
    writeFileSync(join(cwd, 's.tsg.md'), '# S\n\n## Step 1 - Do it\n\n```bash\ntouch made\n```\n');
    writeFileSync(join(cwd, 'tsg.yaml'), 'tools: { sh: { kind: shell, cwd: here, env: [PATH] } }\n');
    writeFileSync(join(cwd, 'other.yaml'), 'tools: { sh: { kind: shell, cwd: there, env: [PATH] } }\n');
    await tsg(['run', 's.tsg.md', '--live', '--config', 'other.yaml', '--journal', 's.jsonl'], { cwd });
    return cwd;
  }

  it('goes on with the settings that the run was started with, and with no others by itself', async () => {
    const cwd = await runWithOtherSettings('settings');
    const early = await tsg(['approve', 's.jsonl', 'start'], { cwd });
    assert.match(early.err, /`start` does not wait for an approval\.\n/);
    await tsg(['approve', 's.jsonl', 'Step1'], { cwd });
    renameSync(join(cwd, 'other.yaml'), join(cwd, 'moved.yaml'));
    const gone = await tsg(['resume', 's.jsonl'], { cwd });
    assert.equal(gone.code, 2, gone.out);
    assert.match(
      gone.err,
      /was started with the settings `other\.yaml`, which are not there any more\.\n.*--config FILE/,
    );
    const moved = await tsg(['resume', 's.jsonl', '--config', 'tsg.yaml'], { cwd });
    assert.match(
      moved.err,
      /! The run went with the settings other\.yaml until now; it goes on with the settings tsg\.yaml\.\n/,
    );
    assert.equal(moved.code, 3, 'the yes was for another place');
    renameSync(join(cwd, 'moved.yaml'), join(cwd, 'other.yaml'));
    const back = await tsg(['resume', 's.jsonl', '--config', 'other.yaml'], { cwd });
    assert.equal(back.code, 0, back.out + back.err);
    assert.deepEqual(
      ['here', 'there'].map((place) => existsSync(join(cwd, place, 'made'))),
      [false, true],
    );
  });

  it('resumes with the settings of the run, not with those that lie nearer', async () => {
    const cwd = await runWithOtherSettings('nearer');
    assert.match(
      (await tsg(['approve', 's.jsonl', 'Step2'], { cwd })).err,
      /known: `Step1\.1`|did you mean `Step1\.1`/,
    );
    await tsg(['approve', 's.jsonl', 'Step1'], { cwd });
    const end = await tsg(['resume', 's.jsonl'], { cwd });
    assert.deepEqual([end.code, end.err], [0, '']);
    assert.equal(existsSync(join(cwd, 'there', 'made')), true);
  });
});
