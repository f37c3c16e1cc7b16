// How somebody goes on with a run that stands still or has ended: which run a name means, and which commands are told.
import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../src/adapters/index.ts';
import { findJournal } from '../src/cli/find-journal.ts';
import { rerunLines } from '../src/cli/print-ending.ts';
import type { Plan } from '../src/plan/index.ts';
import { verifyJournal, type RunView } from '../src/run/index.ts';
import { temporaryFolder } from './cli/tsg.ts';

describe('the name of a run', () => {
  const folder = temporaryFolder();
  const runs = join(folder.path, '.tsg', 'runs');
  const pool = '20261201T084328Z-pool-4eb6b5f9.jsonl';
  const disk = '20261201T084647Z-disk-full-125a335b.jsonl';
  before(() => {
    mkdirSync(runs, { recursive: true });
    for (const name of [pool, disk]) writeFileSync(join(runs, name), '');
  });
  after(() => {
    folder.remove();
  });
  const found = (named: string): string => findJournal(named, folder.path);

  it('may be a part of it, from the beginning of one of its pieces on', () => {
    for (const part of ['pool', '4eb6', '20261201T084328Z', 'pool-4eb6b5f9', pool])
      assert.equal(found(part), join(runs, pool), part);
    for (const part of ['disk', 'full', 'disk-full', '125a335b']) assert.equal(found(part), join(runs, disk), part);
  });

  it('of a file that is not there means no other run', () => {
    for (const name of ['b.jsonl', '335b.jsonl', './pool', 'other/pool.jsonl', 'b5f9', 'ool', '.jsonl', ''])
      assert.throws(() => found(name), /No journal in .* fits/, name);
    assert.throws(() => found('20261201'), /2 journals in .* fit /);
  });

  it('may be that of a run with settings in a folder right below, where none here fits', () => {
    const below = ['conf', 'old'].map((name) => join(folder.path, name, '.tsg', 'runs'));
    for (const path of below) mkdirSync(path, { recursive: true });
    const queue = join(below[0] ?? '', '20261202T084328Z-queue-0a0a0a0a.jsonl');
    writeFileSync(queue, '');
    writeFileSync(join(below[1] ?? '', '20261202T084329Z-pool-1b1b1b1b.jsonl'), '');
    assert.equal(found('queue'), queue);
    assert.equal(found('0a0a'), queue);
    assert.equal(found('pool'), join(runs, pool), 'the one here comes first');
    assert.throws(() => found('20261202'), /2 journals below this folder fit `20261202`/);
    assert.throws(() => found('nothing'), /No journal in .* fits `nothing`/);
    const nowhere = temporaryFolder();
    try {
      mkdirSync(join(nowhere.path, 'conf', '.tsg', 'runs'), { recursive: true });
      writeFileSync(join(nowhere.path, 'conf', '.tsg', 'runs', pool), '');
      assert.throws(
        () => findJournal('disk', nowhere.path),
        (error: { message: string; hint?: string }) =>
          /no folder \.tsg\/runs here or above/.test(error.message) && (error.hint ?? '').includes(pool),
      );
    } finally {
      nowhere.remove();
    }
  });
});

describe('a run that was stopped', () => {
  const edge = (from: string, to: string) => ({ id: `edge_${from}_${to}`, from, to });
  const plan = {
    guide: {
      parameters: [
        { name: 'token', secret: true },
        { name: 'region', secret: false },
      ],
    },
    nodes: ['Step1', 'Step2', 'Step3'].map((id) => ({ id, title: id })),
    edges: [edge('Step1', 'Step2'), edge('Step1', 'Step3'), edge('Step2', 'end'), edge('Step3', 'end')],
  } as unknown as Plan;
  const view = (statuses: Readonly<Record<string, string>>, pending: readonly string[]): RunView =>
    ({
      outcome: 'stopped',
      steps: Object.entries(statuses).map(([node, status]) => ({ node, status, actions: [] })),
      edges: plan.edges.map(({ id }) => ({ edge: id, status: pending.includes(id) ? 'pending' : 'enabled' })),
    }) as unknown as RunView;
  const all = plan.edges.map(({ id }) => id);

  it('is begun again at its step, and a secret is given where no list of processes shows it', () => {
    assert.deepEqual(rerunLines(view({ Step1: 'cancelled' }, all), plan, 'g.md'), [
      '',
      'Begin again at the step that was stopped with:',
      '  tsg run g.md --live --from Step1 --param-env token=VARIABLE --param region=VALUE',
    ]);
  });

  it('is begun again with the settings that were named', () => {
    const [, , line] = rerunLines(view({ Step1: 'cancelled' }, all), plan, 'g.md', 'other settings.yaml');
    assert.match(line ?? '', / --from Step1 .* --config 'other settings\.yaml'$/);
  });

  it('for want of a branch that fits is looked at again from the step of which no condition held', () => {
    const edges = plan.edges.map(({ id, from }) => ({
      edge: id,
      status: 'disabled',
      decidedBy: from === 'Step1' ? 'guard' : 'upstream',
    }));
    const unfit = { ...view({ Step1: 'succeeded' }, []), outcome: 'no-branch-fits', edges } as unknown as RunView;
    assert.deepEqual(rerunLines(unfit, plan, 'g.md').slice(1), [
      'Look again, from the step of which no condition held, with:',
      '  tsg run g.md --live --from Step1 --param-env token=VARIABLE --param region=VALUE',
    ]);
  });

  it('by a no, be it inside of a guide that a step calls, is not offered again', () => {
    const failure = (reason: string) => ({ failure: { reason } });
    const steps = [
      { node: 'Step1', status: 'failed', actions: [{ id: 'Step1.b', ...failure('guide-failed') }] },
      { node: 'Step1.b/Step1', status: 'failed', actions: [{ id: 'Step1.b/Step1.1', ...failure('not-approved') }] },
    ];
    const refused = { ...view({}, []), outcome: 'failed', steps } as unknown as RunView;
    assert.deepEqual(rerunLines(refused, plan, 'g.md'), []);
    const other = { ...refused, steps: steps.slice(0, 1) } as unknown as RunView;
    assert.match(rerunLines(other, plan, 'g.md').join(), /--from Step1/);
  });

  it('behind a write that was let finish is begun at the steps that may come next', () => {
    const flags = '--param-env token=VARIABLE --param region=VALUE';
    assert.deepEqual(rerunLines(view({ Step1: 'succeeded' }, all), plan, 'g.md'), [
      '',
      'Begin at one of the steps that may come next with:',
      `  tsg run g.md --live --from Step2 ${flags}`,
      `  tsg run g.md --live --from Step3 ${flags}`,
    ]);
    assert.deepEqual(rerunLines(view({ Step1: 'succeeded' }, ['edge_Step1_Step3']), plan, 'g.md').slice(1), [
      'Begin at the step that comes next with:',
      `  tsg run g.md --live --from Step3 ${flags}`,
    ]);
  });
});

describe('a journal that is not the one expected', () => {
  it('may have lost its end, and that is said', () => {
    const journal = readFileSync(
      join(import.meta.dirname, 'journals', '2', 'approval-is-bound-to-the-text.jsonl'),
      'utf8',
    );
    const { message } = verifyJournal(journal, sha256Hex, 'f'.repeat(64));
    assert.match(message, /lines are cut off behind it, it is another one, or it was written anew\.$/);
  });
});
