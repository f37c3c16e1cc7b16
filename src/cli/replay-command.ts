// `tsg replay`: the run again from its journal, line by line, with no tool at hand.
import { replayJournal, type Replay } from '../run/index.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findJournal } from './find-journal.ts';
import { findSource, readText, shownPath } from './guide-text.ts';
import { printEnding } from './print-ending.ts';
import { printableLine } from './printable-text.ts';
import { roundsOf, toRunJson } from './run-json.ts';
import { openRunReporter } from './run-reporter.ts';
import type { Terminal } from './terminal.ts';

/** Prints the run. Exit 2 when the journal cannot be read to its end; what can be read is printed all the same. */
export async function replayCommand(
  journal: string,
  flags: { readonly json: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const file = findJournal(journal);
  const { text } = readText(file);
  const replay = openReplay(file, text);
  const { plan, view, problem } = replay;
  const source = await findSource(file, plan);
  if (flags.json) {
    const object = toRunJson(view, {
      plan,
      lines: source?.lines ?? null,
      journal: shownPath(file),
      ...roundsOf(view, () => replay),
    });
    terminal.out(`${JSON.stringify(object, null, 2)}\n`);
  } else {
    terminal.out(`${terminal.styled('bold', printableLine(plan.guide.title))}\n`);
    terminal.out(terminal.styled('dim', `  replayed from ${shownPath(file)}\n\n`));
    const reporter = openRunReporter({ plan, source }, terminal);
    for (let line = 1; line < replay.lastSeq; line++) reporter.update(replay.viewAt(line));
    reporter.update(view);
    printEnding(view, plan, problem ? null : shownPath(file), terminal);
  }
  if (replay.torn) terminal.err('The last line was cut short by a crash and is left out.\n');
  if (!problem) return exitCode.ok;
  throw usageError(
    `${shownPath(file)}:${problem.line}: ${printableLine(problem.message)}`,
    'nothing from there on counts, and the run cannot be taken up; what stands before is printed above. Run the guide anew.',
  );
}

/** Reads a journal; one whose first line cannot be read is a usage error. */
export function openReplay(file: string, text: string): Replay {
  try {
    return replayJournal(text);
  } catch (error) {
    if (!(error instanceof Error) || error.message.startsWith('Internal error')) throw error;
    throw usageError(`${shownPath(file)}: ${printableLine(error.message)}`);
  }
}

/** Refuses a journal that is damaged somewhere: what stands behind that place nobody can tell. */
export function refuseDamage(file: string, { problem }: Replay): void {
  if (!problem) return;
  throw usageError(
    `${printableLine(file)}:${problem.line}: ${printableLine(problem.message)}`,
    `\`tsg replay ${printableLine(file)}\` prints what can be read.`,
  );
}
