// What helps an author beyond the language features of one place: colours, formatting, the view of the plan, guides that call
// guides, taking steps out, making steps of a page, the walkthrough, and what is known of the latest run.
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { comesTo, hoversOf } from './asking.ts';
import { extensionApi, file, openGuide, until, type TestApi } from './editor.ts';

const write = (name: string, text: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(file(name), new TextEncoder().encode(text));

const outage = `# Outage

## Step 1 - Look

If the service is down, go to Step 2. Otherwise, go to Step 4.

## Step 2 - Find the node

\`\`\`bash
find-node
\`\`\`

## Step 3 - Drain it

Drain the node.

## Step 4 - Tell the owners

Escalate to the owners.
`;

export function authoringTests(): void {
  describe('authoring', () => {
    let api: TestApi;
    before(async () => {
      api = await extensionApi();
    });
    afterEach(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('colours names by what they stand for', async () => {
      const { document } = await openGuide('language.tsg.md');
      const legend = await until('has a legend', async () =>
        vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
          'vscode.provideDocumentSemanticTokensLegend',
          document.uri,
        ),
      );
      const tokens = await until('has tokens', async () =>
        vscode.commands.executeCommand<vscode.SemanticTokens | undefined>(
          'vscode.provideDocumentSemanticTokens',
          document.uri,
        ),
      );
      const found: string[] = [];
      let line = 0;
      let start = 0;
      for (let at = 0; at < tokens.data.length; at += 5) {
        const [down = 0, right = 0, length = 0, type = 0] = tokens.data.slice(at, at + 5);
        line += down;
        start = down === 0 ? start + right : right;
        const words = document.getText(new vscode.Range(line, start, line, start + length));
        found.push(`${legend.tokenTypes[type] ?? ''} ${words}`);
      }
      assert.ok(found.includes('parameter limit'), found.join(', '));
      assert.ok(found.includes('function 3'), found.join(', '));
    });

    it('formats on request what it must, and saving does not', async () => {
      await write('untidy.tsg.md', '# Guide  \n\n## Step 1 - Look \n\n```bash   as=a\nls  \n```\n');
      const { document } = await openGuide('untidy.tsg.md');
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 7), '!');
      await vscode.workspace.applyEdit(edit);
      await document.save();
      assert.match(document.getText(), /Step 1 - Look \n/, 'saving has formatted');
      const edits = await until('formats', async () => {
        const all = await vscode.commands.executeCommand<vscode.TextEdit[]>(
          'vscode.executeFormatDocumentProvider',
          document.uri,
          { tabSize: 2, insertSpaces: true },
        );
        return all.length > 0 && all;
      });
      const format = new vscode.WorkspaceEdit();
      format.set(document.uri, edits);
      await vscode.workspace.applyEdit(format);
      assert.equal(document.getText(), '# Guide!\n\n## Step 1 - Look\n\n```bash as=a\nls  \n```\n');
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await vscode.workspace.fs.delete(file('untidy.tsg.md'));
    });

    it('shows the plan as a tree that follows the cursor and the run', async () => {
      const editor = await openGuide('small.tsg.md');
      const { document } = editor;
      await until('was analysed', () => api.planView().lines.length > 0);
      await vscode.commands.executeCommand('tsg.plan.focus');
      const lines = await until('shows steps and ways', () => {
        const shown = api.planView().lines;
        return shown.some((line) => line.startsWith('Step 1')) && shown;
      });
      assert.ok(
        lines.some((line) => /^ {2}Step 2 - Say how many \| if/i.test(line)),
        lines.join('\n'),
      );
      await vscode.window.showTextDocument(document);
      const second = document.getText().indexOf('## Step 2') + 4;
      editor.selection = new vscode.Selection(document.positionAt(second), document.positionAt(second));
      await until('follows', () => api.planView().selected === 'Step2');
      await vscode.commands.executeCommand('tsg.liveRun', { uri: document.uri.toString() });
      await until('shows the run', () => api.planView().lines.some((line) => line.endsWith('| succeeded')));
      await until('has ended', () => api.run(document.uri)?.view.phase === 'ended');
      await vscode.commands.executeCommand('tsg.clearOutput', { uri: document.uri.toString() });
      await until('is cleared', () => !api.planView().lines.some((line) => line.endsWith('| succeeded')));
    });

    it('selects in the tree the step that is being written', async () => {
      await write('growing.tsg.md', '# Growing\n\n## Step 1 - Look\n\nLook at it.');
      const editor = await openGuide('growing.tsg.md');
      const { document } = editor;
      await vscode.commands.executeCommand('tsg.plan.focus');
      await until('shows its step', () => api.planView().lines.some((line) => line.startsWith('Step 1')));
      await vscode.window.showTextDocument(document);
      const end = document.positionAt(document.getText().length);
      editor.selection = new vscode.Selection(end, end);
      await until('follows to the end', () => api.planView().selected === 'Step1');
      await vscode.commands.executeCommand('type', { text: '\n## Step 2 - Look again\n\nOnce more.' });
      await until('follows', () => api.planView().selected === 'Step2');
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await vscode.workspace.fs.delete(file('growing.tsg.md'));
    });

    it('tells of the latest run on hover, and completes its columns', async () => {
      // The query's own text does not name its columns.
      await write(
        'star.tsg.md',
        '# Star\n\n## Step 1 - Look\n\n```sql\nSELECT * FROM requests WHERE latency_ms > 500\n```\n\n' +
          'If `rows.size() > 0`, this resolves the incident. Otherwise, escalate to the owners.\n',
      );
      const { document } = await openGuide('star.tsg.md');
      await vscode.commands.executeCommand('tsg.liveRun', { uri: document.uri.toString() });
      await until('has ended', () => api.run(document.uri)?.view.phase === 'ended');
      const at = (words: string, inside: number): vscode.Position =>
        document.positionAt(document.getText().indexOf(words) + inside);
      await until('tells', async () => {
        const told = await hoversOf(document.uri, at('## Step 1', 4));
        return told.some((one) => one.includes('In the latest run: succeeded, 2 rows')) || assert.fail(told.join('\n'));
      });
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, at('If `rows', 4), 'rows.exists(r, r.');
      await vscode.workspace.applyEdit(edit);
      await until('offers the columns that came back', async () => {
        const list = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          at('rows.exists(r, r.', 17),
          '.',
        );
        const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
        return labels.includes('status_code') && labels.includes('latency_ms');
      });
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await vscode.commands.executeCommand('tsg.clearOutput', { uri: document.uri.toString() });
      await vscode.workspace.fs.delete(file('star.tsg.md'));
    });

    it('shows which guides call which', async () => {
      await write('called.tsg.md', '# Called\n\n## Step 1 - Act\n\nAct on it.\n');
      await write('caller.tsg.md', '# Caller\n\n## Step 1 - Go\n\nFollow [the other](called.tsg.md).\n');
      const { document } = await openGuide('caller.tsg.md');
      const prepare = async (uri: vscode.Uri, place: vscode.Position): Promise<vscode.CallHierarchyItem> =>
        until('has an item', async () => {
          const items = await vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
            'vscode.prepareCallHierarchy',
            uri,
            place,
          );
          return items[0];
        });
      const caller = await prepare(document.uri, new vscode.Position(0, 3));
      assert.equal(caller.name, 'Caller');
      await comesTo(
        'leads to the called one',
        async () => {
          const outgoing = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
            'vscode.provideOutgoingCalls',
            caller,
          );
          return outgoing.map(({ to }) => to.name);
        },
        ['Called'],
      );
      const called = await prepare(document.uri, new vscode.Position(4, 12));
      assert.equal(called.name, 'Called');
      await comesTo(
        'is led to by the caller',
        async () => {
          const incoming = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>(
            'vscode.provideIncomingCalls',
            called,
          );
          return incoming.map(({ from, fromRanges }) => `${from.name} ${String(fromRanges[0]?.start.line)}`);
        },
        ['Caller 4'],
      );
      await vscode.workspace.fs.delete(file('called.tsg.md'));
      await vscode.workspace.fs.delete(file('caller.tsg.md'));
    });

    it('takes selected steps into a guide of their own and leaves a link', async () => {
      await write('outage.tsg.md', outage);
      const editor = await openGuide('outage.tsg.md');
      const { document } = editor;
      const from = document.positionAt(outage.indexOf('## Step 2'));
      editor.selection = new vscode.Selection(from, document.positionAt(outage.indexOf('Drain the node.')));
      await until('is offered', async () => {
        const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          editor.selection,
          'refactor.extract',
        );
        return all.some(({ title }) => title.includes('find-the-node.tsg.md'));
      });
      // A file that an edit makes only comes through the editor's own way of applying it.
      await vscode.commands.executeCommand('editor.action.codeAction', {
        kind: 'refactor.extract.guide',
        apply: 'first',
      });
      await until('is taken out', () => document.getText().includes('Follow ['));
      assert.match(
        document.getText(),
        /^## Step 2 - Find the node\n\nFollow \[Find the node\]\(find-the-node\.tsg\.md\)\.\n/m,
      );
      assert.match(document.getText(), /Otherwise, go to Step 3\.[^]*^## Step 3 - Tell the owners$/m);
      await until('is made', async () => {
        const made = await vscode.workspace.openTextDocument(file('find-the-node.tsg.md'));
        return /^# Find the node\n\n## Step 1 - Find the node\n[^]*^## Step 2 - Drain it$/m.test(made.getText());
      });
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await vscode.workspace.fs.delete(file('find-the-node.tsg.md'));
      await vscode.workspace.fs.delete(file('outage.tsg.md'));
    });

    it('shows a page as steps beside it, and writes that only when told to', async () => {
      const page =
        '# Lag\n\nCheck the lag on the dashboard. If it is above 1000, restart the consumer.\n\nFinally, close the alert.\n';
      await write('lag.md', page);
      const { document } = await openGuide('lag.md');
      await vscode.commands.executeCommand('tsg.convertToSteps');
      const tab = await until('shows the difference', () => {
        const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
        return input instanceof vscode.TabInputTextDiff && input;
      });
      assert.equal(tab.original.toString(), document.uri.toString());
      const shown = await vscode.workspace.openTextDocument(tab.modified);
      assert.match(shown.getText(), /^## Step 1 - Check the lag on the dashboard$/m);
      assert.equal(document.getText(), page);
      await vscode.commands.executeCommand('tsg.applyConversion');
      assert.equal(document.getText(), shown.getText());
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await vscode.workspace.fs.delete(file('lag.md'));
    });

    it('opens its walkthrough, whose links are commands that there are', async () => {
      const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.tsg-studio'));
      const { walkthroughs } = (extension?.packageJSON as { contributes: { walkthroughs: Walkthrough[] } }).contributes;
      const known = new Set(await vscode.commands.getCommands(true));
      const links = walkthroughs.flatMap(({ steps }) =>
        steps.flatMap(({ description }) => [...description.matchAll(/\(command:([\w.]+)/g)].map(([, id = '']) => id)),
      );
      assert.ok(links.length >= 5);
      assert.deepEqual(
        links.filter((id) => !known.has(id)),
        [],
      );
      const small = await vscode.workspace.openTextDocument(file('small.tsg.md'));
      await vscode.window.showTextDocument(small, { preview: false, viewColumn: vscode.ViewColumn.One });
      await vscode.commands.executeCommand('tsg.openWalkthrough');
      await until('is shown', () => {
        const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
        return labels.some((label) => /walkthrough|welcome/i.test(label)) || assert.fail(labels.join(', '));
      });
      // A link of it works on the guide that is open behind it.
      await vscode.commands.executeCommand('tsg.openPreview');
      await until('has drawn', () => api.previewBoxes(file('small.tsg.md')) > 0);
    });
  });
}

interface Walkthrough {
  readonly steps: readonly { readonly description: string }[];
}
