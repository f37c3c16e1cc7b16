// Made-up answers open every way through a plan that a simple solver can open, and what nothing leads to is named.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sha256Hex } from '../src/adapters/sha256.ts';
import { inventResults, evaluateGuard } from '../src/guard/index.ts';
import { explorePaths, runScenario, scenarioSchema, type Exploration } from '../src/scenario/index.ts';
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
    ["numbers(text, 'load average')[1] > 8", ['text']],
    ["same(numbers(text, 'load average').map(l, l > 8))", ['text']],
    ['httpStatus(text) >= 500', ['text']],
    ["below(text, 'Events').contains('FailedScheduling')", ['text']],
    ["listed(text).filter(r, r.STATUS == 'Running').size() < 3", ['text']],
    ["rows.filter(r, r.state == 'Running').size() < 3", ['rows']],
    ['listed(text).exists(r, amount(r.RESTARTS) > 5)', ['text']],
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

  it('has words in the body of an answer over HTTP', async () => {
    const { unreached, paths } = await explore(`
      step Step1
        action read language=http: GET /orders
      edge start -> Step1
      edge Step1 -> end outcome=mitigated guard text.contains('stuck')
      edge Step1 -> end outcome=resolved else
    `);
    assert.deepEqual(unreached, []);
    assert.deepEqual(paths.map(({ outcome }) => outcome).sort(), ['mitigated', 'resolved']);
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

describe('what is said to be unreachable', () => {
  const unreachedOf = async (text: string): Promise<readonly string[]> =>
    (await explore(text)).unreached.map(({ edge }) => edge.id);

  it('is not what another value of a parameter reaches', async () => {
    const { unreached, paths } = await explore(`
      param region string
      param limit integer default=10
      step Step1
        action read: look
      step Step2
      edge start -> Step1
      edge Step1 -> Step2 guard params.region == 'eu' && rowCount > params.limit
      edge Step1 -> end outcome=not-applicable guard params.region in ['us', 'ca']
      edge Step1 -> end outcome=escalated else
      edge Step2 -> end outcome=mitigated guard params.limit > 50
      edge Step2 -> end outcome=resolved else
    `);
    assert.deepEqual(unreached, []);
    for (const { scenario, outcome } of paths)
      if (outcome === 'not-applicable') assert.match(String(scenario.parameters['region']), /^(us|ca)$/);
  });

  it('is what no value of a parameter that its pattern allows reaches', async () => {
    const plan = readPlanText(`
      param region string
      step Step1
      edge start -> Step1
      edge Step1 -> end outcome=resolved guard params.region == 'mars'
      edge Step1 -> end outcome=escalated else
    `);
    const [region] = plan.guide.parameters;
    assert.ok(region);
    const narrow = { ...plan, guide: { ...plan.guide, parameters: [{ ...region, pattern: '(eu|us)-.*' }] } };
    const presets = { region: 'eu-west' };
    const { unreached } = await explorePaths({ plan: narrow, tools: null, hash: sha256Hex, presets });
    assert.deepEqual(
      unreached.map(({ because }) => because),
      ["no answer was found on which `params.region == 'mars'` is true"],
    );
  });

  it('is not what the results of two steps reach together', async () => {
    const both = await unreachedOf(`
      step Step1
        action read: one
      step Step2
        action read: two
      step Step3
      edge start -> Step1
      edge start -> Step2
      edge Step1 -> Step3
      edge Step2 -> Step3
      edge Step3 -> end outcome=resolved guard steps.Step1.rowCount > 10 && steps.Step2.rows[0].ms > 500
      edge Step3 -> end outcome=escalated guard steps.Step1.rowCount > 10 && steps.Step2.rows[0].ms <= 500
      edge Step3 -> end outcome=mitigated guard steps.Step1.rowCount < steps.Step2.rowCount
      edge Step3 -> end outcome=not-applicable else
    `);
    assert.deepEqual(both, []);
    const ownAndEarlier = await unreachedOf(`
      step Step1
        action read as=before: one
      step Step2
        action read: two
      edge start -> Step1
      edge Step1 -> Step2
      edge Step2 -> end outcome=resolved guard rowCount > 3 && results.before.rowCount == 7
      edge Step2 -> end outcome=escalated guard rowCount > steps.Step1.rowCount
      edge Step2 -> end outcome=not-applicable else
    `);
    assert.deepEqual(ownAndEarlier, []);
  });

  it('is not what the engineer leaves open beside a condition that holds', async () => {
    const unreached = await unreachedOf(`
      step Step1
        action read: look
      step Step2
      edge start -> Step1
      edge Step1 -> end outcome=escalated if "it smells"
      edge Step1 -> Step2 guard rowCount > 3
      edge Step1 -> end outcome=not-applicable else
      edge Step2 -> end outcome=resolved if "it is red"
      edge Step2 -> end outcome=mitigated if "it is blue"
    `);
    assert.deepEqual(unreached, []);
  });

  it('is a way back into a loop too', async () => {
    const loop = (guard: string): string => `
      step Step1
        action read: look
      edge start -> Step1
      edge Step1 -> end outcome=resolved guard rowCount == 0
      edge Step1 -> end outcome=escalated else
      repeat Step1 -> Step1 max=2 guard ${guard}
    `;
    assert.deepEqual(await unreachedOf(loop('rowCount > 7')), []);
    assert.deepEqual(await unreachedOf(loop('rowCount > 7 && rowCount < 5')), ['repeat_Step1_Step1']);
  });

  it('is told of loops within loops, whose rounds are gone through once for each way they can stand', async () => {
    const { complete, runs, unreached, paths } = await explore(`
      step Step1
        action read: outer
      step Step2
        action read: inner
      edge start -> Step1
      edge Step1 -> Step2
      edge Step2 -> end outcome=escalated guard rowCount == 3
      edge Step2 -> end outcome=resolved else
      repeat Step2 -> Step2 max=3 guard rowCount == 1
      repeat Step2 -> Step1 max=3 guard rowCount == 2
    `);
    assert.deepEqual([complete, unreached], [true, []]);
    assert.deepEqual(paths.map(({ outcome }) => outcome).sort(), ['escalated', 'resolved']);
    assert.ok(runs < 500, `${runs} runs`);
  });

  it('is found without taking every loop to its bound: on comes before back', async function () {
    this.timeout(20_000);
    const { runs, paths } = await explore(
      `
      step Step1
      step Step2
      step Step3
      edge start -> Step1
      edge Step1 -> Step2 if "on"
      edge Step2 -> Step3 if "on"
      edge Step3 -> end outcome=resolved if "done"
      repeat Step1 -> Step1 max=20 if "again"
      repeat Step2 -> Step1 max=20 if "again"
      repeat Step3 -> Step1 max=20 if "again"
    `,
      100,
    );
    assert.equal(runs, 100);
    // The plainest way goes through no loop at all.
    assert.deepEqual(paths[0]?.scenario.decisions, {
      Step1: 'edge_Step1_Step2',
      Step2: 'edge_Step2_Step3',
      Step3: 'edge_Step3_end',
    });
  });

  it('is nothing that runs on random answers reach', async function () {
    this.timeout(60_000);
    const test = fc.oneof(
      fc.tuple(fc.constantFrom('>', '<', '=='), fc.nat(6)).map(([sign, n]) => `rowCount ${sign} ${n}`),
      fc.tuple(fc.constantFrom('>', '<', '=='), fc.nat(6)).map(([sign, n]) => `steps.Step1.rowCount ${sign} ${n}`),
      fc.constantFrom('>', '<', '==').map((sign) => `rowCount ${sign} steps.Step1.rowCount`),
      fc.constantFrom("params.region == 'eu'", "params.region != 'us'", 'params.limit > 4'),
    );
    const guard = fc.oneof(
      test,
      fc.tuple(test, fc.constantFrom('&&', '||'), test).map(([one, sign, other]) => `${one} ${sign} ${other}`),
    );
    const anyAnswer = fc.record({
      region: fc.constantFrom('eu', 'us', 'mars'),
      limit: fc.nat(9),
      one: fc.array(fc.nat(8), { minLength: 1, maxLength: 3 }),
      two: fc.array(fc.nat(8), { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(guard, { minLength: 1, maxLength: 3 }),
        fc.array(anyAnswer, { minLength: 25, maxLength: 25 }),
        fc.option(guard),
        async (guards, answers, again) => {
          const plan = readPlanText(`
            param region string
            param limit integer
            step Step1
              action read: one
            step Step2
              action read: two
            edge start -> Step1
            edge Step1 -> Step2
            ${guards.map((cel) => `edge Step2 -> end guard ${cel}`).join('\n')}
            edge Step2 -> end else
            ${again === null ? '' : `repeat Step2 -> Step1 max=2 guard ${again}`}
          `);
          const world = { plan, tools: null, hash: sha256Hex };
          const { unreached, complete } = await explorePaths(world);
          if (!complete) return;
          const never = new Set(unreached.map(({ edge }) => edge.id));
          for (const { region, limit, one, two } of answers) {
            const table = (counts: readonly number[]): object =>
              counts.map((length) => ({ rows: Array.from({ length }, () => ({ n: 1 })) }));
            const scenario = scenarioSchema.parse({
              name: 'random',
              parameters: { region, limit },
              answers: { 'Step1.1': table(one), 'Step2.1': table(two) },
            });
            const { lines } = await runScenario(world, scenario);
            for (const { body } of lines)
              if (body['status'] === 'enabled' || body['again'] === true)
                assert.ok(!never.has(String(body['edge'] ?? body['repeat'])), JSON.stringify(body));
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});
