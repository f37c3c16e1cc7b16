// The `loki`, `elasticsearch`, `jaeger` and `kusto` tools against a local server that answers as their public documentation says.
import { strict as assert } from 'node:assert';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ActionFailure, ActionResult, Tool } from '../src/run/index.ts';
import { openTools } from '../src/tools/index.ts';
import { actionOf, bindingsOf } from './support/action-of.ts';
import { startObservability, type ObservabilityServer } from './support/observability-server.ts';
import { toolContract } from './support/tool-contract.ts';

let server: ObservabilityServer;
before(async () => {
  server = await startObservability();
});
after(() => server.close());

const own: Readonly<Record<string, object>> = { kusto: { database: 'Telemetry' } };

async function open(kind: string, settings: object = {}): Promise<Tool> {
  const toolbox = await openTools(
    {
      folder: '/',
      tools: { it: { kind, baseUrl: server.base, ...own[kind], ...settings } },
      secrets: { TOKEN: { env: 'TOKEN' }, WRONG: { env: 'WRONG' } },
    },
    { env: { TOKEN: 'canary-4711-value', WRONG: 'wrong' } },
  );
  return toolbox.tools[0] ?? assert.fail();
}

async function ask(kind: string, code: string, values: Record<string, string | number> = {}, settings: object = {}) {
  const tool = await open(kind, settings);
  const rendered = tool.render(actionOf(kind, code), bindingsOf(values));
  if ('reason' in rendered) return rendered;
  const outcome = await tool.perform(rendered, { timeoutMs: 10_000, signal: new AbortController().signal });
  return outcome.kind === 'result' ? outcome.result : outcome.failure;
}
const rowsOf = async (...given: Parameters<typeof ask>) => {
  const result = (await ask(...given)) as ActionResult;
  return result.rows ?? assert.fail(JSON.stringify(result));
};
const effectOf = async (kind: string, code: string): Promise<string> => {
  const tool = await open(kind);
  const rendered = tool.render(actionOf(kind, code), []);
  return 'reason' in rendered ? `refused: ${rendered.message}` : tool.classify(rendered).effect;
};

/** A block of each kind that asks for one text, and the column where it comes back. */
const blocks: Readonly<Record<string, { readonly block: (text: string) => string; readonly column: string }>> = {
  loki: { block: (text) => `{app="${text}"}`, column: 'line' },
  elasticsearch: {
    block: (text) => `POST logs/_search\n{ "query": { "match": { "message": "${text}" } } }`,
    column: 'message',
  },
  jaeger: { block: (text) => `service: ${text}`, column: 'service' },
  kusto: { block: (text) => `print x = "${text}"`, column: 'x' },
};
for (const [kind, { block, column }] of Object.entries(blocks))
  toolContract(
    kind,
    () => open(kind, { maxRows: 50 }),
    () => ({
      unicode: actionOf(kind, block('unicode')),
      hangs: actionOf(kind, block('hang')),
      huge: actionOf(kind, block('huge')),
      binary: actionOf(kind, block('binary')),
      empty: actionOf(kind, block('empty')),
      echo: actionOf(kind, block('{value}')),
      crashes: actionOf(kind, block('crash')),
      crashReason: 'unavailable',
      badLogin: {
        open: () => open(kind, { auth: { bearer: '${secret:WRONG}' } }),
        told: /refused the login/,
        secret: 'wrong',
      },
      read: (result) => result.rows?.[0]?.[column],
    }),
  );

describe('services over HTTP', function () {
  this.timeout(20_000);
  for (const kind of Object.keys(blocks)) {
    it(`${kind} logs in by bearer, basic or a header, from secrets`, async () => {
      const block = blocks[kind]?.block('x') ?? '';
      await ask(kind, block, {}, { auth: { bearer: '${secret:TOKEN}' } });
      assert.equal(server.seen.at(-1)?.authorization, 'Bearer canary-4711-value');
      await ask(kind, block, {}, { auth: { basic: { user: 'ada', password: '${secret:TOKEN}' } } });
      const sent = server.seen.at(-1)?.authorization ?? '';
      assert.equal(Buffer.from(sent.replace('Basic ', ''), 'base64').toString(), 'ada:canary-4711-value');
      await ask(kind, block, {}, { auth: { header: { name: 'Authorization', value: 'Key ${secret:TOKEN}' } } });
      assert.equal(server.seen.at(-1)?.authorization, 'Key canary-4711-value');
    });
    it(`${kind} says when the login is refused, and when nobody answers`, async () => {
      const refused = await (
        await open(kind, { headers: { Authorization: 'Bearer wrong' } })
      ).check(new AbortController().signal);
      assert.match(refused?.message ?? '', /refused the login/);
      const nobody = await (await open(kind, { baseUrl: 'http://127.0.0.1:1' })).check(new AbortController().signal);
      assert.equal(nobody?.reason, 'unavailable');
    });
  }
});

describe('loki', () => {
  it('asks over a range and gives lines with their labels', async () => {
    const [row] = await rowsOf('loki', '# range: 30m\n# limit: 5\n{app="web"} |= "x"');
    assert.deepEqual(Object.keys(row ?? {}), ['time', 'app', 'line']);
    const form = new URLSearchParams(server.seen.at(-1)?.body);
    assert.equal(form.get('limit'), '5');
    assert.equal(Number(form.get('end')) - Number(form.get('start')), 1800e9);
    assert.deepEqual(await rowsOf('loki', '# range: 1h\nrate({app="web"}[5m])'), [
      { time: '2023-11-14T22:13:20.000Z', app: 'web', value: 1.5 },
    ]);
    assert.deepEqual(await rowsOf('loki', '# show: labels'), [{ label: 'app' }, { label: 'pod' }]);
    assert.deepEqual(await rowsOf('loki', '# show: values app'), [{ value: 'web' }]);
  });
  it('tells what the server says against a query', async () => {
    const failed = (await ask('loki', '{app="web"} |~~ "x"')) as ActionFailure;
    assert.equal(failed.reason, 'refused-by-tool');
    assert.match(failed.message, /parse error at line 1/);
    assert.equal(((await ask('loki', '# limit: lots\n{app="web"}')) as ActionFailure).reason, 'refused-by-tool');
    assert.equal(((await ask('loki', '{app={v}}', { v: '"} |= "' })) as ActionFailure).reason, 'invalid-parameter');
  });
});

describe('elasticsearch', () => {
  it('gives hits, buckets, ES|QL and lists as rows', async () => {
    assert.deepEqual(await rowsOf('elasticsearch', 'GET logs/_search'), [
      { _index: 'logs', _id: '0', _score: 1, message: '/logs/_search', 'service.name': 'web' },
    ]);
    assert.deepEqual(
      await rowsOf(
        'elasticsearch',
        'POST logs/_search\n{ "size": 0, "aggs": { "by_status": { "terms": { "field": "status" } } } }',
      ),
      [{ by_status: '500', doc_count: 4, slowest: 9.5 }],
    );
    assert.deepEqual(await rowsOf('elasticsearch', 'POST /_query\n{ "query": "FROM logs | STATS n = COUNT(*)" }'), [
      { n: 5 },
    ]);
    assert.deepEqual(await rowsOf('elasticsearch', 'GET _cat/indices'), [
      { health: 'green', index: 'logs', 'docs.count': '5' },
    ]);
  });
  it('tells what the server says against a query', async () => {
    const failed = (await ask('elasticsearch', 'GET missing/_search')) as ActionFailure;
    assert.deepEqual([failed.reason, failed.message], ['refused-by-tool', 'no such index [missing]']);
  });
  it('takes only searching for a read', async () => {
    for (const code of [
      'GET logs/_search',
      'HEAD logs',
      'POST logs/_search\n{}',
      'POST logs/_count',
      'POST _query\n{}',
      'POST /a,b/_msearch',
    ])
      assert.equal(await effectOf('elasticsearch', code), 'read', code);
    for (const code of [
      'DELETE logs',
      'GET logs/_flush',
      'PUT logs',
      'POST logs/_doc\n{}',
      'POST logs/_delete_by_query\n{}',
      'POST _bulk',
      'POST logs/_update/1',
      'POST _search/scroll',
      'POST x_search/_close',
      'POST _cluster/reroute',
      'POST _search/_delete_by_query',
      'POST logs/_search/../_delete_by_query',
    ])
      assert.notEqual(await effectOf('elasticsearch', code), 'read', code);
    for (const code of ['GET http://evil/_search', 'GET //evil/_search', 'GET logs/../../x', 'GET logs\nX-A: b'])
      assert.match(await effectOf('elasticsearch', code), /^refused/, code);
  });
});

describe('jaeger', () => {
  it('gives traces, spans, services and operations as rows', async () => {
    assert.deepEqual(await rowsOf('jaeger', 'service: web\nlookback: 2h\ntags: {"error":"true"}'), [
      {
        trace: 'abc123',
        service: 'web',
        operation: 'GET /',
        start: '2023-11-14T22:13:20.000Z',
        duration_ms: 9,
        spans: 2,
        errors: 1,
      },
    ]);
    assert.equal(server.seen.at(-1)?.url.searchParams.get('tags'), '{"error":"true"}');
    const spans = await rowsOf('jaeger', 'trace: {id}', { id: 'abc123' });
    assert.deepEqual(
      spans.map((span) => [span['span'], span['parent'], span['error']]),
      [
        ['a', null, false],
        ['b', 'a', true],
      ],
    );
    assert.deepEqual(await rowsOf('jaeger', 'show: services'), [{ service: 'web' }]);
    assert.deepEqual(await rowsOf('jaeger', 'show: operations\nservice: web'), [{ operation: 'GET /' }]);
  });
  it('tells what cannot be asked', async () => {
    assert.equal(((await ask('jaeger', 'trace: ffff')) as ActionFailure).message, 'trace not found');
    for (const code of [
      '',
      'servce: x',
      'trace: ../services',
      'service: web\nlookback: long',
      'service: web\nlimit: all',
      'operation: x',
    ])
      assert.ok('reason' in (await ask('jaeger', code)), code);
  });
});

describe('a service at the wrong address', () => {
  it('is told as such, not in words of whoever answers there', async () => {
    const other = createServer((_, response) =>
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page'),
    );
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as AddressInfo;
    const tool = await open('elasticsearch', { baseUrl: `http://127.0.0.1:${port}` });
    const failed = await tool.check(new AbortController().signal);
    other.close();
    assert.equal(failed?.message, 'The server does not answer as Elasticsearch does (status 404): 404 page.');
  });
});

/** What each kind says of one answer, to the connection's check or to the block that asks for one text. */
async function saidOf(
  kind: string,
  { status = 200, body = '', headers = {} }: { status?: number; body?: string; headers?: Record<string, string> },
): Promise<ActionResult | ActionFailure> {
  const other = createServer((message, response) => {
    message.resume();
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  const { port } = other.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;
  const auth = { bearer: '${secret:TOKEN}' };
  try {
    return await ask(kind, blocks[kind]?.block('x') ?? '', {}, { baseUrl, auth });
  } finally {
    other.close();
  }
}

for (const kind of Object.keys(blocks))
  describe(`${kind} in trouble`, () => {
    const title = { loki: 'Loki', elasticsearch: 'Elasticsearch', jaeger: 'Jaeger', kusto: 'Kusto' }[kind] ?? '';
    const troubles: readonly [string, Parameters<typeof saidOf>[1], string, boolean][] = [
      [
        'a login page',
        { body: '<!DOCTYPE html><html><head><title>Sign in</title></head></html>' },
        `The server does not answer as ${title} does (status 200): a web page, “Sign in”.`,
        false,
      ],
      [
        'JSON of something else',
        { body: '{"hello":"world"}' },
        `The server does not answer as ${title} does: {"hello":"world"}.`,
        false,
      ],
      ['nothing at all', {}, `The server does not answer as ${title} does: nothing.`, false],
      [
        'a login that is refused',
        { status: 401, body: 'Token expired.' },
        `${title} refused the login (status 401): Token expired. \`auth\` of \`it\` in tsg.yaml is how it logs in.`,
        false,
      ],
      [
        'too many queries',
        { status: 429, body: 'slow down', headers: { 'retry-after': '7' } },
        `${title} asks for fewer queries (status 429): slow down. It asks to wait for 7 s. \`limits\` of \`it\` in tsg.yaml can slow it down.`,
        true,
      ],
      [
        'a fault of the server',
        { status: 502, body: '<html><body><h1>502 Bad Gateway</h1></body></html>' },
        `${title}, or what stands before it, failed (status 502): a web page, “502 Bad Gateway”.`,
        true,
      ],
      [
        'another address',
        { status: 302, headers: { location: 'https://ada:pw@login.example/oauth?state=secret' } },
        `${title} is not at this address: it leads elsewhere (status 302), to https://login.example/oauth, which was not followed. \`baseUrl\` of \`it\` in tsg.yaml says where it is.`,
        false,
      ],
    ];
    for (const [what, answer, message, transient] of troubles)
      it(`says what to look at when it gets ${what}, and takes it for no finding`, async () => {
        const asked = answer.headers && 'retry-after' in answer.headers ? { retryAfterMs: 7000 } : {};
        assert.deepEqual(await saidOf(kind, answer), { reason: 'unavailable', message, transient, ...asked });
      });
  });

describe('an answer that says that it is not whole', () => {
  it('has failed where Kusto or Jaeger say so', async () => {
    const tables = [{ TableName: 'T', Columns: [{ ColumnName: 'x' }], Rows: [] }];
    const cut = await saidOf('kusto', {
      body: JSON.stringify({ Tables: tables, Exceptions: ['Query ran out of memory'] }),
    });
    assert.deepEqual(cut, { reason: 'refused-by-tool', message: 'Query ran out of memory', transient: false });
    const body = JSON.stringify({ data: null, errors: [{ code: 500, msg: 'storage is away' }] });
    assert.equal(((await saidOf('jaeger', { body })) as ActionFailure).message, 'storage is away');
    const none = await saidOf('jaeger', { body: '{"data":null,"errors":null}' });
    assert.equal((none as ActionResult).rowCount, 0);
  });

  it('is noted where shards of Elasticsearch failed or it ran out of time', async () => {
    const shards = { total: 5, failed: 2, failures: [{ reason: { reason: 'node left' } }] };
    const body = JSON.stringify({ timed_out: true, _shards: shards, hits: { total: { value: 0 }, hits: [] } });
    const { notes, rowCount } = (await saidOf('elasticsearch', { body })) as ActionResult;
    assert.deepEqual(notes, [
      'The search ran out of time: not everything was looked at.',
      '2 of 5 shards failed, so not everything was looked at: node left.',
    ]);
    assert.equal(rowCount, 0);
  });
});

describe('kusto', () => {
  it('asks one database and sends commands to their own address', async () => {
    assert.deepEqual(await rowsOf('kusto', 'Requests | take 1'), [
      { x: 'Requests | take 1', endpoint: '/v1/rest/query' },
    ]);
    assert.deepEqual(JSON.parse(server.seen.at(-1)?.body ?? '{}'), { db: 'Telemetry', csl: 'Requests | take 1' });
    const [row] = await rowsOf('kusto', '.show tables');
    assert.equal(row?.['endpoint'], '/v1/rest/mgmt');
  });
  it('writes values as literals', async () => {
    const sent = async (code: string, values: Record<string, string | number>): Promise<string> => {
      await ask('kusto', code, values);
      return (JSON.parse(server.seen.at(-1)?.body ?? '{}') as { csl: string }).csl;
    };
    assert.equal(await sent('T | where a == {v}', { v: 'x" | .drop' }), 'T | where a == "x\\" | .drop"');
    assert.equal(await sent("T | where a == '{v}'", { v: "it's \\" }), "T | where a == 'it\\'s \\\\'");
    assert.equal(await sent("T | where a == @'{v}'", { v: "it's" }), "T | where a == @'it''s'");
    assert.equal(
      await sent('T | where n > {v} and t > ago({w})', { v: 5, w: '1h' }),
      'T | where n > 5 and t > ago(1h)',
    );
    assert.equal(await sent('T // {v}\n| take 1', { v: 'x\n.drop table T' }), 'T \n| take 1');
    for (const code of ['T | where a == "\\{v}"', 'T | project a{v}', 'T | where a == "x'])
      assert.ok('reason' in (await ask('kusto', code, { v: 'x' })), code);
  });
  it('takes queries for reads and commands for writes', async () => {
    assert.equal(await effectOf('kusto', 'T | where a == ".drop"'), 'read');
    assert.equal(await effectOf('kusto', '.show tables'), 'read');
    assert.equal(await effectOf('kusto', '// x\n.drop table T'), 'write');
    assert.equal(await effectOf('kusto', "T | evaluate http_request('https://evil')"), 'unknown');
    assert.equal(((await ask('kusto', 'Nowhere')) as ActionFailure).message, "Failed to resolve table 'Nowhere'");
  });
});
