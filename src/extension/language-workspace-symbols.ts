// "Go to symbol in workspace": the steps of every guide in it. Guides are read one at a time, each once until its file changes.
import * as vscode from 'vscode';
import { planOf, titleSpanOfNode } from '../editing/index.ts';
import { guideFiles } from './guide-files.ts';
import { toRange } from './to-vscode.ts';
import { nameOf } from './uri-name.ts';

/** A guide longer than this is not looked into. */
const longestGuide = 500_000;
const mostSymbols = 500;

interface Known {
  readonly modified: number;
  readonly symbols: readonly vscode.SymbolInformation[];
}

export function registerWorkspaceSymbols(): vscode.Disposable {
  const known = new Map<string, Known>();
  return vscode.languages.registerWorkspaceSymbolProvider({
    async provideWorkspaceSymbols(query, token) {
      const uris = await guideFiles(token);
      const present = new Set(uris.map((uri) => uri.toString()));
      for (const key of known.keys()) if (!present.has(key)) known.delete(key);
      const found: vscode.SymbolInformation[] = [];
      for (const uri of uris) {
        if (token.isCancellationRequested || found.length >= mostSymbols) break;
        const symbols = await symbolsOf(uri, known).catch(() => []);
        found.push(...symbols.filter(({ name, containerName }) => matches(`${name} ${containerName}`, query)));
      }
      return found.slice(0, mostSymbols);
    },
  });
}

async function symbolsOf(uri: vscode.Uri, known: Map<string, Known>): Promise<readonly vscode.SymbolInformation[]> {
  const key = uri.toString();
  const { mtime, size } = await vscode.workspace.fs.stat(uri);
  const before = known.get(key);
  if (before?.modified === mtime) return before.symbols;
  const text = size > longestGuide ? '' : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const { guide, plan } = planOf(text, { file: nameOf(uri), sha256: '' });
  const symbols = plan.nodes.flatMap((node) => {
    const span = node.kind === 'step' ? titleSpanOfNode(plan, node.id) : undefined;
    if (!span) return [];
    const name = `${node.id} ${node.title}`.trim();
    const location = new vscode.Location(uri, toRange(guide.lines, span));
    return [new vscode.SymbolInformation(name, vscode.SymbolKind.Event, plan.guide.title, location)];
  });
  known.set(key, { modified: mtime, symbols });
  return symbols;
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
