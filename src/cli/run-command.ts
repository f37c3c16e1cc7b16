// `tsg run`: a dry run, which only shows, or a live one, which is journalled from its first line.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import {
  guideInJournals,
  makeFolder,
  openJournal,
  pastDurations,
  seal,
  sha256Hex,
  systemClock,
} from '../adapters/index.ts';
import { dryRun, readParameters, secretInPlan, startLiveRun, type ParameterValue } from '../run/index.ts';
import { readAnswers, readStep, type Answers } from './answers.ts';
import { CommandError, exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findTools, judgeOption, wholePath, type FoundTools } from './find-tools.ts';
import { followRun } from './live-session.ts';
import { describeWriteError, shownPath } from './guide-text.ts';
import { joinCalled } from './join-called.ts';
import { loadGuide, type LoadedGuide } from './load-guide.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import { printDryReport } from './print-dry-report.ts';
import { printableLine } from './printable-text.ts';
import type { RunFlags } from './program.ts';
import { toDryJson } from './run-json.ts';
import { environmentLabel } from './tools-command.ts';
import type { Terminal } from './terminal.ts';

/** Runs a guide. Errors in it, wrong flags and wrong settings are told before anything is performed. */
export async function runCommand(guide: string, flags: RunFlags, terminal: Terminal): Promise<ExitCode> {
  if ((flags.dry === true) === (flags.live === true)) {
    throw usageError(
      '`tsg run` needs exactly one of --dry and --live.',
      '--dry shows what would happen and performs nothing; --live runs the guide.',
    );
  }
  if (flags.dry === true && flags.journal !== undefined)
    throw usageError('A dry run has no journal: --journal goes with --live.');
  if (flags.dry === true && flags.from !== undefined)
    throw usageError('A dry run shows the whole guide: --from goes with --live.');
  checkStep(flags, terminal);
  const tools = await findTools(flags.config, [guide], flags.env);
  try {
    const own = await loadGuide(guide, {
      languages: tools.settings.file === null ? null : tools.toolbox.languages,
      fileAs: 'path',
    });
    if (printDiagnostics(own, terminal, { to: 'err', least: 'error' }) > 0) {
      throw new CommandError(exitCode.guide, `${shownPath(guide)} has errors; it was not run.`);
    }
    const loaded = await joinCalled(own, { settings: tools.settings.file, within: flags.within }, terminal);
    const answers = await readAnswers(loaded.plan, flags);
    if (flags.live === true || flags.explain) await tools.toolbox.prepare();
    return await (flags.dry === true
      ? runDry(loaded, tools, answers, flags, terminal)
      : runLive(loaded, tools, answers, flags, terminal));
  } finally {
    await tools.toolbox.close();
  }
}

/** Stepping needs somebody at a terminal. */
export function checkStep({ step, json, dry }: Pick<RunFlags, 'step' | 'json' | 'dry'>, terminal: Terminal): void {
  if (!step) return;
  if (dry === true) throw usageError('A dry run performs nothing: --step goes with --live.');
  if (json || !terminal.interactive) throw usageError('--step asks before each step, which needs a terminal.');
}

async function runDry(
  { plan, source }: LoadedGuide,
  tools: FoundTools,
  answers: Answers,
  flags: RunFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const report = await dryRun({
    plan,
    toolbox: tools.toolbox,
    parameters: parametersFor(plan.guide.parameters, tools, answers),
    secrets: answers.secrets,
    decisions: { ...Object.fromEntries(answers.rounds), ...answers.decisions },
    approvals: tools.settings.approvals,
    environment: tools.settings.environment?.name ?? null,
    explain: flags.explain,
  });
  if (flags.json) {
    const object = toDryJson(report, { plan, lines: source?.lines ?? null, journal: null });
    terminal.out(`${JSON.stringify(object, null, 2)}\n`);
  } else printDryReport(report, plan, source, terminal);
  return report.invalidParameters.length > 0 ? exitCode.usage : exitCode.ok;
}

async function runLive(
  { plan, source, file }: LoadedGuide,
  tools: FoundTools,
  answers: Answers,
  flags: RunFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const told = secretInPlan(plan, tools.toolbox);
  if (told !== undefined) throw new CommandError(exitCode.guide, `${shownPath(file)} was not run. ${told}`);
  const parameters = parametersFor(plan.guide.parameters, tools, answers);
  const [wrong] = readParameters(plan.guide.parameters, parameters).problems;
  if (wrong) throw usageError(printableLine(wrong.message), 'nothing was run; give one that fits with `--param`.');
  const from = flags.from === undefined ? undefined : readStep(plan, flags.from, `--from ${flags.from}`);
  const run = randomUUID();
  const journalFile =
    flags.journal ??
    join(
      dirname(tools.settings.file ?? resolve(file)),
      '.tsg',
      'runs',
      `${journalName(plan.guide.title, file)}-${run.slice(0, 8)}.jsonl`,
    );
  const journal = await createJournal(journalFile);
  const by = flags.by ?? personName();
  const judged = judgeOption(tools, flags);
  const maxParallel = flags.maxParallel ?? tools.settings.run.maxParallel;
  const expected = await pastDurations(journalFile, plan, maxParallel);
  try {
    if (!flags.json) {
      terminal.out(`${terminal.styled('bold', printableLine(plan.guide.title))}\n`);
      terminal.out(
        terminal.styled(
          'dim',
          `  guide: ${shownPath(file)} · tools: ${tools.settings.file === null ? noTools : shownPath(tools.settings.file)}${tools.settings.environment ? ` · ${environmentLabel(tools.settings.environment, terminal)}` : ''}${judged.judge ? ` · model: ${printableLine(judged.judge.model)}` : ''}\n\n`,
        ),
      );
    }
    const live = startLiveRun({
      run,
      plan,
      toolbox: tools.toolbox,
      journal,
      clock: systemClock,
      hash: sha256Hex,
      seal,
      parameters,
      secrets: answers.secrets,
      decisions: answers.decisions,
      maxParallel,
      expected,
      approvals: tools.settings.approvals,
      environment: tools.settings.environment?.name ?? null,
      config: wholePath(tools.settings.file),
      by,
      ...(from !== undefined && { from }),
      ...(flags.step && { held: true }),
      ...judged,
    });
    return await followRun(
      live,
      {
        plan,
        source,
        journal: shownPath(journalFile),
        journalFile,
        answers,
        json: flags.json,
        step: flags.step === true,
        by,
        ...(flags.config !== undefined && { config: flags.config }),
        ...(flags.stop && { stop: flags.stop }),
      },
      terminal,
    );
  } finally {
    await journal.close();
  }
}

/** What stands where the settings' file would: whoever has none sees how one begins. */
const noTools = 'none, there is no tsg.yaml; one begins with `tools: { host: { kind: shell } }`';

/** Values of the settings for parameters that the guide has, then those of the flags. */
function parametersFor(
  known: readonly { readonly name: string }[],
  tools: FoundTools,
  answers: Answers,
): Record<string, ParameterValue> {
  const fromSettings = Object.entries(tools.settings.parameters).filter(([name]) =>
    known.some((parameter) => parameter.name === name),
  );
  return { ...Object.fromEntries(fromSettings), ...answers.parameters };
}

async function createJournal(file: string): Promise<Awaited<ReturnType<typeof openJournal>>> {
  if (existsSync(file)) {
    throw usageError(
      `--journal ${printableLine(file)}: the file exists already.`,
      `\`tsg resume ${printableLine(file)}\` goes on with its run.`,
    );
  }
  try {
    await makeFolder(dirname(file));
    return await openJournal(file);
  } catch (error) {
    throw usageError(`Cannot write the journal \`${printableLine(file)}\`: ${describeWriteError(error)}.`);
  }
}

/** `20250318T070000Z-api-availability`: sorts by time, tells the guide. */
function journalName(title: string, file: string): string {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${guideInJournals(file) || guideInJournals(title)}`;
}

/** Who answers, for the journal: the name of the account. */
export function personName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'engineer';
  }
}
