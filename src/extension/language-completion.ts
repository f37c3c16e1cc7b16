// Completion in guides. It takes what is known of the guide without waiting for an analysis of what was just typed.
import * as vscode from 'vscode';
import { completionsAt, type Completion, type CompletionKind, type KnownTool } from '../editing/index.ts';
import { lineIndex } from '../base/index.ts';
import type { Analyses } from './analyses.ts';
import { guideSelector } from './language-selector.ts';
import type { LatestRuns } from './latest-runs.ts';
import { toOffset, toRange } from './to-vscode.ts';

const kinds: Readonly<Record<CompletionKind, vscode.CompletionItemKind>> = {
  step: vscode.CompletionItemKind.Event,
  anchor: vscode.CompletionItemKind.Reference,
  parameter: vscode.CompletionItemKind.Variable,
  result: vscode.CompletionItemKind.Variable,
  tool: vscode.CompletionItemKind.Module,
  language: vscode.CompletionItemKind.Keyword,
  attribute: vscode.CompletionItemKind.Property,
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  column: vscode.CompletionItemKind.Field,
  member: vscode.CompletionItemKind.Property,
  function: vscode.CompletionItemKind.Method,
  snippet: vscode.CompletionItemKind.Snippet,
};

/** After these more is offered at once: a value, a list of settings or of tools. */
const offersMore = new Set<CompletionKind>(['attribute', 'key']);

/** Who knows the tools of a guide. */
export interface ToolsByGuide {
  known(uri: vscode.Uri): readonly KnownTool[];
}

export function registerCompletion(analyses: Analyses, tools: ToolsByGuide, latest: LatestRuns): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    guideSelector,
    {
      async provideCompletionItems(document, position, token, { triggerKind, triggerCharacter }) {
        const analysis = analyses.latest(document.uri) ?? (await analyses.settled(document, token));
        if (!analysis || token.isCancellationRequested) return [];
        const text = document.getText();
        const same = analysis.guide.text === text;
        const lines = same ? analysis.guide.lines : lineIndex(text);
        const offset = toOffset(lines, position);
        const asked = triggerKind !== vscode.CompletionTriggerKind.TriggerCharacter || triggerCharacter === '#';
        const found = completionsAt(text, offset, analysis, {
          tools: tools.known(document.uri),
          asked,
          lastResult: (action) => latest.columns(document.uri, action),
        });
        return found.map((one, index) => toItem(one, toRange(lines, one.span), index));
      },
    },
    ...['{', '`', '.', '#', ' ', '=', "'", '('],
  );
}

function toItem(completion: Completion, range: vscode.Range, index: number): vscode.CompletionItem {
  const { kind, label, detail, insert, holders, filter } = completion;
  const item = new vscode.CompletionItem(detail === undefined ? label : { label, description: detail }, kinds[kind]);
  item.insertText = holders === true ? new vscode.SnippetString(insert) : insert;
  item.range = range;
  item.sortText = String(index).padStart(4, '0');
  if (filter !== undefined) item.filterText = filter;
  if (offersMore.has(kind)) item.command = { command: 'editor.action.triggerSuggest', title: '' };
  return item;
}
