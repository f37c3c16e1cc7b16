// The `sql` tool over a real MariaDB server that the tests start: contract, values, limits, effects, errors, lost servers.
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import type { ActionFailure, ActionResult, PerformOutcome, Tool } from '../src/run/index.ts';
import { openTools } from '../src/tools/index.ts';
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

describe('sql over MariaDB', function () {
  this.timeout(60_000);
  let folder = '';
  let port = 0;
  let server: RealServer | undefined;
  let start: () => Promise<RealServer>;
  const opened: Tool[] = [];

  const admin = async (sql: string): Promise<Record<string, unknown>[]> => {
    const connection = await mysql.createConnection({
      host: '127.0.0.1',
      port,
      user: 'root',
      multipleStatements: true,
      supportBigNumbers: true,
    });
    try {
      const [rows] = await connection.query(sql);
      return rows as Record<string, unknown>[];
    } finally {
      connection.destroy();
    }
  };
  const open = async (settings: object = {}): Promise<Tool> => {
    const tools = {
      db: {
        kind: 'sql',
        engine: 'mysql',
        host: '127.0.0.1',
        port,
        database: 'shop',
        user: 'engineer',
        password: '${secret:READER}',
        ...settings,
      },
    };
    const secrets = { READER: { env: 'READER_PASSWORD' }, WRONG: { env: 'WRONG_PASSWORD' } };
    const toolbox = await openTools({ folder, tools, secrets }, { env });
    const tool = toolbox.tools[0] ?? assert.fail();
    opened.push(tool);
    return tool;
  };
  type Values = Record<string, string | number | boolean>;
  const perform = async (tool: Tool, code: string, values: Values = {}, timeoutMs = 20_000) => {
    const rendered = tool.render(actionOf('sql', code), bindingsOf(values));
    if ('reason' in rendered) return { kind: 'failure', failure: rendered } satisfies PerformOutcome;
    return tool.perform(rendered, { timeoutMs, signal: never });
  };
  const query = async (tool: Tool, code: string, values: Values = {}): Promise<ActionResult> => {
    const outcome = await perform(tool, code, values);
    return outcome.kind === 'result' ? outcome.result : assert.fail(JSON.stringify(outcome.failure));
  };
  const refusal = async (tool: Tool, code: string, values: Values = {}, timeoutMs = 20_000): Promise<ActionFailure> => {
    const outcome = await perform(tool, code, values, timeoutMs);
    return outcome.kind === 'failure' ? outcome.failure : assert.fail(JSON.stringify(outcome.result));
  };
  const count = async (table: string): Promise<unknown> =>
    (await admin(`SELECT COUNT(*) AS n FROM shop.${table}`))[0]?.['n'];
  const killSessions = async (): Promise<void> => {
    for (const { id } of await admin("SELECT id FROM information_schema.processlist WHERE user = 'engineer'"))
      await admin(`KILL ${Number(id)}`).catch(() => undefined);
  };

  before(async function () {
    const programs = programsOrSkip(this, { mariadbd: 'mariadb-server', 'mariadb-install-db': 'mariadb-server' });
    folder = serverFolder('mariadb');
    port = await freePort();
    const data = join(folder, 'data');
    runAsServer(programs['mariadb-install-db'], [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ]);
    start = () =>
      startServer(
        programs.mariadbd,
        [
          '--no-defaults',
          `--datadir=${data}`,
          `--port=${port}`,
          '--bind-address=127.0.0.1',
          `--socket=${folder}/s.sock`,
          `--pid-file=${folder}/pid`,
        ],
        async () => (await admin('SELECT 1')).length === 1,
      );
    server = await start();
    await admin(
      `CREATE DATABASE shop CHARACTER SET utf8mb4; CREATE USER engineer@'%' IDENTIFIED BY '${env.READER_PASSWORD}'; GRANT ALL ON shop.* TO engineer@'%'`,
    );
    await admin(
      `USE shop; CREATE TABLE orders (id INT PRIMARY KEY, region VARCHAR(20), price DECIMAL(10,2), at DATETIME, body JSON);
       CREATE TABLE flags (bits BIT(3)); INSERT INTO flags VALUES (b'101');
       INSERT INTO orders VALUES (1, 'us-east', 9.50, '2024-01-01 10:00:00', '{"x":[1]}'), (2, 'us-west', 3, '2024-01-01 12:30:00', NULL)`,
    );
    await admin(
      'USE shop; CREATE FUNCTION sweep() RETURNS INT MODIFIES SQL DATA BEGIN DELETE FROM orders; RETURN 1; END; CREATE VIEW sly AS SELECT sweep() AS x',
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
      hangs: actionOf(
        'sql',
        'SELECT COUNT(*) FROM seq_1_to_1000000000 a, seq_1_to_1000000000 b WHERE a.seq + b.seq = 0',
      ),
      huge: actionOf('sql', "SELECT seq, REPEAT('x', 100) FROM seq_1_to_10000000"),
      binary: actionOf('sql', "SELECT CAST(UNHEX('00FF01') AS BINARY) AS bytes"),
      empty: actionOf('sql', 'SELECT 1 FROM orders WHERE false'),
      echo: actionOf('sql', "SELECT '{value}' AS said"),
      crashes: actionOf(
        'sql',
        'SELECT COUNT(*) FROM seq_1_to_1000000000 a, seq_1_to_1000000000 b WHERE a.seq + b.seq = 0',
      ),
      kill: () => void killSessions(),
      crashReason: 'unavailable',
      badLogin: {
        open: () => open({ password: '${secret:WRONG}' }),
        told: /refused the login/,
        secret: 'not-the-password',
      },
      read: (result) => Object.values(result.rows?.[0] ?? {})[0],
    }),
  );

  it('tells bad credentials, an unknown database and a closed port apart', async () => {
    const told = async (settings: object): Promise<string> => {
      const failure = await (await open(settings)).check(never);
      assert.equal(failure?.reason, 'unavailable');
      return failure.message;
    };
    const wrong = await told({ password: '${secret:WRONG}' });
    assert.match(wrong, /refused the login: Access denied/);
    assert.doesNotMatch(wrong, /not-the-password/);
    assert.match(await told({ database: 'nowhere' }), /refused the login/);
    assert.match(await told({ port: await freePort() }), /refused the connection; is it running/);
    assert.match(await told({ tls: 'verify' }), /No encrypted connection can be made/);
  });
  it('uses a connection again, and asks again when a free one has died', async () => {
    const tool = await open({ maxConnections: 2 });
    const first = (await query(tool, 'SELECT CONNECTION_ID() AS id')).rows;
    assert.deepEqual((await query(tool, 'SELECT CONNECTION_ID() AS id')).rows, first);
    await killSessions();
    assert.deepEqual((await query(tool, 'SELECT 2 AS two')).rows, [{ two: 2 }]);
  });
  it('leaves nothing running on the server after a timeout', async () => {
    const tool = await open();
    const code = 'SELECT COUNT(*) AS marked FROM seq_1_to_1000000000 a, seq_1_to_1000000000 b WHERE a.seq + b.seq = 0';
    assert.equal((await refusal(tool, code, {}, 300)).reason, 'timeout');
    const running = () =>
      admin("SELECT id FROM information_schema.processlist WHERE user = 'engineer' AND info LIKE '%marked%'");
    // The server tells of the end a moment before the session is gone; how long a moment depends on the machine.
    for (const end = Date.now() + 10_000; Date.now() < end && (await running()).length > 0;);
    assert.deepEqual(await running(), []);
  });
  it('binds values as the place asks for', async () => {
    const tool = await open();
    const values = { region: 'us-east', since: '2024-01-01 11:00', n: 1, big: 5_000_000_000, part: 0.5, yes: true };
    assert.deepEqual((await query(tool, "SELECT id FROM orders WHERE region = '{region}'", values)).rows, [{ id: 1 }]);
    assert.deepEqual((await query(tool, 'SELECT id FROM orders WHERE region = "{region}"', values)).rows, [{ id: 1 }]);
    assert.deepEqual((await query(tool, "SELECT id FROM orders WHERE at > '{since}'", values)).rows, [{ id: 2 }]);
    assert.deepEqual((await query(tool, "SELECT id FROM orders WHERE at > TIMESTAMP '{since}'", values)).rows, [
      { id: 2 },
    ]);
    assert.deepEqual(
      (await query(tool, "SELECT id FROM orders WHERE at < '2024-01-01 10:30' + INTERVAL {n} HOUR", values)).rows,
      [{ id: 1 }],
    );
    assert.deepEqual((await query(tool, 'SELECT id FROM orders ORDER BY id LIMIT {n}', values)).rows, [{ id: 1 }]);
    assert.deepEqual((await query(tool, 'SELECT {n} AS a, {big} AS b, {part} AS c, {n} * 2 AS e', values)).rows, [
      { a: 1, b: 5_000_000_000, c: 0.5, e: 2 },
    ]);
    assert.deepEqual((await query(tool, "SELECT id FROM orders WHERE region LIKE '%{x}%'", { x: 'wes' })).rows, [
      { id: 2 },
    ]);
    assert.deepEqual((await query(tool, 'SELECT "a\'{x}" AS v', { x: '"b\\' })).rows, [{ v: 'a\'"b\\' }]);
    assert.equal((await refusal(tool, "SELECT 'a\\{x}'", { x: 'b' })).reason, 'invalid-parameter');
  });
  it('takes `\\G`, with which its own client ends a statement, for an end', async () => {
    const [row] = (await query(await open(), "SELECT 'a\\\\G' AS a, {n} AS n\\G", { n: 4 })).rows ?? [];
    assert.deepEqual(row, { a: 'a\\G', n: 4 });
    const { rows } = await query(await open(), "SHOW STATUS LIKE 'Uptime'\\G;");
    assert.equal(rows?.[0]?.['Variable_name'], 'Uptime');
  });

  it('shows values as literals that mean the same', async () => {
    const tool = await open();
    const rendered = tool.render(actionOf('sql', 'SELECT \'{x}\', "{x}"'), bindingsOf({ x: `it's "a" \\` }));
    assert.ok('text' in rendered);
    assert.equal(rendered.text, `SELECT 'it''s "a" \\\\', "it's ""a"" \\\\"`);
    assert.deepEqual(Object.values((await query(tool, rendered.text)).rows?.[0] ?? {}), [`it's "a" \\`, `it's "a" \\`]);
  });
  it('gives values as JSON that loses nothing', async () => {
    const tool = await open();
    const code = `SELECT 9007199254740993 AS big, 1.10 AS price, 12345678901234567.89 AS lengthy, TIMESTAMP '2024-01-01 12:00:00.5' AS at,
      DATE '2024-01-01' AS day, TIME '10:00:00' AS t, NULL AS nothing, 1 = 1 AS yes, bits, JSON_OBJECT('a', 9007199254740993) AS j, 0.1e0 AS f FROM flags`;
    assert.deepEqual((await query(tool, code)).rows, [
      {
        big: '9007199254740993',
        price: 1.1,
        lengthy: '12345678901234567.89',
        at: '2024-01-01T12:00:00.5',
        day: '2024-01-01',
        t: '10:00:00',
        nothing: null,
        yes: 1,
        bits: 5,
        j: { a: '9007199254740993' },
        f: 0.1,
      },
    ]);
  });
  it('counts rows beyond the cap, at little cost', async () => {
    const tool = await open({ maxRows: 10 });
    const result = await query(tool, 'SELECT seq FROM seq_1_to_123456');
    assert.equal(result.rows?.length, 10);
    assert.equal(result.rowCount, 123_456);
    const before = process.memoryUsage().rss;
    const large = await query(tool, "SELECT REPEAT('x', 1000) FROM seq_1_to_5000000");
    assert.match(large.notes.join(' '), /Only the first 10 of/);
    assert.ok(process.memoryUsage().rss - before < 200_000_000, `${process.memoryUsage().rss - before} bytes more`);
    assert.equal((await query(tool, 'SELECT 1')).rowCount, 1);
  });
  it('has a read that would write stopped by the server', async () => {
    const tool = await open();
    const failure = await refusal(tool, 'SELECT * FROM sly');
    assert.match(failure.message, /READ ONLY transaction/i);
    assert.match(failure.message, /taken for one that only reads/);
    assert.equal(await count('orders'), 2);
  });
  it('commits a write, says how many rows it changed, and keeps it when a later statement fails', async () => {
    const tool = await open();
    await query(tool, 'CREATE TABLE notes (id INT PRIMARY KEY, said TEXT)');
    assert.deepEqual((await query(tool, "INSERT INTO notes VALUES (1, '{x}'), (2, 'b')", { x: 'a' })).notes, [
      '2 rows affected.',
    ]);
    const failure = await refusal(tool, "INSERT INTO notes VALUES (4, 'd'); INSERT INTO notes VALUES (4, 'e')");
    assert.match(failure.message, /Duplicate entry/);
    assert.match(failure.message, /The statement before it was performed\.$/);
    await refusal(
      tool,
      "START TRANSACTION; INSERT INTO notes VALUES (5, 'd'); INSERT INTO notes VALUES (5, 'e'); COMMIT",
    );
    assert.equal(await count('notes'), 3);
  });
  it('rolls back a write that is stopped', async () => {
    const tool = await open();
    const failure = await refusal(
      tool,
      'INSERT INTO orders SELECT 100 + seq, SLEEP(1), 1, NOW(), NULL FROM seq_1_to_100',
      {},
      400,
    );
    assert.equal(failure.reason, 'timeout');
    assert.equal(await count('orders'), 2);
  });
  it('gives no file of this machine to the server', async () => {
    const tool = await open();
    await query(tool, 'CREATE TABLE `lines` (said TEXT)');
    assert.equal(
      (await refusal(tool, "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE `lines`")).reason,
      'refused-by-tool',
    );
    assert.equal(await count('`lines`'), 0);
  });
  it('points at the place of an error', async () => {
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
    assert.equal(await at('SELECT * FROM nowhere'), 'nowhere');
  });
  it('explains without running anything', async () => {
    const tool = await open();
    const explain = async (code: string, values: Values = {}) => {
      const rendered = tool.render(actionOf('sql', code), bindingsOf(values));
      assert.ok('text' in rendered);
      return tool.explain(rendered, never);
    };
    assert.deepEqual(await explain("SELECT id, price FROM orders WHERE region = '{x}'", { x: 'a' }), {
      kind: 'accepted',
      notes: [],
      columns: [
        { name: 'id', type: 'INT' },
        { name: 'price', type: 'DECIMAL' },
      ],
    });
    assert.equal((await explain('DELETE FROM orders')).kind, 'accepted');
    assert.equal((await explain('DROP TABLE orders')).kind, 'accepted');
    assert.equal(await count('orders'), 2);
    assert.equal((await explain('SELECT nope FROM orders')).kind, 'refused');
  });
  it('lists the tables of its database', async () => {
    const listed = await (await open()).schema?.(never);
    const tables = tablesOf(listed);
    assert.equal(homesOf(listed).length, 1, 'its database');
    assert.deepEqual(tables['flags'], ['bits bit(3)']);
    assert.deepEqual(tables['orders']?.slice(0, 3), ['id int(11)', 'region varchar(20)', 'price decimal(10,2)']);
    assert.ok(Object.keys(tables).every((name) => !name.includes('.')));
  });

  it('tells a server that is gone and back again as transient', async () => {
    const tool = await open();
    await query(tool, 'SELECT 1');
    const running = perform(
      tool,
      'SELECT COUNT(*) FROM seq_1_to_1000000000 a, seq_1_to_1000000000 b WHERE a.seq + b.seq = 0',
    );
    const killed = new Promise<unknown>((resolve) => setTimeout(() => resolve(server?.kill()), 300));
    const outcome = await running;
    await killed;
    const after = await perform(tool, 'SELECT 1');
    server = await start();
    for (const failed of [outcome, after]) {
      assert.ok(failed.kind === 'failure');
      assert.equal(failed.failure.reason, 'unavailable');
      assert.equal(failed.failure.transient, true);
    }
    assert.equal((await query(tool, 'SELECT 1')).rowCount, 1);
  });
});
