// Call hierarchy: which guides send their reader to this one, and to which this one sends its own.
import * as vscode from 'vscode';
import { guideCalls, titleSpanOfNode } from '../editing/index.ts';
import type { Analyses } from './analyses.ts';
import { GuideFacts, type ReadGuide } from './guide-facts.ts';
import { guideSelector } from './language-selector.ts';
import { toOffset, toRange } from './to-vscode.ts';
import { nameOf } from './uri-name.ts';

interface Call {
  readonly to: vscode.Uri;
  readonly range: vscode.Range;
}

/** A guide as the hierarchy shows it, with its calls. */
interface Caller {
  readonly item: vscode.CallHierarchyItem;
  readonly calls: readonly Call[];
}

export function registerCallHierarchy(analyses: Analyses): vscode.Disposable {
  const known = new GuideFacts(analyses.guides, callerOf);
  // What is open counts as it stands there, saved or not.
  const look = async (uri: vscode.Uri): Promise<Caller | undefined> => {
    const open = analyses.latest(uri);
    return open ? callerOf(open) : known.of(uri).catch(() => undefined);
  };
  return vscode.languages.registerCallHierarchyProvider(guideSelector, {
    async prepareCallHierarchy(document, position, token) {
      const analysis = await analyses.settled(document, token);
      if (!analysis) return undefined;
      const offset = toOffset(analysis.guide.lines, position);
      const call = guideCalls(analysis).find(({ span }) => span.start <= offset && offset <= span.end);
      const called = call && (await look(resolvePath(document.uri, call.path)));
      return (called ?? callerOf(analysis)).item;
    },
    async provideCallHierarchyIncomingCalls({ uri }, token) {
      const found: vscode.CallHierarchyIncomingCall[] = [];
      for await (const saved of known.all(token)) {
        const caller = (await look(saved.item.uri)) ?? saved;
        const ranges = caller.calls.filter(({ to }) => to.toString() === uri.toString()).map(({ range }) => range);
        if (ranges.length > 0) found.push(new vscode.CallHierarchyIncomingCall(caller.item, ranges));
      }
      return found;
    },
    async provideCallHierarchyOutgoingCalls({ uri }) {
      const caller = await look(uri);
      const byTarget = new Map<string, Call[]>();
      for (const call of caller?.calls ?? []) {
        const known = byTarget.get(call.to.toString());
        if (known) known.push(call);
        else byTarget.set(call.to.toString(), [call]);
      }
      const calls = await Promise.all(
        [...byTarget.values()].map(async (places) => {
          const called = places[0] && (await look(places[0].to));
          return (
            called &&
            new vscode.CallHierarchyOutgoingCall(
              called.item,
              places.map(({ range }) => range),
            )
          );
        }),
      );
      return calls.filter((call) => call !== undefined);
    },
  });
}

function callerOf({ uri, guide, plan }: ReadGuide): Caller {
  const { lines } = guide;
  const first = plan.nodes.flatMap(({ id }) => titleSpanOfNode(plan, id) ?? [])[0];
  const title = guide.root.sections[0]?.heading?.prose.span ?? first ?? { start: 0, end: 0 };
  const whole = toRange(lines, { start: 0, end: guide.text.length });
  const item = new vscode.CallHierarchyItem(
    vscode.SymbolKind.File,
    plan.guide.title || nameOf(uri),
    vscode.workspace.asRelativePath(uri),
    uri,
    whole,
    toRange(lines, title),
  );
  const calls = guideCalls({ guide, plan, diagnostics: [] }).map(({ path, span }) => ({
    to: resolvePath(uri, path),
    range: toRange(lines, span),
  }));
  return { item, calls };
}

/** A path as a link has it; one that begins with a slash starts at the workspace's folder, as in VS Code's own markdown. */
function resolvePath(from: vscode.Uri, path: string): vscode.Uri {
  const root = path.startsWith('/') ? vscode.workspace.getWorkspaceFolder(from)?.uri : undefined;
  return root ? vscode.Uri.joinPath(root, path) : vscode.Uri.joinPath(from, '..', path);
}
