// The extension's tests in a workspace that nobody trusts: guides are read, checked and drawn, and nothing runs.
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { extensionApi, file, openGuide, until, type TestApi } from './editor.ts';
import { runMocha } from './run-mocha.ts';

export const run = (): Promise<void> =>
  runMocha(() => {
    describe('an untrusted workspace', () => {
      let api: TestApi;
      before(async () => {
        api = await extensionApi();
      });

      it('is one', () => assert.equal(vscode.workspace.isTrusted, false));

      it('checks guides', async () => {
        const { document } = await openGuide('mistakes.tsg.md');
        await until('has problems', () => vscode.languages.getDiagnostics(document.uri).length > 0);
        assert.ok(api.findings(document.uri).some((finding) => finding.code === 'step.unknown-target'));
      });

      it('draws guides', async () => {
        const { document } = await openGuide('small.tsg.md');
        await vscode.commands.executeCommand('tsg.openPreview');
        await until('drawn', () => api.previewBoxes(document.uri) >= 4);
      });

      it('offers no lens that runs', async () => {
        const { document } = await openGuide('small.tsg.md');
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          document.uri,
        );
        assert.deepEqual(
          lenses.map((lens) => lens.command?.command).filter((id) => id?.startsWith('tsg.')),
          [],
        );
      });

      it('asks no tool what it holds', async () => {
        const { document } = await openGuide('language.tsg.md');
        const from = document.positionAt(document.getText().indexOf('FROM requests') + 5);
        const list = await until('offers', async () =>
          vscode.commands.executeCommand<vscode.CompletionList>(
            'vscode.executeCompletionItemProvider',
            document.uri,
            from,
            ' ',
          ),
        );
        assert.ok(!list.items.some(({ label }) => (typeof label === 'string' ? label : label.label) === 'requests'));
        assert.notEqual(list.isIncomplete, true, 'an answer is on its way');
      });

      it('contacts no tool, however it is asked', async () => {
        await openGuide('small.tsg.md');
        await until('lists the tools', () => api.tools().length > 0);
        const before = api.tools();
        for (const id of ['tsg.checkTools', 'tsg.checkTool']) await vscode.commands.executeCommand(id, 'telemetry');
        assert.deepEqual(api.tools(), before);
        assert.ok(before.some((line) => line.includes('not checked')));
      });

      it('refuses to run anything, however it is asked', async () => {
        const { document } = await openGuide('small.tsg.md');
        for (const id of ['tsg.liveRun', 'tsg.dryRun', 'tsg.step', 'tsg.explainQueries']) {
          await vscode.commands.executeCommand(id, { uri: document.uri.toString() });
          assert.equal(api.run(document.uri), undefined, `${id} ran`);
        }
        await assert.rejects(async () => vscode.workspace.fs.stat(file('.tsg')), 'a journal was written');
      });
    });
  });
