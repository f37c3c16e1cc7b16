// Diagrams: what every layout must keep for every plan, what the export must be, and how texts are cut to fit.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import {
  describeArrow,
  type Diagram,
  layoutPlan,
  type LayoutEngine,
  overlaps,
  pictureCoverage,
  renderSvg,
} from '../src/diagram/index.ts';
import { type Plan, type PlanEdge, type PlanNode, readPlanDag } from '../src/plan/index.ts';
import { generatedPlan } from './support/generated-plan.ts';
import { sampleCoverage, sampleRun } from './support/sample-run.ts';

const engines: readonly LayoutEngine[] = ['dagre', 'dot', 'elk', 'levels'];
const corpus = resolve(import.meta.dirname, '../../shared/corpus/guides');

/** What every diagram promises. */
function requireSound(diagram: Diagram, plan: Plan): void {
  const inside = (x: number, y: number): boolean => x >= 0 && y >= 0 && x <= diagram.width && y <= diagram.height;
  assert.deepEqual(
    diagram.boxes.map((box) => box.id),
    plan.nodes.map((node) => node.id),
  );
  assert.equal(diagram.arrows.length, plan.edges.length + plan.repeats.length);
  for (const [i, box] of diagram.boxes.entries()) {
    assert.ok(inside(box.x, box.y) && inside(box.x + box.w, box.y + box.h), `${box.id} lies outside the picture`);
    const covered = diagram.boxes.slice(i + 1).find((other) => overlaps(box, other));
    assert.equal(covered?.id, undefined, `${box.id} and ${covered?.id} overlap`);
  }
  for (const { id, label, points, terminal } of diagram.arrows) {
    assert.ok(points.length >= 2, `${id} has no line`);
    for (const point of points) assert.ok(inside(point.x, point.y), `${id} leaves the picture`);
    if (label) for (const box of diagram.boxes) assert.ok(!overlaps(label, box), `the label of ${id} covers ${box.id}`);
    if (terminal)
      for (const box of diagram.boxes) assert.ok(!overlaps(terminal, box), `the end of ${id} covers ${box.id}`);
  }
}

function smallPlan(edges: readonly Partial<PlanEdge>[], repeats: Plan['repeats'] = [], title = 'Check it'): Plan {
  const node = (id: string, kind: PlanNode['kind']): PlanNode => ({
    id,
    kind,
    title: kind === 'step' ? title : id,
    description: '',
    actions: [],
    needsApproval: false,
    safeToRepeat: false,
  });
  return {
    guide: { title: 'Small', file: 'small.md', sha256: '', parameters: [] },
    nodes: [node('start', 'start'), node('Step1', 'step'), node('Step2', 'step'), node('end', 'end')],
    edges: edges.map((edge, i) => ({ id: `e${i}`, from: 'start', to: 'end', condition: null, ...edge })),
    repeats,
    notRead: [],
  };
}

const line: readonly Partial<PlanEdge>[] = [
  { from: 'start', to: 'Step1' },
  { from: 'Step1', to: 'Step2', condition: 'if it is slow' },
  { from: 'Step1', to: 'end', condition: 'otherwise', outcome: 'not-applicable' },
  { from: 'Step2', to: 'end', outcome: 'resolved' },
];
const loop: Plan['repeats'] = [
  { id: 'again', from: 'Step2', to: 'Step1', condition: 'if it is still slow', max: 3 },
  { id: 'self', from: 'Step2', to: 'Step2', condition: null, max: 2 },
];

describe('diagram', () => {
  for (const engine of engines) {
    it(`keeps boxes, labels and ends apart with ${engine}, in both directions, the same each time`, async () => {
      for (const plan of [smallPlan(line, loop), generatedPlan(13), generatedPlan(70)])
        for (const direction of ['down', 'right'] as const) {
          const diagram = await layoutPlan(plan, { engine, direction });
          requireSound(diagram, plan);
          assert.deepEqual(await layoutPlan(plan, { engine, direction }), diagram);
        }
    });
  }

  it('takes dagre for small plans, dot for larger ones and rows for the largest', async () => {
    for (const [count, engine] of [
      [13, 'dagre'],
      [300, 'dot'],
      [2000, 'levels'],
    ] as const) {
      const plan = generatedPlan(count);
      const diagram = await layoutPlan(plan);
      assert.equal(diagram.engine, engine);
      requireSound(diagram, plan);
    }
  }).timeout(30_000);

  it('lays out a plan of many long jumps without handing it to a library that would take minutes', async () => {
    const plan = generatedPlan(250);
    const steps = plan.nodes.filter((node) => node.kind === 'step');
    const jumps = steps.slice(0, -60).map((step, i): PlanEdge => {
      const to = steps[i + 60]?.id ?? 'end';
      return { id: `jump${i}`, from: step.id, to, condition: `if check ${i} fails` };
    });
    const jumping = { ...plan, edges: [...plan.edges, ...jumps] };
    const diagram = await layoutPlan(jumping);
    assert.equal(diagram.engine, 'levels');
    requireSound(diagram, jumping);
  }).timeout(20_000);

  it('draws early endings of a large plan as ends of their own', async () => {
    const diagram = await layoutPlan(generatedPlan(70));
    const early = diagram.arrows.filter((arrow) => arrow.terminal);
    assert.ok(early.length > 5);
    for (const arrow of early) assert.equal(arrow.to, 'end');
    assert.equal((await layoutPlan(generatedPlan(13))).arrows.filter((arrow) => arrow.terminal).length, 0);
  });

  it('draws repeats dashed and from the later step to the earlier', async () => {
    const diagram = await layoutPlan(smallPlan(line, loop), { direction: 'down' });
    const again = diagram.arrows.find((arrow) => arrow.id === 'again');
    assert.equal(again?.kind, 'repeat');
    const [first, last] = [again?.points[0], again?.points[again.points.length - 1]];
    assert.ok(first && last && first.y > last.y, 'the back edge runs upwards');
    assert.match(renderSvg(diagram), /class="arrow arrow-repeat"/u);
  });

  it('says who decides, in words and by a mark', async () => {
    const guard = { kind: 'cel', cel: 'rows.size() > 0', origin: 'inferred' } as const;
    const diagram = await layoutPlan(
      smallPlan([
        { from: 'Step1', to: 'Step2', condition: 'if rows', guard },
        { from: 'Step2', condition: 'if odd' },
      ]),
    );
    const [inferred, person] = diagram.arrows;
    assert.equal(inferred?.decider, 'inferred');
    assert.equal(person?.decider, 'person');
    assert.equal(
      inferred && describeArrow(inferred),
      'From Step 1 to Step 2: if rows; decided by an inferred guard: rows.size() > 0',
    );
    const svg = renderSvg(diagram);
    assert.match(svg, /decider-inferred/u);
    assert.match(svg, /decider-person/u);
  });

  it('cuts long titles and conditions, and keeps the whole text in title elements', async () => {
    const words = 'the error rate of the gateway stays high '.repeat(20).trim();
    const diagram = await layoutPlan(smallPlan([{ from: 'Step1', to: 'Step2', condition: words }], [], words));
    assert.ok((diagram.boxes[1]?.titleLines.length ?? 9) <= 3);
    assert.match(diagram.boxes[1]?.titleLines[2] ?? '', /…$/u);
    assert.match(diagram.arrows[0]?.label?.lines[2] ?? '', /…$/u);
    assert.ok(renderSvg(diagram).includes(`<title>From Step 1 to Step 2: ${words}`));
  });

  it('makes a well-formed picture of any text', async () => {
    const nasty = '</title><script>alert(1)</script> & "quoted" \u0000\u0007 \ud800 ]]> ﷺ 漢字 👩‍🚒';
    const svg = renderSvg(await layoutPlan(smallPlan([{ from: 'Step1', to: 'Step2', condition: nasty }], [], nasty)));
    assert.ok(!svg.includes('<script'));
    assert.ok(!/[\u0000-\u0008\p{Cs}]/u.test(svg));
    // Every tag that is opened is closed in order, which is what an XML reader asks for first.
    const open: string[] = [];
    for (const [, close, name, rest] of svg.matchAll(/<(\/?)([a-z]+)((?:"[^"]*"|[^<>"])*)>/gu)) {
      if (close) assert.equal(open.pop(), name);
      else if (!rest?.endsWith('/')) open.push(name ?? '');
    }
    assert.deepEqual(open, []);
  });

  it('draws the statuses of a run into the picture', async () => {
    const plan = generatedPlan(13);
    const svg = renderSvg(await layoutPlan(plan), { theme: 'dark', run: sampleRun(plan) });
    for (const status of ['succeeded', 'failed', 'running', 'waiting', 'skipped', 'cancelled'])
      assert.match(
        svg,
        new RegExp(`class="node node-step status-${status}"[^>]*aria-label="[^"]*, ${status}`, 'u'),
        status,
      );
    assert.match(svg, /edge-disabled/u);
  });

  it('marks what tests covered by a sign and words, not by colour alone', async () => {
    const plan = generatedPlan(13);
    const measured = sampleCoverage(plan);
    const coverage = pictureCoverage(plan, measured);
    const svg = renderSvg(await layoutPlan(plan, { direction: 'down' }), { marks: coverage });
    const { steps, edges, sides } = measured;
    assert.equal(
      coverage.summary,
      `${steps.covered} of ${steps.total} steps, ${edges.covered} of ${edges.total} edges, ${sides.covered} of ${sides.total} sides of conditions`,
    );
    for (const kind of ['covered', 'partly-covered', 'not-covered'] as const)
      assert.ok(
        coverage.arrows.some((mark) => mark.kind === kind),
        kind,
      );
    for (const { id, kind } of coverage.boxes) {
      const box =
        new RegExp(`<g class="node node-step mark-${kind}"[^>]*data-node="${id}"[^]*?</g></g>`, 'u').exec(svg)?.[0] ??
        '';
      assert.ok(box.includes(`>${kind.replace('-', ' ')}</text>`), `${id} says ${kind}`);
      assert.match(box, /class="mark-icon"/);
    }
    for (const { id, kind, sides: seen } of coverage.arrows) {
      const label = new RegExp(
        `<g class="[^"]*mark-${kind} arrow-label"[^>]*data-edge="${id}"[^]*?(?=<g class="arrow|<g class="boxes")`,
        'u',
      ).exec(svg)?.[0];
      if (!seen) continue;
      assert.ok(label?.includes(`held ${seen.held ? '✓' : '✗'}  not held ${seen.didNotHold ? '✓' : '✗'}`), id);
    }
    const unlabelled = coverage.arrows.find(({ sides: seen, kind }) => !seen && kind === 'not-covered');
    assert.match(svg, new RegExp(`mark-not-covered" data-edge="${unlabelled?.id ?? ''}"[^]*?mark-icon`));
  });

  it('says of each arrow what tests saw: both sides, one, none; and of one without a condition whether it was taken', () => {
    const plan = generatedPlan(5);
    const [always, conditional] = [
      plan.edges.find(({ condition }) => condition === null),
      plan.edges.find(({ guard }) => guard),
    ];
    assert.ok(always && conditional);
    const wordsOf = (id: string, taken: boolean, left: boolean): string => {
      const part = <T>(missing: readonly T[]) => ({ covered: 0, total: 0, missing });
      const edge = plan.edges.find((one) => one.id === id) ?? assert.fail();
      const missing = [
        ...(taken ? [] : [{ edge, side: 'held' as const }]),
        ...(left ? [] : [{ edge, side: 'did not hold' as const }]),
      ];
      const { arrows } = pictureCoverage(plan, {
        steps: part([]),
        edges: part(taken ? [] : [edge]),
        sides: part(missing),
      });
      const mark = arrows.find((one) => one.id === id);
      return `${mark?.kind ?? ''}: ${mark?.words.join(' ') ?? ''}`;
    };
    assert.equal(wordsOf(always.id, true, false), 'covered: was taken');
    assert.equal(wordsOf(always.id, false, false), 'not-covered: never taken');
    assert.equal(wordsOf(conditional.id, true, true), 'covered: its condition held and did not hold');
    assert.equal(wordsOf(conditional.id, true, false), 'partly-covered: its condition always held');
    assert.equal(wordsOf(conditional.id, false, true), 'partly-covered: its condition never held');
    assert.equal(wordsOf(conditional.id, false, false), 'not-covered: its condition was never decided');
  });

  it('lays out any small graph', async () => {
    const ids = ['start', 'Step1', 'Step2', 'end'];
    const edge = fc.record({
      from: fc.nat(2),
      step: fc.integer({ min: 1, max: 3 }),
      condition: fc.option(fc.string()),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edge, { maxLength: 8 }), fc.string(), async (edges, title) => {
        const plan = smallPlan(
          edges.map(({ from, step, condition }) => ({
            from: ids[from] ?? 'start',
            to: ids[Math.min(3, from + step)] ?? 'end',
            condition,
          })),
          [],
          title,
        );
        requireSound(await layoutPlan(plan), plan);
      }),
      { numRuns: 60 },
    );
  }).timeout(20_000);

  it('draws the StepFly plans as they stand', async function () {
    const files = ['', '_Series'].map((end) =>
      join(corpus, `stepfly__Distributed_System_Low_Availability${end}.plandag.json`),
    );
    if (!files.every((file) => existsSync(file))) {
      console.log('      not run: the corpus of guides is not here');
      this.skip();
    }
    for (const file of files) {
      const { plan } = readPlanDag(readFileSync(file, 'utf8'));
      assert.ok(plan);
      for (const engine of engines) {
        const diagram = await layoutPlan(plan, { engine });
        requireSound(diagram, plan);
        assert.equal(diagram.boxes.length, 13);
      }
    }
  }).timeout(20_000);
});
