// Language features in the editor, each through VS Code's own command for it: the logic is tested as text cases, here that it
// is wired and that places come out right.
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { extensionApi, file, openGuide, until } from './editor.ts';

const name = 'language.tsg.md';

export function languageTests(): void {
  describe('language features', () => {
    let document: vscode.TextDocument;
    before(async () => {
      await extensionApi();
      ({ document } = await openGuide(name));
    });
    afterEach(async () => {
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    const at = (words: string, inside = 0): vscode.Position => {
      const index = document.getText().indexOf(words);
      assert.ok(index >= 0, words);
      return document.positionAt(index + inside);
    };
    const ask = <T>(command: string, ...rest: unknown[]): Thenable<T> =>
      vscode.commands.executeCommand<T>(command, document.uri, ...rest);
    const labels = async (position: vscode.Position, trigger?: string): Promise<string[]> => {
      const list = await ask<vscode.CompletionList>('vscode.executeCompletionItemProvider', position, trigger);
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };

    it('completes steps after "go to", columns in a guard, and tools on a fence', async () => {
      await until('offers steps', async () => (await labels(at('Step 3.', 5))).includes('Step 3'));
      await until('offers columns', async () => (await labels(at('r.error_rate', 2), '.')).includes('error_rate'));
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, at('```sql', 6), ' tool=');
      await vscode.workspace.applyEdit(edit);
      await until('offers the tool', async () => (await labels(at('tool=', 5), '=')).includes('telemetry'));
    });

    it('completes parameters in code and accepts one where it stands', async () => {
      const list = await until('offers', async () => {
        const found = await ask<vscode.CompletionList>('vscode.executeCompletionItemProvider', at('{limit}', 1), '{');
        return found.items.some(({ detail, label }) => (detail ?? labelOf(label)).includes('limit')) && found;
      });
      const item = list.items.find(({ label }) => labelOf(label) === 'limit');
      assert.ok(item?.range instanceof vscode.Range);
      assert.equal(item.insertText, 'limit');
    });

    it("completes tables and columns of the tool's database in a query and in a guard, unless the settings forbid it", async function () {
      this.timeout(120_000);
      const settings = vscode.workspace.getConfiguration('tsg');
      await settings.update('completion.askTools', false, vscode.ConfigurationTarget.Workspace);
      assert.ok(!(await labels(at('FROM requests', 5), ' ')).includes('requests'));
      await settings.update('completion.askTools', undefined, vscode.ConfigurationTarget.Workspace);
      const loads = 60_000;
      await until(
        'offers the table',
        async () => (await labels(at('FROM requests', 5), ' ')).includes('requests'),
        loads,
      );
      const columns = await labels(at('AVG(status_code', 4));
      for (const column of ['status_code', 'latency_ms', 'note']) assert.ok(columns.includes(column), column);
      const edit = new vscode.WorkspaceEdit();
      const select = at('note, AVG(status_code) AS error_rate');
      edit.replace(document.uri, new vscode.Range(select, select.translate(0, 36)), '*');
      await vscode.workspace.applyEdit(edit);
      await until('offers its columns in the guard', async () =>
        (await labels(at('r.error_rate', 2), '.')).includes('latency_ms'),
      );
    });

    it('finds every mention of a step, and lights them up', async () => {
      const places = await until('finds', async () => {
        const found = await ask<vscode.Location[]>('vscode.executeReferenceProvider', at('## Step 3', 8));
        return found.length >= 3 && found;
      });
      const lines = places.map(({ range }) => document.lineAt(range.start.line).text);
      assert.ok(lines.some((line) => line.startsWith('## Step 3')));
      assert.ok(lines.some((line) => line.includes('Otherwise, go to Step 3')));
      await until('lights up', async () => {
        const lit = await ask<vscode.DocumentHighlight[]>('vscode.executeDocumentHighlights', at('## Step 3', 8));
        return lit.some(({ kind }) => kind === vscode.DocumentHighlightKind.Write);
      });
    });

    it('gives a step another number with all its mentions, and refuses one that is taken', async () => {
      const where = at('## Step 3', 8);
      const edit = await until('renames', async () =>
        ask<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', where, '7'),
      );
      await vscode.workspace.applyEdit(edit);
      const text = document.getText();
      assert.match(text, /^## Step 7 - Ask the owners$/m);
      assert.match(text, /Otherwise, go to Step 7\./);
      assert.match(text, /\(#step-7---ask-the-owners\)/);
      assert.doesNotMatch(text, /Step 3/);
      const refused = await ask<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', at('## Step 7', 8), '1');
      assert.equal(refused.size, 0);
    });

    it('renames a parameter from its declaration to its placeholders', async () => {
      const edit = await until('renames', async () => {
        const made = await ask<vscode.WorkspaceEdit>(
          'vscode.executeDocumentRenameProvider',
          at('name: limit', 7),
          'most',
        );
        return made.size > 0 && made;
      });
      await vscode.workspace.applyEdit(edit);
      assert.match(document.getText(), /name: most[^]*\{most\}/);
      assert.doesNotMatch(document.getText(), /limit/);
    });

    it('folds steps, expands a selection by sentence, and links the code of a finding to its page', async () => {
      const first = at('## Step 1').line;
      await until('folds', async () => {
        const folds = await ask<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider');
        return folds.some(({ start }) => start === first);
      });
      const [selection] = await ask<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', [
        at('go to Step 3', 11),
      ]);
      const texts: string[] = [];
      for (let range = selection; range; range = range.parent as vscode.SelectionRange)
        texts.push(document.getText(range.range));
      assert.ok(texts.includes('Otherwise, go to Step 3.'), texts.join(' | '));
      await until('links', async () => {
        const links = await ask<vscode.DocumentLink[]>('vscode.executeLinkProvider', 100);
        return links.some(({ target }) => target?.scheme === 'command' && target.query.includes('step.passive'));
      });
    });

    it('finds steps of guides that are not open', async () => {
      const found = await until('finds', async () => {
        const all = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
          'vscode.executeWorkspaceSymbolProvider',
          'slow requests',
        );
        return all.some(({ location }) => location.uri.path.endsWith('small.tsg.md')) && all;
      });
      assert.ok(found.some(({ name: symbol }) => symbol === 'Step1 Find slow requests'));
    });

    it('fixes all that is certain, and renumbers steps', async () => {
      const gap = new vscode.WorkspaceEdit();
      gap.replace(document.uri, new vscode.Range(at('## Step 2', 8), at('## Step 2', 9)), '5');
      // With a jump to Step 2 left, the number would be certain.
      gap.replace(document.uri, new vscode.Range(at('go to Step 2', 11), at('go to Step 2', 12)), '5');
      gap.replace(document.uri, new vscode.Range(at('{limit}', 1), at('{limit}', 6)), 'limt');
      await vscode.workspace.applyEdit(gap);
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      const action = await until('offers fix-all', async () => {
        const all = await ask<vscode.CodeAction[]>('vscode.executeCodeActionProvider', whole, 'source.fixAll.tsg');
        return all.find(({ title }) => title === 'Fix all in this guide');
      });
      assert.ok(action.edit);
      await vscode.workspace.applyEdit(action.edit);
      assert.match(document.getText(), /\{limit\}/);
      const renumber = await until('offers to renumber', async () => {
        const all = await ask<vscode.CodeAction[]>('vscode.executeCodeActionProvider', whole, 'refactor.rewrite');
        return all.find(({ title }) => title === 'Renumber the steps in their order');
      });
      assert.ok(renumber.edit);
      await vscode.workspace.applyEdit(renumber.edit);
      assert.match(document.getText(), /^## Step 2 - Restart the gateway$/m);
    });

    it('settings give findings another weight and show notes in the text', async () => {
      const settings = vscode.workspace.getConfiguration('tsg');
      const { document: wrong } = await openGuide('mistakes.tsg.md');
      const has = (code: string): boolean =>
        vscode.languages
          .getDiagnostics(wrong.uri)
          .some((one) => typeof one.code === 'object' && one.code.value === code);
      await until('reports', () => has('step.unknown-target'));
      await settings.update('check.severities', { 'step.unknown-target': 'off' }, vscode.ConfigurationTarget.Workspace);
      await until('is silent', () => !has('step.unknown-target'));
      const tools = file('tsg.yaml');
      const before = await vscode.workspace.fs.readFile(tools);
      const told = `${new TextDecoder().decode(before)}check:\n  severities: { step.unknown-target: hint }\n`;
      await vscode.workspace.fs.writeFile(tools, new TextEncoder().encode(told));
      await until('is told as the file says, whatever the setting', () => has('step.unknown-target'));
      await vscode.workspace.fs.writeFile(tools, before);
      await until('is silent again', () => !has('step.unknown-target'));
      await settings.update('check.severities', undefined, vscode.ConfigurationTarget.Workspace);
      const ignoring = `${new TextDecoder().decode(before)}check:\n  ignore: ['mist*.md']\n`;
      await until('reports again', () => has('step.unknown-target'));
      await vscode.workspace.fs.writeFile(tools, new TextEncoder().encode(ignoring));
      await until('is ignored', () => !has('step.unknown-target'));
      await vscode.workspace.fs.writeFile(tools, before);
      await until('is reported', () => has('step.unknown-target'));
      await settings.update('inlayHints.effects', true, vscode.ConfigurationTarget.Workspace);
      const range = new vscode.Range(0, 0, document.lineCount, 0);
      await until('notes', async () => {
        const hints = await ask<vscode.InlayHint[]>('vscode.executeInlayHintProvider', range);
        return hints.some(({ label }) => Array.isArray(label) && label[0]?.value === 'only reads');
      });
      await settings.update('inlayHints.effects', undefined, vscode.ConfigurationTarget.Workspace);
    });
  });
}

function labelOf(label: string | vscode.CompletionItemLabel): string {
  return typeof label === 'string' ? label : label.label;
}
