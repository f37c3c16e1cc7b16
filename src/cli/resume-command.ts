// `tsg resume`: takes a run up where its journal ends, with the answers that it waited for.
import { openJournal, readJournal, sha256Hex, systemClock } from '../adapters/index.ts';
import { resumeLiveRun } from '../run/index.ts';
import { readAnswers } from './answers.ts';
import { usageError, type ExitCode } from './exit-code.ts';
import { findTools } from './find-tools.ts';
import { followRun } from './live-session.ts';
import { findSource, shownPath } from './guide-text.ts';
import { printableLine } from './printable-text.ts';
import type { ResumeFlags } from './program.ts';
import { openReplay } from './replay-command.ts';
import { personName } from './run-command.ts';
import type { Terminal } from './terminal.ts';

/** Resumes a run. A damaged journal is told with its line and nothing is performed. */
export async function resumeCommand(file: string, flags: ResumeFlags, terminal: Terminal): Promise<ExitCode> {
  const text = await readJournal(file);
  const { plan, problem, view: before } = openReplay(file, text);
  if (problem)
    throw usageError(
      `${printableLine(file)}:${problem.line}: ${printableLine(problem.message)}`,
      `\`tsg replay ${printableLine(file)}\` prints what can be read.`,
    );
  const answers = await readAnswers(plan, flags);
  const tools = await findTools(flags.config, [file, plan.guide.file]);
  const journal = await openJournal(file);
  const by = personName();
  try {
    const run = resumeLiveRun({
      // What stands in the file now that it is locked: another process may have written since it was looked at.
      text: journal.text,
      toolbox: tools.toolbox,
      journal,
      clock: systemClock,
      hash: sha256Hex,
      parameters: answers.parameters,
      secrets: answers.secrets,
      decisions: answers.decisions,
      by,
    });
    const source = await findSource(file, plan);
    if (!flags.json) {
      const finished = before.steps.filter(({ status }) => status === 'succeeded' || status === 'failed').length;
      const steps = `${finished} ${finished === 1 ? 'step had' : 'steps had'} ended before`;
      terminal.out(`${terminal.styled('bold', printableLine(plan.guide.title))}\n`);
      terminal.out(terminal.styled('dim', `  resumed from ${shownPath(file)} · ${steps}\n\n`));
    }
    return await followRun(
      run,
      { plan, source, journal: shownPath(file), answers, json: flags.json, before, by },
      terminal,
    );
  } finally {
    await journal.close();
    await tools.toolbox.close();
  }
}
