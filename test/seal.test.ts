// The key by which secret values are known again: made once for all processes of a person, never in the way of a run.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { keyIn, sealKeyFile } from '../src/adapters/seal.ts';
import { root, temporaryFolder } from './cli/tsg.ts';

describe('the key of seals', () => {
  const folder = temporaryFolder();
  after(() => {
    folder.remove();
  });
  const fileIn = (name: string): string => join(folder.path, name, 'tsg-studio', 'seal.key');

  it('lies with the state of programs, as the system has it', () => {
    assert.equal(sealKeyFile({ XDG_STATE_HOME: '/s' }), join('/s', 'tsg-studio', 'seal.key'));
    assert.equal(sealKeyFile({ XDG_STATE_HOME: '', LOCALAPPDATA: '/l' }), join('/l', 'tsg-studio', 'seal.key'));
    assert.match(sealKeyFile({}), /\.local.state.tsg-studio.seal\.key$/);
  });

  it('is made once, for its owner alone, and found again', () => {
    const file = fileIn('one');
    const key = keyIn(file);
    assert.equal(key.length, 32);
    assert.deepEqual(keyIn(file), key);
    assert.equal(readFileSync(file, 'utf8'), key.toString('hex'));
    assert.deepEqual(readdirSync(dirname(file)), ['seal.key']);
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.notDeepEqual(keyIn(fileIn('two')), key);
  });

  it('is made anew where the file holds none', () => {
    const file = fileIn('damaged');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'half a k');
    const key = keyIn(file);
    assert.deepEqual(keyIn(file), key);
  });

  it('is of the process alone where it cannot be kept', () => {
    const file = join(fileIn('blocked'), 'below');
    mkdirSync(dirname(dirname(file)), { recursive: true });
    writeFileSync(dirname(file), 'a file where a folder should be');
    assert.equal(keyIn(file).length, 32);
    assert.notDeepEqual(keyIn(file), keyIn(file));
  });

  it('is the same for processes that make it at one time', async () => {
    const file = fileIn('at-once');
    const script = `import('./src/adapters/seal.ts').then(({ keyIn }) => console.log(keyIn(process.argv[1]).toString('hex')))`;
    const ask = async (): Promise<string> => {
      const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', script, file], {
        cwd: root,
      });
      return stdout.trim();
    };
    const keys = await Promise.all([ask(), ask(), ask(), ask()]);
    assert.equal(new Set(keys).size, 1);
    assert.match(keys[0] ?? '', /^[0-9a-f]{64}$/);
  });
});
