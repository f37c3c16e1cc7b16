// The environment of a guide's tools in the status bar: the file's own, and the one that the setting chooses.
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { extensionApi, file, openGuide, until } from './editor.ts';

export function environmentTests(): void {
  describe('environments', () => {
    const folder = 'environments';
    const write = (name: string, text: string): Thenable<void> =>
      vscode.workspace.fs.writeFile(file(`${folder}/${name}`), new TextEncoder().encode(text));
    const choose = (name: string | undefined): Thenable<void> =>
      vscode.workspace.getConfiguration('tsg').update('environment', name, vscode.ConfigurationTarget.Workspace);

    before(async () => {
      await extensionApi();
      await write(
        'tsg.yaml',
        'environment: dev\ntools:\n  shell: { kind: shell }\nenvironments:\n  dev: { color: green }\n  prod: { color: red }\n',
      );
      await write('look.tsg.md', '# Look\n\n## Step 1. Look\n\n```bash\nls\n```\n');
    });
    after(async () => {
      await choose(undefined);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(file(folder), { recursive: true });
    });

    it('stand in the status bar, as the file and the setting choose them', async () => {
      const api = await extensionApi();
      await openGuide(`${folder}/look.tsg.md`);
      await until('shows the default', () => api.environment().endsWith('dev'));
      await choose('prod');
      await until('shows the chosen one', () => api.environment().endsWith('prod'));
      await choose('prdo');
      const problems = await until('tells of an unknown one', () => {
        const found = vscode.languages.getDiagnostics(file(`${folder}/tsg.yaml`));
        return found.length > 0 && found;
      });
      assert.match(problems[0]?.message ?? '', /prdo. is not an environment/);
    });
  });
}
