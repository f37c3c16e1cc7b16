// Differences of plans: each folder of test/diffs is a case of two guides, told as people read it. Below, properties: a change
// made on purpose is what is found, and nothing else.
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { tsg } from './cli/tsg.ts';
import { analyze, planOf } from '../src/editing/index.ts';
import {
  describeDiff,
  diffPlans,
  findCycle,
  mergePlans,
  readPlanDag,
  writePlanDag,
  type Plan,
  type PlanChange,
  type PlanNode,
} from '../src/plan/index.ts';
import { diffLines } from '../src/plan/diff-lines.ts';
import { withinCpuTime } from './support/cpu-time.ts';
import { anyPlan } from './support/any-plan.ts';

const cases = join(import.meta.dirname, 'diffs');
const update = process.env['UPDATE_SNAPSHOTS'] === '1';

describe('plan diff', () => {
  for (const name of readdirSync(cases)) {
    it(name.replaceAll('-', ' '), () => {
      const [old, next] = ['old.md', 'new.md'].map(
        (file) => analyze(readFileSync(join(cases, name, file), 'utf8'), { file, sha256: '', languages: null }).plan,
      ) as [Plan, Plan];
      const told = tell(old, next);
      const expected = join(cases, name, 'expected.txt');
      if (update) writeFileSync(expected, told);
      assert.ok(existsSync(expected), `${expected} is missing; UPDATE_SNAPSHOTS=1 writes it`);
      assert.equal(told, readFileSync(expected, 'utf8'));
    });
  }

  it('stands in docs/cli.md as the command prints it', () => {
    const file = join(import.meta.dirname, '..', 'docs', 'cli.md');
    const printed = readFileSync(join(import.meta.dirname, 'cli', 'comparing', 'expected.txt'), 'utf8');
    const docs = readFileSync(file, 'utf8');
    const shown = printed.slice(0, printed.indexOf('\nexit '));
    const fresh = docs.replace(/(```text\n)\$ tsg diff[^]*?(?=\n```)/, (_, fence: string) => fence + shown);
    if (update) writeFileSync(file, fresh);
    assert.equal(update ? fresh : docs, fresh, 'UPDATE_SNAPSHOTS=1 writes it');
    assert.ok(docs.includes('$ tsg diff'));
  });

  it('is drawn by `tsg diff --format svg`: one picture with both plans and a mark on all that differs', async () => {
    const cwd = join(import.meta.dirname, 'cli', 'comparing');
    const { code, out, err } = await tsg(['diff', 'old.md', 'new.md', '--format', 'svg'], { cwd });
    assert.deepEqual([code, err], [1, '']);
    const [old, next] = ['old.md', 'new.md'].map(
      (file) => planOf(readFileSync(join(cwd, file), 'utf8'), { file, sha256: '' }).plan,
    );
    assert.ok(old && next);
    const { nodes, ways } = mergePlans(old, next);
    for (const kind of ['added', 'removed', 'changed'] as const) {
      const boxes = [...nodes.values()].filter((mark) => mark.kind === kind).length;
      assert.equal(out.split(new RegExp(`class="node [^"]*mark-${kind}"`)).length - 1, boxes, kind);
    }
    assert.ok(nodes.size > 0 && ways.size > 0);
  }).timeout(30_000);

  it('of a plan and itself, or itself from a file, is empty', () => {
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        assert.deepEqual(diffPlans(plan, plan).changes, []);
        const { plan: back } = readPlanDag(writePlanDag(plan));
        assert.ok(back && diffPlans(plan, back).equal);
      }),
      { numRuns: 200 },
    );
  });

  it('of any two plans can be laid into one, where every mark has its step or arrow and nothing goes round', () => {
    fc.assert(
      fc.property(anyPlan(), anyPlan(), (old, next) => {
        const { plan, nodes, ways } = mergePlans(old, next);
        const ids = new Set(plan.nodes.map(({ id }) => id));
        const arrows = new Set([...plan.edges, ...plan.repeats].map(({ id }) => id));
        assert.equal(ids.size, plan.nodes.length);
        const all = [old, next].flatMap(({ edges, repeats }) => [...edges, ...repeats]);
        assert.ok(plan.edges.length + plan.repeats.length <= all.length);
        for (const id of nodes.keys()) assert.ok(ids.has(id), id);
        for (const id of ways.keys()) assert.ok(arrows.has(id), id);
        for (const { from, to } of [...plan.edges, ...plan.repeats]) assert.ok(ids.has(from) && ids.has(to));
        assert.equal(findCycle([...ids], plan.edges), null);
        const kept = plan.nodes.filter(({ id }) => !id.startsWith('old:'));
        assert.deepEqual(kept, next.nodes);
        const gone = plan.nodes.length - kept.length;
        assert.equal([...nodes.values()].filter(({ kind }) => kind === 'removed').length, gone);
      }),
      { numRuns: 200 },
    );
  });

  it('of any two plans has every step once, and every change said in words', () => {
    fc.assert(
      fc.property(anyPlan(), anyPlan(), (old, next) => {
        const diff = diffPlans(old, next);
        const named = (side: 'old' | 'new'): string[] => diff.steps.flatMap((step) => step[side] ?? []).sort();
        assert.deepEqual(named('old'), old.nodes.map(({ id }) => id).sort());
        assert.deepEqual(named('new'), next.nodes.map(({ id }) => id).sort());
        const lines = describeDiff(diff, old, next).flatMap((section) => section.lines);
        assert.equal(lines.length, diff.changes.length);
        for (const line of lines) assert.ok(line.text.trim() !== '', line.change.kind);
        const back = diffPlans(next, old);
        assert.equal(back.equal, diff.equal);
        assert.equal(count(back.changes, 'parameter-added'), count(diff.changes, 'parameter-removed'));
      }),
      { numRuns: 200 },
    );
  });

  it('when steps are only numbered anew, says only that', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 2, max: 9 }), (steps, by) => {
        const changes = diffPlans(series(titles(steps)), series(titles(steps), by)).changes;
        assert.deepEqual(new Set(changes.map(({ kind }) => kind)), new Set(['step-renumbered']));
      }),
    );
  });

  it('when steps are added, removed and moved, names exactly those', () => {
    const edit = fc.integer({ min: 4, max: 30 }).chain((steps) =>
      fc.record({
        steps: fc.constant(steps),
        gone: fc.subarray(
          Array.from({ length: steps }, (_, i) => i),
          { maxLength: 3 },
        ),
        come: fc.array(fc.nat({ max: steps }), { maxLength: 3 }),
      }),
    );
    fc.assert(
      fc.property(edit, ({ steps, gone, come }) => {
        const before = titles(steps);
        const after = before.filter((_, index) => !gone.includes(index));
        come.forEach((place, index) =>
          after.splice(Math.min(place, after.length), 0, `Quench newcomer${index} swiftly`),
        );
        const { changes } = diffPlans(series(before), series(after));
        const named = (kind: PlanChange['kind'], side: 'old' | 'new'): string[] =>
          changes
            .filter((change) => change.kind === kind)
            .map((change) => (change as unknown as Record<'old' | 'new', PlanNode>)[side].title)
            .sort();
        assert.deepEqual(named('step-removed', 'old'), gone.map((index) => before[index] ?? '').sort());
        assert.deepEqual(named('step-added', 'new'), come.map((_, index) => `Quench newcomer${index} swiftly`).sort());
        assert.deepEqual(named('step-moved', 'new'), []);
      }),
      { numRuns: 300 },
    );
    const [first, ...rest] = titles(8);
    const moved = diffPlans(series([first ?? '', ...rest]), series([...rest, first ?? ''])).changes;
    assert.deepEqual(
      moved.flatMap((change) => (change.kind === 'step-moved' ? [`${change.new.title} after ${change.after}`] : [])),
      [`${first} after Step7`],
    );
  });

  it('finds a step by its query when every word of its title has changed', () => {
    const old = series(titles(5));
    const next: Plan = {
      ...old,
      nodes: old.nodes.map((node) => (node.id === 'Step3' ? { ...node, title: 'Wholly other words' } : node)),
    };
    assert.deepEqual(
      diffPlans(old, next).changes.map(({ kind }) => kind),
      ['step-renamed'],
    );
  });

  it('of 10,000 steps takes no longer than reading them', () => {
    const before = titles(10_000);
    const after = before.flatMap((title, index) =>
      index % 10 === 0 ? [] : index % 7 === 0 ? [`${title} reworded`, `Extra${index} step`] : [title],
    );
    const { changes } = withinCpuTime(10_000, 'the comparison', () => diffPlans(series(before), series(after)));
    assert.equal(count(changes, 'step-removed'), 1000);
  });

  it('tells the fewest lines by which two texts differ', () => {
    const line = fc.constantFrom('a', 'b', 'c', '');
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (a, b) => {
        const changes = diffLines(a.join('\n'), b.join('\n'));
        const lines = (list: string[]): number => Math.max(1, list.length);
        const gone = changes.filter(({ sign }) => sign === '-').length;
        const come = changes.filter(({ sign }) => sign === '+').length;
        assert.equal(lines(a) - gone, lines(b) - come);
        if (a.join('\n') === b.join('\n')) assert.deepEqual(changes, []);
      }),
    );
  });
});

function tell(old: Plan, next: Plan): string {
  const diff = diffPlans(old, next);
  if (diff.equal) return 'nothing differs\n';
  return describeDiff(diff, old, next)
    .map(({ title, lines }) =>
      [
        title,
        ...lines.flatMap((line) => [
          `  ${line.sign} ${line.text}`,
          ...line.lines.map(({ sign, text }) => `      ${sign} ${text}`),
        ]),
        '',
      ].join('\n'),
    )
    .join('\n');
}

function count(changes: readonly PlanChange[], kind: PlanChange['kind']): number {
  return changes.filter((change) => change.kind === kind).length;
}

/** Titles that share small words only. */
function titles(steps: number): string[] {
  return Array.from({ length: steps }, (_, index) => `Inspect gauge${index} of dial${index * 7}`);
}

/** One step after the other, each with a query of its own, numbered from `first`. */
function series(names: readonly string[], first = 1): Plan {
  const source = { span: { start: 0, end: 0 }, startLine: 1, endLine: 1 };
  const blank = { description: '', actions: [], needsApproval: false, safeToRepeat: false };
  const steps = names.map((title, index): PlanNode => {
    const id = `Step${index + first}`;
    const code = `SELECT ${title.split(' ')[1] ?? ''}\nFROM dials`;
    const action = {
      id: `${id}.1`,
      language: 'sql',
      code,
      source,
      lineOffsets: [],
      placeholders: [],
      parameters: [],
      effect: 'read' as const,
    };
    return { ...blank, id, kind: 'step', title, actions: [action] };
  });
  const nodes: PlanNode[] = [
    { ...blank, id: 'start', kind: 'start', title: 'Start' },
    ...steps,
    { ...blank, id: 'end', kind: 'end', title: 'End' },
  ];
  return {
    guide: { title: 'Dials', file: 'dials.md', sha256: '', parameters: [] },
    nodes,
    edges: nodes.slice(1).map(({ id }, index) => {
      const from = nodes[index]?.id ?? '';
      return { id: `edge_${from}_${id}`, from, to: id, condition: null };
    }),
    repeats: [],
    notRead: [],
  };
}
