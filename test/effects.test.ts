// What actions may do, by their text: no hostile one counts as a read, whether a tool judges it or the compiler without a
// tool, and nearly all harmless ones do. The lists were written before the judgement was looked at.
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import {
  classifyEffect,
  classifyKubectl,
  classifyKusto,
  classifyPowershell,
  classifyShell,
  classifySql,
} from '../src/effect/index.ts';
import { sqlEffectAnywhere } from '../src/effect/sql/classify-sql.ts';
import { isCutAlike, tokenizeSql } from '../src/effect/sql/tokenize-sql.ts';
import { placeArguments } from '../src/tools/kubernetes/place-arguments.ts';
import { withinCpuTime } from './support/cpu-time.ts';
import { effectList, effectLists } from './support/effect-lists.ts';

/** As the tool of a list judges an action. */
const asTool: Readonly<Record<string, (code: string) => string>> = {
  postgres: (code) => classifySql(code, [], 'postgres').effect,
  mysql: (code) => classifySql(code, [], 'mysql').effect,
  duckdb: (code) => classifySql(code, [], 'duckdb').effect,
  // Of databases that no tool is for: SQL Server, SQLite, Oracle, ClickHouse and others.
  sql: (code) => sqlEffectAnywhere(code),
  shell: (code) => classifyShell(code).effect,
  powershell: (code) => classifyPowershell(code).effect,
  kusto: (code) => classifyKusto(code).effect,
  http: (code) => classifyEffect({ language: 'http', code }),
  kubectl: (code) => {
    const placed = placeArguments(code, []);
    return 'args' in placed ? classifyKubectl(placed.args).effect : 'unknown';
  },
};

const languages: Readonly<Record<string, string>> = {
  shell: 'bash',
  kubectl: 'bash',
  powershell: 'powershell',
  kusto: 'kusto',
  http: 'http',
};

/** As compiling judges it, which knows no tool. */
const asText = (list: string, code: string): string => classifyEffect({ language: languages[list] ?? 'sql', code });

/** Ways to hide one action behind others that only read. */
const disguises: Readonly<Record<string, readonly ((code: string) => string)[]>> = {
  sql: [
    (code) => `SELECT 1;\n${code}`,
    (code) => `/* ok */ ${code}`,
    (code) => `-- ok\n${code}`,
    (code) => code.toLowerCase(),
    (code) => `${code}\n;\nSELECT 1`,
  ],
  shell: [
    (code) => `ls\n${code}`,
    (code) => `true && ${code}`,
    (code) => `if ls; then\n${code}\nfi`,
    (code) => `(\n${code}\n)`,
    (code) => `echo "$(\n${code}\n)"`,
    (code) => `for i in 1 2; do\n${code}\ndone`,
    (code) => `${code}\nls`,
    (code) => `cat 1<(\n${code}\n)`,
    (code) => `echo "\${x/$(\n${code}\n)/b}"`,
    (code) => `cat <<X\n$(\n${code}\n)\nX`,
  ],
  kusto: [(code) => `// ok\n${code}`, (code) => `${code}\n// ok`],
  powershell: [(code) => `Get-Date; ${code}`, (code) => `Get-Date\n${code}\nGet-Date`],
};

const kindOf = (list: string): string =>
  list === 'shell' || list === 'kubectl' ? 'shell' : /^(powershell|kusto|http)$/.test(list) ? list : 'sql';

describe('SQL whose database is not known', () => {
  const dialects = ['postgres', 'mysql', 'duckdb'] as const;
  const pieces =
    `' E' e' 1E'x' NONE' '' " \` \\ $ $$ # -- --x /* */ ; ( ) , . : = { } E e x _ 7 0.5 1e SELECT FROM DELETE count(`.split(
      ' ',
    );
  const sql = fc
    .array(fc.oneof(fc.constantFrom(...pieces, ' ', '\n', '\r', '\t', '\u00a0', 'é'), fc.constant(' ')), {
      maxLength: 14,
    })
    .map((parts) => parts.join(''));
  const withHole = sql.chain((code) =>
    fc.tuple(fc.constant(code), fc.nat(code.length), fc.nat(3)).map(([, at, length]) => ({
      code,
      holes:
        length === 0 ? [] : [{ start: at, end: Math.min(code.length, at + length) }].filter((h) => h.start < h.end),
    })),
  );

  it('is cut once only where every dialect cuts it into the same tokens', () => {
    let alike = 0;
    fc.assert(
      fc.property(withHole, ({ code, holes }) => {
        if (!isCutAlike(code, holes)) return;
        alike++;
        const [one, ...others] = dialects.map((dialect) => tokenizeSql(code, holes, dialect));
        for (const other of others) assert.deepEqual(other, one);
      }),
      { numRuns: 20_000 },
    );
    assert.ok(alike > 1000, `${alike} texts were cut once`);
  });

  it('is what it is in all of them, and not known where they differ', () => {
    assert.equal(sqlEffectAnywhere("SELECT 1 WHERE a = 'NONE'"), 'read');
    assert.equal(sqlEffectAnywhere('DELETE FROM t'), 'write');
    assert.equal(sqlEffectAnywhere('SELECT 1 # DELETE FROM t'), 'unknown');
  });
});

describe('effects of actions', () => {
  it('has a list of each side for every language', () => {
    assert.deepEqual([...effectLists('hostile')].sort(), Object.keys(asTool).sort());
    assert.deepEqual([...effectLists('harmless')].sort(), Object.keys(asTool).sort());
    const count = (side: 'hostile' | 'harmless') =>
      new Set(effectLists(side).flatMap((list) => effectList(`${side}/${list}`))).size;
    assert.ok(count('hostile') >= 1000, `${count('hostile')} hostile actions`);
    assert.ok(count('harmless') >= 500, `${count('harmless')} harmless actions`);
  });

  for (const list of effectLists('hostile')) {
    const hostile = effectList(`hostile/${list}`);
    it(`takes no hostile action of ${list} for a read`, () => {
      assert.deepEqual(
        hostile.filter((code) => asTool[list]?.(code) !== 'write' && asTool[list]?.(code) !== 'unknown'),
        [],
      );
      assert.deepEqual(
        hostile.filter((code) => asText(list, code) === 'read'),
        [],
      );
    });
    it(`takes none of ${list} for a read when it stands among harmless ones`, () => {
      const judge = kindOf(list) === 'shell' ? asTool['shell'] : asTool[list];
      const fooled = hostile.flatMap((code) =>
        (disguises[kindOf(list)] ?? []).map((disguise) => disguise(code)).filter((each) => judge?.(each) === 'read'),
      );
      assert.deepEqual(fooled, []);
    }).timeout(240_000);
  }

  for (const list of effectLists('harmless'))
    it(`takes harmless actions of ${list} for reads`, () => {
      const harmless = effectList(`harmless/${list}`);
      const missed = harmless.filter((code) => asTool[list]?.(code) !== 'read');
      assert.ok(missed.length <= harmless.length / 10, missed.join('\n'));
      const byText = harmless.filter((code) => asText(list, code) !== 'read');
      // A dialect's own words are not known without a tool.
      assert.ok(byText.length <= harmless.length / (list === 'duckdb' ? 4 : 8), byText.join('\n'));
    });

  it('asks about at most one harmless action in thirty', () => {
    const judged = effectLists('harmless').flatMap((list) =>
      effectList(`harmless/${list}`).map((code) => ({ code, effect: asTool[list]?.(code) })),
    );
    const asked = judged.filter(({ effect }) => effect !== 'read').map(({ code }) => code);
    assert.ok(asked.length <= judged.length / 30, asked.join('\n'));
  });

  it('judges what only its language can do', () => {
    const effect = (language: string, code: string) => classifyEffect({ language, code });
    assert.equal(effect('kusto', 'Requests | where success == false | take 10'), 'read');
    assert.equal(effect('kusto', '.show tables'), 'read');
    assert.equal(effect('kusto', '.drop table Requests'), 'write');
    assert.equal(effect('kusto', '.show tables | .drop table Requests'), 'unknown');
    assert.equal(effect('kusto', "externaldata (a: string) ['https://evil.example']"), 'unknown');
    assert.equal(effect('kusto', "T | evaluate http_request('https://evil.example')"), 'unknown');
    assert.equal(effect('kusto', 'T | evaluate python(typeof(*), "x")'), 'unknown');
    assert.equal(effect('http', 'GET /status'), 'read');
    assert.equal(effect('http', 'GET /status\nX-HTTP-Method-Override: DELETE'), 'unknown');
    assert.equal(effect('http', 'POST /restart'), 'write');
    assert.equal(effect('python', 'print(1)'), 'unknown');
    assert.equal(effect('javascript', '1'), 'unknown');
    assert.equal(effect('console', '$ ls /var\napp.log\n$ rm app.log'), 'write');
    assert.equal(effect('console', '$ ls /var\nrm app.log'), 'read');
    assert.equal(effect('console', '$ ls \\\n  && rm app.log'), 'write');
    assert.equal(effect('console', 'mysql> SELECT 1'), 'unknown');
    assert.equal(effect('bash', '$ ls\n$ rm app.log'), 'write');
  });

  it('takes a session that goes on without an end for no read, and not long to see it', () => {
    const sessions = [
      `$ echo it's\n${'what it printed\n'.repeat(20_000)}`,
      `$ echo it's\n${'what it printed\n'.repeat(5000)}`,
      `$ cat <<EOF\n${`${'x'.repeat(1000)}\n`.repeat(90)}`,
      `$ echo a \\\n${'b \\\n'.repeat(20_000)}`,
      `${"$ echo 'a\n'\n".repeat(8000)}`,
    ];
    const effects = sessions.map((code) =>
      withinCpuTime(5000, code.slice(0, 20), () => classifyEffect({ language: 'console', code })),
    );
    assert.deepEqual(effects, ['unknown', 'unknown', 'unknown', 'unknown', 'read']);
  });

  it('knows what clients and catalogues write in their own way', () => {
    const effect = (language: string, code: string) => classifyEffect({ language, code });
    assert.equal(effect('sql', 'SHOW ENGINE INNODB STATUS\\G'), 'read');
    assert.notEqual(effect('sql', 'SELECT 1\\G DROP TABLE t'), 'read');
    const mysql = (code: string) => classifySql(code, [], 'mysql').effect;
    assert.equal(mysql("SHOW STATUS LIKE 'a%'\\G SHOW REPLICA STATUS \\G;"), 'read');
    assert.equal(mysql('SELECT 1\\G DROP TABLE t'), 'write');
    assert.equal(mysql('SELECT 1\\Gx'), 'unknown');
    assert.equal(effect('sql', "SELECT sid, serial# FROM v$session s, v$lock l WHERE status = 'ACTIVE'"), 'read');
    assert.notEqual(effect('sql', 'SELECT a$x$ FROM t; DROP TABLE t; SELECT b$x$'), 'read');
    assert.notEqual(effect('sql', 'SELECT a# ; DROP TABLE t'), 'read');
    assert.notEqual(effect('sql', "SELECT a# '\n; DROP TABLE t; SELECT '"), 'read');
    const mongo = (stages: string) => effect('bash', `mongosh --eval 'db.o.aggregate([${stages}]).toArray()'`);
    assert.equal(mongo('{$match: {a: 1}}, {"$group": {_id: "$b", n: {$sum: 1}}}'), 'read');
    for (const stages of [
      '{$out: "x"}',
      '{"$merge": {into: "x"}}',
      '{["$out"]: "x"}',
      '{"$o\\u0075t": "x"}',
      'x',
      '{$match: {a: f()}}',
    ])
      assert.equal(mongo(stages), 'unknown', stages);
  });

  it('takes a value that PowerShell puts together for a read only where it is shown', () => {
    const effect = (code: string) => classifyPowershell(code).effect;
    assert.equal(effect('Get-Process | ForEach-Object { "{0} {1}" -f $_.Name, $_.Id } | Sort-Object'), 'read');
    assert.equal(effect('Get-Process | % { $_.Name }'), 'read');
    for (const code of [
      'Get-Process | % { $_.Name } | Get-Content',
      'Get-Content (Get-Process | % { $_.Name })',
      '$x = Get-Process | % { $_.Name }; Get-Content $x',
      "Get-Process | Select-Object @{n='Path';e={'\\' + '\\evil\\x'}} | Get-Content",
      "$x = Get-Process | Select-Object @{n='Path';e={'\\' + '\\evil\\x'}}; $x | Get-Content",
      'Get-Process | % Kill',
      'Get-Process | % { $_.Name } { Stop-Process $_ }',
    ])
      assert.equal(effect(code), 'unknown', code);
  });

  it('reads a placeholder as a word', () =>
    assert.equal(
      classifyEffect({ language: 'bash', code: 'kubectl logs <pod>', holes: [{ start: 13, end: 18 }] }),
      'read',
    ));
});
