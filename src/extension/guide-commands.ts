// The commands on guides that need neither tools nor runs: the browser build has these alone. A refusal is told as a message, a
// fault of ours as an error with its context; both only here.
import * as vscode from 'vscode';
import { newGuideTemplate } from '../editing/index.ts';
import { guideStem, writeDot, writeMermaid, writePlanDag, writeSop, type Plan } from '../plan/index.ts';
import type { Analyses } from './analyses.ts';
import { comparePlans, type CompareTarget, tellChanges } from './compare-plans.ts';
import type { Conversions } from './conversion.ts';
import type { Guides } from './guides.ts';
import type { PreviewController } from './preview/index.ts';
import type { TextDocuments } from './text-documents.ts';
import { NotAllowed } from './trust.ts';
import { UnusableSettings } from './unusable-settings.ts';
import type { WorkspaceCheck } from './workspace-check.ts';

/** What these commands work with. */
export interface GuideCommandContext {
  readonly extension: vscode.ExtensionContext;
  readonly analyses: Analyses;
  readonly guides: Guides;
  readonly preview: PreviewController;
  readonly texts: TextDocuments;
  readonly conversions: Conversions;
  readonly workspaceCheck: WorkspaceCheck;
}

export type Handler<Context> = (context: Context, argument: unknown, selected?: unknown) => Promise<unknown>;

/** Where a lens or a link says that a command applies. */
export interface Target {
  readonly uri?: string;
  readonly from?: string;
}

/** Commands by id; those without a title in package.json are called by links only. */
export const guideCommands: Readonly<Record<string, Handler<GuideCommandContext>>> = {
  'tsg.newGuide': newGuide,
  'tsg.checkWorkspace': async ({ workspaceCheck }) => workspaceCheck.checkAll(),
  'tsg.compile': (context) => openPlan(context, 'plandag.json', writePlanDag),
  'tsg.exportSop': (context) => openPlan(context, 'sop.json', writeSop),
  'tsg.exportMermaid': (context) => openPlan(context, 'mmd', writeMermaid),
  'tsg.exportDot': (context) => openPlan(context, 'dot', writeDot),
  'tsg.exportSvg': async (context, argument) =>
    context.preview.exportSvg(
      await markdownFor(context, argument),
      (argument as { readonly to?: string } | undefined)?.to,
    ),
  'tsg.openPreview': async (context, argument) => context.preview.open(await markdownFor(context, argument)),
  'tsg.comparePlans': async (context, argument) =>
    comparePlans(context.preview, await guideFor(context, argument), (argument as CompareTarget | undefined) ?? {}),
  'tsg.tellChanges': async (context, argument) =>
    tellChanges(context.preview, context.texts, await guideFor(context, argument)),
  'tsg.endComparison': async (context, argument) =>
    context.preview.endComparison((await guideFor(context, argument)).uri),
  'tsg.treatAsGuide': async (context) => context.guides.treat(activeDocument().uri, true),
  'tsg.treatAsMarkdown': async (context) => context.guides.treat(activeDocument().uri, false),
  'tsg.convertToSteps': async (context, argument) =>
    context.conversions.show(
      argument instanceof vscode.Uri ? await vscode.workspace.openTextDocument(argument) : activeDocument(),
    ),
  'tsg.applyConversion': async (context) => context.conversions.apply(),
  'tsg.openWalkthrough': async ({ extension }) =>
    vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extension.extension.id}#firstGuide`),
  'tsg.showPage': showPage,
};

/** Registers commands. */
export function registerAll<Context>(
  commands: Readonly<Record<string, Handler<Context>>>,
  context: Context,
): vscode.Disposable {
  const registrations = Object.entries(commands).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (argument: unknown, selected: unknown) => {
      try {
        return await handler(context, argument, selected);
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

function activeDocument(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) throw new NotAllowed(vscode.l10n.t('Open a guide first.'));
  return document;
}

/** The guide that a command is about: named by its argument, open in the active editor, or shown by the active preview. */
export async function guideFor(
  context: Pick<GuideCommandContext, 'guides'>,
  argument: unknown,
): Promise<vscode.TextDocument> {
  const named = (argument as Target | vscode.Uri | undefined) ?? {};
  if (named instanceof vscode.Uri) return vscode.workspace.openTextDocument(named);
  if (typeof named.uri === 'string') return vscode.workspace.openTextDocument(vscode.Uri.parse(named.uri));
  const visible = vscode.window.visibleTextEditors.map((editor) => editor.document);
  const candidates = [vscode.window.activeTextEditor?.document, ...visible, ...(await inTabs())];
  const found = candidates.find((document) => document && context.guides.isGuide(document));
  if (!found)
    throw new NotAllowed(vscode.l10n.t('Open a guide first: a *.tsg.md file, or a markdown file treated as one.'));
  return found;
}

/**
 * The guide that a command of the palette is about. Markdown in the active editor that nobody has called a guide is one from then
 * on: who asks for its plan or its run means it, and is told how to take it back.
 */
export async function markdownFor(
  context: Pick<GuideCommandContext, 'guides'>,
  argument: unknown,
): Promise<vscode.TextDocument> {
  const active = argument === undefined ? vscode.window.activeTextEditor?.document : undefined;
  if (active?.languageId !== 'markdown' || !context.guides.canBeGuide(active) || context.guides.isGuide(active))
    return guideFor(context, argument);
  await context.guides.treat(active.uri, true);
  const name = active.uri.path.split('/').at(-1) ?? '';
  const undo = vscode.l10n.t('Treat as Plain Markdown Again');
  void vscode.window
    .showInformationMessage(vscode.l10n.t('{0} is treated as a guide from now on.', name), undo)
    .then((picked) => (picked === undo ? context.guides.treat(active.uri, false) : undefined));
  return active;
}

/** What is open behind other editors, as the guide is behind the walkthrough that speaks of it. */
async function inTabs(): Promise<vscode.TextDocument[]> {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  const uris = inputs.flatMap((input) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : []));
  return vscode.workspace.textDocuments.filter(({ uri }) => uris.includes(uri.toString()));
}

async function newGuide(_context: GuideCommandContext, argument: unknown): Promise<vscode.TextDocument | undefined> {
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
  context: GuideCommandContext,
  extension: string,
  write: (plan: Plan) => string,
): Promise<vscode.TextDocument> {
  const document = await markdownFor(context, undefined);
  const analysis = await context.analyses.ready(document);
  if (!analysis) throw new NotAllowed(vscode.l10n.t('This document is not a guide.'));
  const name = `${guideStem(analysis.plan.guide.file)}.${extension}`;
  return context.texts.show('plan', name, write(analysis.plan));
}

/** The page of a finding, drawn. */
async function showPage({ extension }: GuideCommandContext, code: unknown): Promise<void> {
  if (typeof code !== 'string' || !/^[\w.-]+$/.test(code)) return;
  const page = vscode.Uri.joinPath(extension.extensionUri, 'docs', 'diagnostics', `${code}.md`);
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
