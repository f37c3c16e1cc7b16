// Reports: every sentence names lines of the journal that exist, links lead to outputs that are there, and nothing that a
// guide, a tool or a person said becomes markup.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { makeReport, writeHtml, writeMarkdown, type Report } from '../src/report/index.ts';
import { sha256Hex } from '../src/adapters/sha256.ts';
import { hideFolder } from '../src/cli/hide-folder.ts';
import { readJournalText, replayJournal, resumeLiveRun, startLiveRun, verifyJournal } from '../src/run/index.ts';
import { temporaryFolder, tsg } from './cli/tsg.ts';
import { contrast } from './support/contrast.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld } from './support/puppets.ts';

async function reportOf(text: string): Promise<Report> {
  return makeReport(replayJournal(text), readJournalText(text).lines, 'run.jsonl');
}

/** The journal of a run in which everybody says the same: the guide, the tool, the engineer. */
async function runSaying(said: string): Promise<string> {
  const base = readPlanText(
    'step Step1\n  action write: change {what}\nedge start -> Step1\nedge Step1 -> end outcome=resolved if "x"\nparam what string\n',
  );
  const plan = {
    ...base,
    guide: { ...base.guide, title: said },
    nodes: base.nodes.map((node) => (node.kind === 'step' ? { ...node, title: said, undo: said, verify: said } : node)),
    edges: base.edges.map((edge) => (edge.condition === null ? edge : { ...edge, condition: said })),
  };
  const world = newWorld();
  const live = startLiveRun({ ...world, run: 'r', plan, by: said, parameters: { what: said } });
  await idle();
  const [request] = live.view().requests;
  assert.equal(request?.kind, 'approval');
  if (request?.kind === 'approval')
    live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: said });
  await idle();
  const rows = [{ [said]: said, plain: `${said}\n${said}` }];
  world.end('Step1.1', {
    kind: 'result',
    result: {
      rows,
      columns: [said, 'plain'].map((name) => ({ name, type: '' })),
      text: `${said}\n${said}`,
      errorText: said,
      notes: [said],
    },
  });
  await idle();
  live.submit({ kind: 'decision-given', node: 'Step1', edges: ['edge_Step1_end'], by: said, note: said });
  assert.equal((await live.settled()).phase, 'ended');
  return world.text();
}

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
  ): Promise<string> {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan: readPlanText(plan) });
    for (const [action, result] of results) {
      await idle();
      world.end(action, { kind: 'result', result: { notes: [], ...result } });
    }
    await live.settled();
    const text = writeMarkdown(await reportOf(world.text()));
    return text.slice(text.indexOf('## Findings'), text.indexOf('## Timeline'));
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

describe('the actions that needed approval, in a report', () => {
  const read = 'step Step1\n  action read: look\nedge start -> Step1\nedge Step1 -> end';
  const write = 'step Step1\n  action write: change {what}\nedge start -> Step1\nedge Step1 -> end\nparam what string';
  const start = async (plan: string, options: Partial<Parameters<typeof startLiveRun>[0]> = {}) => {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan: readPlanText(plan), ...options });
    await idle();
    return { world, live };
  };
  const answer = async (live: ReturnType<typeof startLiveRun>, by: string, kind = 'approval-given' as const) => {
    const request = live.view().requests[0];
    assert.ok(request?.kind === 'approval');
    live.submit({ kind, action: request.action, hash: request.hash, by });
    await idle();
  };
  /** The section as markdown. */
  const told = async (text: string): Promise<string> => {
    const markdown = writeMarkdown(await reportOf(text));
    return markdown.slice(markdown.indexOf('## Actions that write'), markdown.indexOf('## Not checked'));
  };

  it('are reads too: by a rule, or because the author asks for it, approved, refused or waiting', async () => {
    const approvals = [{ effects: ['read'] as const }];
    const approved = await start(read, { approvals });
    await answer(approved.live, 'ann');
    approved.world.end('Step1.1', { kind: 'result', result: { notes: [] } });
    await approved.live.settled();
    assert.match(
      await told(approved.world.text()),
      /^## Actions that write or needed approval\n\n\*\*Step1\.1\*\* on puppet \(read\): succeeded .*\n\n```\nlook\n```\n\n- approved by ann at 2025-01-01 00:00:00\.000Z \\\[L7\\\]\n/,
    );
    const refused = await start(read.replace('Step1\n', 'Step1 needs-approval\n'));
    refused.live.submit({ kind: 'approval-refused', action: 'Step1.1', by: 'ben' });
    await refused.live.settled();
    assert.match(
      await told(refused.world.text()),
      /\(read\): not performed\. Refused by ben\. .*[^]*\n- refused by ben at 2025-01-01 \S+ \\\[L7\\\]\n/,
    );
    const waiting = await start(read, { approvals });
    assert.match(await told(waiting.world.text()), /\(read\): not performed: it waits .*[^]*\n- nobody approved it\n/);
    assert.match(await told((await start(read)).world.text()), /\n\nNone\.\n/);
  });

  it('of a read that the rules deny say so', async () => {
    const { world, live } = await start(read, { approvals: [{ effects: ['read'], deny: true }] });
    await live.settled();
    assert.match(
      await told(world.text()),
      /\(read\): not performed\. The rules of this run deny reads with `puppet`\./,
    );
  });

  it('tell a yes that had expired from one that counted', async () => {
    const approvals = [{ expiresAfterMs: 60_000, people: 2 }];
    const slow = write.replace('action write', 'action write timeout=7200000');
    const { world, live } = await start(slow, { approvals, parameters: { what: 'it' } });
    await answer(live, 'ann');
    world.tick(61_000);
    await answer(live, 'ben');
    const waiting = await told(world.text());
    assert.match(waiting, /\n- approved by ann at 2025-01-01 00:00:00\.000Z, which had expired \\\[L7\\\]\n/);
    assert.match(waiting, /\n- approved by ben at 2025-01-01 00:01:01\.000Z \\\[L8\\\]\n/);
    await answer(live, 'ann');
    // What is over is judged as it was then, however long the run goes on.
    world.tick(3_600_000);
    world.end('Step1.1', { kind: 'result', result: { notes: [] } });
    await live.settled();
    assert.deepEqual(
      (await reportOf(world.text())).deeds.flatMap(({ approvals }) =>
        approvals.map(({ by, counted }) => [by, counted]),
      ),
      [
        ['ann', false],
        ['ben', true],
        ['ann', true],
      ],
    );
    assert.match(writeHtml(await reportOf(world.text())), /approved by ann at [^<]*Z, which had expired <span/);
  });

  it('tell a yes to another text, or in another environment, and one that was not taken', async () => {
    const { world, live } = await start(write, {
      parameters: { what: 'it' },
      environment: 'dev',
      approvals: [{ people: 2 }],
    });
    live.submit({ kind: 'approval-given', action: 'Step1.1', hash: 'made up', by: 'eve' });
    await answer(live, 'ann');
    const resumed = async (options: object) => {
      const next = newWorld({ text: world.text() });
      const again = resumeLiveRun({ ...next, text: world.text(), environment: 'dev', ...options });
      await again.settled();
      return told(next.text());
    };
    assert.match(
      await resumed({ parameters: { what: 'that' } }),
      /\n- approved by ann at \S+ \S+, which was for another text \\\[L5, L9\\\]\n/,
    );
    assert.match(
      await resumed({ environment: 'prod', changeEnvironment: true }),
      /\n- approved by ann at \S+ \S+, which was for another round or environment, another connection or another secret value \\\[L9\\\]\n/,
    );
    assert.match(await resumed({}), /\n- approved by ann at \S+ \S+ \\\[L9\\\]\n/);
    assert.match(
      await resumed({}),
      /\n- approved by eve at \S+ \S+, which was not taken: The approval is for another text than the one that would run now; .* \\\[L7\\\]\n/,
    );
  });

  it('tell who had an action of unknown outcome performed once more', async () => {
    const { world, live } = await start(write, { parameters: { what: 'it' } });
    await answer(live, 'ann');
    const next = newWorld({ text: world.text() });
    const again = resumeLiveRun({ ...next, text: world.text() });
    await again.settled();
    again.submit({ kind: 'action-settled', action: 'Step1.1', as: 'repeat', by: 'ben' });
    await idle();
    next.end('Step1.1', { kind: 'result', result: { notes: [] } });
    await again.settled();
    assert.match(
      await told(next.text()),
      /performed 2 times, the last time succeeded .*[^]*\n- approved by ann at .*\n- performed again at the word of ben at \S+ \S+ \\\[L\d+\\\]\n/,
    );
  });
});

describe('the follow-ups in a report', () => {
  /** Those of a run whose first action writes, and whose second one, a read, fails. */
  async function after(more: { readonly verify?: string; readonly undo?: string }): Promise<string> {
    const base = readPlanText(
      'step Step1\n  action write: change\n  action read: look\nedge start -> Step1\nedge Step1 -> end',
    );
    const plan = { ...base, nodes: base.nodes.map((node) => (node.kind === 'step' ? { ...node, ...more } : node)) };
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan });
    await idle();
    const [request] = live.view().requests;
    assert.ok(request?.kind === 'approval');
    live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'ann' });
    await idle();
    world.end('Step1.1', { kind: 'result', result: { notes: [] } });
    await idle();
    world.end('Step1.2', { kind: 'failure', failure: { reason: 'crashed', message: 'No.', transient: false } });
    assert.equal((await live.settled()).outcome, 'failed');
    const text = writeMarkdown(await reportOf(world.text()));
    return text.slice(text.indexOf('## Follow-ups'), text.indexOf('## Timeline'));
  }

  it('have what a step wrote verified that failed then, and say how to undo it', async () => {
    assert.match(
      await after({ verify: 'The queue is short.', undo: 'Change it back.' }),
      /^## Follow-ups\n\n- `Step1` can be undone: Change it back\. .*\n- Verify `Step1`, which failed after `Step1\.1` had begun: The queue is short\. \\\[L\d+, L\d+, \[output of Step1\.1\].*\n- Find out why `Step1\.2` failed/,
    );
  });

  it('have it looked for where the guide does not say how to verify it', async () => {
    assert.match(
      await after({}),
      /^## Follow-ups\n\n- Find out what `Step1\.1` changed: `Step1` failed after that had begun\. \\\[L\d+, L\d+, \[output/,
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

describe('the report of a loop', () => {
  it('counts every time, keeps what each gave, and links each line to its own output', async () => {
    const world = newWorld();
    const plan = readPlanText(
      'step Step1\n  action write: change\nstep Step2\n  action read: look\nedge start -> Step1\nedge Step1 -> Step2\n' +
        'edge Step2 -> end outcome=resolved\nrepeat Step2 -> Step1 max=5 if "still" guard rowCount > 0',
    );
    const live = startLiveRun({ ...world, run: 'r', plan });
    for (const rowCount of [2, 1, 0]) {
      await idle();
      const request = live.view().requests[0];
      assert.ok(request?.kind === 'approval');
      live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'ann' });
      await idle();
      world.end('Step1.1', { kind: 'result', result: { notes: [] } });
      await idle();
      world.end('Step2.1', { kind: 'result', result: { notes: [], rowCount } });
      await idle();
    }
    const report = await reportOf(world.text());
    assert.deepEqual(
      report.outputs.map(({ action, result }) => [action, result?.rowCount]),
      [
        ['Step1.1, time 1', undefined],
        ['Step1.1, time 2', undefined],
        ['Step1.1', undefined],
        ['Step2.1, time 1', 2],
        ['Step2.1, time 2', 1],
        ['Step2.1', 0],
      ],
    );
    const linked = report.timeline.flatMap(({ evidence }) => evidence.actions ?? []);
    assert.deepEqual(linked, [
      'Step1.1, time 1',
      'Step2.1, time 1',
      'Step1.1, time 2',
      'Step2.1, time 2',
      'Step1.1',
      'Step2.1',
    ]);
    const text = writeMarkdown(report);
    assert.match(text, /they were performed 6 times, 3 of these a write or possibly one\./);
    assert.match(text, /\(write\): performed 3 times, the last time succeeded /);
    assert.match(text, /`Step2` led back to `Step1` for round 2 — `rowCount > 0` is true \(rowCount = 2\)\./);
  });
});

describe('the report of what a loop has set back', () => {
  const plan = readPlanText(
    'step Look\n  action read: look\nstep Mend\n  action write: mend\nstep Never\n  action read: never\nedge start -> Look\n' +
      'edge Look -> end outcome=resolved if "it is empty" guard rowCount == 0\nedge Look -> Mend else\n' +
      'edge Mend -> Never if "odd" guard rowCount == 99\nrepeat Mend -> Look max=5 if "still" guard rowCount > 0',
  );
  const told = (report: Report): string => writeMarkdown(report);

  it('tells the write that was performed in an earlier round, its approval and what it led to', async () => {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan });
    await idle();
    world.end('Look.1', { kind: 'result', result: { notes: [], rowCount: 4 } });
    await idle();
    const [request] = live.view().requests;
    assert.ok(request?.kind === 'approval');
    live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'ann' });
    await idle();
    world.end('Mend.1', { kind: 'result', result: { notes: [], rowCount: 3 } });
    await idle();
    world.end('Look.1', { kind: 'result', result: { notes: [], rowCount: 0 } });
    assert.equal((await live.settled()).outcome, 'resolved');
    const report = await reportOf(world.text());
    const text = told(report);
    assert.deepEqual(
      report.deeds.map(({ action, status, approvals }) => [action, status, approvals.map(({ by }) => by)]),
      [['Mend.1', 'succeeded', ['ann']]],
    );
    assert.match(text, /2 steps of 3 ran/);
    assert.doesNotMatch(text, /`Mend` \([^)]*\) was not/);
    assert.match(text, /`Never` \([^)]*\) was not begun/);
    assert.match(text, /`Mend` \(Mend\) led back to `Look` 1 time: “still” — `rowCount > 0` is true \(rowCount = 3\)/);
    assert.ok(report.outputs.some(({ action, result }) => action === 'Mend.1' && result?.rowCount === 3));
    // The picture shows it as done, and the edge to it as taken.
    const picture = layoutOf(report.picture, 'Mend');
    assert.match(picture, /succeeded/);
  });

  it('tells that a write was done before where it waits for another yes', async () => {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan });
    for (const rowCount of [4, 3]) {
      await idle();
      world.end('Look.1', { kind: 'result', result: { notes: [], rowCount } });
      await idle();
      const [request] = live.view().requests;
      assert.ok(request?.kind === 'approval');
      if (rowCount === 3) break;
      live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'ann' });
      await idle();
      world.end('Mend.1', { kind: 'result', result: { notes: [], rowCount: 3 } });
    }
    const { deeds } = await reportOf(world.text());
    assert.deepEqual(
      deeds.map(({ status }) => status),
      ['performed 1 time before; this time it waits'],
    );
  });

  const two =
    'step One\n  action read: a\n  action read: b\nstep Two\n  action read: c\nedge start -> One\nedge One -> Two\nedge Two -> end';

  it('says how many outputs of a long loop it leaves to the journal', async () => {
    const world = newWorld();
    const long = readPlanText(
      'step Look\n  action read: look\nedge start -> Look\nedge Look -> end\nrepeat Look -> Look max=60 guard rowCount > 0',
    );
    const live = startLiveRun({ ...world, run: 'r', plan: long });
    for (let left = 55; left >= 0; left--) {
      await idle();
      world.end('Look.1', { kind: 'result', result: { notes: [], rowCount: left } });
    }
    assert.equal((await live.settled()).phase, 'ended');
    const text = told(await reportOf(world.text()));
    assert.match(
      text,
      /The outputs of 5 times that `Look\.1` was performed are not shown here; the journal has them\./,
    );
    assert.match(text, /`Look` \(Look\) led back to `Look` 55 times/);
  });

  it('tells which actions of a failed step were not performed', async () => {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan: readPlanText(two) });
    await idle();
    world.end('One.1', { kind: 'failure', failure: { reason: 'crashed', message: 'No.', transient: false } });
    assert.equal((await live.settled()).outcome, 'failed');
    assert.match(told(await reportOf(world.text())), /`One\.2` was not performed: `One` had failed before it\./);
  });

  it('tells where a person had the run go on', async () => {
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan: readPlanText(two), held: true });
    live.submit({ kind: 'step-released', by: 'bob' });
    await idle();
    live.submit({ kind: 'next-step-set', node: 'Two', by: 'bob' });
    live.submit({ kind: 'run-continued', by: 'bob' });
    await idle();
    world.end('Two.1', { kind: 'result', result: { notes: [], rowCount: 0 } });
    await live.settled();
    const text = told(await reportOf(world.text()));
    assert.match(text, /bob had the run go on with `Two`; nothing was undone\./);
    assert.match(text, /`One` \(One\) was not run: bob had the run go on with `Two`\. /);
  });
});

/** The words that the picture has for a step. */
function layoutOf(svg: string, step: string): string {
  return (
    [...svg.matchAll(/<title>([^<]*)<\/title>/g)]
      .map(([, title = '']) => title)
      .find((title) => title.startsWith(step)) ?? ''
  );
}

describe('tsg export', function () {
  this.timeout(60_000);
  it('leaves the folder of the guide out, and a mark in its place, so that nothing reads as another command', async () => {
    const folder = temporaryFolder();
    try {
      const place = mkdirs(folder.path, 'guides');
      const command = `rm -rf ${place}/data ${place}-old/data`;
      const guide = `# G\n\n## Step 1 - Do it\n\n\`\`\`bash\n${command}\n\`\`\`\n`;
      writeFileSync(join(place, 'g.tsg.md'), guide);
      const base = readPlanText(`step Step1\n  action write: ${command}\nedge start -> Step1\nedge Step1 -> end`);
      const plan = { ...base, guide: { ...base.guide, file: join(place, 'g.tsg.md'), sha256: sha256Hex(guide) } };
      const world = newWorld();
      const live = startLiveRun({ ...world, run: 'r', plan });
      await idle();
      const [request] = live.view().requests;
      assert.ok(request?.kind === 'approval');
      live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'ann' });
      await idle();
      world.end('Step1.1', { kind: 'result', result: { text: `removed '${place}/data'`, exitCode: 0, notes: [] } });
      await live.settled();
      writeFileSync(join(folder.path, 'run.jsonl'), world.text());
      const end = await tsg(['export', join(folder.path, 'run.jsonl'), '-o', join(folder.path, 'b.tar.gz')]);
      assert.equal(end.code, 0, end.err);
      const listed = spawnSync('tar', ['-xzvf', join(folder.path, 'b.tar.gz')], {
        cwd: mkdirs(folder.path, 'x'),
        encoding: 'utf8',
      });
      const names = listed.stdout.trim().split('\n');
      assert.deepEqual(names, ['manifest.json', 'journal.jsonl', 'report.html', 'run.tests.yaml', 'g.tsg.md']);
      const read = (name: string): string => readFileSync(join(folder.path, 'x', name), 'utf8');
      for (const name of names) assert.doesNotMatch(read(name).replaceAll(`${place}-old`, ''), new RegExp(place), name);
      const journal = read('journal.jsonl');
      const told = `rm -rf …/data ${place}-old/data`;
      for (const name of ['journal.jsonl', 'report.html', 'g.tsg.md']) assert.ok(read(name).includes(told), name);
      for (const name of ['journal.jsonl', 'run.tests.yaml']) assert.ok(read(name).includes("removed '…/data'"), name);
      assert.match(read('report.html'), /removed &#39;…\/data&#39;/);
      // The name of a file follows the same rule; where a name alone is shown, it stays as it is.
      assert.equal(replayJournal(journal).problem, null);
      assert.equal(replayJournal(journal).plan.guide.file, '…/g.tsg.md');
      assert.match(read('report.html'), /of guide <code>g\.tsg\.md<\/code>/);
      assert.equal((JSON.parse(read('manifest.json')) as { guide: { file: string } }).guide.file, 'g.tsg.md');
      assert.equal(verifyJournal(journal, sha256Hex).kind, 'whole');
    } finally {
      folder.remove();
    }
  });

  it('writes an archive whose journal is whole, and from which what looks like a secret is taken out', async () => {
    const folder = temporaryFolder();
    try {
      const token = `ghp_${'a1B2'.repeat(9)}`;
      writeFileSync(join(folder.path, 'run.jsonl'), await runSaying(`token ${token} here`));
      const out = join(folder.path, 'b.tar.gz');
      const end = await tsg(['export', join(folder.path, 'run.jsonl'), '-o', out]);
      assert.equal(end.code, 0, end.err);
      const listed = spawnSync('tar', ['-xzvf', out], { cwd: mkdirs(folder.path, 'x'), encoding: 'utf8' });
      assert.equal(listed.status, 0, listed.stderr);
      const names = listed.stdout.trim().split('\n');
      assert.deepEqual(names, ['manifest.json', 'journal.jsonl', 'report.html', 'run.tests.yaml']);
      const read = (name: string): string => readFileSync(join(folder.path, 'x', name), 'utf8');
      for (const name of names) assert.ok(!read(name).includes(token), name);
      assert.ok(read('journal.jsonl').includes('token *** here'));
      assert.equal(verifyJournal(read('journal.jsonl'), sha256Hex).kind, 'whole');
      const manifest = JSON.parse(read('manifest.json')) as {
        redactedLines: number;
        original: { verification: string };
      };
      assert.ok(manifest.redactedLines > 0);
      assert.equal(manifest.original.verification, 'whole');
    } finally {
      folder.remove();
    }
  });
});

describe('the folder of a guide that is handed on', () => {
  const cases: readonly (readonly [file: string, text: string, hidden: string])[] = [
    ['/srv/g.md', 'rm -rf /srv/data && cd /srv; ls "/srv"', 'rm -rf …/data && cd …; ls "…"'],
    ['/srv/g.md', 'cp /srv-old/a /srv.old/b /srvx /srvö', 'cp /srv-old/a /srv.old/b /srvx /srvö'],
    ['/srv/g.md', 'It is in /srv. See file:///srv/a or -I/srv/b', 'It is in …. See file://…/a or -I…/b'],
    ['/a "b"/g.md', JSON.stringify({ text: 'ls /a "b"/c' }), '{"text":"ls …/c"}'],
    ['/a "b"/g.md', JSON.stringify(JSON.stringify({ text: '/a "b"/c' })), JSON.stringify('{"text":"…/c"}')],
    ['/a b/g.md', 'file:///a%20b/c', 'file://…/c'],
    ['C:\\a\\g.md', String.raw`type C:\a\b & type C:/a/b`, String.raw`type …\b & type …/b`],
    ['C:\\a\\g.md', JSON.stringify(String.raw`type C:\a\b`), String.raw`"type …\\b"`],
    [
      'db/g.md',
      JSON.stringify('ls db/a\ndb/b; db; cat /var/db/c mydb/d'),
      String.raw`"ls …/a\n…/b; db; cat /var/…/c mydb/d"`,
    ],
    ['g.md', 'ls ./g.md /x', 'ls ./g.md /x'],
    ['/g.md', 'ls /x', 'ls /x'],
    [String.raw`C:\g.md`, String.raw`dir C:\x`, String.raw`dir C:\x`],
  ];
  for (const [file, text, hidden] of cases)
    it(`${file}: ${text}`, () => {
      assert.equal(hideFolder(file)(text), hidden);
    });
});

function mkdirs(...parts: readonly string[]): string {
  const path = join(...parts);
  mkdirSync(path, { recursive: true });
  return path;
}

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
