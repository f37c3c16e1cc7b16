// Plans from other forms: Mermaid flowcharts and SOP files, read as people write them, and every form there and back.
// Each file in test/flowcharts is a case; the plan that it gives, with its notes, or its problems, is the expectation.
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { instance } from '@viz-js/viz';
import fc from 'fast-check';
import {
  flowchartToPlan,
  readFlowchart,
  readMermaid,
  readPlanDag,
  readSop,
  writeDot,
  writeMermaid,
  writePlanDag,
  writeSop,
  type Plan,
  type PlanImport,
} from '../src/plan/index.ts';
import { withinCpuTime } from './support/cpu-time.ts';
import { anyPlan } from './support/any-plan.ts';
import { generatedPlan } from './support/generated-plan.ts';

const procedures = join(import.meta.dirname, 'procedures');
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
    repeats: plan.repeats.map(({ from, to, condition, onFailure, max }) => ({
      from,
      to,
      condition: words(condition),
      onFailure: onFailure === true,
      max,
    })),
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
      `flowchart TD\nA -->|${' '.repeat(5_000_000)}`,
      `flowchart TD\nA -. ${'.'.repeat(500_000)}`,
      `flowchart TD\n${'A --> B\n'.repeat(1_000_000)}`,
      `flowchart TD\n${'subgraph a\n'.repeat(100_000)}`,
      `flowchart TD\nsubgraph a\n${Array.from({ length: 3000 }, (_, i) => `n${i}`).join(';')}\nend\nsubgraph b\n${Array.from({ length: 3000 }, (_, i) => `m${i}`).join(';')}\nend\na --> b`,
      `graph LR\n${Array.from({ length: 20_000 }, (_, i) => `n${i} --> n${i + 1}`).join('\n')}`,
    ];
    for (const text of hostile) withinCpuTime(6000, text.slice(0, 40), () => readMermaid(text));
  });
});

describe('import: SOP files', () => {
  checkCases(procedures, '.sop', (text) => readSop(text));

  /** What an SOP keeps of a plan. */
  const told = (plan: Plan) => {
    const guard = (one: Plan['edges'][number]['guard']) =>
      one && (one.kind === 'cel' ? { kind: one.kind, cel: one.cel } : { kind: one.kind });
    return {
      title: plan.guide.title,
      parameters: plan.guide.parameters.map(({ source: _, examples: __, origin: ___, ...parameter }) => parameter),
      nodes: plan.nodes.map((node) => ({
        ...node,
        title: node.kind === 'step' ? node.title : '',
        description: node.kind === 'end' ? '' : node.description,
        ...(node.kind !== 'step' && { needsApproval: false, safeToRepeat: false, undo: undefined, verify: undefined }),
        source: node.kind === 'step' && node.source && [node.source.startLine, node.source.endLine],
        titleSource: undefined,
        actions: node.actions.map(({ id, language, tool, code, effect }) => ({
          id,
          language: language.toLowerCase(),
          tool,
          code,
          effect,
        })),
      })),
      edges: plan.edges.map((edge) => ({
        ...edge,
        guard: guard(edge.guard),
        onFailure: edge.onFailure === true,
        source: undefined,
      })),
      repeats: plan.repeats.map((repeat) => ({
        ...repeat,
        id: '',
        guard: guard(repeat.guard),
        onFailure: repeat.onFailure === true,
        source: undefined,
      })),
    };
  };
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  it('come back as they were written, for any plan', () => {
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        const { plan: back, problems } = readSop(writeSop(plan));
        assert.deepEqual(problems, undefined);
        const byStep = [...plan.repeats].sort(
          (a, b) => plan.nodes.findIndex(({ id }) => id === a.from) - plan.nodes.findIndex(({ id }) => id === b.from),
        );
        assert.deepEqual(plain(told(back)), plain(told({ ...plan, repeats: byStep })));
      }),
      { numRuns: 300 },
    );
  });

  it('keep parameters at their places in the code', () => {
    const code = 'select 1\nwhere zone = {zone}\nand region = {region}';
    const plan = generatedPlan(3);
    // As in a fence inside a list: each line of the code is indented by two in the guide.
    const offsets = [100, 111, 133];
    const place = (parameter: string, line: number, at: number) => ({
      parameter,
      span: { start: (offsets[line] ?? 0) + at, end: (offsets[line] ?? 0) + at + parameter.length + 2 },
    });
    const placeholders = [place('zone', 1, 13), place('region', 2, 13)];
    const withCode: Plan = {
      ...plan,
      nodes: plan.nodes.map((node) => ({
        ...node,
        actions: node.actions.map((action) => ({ ...action, code, lineOffsets: offsets, placeholders })),
      })),
    };
    const [action] = readSop(writeSop(withCode)).plan?.nodes[1]?.actions ?? [];
    assert.deepEqual(
      action?.placeholders.map(({ span }) => code.slice(span.start, span.end)),
      ['{zone}', '{region}'],
    );
    assert.deepEqual(action.parameters, ['zone', 'region']);
  });

  it('never throw, whatever the text, and what is read is sound', () => {
    const anyStep = fc.oneof(
      fc.string(),
      fc.record(
        {
          name: fc.constantFrom('a', 'b', 'end', 'start'),
          title: fc.string(),
          code: fc.string(),
          next: fc.array(fc.oneof(fc.constantFrom('a', 'b', 'end'), fc.record({ step: fc.constantFrom('a', 'b') }))),
          steps: fc.array(fc.oneof(fc.string(), fc.record({ code: fc.string() }), fc.json())),
        },
        { requiredKeys: [] },
      ),
    );
    const anySop = fc
      .record(
        { name: fc.string(), begin: fc.array(fc.constantFrom('a', 'b')), steps: fc.array(anyStep) },
        { requiredKeys: ['steps'] },
      )
      .map((sop) => JSON.stringify(sop));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), anySop, anySop), (text) => {
        const { plan, problems } = readSop(text);
        if (plan) assert.deepEqual(readPlanDag(writePlanDag(plan)).problems, undefined);
        else assert.ok(problems.length > 0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('export: DOT', () => {
  it('is read by Graphviz with every node, edge and word, for any plan', async () => {
    const viz = await instance();
    const words = (text: string): string => oneLine(text.replace(/[\u0000-\u001f\u007f]/g, ' '));
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        const drawn = viz.renderJSON(writeDot(plan)) as {
          objects: { name: string; label: string }[];
          edges: { id: string; tail: number; head: number; label?: string }[];
        };
        const shown = (label = ''): string => oneLine(unescapeLabel(label));
        assert.deepEqual(
          drawn.objects.map(({ name, label }) => [name, shown(label)]),
          plan.nodes.map(({ id, kind, title }) => [
            id,
            kind === 'step' ? words(title === id ? id : `${id} ${title}`) : words(title || id),
          ]),
        );
        const names = drawn.objects.map(({ name }) => name);
        assert.deepEqual(
          drawn.edges.map(({ tail, head }) => `${names[tail]} ${names[head]}`).sort(),
          [...plan.edges, ...plan.repeats].map(({ from, to }) => `${from} ${to}`).sort(),
        );
        const labels = new Map(drawn.edges.map(({ id, label }) => [id, shown(label)]));
        for (const { id, condition } of plan.edges)
          assert.ok(labels.get(id)?.startsWith(words(condition ?? '')), `${id} lost its condition`);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps quotes, backslashes, entities and line ends of an author as words', async () => {
    const plan = generatedPlan(3);
    const hostile = 'a "b" \\N \\" &lt;i&gt; ]; x -> y\nc\\';
    const text = writeDot({
      ...plan,
      guide: { ...plan.guide, title: hostile },
      nodes: plan.nodes.map((node) => ({ ...node, title: hostile })),
    });
    const drawn = (await instance()).renderJSON(text) as { objects: { label: string }[] };
    assert.equal(oneLine(unescapeLabel(drawn.objects[1]?.label ?? '')), oneLine(`Step1 ${hostile}`));
    assert.equal(drawn.objects.length, 3);
  });
});

/** A label as Graphviz shows it. */
function unescapeLabel(label: string): string {
  return label.replace(/\\(.)/gsu, (_, sign: string) => (sign === 'n' ? '\n' : sign)).replaceAll('&amp;', '&');
}
