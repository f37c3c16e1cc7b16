// What the command line prints for people: tables, cut and neutralised text, a run told step by step, and its ending.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { nearName } from '../src/base/index.ts';
import { displayWidth, fit, pad, printableLine, printableText } from '../src/cli/printable-text.ts';
import { printAction, printResult } from '../src/cli/print-action.ts';
import { printDryReport } from '../src/cli/print-dry-report.ts';
import { printEnding } from '../src/cli/print-ending.ts';
import { renderTable } from '../src/cli/render-table.ts';
import { openRunReporter } from '../src/cli/run-reporter.ts';
import type { Terminal } from '../src/cli/terminal.ts';
import type { Plan, PlanEdge, PlanNode } from '../src/plan/index.ts';
import { dryRun, type RunView } from '../src/run/index.ts';
import { readPlanText } from './support/plan-text.ts';
import { newWorld } from './support/puppets.ts';

describe('printed text', () => {
  it('shows terminal escapes instead of obeying them', () => {
    assert.equal(printableLine('a\u001b[2Jb\u0007\u009b31m\u202ec'), 'a␛[2Jb␇\\u009b31m\\u202ec');
    assert.equal(printableText('one\r\ntwo\rthree\u001b]0;title\u0007'), 'one\ntwo\nthree␛]0;title␇');
  });

  it('never lets a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(printableText(text), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        assert.ok(!printableLine(text).includes('\n'));
      }),
    );
  });

  it('is cut and filled to the width asked for, wide characters included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        const line = printableLine(text);
        assert.ok(displayWidth(fit(line, width)) <= width);
        assert.ok(displayWidth(pad(fit(line, width), width)) >= width);
      }),
    );
    assert.equal(fit('availability', 6), 'avail…');
    assert.equal(displayWidth('東京'), 4);
  });
});

describe('an output', () => {
  it('of one line that never ends shows its beginning', () => {
    const plain = { width: 80, styled: (_: string, text: string) => text } as unknown as Terminal;
    const [line, ...others] = printResult({ text: 'x'.repeat(1_000_000), notes: [] }, plain);
    assert.match(line ?? '', /^x{900,1000}… and 999,\d+ more characters$/);
    assert.deepEqual(others, []);
  });
});

describe('a name that is not known', () => {
  const names = ['Step2', 'Step10', 'end', 'region', 'start_time'];
  for (const [typed, meant] of [
    ['Stp2', 'Step2'],
    ['regoin', 'region'],
    ['ned', 'end'],
    ['starttime', 'start_time'],
  ] as const) {
    it(`\`${typed}\` may mean \`${meant}\``, () => {
      assert.equal(nearName(typed, names), meant);
    });
  }
  it('has no likely meaning when nothing is near', () => {
    assert.equal(nearName('observability', names), undefined);
  });
});

describe('a table', () => {
  const rows = Array.from({ length: 14 }, (_, index) => ({
    zone: `eu-west-${index}`,
    error_rate: index / 3,
    message: `timeout after ${index * 1000} ms while waiting for the pool`,
    note: null,
  }));
  const columns = ['zone', 'error_rate', 'message', 'note'];

  it('is aligned, cut to the width, and says what it leaves out', () => {
    expectText('table-narrow', renderTable(columns, rows, { width: 48, maxRows: 4, rowCount: 6072 }).join('\n'));
    expectText(
      'table-wide',
      renderTable(columns, rows.slice(0, 2), { width: 100, maxRows: 10, rowCount: 2 }).join('\n'),
    );
  });

  it('is not what a failed action shows that gave no rows', () => {
    const partial = { rows: [], columns: [], errorText: 'refused', notes: [] };
    const view = { id: 'Step1.1', status: 'failed', effect: 'read', attempts: 1 } as const;
    const failed = { ...view, failure: { reason: 'unavailable', message: 'gone', transient: true, partial } } as const;
    const plain = { width: 80, styled: (_: string, text: string) => text } as unknown as Terminal;
    assert.deepEqual(printAction(failed, undefined, null, plain).slice(1), [
      'stderr: refused',
      '✗ error (unavailable): gone',
    ]);
  });

  it('says what sets the limit that a call ran into', () => {
    const failure = {
      reason: 'timeout',
      message: 'The query did not end within 3 s and was stopped.',
      transient: true,
    } as const;
    const view = { id: 'Step1.1', status: 'failed', effect: 'read', attempts: 1, tool: 'pg', failure } as const;
    const plain = { width: 80, styled: (_: string, text: string) => text } as unknown as Terminal;
    assert.deepEqual(printAction(view, undefined, null, plain), [
      'Step1.1 · pg · reads',
      '✗ error (timeout): The query did not end within 3 s and was stopped.',
      '  `timeout` of `pg` in tsg.yaml, or of the block, says how long it may take.',
    ]);
  });

  it('rounds no decimal to a whole number', () => {
    const shown = [0.99996, -0.00004, 2.00001, 1 / 3, 0.00123456, 12.34567].map((value) =>
      renderTable(['value'], [{ value }], { width: 80, maxRows: 10, rowCount: 1 }).at(-1)?.trim(),
    );
    assert.deepEqual(shown, ['0.99996', '-0.00004', '2.00001', '0.3333', '0.001235', '12.3457']);
  });

  it('leaves columns out before it cuts all of them to nothing', () => {
    const columns = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const row = Object.fromEntries(columns.map((name) => [name, '2024-03-31T01:30:00.000Z']));
    assert.deepEqual(renderTable(columns, [row, row], { width: 80, maxRows: 10, rowCount: 2 }).slice(2), [
      ...Array<string>(2).fill(Array<string>(5).fill('2024-03-31T…').join('  ').trimEnd()),
      '… and 3 more columns',
    ]);
  });

  it('never exceeds the width', () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.double(), fc.integer(), fc.constant(null), fc.boolean());
    const table = fc.array(fc.record({ a: value, b: value, c: value }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, fc.integer({ min: 30, max: 120 }), (some, width) => {
        const lines = renderTable(['a', 'b', 'c'], some as never, { width, maxRows: 3, rowCount: some.length });
        for (const line of lines) assert.ok(displayWidth(line) <= width, `${displayWidth(line)} > ${width}: ${line}`);
      }),
    );
  });
});

describe('a dry run told to people', () => {
  it('says what leads back, how often and after what time', async () => {
    const plan = readPlanText(
      'step Step1\n  action read: look\nstep Step2\nedge start -> Step1\nedge Step1 -> Step2 guard rowCount > 0\nedge Step2 -> end\n' +
        'repeat Step1 -> Step1 max=3 wait=60000 guard rowCount == 0\nrepeat Step2 -> Step1 max=1 if "it is odd"\n',
    );
    const { terminal, text } = paper();
    printDryReport(await dryRun({ plan, toolbox: newWorld().toolbox }), plan, null, terminal);
    assert.match(
      text(),
      /→ Step2[^\n]*\n {4}↻ again from Step1, at most 3 times, each after 1 min: “rowCount == 0” \[decided by the guard `rowCount == 0`/,
    );
    assert.match(text(), /→ end[^\n]*\n {4}↻ again from Step1, at most 1 time: “it is odd” \[decided by you:/);
  });
});

describe('a run told to people', () => {
  it('says each step, its table, its error at the line of the guide, each decision and the ending', () => {
    const { terminal, text } = paper();
    const reporter = openRunReporter({ plan, source: null }, terminal);
    reporter.update(view({ phase: 'running', one: 'running', two: 'pending' }));
    reporter.update(view({ phase: 'running', one: 'succeeded', two: 'running' }));
    const last = view({ phase: 'waiting', one: 'succeeded', two: 'failed' });
    reporter.update(last);
    reporter.update(last);
    printEnding(last, plan, '.tsg/runs/a run.jsonl', terminal);
    expectText('run', text());
  });
});

/** A terminal of 80 cells without colours that keeps what is written. */
function paper(): { terminal: Terminal; text: () => string } {
  let written = '';
  const terminal: Terminal = {
    width: 80,
    coloured: false,
    interactive: false,
    out: (text) => {
      written += text;
    },
    err: (text) => {
      written += text;
    },
    styled: (_, text) => text,
  };
  return { terminal, text: () => written };
}

/** Compares with test/cli/NAME.txt; UPDATE_SNAPSHOTS=1 writes it. */
function expectText(name: string, text: string): void {
  const file = join(import.meta.dirname, 'cli', `${name}.txt`);
  if (process.env['UPDATE_SNAPSHOTS'] === '1') writeFileSync(file, `${text}\n`);
  assert.ok(existsSync(file), `${file} is missing; UPDATE_SNAPSHOTS=1 writes it`);
  assert.equal(`${text}\n`, readFileSync(file, 'utf8'));
}

const source = { span: { start: 0, end: 10 }, startLine: 12, endLine: 14 };
const action = (id: string, code: string): PlanNode['actions'][number] => ({
  id,
  language: 'sql',
  code,
  source,
  lineOffsets: [0],
  placeholders: [],
  parameters: [],
  effect: 'read',
});
const node = (id: string, kind: PlanNode['kind'], title: string, actions: PlanNode['actions'] = []): PlanNode => ({
  id,
  kind,
  title,
  description: '',
  actions,
  needsApproval: false,
  safeToRepeat: false,
});
const edge = (from: string, to: string, condition: string | null): PlanEdge => ({
  id: `edge_${from}_${to}`,
  from,
  to,
  condition,
});
const plan: Plan = {
  guide: { title: 'A guide', file: 'a.md', sha256: '', parameters: [] },
  nodes: [
    node('start', 'start', ''),
    node('Step1', 'step', 'Measure', [action('Step1.1', 'SELECT 1')]),
    node('Step2', 'step', 'Look closer', [action('Step2.1', 'SELECT 1\nFROM t\nWHERE x')]),
    node('end', 'end', ''),
  ],
  edges: [
    edge('start', 'Step1', null),
    edge('Step1', 'Step2', 'If errors is above 2, go to Step 2'),
    edge('Step1', 'end', 'Otherwise, this does not apply'),
    edge('Step2', 'end', 'If it looks wrong'),
  ],
  repeats: [],
  notRead: [],
};

function view(state: {
  phase: RunView['phase'];
  one: 'running' | 'succeeded';
  two: 'pending' | 'running' | 'failed';
}): RunView {
  const done = state.one === 'succeeded';
  const failed = state.two === 'failed';
  return {
    run: 'r',
    mode: 'live',
    phase: state.phase,
    ...(state.phase === 'waiting' && { outcome: 'waiting' as const, reason: 'Step2 needs a decision.' }),
    steps: [
      {
        node: 'Step1',
        status: state.one,
        actions: [
          {
            id: 'Step1.1',
            status: state.one,
            effect: 'read',
            tool: 'telemetry',
            attempts: 1,
            ...(done && {
              result: { columns: [{ name: 'errors', type: 'BIGINT' }], rows: [{ errors: 3 }], rowCount: 1, notes: [] },
              startedAt: 1000,
              endedAt: 1250,
            }),
          },
        ],
        startedAt: 1000,
        ...(done && { endedAt: 1300 }),
      },
      {
        node: 'Step2',
        status: state.two,
        actions: [
          {
            id: 'Step2.1',
            status: state.two,
            effect: 'read',
            tool: 'telemetry',
            attempts: failed ? 1 : 0,
            ...(failed && {
              failure: {
                reason: 'refused-by-tool' as const,
                message: 'no column \u001b[31m`x`',
                at: { start: 22, end: 23 },
                transient: false,
              },
            }),
          },
        ],
      },
    ],
    edges: [
      { edge: 'edge_start_Step1', status: 'enabled', decidedBy: 'none' },
      {
        edge: 'edge_Step1_Step2',
        status: done ? 'enabled' : 'pending',
        ...(done && { decidedBy: 'guard' as const, because: 'errors 3 > 2' }),
      },
      { edge: 'edge_Step1_end', status: done ? 'disabled' : 'pending', ...(done && { decidedBy: 'else' as const }) },
      { edge: 'edge_Step2_end', status: 'pending' },
    ],
    requests:
      state.phase === 'waiting'
        ? [
            {
              kind: 'decision',
              node: 'Step2',
              because: 'its condition has no guard.',
              choices: [{ edge: 'edge_Step2_end', to: 'end', condition: 'If it looks wrong' }],
            },
          ]
        : [],
    next: [],
    modelCalls: 0,
  };
}
