// The chaos test's judge: has the run of a seed killed at random moments and resumed, holds it against the same run left in
// peace, and names every promise of the journal that was broken.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Plan } from '../../src/plan/index.ts';
import { readJournalText, replayJournal, type JournalText, type RunView } from '../../src/run/index.ts';
import { chaosRun } from './chaos-run.ts';

/** What the run of one seed went through. */
export interface ChaosOutcome {
  readonly seed: number;
  readonly kills: number;
  readonly resumptions: number;
  readonly performed: number;
  readonly writes: number;
  /** Times that the run went into a guide that a step calls. */
  readonly entered: number;
  /** Sentences; empty when every promise held. */
  readonly violations: readonly string[];
}

export interface Chaos {
  /** Kills the run of a seed up to `kills` times. */
  play(seed: number, kills: number): Promise<ChaosOutcome>;
  close(): void;
}

/** Builds the program that is killed, into a folder that `close` removes. */
export async function newChaos(): Promise<Chaos> {
  const folder = mkdtempSync(join(tmpdir(), 'tsg-chaos-'));
  const program = join(folder, 'chaos-child.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'chaos-child.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  return {
    play: (seed, kills) => play(folder, program, seed, kills),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function play(folder: string, program: string, seed: number, most: number): Promise<ChaosOutcome> {
  const calm = filesOf(folder, `calm${seed}`);
  const began = performance.now();
  await chaosRun(calm.journal, calm.diary, seed);
  const duration = performance.now() - began;
  const expected = replayJournal(readFileSync(calm.journal, 'utf8')).view;

  const violations: string[] = [];
  const { journal, diary } = filesOf(folder, `wild${seed}`);
  let kills = 0;
  let before: Trace = { text: '', lines: [], diary: [] };
  for (let killed = true; killed;) {
    const patience = kills < most ? Math.random() * duration : null;
    killed = await child(program, [journal, diary, String(seed)], patience);
    if (killed) kills++;
    const after = traceOf(journal, diary);
    violations.push(...brokenBetween(before, after));
    before = after;
  }
  const replay = replayJournal(before.text);
  if (replay.problem) violations.push(`the journal cannot be read: ${replay.problem.message}`);
  if (JSON.stringify(endingOf(replay.view)) !== JSON.stringify(endingOf(expected)))
    violations.push(`it ended otherwise: ${difference(replay.view, expected)}`);
  violations.push(...unapproved(replay.plan, before.lines), ...untold(replay.view, before));
  for (const file of [calm.journal, calm.diary, journal, diary]) rmSync(file, { force: true });
  return {
    seed,
    kills,
    resumptions: before.lines.filter(({ body }) => body.kind === 'run-resumed').length,
    performed: before.diary.filter((line) => line.startsWith('began ')).length,
    writes: before.lines.filter(({ body }) => body.kind === 'action-started' && body['effect'] !== 'read').length,
    entered: before.lines.filter(({ body }) => body.kind === 'guide-entered').length,
    violations,
  };
}

function filesOf(folder: string, name: string): { readonly journal: string; readonly diary: string } {
  return { journal: join(folder, `${name}.jsonl`), diary: join(folder, `${name}.diary`) };
}

/** What a dead process has left: its journal, and its tools' and acknowledgements' diary. */
interface Trace {
  readonly text: string;
  readonly lines: JournalText['lines'];
  readonly diary: readonly string[];
}

function traceOf(journal: string, diary: string): Trace {
  const whole = existsSync(journal) ? readFileSync(journal, 'utf8') : '';
  const text = whole.slice(0, whole.lastIndexOf('\n') + 1);
  const said = existsSync(diary) ? readFileSync(diary, 'utf8') : '';
  return {
    text,
    lines: text === '' ? [] : readJournalText(text).lines,
    diary: said
      .slice(0, said.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean),
  };
}

/** What one process broke: lines lost or changed, acknowledged ones that are not there, finished actions done again. */
function brokenBetween(before: Trace, after: Trace): readonly string[] {
  const violations: string[] = [];
  if (!after.text.startsWith(before.text)) violations.push('lines that stood in the journal were changed or lost');
  const last = after.lines.at(-1)?.seq ?? 0;
  const kept = after.diary.flatMap((line) => (line.startsWith('kept ') ? [Number(line.slice(5))] : []));
  const most = Math.max(0, ...kept);
  if (most > last) violations.push(`line ${most} was acknowledged, but the journal ends with line ${last}`);
  const finished = finishedIn(before.lines);
  const began = after.diary.slice(before.diary.length).filter((line) => line.startsWith('began '));
  for (const line of began)
    if (finished.has(line.slice(6))) violations.push(`${line.slice(6)} had finished and was performed again`);
  const started = countBy(
    after.lines.flatMap(({ body }) => (body.kind === 'action-started' ? [String(body['action'])] : [])),
  );
  const performed = countBy(after.diary.flatMap((line) => (line.startsWith('began ') ? [line.slice(6)] : [])));
  for (const [action, times] of performed)
    if (times > (started.get(action) ?? 0)) violations.push(`${action} was performed before the journal said so`);
  return violations;
}

/** Actions that the journal shows ended for good. */
function finishedIn(lines: JournalText['lines']): ReadonlySet<string> {
  const finished = new Set<string>();
  for (const { body } of lines) {
    if (body.kind === 'action-ended') finished.add(String(body['action']));
    if (body.kind === 'retry-scheduled') finished.delete(String(body['action']));
  }
  return finished;
}

/** Actions that may write and began without a yes to the very text that ran. A yes counts once, unless the step is safe to repeat. */
function unapproved(plan: Plan, lines: JournalText['lines']): readonly string[] {
  const safe = new Set(
    plan.nodes.filter(({ safeToRepeat }) => safeToRepeat).flatMap(({ actions }) => actions.map(({ id }) => id)),
  );
  const hashes = new Map<unknown, unknown>();
  const yes = new Set<string>();
  const violations: string[] = [];
  for (const { body } of lines) {
    const { kind, action } = body as { kind: string; action?: unknown };
    if (kind === 'action-prepared') hashes.set(action, body['hash']);
    if (kind === 'approval-given') yes.add(`${String(action)} ${String(body['hash'])}`);
    // A person who has an action of unknown outcome repeated says yes to the text it had.
    if (kind === 'action-settled' && body['as'] === 'repeat')
      yes.add(`${String(action)} ${String(hashes.get(action))}`);
    if (kind !== 'action-started' || body['effect'] === 'read') continue;
    const approval = `${String(action)} ${String(hashes.get(action))}`;
    if (!yes.has(approval))
      violations.push(`${String(action)} may write and was performed without an approval of its text`);
    if (!safe.has(String(action))) yes.delete(approval);
  }
  return violations;
}

/** What the run says was done was done. */
function untold(view: RunView, { diary, lines }: Trace): readonly string[] {
  // An action that goes through a guide is done by that guide's steps.
  const entered = new Set(lines.flatMap(({ body }) => (body.kind === 'guide-entered' ? [String(body['action'])] : [])));
  const ended = new Set(diary.filter((line) => line.startsWith('ended ')).map((line) => line.slice(6)));
  return view.steps
    .flatMap((step) => step.actions)
    .filter(({ id, status }) => status === 'succeeded' && !ended.has(id) && !entered.has(id))
    .map(({ id }) => `${id} is said to be done and was not`);
}

function endingOf(view: RunView): object {
  return {
    outcome: view.outcome,
    steps: view.steps.map(({ node, status, actions }) => [node, status, actions.map((action) => resultOf(action))]),
    edges: view.edges.map(({ edge, status }) => [edge, status]),
  };
}

function resultOf({ status, result, failure }: RunView['steps'][number]['actions'][number]): readonly unknown[] {
  return [status, result?.rowCount, result?.text?.length, failure?.reason];
}

function difference(view: RunView, expected: RunView): string {
  const found = view.steps.find(({ status }, index) => status !== expected.steps[index]?.status);
  const other = expected.steps.find(({ node }) => node === found?.node);
  return `${String(view.outcome)} for ${String(expected.outcome)}; ${found?.node ?? 'no step'} ${found?.status ?? ''} for ${other?.status ?? ''}`;
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Runs the program to its end, or kills it some milliseconds after it has begun; says whether it was killed. */
function child(program: string, args: readonly string[], killAfter: number | null): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const started = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    let timer: NodeJS.Timeout | undefined;
    started.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    started.stdout.once('data', () => {
      if (killAfter !== null) timer = setTimeout(() => started.kill('SIGKILL'), killAfter);
    });
    started.on('error', reject);
    started.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`the run's process ended with ${String(code ?? signal)}: ${errors}`));
    });
  });
}
