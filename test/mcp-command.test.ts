// `tsg mcp` driven by a real MCP client: what it offers, what it keeps inside its folder, and that no agent can approve.
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  existsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { until } from './support/until.ts';

const root = join(import.meta.dirname, '..');
const entry = ['--import=tsx', join(root, 'src', 'cli', 'main.ts')];

const guide = `---
title: Disk full
owner: storage
alerts: [DiskAlmostFull]
parameters:
  - name: folder
    type: string
    required: true
---
# Disk full

## Step 1. Look at the folder

\`\`\`bash
ls {folder}
\`\`\`

## Step 2. Remove the marker

\`\`\`bash
rm {folder}/marker
\`\`\`

This resolves the incident.
`;

describe('tsg mcp', function () {
  this.timeout(60_000);
  const outside = mkdtempSync(join(tmpdir(), 'tsg-mcp-'));
  const folder = join(outside, 'library');
  const data = join(outside, 'data');
  before(() => {
    mkdirSync(join(folder, 'guides'), { recursive: true });
    mkdirSync(data);
    writeFileSync(join(data, 'marker'), '');
    writeFileSync(join(folder, 'guides', 'disk.tsg.md'), guide);
    writeFileSync(join(folder, 'notes.md'), '# No guide\n');
    writeFileSync(join(folder, 'tsg.yaml'), 'tools:\n  shell:\n    kind: shell\n');
    writeFileSync(join(outside, 'secret.md'), '# Secret\n');
    symlinkSync(join(outside, 'secret.md'), join(folder, 'link.tsg.md'));
  });
  after(() => rmSync(outside, { recursive: true, force: true }));

  async function withClient<T>(
    flags: readonly string[],
    work: (client: Client) => Promise<T>,
    served = folder,
  ): Promise<T> {
    const client = new Client({ name: 'test-agent', version: '1.0.0' });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [...entry, 'mcp', '--folder', served, ...flags],
        cwd: root,
        env: { PATH: process.env['PATH'] ?? '', HOME: outside },
      }),
    );
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  }

  const call = async (client: Client, name: string, args: Record<string, unknown> = {}) => {
    const { content, isError } = await client.callTool({ name, arguments: args });
    const [first] = content;
    const text = first?.type === 'text' ? first.text : '';
    return {
      text,
      isError: isError === true,
      json: isError === true ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  };

  it('offers few tools, all of them read-only, unless runs are allowed', async () => {
    await withClient([], async (client) => {
      const { tools } = await client.listTools();
      assert.deepEqual(
        tools.map(({ name }) => name),
        ['list_guides', 'match_guides', 'read_guide', 'check_guide', 'dry_run_guide'],
      );
      assert.ok(tools.every(({ annotations }) => annotations?.readOnlyHint === true));
    });
  });

  it('says which files count as guides where it finds none', async () => {
    const plain = join(outside, 'plain');
    mkdirSync(plain);
    writeFileSync(join(plain, 'disk.md'), guide);
    await withClient(
      [],
      async (client) => {
        const note =
          'No file of the folder counts as a guide. Guides are `**/*.tsg.md`; name more under `guides` in tsg.yaml.';
        assert.deepEqual((await call(client, 'list_guides')).json, { guides: [], note });
        assert.deepEqual((await call(client, 'match_guides', { text: 'disk' })).json, { matches: [], note });
      },
      plain,
    );
  });

  it('counts as guides what the file of --config names, whatever a nearer one does', async () => {
    const own = join(outside, 'own');
    mkdirSync(join(own, 'docs'), { recursive: true });
    for (const name of ['disk.md', 'other.md']) writeFileSync(join(own, 'docs', name), guide);
    writeFileSync(join(own, 'docs', 'tsg.yaml'), 'guides: [other.md]\n');
    const config = join(own, 'agents.yaml');
    writeFileSync(config, 'guides: [docs/disk.md]\n');
    await withClient(
      ['--config', config],
      async (client) => {
        const { guides } = (await call(client, 'list_guides')).json as { guides: { path: string }[] };
        assert.deepEqual(
          guides.map(({ path }) => path),
          ['docs/disk.md'],
        );
      },
      own,
    );
  });

  it('lists, matches, reads, checks and dry-runs', async () => {
    await withClient([], async (client) => {
      const { json: listed } = await call(client, 'list_guides');
      assert.deepEqual(
        (listed['guides'] as { path: string; alerts: string[]; parameters: object[] }[]).map(
          ({ path, alerts, parameters }) => [path, alerts, parameters.length],
        ),
        [['guides/disk.tsg.md', ['DiskAlmostFull'], 1]],
      );
      const { json: matched } = await call(client, 'match_guides', { text: '[FIRING] DiskAlmostFull on web-1' });
      const [best] = matched['matches'] as { guide: { path: string }; because: string }[];
      assert.equal(best?.guide.path, 'guides/disk.tsg.md');
      assert.match(best?.because ?? '', /the alert DiskAlmostFull/);
      const { json: none } = await call(client, 'match_guides', { text: 'kafka' });
      assert.deepEqual(none['matches'], []);
      const path = 'guides/disk.tsg.md';
      assert.equal((await call(client, 'read_guide', { path })).json['text'], guide);
      assert.ok(Array.isArray((await call(client, 'check_guide', { path })).json['findings']));
      const { json: dry } = await call(client, 'dry_run_guide', { path, parameters: { folder: data } });
      assert.match(JSON.stringify(dry), new RegExp(`rm .?${data}`));
      assert.ok(existsSync(join(data, 'marker')));
    });
  });

  it('serves nothing outside its folder', async () => {
    await withClient([], async (client) => {
      for (const path of [
        '../secret.md',
        join(outside, 'secret.md'),
        'link.tsg.md',
        '.',
        'guides/none.tsg.md',
        '/etc/passwd',
        'tsg.yaml',
      ])
        assert.ok((await call(client, 'read_guide', { path })).isError, path);
    });
  });

  it('says of going on that it may destroy, for what was approved by then is performed', async () => {
    await withClient(['--allow-runs'], async (client) => {
      const { tools } = await client.listTools();
      const hints = Object.fromEntries(tools.map(({ name, annotations }) => [name, annotations?.destructiveHint]));
      assert.deepEqual([hints['run_guide'], hints['continue_run']], [false, true]);
    });
  });

  it('runs only where that is allowed, and a write waits for a person', async () => {
    await withClient(['--allow-runs'], async (client) => {
      const { json: run } = await call(client, 'run_guide', {
        path: 'guides/disk.tsg.md',
        parameters: { folder: data },
      });
      const [request] = run['requests'] as { kind: string; action: string }[];
      assert.equal(request?.kind, 'approval');
      assert.ok(existsSync(join(data, 'marker')));
      const [name = ''] = readdirSync(join(folder, '.tsg', 'runs')).filter((file) => file.endsWith('.jsonl'));
      // Going on without an approval changes nothing, whatever the agent sends along.
      const { json: still } = await call(client, 'continue_run', { run: name, decisions: {} });
      assert.equal((still['requests'] as object[]).length, 1);
      assert.ok((await call(client, 'continue_run', { run: name, parameters: { approve: 'all' } })).isError);
      assert.ok(existsSync(join(data, 'marker')));
      const approved = spawnSync(
        process.execPath,
        [...entry, 'approve', join(folder, '.tsg', 'runs', name), request?.action ?? ''],
        { cwd: root, encoding: 'utf8' },
      );
      assert.equal(approved.status, 0, approved.stderr);
      const { json: ended } = await call(client, 'continue_run', { run: name });
      assert.equal(ended['outcome'], 'resolved');
      assert.ok(!existsSync(join(data, 'marker')));
      assert.equal((await call(client, 'run_status', { run: name })).json['outcome'], 'resolved');
      const journal = readFileSync(join(folder, '.tsg', 'runs', name), 'utf8');
      assert.doesNotMatch(journal, /approval-given[^\n]*test-agent/);
    });
  });

  it('lets a write that a person approved finish when its client goes away, and ends the journal', async () => {
    writeFileSync(
      join(folder, 'guides', 'slow.tsg.md'),
      `# Slow\n\n## Step 1. Write\n\n\`\`\`bash\necho begun > ${data}/slow; sleep 1; echo done >> ${data}/slow\n\`\`\`\n`,
    );
    const journal = await withClient(['--allow-runs'], async (client) => {
      const { json: run } = await call(client, 'run_guide', { path: 'guides/slow.tsg.md' });
      const [request] = run['requests'] as { action: string }[];
      const file = String(run['journal']);
      const approved = spawnSync(process.execPath, [...entry, 'approve', file, request?.action ?? ''], { cwd: root });
      assert.equal(approved.status, 0, String(approved.stderr));
      void client.callTool({ name: 'continue_run', arguments: { run: file } }).catch(() => undefined);
      await until(() => existsSync(join(data, 'slow')));
      return file;
    });
    await until(() => /"kind":"run-ended"/.test(readFileSync(journal, 'utf8')));
    assert.equal(readFileSync(join(data, 'slow'), 'utf8'), 'begun\ndone\n');
    assert.match(
      readFileSync(journal, 'utf8'),
      /"kind":"run-ended","outcome":"stopped","reason":"Stopped by test-agent/,
    );
  });

  it('stops a run whose call is cancelled', async () => {
    writeFileSync(join(folder, 'guides', 'long.tsg.md'), '# Long\n\n## Step 1. Wait\n\n```bash\nsleep 600\n```\n');
    const runs = join(folder, '.tsg', 'runs');
    const ofLong = (): string[] => readdirSync(runs).filter((name) => /-long-.*jsonl$/.test(name));
    await withClient(['--allow-runs'], async (client) => {
      const cancel = new AbortController();
      const given = { name: 'run_guide', arguments: { path: 'guides/long.tsg.md' } };
      const running = client.callTool(given, { signal: cancel.signal }).catch(() => undefined);
      const text = (): string =>
        ofLong()
          .map((name) => readFileSync(join(runs, name), 'utf8'))
          .join('');
      await until(() => /"kind":"action-started"/.test(text()));
      cancel.abort();
      await running;
      await until(() => /"kind":"run-ended","outcome":"stopped"/.test(text()));
    });
  });

  it('tells no parameters for variables that a tool gives to its commands', async () => {
    writeFileSync(
      join(folder, 'guides', 'region.tsg.md'),
      '# Region\n\n## Step 1. Look\n\n```bash\necho "$REGION" "$OTHER_REGION"\n```\n',
    );
    const config = join(outside, 'given.yaml');
    writeFileSync(config, 'tools: { shell: { kind: shell, env: [PATH, REGION] } }\n');
    await withClient(['--config', config], async (client) => {
      const { json } = await call(client, 'list_guides', {});
      const guides = json['guides'] as { title: string; parameters: { name: string }[] }[];
      const region = guides.find(({ title }) => title === 'Region');
      assert.deepEqual(
        region?.parameters.map(({ name }) => name),
        ['OTHER_REGION'],
      );
    });
  });
});
