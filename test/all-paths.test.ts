// Made-up answers open every way through a plan that a simple solver can open, and what nothing leads to is named.
import assert from 'node:assert/strict';
import { sha256Hex } from '../src/adapters/sha256.ts';
import { inventResults, evaluateGuard } from '../src/guard/index.ts';
import { explorePaths, type Exploration } from '../src/scenario/index.ts';
import { readPlanText } from './support/plan-text.ts';

const explore = (text: string, limit?: number): Promise<Exploration> =>
  explorePaths({ plan: readPlanText(text), tools: null, hash: sha256Hex }, limit);

describe('made-up results', () => {
  const cases: readonly (readonly [
    guard: string,
    members: readonly ('rows' | 'text' | 'json' | 'exitCode' | 'status')[],
  ])[] = [
    ["rows.exists(r, r.state == 'DOWN')", ['rows']],
    ['rows.exists(r, r.error_rate > 8.5 && r.zone != "a")', ['rows']],
    ['rows.all(r, r.ok) && rowCount > 0', ['rows']],
    ['rowCount >= 27', ['rows']],
    ['rows[0].age - 3 < 10 || rows[0].age == 40', ['rows']],
    ["rows.exists(r, r.name.startsWith('eu-') && r.n in [3, 5])", ['rows']],
    ['int(text) < params.limit', ['text', 'exitCode']],
    ["text.contains('refused') && !text.contains('retry')", ['text', 'exitCode']],
    ["text.matches('(?i)connection (refused|reset)')", ['text']],
    ['exitCode == 3', ['exitCode', 'text']],
    ['status == 429 || status >= 500', ['status', 'json', 'text']],
    ['json.pool.busy == json.pool.total', ['json', 'status']],
    ["json.items[0].state == 'x' ? json.n > 2 : json.n > 5", ['json']],
    ["json.alerts.exists(a, a.severity == 'page')", ['json']],
  ];
  for (const [guard, members] of cases) {
    it(`make \`${guard}\` true and false`, () => {
      const params = { limit: 1530 };
      const results = inventResults({ own: [guard], all: [guard], step: 'Step1', shape: { members }, params });
      const verdicts = results.map((result) => evaluateGuard(guard, { result, params, steps: {}, results: {} }).kind);
      assert.deepEqual([...verdicts].sort(), ['false', 'true'], JSON.stringify(results).slice(0, 500));
    });
  }
});

describe('every path', () => {
  it('is gone: branches, words of the engineer, results of earlier steps, failures', async () => {
    const { paths, unreached, complete } = await explore(`
      step Step1
        action read as=seen: look
      step Step2
        action write: mend
      step Step3
      edge start -> Step1
      edge Step1 -> Step2 guard rowCount > 10
      edge Step1 -> Step3 else
      edge Step1 -> end on-failure outcome=escalated
      edge Step2 -> end outcome=mitigated guard results.seen.rowCount > 20
      edge Step2 -> end outcome=resolved else
      edge Step3 -> end outcome=resolved if "it looks well"
      edge Step3 -> end outcome=escalated if "it does not"
    `);
    assert.equal(complete, true);
    assert.deepEqual(unreached, []);
    assert.deepEqual(paths.map(({ outcome, steps }) => `${steps.join(' ')} ${outcome}`).sort(), [
      'Step1 Step2 mitigated',
      'Step1 Step2 resolved',
      'Step1 Step3 escalated',
      'Step1 Step3 resolved',
      'Step1 escalated',
    ]);
  });

  it('names edges that no answer opens and those behind them', async () => {
    const { unreached } = await explore(`
      step Step1
        action read: look
      step Step2
      edge start -> Step1
      edge Step1 -> Step2 guard rowCount > 5 && rowCount < 3
      edge Step1 -> end else
      edge Step2 -> end outcome=resolved
    `);
    assert.deepEqual(
      unreached.map(({ edge, because }) => [edge.id, because]),
      [
        ['edge_Step1_Step2', 'no answer was found on which `rowCount > 5 && rowCount < 3` is true'],
        ['edge_Step2_end', '`Step2` is never reached'],
      ],
    );
  });

  it('finds where no branch fits', async () => {
    const { paths } = await explore(`
      step Step1
        action read: look
      edge start -> Step1
      edge Step1 -> end outcome=resolved guard rowCount > 5
      edge Step1 -> end outcome=escalated guard rowCount < 5
    `);
    assert.deepEqual(paths.map(({ outcome }) => outcome).sort(), ['escalated', 'no-branch-fits', 'resolved']);
  });

  it('goes round loops, and stops at the limit of runs, saying so', async () => {
    const loop = `
      step Step1
        action read: look
      edge start -> Step1
      edge Step1 -> end outcome=resolved guard rowCount == 0
      edge Step1 -> end outcome=escalated else
      repeat Step1 -> Step1 max=3 guard rowCount > 7
    `;
    const whole = await explore(loop);
    assert.deepEqual([whole.complete, whole.unreached], [true, []]);
    const few = await explore(loop, 3);
    assert.deepEqual([few.complete, few.runs], [false, 3]);
  });
});
