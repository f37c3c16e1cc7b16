// The files of the workspace that are guides, by their names and the setting `tsg.guides`.
import * as vscode from 'vscode';

const most = 5000;

/** In order of their paths. */
export async function guideFiles(token: vscode.CancellationToken): Promise<vscode.Uri[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const patterns = folders.flatMap((folder) => {
    const globs = vscode.workspace.getConfiguration('tsg', folder.uri).get<unknown>('guides');
    const own = Array.isArray(globs)
      ? globs.filter((glob): glob is string => typeof glob === 'string' && glob !== '')
      : [];
    return ['**/*.tsg.md', ...own].map((glob) => new vscode.RelativePattern(folder, glob));
  });
  const lists = await Promise.all(
    patterns.map((pattern) => vscode.workspace.findFiles(pattern, '**/node_modules/**', most, token)),
  );
  const all = new Map(lists.flat().map((uri) => [uri.toString(), uri]));
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
