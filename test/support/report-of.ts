// The report of a run, made of its journal's text alone, and a run in which strangers say what they like.
import assert from 'node:assert/strict';
import { makeReport, type Report } from '../../src/report/index.ts';
import { readJournalText, replayJournal, startLiveRun } from '../../src/run/index.ts';
import { readPlanText } from './plan-text.ts';
import { idle, newWorld } from './puppets.ts';

export async function reportOf(text: string): Promise<Report> {
  return makeReport(replayJournal(text), readJournalText(text).lines, 'run.jsonl');
}

/** The journal of a run in which everybody says the same: the guide, the tool, the engineer. */
export async function runSaying(said: string): Promise<string> {
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
