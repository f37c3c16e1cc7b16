// Which settings a run goes on with by itself when its own are elsewhere now.
import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsStanding } from '../src/adapters/index.ts';
import { temporaryFolder, tsg } from './cli/tsg.ts';

describe('the settings of a run', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  after(() => {
    folder.remove();
  });
  const place = (name: string, says = 'version: 1\n'): { readonly guide: string; readonly config: string } => {
    mkdirSync(join(folder.path, name, 'guides'), { recursive: true });
    writeFileSync(join(folder.path, name, 'tsg.yaml'), says);
    return { guide: join(folder.path, name, 'guides', 'g.md'), config: join(folder.path, name, 'tsg.yaml') };
  };

  it('are the same file, a copy that says the same, or where that is gone the one that lies to the guide as it did', () => {
    const old = place('old');
    assert.equal(settingsStanding(old, old), 'same');
    assert.equal(settingsStanding(old, place('copy')), 'same');
    assert.equal(settingsStanding(old, place('edited', 'tools: {}\n')), 'other');
    assert.equal(settingsStanding(old, { guide: old.guide, config: null }), 'other');
    const gone = { guide: join(folder.path, 'gone', 'guides', 'g.md'), config: join(folder.path, 'gone', 'tsg.yaml') };
    const moved = place('moved', 'tools: {}\n');
    assert.equal(settingsStanding(gone, moved), 'same');
    assert.equal(settingsStanding(gone, { ...moved, guide: null }), 'gone');
    assert.equal(settingsStanding(gone, { ...moved, config: null }), 'gone');
    assert.equal(settingsStanding(gone, { guide: gone.guide, config: moved.config }), 'gone', 'the guide did not move');
    assert.equal(settingsStanding(gone, { guide: join(folder.path, 'g.md'), config: moved.config }), 'gone');
    assert.equal(settingsStanding({ ...gone, guide: 'guides/g.md' }, moved), 'gone', 'nobody knows where it lay');
  });

  it('are taken along by a folder that was moved, and asked for where another takes the place of one that is gone', async () => {
    const before = join(folder.path, 'here', 'team');
    const after = join(folder.path, 'there', 'team');
    mkdirSync(before, { recursive: true });
    mkdirSync(join(folder.path, 'there'));
    const settings = 'tools: { sh: { kind: shell, env: [PATH] } }\n';
    writeFileSync(join(before, 'tsg.yaml'), settings);
    writeFileSync(join(before, 'g.tsg.md'), '# G\n\n## Step 1 - Do it\n\n```bash\ntouch made\n```\n');
    const run = await tsg(['run', 'g.tsg.md', '--live'], { cwd: before });
    assert.equal(run.code, 3, run.err);
    renameSync(before, after);
    const moved = await tsg(['resume', 'g'], { cwd: after });
    assert.equal(moved.code, 3, moved.err);
    assert.match(moved.err, /! The run went with the settings \S+here\/team\/tsg\.yaml until now; it goes on with/);
    rmSync(join(after, 'tsg.yaml'));
    writeFileSync(join(folder.path, 'there', 'tsg.yaml'), settings);
    const gone = await tsg(['resume', 'g'], { cwd: after });
    assert.equal(gone.code, 2, gone.out);
    assert.match(gone.err, /which are not there any more\.\n.*--config FILE/);
  });
});
