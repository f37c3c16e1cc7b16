// Canaries: a secret parameter and a secret of a tool that commands print in every form they can. Nothing that a run leaves
// behind - journal, output, logs, report, recording, bundle, what a crash leaves - holds one of them.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { redactor, startLiveRun, type Tool } from '../src/run/index.ts';
import { readPlanText } from './support/plan-text.ts';
import { newWorld } from './support/puppets.ts';
import { until } from './support/until.ts';

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
    await until(() => existsSync(join(folder, 'begun')));
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

  it('are not in the report that Node writes of a process, which lists its environment', async () => {
    const place = mkdtempSync(join(tmpdir(), 'tsg-secrets-report-'));
    writeFileSync(join(place, 'wait.tsg.md'), '# W\n\n## Step 1 - Wait\n\n```bash\ntouch begun; sleep 20\n```\n');
    writeFileSync(join(place, 'tsg.yaml'), settings);
    const options = `--report-on-signal --report-signal=SIGUSR2 --report-directory=${place}`;
    const child = spawn(process.execPath, args(['run', 'wait.tsg.md', '--live', '--approve', 'all']), {
      cwd: place,
      env: { ...env, NODE_OPTIONS: options },
      stdio: 'ignore',
    });
    await until(() => existsSync(join(place, 'begun')));
    child.kill('SIGUSR2');
    const reports = () =>
      filesOf(place).filter(({ name, text }) => name.startsWith('report.') && text.includes('sharedObjects'));
    await until(() => reports().length > 0);
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
    const [report] = reports();
    rmSync(place, { recursive: true, force: true });
    assert.match(report?.text ?? '', /"environmentVariables"/);
    for (const form of forms) assert.ok(!report?.text.includes(form), form);
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

describe('a secret', () => {
  const secret = `canary "un'declared" 5d0e/+=&$x <ü>`;
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString('base64');
  const pairs = bytes.toString('hex').match(/../g) ?? [];
  const folded = (text: string, width: number) => text.replace(new RegExp(`(.{${width}})(?=.)`, 'g'), '$1\n');
  const quotedByBash = spawnSync('bash', ['-c', `printf %q "$1"`, 'bash', secret], {
    env: { ...process.env, LC_ALL: 'C' },
    encoding: 'utf8',
  }).stdout.replace(/^\$'|'$/g, '');
  assert.match(quotedByBash, /\\303\\274/);
  const marked = (mark: RegExp, before: string) => secret.replace(mark, `${before}$&`);
  const written: Readonly<Record<string, string>> = {
    'as it is': secret,
    'as JSON': JSON.stringify(secret).slice(1, -1),
    'as JSON in JSON': JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    'as JSON for a page': secret.replace(/["'<>&]/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16).toUpperCase()}`),
    'as part of an address': encodeURIComponent(secret),
    'as an address that leaves what it may': encodeURI(secret),
    'as a field of a form': new URLSearchParams([['', secret]]).toString().slice(1),
    'in single quotes of a shell': secret.replaceAll("'", `'\\''`),
    'in single quotes beside double ones': secret.replaceAll("'", `'"'"'`),
    'in double quotes of a shell': marked(/["$\x60\\]/g, '\\'),
    'without quotes in a shell': marked(/[^\w/+=ü]/g, '\\'),
    'in quotes of SQL': secret.replaceAll("'", "''"),
    'in a table of values': secret.replaceAll('"', '""'),
    'in HTML': secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('"', '&#34;')
      .replaceAll("'", '&#x27;'),
    'in base64': base64,
    'in base64 for addresses': bytes.toString('base64url'),
    'in base64 over two lines': `${base64.slice(0, 10)}\n${base64.slice(10)}`,
    'in base64 of UTF-16': Buffer.from(secret, 'utf16le').toString('base64'),
    'in hexadecimal': bytes.toString('hex'),
    'in hexadecimal with spaces': pairs.join(' '),
    'in hexadecimal of a fingerprint': pairs.join(':').toUpperCase(),
    'in hexadecimal of code': pairs.map((pair) => `\\x${pair}`).join(''),
    'as bash quotes it where letters are ASCII': quotedByBash,
    'in octal bytes, as Git names files': secret.replace('ü', '\\303\\274').replaceAll('"', '\\"'),
    'in bytes of Python': secret.replace('ü', '\\xc3\\xbc'),
    'folded to ten characters': folded(secret, 10),
    'folded to ten characters, with what stands before it': folded(`abcdef${secret}`, 10).slice(6),
    'folded to ten characters, in JSON': JSON.stringify(folded(secret, 10)).slice(1, -1),
    'folded as LDIF does it': folded(secret, 10).replaceAll('\n', '\n '),
    'folded and indented': folded(secret, 8).replaceAll('\n', '\n    '),
    'folded with ends of lines of Windows': folded(secret, 10).replaceAll('\n', '\r\n'),
    'in hexadecimal, folded': folded(bytes.toString('hex'), 20),
    'in hexadecimal over two lines': `${pairs.slice(0, 20).join('')}\n${pairs.slice(20).join('')}`,
  };
  const redact = redactor([secret]);
  for (const [how, form] of Object.entries(written))
    it(`is taken out ${how}`, () =>
      assert.match(redact(`said ${form} twice ${form}.`), /^said (\\x)?\*\*\*=* twice (\\x)?\*\*\*=*\.$/));

  it('is taken out wherever it is folded, once or twice, and nothing beside it', () => {
    const token = 'Zq9-folded-token-of-thirty-ch';
    const clean = redactor([token]);
    for (let width = 4; width < token.length; width++)
      for (let before = 0; before < width; before++) {
        const text = `first\n${folded(`${'.'.repeat(before)}${token}`, width)}\nthe token ${folded(token, width)} ends\nlast`;
        const left = clean(text);
        assert.match(left, /^first\n(\.|\n)*\*\*\*\nthe token \*\*\* ends\nlast$/, `${width} ${before}: ${text}`);
      }
  });

  it('is taken out of a dump of bytes, wherever in it, and nothing of other rows', () => {
    const token = 'Zq9-dumped-token-"\\ü-of-thirty';
    const clean = redactor([token]);
    const od =
      (...words: string[]) =>
      (input: string) =>
        spawnSync('od', words, { input, encoding: 'utf8' }).stdout;
    const rowsOf = (input: string): readonly Buffer[] => {
      const all = Buffer.from(input);
      return Array.from({ length: Math.ceil(all.length / 16) }, (_, row) => all.subarray(row * 16, row * 16 + 16));
    };
    const placed = (row: number): string => (row * 16).toString(16).padStart(8, '0');
    const shown = (row: Buffer): string =>
      [...row].map((b) => (b > 31 && b < 127 ? String.fromCharCode(b) : '.')).join('');
    const dumps: Readonly<Record<string, (input: string) => string>> = {
      'od -c': od('-c'),
      'od -tx1': od('-tx1'),
      'od -An -tx1': od('-An', '-tx1'),
      'od -x': od('-x'),
      xxd: (input) =>
        rowsOf(input)
          .map((row, at) => {
            const digits = row.toString('hex').replace(/.{4}(?=.)/g, '$& ');
            return `${placed(at)}: ${digits.padEnd(39)}  ${shown(row)}\n`;
          })
          .join(''),
      'xxd -i': (input) =>
        rowsOf(input)
          .map((row) => `  ${[...row].map((b) => `0x${b.toString(16).padStart(2, '0')}`).join(', ')}`)
          .join(',\n'),
      'hexdump -C': (input) =>
        rowsOf(input)
          .map((row, at) => {
            const [left, right] = [row.subarray(0, 8), row.subarray(8)].map((half) =>
              half.toString('hex').replace(/..(?=.)/g, '$& '),
            );
            return `${placed(at)}  ${(left ?? '').padEnd(23)}  ${(right ?? '').padEnd(23)}  |${shown(row)}|\n`;
          })
          .join(''),
    };
    for (const [program, dump] of Object.entries(dumps))
      for (let before = 0; before < 36; before += 5) {
        const plain = `${'0123456789abcdef'.repeat(4).slice(0, 24 + before)}${token}${'z'.repeat(40)}`;
        const text = `said\n${dump(plain)}and ended`;
        const left = clean(text);
        const rows = new Set(left.split('\n'));
        assert.match(left, /\*\*\*/, `${program} ${before}: ${text}`);
        // No row tells a part of it: each that does is gone, and those before and behind it are as they were.
        const gone = text.split('\n').filter((line) => !rows.has(line));
        assert.ok(gone.length >= 2 && gone.length <= (program === 'od -x' ? 4 : 3), `${program} ${before}: ${left}`);
        for (const piece of ['dumped', '64 75 6d', '6475 6d', '7564', 'd   u   m', '0x64, 0x75'])
          assert.ok(!left.includes(piece), `${program} ${before}: ${left}`);
      }
    const table = '20240101 00 01\n20240102 02 03\n';
    assert.equal(clean(table), table);
  });

  it('is not seen in a list of short lines, nor are a few characters of two lines taken for it', () => {
    assert.equal(redactor(['12345678'])('1\n2\n3\n4\n5\n6\n7\n8\n'), '1\n2\n3\n4\n5\n6\n7\n8\n');
    assert.equal(redactor(['root'])('look into\nrota, zero\nother'), 'look into\nrota, zero\nother');
  });

  it('is taken out where a login holds it', () => {
    const login = Buffer.from(`user:${secret}`).toString('base64');
    const clean = redact(`Authorization: Basic ${login}`);
    for (let at = 10; at + 6 < login.length; at++) assert.ok(!clean.includes(login.slice(at, at + 6)), clean);
  });

  it('of several lines is taken out line by line, but for what every key begins with', () => {
    const key = '-----BEGIN KEY-----\nMIIBVQIBADANBgkq7cbf9aQ\nhkiG9w0BAQEFAASCAT81hHs\n-----END KEY-----\n';
    const clean = redactor([key]);
    assert.equal(clean('2: hkiG9w0BAQEFAASCAT81hHs'), '2: ***');
    assert.equal(clean('-----BEGIN KEY-----'), '-----BEGIN KEY-----');
    assert.equal(clean(JSON.stringify({ key })), '{"key":"***"}');
  });

  it('of thousands of characters is taken out as it is, in JSON and in base64', () => {
    const long = 'a+"b/'.repeat(1000);
    for (const form of [long, JSON.stringify(long).slice(1, -1), Buffer.from(long).toString('base64')])
      assert.match(redactor([long])(`<${form}>`), /^<\*\*\*=*>$/);
  });
});

describe('a guide that says a secret of the settings', () => {
  const password = 'canary-in-the-guide-91';
  const runOf = (text: string, secret = password) => {
    const world = newWorld();
    const toolbox = { ...world.toolbox, secretValues: () => [secret] };
    const live = () => startLiveRun({ ...world, toolbox, run: 'said', plan: readPlanText(text) });
    return { live, journal: world.text };
  };

  it('is not run, and is told where', () => {
    for (const [text, where] of [
      [
        `step Step1\n  action read: login ${password}\nedge start -> Step1\nedge Step1 -> end`,
        /^Line \d+ of the guide/,
      ],
      [`param p string default=${password}\nstep Step1\nedge start -> Step1\nedge Step1 -> end`, /parameter `p` holds/],
    ] as const) {
      const { live, journal } = runOf(text);
      assert.throws(live, ({ message }: Error) => where.test(message) && !message.includes(password));
      assert.equal(journal(), '');
    }
  });

  it('is run where the secret is a plain word, which guides say by themselves', () => {
    const plain = 'step Step1\n  action read: ask postgres\nedge start -> Step1\nedge Step1 -> end';
    assert.equal(runOf(plain, 'postgres').live().run, 'said');
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
