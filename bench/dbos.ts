// The same 5,000 steps that do nothing, 50 at a time, each durable before the next: by our journal, and by DBOS on PostgreSQL, each
// once untimed, so that neither is measured while its code is still being compiled, and then the median of three rounds.
// The server is Debian's, started for this with its own defaults (fsync on) and as many connections as steps at a time.
// `npx tsx bench/dbos.ts` prints both times.
import { dirname, join } from 'node:path';
import { DBOS } from '@dbos-inc/dbos-sdk';
import pg from 'pg';
import { ensurePrograms } from '../scripts/debian-packages.mjs';
import { freePort, removeFolder, runAsServer, serverFolder, startServer } from '../test/support/real-server.ts';
import { benchPlan, benchRun, benchTool } from './bench-run.ts';
import type { Figure } from './figure.ts';
import { median } from './median.ts';
import { layers } from './scheduler.ts';

const count = 5000;
const side = 50;
const rounds = 3;

/** Empty, with a line that says why, where there is no PostgreSQL. */
export async function benchDbos(tell: (line: string) => void = console.log): Promise<readonly Figure[]> {
  const found = ensurePrograms({ postgres: 'postgresql', initdb: 'postgresql' });
  if (!('programs' in found)) {
    tell(`left out, the comparison with DBOS: ${found.missing}`);
    return [];
  }
  const { initdb } = found.programs as { readonly initdb: string };
  const folder = serverFolder('dbos');
  const port = await freePort();
  const data = join(folder, 'data');
  runAsServer(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C']);
  const options = ['-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=120'];
  const address = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const server = await startServer(join(dirname(initdb), 'postgres'), ['-D', data, ...options], async () => {
    const client = new pg.Client({ connectionString: address });
    client.on('error', () => undefined);
    await client.connect();
    await client.end();
    return true;
  });
  try {
    const theirs = await withDbos(address);
    const plan = benchPlan(layers(count, side, true));
    const idle = benchTool(() => Promise.resolve());
    const ours: number[] = [];
    await benchRun(plan, idle, side);
    for (let round = 0; round < rounds; round++) ours.push(await benchRun(plan, idle, side));
    tell(`${count} steps, ${side} at a time: ${median(ours).toFixed(2)} s, DBOS ${median(theirs).toFixed(2)} s`);
    return [
      {
        name: '5,000 no-op steps, 50 at a time, durable, over DBOS on PostgreSQL',
        value: median(ours) / median(theirs),
        limit: 0.05,
        bound: 'most',
        unit: 'x',
      },
    ];
  } finally {
    await server.kill();
    removeFolder(folder);
  }
}

/** Seconds of each round. */
async function withDbos(systemDatabaseUrl: string): Promise<readonly number[]> {
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl,
    systemDatabasePoolSize: side,
    logLevel: 'error',
    runAdminServer: false,
  });
  const workflow = DBOS.registerWorkflow(
    async () => {
      for (let at = 0; at < count; at += side)
        await Promise.all(
          Array.from({ length: side }, (_, n) => DBOS.runStep(() => Promise.resolve(), { name: `step${at + n}` })),
        );
    },
    { name: 'steps' },
  );
  await DBOS.launch();
  try {
    const seconds: number[] = [];
    await workflow();
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      await workflow();
      seconds.push((performance.now() - began) / 1000);
    }
    return seconds;
  } finally {
    await DBOS.shutdown();
  }
}

if (process.argv[1] === import.meta.filename) {
  for (const { name, value, unit } of await benchDbos()) console.log(`${name}: ${value.toFixed(3)} ${unit}`);
}
