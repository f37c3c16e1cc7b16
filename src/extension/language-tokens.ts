// Colours of names in guides, and formatting: `src/editing` in VS Code's terms.
import * as vscode from 'vscode';
import { formatEdits, semanticTokens, type SemanticToken } from '../editing/index.ts';
import type { Analyses } from './analyses.ts';
import { guideSelector } from './language-selector.ts';
import { toRange, toSpan } from './to-vscode.ts';

/** Types that every theme has a colour for. */
const types: Readonly<Record<SemanticToken['kind'], string>> = {
  step: 'function',
  parameter: 'parameter',
  result: 'variable',
  keyword: 'keyword',
};
const legend = new vscode.SemanticTokensLegend([...new Set(Object.values(types))], ['declaration']);

export function registerTokens(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerDocumentSemanticTokensProvider(
    guideSelector,
    {
      async provideDocumentSemanticTokens(document, token) {
        const analysis = await analyses.settled(document, token);
        if (!analysis) return undefined;
        const builder = new vscode.SemanticTokensBuilder(legend);
        for (const { kind, declaration, span } of semanticTokens(analysis))
          builder.push(toRange(analysis.guide.lines, span), types[kind], declaration ? ['declaration'] : []);
        return builder.build();
      },
    },
    legend,
  );
}

/** Only on request: nothing here listens to saving. */
export function registerFormatting(analyses: Analyses): vscode.Disposable {
  const edits = async (
    document: vscode.TextDocument,
    range: vscode.Range | undefined,
    token: vscode.CancellationToken,
  ) => {
    const analysis = await analyses.settled(document, token);
    if (!analysis) return [];
    const { lines } = analysis.guide;
    return formatEdits(analysis, range && toSpan(lines, range)).map(({ span, newText }) =>
      vscode.TextEdit.replace(toRange(lines, span), newText),
    );
  };
  return vscode.Disposable.from(
    vscode.languages.registerDocumentFormattingEditProvider(guideSelector, {
      provideDocumentFormattingEdits: (document, _options, token) => edits(document, undefined, token),
    }),
    vscode.languages.registerDocumentRangeFormattingEditProvider(guideSelector, {
      provideDocumentRangeFormattingEdits: (document, range, _options, token) => edits(document, range, token),
    }),
  );
}
