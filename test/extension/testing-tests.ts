// The guides' tests in the Test Explorer: found, run, with coverage, on save, and under the debugger.
import * as assert from 'node:assert';
import { rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { comesTo } from './asking.ts';
import { goOn } from './debugging.ts';
import { extensionApi, file, openGuide, until, type TestApi } from './editor.ts';

export function testingTests(): void {
  describe('tests of guides in the Test Explorer', () => {
    let api: TestApi;
    before(async () => {
      api = await extensionApi();
      await vscode.commands.executeCommand('workbench.view.testing.focus');
      await openGuide('small.tsg.md');
    });

    const ran = (name: string) => api.testsRan().find((one) => one.name === name);

    it('run, and one that fails is told at the edge of the guide that went another way', async () => {
      await vscode.commands.executeCommand('testing.refreshTests');
      await until('has run the tests', async () => {
        await vscode.commands.executeCommand('testing.runAll');
        return ran('Slow requests are counted') !== undefined && ran('Nothing slow is counted too') !== undefined;
      });
      assert.deepEqual(ran('Slow requests are counted')?.messages, []);
      const [message] = ran('Nothing slow is counted too')?.messages ?? [];
      assert.ok(message?.location);
      assert.equal(message.location.uri.toString(), file('small.tsg.md').toString());
      const text = (await vscode.workspace.openTextDocument(message.location.uri)).getText(message.location.range);
      assert.match(text, /rows\.size\(\) > 0/);
      assert.match(String(message.message), /was not taken[^]*is false/);
    });

    it('show what they cover of steps, edges and sides of conditions, both files of the guide together', async () => {
      await vscode.commands.executeCommand('testing.coverageAll');
      await comesTo(
        'is covered by both files',
        () => {
          const found = api.covered(file('small.tsg.md'));
          return [found?.statementCoverage, found?.declarationCoverage, found?.branchCoverage].map(
            (one) => one && [one.covered, one.total],
          );
        },
        [
          [2, 2],
          [4, 4],
          [4, 4],
        ],
      );
      const coverage = api.covered(file('small.tsg.md'));
      const branches = (coverage?.details ?? []).flatMap((one) =>
        one instanceof vscode.StatementCoverage ? one.branches : [],
      );
      assert.ok(branches.length > 0 && branches.every(({ executed }) => executed));
    });

    it('show the same on the graph, until the plan is another one', async () => {
      const guide = file('small.tsg.md');
      const document = await vscode.workspace.openTextDocument(guide);
      await vscode.commands.executeCommand('tsg.openPreview', guide);
      await until('is drawn', () => api.previewBoxes(guide) > 0 || undefined);
      const drawn = await until('shows coverage', () => api.coverageDrawn(guide) ?? undefined);
      assert.equal(drawn.summary, '2 of 2 steps, 4 of 4 edges, 4 of 4 sides of conditions');
      assert.ok([...drawn.boxes, ...drawn.arrows].every(({ kind }) => kind === 'covered'));
      const place = new vscode.Position(document.getText().split('\n').length, 0);
      const more = new vscode.WorkspaceEdit();
      more.insert(guide, place, '\n\n## Step 3 - Look again\n\nLook at the dashboard.\n');
      await vscode.workspace.applyEdit(more);
      await until('shows none', () => api.coverageDrawn(guide) === null || undefined);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await vscode.commands.executeCommand('testing.coverageAll');
      await until('shows it again', () => api.coverageDrawn(guide) ?? undefined);
    });

    it('step through a case under the debugger, on its answers alone', async () => {
      const stops: string[] = [];
      const tracker = vscode.debug.registerDebugAdapterTrackerFactory('tsg', {
        createDebugAdapterTracker: () => ({
          onDidSendMessage: ({ event, body }: { event?: string; body?: { reason?: string } }) => {
            if (event === 'stopped') stops.push(body?.reason ?? '');
          },
        }),
      });
      try {
        await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], {
          type: 'tsg',
          request: 'launch',
          name: 'a case',
          program: file('small.tsg.md').fsPath,
          test: { file: file('small.tests.yaml').fsPath, index: 0 },
          stopOnEntry: true,
        });
        await until('stops before the first step', () => stops[0] === 'entry');
        const session = await until('is debugged', () => vscode.debug.activeDebugSession);
        await session.customRequest('next', { threadId: 1 });
        await until('has stepped', () => stops.length === 2);
        const { result } = (await session.customRequest('evaluate', { expression: 'rows[0].latency_ms' })) as {
          result: string;
        };
        assert.equal(result, '900');
      } finally {
        tracker.dispose();
        await vscode.debug.stopDebugging();
        await until('has no session', () => vscode.debug.activeDebugSession === undefined);
      }
    });

    it('are debugged by the Test Explorer, stopping where a breakpoint stands', async () => {
      const { document } = await openGuide('small.tsg.md');
      const second = document.positionAt(document.getText().indexOf('## Step 2'));
      const breakpoint = new vscode.SourceBreakpoint(new vscode.Location(document.uri, second), true);
      vscode.debug.addBreakpoints([breakpoint]);
      try {
        await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file('small.tests.yaml')));
        const debugging = vscode.commands.executeCommand('testing.debugCurrentFile');
        const session = await until('is debugged', () => vscode.debug.activeDebugSession);
        await until('stops', () => vscode.debug.activeStackItem instanceof vscode.DebugStackFrame);
        const { result } = (await session.customRequest('evaluate', { expression: 'steps.Step1.rows[0].id' })) as {
          result: string;
        };
        assert.equal(result, '3', 'the rows are those of the case');
        await goOn();
        // It stays at the end of the case to be looked at.
        await until('has ended', async () => {
          if (vscode.debug.activeDebugSession && vscode.debug.activeStackItem)
            await vscode.commands.executeCommand('workbench.action.debug.continue');
          return vscode.debug.activeDebugSession === undefined;
        });
        await debugging;
      } finally {
        vscode.debug.removeBreakpoints([breakpoint]);
        await vscode.debug.stopDebugging();
        await until('has no session', () => vscode.debug.activeDebugSession === undefined);
      }
    });

    it('run again on a save of their guide or of one that it leads to, and those of other guides do not', async () => {
      const guide = (title: string, body: string): string => `# ${title}\n\n## Step 1. Go\n\n${body}\n`;
      const inner = guide('Inner', '```bash\necho one\n```');
      const files: Readonly<Record<string, string>> = {
        'saved-outer.tsg.md': guide('Outer', 'Follow [it](saved-middle.tsg.md).\n\nThis resolves the incident.'),
        'saved-middle.tsg.md': guide('Middle', 'Follow [it](saved-inner.tsg.md).'),
        'saved-inner.tsg.md': inner,
        'saved-outer.tests.yaml': [
          'version: 1',
          'tests:',
          '  - name: It is resolved',
          '    answers:',
          '      Step1.saved-middle/Step1.saved-inner/Step1.1: { text: one }',
          '    expect: { outcome: resolved }',
          '',
        ].join('\n'),
      };
      for (const [name, text] of Object.entries(files)) writeFileSync(file(name).fsPath, text);
      const toggle = (): Thenable<unknown> =>
        vscode.commands.executeCommand('testing.toggleContinuousRunForTest', {
          test: { item: { extId: 'tsg.guides' } },
        });
      const save = async (name: string, text: string): Promise<void> => {
        const document = await vscode.workspace.openTextDocument(file(name));
        const edit = new vscode.WorkspaceEdit();
        edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
        await vscode.workspace.applyEdit(edit);
        assert.ok(await document.save());
      };
      /** How the case came out; null unless it, and it alone, has run since `before`. */
      const outcome = (before: unknown): 'holds' | 'fails' | null => {
        const [only, ...others] = api.testsRan();
        if (api.testsRan() === before || only?.name !== 'It is resolved') return null;
        assert.deepEqual(others, []);
        return only.messages.length === 0 ? 'holds' : 'fails';
      };
      let isOn = false;
      try {
        await vscode.commands.executeCommand('testing.refreshTests');
        await toggle();
        isOn = true;
        // Turning it on takes its time in the editor: what is saved until then is not heard.
        const start = api.testsRan();
        let text = files['saved-outer.tsg.md'] ?? '';
        await until('runs at a save of its own guide', async () => {
          await save('saved-outer.tsg.md', (text += '\n'));
          return outcome(start) === 'holds';
        });
        const savesOfInner: readonly [text: string, comes: 'holds' | 'fails'][] = [
          [`${inner}\n\`\`\`bash\necho two\n\`\`\`\n`, 'fails'], // It has no answer.
          [inner, 'holds'],
          [`${inner}\nIf it is odd, go to Step 9.\n`, 'fails'], // Not gone through, because it has an error.
          [`${inner}\n`, 'holds'],
        ];
        for (const [saved, comes] of savesOfInner) {
          const before = api.testsRan();
          await save('saved-inner.tsg.md', saved);
          await until(`${comes} at a save of a called guide`, () => outcome(before) === comes);
        }
      } finally {
        if (isOn) await toggle();
        for (const name of Object.keys(files)) rmSync(file(name).fsPath, { force: true });
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      }
    });
  });
}
