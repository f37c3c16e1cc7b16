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
      (await extensionApi()).answerWith(null);
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

    it('are asked for when a run is begun again and another one is chosen by now, and are compared', async () => {
      const api = await extensionApi();
      await choose('dev');
      const { document } = await openGuide(`${folder}/look.tsg.md`);
      const ended = async (before: string | undefined) =>
        until('has ended', () => {
          const run = api.run(document.uri);
          return run?.view.run !== before && run?.view.phase === 'ended' && run;
        });
      await vscode.commands.executeCommand('tsg.liveRun');
      const first = await ended(undefined);
      assert.ok(first.journal);
      assert.equal(first.view.environment, 'dev');
      const again = async (answer: 'keep' | 'change', asked: readonly string[]) => {
        const before = api.run(document.uri)?.view.run;
        const prompts = answers({ environmentAgain: async () => answer });
        api.answerWith(prompts);
        await vscode.commands.executeCommand('tsg.rerun', first.journal);
        const run = await ended(before);
        assert.deepEqual(prompts.asked, asked);
        return run;
      };
      assert.equal((await again('keep', [])).view.environment, 'dev', 'nothing is to be asked');
      await choose('prod');
      assert.equal((await again('keep', ['again dev prod'])).view.environment, 'dev');
      const second = await again('change', ['again dev prod']);
      assert.equal(second.view.environment, 'prod');

      // Closed without an answer, nothing is run.
      const closed = answers({ environmentAgain: async () => undefined });
      api.answerWith(closed);
      await vscode.commands.executeCommand('tsg.rerun', first.journal);
      assert.deepEqual(closed.asked, ['again dev prod']);
      assert.equal(api.run(document.uri)?.view.run, second.view.run);

      const entries = [first, second].map(({ journal }) => ({ journal }));
      await vscode.commands.executeCommand('tsg.compareRuns', entries[0], entries);
      const tab = await until('shows them', () => {
        const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
        return input instanceof vscode.TabInputTextDiff && input;
      });
      const texts = await Promise.all(
        [tab.original, tab.modified].map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()),
      );
      const inDev = texts.find((text) => /^environment: dev$/m.test(text));
      assert.equal(
        inDev?.replace('environment: dev', 'environment: prod'),
        texts.find((text) => text !== inDev),
      );
    });
  });
}
