// The plan room at its boundary: graph questions, the PlanDAG format there and back, broken files, SOP, Mermaid, schemas.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Validator, type Schema } from '@cfworker/json-schema';
import fc from 'fast-check';
import {
  countPaths,
  findCycle,
  inputEdges,
  outputEdges,
  paths,
  planDagJsonSchema,
  reachableFrom,
  readPlanDag,
  sopJsonSchema,
  toPlanDag,
  toSop,
  topologicalOrder,
  writeMermaid,
  writePlanDag,
  writeSop,
  type Plan,
  type PlanDag,
  type PlanEdge,
  type PlanNode,
} from '../src/plan/index.ts';
import { readPlacedJson } from '../src/plan/json-places.ts';
import { anyPlan } from './support/any-plan.ts';
import { generatedPlan } from './support/generated-plan.ts';

const root = join(import.meta.dirname, '..');
const cases = join(import.meta.dirname, 'plandags');
const corpus = join(root, '..', 'shared', 'corpus', 'guides');
const update = process.env['UPDATE_SNAPSHOTS'] === '1';

describe('plan: PlanDAG files that are broken', () => {
  for (const file of readdirSync(cases).filter((name) => name.endsWith('.plandag'))) {
    it(basename(file, '.plandag').replaceAll('-', ' '), () => {
      const expected = join(cases, file.replace(/\.plandag$/, '.txt'));
      const { problems = [] } = readPlanDag(readFileSync(join(cases, file), 'utf8'));
      const told = problems
        .map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}\n`)
        .join('');
      if (update) writeFileSync(expected, told);
      assert.ok(told !== '', 'the file was accepted');
      assert.equal(told, readFileSync(expected, 'utf8'));
    });
  }

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => void readPlanDag(text)));
  });

  it('places agree with JSON.parse on every text, right or wrong', () => {
    const spoiled = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '\\', ',', '}', '\n', '01', 'nul', '\u0001', ' '))
      .map(([text, at, put]) => text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1));
    fc.assert(
      fc.property(fc.oneof(fc.json(), spoiled), (text) => {
        const placed = readPlacedJson(text);
        let parsed: unknown;
        try {
          parsed = JSON.parse(text) as unknown;
        } catch {
          assert.equal(placed.kind, 'broken');
          return;
        }
        assert.ok(placed.kind === 'value');
        assert.deepEqual(placed.value, parsed);
      }),
      { numRuns: 500 },
    );
  });
});

describe('plan: PlanDAG there and back', () => {
  const validator = new Validator(planDagJsonSchema() as Schema, '2020-12');

  it('loses nothing of any plan, and what it writes satisfies the schema', () => {
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        const text = writePlanDag(plan);
        const reading = readPlanDag(text);
        assert.deepEqual(reading.problems, undefined);
        assert.deepEqual(reading.plan, plan);
        assert.equal(writePlanDag(reading.plan ?? plan), text);
        assert.deepEqual(validator.validate(JSON.parse(text)).errors, []);
      }),
      { numRuns: 200 },
    );
  });

  it('reads a plan that has a byte order mark', () => {
    assert.ok(readPlanDag(`\uFEFF${writePlanDag(generatedPlan(5))}`).plan);
  });

  it('reads 10,000 nodes', () => {
    const plan = generatedPlan(10_000);
    assert.equal(readPlanDag(writePlanDag(plan)).plan?.nodes.length, plan.nodes.length);
  });

  describe("StepFly's own files", function () {
    if (!existsSync(corpus)) {
      it('are read', function () {
        console.log("    (StepFly's files are not beside this folder; skipped)");
        this.skip();
      });
      return;
    }
    for (const file of readdirSync(corpus).filter((name) => name.endsWith('.plandag.json'))) {
      it(file, () => {
        const text = readFileSync(join(corpus, file), 'utf8');
        const original = JSON.parse(text) as PlanDag;
        const { plan, problems } = readPlanDag(text);
        assert.ok(plan, JSON.stringify(problems));
        assert.equal(plan.nodes.length, original.nodes.length);
        assert.equal(plan.edges.length, original.nodes.flatMap((node) => node.output_edges).length);
        assert.deepEqual(validator.validate(original).errors, []);
        assert.deepEqual(readPlanDag(writePlanDag(plan)).plan, plan);
        for (const node of original.nodes) {
          const written: PlanDag['nodes'][number] | undefined = toPlanDag(plan).nodes.find(
            (other) => other.node === node.node,
          );
          const names = (edges: readonly { edge: string }[] = []): string[] => edges.map(({ edge }) => edge).sort();
          assert.deepEqual(names(written?.input_edges), names(node.input_edges));
          assert.deepEqual(
            written?.output_edges.map(({ edge, condition }) => ({ edge, condition })),
            node.output_edges.map(({ edge, condition }) => ({ edge, condition })),
          );
        }
      });
    }
  });
});

describe('plan: schemas', () => {
  for (const [name, schema] of [
    ['plandag.schema.json', planDagJsonSchema()],
    ['sop.schema.json', sopJsonSchema()],
  ] as const) {
    it(`schemas/${name} is what \`npx tsx scripts/generate-schemas.ts\` writes`, () => {
      assert.equal(readFileSync(join(root, 'schemas', name), 'utf8'), `${JSON.stringify(schema, null, 2)}\n`);
    });
  }
});

describe('plan: graph', () => {
  it('orders every node after all that lead to it, and keeps the order of a guide that only goes forward', () => {
    fc.assert(
      fc.property(anyPlan(), fc.boolean(), (plan, reversed) => {
        const order = topologicalOrder(reversed ? { ...plan, nodes: [...plan.nodes].reverse() } : plan);
        const place = new Map(order.map((node, index) => [node, index]));
        assert.equal(place.size, plan.nodes.length);
        for (const { from, to } of plan.edges) assert.ok((place.get(from) ?? 0) < (place.get(to) ?? 0));
        if (!reversed)
          assert.deepEqual(
            order,
            plan.nodes.map(({ id }) => id),
          );
      }),
    );
  });

  it('goes through a chain of 100,000 steps without running out of stack', () => {
    const plan = chain(100_000);
    assert.equal(topologicalOrder({ ...plan, nodes: [...plan.nodes].reverse() }).length, 100_002);
    assert.equal(reachableFrom(plan, 'Step50000').size, 50_002);
    assert.equal(
      findCycle(
        plan.nodes.map(({ id }) => id),
        plan.edges,
      ),
      null,
    );
    assert.equal([...paths(plan, 5)].length, 1);
  });

  it('gives paths one at a time, and counts them without giving them', () => {
    const plan = ladder(200);
    const first = [...paths(plan, 3)];
    assert.equal(first.length, 3);
    assert.deepEqual(first[0]?.nodes.slice(0, 3), ['start', 'A0', 'B0']);
    assert.equal(new Set(first.map((path) => path.edges.map(({ id }) => id).join())).size, 3);
    assert.equal(countPaths(plan), 2 ** 200);
    assert.equal(countPaths(ladder(3)), 8);
    assert.equal([...paths(ladder(3), Infinity)].length, 8);
    assert.deepEqual([...paths(plan, 0)], []);
  });

  it('counts as many paths as it gives', () => {
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        const all = [...paths(plan, 2000)];
        if (all.length < 2000) assert.equal(countPaths(plan), all.length);
        for (const path of all) {
          assert.equal(path.nodes[0], 'start');
          assert.equal(path.nodes.at(-1), 'end');
          path.edges.forEach((edge, index) => {
            assert.deepEqual([edge.from, edge.to], path.nodes.slice(index, index + 2));
          });
        }
      }),
    );
  });

  it('tells a cycle by its arrows, from its earliest node on', () => {
    const arrows = [
      { from: 'a', to: 'b' },
      { from: 'c', to: 'd' },
      { from: 'd', to: 'b' },
      { from: 'b', to: 'c' },
    ];
    const cycle = findCycle(['a', 'b', 'c', 'd'], arrows);
    assert.deepEqual(
      cycle?.map(({ from }) => from),
      ['b', 'c', 'd'],
    );
    assert.equal(findCycle(['a', 'b', 'c', 'd'], arrows.slice(0, 3)), null);
  });

  it('answers for nodes that are not there', () => {
    const plan = chain(2);
    assert.deepEqual([outputEdges(plan, 'x'), inputEdges(plan, 'x'), reachableFrom(plan, 'x').size], [[], [], 0]);
  });
});

describe('plan: SOP and Mermaid written', () => {
  it('writes an SOP that satisfies its schema and leaves no step out', () => {
    const validator = new Validator(sopJsonSchema() as Schema, '2020-12');
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        assert.deepEqual(validator.validate(JSON.parse(writeSop(plan))).errors, []);
        const names = toSop(plan).steps.map(({ name }) => name);
        assert.deepEqual(
          names,
          plan.nodes.filter(({ kind }) => kind === 'step').map(({ id }) => id),
        );
      }),
    );
  });

  it('writes Mermaid in which no text of an author can be more than a label', () => {
    const label = `"[\\p{L}\\p{M}\\p{N} .,:()_/%=+#;-]+"`;
    const line = new RegExp(
      `^  \\w+(\\[${label}\\]|\\(\\[${label}\\]\\)| -\\.?->(\\|${label}\\|)? \\w+| -\\. ${label} \\.-> \\w+)$`,
      'u',
    );
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        const [first, ...lines] = writeMermaid(plan).split('\n');
        assert.equal(first, 'flowchart TD');
        assert.equal(lines.pop(), '');
        assert.equal(lines.length, plan.nodes.length + plan.edges.length + plan.repeats.length);
        for (const one of lines) assert.match(one, line);
      }),
    );
  });

  it('writes Mermaid that people can read', () => {
    const plan: Plan = {
      ...chain(2),
      repeats: [{ id: 'r', from: 'Step2', to: 'Step1', condition: 'if it is still "red"', max: 3 }],
    };
    assert.equal(
      writeMermaid(plan),
      [
        'flowchart TD',
        '  n_start_(["start"])',
        '  n_Step1["Step1: Step 1"]',
        '  n_Step2["Step2: Step 2"]',
        '  n_end_(["end"])',
        '  n_start_ --> n_Step1',
        '  n_Step1 --> n_Step2',
        '  n_Step2 --> n_end_',
        '  n_Step2 -. "if it is still #34;red#34; (repeat at most 3 times)" .-> n_Step1',
        '',
      ].join('\n'),
    );
  });
});

function chain(steps: number): Plan {
  const names = ['start', ...Array.from({ length: steps }, (_, index) => `Step${index + 1}`), 'end'];
  return planOf(
    names,
    names.slice(1).map((to, index) => [names[index] ?? '', to]),
  );
}

/** `rungs` times a choice of two ways: 2^rungs paths. */
function ladder(rungs: number): Plan {
  const names = ['start'];
  const arrows: [string, string][] = [];
  for (let rung = 0; rung < rungs; rung++) {
    const from = rung === 0 ? 'start' : `A${rung}`;
    names.push(...(rung === 0 ? ['A0', 'B0'] : [`B${rung}`]), `A${rung + 1}`);
    if (rung === 0) arrows.push(['start', 'A0']);
    arrows.push(
      [rung === 0 ? 'A0' : from, `B${rung}`],
      [rung === 0 ? 'A0' : from, `A${rung + 1}`],
      [`B${rung}`, `A${rung + 1}`],
    );
  }
  return planOf([...names, 'end'], [...arrows, [`A${rungs}`, 'end']]);
}

function planOf(names: readonly string[], arrows: readonly (readonly [string, string])[]): Plan {
  return {
    guide: { title: 'A plan', file: 'a.md', sha256: '', parameters: [] },
    nodes: names.map((id): PlanNode => ({
      id,
      kind: id === 'start' || id === 'end' ? id : 'step',
      title: id.replace(/^Step/, 'Step '),
      description: '',
      actions: [],
      needsApproval: false,
      safeToRepeat: false,
    })),
    edges: arrows.map(([from, to]): PlanEdge => ({ id: `edge_${from}_${to}`, from, to, condition: null })),
    repeats: [],
    notRead: [],
  };
}
