// StepFly's guide, unmodified, end to end on its own data: the figures that issue 2 promises.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { jsonOf, root, temporaryFolder, tsg, type RunJson } from './cli/tsg.ts';

const corpus = resolve(root, '../shared/corpus');
const guide = join(corpus, 'guides/stepfly__Distributed_System_Low_Availability.md');
const data = join(corpus, 'stepfly-demo');

describe("StepFly's guide on its data", function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  let flags: string[] = [];
  let waiting: RunJson;

  before(function () {
    if (!existsSync(guide) || !existsSync(data)) {
      console.warn('    not run: ../shared/corpus is not there');
      this.skip();
    }
    const params = join(folder.path, 'params.json');
    writeFileSync(params, JSON.stringify(parametersOf(readFileSync(join(data, 'incident-700000001.txt'), 'utf8'))));
    const config = join(folder.path, 'tsg.yaml');
    writeFileSync(config, `tools:\n  telemetry:\n    kind: sql\n    data: ${JSON.stringify(data)}\n`);
    flags = [guide, '--config', config, '--params', params, '--json'];
  });
  after(() => {
    folder.remove();
  });

  it('shows its faults when it is first opened: what the tool refuses, what nothing uses, where text and query disagree, what has no number', async () => {
    const end = await tsg(['check', ...flags.slice(0, 3), '--explain', '--format', 'json']);
    const found = JSON.parse(end.out) as { code: string; line: number; message: string }[];
    const of = (code: string): typeof found => found.filter((one) => one.code === code);
    assert.equal(of('action.invalid-query').length, 3, end.out.slice(0, 2000));
    assert.ok(of('parameter.unused').some(({ message }) => message.includes('threshold')));
    assert.deepEqual(
      of('threshold.mismatch').map(({ line }) => line),
      [160, 160],
    );
    assert.ok(
      of('condition.vague').some(({ message, line }) => message.includes('poor health scores') && line === 332),
    );
  });

  it('stops at Step 9 for judgement, and names the flag', async () => {
    const end = await tsg(['run', ...flags, '--live', '--journal', join(folder.path, 'waiting.jsonl')]);
    waiting = jsonOf(end);
    assert.equal(end.code, 3, end.err);
    assert.equal(waiting.outcome, 'waiting');
    assert.ok(
      waiting.requests.some((request) => request['node'] === 'Step9'),
      JSON.stringify(waiting.requests),
    );
  });

  it('gives the figures of its queries', () => {
    const step2 = action(waiting, 'Step2.1');
    assert.equal(step2.rowCount, 2);
    assert.equal(step2.rows?.[0]?.['service_version'], '3.14.2');
    assert.equal(Number(step2.rows[0]['total_count']), 18_751);
    assert.deepEqual(
      step2.rows.map((row) => row['assessment']),
      ['NO_REGRESSION', 'NO_REGRESSION'],
    );
    assert.equal(action(waiting, 'Step3.1').rowCount, 0);
    assert.equal(action(waiting, 'Step4.1').rowCount, 27);
    assert.equal(action(waiting, 'Step9.1').rowCount, 6072);
    assert.equal(action(waiting, 'Step5.1').status, 'succeeded');
    assert.equal(action(waiting, 'Step7.1').status, 'succeeded');
  });

  for (const [node, from, to] of [
    ['Step6', 334, 429],
    ['Step8', 534, 627],
    ['Step10', 694, 823],
  ] as const) {
    it(`fails ${node} with the database's message at its line`, () => {
      const failed = action(waiting, `${node}.1`);
      assert.equal(failed.status, 'failed');
      assert.equal(waiting.steps.find((step) => step.node === node)?.status, 'failed');
      assert.ok(failed.error && failed.error.message.length > 10, JSON.stringify(failed.error));
      const { line = 0 } = failed.error;
      assert.ok(line > from && line < to, `line ${line} is outside ${node}`);
    });
  }

  it('ends resolved when the engineer decides Step 9, without a model', async () => {
    const end = await tsg([
      'run',
      ...flags,
      '--live',
      '--decide',
      'Step9=end',
      '--journal',
      join(folder.path, 'decided.jsonl'),
    ]);
    const run = jsonOf(end);
    assert.equal(run.outcome, 'resolved', JSON.stringify(run.requests));
    assert.equal(end.code, 0);
    assert.equal(run.modelCalls, 0);
    const enabled = run.edges.filter((edge) => edge.status === 'enabled' && edge.edge.startsWith('edge_Step9_'));
    assert.deepEqual(
      enabled.map((edge) => edge.decidedBy),
      ['engineer'],
    );
  });

  it('resumes the stopped run with the decision, and repeats no finished step', async () => {
    const journal = join(folder.path, 'waiting.jsonl');
    const end = await tsg(['resume', journal, '--config', flags[2] ?? '', '--decide', 'Step9=end', '--json']);
    assert.equal(jsonOf(end).outcome, 'resolved', end.out);
    assert.equal(end.code, 0);
    const lines = readFileSync(journal, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const id of ['Step2.1', 'Step4.1', 'Step9.1']) {
      const started = lines.filter(({ kind, action }) => kind === 'action-started' && action === id);
      assert.equal(started.length, 1, `${id} was started ${started.length} times`);
    }
  });

  it('reports the three refused queries before the run', async () => {
    const end = await tsg(['check', guide, '--config', flags[2] ?? '', '--explain', '--format', 'json']);
    const findings = (JSON.parse(end.out) as { code: string; line: number }[]).filter(
      ({ code }) => code === 'action.invalid-query',
    );
    assert.equal(findings.length, 3, JSON.stringify(findings));
    assert.deepEqual(
      findings.map(({ line }) => (line < 430 ? 'Step6' : line < 628 ? 'Step8' : 'Step10')),
      ['Step6', 'Step8', 'Step10'],
    );
    assert.equal(end.code, 1);
  });
});

function action(run: RunJson, id: string): RunJson['steps'][number]['actions'][number] {
  const found = run.steps.flatMap((step) => step.actions).find((each) => each.id === id);
  assert.ok(found, `no action ${id}`);
  return found;
}

/** The values under "Parameters for Analysis", without the remarks in parentheses. */
function parametersOf(incident: string): Record<string, string> {
  const [, section = ''] = incident.split('## Parameters for Analysis');
  const list = section.split('\n## ')[0] ?? '';
  return Object.fromEntries(
    [...list.matchAll(/^- (\w+): ([^\s(]+)/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}
