// What rewrites whole guides keeps them: formatting changes no plan and nothing twice, and making steps of a page changes no
// sentence. Held on every guide at hand.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../src/diagnostics/index.ts';
import { analyze, convertToSteps, formatEdits, type Analysis } from '../src/editing/index.ts';

const root = join(import.meta.dirname, '..');
const folders = [
  join(root, 'samples'),
  join(root, 'test', 'editing'),
  join(root, 'test', 'checks'),
  join(root, '..', 'shared', 'corpus', 'guides'),
];
const guides = folders.filter((folder) => existsSync(folder)).flatMap(markdownIn);

describe('rewriting', function () {
  this.timeout(120_000);

  it('finds guides', () => assert.ok(guides.length > 100, String(guides.length)));

  it('formatting leaves the plan as it is, and has nothing to do the second time', () => {
    let changed = 0;
    for (const { path, text } of guides) {
      const before = look(text);
      const edits = formatEdits(before);
      const formatted = applyEdits(text, edits);
      if (formatted === text) continue;
      changed++;
      const after = look(formatted);
      assert.deepEqual(meaning(after), meaning(before), path);
      assert.deepEqual(formatEdits(after), [], `${path} is formatted twice`);
    }
    assert.ok(changed >= 3, `only ${String(changed)} guides had anything to format`);
  });

  it('making steps of a page leaves its sentences word for word, and gives the steps it promises', () => {
    let converted = 0;
    for (const { path, text } of guides) {
      const result = convertToSteps(look(text));
      if ('refusal' in result) continue;
      converted++;
      assert.equal(bodyOf(result.text), bodyOf(text), path);
      const steps = look(result.text).plan.nodes.filter(({ kind }) => kind === 'step').length;
      assert.ok(steps >= result.steps, `${path}: ${String(steps)} of ${String(result.steps)} steps are read`);
    }
    assert.ok(converted > 5, `only ${String(converted)} pages could be converted`);
  });
});

function look(text: string): Analysis {
  return analyze(text, { file: 'guide.md', sha256: '', languages: null });
}

/** What a run would follow, without places. */
function meaning({ plan }: Analysis): unknown {
  return {
    nodes: plan.nodes.map(({ id, title, actions }) => [id, title, actions.map(({ code, tool }) => [code, tool])]),
    edges: plan.edges.map(({ from, to, condition }) => [from, to, condition]),
  };
}

/** The words outside of headings. A link to a heading of the page follows its new anchor. */
function bodyOf(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => !/^ {0,3}#{1,6}(?:\s|$)/.test(line))
    .join(' ')
    .replace(/\]\(#[^)]*\)/g, '](#)')
    .replace(/\s+/g, ' ')
    .trim();
}

function markdownIn(folder: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8').replace(/\u2038(?:\u27e8.*?\u27e9)?/g, '') }));
}
