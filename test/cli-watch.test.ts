// `tsg test --watch`: the tests run again when a guide is edited, a broken file does not end it, and reports are rewritten.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const guide = (limit: number): string =>
  `# Queue\n\n## Step 1 - Look\n\n\`\`\`sql\nSELECT waiting FROM queue\n\`\`\`\n\nIf \`rows.exists(r, r.waiting > ${limit})\`, this resolves the incident.\n\nOtherwise, escalate to the owner.\n`;
const tests =
  'tests:\n  - name: A long queue\n    answers:\n      Step1.1: { rows: [{ waiting: 30 }] }\n    expect: { outcome: resolved }\n';

describe('tsg test --watch', function () {
  this.timeout(60_000);

  it('runs again on each change, through files that are broken for a while', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsg-watch-'));
    const path = (name: string): string => join(folder, name);
    writeFileSync(path('queue.tsg.md'), guide(20));
    writeFileSync(path('queue.tests.yaml'), tests);
    const tsg = resolve(import.meta.dirname, '..', 'src', 'cli', 'main.ts');
    const args = ['--import', 'tsx', tsg, 'test', folder, '--watch', '--coverage', '--junit', path('out.xml')];
    const child = spawn(process.execPath, args, { cwd: resolve(import.meta.dirname, '..') });
    try {
      let said = '';
      let heard: () => void = () => undefined;
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (data: Buffer) => {
          said += data.toString();
          heard();
        });
      // A process that never says it would keep the whole suite from ending.
      let ended = false;
      const giveUp = setTimeout(() => child.kill('SIGKILL'), 55_000);
      child.once('exit', () => {
        clearTimeout(giveUp);
        ended = true;
        heard();
      });
      const until = async (pattern: RegExp): Promise<string> => {
        while (!(pattern.test(said) && said.trimEnd().endsWith('Ctrl-C ends.'))) {
          assert.ok(!ended, `it was to say ${String(pattern)}, but ended after: ${said}`);
          await new Promise<void>((resolve) => (heard = resolve));
        }
        const all = said;
        said = '';
        return all;
      };
      assert.match(await until(/all passed/), /steps 1 of 1 \(100%\)/);
      writeFileSync(path('queue.tsg.md'), guide(50));
      assert.match(await until(/1 failed/), /Expected the outcome `resolved`/);
      assert.match(readFileSync(path('out.xml'), 'utf8'), /failures="1"/);
      writeFileSync(path('queue.tests.yaml'), 'tests: [');
      await until(/cannot be used/);
      writeFileSync(path('queue.tests.yaml'), tests);
      await until(/1 failed/);
      writeFileSync(path('queue.tsg.md'), guide(20));
      await until(/1 test of 1 guide: all passed/);
      // What comes into the folder later is tested too, and so is what comes to a guide elsewhere that one calls.
      mkdirSync(path('more'));
      writeFileSync(path('more/pool.md'), '# Pool\n\n## Step 1 - Look\n\nThis resolves the incident.\n');
      writeFileSync(
        path('caller.md'),
        '# Caller\n\n## Step 1 - Call\n\nFollow [Pool](more/pool.md).\n\nIf `outcome == "resolved"`, this resolves the incident.\n\nOtherwise, escalate.\n',
      );
      writeFileSync(path('caller.tests.yaml'), 'tests:\n  - name: It is called\n    expect: { outcome: resolved }\n');
      await until(/2 tests of 2 guides: all passed/);
      writeFileSync(path('more/pool.md'), '# Pool\n\n## Step 1 - Look\n\nEscalate to the owner.\n');
      await until(/2 tests of 2 guides: 1 failed/);
      for (const name of ['caller.md', 'caller.tests.yaml']) rmSync(path(name));
      await until(/1 test of 1 guide: all passed/);
      mkdirSync(path('later'));
      writeFileSync(path('later/pool.md'), '# Pool\n\n## Step 1 - Look\n\nThis resolves the incident.\n');
      writeFileSync(path('later/pool.tests.yaml'), 'tests:\n  - name: It ends\n    expect: { outcome: resolved }\n');
      await until(/2 tests of 2 guides: all passed/);
      rmSync(path('later'), { recursive: true });
      await until(/1 test of 1 guide: all passed/);
      writeFileSync(path('tsg.yaml'), 'tools: 7\n');
      await until(/No test was run\. 1 file could not be tested/);
      rmSync(path('tsg.yaml'));
      await until(/1 test of 1 guide: all passed/);
      rmSync(path('queue.tsg.md'));
      await until(/is about no guide/);
      writeFileSync(path('queue.tsg.md'), guide(20));
      await until(/1 test of 1 guide: all passed/);
    } finally {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
