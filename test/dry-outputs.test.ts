// What the editor shows at a step after a dry run: what would decide where it goes on, and nothing where there is nothing to decide.
import assert from 'node:assert/strict';
import { stepOutput } from '../src/extension/output-markdown.ts';
import { dryRun, type DryTool, type Toolbox } from '../src/run/index.ts';
import { readPlanText } from './support/plan-text.ts';

const plan = readPlanText(`
  step Step1
    action read: look
  step Step2
    action read: look
  step Step3
    action read: look
  step Step4
    action read: look
  step Step5
    action read: look
  edge start -> Step1
  edge Step1 -> end outcome=resolved | guard rowCount == 0
  edge Step1 -> Step2 else
  edge Step2 -> Step3
  edge Step3 -> Step4
  edge Step3 -> Step5
  edge Step4 -> end
  edge Step5 -> end
`);
const none: Toolbox<DryTool> = { find: () => undefined } as unknown as Toolbox<DryTool>;

describe('outputs of a dry run', () => {
  it('say what would decide, and nothing where one way follows anyway', async () => {
    const { view } = await dryRun({ plan, toolbox: none, parameters: {}, secrets: {}, decisions: {} });
    const shown = view.steps.map((step) => stepOutput(plan, view, step, 3)?.comments.at(-1));
    assert.equal(shown[0]?.author, 'Would go on');
    assert.match(shown[0].body, /resolved.*rowCount == 0/);
    assert.notEqual(shown[1]?.author, 'Would go on');
    assert.equal(shown[2]?.author, 'Would go on');
    assert.match(shown[2].body, /Step 4[^]*Step 5/);
    assert.doesNotMatch(shown[2].body, /no condition/);
  });
});
