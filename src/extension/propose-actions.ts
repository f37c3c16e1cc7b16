// The quick fix on a passage that could not be read: ask the model. Offered only where there is one, and not again for what the
// person has refused.
import * as vscode from 'vscode';
import type { Analyses } from './analyses.ts';
import type { GuideTools } from './guide-tools.ts';
import { guideSelector } from './language-selector.ts';
import type { Proposals } from './proposals.ts';
import { toSpan } from './to-vscode.ts';

export function registerProposeActions(analyses: Analyses, tools: GuideTools, proposals: Proposals): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    guideSelector,
    {
      async provideCodeActions(document, range, _context, token) {
        if (!vscode.workspace.isTrusted || !tools.hasModel(document.uri)) return [];
        const analysis = await analyses.settled(document, token);
        if (!analysis) return [];
        const { start, end } = toSpan(analysis.guide.lines, range);
        const told = analysis.diagnostics.filter(({ code }) => code === 'plan.not-read');
        return analysis.plan.notRead.flatMap((passage) => {
          const { span } = passage.source;
          if (span.start > end || span.end < start || proposals.isRefused(document.uri, passage)) return [];
          if (!told.some((finding) => finding.span.start === span.start)) return [];
          const title = vscode.l10n.t('Ask the model what this says');
          const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
          const uri = document.uri.toString();
          action.command = { command: 'tsg.propose', title, arguments: [{ uri, offset: span.start }] };
          return [action];
        });
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}
