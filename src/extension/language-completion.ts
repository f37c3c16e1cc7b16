// Completion in guides. It takes what is known of the guide without waiting for an analysis of what was just typed.
import * as vscode from 'vscode';
import { completionsAt, shortlist, type Completion, type CompletionKind, type KnownTool } from '../editing/index.ts';
import { lineIndex } from '../base/index.ts';
import type { Analyses } from './analyses.ts';
import { guideSelector } from './language-selector.ts';
import type { LatestRuns } from './latest-runs.ts';
import { said } from './said.ts';
import { toOffset, toRange } from './to-vscode.ts';
import type { SchemaSource } from './tool-schemas.ts';

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
  table: vscode.CompletionItemKind.Struct,
  keyword: vscode.CompletionItemKind.Keyword,
  metric: vscode.CompletionItemKind.Value,
  label: vscode.CompletionItemKind.Property,
  function: vscode.CompletionItemKind.Method,
  snippet: vscode.CompletionItemKind.Snippet,
};

/** After these more is offered at once: a value, a list of settings or of tools. */
const offersMore = new Set<CompletionKind>(['attribute', 'key']);

/** Who knows the tools of a guide. */
export interface ToolsByGuide {
  known(uri: vscode.Uri): readonly KnownTool[];
}

/** `schemas` is null where no tool can be asked. */
export function registerCompletion(
  analyses: Analyses,
  tools: ToolsByGuide,
  latest: LatestRuns,
  schemas: SchemaSource | null,
): vscode.Disposable {
  const awaited = new AwaitedSchema();
  const provider = vscode.languages.registerCompletionItemProvider(
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
        let pending = false;
        const found = completionsAt(text, offset, analysis, {
          tools: tools.known(document.uri),
          asked,
          lastResult: (action) => latest.columns(document.uri, action),
          schema: (tool) => {
            const known = schemas?.of(document.uri, tool);
            pending ||= known?.pending === true;
            return known?.schema;
          },
        });
        if (pending) awaited.at(document.uri, position);
        const shown = shortlist(found, text.slice(0, offset));
        const items = shown.map((one, index) => toItem(one, toRange(lines, one.span), index));
        return new vscode.CompletionList(items, pending || shown.length < found.length);
      },
    },
    ...['{', '`', '.', '#', ' ', '=', "'", '('],
  );
  return vscode.Disposable.from(provider, ...(schemas ? [schemas.onDidLearn(() => awaited.show())] : []));
}

/** Where somebody waits for what a tool holds. What came late is offered if they still stand there. */
class AwaitedSchema {
  #place: { readonly uri: string; readonly position: vscode.Position } | null = null;

  at(uri: vscode.Uri, position: vscode.Position): void {
    this.#place = { uri: uri.toString(), position };
  }

  show(): void {
    const place = this.#place;
    this.#place = null;
    const editor = vscode.window.activeTextEditor;
    if (!place || editor?.document.uri.toString() !== place.uri) return;
    if (!editor.selection.isEmpty || !editor.selection.active.isEqual(place.position)) return;
    // A list that is open would not be asked for again.
    void vscode.commands
      .executeCommand('hideSuggestWidget')
      .then(() => vscode.commands.executeCommand('editor.action.triggerSuggest'));
  }
}

function toItem(completion: Completion, range: vscode.Range, index: number): vscode.CompletionItem {
  const { kind, label, detail, insert, holders, filter } = completion;
  const item = new vscode.CompletionItem(
    detail === undefined ? label : { label, description: said(detail) },
    kinds[kind],
  );
  item.insertText = holders === true ? new vscode.SnippetString(insert) : insert;
  item.range = range;
  item.sortText = String(index).padStart(4, '0');
  if (filter !== undefined) item.filterText = filter;
  if (offersMore.has(kind)) item.command = { command: 'editor.action.triggerSuggest', title: '' };
  return item;
}
