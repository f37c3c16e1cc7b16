// `tsg backtest`: an edited guide on the recordings of past runs; says which of them it would have ended otherwise.
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Json } from '../base/index.ts';
import type { Plan } from '../plan/index.ts';
import { readJournalText, replayJournal, type Replay } from '../run/index.ts';
import { backtest, type Backtest } from '../scenario/index.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import { describeFileError, readText, shownPath, type GuideText } from './guide-text.ts';
import { edgeLines } from './print-test.ts';
import { printableLine } from './printable-text.ts';
import type { Terminal } from './terminal.ts';
import { withScenarioWorld } from './test-command.ts';

export interface BacktestFlags {
  readonly config?: string;
  readonly json: boolean;
}

interface Past {
  readonly file: string;
  readonly text: string;
  readonly replay: Replay;
}

/** Exit 0 when every past run would end as it did, 1 when one would not or cannot be told, 2 when there is none. */
export async function backtestCommand(
  guide: string,
  runs: readonly string[],
  flags: BacktestFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const files = (await Promise.all(runs.map(journalsIn))).flat();
  return withScenarioWorld(guide, flags.config, terminal, async (world, source) => {
    const { past, others, open } = readPast(files, { plan: world.plan, guide }, terminal);
    if (past.length === 0) throw noneOf(guide, files.length, open, others);
    for (const { file, replay } of past)
      if (!isOfName(replay.plan, guide))
        terminal.err(
          `${shownPath(file)} is of ${printableLine(nameOf(replay.plan))}, which has the same title or steps.\n`,
        );
    const all: { readonly file: string; readonly result: Backtest }[] = [];
    for (const { file, text, replay } of past) {
      all.push({ file, result: await backtest(world, replay, readJournalText(text).lines) });
    }
    const changed = all.filter(({ result }) => result.kind !== 'same');
    if (flags.json) terminal.out(`${JSON.stringify(toJson(guide, all), null, 2)}\n`);
    else {
      for (const { file, result } of all) print(file, result, source, terminal);
      const left = [
        ...(open > 0
          ? [
              ` ${open} ${open === 1 ? 'has not ended or was stopped, and is' : 'have not ended or were stopped, and are'} left out.`,
            ]
          : []),
        ...(others.length > 0
          ? [` ${others.length} of other guides ${others.length === 1 ? 'is' : 'are'} left out.`]
          : []),
      ].join('');
      const of = `${all.length} ${all.length === 1 ? 'run' : 'runs'}`;
      terminal.out(
        `\n${of}: ${changed.length === 0 ? 'all would end as they did.' : `${changed.length} would not, or cannot be told.`}${left}\n`,
      );
    }
    return changed.length === 0 ? exitCode.ok : exitCode.guide;
  });
}

interface JournalFile {
  readonly file: string;
  /** Named itself, not by its folder. */
  readonly named: boolean;
}

async function journalsIn(path: string): Promise<readonly JournalFile[]> {
  const entry = await stat(path).catch((error: unknown) => {
    throw usageError(`Cannot read \`${printableLine(path)}\`: ${describeFileError(error)}.`);
  });
  if (!entry.isDirectory()) return [{ file: path, named: true }];
  const names = await readdir(path);
  return names
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => ({ file: join(path, name), named: false }));
}

function noneOf(guide: string, all: number, open: number, others: readonly string[]): Error {
  const journals = `${all} ${all === 1 ? 'journal' : 'journals'}`;
  if (open > 0)
    return usageError(
      `No run of ${basename(guide)} among ${journals} has come to an end; ${open} ${open === 1 ? 'is' : 'are'} under way, waiting or stopped.`,
    );
  const names = [...new Set(others)].slice(0, 5).map((name) => `\`${printableLine(name)}\``);
  return usageError(
    `There is no run of ${basename(guide)} among ${journals}.`,
    names.length === 0 ? undefined : `they are of ${names.join(', ')}, with another title and other steps.`,
  );
}

const nameOf = (plan: Plan): string => basename(plan.guide.file.replaceAll('\\', '/'));
const isOfName = (plan: Plan, guide: string): boolean => nameOf(plan) === basename(guide);

/** By its title, or by its file's name and a step: many folders hold a `README.md`, and a guide may be given another name. */
function isOfGuide(past: Plan, { plan, guide }: EditedGuide, named: boolean): boolean {
  const plain = (words: string): string => words.trim().toLowerCase();
  if (plain(past.guide.title) !== '' && plain(past.guide.title) === plain(plan.guide.title)) return true;
  const titles = new Set(plan.nodes.map(({ title }) => plain(title)).filter((title) => title !== ''));
  const isShared = past.nodes.some(({ kind, title }) => kind === 'step' && titles.has(plain(title)));
  return isShared && (named || isOfName(past, guide));
}

interface EditedGuide {
  readonly plan: Plan;
  readonly guide: string;
}

/** The journals that are of the guide and have ended by themselves. One that is damaged is told and left out. */
function readPast(
  files: readonly JournalFile[],
  edited: EditedGuide,
  terminal: Terminal,
): { readonly past: readonly Past[]; readonly others: readonly string[]; readonly open: number } {
  const past: Past[] = [];
  const others: string[] = [];
  let open = 0;
  for (const { file, named } of files) {
    const { text } = readText(file);
    try {
      const replay = replayJournal(text);
      if (replay.problem) throw new Error(replay.problem.message);
      if (!isOfGuide(replay.plan, edited, named)) others.push(nameOf(replay.plan));
      else if (replay.view.phase === 'ended' && replay.view.outcome !== 'stopped') past.push({ file, text, replay });
      else open++;
    } catch (error) {
      if (!(error instanceof Error) || error.message.startsWith('Internal error')) throw error;
      terminal.err(`${shownPath(file)} is left out: ${printableLine(error.message)}\n`);
    }
  }
  return { past, others, open };
}

function print(file: string, result: Backtest, source: GuideText | null, terminal: Terminal): void {
  const { kind, before, after, otherwise, needs, edited } = result;
  const sign = {
    same: terminal.styled('green', '✓'),
    changed: terminal.styled('red', '✗'),
    unknown: terminal.styled('yellow', '?'),
  }[kind];
  const words = {
    same: before.outcome,
    changed: `${before.outcome} → ${after.outcome}`,
    unknown: `${before.outcome} → cannot be told`,
  }[kind];
  terminal.out(`${sign} ${printableLine(basename(file))}  ${terminal.styled('dim', words)}\n`);
  if (edited.length > 0) terminal.out(`    edited since, on the old answer: ${edited.join(', ')}\n`);
  if (kind === 'same') return;
  if (before.steps.join() !== after.steps.join())
    terminal.out(`    then: ${before.steps.join(', ')}\n    now:  ${after.steps.join(', ')}\n`);
  if (needs.length > 0) terminal.out(`    not known from that run: ${needs.join(', ')}\n`);
  for (const edge of otherwise) for (const line of edgeLines(edge, source, terminal)) terminal.out(`    ${line}\n`);
}

function toJson(guide: string, all: readonly { readonly file: string; readonly result: Backtest }[]): Json {
  return {
    guide: shownPath(guide),
    runs: all.map(({ file, result }) => ({
      journal: shownPath(file),
      kind: result.kind,
      before: { ...result.before },
      after: { ...result.after },
      edges: result.otherwise.map(({ edge, status, because }) => ({ edge: edge.id, status, because: because ?? null })),
      needs: result.needs,
      edited: result.edited,
    })),
  };
}
