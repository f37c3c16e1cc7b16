// Guides of a workspace seen together: two of one alert, an alert without a guide, a link to a guide that moved, and a baseline
// and ignored files that count in the editor as on the command line.
import * as vscode from 'vscode';
import { makeBaseline } from '../../src/check/index.ts';
import { analyze } from '../../src/editing/index.ts';
import { extensionApi, file, openGuide, until } from './editor.ts';

const folder = 'library';

export function libraryTests(): void {
  describe('guides of a workspace', () => {
    const write = (name: string, text: string): Thenable<void> =>
      vscode.workspace.fs.writeFile(file(`${folder}/${name}`), new TextEncoder().encode(text));
    const guide = (alert: string, words = 'Look at the disk.'): string =>
      `---\ntitle: ${alert}\nowner: storage\nalerts: [${alert}]\n---\n\n## Step 1 - Look at the disk\n\n${words} This ends the guide.\n`;
    const codes = (name: string): string[] =>
      vscode.languages
        .getDiagnostics(file(`${folder}/${name}`))
        .map(({ code }) => (typeof code === 'object' ? String(code.value) : String(code)));

    before(async () => {
      await extensionApi();
      await write(
        'rules.yml',
        'groups:\n  - name: disks\n    rules:\n      - alert: DiskFull\n      - alert: DiskGone\n',
      );
      await write('disk.tsg.md', guide('DiskFull', 'Follow [the other](volume.tsg.md).'));
      await write('new/volume.tsg.md', guide('VolumeFull'));
      await openGuide(`${folder}/disk.tsg.md`);
    });
    after(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(file(folder), { recursive: true });
    });

    it('a link to a guide that moved is told, and its fix leads to the new place', async () => {
      await until('tells of the link', () => codes('disk.tsg.md').includes('link.moved'));
      const uri = file(`${folder}/disk.tsg.md`);
      const document = await vscode.workspace.openTextDocument(uri);
      const at = document.positionAt(document.getText().indexOf('volume.tsg.md'));
      const edit = await until('offers the fix', async () => {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          uri,
          new vscode.Range(at, at),
        );
        return actions.find(({ title }) => title.includes('new/volume.tsg.md'))?.edit;
      });
      await vscode.workspace.applyEdit(edit);
      await until('is content', () => !codes('disk.tsg.md').includes('link.moved'));
      await document.save();
    });

    it('an alert without a guide is told in its rule file, until a guide names it', async () => {
      await until('tells of the alert', () => codes('rules.yml').includes('library.alert-without-guide'));
      await write('gone.tsg.md', guide('DiskGone'));
      await until('is content', () => codes('rules.yml').length === 0);
    });

    it('two guides of one alert are told of each other', async () => {
      await write('second.tsg.md', guide('DiskFull'));
      await until(
        'tells both',
        () =>
          codes('second.tsg.md').includes('library.same-alert') && codes('disk.tsg.md').includes('library.same-alert'),
      );
      await vscode.workspace.fs.delete(file(`${folder}/second.tsg.md`));
      await until('is content', () => !codes('disk.tsg.md').includes('library.same-alert'));
    });

    it('a baseline and ignored files count as on the command line', async () => {
      await write('broken.tsg.md', guide('Broken', 'Read [this](#nowhere).'));
      await openGuide(`${folder}/broken.tsg.md`);
      await until('tells of the link', () => codes('broken.tsg.md').includes('link.broken'));
      await write('tsg.yaml', 'check:\n  ignore: [broken.tsg.md]\n');
      await until('leaves the file alone', () => codes('broken.tsg.md').length === 0);
      await write('tsg.yaml', 'check:\n  baseline: known.json\n');
      await until('tells of it again', () => codes('broken.tsg.md').includes('link.broken'));
      const text = guide('Broken', 'Read [this](#nowhere).');
      const { diagnostics } = analyze(text, { file: '', sha256: '', languages: null });
      const baseline = makeBaseline([{ file: 'broken.tsg.md', text, diagnostics }]);
      await write('known.json', JSON.stringify(baseline));
      await until('knows it', () => codes('broken.tsg.md').length === 0);
    });
  });
}
