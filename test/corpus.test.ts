// Real guides: all compile, twice to the same bytes; StepFly's two give exactly the plans that their authors give.
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile } from '../src/compile/index.ts';
import { readGuide } from '../src/guide/index.ts';
import { readPlanDag, writePlanDag } from '../src/plan/index.ts';
import { accountBranching } from './support/account-branching.ts';

const folder = resolve(import.meta.dirname, '../../shared/corpus/guides');

describe('corpus', function () {
  before(function () {
    if (existsSync(folder)) return;
    console.log('    the corpus does not lie beside the repository: not run');
    this.skip();
  });

  it('compiles every guide without a throw, twice to the same bytes, to a plan that loads', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
    assert.equal(files.length, 61);
    for (const file of files) {
      const text = readFileSync(join(folder, file), 'utf8');
      const once = writePlanDag(compile(readGuide(text), { file, sha256: '' }).plan);
      assert.equal(writePlanDag(compile(readGuide(text), { file, sha256: '' }).plan), once, file);
      const loaded = readPlanDag(once);
      assert.ok('plan' in loaded, `${file}: ${JSON.stringify(loaded)}`);
    }
  }).timeout(60_000);

  it('accounts for every sentence with branching language: a way, a repeat, a report or a mark with its reason', () => {
    let count = 0;
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
      const guide = readGuide(readFileSync(join(folder, file), 'utf8'));
      const { plan, diagnostics } = compile(guide, { file, sha256: '' });
      for (const { share, line, text } of accountBranching(guide, plan, diagnostics)) {
        count++;
        assert.notEqual(share, 'lost', `${file}:${String(line)}: ${text}`);
      }
    }
    assert.equal(count, 873);
  }).timeout(60_000);

  for (const name of ['Distributed_System_Low_Availability', 'Distributed_System_Low_Availability_Series']) {
    it(`finds the nodes and edges that the authors of ${name} give`, () => {
      const read = (ending: string): string => readFileSync(join(folder, `stepfly__${name}.${ending}`), 'utf8');
      const gold = JSON.parse(read('gold.json')) as {
        steps: { id: string; line: number }[];
        edges: { from: string; to: string; condition: string | null }[];
      };
      const { plan } = compile(readGuide(read('md')), { file: `${name}.md`, sha256: '' });
      const steps = gold.steps
        .filter(({ id }) => id !== 'start' && id !== 'end')
        .map(({ id, line }) => `${id} ${String(line)}`);
      assert.deepEqual(
        plan.nodes.flatMap(({ id, source }) => (source ? [`${id} ${String(source.startLine)}`] : [])),
        steps,
      );
      const arrow = (edge: { from: string; to: string; condition: string | null }): string =>
        `${edge.from} ${edge.to} ${edge.condition === null ? 'always' : 'if'}`;
      assert.deepEqual(plan.edges.map(arrow).sort(), gold.edges.map(arrow).sort());
    });
  }
});
