// The window as a person has it: keys, the title bar's buttons, the palette, input boxes and the status bar. A hand presses and
// looks, because no command tells what a key does or which buttons stand there.
import * as assert from 'node:assert';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { comesTo, hoversAt, writeGuide } from './asking.ts';
import { answers, extensionApi, file, manifest, openGuide, until, type TestApi } from './editor.ts';
import { hand, type Hand } from './hand.ts';

export function windowTests(): void {
  describe('the window of a guide', function () {
    this.timeout(120_000);
    let api: TestApi;
    let person: Hand;
    before(async function () {
      api = await extensionApi();
      const lent = hand();
      if (!lent) return this.skip();
      person = lent;
    });
    beforeEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
    afterEach(() => api.answerWith(null));

    /** Opens a guide with the keys in its text. */
    const at = async (name: string): Promise<vscode.Uri> => {
      const { document } = await openGuide(name);
      await vscode.commands.executeCommand('tsg.clearOutput', { uri: document.uri.toString() });
      await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
      await until(
        'has the keys',
        async () => (await person.look('.editor-group-container.active .monaco-editor.focused', 'class')).length > 0,
      );
      return document.uri;
    };
    /** Presses a key until it is seen to have been taken: one is lost while the window has its focus elsewhere. */
    const press = async (key: string, what: string, isTaken: () => boolean): Promise<void> => {
      for (let tries = 1; tries < 4; tries++) {
        await person.press(key);
        if (await until(what, isTaken, 8_000).catch(() => false)) return;
        await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
      }
      await person.press(key);
      await until(what, isTaken);
    };
    const phase = (uri: vscode.Uri): string | undefined => api.run(uri)?.view.phase;
    /** The extension's buttons in the title bar of the editor, in their order. */
    const buttons = async (): Promise<string[]> => {
      const titles = await person.look('.editor-group-container.active .editor-actions .action-label', 'aria-label');
      const ours = ['Answer What the Run Asks', 'Live-run', 'Dry-run', 'Continue', 'Step', 'Stop', 'Open Preview'];
      return titles.map((title) => title.replace(/ \(.*\)$/, '')).filter((title) => ours.includes(title));
    };

    it('has buttons by how its run stands, and none for what is no guide', async () => {
      const uri = await at('judgement.tsg.md');
      await comesTo('offers to begin', buttons, ['Live-run', 'Dry-run', 'Open Preview']);
      api.answerWith(answers({ decide: async () => undefined }));
      await vscode.commands.executeCommand('tsg.liveRun', { uri: uri.toString() });
      await until('waits', () => phase(uri) === 'waiting');
      await comesTo('offers to answer', buttons, ['Answer What the Run Asks', 'Stop', 'Open Preview']);
      await vscode.commands.executeCommand('tsg.stop', { uri: uri.toString() });
      await until('has ended', () => phase(uri) === 'ended');
      await comesTo('offers to begin again', buttons, ['Live-run', 'Dry-run', 'Open Preview']);
      await openGuide('plain.md');
      await comesTo('offers nothing', buttons, []);
    });

    it('is rehearsed, stepped, gone on with and stopped by keys', async () => {
      const uri = await at('small.tsg.md');
      await press('Control+F5', 'is rehearsed', () => api.run(uri)?.view.outcome === 'planned');
      await press('F10', 'is stepped', () => api.run(uri)?.view.mode === 'live');
      const status = (): string[] => (api.run(uri)?.view.steps ?? []).map((step) => step.status);
      await comesTo('has done one step', () => [api.run(uri)?.view.mode ?? '', ...status()], [
        'live',
        'succeeded',
        'pending',
      ]);
      await until('is held', () => phase(uri) === 'held');
      await comesTo('offers to go on', buttons, ['Continue', 'Step', 'Stop', 'Open Preview']);
      await press('F5', 'goes on', () => phase(uri) !== 'held');
      await until('has ended', () => api.run(uri)?.view.outcome === 'resolved');
      assert.strictEqual(vscode.debug.activeDebugSession, undefined, 'the run was gone on with, not debugged');

      const slow = await at('slow.tsg.md');
      await vscode.commands.executeCommand('tsg.liveRun', { uri: slow.toString() });
      await comesTo('offers to stop', async () => (await buttons()).includes('Stop'), true);
      await press('Shift+F5', 'has stopped', () => api.run(slow)?.view.outcome === 'stopped');
    });

    it('is debugged by F5, which answers where a run waits; Ctrl+K G shows the plan', async () => {
      const uri = await at('small.tsg.md');
      await press('F5', 'is run', () => api.run(uri) !== undefined);
      await until('has ended', () => api.run(uri)?.view.outcome === 'resolved');
      await until('has no session', () => vscode.debug.activeDebugSession === undefined);

      const judged = await at('judgement.tsg.md');
      api.answerWith(answers({ decide: async () => undefined }));
      await vscode.commands.executeCommand('tsg.liveRun', { uri: judged.toString() });
      await until('waits', () => phase(judged) === 'waiting');
      await comesTo('offers to answer', async () => (await buttons()).includes('Answer What the Run Asks'), true);
      api.answerWith(answers({ decide: async (request) => [request.choices[0]?.edge ?? ''] }));
      await press('F5', 'is answered', () => api.run(judged)?.view.outcome === 'resolved');

      const drawn = await at('long.tsg.md');
      await person.press('Control+K');
      await person.press('g');
      await until('is drawn', () => api.previewBoxes(drawn) > 0);
    });

    it('asks a decision with the author\u2019s words, and takes the one that is picked', async () => {
      const uri = await at('judgement.tsg.md');
      await vscode.commands.executeCommand('tsg.liveRun', { uri: uri.toString() });
      const rows = await until('asks', async () => {
        const found = await person.look('.quick-input-list .monaco-list-row', 'aria-label');
        return found.some((row) => row.includes('odd')) && found;
      });
      assert.match(rows[0] ?? '', /^if the picture looks odd to you.*Odd/);
      assert.match(rows[1] ?? '', /^otherwise.*Not odd/i);
      assert.ok(
        rows.some((row) => row.startsWith('None of these fits')),
        rows.join(' | '),
      );
      await person.type('odd to you');
      await person.press('Enter');
      await until('has ended', () => api.run(uri)?.view.outcome === 'resolved');
    });

    it('asks the value of a parameter, says what is wrong with one, and remembers what was given', async () => {
      const guide = await writeGuide(
        'asks.tsg.md',
        '---\ntitle: Asks\nparameters:\n  - name: most\n    type: integer\n    description: How many at most\n---\n\n# Asks\n\n## Step 1. Say\n\n```bash\necho {most}\n```\n\nThis resolves the incident.\n',
      );
      try {
        const uri = await at('asks.tsg.md');
        const running = vscode.commands.executeCommand('tsg.liveRun', { uri: uri.toString() });
        await until('asks', async () =>
          (await person.look('.quick-input-widget .quick-input-title')).includes('Parameter most'),
        );
        const message = async (): Promise<string> =>
          (await person.look('.quick-input-widget .quick-input-message')).join(' ');
        assert.match(await message(), /^How many at most/);
        await person.type('many');
        await until('refuses a word', async () => !(await message()).startsWith('How many at most'));
        assert.match(await message(), /integer|whole number/);
        for (const _ of 'many') await person.press('Backspace');
        await person.type('7');
        await until('takes a number', async () => (await message()).startsWith('How many at most'));
        await person.press('Enter');
        await running;
        await until('has ended', () => api.run(uri)?.view.outcome === 'resolved');
        assert.strictEqual(api.run(uri)?.view.steps[0]?.actions[0]?.text, 'echo 7');
        const told = await hoversAt(guide, guide.at('{most}', 2));
        assert.ok(
          told.some((one) => one.includes('Last value: `7`.')),
          told.join('\n'),
        );
      } finally {
        await guide.remove();
      }
    });

    it('is made by the palette, under the title that is typed', async () => {
      await person.command('TSG: New Guide');
      await until('asks what it is about', async () => {
        const [message = ''] = await person.look('.quick-input-widget .quick-input-message');
        return message.startsWith('What is the guide about?');
      });
      await person.type('Cache is cold');
      await person.press('Enter');
      const made = await until('is there', () => {
        const document = vscode.window.activeTextEditor?.document;
        return document?.isUntitled === true && document.getText().includes('title: "Cache is cold"') && document;
      });
      assert.ok(made.uri.path.endsWith('/cache-is-cold.tsg.md'));
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('keeps the secret of a tool, which only the tool gets', async () => {
      const folder = 'kept-secret';
      mkdirSync(file(folder).fsPath);
      writeFileSync(
        file(`${folder}/tsg.yaml`).fsPath,
        "secrets: { LOGIN: { store: login } }\ntools:\n  host: { kind: shell, cwd: ., env: [PATH], secretEnv: { LOGIN: '${secret:LOGIN}' } }\n",
      );
      writeFileSync(
        file(`${folder}/login.tsg.md`).fsPath,
        '# Login\n\n## Step 1. Count\n\n```bash\nprintenv LOGIN | wc -c\n```\n\nThis resolves the incident.\n',
      );
      try {
        const uri = await at(`${folder}/login.tsg.md`);
        await person.command('TSG: Set Secret of a Tool');
        const asks = async (words: string): Promise<void> => {
          await until(`asks for ${words}`, async () =>
            (await person.look('.quick-input-widget .quick-input-title')).some((title) => title.includes(words)),
          );
        };
        await asks('Set secret');
        await person.type('login');
        await person.press('Enter');
        await asks('Value of login');
        assert.deepStrictEqual(await person.look('.quick-input-widget input.input', 'type'), ['password']);
        await person.type('hunter2hand');
        await person.press('Enter');
        await until(
          'is closed',
          async () => (await person.look('.quick-input-widget input.input', 'type')).length === 0,
        );
        api.answerWith(answers({ approve: async () => 'approve' }));
        await vscode.commands.executeCommand('tsg.liveRun', { uri: uri.toString() });
        await until('has ended', () => api.run(uri)?.view.outcome === 'resolved');
        assert.match(JSON.stringify(api.run(uri)?.view.steps[0]?.actions[0]?.result), /12/);
        await vscode.commands.executeCommand('tsg.forgetSecrets');
      } finally {
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        rmSync(file(folder).fsPath, { recursive: true, force: true });
      }
    });

    it('is proposed by itself to be debugged, without a launch.json', async () => {
      const uri = await at('small.tsg.md');
      const rows = (): Promise<readonly string[]> => person.look('.quick-input-list .monaco-list-row', 'aria-label');
      const pick = async (words: string): Promise<void> => {
        await until(`comes to ${words}`, async () => {
          const [row] = await person.look('.quick-input-list .monaco-list-row.focused', 'aria-label');
          if (row?.startsWith(words) === true) return true;
          await person.press('ArrowDown');
          return assert.fail((await rows()).join(' | '));
        });
        await person.press('Enter');
      };
      await person.command('Debug: Select and Start Debugging');
      await until('is offered', async () => (await rows()).some((row) => row.startsWith('Troubleshooting Guide')));
      await pick('Troubleshooting Guide');
      const offered = await until('proposes', async () => {
        const found = await rows();
        return found.some((row) => row.startsWith('Step through')) && found;
      });
      assert.deepStrictEqual(
        ['Live-run', 'Step through', 'Dry-run'].map((way) =>
          offered.some((row) => row.startsWith(`${way} small.tsg.md`)),
        ),
        [true, true, true],
        offered.join(' | '),
      );
      await pick('Step through small.tsg.md');
      await until('stands before the first step', () => vscode.debug.activeStackItem !== undefined);
      assert.deepStrictEqual(
        api.run(uri)?.view.steps.map(({ status }) => status),
        ['pending', 'pending'],
      );
      await press('F5', 'goes on to the end', () => api.run(uri)?.view.outcome === 'resolved');
      await until('has no session', () => vscode.debug.activeDebugSession === undefined);
    });

    it('lets the model be chosen that may be asked', async () => {
      const settings = () => vscode.workspace.getConfiguration('tsg.model');
      try {
        await person.command('TSG: Choose Model');
        const rows = await until('asks', async () => {
          const found = await person.look('.quick-input-list .monaco-list-row', 'aria-label');
          return found.some((row) => row.startsWith('None')) && found;
        });
        assert.match(rows[0] ?? '', /^The endpoint of tsg\.yaml/);
        await person.type('no model is asked'); // What stands beside a name is looked at, too.
        await until('is narrowed', async () => (await person.look('.quick-input-list .monaco-list-row')).length === 1);
        await person.press('Enter');
        await until('is kept', () => settings().get('source') === 'off');
      } finally {
        await settings().update('source', undefined, vscode.ConfigurationTarget.Global);
      }
    });

    it('shows in the status bar which environment it is, production in the colour of errors', async () => {
      const folder = 'coloured';
      mkdirSync(file(folder).fsPath);
      writeFileSync(
        file(`${folder}/tsg.yaml`).fsPath,
        'environment: prod\ntools:\n  shell: { kind: shell }\nenvironments:\n  dev: { color: green }\n  prod: { color: red }\n',
      );
      writeFileSync(file(`${folder}/look.tsg.md`).fsPath, '# Look\n\n## Step 1. Look\n\n```bash\nls\n```\n');
      const item = '.statusbar-item[id$="tsg.environment"]';
      const set = (name: string | undefined): Thenable<void> =>
        vscode.workspace.getConfiguration('tsg').update('environment', name, vscode.ConfigurationTarget.Workspace);
      try {
        await at(`${folder}/look.tsg.md`);
        await comesTo('names it', async () => (await person.look(item)).map((words) => words.trim()), ['prod']);
        await comesTo(
          'warns',
          async () => (await person.look(item, 'class')).every((name) => /error-kind/.test(name)),
          true,
        );
        const [red] = await person.look(item, 'style:background-color');
        await set('dev');
        await comesTo('names the other', async () => (await person.look(item)).map((words) => words.trim()), ['dev']);
        await comesTo(
          'warns no more',
          async () => (await person.look(item, 'class')).some((name) => /error-kind/.test(name)),
          false,
        );
        assert.notStrictEqual((await person.look(item, 'style:background-color'))[0], red);
        await openGuide('small.tsg.md');
        await comesTo('is silent where there is none', async () => (await person.look(item)).length, 0);
      } finally {
        await set(undefined);
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        rmSync(file(folder).fsPath, { recursive: true, force: true });
      }
    });
  });

  describe('the manifest', () => {
    it('has menus and keys for commands that there are, by keys that the extension sets', async () => {
      await extensionApi();
      const { commands, menus, keybindings, views, viewsWelcome } = manifest().contributes;
      const known = new Set(commands.map(({ command }) => command));
      const entries = [...Object.values(menus).flat(), ...keybindings];
      assert.ok(entries.length > 60);
      assert.deepStrictEqual(
        entries.filter(({ command }) => !known.has(command)),
        [],
      );
      const set = 'isGuide guideSeen isTreatedAsGuide runPhase hasRuns hasTools inBrowser'.split(' ');
      const named = [...Object.values(menus).flat(), ...keybindings, ...Object.values(views).flat(), ...viewsWelcome];
      const asked = named.flatMap(({ when = '' }) =>
        [...when.matchAll(/(?<![\w.=]\s*)\btsg\.(\w+)/g)].map(([, key = '']) => key),
      );
      const ids = new Set(['runs', 'tools', 'plan', 'output', ...set]);
      assert.deepStrictEqual(
        [...new Set(asked)].filter((key) => !ids.has(key)),
        [],
      );
      // Every command can be had by a person: in the palette, or where its place in a view says.
      const hidden = new Set(
        (menus['commandPalette'] ?? []).filter(({ when }) => when === 'false').map(({ command }) => command),
      );
      const shown = new Set(
        Object.entries(menus).flatMap(([menu, items]) =>
          menu === 'commandPalette' ? [] : items.map(({ command }) => command),
        ),
      );
      assert.deepStrictEqual(
        [...hidden].filter((command) => !shown.has(command)),
        [],
      );
    });
  });
}
