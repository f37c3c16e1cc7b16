// The `sql` tool on the real embedded database: contract, values, data files good and bad, effects, limits.
import { strict as assert } from 'node:assert';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import sqlite from 'node-sqlite3-wasm';
import type { ActionFailure, ActionResult, Tool } from '../src/run/index.ts';
import { openTools } from '../src/tools/index.ts';
import { bindSql } from '../src/tools/sql/bind-sql.ts';
import { classifySql } from '../src/effect/index.ts';
import { actionOf, bindingsOf } from './support/action-of.ts';
import { homesOf, tablesOf } from './support/tables-of.ts';
import { toolContract } from './support/tool-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'tsg-sql-test-'));
const never = new AbortController().signal;

async function openSql(settings: object): Promise<Tool> {
  const toolbox = await openTools(
    { folder, tools: { db: { kind: 'sql', ...settings } }, secrets: {} },
    { env: process.env },
  );
  return toolbox.tools[0] ?? assert.fail();
}

async function query(
  tool: Tool,
  code: string,
  values: Record<string, string | number | boolean> = {},
): Promise<ActionResult> {
  const rendered = tool.render(actionOf('sql', code), bindingsOf(values));
  assert.ok('text' in rendered, JSON.stringify(rendered));
  const outcome = await tool.perform(rendered, { timeoutMs: 20_000, signal: never });
  return outcome.kind === 'result' ? outcome.result : assert.fail(JSON.stringify(outcome.failure));
}

async function refusal(
  tool: Tool,
  code: string,
  values: Record<string, string | number | boolean> = {},
): Promise<ActionFailure> {
  const rendered = tool.render(actionOf('sql', code), bindingsOf(values));
  if ('reason' in rendered) return rendered;
  const outcome = await tool.perform(rendered, { timeoutMs: 20_000, signal: never });
  return outcome.kind === 'failure' ? outcome.failure : assert.fail(JSON.stringify(outcome.result));
}

before(async function () {
  this.timeout(20_000);
  const data = join(folder, 'data');
  mkdirSync(data);
  writeFileSync(join(data, 'people.csv'), 'name,born,tall\nAda,1815-12-10,1.65\nGrace,1906-12-09,1.7\n');
  writeFileSync(join(data, 'hits.csv.gz'), gzipSync('seen,code\n2024-01-01 00:00:00,200\n2024-01-01 00:40:00,500\n'));
  writeFileSync(
    join(data, 'events.jsonl'),
    '{"id":1,"tags":["a","b"],"who":{"name":"Ada"}}\n{"id":2,"tags":[],"who":null}\n',
  );
  writeFileSync(join(data, 'broken.csv'), Buffer.from('a,b\n1,\xff\xfe\xfa\n', 'latin1'));
  writeFileSync(join(data, 'packed.csv.gz'), 'this is not gzip');
  writeFileSync(join(data, 'empty.csv'), '');
  writeFileSync(join(data, 'liar.parquet'), 'PAR1 this is no parquet file');
  writeFileSync(join(data, 'fake.db'), 'this is no database');
  writeFileSync(join(data, 'old.duckdb'), 'nor is this');
  writeFileSync(join(data, 'notes.txt'), 'not data');
  mkdirSync(join(folder, 'guessed'));
  writeFileSync(join(folder, 'guessed', 'ids.csv'), 'n,id,size\n1,12345678901234567890,1.5e20\n2,2,0.5\n');
  writeFileSync(
    join(folder, 'guessed', 'eu.csv'),
    'n,either,clock,days\n1,01/02/2024,01/02/2024 10:00,13/02/2024\n2,03/04/2024,03/04/2024 11:00,01/02/2024\n',
  );
  writeFileSync(join(folder, 'guessed', 'us.csv'), 'n,months\n1,02/13/2024\n2,01/02/2024\n');
  writeFileSync(join(folder, 'guessed', 'iso.csv'), 'n,iso\n1,2024-01-02\n2,2024-01-03\n');
  writeFileSync(join(folder, 'guessed', 'long.csv'), `n,id\n1,${'123456789'.repeat(5)}\n2,2\n`);
  writeFileSync(
    join(folder, 'guessed', 'events.jsonl'),
    [
      { n: 1, seen: '2024-01-01T10:00:00+02:00', local: '2024-01-01T10:00:00', mixed: '2024-01-01T10:00:00Z' },
      { n: 2, seen: '2024-01-01T10:30:00Z', local: '2024-01-01 11:00:00', mixed: '2024-01-01T10:00:00' },
    ]
      .map((row, index) => JSON.stringify({ ...row, inside: { at: `2024-01-0${index + 1}T00:00:00-05:00` } }))
      .map((row, index) => row.replace(/}$/, `,"id":${index}2345678901234567890,"long":9${'123456789'.repeat(5)}}`))
      .join('\n')
      .replace('"id":02', '"id":2'),
  );
  const database = new sqlite.Database(join(folder, 'shop.sqlite'));
  database.exec(
    "CREATE TABLE orders (id INTEGER, seen TIMESTAMP, price REAL, note TEXT); INSERT INTO orders VALUES (1, '2024-01-01 10:00:00', 9.5, 'ü'), (2, '2024-01-02 11:00:00', 3, NULL)",
  );
  database.close();
  const instance = await DuckDBInstance.create(join(folder, 'big.duckdb'));
  const connection = await instance.connect();
  await connection.run('CREATE TABLE numbers AS SELECT range AS n FROM range(1000)');
  connection.closeSync();
  instance.closeSync();
});
after(() => rmSync(folder, { recursive: true, force: true }));

toolContract(
  'sql',
  () => openSql({ data: 'shop.sqlite', maxRows: 1000 }),
  () => ({
    unicode: actionOf('sql', "SELECT 'Grüße 漢字 🚀' AS said"),
    hangs: actionOf('sql', 'SELECT count(*) FROM range(100000000000) a, range(100000) b'),
    huge: actionOf('sql', "SELECT range, repeat('x', 100) FROM range(10000000)"),
    binary: actionOf('sql', "SELECT '\\x00\\xFF\\x01'::BLOB AS bytes"),
    empty: actionOf('sql', 'SELECT 1 WHERE false'),
    echo: actionOf('sql', "SELECT '{value}' AS said"),
    crashes: actionOf('sql', 'SELECT count(*) FROM range(100000000000) a, range(100000) b'),
    kill: killWorkers,
    crashReason: 'crashed',
    badLogin: 'it logs in nowhere',
    read: (result) => Object.values(result.rows?.[0] ?? {})[0],
  }),
);

/** Kills this process's own database workers, as a native crash would. */
function killWorkers(): void {
  const found = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'sql-worker'], { encoding: 'utf8' });
  for (const pid of found.trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
}

describe('sql', function () {
  this.timeout(30_000);
  let tool: Tool;
  before(async () => {
    tool = await openSql({ data: 'data' });
  });
  after(() => tool.close());

  it('reads CSV, compressed CSV and JSON lines as tables', async () => {
    assert.deepEqual((await query(tool, 'SELECT * FROM people ORDER BY name')).rows, [
      { name: 'Ada', born: '1815-12-10', tall: 1.65 },
      { name: 'Grace', born: '1906-12-09', tall: 1.7 },
    ]);
    assert.deepEqual((await query(tool, 'SELECT seen FROM hits WHERE code >= 500')).rows, [
      { seen: '2024-01-01T00:40:00' },
    ]);
    assert.deepEqual((await query(tool, 'SELECT tags, who FROM events ORDER BY id LIMIT 1')).rows, [
      { tags: ['a', 'b'], who: { name: 'Ada' } },
    ]);
  });
  it('neither rounds the whole numbers of a CSV file nor guesses which part of a date is the month', async () => {
    const guessed = await openSql({ data: 'guessed' });
    try {
      assert.deepEqual((await query(guessed, 'SELECT id, size FROM ids ORDER BY n')).rows, [
        { id: '12345678901234567890', size: 1.5e20 },
        { id: 2, size: 0.5 },
      ]);
      assert.deepEqual((await query(guessed, 'SELECT id FROM long ORDER BY n')).rows, [
        { id: '123456789'.repeat(5) },
        { id: '2' },
      ]);
      const events = await query(guessed, 'SELECT * FROM events ORDER BY n');
      assert.deepEqual(
        events.rows?.map(({ seen, local, inside, id, long }) => [seen, local, inside, id, long]),
        [
          [
            '2024-01-01T08:00:00.000Z',
            '2024-01-01T10:00:00',
            { at: '2024-01-01T05:00:00.000Z' },
            '2345678901234567890',
            `9${'123456789'.repeat(5)}`,
          ],
          [
            '2024-01-01T10:30:00.000Z',
            '2024-01-01T11:00:00',
            { at: '2024-01-02T05:00:00.000Z' },
            '12345678901234567890',
            `9${'123456789'.repeat(5)}`,
          ],
        ],
      );
      assert.equal(events.columns?.find(({ name }) => name === 'mixed')?.type, 'TIMESTAMP');
      assert.deepEqual(
        (
          await query(
            guessed,
            'SELECT either, clock, days, months, iso FROM eu JOIN us USING (n) JOIN iso USING (n) ORDER BY n',
          )
        ).rows,
        [
          {
            either: '01/02/2024',
            clock: '01/02/2024 10:00',
            days: '2024-02-13',
            months: '2024-02-13',
            iso: '2024-01-02',
          },
          {
            either: '03/04/2024',
            clock: '03/04/2024 11:00',
            days: '2024-02-01',
            months: '2024-01-02',
            iso: '2024-01-03',
          },
        ],
      );
    } finally {
      await guessed.close();
    }
  });
  it('names the files that it cannot read, and loads the others', async () => {
    const failure = await tool.check(never);
    assert.equal(failure?.reason, 'unavailable');
    for (const name of ['broken.csv', 'packed.csv.gz', 'empty.csv', 'liar.parquet', 'fake.db', 'old.duckdb'])
      assert.match(failure.message, new RegExp(`\`${name}\` could not be read`));
    assert.match((await refusal(tool, 'SELECT * FROM broken')).message, /`broken\.csv` could not be read/);
  });
  it('says when there is no data', async () => {
    const none = await openSql({ data: 'nowhere' });
    assert.deepEqual(await none.check(never), {
      reason: 'unavailable',
      message: 'The data `nowhere` does not exist; expected a folder of data files or a database file.',
      transient: false,
    });
    await none.close();
  });
  it('says when a database file is none', async () => {
    const fake = await openSql({ data: 'data/fake.db' });
    assert.match((await fake.check(never))?.message ?? '', /`fake\.db` could not be read: it is not a SQLite database/);
    await fake.close();
  });
  it('reads SQLite files with their types', async () => {
    const shop = await openSql({ data: 'shop.sqlite' });
    assert.deepEqual(
      (await query(shop, "SELECT * FROM orders WHERE seen < '{until}'", { until: '2024-01-02T00:00:00Z' })).rows,
      [{ id: 1, seen: '2024-01-01T10:00:00', price: 9.5, note: 'ü' }],
    );
    await shop.close();
  });
  it('reads DuckDB files, which nothing can change', async () => {
    const big = await openSql({ data: 'big.duckdb' });
    assert.deepEqual((await query(big, 'SELECT sum(n) AS total FROM numbers')).rows, [{ total: 499_500 }]);
    assert.equal((await refusal(big, 'INSERT INTO "file big".main.numbers VALUES (1)')).reason, 'refused-by-tool');
    await big.close();
  });
  it('lists the tables it has loaded, of every kind of file', async function () {
    this.timeout(90_000); // It starts a process for each kind.
    const listed = await tool.schema?.(never);
    const tables = tablesOf(listed);
    assert.deepEqual(homesOf(listed), ['main']);
    assert.deepEqual(tables, {
      people: ['name VARCHAR', 'born DATE', 'tall DOUBLE'],
      hits: ['seen TIMESTAMP', 'code BIGINT'],
      events: ['id BIGINT', 'tags VARCHAR[]', 'who STRUCT("name" VARCHAR)'],
    });
    for (const [data, expected] of [
      ['shop.sqlite', { orders: ['id BIGINT', 'seen TIMESTAMP', 'price DOUBLE', 'note VARCHAR'] }],
      ['big.duckdb', { numbers: ['n BIGINT'] }],
    ] as const) {
      const other = await openSql({ data });
      assert.deepEqual(tablesOf(await other.schema?.(never)), expected);
      await other.close();
    }
    const gone = await openSql({ data: 'nowhere' });
    const failed = await gone.schema?.(never);
    assert.equal(failed && 'reason' in failed && failed.reason, 'unavailable');
    await gone.close();
  });
  it('gives values that JSON can hold, exactly', async () => {
    const code = `SELECT 9007199254740993 AS big, 12::HUGEINT AS huge, 1.10::DECIMAL(10,2) AS price, 12345678901234567.89::DECIMAL(30,2) AS long,
      'NaN'::DOUBLE AS nan, TIMESTAMPTZ '2024-01-01 12:00:00+02' AS at, MAP {'a': 1} AS m, INTERVAL '1 day' AS i, NULL AS nothing`;
    assert.deepEqual((await query(tool, code)).rows, [
      {
        big: '9007199254740993',
        huge: 12,
        price: 1.1,
        long: '12345678901234567.89',
        nan: 'NaN',
        at: '2024-01-01T10:00:00.000Z',
        m: { a: 1 },
        i: '1 day',
        nothing: null,
      },
    ]);
  });
  it('counts rows beyond the cap', async () => {
    const result = await query(tool, 'SELECT range FROM range(123456)');
    assert.equal(result.rows?.length, 10_000);
    assert.equal(result.rowCount, 123_456);
    assert.equal(result.rowsCapped, true);
    assert.deepEqual(result.notes, ['Only the first 10,000 of 123,456 rows are kept.']);
  });
  it('reaches no file and no setting', async () => {
    for (const code of [
      "SELECT * FROM read_csv('/etc/passwd')",
      "SELECT * FROM '/etc/passwd.csv'",
      "COPY people TO '/tmp/x.csv'",
      "ATTACH '/tmp/x.db'",
      "SET memory_limit = '64GB'",
      'SET enable_external_access = true',
      'INSTALL httpfs',
    ])
      assert.match(
        (await refusal(tool, code)).message,
        /disabled by configuration|configuration has been locked/,
        code,
      );
  });
  it('stops at its memory limit and goes on', async () => {
    const failure = await refusal(tool, "SELECT string_agg(repeat('x', 10000) || range) FROM range(1000000)");
    assert.match(failure.message, /Out of Memory|memory/i);
    assert.equal((await query(tool, 'SELECT 1 AS one')).rowCount, 1);
  });
  it('performs several statements in order and gives the last result', async () => {
    const result = await query(
      tool,
      "CREATE TEMP TABLE t AS SELECT '{x};' AS x; INSERT INTO t VALUES ('b'); SELECT count(*) AS n FROM t;",
      { x: 'a' },
    );
    assert.deepEqual(result.rows, [{ n: 2 }]);
  });
  it('points at the place of an error behind values, Unicode and other statements', async () => {
    const code = "SELECT 'ü🚀{x}' AS a;\nSELECT '{x}' AS b, '🚀' AS c, nope FROM people";
    const failure = await refusal(tool, code, { x: 'a long value that is not in the text' });
    assert.equal(code.slice(failure.at?.start, failure.at?.end), 'nope');
    const syntax = 'SELECT *\nFORM people';
    const failed = await refusal(tool, syntax);
    assert.equal(syntax.slice(failed.at?.start, failed.at?.end), 'people');
  });
  it('keeps other queries when one of them crashes or runs away', async () => {
    const hang = tool.render(actionOf('sql', 'SELECT count(*) FROM range(100000000000) a, range(100000) b'), []);
    assert.ok('text' in hang);
    const [runaway, other] = await Promise.all([
      tool.perform(hang, { timeoutMs: 300, signal: never }),
      query(tool, 'SELECT count(*) AS n FROM people'),
    ]);
    assert.equal(runaway.kind === 'failure' && runaway.failure.reason, 'timeout');
    assert.deepEqual(other.rows, [{ n: 2 }]);
  });
});

describe('the database process', function () {
  this.timeout(30_000);
  it('ends when its parent dies in the middle of a query', async () => {
    const script = `
      import { openTools } from ${JSON.stringify(new URL('../src/tools/index.ts', import.meta.url).href)};
      import { actionOf } from ${JSON.stringify(new URL('./support/action-of.ts', import.meta.url).href)};
      const toolbox = await openTools({ folder: ${JSON.stringify(folder)}, tools: { db: { kind: 'sql', data: 'shop.sqlite' } }, secrets: {} }, { env: process.env });
      const [tool] = toolbox.tools;
      await tool.check(new AbortController().signal);
      void tool.perform(tool.render(actionOf('sql', 'SELECT count(*) FROM range(100000000000) a, range(100000) b'), []), { timeoutMs: 60000, signal: new AbortController().signal });
      console.log('running');`;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => parent.stdout.once('data', resolve));
    const workers = execFileSync('pgrep', ['-P', String(parent.pid), '-f', 'sql-worker'], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
    assert.equal(workers.length, 1);
    parent.kill('SIGKILL');
    const gone = (): boolean => {
      try {
        return readFileSync(`/proc/${workers[0]}/stat`, 'utf8').includes(') Z');
      } catch {
        return true;
      }
    };
    for (let i = 0; i < 300 && !gone(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(gone(), 'the worker is still there');
  });
});

describe('sql values', () => {
  const cases: [string, Record<string, string | number | boolean>, string, unknown[], string][] = [
    ["a = '{x}'", { x: "it's" }, 'a = $1', ["it's"], "a = 'it''s'"],
    ["a LIKE '%{x}%'", { x: 'b' }, "a LIKE ('%' || $1 || '%')", ['b'], "a LIKE '%b%'"],
    ['a > {n}', { n: 5 }, 'a > $1', [5], 'a > 5'],
    ['a = {x}', { x: 'y' }, 'a = $1', ['y'], "a = 'y'"],
    [
      "a = '{n}' OR b = {n} OR c = '{n}'",
      { n: 5 },
      'a = $1 OR b = $2 OR c = $1',
      ['5', 5],
      "a = '5' OR b = 5 OR c = '5'",
    ],
    [
      "now() - INTERVAL '{n} minutes'",
      { n: 5 },
      "now() - CAST(($1 || ' minutes') AS INTERVAL)",
      ['5'],
      "now() - INTERVAL '5 minutes'",
    ],
    [
      "now() - INTERVAL '{n}' HOUR",
      { n: 5 },
      "now() - CAST($1 || ' HOUR' AS INTERVAL)",
      ['5'],
      "now() - INTERVAL '5' HOUR",
    ],
    ['now() - INTERVAL {n} MINUTE', { n: 5 }, 'now() - INTERVAL ($1) MINUTE', [5], 'now() - INTERVAL 5 MINUTE'],
    [
      "at > TIMESTAMP '{t}'",
      { t: '2024-01-01' },
      'at > CAST($1 AS TIMESTAMP)',
      ['2024-01-01'],
      "at > TIMESTAMP '2024-01-01'",
    ],
    [
      "DATE_TRUNC('30 minutes', at)",
      {},
      "time_bucket(CAST('30 minutes' AS INTERVAL), at)",
      [],
      "DATE_TRUNC('30 minutes', at)",
    ],
    [
      "DATE_TRUNC('{w}', at)",
      { w: '30 minutes' },
      'time_bucket(CAST($1 AS INTERVAL), at)',
      ['30 minutes'],
      "DATE_TRUNC('30 minutes', at)",
    ],
    ["DATE_TRUNC('hour', at)", {}, "DATE_TRUNC('hour', at)", [], "DATE_TRUNC('hour', at)"],
    ['1 -- {x}\n', { x: '\n; DROP' }, '1  \n', [], '1 -- {x}\n'],
  ];
  for (const [code, values, sql, bound, text] of cases)
    it(code, () => {
      const action = actionOf('sql', code);
      const holes = action.placeholders.map(({ parameter, span }) => ({
        start: span.start - 100,
        end: span.end - 100,
        binding: { name: parameter, value: values[parameter] ?? '', secret: false },
      }));
      const result = bindSql(code, holes);
      assert.ok('statements' in result, JSON.stringify(result));
      assert.equal(result.statements[0]?.sql, sql);
      assert.deepEqual(result.statements[0]?.values, bound);
      assert.equal(result.text, text);
    });
  for (const code of [
    'SELECT * FROM {x}',
    'SELECT "{x}" FROM t',
    'SELECT * FROM t_{x}',
    'SELECT $${x}$$',
    "SELECT E'{x}'",
    'SELECT t.{x} FROM t',
    "SELECT 'open {x}",
  ])
    it(`refuses ${code}`, async () => {
      const tool = await openSql({ data: 'data' });
      const rendered = tool.render(actionOf('sql', code), bindingsOf({ x: 'y' }));
      assert.ok('reason' in rendered, JSON.stringify(rendered));
      assert.equal(rendered.reason, 'invalid-parameter');
      assert.equal(code.slice(rendered.at?.start, rendered.at?.end), '{x}');
    });
});

describe('sql effects', () => {
  const effects: [string, string][] = [
    ['SELECT 1', 'read'],
    ['WITH a AS (SELECT 1) SELECT * FROM a;', 'read'],
    ['WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a) SELECT * FROM a', 'read'],
    ['(SELECT 1) UNION (SELECT 2)', 'read'],
    ['VALUES (1), (2)', 'read'],
    ['SHOW TABLES', 'read'],
    ['DESCRIBE t', 'read'],
    ['EXPLAIN SELECT 1', 'read'],
    ["SELECT 'DELETE FROM t' -- DROP TABLE t", 'read'],
    ['SELECT "update" FROM t', 'read'],
    ['SELECT count(*) FILTER (WHERE a) OVER (PARTITION BY b) FROM t AS x(a, b)', 'read'],
    ['SELECT EXTRACT(EPOCH FROM at)::DECIMAL(10, 2) FROM t', 'read'],
    ['', 'unknown'],
    ['INSERT INTO t VALUES (1)', 'write'],
    ['WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone', 'write'],
    ['WITH a AS (SELECT 1) UPDATE t SET x = 1', 'write'],
    ['SELECT * INTO backup FROM t', 'write'],
    ['SELECT * FROM t FOR UPDATE', 'write'],
    ['EXPLAIN ANALYZE DELETE FROM t', 'write'],
    ["EXPLAIN ANALYZE COPY t TO 'f'", 'write'],
    ['EXPLAIN ANALYZE EXECUTE p', 'unknown'],
    ['EXPLAIN (ANALYZE, BUFFERS) SELECT 1', 'read'],
    ['EXPLAIN (ANALYZE', 'unknown'],
    ['SELECT 1; DROP TABLE t', 'write'],
    ['SELECT pg_terminate_backend(1)', 'unknown'],
    ["SELECT setval('s', 1)", 'unknown'],
    ["SELECT nextval('s')", 'unknown'],
    ["SELECT dblink_exec('x', 'DELETE')", 'unknown'],
    ["SELECT lo_export(1, '/tmp/x')", 'unknown'],
    ['SELECT "purge"()', 'unknown'],
    ['SELECT ops.lower(x) FROM t', 'unknown'],
    ['SELECT 1 /*! ; DELETE FROM t */', 'unknown'],
    ["SELECT '\\'; DELETE FROM t; -- '", 'write'],
    ['SELECT /* /* */ 1 */ 2', 'unknown'],
    ['CALL purge()', 'unknown'],
    ["COPY t TO '/tmp/x'", 'write'],
    ['PRAGMA table_info(t)', 'read'],
    ['PRAGMA journal_mode = DELETE', 'unknown'],
    ['DO $$ BEGIN DELETE FROM t; END $$', 'unknown'],
    ['BEGIN; SELECT 1; COMMIT', 'unknown'],
    ["SELECT * FROM read_csv('/etc/passwd')", 'unknown'],
    ['SET x = 1', 'unknown'],
    ['TRUNCATE t', 'write'],
    ["SELECT 'never closed", 'unknown'],
  ];
  for (const [code, effect] of effects)
    it(`${effect}: ${code}`, () => assert.equal(classifySql(code).effect, effect, classifySql(code).because));
});
