// A local stand-in for Loki, Elasticsearch, Jaeger and Kusto, which answers as their public API documentation says: none of them
// can be had in the tests. What a query names decides how it answers: `unicode`, `hang`, `huge`, `binary`, `empty`, `crash`.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly authorization: string | undefined;
}

export interface ObservabilityServer {
  readonly base: string;
  readonly seen: readonly Seen[];
  close(): void;
}

/** Starts the stand-in on a free loopback port. */
export async function startObservability(): Promise<ObservabilityServer> {
  const seen: Seen[] = [];
  let base = '';
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', base);
      const { method = 'GET' } = request;
      seen.push({ method, url, body, authorization: request.headers.authorization });
      answer({ method, url, body, authorization: request.headers.authorization }, request, response);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    seen,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(asked: Seen, request: IncomingMessage, response: ServerResponse): void {
  const json = (status: number, content: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
  };
  if (asked.authorization === 'Bearer wrong') return json(401, { message: 'no' });
  const text = wordsOf(asked);
  if (text.includes('hang')) return;
  if (text.includes('crash')) {
    response.writeHead(200, { 'content-length': '100' }).write('{');
    setImmediate(() => request.socket.destroy());
    return;
  }
  const texts = text.includes('unicode')
    ? ['Grüße 漢字 🚀']
    : text.includes('huge')
      ? Array.from({ length: 5000 }, (_, n) => `row ${n} ${'x'.repeat(100)}`)
      : text.includes('binary')
        ? ['a\u0000b']
        : text.includes('empty')
          ? []
          : [text];
  const { pathname } = asked.url;
  if (pathname.startsWith('/loki/')) return loki(asked, texts, json, response);
  if (pathname.startsWith('/v1/rest/')) return kusto(asked, texts, json);
  if (pathname.startsWith('/api/')) return jaeger(asked, texts, json);
  return elasticsearch(asked, texts, json);
}

/** The text that a query holds in quotes, or as its service: what `echo` gives back. */
function wordsOf({ url, body }: Seen): string {
  if (url.pathname.startsWith('/loki/')) {
    const query = new URLSearchParams(body).get('query') ?? '';
    const quoted = /"((?:[^"\\]|\\.)*)"/.exec(query)?.[1] ?? query;
    return JSON.parse(`"${quoted.replace(/\\x(..)/g, '\\u00$1')}"`) as string;
  }
  if (url.pathname.startsWith('/v1/rest/')) {
    const { csl } = JSON.parse(body) as { csl: string };
    const quoted = /"((?:[^"\\]|\\.)*)"/.exec(csl)?.[1];
    return quoted === undefined ? csl : (JSON.parse(`"${quoted}"`) as string);
  }
  if (url.pathname.startsWith('/api/')) return url.searchParams.get('service') ?? url.pathname;
  if (body === '') return url.pathname;
  const { query } = JSON.parse(body) as { query?: { match?: Record<string, string> } };
  return Object.values(query?.match ?? {})[0] ?? url.pathname;
}

type Reply = (status: number, content: unknown) => void;

function loki({ url, body }: Seen, texts: readonly string[], json: Reply, response: ServerResponse): void {
  if (url.pathname.endsWith('/labels')) return json(200, { status: 'success', data: ['app', 'pod'] });
  if (/\/label\/app\/values$/.test(url.pathname)) return json(200, { status: 'success', data: ['web'] });
  const query = new URLSearchParams(body).get('query') ?? '';
  if (query.includes('|~~')) {
    response.writeHead(400, { 'content-type': 'text/plain' }).end('parse error at line 1, col 7: syntax error');
    return;
  }
  if (query.startsWith('rate('))
    return json(200, {
      status: 'success',
      data: { resultType: 'matrix', result: [{ metric: { app: 'web' }, values: [[1700000000, '1.5']] }] },
    });
  const values = texts.map((line, n) => [`17000000000000000${String(n % 10)}0`, line]);
  json(200, {
    status: 'success',
    data: { resultType: 'streams', result: texts.length === 0 ? [] : [{ stream: { app: 'web' }, values }] },
  });
}

function elasticsearch({ method, url, body }: Seen, texts: readonly string[], json: Reply): void {
  if (url.pathname === '/') return json(200, { name: 'node', version: { number: '8.15.0' } });
  if (url.pathname === '/missing/_search')
    return json(404, {
      error: {
        root_cause: [{ type: 'index_not_found_exception', reason: 'no such index [missing]' }],
        type: 'x',
        reason: 'y',
      },
      status: 404,
    });
  if (url.pathname === '/_cat/indices' && url.searchParams.get('format') === 'json')
    return json(200, [{ health: 'green', index: 'logs', 'docs.count': '5' }]);
  if (url.pathname === '/_query') return json(200, { columns: [{ name: 'n', type: 'long' }], values: [[5]] });
  if (method === 'DELETE') return json(200, { acknowledged: true });
  if (body.includes('"aggs"'))
    return json(200, {
      hits: { total: { value: 7 }, hits: [] },
      aggregations: { by_status: { buckets: [{ key: '500', doc_count: 4, slowest: { value: 9.5 } }] } },
    });
  json(200, {
    hits: {
      total: { value: texts.length, relation: 'eq' },
      hits: texts.map((message, n) => ({
        _index: 'logs',
        _id: String(n),
        _score: 1,
        _source: { message, service: { name: 'web' } },
      })),
    },
  });
}

function jaeger({ url }: Seen, texts: readonly string[], json: Reply): void {
  const trace = (service: string) => ({
    traceID: 'abc123',
    spans: [
      {
        spanID: 'b',
        operationName: 'query',
        references: [{ refType: 'CHILD_OF', spanID: 'a' }],
        startTime: 1_700_000_000_500_000,
        duration: 2500,
        processID: 'p1',
        tags: [{ key: 'error', value: true }],
      },
      {
        spanID: 'a',
        operationName: 'GET /',
        references: [],
        startTime: 1_700_000_000_000_000,
        duration: 9000,
        processID: 'p1',
        tags: [],
      },
    ],
    processes: { p1: { serviceName: service } },
  });
  if (url.pathname === '/api/services') return json(200, { data: ['web'] });
  if (url.pathname === '/api/services/web/operations') return json(200, { data: ['GET /'] });
  if (url.pathname === '/api/traces/abc123') return json(200, { data: [trace('web')] });
  if (url.pathname.startsWith('/api/traces/'))
    return json(404, { data: null, errors: [{ code: 404, msg: 'trace not found' }] });
  json(200, { data: texts.map(trace) });
}

function kusto({ url, body }: Seen, texts: readonly string[], json: Reply): void {
  const { csl } = JSON.parse(body) as { csl: string };
  if (csl.includes('Nowhere'))
    return json(400, {
      error: {
        code: 'General_BadRequest',
        message: 'Request is invalid',
        '@message': "Failed to resolve table 'Nowhere'",
      },
    });
  json(200, {
    Tables: [
      {
        TableName: 'Table_0',
        Columns: [
          { ColumnName: 'x', DataType: 'String', ColumnType: 'string' },
          { ColumnName: 'endpoint', DataType: 'String', ColumnType: 'string' },
        ],
        Rows: texts.map((text) => [text, url.pathname]),
      },
    ],
  });
}
