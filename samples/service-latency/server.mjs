// The quote service of this sample: answers its admin interface, slowly while its rate cache is cold, fast once it is warm.
// Started by the `quotes` tool of tsg.yaml; by hand: `node server.mjs`. PORT chooses another port.
import { createServer } from 'node:http';

const cache = { warm: false, entries: 212, hits: 1_874, misses: 7_048 };
const workers = { total: 12, busy: 7 };

const routes = {
  'GET /admin/health': () => ({ service: 'quotes', status: 'serving', version: '2.11.3' }),
  'GET /admin/latency': ({ window }) =>
    cache.warm && window.endsWith('s')
      ? { window, requests: 96, p50_ms: 38, p95_ms: 142, p99_ms: 203 }
      : { window, requests: 8_922, p50_ms: 310, p95_ms: 911, p99_ms: 1_630 },
  'GET /admin/cache': () => ({
    entries: cache.entries,
    hit_rate: Math.round((1000 * cache.hits) / (cache.hits + cache.misses)) / 1000,
    emptied_at: '2025-03-22T04:00:07Z',
    emptied_by: 'nightly-restart',
  }),
  'GET /admin/workers': () => ({ ...workers, queue: 0 }),
  'POST /admin/cache/warm': () => {
    Object.assign(cache, { warm: true, entries: 18_400, hits: 9_310, misses: 288 });
    return { warmed: 18_188, took_ms: 1_004 };
  },
};

const server = createServer((request, response) => {
  const address = new URL(request.url ?? '/', 'http://service');
  const route = routes[`${request.method} ${address.pathname}`];
  const body = route ? route({ window: address.searchParams.get('window') ?? '15m' }) : { error: 'no such path' };
  response.writeHead(route ? 200 : 404, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(body, null, 2)}\n`);
  request.resume();
});
const port = Number(process.env.PORT ?? 48917);
server.listen(port, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${port}`));

// Started by a tool, it ends with it: the tool's end closes our standard input.
if (process.env.TSG_SERVED === '1') {
  process.stdin.resume();
  process.stdin.on('close', () => process.exit(0));
}
