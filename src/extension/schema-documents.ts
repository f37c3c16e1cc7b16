// Serves the JSON Schemas that our files name in `$schema`, so that the editor's JSON language knows compiled plans anywhere.
import * as vscode from 'vscode';

/** Answers `tsg-studio://schemas/<file>` with the file of that name in the extension's schemas folder. */
export function registerSchemaDocuments(extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider('tsg-studio', {
    async provideTextDocumentContent(uri) {
      const file = uri.path.split('/').at(-1) ?? '';
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'schemas', file));
      return new TextDecoder().decode(bytes);
    },
  });
}
