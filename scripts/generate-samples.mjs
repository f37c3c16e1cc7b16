// Makes the data that the samples run on, in each sample's `.data` folder (not in git): telemetry for the availability
// guide and a small volume with log files for the disk guide. Seeded, so the same bytes come out everywhere.
// `node scripts/generate-samples.mjs` makes what is missing or out of date; `--fresh` makes everything again.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const samples = resolve(dirname(fileURLToPath(import.meta.url)), '..', 'samples');

/** Makes the data of every sample whose stamp is not of this script. Returns the names of those it made. */
export function generateSamples({ fresh = false, folder = samples } = {}) {
  const stamp = createHash('sha256')
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex');
  const made = [];
  for (const [name, make] of Object.entries({ 'api-availability': makeTelemetry, 'disk-full': makeVolume })) {
    const data = join(folder, name, '.data');
    const stampFile = join(folder, name, '.data', 'made-by');
    if (!fresh && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) continue;
    rmSync(data, { recursive: true, force: true });
    mkdirSync(data, { recursive: true });
    make(data);
    writeFileSync(stampFile, stamp);
    made.push(name);
  }
  return made;
}

// The incident: at 07:10 somebody sets the payments connection pool of eu-west from 64 to 8; from 07:11 on, calls to
// payments time out waiting for a connection; at 08:25 the change is taken back and by 08:30 all is well. A release at
// 06:40 and a flag at 06:55 are innocent, and zone c is a little slow for reasons of its own.
const day = Date.UTC(2025, 2, 18);
const at = (hour, minute, second = 0) => day + ((hour * 60 + minute) * 60 + second) * 1000;
const requestCount = 100_000;

function makeTelemetry(data) {
  const random = seeded(20250318);
  const begin = at(6, 0);
  const seconds = 3 * 60 * 60;
  const requests = [
    'request_id,timestamp,region,zone,environment,service_version,endpoint,method,customer_tier,customer_id,dependency,status_code,latency_ms,error_code,is_test',
  ];
  const exposures = ['request_id,flag_name,enabled'];
  for (let index = 0; index < requestCount; index++) {
    const time = begin + Math.floor((index * seconds) / requestCount) * 1000;
    const id = `r-${String(index + 1).padStart(6, '0')}`;
    const region = pick(random, regions);
    const zone = `${region}-${pick(random, zones)}`;
    const environment = random() < 0.96 ? 'prod' : 'staging';
    const endpoint = pick(random, endpoints);
    const rolledOut = clamp((time - at(6, 40)) / (at(7, 40) - at(6, 40)), 0, 0.85);
    const version = random() < rolledOut ? '5.2.0' : '5.1.4';
    const customerNumber = Math.floor(random() * 9000);
    const customer = `c-${String(customerNumber).padStart(4, '0')}`;
    const tier = customerNumber % 100 < 62 ? 'free' : customerNumber % 100 < 90 ? 'plus' : 'business';
    const isTest = random() < 0.02;

    const starved =
      region === 'eu-west' &&
      environment === 'prod' &&
      endpoint.dependency === 'payments' &&
      time >= at(7, 11) &&
      time < at(8, 27);
    const fault = random();
    let status = 200;
    let error = '';
    let latency = endpoint.latency * (0.6 + 0.9 * random() + 0.4 * random() ** 6 * 8);
    if (zone === 'eu-west-c') latency *= 1.25;
    if (starved && fault < 0.46) {
      status = 503;
      error = 'POOL_TIMEOUT';
      latency = 3000 + 400 * random();
    } else if (fault < (version === '5.2.0' ? 0.0016 : 0.0013)) {
      status = random() < 0.5 ? 500 : 502;
      error = pick(random, faults);
    } else if (fault < 0.02) status = 404;
    else if (fault < 0.026) status = 429;
    requests.push(
      [
        id,
        stampOf(time),
        region,
        zone,
        environment,
        version,
        endpoint.path,
        endpoint.method,
        tier,
        customer,
        endpoint.dependency,
        status,
        Math.round(latency),
        error,
        isTest,
      ].join(','),
    );
    for (const [flag, since, share] of flags) {
      if (random() < 0.3) exposures.push([id, flag, time >= since && random() < share].join(','));
    }
  }
  write(data, 'requests.csv', requests);
  write(data, 'flag_exposures.csv', exposures);
  write(data, 'config_changes.csv', [
    'change_id,applied_at,region,component,setting,old_value,new_value,changed_by,reverted_at',
    `CHG-2279,${stampOf(at(6, 12))},all,search-index,refresh_interval_s,30,20,search-team,`,
    `CHG-2284,${stampOf(at(6, 51))},us-east,session-cache,eviction,lru,lfu,platform-bot,`,
    `CHG-2291,${stampOf(at(7, 10))},eu-west,payments,max_pool_connections,64,8,capacity-bot,${stampOf(at(8, 25))}`,
    `CHG-2295,${stampOf(at(7, 42))},eu-west,cart-db,slow_query_log,off,on,shop-platform,`,
  ]);
}

const regions = [
  ['eu-west', 0.5],
  ['us-east', 0.34],
  ['ap-south', 0.16],
];
const zones = [
  ['a', 0.36],
  ['b', 0.34],
  ['c', 0.3],
];
const faults = [
  ['UPSTREAM_RESET', 0.5],
  ['DEADLINE_EXCEEDED', 0.3],
  ['INTERNAL', 0.2],
];
const endpoints = [
  [{ path: '/v2/search', method: 'GET', dependency: 'search-index', latency: 90 }, 0.3],
  [{ path: '/v2/cart', method: 'GET', dependency: 'cart-db', latency: 60 }, 0.24],
  [{ path: '/v2/cart/items', method: 'POST', dependency: 'cart-db', latency: 75 }, 0.12],
  [{ path: '/v2/session', method: 'GET', dependency: 'session-cache', latency: 15 }, 0.12],
  [{ path: '/v2/checkout', method: 'POST', dependency: 'payments', latency: 260 }, 0.15],
  [{ path: '/v2/refunds', method: 'POST', dependency: 'payments', latency: 240 }, 0.07],
];
const flags = [
  ['one-page-checkout', at(6, 55), 0.5],
  ['new-search-ranking', at(0, 0), 0.25],
];

// A volume of some two megabytes: most of it is one rotated log.
function makeVolume(data) {
  const volume = join(data, 'volume');
  const random = seeded(7);
  const line = (index) =>
    `2025-03-18T06:${String(Math.floor(index / 60) % 60).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}Z orders ` +
    `level=debug order=o-${Math.floor(random() * 1e6)} msg="stock reserved" took_ms=${Math.floor(random() * 90)}\n`;
  const log = (lines) => Array.from({ length: lines }, (_, index) => line(index)).join('');
  const files = {
    'log/orders.log': log(400),
    'log/orders.log.1': log(16_000),
    'log/gateway.log': log(900),
    'spool/outbox-0001.json': `${JSON.stringify({ orders: Array.from({ length: 60 }, () => Math.floor(random() * 1e6)) })}\n`,
    'db/orders.dat': 'o'.repeat(180_000),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(volume, name)), { recursive: true });
    writeFileSync(join(volume, name), text);
    utimesSync(join(volume, name), new Date(at(6, 0)), new Date(at(6, 0)));
  }
}

/** A small generator of numbers in [0, 1), the same on every machine: three shifts of a 32-bit state, whose top bits count. */
function seeded(seed) {
  let state = (seed ^ 0x5bd1e995) >>> 0;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  for (let warmUp = 0; warmUp < 16; warmUp++) next();
  return () => (next() >>> 5) / 2 ** 27;
}

function pick(random, weighted) {
  let left = random();
  for (const [value, weight] of weighted) {
    left -= weight;
    if (left < 0) return value;
  }
  return weighted[weighted.length - 1][0];
}

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const stampOf = (time) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
const write = (data, name, lines) => writeFileSync(join(data, name), `${lines.join('\n')}\n`);

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const made = generateSamples({ fresh: process.argv.includes('--fresh') });
  console.log(made.length > 0 ? `Made the data of ${made.join(' and ')}.` : 'The samples have their data.');
}
