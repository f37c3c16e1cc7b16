// Canaries: a secret parameter and a secret of a tool that commands print in every form they can. Nothing that a run leaves
// behind - journal, output, logs, report, recording, bundle, what a crash leaves - holds one of them.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { startLiveRun, type Tool } from '../src/run/index.ts';
import { readPlanText } from './support/plan-text.ts';
import { newWorld } from './support/puppets.ts';

const parameter = 'canary-parameter-4f1c/9+a';
const ofTool = 'canary-of-the-tool-77b2';
/** Held by a secret of the settings that no tool of the run uses, and given as a parameter that nobody declared secret. */
const undeclared = `canary "un'declared" 5d0e/+=&$x`;
const forms = [parameter, ofTool, undeclared].flatMap((secret) => [
  secret,
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('base64url'),
  Buffer.from(`user:${secret}`).toString('base64').slice(8, -4),
  Buffer.from(secret).toString('hex'),
  encodeURIComponent(secret),
  new URLSearchParams([['', secret]]).toString().slice(1),
  JSON.stringify(secret).slice(1, -1),
  secret.replaceAll("'", "'\\''"),
]);

const guide = `---
title: Canaries
parameters:
  - name: token
    type: string
    secret: true
  - name: login
    type: string
    default: nobody
  - name: address
    type: string
    default: none
---

# Canaries

## Step 1 - Say it in every form

\`\`\`bash as=said
printf '%s\\n' "{token}" "$TOOL_KEY"
printf '%s' "{token}" | base64
printf '%s' "$TOOL_KEY" | od -An -tx1 | tr -d ' \\n'
printf '%s\\n' "{token}" "$TOOL_KEY" >&2
printf '%s\\n' "{login}" "{address}"
printf '%s' "{login}" | base64 -w0
printf 'user:%s' "{login}" | base64 -w0
printf '%q\\n' "{login}"
\`\`\`

If \`text.contains('no such words')\`, go to Step 3.

Otherwise, go to Step 2.

## Step 2 - Wait with it

\`\`\`bash
sleep 0.1; printf '%s' "{token}"; test -e go || { touch begun; sleep 600; }
\`\`\`

## Step 3 - Fail with it

\`\`\`bash
echo "cannot log in as {token} with $TOOL_KEY" >&2; exit 3
\`\`\`

This ends the guide.
`;
const settings = `secrets:
  KEY: { env: TOOL_KEY_FROM_OUTSIDE }
  LOGIN: { env: LOGIN_FROM_OUTSIDE }
tools:
  host:
    kind: shell
    env: [PATH]
    secretEnv: { TOOL_KEY: '\${secret:KEY}' }
`;

describe('secrets', function () {
  this.timeout(300_000);
  const root = resolve(import.meta.dirname, '..');
  const tsg = join(root, 'src', 'cli', 'main.ts');
  const env = { ...process.env, TOOL_KEY_FROM_OUTSIDE: ofTool, LOGIN_FROM_OUTSIDE: undeclared };
  let folder = '';
  let output = '';
  const args = (words: readonly string[]): string[] => [
    '--import',
    join(root, 'node_modules', 'tsx', 'dist', 'esm', 'index.mjs'),
    tsg,
    ...words,
  ];
  const run = (...words: string[]): string => {
    const { stdout, stderr } = spawnSync(process.execPath, args(words), { cwd: folder, env, encoding: 'utf8' });
    output += stdout + stderr;
    return stdout;
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tsg-secrets-'));
    writeFileSync(join(folder, 'canaries.tsg.md'), guide);
    writeFileSync(join(folder, 'tsg.yaml'), settings);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const values = [
    ...['--param', `token=${parameter}`, '--param', `login=${undeclared}`],
    ...['--param', `address=postgres://user:${encodeURIComponent(undeclared)}@db.example/shop`],
  ];
  const live = ['run', 'canaries.tsg.md', '--live', '--approve', 'all', ...values];

  it('are in nothing that a run leaves behind, killed in the middle and resumed', async () => {
    const killed = spawn(process.execPath, args([...live, '--journal', 'run.jsonl']), { cwd: folder, env });
    for (const stream of [killed.stdout, killed.stderr])
      stream.on('data', (data: Buffer) => (output += data.toString()));
    while (!existsSync(join(folder, 'begun'))) await new Promise((done) => setTimeout(done, 50));
    const gone = new Promise((done) => killed.once('exit', done));
    killed.kill('SIGKILL');
    await gone;
    writeFileSync(join(folder, 'go'), '');
    run('resume', 'run.jsonl', '--approve', 'all', '--settle', 'Step2.1=repeat', ...values);
    run('run', 'canaries.tsg.md', '--dry', ...values);
    run(...live, '--json', '--journal', 'json.jsonl');
    run('replay', 'run.jsonl');
    run('report', 'run.jsonl', '-o', 'report.html');
    run('report', 'run.jsonl', '-o', 'report.md');
    run('record', 'run.jsonl', '-o', 'canaries.tests.yaml');
    run('export', 'run.jsonl', '-o', 'bundle.tar.gz');
    assert.match(readFileSync(join(folder, 'run.jsonl'), 'utf8'), /cannot log in as \*\*\* with \*\*\*/);
    for (const needed of ['report.html', 'report.md', 'bundle.tar.gz']) assert.ok(existsSync(join(folder, needed)));
    const found = [{ name: 'output', text: output }, ...filesOf(folder)].flatMap(({ name, text }) =>
      forms.filter((form) => text.includes(form)).map((form) => `${form} in ${name}`),
    );
    assert.deepEqual(found, []);
  });

  it('are not in what a tool says when it crashes', async () => {
    const world = newWorld();
    const crashing: Tool = {
      name: 'crashing',
      kind: 'crashing',
      languages: ['puppet'],
      describe: () => 'crashing',
      render: (action, bindings) => ({ action, tool: 'crashing', text: action.code, bindings }),
      classify: () => ({ effect: 'read', because: 'it reads' }),
      explain: () => Promise.resolve({ kind: 'cannot-explain', because: 'no' }),
      check: () => Promise.resolve(null),
      perform: ({ bindings }) => {
        throw new Error(`cannot connect with ${JSON.stringify(bindings)}`);
      },
      close: () => Promise.resolve(),
    };
    const plan = readPlanText(
      'param token string secret\nstep Step1\n  action read: use {token}\nedge start -> Step1\nedge Step1 -> end',
    );
    const toolbox = { tools: [crashing], find: () => crashing };
    const started = startLiveRun({ ...world, toolbox, run: 'crash', plan, secrets: { token: parameter } });
    const view = await started.settled();
    assert.match(JSON.stringify(view), /Internal error in tool `crashing`: cannot connect/);
    for (const form of forms) assert.ok(!JSON.stringify(view).includes(form) && !world.text().includes(form));
  });
});

/** Every file of a folder and below as text, what is packed unpacked. */
function filesOf(folder: string): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      return { name, text: (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1') };
    });
}
