// Steps that only say what to do: a run goes through them, and tells that nothing was run and that nobody said it was done.
import assert from 'node:assert/strict';
import { printEnding } from '../src/cli/print-ending.ts';
import type { Plan } from '../src/plan/index.ts';
import { writeMarkdown } from '../src/report/index.ts';
import { startLiveRun, type RunView } from '../src/run/index.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld } from './support/puppets.ts';
import { reportOf } from './support/report-of.ts';

const onlyWords = ({ steps }: RunView): readonly string[] =>
  steps.flatMap((step) => (step.onlyWords ? [step.node] : []));

function endingOf(view: RunView, plan: Plan): string {
  let told = '';
  const out = (text: string): void => void (told += text);
  printEnding(view, plan, null, {
    out,
    err: out,
    coloured: false,
    width: 100,
    interactive: false,
    styled: (_, text) => text,
  });
  return told;
}

describe('a step that only says what to do', () => {
  it('is told as such, unlike one that runs something or at which somebody decides', async () => {
    const plan = readPlanText(
      'step Look\n  action read: look\nstep Tell\nstep Judge\nstep Mend\nedge start -> Look\nedge Look -> Tell\n' +
        'edge Tell -> Judge\nedge Judge -> Mend if "it smells"\nedge Judge -> end if "it does not"\nedge Mend -> end outcome=resolved',
    );
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan });
    await idle();
    world.end('Look.1', { kind: 'result', result: { notes: [] } });
    await idle();
    live.submit({ kind: 'decision-given', node: 'Judge', edges: ['edge_Judge_Mend'], by: 'ann' });
    const view = await live.settled();
    assert.equal(view.outcome, 'resolved');
    assert.deepEqual(onlyWords(view), ['Tell', 'Mend']);
    const told = endingOf(view, plan);
    assert.match(
      told,
      /\n {2}Tell, Mend only say what to do: nothing was run for them, and nobody said whether it was/,
    );
    const report = writeMarkdown(await reportOf(world.text()));
    assert.match(report, /2 of these steps only say what to do: nothing was run for them\. \\\[L\d+, L\d+\\\]/);
    const [, unchecked = ''] = /## Not checked\n([^]*?)\n## /.exec(report) ?? [];
    assert.match(unchecked, /`Tell` .*only says what to do: nothing was run, and nobody said whether it was done\./);
    assert.doesNotMatch(unchecked, /`(?:Look|Judge)`/);
  });

  it('is none where a result decides the way on, and none that was skipped', async () => {
    const plan = readPlanText(
      'step Look\n  action read: look\nstep Sort\nstep Mend\nedge start -> Look\nedge Look -> Sort\n' +
        'edge Sort -> Mend guard steps.Look.rowCount > 0\nedge Sort -> end else\nedge Mend -> end',
    );
    const world = newWorld();
    const live = startLiveRun({ ...world, run: 'r', plan });
    await idle();
    world.end('Look.1', { kind: 'result', result: { rowCount: 0, notes: [] } });
    assert.deepEqual(onlyWords(await live.settled()), []);
  });
});
