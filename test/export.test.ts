// `tsg export`: a run as one archive to hand on, without what looks like a secret and without the folder that the guide lay in.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../src/adapters/sha256.ts';
import { hideFolder } from '../src/cli/hide-folder.ts';
import { replayJournal, startLiveRun, verifyJournal } from '../src/run/index.ts';
import { temporaryFolder, tsg } from './cli/tsg.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld } from './support/puppets.ts';
import { runSaying } from './support/report-of.ts';

describe('tsg export', function () {
  this.timeout(60_000);
  it('leaves the folder of the guide out, and a mark in its place, so that nothing reads as another command', async () => {
    const folder = temporaryFolder();
    try {
      const place = mkdirs(folder.path, 'guides');
      const command = `rm -rf ${place}/data ${place}-old/data`;
      const guide = `# G\n\n## Step 1 - Do it\n\n\`\`\`bash\n${command}\n\`\`\`\n`;
      writeFileSync(join(place, 'g.tsg.md'), guide);
      const base = readPlanText(`step Step1\n  action write: ${command}\nedge start -> Step1\nedge Step1 -> end`);
      const plan = { ...base, guide: { ...base.guide, file: join(place, 'g.tsg.md'), sha256: sha256Hex(guide) } };
      const world = newWorld();
      const live = startLiveRun({ ...world, run: 'r', plan });
      await idle();
      const [request] = live.view().requests;
      assert.ok(request?.kind === 'approval');
      live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'ann' });
      await idle();
      world.end('Step1.1', { kind: 'result', result: { text: `removed '${place}/data'`, exitCode: 0, notes: [] } });
      await live.settled();
      writeFileSync(join(folder.path, 'run.jsonl'), world.text());
      const end = await tsg(['export', join(folder.path, 'run.jsonl'), '-o', join(folder.path, 'b.tar.gz')]);
      assert.equal(end.code, 0, end.err);
      const listed = spawnSync('tar', ['-xzvf', join(folder.path, 'b.tar.gz')], {
        cwd: mkdirs(folder.path, 'x'),
        encoding: 'utf8',
      });
      const names = listed.stdout.trim().split('\n');
      assert.deepEqual(names, ['manifest.json', 'journal.jsonl', 'report.html', 'run.tests.yaml', 'g.tsg.md']);
      const read = (name: string): string => readFileSync(join(folder.path, 'x', name), 'utf8');
      for (const name of names) assert.doesNotMatch(read(name).replaceAll(`${place}-old`, ''), new RegExp(place), name);
      const journal = read('journal.jsonl');
      const told = `rm -rf …/data ${place}-old/data`;
      for (const name of ['journal.jsonl', 'report.html', 'g.tsg.md']) assert.ok(read(name).includes(told), name);
      for (const name of ['journal.jsonl', 'run.tests.yaml']) assert.ok(read(name).includes("removed '…/data'"), name);
      assert.match(read('report.html'), /removed &#39;…\/data&#39;/);
      // The name of a file follows the same rule; where a name alone is shown, it stays as it is.
      assert.equal(replayJournal(journal).problem, null);
      assert.equal(replayJournal(journal).plan.guide.file, '…/g.tsg.md');
      assert.match(read('report.html'), /of guide <code>g\.tsg\.md<\/code>/);
      assert.equal((JSON.parse(read('manifest.json')) as { guide: { file: string } }).guide.file, 'g.tsg.md');
      assert.equal(verifyJournal(journal, sha256Hex).kind, 'whole');
    } finally {
      folder.remove();
    }
  });

  it('writes an archive whose journal is whole, and from which what looks like a secret is taken out', async () => {
    const folder = temporaryFolder();
    try {
      const token = `ghp_${'a1B2'.repeat(9)}`;
      writeFileSync(join(folder.path, 'run.jsonl'), await runSaying(`token ${token} here`));
      const out = join(folder.path, 'b.tar.gz');
      const end = await tsg(['export', join(folder.path, 'run.jsonl'), '-o', out]);
      assert.equal(end.code, 0, end.err);
      const listed = spawnSync('tar', ['-xzvf', out], { cwd: mkdirs(folder.path, 'x'), encoding: 'utf8' });
      assert.equal(listed.status, 0, listed.stderr);
      const names = listed.stdout.trim().split('\n');
      assert.deepEqual(names, ['manifest.json', 'journal.jsonl', 'report.html', 'run.tests.yaml']);
      const read = (name: string): string => readFileSync(join(folder.path, 'x', name), 'utf8');
      for (const name of names) assert.ok(!read(name).includes(token), name);
      assert.ok(read('journal.jsonl').includes('token *** here'));
      assert.equal(verifyJournal(read('journal.jsonl'), sha256Hex).kind, 'whole');
      const manifest = JSON.parse(read('manifest.json')) as {
        redactedLines: number;
        original: { verification: string };
      };
      assert.ok(manifest.redactedLines > 0);
      assert.equal(manifest.original.verification, 'whole');
    } finally {
      folder.remove();
    }
  });
});

describe('tsg export of a guide that calls others', function () {
  this.timeout(60_000);
  const step = (title: string, words: string): string => `# ${title}\n\n## Step 1 - Look\n\n${words}\n`;
  const block = (code: string): string => `\`\`\`bash\n${code}\n\`\`\``;

  it('holds them as they were when it ran, and says which it has not', async () => {
    const folder = temporaryFolder();
    try {
      const team = mkdirs(folder.path, 'lib', 'team');
      const shared = mkdirs(folder.path, 'lib', 'shared');
      writeFileSync(join(folder.path, 'lib', 'tsg.yaml'), 'tools:\n  here: { kind: shell }\n');
      writeFileSync(join(mkdirs(team, 'sub'), 'restore.md'), step('Restore', block(`echo ${shared}/x`)));
      writeFileSync(join(shared, 'clean.md'), step('Clean', block('echo clean')));
      writeFileSync(join(shared, 'gone.md'), step('Gone', block('echo gone')));
      const calls = ['[restore](sub/restore.md)', '[clean](../shared/clean.md)', '[gone](../shared/gone.md)'];
      writeFileSync(
        join(team, 'g.md'),
        `# G\n\n${calls.map((call, index) => `## Step ${index + 1} - Call\n\nFollow ${call}.\n`).join('\n')}`,
      );
      const out = join(folder.path, 'b.tar.gz');
      const journal = join(folder.path, 'run.jsonl');
      const run = await tsg(['run', join(team, 'g.md'), '--live', '--approve', 'all', '--journal', journal]);
      assert.equal(run.code, 0, run.out + run.err);
      writeFileSync(join(shared, 'gone.md'), step('Gone', block('echo edited since')));
      const end = await tsg(['export', journal, '-o', out]);
      assert.equal(end.code, 0, end.err);
      assert.match(end.out, /left out, as no file holds what the run began with: called\/gone\.md\n/);
      const into = mkdirs(folder.path, 'x');
      const names = spawnSync('tar', ['-xzvf', out], { cwd: into, encoding: 'utf8' }).stdout.trim().split('\n');
      assert.deepEqual(names.slice(-3), ['g.md', 'sub/restore.md', 'called/clean.md']);
      const read = (name: string): string => readFileSync(join(into, name), 'utf8');
      assert.match(read('sub/restore.md'), /echo …\/x\n/);
      assert.equal(read('called/clean.md'), step('Clean', block('echo clean')));
      for (const name of names) assert.ok(!read(name).includes(join(folder.path, 'lib')), name);
      const manifest = JSON.parse(read('manifest.json')) as {
        called: { file: string; sha256: string; included: boolean }[];
        files: Record<string, { sha256: string }>;
      };
      assert.deepEqual(
        manifest.called.map(({ file, included }) => [file, included]),
        [
          ['sub/restore.md', true],
          ['called/clean.md', true],
          ['called/gone.md', false],
        ],
      );
      assert.equal(manifest.called[1]?.sha256, sha256Hex(read('called/clean.md')));
      for (const [name, { sha256 }] of Object.entries(manifest.files))
        assert.equal(sha256, sha256Hex(read(name)), name);
    } finally {
      folder.remove();
    }
  });
});

describe('tsg export of a run with settings of its own', function () {
  this.timeout(60_000);
  it('takes out the secrets that those hold, not the ones of the settings nearby, and their folder', async () => {
    const folder = temporaryFolder();
    try {
      const conf = mkdirs(folder.path, 'conf');
      const place = mkdirs(folder.path, 'guides');
      const tools = 'tools:\n  here: { kind: shell }\n';
      writeFileSync(join(conf, 'own.yaml'), tools);
      writeFileSync(join(place, 'tsg.yaml'), `${tools}secrets:\n  NEAR: { env: TSG_TEST_NEAR }\n`);
      writeFileSync(
        join(place, 'g.md'),
        `# G\n\n## Step 1 - Look\n\n\`\`\`bash\necho hidden-value-1 open-value-2 ${conf}/x\n\`\`\`\n`,
      );
      const journal = join(folder.path, 'run.jsonl');
      const named = ['--config', join(conf, 'own.yaml'), '--journal', journal];
      const run = await tsg(['run', join(place, 'g.md'), '--live', ...named]);
      assert.equal(run.code, 0, run.out + run.err);
      writeFileSync(join(conf, 'own.yaml'), `${tools}secrets:\n  OWN: { env: TSG_TEST_OWN }\n`);
      const env = { TSG_TEST_OWN: 'hidden-value-1', TSG_TEST_NEAR: 'open-value-2' };
      const out = join(folder.path, 'b.tar.gz');
      const end = await tsg(['export', journal, '-o', out], { env });
      assert.equal(end.code, 0, end.err);
      const into = mkdirs(folder.path, 'x');
      assert.equal(spawnSync('tar', ['-xzf', out], { cwd: into }).status, 0);
      const copy = readFileSync(join(into, 'journal.jsonl'), 'utf8');
      assert.ok(copy.includes('echo *** open-value-2 …/x'), copy);
      assert.ok(!copy.includes(conf) && !copy.includes('hidden-value-1'), copy);
    } finally {
      folder.remove();
    }
  });
});

describe('the folder of a guide that is handed on', () => {
  const cases: readonly (readonly [file: string, text: string, hidden: string])[] = [
    ['/srv/g.md', 'rm -rf /srv/data && cd /srv; ls "/srv"', 'rm -rf …/data && cd …; ls "…"'],
    ['/srv/g.md', 'cp /srv-old/a /srv.old/b /srvx /srvö', 'cp /srv-old/a /srv.old/b /srvx /srvö'],
    ['/srv/g.md', 'It is in /srv. See file:///srv/a or -I/srv/b', 'It is in …. See file://…/a or -I…/b'],
    ['/a "b"/g.md', JSON.stringify({ text: 'ls /a "b"/c' }), '{"text":"ls …/c"}'],
    ['/a "b"/g.md', JSON.stringify(JSON.stringify({ text: '/a "b"/c' })), JSON.stringify('{"text":"…/c"}')],
    ['/a b/g.md', 'file:///a%20b/c', 'file://…/c'],
    ['C:\\a\\g.md', String.raw`type C:\a\b & type C:/a/b`, String.raw`type …\b & type …/b`],
    ['C:\\a\\g.md', JSON.stringify(String.raw`type C:\a\b`), String.raw`"type …\\b"`],
    [
      'db/g.md',
      JSON.stringify('ls db/a\ndb/b; db; cat /var/db/c mydb/d'),
      String.raw`"ls …/a\n…/b; db; cat /var/…/c mydb/d"`,
    ],
    ['g.md', 'ls ./g.md /x', 'ls ./g.md /x'],
    ['/g.md', 'ls /x', 'ls /x'],
    [String.raw`C:\g.md`, String.raw`dir C:\x`, String.raw`dir C:\x`],
  ];
  for (const [file, text, hidden] of cases)
    it(`${file}: ${text}`, () => {
      assert.equal(hideFolder(file)(text), hidden);
    });
});

function mkdirs(...parts: readonly string[]): string {
  const path = join(...parts);
  mkdirSync(path, { recursive: true });
  return path;
}
