// Where a file that is made of a document goes: a command may have named the place, else the person is asked.
import * as vscode from 'vscode';
import { guideStem } from '../plan/index.ts';

/** The named place, or the one that the person picks beside the document; undefined when they changed their mind. */
export async function saveTarget(
  document: vscode.TextDocument,
  { extension, kind }: { readonly extension: string; readonly kind: string },
  to?: string,
): Promise<vscode.Uri | undefined> {
  if (to !== undefined) return vscode.Uri.parse(to);
  const path = `${guideStem(document.uri.path)}.${extension}`;
  return vscode.window.showSaveDialog({ defaultUri: document.uri.with({ path }), filters: { [kind]: [extension] } });
}
