// Offers the workspace's guides to agents in the editor: `tsg mcp` for each folder, read-only. An editor that knows no MCP
// servers is left alone.
import * as vscode from 'vscode';

/** How a server is started: the command line, run by the editor's own Node. */
export interface GuideServer {
  readonly label: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The part of the editor's API that is younger than the oldest editor we run in. */
interface McpApi {
  readonly McpStdioServerDefinition?: new (
    label: string,
    command: string,
    args: string[],
    env: Record<string, string>,
    version: string,
  ) => unknown;
  readonly lm: {
    readonly registerMcpServerDefinitionProvider?: (
      id: string,
      provider: { onDidChangeMcpServerDefinitions: vscode.Event<void>; provideMcpServerDefinitions(): unknown[] },
    ) => vscode.Disposable;
  };
}

/** The servers of the open folders; none while the workspace is not trusted, because a server opens its tools. */
export function guideServers(extension: vscode.ExtensionContext): readonly GuideServer[] {
  if (!vscode.workspace.isTrusted) return [];
  const entry = vscode.Uri.joinPath(extension.extensionUri, 'dist', 'tsg.mjs').fsPath;
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ name, uri }) => ({
      label: vscode.l10n.t('Troubleshooting guides of {0}', name),
      command: process.execPath,
      args: [entry, 'mcp', '--folder', uri.fsPath],
      env: { ELECTRON_RUN_AS_NODE: '1' },
    }));
}

/** Registers the servers with the editor; null where it cannot. */
export function registerGuideServers(extension: vscode.ExtensionContext): vscode.Disposable | null {
  const { lm, McpStdioServerDefinition } = vscode as unknown as McpApi;
  if (!McpStdioServerDefinition || !lm.registerMcpServerDefinitionProvider) return null;
  const changed = new vscode.EventEmitter<void>();
  const { version } = extension.extension.packageJSON as { readonly version: string };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    lm.registerMcpServerDefinitionProvider('tsg.guides', {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () =>
        guideServers(extension).map(
          ({ label, command, args, env }) =>
            new McpStdioServerDefinition(label, command, [...args], { ...env }, version),
        ),
    }),
  );
}
