// The `mcp` tool against real MCP servers: one that is started and one over streamable HTTP.
import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { ActionFailure, ActionResult, Tool } from '../src/run/index.ts';
import { openTools } from '../src/tools/index.ts';
import { actionOf, bindingsOf } from './support/action-of.ts';
import { testServer } from './support/mcp-server.ts';
import { refusingServer } from './support/refusing-server.ts';
import { toolContract, type ContractCases } from './support/tool-contract.ts';

const never = new AbortController().signal;
const command = [process.execPath, '--import=tsx', join(import.meta.dirname, 'support', 'mcp-server.ts'), 'stdio'];

async function open(settings: object): Promise<Tool> {
  const toolbox = await openTools(
    {
      folder: join(import.meta.dirname, '..'),
      tools: { helper: { kind: 'mcp', ...settings } },
      secrets: { TOKEN: { env: 'TOKEN' } },
    },
    { env: { ...process.env, TOKEN: 'canary-4711-value' } },
  );
  await toolbox.prepare();
  return toolbox.tools[0] ?? assert.fail();
}

async function call(tool: Tool, code: string, values: Record<string, string | number | boolean> = {}) {
  const rendered = tool.render(actionOf('mcp', code), bindingsOf(values));
  if ('reason' in rendered) return rendered;
  const outcome = await tool.perform(rendered, { timeoutMs: 20_000, signal: never });
  return outcome.kind === 'result' ? outcome.result : outcome.failure;
}

const cases = (
  crashReason: 'crashed' | 'unavailable',
  crashes: string,
  badLogin: ContractCases['badLogin'],
  kill?: () => void,
): ContractCases => ({
  unicode: actionOf('mcp', 'greet'),
  hangs: actionOf('mcp', 'hang'),
  huge: actionOf('mcp', 'huge'),
  binary: actionOf('mcp', 'binary'),
  empty: actionOf('mcp', 'empty'),
  echo: actionOf('mcp', 'echo\nvalue: {value}'),
  crashes: actionOf('mcp', crashes),
  ...(kill && { kill }),
  crashReason,
  badLogin,
  read: (result) => result.text,
});

toolContract(
  'mcp',
  () => open({ command }),
  () => cases('crashed', 'crash', 'it logs in nowhere'),
);

describe('mcp over HTTP', function () {
  this.timeout(60_000);
  let server: Server;
  let url = '';
  const headersSeen: (string | undefined)[] = [];
  before((done) => {
    const handler = createMcpHandler(testServer);
    server = createServer((request, response) => {
      headersSeen.push(request.headers.authorization);
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const gone = new AbortController();
        response.on('close', () => gone.abort());
        const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
        const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
        void handler
          .fetch(
            new Request(new URL(request.url ?? '/', url), {
              method: request.method ?? 'GET',
              headers,
              signal: gone.signal,
              ...body,
            }),
          )
          .then(async (answer) => {
            response.writeHead(answer.status, Object.fromEntries(answer.headers));
            for await (const part of answer.body ?? []) response.write(part);
            response.end();
          })
          .catch(() => response.destroy());
      });
    });
    server.listen(0, '127.0.0.1', () => {
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
      done();
    });
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  toolContract(
    'mcp over HTTP',
    () => open({ url }),
    () =>
      cases(
        'unavailable',
        'hang',
        {
          open: async () =>
            open({
              url: `http://127.0.0.1:${await refusingServer()}/mcp`,
              headers: { Authorization: 'Bearer ${secret:TOKEN}' },
            }),
          told: /refused the login/,
          secret: 'canary-4711-value',
        },
        () => server.closeAllConnections(),
      ),
  );

  it('sends headers from secrets and never shows them', async () => {
    const tool = await open({ url, headers: { Authorization: 'Bearer ${secret:TOKEN}' } });
    assert.equal(((await call(tool, 'greet')) as ActionResult).text, 'Grüße 漢字 🚀');
    assert.ok(headersSeen.includes('Bearer canary-4711-value'));
    await tool.close();
  });
  it('says when nobody answers', async () => {
    const failed = (await call(await open({ url: 'http://127.0.0.1:1/mcp' }), 'greet')) as ActionFailure;
    assert.equal(failed.reason, 'unavailable');
    const other = createServer((_, response) =>
      response.setHeader('content-type', 'application/json').end('{"got": "it"}'),
    );
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as AddressInfo;
    const mistaken = (await call(await open({ url: `http://127.0.0.1:${port}/` }), 'greet')) as ActionFailure;
    other.close();
    assert.equal(mistaken.message, 'What answers there is no MCP server; is the address right?');
  });
});

describe('mcp', function () {
  this.timeout(60_000);
  let tool: Tool;
  before(async () => {
    tool = await open({ command, reads: ['search'], secretEnv: { API_KEY: '${secret:TOKEN}' } });
  });
  after(() => tool.close());
  const effect = (of: Tool, code: string): string => {
    const rendered = of.render(actionOf('mcp', code), []);
    return 'reason' in rendered ? assert.fail(rendered.message) : of.classify(rendered).effect;
  };

  it('gives structured answers as rows and JSON', async () => {
    const result = (await call(tool, 'search\nquery: "{q} down"\nlimit: {n}', { q: 'a: b', n: 1 })) as ActionResult;
    assert.deepEqual(result.rows, [{ id: 0, title: 'a: b down 0' }]);
    assert.deepEqual(result.json, [{ id: 0, title: 'a: b down 0' }]);
  });
  it('checks arguments against the server’s schema before it calls', async () => {
    for (const [code, said] of [
      ['search\nlimit: 1', /query/],
      ['search\nquery: x\nlimit: 11', /these arguments: `limit` must be <= 10/],
      ['search\nquery: [a]', /query/],
    ] as const) {
      const failed = (await call(tool, code)) as ActionFailure;
      assert.equal(failed.reason, 'invalid-parameter', code);
      assert.match(failed.message, said);
    }
    const rendered = tool.render(actionOf('mcp', 'serch\nquery: x'), []);
    assert.ok('text' in rendered);
    const explained = await tool.explain(rendered, never);
    assert.ok(explained.kind === 'refused');
    assert.match(explained.failure.message, /no tool `serch`; did you mean `search`/);
  });
  it('refuses what is no call', () => {
    for (const code of ['', 'two words', 'search\n- a', 'search\n{value}: x', '{value}\nquery: x', 'search\nquery: "a'])
      assert.ok('reason' in tool.render(actionOf('mcp', code), bindingsOf({ value: 'x' })), code);
  });
  it('tells an error of the tool in its words, without escapes', async () => {
    const failed = (await call(tool, 'fail')) as ActionFailure;
    assert.equal(failed.reason, 'refused-by-tool');
    assert.equal(failed.message, 'the index is gone');
  });
  it('passes on only the variables that are named', async () => {
    // What the client of MCP would hand on by itself.
    const inherited = { ...process.env };
    Object.assign(process.env, { USER: 'ann', LOGNAME: 'ann', SHELL: '/bin/sh', TERM: 'dumb' });
    const started = await open({ command, env: ['PATH'], secretEnv: { API_KEY: '${secret:TOKEN}' } });
    try {
      const result = (await call(started, 'environment')) as ActionResult;
      assert.deepEqual(JSON.parse(result.text ?? '[]'), ['API_KEY', 'PATH']);
    } finally {
      await started.close();
      for (const name of ['USER', 'LOGNAME', 'SHELL', 'TERM'])
        if (inherited[name] === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = inherited[name];
    }
  });
  it('believes nobody that a call only reads, unless the settings do', async () => {
    assert.equal(effect(tool, 'search\nquery: x'), 'read');
    assert.equal(effect(tool, 'greet'), 'unknown');
    const trusting = await open({ command, trustReadOnlyHints: true });
    assert.equal(effect(trusting, 'greet'), 'read');
    assert.equal(effect(trusting, 'echo\nvalue: x'), 'unknown');
    await trusting.close();
  });
  it('is opened without starting anything, whatever the settings trust', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsg-mcp-'));
    const command = ['sh', '-c', 'touch started'];
    const toolbox = await openTools(
      { folder, tools: { helper: { kind: 'mcp', command, trustReadOnlyHints: true } }, secrets: {} },
      { env: process.env },
    );
    const [tool] = toolbox.tools;
    assert.ok(tool);
    assert.equal(effect(tool, 'greet'), 'unknown');
    await toolbox.close();
    assert.ok(!existsSync(join(folder, 'started')));
    await toolbox.prepare();
    assert.ok(existsSync(join(folder, 'started')));
    rmSync(folder, { recursive: true });
  });
  it('says when the server cannot be started', async () => {
    const failed = await (await open({ command: ['/no/such/server'] })).check(never);
    assert.equal(failed?.reason, 'unavailable');
  });
  it('says what a program said that ended instead of answering', async () => {
    const command = [process.execPath, '-e', 'console.error("no configuration"); process.exit(3)'];
    const failed = await (await open({ command })).check(never);
    assert.match(
      failed?.message ?? '',
      /ended before it answered; is it an MCP server\? It last said: no configuration$/,
    );
  });
  it('says the error of a program that ended with a trace', async () => {
    const failed = await (await open({ command: [process.execPath, '/no/such/server.mjs'] })).check(never);
    assert.match(failed?.message ?? '', /It last said: Error: Cannot find module '\/no\/such\/server\.mjs'$/);
  });

  describe('that means harm', () => {
    const hostile = async (how: string) => {
      const program = join(import.meta.dirname, 'support', 'hostile-mcp-server.mjs');
      const toolbox = await openTools(
        {
          folder: import.meta.dirname,
          tools: { helper: { kind: 'mcp', command: [process.execPath, program, how], timeout: '4s' } },
          secrets: {},
        },
        { env: process.env },
      );
      const tool = toolbox.tools[0] ?? assert.fail();
      const begun = Date.now();
      const failed = (await call(tool, `t\nq: ${'a'.repeat(40)}!`)) as ActionFailure;
      await tool.close();
      assert.ok(Date.now() - begun < 12_000, `took ${Date.now() - begun} ms`);
      return failed.message;
    };
    const told: Readonly<Record<string, RegExp>> = {
      pattern: /^The schema of `t` cannot be used: checking against it takes longer than 1000 ms\.$/,
      references: /^The schema of `t` cannot be used: checking against it takes longer than 1000 ms\.$/,
      circle: /^The schema of `t` cannot be used: /,
      elsewhere: /^The schema of `t` cannot be used: can't resolve reference http:/,
      answer: /^Failed to validate structured content: checking against it takes longer than 1000 ms\.$/,
      pages: /pagination did not terminate/,
      nonsense: /Invalid result for tools\/call/,
      silence: /did not end within 4 s and was stopped/,
    };
    for (const [how, words] of Object.entries(told))
      it(`ends by itself, and is told: ${how}`, async () => assert.match(await hostile(how), words));
  });
});
