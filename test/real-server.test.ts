// The servers that tests and benches start are ended with the process that started them, also when it is killed.
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname;

/** Starts a process that starts a server, which in turn starts a worker; gives the pids of those two. */
async function started(): Promise<{ readonly starter: ReturnType<typeof spawn>; readonly pids: readonly number[] }> {
  const server = `
    const { spawn } = require('node:child_process');
    const worker = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
    process.stderr.write('worker ' + worker.pid + '\\n');
    setInterval(() => {}, 1000);`;
  const program = `
    import { startServer } from ${JSON.stringify(pathToFileURL(`${here}/support/real-server.ts`).href)};
    let said = '';
    const server = await startServer(process.execPath, ['-e', ${JSON.stringify(server)}], async () => true);
    server.process.stderr.on('data', (data) => { said += data; const found = /worker (\\d+)/.exec(said); if (found) console.log(server.process.pid + ' ' + found[1]); });
    setInterval(() => {}, 1000);`;
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const starter = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pids = await new Promise<readonly number[]>((resolve, reject) => {
    let said = '';
    starter.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      const found = /^(\d+) (\d+)$/m.exec(said);
      if (found) resolve([Number(found[1]), Number(found[2])]);
    });
    starter.once('exit', () => reject(new Error(`it ended: ${said}`)));
  });
  return { starter, pids };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a server of the tests', function () {
  this.timeout(60_000);
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  for (const signal of ['SIGTERM', 'SIGKILL'] as const)
    it(`ends with its workers when ${signal} ends the process that started it`, async () => {
      const { starter, pids } = await started();
      assert.ok(pids.every(isAlive));
      const gone = new Promise((resolve) => starter.once('exit', resolve));
      starter.kill(signal);
      await gone;
      for (let wait = 0; wait < 100 && pids.some(isAlive); wait++) await new Promise((done) => setTimeout(done, 100));
      assert.deepEqual(pids.filter(isAlive), []);
    });
});
