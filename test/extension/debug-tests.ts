// The debugger in the editor: breakpoints in a guide, a session from F5 on, variables, and looking back.
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hoversOf } from './asking.ts';
import { goOn, move, watchDebugging } from './debugging.ts';
import { extensionApi, file, openGuide, until, type TestApi } from './editor.ts';

export function debugTests(): void {
  describe('debugging a guide', () => {
    let api: TestApi;
    const { stops, said } = watchDebugging();
    before(async () => {
      api = await extensionApi();
    });

    it('stops at a breakpoint with a condition, shows the table, looks back and goes on to the end', async () => {
      const { document } = await openGuide('small.tsg.md');
      const line = document.getText().slice(0, document.getText().indexOf('## Step 2')).split('\n').length - 1;
      const location = new vscode.Location(document.uri, new vscode.Position(line, 0));
      vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location, true, 'rows.size() == 2')]);
      await vscode.commands.executeCommand('tsg.debug');
      const session = await until('is debugged', () => vscode.debug.activeDebugSession);
      const stop = await until('stops', () => stops[0]);
      assert.equal(stop.reason, 'breakpoint');
      assert.equal(api.run(document.uri)?.view.phase, 'held');
      const { stackFrames } = (await session.customRequest('stackTrace', { threadId: stop.threadId })) as {
        stackFrames: { id: number; line: number }[];
      };
      assert.equal(stackFrames[0]?.line, line + 1);
      const evaluate = async (expression: string): Promise<string> => {
        const answer = (await session.customRequest('evaluate', { expression, frameId: stackFrames[0]?.id })) as {
          result: string;
        };
        return answer.result;
      };
      assert.equal(await evaluate('rows.map(r, r.latency_ms)'), '[900, 1200]');
      assert.equal(await evaluate('params.limit'), '500');
      await move('stepBack');
      await until('looks back', () => stops.length === 2);
      await goOn();
      await until('is back', () => stops.length === 3);
      await goOn();
      await until('has ended', () => api.run(document.uri)?.view.outcome === 'resolved');
      await until('has no session', () => vscode.debug.activeDebugSession === undefined);
      assert.match(said.join(''), /Step 2 \u2013 Say how many: succeeded/);
    });

    it('stops at a breakpoint in the text of a guide that is called', async () => {
      const write = (name: string, text: string): void => writeFileSync(file(name).fsPath, text);
      write(
        'outer-debug.tsg.md',
        '# Outer\n\n## Step 1. Go\n\nFollow [it](inner-debug.tsg.md).\n\nThis resolves the incident.\n',
      );
      write(
        'inner-debug.tsg.md',
        '# Inner\n\n## Step 1. See\n\n```bash\necho one\n```\n\n## Step 2. See more\n\n```bash\necho two\n```\n',
      );
      try {
        const inner = await vscode.workspace.openTextDocument(file('inner-debug.tsg.md'));
        const location = new vscode.Location(inner.uri, new vscode.Position(8, 0));
        vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location, true)]);
        const { document } = await openGuide('outer-debug.tsg.md');
        await vscode.commands.executeCommand('tsg.debug');
        const session = await until('is debugged', () => vscode.debug.activeDebugSession);
        const stop = await until('stops', () => stops[0]);
        assert.equal(stop.reason, 'breakpoint');
        const { stackFrames } = (await session.customRequest('stackTrace', { threadId: stop.threadId })) as {
          stackFrames: { line: number; source: { path: string } }[];
        };
        // A path, or an address where the editor runs in a browser.
        assert.ok(stackFrames[0]?.source.path.endsWith(inner.uri.path));
        assert.equal(stackFrames[0]?.line, 9);
        await goOn();
        await until('has ended', () => api.run(document.uri)?.view.outcome === 'resolved');
      } finally {
        for (const name of ['outer-debug.tsg.md', 'inner-debug.tsg.md']) rmSync(file(name).fsPath, { force: true });
      }
    });

    it('takes a called guide that is opened through a link for what it is, and sets the next step in it', async () => {
      const names = ['outer-link.tsg.md', 'inner-real.tsg.md', 'inner-link.tsg.md'] as const;
      const [outer, real, link] = names;
      const write = (name: string, text: string): void => writeFileSync(file(name).fsPath, text);
      write(outer, `# Outer\n\n## Step 1. Go\n\nFollow [it](${real}).\n\nThis resolves the incident.\n`);
      write(
        real,
        '# Inner\n\n## Step 1. See\n\n```bash\necho one\n```\n\n## Step 2. See more\n\n```bash\necho two\n```\n',
      );
      symlinkSync(file(real).fsPath, file(link).fsPath);
      try {
        const opened = await vscode.workspace.openTextDocument(file(link));
        const location = new vscode.Location(opened.uri, new vscode.Position(8, 0));
        vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location, true)]);
        const { document } = await openGuide(outer);
        await vscode.commands.executeCommand('tsg.debug');
        const session = await until('is debugged', () => vscode.debug.activeDebugSession);
        const stop = await until('stops', () => stops[0]);
        assert.equal(stop.reason, 'breakpoint');
        const { stackFrames } = (await session.customRequest('stackTrace', { threadId: stop.threadId })) as {
          stackFrames: { source: { path: string } }[];
        };
        assert.ok(stackFrames[0]?.source.path.endsWith(real));
        const inner = await openGuide(real);
        inner.selection = new vscode.Selection(2, 0, 2, 0);
        await until('has the cursor there', async () => {
          if (stops.length === 1) await vscode.commands.executeCommand('debug.jumpToCursor');
          return stops.length > 1;
        });
        await until('goes there', () => stops[1]?.reason === 'goto');
        vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
        await goOn();
        await until('has ended', () => api.run(document.uri)?.view.outcome === 'resolved');
        const first = api.run(document.uri)?.view.steps.find(({ note }) => note?.startsWith('Round 2'));
        assert.equal(first?.status, 'succeeded', 'the first step of the called guide ran twice');
      } finally {
        for (const name of names) rmSync(file(name).fsPath, { force: true });
      }
    });

    it('tells on hover why the run went where it went', async () => {
      const { document } = await openGuide('small.tsg.md');
      await vscode.commands.executeCommand('tsg.debug');
      await until('has ended', () => api.run(document.uri)?.view.outcome === 'resolved');
      const at = document.positionAt(document.getText().indexOf('rows.size() > 0'));
      await until('tells', async () =>
        (await hoversOf(document.uri, at)).some((one) => /\*\*Taken\*\*.*is true/.test(one)),
      );
    });

    it('tells why in the text of a called guide, too, at each of its calls and with the line of the condition', async () => {
      const write = (name: string, text: string): void => writeFileSync(file(name).fsPath, text);
      const call = (step: number): string => `## Step ${step}. Go\n\nFollow [it](inner-why.tsg.md).\n`;
      write('outer-why.tsg.md', `# Outer\n\n${call(1)}\n${call(2)}\n## Step 3. Close\n\nThis resolves the incident.\n`);
      write(
        'inner-why.tsg.md',
        '# Inner\n\n## Step 1. See\n\n```bash\necho one\n```\n\nIf `exitCode == 0`, go to Step 3.\nOtherwise, go to Step 2.\n\n## Step 2. Look\n\n```bash\necho two\n```\n\n## Step 3. End\n\n```bash\necho three\n```\n',
      );
      try {
        const outer = await openGuide('outer-why.tsg.md');
        await vscode.commands.executeCommand('tsg.liveRun');
        await until('has ended', () => api.run(outer.document.uri)?.view.outcome === 'resolved');
        const inner = await openGuide('inner-why.tsg.md');
        assert.equal(api.run(inner.document.uri), undefined, 'it was not run by itself');
        const at = inner.document.positionAt(inner.document.getText().indexOf('exitCode'));
        assert.equal(at.line, 8);
        await until('tells of both calls', async () => {
          const words = await hoversOf(inner.document.uri, at);
          return words.filter((one) => /\*\*Taken\*\*.*called at.*is true/.test(one)).length === 2;
        });
        inner.selection = new vscode.Selection(at, at);
        assert.deepEqual(await vscode.commands.executeCommand('tsg.why'), [
          'Step 1 \u2192 Step 3, called at Step 1.inner-why (line 9): taken, because \u2018exitCode == 0\u2019 is true (exitCode = 0) (its guard)',
          'Step 1 \u2192 Step 3, called at Step 2.inner-why (line 9): taken, because \u2018exitCode == 0\u2019 is true (exitCode = 0) (its guard)',
        ]);

        // A later run of its own is told of, and a still later one that does not come to the calls is not.
        await vscode.commands.executeCommand('tsg.liveRun');
        await until('has ended by itself', () => api.run(inner.document.uri)?.view.phase === 'ended');
        const first = api.run(outer.document.uri)?.view.run;
        await vscode.commands.executeCommand('tsg.liveRun', { uri: outer.document.uri.toString(), from: 'Step3' });
        await until('has passed by', () => {
          const view = api.run(outer.document.uri)?.view;
          return view?.run !== first && view?.phase === 'ended';
        });
        assert.deepEqual(await vscode.commands.executeCommand('tsg.why'), [
          'Step 1 \u2192 Step 3 (line 9): taken, because \u2018exitCode == 0\u2019 is true (exitCode = 0) (its guard)',
        ]);
      } finally {
        for (const name of ['outer-why.tsg.md', 'inner-why.tsg.md']) rmSync(file(name).fsPath, { force: true });
      }
    });

    it('a dry-run says what would happen and leaves no journal', async () => {
      const { document } = await openGuide('approval.tsg.md');
      await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], {
        type: 'tsg',
        request: 'launch',
        name: 'dry',
        program: document.uri.fsPath,
        mode: 'dry',
      });
      await until('says it', () => said.some((text) => text.includes('Nothing was performed')));
      assert.match(said.join(''), /would wait for approval/);
      assert.equal(api.run(document.uri)?.journal, undefined);
    });

    it('the title bar\u2019s commands move the debugged run, and stopping ends it', async () => {
      const { document } = await openGuide('small.tsg.md');
      await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], {
        type: 'tsg',
        request: 'launch',
        name: 'entry',
        program: document.uri.fsPath,
        stopOnEntry: true,
      });
      await until('stops', () => stops[0]?.reason === 'entry');
      await vscode.commands.executeCommand('tsg.step', { uri: document.uri.toString() });
      await until('stepped', () => stops[1]?.reason === 'step');
      assert.equal(api.run(document.uri)?.view.steps[0]?.status, 'succeeded');
      await vscode.debug.stopDebugging();
      await until('has stopped', () => api.run(document.uri)?.view.outcome === 'stopped');
    });
  });
}
