// The `sql` tool over a real PostgreSQL server that the tests start: contract, values, limits, effects, errors, lost servers.
import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import type { ActionFailure, ActionResult, PerformOutcome, Tool } from '../src/run/index.ts';
import { openTools } from '../src/tools/index.ts';
import { postgresFunctions, postgresSyntax, volatileReads } from '../src/effect/sql/postgres-functions.ts';
import { findProgram } from '../scripts/debian-packages.mjs';
import { actionOf, bindingsOf } from './support/action-of.ts';
import {
  freePort,
  programsOrSkip,
  removeFolder,
  runAsServer,
  serverFolder,
  startServer,
  type RealServer,
} from './support/real-server.ts';
import { homesOf, tablesOf } from './support/tables-of.ts';
import { toolContract } from './support/tool-contract.ts';

const never = new AbortController().signal;
const env = { ...process.env, READER_PASSWORD: 'correct-horse-battery', WRONG_PASSWORD: 'not-the-password' };

describe('sql over PostgreSQL', function () {
  this.timeout(60_000);
  let folder = '';
  let port = 0;
  let server: RealServer;
  let start: () => Promise<RealServer>;
  const opened: Tool[] = [];

  const admin = async (sql: string): Promise<pg.QueryResult> => {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres', password: '' });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const open = async (settings: object = {}): Promise<Tool> => {
    const tools = {
      db: {
        kind: 'sql',
        engine: 'postgres',
        host: '127.0.0.1',
        port,
        database: 'postgres',
        user: 'engineer',
        password: '${secret:READER}',
        ...settings,
      },
    };
    const secrets = { READER: { env: 'READER_PASSWORD' }, WRONG: { env: 'WRONG_PASSWORD' }, GONE: { env: 'NO_SUCH' } };
    const toolbox = await openTools({ folder, tools, secrets }, { env });
    const tool = toolbox.tools[0] ?? assert.fail();
    opened.push(tool);
    return tool;
  };
  type Values = Record<string, string | number | boolean>;
  const perform = async (tool: Tool, code: string, values: Values = {}, timeoutMs = 20_000, signal = never) => {
    const rendered = tool.render(actionOf('sql', code), bindingsOf(values));
    if ('reason' in rendered) return { kind: 'failure', failure: rendered } satisfies PerformOutcome;
    return tool.perform(rendered, { timeoutMs, signal });
  };
  const query = async (tool: Tool, code: string, values: Values = {}): Promise<ActionResult> => {
    const outcome = await perform(tool, code, values);
    return outcome.kind === 'result' ? outcome.result : assert.fail(JSON.stringify(outcome.failure));
  };
  const refusal = async (tool: Tool, code: string, values: Values = {}, timeoutMs = 20_000): Promise<ActionFailure> => {
    const outcome = await perform(tool, code, values, timeoutMs);
    return outcome.kind === 'failure' ? outcome.failure : assert.fail(JSON.stringify(outcome.result));
  };
  const count = async (table: string): Promise<number> =>
    Number(((await admin(`SELECT count(*) AS n FROM ${table}`)).rows[0] as { n: string }).n);

  before(async function () {
    const { postgres, initdb } = programsOrSkip(this, { postgres: 'postgresql', initdb: 'postgresql' });
    folder = serverFolder('postgres');
    port = await freePort();
    const data = join(folder, 'data');
    runAsServer(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C']);
    start = () =>
      startServer(
        join(dirname(initdb), 'postgres') || postgres,
        [
          '-D',
          data,
          '-p',
          String(port),
          '-k',
          folder,
          '-c',
          'listen_addresses=127.0.0.1',
          '-c',
          'fsync=off',
          '-c',
          'max_connections=20',
        ],
        async () => (await admin('SELECT 1')).rowCount === 1,
      );
    // The superuser is trusted, others need their password.
    writeFileSync(
      join(data, 'pg_hba.conf'),
      'host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n',
    );
    server = await start();
    await admin(
      `CREATE ROLE engineer LOGIN PASSWORD '${env.READER_PASSWORD}'; GRANT ALL ON SCHEMA public TO engineer; GRANT pg_signal_backend TO engineer`,
    );
    await admin(
      'CREATE TABLE orders (id int PRIMARY KEY, region text, price numeric(10,2), at timestamptz, tags text[], body jsonb)',
    );
    await admin(
      `INSERT INTO orders VALUES (1, 'us-east', 9.50, '2024-01-01 10:00:00+00', '{a,"b c",NULL}', '{"x":[1]}'), (2, 'us-west', 3, '2024-01-01 12:30:00+00', '{}', NULL)`,
    );
    await admin('GRANT ALL ON orders TO engineer; CREATE SEQUENCE s; GRANT ALL ON SEQUENCE s TO engineer');
    await admin(
      "CREATE FUNCTION purge() RETURNS int LANGUAGE sql AS 'DELETE FROM orders RETURNING 1'; CREATE TYPE mood AS ENUM ('sad', 'ok')",
    );
  });
  after(async () => {
    for (const tool of opened) await tool.close();
    await server?.kill();
    if (folder !== '') removeFolder(folder);
  });

  toolContract(
    'sql',
    () => open({ maxRows: 1000 }),
    () => ({
      unicode: actionOf('sql', "SELECT 'Grüße 漢字 🚀' AS said"),
      hangs: actionOf('sql', 'SELECT count(*) FROM generate_series(1, 100000000000) a'),
      huge: actionOf('sql', "SELECT n, repeat('x', 100) FROM generate_series(1, 10000000) n"),
      binary: actionOf('sql', "SELECT '\\x00ff01'::bytea AS bytes"),
      empty: actionOf('sql', 'SELECT 1 WHERE false'),
      echo: actionOf('sql', "SELECT '{value}' AS said"),
      crashes: actionOf('sql', 'SELECT count(*) FROM generate_series(1, 100000000000) a'),
      kill: () =>
        void admin(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND usename = 'engineer'",
        ),
      crashReason: 'unavailable',
      badLogin: {
        open: () => open({ password: '${secret:WRONG}' }),
        told: /refused the login/,
        secret: 'not-the-password',
      },
      read: (result) => Object.values(result.rows?.[0] ?? {})[0],
    }),
  );

  describe('connections', () => {
    it('tells bad credentials, an unknown database, a missing secret and a closed port apart', async () => {
      const told = async (settings: object): Promise<string> => {
        const failure = await (await open(settings)).check(never);
        assert.equal(failure?.reason, 'unavailable');
        return failure.message;
      };
      const wrong = await told({ password: '${secret:WRONG}' });
      assert.match(
        wrong,
        /^PostgreSQL at `127\.0\.0\.1:\d+` refused the login: password authentication failed.*`password`.*of `db`/,
      );
      assert.doesNotMatch(wrong, /not-the-password/);
      assert.match(await told({ database: 'nowhere' }), /database "nowhere" does not exist/);
      assert.match(await told({ password: '${secret:GONE}' }), /set the environment variable `NO_SUCH`/);
      assert.match(await told({ port: await freePort() }), /refused the connection; is it running/);
      assert.match(await told({ host: 'no-such-host.invalid' }), /name is not known/);
      assert.match(await told({ tls: 'verify' }), /No encrypted connection can be made/);
    });
    it('checks the certificate of an encrypted connection', async function () {
      const openssl = findProgram('openssl');
      if (openssl === undefined) {
        console.log('      skipped: openssl not found');
        return this.skip();
      }
      const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
      const files = ['-keyout', join(folder, 'data', 'key.pem'), '-out', join(folder, 'data', 'cert.pem')];
      runAsServer(openssl, ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...names, ...files]);
      await admin("ALTER SYSTEM SET ssl_cert_file = 'cert.pem'");
      await admin("ALTER SYSTEM SET ssl_key_file = 'key.pem'");
      await admin('ALTER SYSTEM SET ssl = on');
      await admin('SELECT pg_reload_conf()');
      writeFileSync(join(folder, 'ca.pem'), readFileSync(join(folder, 'data', 'cert.pem')));
      const encrypted = async (settings: object): Promise<unknown> => {
        const tool = await open(settings);
        for (let i = 0; i < 50 && (await tool.check(never))?.message.includes('does not support SSL'); i++);
        return (await query(tool, 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).rows?.[0]?.['ssl'];
      };
      assert.equal(await encrypted({ host: 'localhost', tls: 'verify', ca: 'ca.pem' }), true);
      assert.equal(await encrypted({ tls: 'require' }), true);
      assert.equal(await encrypted({ tls: 'off' }), false);
      const refused = async (settings: object): Promise<string> =>
        (await (await open(settings)).check(never))?.message ?? '';
      assert.match(
        await refused({ host: 'localhost', tls: 'verify' }),
        /No encrypted connection can be made: self.signed/,
      );
      assert.match(await refused({ tls: 'verify', ca: 'ca.pem' }), /No encrypted connection can be made/);
      assert.match(await refused({ tls: 'verify', ca: 'nothing.pem' }), /`nothing.pem` .* cannot be read/);
    });
    it('uses a connection again after a read, and opens no more than it may', async () => {
      const tool = await open({ maxConnections: 2 });
      const pids = new Set<unknown>();
      for (let i = 0; i < 3; i++) pids.add((await query(tool, 'SELECT pg_backend_pid() AS pid')).rows?.[0]?.['pid']);
      assert.equal(pids.size, 1);
      const many = await Promise.all(
        Array.from({ length: 8 }, () =>
          query(tool, 'SELECT pg_backend_pid() AS pid, count(*) FROM generate_series(1, 100000)'),
        ),
      );
      assert.equal(new Set(many.map((result) => result.rows?.[0]?.['pid'])).size, 2);
    });
    it('asks again when a free connection has died', async () => {
      const tool = await open();
      await query(tool, 'SELECT 1');
      await admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'engineer'");
      assert.deepEqual((await query(tool, 'SELECT 2 AS two')).rows, [{ two: 2 }]);
    });
    it('leaves nothing running on the server after a timeout', async () => {
      const tool = await open();
      assert.equal(
        (await refusal(tool, 'SELECT count(*) /* marked */ FROM generate_series(1, 100000000000)', {}, 300)).reason,
        'timeout',
      );
      // The server tells of the end a moment before it shows the session as idle.
      const running = () =>
        admin(
          "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%/* marked */%' AND usename = 'engineer'",
        );
      for (const end = Date.now() + 10_000; Date.now() < end && (await running()).rowCount !== 0;);
      assert.equal((await running()).rowCount, 0);
    });
  });

  describe('values', () => {
    it('are of the type that the place asks for', async () => {
      const tool = await open();
      const values = {
        region: 'us-east',
        since: '2024-01-01T11:00:00Z',
        n: 1,
        big: 5_000_000_000,
        part: 0.5,
        yes: true,
        minutes: 90,
      };
      assert.deepEqual((await query(tool, "SELECT id FROM orders WHERE region = '{region}'", values)).rows, [
        { id: 1 },
      ]);
      assert.deepEqual((await query(tool, "SELECT id FROM orders WHERE at > '{since}'", values)).rows, [{ id: 2 }]);
      assert.deepEqual(
        (await query(tool, 'SELECT id FROM orders WHERE id = {n} AND price > {part} LIMIT {n}', values)).rows,
        [{ id: 1 }],
      );
      assert.deepEqual(
        (await query(tool, 'SELECT {n} AS a, {big} AS b, {part} AS c, {yes} AS d, {n} * 2 AS e', values)).rows,
        [{ a: 1, b: 5_000_000_000, c: 0.5, d: true, e: 2 }],
      );
      assert.deepEqual((await query(tool, "SELECT id FROM orders WHERE region LIKE '%{x}%'", { x: 'wes' })).rows, [
        { id: 2 },
      ]);
      assert.deepEqual(
        (
          await query(tool, "SELECT id FROM orders WHERE at < TIMESTAMP '{t}' + INTERVAL '{minutes} minutes'", {
            ...values,
            t: '2024-01-01 10:00',
          })
        ).rows,
        [{ id: 1 }],
      );
      assert.deepEqual((await query(tool, "SELECT id FROM orders WHERE body @> '{x}'", { x: '{"x":[1]}' })).rows, [
        { id: 1 },
      ]);
    });
    it('may have several types in one statement', async () => {
      const tool = await open();
      const code = "SELECT id FROM orders WHERE at > '{x}' AND '{x}' <> region AND concat('{x}', id) LIKE '2024%'";
      assert.deepEqual((await query(tool, code, { x: '2024-01-01T11:00:00Z' })).rows, [{ id: 2 }]);
      assert.deepEqual(
        (await query(tool, "SELECT concat('{x}') AS a, json_build_object('{x}', 1) AS b", { x: 'v' })).rows,
        [{ a: 'v', b: { v: 1 } }],
      );
    });
    it('keep equal expressions equal', async () => {
      const tool = await open();
      const code = "SELECT date_trunc('{unit}', at) AS t, count(*) AS n FROM orders GROUP BY date_trunc('{unit}', at)";
      assert.deepEqual((await query(tool, code, { unit: 'day' })).rows?.[0]?.['n'], 2);
    });
    it('come back as JSON that loses nothing', async () => {
      const tool = await open();
      const code = `SELECT 9007199254740993::bigint AS big, 12::smallint AS small, 1.10::numeric AS price, 12345678901234567.89::numeric AS long,
        'NaN'::float8 AS nan, timestamptz '2024-01-01 12:00:00.123456+02' AS at, timestamp '2024-01-01 12:00' AS local, date '2024-01-01' AS day,
        interval '1 day 02:00' AS i, NULL::int AS nothing, ARRAY[[1,2],[3,NULL]] AS grid, ARRAY['a,b','"q"'] AS words, '{"a":[1,null],"id":9007199254740993}'::jsonb AS j,
        'ok'::mood AS m, ARRAY['sad']::mood[] AS ms, ROW(1,'x') AS r, true AS yes, '1.2.3.4'::inet AS ip`;
      assert.deepEqual((await query(tool, code)).rows, [
        {
          big: '9007199254740993',
          small: 12,
          price: 1.1,
          long: '12345678901234567.89',
          nan: 'NaN',
          at: '2024-01-01T10:00:00.123456Z',
          local: '2024-01-01T12:00:00',
          day: '2024-01-01',
          i: '1 day 02:00:00',
          nothing: null,
          grid: [
            [1, 2],
            [3, null],
          ],
          words: ['a,b', '"q"'],
          j: { a: [1, null], id: '9007199254740993' },
          m: 'ok',
          ms: ['sad'],
          r: '(1,x)',
          yes: true,
          ip: '1.2.3.4',
        },
      ]);
    });
    it('come with the types of their columns, and names that repeat are kept apart', async () => {
      const tool = await open();
      const result = await query(
        tool,
        "SELECT 1 AS a, 'x'::mood AS a, tags, at FROM orders WHERE false".replace("'x'", "'ok'"),
      );
      assert.deepEqual(result.columns, [
        { name: 'a', type: 'integer' },
        { name: 'a_1', type: 'mood' },
        { name: 'tags', type: 'text[]' },
        { name: 'at', type: 'timestamptz' },
      ]);
    });
    it('beyond the cap are counted', async () => {
      const tool = await open({ maxRows: 10 });
      const result = await query(tool, 'SELECT n FROM generate_series(1, 123456) n');
      assert.equal(result.rows?.length, 10);
      assert.equal(result.rowCount, 123_456);
      assert.deepEqual(result.notes, ['Only the first 10 of 123,456 rows are kept.']);
    });
    it('of any number cost little memory', async () => {
      const tool = await open({ maxRows: 100 });
      const before = process.memoryUsage().rss;
      const result = await query(tool, "SELECT repeat('x', 1000) FROM generate_series(1, 5000000)");
      assert.ok((result.rowCount ?? 0) > 100);
      assert.ok(process.memoryUsage().rss - before < 200_000_000, `${process.memoryUsage().rss - before} bytes more`);
    });
  });

  describe('effects', () => {
    it('a read that would write is stopped by the server', async () => {
      const tool = await open();
      await admin(
        'CREATE OR REPLACE VIEW sly AS SELECT purge() AS x; GRANT SELECT ON sly TO engineer; GRANT EXECUTE ON FUNCTION purge() TO engineer',
      );
      const failure = await refusal(tool, 'SELECT * FROM sly');
      assert.match(failure.message, /read-only transaction/);
      assert.match(failure.message, /taken for one that only reads/);
      assert.equal(await count('orders'), 2);
    });
    it('a write commits, says how many rows it changed, and stays when a later statement fails', async () => {
      const tool = await open();
      await query(tool, 'CREATE TABLE notes (id int PRIMARY KEY, said text)');
      assert.deepEqual((await query(tool, "INSERT INTO notes VALUES (1, '{x}'), (2, 'b')", { x: 'a' })).notes, [
        '2 rows affected.',
      ]);
      assert.deepEqual((await query(tool, "INSERT INTO notes VALUES (3, 'c') RETURNING id")).rows, [{ id: 3 }]);
      const failure = await refusal(tool, "INSERT INTO notes VALUES (4, 'd'); INSERT INTO notes VALUES (4, 'e')");
      assert.match(failure.message, /duplicate key/);
      assert.match(failure.message, /The statement before it was performed\.$/);
      assert.equal(await count('notes'), 4);
      await refusal(tool, "BEGIN; INSERT INTO notes VALUES (5, 'd'); INSERT INTO notes VALUES (5, 'e'); COMMIT");
      assert.equal(await count('notes'), 4);
      await query(tool, "BEGIN; INSERT INTO notes VALUES (6, 'd'); COMMIT");
      assert.equal(await count('notes'), 5);
    });
    it('a write with more rows than are kept is still performed to its end', async () => {
      const tool = await open({ maxRows: 5 });
      await query(tool, 'CREATE TABLE many (n int)');
      const result = await query(tool, 'INSERT INTO many SELECT generate_series(1, 20000) RETURNING n');
      assert.equal(result.rowCount, 20_000);
      assert.equal(await count('many'), 20_000);
    });
    it('a write that is stopped is rolled back and never transient', async () => {
      const tool = await open();
      const failure = await refusal(tool, 'CREATE TABLE slow AS SELECT 1 AS x FROM pg_sleep(30)', {}, 300);
      assert.equal(failure.reason, 'timeout');
      assert.equal((await admin("SELECT 1 FROM pg_class WHERE relname = 'slow'")).rowCount, 0);
    });
    it('nothing a call sets reaches the next', async () => {
      const tool = await open({ maxConnections: 1 });
      await query(tool, 'SET search_path TO nowhere; CREATE TEMP TABLE left_over (a int)');
      assert.equal((await query(tool, 'SELECT count(*) AS n FROM orders')).rowCount, 1);
      assert.match((await refusal(tool, 'SELECT * FROM left_over')).message, /does not exist/);
    });
    it('COPY from and to the client ends without harm', async () => {
      const tool = await open();
      assert.match((await refusal(tool, 'COPY orders FROM STDIN')).message, /no data can be sent/);
      assert.match((await query(tool, 'COPY orders TO STDOUT')).notes.join(' '), /not kept/);
      assert.equal((await query(tool, 'SELECT 1')).rowCount, 1);
    });
    it('every function that counts as a read is built in, and the server says that it changes nothing', async () => {
      const { rows } = await admin(
        "SELECT proname AS name, bool_or(provolatile = 'v') AS volatile FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace GROUP BY 1",
      );
      const known = new Map(
        (rows as { name: string; volatile: boolean }[]).map(({ name, volatile }) => [name, volatile]),
      );
      const wrong = [...postgresFunctions].filter((name) =>
        postgresSyntax.has(name)
          ? false
          : volatileReads.has(name)
            ? known.get(name) !== true
            : known.get(name) !== false,
      );
      // Names that newer servers have, or have made volatile, are told apart by the version they were listed from.
      assert.deepEqual(wrong, []);
    });
  });

  describe('errors', () => {
    it('point at their place behind values, Unicode and other statements', async () => {
      const tool = await open();
      const at = async (code: string, values = {}): Promise<string> => {
        const failure = await refusal(tool, code, values);
        assert.equal(failure.reason, 'refused-by-tool');
        return failure.at ? code.slice(failure.at.start, failure.at.end) : '';
      };
      assert.equal(
        await at("SELECT 'ü🚀{x}' AS a;\nSELECT '{x}' AS b, '🚀' AS c, nope FROM orders", { x: 'a long value' }),
        'nope',
      );
      assert.equal(await at('SELECT *\nFORM orders'), 'FORM');
      assert.equal(await at("SELECT * FROM orders WHERE id = '{x}'", { x: 'abc' }), '');
      assert.equal(await at('SELECT * FROM nowhere'), 'nowhere');
    });
    it('of a server that is gone and back again are told as transient', async () => {
      const tool = await open();
      await query(tool, 'SELECT 1');
      const running = perform(tool, 'SELECT count(*) FROM generate_series(1, 100000000000)');
      const killed = new Promise<unknown>((resolve) => setTimeout(() => resolve(server.kill()), 300));
      const outcome = await running;
      await killed;
      assert.ok(outcome.kind === 'failure');
      assert.equal(outcome.failure.reason, 'unavailable');
      assert.equal(outcome.failure.transient, true);
      const closed = await refusal(tool, 'SELECT 1');
      assert.match(closed.message, /refused the connection/);
      assert.equal(closed.transient, true);
      server = await start();
      assert.equal((await query(tool, 'SELECT 1')).rowCount, 1);
    });
    it('of a write on a server that is gone are not transient', async () => {
      const tool = await open();
      const running = perform(tool, 'CREATE TABLE lost AS SELECT 1 AS x FROM pg_sleep(30)');
      setTimeout(
        () =>
          void admin(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND usename = 'engineer'",
          ),
        300,
      );
      const outcome = await running;
      assert.ok(outcome.kind === 'failure');
      assert.equal(outcome.failure.transient, false);
      assert.match(outcome.failure.message, /What the statement changed is not known/);
    });
  });

  describe('explain', () => {
    const explain = async (code: string, values: Values = {}) => {
      const tool = await open();
      const rendered = tool.render(actionOf('sql', code), bindingsOf(values));
      assert.ok('text' in rendered);
      return tool.explain(rendered, never);
    };
    it('gives the columns without running anything', async () => {
      assert.deepEqual(await explain("SELECT id, price, '{x}' AS x FROM orders", { x: 'a' }), {
        kind: 'accepted',
        notes: [],
        columns: [
          { name: 'id', type: 'integer' },
          { name: 'price', type: 'numeric' },
          { name: 'x', type: 'text' },
        ],
      });
      assert.deepEqual(await explain('DELETE FROM orders'), { kind: 'accepted', notes: [] });
      assert.equal((await explain("SELECT setval('s', 77)")).kind, 'accepted');
      assert.equal((await explain('DROP TABLE orders')).kind, 'accepted');
      assert.equal(await count('orders'), 2);
      assert.equal((await admin('SELECT last_value FROM s')).rows[0]?.last_value, '1');
    });
    it('refuses what the server would refuse, at its place', async () => {
      const code = 'SELECT nope FROM orders';
      const explained = await explain(code);
      assert.ok(explained.kind === 'refused');
      assert.equal(code.slice(explained.failure.at?.start, explained.failure.at?.end), 'nope');
    });
    it('lists the tables that its user may read, those of other schemas with their name', async () => {
      await admin(
        `CREATE SCHEMA audit; CREATE TABLE audit."Log Lines" (at timestamptz, "who" text); CREATE TABLE audit.hidden (x int);
         CREATE VIEW cheap AS SELECT id, price FROM orders WHERE price < 5; CREATE TABLE parts (day date) PARTITION BY RANGE (day);
         CREATE TABLE parts_2024 PARTITION OF parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
         GRANT USAGE ON SCHEMA audit TO engineer; GRANT SELECT ON audit."Log Lines", cheap, parts TO engineer`,
      );
      const listed = await (await open()).schema?.(never);
      const tables = tablesOf(listed);
      assert.deepEqual(homesOf(listed), ['public']);
      assert.deepEqual(tables['audit.Log Lines'], ['at timestamp with time zone', 'who text']);
      assert.deepEqual(tables['cheap'], ['id integer', 'price numeric(10,2)']);
      assert.deepEqual(tables['orders']?.[2], 'price numeric(10,2)');
      assert.deepEqual(tables['parts'], ['day date']);
      for (const name of ['audit.hidden', 'hidden', 'parts_2024', 'pg_catalog.pg_class'])
        assert.ok(!(name in tables), name);
      const refused = await (await open({ password: '${secret:WRONG}' })).schema?.(never);
      assert.equal(refused && 'reason' in refused && refused.reason, 'unavailable');
    });
    it('says why it cannot be asked', async () => {
      const tool = await open({ port: await freePort() });
      const rendered = tool.render(actionOf('sql', 'SELECT 1'), []);
      assert.ok('text' in rendered);
      assert.equal((await tool.explain(rendered, never)).kind, 'cannot-explain');
    });
  });
});
