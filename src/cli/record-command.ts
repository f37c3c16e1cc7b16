// `tsg record`: a run that has happened becomes a test of its guide, printed or added to a tests file. What is written has been
// run first: it ends as the run did.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { sha256Hex } from '../adapters/index.ts';
import { readJournalText, type Replay } from '../run/index.ts';
import {
  addToTestsFile,
  checkScenario,
  readTestsFile,
  recordScenario,
  rulesOf,
  runScenario,
  writeTestsFile,
} from '../scenario/index.ts';
import type { Scenario } from '../scenario/index.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findJournal } from './find-journal.ts';
import { describeWriteError, readText, shownPath } from './guide-text.ts';
import { printableLine } from './printable-text.ts';
import { openReplay } from './replay-command.ts';
import type { Terminal } from './terminal.ts';

/** Rows of a table that a recording keeps, unless its ending rests on more. */
const mostRows = 20;

/** Exit 0 when the recording is written, 2 when the journal or the file cannot be used. */
export async function recordCommand(
  journal: string,
  flags: { readonly output?: string; readonly name?: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const file = findJournal(journal);
  const { text } = readText(file);
  const replay = openReplay(file, text);
  if (replay.problem)
    throw usageError(`${shownPath(file)}:${replay.problem.line}: ${printableLine(replay.problem.message)}`);
  const { lines } = readJournalText(text);
  const date = new Date(replay.view.startedAt ?? 0).toISOString().slice(0, 10);
  const name = flags.name ?? `As on ${date}: ${replay.view.outcome ?? 'waiting'}`;
  const whole = recordScenario(replay, lines, { name });
  const short = recordScenario(replay, lines, { name, mostRows });
  const scenario = (await holds(replay, short)) ? short : whole;
  if (scenario === whole && !(await holds(replay, whole)))
    terminal.err(
      'The recording does not end as the run did: something in the run cannot be recorded, such as a stop or a crash.\n',
    );
  const comment = `Recorded from ${basename(file)}. Edit it freely.`;
  const guide = basename(replay.plan.guide.file);
  if (flags.output === undefined) {
    terminal.out(writeTestsFile(guide, scenario, comment));
    return exitCode.ok;
  }
  const added = existsSync(flags.output);
  await save(flags.output, added ? await addedTo(flags.output, scenario) : writeTestsFile(guide, scenario, comment));
  terminal.out(`${added ? 'Added to' : 'Written to'} ${shownPath(flags.output)}: ${printableLine(name)}\n`);
  return exitCode.ok;
}

async function holds(replay: Replay, scenario: Scenario): Promise<boolean> {
  const { plan } = replay;
  const run = await runScenario({ plan, tools: null, hash: sha256Hex, rules: rulesOf(replay) }, scenario);
  return checkScenario(plan, scenario, run).length === 0;
}

async function addedTo(file: string, scenario: Scenario): Promise<string> {
  const text = await readFile(file, 'utf8');
  const reading = readTestsFile(text);
  if (reading.problems)
    throw usageError(`${shownPath(file)}:${reading.problems[0].line}: ${printableLine(reading.problems[0].message)}`);
  return addToTestsFile(text, scenario);
}

async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw usageError(`Cannot write \`${printableLine(file)}\`: ${describeWriteError(error)}.`);
  }
}
