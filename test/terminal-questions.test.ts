// What a person at a terminal is asked, and what stands beside the question: `tsg run` and `tsg resume` on a real terminal
// that `script` (util-linux) makes, answered line by line.
import { strict as assert } from 'node:assert';
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, temporaryFolder, tsg, type TsgEnd } from './cli/tsg.ts';

const guide = `# Queue

## Step 1: Look at both

Run Steps 2 and 3 in parallel.

## Step 2: Read the log

\`\`\`bash
echo the pool is full
\`\`\`

If the log points to the pool, go to Step 4. If it points to the network, go to Step 5.

## Step 3: Read the queue

\`\`\`bash
echo 31 jobs wait
\`\`\`

If the queue looks long, go to Step 4. If it looks short, go to Step 5.

## Step 4: Restart the worker

\`\`\`bash
touch restarted
\`\`\`

Undo: remove it. This resolves the incident.

## Step 5: Escalate

Escalate to the network team.
`;

const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

/** Answers each question in turn; one without an answer is left to `elsewhere`, where there is one, else open. */
async function atTerminal(
  args: readonly string[],
  cwd: string,
  answers: readonly string[],
  elsewhere?: () => void,
): Promise<string> {
  const command = [process.execPath, ...program, ...args].map((part) => `'${part}'`).join(' ');
  const env = { ...process.env, NO_COLOR: '1', TERM: 'dumb' };
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd, env });
  const left = [...answers];
  let out = '';
  let asked = 0;
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    out += part;
    const questions = out.split(/(?:Enter to leave it open|leave the run here)\) /).length - 1;
    while (asked < questions) {
      asked++;
      if (left.length === 0 && elsewhere) elsewhere();
      else child.stdin.write(`${left.shift() ?? ''}\r`);
    }
  });
  await new Promise((resolve) => child.on('close', resolve));
  return out.replaceAll('\r', '');
}

describe('a question at the terminal', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  before(function () {
    if (!hasScript) {
      console.log('      not run: `script` of util-linux is not there');
      this.skip();
    }
    writeFileSync(join(folder.path, 'q.md'), guide);
    writeFileSync(join(folder.path, 'tsg.yaml'), 'tools: { sh: { kind: shell, cwd: ., env: [PATH] } }\n');
  });
  after(() => {
    folder.remove();
  });

  it('has what its own step found beside it, also where several wait and when the run is taken up again', async () => {
    const first = await atTerminal(['run', 'q.md', '--live', '--journal', 'q.jsonl'], folder.path, ['', '']);
    for (const [step, found] of [
      ['Step2', 'the pool is full'],
      ['Step3', '31 jobs wait'],
    ] as const) {
      const question = new RegExp(`\\? ${step} needs a decision[^]*?Which one`).exec(first)?.[0] ?? '';
      assert.ok(question.includes(found), `${step}: ${question}`);
      assert.doesNotMatch(question, /--decide/, 'flags are for the next command line');
    }
    const again = await atTerminal(['resume', 'q.jsonl'], folder.path, ['1', '1', 'yes']);
    assert.match(again.slice(0, again.indexOf('Which one')), /the pool is full/);
    assert.match(
      again,
      /Step4\.1 needs approval[^]*\| touch restarted\n {4}runs on sh: bash in \.\n {4}Undo: remove it\.\n/,
    );
    assert.match(again, /✓ resolved/);
  });

  it('at a step that only has words has these, and what led there found, beside it', async () => {
    const cwd = folder.path;
    const text =
      '# L\n\n## Step 1: Read\n\n```bash\necho lag 31\n```\n\n## Step 2: Judge\n\nLag comes in waves at night. If it looks like a wave, go to Step 3. Otherwise, escalate to the owners.\n\n' +
      '## Step 3: Tell\n\nTell the owner.\nSay when.\n';
    writeFileSync(join(cwd, 'l.md'), text);
    const words = /Step2 needs a decision[^]*?\n {4}> Lag comes in waves at night\./;
    const beside = /> Lag comes[^]*What Step1 found \(Read\):\n[^]*lag 31[^]*Which one/;
    const first = await atTerminal(['run', 'l.md', '--live', '--journal', 'l.jsonl'], cwd, ['']);
    assert.match(first, words);
    assert.match(first, beside);
    const flags = await tsg(['resume', 'l.jsonl'], { cwd });
    assert.match(flags.out, /✓ Step1 {2}Read[^]*lag 31[^]*Step2 needs a decision[^]*> Lag comes/);
    const again = await atTerminal(['resume', 'l.jsonl'], cwd, ['1']);
    assert.match(again, beside);
    assert.match(again, /✓ Step3[^]*nothing was run\n {4}> Tell the owner\. Say when\.\n/);
  });

  it('of approval may be answered from another process while it stands', async () => {
    const cwd = folder.path;
    writeFileSync(join(cwd, 'w.md'), '# W\n\n## Step 1: Restart\n\n```bash\ntouch restarted-by-word\n```\n');
    const approving: Promise<TsgEnd>[] = [];
    const shown = await atTerminal(['run', 'w.md', '--live', '--journal', 'w.jsonl'], cwd, [], () =>
      approving.push(tsg(['approve', 'w.jsonl', 'Step1'], { cwd })),
    );
    assert.match(shown, /It was answered elsewhere\.[^]*✓ completed/);
    const [approved] = await Promise.all(approving);
    assert.equal(approved?.code, 0, approved?.err);
    assert.match(approved?.out ?? '', /✓ Step1\.1 is approved\. The process that has the run goes on\./);
    assert.equal((await tsg(['verify', 'w.jsonl'], { cwd })).code, 0);
    assert.deepEqual(
      readdirSync(cwd).filter((name) => name.startsWith('w.jsonl.')),
      [],
    );
  });

  it('is left open by Ctrl-C, and the run can be answered and resumed', async () => {
    const cwd = folder.path;
    writeFileSync(join(cwd, 'c.md'), '# C\n\n## Step 1: Restart\n\n```bash\ntouch restarted-later\n```\n');
    const shown = await atTerminal(['run', 'c.md', '--live', '--journal', 'c.jsonl'], cwd, ['\u0003']);
    assert.match(shown, /The run is left as it is: it waits\.[^]*\? waiting/);
    assert.match(
      shown,
      /Approve what is shown with:\n {2}tsg approve c\.jsonl Step1\.1\n\nThen go on with:\n {2}tsg resume c\.jsonl\n/,
    );
    assert.ok(!readdirSync(cwd).includes('restarted-later'));
    assert.equal((await tsg(['approve', 'c.jsonl', 'Step1'], { cwd })).code, 0);
    const end = await tsg(['resume', 'c.jsonl'], { cwd });
    assert.equal(end.code, 0, end.out);
    assert.ok(readdirSync(cwd).includes('restarted-later'));
  });

  it('comes before each step with --step, and a run that is left there goes on later', async () => {
    const cwd = folder.path;
    const text =
      '# S\n\n## Step 1: Tell the owner\n\nCall the owner.\nSay what you saw.\n\n## Step 2: Look\n\n```bash\necho seen\n```\n\n## Step 3: Close\n\nClose the ticket.\n';
    writeFileSync(join(cwd, 's.md'), text);
    const first = await atTerminal(['run', 's.md', '--live', '--step', '--journal', 's.jsonl'], cwd, ['', '\u0003']);
    assert.match(first, /Next: Step1 {2}Tell the owner\n {4}\| Call the owner\.\n?[^]*Say what you saw\./);
    assert.match(first, /✓ Step1[^]*Next: Step2[^]*\? held: It stands before Step2\.[^]*tsg resume s\.jsonl --step\n/);
    assert.doesNotMatch(first, /seen/);
    const second = await atTerminal(['resume', 's.jsonl', '--step'], cwd, ['', '\u0003']);
    assert.match(second, /Next: Step2[^]*✓ Step2[^]*Next: Step3[^]*\? held: It stands before Step3\./);
    const third = await tsg(['resume', 's.jsonl'], { cwd });
    assert.equal(third.code, 0, third.out);
    assert.match(third.out, /✓ Step3[^]*✓ resolved/);
    const none = await tsg(['run', 's.md', '--live', '--step'], { cwd });
    assert.equal(none.code, 2);
    assert.match(none.err, /--step asks before each step, which needs a terminal\./);
  });

  it('is put again when the answer cannot be read', async () => {
    const cwd = folder.path;
    writeFileSync(
      join(cwd, 'm.md'),
      '# M\n\n## Step 1: Restart\n\n```bash\ntouch restarted-at-last\n```\n\n## Step 2: Look\n\nIf it looks odd, go to Step 3.\n\n## Step 3: Tell\n\nTell the owner.\n',
    );
    const shown = await atTerminal(['run', 'm.md', '--live', '--journal', 'm.jsonl'], cwd, [
      'yse',
      'yes',
      '4',
      'odd',
      '1',
    ]);
    assert.match(shown, /`yse` is no answer here; expected yes or no\./);
    assert.match(shown, /`4` is no answer here; expected 0 or 1\.[^]*`odd` is no answer here/);
    assert.match(shown, /✓ completed/);
    assert.ok(readdirSync(cwd).includes('restarted-at-last'));
  });

  it('may be answered with nothing fits, there and by a flag', async () => {
    const cwd = folder.path;
    const asked = await atTerminal(['run', 'q.md', '--live', '--journal', 'x.jsonl'], cwd, ['0', '1']);
    assert.match(asked, / {2}0\) none of these fits: the run stops there\n/);
    assert.match(asked, /✗ no-branch-fits: /);
    const run = await tsg(['run', 'q.md', '--live', '--journal', 'y.jsonl'], { cwd });
    assert.match(run.out, / --decide Step2=none {4}none of these fits/);
    const ended = await tsg(['resume', 'y.jsonl', '--decide', 'Step2=none', '--decide', 'Step3=Step4'], { cwd });
    assert.equal(ended.code, 4, ended.out);
    assert.match(ended.out, /✗ no-branch-fits: /);
  });

  it('is told again with what was found where nobody is at a terminal', async () => {
    const cwd = folder.path;
    const run = await tsg(['run', 'q.md', '--live', '--journal', 'n.jsonl'], { cwd });
    assert.equal(run.code, 3);
    const again = await tsg(['resume', 'n.jsonl'], { cwd });
    assert.equal(again.code, 3);
    assert.match(again.out, /\? Step2 {2}Read the log {2}waiting[^]*the pool is full[^]*--decide Step2=Step4/);
  });
});
