// The reader: code and words lead back to the guide, and nothing that a text can hold makes it throw or hang.
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { compile } from '../src/compile/index.ts';
import {
  readGuide,
  sentencesOf,
  sourceOffset,
  type Block,
  type Guide,
  type Prose,
  type Section,
} from '../src/guide/index.ts';
import { writePlanDag } from '../src/plan/index.ts';

const about = { file: 'guide.md', sha256: '' };

describe('guide', () => {
  it('slices indented code by offset, line by line', () => {
    const text = '1. Look\r\n\r\n   ```sql tool=db as=rows\r\n   SELECT 1\r\n     FROM {t}\r\n   ```\r\n2. Go\r\n';
    const { plan } = compile(readGuide(text), about);
    const action = plan.nodes[1]?.actions[0];
    assert.equal(action?.code, 'SELECT 1\n  FROM {t}');
    assert.deepEqual(
      action.lineOffsets.map((offset, line) => text.startsWith(action.code.split('\n')[line] ?? '?', offset)),
      [true, true],
    );
    const [placeholder] = action.placeholders;
    assert.equal(placeholder && text.slice(placeholder.span.start, placeholder.span.end), '{t}');
  });

  it('keeps the body of a plugin block as it stands, blank lines and asterisks included', () => {
    const body = 'SELECT *\n\n    FROM a_b_c\n-- *not* a list\n- 1';
    const guide = readGuide(`# T\n\n<PLUGIN_1>\n${body}\n</PLUGIN_1>\n\nIf *x*, go.\n`);
    const [plugin, after] = guide.root.sections[0]?.blocks ?? [];
    assert.equal(plugin?.kind === 'plugin' && plugin.code, body);
    assert.equal(after?.kind === 'paragraph' && after.prose.plain, 'If x, go.');
  });

  it('leaves an unclosed plugin block to markdown', () => {
    const guide = readGuide('<PLUGIN_1>\nSELECT 1\n\n## Step 1 - Look\n');
    assert.equal(guide.root.sections[0]?.heading?.number, '1');
  });

  it('reads front matter after a byte order mark, and tables, underlined headings and comments', () => {
    const text =
      '\ufeff---\ntitle: Full\n---\nHead\n----\n\n| a | b |\n|---|---|\n| `x|y` | **z** |\n\nSee. <!-- tsg-ask -->\n';
    const guide = readGuide(text);
    assert.equal(guide.title, 'Full');
    const [section] = guide.root.sections;
    assert.equal(section?.heading?.prose.plain, 'Head');
    const [table, last] = section.blocks;
    assert.deepEqual(table?.kind === 'table' && table.rows[0]?.map(({ plain }) => plain), ['x|y', 'z']);
    assert.deepEqual(
      last?.kind === 'paragraph' && sentencesOf(last.prose)[0]?.comments.map((comment) => comment.text),
      ['tsg-ask'],
    );
  });

  it('reads a table right under an underlined heading', () => {
    const [section] = readGuide('| a | b |\n===\n| a | b |\n|---|---|\n').root.sections;
    assert.deepEqual(
      section?.blocks.map(({ kind, span }) => [kind, span.start]),
      [['table', 14]],
    );
  });

  it('reads HTML as the markdown it stands for, and leads every word and line of code back to it', () => {
    const text =
      '<h2>Step 1 - Look</h2>\n<ol start="3">\n<li>Run <code>a &lt; b</code>.<pre lang="sh">\ndf -h\nls\n</pre></li>\n\n<li>See <a href="#x">x</a>.\n</ol>\n' +
      '<table><tr><td><b>Symptom</b></td><td><b>Fix</b></td></tr>\n<tr><td>slow</td><td><ul><li>Stop it</li><li>Start it</li></ul></td></tr></table>\n';
    const [section] = readGuide(text).root.sections;
    const [list, table] = section?.blocks ?? [];
    assert.equal(section?.heading?.title, 'Look');
    assert.ok(list?.kind === 'list' && table?.kind === 'table');
    assert.deepEqual([list.ordered, list.items.map(({ number }) => number)], [true, [3, 4]]);
    const [run, code] = list.items[0]?.blocks ?? [];
    assert.ok(run?.kind === 'paragraph' && code?.kind === 'code');
    assert.equal(run.prose.plain, 'Run a < b.');
    const [mark] = run.prose.codes;
    assert.equal(mark && text.slice(mark.span.start, mark.span.end), '<code>a &lt; b</code>');
    assert.deepEqual([code.language, code.code], ['sh', 'df -h\nls']);
    assert.ok(code.lineOffsets.every((offset, line) => text.startsWith(['df -h', 'ls'][line] ?? '?', offset)));
    const [see] = list.items[1]?.blocks ?? [];
    assert.equal(see?.kind === 'paragraph' && see.prose.links[0]?.target, '#x');
    assert.deepEqual(
      [table.header, ...table.rows].map((row) => row.map(({ plain }) => plain)),
      [
        ['Symptom', 'Fix'],
        ['slow', 'Stop it\nStart it'],
      ],
    );
  });

  it('never runs code of HTML that is written otherwise than it would be run', () => {
    const [pre, more] = readGuide('<pre>kubectl delete pod &lt;pod&gt;</pre>\n').root.blocks;
    assert.deepEqual([pre?.kind === 'paragraph' && pre.prose.plain, more], ['kubectl delete pod <pod>', undefined]);
  });

  it('closes boxes at their ends, and whatever is open at a heading', () => {
    const shape = (text: string): unknown[] => {
      const kinds = (blocks: readonly Block[]): unknown[] =>
        blocks.map((block) => (block.kind === 'list' ? block.items.map((item) => kinds(item.blocks)) : block.kind));
      const { blocks, sections } = readGuide(text).root;
      return [...kinds(blocks), ...sections.map((section) => kinds(section.blocks))];
    };
    const tab = ['paragraph', 'paragraph'];
    assert.deepEqual(shape('=== "A"\n    a\n=== "B"\n    b\nc\n'), [[tab, tab], 'paragraph']);
    assert.deepEqual(shape('- a\n:::note\nb\n:::\nc\n'), [[['paragraph']], 'paragraph', 'paragraph']);
    assert.deepEqual(shape('<Tabs>\n<Tab title="A">\n\na\n\n## b\n\n</Tab>\n\nc\n'), [[tab], ['paragraph']]);
    assert.deepEqual(shape('!!! note\n\n    a\n\n        b\n\nc\n'), ['paragraph', 'code', 'paragraph']);
  });

  it('cuts sentences at their ends and not at abbreviations, numbers or code', () => {
    const guide = readGuide('Look (e.g. At a.b). Version 3.1 is `a. B` fine! See Step 3. Go on.\n');
    const [block] = guide.root.blocks;
    const sentences = block?.kind === 'paragraph' ? sentencesOf(block.prose).map(({ text }) => text) : [];
    assert.deepEqual(sentences, ['Look (e.g. At a.b).', 'Version 3.1 is a. B fine!', 'See Step 3.', 'Go on.']);
  });
});

describe('guide: any text', () => {
  it('gives a guide and a plan with spans inside the text, twice the same', () => {
    fc.assert(
      fc.property(anyGuide(), (text) => {
        checkText(text);
      }),
      { numRuns: 1500 },
    );
  }).timeout(120_000);

  it('also when it is a real guide with lines lost, doubled, swapped and cut', function () {
    const folder = resolve(import.meta.dirname, '../../shared/corpus/guides');
    if (!existsSync(folder)) {
      console.log('    the corpus does not lie beside the repository: not run');
      this.skip();
    }
    const texts = readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(mutation(), { minLength: 1, maxLength: 6 }),
        (text, mutations) => {
          checkText(mutations.reduce((mutant, mutate) => mutate(mutant), text).slice(0, 30_000));
        },
      ),
      { numRuns: 300 },
    );
  }).timeout(240_000);

  const steps = 10_000;
  const each = (make: (n: number) => string): string => Array.from({ length: steps }, (_, i) => make(i + 1)).join('');
  const hostile: Readonly<Record<string, string>> = {
    'of 20 MB': 'word '.repeat(4_000_000),
    'of NUL bytes': '\0'.repeat(1_000_000),
    'of one line': 'If x is down, go to Step 4. '.repeat(30_000),
    'with 10,000 steps': each(
      (n) => `## Step ${String(n)} - Do\n\nIf it fails, go to Step ${String(((n * 7) % steps) + 1)}.\n\n`,
    ),
    'with every step jumping to itself': each(
      (n) => `## Step ${String(n)}\n\nIf it fails, go to Step ${String(n)}.\n\n`,
    ),
    'with every step starting all others': each(
      (n) => `## Step ${String(n)}\n\nStart Steps 1 through 10000 in parallel.\n\n`,
    ),
    'of conditions with something to do': 'If it is down, restart it.\n\n'.repeat(20_000),
    'of chains of conditions': 'If it persists, restart it.\n\n'.repeat(20_000),
    'of conditions that lead in': 'If it is down:\n\n'.repeat(20_000),
    'of commas in a condition': `If ${'a, '.repeat(20_000)}it is red, go to step 1.`,
    'of blanks in a condition': `If it is${' '.repeat(40_000)}red, go to step 1.`,
    'of conditions with code in one line': 'If `x` is down, restart `y`. '.repeat(20_000),
    'of cases in one list': `## Mitigation\n\n${'- for `x`: restart it.\n'.repeat(20_000)}`,
    'of cases under headings': '### Cause 1: x\n\nRestart it.\n\n'.repeat(5000),
    'of opening brackets': '['.repeat(500_000),
    'of back-ticks': '`a``b'.repeat(100_000),
    'of underlined headings': 'a\n=\n'.repeat(20_000),
    'of one long paragraph': 'a\n'.repeat(90_000),
    'of nested lists': Array.from({ length: 500 }, (_, i) => `${' '.repeat(2 * i)}- a`).join('\n'),
    'of unclosed plugin blocks': '<PLUGIN_1>\n'.repeat(30_000),
    'of tags that nothing closes': '<ul><li><table><tr><td><h2><pre>a\n'.repeat(10_000),
    'of blocks of HTML that nothing closes': '<h2>a\n\n<p><!-- b\n\n-->\n'.repeat(20_000),
    'of tags that nothing opens': '<p></li></td></table>\n\n'.repeat(20_000),
    'of tabs': '=== "a"\n    Restart it.\n'.repeat(10_000),
    'of notes that nothing closes': ':::note\nRestart it.\n'.repeat(20_000),
    'of boxes in boxes': Array.from({ length: 500 }, (_, i) => `${' '.repeat(4 * i)}!!! a`).join('\n'),
    'of one number': '## Step 1 - a\n\nx\n\n'.repeat(steps),
  };
  for (const [name, text] of Object.entries(hostile)) {
    it(`${name} is read in bounded time`, () => {
      const guide = readGuide(text);
      const { plan } = compile(guide, about);
      assert.equal(plan.nodes[0]?.kind, 'start');
      if (name === 'of 20 MB') assert.equal(guide.diagnostics[0]?.code, 'guide.too-large');
      if (name.startsWith('with ')) assert.equal(plan.nodes.length, steps + 2);
    }).timeout(60_000);
  }
});

function checkText(text: string): void {
  const guide = readGuide(text);
  const first = compile(guide, about);
  const again = compile(readGuide(text), about);
  assert.equal(writePlanDag(first.plan), writePlanDag(again.plan));
  const inside = (span: { start: number; end: number }): void => {
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, JSON.stringify(span));
  };
  checkSpans(guide, inside);
  for (const { span, labels, fixes } of [...guide.diagnostics, ...first.diagnostics]) {
    inside(span);
    labels.forEach((label) => {
      inside(label.span);
    });
    fixes
      .flatMap(({ edits }) => edits)
      .forEach((edit) => {
        inside(edit.span);
      });
  }
  const ids = new Set(first.plan.nodes.map(({ id }) => id));
  assert.equal(ids.size, first.plan.nodes.length);
  assert.equal(new Set(first.plan.edges.map(({ id }) => id)).size, first.plan.edges.length);
  for (const { from, to } of [...first.plan.edges, ...first.plan.repeats]) assert.ok(ids.has(from) && ids.has(to));
  for (const { actions } of first.plan.nodes) {
    for (const action of actions) {
      const lines = action.code.split('\n');
      if (!action.code.includes('\r')) {
        lines.forEach((line, index) => {
          assert.ok(text.startsWith(line, action.lineOffsets[index]), `${action.id} line ${String(index)}`);
        });
      }
      for (const { span } of action.placeholders) inside(span);
    }
  }
  assertAcyclic(
    first.plan.nodes.map(({ id }) => id),
    first.plan.edges,
  );
}

function assertAcyclic(nodes: readonly string[], edges: readonly { from: string; to: string }[]): void {
  const waiting = new Map(nodes.map((node) => [node, edges.filter(({ to }) => to === node).length]));
  const ready = nodes.filter((node) => waiting.get(node) === 0);
  let done = 0;
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    done++;
    for (const { from, to } of edges) {
      if (from !== node) continue;
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  assert.equal(done, nodes.length, 'the edges hold a cycle');
}

function checkSpans(guide: Guide, inside: (span: { start: number; end: number }) => void): void {
  const prose = (words: Prose): void => {
    inside(words.span);
    let last = -1;
    for (let i = 0; i < words.plain.length; i++) {
      const offset = sourceOffset(words, i);
      assert.ok(offset >= last && offset <= words.span.end, 'offsets rise');
      last = offset;
    }
    for (const sentence of sentencesOf(words)) inside(sentence.span);
    for (const mark of [...words.codes, ...words.links, ...words.comments]) inside(mark.span);
  };
  const blocks = (list: readonly Block[]): void => {
    for (const block of list) {
      inside(block.span);
      if (block.kind === 'paragraph') prose(block.prose);
      else if (block.kind === 'list')
        block.items.forEach((item) => {
          blocks(item.blocks);
        });
      else if (block.kind === 'quote') blocks(block.blocks);
      else if (block.kind === 'table') [...block.header, ...block.rows.flat()].forEach(prose);
      else if (block.kind === 'code' || block.kind === 'plugin') inside(block.contentSpan);
    }
  };
  const visit = (section: Section): void => {
    inside(section.span);
    if (section.heading) prose(section.heading.prose);
    blocks(section.blocks);
    section.sections.forEach(visit);
  };
  visit(guide.root);
}

/** Texts made of what guides are made of, with every kind of line ending and plenty of nonsense. */
function anyGuide(): fc.Arbitrary<string> {
  const pieces = [
    '## Step 1 - Look\n', '## Step 2 - Act\n', '### 2.1 More\n', 'If it fails, go to Step 1.', 'Otherwise, ', 'proceed to Step 2.',
    'If `rows.exists(r, r.a == 1)`, ', 'start Steps 1 through 3 in parallel. ', 'This resolves the incident. ', '**', '_', '`', '[', '](', ')',
    '```sql\n', '```\n', '    code\n', '<PLUGIN_1>\n', '</PLUGIN_1>\n', 'SELECT {a} FROM <b>\n', '- ', '1. ', '2. ', '> ', '| a | b |\n', '|---|---|\n',
    '<!-- ', '-->', '\n', '\n\n', '\r\n', '\r', '\t', '\0', '\ufeff', '---\n', '===\n', 'title: x\n', '\u{1f600}', 'שלום ', ' ', '  \n', '\\', '&amp;', '<br>',
    'return to step 1 up to 5 times', 'escalate to the team. ', '# T\n', '~~~\n', '$ {x} ${y}\n', 'Yes: ', 'No: ',
  ]; // prettier-ignore
  return fc
    .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 12 })), {
      maxLength: 40,
    })
    .map((parts) => parts.join(''));
}

function mutation(): fc.Arbitrary<(text: string) => string> {
  return fc
    .tuple(
      fc.nat(),
      fc.nat(),
      fc.nat(4),
      fc.constantFrom('`', '```\n', '> ', '1. ', '**', '\r', '\0', '<PLUGIN_1>\n', '## Step 1\n'),
    )
    .map(([a, b, kind, inserted]) => (text: string): string => {
      const lines = text.split('\n');
      const i = a % lines.length;
      const j = b % lines.length;
      const [first = '', second = ''] = [lines[i], lines[j]];
      if (kind === 0) lines.splice(i, 1);
      else if (kind === 1) lines.splice(j, 0, first);
      else if (kind === 2) [lines[i], lines[j]] = [second, first];
      else if (kind === 3) return text.slice(0, a % (text.length + 1)) + inserted + text.slice(a % (text.length + 1));
      else return text.slice(a % (text.length + 1));
      return lines.join('\n');
    });
}
