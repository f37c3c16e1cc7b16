// The view of runs: comparing two of them, running one again, its report, and listing only some.
import * as assert from 'node:assert';
import { copyFileSync, renameSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { comesTo } from './asking.ts';
import { answers, extensionApi, file, openGuide, until, type TestApi } from './editor.ts';

export function runsViewTests(): void {
  describe('runs that are over', () => {
    let api: TestApi;
    const ended = async (name: string): Promise<void> => {
      const { document } = await openGuide(name);
      const before = api.run(document.uri)?.journal?.toString();
      await vscode.commands.executeCommand('tsg.liveRun');
      await until('has ended', () => {
        const run = api.run(document.uri);
        return run?.journal?.toString() !== before && run?.view.phase === 'ended';
      });
    };
    const runsOf = async (title: string) => (await api.runs()).filter((one) => one.title === title);
    before(async () => {
      api = await extensionApi();
      await ended('small.tsg.md');
      await ended('small.tsg.md');
    });
    afterEach(async () => {
      await vscode.commands.executeCommand('tsg.filterRuns', 'All runs');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('are compared side by side, by what they did and found', async () => {
      const [newer, older] = await until('lists both', async () => {
        const all = await runsOf('Small run');
        return all.length >= 2 && all;
      });
      await vscode.commands.executeCommand('tsg.compareRuns', newer, [newer, older]);
      const tab = await until('shows them', () => vscode.window.tabGroups.activeTabGroup.activeTab);
      assert.ok(tab.input instanceof vscode.TabInputTextDiff);
      const texts = await Promise.all(
        [tab.input.original, tab.input.modified].map(async (uri) =>
          (await vscode.workspace.openTextDocument(uri)).getText(),
        ),
      );
      assert.equal(texts[0], texts[1], 'the same guide on the same data did the same');
      assert.match(
        texts[0] ?? '',
        /limit = 500[^]*Step 1 – Find slow requests: succeeded[^]*went on to Step 2: .*is true/,
      );
    });

    it('are run again with the same parameters', async () => {
      const [entry] = await runsOf('Small run');
      assert.ok(entry);
      const count = (await runsOf('Small run')).length;
      const { uri } = (await openGuide('small.tsg.md')).document;
      const before = api.run(uri)?.view.run;
      await vscode.commands.executeCommand('tsg.rerun', entry);
      await until('is listed', async () => (await runsOf('Small run')).length === count + 1);
      // What is read of the newest run from now on is all of it.
      await until('has ended', () => api.run(uri)?.view.run !== before && api.run(uri)?.view.phase === 'ended');
    });

    it('are read as a report', async () => {
      const [entry] = await runsOf('Small run');
      const panel = await vscode.commands.executeCommand<vscode.WebviewPanel>('tsg.openReport', entry);
      assert.match(panel.webview.html, /Run report: Small run[^]*<h2>Findings<\/h2>[^]*L\d+/);
      panel.dispose();
    });

    it('are slid through in the preview, from the first step to the present', async () => {
      const { document } = await openGuide('small.tsg.md');
      await vscode.commands.executeCommand('tsg.openPreview');
      await ended('small.tsg.md');
      const steps = (): readonly string[] => api.moments(document.uri)?.steps ?? [];
      await until('offers a moment for each step', () => api.moments(document.uri)?.moments.length === 2);
      await comesTo('shows the present', steps, ['Step1 succeeded', 'Step2 succeeded']);
      api.lookAt(document.uri, 0);
      await comesTo('shows the first moment', steps, ['Step1 running', 'Step2 pending']);
      api.lookAt(document.uri, 1);
      await comesTo('shows the second', steps, ['Step1 succeeded', 'Step2 running']);
      api.lookAt(document.uri, null);
      await comesTo('shows the present again', steps, ['Step1 succeeded', 'Step2 succeeded']);
    });

    it('are listed by how they ended and by guide', async () => {
      await vscode.commands.executeCommand('tsg.filterRuns', 'Waiting or interrupted');
      assert.deepEqual(await runsOf('Small run'), []);
      await vscode.commands.executeCommand('tsg.filterRuns', 'Small run');
      const titles = new Set((await api.runs()).map(({ title }) => title));
      assert.deepEqual([...titles], ['Small run']);
    });

    it('are filtered before the list is cut, and the view says that there are more', async () => {
      api.answerWith(answers({ decide: async () => undefined }));
      const { document } = await openGuide('judgement.tsg.md');
      await vscode.commands.executeCommand('tsg.liveRun');
      const waiting = await until('waits', () => {
        const run = api.run(document.uri);
        return run?.view.phase === 'waiting' && run.journal;
      });
      const [small] = await runsOf('Small run');
      assert.ok(small);
      // A run that waits since long ago, and as many since then as no longer leave it among the newest.
      const name = (year: number, number: number): string => file(`.tsg/runs/${year}-${number}-many.jsonl`).fsPath;
      const old = name(2001, 0);
      const others = Array.from({ length: 105 }, (_, number) => name(2002, 100 + number));
      try {
        copyFileSync(waiting.fsPath, old);
        for (const other of others) copyFileSync(small.journal.fsPath, other);
        const listed = async (): Promise<readonly string[]> => (await api.runs()).map(({ journal }) => journal.fsPath);
        await vscode.commands.executeCommand('tsg.filterRuns', 'Waiting or interrupted');
        await until('lists the old run', async () => (await listed()).includes(old));
        await vscode.commands.executeCommand('tsg.filterRuns', 'All runs');
        await until('lists the newest', async () => (await listed()).length === 100);
        assert.ok(!(await listed()).includes(old));
        await vscode.commands.executeCommand('tsg.runs.focus');
        await until('says it', () => /^100 of \d+ runs; a filter/.test(api.runsView().message ?? ''));

        // What has not changed is not read again.
        const { read } = api.runsView();
        await vscode.commands.executeCommand('tsg.filterRuns', 'Small run');
        await until('says it of the guide', () => /^100 of \d+ runs; older/.test(api.runsView().message ?? ''));
        assert.equal(api.runsView().read, read);
        const beside = `${old}.part`;
        copyFileSync(waiting.fsPath, beside);
        renameSync(beside, others[0] ?? ''); // At once, so that nobody reads half of it.
        await vscode.commands.executeCommand('tsg.filterRuns', 'Waiting or interrupted');
        await until('lists what waits now', async () => (await listed()).includes(others[0] ?? ''));
        assert.equal(api.runsView().read, read + 1);
      } finally {
        for (const one of [old, ...others]) rmSync(one, { force: true });
        await vscode.commands.executeCommand('tsg.stop', { uri: document.uri.toString() });
        api.answerWith(null);
      }
      await vscode.commands.executeCommand('tsg.filterRuns', 'All runs');
      await until('says nothing', () => api.runsView().message === '');
    });
  });
}
