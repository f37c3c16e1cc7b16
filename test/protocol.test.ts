// The protocol between extension and preview: every message kind is read, and what differs is told with its place.
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { layoutPlan, pictureChanges, pictureCoverage, pictureRun } from '../src/diagram/index.ts';
import { mergePlans } from '../src/plan/index.ts';
import { readFromPreview, readToPreview } from '../src/protocol/index.ts';
import { generatedPlan } from './support/generated-plan.ts';
import { sampleCoverage, sampleRun } from './support/sample-run.ts';

const plan = generatedPlan(20);
const problems = { errors: 0, warnings: 1 };

async function toPreviewMessages(): Promise<readonly unknown[]> {
  return [
    {
      kind: 'show-plan',
      request: 1,
      document: 'file:///g.md',
      diagram: await layoutPlan(plan),
      problems,
      keepViewport: true,
    },
    {
      kind: 'show-plan',
      request: 9,
      document: 'file:///g.md',
      diagram: await layoutPlan(plan),
      problems,
      keepViewport: false,
      comparison: {
        title: 'Compared with HEAD',
        note: '',
        changes: pictureChanges(mergePlans(generatedPlan(12), plan)),
        proposal: 'open',
      },
    },
    {
      kind: 'show-plan',
      request: 14,
      document: 'file:///g.md',
      diagram: await layoutPlan(plan),
      problems,
      keepViewport: false,
      trail: ['Main', 'Called'],
    },
    { kind: 'show-empty', request: 2, document: 'file:///g.md', reason: 'no-steps', message: 'None.', problems },
    { kind: 'show-run', request: 3, run: sampleRun(plan) },
    { kind: 'show-run', request: 4, run: null },
    { kind: 'show-coverage', request: 12, coverage: pictureCoverage(plan, sampleCoverage(plan)) },
    { kind: 'show-coverage', request: 13, coverage: null },
    {
      kind: 'show-charts',
      request: 15,
      node: 'Step1',
      charts: [{ action: 'Step1.1', image: 'data:image/svg+xml;base64,AA==', words: 'One line.' }],
    },
    { kind: 'show-moments', request: 10, moments: ['Step 1, 10:00:00 UTC'], at: 0 },
    { kind: 'show-moments', request: 11, moments: [], at: null },
    { kind: 'light-node', request: 5, node: null, scroll: false },
    { kind: 'set-abilities', request: 6, running: false },
    { kind: 'done', request: 7 },
    { kind: 'failed', request: 8, message: 'The disk is full.' },
  ];
}

const fromPreviewMessages: readonly unknown[] = [
  { kind: 'ready', request: 1 },
  { kind: 'reveal-node', request: 2, node: 'Step1', focus: true },
  { kind: 'reveal-edge', request: 3, edge: 'edge_Step1_Step2', focus: false },
  { kind: 'want-charts', request: 11, node: 'Step1' },
  { kind: 'open-called', request: 9, node: 'Step1', call: 0 },
  { kind: 'leave-called', request: 10, to: 0 },
  { kind: 'do-command', request: 4, command: 'dry-run' },
  { kind: 'look-at', request: 7, moment: 3 },
  { kind: 'look-at', request: 8, moment: null },
  { kind: 'done', request: 5, milliseconds: 12.5 },
  { kind: 'failed', request: 6, message: 'No canvas.' },
];

describe('protocol', () => {
  it('reads every message to the preview, after a journey as JSON', async () => {
    for (const message of await toPreviewMessages()) {
      const read = readToPreview(JSON.parse(JSON.stringify(message)));
      assert.deepEqual(read, { kind: 'message', message: JSON.parse(JSON.stringify(message)) });
    }
  });

  it('reads every message from the preview', () => {
    for (const message of fromPreviewMessages) assert.deepEqual(readFromPreview(message), { kind: 'message', message });
  });

  it('reads the picture of a real run view', () => {
    const run = pictureRun({
      run: 'r',
      mode: 'live',
      phase: 'waiting',
      steps: [{ node: 'Step1', status: 'failed', actions: [], note: 'x\n'.repeat(500), startedAt: 5, endedAt: 9 }],
      edges: [{ edge: 'edge_Step1_end', status: 'enabled', decidedBy: 'guard', because: 'rows was []' }],
      requests: [{ kind: 'parameter', name: 'region', node: 'Step1' }],
      next: [],
      modelCalls: 0,
    });
    assert.equal(run.steps[0]?.durationMs, 4);
    assert.equal(run.steps[0]?.summary?.length, 240);
    assert.equal(readToPreview({ kind: 'show-run', request: 1, run }).kind, 'message');
  });

  it('says at which place a message differs, and keeps its number for the answer', async () => {
    const diagram = await layoutPlan(plan);
    const boxes = diagram.boxes.map((box, i) => (i === 3 ? { ...box, x: Number.NaN } : box));
    const message = {
      kind: 'show-plan',
      request: 9,
      document: 'd',
      diagram: { ...diagram, boxes },
      problems,
      keepViewport: false,
    };
    assert.deepEqual(readToPreview(message), {
      kind: 'problem',
      problem: 'expected at message.diagram.boxes[3].x: a finite number',
      request: 9,
    });
  });

  it('refuses any other value, and never throws', () => {
    for (const value of [
      null,
      undefined,
      'ready',
      7,
      [],
      {},
      { kind: 'ready' },
      { kind: 'toString', request: 1 },
      { kind: 'done', request: 1.5 },
    ])
      assert.equal(readFromPreview(value).kind, 'problem', JSON.stringify(value));
    fc.assert(
      fc.property(
        fc.anything(),
        (value) => readToPreview(value).kind === 'problem' && readFromPreview(value).kind === 'problem',
      ),
    );
  });
});
