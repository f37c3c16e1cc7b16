// Environments of `tsg.yaml`, from the settings to the tools that a command opens, and `tsg tools --check` on real connections.
import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../src/adapters/index.ts';
import { runCommand } from '../src/cli/run-command.ts';
import type { Terminal } from '../src/cli/terminal.ts';
import type { ResumeFlags } from '../src/cli/program.ts';
import { resumeCommand } from '../src/cli/resume-command.ts';
import { toolsCommand } from '../src/cli/tools-command.ts';

describe('environments', function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), 'tsg-environments-'));
  let server: Server;
  before((done) => {
    server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      writeFileSync(
        join(folder, 'tsg.yaml'),
        `tools:
  api: { kind: http, baseUrl: 'http://127.0.0.1:1' }
  shell: { kind: shell }
environments:
  dev: {}
  prod:
    color: red
    tools:
      api: { baseUrl: 'http://127.0.0.1:${port}' }
    parameters: { region: west }
`,
      );
      writeFileSync(
        join(folder, 'guide.tsg.md'),
        '---\nparameters:\n  - name: region\n    required: true\n---\n# Look\n\n## Step 1. Look\n\n```http\nGET /status?region={region}\n```\n',
      );
      done();
    });
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function told(command: (terminal: Terminal) => Promise<number>): Promise<{ code: number; out: string }> {
    let out = '';
    const write = (text: string): void => {
      out += text;
    };
    const styled = (style: string, text: string): string => `<${style}>${text}</${style}>`;
    return {
      code: await command({ width: 100, coloured: false, interactive: false, out: write, err: write, styled }),
      out,
    };
  }
  const config = join(folder, 'tsg.yaml');

  it('change the settings of tools and parameters, and nothing else', () => {
    const text = readFileSync(join(import.meta.dirname, 'settings', 'environments', 'tsg.yaml'), 'utf8');
    const read = (environment?: string) => {
      const result = readSettings(text, 'tsg.yaml', environment);
      return result.kind === 'settings' ? result.settings : assert.fail(JSON.stringify(result.problems));
    };
    assert.deepEqual(read().environment, { name: 'dev', color: 'green' });
    assert.equal(read().tools['db']?.['host'], 'dev-db.example');
    const prod = read('prod');
    assert.deepEqual(
      [prod.tools['db']?.['host'], prod.tools['db']?.['user'], prod.parameters['region']],
      ['prod-db.example', 'reader', 'west'],
    );
    assert.deepEqual(prod.environments, ['dev', 'prod']);
    const unknown = readSettings(text, 'tsg.yaml', 'prdo');
    assert.ok(unknown.kind === 'problems');
    assert.match(unknown.problems[0].hint ?? '', /did you mean `prod`/);
  });
  it('are run against with --env', async () => {
    const flags = {
      config,
      env: 'prod',
      dry: true,
      explain: false,
      param: [],
      paramEnv: [],
      decide: [],
      settle: [],
      json: true,
      model: false,
    };
    const { out } = await told((terminal) => runCommand(join(folder, 'guide.tsg.md'), flags, terminal));
    assert.match(out, /GET http:\/\/127\.0\.0\.1:\d{4,}\/status\?region=west/);
  });
  it('are where a run goes on, unless it is told to change', async () => {
    writeFileSync(join(folder, 'write.tsg.md'), '# Make\n\n## Step 1. Make\n\n```bash\ntouch made\n```\n');
    const journal = join(folder, 'run.jsonl');
    const none = { param: [], paramEnv: [], decide: [], settle: [] } as const;
    const given = { config, ...none, json: false, model: false, explain: false } as const;
    const resume = (more: Partial<ResumeFlags>): ReturnType<typeof told> =>
      told((terminal) => resumeCommand(journal, { ...given, ...more }, terminal));
    const start = { ...given, live: true, env: 'prod', journal };
    const run = await told((terminal) => runCommand(join(folder, 'write.tsg.md'), start, terminal));
    assert.equal(run.code, 3, run.out);
    assert.match((await resume({})).out, /resumed from .*<red>environment: prod<\/red>/);
    await assert.rejects(resume({ env: 'dev' }), {
      message: /was started in the environment `prod`; --env dev would go on with it elsewhere/,
      hint: /leave --env out .* or add --change-environment/,
    });
    await assert.rejects(resume({ changeEnvironment: true }), /--change-environment needs --env NAME/);
    assert.match((await resume({ env: 'dev', changeEnvironment: true })).out, /environment: dev/);
    assert.match((await resume({})).out, /environment: dev/, 'it stays there');
    const lines = readFileSync(journal, 'utf8').split('\n').filter(Boolean);
    assert.deepEqual(
      lines
        .map((line) => JSON.parse(line) as { kind: string; environment?: string })
        .flatMap(({ kind, environment }) => (kind === 'run-resumed' ? [environment ?? 'stays'] : [])),
      ['stays', 'dev', 'stays'],
    );
  });
  it('are checked, each connection told', async () => {
    const prod = await told((terminal) => toolsCommand({ check: true, config, env: 'prod', json: false }, terminal));
    assert.equal(prod.code, 0, prod.out);
    assert.match(prod.out, /<red>environment: prod<\/red>/);
    assert.match(
      prod.out,
      /<green>✓<\/green> api: HTTP service at http:\/\/127\.0\.0\.1:\d+\n<green>✓<\/green> shell: /,
    );
    const dev = await told((terminal) => toolsCommand({ check: true, config, env: 'dev', json: true }, terminal));
    assert.equal(dev.code, 1);
    const { tools, environment } = JSON.parse(dev.out) as {
      tools: { name: string; usable: boolean; problem?: string }[];
      environment: string;
    };
    assert.equal(environment, 'dev');
    assert.deepEqual(
      tools.map(({ name, usable }) => [name, usable]),
      [
        ['api', false],
        ['shell', true],
      ],
    );
    assert.match(tools[0]?.problem ?? '', /refused the connection/);
  });
  it('asked for from outside are told where environments stand', () => {
    const read = readSettings('environment: dev\nenvironments:\n  dev: {}\n', 'tsg.yaml', 'staging');
    assert.deepEqual(read.kind === 'problems' && read.problems.map(({ line }) => line), [3]);
  });
  it('that do not exist are refused with what there is', async () => {
    await assert.rejects(
      told((terminal) => toolsCommand({ check: false, config, env: 'staging', json: false }, terminal)),
      /`staging` is not an environment of this file; expected `dev`, `prod`/,
    );
  });
});
