// Charts of results over time: what is drawn, where lines break, what stands at the axes, and that no label becomes markup.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  chartImage,
  chartOf,
  describeChart,
  drawChart,
  sparkline,
  unitOf,
  utc,
  valueWords,
  type Chart,
} from '../src/chart/index.ts';
import { chartThemes } from '../src/chart/chart-themes.ts';
import { timeTicks, valueAxis } from '../src/chart/ticks.ts';
import { thinned } from '../src/chart/to-segments.ts';
import { printResult } from '../src/cli/print-action.ts';
import { stepOutput } from '../src/extension/output-markdown.ts';
import type { ActionResult, RunView } from '../src/run/index.ts';
import type { Json } from '../src/base/index.ts';
import { readPlanText } from './support/plan-text.ts';
import { contrast } from './support/contrast.ts';

const start = Date.parse('2024-05-01T12:00:00Z');

/** Samples a minute apart; `undefined` where none was taken. */
function result(series: Readonly<Record<string, readonly (Json | undefined)[]>>, stepMs = 60_000): ActionResult {
  return {
    columns: [
      { name: 'pod', type: 'label' },
      { name: 'value', type: 'number' },
      { name: 'time', type: 'time' },
    ],
    rows: Object.entries(series).flatMap(([pod, values]) =>
      values.flatMap((value, index) =>
        value === undefined ? [] : [{ pod, value, time: new Date(start + index * stepMs).toISOString() }],
      ),
    ),
    notes: [],
  };
}

const chart = (series: Parameters<typeof result>[0], query = '', stepMs = 60_000): Chart =>
  chartOf(result(series, stepMs), query) ?? assert.fail('there is nothing to draw');

const drawing = (of: Chart): string => drawChart(of, { theme: 'light', zone: utc });

const count = (text: string, what: RegExp): number => [...text.matchAll(new RegExp(what, 'g'))].length;

describe('a chart', () => {
  it('is made of rows with a value and a time, one line for each set of labels', () => {
    const { series, from, to, step } = chart({ api: [1, 2, 3], web: [5, undefined, 4] });
    assert.deepEqual([from, to, step], [start, start + 120_000, 60_000]);
    assert.deepEqual(
      series.map(({ label, points }) => [label, points.map(({ value }) => value)]),
      [
        ['api', [1, 2, 3]],
        ['web', [5, 4]],
      ],
    );
  });
  it('is none where there are no two times, or no such columns', () => {
    assert.equal(chartOf(undefined), null);
    assert.equal(chartOf({ rows: [{ value: 1, time: 'x' }], notes: [] }), null);
    assert.equal(chartOf(result({ api: [] })), null);
    assert.equal(chartOf(result({ api: [1], web: [2] })), null);
    const { rows = [] } = result({ api: [1, 2] });
    assert.equal(chartOf({ rows, columns: [{ name: 'value', type: 'BIGINT' }], notes: [] }), null);
  });
  it('breaks a line where samples are missing or are no numbers, and shows one alone as a dot', () => {
    assert.equal(count(drawing(chart({ api: [1, 2, 3, 4] })), /<polyline/), 1);
    assert.equal(count(drawing(chart({ api: [1, 2, undefined, 4, 5] })), /<polyline/), 2);
    assert.equal(count(drawing(chart({ api: [1, 2, 'NaN', 4, 5] })), /<polyline/), 2);
    const alone = drawing(chart({ api: [1, 2, 3], web: [undefined, 7, undefined] }));
    assert.deepEqual([count(alone, /<polyline/), count(alone, /<circle/)], [1, 1]);
  });
  it('points to the edge where a value has no end, and never draws one', () => {
    const svg = drawing(chart({ api: [1, '+Inf', 3, '-Inf', 4] }));
    assert.equal(count(svg, /<path/), 2);
    assert.doesNotMatch(svg, /NaN|Infinity/);
  });
  it('is drawn without a single number', () => {
    const svg = drawing(chart({ api: ['NaN', 'NaN'], web: ['+Inf', '+Inf'] }));
    assert.doesNotMatch(svg, /Infinity|="NaN/);
    assert.match(svg, /no number/);
  });
  it('draws the six highest of many lines and says so', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`pod-${n}`, [n, n + 1]]));
    const svg = drawing(chart(many));
    assert.equal(count(svg, /<polyline/), 6);
    assert.match(svg, /6 highest of 9/);
    assert.match(svg, /pod-8/);
    assert.doesNotMatch(svg, />pod-2</);
    assert.match(drawing({ ...chart(many), cut: true }), /not all samples/);
  });
  it('gives every line a dash of its own and is told in words', () => {
    const of = chart({ a: [1, 2], b: [2, 3], c: [3, 4], d: [4, 5], e: [5, 6], f: [6, 7] }, 'node_memory_free_bytes');
    const strokes = [...drawing(of).matchAll(/<polyline[^>]*?(?:stroke-dasharray="([^"]*)")?\/>/g)].map((m) => m[1]);
    assert.equal(new Set(strokes).size, 6);
    assert.match(
      describeChart(of, utc),
      /^Chart of 6 lines from 2024-05-01 12:00:00 to 12:01:00 UTC\. a: 1 B to 2 B, last 2 B; /,
    );
  });
  it('shows the time of whoever looks', () => {
    const of = chart({ api: Array.from({ length: 90 }, (_, n) => n) });
    assert.match(drawing(of), /2024-05-01 12:00 to 13:29 UTC</);
    const east = drawChart(of, { theme: 'dark', zone: () => 330 });
    assert.match(east, /2024-05-01 17:30 to 18:59 UTC\+05:30</);
    assert.match(east, />18:00</);
    assert.match(drawChart(of, { theme: 'dark', zone: () => -840 + 120 }), /2024-05-01 00:00 to 01:29 UTC−12:00</);
  });
  it('keeps peaks when it thins samples out', () => {
    const samples = Array.from({ length: 1000 }, (_, n) => ({ time: n, value: n === 637 ? 99 : n % 3 }));
    const kept = thinned(samples, (time) => Math.floor(time / 50));
    assert.ok(kept.length <= 42 && kept.some(({ value }) => value === 99));
    assert.deepEqual([kept[0], kept.at(-1)], [samples[0], samples.at(-1)]);
    const large = drawing(chart({ api: Array.from({ length: 5000 }, (_, n) => Math.sin(n)) }));
    assert.ok(large.length < 12_000, `${large.length} characters`);
  });
  it('never lets a label become markup, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (pod, other) => {
        const of = chart({ [pod]: [1, 2], [`${other}"><script>`]: [1, 3] });
        const svg = drawing(of);
        assert.doesNotMatch(svg, /<script|[\u0000-\u0008]/);
        const image = chartImage(of, { theme: 'dark', zone: utc });
        assert.match(image, /^data:image\/svg\+xml;charset=utf-8,[\w%.~,-]+$/);
        assert.equal(
          decodeURIComponent(image.slice(image.indexOf(',') + 1)),
          drawChart(of, { theme: 'dark', zone: utc }),
        );
      }),
    );
  });
  it('keeps every line and word readable in every theme', () => {
    for (const [name, { ground, text, muted, lines }] of Object.entries(chartThemes))
      for (const colour of [text, muted, ...lines])
        assert.ok(contrast(colour, ground) >= 4.5, `${name}: ${colour} has ${contrast(colour, ground).toFixed(2)}`);
  });
});

describe('axes of a chart', () => {
  for (const [values, ticks] of [
    [
      [0, 10],
      [0, 5, 10],
    ],
    [
      [0.12, 0.53],
      [0, 0.2, 0.4, 0.6],
    ],
    [
      [98, 100],
      [98, 99, 100],
    ],
    [
      [5, 5],
      [4.5, 5, 5.5],
    ],
    [
      [0, 0],
      [0, 0.5, 1],
    ],
    [
      [-5, 5],
      [-5, 0, 5],
    ],
    [[], [0, 1]],
  ] as const)
    it(`of ${values.join(' to ') || 'nothing'} stand at ${ticks.join(', ')}`, () =>
      assert.deepEqual(valueAxis(values, '').ticks, ticks));
  it('hold every value, and few lines', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e15, max: 1e15 }), { minLength: 1 }), (values) => {
        const { low, high, ticks } = valueAxis(values, '');
        const air = Math.max(Math.abs(low), Math.abs(high)) * 1e-9;
        for (const value of values)
          assert.ok(value >= low - air && value <= high + air, `${value} in ${low} to ${high}`);
        assert.ok(ticks.length >= 2 && ticks.length <= 6, ticks.join());
      }),
    );
  });
  it('have round times', () => {
    const labels = (from: string, to: string, zone = 0) =>
      timeTicks(Date.parse(from), Date.parse(to), 6, () => zone).map(({ label }) => label);
    assert.deepEqual(labels('2024-05-01T12:03:10Z', '2024-05-01T13:00:00Z'), [
      '12:10',
      '12:20',
      '12:30',
      '12:40',
      '12:50',
      '13:00',
    ]);
    assert.deepEqual(labels('2024-05-01T21:00:00Z', '2024-05-02T03:00:00Z', 60), [
      '22:00',
      '23:00',
      '05-02',
      '01:00',
      '02:00',
      '03:00',
      '04:00',
    ]);
    assert.deepEqual(labels('2024-05-01T12:00:00Z', '2024-05-01T12:00:40Z').at(-1), '12:00:40');
    assert.deepEqual(labels('2024-05-01T00:00:00Z', '2024-05-05T00:00:00Z'), [
      '05-01',
      '05-02',
      '05-03',
      '05-04',
      '05-05',
    ]);
  });
});

describe('the unit of a query', () => {
  for (const [query, unit] of [
    ['node_memory_MemFree_bytes{job="node"}', 'bytes'],
    ['sum by (pod) (rate(container_network_receive_bytes_total[5m]))', 'bytes/s'],
    ['sum(increase(node_network_receive_bytes_total[1h]))', 'bytes'],
    ['sum by (code) (rate(http_requests_total{service="a/b"}[5m]))', 'per second'],
    ['histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))', 'seconds'],
    ['rate(http_request_duration_seconds_count[5m])', 'per second'],
    ['process_uptime_seconds # free_bytes', 'seconds'],
    ['rate(http_request_duration_seconds_bucket[5m])', ''],
    ['rate(process_cpu_seconds_total[5m])', ''],
    ['rate(a_seconds_sum[5m]) / rate(a_seconds_count[5m])', ''],
    ['node_memory_MemFree_bytes / node_memory_MemTotal_bytes', ''],
    ['node_filesystem_free_bytes / 1024', ''],
    ['count(node_memory_MemFree_bytes)', ''],
    ['up', ''],
    ['', ''],
  ] as const)
    it(`${query || '(none)'}: ${unit || 'not known'}`, () => assert.equal(unitOf(query), unit));
  it('stands behind values in few digits', () => {
    const words = [
      [1234, ''],
      [0.04567, ''],
      [-1500, ''],
      [12_345_678, 'bytes'],
      [0.25, 'seconds'],
      [90, 'seconds'],
      [3, 'per second'],
      [999_999, ''],
      [Infinity, ''],
      [null, ''],
    ] as const;
    assert.deepEqual(
      words.map(([value, unit]) => valueWords(value, unit)),
      ['1.23k', '0.0457', '−1.5k', '12.3 MB', '250 ms', '1.5 min', '3/s', '1M', '∞', 'no number'],
    );
  });
});

describe('a line of blocks', () => {
  const spark = (values: readonly (Json | undefined)[], width = values.length): string => {
    const of = chart({ api: values });
    return sparkline(of.series[0] ?? assert.fail(), of, width);
  };
  it('goes from the least to the greatest value', () => assert.equal(spark([0, 1, 2, 3, 4, 5, 6, 7]), '▁▂▃▄▅▆▇█'));
  it('keeps a peak', () => assert.equal(spark([0, 0, 0, 9, 0, 0, 0, 0], 4), '▁█▁▁'));
  it('is empty where nothing was measured', () =>
    assert.equal(spark([0, 1, undefined, undefined, 'NaN', 7, 7, 7]), '▁▂   ███'));
  it('shows what has no end, and what does not change', () => {
    assert.equal(spark([0, '+Inf', '-Inf', 7]), '▁↑↓█');
    assert.equal(spark([5, 5, 5]), '▄▄▄');
  });
  it('holds a sample where there are more characters than samples', () => assert.equal(spark([0, 7], 4), '▁▁▁█'));
});

describe('where charts stand', () => {
  it('in the terminal, a row for each line', () => {
    const terminal = { width: 100, styled: (_: string, text: string) => text } as unknown as Parameters<
      typeof printResult
    >[1];
    const values = Array.from({ length: 30 }, (_, n) => n * 1e6);
    const lines = printResult(result({ api: values, web: [1e6, 'NaN', 2e6] }), terminal, 'x_free_bytes');
    assert.match(lines[0] ?? '', /^line\s+trend\s+least\s+most\s+last$/);
    assert.match(lines[2] ?? '', /^api\s+▁[▁-█]{28}█\s+0 B\s+29 MB\s+29 MB$/);
    assert.match(lines[3] ?? '', /^web\s+▁\s▁\s+1 MB\s+2 MB\s+2 MB$/);
    assert.match(lines[4] ?? '', /^33 samples, 2024-05-0\d \d\d:\d\d to /);
  });

  it('in the editor, an image above the table that says in words what it shows', () => {
    const plan = readPlanText('step Step1\n  action read: q\nedge start -> Step1\nedge Step1 -> end');
    const action = { id: 'Step1.1', status: 'succeeded', effect: 'read', attempts: 1, text: 'x_free_bytes' } as const;
    const body = (gives: ActionResult, draw = true): string => {
      const step = { node: 'Step1', status: 'succeeded', actions: [{ ...action, result: gives }] } as const;
      const view = { mode: 'live', steps: [step], edges: [] } as unknown as RunView;
      return stepOutput(plan, view, step, 3, draw ? { theme: 'dark', zone: utc } : undefined)?.comments[0]?.body ?? '';
    };
    const said = body(result({ '![x](http://evil)': [1, 2, 3], b: [2, 3, 4] }));
    const [head, image = '', table = ''] = said.split('\n\n');
    assert.equal(head, '**succeeded** · 6 rows');
    assert.match(image, /^!\[Chart of 2 lines from [^\]\n]*last 4 B&#46;\]\(data:image\/svg\+xml[^()\s]*\)$/);
    assert.match(table, /^\| pod \| &emsp;value \| &emsp;time \|/);
    assert.doesNotMatch(said, /http:\/\/evil/);
    assert.doesNotMatch(body(result({ a: [1] })), /data:/);
    assert.doesNotMatch(body(result({ a: [1, 2] }), false), /data:/);
    const pods = Array.from({ length: 9 }, (_, pod) => [
      `pod-${pod}`,
      Array.from({ length: 1100 }, (_, n) => Math.sin(n * pod) * 1e9),
    ]);
    // An editor cuts markdown at a hundred thousand characters.
    assert.ok(body(result(Object.fromEntries(pods) as Parameters<typeof result>[0])).length < 60_000);
  });
});
