// The command line as its users meet it: each folder of test/cli is a case whose commands are run in a copy of the folder,
// and whose transcript - what was printed, and the exit code - is the expectation. Below: what needs signals and pipes.
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { jsonOf, root, temporaryFolder, tsg } from './cli/tsg.ts';

const cases = join(import.meta.dirname, 'cli');

describe('the command line', function () {
  this.timeout(120_000);

  for (const name of readdirSync(cases, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    it(name.name.replaceAll('-', ' '), async () => {
      const folder = temporaryFolder();
      try {
        cpSync(join(cases, name.name), folder.path, { recursive: true });
        const commands = readFileSync(join(folder.path, 'commands.txt'), 'utf8')
          .split('\n')
          .filter((line) => line.trim() !== '');
        const transcript: string[] = [];
        for (const command of commands) {
          const end = await tsg(wordsOf(command), { cwd: folder.path });
          transcript.push(
            `$ tsg ${command}`,
            normal(end.out, folder.path),
            ...(end.err === '' ? [] : ['(stderr)', normal(end.err, folder.path)]),
          );
          transcript.push(`exit ${end.code}`, '');
        }
        const text = transcript.join('\n');
        const expected = join(cases, name.name, 'expected.txt');
        if (process.env['UPDATE_SNAPSHOTS'] === '1') writeFileSync(expected, text);
        assert.ok(existsSync(expected), `${expected} is missing; UPDATE_SNAPSHOTS=1 writes it`);
        assert.equal(text, readFileSync(expected, 'utf8'));
      } finally {
        folder.remove();
      }
    });
  }
});

describe('the command line and its surroundings', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const guide = join(folder.path, 'slow.md');
  before(() => {
    writeFileSync(join(folder.path, 'tsg.yaml'), 'tools:\n  host:\n    kind: shell\n');
    writeFileSync(
      guide,
      '# Slow\n\n## Step 1 - Wait\n\n```bash\necho begun; sleep 30\n```\n\n## Step 2 - After\n\nThis resolves the incident.\n',
    );
  });
  after(() => {
    folder.remove();
  });

  it('stops a run cleanly on Ctrl-C, and the journal says so', async () => {
    const journal = join(folder.path, 'stopped.jsonl');
    const begun = Date.now();
    let sent = false;
    const end = await tsg(['run', guide, '--live', '--approve', 'all', '--journal', journal], {
      onOutput: (out, send) => {
        if (!sent && out.includes('running')) {
          sent = true;
          send('SIGINT');
        }
      },
    });
    assert.equal(end.code, 130, end.err);
    assert.ok(Date.now() - begun < 20_000, 'the sleeping command was ended');
    assert.match(end.out, /Begin again at the step that was stopped with:\n {2}tsg run \S+ --live --from Step1/);
    const replay = await tsg(['replay', journal, '--json']);
    assert.equal(jsonOf(replay).outcome, 'stopped');
    // It was stopped when its first words may not have come yet; none of them is lost that had.
    assert.match(jsonOf(replay).steps[0]?.actions[0]?.error?.message ?? '', /was cancelled/);
  });

  it('lets a write finish when the terminal is closed, and leaves nothing running after a second Ctrl-C', async () => {
    const writing = join(folder.path, 'writing.md');
    writeFileSync(writing, '# W\n\n## Step 1 - Do it\n\n```bash\ntouch begun; sleep 4; touch finished\n```\n');
    const at = (name: string): string => join(folder.path, name);
    const interrupted = async (journal: string, signals: readonly NodeJS.Signals[]): Promise<void> => {
      rmSync(at('begun'), { force: true });
      const left = [...signals];
      let timer: NodeJS.Timeout | undefined;
      await tsg(['run', writing, '--live', '--approve', 'all', '--journal', at(journal)], {
        onOutput: (_, send) => {
          timer ??= setInterval(() => {
            const signal = existsSync(at('begun')) ? left.shift() : undefined;
            if (signal) send(signal);
          }, 200);
        },
      });
      clearInterval(timer);
    };
    await interrupted('closed.jsonl', ['SIGHUP']);
    assert.ok(existsSync(at('finished')));
    assert.equal(jsonOf(await tsg(['replay', at('closed.jsonl'), '--json'])).outcome, 'stopped');
    rmSync(at('finished'));
    await interrupted('twice.jsonl', ['SIGINT', 'SIGINT']);
    await new Promise((done) => setTimeout(done, 5000));
    assert.ok(!existsSync(at('finished')), 'it went on by itself');
  });

  it("prints escapes in a tool's output instead of sending them to the terminal", async () => {
    const hostile = join(folder.path, 'hostile.md');
    writeFileSync(
      hostile,
      "# Hostile\n\n## Step 1 - Print\n\n```bash\nprintf '\\033[2J\\033]0;owned\\007done'\n```\n\nThis resolves the incident.\n",
    );
    const end = await tsg(
      ['run', hostile, '--live', '--approve', 'all', '--journal', join(folder.path, 'hostile.jsonl')],
      {
        env: { FORCE_COLOR: '1', NO_COLOR: '' },
      },
    );
    assert.equal(end.code, 0, end.err);
    assert.match(end.out, /done/);
    assert.ok(!end.out.includes('\u001b[2J') && !end.out.includes('\u001b]0;'));
    assert.ok(end.out.includes('\u001b[1m'), 'colours are ours');
  });

  it('ends quietly when the reader of its output goes away', async () => {
    const child = spawn(
      'bash',
      ['-c', `"${process.execPath}" --import tsx src/cli/main.ts compile "${guide}" | true; echo "\${PIPESTATUS[0]}"`],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let out = '';
    let err = '';
    child.stdout.on('data', (text: Buffer) => (out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    await new Promise((done) => child.once('close', done));
    assert.equal(err, '');
    assert.equal(out.trim(), '0');
  });

  it('writes all of a long output into a pipe before it ends', async () => {
    const long = join(folder.path, 'long.md');
    const steps = Array.from(
      { length: 400 },
      (_, index) => `## Step ${index + 1} - ${'long title '.repeat(20)}\n\nLook.\n`,
    );
    writeFileSync(long, `# Long\n\n${steps.join('\n')}`);
    const end = await tsg(['compile', long]);
    assert.ok(end.out.length > 200_000, `${end.out.length} characters`);
    assert.equal((JSON.parse(end.out) as { nodes: unknown[] }).nodes.length, 402);
  });
});

/** Words of a command line; double quotes keep spaces. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
}

/** Without what differs from run to run: durations, times, identities, the folder. */
function normal(text: string, folder: string): string {
  return text
    .replaceAll(folder, '.')
    .replaceAll(`chosen by ${userInfo().username}`, 'chosen by NAME')
    .replace(/\b\d+ ms\b|\b\d+\.\d s\b/g, 'N ms')
    .replace(/\d{8}T\d{6}Z-([\w.-]+?)-[0-9a-f]{8}\.jsonl/g, 'TIME-$1-ID.jsonl')
    .replace(/"hash": "[0-9a-f]{64}"/g, '"hash": "HASH"')
    .replace(/\n+$/, '');
}
