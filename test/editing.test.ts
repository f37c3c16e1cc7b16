// The editing room at its boundary: what an editor shows about a guide at a place, given as marks in the text.
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { applyEdits } from '../src/diagnostics/index.ts';
import {
  analyze,
  applyFixes,
  codeLenses,
  guideLens,
  definitionAt,
  fixesAt,
  hoverAt,
  vagueLimitsAt,
  newGuideTemplate,
  nodeAt,
  outline,
  spanOfNode,
  titleSpanOfNode,
  type Analysis,
  type OutlineItem,
} from '../src/editing/index.ts';

const guide = `---
title: API errors
parameters:
  - name: region
    description: The region that the alert names
    examples: [us-east, eu-west]
---

Use this when the gateway answers with errors.

## Step 1 - Count the errors

Count what the gateway answers.

\`\`\`sql as=errors
SELECT region, error_rate FROM service_errors WHERE region = '{region}'
\`\`\`

If \`rows.exists(r, r.error_rate > 8.0)\`, go to Step 2. Otherwise, go to Step 3.

## Step 2 - Restart the gateway

\`\`\`bash
systemctl restart gateway
\`\`\`

Needs approval. Undo: start the old version of the gateway.

### Step 2.1 - Look again

Look at the dashboard. This resolves the incident.

## Step 3 - Ask the owners

Escalate to the owners of the gateway.
`;

describe('editing', () => {
  const analysis = look(guide);

  it('finds nothing wrong with the guide that the other cases use', () => {
    assert.deepEqual(analysis.diagnostics, []);
  });

  it('shows the steps as a tree, with actions under their step', () => {
    assert.deepEqual(outline(analysis).map(show), [
      'Step 1 - Count the errors (sql Step1.1)',
      'Step 2 - Restart the gateway (bash Step2.1 Step 2.1 - Look again)',
      'Step 3 - Ask the owners',
    ]);
    const check = (items: readonly OutlineItem[]): void => {
      for (const { span, nameSpan, children } of items) {
        assert.ok(span.start <= nameSpan.start && nameSpan.end <= span.end);
        for (const child of children) assert.ok(span.start <= child.span.start && child.span.end <= span.end);
        check(children);
      }
    };
    check(outline(analysis));
  });

  for (const [words, node] of [
    ['Use this when', undefined],
    ['Step 1 - Count', 'Step1'],
    ["FROM service_errors WHERE region = '", 'Step1'],
    ['Needs approval', 'Step2'],
    ['Look at the dashboard', 'Step2.1'],
    ['Escalate to', 'Step3'],
  ] as const) {
    it(`knows that "${words}" stands in ${node ?? 'no step'}`, () => {
      assert.equal(nodeAt(analysis.plan, at(words))?.id, node);
    });
  }

  it('gives the place of a step and of its name', () => {
    const span = spanOfNode(analysis.plan, 'Step2.1');
    assert.ok(span && guide.slice(span.start, span.end).includes('Look at the dashboard.'));
    const title = titleSpanOfNode(analysis.plan, 'Step2.1');
    assert.equal(title && guide.slice(title.start, title.end), 'Step 2.1 - Look again');
    assert.equal(spanOfNode(analysis.plan, 'end'), undefined);
    assert.equal(spanOfNode(analysis.plan, 'Step9'), undefined);
  });

  it('puts two lenses above each step', () => {
    assert.deepEqual(
      codeLenses(analysis).map(({ kind, node }) => `${node} ${kind}`),
      ['Step1', 'Step2', 'Step2.1', 'Step3'].flatMap((node) => [`${node} run-from-here`, `${node} dry-run`]),
    );
  });

  it('puts one line above a guide most of whose steps are paragraphs, and no more', () => {
    const paragraphs = look(
      '---\ntitle: Mon\n---\n\n# Ceph mon\n\n## Diagnosis\n\nLook at the pods:\n\n```bash\nkubectl get pods\n```\n\nIf a pod is pending, describe it:\n\n```bash\nkubectl describe pod mon\n```\n\n## Mitigation\n\nIf the disk is full, clean it up.\n\nRestart the pod.\n',
    );
    assert.deepEqual(codeLenses(paragraphs), []);
    const lens = guideLens(paragraphs);
    assert.ok(lens);
    assert.equal(paragraphs.guide.text.slice(lens.span.start, lens.span.end), '# Ceph mon');
    assert.equal(lens.steps, paragraphs.plan.nodes.length - 2);
    assert.equal(lens.unread.length, paragraphs.plan.notRead.length);
    assert.equal(guideLens(analysis), null, 'steps have their own');
    assert.equal(guideLens(look('# Nothing\n')), null);
  });

  it('has no lens over a passage within a step', () => {
    const about = look(
      [
        '## 1. Find a cause\n\nTo understand what can be wrong, you need to find a cause.\n',
        '1. Verify jobs queues: look at the graphs.',
        '   If you see a single namespace with a lot of builds, verify what projects are in that namespace.',
        '2. Verify long polling behavior.\n\n## 2. Verify the errors\n\nVerify the errors.\n',
      ].join('\n'),
    );
    assert.ok(
      about.plan.nodes.some(({ id }) => id === 'Step1.1a'),
      'the passage is no step of the plan',
    );
    const nodes = codeLenses(about).map(({ node }) => node);
    assert.deepEqual([...new Set(nodes)], ['Step1.1', 'Step1.2', 'Step2']);
  });

  it('leads from a jump to its step, and from a placeholder to its declaration', () => {
    const targets = definitionAt(analysis, at('go to Step 2')).map(({ start, end }) => guide.slice(start, end));
    assert.ok(targets.includes('Step 2 - Restart the gateway'), targets.join(', '));
    const [declaration] = definitionAt(analysis, at("{region}'"));
    assert.ok(declaration && guide.slice(declaration.start, declaration.end).includes('region'));
    assert.deepEqual(definitionAt(analysis, at('Use this when')), []);
  });

  it('offers limits for a vague condition by what the latest run gave', () => {
    const text = `## Step 1 - Look\n\n\`\`\`sql\nSELECT health_score, latency_ms, state FROM partitions\n\`\`\`\n
If the latency is too high, go to Step 2. If the state is bad, go to Step 2. Identify partitions with poor health scores.\n
## Step 2 - End\n\nThis ends the guide.\n`;
    const about = analyze(text, { file: 'guide.tsg.md', sha256: '', languages: null });
    const rows = [10, 20, 30, 40, 50].map((n) => ({
      health_score: n / 100,
      latency_ms: n * 100,
      state: n > 30 ? 'FAILED' : 'OK',
    }));
    const limits = (words: string) =>
      vagueLimitsAt(about, { start: text.indexOf(words), end: text.indexOf(words) }, (action) =>
        action === 'Step1.1' ? rows : undefined,
      );
    const [high] = limits('too high');
    assert.match(high?.seen ?? '', /`latency_ms` lay between 1000 and 5000, half of its 5 rows at 3000 or below/);
    assert.deepEqual(
      high?.fixes.map(({ title, edits }) => [title, applyEdits(text, edits).includes('If the latency is above')]),
      [
        ['Say `above 4000`: 1 of 5 rows in the latest run', true],
        ['Say `above 3000`: 2 of 5 rows in the latest run', true],
      ],
    );
    const [poor] = limits('poor health');
    assert.match(applyEdits(text, poor?.fixes[0]?.edits ?? []), /Identify partitions with health scores below 0\.2\./);
    const [bad] = limits('bad, go');
    assert.deepEqual(
      bad?.fixes.map(({ edits }) => edits[0]?.newText),
      ['OK', 'FAILED'],
    );
    assert.deepEqual(
      vagueLimitsAt(about, { start: 0, end: text.length }, () => undefined),
      [],
    );
    assert.deepEqual(limits('Step 1 - Look'), []);
  });

  it('tells of a step: what it does, what it waits for, where it leads', () => {
    const { markdown = '' } = hoverAt(analysis, at('Step 1 - Count')) ?? {};
    assert.match(markdown, /Count the errors/);
    assert.match(markdown, /`sql` · only reads · needs `region`/);
    assert.match(
      markdown,
      /`Step2` Restart the gateway {2}\n {2}Decided by its guard: `rows\.exists\(r, r\.error_rate > 8\.0\)`/,
    );
    assert.match(markdown, /`Step3` Ask the owners {2}\n {2}Taken when no other condition of the step holds\./);
    const { markdown: second = '' } = hoverAt(analysis, at('Step 2 - Restart')) ?? {};
    assert.match(second, /asks before it runs/);
    assert.match(second, /Waits for approval\./);
    assert.match(second, /Undo: start the old version/);
  });

  it('tells of a jump and of a parameter', () => {
    assert.match(hoverAt(analysis, at('Otherwise, go to'))?.markdown ?? '', /Step3/);
    const { markdown = '' } = hoverAt(analysis, at("{region}'")) ?? {};
    assert.match(markdown, /`region` · string · must be given/);
    assert.match(markdown, /The region that the alert names/);
    assert.match(markdown, /Examples: `us-east`, `eu-west`/);
    assert.match(markdown, /Used by `Step1\.1`/);
    assert.equal(hoverAt(analysis, at('Use this when')), null);
  });

  it('offers fixes at a place and applies them', () => {
    const text = guide.replace('{region}', '{regoin}');
    const spoiled = look(text);
    const place = text.indexOf('{regoin}') + 3;
    const [offered] = fixesAt(spoiled, { start: place, end: place });
    assert.equal(offered?.diagnostic.code, 'parameter.undefined');
    assert.equal(offered && applyFixes(text, [offered.fix]), guide);
    assert.deepEqual(fixesAt(spoiled, { start: 0, end: 3 }), []);
  });

  it('leaves out whole a fix that an earlier one has made impossible', () => {
    const fix = (...edits: [number, number, string][]): Parameters<typeof applyFixes>[1][number] => ({
      title: '',
      edits: edits.map(([start, end, newText]) => ({ span: { start, end }, newText })),
    });
    assert.equal(applyFixes('abcdef', [fix([0, 2, 'X']), fix([1, 3, 'Y'], [5, 6, 'Z']), fix([4, 5, 'W'])]), 'XcdWf');
  });

  it('gives a new guide about which there is nothing to say, whatever its title', () => {
    const titles = ['Disk full', '', 'Step 3', '"quoted": {yes}', 'Über *alles* `code` # end', '---', 'two\nlines'];
    for (const title of titles) {
      const made = look(newGuideTemplate(title));
      assert.deepEqual(made.diagnostics, [], title);
      assert.equal(made.guide.title, title.split('\n')[0] || 'New troubleshooting guide');
      assert.ok(made.plan.nodes.length > 3);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => look(newGuideTemplate(title)).diagnostics.length === 0),
    );
  });

  it('answers at every place of any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(guide.length), fc.nat(40), (text, from, length) => {
        const mixed = look(guide.slice(0, from) + text + guide.slice(from + length));
        for (let offset = 0; offset <= mixed.guide.text.length; offset += 37) {
          hoverAt(mixed, offset);
          nodeAt(mixed.plan, offset);
          definitionAt(mixed, offset);
        }
        outline(mixed);
        codeLenses(mixed);
      }),
      { numRuns: 50 },
    );
  });
});

function look(text: string): Analysis {
  return analyze(text, { file: 'guide.tsg.md', sha256: '', languages: null });
}

/** The offset just inside of some words of the guide. */
function at(words: string): number {
  const found = guide.indexOf(words);
  assert.ok(found >= 0, words);
  return found + 1;
}

function show({ name, children }: OutlineItem): string {
  return children.length === 0 ? name : `${name} (${children.map((child) => child.name).join(' ')})`;
}
