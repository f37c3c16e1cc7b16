// What changes a guide for its author or stands in its text: steps put in between, guards written out, part of a guide formatted,
// notes, lenses, folds, and the settings that turn these off.
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { comesTo, writeGuide, type WrittenGuide } from './asking.ts';
import { extensionApi, until, type TestApi } from './editor.ts';

const text = `---
title: Gateway
---

# Gateway

## Step 1 - Look at the gateway

\`\`\`bash
curl -sf http://localhost
\`\`\`

If the exit code is 0, go to Step 3.

Otherwise, go to Step 2.

## Step 2 - Restart it

\`\`\`bash
systemctl restart gateway
\`\`\`

Needs approval. Undo: start the old gateway. This mitigates the incident.

## Step 3 - Close

This resolves the incident.
`;

export function writingTests(): void {
  describe('writing a guide', () => {
    let api: TestApi;
    let guide: WrittenGuide;
    const settings = () => vscode.workspace.getConfiguration('tsg', guide.document.uri);
    const set = (name: string, value: unknown): Thenable<void> =>
      settings().update(name, value, vscode.ConfigurationTarget.Workspace);
    before(async () => {
      api = await extensionApi();
      guide = await writeGuide('writing.tsg.md', text);
    });
    afterEach(() => guide.restore());
    after(() => guide.remove());

    const actionsAt = async (range: vscode.Range, kind: vscode.CodeActionKind): Promise<vscode.CodeAction[]> => {
      const all = await guide.ask<vscode.CodeAction[]>('vscode.executeCodeActionProvider', range, kind.value);
      return all.filter((action) => action.edit && action.kind && kind.contains(action.kind));
    };
    const perform = async (place: vscode.Position, kind: vscode.CodeActionKind, title: string): Promise<void> => {
      const { edit } = await until(`offers “${title}”`, async () =>
        (await actionsAt(new vscode.Range(place, place), kind)).find((one) => one.title === title),
      );
      assert.ok(edit);
      assert.ok(await vscode.workspace.applyEdit(edit));
    };
    const lenses = async (): Promise<string[]> => {
      const found = await guide.ask<vscode.CodeLens[]>('vscode.executeCodeLensProvider');
      return found.flatMap(({ command, range }) =>
        command?.command.startsWith('tsg.') === true ? [`${range.start.line + 1} ${command.title}`] : [],
      );
    };
    const notes = async (): Promise<string[]> => {
      const whole = new vscode.Range(0, 0, guide.document.lineCount, 0);
      const hints = await guide.ask<vscode.InlayHint[]>('vscode.executeInlayHintProvider', whole);
      const words = ({ label }: vscode.InlayHint): string =>
        typeof label === 'string' ? label : label.map(({ value }) => value).join('');
      return hints
        .sort((a, b) => a.position.compareTo(b.position))
        .map((hint) => `${hint.position.line + 1} ${words(hint)}`);
    };

    it('puts a step in between and renumbers those behind it, with their mentions', async () => {
      await perform(
        guide.at('## Step 1', 5),
        vscode.CodeActionKind.RefactorRewrite,
        'Insert a step after step 1 and renumber those behind it',
      );
      assert.strictEqual(
        guide.document.getText(),
        text
          .replace('Step 3 - Close', 'Step 4 - Close')
          .replace('Step 2 - Restart it', 'Step 3 - Restart it')
          .replace('go to Step 3', 'go to Step 4')
          .replace('go to Step 2.\n', 'go to Step 3.\n\n## Step 2 - New step\n\nSay what to do.\n'),
      );
      await guide.restore();
      await perform(guide.at('## Step 3', 5), vscode.CodeActionKind.RefactorRewrite, 'Insert a step after step 3');
      assert.strictEqual(guide.document.getText(), `${text}\n## Step 4 - New step\n\nSay what to do.\n`);
    });

    it('writes an inferred guard into its sentence, or leaves the decision to a person', async () => {
      const sentence = guide.at('If the exit code', 5);
      const { QuickFix } = vscode.CodeActionKind;
      await perform(sentence, QuickFix, 'Write the guard into the sentence');
      assert.match(guide.document.getText(), /^If the exit code is 0 \(`exitCode == 0`\), go to Step 3\.$/m);
      await guide.restore();
      await perform(sentence, QuickFix, 'Leave this decision to a person');
      assert.match(guide.document.getText(), /^If the exit code is 0, go to Step 3\. <!-- tsg-ask -->$/m);
      await comesTo('shows no guard', notes, []);
    });

    it('formats a part alone', async () => {
      await guide.replace('# Gateway\n', '# Gateway   \n');
      await guide.replace('## Step 2 - Restart it\n\n```bash\n', '## Step 2 - Restart it   \n\n```bash    as=a\n');
      const from = guide.at('## Step 2').line;
      const range = new vscode.Range(from, 0, from + 3, 0);
      const edits = await until('formats', async () => {
        const found = await guide.ask<vscode.TextEdit[]>('vscode.executeFormatRangeProvider', range, {
          tabSize: 2,
          insertSpaces: true,
        });
        return found.length > 0 && found;
      });
      const edit = new vscode.WorkspaceEdit();
      edit.set(guide.document.uri, edits);
      assert.ok(await vscode.workspace.applyEdit(edit));
      const now = guide.document.getText();
      assert.ok(now.includes('# Gateway   \n'), 'what lies outside stays');
      assert.ok(now.includes('## Step 2 - Restart it\n\n```bash as=a\n'), now);
    });

    it('shows behind a number which step it leads to, and after a block what it does, where the settings ask for it', async () => {
      const guard = '13 exitCode == 0';
      await comesTo('shows the guard alone', notes, [guard]);
      try {
        await set('inlayHints.targets', true);
        await comesTo('shows where numbers lead', notes, [guard, '13 Close', '15 Restart it']);
        const whole = new vscode.Range(0, 0, guide.document.lineCount, 0);
        const hints = await guide.ask<vscode.InlayHint[]>('vscode.executeInlayHintProvider', whole);
        const parts = hints.flatMap(({ label }) => (typeof label === 'string' ? [] : label));
        const close = parts.find(({ value }) => value === 'Close')?.location;
        assert.strictEqual(close && guide.place(close.range), '25 Step 3 - Close');
        await set('inlayHints.targets', undefined);
        await set('inlayHints.effects', true);
        await comesTo('shows effects', notes, ['9 only reads', guard, '19 may change something']);
        await set('inferredGuards', 'hint');
        await comesTo('shows no guard', notes, ['9 only reads', '19 may change something']);
      } finally {
        for (const name of ['inlayHints.targets', 'inlayHints.effects', 'inferredGuards']) await set(name, undefined);
      }
      await comesTo('is as it was', notes, [guard]);
    });

    it('shows inferred guards as a hint with fixes, or nowhere', async () => {
      const hints = (): string[] =>
        vscode.languages
          .getDiagnostics(guide.document.uri)
          .filter(({ code }) => typeof code === 'object' && code.value === 'guard.inferred')
          .map(({ range, severity }) => `${vscode.DiagnosticSeverity[severity]} ${guide.place(range)}`);
      await comesTo('is a hint', hints, ['Hint 13 If the exit code is 0']);
      try {
        await set('inferredGuards', 'off');
        await comesTo('shows none', notes, []);
        await comesTo('is no hint', hints, []);
      } finally {
        await set('inferredGuards', undefined);
      }
      await comesTo('is one again', hints, ['Hint 13 If the exit code is 0']);
    });

    it('has lenses that begin at their step, until they are turned off', async () => {
      const all = [7, 17, 25].flatMap((line) => [`${line} Run from here`, `${line} Dry-run`]);
      await comesTo('has lenses', async () => (await lenses()).sort(byLine), all);
      const found = await guide.ask<vscode.CodeLens[]>('vscode.executeCodeLensProvider');
      const second = found.find(
        ({ command, range }) => command?.command === 'tsg.dryRun' && range.start.line === guide.at('## Step 2').line,
      );
      assert.deepStrictEqual(second?.command?.arguments, [{ uri: guide.document.uri.toString(), from: 'Step2' }]);
      await vscode.commands.executeCommand(second.command.command, ...(second.command.arguments as unknown[]));
      const run = await until('was rehearsed', () => {
        const view = api.run(guide.document.uri)?.view;
        return view?.phase === 'ended' && view;
      });
      assert.deepStrictEqual(
        run.steps.map(({ status }) => status),
        ['skipped', 'planned', 'skipped'],
      );
      await vscode.commands.executeCommand('tsg.clearOutput', { uri: guide.document.uri.toString() });
      try {
        await set('codeLens', false);
        await comesTo('has none', lenses, []);
      } finally {
        await set('codeLens', undefined);
      }
      await comesTo('has them again', async () => (await lenses()).length, all.length);
    });

    it('folds the front matter, steps and code blocks', async () => {
      await comesTo(
        'folds',
        async () => {
          const folds = await guide.ask<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider');
          const found = new Set(folds.map(({ start, end }) => `${start + 1}-${end + 1}`));
          return ['1-3', '7-15', '9-11', '17-23', '19-21', '25-27'].filter((one) => !found.has(one));
        },
        [],
      );
    });
  });
}

function byLine(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10);
}
