// The check of a whole workspace: what it shows of guides that nobody has opened, what it leaves alone, how it stays true, and that
// the editor's host goes on meanwhile.
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { makeBaseline } from '../../src/check/index.ts';
import { analyze } from '../../src/editing/index.ts';
import { extensionApi, file, openGuide, until } from './editor.ts';

const folder = 'many';

interface Summary {
  readonly guides: number;
  readonly ignored: number;
  readonly errors: number;
  readonly done: number;
  readonly failed: readonly unknown[];
}

export function workspaceCheckTests(): void {
  describe('checking a workspace', function () {
    this.timeout(120_000);
    const write = (name: string, text: string): Thenable<void> =>
      vscode.workspace.fs.writeFile(file(`${folder}/${name}`), new TextEncoder().encode(text));
    const guide = (words: string): string =>
      `# Disk\n\n## Step 1 - Look at the disk\n\n${words} This ends the guide.\n`;
    const codes = (name: string): string[] =>
      vscode.languages
        .getDiagnostics(file(`${folder}/${name}`))
        .map(({ code }) => (typeof code === 'object' ? String(code.value) : String(code)))
        .filter((code) => code === 'link.broken' || code === 'step.unknown-target');
    const check = async (): Promise<Summary> => {
      const summary = await vscode.commands.executeCommand<Summary>('tsg.checkWorkspace');
      assert.ok(summary, 'no summary');
      return summary;
    };

    before(async () => {
      await extensionApi();
      await write('sound.tsg.md', guide('Look.'));
      await write('link.tsg.md', guide('Read [this](#nowhere).'));
      await write('jump.tsg.md', guide('If it is full, go to Step 9.'));
      await write('left-out.tsg.md', guide('Read [this](#nowhere).'));
      await write('known.tsg.md', guide('Read [this](#nowhere).'));
      await write('no-guide.md', guide('Read [this](#nowhere).'));
      const text = guide('Read [this](#nowhere).');
      const { diagnostics } = analyze(text, { file: '', sha256: '', languages: null });
      await write('baseline.json', JSON.stringify(makeBaseline([{ file: 'known.tsg.md', text, diagnostics }])));
      await write('tsg.yaml', 'check:\n  ignore: [left-out.tsg.md]\n  baseline: baseline.json\n');
    });
    after(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(file(folder), { recursive: true });
    });

    it('shows what is wrong with guides that nobody has opened, by ignored files and the baseline', async () => {
      assert.deepEqual(codes('jump.tsg.md'), []);
      const summary = await check();
      assert.equal(summary.done, summary.guides);
      assert.equal(summary.ignored, 1);
      assert.deepEqual(summary.failed, []);
      assert.ok(summary.errors >= 1);
      const shown = ['sound', 'link', 'jump', 'left-out', 'known'].map((name) => codes(`${name}.tsg.md`));
      assert.deepEqual(shown, [[], ['link.broken'], ['step.unknown-target'], [], []]);
      assert.deepEqual(codes('no-guide.md'), []);
      const [first] = vscode.languages.getDiagnostics(file(`${folder}/jump.tsg.md`));
      assert.ok(first);
      assert.equal(first.source, 'TSG');
      assert.equal(first.range.start.line, 4);
    });

    it('tells each finding once while a guide is open, and again when it was closed', async () => {
      const { document } = await openGuide(`${folder}/jump.tsg.md`);
      await until('is analysed', () => codes('jump.tsg.md').length === 1);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(2, 0), '## Step 9 - Clean up\n\nThis ends the guide.\n\n');
      await vscode.workspace.applyEdit(edit);
      await until('is content', () => codes('jump.tsg.md').length === 0);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await until('tells of the file as it is on disk', () => codes('jump.tsg.md').length === 1, 30_000);
    });

    it('follows files and settings that change', async () => {
      await write('sound.tsg.md', guide('Go to Step 7.'));
      await until('tells of the change', () => codes('sound.tsg.md').length === 1);
      await write('new.tsg.md', guide('Read [this](#nowhere).'));
      await until('tells of the new one', () => codes('new.tsg.md').length === 1);
      await vscode.workspace.fs.delete(file(`${folder}/new.tsg.md`));
      await until('forgets the one that is gone', () => codes('new.tsg.md').length === 0);
      await write('tsg.yaml', 'check:\n  ignore: [link.tsg.md]\n');
      await until(
        'goes by the new settings',
        () =>
          codes('link.tsg.md').length === 0 &&
          codes('known.tsg.md').length === 1 &&
          codes('left-out.tsg.md').length === 1,
      );
    });

    it('knows the guides that a tsg.yaml names, as soon as it does', async () => {
      const document = await vscode.workspace.openTextDocument(file(`${folder}/no-guide.md`));
      await vscode.window.showTextDocument(document);
      // Markdown's own symbols are of another kind.
      const symbols = async (): Promise<number> =>
        (
          await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
            'vscode.executeWorkspaceSymbolProvider',
            'look at the disk',
          )
        ).filter(({ kind, location }) => kind === vscode.SymbolKind.Event && location.uri.path.endsWith('/no-guide.md'))
          .length;
      const before = await check();
      assert.deepEqual(codes('no-guide.md'), []);
      assert.equal(await symbols(), 0);
      await write('tsg.yaml', 'guides: [no-guide.md]\n');
      await until('tells of the guide', () => codes('no-guide.md').length === 1);
      await until('finds its steps', async () => (await symbols()) === 1);
      assert.equal((await check()).guides, before.guides + 1);
      await write('tsg.yaml', 'check:\n  ignore: [link.tsg.md]\n');
      await until('leaves it alone again', () => codes('no-guide.md').length === 0);
    });

    it('leaves the editor its time, whatever there is to check', async () => {
      const step = (number: number): string =>
        `## Step ${number} - Look at part ${number}\n\n\`\`\`sql\nSELECT a, b FROM parts WHERE id = ${number} AND day > 3\n\`\`\`\n\n` +
        `If a is above ${number}, go to Step ${number + 1}. Otherwise, go to Step 1.\n\n- One thing\n- Another\n\n`;
      const text = `# Parts\n\n${Array.from({ length: 40 }, (_, at) => step(at + 1)).join('')}`;
      await Promise.all(Array.from({ length: 40 }, (_, at) => write(`parts/part-${at}.tsg.md`, text)));
      await check(); // Threads and files are warm, and the guides have been seen together.
      /** What other work of the machine takes is no wait of ours, and not there every time. */
      const tries: string[] = [];
      while (tries.length < 3) {
        const { share, shown } = await waits();
        console.log(`        ${shown}`);
        if (share < 0.2) return;
        tries.push(shown);
      }
      assert.fail(tries.join('; '));
    });

    /** How much of a check the editor's host waits longer than 16 ms at a time. */
    async function waits(): Promise<{ readonly share: number; readonly shown: string }> {
      const gaps: number[] = [];
      let last = performance.now();
      const ticking = setInterval(() => {
        const now = performance.now();
        gaps.push(now - last - 1);
        last = now;
      }, 1);
      const began = performance.now();
      const summary = await check();
      const took = performance.now() - began;
      clearInterval(ticking);
      assert.ok(summary.done >= 40);
      const long = gaps.filter((gap) => gap > 16);
      const shown = `${summary.done} guides in ${took.toFixed(0)} ms; ${long.length} of ${gaps.length} waits above 16 ms, the longest ${Math.max(...gaps).toFixed(0)} ms`;
      return { share: long.reduce((sum, gap) => sum + gap, 0) / took, shown };
    }

    it('can be stopped', async () => {
      const source = new vscode.CancellationTokenSource();
      const api = await extensionApi();
      const running = api.checkWorkspace(source.token, () => source.cancel());
      const summary = await running;
      assert.ok(summary && summary.done > 0 && summary.done < summary.guides, JSON.stringify(summary?.done));
    });
  });
}
