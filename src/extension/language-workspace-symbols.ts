// "Go to symbol in workspace": the steps of every guide in it.
import * as vscode from 'vscode';
import { titleSpanOfNode } from '../editing/index.ts';
import type { Analyses } from './analyses.ts';
import { GuideFacts, type ReadGuide } from './guide-facts.ts';
import { toRange } from './to-vscode.ts';

const mostSymbols = 500;

export function registerWorkspaceSymbols({ guides }: Analyses): vscode.Disposable {
  const known = new GuideFacts(guides, symbolsOf);
  return vscode.languages.registerWorkspaceSymbolProvider({
    async provideWorkspaceSymbols(query, token) {
      const found: vscode.SymbolInformation[] = [];
      for await (const symbols of known.all(token)) {
        found.push(...symbols.filter(({ name, containerName }) => matches(`${name} ${containerName}`, query)));
        if (found.length >= mostSymbols) break;
      }
      return found.slice(0, mostSymbols);
    },
  });
}

function symbolsOf({ uri, guide, plan }: ReadGuide): readonly vscode.SymbolInformation[] {
  return plan.nodes.flatMap((node) => {
    const span = node.kind === 'step' ? titleSpanOfNode(plan, node.id) : undefined;
    if (!span) return [];
    const name = `${node.id} ${node.title}`.trim();
    const location = new vscode.Location(uri, toRange(guide.lines, span));
    return [new vscode.SymbolInformation(name, vscode.SymbolKind.Event, plan.guide.title, location)];
  });
}

/** The letters of the query in their order, as the editor's own search takes them. */
function matches(text: string, query: string): boolean {
  const words = text.toLowerCase();
  let at = 0;
  for (const letter of query.toLowerCase().replace(/\s+/g, '')) {
    at = words.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
