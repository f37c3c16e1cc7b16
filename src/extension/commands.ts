// Every command of the extension, by its id: those of guide-commands.ts, and here those that need runs, tools or journals.
import * as vscode from 'vscode';
import { draftGuideFrom, type DraftTarget } from './draft-guide.ts';
import { startDebugging } from './debug/register-debugger.ts';
import { tellWhy } from './debug/why.ts';
import type { Analyses } from './analyses.ts';
import type { Conduct, Stage } from './run-conduct.ts';
import {
  guideCommands,
  guideFor,
  markdownFor,
  type GuideCommandContext,
  type Handler,
  type Target,
} from './guide-commands.ts';
import { exportHtml, importPlan } from './in-and-out.ts';
import { loadEngine } from './load-engine.ts';
import { chooseModel } from './model-choice.ts';
import { outputDocument } from './output-document.ts';
import type { OutputThread } from './output-threads.ts';
import type { Proposals, ProposeTarget } from './proposals.ts';
import { compareRuns, filterRuns, openReport, rerun } from './run-commands.ts';
import type { RunEntry } from './run-entries.ts';
import { runReport } from './run-report.ts';
import { guideOfJournal, type RunsView } from './runs-view.ts';
import type { ToolLine, ToolsView } from './tools-view.ts';
import { NotAllowed } from './trust.ts';

/** What the commands work with. */
export interface CommandContext extends Stage, GuideCommandContext {
  readonly analyses: Analyses;
  readonly conduct: Conduct;
  readonly view: RunsView;
  readonly toolsView: ToolsView;
  readonly proposals: Proposals;
}

/** Commands by id; those without a title in package.json are called by links only. */
export const commands: Readonly<Record<string, Handler<CommandContext>>> = {
  ...guideCommands,
  'tsg.exportHtml': async (context, argument) => {
    const document = await markdownFor(context, argument);
    const analysis = await context.analyses.ready(document);
    const to = (argument as { readonly to?: string } | undefined)?.to;
    return analysis && exportHtml(context.extension.extensionUri, document, analysis.plan, to);
  },
  'tsg.importPlan': async (context, argument) =>
    importPlan(context.texts, (argument as { readonly file?: string } | undefined)?.file),
  'tsg.draftGuide': async (context, argument) => draftGuideFrom(context, (argument as DraftTarget | undefined) ?? {}),
  'tsg.dryRun': async (context, argument) =>
    context.conduct.dryRun(await markdownFor(context, argument), fromOf(argument)),
  'tsg.liveRun': async (context, argument) => {
    const from = fromOf(argument);
    return context.conduct.liveRun(await markdownFor(context, argument), from === undefined ? {} : { from });
  },
  'tsg.step': async (context, argument) => context.conduct.liveRun(await guideFor(context, argument), { step: true }),
  'tsg.debug': async (context, argument) => startDebugging(await markdownFor(context, argument), fromOf(argument)),
  'tsg.why': async (context) => {
    const editor = vscode.window.activeTextEditor;
    return editor && tellWhy(context, editor);
  },
  'tsg.continue': async (context, argument) => command(context, argument, 'run-continued'),
  'tsg.stop': async (context, argument) => command(context, argument, 'stop-requested'),
  'tsg.answer': async (context, argument) => context.conduct.answer((await guideFor(context, argument)).uri),
  'tsg.resumeRun': resumeRun,
  'tsg.openRun': openRun,
  'tsg.compareRuns': async (context, argument, selected) =>
    compareRuns(context, (one, title) => journalFor(context, one, false, title), argument, selected),
  'tsg.rerun': async (context, argument) =>
    rerun(context, (one, title) => journalFor(context, one, false, title), argument),
  'tsg.openReport': async (context, argument) =>
    openReport(context, (one, title) => journalFor(context, one, false, title), argument),
  'tsg.filterRuns': filterRuns,
  'tsg.refreshRuns': async (context) => context.view.refresh(),
  'tsg.checkTools': async (context) => context.toolsView.check(),
  'tsg.checkTool': async (context, argument) => context.toolsView.check(toolNamed(argument)),
  'tsg.openToolSettings': async (context, argument) => context.toolsView.openSettings(toolNamed(argument)),
  'tsg.clearOutput': clearOutput,
  'tsg.openOutput': openOutput,
  'tsg.explainQueries': async (context, argument) => context.conduct.explainQueries(await guideFor(context, argument)),
  'tsg.setToolSecret': setToolSecret,
  'tsg.forgetSecrets': forgetSecrets,
  'tsg.chooseModel': chooseModel,
  'tsg.propose': async (context, argument) =>
    context.proposals.propose(await guideFor(context, argument), (argument as ProposeTarget | undefined) ?? {}),
  'tsg.acceptProposal': async (context, argument) => context.proposals.accept(await guideFor(context, argument)),
  'tsg.refuseProposal': async (context, argument) => context.proposals.refuse(await guideFor(context, argument)),
};

/** The tool of a line of the view, or of a name. */
function toolNamed(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  const line = argument as ToolLine | undefined;
  return line?.kind === 'tool' ? line.tool.name : undefined;
}

function fromOf(argument: unknown): string | undefined {
  const from = (argument as Target | undefined)?.from;
  return typeof from === 'string' ? from : undefined;
}

async function command(
  context: CommandContext,
  argument: unknown,
  kind: 'run-continued' | 'stop-requested',
): Promise<void> {
  const refused = context.runs.command((await guideFor(context, argument)).uri, kind);
  if (refused !== null) throw new NotAllowed(refused);
}

/** The journal of a tree item, a URI, or one that the person picks. */
async function journalFor(
  context: CommandContext,
  argument: unknown,
  resumable: boolean,
  title = resumable ? vscode.l10n.t('Resume which run?') : vscode.l10n.t('Open which run?'),
): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri) return argument;
  const entry = argument as RunEntry | undefined;
  if (entry?.journal) return entry.journal;
  const open = resumable ? await context.view.matching({ kind: 'open' }) : undefined;
  const { entries, cut } = open ? { entries: open, cut: undefined } : await context.view.list();
  if (entries.length === 0) {
    throw new NotAllowed(
      resumable
        ? vscode.l10n.t('No run in this workspace waits to be resumed.')
        : vscode.l10n.t('No guide has been run in this workspace yet.'),
    );
  }
  const items = entries.map((one) => ({
    label: one.title,
    description: String(context.view.getTreeItem(one).description),
    one,
  }));
  return (await vscode.window.showQuickPick(items, { title, ...(cut !== undefined && { placeHolder: cut }) }))?.one
    .journal;
}

async function resumeRun(context: CommandContext, argument: unknown): Promise<unknown> {
  const journal = await journalFor(context, argument, true);
  if (!journal) return undefined;
  const engine = await loadEngine();
  const { plan } = engine.replayJournal(await engine.readJournal(journal.fsPath));
  const document = await guideOfJournal(journal, plan.guide, engine.sha256Hex);
  if (!document)
    throw new NotAllowed(vscode.l10n.t('The guide of this run, {0}, is not in its folder any more.', plan.guide.file));
  await vscode.window.showTextDocument(document);
  return context.conduct.resume(journal, document);
}

/** Shows the run on its guide and opens its report. */
async function openRun(context: CommandContext, argument: unknown): Promise<vscode.Uri | undefined> {
  const journal = await journalFor(context, argument, false);
  if (!journal) return undefined;
  const engine = await loadEngine();
  const { plan, view, run, problem } = engine.replayJournal(await engine.readJournal(journal.fsPath));
  const document = await guideOfJournal(journal, plan.guide, engine.sha256Hex);
  if (document && !context.runs.of(document.uri)?.active) {
    await vscode.window.showTextDocument(document);
    context.threads.clear(document.uri);
    await context.runs.show(journal, document, (await context.analyses.ready(document))?.plan);
  }
  if (problem)
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The journal is damaged at line {0}: {1}', problem.line, problem.message),
    );
  const report = runReport(plan, view, 20, vscode.workspace.asRelativePath(journal));
  const uri = context.texts.keep(run, `run-${run.slice(0, 8)}.md`, report);
  await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  return uri;
}

async function clearOutput(context: CommandContext, argument: unknown): Promise<void> {
  const run = (argument as OutputThread | undefined)?.tsg?.run;
  const uri = run?.uri ?? (await guideFor(context, argument)).uri;
  context.threads.clear(uri);
  context.problems.clearRun(uri);
  context.runs.clear(uri);
}

async function openOutput(context: CommandContext, argument: unknown): Promise<vscode.TextDocument> {
  const thread = (argument as OutputThread | undefined)?.tsg;
  const link = argument as { readonly run?: string; readonly action?: string } | undefined;
  const run = thread?.run ?? context.runs.find(link?.run ?? '');
  const action = thread?.action ?? link?.action;
  const shown = run
    ?.view()
    .steps.flatMap((step) => step.actions)
    .find((one) => one.id === action);
  if (!run || !shown) throw new NotAllowed(vscode.l10n.t('This output is not kept any more; open the run to see it.'));
  const { extension, text } = outputDocument(shown);
  return context.texts.show(run.id, `${shown.id}.${extension}`, text);
}

async function setToolSecret(context: CommandContext): Promise<void> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Set secret'),
    prompt: vscode.l10n.t('The name after \u2018store:\u2019 in tsg.yaml'),
    ignoreFocusOut: true,
  });
  if (!name) return;
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Value of {0}', name),
    password: true,
    ignoreFocusOut: true,
  });
  if (value) await context.values.keepToolSecret(name, value);
}

async function forgetSecrets(context: CommandContext): Promise<void> {
  const forgotten = await context.values.forgetSecrets();
  void vscode.window.showInformationMessage(
    forgotten ? vscode.l10n.t('{0} forgotten.', forgotten) : vscode.l10n.t('No secret is stored.'),
  );
}
