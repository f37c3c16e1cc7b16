// Running guides in the editor with real tools: a shell and a database over a CSV file.
import * as assert from 'node:assert';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { comesTo, hoversOf } from './asking.ts';
import { answers, extensionApi, file, openGuide, until, type TestApi } from './editor.ts';

export function runTests(): void {
  describe('running a guide', () => {
    let api: TestApi;
    before(async () => {
      api = await extensionApi();
    });
    afterEach(() => api.answerWith(null));

    /** Starts a live run and waits until it has ended or waits for somebody. */
    async function live(name: string) {
      const { document } = await openGuide(name);
      await vscode.commands.executeCommand('tsg.liveRun');
      const view = await until('has a run', () => api.settled(document.uri));
      return { uri: document.uri, document, view };
    }

    it('a dry run plans every step and performs nothing', async () => {
      const { document } = await openGuide('small.tsg.md');
      await vscode.commands.executeCommand('tsg.dryRun');
      const run = await until('has a run', () => api.run(document.uri));
      assert.equal(run.view.mode, 'dry');
      assert.equal(run.view.outcome, 'planned');
      assert.equal(run.journal, undefined);
      await until('tells what would be done', () => {
        const told = api.output(document.uri)['Step1']?.bodies.join('\n') ?? '';
        return /accepts/.test(told) && told.includes('latency_ms > 500');
      });
    });

    it('a dry run says what is to be done by hand, and that is no error of the guide', async () => {
      const { document } = await openGuide('by-hand.tsg.md');
      await vscode.commands.executeCommand('tsg.dryRun');
      const run = await until('has a run', () => api.run(document.uri));
      assert.equal(run.view.outcome, 'planned');
      await until('tells what to do', () =>
        /by hand.*add a tool to tsg\.yaml/s.test(api.output(document.uri)['Step1']?.bodies.join('\n') ?? ''),
      );
      const found = vscode.languages.getDiagnostics(document.uri);
      assert.ok(
        found.some(({ message }) => message.includes('no configured tool speaks it')),
        'the check tells it once',
      );
      assert.deepEqual(
        found.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error).map(({ message }) => message),
        [],
      );
    });

    it('a live run shows each step at its place and ends with an outcome', async () => {
      const { uri, document, view } = await live('small.tsg.md');
      assert.equal(view.outcome, 'resolved');
      const output = await until('shows both steps', () => {
        const shown = api.output(uri);
        return shown['Step1']?.label.includes('succeeded') && shown['Step2']?.label.includes('succeeded') && shown;
      });
      const fence = document.positionAt(document.getText().indexOf('```\n\nIf `rows')).line + 1;
      assert.equal(output['Step1']?.line, fence);
      const table = output['Step1']?.bodies.join('\n') ?? '';
      assert.match(table, /2 rows/);
      assert.match(table, /\| 2 \| &emsp;500 \| &emsp;900 \|/);
      assert.doesNotMatch(table, /<b>|\]\(https:/, 'a value became markup');
      assert.match(table, /decided|rows/);
      assert.match(output['Step2']?.bodies.join('\n') ?? '', /two of four/);
    });

    it('the full output opens as a table', async () => {
      const { uri } = await live('small.tsg.md');
      const run = await until('has ended', () => api.run(uri));
      const document = await vscode.commands.executeCommand<vscode.TextDocument>('tsg.openOutput', {
        run: run.view.run,
        action: 'Step1.1',
      });
      const lines = document.getText().split('\n');
      assert.equal(lines[0], 'id\tstatus_code\tlatency_ms\tnote');
      assert.equal(lines.length, 4);
    });

    it('clearing takes the output away', async () => {
      const { uri } = await live('small.tsg.md');
      await until('shows output', () => Object.keys(api.output(uri)).length > 0);
      await vscode.commands.executeCommand('tsg.clearOutput', { uri: uri.toString() });
      assert.deepEqual(api.output(uri), {});
    });

    it('a refused query is underlined at its place, and an edit clears it', async () => {
      const { uri, document, view } = await live('refused.tsg.md');
      assert.equal(view.steps.find((step) => step.node === 'Step1')?.status, 'failed');
      const problem = await until('is underlined', () =>
        vscode.languages.getDiagnostics(uri).find((one) => one.message.includes('colour_of_request')),
      );
      assert.equal(problem.range.start.line, document.positionAt(document.getText().indexOf('colour_of_request')).line);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, new vscode.Position(0, 0), '\n');
      await vscode.workspace.applyEdit(edit);
      await until(
        'is cleared',
        () => !vscode.languages.getDiagnostics(uri).some((one) => one.message.includes('colour_of_request')),
      );
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('explaining queries reports what a tool refuses without running', async () => {
      const { document } = await openGuide('refused.tsg.md');
      assert.equal(await vscode.commands.executeCommand('tsg.explainQueries'), 1);
      const problem = await until('is reported', () =>
        vscode.languages
          .getDiagnostics(document.uri)
          .find((one) => typeof one.code === 'object' && one.code.value === 'action.invalid-query'),
      );
      assert.match(problem.message, /colour_of_request/);
    });

    it('a save has reads explained where the settings allow it, never writes; an edit takes the findings away', async function () {
      this.timeout(180_000);
      const settings = vscode.workspace.getConfiguration('tsg');
      const { document } = await openGuide('rot.tsg.md');
      const found = (): string[] =>
        vscode.languages
          .getDiagnostics(document.uri)
          .filter((one) => typeof one.code === 'object' && one.code.value === 'action.invalid-query')
          .map((one) => document.getText(one.range));
      const append = async (): Promise<void> => {
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(document.lineCount, 0), '\n');
        await vscode.workspace.applyEdit(edit);
      };
      await settings.update('check.explainOnSave', true, vscode.ConfigurationTarget.Workspace);
      try {
        await append();
        await document.save();
        await until('is reported', () => found().length > 0, 90_000);
        assert.deepEqual(found(), ['colour_of_request']);
        await append();
        await until('is cleared', () => found().length === 0);
        // Asked by a person, the write is explained as well.
        await document.save();
        assert.equal(await vscode.commands.executeCommand('tsg.explainQueries'), 2);
      } finally {
        await settings.update('check.explainOnSave', undefined, vscode.ConfigurationTarget.Workspace);
      }
    });

    it('a vague condition is offered limits by what its column had in the run', async () => {
      api.answerWith(answers({ decide: async (request) => [request.choices[0]?.edge ?? ''] }));
      const { uri, document } = await live('vague.tsg.md');
      await until('has ended', () => api.run(uri)?.view.outcome === 'escalated');
      const place = document.positionAt(document.getText().indexOf('too high') + 1);
      await until('is offered', async () => {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          uri,
          new vscode.Range(place, place),
          vscode.CodeActionKind.QuickFix.value,
        );
        const titles = actions.map(({ title }) => title);
        return titles.some((title) => /above \d+.*of \d+ rows/.test(title)) || assert.fail(titles.join(' | '));
      });
      await until('is told', async () =>
        (await hoversOf(uri, place)).some((words) => words.includes('`latency_ms` lay between')),
      );
    });

    it('steps that could run side by side are told with the time that the run shows they would save', async () => {
      const step = (number: number, code: string): string =>
        `## Step ${number} - Look at ${'abcd'.charAt(number - 1)}\n\n\`\`\`bash\n${code}\n\`\`\`\n`;
      const text = [step(1, 'echo 1'), step(2, 'sleep 1.3'), step(3, 'sleep 1.2'), step(4, 'echo 4')].join('\n');
      writeFileSync(file('beside.tsg.md').fsPath, text);
      try {
        const { document } = await openGuide('beside.tsg.md');
        const told = (): string | undefined =>
          vscode.languages
            .getDiagnostics(document.uri)
            .find((one) => typeof one.code === 'object' && one.code.value === 'step.serial')?.message;
        assert.doesNotMatch(await until('is told', told), /saved/);
        const { view } = await live('beside.tsg.md');
        assert.equal(view.outcome, 'completed');
        await until('tells the time', () => /would have saved 1\.\d s of 2\.\d s/.test(told() ?? ''));
      } finally {
        await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
        rmSync(file('beside.tsg.md').fsPath);
      }
    });

    it('a decision is asked once, with the author\u2019s words and what was found', async () => {
      const prompts = answers({
        decide: async (request, about) => {
          assert.match(request.choices[0]?.condition ?? '', /looks odd/);
          assert.match(about.evidence, /looked/);
          return [request.choices[0]?.edge ?? ''];
        },
      });
      api.answerWith(prompts);
      const { uri } = await live('judgement.tsg.md');
      await until('has ended', () => api.run(uri)?.view.outcome === 'resolved');
      assert.deepEqual(prompts.asked, ['decide Step1']);
      await until('shows it', () => (api.output(uri)['Step1']?.bodies.join('\n') ?? '').includes('Step 2'));
    });

    it('a loop whose end the engineer judges is asked about in every round', async () => {
      writeFileSync(
        file('again.tsg.md').fsPath,
        '# Again\n\n## Step 1. Look\n\n```bash\necho looked\n```\n\nIf it still looks odd, repeat this step, at most five times. If it looks fine, go to Step 2.\n\n## Step 2. Close\n\nThis resolves the incident.\n',
      );
      let rounds = 0;
      const prompts = answers({
        decide: async ({ choices }) => {
          const again = ++rounds < 3;
          return [choices.find((choice) => (choice.again === true) === again)?.edge ?? ''];
        },
      });
      api.answerWith(prompts);
      const { uri } = await live('again.tsg.md');
      await until('has ended', () => api.run(uri)?.view.outcome === 'resolved');
      assert.deepEqual(prompts.asked, ['decide Step1', 'decide Step1', 'decide Step1']);
      rmSync(file('again.tsg.md').fsPath);
    });

    it('a question that is closed leaves the run waiting, and it can be answered later', async () => {
      const left = answers({ decide: async () => undefined });
      api.answerWith(left);
      const { uri, view } = await live('judgement.tsg.md');
      assert.equal(view.phase, 'waiting');
      await until('was asked', () => left.asked.length === 1);
      const answered = answers({ decide: async (request) => [request.choices.at(-1)?.edge ?? ''] });
      api.answerWith(answered);
      await vscode.commands.executeCommand('tsg.answer', { uri: uri.toString() });
      await until('has ended', () => api.run(uri)?.view.outcome === 'escalated');
      assert.deepEqual(left.asked, ['decide Step1']);
      assert.deepEqual(answered.asked, ['decide Step1']);
    });

    it('a run is resumed from its journal in another folder', async () => {
      api.answerWith(answers({ decide: async () => undefined }));
      const { uri } = await live('judgement.tsg.md');
      const journal = api.run(uri)?.journal;
      assert.ok(journal);
      await vscode.workspace.fs.copy(uri, file('resumed/judgement.tsg.md'));
      await vscode.workspace.fs.copy(file('tsg.yaml'), file('resumed/tsg.yaml'));
      const copy = file('resumed/.tsg/runs/one.jsonl');
      await vscode.workspace.fs.copy(journal, copy);
      await vscode.commands.executeCommand('tsg.stop', { uri: uri.toString() });
      const prompts = answers({ decide: async (request) => [request.choices[0]?.edge ?? ''] });
      api.answerWith(prompts);
      await vscode.commands.executeCommand('tsg.resumeRun', copy);
      const guide = file('resumed/judgement.tsg.md');
      await until('has ended', () => api.run(guide)?.view.outcome === 'resolved');
      assert.deepEqual(prompts.asked, ['decide Step1']);
      const lines = readFileSync(copy.fsPath, 'utf8').split('\n');
      const ended = lines.filter((line) => line.includes('"kind":"action-ended"')).length;
      assert.equal(ended, 1, 'the finished step ran again');
    });

    it('a run whose guide or a called one has changed since says so when it is resumed', async () => {
      const write = (name: string, text: string): void => writeFileSync(file(name).fsPath, text);
      const inner =
        '# Inner\n\n## Step 1. See\n\n```bash\necho seen\n```\n\n## Step 2. Fix\n\n```bash\ntouch made-by-inner\n```\n';
      const outer = '# Outer\n\n## Step 1. Go\n\nFollow [it](inner.tsg.md).\n\nThis resolves the incident.\n';
      write('outer.tsg.md', outer);
      write('inner.tsg.md', inner);
      try {
        for (const [name, text, told] of [
          ['inner.tsg.md', inner.replace('# Inner', '# Inner still'), 'changed inner.tsg.md'],
          ['outer.tsg.md', outer.replace('# Outer', '# Outer still'), 'changed outer.tsg.md'],
        ] as const) {
          api.answerWith(answers({ approve: async () => undefined }));
          const { uri } = await live('outer.tsg.md');
          const journal = await until('waits', () => api.run(uri)?.view.phase === 'waiting' && api.run(uri)?.journal);
          const copy = file(`.tsg/runs/changed-${name}.jsonl`);
          await vscode.workspace.fs.copy(journal, copy);
          await vscode.commands.executeCommand('tsg.stop', { uri: uri.toString() });
          await until('has stopped', () => api.run(uri)?.view.phase === 'ended');
          const document = await vscode.workspace.openTextDocument(file(name));
          const edit = new vscode.WorkspaceEdit();
          edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
          await vscode.workspace.applyEdit(edit);
          await document.save();
          const prompts = answers({ approve: async () => 'approve', tellChanged: () => undefined });
          api.answerWith(prompts);
          await vscode.commands.executeCommand('tsg.resumeRun', copy);
          await until('has ended', () => api.run(uri)?.view.outcome === 'resolved');
          assert.deepEqual([...prompts.asked].sort(), ['approve Step1.inner/Step2.1', told]);
        }
      } finally {
        for (const name of ['outer.tsg.md', 'inner.tsg.md', 'made-by-inner'])
          rmSync(file(name).fsPath, { force: true });
      }
    });

    it('a write waits for a yes to the exact text', async () => {
      const mark = file('mark-left-by-a-run');
      const refused = answers({ approve: async () => 'refuse' });
      api.answerWith(refused);
      const first = await live('approval.tsg.md');
      await until('has ended', () => api.run(first.uri)?.view.phase === 'ended');
      await assert.rejects(async () => vscode.workspace.fs.stat(mark), 'it ran without a yes');
      let text = '';
      const prompts = answers({
        approve: async (request) => {
          text = request.text;
          return 'approve';
        },
      });
      api.answerWith(prompts);
      const second = await live('approval.tsg.md');
      await until('has ended', () => api.run(second.uri)?.view.outcome === 'resolved');
      assert.equal(text.trim(), 'touch mark-left-by-a-run');
      assert.deepEqual(prompts.asked, ['approve Step1.1']);
      await vscode.workspace.fs.stat(mark);
    });

    it('a stop ends what is under way', async () => {
      const { document } = await openGuide('slow.tsg.md');
      await vscode.commands.executeCommand('tsg.liveRun');
      await until('is waiting in its step', () =>
        api.run(document.uri)?.view.steps.some((step) => step.status === 'running'),
      );
      await vscode.commands.executeCommand('tsg.stop');
      await until('has stopped', () => api.run(document.uri)?.view.outcome === 'stopped', 10_000);
    });

    it('stepping lets one step go at a time', async () => {
      const { document } = await openGuide('small.tsg.md');
      await vscode.commands.executeCommand('tsg.step');
      const status = (node: string): string | undefined =>
        api.run(document.uri)?.view.steps.find((step) => step.node === node)?.status;
      await until('has done the first step', () => status('Step1') === 'succeeded');
      await api.settled(document.uri);
      assert.equal(status('Step2'), 'pending');
      await vscode.commands.executeCommand('tsg.continue');
      await until('has ended', () => api.run(document.uri)?.view.outcome === 'resolved');
    });

    it('a run from a step skips what is before it', async () => {
      const { document } = await openGuide('small.tsg.md');
      await vscode.commands.executeCommand('tsg.liveRun', { uri: document.uri.toString(), from: 'Step2' });
      await until('has ended', () => api.run(document.uri)?.view.phase === 'ended');
      const view = api.run(document.uri)?.view;
      assert.equal(view?.steps.find((step) => step.node === 'Step1')?.status, 'skipped');
      assert.equal(view?.outcome, 'resolved');
    });

    it('a secret is asked once, kept, and stands in no journal and no output', async () => {
      const secret = 'hunter2-very-secret';
      let goesInto: unknown;
      const prompts = answers({
        value: async (_parameter, _remembered, _wrong, use) => {
          goesInto = use;
          return secret;
        },
      });
      api.answerWith(prompts);
      const first = await live('secret.tsg.md');
      assert.deepEqual(goesInto, { node: 'Step1', line: 'echo "token is" {token}' });
      assert.equal(first.view.outcome, 'resolved');
      const second = await live('secret.tsg.md');
      assert.deepEqual(prompts.asked, ['value token']);
      const journal = api.run(second.uri)?.journal;
      assert.ok(journal);
      assert.doesNotMatch(readFileSync(journal.fsPath, 'utf8'), /hunter2/);
      await until('shows what came back', () => JSON.stringify(api.output(second.uri)).includes('token is'));
      assert.doesNotMatch(JSON.stringify(api.output(second.uri)), /hunter2/);
      await vscode.commands.executeCommand('tsg.forgetSecrets');
      const again = answers({ value: async () => undefined });
      api.answerWith(again);
      await vscode.commands.executeCommand('tsg.liveRun', { uri: second.uri.toString() });
      await until('is asked again', () => again.asked.length === 1);
    });

    it('the runs of the workspace are listed with their outcomes, and one opens', async () => {
      const entries = await until('lists runs', async () => {
        const all = await api.runs();
        return all.some((entry) => entry.view?.outcome === 'resolved') && all;
      });
      const small = entries.find((entry) => entry.file === 'small.tsg.md');
      assert.ok(small);
      const report = await vscode.commands.executeCommand<vscode.Uri>('tsg.openRun', small.journal);
      const document = await vscode.workspace.openTextDocument(report);
      assert.match(document.getText(), /Small run/);
      assert.match(document.getText(), /Model calls: 0/);
    });

    it('a guide that calls another goes through it, with its outputs where it is called', async () => {
      const write = (name: string, text: string): void => writeFileSync(file(name).fsPath, text);
      write(
        'calls.tsg.md',
        '# Calls\n\n## Step 1. Restore\n\nFollow [it](called.tsg.md).\n\nThis resolves the incident.\n',
      );
      write(
        'called.tsg.md',
        '# Called\n\n## Step 1. See\n\n```bash\necho seen inside\n```\n\n## Step 2. Fix\n\n```bash\ntouch made-inside\n```\n',
      );
      try {
        const prompts = answers({ approve: async () => 'approve' });
        api.answerWith(prompts);
        const run = await live('calls.tsg.md');
        await until('has ended', () => api.run(run.uri)?.view.outcome === 'resolved');
        assert.deepEqual(prompts.asked, ['approve Step1.called/Step2.1']);
        const shown = await until('shows what came of the call', () => {
          const output = api.output(run.uri)['Step1.called/Step1'];
          return output?.bodies.join().includes('seen inside') === true && output;
        });
        assert.equal(shown.line, 6, 'below the call');

        await vscode.commands.executeCommand('tsg.openPreview', run.uri);
        await until('draws its own plan', () => api.previewBoxes(run.uri) === 3);
        const stepsOf = (): readonly string[] => api.moments(run.uri)?.steps ?? [];
        await comesTo('shows how it went', stepsOf, ['Step1 succeeded']);
        await api.openCalled(run.uri, 'Step1', 0);
        await until('draws the called one', () => api.previewBoxes(run.uri) === 4);
        assert.deepEqual(api.trail(run.uri), ['Calls', 'Called']);
        await comesTo('shows how the called one went', stepsOf, ['Step1 succeeded', 'Step2 succeeded']);
        await api.leaveCalled(run.uri, 0);
        await until('draws its own again', () => api.previewBoxes(run.uri) === 3);
        await comesTo('is back', () => [api.trail(run.uri), stepsOf()], [[], ['Step1 succeeded']]);
        // Without a run the guide is read as it stands.
        await vscode.commands.executeCommand('tsg.clearOutput', run.uri);
        await api.openCalled(run.uri, 'Step1', 0);
        await until('draws the called one', () => api.previewBoxes(run.uri) === 4);
        await comesTo('shows no run', stepsOf, []);
        await assert.rejects(api.openCalled(run.uri, 'Step2', 0), /cannot be opened/);
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      } finally {
        for (const name of ['calls.tsg.md', 'called.tsg.md']) rmSync(file(name).fsPath);
      }
    });

    it('a guide with errors is not run', async () => {
      const { document } = await openGuide('mistakes.tsg.md');
      await vscode.commands.executeCommand('tsg.liveRun');
      assert.equal(api.run(document.uri), undefined);
    });
  });
}
