// The environment of a guide's tools in the status bar: the file's own, and the one that the setting chooses.
import * as assert from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Circumstances } from '../../src/extension/prompts.ts';
import { answers, extensionApi, file, openGuide, until } from './editor.ts';

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

    it('are completed in the rules of the tools file, but not twice', async () => {
      const document = await vscode.workspace.openTextDocument(file(`${folder}/tsg.yaml`));
      await vscode.window.showTextDocument(document);
      const before = document.getText();
      const edit = new vscode.WorkspaceEdit();
      const rule = 'approvals:\n  - environments: [dev, ]\n    people: 2\n';
      edit.insert(document.uri, new vscode.Position(document.lineCount, 0), rule);
      await vscode.workspace.applyEdit(edit);
      const place = document.positionAt(before.length + rule.indexOf(']'));
      const list = await until('is completed', async () => {
        const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          place,
        );
        return items.some(({ detail }) => detail === 'an environment of this file') && items;
      });
      const own = list.filter(({ detail }) => detail === 'an environment of this file');
      assert.deepEqual(
        own.map(({ label }) => label),
        ['prod'],
      );
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('are where a run goes on, unless the person changes it', async () => {
      const api = await extensionApi();
      await choose('prod');
      await write('made.tsg.md', '# Made\n\n## Step 1. Make\n\nUndo: remove the file.\n\n```bash\ntouch made\n```\n');
      const { document } = await openGuide(`${folder}/made.tsg.md`);
      let shown: Circumstances | undefined;
      let reaches: string | undefined;
      const asksOnce = answers({
        approve: async (request, about) => {
          shown = about;
          reaches = request.where;
          return undefined;
        },
      });
      api.answerWith(asksOnce);
      await vscode.commands.executeCommand('tsg.liveRun');
      await until('asks for approval', () => asksOnce.asked.length > 0);
      const journal = api.run(document.uri)?.journal;
      assert.ok(journal);
      assert.equal(api.run(document.uri)?.view.environment, 'prod');
      // Whoever is asked is told where it would happen, and how it is undone.
      assert.deepEqual(shown?.environment, { name: 'prod', color: 'red' });
      assert.equal(reaches, 'bash in .');
      assert.match(shown?.undo ?? '', /remove the file/);
      await vscode.commands.executeCommand('tsg.stop');
      await until('has ended', () => api.run(document.uri)?.view.phase === 'ended');

      // The run as it stood before it was stopped, as another window would find it.
      const stops = (): boolean => readFileSync(journal.fsPath, 'utf8').includes('"kind":"stop-requested"');
      await until('has written that it was stopped', stops);
      const text = readFileSync(journal.fsPath, 'utf8').split('\n');
      const waiting = text.slice(
        0,
        text.findIndex((line) => line.includes('"kind":"stop-requested"')),
      );
      await choose('dev');
      const resume = async (answer: 'keep' | 'change'): Promise<string | undefined> => {
        const copy = vscode.Uri.file(journal.fsPath.replace('.jsonl', `-${answer}.jsonl`));
        writeFileSync(copy.fsPath, `${waiting.join('\n')}\n`);
        const prompts = answers({ environment: async () => answer, approve: async () => 'refuse' });
        api.answerWith(prompts);
        await vscode.commands.executeCommand('tsg.resumeRun', copy);
        const run = await until('has ended again', () => {
          const found = api.run(document.uri);
          return found?.journal?.fsPath === copy.fsPath && found.view.phase === 'ended' && found;
        });
        assert.equal(prompts.asked[0], 'environment prod dev');
        return run.view.environment;
      };
      assert.equal(await resume('keep'), 'prod');
      assert.equal(await resume('change'), 'dev');
    });
  });
}
