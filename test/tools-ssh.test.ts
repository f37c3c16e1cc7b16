// The `ssh` tool against a real sshd on loopback, which the tests start with keys of their own.
import { strict as assert } from 'node:assert';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import type { ActionFailure, ActionResult, Tool } from '../src/run/index.ts';
import { openTools } from '../src/tools/index.ts';
import { actionOf, bindingsOf } from './support/action-of.ts';
import { freePort, programsOrSkip } from './support/real-server.ts';
import { toolContract } from './support/tool-contract.ts';

const never = new AbortController().signal;

describe('ssh', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'tsg-ssh-'));
  let server: ChildProcess | undefined;
  let port = 0;
  before(async function () {
    const { sshd, 'ssh-keygen': keygen } = programsOrSkip(this, {
      sshd: 'openssh-server',
      ssh: 'openssh-client',
      'ssh-keygen': 'openssh-client',
    });
    for (const name of ['host', 'user', 'stranger'])
      assert.equal(spawnSync(keygen, ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]).status, 0);
    port = await freePort();
    writeFileSync(join(folder, 'authorized'), readFileSync(join(folder, 'user.pub')), { mode: 0o600 });
    writeFileSync(join(folder, 'known'), `[127.0.0.1]:${port} ${readFileSync(join(folder, 'host.pub'), 'utf8')}`);
    writeFileSync(join(folder, 'nobody-known'), '');
    writeFileSync(
      join(folder, 'sshd.conf'),
      [
        `Port ${port}`,
        'ListenAddress 127.0.0.1',
        `HostKey ${join(folder, 'host')}`,
        `AuthorizedKeysFile ${join(folder, 'authorized')}`,
        `PidFile ${join(folder, 'pid')}`,
        'PasswordAuthentication no',
        'KbdInteractiveAuthentication no',
        'UsePAM no',
        'StrictModes no',
        'PermitRootLogin yes',
      ].join('\n'),
    );
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
    server = spawn(sshd, ['-D', '-e', '-f', join(folder, 'sshd.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise<void>((ready, fail) => {
      let said = '';
      server?.stderr?.on('data', (bytes: Buffer) => {
        said += bytes.toString();
        if (/Server listening/.test(said)) ready();
      });
      server?.once('exit', () => fail(new Error(said)));
    });
  });
  after(() => {
    server?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(settings: object = {}): Promise<Tool> {
    const entry = {
      kind: 'ssh',
      host: `${userInfo().username}@127.0.0.1`,
      port,
      identity: join(folder, 'user'),
      knownHosts: join(folder, 'known'),
      ...settings,
    };
    const toolbox = await openTools({ folder, tools: { web: entry }, secrets: {} }, { env: process.env });
    return toolbox.tools[0] ?? assert.fail();
  }

  toolContract(
    'ssh',
    () => open({ maxOutput: '64KB' }),
    () => ({
      unicode: actionOf('ssh', "printf '%s' 'Grüße 漢字 🚀'"),
      hangs: actionOf('ssh', 'sleep 30'),
      huge: actionOf('ssh', "head -c 3000000 /dev/zero | tr '\\0' x"),
      binary: actionOf('ssh', 'head -c 5000 /dev/zero'),
      empty: actionOf('ssh', 'true'),
      echo: actionOf('ssh', "printf '%s' {value}"),
      // The other machine closes the connection.
      crashes: actionOf('ssh', 'kill -9 $PPID; sleep 5'),
      crashReason: 'unavailable',
      badLogin: {
        open: () => open({ identity: join(folder, 'stranger') }),
        told: /permission denied/i,
        secret: 'PRIVATE KEY',
      },
      read: (result) => result.text,
    }),
  );

  const run = async (tool: Tool, code: string, values = {}) => {
    const rendered = tool.render(actionOf('ssh', code), bindingsOf(values));
    if ('reason' in rendered) return rendered;
    const outcome = await tool.perform(rendered, { timeoutMs: 20_000, signal: never });
    return outcome.kind === 'result' ? outcome.result : outcome.failure;
  };

  it('gives the exit code and both streams', async () => {
    const result = (await run(await open(), 'echo out; echo err >&2; exit 7')) as ActionResult;
    assert.deepEqual([result.text, result.errorText, result.exitCode], ['out\n', 'err\n', 7]);
  });
  it('lets no command read the rest of the script away', async () => {
    assert.equal(((await run(await open(), 'cat\necho after')) as ActionResult).text, 'after\n');
  });
  it('shows values to nobody in the list of processes', async () => {
    const result = (await run(await open(), 'ps -ww -eo args | grep -c {value} || true', {
      value: 'canary4711',
    })) as ActionResult;
    // Only the grep itself names it.
    assert.ok(Number(result.text) <= 1, result.text);
  });
  it('trusts no unknown machine and no wrong key', async () => {
    const unknown = await (await open({ knownHosts: join(folder, 'nobody-known') })).check(never);
    assert.match(unknown?.message ?? '', /host key[^]*Log in once by hand \(`ssh -p \d+ /i);
    const refused = await (await open({ identity: join(folder, 'stranger') })).check(never);
    assert.match(refused?.message ?? '', /permission denied[^]*The `host` and `identity` of `\S+` stand in tsg\.yaml/i);
    assert.equal(refused?.reason, 'unavailable');
  });
  it('says when nobody answers', async () => {
    const failed = (await run(await open({ port: await freePort() }), 'true')) as ActionFailure;
    assert.equal(failed.reason, 'unavailable');
    assert.match(failed.message, /refused/i);
  });
  it('judges commands as the shell tool does', async () => {
    const tool = await open();
    const effect = (code: string) => {
      const rendered = tool.render(actionOf('ssh', code), []);
      return 'reason' in rendered ? assert.fail(rendered.message) : tool.classify(rendered).effect;
    };
    assert.equal(effect('df -h'), 'read');
    assert.equal(effect('rm x'), 'write');
  });
  it('takes no option for a host', async () => {
    await assert.rejects(open({ host: '-oProxyCommand=id' }), /expected a host/);
  });
});
