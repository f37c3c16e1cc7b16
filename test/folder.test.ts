// Folders of many guides: what `tsg` says of them is the same however many threads work on them, one guide that fails is told and
// costs no other, and Ctrl-C leaves whole files behind. The pool is driven with real worker threads, also such as die.
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { sha256Hex } from '../src/adapters/index.ts';
import { sourceOf } from '../src/cli/checked-source.ts';
import { CommandError } from '../src/cli/exit-code.ts';
import { type Outcome, pooledOutcomes } from '../src/cli/guide-pool.ts';
import { progressText, statusLine } from '../src/cli/status-line.ts';
import { program, root, temporaryFolder, tsg } from './cli/tsg.ts';

const two = (number: number): string => String(number).padStart(3, '0');

/** Guides of several folders: sound ones, some with a jump to nowhere, some whose link leads to a guide that moved. */
function writeGuides(folder: string, count: number): void {
  for (let index = 0; index < count; index++) {
    const below = join(folder, `team-${index % 4}`);
    mkdirSync(below, { recursive: true });
    const jump = index % 9 === 0 ? 'If not, go to Step 9.' : 'If not, go to Step 2.';
    const link = index % 7 === 0 ? 'See [the other](../elsewhere/guide-001.md).' : 'Done.';
    const silenced = index % 14 === 0 ? '<!-- tsg-disable link.moved -->\n\n' : '';
    writeFileSync(
      join(below, `guide-${two(index)}.md`),
      `# Guide ${index}\n\n${silenced}## Step 1 - Look\n\n\`\`\`bash\nls /srv/${index}\n\`\`\`\n\n${jump}\n\n## Step 2 - End\n\n${link}\nThis resolves the incident.\n`,
    );
  }
}

function textsBelow(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}

describe('a folder of guides', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const at = (...parts: string[]): string => join(folder.path, ...parts);
  const server = createServer();
  before((done) => {
    writeGuides(at('guides'), 130);
    // A socket is a file that nobody can read.
    server.listen(at('guides', 'broken.md'), () => done());
  });
  after(() => {
    server.close();
    folder.remove();
  });

  it('is checked alike by one thread and by several', async () => {
    const [one, several] = await Promise.all(
      ['1', '3'].map((jobs) => tsg(['check', 'guides', '--jobs', jobs], { cwd: folder.path })),
    );
    assert.deepEqual(several, one);
    assert.equal(one?.code, 1);
    assert.match(one?.out ?? '', /^130 guides: 15 errors, /m);
    assert.equal(one?.out.match(/\[link\.moved\]/g)?.length, 9, 'those that are not silenced');
    const places = [...(one?.out ?? '').matchAll(/guide-(\d+)\.md:\d+:\d+/g)].map(([, number]) => Number(number) % 4);
    assert.deepEqual(places, [...places].sort(), 'the folders come in their order');
  });

  it('is compiled alike by one thread and by several, each guide to its own place', async () => {
    const [one, several] = await Promise.all(
      ['1', '3'].map((jobs) => tsg(['compile', 'guides', '-j', jobs, '-o', `plans-${jobs}`], { cwd: folder.path })),
    );
    assert.deepEqual(several, one);
    assert.equal(one?.code, 1);
    const texts = textsBelow(at('plans-1'));
    assert.equal(texts.length, 130);
    assert.deepEqual(textsBelow(at('plans-3')), texts);
    assert.ok(existsSync(at('plans-1', 'team-2', 'guide-002.plandag.json')));
  });

  it('leaves markdown alone that a tsg.yaml does not name as guides, unless it is named itself', async () => {
    const write = (name: string, text: string): void => {
      mkdirSync(at('project', name, '..'), { recursive: true });
      writeFileSync(at('project', name), text);
    };
    const wrong = '# Disk\n\n## Step 1 - Look\n\nIf it is full, go to Step 9.\n';
    for (const name of ['runbooks/disk.md', 'docs/notes.md', 'docs/memory.tsg.md', 'other/plain.md'])
      write(name, wrong);
    write('tsg.yaml', "guides: ['runbooks/**/*.md']\n");
    write('other/tsg.yaml', 'run: { maxParallel: 2 }\n');
    const found = async (...paths: string[]): Promise<string[]> => {
      const { out } = await tsg(['check', ...paths, '--format', 'json'], { cwd: at('project') });
      const findings = JSON.parse(out) as { file: string; code: string }[];
      return findings.flatMap(({ file, code }) => (code === 'step.unknown-target' ? [file] : []));
    };
    assert.deepEqual(await found('.'), ['docs/memory.tsg.md', 'other/plain.md', 'runbooks/disk.md']);
    assert.deepEqual(await found('docs/notes.md', 'docs'), ['docs/notes.md', 'docs/memory.tsg.md']);
    await tsg(['compile', '.', '-o', 'plans'], { cwd: at('project') });
    assert.deepEqual(
      textsBelow(at('project', 'plans')).map(([name]) => name),
      ['docs/memory.tsg.plandag.json', 'other/plain.plandag.json', 'runbooks/disk.plandag.json'],
    );
    mkdirSync(at('project', 'words'));
    write('words/plain.md', wrong);
    const none = await tsg(['check', 'words'], { cwd: at('project') });
    assert.equal(none.code, 2);
    assert.match(none.err, /No \.md file in `words` is a guide\..*tsg\.yaml names its `guides`/s);
  });

  for (const jobs of ['1', '2'])
    it(`loses nothing by a guide that cannot be read, with ${jobs === '1' ? 'one thread' : 'two threads'}`, async () => {
      const args = ['guides/team-1/guide-001.md', 'guides/broken.md', 'guides/team-2/guide-002.md', '--jobs', jobs];
      const checked = await tsg(['check', ...args], { cwd: folder.path });
      assert.equal(checked.code, 2);
      assert.match(checked.err, /^tsg: Cannot read `guides\/broken\.md`: .*\n$/);
      assert.match(checked.out, /^2 guides: /m);
      const compiled = await tsg(['compile', ...args, '-o', `read-${jobs}`], { cwd: folder.path });
      assert.equal(compiled.code, 2);
      assert.equal(compiled.err, checked.err);
      assert.deepEqual(
        textsBelow(at(`read-${jobs}`)).map(([name]) => name),
        ['guide-001.plandag.json', 'guide-002.plandag.json'],
      );
    });

  it('is refused before anything is written when two guides would become one file', async () => {
    const twice = ['guides/team-1/guide-001.md', 'again/guide-001.md'];
    mkdirSync(at('again'));
    writeFileSync(at('again', 'guide-001.md'), '# Again\n');
    const { code, err } = await tsg(['compile', ...twice, '-o', 'clash'], { cwd: folder.path });
    assert.equal(code, 2);
    assert.match(err, /`guides\/team-1\/guide-001\.md` and `again\/guide-001\.md` would both be written to/);
    assert.ok(!existsSync(at('clash')));
  });

  for (const jobs of ['1', '2'])
    it(`stops on Ctrl-C between two guides, with ${jobs === '1' ? 'one thread' : 'two threads'}`, async () => {
      const many = at(`many-${jobs}`);
      mkdirSync(many);
      const text = readFileSync(join(root, 'docs/guide-format.md'), 'utf8').repeat(8);
      for (let index = 0; index < 300; index++) writeFileSync(join(many, `g${two(index)}.md`), `${text}\n${index}\n`);
      const child = spawn(process.execPath, [...program, 'compile', many, '-o', at(`cut-${jobs}`), '-j', jobs], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let err = '';
      child.stderr.setEncoding('utf8').on('data', (more: string) => (err += more));
      const ended = new Promise<number | null>((done) => child.once('close', done));
      const watched = setInterval(() => {
        if (!existsSync(at(`cut-${jobs}`, 'g001.plandag.json'))) return;
        clearInterval(watched);
        child.kill('SIGINT');
      }, 5);
      assert.equal(await ended, 130, err);
      clearInterval(watched);
      const [, done] = /Stopped: (\d+) of 300 guides were done\.\n$/.exec(err) ?? [];
      const texts = textsBelow(at(`cut-${jobs}`));
      assert.equal(String(texts.length), done);
      for (const [name, written] of texts) assert.doesNotThrow(() => JSON.parse(written) as unknown, name);
    });
});

describe('the threads that work on guides', function () {
  this.timeout(60_000);
  /** A worker that answers with the file's name, and dies of the files named `deadly`. */
  const mortal = (): Worker =>
    new Worker(
      `const { parentPort } = require('node:worker_threads');
       parentPort.on('message', ({ index, job }) => {
         if (job.file.startsWith('deadly')) process.exit(9);
         if (job.file.startsWith('throws')) throw new Error('a fault');
         parentPort.postMessage({ kind: 'answer', index, value: { text: job.file, told: '', errors: 0 } });
       });
       parentPort.postMessage({ kind: 'ready' });`,
      { eval: true },
    );
  const look = { width: 80, coloured: false };
  const jobsOf = (files: readonly string[]) => files.map((file) => ({ file, format: 'sop' as const, look }));
  const tellOf = (outcome: Outcome<'compile'>): string =>
    outcome.kind === 'answer' ? outcome.value.text : `${outcome.failure.code}: ${outcome.failure.message}`;

  it('give what they answer in the order of the guides, and one error for a guide that kills its thread', async () => {
    const files = Array.from({ length: 200 }, (_, index) =>
      index === 3 || index === 4 || index === 150 ? `deadly-${index}` : index === 77 ? 'throws-77' : `guide-${index}`,
    );
    const told: string[] = [];
    const { signal } = new AbortController();
    for await (const one of pooledOutcomes('compile', jobsOf(files), { workers: 3, signal, start: mortal }))
      told.push(tellOf(one));
    assert.equal(told.length, files.length);
    for (const [index, file] of files.entries()) {
      if (file.startsWith('guide')) assert.equal(told[index], file);
      else
        assert.equal(
          told[index],
          `70: the thread that worked on \`${file}\` ended before it was done: ${file.startsWith('deadly') ? 'it ended with code 9' : 'a fault'}`,
        );
    }
  });

  it('say so when they cannot be started', async () => {
    const { signal } = new AbortController();
    const start = (): Worker => new Worker('throw new Error("no such room")', { eval: true });
    const outcomes = pooledOutcomes('compile', jobsOf(['a.md', 'b.md']), { workers: 2, signal, start });
    await assert.rejects(async () => outcomes.next(), /a worker thread could not be started: no such room/);
  });

  it('end when they are stopped, also while one is at work', async () => {
    const controller = new AbortController();
    const endless = (): Worker =>
      new Worker(
        `const { parentPort } = require('node:worker_threads');
         parentPort.on('message', () => { for (;;); });
         parentPort.postMessage({ kind: 'ready' });`,
        { eval: true },
      );
    const outcomes = pooledOutcomes('compile', jobsOf(['a.md', 'b.md']), {
      workers: 2,
      signal: controller.signal,
      start: endless,
    });
    const next = outcomes.next();
    controller.abort();
    assert.equal((await next).done, true);
  });
});

describe('the text of a checked guide', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());
  it('is read again from its file, and refused when the file has changed', () => {
    const file = join(folder.path, 'one.md');
    writeFileSync(file, '# One\n');
    assert.equal(sourceOf(checked(file))().text, '# One\n');
    const source = sourceOf(checked(file));
    writeFileSync(file, '# Two\n');
    assert.throws(
      source,
      (error: unknown) => error instanceof CommandError && /was changed while it was checked/.test(error.message),
    );
  });
  const checked = (file: string) => ({
    file,
    diagnostics: [],
    severities: {},
    fixed: 0,
    sha256: sha256Hex(readFileSync(file)),
    text: null,
    facts: null,
    notExplained: [],
  });
});

describe('progress', () => {
  it('is one line at the foot, out of the way of what is printed', () => {
    const written: string[] = [];
    const line = statusLine({ write: (text: string) => written.push(text), columns: 20 });
    line.show('Checking 1 of 2, and so on');
    line.show('Checking 1 of 2, and so on');
    line.aside(() => written.push('a finding\n'));
    line.show(null);
    const clear = '\r\u001b[2K';
    assert.deepEqual(written, [
      `${clear}Checking 1 of 2, an`,
      clear,
      'a finding\n',
      `${clear}Checking 1 of 2, an`,
      clear,
    ]);
  });

  it('tells how far it is and how fast', () => {
    assert.equal(progressText('Checking', 500, 2000, 0.5), 'Checking [#####---------------] 500 of 2000');
    assert.equal(
      progressText('Compiling', 2000, 2000, 8),
      'Compiling [####################] 2000 of 2000, 250 a second',
    );
  });
});
