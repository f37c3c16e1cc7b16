// The refactoring that takes the selected steps into a guide of their own.
import * as vscode from 'vscode';
import { extractSteps } from '../editing/index.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import { guideSelector } from './language-selector.ts';
import { said } from './said.ts';
import { toSpan, toWorkspaceEdit } from './to-vscode.ts';

const kind = vscode.CodeActionKind.RefactorExtract.append('guide');

export function registerExtraction(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    guideSelector,
    {
      async provideCodeActions(document, range, { only, triggerKind }, token) {
        const asked = triggerKind === vscode.CodeActionTriggerKind.Invoke && (!only || only.intersects(kind));
        if (!asked || range.isEmpty) return [];
        const analysis = await analyses.settled(document, token);
        const action = analysis && (await extraction(analysis, range));
        return action ? [action] : [];
      },
    },
    { providedCodeActionKinds: [kind] },
  );
}

async function extraction(analysis: DocumentAnalysis, range: vscode.Range): Promise<vscode.CodeAction | undefined> {
  const { uri, guide } = analysis;
  const found = extractSteps(analysis, toSpan(guide.lines, range));
  if (!found) return undefined;
  if ('refusal' in found) {
    const refused = new vscode.CodeAction(vscode.l10n.t('Take the steps into a guide of their own'), kind);
    refused.disabled = { reason: said(found.refusal) };
    return refused;
  }
  const fileName = await freeName(uri, found.fileName);
  const action = new vscode.CodeAction(vscode.l10n.t('Take the steps into {0}', fileName), kind);
  // The file comes first: a link to nothing must not stand there for a moment.
  const edit = new vscode.WorkspaceEdit();
  const target = vscode.Uri.joinPath(uri, '..', fileName);
  edit.createFile(target, { contents: new TextEncoder().encode(found.text), overwrite: false });
  action.edit = toWorkspaceEdit(uri, guide.lines, found.edits(fileName), edit);
  return action;
}

/** A name that no file beside the guide has. */
async function freeName(guide: vscode.Uri, wanted: string): Promise<string> {
  for (let next = 1; ; next++) {
    const name = next === 1 ? wanted : wanted.replace(/(\.tsg\.md)$/, `-${String(next)}$1`);
    try {
      await vscode.workspace.fs.stat(vscode.Uri.joinPath(guide, '..', name));
    } catch {
      return name;
    }
  }
}
