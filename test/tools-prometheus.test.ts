// The `prometheus` tool against a real server that the tests start, scraping a small exporter of the tests' own.
import { strict as assert } from 'node:assert';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { join } from 'node:path';
import type { ActionFailure, ActionResult, PerformOutcome, Tool } from '../src/run/index.ts';
import { openTools } from '../src/tools/index.ts';
import { placeQuery } from '../src/tools/prometheus/place-query.ts';
import { readDirectives } from '../src/tools/prometheus/read-directives.ts';
import { actionOf, bindingsOf } from './support/action-of.ts';
import {
  freePort,
  programsOrSkip,
  removeFolder,
  serverFolder,
  startServer,
  type RealServer,
} from './support/real-server.ts';
import { refusingServer } from './support/refusing-server.ts';
import { toolContract } from './support/tool-contract.ts';

const never = new AbortController().signal;
const endless = 'max_over_time(quantile_over_time(0.5, vector(time() % 7)[1d:1s])[1d:1s])';
type Values = Record<string, string | number | boolean>;

describe('prometheus', function () {
  this.timeout(60_000);
  let folder = '';
  let port = 0;
  let server: RealServer | undefined;
  let exporter: Server;
  let proxy: TcpServer;
  const sockets = new Set<Socket>();

  const open = async (settings: object = {}): Promise<Tool> => {
    const toolbox = await openTools(
      {
        folder,
        tools: { metrics: { kind: 'prometheus', baseUrl: `http://127.0.0.1:${port}`, ...settings } },
        secrets: {},
      },
      { env: {} },
    );
    return toolbox.tools[0] ?? assert.fail();
  };
  const perform = async (tool: Tool, code: string, values: Values = {}): Promise<PerformOutcome> => {
    const rendered = tool.render(actionOf('promql', code), bindingsOf(values));
    if ('reason' in rendered) return { kind: 'failure', failure: rendered };
    return tool.perform(rendered, { timeoutMs: 20_000, signal: never });
  };
  const query = async (code: string, values: Values = {}, settings: object = {}): Promise<ActionResult> => {
    const outcome = await perform(await open(settings), code, values);
    return outcome.kind === 'result' ? outcome.result : assert.fail(JSON.stringify(outcome.failure));
  };
  const refusal = async (code: string, values: Values = {}, settings: object = {}): Promise<ActionFailure> => {
    const outcome = await perform(await open(settings), code, values);
    return outcome.kind === 'failure' ? outcome.failure : assert.fail(JSON.stringify(outcome.result));
  };
  const get = (path: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path }, (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
        answer.on('end', () => resolve(body));
      });
      sent.once('error', reject);
      sent.end();
    });

  before(async function () {
    const { prometheus } = programsOrSkip(this, { prometheus: 'prometheus' });
    folder = serverFolder('prometheus');
    exporter = createServer((_, answer) =>
      answer
        .writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
        .end(
          [
            '# HELP http_requests_total Requests that were answered.',
            '# TYPE http_requests_total counter',
            'http_requests_total{service="checkout",code="200",note="Grüße 漢字 🚀"} 1000',
            'http_requests_total{service="checkout",code="500"} 25',
            'http_requests_total{service="pay.v1",code="200"} 7',
            'http_requests_total{service="payXv1",code="200"} 8',
            '# TYPE odd gauge',
            'odd{value="a",time="b"} NaN',
            '',
          ].join('\n'),
        ),
    );
    await new Promise<void>((resolve) => exporter.listen(0, '127.0.0.1', resolve));
    const target = (exporter.address() as AddressInfo).port;
    writeFileSync(
      join(folder, 'prometheus.yml'),
      `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [${folder}/rules.yml]
scrape_configs: [{ job_name: shop, static_configs: [{ targets: ['127.0.0.1:${target}'] }] }]
`,
    );
    writeFileSync(
      join(folder, 'rules.yml'),
      `groups:
  - name: shop
    rules:
      - { alert: Errors, expr: 'http_requests_total{code="500"} > 1', labels: { severity: page }, annotations: { summary: 'too many' } }
      - { record: 'service:requests:sum', expr: 'sum by (service) (http_requests_total)' }
`,
    );
    // The configuration is read by a user who may not own it.
    chmodSync(join(folder, 'prometheus.yml'), 0o644);
    chmodSync(join(folder, 'rules.yml'), 0o644);
    port = await freePort();
    server = await startServer(
      prometheus,
      [
        `--config.file=${folder}/prometheus.yml`,
        `--storage.tsdb.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--query.max-samples=2000000000',
      ],
      async () =>
        (await get('/api/v1/query?query=service:requests:sum')).includes('checkout') &&
        (await get('/api/v1/alerts')).includes('"firing"'),
    );
    proxy = createTcpServer((socket) => {
      const behind = connect(port, '127.0.0.1');
      for (const one of [socket, behind]) {
        sockets.add(one);
        one.on('error', () => undefined);
        one.on('close', () => sockets.delete(one));
      }
      socket.pipe(behind).pipe(socket);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    exporter?.close();
    proxy?.close();
    for (const socket of sockets) socket.destroy();
    await server?.kill();
    if (folder !== '') removeFolder(folder);
  });

  toolContract(
    'prometheus',
    () => open({ baseUrl: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, maxRows: 1000 }),
    () => ({
      unicode: actionOf('promql', 'label_replace(vector(1), "said", "Grüße 漢字 🚀", "", "")'),
      hangs: actionOf('promql', endless),
      huge: actionOf('promql', '# from: 2024-01-01T00:00:00Z\n# to: 2024-01-01T03:00:00Z\n# step: 1s\nvector(1)'),
      binary: actionOf('promql', 'label_join(vector(1), "said", "\\x00\\x01", "a", "b")'),
      empty: actionOf('promql', 'vector(1) > 2'),
      echo: actionOf('promql', 'label_join(vector(1), "said", "{value}", "a", "b")'),
      crashes: actionOf('promql', endless),
      kill: () => sockets.forEach((socket) => socket.destroy()),
      crashReason: 'unavailable',
      badLogin: {
        open: async () => open({ baseUrl: `http://127.0.0.1:${await refusingServer()}` }),
        told: /refused the login/,
        secret: 'canary',
      },
      read: (result) => result.rows?.[0]?.['said'],
    }),
  );

  it('gives a row a series, its labels first, its value and time last', async () => {
    const result = await query('http_requests_total{service="{service}"}', { service: 'checkout' });
    assert.deepEqual(
      result.columns?.map(({ name }) => name),
      ['metric', 'code', 'instance', 'job', 'note', 'service', 'value', 'time'],
    );
    assert.deepEqual(
      result.rows?.map(({ code, value }) => [code, value]),
      [
        ['200', 1000],
        ['500', 25],
      ],
    );
    assert.match(String(result.rows?.[0]?.['time']), /^\d{4}-\d\d-\d\dT.*Z$/);
  });
  it('asks over a range', async () => {
    const result = await query('# range: {window}\n# step: 1s\nup', { window: '5s' });
    assert.ok((result.rowCount ?? 0) >= 1);
    const fixed = await query('# from: 2024-01-01T00:00:00Z\n# to: 2024-01-01T00:01:00Z\n# step: 30s\nvector(3)');
    assert.deepEqual(fixed.rows, [
      { value: 3, time: '2024-01-01T00:00:00.000Z' },
      { value: 3, time: '2024-01-01T00:00:30.000Z' },
      { value: 3, time: '2024-01-01T00:01:00.000Z' },
    ]);
    const at = await query('# at: {when}\ntime()', { when: '2024-01-01T00:00:00Z' });
    assert.deepEqual(at.rows, [{ value: 1_704_067_200, time: '2024-01-01T00:00:00.000Z' }]);
  });
  it('gives scalars, texts, values that are no numbers, and labels named like its own columns', async () => {
    assert.equal((await query('1 + 1')).rows?.[0]?.['value'], 2);
    assert.equal((await query('"words"')).rows?.[0]?.['value'], 'words');
    const odd = (await query('odd')).rows?.[0];
    assert.deepEqual([odd?.['value'], odd?.['label_value'], odd?.['label_time']], ['NaN', 'a', 'b']);
    assert.equal((await query('1 / 0')).rows?.[0]?.['value'], '+Inf');
  });
  it('lists alerts, rules, targets, labels, their values and series', async () => {
    const [alert] = (await query('# show: alerts')).rows ?? [];
    assert.deepEqual(
      [alert?.['alertname'], alert?.['state'], alert?.['annotation_summary']],
      ['Errors', 'firing', 'too many'],
    );
    assert.deepEqual(
      (await query('# show: rules')).rows?.map(({ name, type }) => [name, type]),
      [
        ['Errors', 'alerting'],
        ['service:requests:sum', 'recording'],
      ],
    );
    assert.equal((await query('# show: targets')).rows?.[0]?.['health'], 'up');
    assert.ok((await query('# show: labels')).rows?.some(({ label }) => label === 'service'));
    assert.deepEqual((await query('# show: values service')).rows, [
      { value: 'checkout' },
      { value: 'pay.v1' },
      { value: 'payXv1' },
    ]);
    assert.equal((await query('# show: series\nhttp_requests_total{code="200"}')).rowCount, 3);
  });
  it('lists names of metrics, with what is said of them, and of labels', async () => {
    const listed = await (await open()).schema?.(never);
    assert.ok(listed && 'kind' in listed && listed.kind === 'metrics', JSON.stringify(listed));
    const requests = listed.metrics.find(({ name }) => name === 'http_requests_total');
    assert.equal(requests?.help, 'counter: Requests that were answered.');
    assert.ok(listed.metrics.some(({ name, help }) => name === 'service:requests:sum' && help === undefined));
    for (const label of ['service', 'code', 'job']) assert.ok(listed.labels.includes(label), label);
    assert.ok(!listed.labels.includes('__name__'));
    const nothing = await (await open({ baseUrl: `http://127.0.0.1:${port}/nowhere` })).schema?.(never);
    assert.equal(nothing && 'reason' in nothing && nothing.reason, 'unavailable');
  });
  it('takes a value in a regular expression literally', async () => {
    assert.equal((await query('http_requests_total{service=~"{s}|none"}', { s: 'pay.v1' })).rowCount, 1);
    assert.equal((await query('http_requests_total{service=~"{s}"}', { s: '.*' })).rowCount, 0);
    assert.equal((await query('http_requests_total{service=~`{s}`}', { s: 'pay.v1' })).rowCount, 1);
  });
  it('points at the place of an error', async () => {
    const at = async (code: string, values: Values = {}): Promise<string> => {
      const failure = await refusal(code, values);
      assert.equal(failure.reason, 'refused-by-tool', failure.message);
      return code.slice(failure.at?.start, failure.at?.end);
    };
    assert.equal(await at('# ü\nup{job="{x}"} == nope(', { x: 'a long value 🚀' }), '(');
    assert.equal(await at('sum(up{job="ü"}) by by'), 'by');
    assert.equal(await at('nope(up)'), 'nope');
  });
  it('explains without asking for data', async () => {
    const tool = await open();
    const explain = async (code: string) => {
      const rendered = tool.render(actionOf('promql', code), []);
      assert.ok('text' in rendered);
      return tool.explain(rendered, never);
    };
    assert.equal((await explain(endless)).kind, 'accepted');
    const refused = await explain('sum(up');
    assert.ok(refused.kind === 'refused');
    assert.match(refused.failure.message, /parse error/);
  });
  it('tells what is no Prometheus, a server that refuses a login, and one that is gone', async () => {
    const other = createServer((message, answer) =>
      answer.writeHead(message.url?.startsWith('/login') ? 401 : 404).end('nothing here'),
    );
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const told = async (baseUrl: string): Promise<ActionFailure | null> => (await open({ baseUrl })).check(never);
    assert.match((await told(address))?.message ?? '', /has no Prometheus API/);
    assert.match((await told(`${address}/login`))?.message ?? '', /refused the login \(status 401\)/);
    other.close();
    const gone = await told(`http://127.0.0.1:${await freePort()}`);
    assert.equal(gone?.transient, true);
    assert.match(gone?.message ?? '', /refused the connection/);
  });
  it('refuses an answer that is larger than it may be', async () => {
    assert.match((await refusal('http_requests_total', {}, { maxBody: '100B' })).message, /larger than 100 bytes/);
  });
});

describe('values in PromQL', () => {
  const placed = (code: string, values: Values) => {
    const action = actionOf('promql', code);
    const holes = action.placeholders.map(({ parameter, span }) => ({
      start: span.start - 100,
      end: span.end - 100,
      binding: { name: parameter, value: values[parameter] ?? '', secret: false },
    }));
    return { holes, result: placeQuery(code, holes) };
  };
  const cases: [string, Values, string][] = [
    ['up{job="{x}"}', { x: 'a"} or vector(1) #' }, 'up{job="a\\"} or vector(1) #"}'],
    ["up{job='{x}'}", { x: "a'\\" }, "up{job='a\\'\\\\'}"],
    ['up{job="{x}"}', { x: 'a\nb' }, 'up{job="a\\x0ab"}'],
    ['up{job=~"{x}.*"}', { x: 'a.b|c' }, 'up{job=~"a\\\\.b\\\\|c.*"}'],
    ['rate(up[{w}])', { w: '5m' }, 'rate(up[5m])'],
    ['rate(up[{n}m])', { n: 5 }, 'rate(up[5m])'],
    ['up > {n}', { n: -0.5 }, 'up > -0.5'],
    ['up > {n} or up offset {w}', { n: '10', w: '1h30m' }, 'up > 10 or up offset 1h30m'],
    ['up @ {t}', { t: '2024-01-01T00:00:00Z' }, 'up @ 1704067200'],
    ['up # {x}', { x: '\n or vector(1)' }, 'up # {x}'],
    ['up # "{x}\n== 1', { x: 'y' }, 'up # "{x}\n== 1'],
  ];
  for (const [code, values, query] of cases)
    it(`${code} with ${JSON.stringify(values)}`, () => {
      const { result } = placed(code, values);
      assert.ok('query' in result, JSON.stringify(result));
      assert.equal(result.query, query);
    });
  const refused: [string, Values][] = [
    ['{x}', { x: 'up' }],
    ['up_{x}', { x: '1' }],
    ['{x}_total', { x: '1' }],
    ['up > {x}', { x: '1 or vector(1)' }],
    ['rate(up[{w}])', { w: '5m]) or (up[5m' }],
    ['rate(up[{n}m])', { n: '5m' }],
    ['up{job=`{x}`}', { x: 'a`} or vector(1) #' }],
    ['up{job="\\{x}"}', { x: '"' }],
    ['up{job="{x}', { x: 'a' }],
    ['sum by ({x}) (up)', { x: 'job' }],
    ['up @ {t}', { t: 'start()' }],
  ];
  for (const [code, values] of refused)
    it(`refuses ${code} with ${JSON.stringify(values)}`, () => {
      const { result } = placed(code, values);
      assert.ok('reason' in result, JSON.stringify(result));
      assert.equal(result.reason, 'invalid-parameter');
    });
  it('reads what its comments ask', () => {
    const read = (code: string) => readDirectives(code, [], 1_700_000_000);
    assert.deepEqual(read('up'), { kind: 'instant', at: null });
    assert.deepEqual(read('# range: 1h\nup'), { kind: 'range', from: 1_699_996_400, to: 1_700_000_000, step: 36 });
    assert.deepEqual(read('#from: now-2h\n# to: now-1h\n# step: 1m\nup'), {
      kind: 'range',
      from: 1_699_992_800,
      to: 1_699_996_400,
      step: 60,
    });
    assert.deepEqual(read('# show: values job'), { kind: 'values', label: 'job' });
    for (const code of [
      '# range: soon',
      '# at: yesterday',
      '# show: everything',
      '# step: 0s',
      '# from: now\n# to: now-1h',
    ])
      assert.ok('reason' in read(code), code);
  });
});
