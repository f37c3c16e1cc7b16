// A file's earlier versions, through the editor's own git extension, so that nothing is started here.
import * as vscode from 'vscode';

/** A file in a repository. */
export interface GitFile {
  readonly path: string;
  /** The text at a commit; undefined when it was not there. */
  show(commit: string): Promise<string | undefined>;
  readonly repository: Repository;
}

export interface Commit {
  readonly hash: string;
  readonly message: string;
  readonly date?: Date;
}

/** The part of the git extension's API that is used here. */
interface Repository {
  show(commit: string, path: string): Promise<string>;
  log(options: {
    maxEntries: number;
    path: string;
  }): Promise<readonly { hash: string; message: string; authorDate?: Date }[]>;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): {
    getRepository(uri: vscode.Uri): Repository | null;
    openRepository?(root: vscode.Uri): Promise<Repository | null>;
  };
}

/** The file as git knows it; undefined outside a repository and where the git extension is off. */
export async function gitFile(uri: vscode.Uri): Promise<GitFile | undefined> {
  if (uri.scheme !== 'file') return undefined;
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const exported = await extension?.activate();
  if (!exported?.enabled) return undefined;
  const api = exported.getAPI(1);
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const repository = api.getRepository(uri) ?? (root && (await api.openRepository?.(root))) ?? undefined;
  return (
    repository && {
      path: uri.fsPath,
      repository,
      show: (commit) => repository.show(commit, uri.fsPath).catch(() => undefined),
    }
  );
}

/** The last commits that changed the file, newest first. */
export async function commitsOf({ repository, path }: GitFile): Promise<readonly Commit[]> {
  const commits = await repository.log({ maxEntries: 20, path }).catch(() => []);
  return commits.map(({ hash, message, authorDate }) => ({ hash, message, ...(authorDate && { date: authorDate }) }));
}
