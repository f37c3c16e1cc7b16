// Code actions that no finding brings: everything repaired that is certain, a parameter declared, steps renumbered, a step put in
// between.
import * as vscode from 'vscode';
import { certainFixes, declareParameterAt, fixAllEdits, insertStepAfter, renumberInOrder } from '../editing/index.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import { guideSelector } from './language-selector.ts';
import { said } from './said.ts';
import { toSpan, toWorkspaceEdit } from './to-vscode.ts';

const fixAll = vscode.CodeActionKind.SourceFixAll.append('tsg');
const quickFix = vscode.CodeActionKind.QuickFix.append('tsg');
const rewrite = vscode.CodeActionKind.RefactorRewrite.append('tsg');

export function registerGuideActions(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    guideSelector,
    {
      async provideCodeActions(document, range, { only, triggerKind }, token) {
        const analysis = await analyses.settled(document, token);
        if (!analysis) return [];
        const invoked = triggerKind === vscode.CodeActionTriggerKind.Invoke;
        return [
          ...(only ? sourceActions(analysis, only) : []),
          ...(!only || only.intersects(quickFix) ? declarations(analysis, range) : []),
          // Moving the cursor must not make the edits of a whole guide.
          ...(invoked && (!only || only.intersects(rewrite)) ? refactorings(analysis, range) : []),
        ];
      },
    },
    { providedCodeActionKinds: [fixAll, quickFix, rewrite] },
  );
}

function sourceActions(analysis: DocumentAnalysis, only: vscode.CodeActionKind): vscode.CodeAction[] {
  if (!only.intersects(fixAll) || certainFixes(analysis).length === 0) return [];
  return [actionOf(analysis, vscode.l10n.t('Fix all in this guide'), fixAll, fixAllEdits(analysis))];
}

function declarations(analysis: DocumentAnalysis, range: vscode.Range): vscode.CodeAction[] {
  const declaration = declareParameterAt(analysis, toSpan(analysis.guide.lines, range).start);
  return declaration ? [actionOf(analysis, said(declaration.title), quickFix, declaration.edits)] : [];
}

function refactorings(analysis: DocumentAnalysis, range: vscode.Range): vscode.CodeAction[] {
  const renumbered = renumberInOrder(analysis);
  const insertion = insertStepAfter(analysis, toSpan(analysis.guide.lines, range).start);
  return [
    ...(renumbered
      ? [actionOf(analysis, vscode.l10n.t('Renumber the steps in their order'), rewrite, renumbered)]
      : []),
    ...(insertion ? [actionOf(analysis, said(insertion.title), rewrite, insertion.edits)] : []),
  ];
}

function actionOf(
  { uri, guide }: DocumentAnalysis,
  title: string,
  kind: vscode.CodeActionKind,
  edits: Parameters<typeof toWorkspaceEdit>[2],
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, kind);
  action.edit = toWorkspaceEdit(uri, guide.lines, edits);
  return action;
}
