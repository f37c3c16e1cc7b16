// `TSG: Draft Guide…`: a guide drafted by the chosen model from the selection, the open document, the clipboard or a sentence,
// with the workspace's nearest guides as examples. It opens unsaved, and only when it has no errors.
import * as vscode from 'vscode';
import type { LibraryGuide } from '../propose/index.ts';
import type { GuideTools } from './guide-tools.ts';
import { loadEngine } from './load-engine.ts';
import type { TextDocuments } from './text-documents.ts';
import { NotAllowed } from './trust.ts';

/** What the guide is drafted from, for those who call the command. */
export interface DraftTarget {
  readonly incident?: string;
}

/** Guides of the workspace that are looked at. */
const mostGuides = 500;
const largestGuide = 200_000;

export async function draftGuideFrom(
  { tools, texts }: { readonly tools: GuideTools; readonly texts: TextDocuments },
  target: DraftTarget,
): Promise<vscode.TextDocument | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!vscode.workspace.isTrusted || !folder)
    throw new NotAllowed(vscode.l10n.t('A draft needs a trusted workspace folder: its guides are the examples.'));
  const engine = await loadEngine();
  const place = vscode.Uri.joinPath(folder, 'draft.tsg.md');
  const chosen = await tools.model(place);
  if (!chosen)
    throw new NotAllowed(vscode.l10n.t('No model is chosen. Name one in tsg.yaml, or use “TSG: Choose Model…”.'));
  const incident = target.incident ?? (await askForIncident());
  if (incident === undefined) return undefined;
  if (incident.trim() === '') throw new NotAllowed(vscode.l10n.t('There is no text to draft a guide from.'));
  const { model } = chosen;
  const library = await readLibrary();
  const about = {
    file: 'draft.tsg.md',
    sha256: '',
    languages: tools.languages(place),
    severities: tools.reporting(place).severities,
  };
  const { conversation } = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('{0} drafts a guide', model.name),
      cancellable: true,
    },
    (progress, token) => {
      const cancelled = new AbortController();
      token.onCancellationRequested(() => cancelled.abort());
      const onText = (soFar: string): void =>
        progress.report({ message: vscode.l10n.t('{0} characters', soFar.length) });
      const within = engine.shareOfOne(chosen.terms.budget);
      const options = { incident, library, about, mask: engine.hideSecrets, onText, within };
      return engine.draftGuide(model, options, cancelled.signal);
    },
  );
  await engine
    .openModelJournal(chosen.folder ?? folder.fsPath)
    .add({ purpose: 'draft', model: model.name, guide: 'draft' }, conversation);
  const { end } = conversation;
  if (end.kind === 'unusable') {
    // What is wrong is worth reading; the text that has it is not shown as a guide.
    await texts.show('draft-problem', 'draft-findings.txt', `${end.problem}\n`);
    throw new NotAllowed(
      vscode.l10n.t('{0} wrote no guide without errors; what was wrong with the last is open.', model.name),
    );
  }
  if (end.kind !== 'answer') throw new NotAllowed(vscode.l10n.t('{0} gave no guide: {1}', model.name, end.message));
  const { text, analysis } = end.value;
  const name =
    analysis.plan.guide.title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'draft';
  const path = vscode.Uri.joinPath(folder, `${name}.tsg.md`).path;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'untitled', path }));
  const edit = new vscode.WorkspaceEdit();
  if (document.getText() === '') edit.insert(document.uri, new vscode.Position(0, 0), text);
  else throw new NotAllowed(vscode.l10n.t('An unsaved guide of that name is open already.'));
  await vscode.workspace.applyEdit(edit);
  await vscode.languages.setTextDocumentLanguage(document, 'markdown');
  await vscode.window.showTextDocument(document);
  return document;
}

async function askForIncident(): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor && !editor.selection.isEmpty ? editor.document.getText(editor.selection) : undefined;
  const clipboard = await vscode.env.clipboard.readText();
  const choices = [
    ...(selected !== undefined ? [{ label: vscode.l10n.t('The selection'), text: selected }] : []),
    ...(editor ? [{ label: vscode.l10n.t('The open document'), text: editor.document.getText() }] : []),
    ...(clipboard.trim() !== '' ? [{ label: vscode.l10n.t('The clipboard'), text: clipboard }] : []),
    { label: vscode.l10n.t('A few words…'), text: undefined },
  ];
  const picked = await vscode.window.showQuickPick(
    choices.map(({ label, text }) => ({
      label,
      text,
      description: text?.trim().slice(0, 80).replace(/\s+/g, ' ') ?? '',
    })),
    { title: vscode.l10n.t('Draft a guide from what?') },
  );
  if (!picked) return undefined;
  return (
    picked.text ??
    vscode.window.showInputBox({ title: vscode.l10n.t('What happened, and what helped?'), ignoreFocusOut: true })
  );
}

/** Guides of the workspace; large files are no guides. */
async function readLibrary(): Promise<readonly LibraryGuide[]> {
  const files = await vscode.workspace.findFiles('**/*.tsg.md', '**/node_modules/**', mostGuides);
  const guides = await Promise.all(
    files.map(async (uri): Promise<LibraryGuide | null> => {
      const bytes = await vscode.workspace.fs.readFile(uri);
      if (bytes.length > largestGuide) return null;
      return { file: vscode.workspace.asRelativePath(uri), text: new TextDecoder().decode(bytes) };
    }),
  );
  return guides.filter((guide) => guide !== null).sort((a, b) => (a.file < b.file ? -1 : 1));
}
