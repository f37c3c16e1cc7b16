// The `kubernetes` tool: a real kubectl against a local stand-in for the cluster's API, which answers as its documentation
// says. No cluster can be had in the tests.
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionFailure, ActionResult, PerformOutcome, Tool } from '../src/run/index.ts';
import { openTools } from '../src/tools/index.ts';
import { placeArguments } from '../src/tools/kubernetes/place-arguments.ts';
import { actionOf, bindingsOf } from './support/action-of.ts';
import { freePort, programsOrSkip } from './support/real-server.ts';
import { refusingServer } from './support/refusing-server.ts';
import { toolContract } from './support/tool-contract.ts';

const never = new AbortController().signal;
type Values = Record<string, string | number | boolean>;

const pod = (name: string, status: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', creationTimestamp: '2024-01-01T00:00:00Z' },
  spec: { nodeName: 'node1', containers: [{ name: 'app' }] },
  status: {
    phase: 'Running',
    containerStatuses: [{ ready: true, restartCount: 0, state: { running: {} } }],
    ...status,
  },
});
const list = (kind: string, items: readonly object[]) => ({
  kind: `${kind}List`,
  apiVersion: 'v1',
  metadata: {},
  items,
});

describe('kubernetes', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'tsg-kubernetes-'));
  let api: Server;
  const asked: string[] = [];

  const writeConfig = (name: string, port: number): void =>
    writeFileSync(
      join(folder, name),
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${port}` } }],
        users: [{ name: 'u', user: { token: 'cluster-token-123' } }],
        contexts: [{ name: 'test', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
        'current-context': 'test',
      }),
    );
  const open = async (settings: object = {}): Promise<Tool> => {
    const toolbox = await openTools(
      { folder, tools: { cluster: { kind: 'kubernetes', kubeconfig: 'config', ...settings } }, secrets: {} },
      { env: { ...process.env, HOME: folder } },
    );
    return toolbox.tools[0] ?? assert.fail();
  };
  const perform = async (code: string, values: Values = {}, settings: object = {}): Promise<PerformOutcome> => {
    const tool = await open(settings);
    const rendered = tool.render(actionOf('kubectl', code), bindingsOf(values));
    if ('reason' in rendered) return { kind: 'failure', failure: rendered };
    return tool.perform(rendered, { timeoutMs: 20_000, signal: never });
  };
  const command = async (code: string, values: Values = {}, settings: object = {}): Promise<ActionResult> => {
    const outcome = await perform(code, values, settings);
    return outcome.kind === 'result' ? outcome.result : assert.fail(JSON.stringify(outcome.failure));
  };
  const refusal = async (code: string, values: Values = {}, settings: object = {}): Promise<ActionFailure> => {
    const outcome = await perform(code, values, settings);
    return outcome.kind === 'failure' ? outcome.failure : assert.fail(JSON.stringify(outcome.result));
  };

  before(async function () {
    programsOrSkip(this, { kubectl: 'kubernetes-client' });
    api = createServer((request, answer) => {
      request.resume();
      request.on('end', () => {
        const url = new URL(request.url ?? '/', 'http://x');
        asked.push(`${request.method} ${url.pathname}`);
        const reply = (content: object, status = 200): unknown =>
          answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
        const text = (content: string | Buffer): unknown =>
          answer.writeHead(200, { 'content-type': 'text/plain' }).end(content);
        const failed = (code: number, reason: string, message: string): unknown =>
          reply({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message, code }, code);
        const shop = '/api/v1/namespaces/shop/pods';
        switch (url.pathname) {
          case '/version':
            return reply({ major: '1', minor: '30', gitVersion: 'v1.30.0' });
          case '/api':
            return reply({ kind: 'APIVersions', versions: ['v1'] });
          case '/apis':
            return reply({ kind: 'APIGroupList', apiVersion: 'v1', groups: [] });
          case '/api/v1':
            return reply({
              kind: 'APIResourceList',
              groupVersion: 'v1',
              resources: [
                {
                  name: 'pods',
                  singularName: 'pod',
                  namespaced: true,
                  kind: 'Pod',
                  verbs: ['get', 'list', 'delete'],
                  shortNames: ['po'],
                },
                { name: 'pods/log', singularName: '', namespaced: true, kind: 'Pod', verbs: ['get'] },
                { name: 'secrets', singularName: 'secret', namespaced: true, kind: 'Secret', verbs: ['get', 'list'] },
                { name: 'events', singularName: 'event', namespaced: true, kind: 'Event', verbs: ['get', 'list'] },
              ],
            });
          case shop:
            if (url.searchParams.get('labelSelector') === 'app=none') return reply(list('Pod', []));
            if (url.searchParams.get('labelSelector') === 'app=many')
              return reply(
                list(
                  'Pod',
                  Array.from({ length: 3000 }, (_, i) => pod(`web-${i}`)),
                ),
              );
            if (url.searchParams.get('labelSelector') === 'app=hang') return;
            if (url.searchParams.get('labelSelector') === 'app=crash') return request.socket.destroy();
            return reply(
              list('Pod', [
                pod('web-1'),
                pod('web-2', {
                  containerStatuses: [
                    { ready: false, restartCount: 7, state: { waiting: { reason: 'CrashLoopBackOff' } } },
                  ],
                }),
              ]),
            );
          case `${shop}/web-1`:
            if (request.method === 'DELETE') return reply({ kind: 'Status', apiVersion: 'v1', status: 'Success' });
            return reply(pod('web-1'));
          case `${shop}/unicode`:
          case `${shop}/binary`:
          case `${shop}/hang`:
            return reply(pod(url.pathname.split('/').at(-1) ?? ''));
          case `${shop}/unicode/log`:
            return text('Grüße 漢字 🚀');
          case `${shop}/binary/log`:
            return text(Buffer.alloc(5000));
          case `${shop}/hang/log`:
            return void answer.writeHead(200, { 'content-type': 'text/plain' }).write('started\n');
          case '/api/v1/namespaces/shop/secrets':
            return reply(
              list('Secret', [
                {
                  kind: 'Secret',
                  apiVersion: 'v1',
                  metadata: { name: 'db', namespace: 'shop' },
                  data: { password: 'aHVudGVyMg==' },
                },
              ]),
            );
          case '/api/v1/namespaces/locked/pods':
            return failed(403, 'Forbidden', 'pods is forbidden: User "u" cannot list resource "pods"');
          default:
            return failed(404, 'NotFound', `${url.pathname} not found`);
        }
      });
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    writeConfig('config', (api.address() as AddressInfo).port);
    writeConfig('gone', await freePort());
  });
  after(() => {
    api?.closeAllConnections();
    api?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  toolContract(
    'kubernetes',
    () => open({ maxRows: 100 }),
    () => ({
      unicode: actionOf('kubectl', 'kubectl logs unicode'),
      hangs: actionOf('kubectl', 'kubectl logs -f hang'),
      huge: actionOf('kubectl', 'kubectl get pods -l app=many'),
      binary: actionOf('kubectl', 'kubectl logs binary'),
      empty: actionOf('kubectl', 'kubectl get pods -l app=none'),
      echo: actionOf('kubectl', "kubectl get pod web-1 -o go-template='{value}'"),
      crashes: actionOf('kubectl', 'kubectl get pods -l app=crash'),
      crashReason: 'unavailable',
      badLogin: {
        open: async () => {
          writeConfig('stranger', await refusingServer());
          return open({ kubeconfig: 'stranger' });
        },
        told: /logged in|Unauthorized/,
        secret: 'cluster-token-123',
      },
      read: (result) => result.text,
    }),
  );

  it('gives objects as rows and as JSON', async () => {
    const result = await command('kubectl get pods');
    assert.deepEqual(
      result.rows?.map(({ name, status, ready, restarts }) => [name, status, ready, restarts]),
      [
        ['web-1', 'Running', 1, 0],
        ['web-2', 'CrashLoopBackOff', 0, 7],
      ],
    );
    assert.equal((result.json as { items: unknown[] }).items.length, 2);
    assert.equal((await command('get pod {pod}', { pod: 'web-1' })).rows?.[0]?.['node'], 'node1');
  });
  it('leaves a form that the author asks for as it is', async () => {
    const result = await command("kubectl get pods -o jsonpath='{.items[*].metadata.name}'");
    assert.equal(result.text, 'web-1 web-2');
    assert.equal(result.rows, undefined);
  });
  it('asks for no values of secrets by itself', async () => {
    assert.doesNotMatch(JSON.stringify(await command('kubectl get secrets')), /aHVudGVyMg/);
  });
  it('uses the namespace of the settings where a command names none', async () => {
    asked.length = 0;
    await refusal('kubectl get pods', {}, { namespace: 'locked' });
    assert.ok(asked.includes('GET /api/v1/namespaces/locked/pods'), asked.join(', '));
    assert.equal((await command('kubectl get pods -n shop', {}, { namespace: 'locked' })).rowCount, 2);
  });
  it('stays with the context that was the current one when the run began, and says which it is', async () => {
    const config = (current: string): void =>
      writeFileSync(
        join(folder, 'two'),
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'Config',
          clusters: [
            { name: 'c', cluster: { server: `http://127.0.0.1:${(api.address() as AddressInfo).port}` } },
            { name: 'gone', cluster: { server: 'http://127.0.0.1:9' } },
          ],
          users: [{ name: 'u', user: { token: 'cluster-token-123' } }],
          contexts: [
            { name: 'dev', context: { cluster: 'c', user: 'u', namespace: 'shop' } },
            { name: 'prod', context: { cluster: 'gone', user: 'u' } },
          ],
          'current-context': current,
        }),
      );
    const toolbox = async () => {
      const opened = await openTools(
        { folder, tools: { cluster: { kind: 'kubernetes', kubeconfig: 'two', namespace: 'shop' } }, secrets: {} },
        { env: { ...process.env, HOME: folder } },
      );
      await opened.prepare();
      return opened.tools[0] ?? assert.fail();
    };
    config('dev');
    const tool = await toolbox();
    assert.match(tool.describe(), /^Kubernetes dev at http:\/\/127\.0\.0\.1:\d+, namespace shop, through kubectl$/);
    config('prod');
    const rendered = tool.render(actionOf('kubectl', 'kubectl get pods'), []);
    assert.ok('text' in rendered);
    const outcome = await tool.perform(rendered, { timeoutMs: 20_000, signal: never });
    assert.equal(outcome.kind, 'result', JSON.stringify(outcome));
    const other = await toolbox();
    assert.match(other.describe(), /^Kubernetes prod at http:\/\/127\.0\.0\.1:9,/);
    assert.notEqual(other.connection, tool.connection);
  });
  it('tells what the cluster refuses, what is not there, and a cluster that is gone', async () => {
    const forbidden = await refusal('kubectl get pods -n locked');
    assert.equal(forbidden.reason, 'refused-by-tool');
    assert.match(forbidden.message, /cannot list resource/);
    assert.equal((await refusal('kubectl get pod nothing')).reason, 'refused-by-tool');
    const gone = await (await open({ kubeconfig: 'gone' })).check(never);
    assert.equal(gone?.reason, 'unavailable');
    assert.equal(gone.transient, true);
    assert.equal((await (await open({ context: 'other' })).check(never))?.reason, 'unavailable');
    assert.match((await (await open({ kubectl: 'no-such-kubectl' })).check(never))?.message ?? '', /cannot be started/);
  });
});

describe('kubectl commands', () => {
  it('are read without a shell', () => {
    const args = (code: string) => placeArguments(code, []);
    assert.deepEqual(args('kubectl get pods \\\n  -l "app=a b" # all').valueOf(), {
      args: ['get', 'pods', '-l', 'app=a b'],
      shown: "kubectl get pods -l 'app=a b'",
    });
    for (const code of [
      'kubectl get pods | sh',
      'kubectl get $(id)',
      'get pods; id',
      'get "$X"',
      'get `id`',
      'get pods > /tmp/x',
      'get a\nget b',
      "get 'open",
      '',
    ])
      assert.ok('reason' in args(code), code);
  });
  it('take a value as a part of one argument, never as an option', () => {
    const placed = (code: string, value: string) => {
      const action = actionOf('kubectl', code);
      const [hole] = action.placeholders;
      return placeArguments(code, [
        {
          start: (hole?.span.start ?? 100) - 100,
          end: (hole?.span.end ?? 100) - 100,
          binding: { name: 'x', value, secret: false },
        },
      ]);
    };
    const taken = placed('get pod {x}', 'a -o yaml; id');
    assert.ok('args' in taken);
    assert.deepEqual(taken.args, ['get', 'pod', 'a -o yaml; id']);
    const option = placed('get pod {x}', '--kubeconfig=/tmp/x');
    assert.ok('reason' in option);
    assert.equal(option.reason, 'invalid-parameter');
    assert.ok('args' in placed('get pod -l app={x}', '-x'));
  });
});
