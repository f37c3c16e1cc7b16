// Plans from other forms: Mermaid flowcharts and SOP files, read as people write them, and every form there and back.
// Each file in test/flowcharts is a case; the plan that it gives, with its notes, or its problems, is the expectation.
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import {
  flowchartToPlan,
  readFlowchart,
  readMermaid,
  readPlanDag,
  writeMermaid,
  writePlanDag,
  type Plan,
  type PlanImport,
} from '../src/plan/index.ts';
import { anyPlan } from './support/any-plan.ts';
import { generatedPlan } from './support/generated-plan.ts';

const flowcharts = join(import.meta.dirname, 'flowcharts');
const update = process.env['UPDATE_SNAPSHOTS'] === '1';

function checkCases(folder: string, ending: string, read: (text: string) => PlanImport): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(ending))) {
    it(basename(file, ending).replaceAll('-', ' '), () => {
      const expected = join(folder, `${basename(file, ending)}.txt`);
      const told = tell(read(readFileSync(join(folder, file), 'utf8')));
      if (update) writeFileSync(expected, told);
      assert.equal(told, readFileSync(expected, 'utf8'));
    });
  }
}

/** A reading as text: problems, or the plan's lines and the notes on it. */
function tell(reading: PlanImport): string {
  const remarks = (kind: string, list: PlanImport['problems'] = []): string[] =>
    list.map(({ line, column, message }) => `${kind} ${line}:${column}: ${message}`);
  const { plan } = reading;
  if (!plan) return `${remarks('problem', reading.problems).join('\n')}\n`;
  // What is read can be written and read again: names unique, edges complete, no cycle.
  assert.deepEqual(readPlanDag(writePlanDag(plan)).plan, plan);
  const edge = (arrow: string, one: Plan['edges'][number] | Plan['repeats'][number]): string =>
    [
      `${one.from} ${arrow} ${one.to}`,
      one.condition === null ? '' : ` if "${one.condition}"`,
      one.guard === undefined ? '' : one.guard.kind === 'else' ? ' else' : ` guard ${one.guard.cel}`,
      'outcome' in one ? ` (${one.outcome})` : '',
      'onFailure' in one && one.onFailure ? ' on failure' : '',
      'max' in one ? ` at most ${one.max}` : '',
    ].join('');
  const lines = [
    ...(plan.guide.title === '' ? [] : [`title ${plan.guide.title}`]),
    ...plan.nodes.map((node) =>
      [
        `${node.kind} ${node.id}: ${node.title}`,
        node.source ? ` (line ${node.source.startLine})` : '',
        ...node.actions.map((action) => `\n  ${action.id} ${action.language} ${action.effect}: ${action.code}`),
      ].join(''),
    ),
    ...plan.edges.map((one) => edge('->', one)),
    ...plan.repeats.map((one) => edge('~>', one)),
    ...remarks('note', reading.notes),
  ];
  return `${lines.join('\n')}\n`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What a flowchart keeps of a plan; docs/plandag-format.md lists what it does not. */
function drawnPart(plan: Plan) {
  const words = (condition: string | null): string | null => oneLine(condition ?? '') || null;
  return {
    nodes: plan.nodes.map(({ id, kind, title }) => ({
      id,
      kind,
      title: kind === 'step' ? oneLine(title) : oneLine(title) || id,
    })),
    edges: plan.edges.map(({ from, to, condition, outcome, onFailure }) => ({
      from,
      to,
      condition: words(condition),
      outcome,
      onFailure: onFailure === true,
    })),
    repeats: plan.repeats.map(({ from, to, condition, max }) => ({ from, to, condition: words(condition), max })),
  };
}

describe('import: Mermaid flowcharts', () => {
  checkCases(flowcharts, '.mmd', (text) => readMermaid(text));

  it('come back as they were written, for any plan', () => {
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        const { plan: back, problems } = readMermaid(writeMermaid(plan));
        assert.deepEqual(problems, undefined);
        assert.deepEqual(drawnPart(back), drawnPart(plan));
        assert.equal(writeMermaid(back), writeMermaid(plan));
      }),
      { numRuns: 500 },
    );
  });

  it('come back though an author writes what looks like our marks, like Mermaid or like HTML', () => {
    const words = fc.constantFrom(
      '(resolved)',
      'is it (on failure)',
      '(repeat at most 3 times)',
      'a|b"] --> X',
      '<br> &lt; #35; `x`',
      'end',
      'otherwise',
      'Step2: no',
      'fa:fa-ban %% end',
    );
    const hostile = fc.tuple(anyPlan(), words, words).map(([plan, title, condition]) => ({
      ...plan,
      nodes: plan.nodes.map((node) => ({ ...node, title: `${title}${node.title}` })),
      edges: plan.edges.map((edge) => ({ ...edge, condition })),
      repeats: plan.repeats.map((repeat) => ({ ...repeat, condition })),
    }));
    fc.assert(
      fc.property(hostile, (plan) => {
        const { plan: back, problems } = readMermaid(writeMermaid(plan));
        assert.deepEqual(problems, undefined);
        assert.deepEqual(drawnPart(back), drawnPart(plan));
      }),
      { numRuns: 300 },
    );
  });

  it('keep names of steps that Mermaid would not allow', () => {
    const plan = generatedPlan(8);
    const odd = ['a b', 'a: b', 'schritt-ü', '步骤', 'end_', 'start_'];
    const rename = (id: string): string => (/^Step(\d+)$/.test(id) ? (odd[Number(id.slice(4)) - 1] ?? id) : id);
    const renamed: Plan = {
      ...plan,
      nodes: plan.nodes.map((node) => ({ ...node, id: rename(node.id) })),
      edges: plan.edges.map((edge) => ({ ...edge, from: rename(edge.from), to: rename(edge.to) })),
    };
    assert.deepEqual(drawnPart(readMermaid(writeMermaid(renamed)).plan ?? plan), drawnPart(renamed));
  });

  it('give every node and arrow its place in the text', () => {
    const text = 'flowchart TD\n  A[Check the pods] -->|all run| B\n  B --> A\n';
    const { flowchart } = readFlowchart(text);
    assert.ok(flowchart);
    const cut = ({ span }: { span: { start: number; end: number } }): string => text.slice(span.start, span.end);
    assert.deepEqual(flowchart.nodes.map(cut), ['A[Check the pods]', 'B']);
    assert.deepEqual(flowchart.arrows.map(cut), ['A[Check the pods] -->|all run| B', 'B --> A']);
    const shifted = flowchartToPlan(flowchart, {
      place: ({ start, end }) => ({ span: { start: start + 100, end: end + 100 }, startLine: 7, endLine: 7 }),
    });
    const [step] = shifted.plan.nodes.filter(({ kind }) => kind === 'step');
    assert.deepEqual(step?.titleSource?.span, { start: 117, end: 131 });
    assert.equal(shifted.plan.repeats[0]?.source?.startLine, 7);
  });

  it('never throw, whatever the text, and what is read is sound', () => {
    const pieces = fc
      .array(
        fc
          .constantFrom('A', 'B', 'end', '-->', '---', '-. x .->', '-- y', '|', '"', '[', ']', '((', ')', '{', '}')
          .chain((word) => fc.constantFrom('', ' ', '\n', ' & ', ';').map((space) => word + space)),
        { maxLength: 30 },
      )
      .map((words) => `graph LR\n${words.join('')}`);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), pieces, pieces), (text) => {
        const { plan, problems } = readMermaid(text);
        if (plan) assert.deepEqual(readPlanDag(writePlanDag(plan)).problems, undefined);
        else assert.ok(problems.length > 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('are read in time that grows with their length', () => {
    const hostile = [
      `flowchart TD\n${'A[x\n'.repeat(50_000)}`,
      `flowchart TD\nA --> ${'B & '.repeat(2000)}C --> ${'D & '.repeat(2000)}E`,
      `flowchart TD\nA${'-'.repeat(500_000)}`,
      `flowchart TD\nA -- ${' -- '.repeat(200_000)}`,
      `flowchart TD\nA --> B["${' ('.repeat(200_000)}"]`,
      `flowchart TD\nA -->|"${'(resolved) '.repeat(20_000)}x"| B`,
      `graph LR\n${Array.from({ length: 20_000 }, (_, i) => `n${i} --> n${i + 1}`).join('\n')}`,
    ];
    for (const text of hostile) {
      const begun = performance.now();
      readMermaid(text);
      assert.ok(performance.now() - begun < 2000, text.slice(0, 40));
    }
  });
});
