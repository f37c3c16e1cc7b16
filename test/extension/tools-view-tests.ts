// The view of tools: what it lists before anything is contacted, what a check says, and where a tool is set up.
import * as assert from 'node:assert';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { extensionApi, file, openGuide, until, type TestApi } from './editor.ts';

export function toolsViewTests(): void {
  describe('the view of tools', () => {
    const folder = 'connections';
    let api: TestApi;
    let server: Server;
    let asked = 0;
    let healthy = false;
    const write = (name: string, text: string): Thenable<void> =>
      vscode.workspace.fs.writeFile(file(`${folder}/${name}`), new TextEncoder().encode(text));
    const lineOf = (name: string): string => api.tools().find((line) => line.startsWith(`${name} | `)) ?? '';
    const settings = (port: number): string =>
      [
        'environment: prod',
        'secrets: { LOGIN: { env: TSG_NO_SUCH_VARIABLE } }',
        'tools:',
        '  terminal: { kind: shell, limits: { concurrent: 1 } }',
        `  metrics: { kind: prometheus, baseUrl: 'http://127.0.0.1:${port}' }`,
        'environments:',
        '  prod: { color: red }',
        '',
      ].join('\n');

    before(async () => {
      api = await extensionApi();
      server = createServer((_, answer) => {
        asked++;
        answer.statusCode = healthy ? 200 : 503;
        answer.end(
          JSON.stringify(
            healthy
              ? { status: 'success', data: { resultType: 'scalar', result: [1, '1'] } }
              : { status: 'error', errorType: 'unavailable', error: 'the server is starting' },
          ),
        );
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      await write('tsg.yaml', settings((server.address() as AddressInfo).port));
      await write('look.tsg.md', '# Look\n\n## Step 1. Look\n\n```bash\nls\n```\n');
    });
    // What other tests have opened may still come to the front.
    beforeEach(async () => {
      await openGuide(`${folder}/look.tsg.md`);
      await until('lists them', () => lineOf('metrics'));
    });
    after(async () => {
      server.close();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(file(folder), { recursive: true });
    });

    it('lists connections and their environment without contacting any', async () => {
      const [environment, ...tools] = api.tools();
      assert.equal(environment, 'Environment prod');
      assert.deepEqual(tools.length, 2);
      assert.match(lineOf('terminal'), /^terminal \| not checked · bash in \.$/);
      assert.match(lineOf('metrics'), /^metrics \| not checked · Prometheus at http:\/\/127\.0\.0\.1:\d+$/);
      assert.equal(asked, 0);
    });

    it('tells of each whether it answers, and why not', async () => {
      await vscode.commands.executeCommand('tsg.checkTools');
      assert.match(lineOf('terminal'), /^terminal \| ok in \d+.* · bash in \.$/);
      assert.match(lineOf('metrics'), /^metrics \| failed · Prometheus at/);
      const below = api.tools().at(api.tools().indexOf(lineOf('metrics')) + 1) ?? '';
      assert.match(below, /^ {2}.*the server is starting/);
      assert.ok(asked > 0);
    });

    it('checks one alone', async () => {
      healthy = true;
      const before = lineOf('terminal');
      await vscode.commands.executeCommand('tsg.checkTool', 'metrics');
      assert.match(lineOf('metrics'), /^metrics \| ok in /);
      assert.equal(lineOf('terminal'), before);
    });

    it('opens the place where a tool is set up', async () => {
      await vscode.commands.executeCommand('tsg.openToolSettings', 'metrics');
      await until('shows its line', () => {
        const editor = vscode.window.activeTextEditor;
        return (
          editor?.document.uri.path.endsWith(`${folder}/tsg.yaml`) === true &&
          editor.document.lineAt(editor.selection.active.line).text.startsWith('  metrics:')
        );
      });
      assert.match(lineOf('metrics'), /ok in/, 'the view goes on showing the tools of the guide');
    });

    it('forgets what it found once the settings are others', async () => {
      const document = await vscode.workspace.openTextDocument(file(`${folder}/tsg.yaml`));
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), settings(9));
      await vscode.workspace.applyEdit(edit);
      await document.save();
      await until(
        'is not checked',
        () => lineOf('metrics').includes('not checked') && lineOf('metrics').endsWith(':9'),
      );
      assert.match(lineOf('terminal'), /not checked/);
    });
  });
}
