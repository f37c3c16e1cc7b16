// Expressions to any value, as watches and log messages take them, and the counts of breakpoints.
import assert from 'node:assert/strict';
import { evaluateValue, type GuardScope } from '../src/guard/index.ts';
import { analyze } from '../src/editing/index.ts';
import { fillMessage, GuideBreakpoints } from '../src/extension/debug/breakpoints.ts';

const scope: GuardScope = {
  result: {
    rows: [{ id: 1, name: 'a', 'odd name': true }],
    columns: ['id', 'name'],
    rowCount: 3,
    text: '\u001b[31mred\n',
  },
  params: { region: 'eu', limit: 5 },
  steps: { Step1: { exitCode: 2 } },
  results: {},
};

const values: readonly (readonly [string, unknown])[] = [
  ['rowCount', 3],
  ['params', { region: 'eu', limit: 5 }],
  ['rows[0]', { id: 1, name: 'a', 'odd name': true }],
  ['rows[0]["odd name"]', true],
  ['[1, 2.5, "x", null]', [1, 2.5, 'x', null]],
  ['{"a": [1]}', { a: [1] }],
  ['9007199254740993', '9007199254740993'],
  ['7u', 7],
  ['b"abc"', '3 bytes'],
  ['steps.Step1.exitCode > 1 ? params.region : "none"', 'eu'],
];

const faults: readonly (readonly [string, RegExp])[] = [
  ['rows', /only the first 1 of 3 rows/],
  ['rows[7]', /there is no item 7|rows/],
  ['json', /does not have/],
  ['nothing', /no name a guard knows/],
  ['rows[0].gone', /no column or member named `gone`/],
  ['1 +', /expected an expression/],
];

describe('an expression', () => {
  for (const [cel, value] of values) {
    it(`${cel} is ${JSON.stringify(value)}`, () =>
      assert.deepEqual(evaluateValue(cel, scope), { kind: 'value', value }));
  }
  for (const [cel, message] of faults) {
    it(`${cel} says why it is nothing`, () => {
      const found = evaluateValue(cel, scope);
      assert.match(found.kind === 'error' ? found.message : JSON.stringify(found), message);
    });
  }
  it('in a message is filled in, on one line that steers no console', () =>
    assert.equal(fillMessage('{rowCount} in {params.region}: {text} \\{ok\\}', scope), '3 in eu:  [31mred  {ok}'));
});

describe('a hit count', () => {
  const guide = '# T\n\n## Step 1 - One\n\n```bash\nls\n```\n';
  const { plan } = analyze(guide, { file: 't.md', sha256: '0', languages: null });
  const cases: readonly (readonly [string, readonly number[]])[] = [
    ['2', [2]],
    ['== 2', [2]],
    ['>= 4', [4, 5]],
    ['> 4', [5]],
    ['<2', [1]],
    ['<= 2', [1, 2]],
    ['% 2', [2, 4]],
  ];
  for (const [hitCondition, stops] of cases) {
    it(`${hitCondition} stops at ${stops.join(', ')} of five`, () => {
      const breakpoints = new GuideBreakpoints();
      breakpoints.set(plan, [{ line: 3, hitCondition }]);
      const hits = [1, 2, 3, 4, 5].filter(
        () => breakpoints.reached({ kind: 'step', node: 'Step1' }, scope).stops.length > 0,
      );
      assert.deepEqual(hits, stops);
    });
  }
  it('goes on where it was when other breakpoints change', () => {
    const breakpoints = new GuideBreakpoints();
    breakpoints.set(plan, [{ line: 3, hitCondition: '2' }]);
    breakpoints.reached({ kind: 'step', node: 'Step1' }, scope);
    breakpoints.set(plan, [{ line: 3, hitCondition: '2' }, { line: 5 }]);
    assert.equal(breakpoints.reached({ kind: 'step', node: 'Step1' }, scope).stops.length, 2);
  });
});
