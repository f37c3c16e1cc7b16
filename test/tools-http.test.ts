// The `http` tool against a real local server: contract, encoding of values, redirects, origins, secrets, answers.
import { strict as assert } from 'node:assert';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ActionFailure, ActionResult, Tool } from '../src/run/index.ts';
import { openTools } from '../src/tools/index.ts';
import { actionOf, bindingsOf } from './support/action-of.ts';
import { freePort } from './support/real-server.ts';
import { refusingServer } from './support/refusing-server.ts';
import { toolContract } from './support/tool-contract.ts';

let server: Server;
let base = '';
const seen: { method: string; url: string; headers: Record<string, unknown>; body: string }[] = [];

before((done) => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://x');
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      const reply = (status: number, type: string, content: string | Buffer, headers = {}): unknown =>
        response.writeHead(status, { 'content-type': type, ...headers }).end(content);
      switch (url.pathname) {
        case '/unicode':
          return reply(200, 'text/plain', 'Grüße 漢字 🚀');
        case '/hang':
          return response.writeHead(200).write('started');
        case '/huge': {
          const chunk = Buffer.alloc(1_000_000, 'x');
          const write = (): void => {
            while (!response.destroyed && response.write(chunk));
            if (!response.destroyed) response.once('drain', write);
          };
          response.writeHead(200);
          return write();
        }
        case '/binary':
          return reply(200, 'application/octet-stream', Buffer.alloc(5000));
        case '/empty':
          return response.writeHead(204).end();
        case '/echo':
          return reply(200, 'text/plain', url.searchParams.get('q') ?? '');
        case '/crash':
          response.writeHead(200, { 'content-length': '100' }).write('half');
          return setImmediate(() => request.socket.destroy());
        case '/list':
          return reply(
            200,
            'application/json',
            JSON.stringify([
              { name: 'a', up: true },
              { name: 'b', up: false, note: 'ü' },
            ]),
          );
        case '/object':
          return reply(503, 'application/json', '{"status":"down"}');
        case '/busy':
          return reply(429, 'text/plain', 'slow down', { 'retry-after': '7' });
        case '/later':
          return reply(503, 'text/plain', 'x', { 'retry-after': new Date(Date.now() + 90_000).toUTCString() });
        case '/moved-on':
          return reply(503, 'text/plain', 'x', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' });
        case '/counted':
          return reply(
            200,
            'application/json',
            '[{"id":9007199254740993,"said":"9007199254740993 \\"1\\"","n":-1.5e300}]',
          );
        case '/older':
          return response
            .writeHead(200, { 'content-type': 'text/plain; charset=ISO-8859-1' })
            .end(Buffer.from('grün, größer, süß: ÄÖÜ', 'latin1'));
        case '/near':
          return reply(302, 'text/plain', '', { location: '/echo?q=followed' });
        case '/far':
          return reply(302, 'text/plain', '', { location: 'http://example.invalid/x' });
        case '/token':
          return reply(200, 'text/plain', `you sent ${String(request.headers.authorization)}`);
        default:
          return reply(
            200,
            'application/json',
            JSON.stringify({
              url: request.url,
              body,
              type: request.headers['content-type'] ?? null,
              tag: request.headers['x-tag'] ?? null,
            }),
          );
      }
    });
  });
  server.listen(0, '127.0.0.1', () => {
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    done();
  });
});
after(() => {
  server.closeAllConnections();
  server.close();
});

async function openHttp(
  settings: object = {},
  env: Record<string, string> = { API_TOKEN: 'canary-4711-value' },
): Promise<Tool> {
  const secrets = { API_TOKEN: { env: 'API_TOKEN' } };
  const toolbox = await openTools(
    { folder: '/', tools: { api: { kind: 'http', baseUrl: base, ...settings } }, secrets },
    { env },
  );
  return toolbox.tools[0] ?? assert.fail();
}

async function send(
  tool: Tool,
  code: string,
  values: Record<string, string | number | boolean> = {},
): Promise<ActionResult | ActionFailure> {
  const rendered = tool.render(actionOf('http', code), bindingsOf(values));
  if ('reason' in rendered) return rendered;
  const outcome = await tool.perform(rendered, { timeoutMs: 10_000, signal: new AbortController().signal });
  return outcome.kind === 'result' ? outcome.result : outcome.failure;
}

toolContract(
  'http',
  () => openHttp({ maxBody: '64KB' }),
  () => ({
    unicode: actionOf('http', 'GET /unicode HTTP/1.1'),
    hangs: actionOf('http', 'GET /hang'),
    huge: actionOf('http', 'GET /huge'),
    binary: actionOf('http', 'GET /binary'),
    empty: actionOf('http', 'GET /empty'),
    echo: actionOf('http', 'GET /echo?q={value}'),
    crashes: actionOf('http', 'GET /crash'),
    crashReason: 'unavailable',
    badLogin: {
      open: async () =>
        openHttp({
          baseUrl: `http://127.0.0.1:${await refusingServer()}`,
          headers: { Authorization: 'Bearer ${secret:API_TOKEN}' },
        }),
      // Every status is a result, which a guide may ask for.
      told: /"status":401/,
      secret: 'canary-4711-value',
    },
    read: (result) => result.text,
  }),
);

describe('http', function () {
  this.timeout(10_000);
  const json = async (code: string, values: Record<string, string | number | boolean> = {}) => {
    const result = await send(await openHttp(), code, values);
    assert.ok('json' in result, JSON.stringify(result));
    return result.json as Record<string, unknown>;
  };

  it('gives status, text, JSON and rows', async () => {
    const tool = await openHttp();
    assert.deepEqual(await send(tool, 'GET /object'), {
      status: 503,
      text: '{"status":"down"}',
      json: { status: 'down' },
      notes: [],
    });
    const list = (await send(tool, '# all services\nGET /list')) as ActionResult;
    assert.deepEqual(list.rows, [
      { name: 'a', up: true },
      { name: 'b', up: false, note: 'ü' },
    ]);
    assert.deepEqual(
      list.columns?.map(({ name }) => name),
      ['name', 'up', 'note'],
    );
    assert.equal(list.rowCount, 2);
  });
  it('tells how long the service asks to be left alone, in seconds or by a moment to come', async () => {
    const tool = await openHttp();
    const asked = async (path: string): Promise<number | undefined> =>
      ((await send(tool, `GET ${path}`)) as ActionResult).retryAfterMs;
    assert.equal(await asked('/busy'), 7000);
    const later = (await asked('/later')) ?? 0;
    assert.ok(later > 80_000 && later <= 91_000, String(later));
    assert.equal(await asked('/moved-on'), undefined);
    assert.equal(await asked('/object'), undefined);
  });

  it('keeps the digits of whole numbers that a double would round', async () => {
    const { rows } = (await send(await openHttp(), 'GET /counted')) as ActionResult;
    assert.deepEqual(rows, [{ id: '9007199254740993', said: '9007199254740993 "1"', n: -1.5e300 }]);
  });
  it('reads an answer in the characters that it says it is written in', async () => {
    const { text, notes } = (await send(await openHttp(), 'GET /older')) as ActionResult;
    assert.deepEqual({ text, notes }, { text: 'grün, größer, süß: ÄÖÜ', notes: [] });
  });
  it('encodes values for the place where they stand', async () => {
    const values = { v: 'a/b?c=d&e #"ü\r\nX-Evil: 1', n: 5 };
    assert.equal((await json('GET /x/{v}/y', values))['url'], `/x/${encodeURIComponent(values.v)}/y`);
    const post = await json('POST /x\nContent-Type: application/json\n\n{"a": "{v}", "b": {v}, "n": {n}}', values);
    assert.deepEqual(JSON.parse(String(post['body'])), { a: values.v, b: values.v, n: 5 });
    const form = await json('POST /x\nContent-Type: application/x-www-form-urlencoded\n\na={v}&b=1', values);
    assert.equal(new URLSearchParams(String(form['body'])).get('a'), values.v);
    assert.equal((await json('GET /x\nX-Tag: is {v}', { v: 'fine' }))['tag'], 'is fine');
  });
  for (const [code, v] of [
    ['GET /x\nX-Tag: {v}', 'a\r\nX-Evil: 1'],
    ['GET /x/{v}', '..'],
    ['{v} /x', 'DELETE'],
    ['GET {v}/x', 'http://evil'],
    ['GET http://{v}/x', 'evil'],
    ['GET /x\n{v}: a', 'Host'],
    ['POST /x\n\n{v}', 'a'],
  ] as const)
    it(`refuses ${JSON.stringify(v)} in ${JSON.stringify(code)}`, async () => {
      const failure = await send(await openHttp(), code, { v });
      assert.ok('reason' in failure, JSON.stringify(failure));
      assert.match(failure.reason, /invalid-parameter|refused-by-tool/);
    });
  it('stays at its origin', async () => {
    const tool = await openHttp();
    for (const target of ['http://example.invalid/x', '@example.invalid/x', 'file:///etc/passwd', 'x'])
      assert.equal(((await send(tool, `GET ${target}`)) as ActionFailure).reason, 'refused-by-tool', target);
    assert.equal(((await send(tool, 'GET /near')) as ActionResult).text, 'followed');
    const far = (await send(tool, 'GET /far')) as ActionResult;
    assert.equal(far.status, 302);
    assert.deepEqual(far.notes, ['The answer leads to http://example.invalid/x, which was not followed.']);
  });
  it('sends secrets by reference and never shows them', async () => {
    const tool = await openHttp({ headers: { Authorization: 'Bearer ${secret:API_TOKEN}' } });
    const rendered = tool.render(actionOf('http', 'GET /token'), []);
    assert.ok('text' in rendered);
    assert.equal(rendered.text, `GET ${base}/token\nAuthorization: Bearer \${secret:API_TOKEN}`);
    const result = await send(tool, 'GET /token');
    assert.equal((result as ActionResult).text, 'you sent Bearer ***');
    assert.equal(seen.at(-1)?.headers['authorization'], 'Bearer canary-4711-value');
    const without = await openHttp({ headers: { Authorization: 'Bearer ${secret:API_TOKEN}' } }, {});
    assert.match(
      ((await send(without, 'GET /token')) as ActionFailure).message,
      /set the environment variable `API_TOKEN`/,
    );
  });
  it('is not called healthy while a secret of its login is missing', async () => {
    const login = { auth: { bearer: '${secret:API_TOKEN}' } };
    const never = new AbortController().signal;
    assert.match(
      (await (await openHttp(login, {})).check(never))?.message ?? '',
      /set the environment variable `API_TOKEN`/,
    );
    assert.equal(await (await openHttp(login)).check(never), null);
  });
  it('logs in by basic, and shows neither the password nor what it becomes', async () => {
    const tool = await openHttp({ auth: { basic: { user: 'ada', password: '${secret:API_TOKEN}' } } });
    const rendered = tool.render(actionOf('http', 'GET /token'), []);
    assert.ok('text' in rendered);
    assert.equal(rendered.text, `GET ${base}/token\nAuthorization: Basic ada:\${secret:API_TOKEN}`);
    assert.equal(((await send(tool, 'GET /token')) as ActionResult).text, 'you sent Basic ***');
    const sent = String(seen.at(-1)?.headers['authorization']);
    assert.equal(Buffer.from(sent.replace('Basic ', ''), 'base64').toString(), 'ada:canary-4711-value');
  });
  it('says when nobody answers', async () => {
    const tool = await openHttp({ baseUrl: 'http://127.0.0.1:1' });
    const failure = (await send(tool, 'GET /')) as ActionFailure;
    assert.equal(failure.reason, 'unavailable');
    assert.equal(failure.transient, true);
    assert.match(failure.message, /refused the connection/);
    const secure = await openHttp({ baseUrl: base.replace('http:', 'https:') });
    assert.match(
      ((await send(secure, 'GET /')) as ActionFailure).message,
      /does not answer in TLS; is `https` in the address right\?$/,
    );
  });
  it('judges by method', async () => {
    const tool = await openHttp();
    const effect = (code: string): string => {
      const rendered = tool.render(actionOf('http', code), []);
      return 'reason' in rendered ? assert.fail(rendered.message) : tool.classify(rendered).effect;
    };
    assert.equal(effect('GET /x'), 'read');
    assert.equal(effect('/x'), 'read');
    assert.equal(effect('HEAD /x'), 'read');
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'delete']) assert.equal(effect(`${method} /x`), 'write');
    assert.equal(effect('GET /x\nX-HTTP-Method-Override: DELETE'), 'unknown');
    assert.equal(effect('GET /x?_method=DELETE'), 'unknown');
  });
});

describe('a service that the tool starts', function () {
  this.timeout(30_000);
  it('is not given the variables that secrets are taken from', async () => {
    const port = await freePort();
    const program = `require('http').createServer((_, to) => to.end(JSON.stringify(process.env))).listen(${port}, '127.0.0.1', () => console.log('ready'))`;
    const tool = await openHttp(
      { baseUrl: `http://127.0.0.1:${port}`, serve: { command: [process.execPath, '-e', program], ready: 'ready' } },
      { API_TOKEN: 'canary-4711-value', PLACE: 'here' },
    );
    const answer = await send(tool, 'GET /');
    await tool.close();
    const env = 'json' in answer ? (answer.json as Record<string, string>) : assert.fail(JSON.stringify(answer));
    assert.deepEqual([env['PLACE'], env['API_TOKEN']], ['here', undefined]);
  });
});
