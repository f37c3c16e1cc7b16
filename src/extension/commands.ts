// Every command of the extension, by its id. A refusal is told as a message, a fault of ours as an error with its context;
// both only here.
import * as vscode from 'vscode';
import { newGuideTemplate } from '../editing/index.ts';
import { writeMermaid, writePlanDag, writeSop, type Plan } from '../plan/index.ts';
import { comparePlans, type CompareTarget, tellChanges } from './compare-plans.ts';
import { startDebugging } from './debug/register-debugger.ts';
import { tellWhy } from './debug/why.ts';
import type { Conduct, Stage } from './run-conduct.ts';
import type { Guides } from './guides.ts';
import { UnusableSettings } from './guide-tools.ts';
import { loadEngine } from './load-engine.ts';
import { chooseModel } from './model-choice.ts';
import { outputDocument } from './output-document.ts';
import type { OutputThread } from './output-threads.ts';
import type { PreviewController } from './preview/index.ts';
import { runReport } from './run-report.ts';
import { guideOfJournal, type RunEntry, type RunsView } from './runs-view.ts';
import type { TextDocuments } from './text-documents.ts';
import { NotAllowed } from './trust.ts';

/** What the commands work with. */
export interface CommandContext extends Stage {
  readonly extension: vscode.ExtensionContext;
  readonly guides: Guides;
  readonly conduct: Conduct;
  readonly preview: PreviewController;
  readonly texts: TextDocuments;
  readonly view: RunsView;
}

/** Where a lens or a link says that a command applies. */
interface Target {
  readonly uri?: string;
  readonly from?: string;
}

type Handler = (context: CommandContext, argument: unknown) => Promise<unknown>;

/** Commands by id; those without a title in package.json are called by links only. */
export const commands: Readonly<Record<string, Handler>> = {
  'tsg.newGuide': newGuide,
  'tsg.compile': (context) => openPlan(context, 'plandag.json', writePlanDag),
  'tsg.exportSop': (context) => openPlan(context, 'sop.json', writeSop),
  'tsg.exportMermaid': (context) => openPlan(context, 'mmd', writeMermaid),
  'tsg.exportSvg': async (context, argument) => context.preview.exportSvg(await guideFor(context, argument)),
  'tsg.openPreview': async (context, argument) => context.preview.open(await guideFor(context, argument)),
  'tsg.comparePlans': async (context, argument) =>
    comparePlans(context.preview, await guideFor(context, argument), (argument as CompareTarget | undefined) ?? {}),
  'tsg.tellChanges': async (context, argument) =>
    tellChanges(context.preview, context.texts, await guideFor(context, argument)),
  'tsg.endComparison': async (context, argument) =>
    context.preview.endComparison((await guideFor(context, argument)).uri),
  'tsg.dryRun': async (context, argument) =>
    context.conduct.dryRun(await guideFor(context, argument), fromOf(argument)),
  'tsg.liveRun': async (context, argument) => {
    const from = fromOf(argument);
    return context.conduct.liveRun(await guideFor(context, argument), from === undefined ? {} : { from });
  },
  'tsg.step': async (context, argument) => context.conduct.liveRun(await guideFor(context, argument), { step: true }),
  'tsg.debug': async (context, argument) => startDebugging(await guideFor(context, argument), fromOf(argument)),
  'tsg.why': async (context) => {
    const editor = vscode.window.activeTextEditor;
    return editor && tellWhy(context, editor);
  },
  'tsg.continue': async (context, argument) => command(context, argument, 'run-continued'),
  'tsg.stop': async (context, argument) => command(context, argument, 'stop-requested'),
  'tsg.answer': async (context, argument) => context.conduct.answer((await guideFor(context, argument)).uri),
  'tsg.resumeRun': resumeRun,
  'tsg.openRun': openRun,
  'tsg.refreshRuns': async (context) => context.view.refresh(),
  'tsg.clearOutput': clearOutput,
  'tsg.openOutput': openOutput,
  'tsg.treatAsGuide': async (context) => context.guides.treat(activeDocument().uri, true),
  'tsg.treatAsMarkdown': async (context) => context.guides.treat(activeDocument().uri, false),
  'tsg.explainQueries': async (context, argument) => context.conduct.explainQueries(await guideFor(context, argument)),
  'tsg.setToolSecret': setToolSecret,
  'tsg.forgetSecrets': forgetSecrets,
  'tsg.chooseModel': chooseModel,
  'tsg.showPage': showPage,
};

/** Registers all commands. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  const registrations = Object.entries(commands).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        return await handler(context, argument);
      } catch (error) {
        return tell(id, error);
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}

/** A refusal is a sentence; a bad tools file can be opened; anything else is our fault and keeps its context. */
async function tell(id: string, error: unknown): Promise<undefined> {
  if (error instanceof NotAllowed) {
    void vscode.window.showWarningMessage(error.message);
  } else if (error instanceof UnusableSettings) {
    void vscode.window.showErrorMessage(error.message, vscode.l10n.t('Open File')).then(async (picked) => {
      if (picked) await vscode.window.showTextDocument(error.uri);
    });
  } else {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`${id} failed`, error);
    void vscode.window.showErrorMessage(`TSG: ${message}`);
  }
  return undefined;
}

function fromOf(argument: unknown): string | undefined {
  const from = (argument as Target | undefined)?.from;
  return typeof from === 'string' ? from : undefined;
}

function activeDocument(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) throw new NotAllowed(vscode.l10n.t('Open a guide first.'));
  return document;
}

/** The guide that a command is about: named by its argument, open in the active editor, or shown by the active preview. */
async function guideFor(context: CommandContext, argument: unknown): Promise<vscode.TextDocument> {
  const named = (argument as Target | vscode.Uri | undefined) ?? {};
  if (named instanceof vscode.Uri) return vscode.workspace.openTextDocument(named);
  if (typeof named.uri === 'string') return vscode.workspace.openTextDocument(vscode.Uri.parse(named.uri));
  const visible = vscode.window.visibleTextEditors.map((editor) => editor.document);
  const candidates = [vscode.window.activeTextEditor?.document, ...visible];
  const found = candidates.find((document) => document && context.guides.isGuide(document));
  if (!found)
    throw new NotAllowed(vscode.l10n.t('Open a guide first: a *.tsg.md file, or a markdown file treated as one.'));
  return found;
}

async function newGuide(_context: CommandContext, argument: unknown): Promise<vscode.TextDocument | undefined> {
  const title =
    typeof argument === 'string'
      ? argument
      : await vscode.window.showInputBox({
          title: vscode.l10n.t('New guide'),
          prompt: vscode.l10n.t('What is the guide about?'),
          value: vscode.l10n.t('High error rate'),
        });
  if (title === undefined) return undefined;
  const name =
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'guide';
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const path = folder ? vscode.Uri.joinPath(folder, `${name}.tsg.md`).path : `/${name}.tsg.md`;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'untitled', path }));
  const edit = new vscode.WorkspaceEdit();
  if (document.getText() === '') edit.insert(document.uri, new vscode.Position(0, 0), newGuideTemplate(title));
  await vscode.workspace.applyEdit(edit);
  await vscode.languages.setTextDocumentLanguage(document, 'markdown');
  await vscode.window.showTextDocument(document);
  return document;
}

async function openPlan(
  context: CommandContext,
  extension: string,
  write: (plan: Plan) => string,
): Promise<vscode.TextDocument> {
  const document = await guideFor(context, undefined);
  const analysis = await context.analyses.ready(document);
  if (!analysis) throw new NotAllowed(vscode.l10n.t('This document is not a guide.'));
  const name = `${analysis.plan.guide.file.replace(/(\.tsg)?\.md$/i, '')}.${extension}`;
  return context.texts.show(`plan-${analysis.version}`, name, write(analysis.plan));
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
): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri) return argument;
  const entry = argument as RunEntry | undefined;
  if (entry?.journal) return entry.journal;
  const entries = (await context.view.list()).filter((one) => !resumable || (one.view && one.view.phase !== 'ended'));
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
  return (
    await vscode.window.showQuickPick(items, {
      title: resumable ? vscode.l10n.t('Resume which run?') : vscode.l10n.t('Open which run?'),
    })
  )?.one.journal;
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

/** The page of a finding, drawn. */
async function showPage({ extension }: CommandContext, code: unknown): Promise<void> {
  if (typeof code !== 'string' || !/^[\w.-]+$/.test(code)) return;
  const page = vscode.Uri.joinPath(extension.extensionUri, 'docs', 'diagnostics', `${code}.md`);
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
