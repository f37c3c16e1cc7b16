// What hovers and completion tell of a guide's latest run in this window, and of a finding's page.
import * as vscode from 'vscode';
import type { NodeId } from '../plan/index.ts';
import type { Row } from '../guard/index.ts';
import type { ActionResult, RunView } from '../run/index.ts';

export interface LatestRuns {
  /** The value that a parameter had last; never a secret. */
  parameter(uri: vscode.Uri, name: string): string | undefined;
  step(uri: vscode.Uri, node: NodeId): string | undefined;
  /** Columns of an action's latest result, with the texts that stood in them. */
  columns(
    uri: vscode.Uri,
    action: string,
  ): readonly { readonly name: string; readonly values: readonly string[] }[] | undefined;
  /** Rows of an action's latest result, as many as were kept. */
  rows(uri: vscode.Uri, action: string): readonly Row[] | undefined;
  /** What the page of a finding says first. */
  page(code: string): Promise<string>;
}

const mostRows = 200;
const mostValues = 12;

/** `view` gives a guide's latest run, `remembered` the values that were given for its parameters. */
export function latestRuns(
  extensionUri: vscode.Uri,
  view: (uri: vscode.Uri) => RunView | undefined,
  remembered: (uri: vscode.Uri) => Readonly<Record<string, string>>,
): LatestRuns {
  const resultOf = (uri: vscode.Uri, action: string): ActionResult | undefined => {
    const actions = view(uri)?.steps.flatMap((step) => step.actions) ?? [];
    return actions.find(({ id }) => id === action)?.result;
  };
  return {
    parameter: (uri, name) => remembered(uri)[name],
    step: (uri, node) => {
      const step = view(uri)?.steps.find((one) => one.node === node);
      if (!step || step.status === 'pending') return undefined;
      const rows = step.actions.at(-1)?.result?.rowCount;
      return rows === undefined ? step.status : `${step.status}, ${String(rows)} ${rows === 1 ? 'row' : 'rows'}`;
    },
    rows: (uri, action) => resultOf(uri, action)?.rows,
    columns: (uri, action) => {
      const result = resultOf(uri, action);
      const rows = result?.rows?.slice(0, mostRows) ?? [];
      return result?.columns?.map(({ name }) => {
        const cells = rows.map((row) => row[name]).filter((cell) => cell !== null && cell !== undefined);
        const texts = cells.filter((cell) => typeof cell === 'string' && cell !== '' && cell.length < 60);
        const values = texts.length === cells.length ? [...new Set(texts as string[])].slice(0, mostValues) : [];
        return { name, values };
      });
    },
    page: async (code) => {
      try {
        const file = vscode.Uri.joinPath(extensionUri, 'docs', 'diagnostics', `${code}.md`);
        const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
        // The head is its title, which the hover has already; what follows up to the first example explains.
        return text.split(/^## /m, 1)[0]?.split('\n\n').slice(2).join('\n\n').trim() ?? '';
      } catch {
        return ''; // No page: the title alone has to do.
      }
    },
  };
}
