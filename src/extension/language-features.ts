// The language features of guides: hover, outline, definitions, quick fixes, lenses and inferred guards here, the others in
// files `language-*.ts`. All of them put `src/editing` in VS Code's terms.
import * as vscode from 'vscode';
import {
  codeLenses,
  definitionAt,
  fixesAt,
  guideLens,
  hoverAt,
  outline,
  vagueLimitsAt,
  type OutlineItem,
} from '../editing/index.ts';
import type { LineIndex } from '../base/index.ts';
import { quoted } from './quoted.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import { registerCallHierarchy } from './call-hierarchy.ts';
import { registerExtraction } from './language-extract.ts';
import type { LatestRuns } from './latest-runs.ts';
import { registerGuideActions } from './language-actions.ts';
import { registerCompletion, type ToolsByGuide } from './language-completion.ts';
import { registerNavigation } from './language-navigation.ts';
import { registerNotes } from './language-notes.ts';
import { guideSelector } from './language-selector.ts';
import { registerFormatting, registerTokens } from './language-tokens.ts';
import { registerWorkspaceSymbols } from './language-workspace-symbols.ts';
import type { SchemaSource } from './tool-schemas.ts';
import { said } from './said.ts';
import { toOffset, toRange, toSpan, toPosition, toVscodeDiagnostic, toWorkspaceEdit } from './to-vscode.ts';

const selector = guideSelector;

/** An inlay hint longer than this hides the sentence it belongs to; the rest is in its tooltip. */
const longestHint = 60;

/** Registers every feature; all ask the one analysis of the version they see. `running`: guides can be run here; `schemas` null: no tool can be asked. */
export function registerLanguageFeatures(
  analyses: Analyses,
  tools: ToolsByGuide,
  {
    running,
    latest,
    schemas,
  }: { readonly running: boolean; readonly latest: LatestRuns; readonly schemas: SchemaSource | null },
): vscode.Disposable {
  const lensesChanged = new vscode.EventEmitter<void>();
  const hintsChanged = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    lensesChanged,
    hintsChanged,
    registerCallHierarchy(analyses),
    registerCompletion(analyses, tools, latest, schemas),
    registerExtraction(analyses),
    registerFormatting(analyses),
    registerTokens(analyses),
    registerNavigation(analyses),
    registerGuideActions(analyses),
    registerNotes(analyses),
    registerWorkspaceSymbols(analyses),
    analyses.onDidAnalyse(() => {
      lensesChanged.fire();
      hintsChanged.fire();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('tsg.codeLens')) lensesChanged.fire();
      if (event.affectsConfiguration('tsg.inferredGuards')) hintsChanged.fire();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => lensesChanged.fire()),
    vscode.languages.registerHoverProvider(selector, {
      async provideHover(document, position, token) {
        const analysis = await analyses.settled(document, token);
        return analysis && hover(analysis, position, latest);
      },
    }),
    vscode.languages.registerDocumentSymbolProvider(
      selector,
      {
        async provideDocumentSymbols(document, token) {
          const analysis = await analyses.settled(document, token);
          return analysis && outline(analysis).map((item) => toSymbol(analysis.guide.lines, item));
        },
      },
      { label: 'TSG steps' },
    ),
    vscode.languages.registerDefinitionProvider(selector, {
      async provideDefinition(document, position, token) {
        const analysis = await analyses.settled(document, token);
        if (!analysis) return undefined;
        const { lines } = analysis.guide;
        const spans = definitionAt(analysis, toOffset(lines, position));
        return spans.map((span) => new vscode.Location(document.uri, toRange(lines, span)));
      },
    }),
    vscode.languages.registerCodeActionsProvider(
      selector,
      {
        async provideCodeActions(document, range, _context, token) {
          const analysis = await analyses.settled(document, token);
          return analysis ? quickFixes(analysis, range, latest) : [];
        },
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: lensesChanged.event,
      async provideCodeLenses(document, token) {
        if (!vscode.workspace.getConfiguration('tsg', document.uri).get<boolean>('codeLens')) return [];
        if (!running || !vscode.workspace.isTrusted) return [];
        const analysis = await analyses.settled(document, token);
        return analysis ? lenses(analysis) : [];
      },
    }),
    vscode.languages.registerInlayHintsProvider(selector, {
      onDidChangeInlayHints: hintsChanged.event,
      async provideInlayHints(document, range, token) {
        if (vscode.workspace.getConfiguration('tsg', document.uri).get<string>('inferredGuards') !== 'inlay') return [];
        const analysis = await analyses.settled(document, token);
        return analysis ? inferredGuards(analysis, range) : [];
      },
    }),
  );
}

async function hover(
  analysis: DocumentAnalysis,
  position: vscode.Position,
  latest: LatestRuns,
): Promise<vscode.Hover | undefined> {
  const { lines } = analysis.guide;
  const { uri } = analysis;
  const found = hoverAt(analysis, toOffset(lines, position), {
    parameter: (name) => latest.parameter(uri, name),
    step: (node) => latest.step(uri, node),
  });
  const offset = toOffset(lines, position);
  const limits = vagueLimitsAt(analysis, { start: offset, end: offset }, (action) => latest.rows(uri, action));
  const seen = limits.map((limit) => limit.seen).join('\n\n');
  const [limit] = limits;
  if (!found)
    return limit && new vscode.Hover(new vscode.MarkdownString(said(seen)), toRange(lines, limit.diagnostic.span));
  const page = found.code === undefined ? '' : await latest.page(found.code);
  const words = new vscode.MarkdownString(
    [said(seen), said(found.markdown), page].filter((part) => part !== '').join('\n\n'),
  );
  return new vscode.Hover(words, toRange(lines, found.span));
}

function toSymbol(lines: LineIndex, item: OutlineItem): vscode.DocumentSymbol {
  const kind = item.kind === 'step' ? vscode.SymbolKind.Event : vscode.SymbolKind.Function;
  const range = toRange(lines, item.span);
  const symbol = new vscode.DocumentSymbol(
    item.name || item.node,
    said(item.detail),
    kind,
    range,
    toRange(lines, item.nameSpan),
  );
  symbol.children = item.children.map((child) => toSymbol(lines, child));
  return symbol;
}

function quickFixes(analysis: DocumentAnalysis, range: vscode.Range, latest: LatestRuns): vscode.CodeAction[] {
  const { uri, guide } = analysis;
  const span = toSpan(guide.lines, range);
  const limits = vagueLimitsAt(analysis, span, (action) => latest.rows(uri, action));
  const offered = [
    ...fixesAt(analysis, span),
    ...limits.flatMap(({ diagnostic, fixes }) => fixes.map((fix) => ({ diagnostic, fix }))),
  ];
  return offered.map(({ diagnostic, fix }) => {
    const action = new vscode.CodeAction(quoted(said(fix.title)), vscode.CodeActionKind.QuickFix);
    action.diagnostics = [toVscodeDiagnostic(uri, guide.lines, diagnostic)];
    action.edit = toWorkspaceEdit(uri, guide.lines, fix.edits);
    // Of several fixes none is the one; an inferred guard is right as it is.
    action.isPreferred = diagnostic.fixes.length === 1 && diagnostic.severity !== 'hint';
    return action;
  });
}

function lenses(analysis: DocumentAnalysis): vscode.CodeLens[] {
  return [...guideLenses(analysis), ...stepLenses(analysis)];
}

/** One line above a guide most of whose steps are paragraphs: run it, see what that would do, see the plan, and what was read. */
function guideLenses(analysis: DocumentAnalysis): vscode.CodeLens[] {
  const { uri } = analysis;
  const lens = guideLens(analysis);
  if (!lens) return [];
  const { lines } = analysis.guide;
  const range = toRange(lines, lens.span);
  const target = [{ uri: uri.toString() }];
  const steps = lens.steps === 1 ? vscode.l10n.t('1 step') : vscode.l10n.t('{0} steps', lens.steps);
  const unread = lens.unread.map((span) => new vscode.Location(uri, toRange(lines, span)));
  const read: vscode.Command =
    unread.length === 0
      ? { title: steps, command: '' }
      : {
          title:
            unread.length === 1
              ? vscode.l10n.t('{0}, 1 passage not read', steps)
              : vscode.l10n.t('{0}, {1} passages not read', steps, unread.length),
          tooltip: vscode.l10n.t('Show the passages that could not be read as control flow'),
          command: 'editor.action.showReferences',
          arguments: [uri, range.start, unread],
        };
  const commands: readonly vscode.Command[] = [
    { title: vscode.l10n.t('{0} Run guide', '$(play)'), command: 'tsg.liveRun', arguments: target },
    { title: vscode.l10n.t('Dry-run'), command: 'tsg.dryRun', arguments: target },
    { title: vscode.l10n.t('Show plan'), command: 'tsg.openPreview', arguments: target },
    read,
  ];
  return commands.map((command) => new vscode.CodeLens(range, command));
}

function stepLenses(analysis: DocumentAnalysis): vscode.CodeLens[] {
  const titles = { 'run-from-here': vscode.l10n.t('Run from here'), 'dry-run': vscode.l10n.t('Dry-run') } as const;
  return codeLenses(analysis).map(({ kind, node, span }) => {
    const command = kind === 'run-from-here' ? 'tsg.liveRun' : 'tsg.dryRun';
    const title = titles[kind];
    return new vscode.CodeLens(toRange(analysis.guide.lines, span), {
      command,
      title,
      arguments: [{ uri: analysis.uri.toString(), from: node }],
    });
  });
}

function inferredGuards(analysis: DocumentAnalysis, range: vscode.Range): vscode.InlayHint[] {
  const { lines } = analysis.guide;
  return analysis.plan.edges.flatMap(({ guard }) => {
    if (guard?.kind !== 'cel' || guard.origin !== 'inferred' || !guard.source) return [];
    const position = toPosition(lines, guard.source.span.end);
    if (!range.contains(position)) return [];
    const shown = guard.cel.length > longestHint ? `${guard.cel.slice(0, longestHint - 1)}\u2026` : guard.cel;
    const hint = new vscode.InlayHint(position, shown);
    hint.paddingLeft = true;
    const tooltip = new vscode.MarkdownString();
    tooltip.appendText(
      vscode.l10n.t(
        'Inferred from the sentence; a run decides by it. Quick fixes write it into the text or leave the decision to a person.',
      ),
    );
    tooltip.appendCodeblock(guard.cel, 'text');
    hint.tooltip = tooltip;
    const edit = ` (\`${guard.cel}\`)`;
    hint.textEdits = [vscode.TextEdit.insert(position, edit)];
    return [hint];
  });
}
