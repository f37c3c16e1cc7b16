// Compiles every example of docs/guide-format.md and holds the plan printed below it to what the compiler gives.
import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, type Analysis } from '../src/editing/index.ts';
import { outputEdges, type PlanEdge, type PlanNode, type Repeat } from '../src/plan/index.ts';

const path = join(import.meta.dirname, '..', 'docs', 'guide-format.md');
const update = process.env['UPDATE_SNAPSHOTS'] === '1';
const example = /^````markdown\n([\s\S]*?)^````\n\n```text\n([\s\S]*?)^```$/gm;

describe('docs/guide-format.md', () => {
  const page = readFileSync(path, 'utf8');
  const examples = [...page.matchAll(example)];
  if (update) {
    writeFileSync(
      path,
      page.replace(
        example,
        (_all, guide: string) => `\`\`\`\`markdown\n${guide}\`\`\`\`\n\n\`\`\`text\n${show(guide)}\`\`\``,
      ),
    );
  }

  it('has a plan below every example', () => {
    assert.equal(examples.length, page.split('\n').filter((line) => line === '````markdown').length);
    assert.ok(examples.length > 10);
  });

  for (const [index, [, guide = '', plan = '']] of examples.entries()) {
    const heading = page
      .slice(0, examples[index]?.index)
      .match(/^## .*$/gm)
      ?.at(-1);
    it(`${heading?.slice(3) ?? ''}, example ${index + 1}`, () => {
      assert.equal(show(guide), update ? show(guide) : plan);
      const wrong = read(guide).diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning');
      assert.deepEqual(wrong, []);
    });
  }
});

function read(text: string): Analysis {
  return analyze(text, { file: 'example.tsg.md', sha256: '', languages: null });
}

/** The plan in lines that people read. */
function show(text: string): string {
  const { plan } = read(text);
  const lines = [
    ...plan.guide.parameters.map(({ name, type, required, secret }) =>
      ['parameter', name, type, required ? 'required' : 'optional', ...(secret ? ['secret'] : [])].join(' '),
    ),
    ...plan.nodes.flatMap((node) => [
      ...(node.kind === 'step' ? [showNode(node)] : []),
      ...outputEdges(plan, node.id).map((edge) => showEdge(edge)),
      ...plan.repeats.filter(({ from }) => from === node.id).map(showRepeat),
    ]),
    ...plan.notRead.map((passage) => `not read: "${passage.text}"`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function showNode(node: PlanNode): string {
  const marks = [
    ...node.actions.map(({ language, effect }) => `${language} ${effect}`),
    ...(node.needsApproval ? ['needs approval'] : []),
    ...(node.safeToRepeat ? ['safe to repeat'] : []),
    ...(node.undo === undefined ? [] : [`undo "${node.undo}"`]),
    ...(node.verify === undefined ? [] : [`verify "${node.verify}"`]),
  ];
  return `${node.id} "${node.title}"${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`;
}

function showEdge({ from, to, condition, guard, outcome, onFailure }: PlanEdge): string {
  const words = condition === null ? '' : `: ${condition}`;
  return `  ${from} -> ${to}${outcome ? ` ${outcome}` : ''}${onFailure ? ' on failure' : ''}${words}${onFailure ? '' : decidedBy(condition, guard)}`;
}

function showRepeat({ from, to, condition, guard, max, waitMs }: Repeat): string {
  const wait = waitMs === undefined ? '' : ` after ${waitMs / 1000} s`;
  const words = condition === null ? '' : `: ${condition}`;
  return `  ${from} -> ${to} again, at most ${max} times${wait}${words}${decidedBy(condition, guard)}`;
}

function decidedBy(condition: string | null, guard: PlanEdge['guard']): string {
  if (condition === null) return '';
  if (!guard) return ' [a person decides]';
  return guard.kind === 'else' ? ' [else]' : ` [${guard.origin}: ${guard.cel}]`;
}
