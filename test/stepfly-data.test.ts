// StepFly's guide against its own data, as written: the nine queries on embedded DuckDB. Needs the shared corpus.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RenderedAction, Tool } from '../src/run/index.ts';
import { openTools, type NodeToolbox } from '../src/tools/index.ts';
import { actionOf, bindingsOf } from './support/action-of.ts';

const corpus = resolve(import.meta.dirname, '../../shared/corpus');
const guidePath = resolve(corpus, 'guides/stepfly__Distributed_System_Low_Availability.md');
const data = resolve(corpus, 'stepfly-demo');

const parameters = {
  region: 'us-east',
  service_name: 'api.gateway.main',
  environment: 'prod',
  start_time: '2024-01-20T06:30:00Z',
  end_time: '2024-01-20T08:30:00Z',
  threshold: '99.9',
};

describe("StepFly's queries on its data", function () {
  this.timeout(60_000);
  let toolbox: NodeToolbox;
  let tool: Tool;
  const never = new AbortController().signal;

  before(async function () {
    if (!existsSync(guidePath) || !existsSync(data)) {
      console.log('      not run: the shared corpus is not here');
      return this.skip();
    }
    const tools = { telemetry: { kind: 'sql', data } };
    toolbox = await openTools({ folder: corpus, tools, secrets: {} }, { env: process.env });
    tool = toolbox.tools[0] as Tool;
  });
  after(() => toolbox?.close());

  const render = (step: number): RenderedAction => {
    const text = readFileSync(guidePath, 'utf8');
    const code = new RegExp(`<PLUGIN_${step - 1}>\\n([\\s\\S]*?)\\n</PLUGIN_${step - 1}>`).exec(text)?.[1] ?? '';
    const rendered = tool.render(actionOf('sql', code), bindingsOf(parameters));
    assert.ok('text' in rendered, JSON.stringify(rendered));
    return rendered;
  };
  const perform = async (step: number) => {
    const outcome = await tool.perform(render(step), { timeoutMs: 30_000, signal: never });
    assert.equal(outcome.kind, 'result', JSON.stringify(outcome));
    return outcome.kind === 'result' ? outcome.result : assert.fail();
  };

  it('checks the connection', async () => assert.equal(await tool.check(never), null));

  for (let step = 2; step <= 10; step++)
    it(`step ${step} only reads`, () =>
      assert.equal(tool.classify(render(step)).effect, 'read', tool.classify(render(step)).because));

  it('step 2 gives two versions without a regression', async () => {
    const { rows, rowCount } = await perform(2);
    assert.equal(rowCount, 2);
    assert.equal(rows?.[0]?.['service_version'], '3.14.2');
    assert.equal(rows?.[0]?.['total_count'], 18_751);
    assert.equal(rows?.[0]?.['assessment'], 'NO_REGRESSION');
  });
  it('step 3 gives nothing', async () => assert.equal((await perform(3)).rowCount, 0));
  it('step 4 gives 27 rows', async () => assert.equal((await perform(4)).rowCount, 27));
  it('steps 5 and 7 understand DATE_TRUNC with a width', async () => {
    assert.ok(((await perform(5)).rowCount ?? -1) >= 0);
    assert.ok(((await perform(7)).rowCount ?? -1) >= 0);
  });
  it('step 9 gives 6,072 rows', async () => {
    const { rows, rowCount } = await perform(9);
    assert.equal(rowCount, 6072);
    assert.equal(rows?.length, 6072);
    assert.match(String(rows[0]?.['timestamp']), /^2024-01-20T0\d:\d\d:\d\d$/);
  });

  for (const [step, message, place] of [
    [6, /[Aa]mbiguous reference to column name "timestamp"/, 'timestamp'],
    [8, /[Aa]mbiguous reference to column name "request_id"/, 'request_id'],
    [10, /must appear in the GROUP BY clause/, 'exception_message'],
  ] as const)
    it(`step ${step} is refused with the database's words at their place, before and in the run`, async () => {
      const rendered = render(step);
      const explained = await tool.explain(rendered, never);
      const performed = await tool.perform(rendered, { timeoutMs: 30_000, signal: never });
      assert.equal(explained.kind, 'refused', JSON.stringify(explained));
      assert.equal(performed.kind, 'failure');
      for (const failure of [
        explained.kind === 'refused' && explained.failure,
        performed.kind === 'failure' && performed.failure,
      ]) {
        assert.ok(failure);
        assert.equal(failure.reason, 'refused-by-tool');
        assert.match(failure.message, message);
        assert.ok(failure.at);
        assert.equal(rendered.action.code.slice(failure.at.start, failure.at.end), place);
      }
    });

  for (const step of [2, 3, 4, 5, 7, 9])
    it(`explains step ${step} without performing it`, async () => {
      const explained = await tool.explain(render(step), never);
      assert.equal(explained.kind, 'accepted', JSON.stringify(explained));
      assert.ok(explained.kind === 'accepted' && (explained.columns?.length ?? 0) > 3);
    });
});
