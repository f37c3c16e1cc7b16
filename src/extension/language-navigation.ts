// References, highlights, renaming, links, folding and selection of guides: `src/editing` in VS Code's terms.
import * as vscode from 'vscode';
import {
  folds,
  guideLinks,
  highlightsAt,
  prepareRename,
  referencesAt,
  rename,
  selectionRangesAt,
} from '../editing/index.ts';
import type { Analyses } from './analyses.ts';
import { guideSelector } from './language-selector.ts';
import { said } from './said.ts';
import { lastLineOf, pageLink, toOffset, toPosition, toRange, toWorkspaceEdit } from './to-vscode.ts';

export function registerNavigation(analyses: Analyses): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerReferenceProvider(guideSelector, {
      async provideReferences(document, position, { includeDeclaration }, token) {
        const analysis = await analyses.settled(document, token);
        if (!analysis) return [];
        const { lines } = analysis.guide;
        const spans = referencesAt(analysis, toOffset(lines, position), includeDeclaration);
        return spans.map((span) => new vscode.Location(document.uri, toRange(lines, span)));
      },
    }),
    vscode.languages.registerDocumentHighlightProvider(guideSelector, {
      async provideDocumentHighlights(document, position, token) {
        const analysis = await analyses.settled(document, token);
        if (!analysis) return undefined;
        const { lines } = analysis.guide;
        const { Read, Write } = vscode.DocumentHighlightKind;
        const found = highlightsAt(analysis, toOffset(lines, position));
        // Undefined leaves the place to the editor's own highlighting of words.
        if (found.length === 0) return undefined;
        return found.map(
          ({ span, role }) => new vscode.DocumentHighlight(toRange(lines, span), role === 'declaration' ? Write : Read),
        );
      },
    }),
    renaming(analyses),
    vscode.languages.registerDocumentLinkProvider(guideSelector, {
      async provideDocumentLinks(document, token) {
        const analysis = await analyses.settled(document, token);
        return analysis?.guide ? linksOf(document, analysis) : [];
      },
    }),
    vscode.languages.registerFoldingRangeProvider(guideSelector, {
      async provideFoldingRanges(document, _context, token) {
        const analysis = await analyses.settled(document, token);
        if (!analysis) return [];
        const { lines } = analysis.guide;
        return folds(analysis).map(
          (span) => new vscode.FoldingRange(toPosition(lines, span.start).line, lastLineOf(lines, span)),
        );
      },
    }),
    vscode.languages.registerSelectionRangeProvider(guideSelector, {
      async provideSelectionRanges(document, positions, token) {
        const analysis = await analyses.settled(document, token);
        if (!analysis) return [];
        const { lines } = analysis.guide;
        return positions.map((position) => {
          const spans = selectionRangesAt(analysis, toOffset(lines, position));
          const whole = spans.reduceRight<vscode.SelectionRange | undefined>(
            (parent, span) => new vscode.SelectionRange(toRange(lines, span), parent),
            undefined,
          );
          return whole ?? new vscode.SelectionRange(new vscode.Range(position, position));
        });
      },
    }),
  );
}

/** Of several rename providers the one registered last is asked first: ours must come after that of VS Code's own markdown. */
function renaming(analyses: Analyses): vscode.Disposable {
  const register = (): vscode.Disposable =>
    vscode.languages.registerRenameProvider(guideSelector, renameProvider(analyses));
  let current: vscode.Disposable | null = register();
  void vscode.extensions
    .getExtension('vscode.markdown-language-features')
    ?.activate()
    .then(
      () => {
        if (!current) return;
        current.dispose();
        current = register();
      },
      () => undefined, // Then nobody else renames.
    );
  return new vscode.Disposable(() => {
    current?.dispose();
    current = null;
  });
}

function renameProvider(analyses: Analyses): vscode.RenameProvider {
  return {
    async prepareRename(document, position, token) {
      const analysis = await analyses.settled(document, token);
      if (!analysis) throw new Error(vscode.l10n.t('This document is no guide.'));
      const { lines } = analysis.guide;
      const ready = prepareRename(analysis, toOffset(lines, position));
      if (!ready) throw new Error(vscode.l10n.t('Nothing here has a name that can be changed.'));
      if ('refusal' in ready) throw new Error(said(ready.refusal));
      return { range: toRange(lines, ready.span), placeholder: ready.name };
    },
    async provideRenameEdits(document, position, newName, token) {
      const analysis = await analyses.settled(document, token);
      if (!analysis) return undefined;
      const { lines } = analysis.guide;
      const offset = toOffset(lines, position);
      if (!prepareRename(analysis, offset)) return undefined;
      const result = rename(analysis, offset, newName);
      if (!('refusal' in result)) return toWorkspaceEdit(document.uri, lines, result);
      // After an error the next provider would be asked, and markdown's would rewrite the heading.
      void vscode.window.showWarningMessage(said(result.refusal));
      return new vscode.WorkspaceEdit();
    },
  };
}

function linksOf(document: vscode.TextDocument, analysis: Parameters<typeof guideLinks>[0]): vscode.DocumentLink[] {
  const { lines } = analysis.guide;
  return guideLinks(analysis).map((link) => {
    const target =
      link.kind === 'code' ? pageLink(link.code) : vscode.Uri.joinPath(document.uri, '..', ...link.path.split('/'));
    const result = new vscode.DocumentLink(toRange(lines, link.span), target);
    result.tooltip = link.kind === 'code' ? vscode.l10n.t('What this finding means') : vscode.l10n.t('Open this guide');
    return result;
  });
}
