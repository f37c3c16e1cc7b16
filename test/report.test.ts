// Reports: every sentence names lines of the journal that exist, links lead to outputs that are there, and nothing that a
// guide, a tool or a person said becomes markup.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { writeHtml, writeMarkdown, type Report } from '../src/report/index.ts';
import { readJournalText, resumeLiveRun, startLiveRun } from '../src/run/index.ts';
import { temporaryFolder, tsg } from './cli/tsg.ts';
import { contrast } from './support/contrast.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld } from './support/puppets.ts';
import { reportOf, runSaying } from './support/report-of.ts';

interface Node {
  readonly type: string;
  readonly url?: string;
  readonly value?: string;
  readonly depth?: number;
  readonly children?: readonly Node[];
}

function nodesOf(markdown: string): Node[] {
  const all: Node[] = [];
  const walk = (node: Node): void => {
    all.push(node);
    node.children?.forEach(walk);
  };
  walk(unified().use(remarkParse).use(remarkGfm).parse(markdown) as Node);
  return all;
}

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1)) ![p](http://evil.example/p.png)',
  '# Heading\n## Approved by the boss\n- item\n1. one\n> quote\n---',
  '```\n</pre></code><h1>out</h1>\n```',
  '` `` ``` ```` <b>',
  '| a | b |\n|---|---|\n| c | d |',
  'see https://evil.example or www.evil.example or me@evil.example, @team, #12',
  '&lt;script&gt; &amp; &#60;b&#62; "quoted" \'single\'',
  '\u001b[2J\u202eevil\u0000\u200b\u2028next',
  '*bold* _it_ ~~gone~~ $x$ [^1] <https://evil.example> \\<b\\>',
  '--></style><style>*{display:none}</style>',
];

const tags: ReadonlySet<string> = new Set(
  'html head meta title style body main h1 h2 h3 p strong code section ul li table thead tbody tr th td pre a span figure svg g rect path text tspan line polygon polyline circle ellipse defs marker use desc symbol'.split(
    ' ',
  ),
);

describe('a report of what hostile people and tools said', () => {
  for (const said of hostile) {
    it(`keeps ${JSON.stringify(said).slice(0, 60)} as text`, async () => {
      const report = await reportOf(await runSaying(said));
      checkHarmless(report);
    });
  }

  it('keeps the bars of an expression, so that it can be copied, and cuts no table by them', async () => {
    const text = writeMarkdown(await reportOf(await runSaying('see `x || y`')));
    assert.match(text, /^- .*see `x \|\| y`/m);
    assert.match(text, /^\| [^|]*see `x \\\|\\\| y`[^|]*\|/m);
    assert.doesNotMatch(text, /¦/);
  });

  it('and of any text', async function () {
    this.timeout(60_000);
    const mark = fc.constantFrom(...'`*_[]()<>#|!~\\&:/@"\'\n -=+1.$^{}', 'www.', 'http://', 'x');
    const text = fc.array(mark, { maxLength: 24 }).map((marks) => marks.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (said) => checkHarmless(await reportOf(await runSaying(`a${said}`)))),
      { numRuns: 60 },
    );
  });
});

function checkHarmless(report: Report): void {
  const nodes = nodesOf(writeMarkdown(report, { picture: 'run.svg' }));
  const anchors = nodes.filter(({ type }) => type === 'html').map(({ value }) => value ?? '');
  for (const anchor of anchors)
    assert.match(anchor, /^<a id="output-[a-z0-9-]+">$|^<\/a>$|^<a id="output-[a-z0-9-]+"><\/a>$/);
  assert.deepEqual(
    nodes.filter(({ type }) => type === 'image').map(({ url }) => url),
    ['run.svg'],
  );
  for (const { url } of nodes.filter(({ type }) => type === 'link')) assert.match(url ?? '', /^#output-[a-z0-9-]+$/);
  assert.deepEqual(
    nodes.filter(({ type, depth }) => type === 'heading' && (depth ?? 0) < 3).length,
    10,
    'our headings alone',
  );
  for (const type of ['blockquote', 'delete', 'emphasis', 'footnoteReference', 'thematicBreak', 'definition'])
    assert.deepEqual(
      nodes.filter((node) => node.type === type),
      [],
    );

  const html = writeHtml(report);
  for (const [, name] of html.matchAll(/<\/?([a-z0-9]+)/gi)) assert.ok(tags.has(name ?? ''), `<${name ?? ''}>`);
  for (const [, href] of html.matchAll(/ href="([^"]*)"/g)) assert.match(href ?? '', /^#output-[a-z0-9-]+$/);
  const open = html.replace(/<(style|title)[^>]*>[\s\S]*?<\/\1>/g, '');
  for (const [tag] of open.matchAll(/<[a-z][^>]*>/gi))
    assert.doesNotMatch(tag.replace(/="[^"]*"/g, ''), /\s(on\w+|src)\b|=/i);
  assert.match(html, /default-src 'none'/);
  assert.doesNotMatch(html.replaceAll('\n', ''), /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
}

describe('the colours of a report', () => {
  /** What the names stand for in the rule behind `start`, among them those of the pictures. */
  const palette = (html: string, start: string): ReadonlyMap<string, string> => {
    const [rule = ''] = html.slice(html.indexOf(start) + start.length).split('}');
    return new Map(
      [...rule.matchAll(/--([\w-]+):(#[0-9a-f]{6})/g)].map(([, name = '', colour = '']) => [name, colour]),
    );
  };

  it('follow what its reader asks for, light and dark, and can be read in each', async () => {
    const html = writeHtml(await reportOf(await runSaying('anything')));
    const body = html.slice(html.indexOf('<body>'));
    assert.doesNotMatch(body, /(?:fill|stroke|color)[=:]"?#/, 'the picture has no colours of its own');
    for (const start of [
      ':root {',
      '(prefers-color-scheme: dark) { :root {',
      '(prefers-contrast: more) { :root {',
      'body.vscode-light {',
      'body.vscode-dark {',
      'body.vscode-high-contrast {',
      'body.vscode-high-contrast-light {',
    ]) {
      const colours = palette(html, start);
      for (const [, name = ''] of html.matchAll(/var\(--([\w-]+)\)/g)) assert.ok(colours.has(name), `${start} ${name}`);
      for (const name of ['tsg-text', 'tsg-muted', 'link', 'good', 'fair', 'open', 'bad'])
        for (const ground of ['tsg-page', 'panel'])
          assert.ok(
            contrast(colours.get(name) ?? '', colours.get(ground) ?? '') >= 4.5,
            `${start} ${name} on ${ground}`,
          );
    }
  });
});

describe('the evidence in a report', () => {
  const folder = join(import.meta.dirname, 'journals', '2');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.jsonl'))) {
    it(`of ${file}: each sentence names lines that are there, each link an output`, async () => {
      const text = readFileSync(join(folder, file), 'utf8');
      const report = await reportOf(text);
      const { lines } = readJournalText(text);
      const outputs = new Set(report.outputs.map(({ action }) => action));
      const all = [
        ...[report.summary, report.path, report.findings, report.notChecked, report.followUps, report.timeline].flat(),
        ...[...report.deeds, ...report.outputs].map(({ action, evidence }) => ({ parts: [action], evidence })),
        ...report.parameters.map(({ name, evidence }) => ({ parts: [name], evidence })),
      ];
      assert.ok(report.summary.length >= 3);
      for (const { parts, evidence } of all) {
        assert.ok(evidence.lines.length > 0, `without evidence: ${JSON.stringify(parts)}`);
        for (const line of evidence.lines) assert.ok(line >= 1 && line <= lines.length);
        for (const action of evidence.actions ?? []) assert.ok(outputs.has(action), action);
      }
      for (const { approvals } of report.deeds)
        for (const { evidence, yes } of approvals)
          assert.equal(lines[(evidence.lines.at(-1) ?? 0) - 1]?.body.kind, yes ? 'approval-given' : 'approval-refused');
      assert.match(report.picture, /^<svg /);
    });
  }
});

describe('the findings of a report', () => {
  /** The report of a run whose calls end as told, in this order. */
  async function reportAfter(
    plan: string,
    results: readonly (readonly [action: string, result: object])[],
    part = (text: string): string => text.slice(text.indexOf('## Findings'), text.indexOf('## Timeline')),
  ): Promise<string> {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan: readPlanText(plan) });
    for (const [action, result] of results) {
      await idle();
      world.end(action, { kind: 'result', result: { notes: [], ...result } });
    }
    await live.settled();
    return part(writeMarkdown(await reportOf(world.text())));
  }
  const two = 'step Step1\n  action read as=errors: a\n  action read: b\nstep Step2\n  action read: c\n';
  const counts = (rowCount: number): object => ({ rows: [], columns: [], rowCount });

  it('lead to the outputs that their guards read, of whatever step', async () => {
    const found = await reportAfter(
      `${two}edge start -> Step1\nedge Step1 -> Step2 if "many" guard results.errors.rowCount > 1\nedge Step2 -> end if "x" guard steps.Step1.rowCount > 5 && rowCount == 0`,
      [
        ['Step1.1', counts(3)],
        ['Step1.2', counts(9)],
        ['Step2.1', counts(0)],
      ],
    );
    assert.match(found, /- `Step1` .* led to `Step2`: “many”.*, \[output of Step1\.1\]\(#output-step1-1\)\\\]\n/);
    assert.match(
      found,
      /- `Step2` .* led to the end: “x”.*, \[output of Step1\.2\]\([^)]*\), \[output of Step2\.1\]\([^)]*\)\\\]\n/,
    );
  });

  it('say what refuted the other conditions where “otherwise” was taken, and where none held', async () => {
    const otherwise = await reportAfter(
      'step Step1\n  action read: a\nedge start -> Step1\nedge Step1 -> end outcome=resolved if "many" guard rowCount > 5\nedge Step1 -> end else',
      [['Step1.1', counts(3)]],
    );
    assert.match(otherwise, /no other condition held: `rowCount > 5` is false \(rowCount = 3\)\./);
    const none = await reportAfter(
      'step Step1\n  action read: a\nedge start -> Step1\nedge Step1 -> end if "many" guard rowCount > 5',
      [['Step1.1', counts(3)]],
    );
    assert.match(
      none,
      /- `Step1` .* gave 3 rows; no condition held: `rowCount > 5` is false \(rowCount = 3\)\. \\\[L\d+, L\d+/,
    );
  });

  it('tell what each action of a step gave that decided nothing, but for those that gave nothing', async () => {
    const three = 'step Step1\n  action read: a\n  action read: b\n  action read: c\nedge start -> Step1\n';
    const printed = (text: string, exitCode = 0): object => ({ text, exitCode });
    const found = await reportAfter(`${three}edge Step1 -> end`, [
      ['Step1.1', printed('disk is 97 percent full\n')],
      ['Step1.2', printed('one\ntwo\n')],
      ['Step1.3', printed('')],
    ]);
    assert.match(
      found,
      /^## Findings\n\n- `Step1\.1` of `Step1` \(Step1\) gave exit code 0 and the output “disk is 97 percent full”\. \\\[L\d+, \[output of Step1\.1\]\([^)]*\)\\\]\n- `Step1\.2` of `Step1` \(Step1\) gave exit code 0 and 2 lines of output\. \\\[L\d+, \[output of Step1\.2\]\([^)]*\)\\\]\n\n## /,
    );
    const silent = await reportAfter(`${three}edge Step1 -> end`, [
      ['Step1.1', printed('')],
      ['Step1.2', printed('')],
      ['Step1.3', printed('')],
    ]);
    assert.match(silent, /^## Findings\n\n- `Step1` \(Step1\) gave exit code 0\. .*\[output of Step1\.3\].*\n\n## /);
    const waiting = await reportAfter(`${three}edge Step1 -> end if "it looks bad"`, [
      ['Step1.1', counts(2)],
      ['Step1.2', { text: '', errorText: 'no such file\n', exitCode: 0 }],
      ['Step1.3', printed('')],
    ]);
    assert.match(waiting, /\n- `Step1\.1` of `Step1` \(Step1\) has given 2 rows\. .*\[output of Step1\.1\]/);
    assert.match(
      waiting,
      /\n- `Step1\.2` of `Step1` \(Step1\) has given exit code 0 and the error output “no such file”; the step waits for an answer\. .*\[output of Step1\.2\]/,
    );
  });

  it('tell of a statement that is no question how many rows it changed, not that it gave none', async () => {
    const changed = { rows: [], columns: [], rowCount: 0, notes: ['1 row affected.', 'A value was cut.'] };
    const plan = 'step Step1\n  action read: a\nedge start -> Step1\nedge Step1 -> end';
    const text = await reportAfter(plan, [['Step1.1', changed]], (whole) => whole);
    assert.match(text, /`Step1` \(Step1\) gave no table \(1 row affected\)\./);
    assert.match(text, /`Step1\.1` gave no table \(1 row affected\)\./);
    assert.doesNotMatch(text, /0 rows|“”/);
    const unchecked = text.slice(text.indexOf('## Not checked'), text.indexOf('## Timeline'));
    assert.doesNotMatch(unchecked, /affected/);
    assert.match(unchecked, /`Step1\.1`: A value was cut\./);
  });

  it('tell that a guide which was called escalated, where the run came to a good end all the same', async () => {
    const plan = 'step Step1\n  action read: a\nedge start -> Step1\nedge Step1 -> end outcome=';
    const after = (own: string, called: string): Promise<string> =>
      reportAfter(`${plan}${own}`, [['Step1.1', { outcome: called }]], (whole) => whole);
    const told = /Follow what was handed over: the guide that `Step1\.1` called escalated/;
    assert.match(await after('resolved', 'escalated'), told);
    assert.doesNotMatch(await after('escalated', 'escalated'), told);
    assert.doesNotMatch(await after('resolved', 'resolved'), told);
  });

  it('say of a way without a condition where it leads, and no empty words', async () => {
    const world = newWorld();
    const plan =
      'step Step1\n  action read: a\nstep Step2\nedge start -> Step1\nedge Step1 -> end\n' +
      'edge Step1 -> Step2 on-failure\nedge Step2 -> end';
    const live = startLiveRun({ ...world, run: 'r', plan: readPlanText(plan) });
    await idle();
    world.end('Step1.1', { kind: 'failure', failure: { reason: 'exit-code', message: 'gone', transient: false } });
    await live.settled();
    const text = writeMarkdown(await reportOf(world.text()));
    assert.match(text, /`Step1` → `Step2` —/);
    assert.doesNotMatch(text, /“”/);
  });

  it('tell a decision that was given beforehand, and where, from one that was put to the engineer', async () => {
    const plan = readPlanText(
      'step Step1\n  action read: a\nstep Step2\n  action read: b\nedge start -> Step1\nedge Step1 -> Step2 if "it looks bad"\nedge Step2 -> end if "it is over"',
    );
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan, by: 'ann', decisions: { Step1: 'Step2' } });
    await idle();
    world.end('Step1.1', { kind: 'result', result: { notes: [], text: 'hm' } });
    await idle();
    world.end('Step2.1', { kind: 'result', result: { notes: [], text: 'hm' } });
    await live.settled();
    const resumed = newWorld({ text: world.text() });
    await resumeLiveRun({ ...resumed, text: world.text(), by: 'ben', decisions: { Step2: 'end' } }).settled();
    const text = writeMarkdown(await reportOf(resumed.text()));
    assert.match(
      text,
      /\n- `Step1` \(Step1\) led to `Step2`: “it looks bad”, as was decided beforehand by ann\. \\\[L1, L\d+\\\]\n- `Step2` \(Step2\) led to the end: “it is over”, as was decided beforehand by ben\. \\\[L(\d+), L\d+\\\]\n/,
    );
    const [, line] = /beforehand by ben\. \\\[L(\d+)/.exec(text) ?? [];
    assert.equal(readJournalText(resumed.text()).lines[Number(line) - 1]?.body.kind, 'run-resumed');
    live.submit({ kind: 'decision-given', node: 'Step2', edges: ['edge_Step2_end'], by: 'cho' });
    await live.settled();
    assert.match(
      writeMarkdown(await reportOf(world.text())),
      /\n- `Step2` \(Step2\) was put to the engineer, who chose the end: “it is over” — chosen by cho\. \\\[L\d+, L\d+, \[output of Step2\.1\]/,
    );
  });

  it('tell what somebody found by hand, with the line that says so', async () => {
    const world = newWorld();
    const plan = readPlanText(
      'step Step1\n  action read language=manual: look\nedge start -> Step1\nedge Step1 -> end',
    );
    const live = startLiveRun({ ...world, run: 'r', plan });
    await idle();
    live.submit({ kind: 'action-settled', action: 'Step1.1', as: 'done', by: 'ann', note: 'the lamp is red' });
    await live.settled();
    const text = writeMarkdown(await reportOf(world.text()));
    assert.match(
      text,
      /\n- `Step1` \(Step1\) was done by hand: Done, says ann: the lamp is red\. \\\[L\d+, \[output of/,
    );
  });

  it('tell what a step has found that waits, beside the question, and link nothing that is not there', async () => {
    const found = await reportAfter(
      'step Step1\n  action read: a\nstep Step2\n  action write: b\nedge start -> Step1\nedge start -> Step2\nedge Step1 -> end if "it looks bad"\nedge Step2 -> end',
      [['Step1.1', counts(3)]],
    );
    assert.match(found, /- `Step1` .* has given 3 rows and waits for an answer\..*\[output of Step1\.1\]/);
    assert.match(found, /needs a decision: “it looks bad” \(end\)\..*\[output of Step1\.1\]/);
    assert.match(found, /\*\*Step2\.1\*\* on \S+ \(write\): not performed: it waits \\\[L\d+\\\]\n/);
    for (const [, target] of found.matchAll(/\(#([^)]*)\)/g)) assert.equal(target, 'output-step1-1');
  });
});

describe('the parameters in a report', () => {
  it('cite the line that gave each value, and tell defaults of the guide from what was given', async () => {
    const plan = readPlanText(
      'param region string default=eu\nparam disk string\nparam size integer\nparam token string secret\nparam key string secret\n' +
        'step Step1\n  action read: look {region} {disk} {size} {token}\nedge start -> Step1\nedge Step1 -> end',
    );
    const world = newWorld();
    const live = startLiveRun({
      ...world,
      run: 'r',
      plan,
      by: 'ann',
      parameters: { disk: 'sda' },
      secrets: { token: 't0k-en' },
    });
    await idle();
    live.submit({ kind: 'parameter-given', name: 'size', value: 'large', by: 'ben' });
    live.submit({ kind: 'parameter-given', name: 'size', value: '7', by: 'ben' });
    await idle();
    const next = newWorld({ text: world.text() });
    await resumeLiveRun({
      ...next,
      text: world.text(),
      by: 'cho',
      parameters: { disk: 'sdb', size: 'huge' },
    }).settled();
    const { lines } = readJournalText(next.text());
    const report = await reportOf(next.text());
    assert.deepEqual(
      report.parameters.map(({ evidence }) => evidence.lines.map((line) => lines[line - 1]?.body.kind)),
      [['run-started'], ['run-resumed'], ['run-started'], ['parameter-given']],
    );
    const text = writeMarkdown(report);
    assert.match(
      text,
      /\n\| name \| value \| from \| evidence \|\n\| --- \| --- \| --- \| --- \|\n\| `region` \| eu \| the guide, by default \| \\\[L1\\\] \|\n\| `disk` \| sdb \| given at a resumption by cho \| \\\[L\d+\\\] \|\n\| `token` \| \\\*\\\*\\\* \| given at the start by ann, or by the guide \| \\\[L1\\\] \|\n\| `size` \| 7 \| given when asked for by ben \| \\\[L\d+\\\] \|\n\n/,
    );
    assert.match(
      writeHtml(report),
      /<td>given at a resumption by cho<\/td><td><span class="evidence">\[L\d+\]<\/span><\/td>/,
    );
  });

  it('shows one that turned out to be secret as such, and not by its default', async () => {
    const plan = readPlanText(
      'param region string default=eu\nparam key string default=none secret\nstep Step1\nedge start -> Step1\nedge Step1 -> end',
    );
    const world = newWorld();
    const toolbox = { ...world.toolbox, secretValues: () => ['of-the-tool-1'] };
    await startLiveRun({ ...world, toolbox, run: 'r', plan, parameters: { region: 'of-the-tool-1' } }).settled();
    assert.deepEqual(
      (await reportOf(world.text())).parameters.map(({ name, value, origin }) => [name, value, ...origin]),
      [
        ['region', '***', 'given at the start'],
        ['key', '***', 'given at the start', ', or by the guide'],
      ],
    );
  });
});

describe('the report of a run that was begun at a step', () => {
  it('says so, and that the steps before were left out for that', async () => {
    const world = newWorld();
    const plan = readPlanText(
      'step Step1\n  action read: a\nstep Step2\nstep Step3\nedge start -> Step1\nedge Step1 -> Step2\nedge Step1 -> Step3\nedge Step2 -> end if "x" guard 1 == 1\nedge Step3 -> end\nedge Step2 -> Step3 else',
    );
    await startLiveRun({ ...world, run: 'r', plan, from: 'Step2' }).settled();
    const text = writeMarkdown(await reportOf(world.text()));
    assert.match(text, /- It was begun at `Step2`\. \\\[L1\\\]/);
    assert.match(text, /- `Step1` .* was not run: the run was begun at `Step2`\. /);
    assert.match(text, /- `Step3` .* was not begun: the run ended before\. /);
  });
});

describe('tsg report', function () {
  this.timeout(60_000);
  it('writes HTML by the name of the file, and markdown with its picture beside it', async () => {
    const folder = temporaryFolder();
    try {
      const journal = join(import.meta.dirname, 'journals', '2', 'approval-is-bound-to-the-text.jsonl');
      const html = await tsg(['report', journal, '-o', join(folder.path, 'r.html')]);
      assert.equal(html.code, 0, html.err);
      assert.match(readFileSync(join(folder.path, 'r.html'), 'utf8'), /approved by ann/);
      const md = await tsg(['report', journal, '-o', join(folder.path, 'r.md')]);
      assert.equal(md.code, 0, md.err);
      assert.ok(existsSync(join(folder.path, 'r.svg')));
      assert.match(readFileSync(join(folder.path, 'r.md'), 'utf8'), /!\[The plan[^\]]*\]\(r\.svg\)/);
    } finally {
      folder.remove();
    }
  });
});

describe('a result over time in a report', () => {
  it('is drawn, as SVG in the page and as blocks in markdown', async () => {
    const world = newWorld();
    const plan = readPlanText('step Step1\n  action read: q\nedge start -> Step1\nedge Step1 -> end');
    const live = startLiveRun({ ...world, run: 'r', plan });
    await idle();
    const rows = [1, 2, 8].map((value, at) => ({ value, time: new Date(Date.UTC(2024, 4, 1, 12, at)).toISOString() }));
    const columns = [
      { name: 'value', type: 'number' },
      { name: 'time', type: 'time' },
    ];
    world.end('Step1.1', { kind: 'result', result: { columns, rows, notes: [] } });
    await live.settled();
    const report = await reportOf(world.text());
    assert.match(writeHtml(report), /<figure><svg [^>]*role="img"[^]*?12:00:00 to 12:02:00 UTC[^]*?<polyline/);
    assert.match(writeMarkdown(report), /```\n▁+▂+█  value: 1 to 8, last 8\n2024-05-01 12:00:00 to 12:02:00 UTC\n```/);
  });
});
