// Short notes inside the text, when the setting asks for them: what a code block may do, where a step's number leads.
import * as vscode from 'vscode';
import { inlineNotes, titleSpanOfNode } from '../editing/index.ts';
import type { Analyses } from './analyses.ts';
import { guideSelector } from './language-selector.ts';
import { said } from './said.ts';
import { toPosition, toRange } from './to-vscode.ts';

const settings = { effect: 'inlayHints.effects', target: 'inlayHints.targets' } as const;

export function registerNotes(analyses: Analyses): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    analyses.onDidAnalyse(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('tsg.inlayHints')) changed.fire();
    }),
    vscode.languages.registerInlayHintsProvider(guideSelector, {
      onDidChangeInlayHints: changed.event,
      async provideInlayHints(document, range, token) {
        const configuration = vscode.workspace.getConfiguration('tsg', document.uri);
        const wanted = (kind: keyof typeof settings): boolean => configuration.get<boolean>(settings[kind]) === true;
        if (!wanted('effect') && !wanted('target')) return [];
        const analysis = await analyses.settled(document, token);
        if (!analysis) return [];
        const { lines } = analysis.guide;
        return inlineNotes(analysis).flatMap(({ kind, offset, text, node }) => {
          const position = toPosition(lines, offset);
          if (!wanted(kind) || !range.contains(position)) return [];
          const part = new vscode.InlayHintLabelPart(said(text));
          const span = kind === 'target' ? titleSpanOfNode(analysis.plan, node) : undefined;
          if (span) part.location = new vscode.Location(document.uri, toRange(lines, span));
          const hint = new vscode.InlayHint(position, [part]);
          hint.paddingLeft = true;
          return [hint];
        });
      },
    }),
  );
}
