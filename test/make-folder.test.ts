// Folders that are made on the way to a file, also where the system takes none.
import { strict as assert } from 'node:assert';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../src/adapters/index.ts';
import { temporaryFolder } from './cli/tsg.ts';

describe('making a folder', () => {
  const folder = temporaryFolder();
  after(() => {
    folder.remove();
  });

  it('makes those above it too, and is content with one that is there', async () => {
    const deep = join(folder.path, 'a', 'b', 'c');
    await Promise.all([makeFolder(deep), makeFolder(deep), makeFolder(join(folder.path, 'a', 'd'))]);
    await makeFolder(deep);
    assert.ok(statSync(deep).isDirectory());
    assert.ok(existsSync(join(folder.path, 'a', 'd')));
  });

  it('refuses where a file stands in the way', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    await assert.rejects(makeFolder(join(folder.path, 'file')), { code: 'EEXIST' });
    await assert.rejects(makeFolder(join(folder.path, 'file', 'below')));
  });

  it('comes back where a folder that is there takes none', async function () {
    if (!existsSync('/proc/self')) this.skip();
    await assert.rejects(makeFolder('/proc/nowhere/below'), { code: 'ENOENT' });
  });
});
