// The guard room's boundary: inference from words, checking with places, evaluation with evidence, words for people,
// and shapes read from SQL. Cases are text in test/guards; the head of each file tells its form.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { isCelError, parse, run } from '@bufbuild/cel';
import fc from 'fast-check';
import {
  checkGuard,
  describeGuard,
  evaluateGuard,
  type GuardScope,
  inferGuard,
  type ResultShape,
  shapeOfAction,
  shapeOfSql,
  whyNotDecidable,
} from '../src/guard/index.ts';
import { parseGuard } from '../src/guard/parse-guard.ts';
import { withinCpuTime } from './support/cpu-time.ts';

const folder = new URL('./guards/', import.meta.url);
const updating = process.env['UPDATE_SNAPSHOTS'] === '1';

interface Definitions {
  readonly shapes: ReadonlyMap<string, ResultShape>;
  readonly scopes: ReadonlyMap<string, GuardScope>;
}

/** Reads `shape <name>: <language>` with its indented code, and `scope <name>: <json>`. */
function readDefinitions(lines: readonly string[]): Definitions {
  const shapes = new Map<string, ResultShape>();
  const scopes = new Map<string, GuardScope>();
  for (const [index, line] of lines.entries()) {
    const shape = /^shape (\w+): (\w+)$/.exec(line);
    if (shape) {
      const rest = lines.slice(index + 1);
      const end = rest.findIndex((one) => !one.startsWith('  '));
      const code = rest.slice(0, end < 0 ? rest.length : end).join('\n');
      shapes.set(shape[1] ?? '', shapeOfAction({ language: shape[2] ?? '', code }));
    }
    const scope = /^scope (\w+): (.*)$/.exec(line);
    if (scope) {
      const given = JSON.parse(scope[2] ?? '') as Partial<GuardScope> & { readonly hides?: readonly string[] };
      const secrets = new Set(given.hides);
      scopes.set(scope[1] ?? '', { result: {}, params: {}, steps: {}, results: {}, secrets, ...given });
    }
  }
  return { shapes, scopes };
}

/** Cases of one line: `<shape> | <condition> | <expected>`. */
function inferenceTable(name: string): void {
  const lines = readFileSync(new URL(`${name}.txt`, folder), 'utf8').split('\n');
  const { shapes } = readDefinitions(lines);
  for (const [index, line] of lines.entries()) {
    const [, key = '', condition = '', expected = ''] = /^(\w+) \| (.*) \| (.*)$/.exec(line) ?? [];
    if (key === '') {
      assert.ok(/^(?:#|shape |  |$)/.test(line), `${name}.txt:${index + 1} is no case: ${line}`);
      continue;
    }
    it(`${name}.txt:${index + 1} ${condition}`, () => {
      const shape = shapes.get(key);
      assert.ok(shape, `no shape named ${key}`);
      const guard = inferGuard(condition, shape);
      assert.equal(guard?.cel ?? '-', expected);
      if (!guard) return;
      assert.deepEqual(checkGuard(guard.cel, shape, noParameters), [], 'an inferred guard passes the check');
      assert.ok(!isCelError(parse(guard.cel)));
    });
  }
}

/** Cases `<name>> <subject>` with the answer indented below; the answers can be rewritten. */
function answerTable(name: string, answer: (key: string, subject: string, definitions: Definitions) => string): void {
  const file = new URL(`${name}.txt`, folder);
  const lines = readFileSync(file, 'utf8').split('\n');
  const definitions = readDefinitions(lines);
  const rewritten: string[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const found = /^(\w+)> ?(.*)$/.exec(line);
    rewritten.push(line);
    at++;
    if (!found) continue;
    const expected: string[] = [];
    while (lines[at]?.startsWith('  ')) expected.push(lines[at++] ?? '');
    const indent = ' '.repeat((found[1] ?? '').length + 2);
    const actual = answer(found[1] ?? '', found[2] ?? '', definitions)
      .split('\n')
      .filter((one) => one !== '')
      .map((one) => `${indent}${one}`.trimEnd());
    rewritten.push(...actual);
    const title = `${name}.txt:${at - expected.length} ${line}`;
    if (!updating) it(title, () => assert.deepEqual(actual, expected));
  }
  if (updating) writeFileSync(file, rewritten.join('\n'));
}

describe('guard: inference from words', () => {
  for (const name of [
    'status-words',
    'thresholds',
    'row-counts',
    'commands',
    'http-status',
    'listings',
    'printed',
    'column-texts',
    'known-commands',
    'answers',
    'made-up',
  ])
    inferenceTable(name);
  answerTable('reasons', (key, condition, { shapes }) => {
    const shape = shapes.get(key) ?? { members: [] };
    assert.equal(inferGuard(condition, shape), null);
    return whyNotDecidable(condition, shape);
  });
});

const noParameters = { names: [], secrets: [] };

describe('guard: checking', () => {
  answerTable(
    'checks',
    (key, cel, { shapes }) =>
      checkGuard(cel, shapes.get(key) ?? null, { names: ['region', 'threshold', 'api_key'], secrets: ['api_key'] })
        .map(({ message, start, end, hint }) => {
          const carets = ' '.repeat(start) + '^'.repeat(Math.max(1, end - start));
          return `${carets} ${message}${hint === undefined ? '' : ` Hint: ${hint}`}`;
        })
        .join('\n') || 'sound',
  );
});

describe('guard: evaluation', () => {
  answerTable('evaluation', (key, cel, { scopes }) => {
    const scope = scopes.get(key);
    assert.ok(scope, `no scope named ${key}`);
    const verdict = evaluateGuard(cel, scope);
    if (verdict.kind === 'error') return `error: ${verdict.message}`;
    const reads = verdict.reads.map(({ what, value }) => `${what} = ${JSON.stringify(value)}`);
    return `${verdict.kind}: ${reads.join('; ')}`;
  });

  const many = {
    params: {},
    steps: {},
    results: {},
    result: { rowCount: 10_000, rows: Array.from({ length: 10_000 }, (_, n) => ({ n, name: `node-${n}` })) },
  };

  it('walks 10,000 rows soon, also with map, filter and a pattern', () => {
    for (const cel of [
      'rows.exists(r, r.n == 9999)',
      'rows.filter(r, r.n > 2).size() == 9997',
      'rows.map(r, r.n).exists(n, n > 9998)',
      "rows.all(r, r.name.matches('^node-[0-9]+$'))",
    ]) {
      withinCpuTime(10_000, cel, () => assert.equal(evaluateGuard(cel, many).kind, 'true', cel));
    }
  });

  it('ends a walk inside a walk with an error', () => {
    const verdict = evaluateGuard('rows.exists(a, rows.exists(b, a.n + b.n < 0))', many);
    assert.ok(verdict.kind === 'error' && verdict.message.includes('walks more than'), JSON.stringify(verdict));
  });

  it('matches a pattern that makes backtracking matchers hang', () => {
    const scope = { ...many, result: { text: `${'a'.repeat(50_000)}b` } };
    assert.equal(evaluateGuard("text.matches('^(a+)+$')", scope).kind, 'false');
  });

  it('keeps what it read small', () => {
    const scope = { ...many, result: { text: 'x'.repeat(100_000) } };
    const verdict = evaluateGuard("text.contains('x')", scope);
    assert.ok(JSON.stringify(verdict).length < 400);
  });
});

describe('guard: words', () => answerTable('words', (_key, cel) => describeGuard(cel)));

describe('guard: shapes from SQL', () => {
  answerTable('shapes', (key, _subject, { shapes }) => {
    const shape = shapes.get(key);
    assert.ok(shape, `no shape named ${key}`);
    const columns = shape.columns?.map(({ name, values, elseValue, firstRankValues, fraction }) => {
      const set = values?.map((value) => {
        const marks = `${value === elseValue ? '*' : ''}${firstRankValues?.includes(value) ? '^' : ''}`;
        return value + marks;
      });
      return `${name}${set ? ` {${set.join(', ')}}` : ''}${fraction ? ' (fraction)' : ''}`;
    });
    const listed = columns ? `${columns.join(', ')}${shape.complete ? '' : ', …'}` : 'columns unknown';
    const rows = [shape.rows, shape.rowsOf && `rows of ${shape.rowsOf}`].filter((word) => word !== undefined);
    return [shape.members.join(' ') || 'no members', ...(shape.members.includes('rows') ? [listed] : []), ...rows].join(
      '\n',
    );
  });

  it('reads hostile text in linear time', () => {
    for (const code of [
      '('.repeat(100_000),
      "'".repeat(99_999),
      `SELECT ${'CASE '.repeat(20_000)}${' END'.repeat(20_000)} FROM t`,
      `SELECT * FROM ${'(SELECT * FROM '.repeat(9_000)}t${')'.repeat(9_000)}`,
      `WITH ${Array.from({ length: 5_000 }, (_, n) => `c${n + 1} AS (SELECT * FROM c${n})`).join(', ')} SELECT * FROM c5000`,
      `SELECT a FROM t WHERE ${"a != 'x' AND ".repeat(15_000)}TRUE`,
      `${'/* '.repeat(50_000)}`,
      `${'-'.repeat(300_000)}`,
      'x'.repeat(5_000_000),
    ]) {
      withinCpuTime(5000, code.slice(0, 40), () => shapeOfSql(code));
    }
  });
});

describe('guard: properties', () => {
  const shape = shapeOfSql(
    "SELECT region, error_rate, CASE WHEN a THEN 'CRITICAL' ELSE 'HEALTHY' END AS state FROM regions",
  );
  const bits =
    `rows rowCount r . ( ) [ ] { } , : ? && || ! == != < > in + - * / % 'a' "b" 1 2.5 1u true null exists all filter map
     has size matches text exitCode params x error_rate state \\ ' " // # é 😀 if`.split(/\s+/);
  const soup = fc
    .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...bits) }, fc.string({ maxLength: 4 })), { maxLength: 30 })
    .map((parts) => parts.join(''));
  const scope: GuardScope = {
    result: { rows: [{ region: 'eu', error_rate: 9, state: 'CRITICAL' }], rowCount: 1 },
    params: {},
    steps: {},
    results: {},
  };

  it('checks any text without a throw, with places inside the text', () => {
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (text) => {
        for (const { start, end } of checkGuard(text, shape, { names: ['x'], secrets: [] })) {
          assert.ok(0 <= start && start <= end && end <= text.length, `${start}-${end} of ${text.length}`);
        }
        describeGuard(text);
        assert.ok(['true', 'false', 'error'].includes(evaluateGuard(text, scope).kind));
      }),
      { numRuns: 1500 },
    );
  });

  it('accepts nothing that the CEL library does not parse', () => {
    fc.assert(
      fc.property(soup, (text) => {
        if (parseGuard(text).kind === 'tree') parse(text);
      }),
      { numRuns: 3000 },
    );
  });

  it('infers from any words without a throw, and only what passes the check', () => {
    const words =
      `if the any all no every region regions error rate error_rate is are not above below between and or 8 % 5
      CRITICAL HEALTHY rows returned , . ( ) shows the query returns more than latest found state exceeds`.split(/\s+/);
    const sentence = fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(fc.oneof(sentence, fc.string({ unit: 'binary' })), (condition) => {
        const guard = inferGuard(condition, shape);
        if (guard) assert.deepEqual(checkGuard(guard.cel, shape, noParameters), []);
        else assert.ok(whyNotDecidable(condition, shape).length > 0);
      }),
      { numRuns: 3000 },
    );
  });

  it('reads any SQL without a throw', () => {
    const words =
      `SELECT FROM WHERE CASE WHEN THEN ELSE END WITH AS ( ) , * . 'A' 'B' a b t = != AND OR IN UNION ALL LIMIT 1
      TOP DISTINCT GROUP BY ORDER [ ] ; {x} JOIN ON`.split(/\s+/);
    const query = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(fc.oneof(query, fc.string({ unit: 'binary' })), (code) => {
        assert.ok(shapeOfSql(code).members.length === 3);
      }),
      { numRuns: 2000 },
    );
  });

  it('never says the opposite of the CEL library', () => {
    const cell = fc.oneof(fc.constantFrom(null, 'A', 'B'), fc.integer({ min: -3, max: 3 }));
    const rows = fc.array(fc.record({ a: cell, b: cell }, { requiredKeys: ['a'], noNullPrototype: true }), {
      maxLength: 4,
    });
    const leaf = fc.constantFrom(
      "r.a == 'A'",
      "r.a != 'B'",
      'r.a > 1',
      'r.b <= 0',
      "r.b in ['A', 'B']",
      'has(r.b)',
      "r.a == 1 && r.b != 'A'",
    );
    const walk = fc
      .tuple(fc.constantFrom('exists', 'all', 'exists_one'), leaf)
      .map(([macro, body]) => `rows.${macro}(r, ${body})`);
    const atom = fc.oneof(walk, fc.constantFrom('rowCount > 1.0', 'size(rows) == 2', 'true'));
    const guard = fc
      .array(fc.tuple(fc.boolean(), atom, fc.constantFrom('&&', '||')), { minLength: 1, maxLength: 4 })
      .map((parts) =>
        parts.map(([not, text, joint], index) => `${index > 0 ? ` ${joint} ` : ''}${not ? '!' : ''}${text}`).join(''),
      );
    fc.assert(
      fc.property(guard, rows, (cel, made) => {
        const result = { rows: made, rowCount: made.length };
        const theirs = run(cel, { ...result });
        const ours = evaluateGuard(cel, { ...scope, result });
        if (ours.kind === 'error') return;
        assert.equal(ours.kind, String(theirs), cel);
      }),
      { numRuns: 2000 },
    );
  });
});
