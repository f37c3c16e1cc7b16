// `tsg resume`: takes a run up where its journal ends, with the answers that it waited for.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  findSettings,
  openJournal,
  seal,
  settingsStanding,
  sha256Hex,
  systemClock,
  type JournalFile,
} from '../adapters/index.ts';
import { actionsAtHand, resumeLiveRun, type Replay } from '../run/index.ts';
import { readAnswers } from './answers.ts';
import { usageError, type ExitCode } from './exit-code.ts';
import { findJournal } from './find-journal.ts';
import { findTools, judgeOption, wholePath } from './find-tools.ts';
import { tellChanged } from './join-called.ts';
import { followRun } from './live-session.ts';
import { describeFileError, findSource, shownPath } from './guide-text.ts';
import { printableLine } from './printable-text.ts';
import type { ResumeFlags } from './program.ts';
import { openReplay, refuseDamage } from './replay-command.ts';
import { checkStep, personName } from './run-command.ts';
import { environmentLabel } from './tools-command.ts';
import type { Terminal } from './terminal.ts';

/** Resumes a run. A damaged journal is told with its line and nothing is performed. */
export async function resumeCommand(named: string, flags: ResumeFlags, terminal: Terminal): Promise<ExitCode> {
  checkStep(flags, terminal);
  const file = findJournal(named);
  // Locked before it is read: what is read is what the run goes on from.
  const journal = await openExisting(file);
  try {
    const replay = openReplay(file, journal.text);
    refuseDamage(file, replay);
    const { plan, view: before } = replay;
    const answers = await readAnswers(plan, flags);
    const chosen = environmentFor(file, replay.environment, flags);
    const tools = await findTools(await configFor(file, replay, flags), [file, plan.guide.file], chosen);
    tellOtherConfig(replay.config, tools.settings.file, terminal);
    const { environment } = tools.settings;
    const by = flags.by ?? personName();
    try {
      await tools.toolbox.prepare();
      const [lacking] = tools.toolbox.lacking(actionsAtHand(replay));
      if (lacking !== undefined)
        throw usageError(`The run was left as it is. ${printableLine(lacking)}`, 'its next step needs it.');
      const run = resumeLiveRun({
        replay,
        toolbox: tools.toolbox,
        journal,
        clock: systemClock,
        hash: sha256Hex,
        seal,
        parameters: answers.parameters,
        secrets: answers.secrets,
        decisions: answers.decisions,
        by,
        environment: environment?.name ?? null,
        config: wholePath(tools.settings.file),
        approvals: tools.settings.approvals,
        ...(flags.changeEnvironment && { changeEnvironment: true }),
        ...judgeOption(tools, flags),
      });
      if (flags.step) run.submit({ kind: 'run-held', by });
      const source = await findSource(file, plan);
      await tellChanged(plan, terminal);
      if (!flags.json) {
        const finished = before.steps.filter(({ status }) => status === 'succeeded' || status === 'failed').length;
        const steps = `${finished} ${finished === 1 ? 'step had' : 'steps had'} ended before`;
        terminal.out(`${terminal.styled('bold', printableLine(plan.guide.title))}\n`);
        const where = environment ? ` · ${environmentLabel(environment, terminal)}` : '';
        terminal.out(terminal.styled('dim', `  resumed from ${shownPath(file)} · ${steps}${where}\n\n`));
        if (before.phase === 'ended') terminal.out('This run has ended: nothing of it runs any more.\n');
      }
      const about = {
        plan,
        source,
        journal: shownPath(file),
        journalFile: file,
        answers,
        json: flags.json,
        step: flags.step === true,
        before,
        by,
        ...(flags.config !== undefined && { config: flags.config }),
        ...(flags.stop && { stop: flags.stop }),
      };
      return await followRun(run, about, terminal);
    } finally {
      await tools.toolbox.close();
    }
  } finally {
    await journal.close();
  }
}

/** The environment to go on in: the run's own, where its journal says which, unless a person says that it changes. */
function environmentFor(
  file: string,
  before: string | null | undefined,
  { env, changeEnvironment }: ResumeFlags,
): string | null | undefined {
  if (changeEnvironment && env === undefined)
    throw usageError('--change-environment needs --env NAME: the environment to go on in.');
  if (env === undefined || before === undefined || before === env) return env ?? before;
  if (changeEnvironment) return env;
  const was = before === null ? 'in no environment' : `in the environment \`${printableLine(before)}\``;
  throw usageError(
    `The run of ${printableLine(shownPath(file))} was started ${was}; --env ${printableLine(env)} would go on with it elsewhere.`,
    'leave --env out to go on where it was, or add --change-environment: what was found so far stays, and approvals given so far do not count there.',
  );
}

/**
 * The settings to go on with: those that are named, else the run's own, also where its folder was moved. Where they are gone nothing else
 * takes their place by itself: the same names of tools may reach other machines there.
 */
async function configFor(
  file: string,
  { config: before, plan }: Replay,
  { config }: ResumeFlags,
): Promise<string | undefined> {
  if (config !== undefined || typeof before !== 'string') return config;
  if (existsSync(before)) return before;
  const guide = await findSource(file, plan).then((source) => (source ? resolve(source.file) : null));
  const now = guide === null ? null : findSettings(dirname(guide));
  if (now !== null && settingsStanding({ guide: plan.guide.file, config: before }, { guide, config: now }) === 'same')
    return now;
  throw usageError(
    `The run of ${printableLine(shownPath(file))} was started with the settings \`${printableLine(shownPath(before))}\`, which are not there any more.`,
    'name those that it is to go on with: --config FILE.',
  );
}

function tellOtherConfig(before: string | null | undefined, now: string | null, terminal: Terminal): void {
  if (before === undefined || wholePath(now) === before) return;
  const named = (config: string | null): string =>
    config === null ? 'no settings' : `the settings ${printableLine(shownPath(config))}`;
  terminal.err(
    `${terminal.styled('yellow', '!')} The run went with ${named(before)} until now; it goes on with ${named(now)}.\n`,
  );
}

/** Opens a journal that must be there; one that is not, or that another process writes, is a usage error. */
export async function openExisting(file: string): Promise<JournalFile> {
  try {
    return await openJournal(file, { mode: 'append' });
  } catch (error) {
    throw cannotOpen(file, error);
  }
}

/** Why a journal cannot be opened, for people. */
export function cannotOpen(file: string, error: unknown): Error {
  const isSystems = (error as NodeJS.ErrnoException).code !== undefined;
  if (!isSystems && error instanceof Error) return usageError(printableLine(error.message));
  return usageError(`Cannot open \`${printableLine(shownPath(file))}\`: ${describeFileError(error)}.`);
}
