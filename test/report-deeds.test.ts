// What a report says of actions that change something or were asked for: who said yes or no, whether that counted, and what is to be
// looked after when the run is over.
import assert from 'node:assert/strict';
import { writeHtml, writeMarkdown } from '../src/report/index.ts';
import { resumeLiveRun, startLiveRun } from '../src/run/index.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld } from './support/puppets.ts';
import { reportOf } from './support/report-of.ts';

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
