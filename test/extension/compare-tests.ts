// Comparing a guide's plan with the last commit and with another file, drawn in its preview.
import * as assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { readPlanDag } from '../../src/plan/index.ts';
import { extensionApi, file, openGuide, until, type TestApi } from './editor.ts';

export function compareTests(): void {
  describe('comparing plans', () => {
    let api: TestApi;
    before(async () => {
      api = await extensionApi();
    });

    const titles = (plan: { nodes: readonly { id: string; title: string }[] } | undefined): string =>
      plan?.nodes.map(({ title }) => title).join(' | ') ?? '';

    it('with another file, as the text changes, until it is closed', async () => {
      const { document } = await openGuide('small.tsg.md');
      const other = file('judgement.tsg.md').toString();
      await vscode.commands.executeCommand('tsg.comparePlans', { uri: document.uri.toString(), file: other });
      const sides = await until('compares', () => api.compared(document.uri));
      assert.notEqual(titles(sides.old), titles(sides.next));
      const steps = await until('has drawn both', () => api.previewBoxes(document.uri));
      assert.ok(steps >= sides.next.nodes.length);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(document.lineCount, 0), '\n## Step 9 - Look once more\n\nLook.\n');
      await vscode.workspace.applyEdit(edit);
      await until('follows the text', () => titles(api.compared(document.uri)?.next).includes('Look once more'));
      const told = await vscode.commands.executeCommand<vscode.TextDocument>('tsg.tellChanges', {
        uri: document.uri.toString(),
      });
      assert.match(told.getText(), /Step9: Look once more/);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await vscode.commands.executeCommand('tsg.endComparison', { uri: document.uri.toString() });
      assert.equal(api.compared(document.uri), undefined);
    });

    it('a plan goes out as DOT and as a page of its own, and comes in from a flowchart', async () => {
      const { document } = await openGuide('small.tsg.md');
      const dot = await vscode.commands.executeCommand<vscode.TextDocument>('tsg.exportDot');
      assert.match(dot.getText(), /^digraph [\s\S]*Step1/);
      const to = file('small.html');
      await vscode.commands.executeCommand('tsg.exportHtml', { uri: document.uri.toString(), to: to.toString() });
      const page = new TextDecoder().decode(await vscode.workspace.fs.readFile(to));
      assert.match(page, /^<!doctype html>/i);
      assert.ok(page.includes("default-src 'none'") && page.includes('Find slow requests'));
      const chart = file('chart.mmd');
      await vscode.workspace.fs.writeFile(
        chart,
        new TextEncoder().encode('flowchart TD\n  a[Look] -->|odd| b[Roll back]\n'),
      );
      const plan = await vscode.commands.executeCommand<vscode.TextDocument>('tsg.importPlan', {
        file: chart.toString(),
      });
      assert.ok(readPlanDag(plan.getText()).plan?.nodes.some(({ title }) => title === 'Roll back'));
    });

    it('with the last commit', async function () {
      const uri = file('language.tsg.md');
      const cwd = dirname(uri.fsPath);
      const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd });
      git('init', '-q');
      git('add', '-A');
      git('commit', '-q', '-m', 'Guides');
      const { document } = await openGuide('language.tsg.md');
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, new vscode.Position(document.lineCount, 0), '\n## Step 9 - Look once more\n\nLook.\n');
      await vscode.workspace.applyEdit(edit);
      await vscode.commands.executeCommand('tsg.comparePlans', { uri: uri.toString(), commit: 'HEAD' });
      const sides = await until('compares', () => api.compared(uri));
      assert.ok(!titles(sides.old).includes('Look once more') && titles(sides.next).includes('Look once more'));
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await vscode.commands.executeCommand('tsg.endComparison', { uri: uri.toString() });
    });
  });
}
