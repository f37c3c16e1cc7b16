// Kills a real process at random moments, resumes it, and holds the outcome against an undisturbed run: the same
// ending, no finished action performed again, no write without its approval, nothing acknowledged lost.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { readJournalText, replayJournal, type RunView } from '../src/run/index.ts';

/** Kills in all; each plan takes as many as it lasts. */
const killsWanted = 20;

describe('a run whose process is killed', function () {
  this.timeout(180_000);
  let folder: string;
  let program: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tsg-chaos-'));
    program = join(folder, 'chaos-run.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'support', 'chaos-run.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
    });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('ends as if nothing had happened, and does nothing twice that was done', async () => {
    let kills = 0;
    let resumptions = 0;
    for (let seed = 1; kills < killsWanted; seed++) {
      const slowest = '60';
      const calm = files(folder, `calm${seed}`);
      const began = performance.now();
      await child(program, [calm.journal, calm.diary, String(seed), slowest], null);
      const duration = performance.now() - began;
      const { view: expected, lastSeq } = replayJournal(readFileSync(calm.journal, 'utf8'));
      assert.equal(expected.phase, 'ended');
      assert.ok(lastSeq > 20);

      const { journal, diary } = files(folder, `wild${seed}`);
      let before = { text: '', diary: 0, finished: new Set<string>() };
      for (let killed = true; killed;) {
        const patience = kills >= killsWanted ? null : Math.floor(duration * (0.15 + Math.random() * 0.8));
        killed = await child(program, [journal, diary, String(seed), slowest], patience);
        if (killed) kills++;
        if (!existsSync(journal)) continue;
        const text = readFileSync(journal, 'utf8');
        assert.ok(text.startsWith(before.text), `seed ${seed}: nothing that was written is lost or changed`);
        const lines = existsSync(diary) ? readFileSync(diary, 'utf8').split('\n').filter(Boolean) : [];
        for (const line of lines.slice(before.diary)) {
          const [what, action = ''] = line.split(' ');
          assert.ok(
            what !== 'began' || !before.finished.has(action),
            `seed ${seed}: ${action} had finished and ran again`,
          );
        }
        before = { text: wholeLines(text), diary: lines.length, finished: finishedIn(text) };
      }
      const text = readFileSync(journal, 'utf8');
      resumptions += text.split('"kind":"run-resumed"').length - 1;
      const replay = replayJournal(text);
      assert.equal(replay.problem, null);
      assert.deepEqual(ending(replay.view), ending(expected), `seed ${seed}: the same ending`);
      assertApproved(text);
      assertDone(replay.view, readFileSync(diary, 'utf8'));
    }
    assert.ok(resumptions > 3, 'kills come while the run is under way');
    console.log(`      ${kills} kills, ${resumptions} resumptions`);
  });
});

function files(folder: string, name: string): { journal: string; diary: string } {
  return { journal: join(folder, `${name}.jsonl`), diary: join(folder, `${name}.diary`) };
}

/** Runs the program to its end, or kills it after some milliseconds; says whether it was killed. */
function child(program: string, args: readonly string[], killAfter: number | null): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const started = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    started.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const timer = killAfter === null ? undefined : setTimeout(() => started.kill('SIGKILL'), killAfter);
    started.on('error', reject);
    started.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`the run's process ended with ${String(code ?? signal)}: ${errors}`));
    });
  });
}

function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

/** Actions that the journal shows ended for good. */
function finishedIn(text: string): Set<string> {
  const finished = new Set<string>();
  for (const { body } of readJournalText(text).lines) {
    if (body.kind === 'action-ended') finished.add(String(body['action']));
    if (body.kind === 'retry-scheduled') finished.delete(String(body['action']));
  }
  return finished;
}

/** Every write that was started had been approved before. */
function assertApproved(text: string): void {
  const approved = new Set<string>();
  let writes = 0;
  for (const { body } of readJournalText(text).lines) {
    if (body.kind === 'approval-given') approved.add(String(body['action']));
    if (body.kind !== 'action-started' || body['effect'] === 'read') continue;
    writes++;
    assert.ok(approved.has(String(body['action'])), `${String(body['action'])} was written without an approval`);
  }
  assert.ok(writes > 0, 'the plan has writes');
}

/** What the journal says was done was done. */
function assertDone(view: RunView, diary: string): void {
  const ended = new Set(
    diary
      .split('\n')
      .filter((line) => line.startsWith('ended '))
      .map((line) => line.slice(6)),
  );
  for (const action of view.steps.flatMap((step) => step.actions)) {
    if (action.status === 'succeeded') assert.ok(ended.has(action.id), `${action.id} is said to be done`);
  }
}

function ending(view: RunView): object {
  return {
    outcome: view.outcome,
    steps: view.steps.map(({ node, status }) => [node, status]),
    edges: view.edges.map(({ edge, status }) => [edge, status]),
  };
}
