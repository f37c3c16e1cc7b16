// Reading and editing guides in the editor: activation, commands, problems, fixes, outline, lenses, hints, exports, preview.
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { comesTo } from './asking.ts';
import { extensionApi, file, manifest, openGuide, until, type TestApi } from './editor.ts';

export function editingTests(): void {
  describe('editing a guide', () => {
    let api: TestApi;
    before(async () => {
      api = await extensionApi();
    });

    it('every command of the manifest is in the code, and the code has two more, which a link and the preview call', async () => {
      const declared = manifest().contributes.commands.map(({ command }) => command);
      assert.deepEqual(
        declared.filter((id) => !api.commands.includes(id)),
        [],
      );
      assert.deepEqual(api.commands.filter((id) => !declared.includes(id)).sort(), ['tsg.showPage', 'tsg.tellChanges']);
      const registered = await vscode.commands.getCommands(true);
      assert.deepEqual(
        api.commands.filter((id) => !registered.includes(id)),
        [],
      );
    });

    it('problems appear with a code and a page, and a fix repairs one', async () => {
      const { document } = await openGuide('mistakes.tsg.md');
      const problems = await until('has its problems', () => {
        const all = vscode.languages.getDiagnostics(document.uri);
        return all.some((problem) => codeOf(problem) === 'parameter.undefined') && all;
      });
      const codes = problems.map(codeOf);
      assert.ok(codes.includes('step.unknown-target'), codes.join());
      const misspelt = problems.find((problem) => codeOf(problem) === 'parameter.undefined');
      assert.ok(misspelt);
      assert.match(document.getText(misspelt.range), /servce/);
      const target = (misspelt.code as { target: vscode.Uri }).target;
      assert.match(target.toString(), /tsg\.showPage/);
      // VS Code drops the answer when another extension registers a provider meanwhile, as markdown's does when it starts.
      const fix = await until('offers the fix', async () => {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          misspelt.range,
        );
        return actions.find((action) => action.edit && action.title.includes('service'));
      });
      assert.ok(fix.edit);
      await vscode.workspace.applyEdit(fix.edit);
      assert.match(document.getText(), /echo \{service\}/);
      await until(
        'the finding goes',
        () => !vscode.languages.getDiagnostics(document.uri).some((one) => codeOf(one) === 'parameter.undefined'),
      );
    });

    it('a placeholder is declared where the other parameters are', async () => {
      const { document } = await openGuide('mistakes.tsg.md');
      const placing = new vscode.WorkspaceEdit();
      placing.insert(document.uri, document.positionAt(document.getText().indexOf('echo ') + 5), '{zone} ');
      await vscode.workspace.applyEdit(placing);
      const isTold = (): boolean =>
        vscode.languages.getDiagnostics(document.uri).some((one) => document.getText(one.range) === '{zone}');
      await until('the finding comes', isTold);
      const at = document.positionAt(document.getText().indexOf('{zone}') + 3);
      const declaring = await until('offers to declare it', async () => {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          new vscode.Range(at, at),
          vscode.CodeActionKind.QuickFix.value,
        );
        return actions.find((action) => action.edit && /^Declare\b.*zone/.test(action.title));
      });
      assert.ok(declaring.edit);
      await vscode.workspace.applyEdit(declaring.edit);
      assert.match(document.getText(), /- name: service\n.*\n  - name: zone\n    description: The zone\n---/);
      await until('the finding goes', () => !isTold());
    });

    it('a finding shows the other place it speaks of, and a comment in the text silences it', async () => {
      const { document } = await openGuide('mistakes.tsg.md');
      const twice = (): vscode.Diagnostic | undefined =>
        vscode.languages.getDiagnostics(document.uri).find((one) => codeOf(one) === 'step.duplicate');
      const again = new vscode.WorkspaceEdit();
      const end = document.lineAt(document.lineCount - 1).range.end;
      again.insert(document.uri, end, '\n## Step 2 - Done again\n\nThis ends the guide.\n');
      await vscode.workspace.applyEdit(again);
      const found = await until('tells of both steps', twice);
      const [other] = found.relatedInformation ?? [];
      assert.ok(other);
      assert.equal(other.location.uri.toString(), document.uri.toString());
      assert.match(document.lineAt(other.location.range.start).text, /^## Step 2 - Done$/);
      const silencing = new vscode.WorkspaceEdit();
      silencing.insert(
        document.uri,
        found.range.start.with({ character: 0 }),
        '<!-- tsg-disable-next-line step.duplicate -->\n',
      );
      await vscode.workspace.applyEdit(silencing);
      await until('is silent', () => twice() === undefined);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('the page of a finding is in the extension', async () => {
      await vscode.commands.executeCommand('tsg.showPage', 'step.unknown-target');
      const tabs = (): string[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
      await until('shows the page', () => tabs().some((label) => label.includes('step.unknown-target')));
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    });

    it('the outline has the steps, and a jump leads to its step', async () => {
      const { document } = await openGuide('small.tsg.md');
      await until('has the step', async () => {
        const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
          'vscode.executeDocumentSymbolProvider',
          document.uri,
        );
        const names = symbols.flatMap(function all(symbol: vscode.DocumentSymbol): string[] {
          return [symbol.name, ...symbol.children.flatMap(all)];
        });
        return names.some((name) => name.includes('Find slow requests')) || assert.fail(names.join());
      });
      const jump = document.positionAt(document.getText().indexOf('go to Step 2') + 8);
      const heading = document.positionAt(document.getText().indexOf('## Step 2')).line;
      await until('leads there', async () => {
        const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
          'vscode.executeDefinitionProvider',
          document.uri,
          jump,
        );
        const lines = places.map((place) => ('targetRange' in place ? place.targetRange : place.range).start.line);
        return lines.includes(heading) || assert.fail(`${lines.join()} without ${heading}`);
      });
    });

    it('each step has its two lenses', async () => {
      const { document } = await openGuide('small.tsg.md');
      await comesTo(
        'has lenses',
        async () => (await lensesOf(document)).map(({ command }) => command?.command ?? '').sort(),
        ['tsg.dryRun', 'tsg.dryRun', 'tsg.liveRun', 'tsg.liveRun'],
      );
    });

    it('a guide of paragraphs has one line of lenses, which leads to what could not be read', async () => {
      const text =
        '# Ceph mon\n\n## Diagnosis\n\nLook at the pods:\n\n```bash\nkubectl get pods\n```\n\nIf a pod is pending, describe it:\n\n```bash\nkubectl describe pod mon\n```\n\n## Mitigation\n\nIf the disk is full, clean it up.\n\nRestart the pod.\n';
      const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: text });
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('tsg.treatAsGuide');
      const lenses = await until('has lenses', async () => {
        const found = await lensesOf(document);
        return found.length > 0 && found;
      });
      await vscode.commands.executeCommand('tsg.treatAsMarkdown');
      const titles = lenses.map(({ command }) => command?.title ?? '');
      assert.deepEqual(titles.slice(0, 3), ['$(play) Run guide', 'Dry-run', 'Show plan']);
      assert.match(titles[3] ?? '', /^\d steps?(?:, \d passages? not read)?$/);
      assert.ok(lenses.every(({ range }) => range.start.line === 0));
      assert.equal(lenses.length, 4);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('markdown that is asked for its plan is a guide from then on, until a person takes it back', async () => {
      const content = '# Queue stuck\n\n## Diagnosis\n\nLook at the queue:\n\n```bash\nls\n```\n';
      const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
      await vscode.window.showTextDocument(document);
      const none = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      assert.deepEqual(
        none.filter(({ command }) => command?.command.startsWith('tsg.')),
        [],
      );
      const plan = await vscode.commands.executeCommand<vscode.TextDocument>('tsg.compile');
      assert.match(plan.getText(), /Look at the queue/);
      await until('shows the plan', () => vscode.window.visibleTextEditors.some((one) => one.document === plan));
      await vscode.window.showTextDocument(plan);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await vscode.window.showTextDocument(document);
      await until('has lenses', async () => (await lensesOf(document)).length > 0);
      await vscode.commands.executeCommand('tsg.treatAsMarkdown');
      await until('has no lenses', async () => (await lensesOf(document)).length === 0);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('an inferred guard shows after its condition', async () => {
      const { document } = await openGuide('approval.tsg.md');
      const range = new vscode.Range(0, 0, document.lineCount, 0);
      await until('is shown', async () => {
        const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
          'vscode.executeInlayHintProvider',
          document.uri,
          range,
        );
        const shown = hints.map((hint) => String(hint.label));
        return shown.some((label) => label.includes('exitCode == 0')) || assert.fail(shown.join());
      });
    });

    it('the plan of another unsaved text of the same name is its own', async () => {
      for (const thing of ['queue', 'disk', 'proxy']) {
        const content = `# Trouble\n\n## Diagnosis\n\nLook at the ${thing}.\n`;
        const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
        await vscode.window.showTextDocument(document);
        const plan = await vscode.commands.executeCommand<vscode.TextDocument>('tsg.compile');
        assert.match(plan.getText(), new RegExp(`Look at the ${thing}`));
        await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
        // A text that is opened before the editor has let go of this one may be given this one.
        await until('is closed', () => document.isClosed);
      }
    });

    it('a plan opens as PlanDAG', async () => {
      await openGuide('small.tsg.md');
      const document = await vscode.commands.executeCommand<vscode.TextDocument>('tsg.compile');
      const dag = JSON.parse(document.getText()) as { nodes: { node: string }[] };
      assert.deepEqual(
        dag.nodes.map(({ node }) => node),
        ['start', 'Step1', 'Step2', 'end'],
      );
    });

    it('the preview draws every node', async () => {
      const { document } = await openGuide('small.tsg.md');
      await vscode.commands.executeCommand('tsg.openPreview');
      await until('drawn', () => api.previewBoxes(document.uri) >= 4);
    });

    it('the preview begins at the step of the cursor, and follows it wherever it is sent', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const editor = await openGuide('long.tsg.md');
      const { document } = editor;
      const go = (words: string): void => {
        const at = document.positionAt(document.getText().indexOf(words));
        editor.selection = new vscode.Selection(at, at);
      };
      go('Look at shelf 17');
      await vscode.commands.executeCommand('tsg.openPreview');
      await until('at step 17', () => api.previewStep(document.uri) === 'Step17');
      go('Look at shelf 3');
      await until('at step 3', () => api.previewStep(document.uri) === 'Step3');
      await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      await vscode.commands.executeCommand('cursorBottom');
      await vscode.commands.executeCommand('cursorUp');
      await until('at the last step', () => api.previewStep(document.uri) === 'Step20');
      // A step more: the plan is drawn anew, and the cursor stays where the writer is.
      const added = '\n## Step 21 - Look at the door\n\nLook at it.\n';
      await editor.edit((edit) => edit.insert(document.positionAt(document.getText().length), added));
      go('Look at the door');
      await until('at the new step', () => api.previewStep(document.uri) === 'Step21');
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('plain markdown becomes a guide when it is treated as one', async () => {
      const { document } = await openGuide('plain.md');
      assert.deepEqual(await lensesOf(document), []);
      await vscode.commands.executeCommand('tsg.treatAsGuide');
      await until('a guide', async () => (await lensesOf(document)).length > 0);
      await vscode.commands.executeCommand('tsg.treatAsMarkdown');
      await until('plain again', async () => (await lensesOf(document)).length === 0);
    });

    it('markdown in a folder of the setting is a guide', async () => {
      const { document } = await openGuide('plain.md');
      const settings = vscode.workspace.getConfiguration('tsg');
      await settings.update('guides', ['pla*.md'], vscode.ConfigurationTarget.Workspace);
      await until('a guide', async () => (await lensesOf(document)).length > 0);
      await settings.update('guides', undefined, vscode.ConfigurationTarget.Workspace);
      await until('plain again', async () => (await lensesOf(document)).length === 0);
    });

    it('a new guide has no error', async () => {
      const document = await vscode.commands.executeCommand<vscode.TextDocument>('tsg.newGuide', 'Queue is full');
      assert.match(document.getText(), /Queue is full/);
      // Lenses come of an analysis; findings of a guide that nobody has analysed would be none as well.
      await until('is analysed', async () => (await lensesOf(document)).length > 0);
      assert.deepEqual(
        api.findings(document.uri).filter((finding) => finding.severity === 'error'),
        [],
      );
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('a guide of thousands of steps is analysed beside the editor, newest text first', async () => {
      const steps = Array.from(
        { length: 4000 },
        (_, i) => `## Step ${i + 1} - Look\n\n\`\`\`bash\necho ${i}\n\`\`\`\n`,
      );
      const text = `# Long\n\n${steps.join('\n')}\nIf the exit code is 0, go to Step 9999.\n`;
      await vscode.workspace.fs.writeFile(file('thousands.tsg.md'), new TextEncoder().encode(text));
      const { document } = await openGuide('thousands.tsg.md');
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, document.positionAt(text.length), '\nOtherwise, go to Step 8888.\n');
      await vscode.workspace.applyEdit(edit);
      const found = await until('analysed', () => {
        const all = api.findings(document.uri).filter((finding) => finding.code === 'step.unknown-target');
        return all.length === 2 && all;
      });
      assert.match(found[1]?.message ?? '', /8888/);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await vscode.workspace.fs.delete(file('thousands.tsg.md'));
    });

    it('a bad tools file is a problem of that file', async () => {
      const uri = file('elsewhere/tsg.yaml');
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('tools:\n  host:\n    kind: shel\n'));
      await vscode.workspace.fs.copy(file('small.tsg.md'), file('elsewhere/small.tsg.md'));
      await openGuide('elsewhere/small.tsg.md');
      const [problem] = await until('told', () => {
        const all = vscode.languages.getDiagnostics(uri);
        return all.length > 0 && all;
      });
      assert.equal(problem?.range.start.line, 2);
      await vscode.workspace.fs.delete(file('elsewhere'), { recursive: true });
    });
  });
}

async function lensesOf(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
}

function codeOf(problem: vscode.Diagnostic): string {
  return typeof problem.code === 'object' ? String(problem.code.value) : String(problem.code);
}
